/* Signing in and out; the list of the module's addresses. */
#include "modules/person/person_pages.h"
#include "platform/base/text.h"
#include <string.h>

/* Where the person wanted to go, when that is a page of ours: a foreign address would lend them our name. */
static const char *local_path(const char *path)
{
    if (path[0] != '/' || path[1] == '/' || path[1] == '\\')
        return "/ban-lam-viec";
    for (const char *at = path; *at != '\0'; at++)
        if ((unsigned char)*at < ' ' || *at == '\\')
            return "/ban-lam-viec";
    return path;
}

static const char *wanted(struct request *r)
{
    return local_path(form_has(r, "tiep") ? form(r, "tiep") : query_param(r, "tiep"));
}

static enum err sign_in_form(struct request *r, const char *refusal)
{
    put_text(r, "next", wanted(r));
    put_text(r, "refusal", refusal);
    return page(r, "person_sign_in.html");
}

/* On from here: to the account when the password must be changed or the second factor is owed, else as wanted. */
static enum err go_on(struct request *r, const char *cookie)
{
    struct session s;
    if (person_session_read(r->c, cookie, &s) && (s.must_change || s.owes_factor))
        return redirect(r, "/tai-khoan");
    return redirect(r, "%s", wanted(r));
}

enum err page_sign_in(struct request *r)
{
    if (r->c->person == 0)
        return sign_in_form(r, NULL);
    return go_on(r, request_cookie(r, session_cookie));
}

/* Chrome, Windows: enough to know one's own devices apart. */
static const char *device_of(struct request *r)
{
    static const char *const marks[][2] = {
        { "Edg", "Edge" },        { "coc_coc", "Cốc Cốc" }, { "OPR", "Opera" },
        { "Firefox", "Firefox" }, { "Chrome", "Chrome" },   { "Safari", "Safari" }
    };
    static const char *const systems[][2] = { { "Android", "Android" }, { "iPhone", "iPhone" }, { "iPad", "iPad" },
                                              { "Windows", "Windows" }, { "Mac OS", "macOS" },  { "Linux", "Linux" } };
    const char *agent = request_header(r, "User-Agent");
    const char *browser = "Trình duyệt khác", *system = "";
    for (size_t i = sizeof marks / sizeof marks[0]; agent != NULL && i-- > 0;)
        browser = strstr(agent, marks[i][0]) != NULL ? marks[i][1] : browser;
    for (size_t i = sizeof systems / sizeof systems[0]; agent != NULL && i-- > 0;)
        system = strstr(agent, systems[i][0]) != NULL ? systems[i][1] : system;
    return arena_printf(r->c->arena, "%s%s%s", browser, system[0] == '\0' ? "" : ", ", system);
}

enum err check_sign_in(struct request *r)
{
    struct sign_in *in = arena_alloc(r->c->arena, sizeof *in);
    in->login = form(r, "login");
    in->remember = form_has(r, "remember");
    in->device = device_of(r);
    r->prepared = in;
    const char *password = form(r, "password");
    /* argon2id takes any length; a body of megabytes would only heat the room. */
    return person_sign_in_check(r->c, in, strlen(password) > PASSWORD_LONGEST ? "" : password);
}

static const char wrong_password[] = "Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra rồi nhập lại.";
const char person_says_locked_out[] = "Đã nhập sai quá 5 lần. Hãy đợi 15 phút rồi thử lại.";

static void give_cookie(struct request *r, const char *cookie, bool remember)
{
    set_cookie(r, session_cookie, cookie, remember ? SESSION_LONGEST : SESSION_IDLE);
}

enum err do_sign_in(struct request *r)
{
    const struct sign_in *in = r->prepared;
    enum sign_in_end end = SIGN_IN_WRONG;
    const char *cookie = NULL;
    if (person_sign_in(r->c, in, &end, &cookie) != OK)
        return r->c->err;
    if (end == SIGN_IN_WRONG || end == SIGN_IN_LOCKED) /* no failure of the request: the counting must be committed */
        return sign_in_form(r, end == SIGN_IN_LOCKED ? person_says_locked_out : wrong_password);
    give_cookie(r, cookie, in->remember);
    if (end == SIGN_IN_CODE)
        return redirect(r, "/dang-nhap/ma?tiep=%s", wanted(r));
    return go_on(r, cookie);
}

static enum err code_form(struct request *r, const char *refusal)
{
    put_text(r, "next", wanted(r));
    put_text(r, "refusal", refusal);
    return page(r, "person_code.html");
}

enum err page_code(struct request *r)
{
    struct session s;
    if (!person_session_read(r->c, request_cookie(r, session_cookie), &s) || !s.waiting)
        return redirect(r, "/dang-nhap");
    return code_form(r, NULL);
}

enum err do_code(struct request *r)
{
    enum sign_in_end end;
    struct session s;
    const char *cookie = request_cookie(r, session_cookie);
    if (!person_session_read(r->c, cookie, &s) || !s.waiting)
        return redirect(r, "/dang-nhap");
    if (person_sign_in_code(r->c, cookie, form(r, "code"), &end) != OK)
        return r->c->err;
    if (end != SIGN_IN_DONE)
        return code_form(r, end == SIGN_IN_LOCKED ? person_says_locked_out
                                                  : "Mã không đúng hoặc đã dùng. Hãy đợi mã mới trên điện thoại.");
    return go_on(r, cookie);
}

enum err do_sign_out(struct request *r)
{
    const char *cookie = request_cookie(r, session_cookie);
    if (cookie != NULL && person_sign_out(r->c, cookie) != OK)
        return r->c->err;
    set_cookie(r, session_cookie, "", 0);
    flash(r, "Anh/chị đã đăng xuất.");
    return redirect(r, "/dang-nhap");
}

const struct route person_routes[] = {
    { .method = "GET", .path = "/dang-nhap", .access = ANYONE, .run = page_sign_in },
    { .method = "POST", .path = "/dang-nhap", .access = ANYONE, .before = check_sign_in, .run = do_sign_in,
      .repeatable = true },
    { .method = "GET", .path = "/dang-nhap/ma", .access = ANYONE, .run = page_code },
    { .method = "POST", .path = "/dang-nhap/ma", .access = ANYONE, .run = do_code, .repeatable = true },
    { .method = "POST", .path = "/dang-xuat", .access = SIGNED_IN, .run = do_sign_out },
    { .method = "GET", .path = "/tai-khoan", .access = SIGNED_IN, .run = page_account },
    { .method = "POST",
      .path = "/tai-khoan/mat-khau",
      .access = SIGNED_IN,
      .before = check_password,
      .run = do_password },
    { .method = "POST", .path = "/tai-khoan/phien/:id/ket-thuc", .access = SIGNED_IN, .run = do_end_session },
    { .method = "GET", .path = "/tai-khoan/hai-lop", .access = SIGNED_IN, .run = page_factor },
    { .method = "POST", .path = "/tai-khoan/hai-lop", .access = SIGNED_IN, .run = do_begin_factor },
    { .method = "POST", .path = "/tai-khoan/hai-lop/xac-nhan", .access = SIGNED_IN, .run = do_confirm_factor },
    { .method = "POST", .path = "/tai-khoan/hai-lop/tat", .access = SIGNED_IN, .run = do_end_factor },
    { .method = "GET", .path = "/quan-tri", .access = ROLE_ADMIN, .run = page_admin },
    { .method = "GET", .path = "/quan-tri/tai-khoan", .access = ROLE_ADMIN, .run = page_accounts },
    { .method = "POST",
      .path = "/quan-tri/tai-khoan",
      .access = ROLE_ADMIN,
      .before = make_password,
      .run = do_add_account },
    { .method = "POST", .path = "/quan-tri/tai-khoan/quy-dinh", .access = ROLE_ADMIN, .run = do_rule },
    { .method = "GET", .path = "/quan-tri/tai-khoan/:id", .access = ROLE_ADMIN, .run = page_one_account },
    { .method = "POST", .path = "/quan-tri/tai-khoan/:id/vai-tro", .access = ROLE_ADMIN, .run = do_add_post },
    { .method = "POST",
      .path = "/quan-tri/tai-khoan/:id/vai-tro/:post/thoi",
      .access = ROLE_ADMIN,
      .run = do_end_post },
    { .method = "POST", .path = "/quan-tri/tai-khoan/:id/khoa", .access = ROLE_ADMIN, .run = do_lock },
    { .method = "POST", .path = "/quan-tri/tai-khoan/:id/mo-khoa", .access = ROLE_ADMIN, .run = do_unlock },
    { .method = "POST",
      .path = "/quan-tri/tai-khoan/:id/mat-khau",
      .access = ROLE_ADMIN,
      .before = make_password,
      .run = do_reset },
    { .method = "POST", .path = "/quan-tri/tai-khoan/:id/bo-hai-lop", .access = ROLE_ADMIN, .run = do_remove_factor },
    { 0 },
};
