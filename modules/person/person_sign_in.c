/* Signing in and out, lock-out, sessions. */
#include "modules/audit/audit.h"
#include "modules/person/person_own.h"
#include "person_queries.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <inttypes.h>
#include <sodium.h>
#include <string.h>

/* A whole agency may sit behind one address, so its limit is wider than that of one login. */
enum { LOGIN_FAILURES = 5, ADDRESS_FAILURES = 25, LOCK_SECONDS = 15 * 60 };

static const char refused[] = "Đăng nhập không thành công";
const char session_cookie[] = "phien";
const char password_of_nobody[] =
    "$argon2id$v=19$m=19456,t=2,p=1$ePQLSWz080rIaezjgsqNow$Mf1kbY/WRjQ5MpiWHA/1QiEDywloHNt5qCRJafAElqg";

static const char *blake(struct arena *a, const char *prefix, const char *text)
{
    unsigned char out[32];
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, sizeof out);
    crypto_generichash_update(&state, (const unsigned char *)prefix, strlen(prefix));
    crypto_generichash_update(&state, (const unsigned char *)text, strlen(text));
    crypto_generichash_final(&state, out, sizeof out);
    return text_hex(a, out, sizeof out);
}

const char *person_token_hash(struct arena *a, const char *cookie)
{
    return blake(a, "session:", cookie);
}

const char *person_subject(struct arena *a, const char *kind, const char *what)
{
    return blake(a, arena_printf(a, "%s:", kind), what);
}

static const char *login_subject(struct ctx *c, const char *login)
{
    return person_subject(c->arena, "login", text_lower(c->arena, text_trim(c->arena, login)));
}

static const char *address_subject(struct ctx *c)
{
    return c->remote == NULL ? "" : person_subject(c->arena, "address", c->remote);
}

enum err person_sign_in_check(struct ctx *c, struct sign_in *in, const char *password)
{
    in->checked = "";
    if (sql_person_failing(c, login_subject(c, in->login), address_subject(c), c->now) > 0)
        return c->err; /* will be refused anyhow: whoever goes on guessing costs no more than the question */
    int64_t person = sql_person_by_login(c, text_lower(c->arena, text_trim(c->arena, in->login)));
    const struct rows *p = sql_person_read(c, person);
    in->checked = p->count > 0 ? cell(p, 0, "password") : "";
    bool same = password_is(p->count > 0 ? in->checked : password_of_nobody, password);
    in->matches = same && p->count > 0;
    return c->err;
}

static enum err refuse(struct ctx *c, const char *login_key, int64_t person, const char *what)
{
    sql_person_failed(c, login_key, c->now, LOCK_SECONDS, LOGIN_FAILURES);
    if (c->remote != NULL)
        sql_person_failed(c, address_subject(c), c->now, LOCK_SECONDS, ADDRESS_FAILURES);
    return audit_note(c, "person.sign_in_refused", "person", person, what);
}

static const char *own_subject(struct ctx *c)
{
    const struct rows *p = sql_person_read(c, c->person);
    return login_subject(c, p->count > 0 ? cell(p, 0, "login") : "");
}

bool person_locked_out(struct ctx *c)
{
    return sql_person_failing(c, own_subject(c), address_subject(c), c->now) > 0;
}

enum err person_refused(struct ctx *c, const char *what)
{
    return refuse(c, own_subject(c), c->person, what);
}

static const char *new_session(struct ctx *c, const struct sign_in *in, int64_t person, bool waiting)
{
    unsigned char secret[32];
    randombytes_buf(secret, sizeof secret);
    const char *cookie = text_hex(c->arena, secret, sizeof secret);
    int64_t span = waiting ? 600 : in->remember ? SESSION_LONGEST : SESSION_IDLE;
    sql_person_insert_session(c, person_token_hash(c->arena, cookie), person, c->now, c->now + span, in->remember,
                              waiting, c->remote == NULL ? "" : c->remote, in->device == NULL ? "" : in->device);
    return cookie;
}

enum err person_sign_in(struct ctx *c, const struct sign_in *in, enum sign_in_end *end, const char **cookie)
{
    const char *key = login_subject(c, in->login);
    if (sql_person_failing(c, key, address_subject(c), c->now) > 0) {
        *end = SIGN_IN_LOCKED;
        return c->err;
    }
    int64_t person = sql_person_by_login(c, text_lower(c->arena, text_trim(c->arena, in->login)));
    const struct rows *p = sql_person_read(c, person);
    bool known = p->count > 0 && cell_int(p, 0, "locked") == 0;
    /* The password may have been changed between the check and now. */
    if (!known || !in->matches || strcmp(cell(p, 0, "password"), in->checked) != 0) {
        *end = SIGN_IN_WRONG;
        return refuse(c, key, person, refused);
    }
    bool code = cell_int(p, 0, "totp_on") != 0;
    if (!code) /* else only the code ends the counting: guessing codes must be locked out too */
        sql_person_forgive(c, key);
    *cookie = new_session(c, in, person, code);
    *end = code ? SIGN_IN_CODE : SIGN_IN_DONE;
    c->person = person;
    return code ? c->err : audit_note(c, "person.sign_in", "person", person, "Đăng nhập");
}

enum err person_sign_in_code(struct ctx *c, const char *cookie, const char *digits, enum sign_in_end *end)
{
    struct session s;
    *end = SIGN_IN_WRONG;
    if (!person_session_read(c, cookie, &s) || !s.waiting)
        return fail(c, FORBIDDEN, "Phiên đăng nhập đã hết hạn. Hãy đăng nhập lại.", "no waiting session");
    const char *key = login_subject(c, s.login);
    if (sql_person_failing(c, key, address_subject(c), c->now) > 0) {
        *end = SIGN_IN_LOCKED;
        return c->err;
    }
    if (!person_factor_take(c, s.person, digits))
        return refuse(c, key, s.person, refused);
    sql_person_forgive(c, key);
    sql_person_wake_session(c, s.id);
    sql_person_touch_session(c, s.id, c->now, c->now + (s.remember ? SESSION_LONGEST : SESSION_IDLE));
    *end = SIGN_IN_DONE;
    c->person = s.person;
    return audit_note(c, "person.sign_in", "person", s.person, "Đăng nhập hai lớp");
}

enum err person_sign_out(struct ctx *c, const char *cookie)
{
    sql_person_end_token(c, person_token_hash(c->arena, cookie));
    return audit_note(c, "person.sign_out", "person", c->person, "Đăng xuất");
}

bool person_session_read(struct ctx *c, const char *cookie, struct session *s)
{
    if (cookie == NULL || strlen(cookie) != 64)
        return false;
    const struct rows *r = sql_person_session(c, person_token_hash(c->arena, cookie), c->now, day_of_moment(c->now));
    if (c->err != OK || r->count == 0)
        return false;
    *s = (struct session){
        .id = cell_int(r, 0, "id"),
        .person = cell_int(r, 0, "person"),
        .started_at = cell_int(r, 0, "started_at"),
        .seen_at = cell_int(r, 0, "seen_at"),
        .remember = cell_int(r, 0, "remember") != 0,
        .waiting = cell_int(r, 0, "waiting") != 0,
        .must_change = cell_int(r, 0, "must_change") != 0,
        .owes_factor = cell_int(r, 0, "owes_factor") != 0,
        .unit = cell_int(r, 0, "unit"),
        .granted = (unsigned)cell_int(r, 0, "granted"),
        .name = cell(r, 0, "name"),
        .login = cell(r, 0, "login"),
    };
    return true;
}

enum err person_session_end(struct ctx *c, int64_t session)
{
    if (sql_person_end_session(c, session, c->person) == 0)
        return fail(c, NOT_FOUND, "Phiên này đã kết thúc rồi.", "session %" PRId64, session);
    return audit_note(c, "person.session_end", "person", c->person, "Kết thúc một phiên đăng nhập");
}

enum err person_password_change(struct ctx *c, const char *cookie, const char *hash)
{
    sql_person_set_password(c, c->person, hash, 0, c->now);
    sql_person_end_sessions(c, c->person, person_token_hash(c->arena, cookie));
    return audit_note(c, "person.password", "person", c->person, "Đổi mật khẩu");
}

static enum err tidy(struct ctx *c, const char *payload, void *found)
{
    (void)payload, (void)found;
    sql_person_end_due_posts(c, day_of_moment(c->now));
    sql_person_drop_ended_sessions(c, c->now);
    sql_person_drop_old_failures(c, c->now - 24 * 3600);
    return c->err;
}

const struct job_kind person_jobs[] = {
    { .name = "person.tidy", .title = "Kết thúc chức vụ và phiên đăng nhập hết hạn", .finish = tidy, .every = 3600 },
    { 0 },
};
