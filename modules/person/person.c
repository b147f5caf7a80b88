/* Accounts, posts, and what a person may reach. */
#include "modules/person/person.h"
#include "modules/audit/audit.h"
#include "modules/person/person_own.h"
#include "modules/unit/unit.h"
#include "person_queries.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <inttypes.h>
#include <sodium.h>
#include <string.h>

const struct person_role person_roles[] = {
    { ROLE_STAFF, "canbo", "Cán bộ" },         { ROLE_EDITOR, "bientap", "Biên tập" },
    { ROLE_COORDINATOR, "daumoi", "Đầu mối" }, { ROLE_LEADER, "lanhdao", "Lãnh đạo" },
    { ROLE_ADMIN, "quantri", "Quản trị" },     { 0 },
};

const struct person_role *person_role_find(const char *code)
{
    for (const struct person_role *r = person_roles; r->code != NULL; r++)
        if (strcmp(r->code, code) == 0)
            return r;
    return NULL;
}

const struct person_role *person_role_of(int64_t role)
{
    for (const struct person_role *r = person_roles; r->code != NULL; r++)
        if (r->role == role)
            return r;
    return NULL;
}

bool person_reaches(struct ctx *c, int64_t unit)
{
    return c->person != 0 && sql_person_reaches(c, c->person, unit) > 0;
}

bool person_holds(struct ctx *c, int64_t unit, unsigned roles)
{
    return c->person != 0 && sql_person_holds(c, c->person, unit, roles) > 0;
}

enum err person_require_reach(struct ctx *c, int64_t unit)
{
    if (person_reaches(c, unit))
        return c->err;
    return fail(c, NOT_FOUND, "Không tìm thấy, hoặc việc này thuộc đơn vị khác.",
                "unit %" PRId64 " is out of reach of person %" PRId64, unit, c->person);
}

int64_t person_by_login(struct ctx *c, const char *login)
{
    return sql_person_by_login(c, text_lower(c->arena, login));
}

enum err person_act_as(struct ctx *c, int64_t person)
{
    const struct rows *g = sql_person_granted(c, person, day_of_moment(c->now));
    if (c->err != OK)
        return c->err;
    c->person = person;
    c->unit = cell_int(g, 0, "unit");
    c->granted = ANYONE | SIGNED_IN | (unsigned)cell_int(g, 0, "granted");
    return OK;
}

/* ---- who may manage accounts ---- */

/* c->person 0 is the program itself: a command, or the practice data. Pages are for ROLE_ADMIN only. */
enum err person_require_manages(struct ctx *c, int64_t person)
{
    if (c->person == 0 || sql_person_manages(c, c->person, person) > 0)
        return c->err;
    return fail(c, NOT_FOUND, "Không tìm thấy tài khoản này trong các đơn vị anh/chị quản trị.",
                "person %" PRId64 " is not managed by %" PRId64, person, c->person);
}

enum err person_require_chief(struct ctx *c)
{
    if (c->person == 0 || sql_person_is_chief(c, c->person) > 0)
        return c->err;
    return fail(c, FORBIDDEN, "Việc này có hiệu lực với mọi đơn vị, nên chỉ người quản trị của đơn vị cấp trên cùng được làm.",
                "person %" PRId64 " has an administrator above", c->person);
}

static enum err require_administers(struct ctx *c, int64_t unit)
{
    if (c->person == 0 || sql_person_administers(c, c->person, unit) > 0)
        return c->err;
    return invalid(c, "unit", "Hãy chọn một đơn vị do anh/chị quản trị.");
}

/* ---- accounts ---- */

static bool good_login(const char *login)
{
    size_t length = strlen(login);
    return length >= 2 && length <= 60 && strspn(login, "abcdefghijklmnopqrstuvwxyz0123456789._-") == length;
}

static enum err noted(struct ctx *c, const char *action, int64_t person, const char *what)
{
    const char *login = "";
    const struct rows *p = sql_person_read(c, person);
    if (p->count > 0)
        login = cell(p, 0, "login");
    return audit_note(c, action, "person", person, arena_printf(c->arena, "%s: %s", what, login));
}

enum err person_add(struct ctx *c, const struct person_entry *e, int64_t *id)
{
    const char *login = text_lower(c->arena, text_trim(c->arena, e->login));
    const char *name = text_squeeze(c->arena, e->name);
    if (!good_login(login))
        invalid(c, "login", "Tên đăng nhập gồm 2 đến 60 chữ thường không dấu, số hoặc dấu . _ - . Ví dụ: lan.nt");
    if (text_blank(name) || text_length(name) > 100)
        invalid(c, "name", "Hãy nhập họ và tên, nhiều nhất 100 ký tự.");
    if (c->err != OK)
        return c->err;
    if (sql_person_by_login(c, login) != 0)
        return fail(c, CONFLICT, "Tên đăng nhập này đã có. Hãy chọn tên khác.", "login is taken");
    const char *folded = arena_printf(c->arena, "%s %s", text_key(c->arena, name), login);
    int64_t person = sql_person_insert(c, login, name, text_sort_key(c->arena, name), folded, e->password_hash,
                                       e->must_change, c->now);
    noted(c, "person.add", person, "Thêm tài khoản");
    if (c->err == OK)
        *id = person;
    return c->err;
}

enum err person_post_add(struct ctx *c, int64_t person, int64_t unit, int64_t role, const char *title, int64_t from_day)
{
    if (person_require_manages(c, person) != OK || require_administers(c, unit) != OK)
        return c->err;
    const struct person_role *r = person_role_of(role);
    if (r == NULL)
        return invalid(c, "role", "Hãy chọn vai trò.");
    if (from_day > day_of_moment(c->now))
        return invalid(c, "from_day", "Ngày bắt đầu không được sau hôm nay.");
    title = text_squeeze(c->arena, title);
    if (text_length(title) > 100)
        return invalid(c, "title", "Chức danh dài quá 100 ký tự. Hãy viết gọn lại.");
    if (sql_person_same_post(c, person, unit, role) > 0)
        return invalid(c, "role", "Người này đang giữ vai trò ấy ở đơn vị này rồi.");
    sql_person_insert_post(c, person, unit, role, title, from_day);
    return noted(c, "person.post", person, arena_printf(c->arena, "Giao vai trò %s", r->label));
}

enum err person_post_end(struct ctx *c, int64_t post, int64_t to_day)
{
    const struct rows *p = sql_person_post_read(c, post);
    if (c->err != OK)
        return c->err;
    if (p->count == 0 || cell_int(p, 0, "ended") != 0)
        return fail(c, NOT_FOUND, "Không tìm thấy chức vụ này, hoặc đã thôi giữ.", "post %" PRId64, post);
    int64_t person = cell_int(p, 0, "person");
    if (require_administers(c, cell_int(p, 0, "unit")) != OK)
        return c->err;
    if (to_day < cell_int(p, 0, "from_day"))
        return invalid(c, "to_day", "Ngày thôi giữ không được trước ngày bắt đầu.");
    sql_person_end_post(c, post, to_day, to_day <= day_of_moment(c->now));
    return noted(c, "person.post_end", person, "Thôi giữ vai trò");
}

enum err person_lock(struct ctx *c, int64_t person, bool locked)
{
    if (person_require_manages(c, person) != OK)
        return c->err;
    if (locked && person == c->person)
        return fail(c, FORBIDDEN, "Anh/chị không thể tự khóa tài khoản của mình.", "own account");
    if (sql_person_set_locked(c, person, locked) == 0)
        return fail(c, NOT_FOUND, "Không tìm thấy tài khoản này.", "person %" PRId64, person);
    if (locked)
        sql_person_end_sessions(c, person, "");
    return noted(c, locked ? "person.lock" : "person.unlock", person, locked ? "Khóa tài khoản" : "Mở khóa tài khoản");
}

enum err person_password_reset(struct ctx *c, int64_t person, const char *hash)
{
    if (person_require_manages(c, person) != OK)
        return c->err;
    const struct rows *p = sql_person_read(c, person);
    if (c->err == OK && p->count == 0)
        return fail(c, NOT_FOUND, "Không tìm thấy tài khoản này.", "person %" PRId64, person);
    sql_person_set_password(c, person, hash, 1, c->now);
    sql_person_end_sessions(c, person, "");
    if (c->err == OK)
        sql_person_forgive(c, person_subject(c->arena, "login", cell(p, 0, "login")));
    return noted(c, "person.password_reset", person, "Đặt lại mật khẩu");
}

enum err person_factor_remove(struct ctx *c, int64_t person)
{
    if (person_require_manages(c, person) != OK)
        return c->err;
    sql_person_set_factor(c, person, NULL, 0);
    sql_person_drop_recovery(c, person);
    return noted(c, "person.factor_remove", person, "Bỏ xác thực hai lớp");
}

enum err person_rule_set(struct ctx *c, int64_t unit, int64_t role, bool second_factor)
{
    if (require_administers(c, unit) != OK)
        return c->err;
    const struct person_role *r = person_role_of(role);
    if (r == NULL)
        return invalid(c, "role", "Hãy chọn vai trò.");
    sql_person_set_rule(c, unit, role, second_factor);
    return audit_note(c, "person.rule", "unit", unit,
                      arena_printf(c->arena,
                                   second_factor ? "Bắt buộc xác thực hai lớp với vai trò %s"
                                                 : "Không bắt buộc xác thực hai lớp với vai trò %s",
                                   r->label));
}

/* ---- passwords ---- */

const char *password_hash(struct ctx *c, const char *password)
{
    char *out = arena_alloc(c->arena, crypto_pwhash_STRBYTES);
    if (sodium_init() < 0 ||
        crypto_pwhash_str(out, password, strlen(password), PASSWORD_PASSES, PASSWORD_MEMORY) != 0) {
        fail(c, CONFLICT, "Máy chủ đang thiếu bộ nhớ. Hãy thử lại sau ít phút.", "argon2id got no memory");
        return "";
    }
    return out;
}

bool password_is(const char *hash, const char *password)
{
    return sodium_init() >= 0 && crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
}

const char *password_generate(struct ctx *c)
{
    static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789"; /* none that look alike */
    struct buffer b = { .arena = c->arena };
    if (sodium_init() < 0)
        return "";
    for (int i = 0; i < 14; i++) {
        if (i == 4 || i == 9)
            buffer_add(&b, "-");
        else
            buffer_add_n(&b, &letters[randombytes_uniform(sizeof letters - 1)], 1);
    }
    return b.text;
}

enum err password_check(struct ctx *c, const char *field, const char *login, const char *password)
{
    if (text_length(password) < PASSWORD_SHORTEST)
        return invalid(c, field, "Mật khẩu phải có ít nhất %d ký tự.", PASSWORD_SHORTEST);
    if (strlen(password) > PASSWORD_LONGEST)
        return invalid(c, field, "Mật khẩu dài quá %d ký tự.", PASSWORD_LONGEST);
    if (strcmp(text_lower(c->arena, password), text_lower(c->arena, login)) == 0)
        return invalid(c, field, "Mật khẩu không được trùng tên đăng nhập.");
    return c->err;
}
