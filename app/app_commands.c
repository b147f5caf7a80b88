/* serve, practice, backup, restore, routes: commands that concern the whole program. */
#include "app/app.h"
#include "app_queries.h"
#include "app/dress.h"
#include "app/practice.h"
#include "modules/person/person.h"
#include "platform/base/text.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum err read_kind(struct ctx *c, void *arg)
{
    bool *free_clock = arg;
    const char *kind = sql_instance_get(c, "kind");
    *free_clock = (kind != NULL && strcmp(kind, "practice") == 0) || sql_person_count(c) == 0;
    return c->err;
}

enum err app_check_clock(struct ctx *c, struct db *db)
{
    bool free_clock = false;
    if (getenv("SAURO_NOW") == NULL || db_read(db, c, read_kind, &free_clock) != OK)
        return c->err;
    if (!free_clock)
        return fail(c, FORBIDDEN, "SAURO_NOW chỉ dùng cho bản luyện tập. Hãy bỏ biến này rồi chạy lại.",
                    "fixed clock on a real installation");
    return OK;
}

/* "127.0.0.1:8080" or "8080". */
static enum err parse_listen(struct ctx *c, const char *listen, struct web_options *options)
{
    const char *colon = strrchr(listen, ':');
    int64_t port;
    if (!text_int(colon == NULL ? listen : colon + 1, &port) || port < 0 || port > 65535)
        return fail(c, INVALID, "Địa chỉ phục vụ cần có dạng 127.0.0.1:8080.", "listen %s", listen);
    options->address = colon == NULL ? "127.0.0.1" : arena_copy_n(c->arena, listen, (size_t)(colon - listen));
    options->port = (int)port;
    return OK;
}

static void wait_for_end(const sigset_t *signals)
{
    int which;
    do
        sigwait(signals, &which);
    while (which == SIGHUP);
}

static enum err serve(struct command_run *r)
{
    static const struct web_hooks hooks = {
        .identify = person_identify, .dress = dress, .sign_in_path = "/dang-nhap", .error_template = "error.html"
    };
    struct ctx *c = r->c;
    struct web_options options = { .data_dir = c->data_dir };
    options.trust_forwarded = strcmp(config_get(r->config, "--trust-forwarded"), "yes") == 0;
    if (parse_listen(c, config_get(r->config, "--listen"), &options) != OK)
        return c->err;
    sigset_t signals; /* blocked before any thread starts, so that only this one takes them */
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);

    const char *why = NULL;
    struct web *web = web_start(c->arena, r->db, app_routes(c->arena), &hooks, &options, &why);
    if (web == NULL)
        return fail(c, BROKEN, why, "web server not started");
    struct jobs *jobs = jobs_start(r->db, app_jobs(c->arena), 2, c->data_dir);
    printf("Sáu Rõ đang phục vụ tại http://%s:%d\n", options.address, web_port(web));
    fflush(stdout);
    wait_for_end(&signals);
    web_stop(web);
    jobs_stop(jobs);
    return OK;
}

static enum err backup(struct command_run *r)
{
    if (r->word_count != 1)
        return fail(r->c, INVALID, "Cách dùng: sauro backup TỆP", "usage");
    if (db_backup(r->c, r->url, r->words[0]) == OK)
        printf("Đã sao lưu vào %s\n", r->words[0]);
    return r->c->err;
}

static enum err restore(struct command_run *r)
{
    if (r->word_count != 1)
        return fail(r->c, INVALID, "Cách dùng: sauro restore TỆP", "usage");
    if (db_restore(r->c, r->url, r->words[0]) == OK)
        printf("Đã phục hồi từ %s\n", r->words[0]);
    return r->c->err;
}

static const char *access_names(struct arena *a, unsigned access)
{
    static const struct {
        unsigned bit;
        const char *name;
    } bits[] = {
        { ANYONE, "mọi người" },          { SIGNED_IN, "đã đăng nhập" },    { ROLE_ADMIN, "quản trị" },
        { ROLE_LEADER, "lãnh đạo" },      { ROLE_COORDINATOR, "đầu mối" }, { ROLE_EDITOR, "biên tập" },
        { ROLE_STAFF, "cán bộ" },
    };
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    for (size_t i = 0; i < sizeof bits / sizeof bits[0]; i++)
        if ((access & bits[i].bit) != 0)
            buffer_printf(&b, b.length == 0 ? "%s" : ", %s", bits[i].name);
    return b.length == 0 ? "không ai" : b.text;
}

static enum err routes(struct command_run *r)
{
    for (const struct module *m = modules; m->name != NULL; m++)
        for (const struct route *route = m->routes; route != NULL && route->method != NULL; route++)
            printf("%s\t%s\t%s\n", route->method, route->path, access_names(r->c->arena, route->access));
    return OK;
}

const struct command app_commands[] = {
    { "serve", "[--db URL] [--listen ADDR:PORT] [--data DIR]", "phục vụ các trang", true, serve },
    { "practice", "", "nạp đơn vị và dữ liệu luyện tập vào cơ sở dữ liệu còn trống", true, practice_command },
    { "backup", "FILE", "sao lưu nhất quán, cả khi đang phục vụ", false, backup },
    { "restore", "FILE", "phục hồi vào cơ sở dữ liệu còn trống", false, restore },
    { "routes", "", "liệt kê mọi địa chỉ: phương thức, đường dẫn, ai được vào", false, routes },
    { 0 },
};
