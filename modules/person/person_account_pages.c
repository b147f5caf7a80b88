/* One's own account: password, sessions, second factor. */
#include "modules/person/person_pages.h"
#include "person_queries.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <string.h>

void put_roles(struct request *r)
{
    static const char *const columns[] = { "bit", "code", "label", NULL };
    struct rows_maker *m = arena_alloc(r->c->arena, sizeof *m); /* the page borrows its rows */
    rows_start(m, r->c->arena, columns);
    for (const struct person_role *role = person_roles; role->code != NULL; role++)
        rows_add(m, (const char *[]){ arena_printf(r->c->arena, "%d", (int)role->role), role->code, role->label });
    put_rows(r, "roles", &m->rows);
}

static const char *own_cookie(struct request *r)
{
    const char *cookie = request_cookie(r, session_cookie);
    return cookie == NULL ? "" : cookie;
}

enum err page_account(struct request *r)
{
    struct ctx *c = r->c;
    struct session s;
    bool known = person_session_read(c, own_cookie(r), &s);
    const struct rows *p = sql_person_read(c, c->person);
    if (c->err != OK || p->count == 0)
        return fail(c, NOT_FOUND, "Không tìm thấy tài khoản này.", "own account");
    put_text(r, "login", cell(p, 0, "login"));
    put_text(r, "name", cell(p, 0, "name"));
    put_text(r, "password_at", cell(p, 0, "password_at"));
    put_text(r, "must_change", known && s.must_change ? "1" : NULL);
    put_text(r, "owes_factor", known && s.owes_factor ? "1" : NULL);
    put_text(r, "factor_on", cell_int(p, 0, "totp_on") != 0 ? "1" : NULL);
    put_int(r, "codes_left", sql_person_recovery_left(c, c->person));
    put_rows(r, "posts", sql_person_posts(c, c->person));
    put_rows(r, "sessions", sql_person_sessions(c, c->person, c->now, person_token_hash(c->arena, own_cookie(r))));
    put_roles(r);
    return page(r, "person_account.html");
}

static enum err refused(struct request *r, const char *said, const char *path)
{
    flash(r, said);
    return redirect(r, "%s", path);
}

/* The new password's hash for do_password; NULL when the old one is wrong. */
enum err check_password(struct request *r)
{
    struct ctx *c = r->c;
    const struct rows *p = sql_person_read(c, c->person);
    if (c->err != OK || p->count == 0)
        return fail(c, NOT_FOUND, "Không tìm thấy tài khoản này.", "own account");
    const char *old = form(r, "old"), *new = form(r, "new");
    if (person_locked_out(c))
        invalid(c, "old", "%s", person_says_locked_out);
    password_check(c, "new", cell(p, 0, "login"), new);
    if (strcmp(old, new) == 0)
        invalid(c, "new", "Mật khẩu mới phải khác mật khẩu hiện nay.");
    if (strcmp(new, form(r, "again")) != 0)
        invalid(c, "again", "Hai lần nhập mật khẩu mới không giống nhau. Hãy nhập lại.");
    if (c->err == INVALID) {
        show_again(r);
        return page_account(r);
    }
    if (strlen(old) <= PASSWORD_LONGEST && password_is(cell(p, 0, "password"), old))
        r->prepared = (void *)(uintptr_t)password_hash(c, new);
    return c->err;
}

enum err do_password(struct request *r)
{
    if (r->prepared == NULL)
        return person_refused(r->c, "Nhập sai mật khẩu hiện nay khi đổi mật khẩu") != OK
                   ? r->c->err
                   : refused(r, "Mật khẩu hiện nay không đúng nên chưa đổi. Hãy nhập lại.", "/tai-khoan");
    if (person_password_change(r->c, own_cookie(r), r->prepared) != OK)
        return r->c->err;
    flash(r, "Đã đổi mật khẩu. Các máy khác đã được đăng xuất.");
    return redirect(r, "/tai-khoan");
}

enum err do_end_session(struct request *r)
{
    if (person_session_end(r->c, path_id(r, "id")) != OK)
        return r->c->err;
    flash(r, "Đã kết thúc phiên đăng nhập.");
    return redirect(r, "/tai-khoan");
}

/* ---- second factor ---- */

enum err page_factor(struct request *r)
{
    struct ctx *c = r->c;
    const struct rows *p = sql_person_read(c, c->person);
    if (c->err != OK || p->count == 0)
        return fail(c, NOT_FOUND, "Không tìm thấy tài khoản này.", "own account");
    bool on = cell_int(p, 0, "totp_on") != 0;
    const char *box = "0 0 1 1", *path = "", *secret = "";
    if (!on && cell(p, 0, "totp_secret") != NULL)
        secret = person_factor_secret(c, c->person);
    if (secret[0] != '\0')
        path = person_qr(c, person_factor_address(c, cell(p, 0, "login"), secret), &box);
    put_text(r, "factor_on", on ? "1" : NULL);
    put_text(r, "secret", secret);
    put_text(r, "qr_path", path);
    put_text(r, "qr_box", box);
    return c->err != OK ? c->err : page(r, "person_factor.html");
}

enum err do_begin_factor(struct request *r)
{
    return person_factor_begin(r->c) != OK ? r->c->err : redirect(r, "/tai-khoan/hai-lop");
}

enum err do_confirm_factor(struct request *r)
{
    static const char *const columns[] = { "code", NULL };
    const char *const *codes = NULL;
    enum err err = person_factor_confirm(r->c, form(r, "code"), &codes);
    if (err == INVALID) {
        show_again(r);
        return page_factor(r);
    }
    if (err != OK)
        return err;
    struct rows_maker *m = arena_alloc(r->c->arena, sizeof *m); /* the page borrows its rows */
    rows_start(m, r->c->arena, columns);
    for (int i = 0; i < RECOVERY_CODES; i++)
        rows_add(m, &codes[i]);
    put_rows(r, "codes", &m->rows); /* no redirect: they are shown this once and stored only hashed */
    return page(r, "person_recovery.html");
}

enum err do_end_factor(struct request *r)
{
    enum sign_in_end end;
    if (person_factor_end(r->c, form(r, "code"), &end) != OK)
        return r->c->err;
    if (end != SIGN_IN_DONE) /* no failure of the request: the counting must be committed */
        return refused(r, end == SIGN_IN_LOCKED ? person_says_locked_out : "Mã không đúng hoặc đã dùng. Hãy nhập mã đang hiện trên điện thoại.",
                       "/tai-khoan/hai-lop");
    flash(r, "Đã tắt xác thực hai lớp.");
    return redirect(r, "/tai-khoan");
}
