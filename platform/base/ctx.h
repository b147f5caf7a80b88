/* What every rule works in: memory, transaction, person, clock, and the first error. */
#pragma once
#include "platform/base/arena.h"
#include <stdbool.h>
#include <stdint.h>

struct db_session; /* an open transaction, platform/db/db.h */

/*
 * INVALID    what was typed cannot be taken; the fields say why
 * FORBIDDEN  not allowed for this person
 * NOT_FOUND  no such thing (or not for this person's eyes)
 * CONFLICT   somebody was first, or it was done before
 * BROKEN     database, disk or network; only platform/ reports it
 */
enum err { OK, INVALID, FORBIDDEN, NOT_FOUND, CONFLICT, BROKEN };

struct field_error {
    const char *field;
    const char *message; /* Vietnamese, for the person */
    struct field_error *next;
};

struct ctx {
    struct arena *arena;
    struct db_session *db; /* NULL outside a transaction */
    int64_t person;        /* 0: nobody is signed in */
    int64_t unit;          /* the unit the person acts for; 0: none */
    unsigned granted;      /* access bits of the person, see platform/web/web.h */
    int64_t now;           /* Unix seconds; the only clock a rule may ask */
    const char *data_dir;  /* folder of stored files; NULL where there is none */
    enum err err;          /* the first failure stays */
    const char *message;   /* Vietnamese sentence of the first failure */
    const char *detail;    /* English, for the log; no personal data */
    struct field_error *fields;
    const char *remote;    /* network address of the caller, for the audit; may be NULL */
};

enum { CTX_ARENA_CAP = 256 * 1024 * 1024 };

/* A fresh ctx with its own arena. */
void ctx_open(struct ctx *c, int64_t now);
void ctx_close(struct ctx *c);

/* Forgets the error, so that the ctx can be used for a further step (tests, batch commands). */
void ctx_forget(struct ctx *c);

/*
 * Records the first failure and returns c->err.
 * message: what the person can do, in Vietnamese; kept by pointer, so a literal or arena text.
 * detail:  printf format for the log, in English, without personal data.
 */
enum err fail(struct ctx *c, enum err err, const char *message, const char *detail, ...)
    __attribute__((format(printf, 4, 5)));

/* INVALID for one form field; several fields may be named one after the other. */
enum err invalid(struct ctx *c, const char *field, const char *message, ...)
    __attribute__((format(printf, 3, 4)));

/* The one table of outcomes: HTTP status, exit code, and whether a job is worth another try. */
struct outcome {
    int status;
    int exit_code;
    bool retry;
};
struct outcome outcome_of(enum err err);
