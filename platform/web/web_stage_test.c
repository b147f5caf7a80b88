#include "platform/web/web_stage_test.h"
#include "app/app.h"
#include "platform/web/template.h"
#include <pthread.h>
#include <stdlib.h>

static const struct template_source sources[] = {
    { "khung.html", "{{text flash, problem}}\n<html lang=\"vi\"><body>{{#if flash}}<p id=\"flash\">{{flash}}</p>{{/if}}"
                    "{{#if problem}}<p id=\"problem\">{{problem}}</p>{{/if}}{{content}}</body></html>" },
    { "loi.html", "{{layout khung.html}}\n{{text status, message}}\n<h1>{{status}}</h1><p>{{message}}</p>" },
    { "ghi.html", "{{layout khung.html}}\n{{text count}}\n<form method=\"post\" action=\"/ghi\"><p id=\"n\">{{count}}</p>"
                  "<input name=\"body\" value=\"{{form.body}}\"><i>{{error.body}}</i></form>" },
    { "giu.html", "{{layout khung.html}}\n{{text count, filler}}\n<p>{{count}}</p><p>{{filler}}</p>" },
    { 0 },
};

static const struct query count_notes = { "count", "SELECT count(*) FROM note", "", QUERY_INT, -1, false };
static const struct query add_note = { "add", "INSERT INTO note (body) VALUES ($1)", "t", QUERY_CHANGES, -1, true };

static enum err show(struct request *r)
{
    put_int(r, "count", query_int(r->c, &count_notes, NULL));
    return page(r, "ghi.html");
}

static enum err add(struct request *r)
{
    const char *body = form(r, "body");
    query_changes(r->c, &add_note, (union query_value[]){ { .text = body } });
    if (body[0] == '\0')
        invalid(r->c, "body", "Hãy viết vài chữ.");
    if (strcmp(body, "cấm") == 0)
        fail(r->c, FORBIDDEN, "Không được ghi điều này.", "forbidden word");
    if (r->c->err == INVALID) {
        show_again(r);
        return show(r);
    }
    flash(r, "Đã ghi.");
    return r->c->err != OK ? r->c->err : redirect(r, "/ghi#%s", body);
}

static enum err kept(struct request *r)
{
    put_int(r, "count", query_int(r->c, &count_notes, NULL));
    put_text(r, "filler", arena_printf(r->c->arena, "%02000d", (int)(r->c->person)));
    return page(r, "giu.html");
}

static enum err own(struct request *r)
{
    const char *text = arena_printf(r->c->arena, "person %d, part %s, query %s", (int)r->c->person, path_part(r, "ten"),
                                    query_param(r, "q"));
    return send_bytes(r, "text/plain; charset=utf-8", NULL, text, strlen(text));
}

static enum err literal(struct request *r)
{
    return send_bytes(r, "text/plain; charset=utf-8", NULL, "literal", 7);
}

static enum err broken(struct request *r)
{
    return fail(r->c, BROKEN, "Cơ sở dữ liệu chưa trả lời.", "made to fail");
}

static enum err missing(struct request *r)
{
    return fail(r->c, NOT_FOUND, "Không tìm thấy ghi chép <này>.", "made to miss");
}

static enum err leave(struct request *r)
{
    set_header(r, "X-Own", query_param(r, "own"));
    return redirect(r, "%s", query_param(r, "tiep"));
}

static enum err received(struct request *r)
{
    const struct upload *files = NULL;
    size_t count = upload_all(r, "tep", &files);
    query_changes(r->c, &add_note, (union query_value[]){ { .text = count == 0 ? "none" : files[0].sha256 } });
    flash(r, arena_printf(r->c->arena, "%zu files, %lld bytes, %s, %s, %s", count,
                          count == 0 ? 0LL : (long long)files[0].size, count == 0 ? "" : files[0].name,
                          count == 0 ? "" : files[0].sha256, form(r, "body")));
    return redirect(r, "/ghi");
}

static enum err file(struct request *r)
{
    const char *path = arena_printf(r->c->arena, "%s/stored", r->c->data_dir);
    return send_file(r, "application/pdf", "Kế hoạch \"1\".pdf", path);
}

static struct {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool entered, open;
} gate = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false, false };

static enum err wait_at_gate(struct request *r)
{
    pthread_mutex_lock(&gate.lock);
    gate.entered = true;
    pthread_cond_broadcast(&gate.changed);
    while (!gate.open)
        pthread_cond_wait(&gate.changed, &gate.lock);
    pthread_mutex_unlock(&gate.lock);
    return r->c->err;
}

static enum err slow(struct request *r)
{
    wait_at_gate(r);
    return send_bytes(r, "text/plain", NULL, "slow", 4);
}

void stage_gate_wait_entered(void)
{
    pthread_mutex_lock(&gate.lock);
    while (!gate.entered)
        pthread_cond_wait(&gate.changed, &gate.lock);
    pthread_mutex_unlock(&gate.lock);
}

void stage_gate_open(void)
{
    pthread_mutex_lock(&gate.lock);
    gate.open = true;
    pthread_cond_broadcast(&gate.changed);
    pthread_mutex_unlock(&gate.lock);
}

static enum err prepare(struct request *r)
{
    r->prepared = text_upper(r->c->arena, form(r, "body"));
    return r->c->err;
}

/* Says what it knows about the way the request came. */
static enum err way(struct request *r)
{
    const char *text = arena_printf(r->c->arena, "%s from %s", request_secure(r) ? "secure" : "open",
                                    r->c->remote == NULL ? "nowhere" : r->c->remote);
    set_cookie(r, "way", "1", 60);
    return send_bytes(r, "text/plain; charset=utf-8", NULL, text, strlen(text));
}

/* A slow part that finds a mistake shows its form itself. */
static enum err refuse_before(struct request *r)
{
    invalid(r->c, "body", "Tệp này không đọc được.");
    show_again(r);
    return show(r);
}

static enum err add_prepared(struct request *r)
{
    query_changes(r->c, &add_note, (union query_value[]){ { .text = r->prepared } });
    return redirect(r, "/ghi#%s", (const char *)r->prepared);
}

static const struct route routes[] = {
    { .method = "GET", .path = "/ghi", .access = ANYONE, .run = show },
    { .method = "POST", .path = "/ghi", .access = ANYONE, .run = add },
    { .method = "POST", .path = "/cham-ghi", .access = ANYONE, .run = add_prepared, .before = prepare },
    { .method = "POST", .path = "/lap", .access = ANYONE, .run = add, .repeatable = true },
    { .method = "POST", .path = "/cua", .access = ANYONE, .run = add, .before = wait_at_gate },
    { .method = "POST", .path = "/cua-tep", .access = ANYONE, .run = add, .before = wait_at_gate, .upload_limit = STAGE_SMALL_LIMIT },
    { .method = "POST", .path = "/hong-truoc", .access = ANYONE, .run = add, .before = refuse_before },
    { .method = "GET", .path = "/duong", .access = ANYONE, .run = way },
    { .method = "GET", .path = "/giu", .access = ANYONE, .run = kept, .keep = true },
    { .method = "GET", .path = "/rieng/:ten", .access = SIGNED_IN, .run = own },
    { .method = "POST", .path = "/rieng", .access = SIGNED_IN, .run = received, .upload_limit = STAGE_UPLOAD_LIMIT },
    { .method = "GET", .path = "/khong-ai/:ten", .access = 0, .run = own },
    { .method = "GET", .path = "/ai/:ten", .access = ANYONE, .run = own },
    { .method = "GET", .path = "/ai/moi", .access = ANYONE, .run = literal },
    { .method = "POST", .path = "/tep", .access = ANYONE, .run = received, .upload_limit = STAGE_UPLOAD_LIMIT },
    { .method = "POST", .path = "/tep-nho", .access = ANYONE, .run = received, .upload_limit = STAGE_SMALL_LIMIT },
    { .method = "GET", .path = "/tep", .access = ANYONE, .run = file },
    { .method = "GET", .path = "/cham", .access = ANYONE, .run = slow },
    { .method = "GET", .path = "/hong", .access = ANYONE, .run = broken },
    { .method = "GET", .path = "/mat", .access = ANYONE, .run = missing },
    { .method = "GET", .path = "/di", .access = ANYONE, .run = leave },
    { 0 },
};

static const char *identify(struct request *r)
{
    const char *who = request_cookie(r, "nguoi");
    if (who == NULL || strcmp(who, "an") != 0)
        return NULL;
    r->c->person = 1;
    r->c->granted = ANYONE | SIGNED_IN;
    return "secret of an";
}

static const struct web_hooks hooks = { .identify = identify, .sign_in_path = "/dang-nhap", .error_template = "loi.html" };
static const char trial[] = "-- step 1: notes\nCREATE TABLE note (id {id}, body TEXT NOT NULL);\n";

static void start(struct web_stage *s, bool trust)
{
    static const struct route *const tables[] = { routes, NULL };
    const char *why = NULL;
    *s = (struct web_stage){ .arena = test_ctx()->arena, .cookie = "" };
    gate.entered = gate.open = false;
    struct db_schema *schemas = arena_array(s->arena, 100, sizeof *schemas);
    size_t count = 0;
    for (const struct db_schema *own = app_schemas(s->arena); own->module != NULL; own++)
        if (strcmp(own->module, "web") == 0)
            schemas[count++] = *own;
    schemas[count] = (struct db_schema){ "trial", trial };
    s->db = db_open(s->arena, test_sqlite_url(), schemas, &(struct db_options){ .readers = 2 }, &why);
    CHECK(s->db != NULL);
    const struct web_options options = { .data_dir = test_folder(), .loops = 1, .templates = sources, .trust_forwarded = trust };
    s->web = web_start(s->arena, s->db, tables, &hooks, &options, &why);
    if (s->web == NULL)
        fprintf(stderr, "%s\n", why);
    CHECK(s->web != NULL);
    s->port = web_port(s->web);
}

void stage_open(struct web_stage *s)
{
    start(s, false);
}

void stage_open_behind_proxy(struct web_stage *s)
{
    start(s, true);
}

void stage_close(struct web_stage *s)
{
    web_stop(s->web);
    db_close(s->db);
}

const char *stage_token(struct web_stage *s)
{
    struct http_answer got = http_get(s->arena, s->port, "/ghi", s->cookie);
    CHECK_INT(got.status, 200);
    const char *cookie = http_cookie(s->arena, &got, "sauro_form");
    if (cookie != NULL)
        s->cookie = arena_printf(s->arena, "Cookie: %s\r\n", cookie);
    const char *at = strstr(got.body, "name=\"_token\" value=\"");
    CHECK(at != NULL);
    return arena_copy_n(s->arena, at + 21, strcspn(at + 21, "\""));
}

int64_t stage_notes(struct web_stage *s)
{
    struct http_answer got = http_get(s->arena, s->port, "/ghi", "");
    const char *at = got.body == NULL ? NULL : strstr(got.body, "id=\"n\">");
    CHECK(at != NULL);
    return atoi(at + 7);
}
