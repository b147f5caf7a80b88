/* What the files of this module share: sign-in, sessions, the second factor. */
#pragma once
#include "modules/person/person.h"

enum { PASSWORD_PASSES = 2, PASSWORD_MEMORY = 19 * 1024 * 1024 }; /* argon2id, OWASP's least */

/* The hash of a random password that nobody knows: with it an unknown login costs the same work. */
extern const char password_of_nobody[];

/* NULL when there is none. */
const struct person_role *person_role_of(int64_t role);
/* NOT_FOUND unless c->person may manage the account: all posts it holds are in units they administer. */
enum err person_require_manages(struct ctx *c, int64_t person);
/* Slow as password_hash. */
bool password_is(const char *hash, const char *password);

/* ---- sign-in: the slow check first, outside the write transaction, then the deed ---- */

struct sign_in {
    const char *login; /* as typed */
    bool remember;
    const char *device;  /* in words */
    const char *checked; /* the stored hash that was compared, "" when the login is unknown */
    bool matches;
};
enum sign_in_end {
    SIGN_IN_WRONG,  /* also: unknown or locked account; no telling which */
    SIGN_IN_LOCKED, /* too many failures of this login or address */
    SIGN_IN_CODE,   /* the second factor is owed; the cookie stands for no one until then */
    SIGN_IN_DONE,
};
/* Compares login and password, unless they are locked out; takes the same time whether the login exists. In a read transaction. */
enum err person_sign_in_check(struct ctx *c, struct sign_in *in, const char *password);
/* Counts failures, opens the session. cookie: 64 hex digits, set with SIGN_IN_CODE and SIGN_IN_DONE. */
enum err person_sign_in(struct ctx *c, const struct sign_in *in, enum sign_in_end *end, const char **cookie);
/* The second step. digits: six digits or a recovery code. */
enum err person_sign_in_code(struct ctx *c, const char *cookie, const char *digits, enum sign_in_end *end);
/* Who is signed in and types a wrong password or code is counted, too: a stolen session must not serve for guessing. */
bool person_locked_out(struct ctx *c);
/* what: for the audit. */
enum err person_refused(struct ctx *c, const char *what);
/* Ends the session of the cookie. */
enum err person_sign_out(struct ctx *c, const char *cookie);

enum { SESSION_IDLE = 12 * 3600, SESSION_LONGEST = 7 * 24 * 3600, SESSION_TOUCH = 300 };
extern const char session_cookie[];

/* Who the cookie stands for; false when for nobody. Sets c as person_act_as does. */
struct session {
    int64_t id, person, started_at, seen_at;
    bool remember, waiting, must_change, owes_factor;
    int64_t unit;
    unsigned granted;
    const char *name, *login;
};
bool person_session_read(struct ctx *c, const char *cookie, struct session *s);
/* The stored form of a cookie. */
const char *person_token_hash(struct arena *a, const char *cookie);
/* Key of person_failure. kind: "login", "address". */
const char *person_subject(struct arena *a, const char *kind, const char *what);
enum err person_session_end(struct ctx *c, int64_t session);
/* One's own password; hash of the new one. Ends the other sessions. */
enum err person_password_change(struct ctx *c, const char *cookie, const char *hash);

/* ---- second factor ---- */

/* A fresh secret for c->person, not asked for until a code of it was shown. CONFLICT: there is one already. */
enum err person_factor_begin(struct ctx *c);
/* The secret in base 32; "" when there is none. */
const char *person_factor_secret(struct ctx *c, int64_t person);
/* For a phone to scan: otpauth://totp/… */
const char *person_factor_address(struct ctx *c, const char *login, const char *secret);
/* INVALID (field "code"): wrong. codes: ten recovery codes, shown once. */
enum err person_factor_confirm(struct ctx *c, const char *code, const char *const **codes);
/* True when the code is right and was not used before; takes it. */
bool person_factor_take(struct ctx *c, int64_t person, const char *digits);
/* end: DONE, WRONG or LOCKED, with OK. Whose role must have it is held at the own account until it is on again. */
enum err person_factor_end(struct ctx *c, const char *code, enum sign_in_end *end);
/* SVG path and view box of a QR code, quiet zone included. */
const char *person_qr(struct ctx *c, const char *text, const char **box);
enum { RECOVERY_CODES = 10 };
