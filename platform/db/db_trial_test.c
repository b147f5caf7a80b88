#include "platform/db/db_trial.h"

const struct db_schema trial_schemas[] = {
    { "trial", "-- step 1: words\nCREATE TABLE trial (id {id}, word TEXT NOT NULL UNIQUE, other {blob});\n" },
    { 0 },
};
const struct query trial_insert = {
    "trial_insert", "INSERT INTO trial (word) VALUES ($1) RETURNING id", "t", QUERY_INT, -1, true
};
const struct query trial_count = { "trial_count", "SELECT count(*) FROM trial", "", QUERY_INT, -1, false };
const struct query trial_words = { "trial_words", "SELECT id, word FROM trial ORDER BY id", "", QUERY_ROWS, -1, false };

struct db *trial_open(const char *url, const struct db_schema *schemas, const char **why)
{
    static const struct db_options options = { .readers = 2, .writers = 4 };
    const char *unheard = NULL;
    return db_open(test_ctx()->arena, url, schemas, &options, why == NULL ? &unheard : why);
}

void trial_on_each(const struct db_schema *schemas, void (*run)(struct db *db, const char *url))
{
    const char *const urls[] = { test_sqlite_url(), test_postgres_url() };
    for (int i = 0; i < 2 && urls[i] != NULL; i++) {
        struct db *db = trial_open(urls[i], schemas, NULL);
        CHECK(db != NULL);
        run(db, urls[i]);
        db_close(db);
    }
}

static enum err add(struct ctx *c, void *arg)
{
    query_int(c, &trial_insert, &(union query_value){ .text = arg });
    return c->err;
}

enum err trial_add(struct db *db, const char *word)
{
    struct ctx c;
    ctx_open(&c, test_now);
    enum err err = db_write(db, &c, add, (void *)(uintptr_t)word);
    ctx_close(&c);
    return err;
}

static enum err count(struct ctx *c, void *arg)
{
    *(int64_t *)arg = query_int(c, &trial_count, NULL);
    return c->err;
}

int64_t trial_rows(struct db *db)
{
    struct ctx c;
    ctx_open(&c, test_now);
    int64_t rows = -1;
    db_read(db, &c, count, &rows);
    ctx_close(&c);
    return rows;
}
