/* The pages of reports over HTTP, as in the real server. */
#include "app/app.h"
#include "app/dress.h"
#include "modules/person/person.h"
#include "modules/report/report.h"
#include "modules/task/task.h"
#include "modules/unit/unit.h"
#include "platform/base/clock.h"
#include "report_test_queries.h"
#include "tests/test.h"
#include "tests/test_docx.h"
#include "tests/test_fixture.h"
#include "tests/test_http.h"

struct office {
    struct arena *arena;
    struct db *db;
    struct web *web;
    int port;
};

/* The cookie says the login itself. */
static const char *identify(struct request *r)
{
    const char *login = request_cookie(r, "nguoi");
    int64_t person = login == NULL ? 0 : person_by_login(r->c, login);
    return person == 0 || person_act_as(r->c, person) != OK ? NULL : "secret";
}

/* One article, due and done in the first period of 2026. */
static enum err invent(struct ctx *c, void *arg)
{
    (void)arg;
    person_act_as(c, person_by_login(c, "daumoi"));
    int64_t task = 0, room = unit_by_code(c, "ttytsh-kkb");
    struct task_party lead = { .unit = room };
    struct task_product product = { .wording = "02 bài viết trên Trang thông tin điện tử" };
    struct task_draft draft = { .unit = unit_by_code(c, "ttytsh"), .title = "Đăng bài <b>CCHC</b>", .parties = &lead, .party_count = 1,
                                .products = &product, .product_count = 1,
                                .schedule = { .kind = SCHEDULE_DEADLINE, .year = 2026, .due_days = { day_of(2026, 3, 10) }, .due_count = 1 } };
    if (task_create(c, &draft, &task) != OK)
        return c->err;
    struct task_evidence link = { .url = "https://songhuong.example/tin-1" };
    int64_t occurrence = sql_report_test_occurrence(c, task);
    person_act_as(c, person_by_login(c, "khoa"));
    task_submit(c, occurrence, &(struct task_result){ .evidence = &link, .evidence_count = 1, .made = 2 });
    person_act_as(c, person_by_login(c, "lanhdao"));
    return task_approve(c, occurrence);
}

static struct office office_open(void)
{
    static const struct route *const tables[] = { report_routes, NULL };
    static const struct web_hooks hooks = { .identify = identify, .dress = dress, .sign_in_path = "/dang-nhap",
                                            .error_template = "error.html" };
    const char *why = "";
    struct office o = { .arena = test_ctx()->arena };
    struct ctx c;
    o.db = db_open(o.arena, test_sqlite_url(), app_schemas(o.arena), &(struct db_options){ .readers = 1 }, &why);
    fixture_fill(o.db);
    ctx_open(&c, day_start(day_of(2026, 3, 2)));
    CHECK_INT(db_write(o.db, &c, invent, NULL), OK);
    ctx_close(&c);
    o.web = web_start(o.arena, o.db, tables, &hooks, &(struct web_options){ .data_dir = test_folder(), .loops = 1 }, &why);
    if (o.web == NULL)
        printf("%s\n", why);
    CHECK(o.web != NULL);
    o.port = web_port(o.web);
    return o;
}

static void office_close(struct office *o)
{
    web_stop(o->web);
    db_close(o->db);
}

static struct http_answer get(const struct office *o, const char *path, const char *login)
{
    return http_get(o->arena, o->port, path, arena_printf(o->arena, "Cookie: nguoi=%s\r\n", login));
}

/* The hidden token of the first form on a page. */
static const char *token_of(struct arena *a, const char *page)
{
    const char *at = strstr(page, "name=\"_token\" value=\"");
    at = at != NULL ? at + strlen("name=\"_token\" value=\"") : "";
    return arena_copy_n(a, at, strcspn(at, "\""));
}

TEST_PLAIN(the_list_shows_the_periods_of_the_units_one_reaches)
{
    struct office o = office_open();
    struct http_answer mine = get(&o, "/bao-cao?nam=2026", "daumoi"), other = get(&o, "/bao-cao?nam=2026", "daumoi2");
    CHECK_INT(mine.status, 200);
    CHECK(strstr(mine.body, "href=\"/bao-cao/ttytsh/2026-Q1\"") != NULL);
    CHECK(strstr(mine.body, "href=\"/bao-cao/ttytsh-kkb/2026-Y\"") != NULL);
    CHECK(strstr(mine.body, "6 tháng đầu năm 2026") != NULL);
    CHECK(strstr(other.body, "/bao-cao/ttytsh/") == NULL);
    CHECK_INT(get(&o, "/bao-cao", "khoa").status, 403);
    CHECK_INT(get(&o, "/bao-cao?nam=1999", "daumoi").status, 200);
    office_close(&o);
}

TEST_PLAIN(figures_of_the_paper_lead_to_their_evidence)
{
    struct office o = office_open();
    struct http_answer shown = get(&o, "/bao-cao/ttytsh/2026-Q1", "daumoi");
    CHECK_INT(shown.status, 200);
    CHECK(strstr(shown.body, "Đăng bài &lt;b&gt;CCHC&lt;/b&gt;") != NULL);
    CHECK(strstr(shown.body, "<a class=\"fig\" href=\"#nv\">01</a> việc đến hạn") != NULL);
    CHECK(strstr(shown.body, "-1\">02</a>.") != NULL); /* products, at the first proof */
    CHECK(strstr(shown.body, "id=\"mc-") != NULL);
    CHECK_INT(get(&o, "/bao-cao/ttytsh/2026-Q1", "daumoi2").status, 404);
    CHECK_INT(get(&o, "/bao-cao/ttytsh/2026-Q9", "daumoi").status, 422);
    CHECK_INT(get(&o, "/bao-cao/khong-co/2026-Q1", "daumoi").status, 404);
    office_close(&o);
}

TEST_PLAIN(a_part_is_written_and_shown_as_typed)
{
    struct office o = office_open();
    const char *path = "/bao-cao/ttytsh/2026-Q1/phan/proposal";
    struct http_answer form = get(&o, path, "daumoi");
    CHECK_INT(form.status, 200);
    CHECK(strstr(form.body, "Trong kỳ chưa ghi nhận kiến nghị, đề xuất.</textarea>") != NULL);
    const char *body = arena_printf(o.arena, "_token=%s&version=0&text=C%%E1%%BA%%A5p+m%%C3%%A1y+%%3Cqu%%C3%%A9t%%3E", token_of(o.arena, form.body));
    struct http_answer saved = http_post(o.arena, o.port, path, "Cookie: nguoi=daumoi\r\n", body);
    CHECK_INT(saved.status, 303);
    CHECK(strstr(get(&o, "/bao-cao/ttytsh/2026-Q1", "daumoi").body, "Cấp máy &lt;quét&gt;") != NULL);
    const char *again = token_of(o.arena, get(&o, path, "daumoi").body);
    struct http_answer late = http_post(o.arena, o.port, path, "Cookie: nguoi=daumoi\r\n", arena_printf(o.arena, "_token=%s&version=0&text=Kh%%C3%%A1c", again));
    CHECK_INT(late.status, 409);
    CHECK(strstr(late.body, "Khác</textarea>") != NULL); /* what was typed is not lost */
    office_close(&o);
}

TEST_PLAIN(the_report_is_handed_out_as_docx_pdf_and_xlsx)
{
    struct office o = office_open();
    struct http_answer docx = get(&o, "/bao-cao/ttytsh/2026-Q1/tai/docx", "lanhdao"), pdf = get(&o, "/bao-cao/ttytsh/2026-Q1/tai/pdf", "so");
    CHECK_INT(docx.status, 200);
    CHECK(docx_count(docx_part(o.arena, docx.body, docx.size, "word/document.xml"), "//w:p[contains(., 'BÁO CÁO')]") == 1);
    CHECK_INT(pdf.status, 200);
    CHECK(pdf.size > 1000 && memcmp(pdf.body, "%PDF-", 5) == 0);
    struct http_answer xlsx = get(&o, "/bao-cao/ttytsh/2026-Q1/tai/xlsx", "daumoi");
    CHECK_INT(xlsx.status, 200);
    CHECK(docx_part(o.arena, xlsx.body, xlsx.size, "xl/workbook.xml") != NULL);
    CHECK_INT(get(&o, "/bao-cao/ttytsh/2026-Q1/tai/docx", "daumoi2").status, 404);
    CHECK_INT(get(&o, "/bao-cao/ttytsh/2026-Q1/tai/xlsx", "daumoi2").status, 404);
    CHECK_INT(get(&o, "/bao-cao/ttytsh/2026-Q1/tai/xlsx", "khoa").status, 403);
    CHECK_INT(get(&o, "/bao-cao/ttytsh/2026-Q1/tai/exe", "daumoi").status, 404);
    office_close(&o);
}

TEST_PLAIN(an_administrator_adds_a_dated_rule_and_sees_why_one_is_refused)
{
    struct office o = office_open();
    const char *path = "/quan-tri/ky-bao-cao";
    struct http_answer shown = get(&o, path, "quantri");
    CHECK_INT(shown.status, 200);
    CHECK(strstr(shown.body, "Nghị định số 09/2019/NĐ-CP") != NULL);
    CHECK_INT(get(&o, path, "lanhdao").status, 403);
    const char *token = token_of(o.arena, shown.body);
    const char *form = "_token=%s&period=Q1&start=15/12&year=before&end=12/3&valid_from=2027-01-01&basis=%s";
    struct http_answer bare = http_post(o.arena, o.port, path, "Cookie: nguoi=quantri\r\n", arena_printf(o.arena, form, token, ""));
    CHECK_INT(bare.status, 422);
    CHECK(strstr(bare.body, "Hãy ghi căn cứ") != NULL);
    CHECK(strstr(bare.body, "value=\"12/3\"") != NULL); /* what was typed is not lost */
    token = token_of(o.arena, get(&o, path, "quantri").body);
    struct http_answer added = http_post(o.arena, o.port, path, "Cookie: nguoi=quantri\r\n", arena_printf(o.arena, form, token, "CV+12"));
    CHECK_INT(added.status, 303);
    CHECK(strstr(get(&o, path, "quantri").body, "15/12 năm trước đến 12/3") != NULL);
    token = token_of(o.arena, get(&o, path, "quantri").body);
    struct http_answer sending = http_post(o.arena, o.port, "/quan-tri/ky-bao-cao/ngay-gui", "Cookie: nguoi=quantri\r\n",
                                           arena_printf(o.arena, "_token=%s&unit_kind=&mday=18&send_from=2027-01-01&send_basis=CV+13", token));
    CHECK_INT(sending.status, 303);
    office_close(&o);
}
