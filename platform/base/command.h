/* A command of the program; --help and the manual are printed from these tables. */
#pragma once
#include "platform/base/config.h"
#include "platform/base/ctx.h"

struct db;

struct command_run {
    struct ctx *c; /* fresh; c->now and c->data_dir are set; no transaction is open */
    struct db *db; /* open and migrated; NULL when the command needs none */
    const char *url; /* of the database */
    const struct config *config;
    const char *const *words; /* what stood behind the command's name, without flags; word_count of them */
    int word_count;
};

struct command {
    const char *name;  /* "plan read" */
    const char *usage; /* "FILE" */
    const char *help;  /* Vietnamese, one line */
    bool needs_db;
    /* Prints results on stdout. c->err is the outcome: main prints c->message as one line on stderr
     * and exits with outcome_of(err).exit_code. */
    enum err (*run)(struct command_run *r);
};
