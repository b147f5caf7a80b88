#include "platform/web/web_stage_test.h"
#include "web_queries.h"
#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>

static struct http_answer post(struct web_stage *s, const char *path, const char *token, const char *rest)
{
    return http_post(s->arena, s->port, path, s->cookie, arena_printf(s->arena, "_token=%s&%s", token, rest));
}

TEST_PLAIN(a_post_needs_a_token_of_this_visitor)
{
    struct web_stage s;
    stage_open(&s);
    CHECK_INT(http_post(s.arena, s.port, "/ghi", "", "body=x").status, 403);
    const char *token = stage_token(&s);
    CHECK_INT(http_post(s.arena, s.port, "/ghi", "", arena_printf(s.arena, "_token=%s&body=x", token)).status, 403);
    const char *other = s.cookie;
    s.cookie = "";
    stage_token(&s);
    CHECK(strcmp(other, s.cookie) != 0);
    struct http_answer got = post(&s, "/ghi", token, "body=x");
    CHECK_INT(got.status, 403);
    CHECK(strstr(got.body, "Biểu mẫu đã cũ") != NULL);
    char *changed = arena_copy(s.arena, stage_token(&s));
    changed[3] = changed[3] == 'A' ? 'B' : 'A';
    CHECK_INT(post(&s, "/ghi", changed, "body=x").status, 403);
    CHECK_INT(stage_notes(&s), 0);
    CHECK_INT(post(&s, "/ghi", stage_token(&s), "body=x").status, 303);
    CHECK_INT(stage_notes(&s), 1);
    stage_close(&s);
}

TEST_PLAIN(a_form_sent_twice_is_taken_once_and_answered_alike)
{
    struct web_stage s;
    stage_open(&s);
    const char *token = stage_token(&s);
    CHECK_INT(post(&s, "/ghi", token, "body=").status, 422); /* failed: may be sent again */
    for (int i = 0; i < 3; i++) {
        struct http_answer got = post(&s, "/ghi", token, "body=hai");
        CHECK_INT(got.status, 303);
        CHECK_TEXT(http_header(s.arena, &got, "Location"), "/ghi#hai");
    }
    CHECK_INT(stage_notes(&s), 1);
    struct http_answer late = post(&s, "/ghi", token, "body=");
    CHECK_INT(late.status, 303);
    stage_close(&s);
}

TEST_PLAIN(a_repeatable_form_is_answered_for_itself_each_time)
{
    struct web_stage s;
    stage_open(&s);
    const char *token = stage_token(&s);
    for (int i = 1; i <= 2; i++) {
        struct http_answer got = post(&s, "/lap", token, "body=hai");
        CHECK_INT(got.status, 303);
        CHECK(http_cookie(s.arena, &got, "sauro_flash") != NULL);
        CHECK_INT(stage_notes(&s), i);
    }
    CHECK_INT(post(&s, "/lap", "x", "body=hai").status, 403);
    stage_close(&s);
}

TEST_PLAIN(a_refused_form_comes_back_as_typed_with_the_reason)
{
    struct web_stage s;
    stage_open(&s);
    struct http_answer got = post(&s, "/ghi", stage_token(&s), "body=&x=1");
    CHECK_INT(got.status, 422);
    CHECK(strstr(got.body, "<i>Hãy viết vài chữ.</i>") != NULL);
    CHECK(strstr(got.body, "<p id=\"problem\">Hãy viết vài chữ.</p>") != NULL);
    CHECK(strstr(got.body, "<p id=\"n\">") != NULL); /* its query ran */
    CHECK(strstr(got.body, "name=\"_token\"") != NULL);
    got = post(&s, "/ghi", stage_token(&s), "body=c%E1%BA%A5m");
    CHECK_INT(got.status, 403);
    CHECK(strstr(got.body, "Không được ghi điều này.") != NULL);
    CHECK(http_cookie(s.arena, &got, "sauro_flash") == NULL);
    CHECK_INT(stage_notes(&s), 0);
    stage_close(&s);
}

TEST_PLAIN(texts_are_unicode_in_one_form_with_plain_line_ends)
{
    struct web_stage s;
    stage_open(&s);
    struct http_answer got = post(&s, "/ghi", stage_token(&s), "body=a%CC%81"); /* a and a combining mark */
    CHECK_TEXT(http_header(s.arena, &got, "Location"), "/ghi#%C3%A1");
    CHECK_INT(post(&s, "/ghi", stage_token(&s), "body=%FF").status, 400);
    CHECK_INT(post(&s, "/ghi", stage_token(&s), "body=%00").status, 400);
    CHECK_INT(post(&s, "/ghi", stage_token(&s), "body=%zz").status, 400);
    got = post(&s, "/ghi", stage_token(&s), "body=a%0D%0Ab");
    CHECK_TEXT(http_header(s.arena, &got, "Location"), "/ghi#a%0Ab");
    stage_close(&s);
}

TEST_PLAIN(the_slow_part_runs_first_and_leaves_its_result)
{
    struct web_stage s;
    stage_open(&s);
    struct http_answer got = post(&s, "/cham-ghi", stage_token(&s), "body=abc");
    CHECK_INT(got.status, 303);
    CHECK_TEXT(http_header(s.arena, &got, "Location"), "/ghi#ABC");
    CHECK_INT(http_post(s.arena, s.port, "/cham-ghi", "", "body=abc").status, 403);
    CHECK_INT(stage_notes(&s), 1);
    stage_close(&s);
}

TEST_PLAIN(a_mistake_found_by_the_slow_part_shows_the_form_again)
{
    struct web_stage s;
    stage_open(&s);
    struct http_answer got = post(&s, "/hong-truoc", stage_token(&s), "body=abc");
    CHECK_INT(got.status, 422);
    CHECK(strstr(got.body, "value=\"abc\"") != NULL && strstr(got.body, "<i>Tệp này không đọc được.</i>") != NULL);
    stage_close(&s);
}

TEST_PLAIN(files_that_take_long_hold_up_neither_pages_nor_other_forms)
{
    enum { SENT = 10 };
    int fds[SENT];
    struct web_stage s;
    stage_open(&s);
    for (int i = 0; i < SENT; i++) {
        const char *body = arena_printf(s.arena, "_token=%s&body=x", stage_token(&s));
        const char *text = arena_printf(s.arena, "POST /cua-tep HTTP/1.1\r\nHost: t\r\n%sContent-Length: %zu\r\n\r\n%s", s.cookie,
                                        strlen(body), body);
        fds[i] = http_connect(s.port);
        http_send(fds[i], text, strlen(text));
    }
    stage_gate_wait_entered();
    CHECK_INT(http_get(s.arena, s.port, "/ghi", "").status, 200);
    CHECK_INT(post(&s, "/cham-ghi", stage_token(&s), "body=abc").status, 303);
    stage_gate_open();
    for (int i = 0; i < SENT; i++) {
        CHECK_INT(http_read(s.arena, fds[i], false).status, 303);
        close(fds[i]);
    }
    CHECK_INT(stage_notes(&s), SENT + 1);
    stage_close(&s);
}

TEST_PLAIN(who_finds_the_queue_full_is_told_at_once)
{
    enum { SENT = 270 };
    static int fds[SENT];
    struct web_stage s;
    stage_open(&s);
    const char *body = arena_printf(s.arena, "_token=%s&body=x", stage_token(&s));
    const char *text = arena_printf(s.arena, "POST /cua HTTP/1.1\r\nHost: t\r\n%sContent-Length: %zu\r\n\r\n%s", s.cookie,
                                    strlen(body), body);
    for (int i = 0; i < SENT; i++) {
        fds[i] = http_connect(s.port);
        http_send(fds[i], text, strlen(text));
        if (i == 0)
            stage_gate_wait_entered();
    }
    struct http_answer got = http_read(s.arena, fds[SENT - 1], false); /* one works, 256 wait */
    CHECK_INT(got.status, 503);
    CHECK_TEXT(http_header(s.arena, &got, "Retry-After"), "5");
    CHECK(strstr(got.body, "Máy chủ đang bận.") != NULL);
    stage_gate_open();
    CHECK_INT(http_read(s.arena, fds[0], false).status, 303);
    for (int i = 0; i < SENT; i++)
        close(fds[i]);
    CHECK_INT(stage_notes(&s), 1); /* it was one form, sent many times */
    stage_close(&s);
}

TEST_PLAIN(a_flash_is_told_once)
{
    struct web_stage s;
    stage_open(&s);
    struct http_answer got = post(&s, "/ghi", stage_token(&s), "body=x");
    const char *cookie = arena_printf(s.arena, "Cookie: %s\r\n", http_cookie(s.arena, &got, "sauro_flash"));
    for (int i = 0; i < 2; i++) { /* also on a page that is kept */
        got = http_get(s.arena, s.port, i == 0 ? "/ghi" : "/giu", cookie);
        CHECK(strstr(got.body, "<p id=\"flash\">Đã ghi.</p>") != NULL);
        CHECK_TEXT(http_cookie(s.arena, &got, "sauro_flash"), "sauro_flash=");
    }
    got = http_get(s.arena, s.port, "/giu", "");
    CHECK(strstr(got.body, "flash") == NULL);
    got = http_get(s.arena, s.port, "/ghi", "Cookie: sauro_flash=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n");
    CHECK(strstr(got.body, "id=\"flash\"") == NULL);
    stage_close(&s);
}

TEST_PLAIN(forms_that_are_too_long_are_refused_with_a_sentence)
{
    struct web_stage s;
    stage_open(&s);
    struct buffer many = { .arena = s.arena };
    for (int i = 0; i < 2001; i++)
        buffer_add(&many, "a=1&");
    const char *token = stage_token(&s);
    CHECK_INT(post(&s, "/ghi", token, many.text).status, 413);
    char *large = arena_alloc(s.arena, (1 << 20) + 10);
    memset(large, 'a', (1 << 20) + 5);
    memcpy(large, "body=", 5);
    struct http_answer got = post(&s, "/ghi", token, large);
    CHECK_INT(got.status, 413);
    CHECK(strstr(got.body, "Hãy rút gọn") != NULL);
    CHECK_INT(http_post(s.arena, s.port, "/ghi", "Content-Type: text/plain\r\n", "x").status, 415);
    stage_close(&s);
}

TEST(forms_that_were_taken_are_remembered_for_a_time)
{
    struct ctx *c = test_ctx();
    CHECK_INT(sql_form_done_insert(c, "0000000000000010aa", 303, "/a"), 1);
    CHECK_INT(sql_form_done_insert(c, "0000000000000010aa", 303, "/b"), 0);
    CHECK_INT(sql_form_done_insert(c, "0000000000000020bb", 303, ""), 1);
    CHECK_INT(sql_form_done_purge(c, "0000000000000020"), 1);
    CHECK_INT(sql_form_done_find(c, "0000000000000010aa")->count, 0);
    CHECK_TEXT(cell(sql_form_done_find(c, "0000000000000020bb"), 0, "location"), "");
    CHECK_INT(c->err, OK);
}

/* ---- files ---- */

static int files_left(struct web_stage *s)
{
    int count = 0;
    DIR *dir = opendir(arena_printf(s->arena, "%s/tmp", test_folder()));
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
        count += entry->d_name[0] != '.';
    closedir(dir);
    return count;
}

static char zeros[64 * 1024];

/* Sends a file of `size` zero bytes; the token, when given, after it. */
static struct http_answer send_file_of(struct web_stage *s, const char *path, int64_t size, const char *token)
{
    struct arena *a = s->arena;
    const char *before = "--B\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"C:\\x\\\xE1\xBA\xA3nh.jpg\"\r\n\r\n";
    const char *after = arena_printf(a, "\r\n--B\r\nContent-Disposition: form-data; name=\"_token\"\r\n\r\n%s\r\n--B--\r\n", token);
    int64_t length = (int64_t)strlen(before) + size + (int64_t)strlen(after);
    const char *head = arena_printf(a, "POST %s HTTP/1.1\r\nHost: t\r\n%sContent-Type: multipart/form-data; boundary=B\r\n"
                                       "Content-Length: %lld\r\n\r\n%s", path, s->cookie, (long long)length, before);
    int fd = http_connect(s->port);
    http_send(fd, head, strlen(head));
    for (int64_t sent = 0; sent < size; sent += (int64_t)sizeof zeros)
        http_send(fd, zeros, (size_t)(size - sent < (int64_t)sizeof zeros ? size - sent : (int64_t)sizeof zeros));
    http_send(fd, after, strlen(after));
    struct http_answer got = http_read(a, fd, false);
    close(fd);
    return got;
}

static long resident(void)
{
    long pages = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    if (fscanf(f, "%*d %ld", &pages) != 1)
        pages = 0;
    fclose(f);
    return pages * sysconf(_SC_PAGESIZE);
}

TEST_PLAIN(a_large_upload_goes_to_disk_and_not_to_memory)
{
    enum { SIZE = 100 << 20 };
    struct web_stage s;
    stage_open(&s);
    const char *token = stage_token(&s);
    CHECK_INT(send_file_of(&s, "/tep", 1000, stage_token(&s)).status, 303);
    long before = resident();
    struct http_answer got = send_file_of(&s, "/tep", SIZE, token);
    CHECK(resident() - before < 10 << 20);
    CHECK_INT(got.status, 303);
    got = http_get(s.arena, s.port, "/ghi", arena_printf(s.arena, "Cookie: %s\r\n", http_cookie(s.arena, &got, "sauro_flash")));
    CHECK(strstr(got.body, "1 files, 104857600 bytes, ảnh.jpg, "
                           "20492a4d0d84f8beb1767f6616229f85d44c2827b64bdbfb260ee12fa1109e0e, ") != NULL);
    CHECK_INT(send_file_of(&s, "/tep", 10, token).status, 303); /* repeated: not taken again */
    CHECK_INT(stage_notes(&s), 2);
    stage_close(&s);
    CHECK_INT(files_left(&s), 0);
}

TEST_PLAIN(an_upload_over_the_limit_is_refused_with_a_sentence)
{
    struct web_stage s;
    stage_open(&s);
    struct http_answer got = send_file_of(&s, "/tep-nho", STAGE_SMALL_LIMIT + 1, stage_token(&s));
    CHECK_INT(got.status, 413);
    CHECK(strstr(got.body, "vượt quá 100 KB") != NULL);
    got = send_file_of(&s, "/tep-nho", 8 << 20, stage_token(&s));
    CHECK_INT(got.status, 413);
    CHECK_INT(send_file_of(&s, "/tep-nho", STAGE_SMALL_LIMIT, stage_token(&s)).status, 303);
    CHECK_INT(send_file_of(&s, "/tep-nho", 100, "").status, 403);
    CHECK_INT(send_file_of(&s, "/ghi", 100, stage_token(&s)).status, 413);
    CHECK_INT(stage_notes(&s), 1);
    stage_close(&s);
    CHECK_INT(files_left(&s), 0);
}

TEST_PLAIN(files_are_not_taken_from_whom_the_route_is_closed)
{
    struct web_stage s;
    stage_open(&s);
    stage_token(&s);
    struct http_answer got = send_file_of(&s, "/rieng", 1 << 20, "");
    CHECK_INT(got.status, 403);
    CHECK(strstr(got.body, "đăng nhập") != NULL);
    stage_close(&s);
    CHECK_INT(files_left(&s), 0);
}

TEST_PLAIN(a_sender_who_goes_away_leaves_nothing)
{
    struct web_stage s;
    stage_open(&s);
    stage_token(&s);
    const char *part = arena_printf(s.arena, "POST /tep HTTP/1.1\r\nHost: t\r\n%sContent-Type: multipart/form-data; boundary=B\r\n"
                                             "Content-Length: 100000\r\n\r\n--B\r\nContent-Disposition: form-data; name=\"tep\"; "
                                             "filename=\"a\"\r\n\r\nxxx", s.cookie);
    int fd = http_connect(s.port);
    http_send(fd, part, strlen(part));
    close(fd);
    stage_close(&s);
    CHECK_INT(files_left(&s), 0);
}

static void put_left(const char *path, time_t age)
{
    struct timespec when[2] = { { .tv_sec = time(NULL) - age }, { .tv_sec = time(NULL) - age } };
    int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    CHECK(file >= 0 && futimens(file, when) == 0);
    close(file);
}

TEST_PLAIN(a_start_leaves_what_another_program_is_receiving)
{
    struct web_stage s;
    struct arena *a = test_ctx()->arena;
    const char *folder = arena_printf(a, "%s/tmp", test_folder());
    CHECK_INT(mkdir(folder, 0700), 0);
    const char *old = arena_printf(a, "%s/up-old", folder), *fresh = arena_printf(a, "%s/up-fresh", folder);
    put_left(old, 7200);
    put_left(fresh, 60);
    stage_open(&s);
    CHECK(access(old, F_OK) != 0);
    CHECK_INT(access(fresh, F_OK), 0);
    stage_close(&s);
}
