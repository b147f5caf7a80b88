#include "db_queries.h"
#include "platform/db/db_trial.h"

#define FIRST_STEP "-- step 1: words\nCREATE TABLE trial (id {id}, word TEXT NOT NULL UNIQUE, other {blob});\n"
#define SECOND_STEP                                                                                                    \
    "-- step 2: their weight\nALTER TABLE trial ADD COLUMN weight BIGINT;\nINSERT INTO trial (word, weight) VALUES "   \
    "('a;b', 1);\n"

static const struct db_schema one_step[] = { { "trial", FIRST_STEP }, { 0 } };
static const struct db_schema two_steps[] = { { "trial", "-- About words.\n" FIRST_STEP SECOND_STEP }, { 0 } };
static const struct db_schema better_comment[] = {
    { "trial", "-- step 1: words\n-- Why.\n"
               "CREATE TABLE trial (id {id},\n word TEXT NOT NULL UNIQUE, -- one\n other {blob});\n" SECOND_STEP },
    { 0 }
};
static const struct db_schema changed[] = {
    { "trial", "-- step 1: words\nCREATE TABLE trial (id {id}, word TEXT);\n" SECOND_STEP }, { 0 }
};
static const struct db_schema wrong_second[] = {
    { "trial", FIRST_STEP "-- step 2: more\nCREATE TABLE more (id {id});\nCREATE TABLE trial (id {id});\n" }, { 0 }
};
static const struct db_schema of_another[] = { { 0 } };

static void check_refused(const char *url, const struct db_schema *schemas, const char *part)
{
    const char *why = NULL;
    CHECK(trial_open(url, schemas, &why) == NULL);
    CHECK(why != NULL && strstr(why, part) != NULL);
}

static void check_steps(struct db *db, int count)
{
    struct ctx *c = test_ctx();
    CHECK_INT(db_begin_test(db, c), OK);
    const struct rows *rows = sql_schema_step_list(c);
    CHECK_INT(rows->count, count);
    CHECK_TEXT(cell(rows, 0, "name"), "words");
    for (int i = 0; i < count; i++)
        CHECK_INT(cell_int(rows, i, "step"), i + 1);
    db_rollback_test(db, c);
}

static void reopen(const char *url, const struct db_schema *schemas, int steps, int64_t words)
{
    struct db *db = trial_open(url, schemas, NULL);
    CHECK(db != NULL);
    check_steps(db, steps);
    CHECK_INT(trial_rows(db), words);
    db_close(db);
}

static void steps_on(const char *url)
{
    if (url == NULL)
        return;
    reopen(url, one_step, 1, 0);
    reopen(url, one_step, 1, 0);
    check_refused(url, wrong_second, "Máy chủ");
    reopen(url, one_step, 1, 0); /* nothing is left of the step that failed */
    reopen(url, two_steps, 2, 1);
    reopen(url, better_comment, 2, 1);
    check_refused(url, one_step, "mới hơn");
    check_refused(url, of_another, "mới hơn");
    check_refused(url, changed, "bản chương trình khác");
}

TEST_PLAIN(steps_run_once_in_order_and_other_programs_are_refused)
{
    steps_on(test_sqlite_url());
    steps_on(test_postgres_url());
}

struct opener {
    const char *url;
    struct db *db;
    struct arena *arena;
    pthread_t thread;
};

static void *open_it(void *arg)
{
    struct opener *o = arg;
    const char *why = NULL;
    o->db = db_open(o->arena, o->url, two_steps, NULL, &why);
    return NULL;
}

static void open_at_once(const char *url)
{
    struct opener openers[4];
    for (int i = 0; i < 4 && url != NULL; i++) {
        openers[i] = (struct opener){ .url = url, .arena = test_ctx()->arena };
        CHECK(pthread_create(&openers[i].thread, NULL, open_it, &openers[i]) == 0);
    }
    for (int i = 0; i < 4 && url != NULL; i++)
        pthread_join(openers[i].thread, NULL);
    for (int i = 0; i < 4 && url != NULL; i++) {
        CHECK(openers[i].db != NULL);
        CHECK_INT(trial_rows(openers[i].db), 1);
        db_close(openers[i].db);
    }
}

TEST_PLAIN(processes_that_start_at_once_set_up_the_tables_once)
{
    open_at_once(test_sqlite_url());
    open_at_once(test_postgres_url());
}

TEST_PLAIN(addresses_that_cannot_be_opened_get_a_sentence)
{
    check_refused("mysql://x", one_step, "sqlite:");
    check_refused("sqlite::memory:", one_step, "sqlite:");
    check_refused("sqlite:/absent/folder/a.db", one_step, "thư mục");
    check_refused("postgresql://nobody@127.0.0.1:1/none", one_step, "Máy chủ dữ liệu chưa trả lời");
}
