/* Administration of accounts. */
#include "modules/person/person_pages.h"
#include "person_queries.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <string.h>

enum err page_admin(struct request *r)
{
    return page(r, "person_admin.html");
}

static void put_rules(struct request *r)
{
    static const char *const columns[] = { "bit", "label", "required", NULL };
    const struct rows *set = sql_person_rules(r->c, r->c->unit);
    struct rows_maker *m = arena_alloc(r->c->arena, sizeof *m); /* the page borrows its rows */
    rows_start(m, r->c->arena, columns);
    for (const struct person_role *role = person_roles; role->code != NULL; role++) {
        const char *required = NULL;
        for (int i = 0; i < set->count; i++)
            required = cell_int(set, i, "role") == role->role ? "1" : required;
        rows_add(m, (const char *[]){ arena_printf(r->c->arena, "%d", (int)role->role), role->label, required });
    }
    put_rows(r, "rules", &m->rows);
}

enum err page_accounts(struct request *r)
{
    struct ctx *c = r->c;
    const char *word = text_key(c->arena, query_param(r, "tim"));
    put_text(r, "word", query_param(r, "tim"));
    put_rows(r, "accounts", sql_person_list(c, c->person, arena_printf(c->arena, "%%%s%%", word)));
    put_rows(r, "units", sql_person_admin_units(c, c->person));
    put_rules(r);
    put_roles(r);
    return page(r, "person_list.html");
}

/* The password that the administrator hands over, and its slow hash. */
struct given {
    const char *password, *hash;
};

enum err make_password(struct request *r)
{
    struct given *g = arena_alloc(r->c->arena, sizeof *g);
    g->password = password_generate(r->c);
    g->hash = password_hash(r->c, g->password);
    r->prepared = g;
    return r->c->err;
}

/* No redirect: the password is shown this once and stored only hashed. */
static enum err hand_over(struct request *r, int64_t person, const char *password)
{
    const struct rows *p = sql_person_read(r->c, person);
    if (r->c->err != OK)
        return r->c->err;
    put_int(r, "id", person);
    put_text(r, "login", cell(p, 0, "login"));
    put_text(r, "name", cell(p, 0, "name"));
    put_text(r, "password", password);
    return page(r, "person_given.html");
}

static int64_t number(const char *text)
{
    int64_t n = 0;
    return text_int(text, &n) ? n : 0;
}

enum err do_add_account(struct request *r)
{
    struct ctx *c = r->c;
    const struct given *g = r->prepared;
    const struct person_role *role = person_role_find(form(r, "role"));
    int64_t id = 0;
    enum err err = person_add(
        c,
        &(struct person_entry){
            .login = form(r, "login"), .name = form(r, "name"), .password_hash = g->hash, .must_change = true },
        &id);
    if (err == OK)
        err = person_post_add(c, id, number(form(r, "unit")), role == NULL ? 0 : role->role, form(r, "title"),
                              day_of_moment(c->now));
    if (err == INVALID || err == CONFLICT) {
        show_again(r);
        return page_accounts(r);
    }
    return err != OK ? err : hand_over(r, id, g->password);
}

enum err page_one_account(struct request *r)
{
    struct ctx *c = r->c;
    int64_t person = path_id(r, "id");
    if (person_require_manages(c, person) != OK)
        return c->err;
    const struct rows *p = sql_person_read(c, person);
    if (c->err != OK)
        return c->err;
    put_int(r, "id", person);
    put_text(r, "login", cell(p, 0, "login"));
    put_text(r, "name", cell(p, 0, "name"));
    put_text(r, "locked", cell(p, 0, "locked"));
    put_text(r, "factor_on", cell(p, 0, "totp_on"));
    put_text(r, "must_change", cell(p, 0, "must_change"));
    put_text(r, "created_at", cell(p, 0, "created_at"));
    put_text(r, "own", person == c->person ? "1" : NULL);
    put_rows(r, "posts", sql_person_posts(c, person));
    put_rows(r, "units", sql_person_admin_units(c, c->person));
    put_form(r, "from_day", day_iso(c->arena, day_of_moment(c->now)));
    put_roles(r);
    return page(r, "person_one.html");
}

static enum err back(struct request *r, const char *said)
{
    if (r->c->err != OK)
        return r->c->err;
    flash(r, said);
    return redirect(r, "/quan-tri/tai-khoan/%lld", (long long)path_id(r, "id"));
}

enum err do_add_post(struct request *r)
{
    struct ctx *c = r->c;
    int64_t day = 0;
    const struct person_role *role = person_role_find(form(r, "role"));
    if (!day_parse(form(r, "from_day"), &day))
        invalid(c, "from_day", "Hãy nhập ngày bắt đầu, ví dụ 22/9/2026.");
    else
        person_post_add(c, path_id(r, "id"), number(form(r, "unit")), role == NULL ? 0 : role->role, form(r, "title"),
                        day);
    if (c->err == INVALID) {
        show_again(r);
        return page_one_account(r);
    }
    return back(r, "Đã giao vai trò.");
}

enum err do_end_post(struct request *r)
{
    if (person_require_manages(r->c, path_id(r, "id")) == OK)
        person_post_end(r->c, path_id(r, "post"), day_of_moment(r->c->now));
    return back(r, "Đã ghi thôi giữ vai trò.");
}

enum err do_lock(struct request *r)
{
    person_lock(r->c, path_id(r, "id"), true);
    return back(r, "Đã khóa tài khoản.");
}

enum err do_unlock(struct request *r)
{
    person_lock(r->c, path_id(r, "id"), false);
    return back(r, "Đã mở khóa tài khoản.");
}

enum err do_reset(struct request *r)
{
    const struct given *g = r->prepared;
    if (person_password_reset(r->c, path_id(r, "id"), g->hash) != OK)
        return r->c->err;
    return hand_over(r, path_id(r, "id"), g->password);
}

enum err do_remove_factor(struct request *r)
{
    person_factor_remove(r->c, path_id(r, "id"));
    return back(r, "Đã bỏ xác thực hai lớp.");
}

enum err do_rule(struct request *r)
{
    for (const struct person_role *role = person_roles; role->code != NULL; role++)
        person_rule_set(r->c, r->c->unit, role->role,
                        form_has(r, arena_printf(r->c->arena, "rule-%d", (int)role->role)));
    if (r->c->err != OK)
        return r->c->err;
    flash(r, "Đã ghi quy định xác thực hai lớp.");
    return redirect(r, "/quan-tri/tai-khoan");
}
