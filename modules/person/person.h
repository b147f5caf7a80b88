/* People, the posts they hold in units, sign-in, sessions, second factor, and what a person may reach. */
#pragma once
#include "modules/role.h"
#include "platform/base/command.h"
#include "platform/base/ctx.h"
#include "platform/db/db.h"
#include "platform/job/job.h"
#include "platform/web/web.h"

struct person_role {
    int64_t role;      /* ROLE_… */
    const char *code;  /* "daumoi", for commands and forms */
    const char *label; /* "Đầu mối" */
};
extern const struct person_role person_roles[]; /* ends with { 0 } */
/* NULL when there is none. */
const struct person_role *person_role_find(const char *code);

/* ---- what others ask ---- */

/* True when the unit is that of a post c->person holds now, or lies below it. */
bool person_reaches(struct ctx *c, int64_t unit);
/* True when c->person holds one of the roles (ROLE_ bits) in the unit or above it. c->granted says no such thing: it
 * adds up the roles of all units, so the leader of a department who is staff of its agency has both. */
bool person_holds(struct ctx *c, int64_t unit, unsigned roles);
/*
 * For what concerns every unit of the installation (dated rules, background jobs). FORBIDDEN with a sentence unless
 * c->person administers a unit above which nobody administers. c->person 0 is the program itself.
 */
enum err person_require_chief(struct ctx *c);
/* NOT_FOUND with a sentence when not: whether such a unit has such a thing is not theirs to know. */
enum err person_require_reach(struct ctx *c, int64_t unit);
/* 0 when there is no such login. */
int64_t person_by_login(struct ctx *c, const char *login);
/* Sets c->person, c->unit (of the oldest post held now) and c->granted as a session of that person would. */
enum err person_act_as(struct ctx *c, int64_t person);

/* ---- accounts ---- */

enum { PASSWORD_SHORTEST = 8, PASSWORD_LONGEST = 200 };

struct person_entry {
    const char *login; /* a-z 0-9 . _ - ; kept in lower case */
    const char *name;
    const char *password_hash; /* of password_hash() */
    bool must_change;          /* at first sign-in */
};
/* CONFLICT: the login is taken. Writes the audit, as all below. */
enum err person_add(struct ctx *c, const struct person_entry *entry, int64_t *id);
/* A post from from_day (today or before) on. */
enum err person_post_add(struct ctx *c, int64_t person, int64_t unit, int64_t role, const char *title,
                         int64_t from_day);
/* to_day: first day on which it is held no more; today or before ends it at once, later ones by the daily job. */
enum err person_post_end(struct ctx *c, int64_t post, int64_t to_day);
enum err person_lock(struct ctx *c, int64_t person, bool locked);
/* Sets a password that somebody else chose: must be changed at sign-in; ends all sessions and the lock-out. */
enum err person_password_reset(struct ctx *c, int64_t person, const char *password_hash);
/* Takes the second factor away, for who lost the phone. */
enum err person_factor_remove(struct ctx *c, int64_t person);
/* Must who holds the role in the unit or below it have a second factor? */
enum err person_rule_set(struct ctx *c, int64_t unit, int64_t role, bool second_factor);

/* ---- passwords: slow on purpose, so never in a write transaction ---- */

/* argon2id, 2 passes over 19 MiB. Arena text. */
const char *password_hash(struct ctx *c, const char *password);
/* A readable one-time password. */
const char *password_generate(struct ctx *c);
/* INVALID on `field` when it is too short, too long, or is the login. */
enum err password_check(struct ctx *c, const char *field, const char *login, const char *password);

/* ---- the program's hooks and tables ---- */

/* web_hooks.identify: c->person, c->unit, c->granted from the session cookie; the session's secret, or NULL. */
const char *person_identify(struct request *r);

extern const struct route person_routes[];
extern const struct command person_commands[];
extern const struct job_kind person_jobs[];
