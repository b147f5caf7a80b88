/* For the tests of the database and of jobs: databases of their own, with a small table. */
#pragma once
#include "platform/db/db_internal.h"
#include "tests/test.h"

extern const struct db_schema trial_schemas[]; /* table trial (id, word, UNIQUE) */
extern const struct query trial_insert;        /* word text: int */
extern const struct query trial_count;         /* int */
extern const struct query trial_words;         /* rows, in the order of their ids */

/* Calls run with an open database of each kind; of PostgreSQL only where the server runs. */
void trial_on_each(const struct db_schema *schemas, void (*run)(struct db *db, const char *url));
/* NULL: *why says the reason. */
struct db *trial_open(const char *url, const struct db_schema *schemas, const char **why);
/* In transactions of their own. -1 where it fails. */
enum err trial_add(struct db *db, const char *word);
int64_t trial_rows(struct db *db);
