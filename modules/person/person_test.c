#include "modules/person/person.h"
#include "modules/person/person_own.h"
#include "modules/unit/unit.h"
#include "person_queries.h"
#include "platform/base/clock.h"
#include "tests/test.h"
#include "tests/test_fixture.h"
#include <liboath/oath.h>
#include <sodium.h>
#include <stdlib.h>

static enum sign_in_end try(struct ctx *c, const char *login, const char *password, const char **cookie)
{
    struct sign_in in = { .login = login, .device = "Chrome, Windows" };
    enum sign_in_end end = SIGN_IN_WRONG;
    const char *own = NULL;
    CHECK_INT(person_sign_in_check(c, &in, password), OK);
    CHECK_INT(person_sign_in(c, &in, &end, cookie == NULL ? &own : cookie), OK);
    return end;
}

static struct ctx *at(int64_t seconds)
{
    struct ctx *c = test_ctx();
    c->now += seconds;
    c->remote = "203.0.113.7";
    return c;
}

TEST(the_right_password_opens_a_session_that_is_stored_hashed)
{
    const char *cookie = NULL;
    struct ctx *c = at(0);
    CHECK_INT(try(c, " Daumoi ", FIXTURE_PASSWORD, &cookie), SIGN_IN_DONE);
    struct session s;
    CHECK(person_session_read(at(60), cookie, &s));
    CHECK_INT(s.person, person_by_login(c, "daumoi"));
    CHECK_INT(s.unit, unit_by_code(c, "ttytsh"));
    CHECK_INT(s.granted, ROLE_COORDINATOR);
    const struct rows *list = sql_person_sessions(c, s.person, c->now, person_token_hash(c->arena, cookie));
    CHECK_INT(list->count, 1);
    CHECK_INT(cell_int(list, 0, "this_one"), 1);
    CHECK_INT(sql_person_session(c, cookie, c->now, 0)->count, 0); /* what is stored is not the cookie */
}

TEST(a_session_ends_by_idleness_by_sign_out_and_by_locking)
{
    const char *cookie = NULL;
    struct session s;
    CHECK_INT(try(at(0), "khoa", FIXTURE_PASSWORD, &cookie), SIGN_IN_DONE);
    CHECK(person_session_read(at(SESSION_IDLE - 1), cookie, &s));
    CHECK(!person_session_read(at(SESSION_IDLE), cookie, &s));
    CHECK_INT(person_sign_out(at(1), cookie), OK);
    CHECK(!person_session_read(at(1), cookie, &s));
    CHECK_INT(try(at(0), "khoa", FIXTURE_PASSWORD, &cookie), SIGN_IN_DONE);
    CHECK_INT(person_lock(as("quantri"), s.person, true), OK);
    CHECK(!person_session_read(at(1), cookie, &s));
    CHECK_INT(try(at(1), "khoa", FIXTURE_PASSWORD, NULL), SIGN_IN_WRONG);
}

TEST(five_failures_lock_the_login_for_a_quarter_of_an_hour)
{
    for (int i = 0; i < 5; i++)
        CHECK_INT(try(at(i), "tram", "sai mật khẩu", NULL), SIGN_IN_WRONG);
    CHECK_INT(try(at(5), "tram", FIXTURE_PASSWORD, NULL), SIGN_IN_LOCKED);
    CHECK_INT(try(at(4 + 899), "tram", FIXTURE_PASSWORD, NULL), SIGN_IN_LOCKED);
    CHECK_INT(try(at(4 + 901), "tram", FIXTURE_PASSWORD, NULL), SIGN_IN_DONE);
}

TEST(failures_long_ago_do_not_count)
{
    for (int i = 0; i < 4; i++)
        CHECK_INT(try(at(i), "tram", "sai mật khẩu", NULL), SIGN_IN_WRONG);
    CHECK_INT(try(at(2000), "tram", "sai mật khẩu", NULL), SIGN_IN_WRONG);
    CHECK_INT(try(at(2001), "tram", FIXTURE_PASSWORD, NULL), SIGN_IN_DONE);
}

TEST(an_unknown_login_is_answered_and_locked_like_a_known_one)
{
    for (int i = 0; i < 5; i++)
        CHECK_INT(try(at(i), "khong.co", "sai mật khẩu", NULL), SIGN_IN_WRONG);
    CHECK_INT(try(at(5), "khong.co", "sai mật khẩu", NULL), SIGN_IN_LOCKED);
}

TEST(one_address_that_tries_many_logins_is_locked)
{
    for (int i = 0; i < 25; i++) {
        struct ctx *c = at(i);
        CHECK_INT(try(c, arena_printf(c->arena, "ai%d", i), "x", NULL), SIGN_IN_WRONG);
    }
    CHECK_INT(try(at(30), "khoa", FIXTURE_PASSWORD, NULL), SIGN_IN_LOCKED);
    struct ctx *elsewhere = at(30);
    elsewhere->remote = "203.0.113.8";
    CHECK_INT(try(elsewhere, "khoa", FIXTURE_PASSWORD, NULL), SIGN_IN_DONE);
}

TEST(a_password_is_long_enough_and_not_the_login)
{
    CHECK_INT(password_check(test_ctx(), "new", "an", "1234567"), INVALID);
    CHECK_INT(password_check(test_ctx(), "new", "nguyenvanan", "NguyenVanAn"), INVALID);
    CHECK_INT(password_check(test_ctx(), "new", "an", "mưa đêm"), INVALID);
    CHECK_INT(password_check(test_ctx(), "new", "an", "mưa rào đêm hè"), OK);
}

TEST(changing_the_password_ends_the_other_sessions)
{
    const char *here = NULL, *there = NULL;
    struct session s;
    CHECK_INT(try(at(0), "khoa", FIXTURE_PASSWORD, &here), SIGN_IN_DONE);
    CHECK_INT(try(at(0), "khoa", FIXTURE_PASSWORD, &there), SIGN_IN_DONE);
    struct ctx *c = as("khoa");
    CHECK_INT(person_password_change(c, here, password_hash(c, "mưa rào đêm hè")), OK);
    CHECK(person_session_read(at(1), here, &s));
    CHECK(!person_session_read(at(1), there, &s));
    CHECK_INT(try(at(2), "khoa", FIXTURE_PASSWORD, NULL), SIGN_IN_WRONG);
    CHECK_INT(try(at(2), "khoa", "mưa rào đêm hè", NULL), SIGN_IN_DONE);
}

TEST(a_reset_password_must_be_changed)
{
    const char *cookie = NULL;
    struct session s;
    struct ctx *c = as("quantri");
    const char *given = password_generate(c);
    CHECK_INT(person_password_reset(c, person_by_login(c, "khoa"), password_hash(c, given)), OK);
    CHECK_INT(try(at(1), "khoa", given, &cookie), SIGN_IN_DONE);
    CHECK(person_session_read(at(1), cookie, &s));
    CHECK(s.must_change);
}

/* The code a phone shows at a moment. */
static const char *code_at(struct ctx *c, const char *secret, int64_t moment)
{
    char *bytes = NULL, *out = arena_alloc(c->arena, 7);
    size_t size = 0;
    CHECK_INT(oath_base32_decode(secret, strlen(secret), &bytes, &size), OATH_OK);
    CHECK_INT(oath_totp_generate(bytes, size, (time_t)moment, 30, 0, 6, out), OATH_OK);
    free(bytes);
    return out;
}

static const char *const *enrol(const char *login, const char **secret)
{
    struct ctx *c = as(login);
    const char *const *codes = NULL;
    CHECK_INT(person_factor_begin(c), OK);
    *secret = person_factor_secret(c, c->person);
    CHECK_INT((int64_t)strlen(*secret), 32);
    CHECK_INT(person_factor_confirm(c, code_at(c, *secret, c->now), &codes), OK);
    return codes;
}

TEST(a_second_factor_is_asked_for_and_its_code_counts_once)
{
    const char *secret, *cookie = NULL;
    enum sign_in_end end;
    struct session s;
    enrol("lanhdao", &secret);
    CHECK_INT(try(at(60), "lanhdao", FIXTURE_PASSWORD, &cookie), SIGN_IN_CODE);
    CHECK(person_session_read(at(60), cookie, &s));
    CHECK(s.waiting);
    struct ctx *c = at(61);
    CHECK_INT(person_sign_in_code(c, cookie, code_at(c, secret, test_now), &end), OK); /* the enrolment's own: taken */
    CHECK_INT(end, SIGN_IN_WRONG);
    const char *fresh = code_at(c, secret, c->now);
    CHECK_INT(person_sign_in_code(c, cookie, fresh, &end), OK);
    CHECK_INT(end, SIGN_IN_DONE);
    CHECK_INT(try(at(62), "lanhdao", FIXTURE_PASSWORD, &cookie), SIGN_IN_CODE);
    CHECK_INT(person_sign_in_code(at(62), cookie, fresh, &end), OK);
    CHECK_INT(end, SIGN_IN_WRONG);
}

TEST(guessing_codes_is_locked_out_too)
{
    const char *secret, *cookie = NULL;
    enum sign_in_end end;
    enrol("lanhdao", &secret);
    for (int i = 0; i < 5; i++) {
        CHECK_INT(try(at(60 + i), "lanhdao", FIXTURE_PASSWORD, &cookie), SIGN_IN_CODE);
        CHECK_INT(person_sign_in_code(at(60 + i), cookie, "12345x", &end), OK);
    }
    CHECK_INT(try(at(70), "lanhdao", FIXTURE_PASSWORD, &cookie), SIGN_IN_LOCKED);
}

TEST(a_recovery_code_works_once_however_it_is_typed)
{
    const char *secret;
    const char *const *codes = enrol("lanhdao", &secret);
    struct ctx *c = as("lanhdao");
    CHECK_INT(sql_person_recovery_left(c, c->person), RECOVERY_CODES);
    CHECK(person_factor_take(c, c->person, text_upper(c->arena, codes[3])));
    CHECK(!person_factor_take(c, c->person, codes[3]));
    CHECK_INT(sql_person_recovery_left(c, c->person), RECOVERY_CODES - 1);
}

TEST(a_stolen_session_does_not_serve_for_guessing_the_code)
{
    const char *secret, *cookie = NULL;
    enum sign_in_end end;
    enrol("lanhdao", &secret);
    for (int i = 0; i < 5; i++) {
        CHECK_INT(person_factor_end(as("lanhdao"), "000000", &end), OK);
        CHECK_INT(end, SIGN_IN_WRONG);
    }
    test_now += 60;
    CHECK_INT(person_factor_end(as("lanhdao"), code_at(test_ctx(), secret, test_now), &end), OK);
    CHECK_INT(end, SIGN_IN_LOCKED);
    CHECK_INT(try(at(0), "lanhdao", FIXTURE_PASSWORD, &cookie), SIGN_IN_LOCKED);
    test_now += 901;
    CHECK_INT(person_factor_end(as("lanhdao"), code_at(test_ctx(), secret, test_now), &end), OK);
    CHECK_INT(end, SIGN_IN_DONE);
    CHECK_INT(try(at(1), "lanhdao", FIXTURE_PASSWORD, &cookie), SIGN_IN_DONE);
}

TEST(who_is_locked_out_costs_no_password_check)
{
    struct sign_in in = { .login = "tram" };
    CHECK_INT(person_sign_in_check(at(0), &in, FIXTURE_PASSWORD), OK);
    CHECK(in.matches && in.checked[0] == '$');
    for (int i = 0; i < 5; i++)
        CHECK_INT(try(at(i), "tram", "sai mật khẩu", NULL), SIGN_IN_WRONG);
    in.matches = false;
    CHECK_INT(person_sign_in_check(at(5), &in, FIXTURE_PASSWORD), OK);
    CHECK(!in.matches && in.checked[0] == '\0');
}

TEST(the_secret_of_the_second_factor_is_not_readable_in_the_table)
{
    const char *secret;
    enrol("lanhdao", &secret);
    struct ctx *c = as("lanhdao");
    const char *stored = cell(sql_person_read(c, c->person), 0, "totp_secret");
    char *bytes = NULL;
    size_t size = 0;
    CHECK_INT(oath_base32_decode(secret, strlen(secret), &bytes, &size), OATH_OK);
    CHECK(strstr(stored, text_hex(c->arena, bytes, size)) == NULL);
    free(bytes);
}

TEST(a_role_that_must_have_a_second_factor_is_owed_it)
{
    const char *cookie = NULL;
    struct session s;
    struct ctx *c = as("quantri");
    CHECK_INT(person_rule_set(c, c->unit, ROLE_LEADER, true), OK);
    CHECK_INT(try(at(0), "lanhdao", FIXTURE_PASSWORD, &cookie), SIGN_IN_DONE);
    CHECK(person_session_read(at(1), cookie, &s));
    CHECK(s.owes_factor);
    CHECK_INT(try(at(0), "lanhdao2", FIXTURE_PASSWORD, &cookie), SIGN_IN_DONE); /* of another agency */
    CHECK(person_session_read(at(1), cookie, &s));
    CHECK(!s.owes_factor);
}

TEST(an_administrator_manages_only_accounts_of_their_units)
{
    struct ctx *c = as("quantri");
    CHECK_INT(person_lock(c, person_by_login(c, "khoa2"), true), NOT_FOUND);
    c = as("quantri");
    CHECK_INT(person_password_reset(c, person_by_login(c, "so"), "x"), NOT_FOUND);
    c = as("quantri");
    CHECK_INT(person_post_add(c, person_by_login(c, "khoa"), unit_by_code(c, "syt"), ROLE_LEADER, "", 0), INVALID);
    c = as("quantri");
    CHECK_INT(person_lock(c, c->person, true), FORBIDDEN);
    c = as("quantri");
    CHECK_INT(sql_person_list(c, c->person, "%")->count, 6);
    CHECK_INT(person_lock(c, person_by_login(c, "khoa"), true), OK);
}

TEST(what_concerns_every_unit_is_for_the_topmost_administrator)
{
    struct ctx *c = as("quantri");
    CHECK_INT(person_post_add(c, person_by_login(c, "khoa"), unit_by_code(c, "ttytsh-kkb"), ROLE_ADMIN, "", 0), OK);
    CHECK_INT(person_require_chief(as("quantri")), OK);
    CHECK_INT(person_require_chief(as("khoa")), FORBIDDEN);
    CHECK_INT(person_require_chief(as("lanhdao")), FORBIDDEN);
    c = test_ctx(); /* the program makes an administrator of the Sở */
    CHECK_INT(person_post_add(c, person_by_login(c, "so"), unit_by_code(c, "syt"), ROLE_ADMIN, "", 0), OK);
    CHECK_INT(person_require_chief(as("so")), OK);
    CHECK_INT(person_require_chief(as("quantri")), FORBIDDEN);
}

TEST(a_post_gives_its_role_until_it_ends)
{
    struct ctx *c = as("quantri");
    int64_t person = person_by_login(c, "khoa"), station = unit_by_code(c, "ttytsh-binhan");
    CHECK(!person_reaches(as("khoa"), station));
    CHECK_INT(person_post_add(c, person, station, ROLE_EDITOR, "Cộng tác viên", day_of(2026, 3, 1)), OK);
    CHECK(person_reaches(as("khoa"), station));
    CHECK_INT(as("khoa")->granted, ANYONE | SIGNED_IN | ROLE_STAFF | ROLE_EDITOR);
    CHECK_INT(as("khoa")->unit, unit_by_code(c, "ttytsh-kkb"));
    CHECK_INT(person_post_add(c, person, station, ROLE_EDITOR, "", day_of(2026, 3, 1)), INVALID);
    ctx_forget(c);
    const struct rows *posts = sql_person_posts(c, person);
    CHECK_INT(person_post_end(c, cell_int(posts, 1, "id"), day_of(2026, 3, 20)), OK);
    CHECK(!person_reaches(as("khoa"), station));
    CHECK_INT(as("khoa")->granted, ANYONE | SIGNED_IN | ROLE_STAFF);
}

TEST(a_login_is_given_once_and_is_plain)
{
    struct ctx *c = test_ctx();
    int64_t id = 0;
    CHECK_INT(person_add(c, &(struct person_entry){ .login = "KHOA", .name = "Ai", .password_hash = "x" }, &id),
              CONFLICT);
    ctx_forget(c);
    CHECK_INT(person_add(c, &(struct person_entry){ .login = "lan anh", .name = "Ai", .password_hash = "x" }, &id),
              INVALID);
    ctx_forget(c);
    CHECK_INT(person_add(c, &(struct person_entry){ .login = "Lan.Anh", .name = "Lan Anh", .password_hash = "x" }, &id),
              OK);
    CHECK_INT(person_by_login(c, "lan.anh"), id);
}

/* The stand-in hash must be one that libsodium works through, or an unknown login would be answered sooner. */
TEST(the_stand_in_for_unknown_logins_is_a_whole_hash)
{
    CHECK_INT(crypto_pwhash_str_needs_rehash(password_of_nobody, PASSWORD_PASSES, PASSWORD_MEMORY), 0);
    struct ctx *c = test_ctx();
    CHECK_INT(crypto_pwhash_str_needs_rehash(password_hash(c, "x"), PASSWORD_PASSES, PASSWORD_MEMORY), 0);
}
