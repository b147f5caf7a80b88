/* The layouts and partials that every module's pages are made of. */
#include "platform/web/embedded.h"
#include "platform/web/template.h"
#include "tests/test.h"

/* One use of each partial, inside the staff layout. */
static const char gallery[] =
    "{{layout page.html title=\"Mẫu & thử\"}}\n"
    "{{rows tasks: ro1, ro2, ro3, ro4, ro5, ro6, ro_label, ro_count, state, label}}\n"
    "{{text earlier, later}}\n"
    "<div class=\"page-head\"><h1>Mẫu</h1></div>\n"
    "{{#each tasks}}{{> six.html}}{{> occ.html}}{{> badge.html}}{{else}}{{> empty.html text=\"Chưa có việc.\"}}{{/each}}\n"
    "{{> empty.html title=\"Chưa có\" text=\"Hãy nhập.\" to=\"/ke-hoach/nhap\" action=\"Nhập\"}}\n"
    "{{> pages.html earlier=earlier later=later place=\"Trang 2\"}}\n"
    "<form method=\"post\" action=\"/x\">{{> field.html name=\"title\" label=\"Tên\" value=form.title message=error.title}}"
    "<div class=\"field\">{{> field_error.html id=\"body-why\" message=error.body}}</div></form>\n";

static const char *asset(const char *name, void *arg)
{
    (void)arg;
    for (const struct static_file *f = static_files; f->name != NULL; f++)
        if (strcmp(f->name, name) == 0)
            return f->address;
    return NULL;
}

static bool has_icon(const char *name, void *arg)
{
    char id[64];
    snprintf(id, sizeof id, "id=\"i-%s\"", name);
    (void)arg;
    for (const struct static_file *f = static_files; f->name != NULL; f++)
        if (strcmp(f->name, "icons.svg") == 0)
            return memmem(f->bytes, f->size, id, strlen(id)) != NULL;
    return false;
}

static const char *why_title(const char *name, void *arg)
{
    (void)arg;
    return strcmp(name, "title") == 0 ? "Hãy ghi tên nhiệm vụ." : NULL;
}

static const struct rows *one_row(struct arena *a, const char *const *columns, const char *const *cells)
{
    struct rows_maker maker;
    rows_start(&maker, a, columns);
    if (cells != NULL)
        rows_add(&maker, cells);
    struct rows *rows = arena_alloc(a, sizeof *rows);
    *rows = maker.rows;
    return rows;
}

/* The gallery compiled from the program's own layouts and partials; pages of modules are left out. */
static const char *gallery_page(struct ctx *c)
{
    static const char *const own[] = { "bare.html", "page.html", "frame_top.html", "frame_bar.html", "frame_icon.html",
                                       "frame_says.html", "glyphs.html", "logo.html", "hex.html", "six.html", "occ.html",
                                       "badge.html", "state_icon.html", "field.html", "field_error.html", "empty.html",
                                       "note.html", "pages.html", NULL };
    struct template_source sources[32] = { { "gallery.html", gallery } };
    size_t count = 1;
    for (const struct template_source *s = template_sources; s->name != NULL; s++)
        for (size_t i = 0; own[i] != NULL; i++)
            if (strcmp(s->name, own[i]) == 0)
                sources[count++] = *s;
    const struct template_world world = { .sources = sources, .asset = asset, .has_icon = has_icon };
    const char *why = NULL;
    struct template_set *set = templates_compile(c->arena, &world, &why);
    if (set == NULL)
        return why;
    static const char *const menu[] = { "group", "path", "label", "short", "icon", "current", NULL };
    static const char *const group[] = { "id", "label", NULL };
    static const char *const task[] = { "ro1", "ro2", "ro3", "ro4", "ro5", "ro6", "ro_label", "ro_count", "state", "label",
                                        NULL };
    const struct template_value values[] = {
        { .name = "frame_agency", .text = "Trung tâm" }, { .name = "frame_home", .text = "/" },
        { .name = "flash", .text = "Đã lưu." }, { .name = "problem" },
        { .name = "frame_person", .text = "Nguyễn An" }, { .name = "frame_initials", .text = "NA" },
        { .name = "frame_title" }, { .name = "frame_unit", .text = "Phòng TCHC" },
        { .name = "frame_account" }, { .name = "frame_sign_out", .text = "/dang-xuat" },
        { .name = "earlier" }, { .name = "later", .text = "?trang=3" },
        { .name = "frame_menu", .rows = one_row(c->arena, menu, (const char *const[]){ "work", "/ke-hoach", "Kế hoạch",
                                                                                        "Kế hoạch", "clipboard-list", "1" }) },
        { .name = "frame_group", .rows = one_row(c->arena, group, (const char *const[]){ "work", "Công việc" }) },
        { .name = "tasks", .rows = one_row(c->arena, task, (const char *const[]){ "ok", "ok", "", "q", "ok", "ok",
                                                                                  "4/6 rõ", "4", "late", "Quá 2 ngày" }) },
    };
    const struct template_input input = { .values = values, .count = sizeof values / sizeof values[0], .error = why_title };
    struct buffer out = { .arena = c->arena };
    return template_render(c, set, "gallery.html", &input, &out) == OK ? out.text : c->detail;
}

static bool shows(const char *page, const char *part)
{
    if (strstr(page, part) == NULL)
        printf("%s\nlacks %s\n", page, part);
    return strstr(page, part) != NULL;
}

TEST_PLAIN(the_frame_and_its_partials_compile_and_show_what_was_put)
{
    const char *page = gallery_page(test_ctx());
    CHECK(shows(page, "<title>Mẫu &amp; thử · Sáu Rõ</title>"));
    CHECK(shows(page, "<a href=\"/ke-hoach\" aria-current=\"page\">"));
    CHECK(shows(page, "#i-clipboard-list\"/></svg>Kế hoạch</a></li>"));
    CHECK(shows(page, "role=\"status\""));
    CHECK(shows(page, "aria-label=\"4/6 rõ\"><use href=\"#r1\" class=\"ok\"/><use href=\"#r2\" class=\"ok\"/><use href=\"#r3\" "
                      "class=\"\"/><use href=\"#r4\" class=\"q\"/>"));
    CHECK(shows(page, "<svg class=\"occ is-late\""));
    CHECK(shows(page, "<span class=\"badge is-late\"><svg class=\"icon s\""));
    CHECK(shows(page, "aria-invalid=\"true\" aria-describedby=\"title-why\">"));
    CHECK(shows(page, "<a class=\"btn primary\" href=\"/ke-hoach/nhap\">Nhập</a>"));
    CHECK(shows(page, "href=\"?trang=3\" rel=\"next\""));
    CHECK(shows(page, "<form method=\"post\" action=\"/dang-xuat\"><input type=\"hidden\" name=\"_token\""));
    CHECK(strstr(page, "rel=\"prev\"") == NULL);
    CHECK(strstr(page, "body-why") == NULL);
}
