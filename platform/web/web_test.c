#include "platform/web/template.h"
#include "platform/web/web_stage_test.h"
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- reading pages ---- */

TEST_PLAIN(access_is_denied_unless_the_route_grants_it)
{
    struct web_stage s;
    stage_open(&s);
    struct http_answer got = http_get(s.arena, s.port, "/rieng/x?q=a%20b", "");
    CHECK_INT(got.status, 303);
    CHECK_TEXT(http_header(s.arena, &got, "Location"), "/dang-nhap?tiep=/rieng/x%3Fq%3Da%2520b");
    CHECK_INT(http_get(s.arena, s.port, "/rieng/x", "Cookie: nguoi=binh\r\n").status, 303);
    got = http_get(s.arena, s.port, "/rieng/%C4%91%C3%A0?q=a%20b+c", "Cookie: x=1; nguoi=an\r\n");
    CHECK_INT(got.status, 200);
    CHECK_TEXT(got.body, "person 1, part đà, query a b c");
    CHECK_INT(http_get(s.arena, s.port, "/khong-ai/x", "Cookie: nguoi=an\r\n").status, 403);
    CHECK_INT(http_post(s.arena, s.port, "/rieng", "", "").status, 403);
    stage_close(&s);
}

TEST_PLAIN(unknown_addresses_and_methods_get_their_page)
{
    struct web_stage s;
    stage_open(&s);
    struct http_answer got = http_get(s.arena, s.port, "/khong-co", "");
    CHECK_INT(got.status, 404);
    CHECK(strstr(got.body, "<h1>404</h1>") != NULL);
    got = http_post(s.arena, s.port, "/giu", "", "a=1");
    CHECK_INT(got.status, 405);
    CHECK_TEXT(http_header(s.arena, &got, "Allow"), "GET, HEAD");
    got = http_get(s.arena, s.port, "/cham-ghi", "");
    CHECK_INT(got.status, 405);
    CHECK_TEXT(http_header(s.arena, &got, "Allow"), "POST");
    got = http_get(s.arena, s.port, "/mat", "");
    CHECK_INT(got.status, 404);
    CHECK(strstr(got.body, "Không tìm thấy ghi chép &lt;này&gt;.") != NULL);
    CHECK_TEXT(http_get(s.arena, s.port, "/ai/moi", "").body, "literal");
    CHECK_TEXT(http_get(s.arena, s.port, "/ai/x", "").body, "person 0, part x, query ");
    stage_close(&s);
}

TEST_PLAIN(a_broken_database_still_gives_a_page)
{
    struct web_stage s;
    stage_open(&s);
    struct http_answer got = http_get(s.arena, s.port, "/hong", "");
    CHECK_INT(got.status, 503);
    CHECK(strstr(got.body, "Cơ sở dữ liệu chưa trả lời.") != NULL);
    CHECK(http_header(s.arena, &got, "Retry-After") != NULL);
    stage_close(&s);
}

TEST_PLAIN(every_answer_carries_the_security_headers)
{
    static const char *const paths[] = { "/ghi", "/giu", "/khong-co", "/hong", "/robots.txt", "/ai/x", "/tinh/no" };
    struct web_stage s;
    stage_open(&s);
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        struct http_answer got = http_get(s.arena, s.port, paths[i], "");
        const char *policy = http_header(s.arena, &got, "Content-Security-Policy");
        CHECK(policy != NULL && strstr(policy, "default-src 'self'") != NULL && strstr(policy, "frame-ancestors 'none'") != NULL);
        CHECK_TEXT(http_header(s.arena, &got, "X-Content-Type-Options"), "nosniff");
        CHECK_TEXT(http_header(s.arena, &got, "Referrer-Policy"), "same-origin");
        CHECK_TEXT(http_header(s.arena, &got, "X-Frame-Options"), "DENY");
        CHECK(http_header(s.arena, &got, "Strict-Transport-Security") == NULL);
    }
    stage_close(&s);
}

TEST_PLAIN(what_a_proxy_could_read_differently_is_refused)
{
    static const char *const bad[] = {
        "POST /ghi HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /ghi HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\na=1",
        "POST /ghi HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\na=1",
        "GET /giu HTTP/1.1\r\nHost: t\r\nHost: u\r\n\r\n",
        "GET /giu HTTP/1.1\r\n\r\n",
        "GET /giu HTTP/1.1\r\nHost: t\r\nX : y\r\n\r\n",
        "GET /ai/%00 HTTP/1.1\r\nHost: t\r\n\r\n",
        "GET /ai/%C3%28 HTTP/1.1\r\nHost: t\r\n\r\n",
        "GET /ai/\xFF HTTP/1.1\r\nHost: t\r\n\r\n",
        "GET /ai/%0D%0A HTTP/1.1\r\nHost: t\r\n\r\n",
        "GET /ai/%4 HTTP/1.1\r\nHost: t\r\n\r\n",
        "GET /ai/x?q=%FF HTTP/1.1\r\nHost: t\r\n\r\n",
        "GET ai/x HTTP/1.1\r\nHost: t\r\n\r\n",
    };
    struct web_stage s;
    stage_open(&s);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct http_answer got = http_raw(s.arena, s.port, bad[i], strlen(bad[i]));
        if (got.status != 400)
            fprintf(stderr, "%s\n", bad[i]);
        CHECK_INT(got.status, 400);
    }
    static const char nul[] = "GET /ai/x\0y HTTP/1.1\r\nHost: t\r\n\r\n";
    CHECK_INT(http_raw(s.arena, s.port, nul, sizeof nul - 1).status, 400);
    stage_close(&s);
}

TEST_PLAIN(long_cookies_work_and_longer_headers_are_refused)
{
    struct web_stage s;
    stage_open(&s);
    const char *long_one = arena_printf(s.arena, "Cookie: x=%07000d; nguoi=an\r\n", 1);
    CHECK_INT(http_get(s.arena, s.port, "/rieng/x", long_one).status, 200);
    CHECK_INT(http_get(s.arena, s.port, "/ai/x", arena_printf(s.arena, "X-Long: %012000d\r\n", 1)).status, 200);
    CHECK_INT(http_get(s.arena, s.port, "/rieng/x", arena_printf(s.arena, "Cookie: x=%060000d\r\n", 1)).status, 431);
    stage_close(&s);
}

TEST_PLAIN(redirects_stay_with_us_and_take_no_header)
{
    static const struct {
        const char *query, *location;
    } trials[] = {
        { "tiep=/a%3Fb%3D1", "/a?b=1" },          { "tiep=//ac.vn", "/" },
        { "tiep=https://ac.vn/", "/" },           { "tiep=/%5Cac.vn", "/" },
        { "tiep=/a%0D%0AX-Bad:%201", "/a%0D%0AX-Bad:%201" }, { "tiep=/%C4%91", "/%C4%91" },
    };
    struct web_stage s;
    stage_open(&s);
    for (size_t i = 0; i < sizeof trials / sizeof trials[0]; i++) {
        struct http_answer got = http_get(s.arena, s.port, arena_printf(s.arena, "/di?own=a%%0D%%0AX-Bad:%%201&%s", trials[i].query), "");
        CHECK_INT(got.status, 303);
        CHECK_TEXT(http_header(s.arena, &got, "Location"), trials[i].location);
        CHECK(http_header(s.arena, &got, "X-Bad") == NULL);
    }
    stage_close(&s);
}

TEST_PLAIN(kept_pages_are_revalidated_and_follow_the_data)
{
    struct web_stage s;
    stage_open(&s);
    struct http_answer first = http_get(s.arena, s.port, "/giu?a=1", "");
    const char *etag = http_header(s.arena, &first, "ETag");
    CHECK(etag != NULL);
    CHECK_TEXT(http_header(s.arena, &first, "Cache-Control"), "no-cache");
    struct http_answer again = http_get(s.arena, s.port, "/giu?a=1", "Cookie: nguoi=an\r\n");
    CHECK_TEXT(again.body, first.body);
    CHECK_TEXT(http_header(s.arena, &again, "ETag"), etag);
    const char *match = arena_printf(s.arena, "If-None-Match: %s\r\n", etag);
    struct http_answer same = http_get(s.arena, s.port, "/giu?a=1", match);
    CHECK_INT(same.status, 304);
    CHECK_INT((int64_t)same.size, 0);
    CHECK_TEXT(http_header(s.arena, &same, "ETag"), etag);
    struct http_answer packed = http_get(s.arena, s.port, "/giu?a=1", "Accept-Encoding: br, gzip\r\n");
    CHECK_TEXT(http_header(s.arena, &packed, "Content-Encoding"), "gzip");
    CHECK(packed.size < first.size);
    CHECK(strcmp(http_header(s.arena, &packed, "ETag"), etag) != 0);
    struct http_answer figures = http_get(s.arena, s.port, "/metrics", "");
    CHECK(strstr(figures.body, "sauro_kept_pages_served_total 3\n") != NULL);
    const char *token = stage_token(&s);
    CHECK_INT(http_post(s.arena, s.port, "/ghi", s.cookie, arena_printf(s.arena, "_token=%s&body=x", token)).status, 303);
    struct http_answer fresh = http_get(s.arena, s.port, "/giu?a=1", match);
    CHECK_INT(fresh.status, 200);
    CHECK(strcmp(http_header(s.arena, &fresh, "ETag"), etag) != 0);
    web_forget_pages(s.web);
    CHECK_INT(http_get(s.arena, s.port, "/giu?a=1", "").status, 200);
    figures = http_get(s.arena, s.port, "/metrics", "");
    CHECK(strstr(figures.body, "sauro_kept_pages_served_total 3\n") != NULL);
    stage_close(&s);
}

TEST_PLAIN(static_files_come_packed_for_ever_and_only_by_their_name)
{
    struct web_stage s;
    stage_open(&s);
    const char *style = web_asset("sauro.css");
    CHECK(style != NULL && text_starts(style, "/tinh/sauro."));
    struct http_answer got = http_get(s.arena, s.port, style, "Accept-Encoding: gzip;q=1.0, br;q=0\r\n");
    CHECK_INT(got.status, 200);
    CHECK_TEXT(http_header(s.arena, &got, "Content-Encoding"), "gzip");
    CHECK_TEXT(http_header(s.arena, &got, "Cache-Control"), "public, max-age=31536000, immutable");
    CHECK(http_header(s.arena, &(struct http_answer){ .head = http_get(s.arena, s.port, style, "").head }, "Content-Encoding") == NULL);
    CHECK_INT(http_get(s.arena, s.port, "/tinh/../web.key", "").status, 404);
    CHECK_INT(http_get(s.arena, s.port, "/tinh/%2e%2e/web.key", "").status, 404);
    CHECK_INT(http_get(s.arena, s.port, "/tinh/sauro.css", "").status, 404);
    got = http_get(s.arena, s.port, "/favicon.ico", "");
    CHECK_INT(got.status, 302);
    CHECK_TEXT(http_header(s.arena, &got, "Location"), web_asset("logo.svg"));
    stage_close(&s);
}

TEST_PLAIN(health_and_figures_are_served)
{
    struct web_stage s;
    stage_open(&s);
    struct http_answer got = http_get(s.arena, s.port, "/healthz", "");
    CHECK_INT(got.status, 200);
    CHECK_TEXT(got.body, "ok\n");
    CHECK(strstr(http_get(s.arena, s.port, "/metrics", "").body, "sauro_requests_total{class=\"2xx\"} 1\n") != NULL);
    CHECK_INT(http_get(s.arena, s.port, "/metrics", "X-Forwarded-For: 8.8.8.8\r\n").status, 404);
    stage_close(&s);
}

static void *ask_slow(void *arg)
{
    struct web_stage *s = arg;
    struct arena *a = arena_new(CTX_ARENA_CAP);
    int status = http_get(a, s->port, "/cham", "").status;
    arena_free(a);
    return (void *)(intptr_t)status;
}

static void *stop(void *arg)
{
    stage_close(arg);
    return NULL;
}

TEST_PLAIN(a_slow_handler_holds_up_nobody)
{
    struct web_stage s;
    pthread_t thread;
    void *status = NULL;
    stage_open(&s);
    CHECK_INT(pthread_create(&thread, NULL, ask_slow, &s), 0);
    stage_gate_wait_entered();
    CHECK_INT(http_get(s.arena, s.port, "/ghi", "").status, 200);
    CHECK_INT(http_get(s.arena, s.port, "/giu", "").status, 200);
    stage_gate_open();
    pthread_join(thread, &status);
    CHECK_INT((intptr_t)status, 200);
    stage_close(&s);
}

TEST_PLAIN(a_stop_answers_what_is_under_way)
{
    static const char ask[] = "GET /ai/x HTTP/1.1\r\nHost: t\r\n\r\n";
    struct web_stage s;
    pthread_t asking, stopping;
    void *status = NULL;
    stage_open(&s);
    CHECK_INT(pthread_create(&asking, NULL, ask_slow, &s), 0);
    stage_gate_wait_entered();
    int fd = http_connect(s.port);
    http_send(fd, ask, sizeof ask - 1);
    CHECK_INT(http_read(s.arena, fd, false).status, 200);
    CHECK_INT(pthread_create(&stopping, NULL, stop, &s), 0);
    do
        http_send(fd, ask, sizeof ask - 1);
    while (http_read(s.arena, fd, false).status == 200); /* until the stop has begun */
    stage_gate_open();
    pthread_join(asking, &status);
    CHECK_INT((intptr_t)status, 200);
    pthread_join(stopping, NULL);
    close(fd);
}

TEST_PLAIN(what_a_trusted_proxy_says_is_believed)
{
    static const char said[] = "X-Forwarded-For: 1.1.1.1, 10.2.3.4\r\nX-Forwarded-Proto: https\r\n";
    struct web_stage s;
    stage_open(&s);
    struct http_answer got = http_get(s.arena, s.port, "/duong", said);
    CHECK_TEXT(got.body, "open from 127.0.0.1");
    CHECK(strstr(got.head, "Secure") == NULL && strstr(got.head, "HttpOnly; SameSite=Lax") != NULL);
    stage_close(&s);
    stage_open_behind_proxy(&s);
    got = http_get(s.arena, s.port, "/duong", said);
    CHECK_TEXT(got.body, "secure from 10.2.3.4");
    CHECK(strstr(got.head, "; Secure") != NULL);
    CHECK_TEXT(http_header(s.arena, &got, "Strict-Transport-Security"), "max-age=31536000");
    CHECK_TEXT(http_get(s.arena, s.port, "/duong", "X-Forwarded-For: <b>\r\n").body, "open from nowhere");
    stage_close(&s);
}

/* ---- what stops the start ---- */

static const char *refusal(const struct route *routes, const struct template_source *sources)
{
    const struct route *const tables[] = { routes, NULL };
    static const struct web_hooks none = { 0 };
    struct arena *a = test_ctx()->arena;
    const char *why = NULL;
    struct db *db = db_open(a, test_sqlite_url(), &(struct db_schema){ 0 }, NULL, &why);
    CHECK(db != NULL);
    const struct web_options options = { .data_dir = test_folder(), .loops = 1, .templates = sources };
    struct web *web = web_start(a, db, tables, &none, &options, &why);
    CHECK(web == NULL);
    db_close(db);
    return why;
}

static enum err nothing(struct request *r)
{
    return r->c->err;
}

TEST_PLAIN(mistakes_in_tables_and_templates_stop_the_start)
{
    static const struct template_source good[] = { { "a.html", "<p>a</p>" }, { 0 } };
    static const struct template_source bad[] = { { "a.html", "<p>{{unknown}}</p>" }, { 0 } };
    static const struct route none[] = { { 0 } };
    static const struct route twice[] = { { .method = "GET", .path = "/a/:x", .access = 1, .run = nothing },
                                          { .method = "GET", .path = "/a/:y", .access = 1, .run = nothing }, { 0 } };
    static const struct route closed[] = { { .method = "GET", .path = "/a", .access = SIGNED_IN, .run = nothing, .keep = true },
                                           { 0 } };
    CHECK(strstr(refusal(none, bad), "a.html") != NULL);
    CHECK(strstr(refusal(twice, good), "hai lần") != NULL);
    CHECK(strstr(refusal(closed, good), "ANYONE") != NULL);
}

TEST_PLAIN(one_connection_serves_many_requests)
{
    static const char both[] = "GET /ai/x HTTP/1.1\r\nHost: t\r\n\r\n";
    static const char head[] = "HEAD /giu HTTP/1.1\r\nHost: t\r\n\r\n";
    struct web_stage s;
    stage_open(&s);
    int fd = http_connect(s.port);
    for (int i = 0; i < 5; i++) {
        http_send(fd, both, sizeof both - 1);
        CHECK_INT(http_read(s.arena, fd, false).status, 200);
        http_send(fd, head, sizeof head - 1);
        struct http_answer got = http_read(s.arena, fd, true);
        CHECK_INT(got.status, 200);
        CHECK_INT((int64_t)got.size, 0);
    }
    close(fd);
    stage_close(&s);
}

TEST_PLAIN(stored_files_are_streamed_whole_or_in_part)
{
    struct web_stage s;
    stage_open(&s);
    FILE *f = fopen(arena_printf(s.arena, "%s/stored", test_folder()), "w");
    fputs("0123456789", f);
    fclose(f);
    struct http_answer got = http_get(s.arena, s.port, "/tep", "");
    CHECK_TEXT(got.body, "0123456789");
    CHECK_TEXT(http_header(s.arena, &got, "Content-Disposition"),
               "inline; filename=\"ke hoach 1.pdf\"; filename*=UTF-8''K%E1%BA%BF%20ho%E1%BA%A1ch%20%221%22.pdf");
    CHECK_TEXT(http_header(s.arena, &got, "X-Frame-Options"), "SAMEORIGIN");
    got = http_get(s.arena, s.port, "/tep", "Range: bytes=2-4\r\n");
    CHECK_INT(got.status, 206);
    CHECK_TEXT(got.body, "234");
    CHECK_TEXT(http_header(s.arena, &got, "Content-Range"), "bytes 2-4/10");
    CHECK_TEXT(http_get(s.arena, s.port, "/tep", "Range: bytes=-3\r\n").body, "789");
    CHECK_TEXT(http_get(s.arena, s.port, "/tep", "Range: bytes=8-\r\n").body, "89");
    CHECK_INT(http_get(s.arena, s.port, "/tep", "Range: bytes=10-\r\n").status, 200);
    stage_close(&s);
}
