/* The tree of units: list, one unit with its history, and the changes an administrator orders. */
#include "modules/unit/unit.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include "unit_queries.h"
#include <inttypes.h>
#include <string.h>

static void put_kinds(struct request *r)
{
    static const char *const columns[] = { "code", "label", NULL };
    struct rows_maker *m = arena_alloc(r->c->arena, sizeof *m); /* the page borrows its rows */
    rows_start(m, r->c->arena, columns);
    for (const struct unit_kind *k = unit_kinds; k->code != NULL; k++)
        rows_add(m, (const char *[]){ k->code, k->label });
    put_rows(r, "kinds", &m->rows);
}

static int64_t today(struct request *r)
{
    return day_of_moment(r->c->now);
}

static enum err list(struct request *r)
{
    put_rows(r, "units", sql_unit_list(r->c, r->c->person, today(r)));
    put_text(r, "can_add", (r->c->granted & ROLE_ADMIN) != 0 ? "1" : NULL);
    put_kinds(r);
    return page(r, "unit_list.html");
}

/* The unit within reach, or NULL with an error. */
static const struct rows *reached(struct request *r)
{
    struct ctx *c = r->c;
    int64_t unit = path_id(r, "id");
    const struct rows *u = sql_unit_read(c, unit);
    if (c->err == OK && u->count > 0 && sql_unit_reached(c, c->person, unit) > 0)
        return u;
    fail(c, NOT_FOUND, "Không tìm thấy đơn vị này, hoặc đơn vị thuộc nơi khác.", "unit %" PRId64, unit);
    return NULL;
}

static void put_unit(struct request *r, const struct rows *u)
{
    static const char *const shown[] = { "id",         "code",       "kind",   "name",        "short_name", "symbol",
                                         "opened_day", "closed_day", "parent", "parent_name", "admin_name", "place" };
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++)
        put_text(r, shown[i], cell(u, 0, shown[i]));
}

static enum err show(struct request *r)
{
    struct ctx *c = r->c;
    const struct rows *u = reached(r);
    if (u == NULL)
        return c->err;
    int64_t unit = cell_int(u, 0, "id");
    put_unit(r, u);
    bool open = cell(u, 0, "closed_day") == NULL;
    put_text(r, "can_change", open && sql_unit_administered(c, c->person, unit) > 0 ? "1" : NULL);
    put_text(r, "parent_reached", sql_unit_reached(c, c->person, cell_int(u, 0, "parent")) > 0 ? "1" : NULL);
    put_form(r, "place", cell(u, 0, "place"));
    put_rows(r, "names", sql_unit_names(c, unit));
    put_rows(r, "links", sql_unit_links(c, unit));
    put_rows(r, "mergers", sql_unit_mergers(c, unit));
    put_rows(r, "waiting", sql_unit_waiting(c, unit));
    put_rows(r, "members", sql_unit_members(c, unit, today(r)));
    put_kinds(r);
    return page(r, "unit_one.html");
}

static enum err set_place(struct request *r)
{
    if (reached(r) == NULL)
        return r->c->err;
    if (unit_set_place(r->c, path_id(r, "id"), form(r, "place")) == INVALID) {
        show_again(r);
        return show(r);
    }
    if (r->c->err != OK)
        return r->c->err;
    flash(r, "Đã ghi địa danh.");
    return redirect(r, "/don-vi/%" PRId64, path_id(r, "id"));
}

/* ---- changes: one form each, of one template ---- */

static bool day_typed(struct request *r, int64_t *day)
{
    if (day_parse(form(r, "from_day"), day))
        return true;
    invalid(r->c, "from_day", "Hãy nhập ngày hiệu lực, ví dụ 22/9/2026.");
    return false;
}

static int64_t chosen(struct request *r, const char *name)
{
    int64_t id = 0;
    return text_int(form(r, name), &id) ? id : 0;
}

static enum err add_form(struct request *r)
{
    put_rows(r, "choices", sql_unit_choices(r->c, r->c->person));
    put_kinds(r);
    put_form(r, "from_day", day_iso(r->c->arena, today(r)));
    put_form(r, "parent", query_param(r, "thuoc"));
    return page(r, "unit_add.html");
}

static enum err add(struct request *r)
{
    struct ctx *c = r->c;
    int64_t id = 0, day = 0;
    if (day_typed(r, &day))
        unit_add(c,
                 &(struct unit_entry){ .code = form(r, "code"),
                                       .kind = form(r, "kind"),
                                       .name = form(r, "name"),
                                       .short_name = form(r, "short_name"),
                                       .symbol = form(r, "symbol"),
                                       .parent = chosen(r, "parent"),
                                       .from_day = day,
                                       .basis = form(r, "basis") },
                 &id);
    if (c->err == INVALID || c->err == CONFLICT) {
        show_again(r);
        return add_form(r);
    }
    if (c->err != OK)
        return c->err;
    flash(r, "Đã thêm đơn vị.");
    return redirect(r, "/don-vi/%" PRId64, id);
}

static enum err rename_unit(struct request *r, int64_t unit, int64_t day)
{
    return unit_rename(r->c, unit, form(r, "name"), form(r, "short_name"), form(r, "symbol"), day, form(r, "basis"));
}

static enum err move_unit(struct request *r, int64_t unit, int64_t day)
{
    return unit_move(r->c, unit, form(r, "link"), chosen(r, "parent"), day, form(r, "basis"));
}

static enum err merge_unit(struct request *r, int64_t unit, int64_t day)
{
    return unit_merge(r->c, unit, chosen(r, "into"), day, form(r, "basis"));
}

static enum err close_unit(struct request *r, int64_t unit, int64_t day)
{
    return unit_close(r->c, unit, day, form(r, "basis"));
}

static const struct change {
    const char *word; /* last part of the address */
    const char *title, *button;
    enum err (*run)(struct request *r, int64_t unit, int64_t day);
} changes[] = {
    { "doi-ten", "Đổi tên", "Đổi tên", rename_unit },
    { "chuyen", "Chuyển cấp trên", "Chuyển cấp trên", move_unit },
    { "sap-nhap", "Sáp nhập", "Sáp nhập", merge_unit },
    { "cham-dut", "Chấm dứt hoạt động", "Chấm dứt hoạt động", close_unit },
};

static const struct change *change_of(struct request *r)
{
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++)
        if (text_ends(r->path, changes[i].word))
            return &changes[i];
    return &changes[0];
}

static enum err change_form(struct request *r)
{
    const struct rows *u = reached(r);
    if (u == NULL)
        return r->c->err;
    const struct change *change = change_of(r);
    put_unit(r, u);
    put_text(r, "what", change->word);
    put_text(r, "heading", change->title);
    put_text(r, "button", change->button);
    put_rows(r, "choices", sql_unit_choices(r->c, r->c->person));
    put_form(r, "name", cell(u, 0, "name"));
    put_form(r, "short_name", cell(u, 0, "short_name"));
    put_form(r, "symbol", cell(u, 0, "symbol"));
    put_form(r, "parent", cell(u, 0, "parent"));
    put_form(r, "link", "professional");
    put_form(r, "from_day", day_iso(r->c->arena, today(r)));
    return page(r, "unit_change.html");
}

static enum err change(struct request *r)
{
    struct ctx *c = r->c;
    int64_t day = 0;
    if (reached(r) == NULL)
        return c->err;
    if (day_typed(r, &day))
        change_of(r)->run(r, path_id(r, "id"), day);
    if (c->err == INVALID) {
        show_again(r);
        return change_form(r);
    }
    if (c->err != OK)
        return c->err;
    flash(r, day > today(r) ? "Đã hẹn thay đổi. Đến ngày hiệu lực, thay đổi sẽ được áp dụng." : "Đã ghi thay đổi.");
    return redirect(r, "/don-vi/%" PRId64, path_id(r, "id"));
}

const struct route unit_routes[] = {
    { .method = "GET", .path = "/don-vi", .access = SIGNED_IN, .run = list },
    { .method = "GET", .path = "/don-vi/them", .access = ROLE_ADMIN, .run = add_form },
    { .method = "POST", .path = "/don-vi/them", .access = ROLE_ADMIN, .run = add },
    { .method = "GET", .path = "/don-vi/:id", .access = SIGNED_IN, .run = show },
    { .method = "POST", .path = "/don-vi/:id/dia-danh", .access = ROLE_ADMIN, .run = set_place },
    { .method = "GET", .path = "/don-vi/:id/doi-ten", .access = ROLE_ADMIN, .run = change_form },
    { .method = "POST", .path = "/don-vi/:id/doi-ten", .access = ROLE_ADMIN, .run = change },
    { .method = "GET", .path = "/don-vi/:id/chuyen", .access = ROLE_ADMIN, .run = change_form },
    { .method = "POST", .path = "/don-vi/:id/chuyen", .access = ROLE_ADMIN, .run = change },
    { .method = "GET", .path = "/don-vi/:id/sap-nhap", .access = ROLE_ADMIN, .run = change_form },
    { .method = "POST", .path = "/don-vi/:id/sap-nhap", .access = ROLE_ADMIN, .run = change },
    { .method = "GET", .path = "/don-vi/:id/cham-dut", .access = ROLE_ADMIN, .run = change_form },
    { .method = "POST", .path = "/don-vi/:id/cham-dut", .access = ROLE_ADMIN, .run = change },
    { 0 },
};
