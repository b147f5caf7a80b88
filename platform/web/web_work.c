/* The database's side of a request: who asks, may they, the handler, and what goes out when it failed. */
#include "platform/base/log.h"
#include "platform/web/web_internal.h"
#include "web_queries.h"
#include <assert.h>
#include <string.h>

static const char token_sentence[] = "Biểu mẫu đã cũ nên chưa được ghi. Bấm Quay lại, chép phần đã gõ, tải lại trang rồi gửi lần nữa.";
static const char broken_sentence[] = "Máy chủ đang gặp trục trặc. Xin thử lại sau ít phút.";

void failure_set(struct request_data *d, enum err err, unsigned status, const char *message, const char *detail)
{
    if (d->failure.status == 0)
        d->failure = (struct failure){ err, status, message, detail };
}

/* ---- the end: back to the loop ---- */

static void log_failure(const struct request_data *d)
{
    const char *path = d->route == NULL ? "(no route)" : d->route->route->path;
    double milliseconds = (double)(figures_now() - d->started) / 1e6;
    bool server = d->reply.status >= 500;
    log_line(server ? LOG_ERROR : LOG_DEBUG, server ? "web.failed" : "web.request", "%s %s %u in %.1f ms%s%s",
             d->request.method, path, d->reply.status, milliseconds, d->failure.detail == NULL ? "" : ": ",
             d->failure.detail == NULL ? "" : d->failure.detail);
}

/* After MHD_resume_connection the request belongs to the loop and may be gone. */
static void give_back(struct request_data *d)
{
    struct web *web = d->web;
    MHD_resume_connection(d->connection);
    atomic_fetch_sub(&web->handed_over, 1);
}

void work_resume(struct request_data *d)
{
    if (d->stage == STAGE_CHECKING) {
        d->stage = STAGE_CHECKED;
    } else {
        log_failure(d);
        d->stage = STAGE_ANSWER;
    }
    give_back(d);
}

/* Too much waits: said from what is ready in memory. */
static void busy(struct request_data *d)
{
    atomic_fetch_add(&d->web->figures.busy, 1);
    d->stage = STAGE_ANSWER;
    give_back(d);
}

static bool submit(struct request_data *d, bool write, enum err (*run)(struct ctx *, void *),
                   void (*done)(struct db_work *))
{
    d->work = (struct db_work){ .c = &d->ctx, .run = run, .done = done, .arg = d };
    d->version = db_version(d->web->db);
    d->epoch = atomic_load(&d->web->epoch);
    return write ? db_submit_write(d->web->db, &d->work) : db_submit_read(d->web->db, &d->work);
}

/* Keeps the failure of c beside and clears it, for the error page. */
static void take_failure(struct request_data *d)
{
    struct ctx *c = &d->ctx;
    if (c->err != OK && d->shown == OK)
        failure_set(d, c->err, (unsigned)outcome_of(c->err).status, c->message == NULL ? broken_sentence : c->message,
                    c->detail);
    ctx_forget(c);
}

/* ---- access ---- */

static void identify(struct request_data *d)
{
    if (d->web->hooks->identify == NULL || d->ctx.err != OK)
        return;
    d->ctx.granted = ANYONE;
    d->secret = d->web->hooks->identify(&d->request);
    d->ctx.granted |= ANYONE;
    d->identified = true;
}

/* False: refused, by a redirect to the sign-in page or by c->err. */
static bool may(struct request_data *d)
{
    struct request *r = &d->request;
    const char *sign_in = d->web->hooks->sign_in_path;
    if (r->c->err != OK)
        return false;
    if ((r->c->granted & d->route->route->access) != 0)
        return true;
    bool nobody = r->c->person == 0;
    if (nobody && sign_in != NULL && strcmp(r->method, "POST") != 0)
        redirect(r, "%s?tiep=%s", sign_in, address_encode(r->c->arena, d->uri, true));
    else
        fail(r->c, FORBIDDEN,
             nobody ? "Phiên đăng nhập đã hết nên chưa ghi được. Đăng nhập ở thẻ khác, quay lại trang trước rồi gửi lần nữa." : "Tài khoản của anh/chị không có quyền làm việc này.",
             "access %x of %x", r->c->granted, d->route->route->access);
    return false;
}

/* ---- handlers ---- */

/* A handler's outcome as c->err, whatever way it said it. */
static void settle(struct request_data *d, enum err err)
{
    struct ctx *c = &d->ctx;
    if (c->err == OK && err != OK)
        fail(c, err, broken_sentence, "the handler returned %d without a sentence", (int)err);
    if (c->err == OK && d->reply.kind == REPLY_NONE)
        fail(c, BROKEN, broken_sentence, "the handler made no answer");
}

/* Packs what is text; on the reader's thread, never in the write lane. */
static void pack(struct request_data *d)
{
    struct reply *reply = &d->reply;
    size_t packed = 0;
    bool text = reply->type != NULL && (text_starts(reply->type, "text/") || strstr(reply->type, "json") != NULL);
    if (reply->kind != REPLY_BYTES || !text || !accepts(d->heads.accept_encoding, "gzip"))
        return;
    void *bytes = response_gzip(d->ctx.arena, PACK_ONCE, reply->bytes, reply->size, &packed);
    if (bytes == NULL)
        return;
    reply->bytes = bytes;
    reply->size = packed;
    reply->gzip = true;
}

static enum err run_read(struct ctx *c, void *arg)
{
    struct request_data *d = arg;
    if (!d->route->route->keep)
        identify(d);
    if (!may(d))
        return c->err;
    settle(d, d->route->route->run(&d->request));
    if (c->err == OK && d->route->route->keep && !d->token_made && !d->flash_shown)
        keep_add(d);
    if (c->err == OK)
        pack(d);
    return c->err;
}

static void done_read(struct db_work *work)
{
    struct request_data *d = work->arg;
    if (d->ctx.err == OK && d->reply.kind != REPLY_NONE) {
        work_resume(d);
        return;
    }
    reply_forget(d);
    work_error(d);
}

/* Tells a repeated form from a first one: the row stands or falls with the work. */
static void once(struct request_data *d)
{
    struct ctx *c = &d->ctx;
    const char *location = d->reply.location == NULL ? "" : d->reply.location;
    if (sql_form_done_insert(c, d->token_id, d->reply.status, location) == 0)
        fail(c, CONFLICT, "Biểu mẫu này đã được ghi rồi.", "form sent twice");
    if (text_ends(d->token_id, "00")) /* one form in 256 */
        sql_form_done_purge(c, arena_printf(c->arena, "%016llx", (long long)(c->now - 2 * TOKEN_SECONDS)));
}

/* False: c->err says why. */
static bool may_post(struct request_data *d)
{
    identify(d);
    if (may(d) && !token_good(d))
        fail(&d->ctx, FORBIDDEN, token_sentence, "form token");
    return d->ctx.err == OK;
}

static enum err run_post(struct ctx *c, void *arg)
{
    struct request_data *d = arg;
    if (!may_post(d))
        return c->err;
    settle(d, d->route->route->run(&d->request));
    if (c->err == OK && d->shown != OK)
        return c->err = d->shown; /* its own form again: nothing of this is kept */
    if (c->err == OK && !d->route->route->repeatable)
        once(d);
    return c->err;
}

/* Only the form that a handler chose to show again goes out after a failure. */
static void post_failed(struct request_data *d)
{
    if (d->shown == OK || d->ctx.err != d->shown) {
        d->shown = OK;
        reply_forget(d);
    }
    work_error(d);
}

static void done_post(struct db_work *work)
{
    struct request_data *d = work->arg;
    if (d->ctx.err == OK)
        work_resume(d);
    else
        post_failed(d);
}

static enum err run_before(struct ctx *c, void *arg)
{
    struct request_data *d = arg;
    if (!may_post(d))
        return c->err;
    enum err err = d->route->route->before(&d->request);
    if (err != OK && c->err == OK)
        fail(c, err, broken_sentence, "the part before returned %d without a sentence", (int)err);
    return c->err == OK ? c->err = d->shown : c->err;
}

static void before_on_pool(void *arg)
{
    struct request_data *d = arg;
    if (db_read(d->web->db, &d->ctx, run_before, d) != OK)
        post_failed(d);
    else if (!submit(d, true, run_post, done_post))
        busy(d);
}

void work_start(struct request_data *d)
{
    bool taken;
    if (strcmp(d->request.method, "POST") != 0)
        taken = submit(d, false, run_read, done_read);
    else if (d->route->route->before != NULL)
        taken = pool_add(d->route->route->upload_limit > 0 ? d->web->files : d->web->slow, before_on_pool, d);
    else
        taken = submit(d, true, run_post, done_post);
    if (!taken)
        busy(d);
}

/* ---- before files are taken ---- */

static enum err run_check(struct ctx *c, void *arg)
{
    struct request_data *d = arg;
    identify(d);
    may(d);
    return c->err;
}

static void done_check(struct db_work *work)
{
    struct request_data *d = work->arg;
    take_failure(d);
    work_resume(d);
}

void work_check(struct request_data *d)
{
    if (submit(d, false, run_check, done_check))
        return;
    failure_set(d, BROKEN, 503, "Máy chủ đang bận. Xin gửi lại sau ít phút.", "reads wait");
    work_resume(d);
}

/* ---- error pages ---- */

/* The first sending of this form succeeded: the same answer again. */
static bool replay(struct request_data *d)
{
    if (d->token_id[0] == '\0')
        return false;
    struct rows *rows = sql_form_done_find(&d->ctx, d->token_id);
    if (d->ctx.err != OK || rows->count == 0)
        return false;
    const char *location = cell(rows, 0, "location");
    if (location[0] == '\0') {
        reply_bare(d, MHD_HTTP_OK, "Biểu mẫu này đã được ghi rồi.");
    } else {
        reply_forget(d);
        redirect(&d->request, "%s", location);
    }
    d->failure = (struct failure){ 0 };
    return true;
}

static enum err run_error(struct ctx *c, void *arg)
{
    struct request_data *d = arg;
    struct request *r = &d->request;
    if (replay(d) || d->reply.kind != REPLY_NONE)
        return c->err;
    if (!d->identified)
        identify(d);
    put_int(r, "status", d->failure.status);
    put_text(r, "message", d->failure.message);
    put_text(r, "problem", NULL);
    if (page(r, d->web->hooks->error_template) == OK)
        d->reply.status = d->failure.status;
    return c->err;
}

static void bare_error(struct request_data *d)
{
    if (d->reply.kind == REPLY_NONE)
        reply_bare(d, d->failure.status, d->failure.message);
    work_resume(d);
}

static void done_error(struct db_work *work)
{
    struct request_data *d = work->arg;
    if (d->ctx.err != OK && d->shown == OK)
        reply_forget(d);
    ctx_forget(&d->ctx);
    bare_error(d);
}

/*
 * Error pages have a read transaction of their own: the failed one may be unusable. With a broken
 * database nothing is asked of it again. A form shown again passes here too, as its first sending may have succeeded.
 */
void work_error(struct request_data *d)
{
    take_failure(d);
    bool asks = d->failure.err != BROKEN && (d->web->hooks->error_template != NULL || d->token_id[0] != '\0');
    if (d->failure.status == 0 && d->reply.kind == REPLY_NONE)
        failure_set(d, BROKEN, 503, broken_sentence, "no answer and no failure");
    if (!asks || !submit(d, false, run_error, done_error))
        bare_error(d);
}

/* ---- health ---- */

static void health_on_pool(void *arg)
{
    struct request_data *d = arg;
    bool good = db_healthy(d->web->db);
    const char *text = good ? "ok\n" : "database\n";
    reply_bytes(d, good ? 200 : 503, "text/plain; charset=utf-8", text, strlen(text));
    d->failure.detail = good ? NULL : "health";
    work_resume(d);
}

void work_health(struct request_data *d)
{
    if (!pool_add(d->web->health, health_on_pool, d))
        busy(d);
}
