/* What the layouts show of the person, the agency and the ways on; over HTTP, as in the real server. */
#include "app/app.h"
#include "app/dress.h"
#include "app/home.h"
#include "modules/person/person.h"
#include "platform/web/embedded.h"
#include "tests/test.h"
#include "tests/test_fixture.h"
#include "tests/test_http.h"

struct house {
    struct arena *arena;
    struct db *db;
    struct web *web;
    int port;
};

static enum err show(struct request *r)
{
    return page(r, "dress_trial.html");
}

static const struct route trial_routes[] = {
    { .method = "GET", .path = "/thu", .access = ANYONE, .run = show },
    { 0 },
};

/* The cookie says the login itself. */
static const char *identify(struct request *r)
{
    const char *login = request_cookie(r, "nguoi");
    int64_t person = login == NULL ? 0 : person_by_login(r->c, login);
    return person == 0 || person_act_as(r->c, person) != OK ? NULL : "secret";
}

static const struct template_source *sources_with_trial(struct arena *a)
{
    static const char trial[] = "{{layout page.html title=\"Thử\"}}\n<h1>Thử</h1>\n";
    size_t count = 0;
    while (template_sources[count].name != NULL)
        count++;
    struct template_source *all = arena_array(a, count + 2, sizeof *all);
    memcpy(all, template_sources, count * sizeof *all);
    all[count] = (struct template_source){ "dress_trial.html", trial };
    return all;
}

static struct house house_open(void)
{
    static const struct route *const tables[] = { home_routes, trial_routes, NULL };
    static const struct web_hooks hooks = { .identify = identify, .dress = dress, .sign_in_path = "/dang-nhap",
                                            .error_template = "error.html" };
    const char *why = "";
    struct house h = { .arena = test_ctx()->arena };
    h.db = db_open(h.arena, test_sqlite_url(), app_schemas(h.arena), &(struct db_options){ .readers = 1 }, &why);
    CHECK(h.db != NULL);
    fixture_fill(h.db);
    const struct web_options options = { .data_dir = test_folder(), .loops = 1, .templates = sources_with_trial(h.arena) };
    h.web = web_start(h.arena, h.db, tables, &hooks, &options, &why);
    if (h.web == NULL)
        printf("%s\n", why);
    CHECK(h.web != NULL);
    h.port = web_port(h.web);
    return h;
}

static void house_close(struct house *h)
{
    web_stop(h->web);
    db_close(h->db);
}

static const char *seen(const struct house *h, const char *path, const char *login)
{
    const char *headers = login[0] == '\0' ? "" : arena_printf(h->arena, "Cookie: nguoi=%s\r\n", login);
    struct http_answer answer = http_get(h->arena, h->port, path, headers);
    CHECK_INT(answer.status, 200);
    return answer.body;
}

TEST_PLAIN(the_front_page_names_the_agency_and_the_way_in)
{
    struct house h = house_open();
    const char *page = seen(&h, "/", "");
    CHECK(strstr(page, "<span>Trung tâm Y tế Sông Hương<small>Sở Y tế tỉnh Hương Giang</small></span>") != NULL);
    CHECK(strstr(page, "<a class=\"btn xl\" href=\"/dang-nhap\">") != NULL);
    CHECK(strstr(page, "<a href=\"/\" aria-current=\"page\">Trang chủ</a>") != NULL);
    house_close(&h);
}

TEST_PLAIN(the_front_page_is_the_same_for_all)
{
    struct house h = house_open();
    const char *signed_in = seen(&h, "/", "so"); /* first, so that a page kept for one would be seen by all */
    CHECK(strstr(signed_in, "<span>Trung tâm Y tế Sông Hương<small>") != NULL);
    CHECK_TEXT(seen(&h, "/", ""), signed_in);
    house_close(&h);
}

TEST_PLAIN(staff_pages_name_the_person_the_unit_and_its_agency)
{
    struct house h = house_open();
    const char *page = seen(&h, "/thu", "khoa");
    CHECK(strstr(page, "<details class=\"who-menu push\">") != NULL);
    CHECK(strstr(page, "<span>Sáu Rõ<small>Trung tâm Y tế Sông Hương</small></span>") != NULL);
    CHECK(strstr(seen(&h, "/thu", "so"), "<small>Sở Y tế tỉnh Hương Giang</small>") != NULL);
    CHECK(strstr(seen(&h, "/thu", ""), "who-menu") == NULL);
    house_close(&h);
}

TEST_PLAIN(menus_lead_only_where_the_person_may_go)
{
    struct house h = house_open();
    const char *admin = seen(&h, "/thu", "quantri");
    CHECK(strstr(admin, "<li><a href=\"/quan-tri\">") != NULL);
    CHECK(strstr(admin, "<form method=\"post\" action=\"/dang-xuat\">") != NULL);
    const char *station = seen(&h, "/thu", "tram");
    CHECK(strstr(station, "<li><a href=\"/ban-lam-viec\">") != NULL);
    CHECK(strstr(station, "href=\"/quan-tri\"") == NULL);
    CHECK(strstr(seen(&h, "/thu", ""), "<ul class=\"menu\">") == NULL);
    house_close(&h);
}
