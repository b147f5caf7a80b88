#include "platform/db/db_trial.h"
#include <semaphore.h>

enum { WORKS = 300 };

struct batch;

/* What a work is given. */
struct task {
    struct batch *batch;
    const char *word;
    char kept[16];
};

struct batch {
    struct db *db;
    struct db_work works[WORKS];
    struct ctx contexts[WORKS];
    struct task tasks[WORKS];
    sem_t ended, started, go;
};

static void one_ended(struct db_work *work)
{
    struct task *task = work->arg;
    sem_post(&task->batch->ended);
}

static enum err insert(struct ctx *c, void *arg)
{
    struct task *task = arg;
    query_int(c, &trial_insert, &(union query_value){ .text = task->word });
    return c->err;
}

/* Writes, then thinks better of it. */
static enum err insert_and_refuse(struct ctx *c, void *arg)
{
    insert(c, arg);
    return fail(c, INVALID, "Không nhận.", "refused on purpose");
}

/* Holds the thread, so that others queue. */
static enum err hold(struct ctx *c, void *arg)
{
    struct task *task = arg;
    sem_post(&task->batch->started);
    sem_wait(&task->batch->go);
    return c->err;
}

static enum err run_script(struct ctx *c, void *arg)
{
    struct task *task = arg;
    return c->db->db->engine->script(c, c->db, task->word);
}

/* word: NULL for one of its own. */
static void submit(struct batch *b, int i, enum err (*run)(struct ctx *, void *), const char *word)
{
    ctx_open(&b->contexts[i], test_now);
    struct task *task = &b->tasks[i];
    *task = (struct task){ .batch = b, .word = word == NULL ? task->kept : word };
    snprintf(task->kept, sizeof task->kept, "word %d", i);
    b->works[i] = (struct db_work){ .c = &b->contexts[i], .run = run, .done = one_ended, .arg = task };
    CHECK(db_submit_write(b->db, &b->works[i]));
}

static struct batch *new_batch(struct db *db)
{
    struct batch *b = arena_alloc(test_ctx()->arena, sizeof *b);
    b->db = db;
    sem_init(&b->ended, 0, 0);
    sem_init(&b->started, 0, 0);
    sem_init(&b->go, 0, 0);
    return b;
}

static void wait_for(struct batch *b, int count)
{
    for (int i = 0; i < count; i++)
        sem_wait(&b->ended);
}

static void close_batch(struct batch *b, int count)
{
    for (int i = 0; i < count; i++)
        ctx_close(&b->contexts[i]);
}

/* Every seventh refuses after writing, every eleventh takes a word that is taken. */
static void mixed_works(struct db *db, const char *url)
{
    (void)url;
    struct batch *b = new_batch(db);
    CHECK_INT(trial_add(db, "taken"), OK);
    int64_t good = 1;
    for (int i = 0; i < WORKS; i++) {
        submit(b, i, i % 7 == 0 ? insert_and_refuse : insert, i % 11 == 0 ? "taken" : NULL);
        good += i % 7 != 0 && i % 11 != 0;
    }
    wait_for(b, WORKS);
    for (int i = 0; i < WORKS; i++)
        CHECK_INT(b->contexts[i].err, i % 11 == 0 ? CONFLICT : i % 7 == 0 ? INVALID : OK);
    CHECK_INT(trial_rows(db), good);
    close_batch(b, WORKS);
}

TEST_PLAIN(one_failing_work_spoils_no_other)
{
    trial_on_each(trial_schemas, mixed_works);
}

TEST_PLAIN(what_queued_during_a_commit_is_committed_together)
{
    struct db *db = trial_open(test_sqlite_url(), trial_schemas, NULL);
    struct batch *b = new_batch(db);
    struct db_figures before, after;
    submit(b, 0, hold, "");
    sem_wait(&b->started);
    for (int i = 1; i < WORKS; i++)
        submit(b, i, insert, NULL);
    db_figures(db, &before);
    CHECK_INT(before.waiting_writes, WORKS - 1);
    sem_post(&b->go);
    wait_for(b, WORKS);
    db_figures(db, &after);
    CHECK_INT(after.writes - before.writes, WORKS - 1); /* the first was counted when it began */
    CHECK(after.commits - before.commits <= 2);
    CHECK_INT(after.waiting_writes, 0);
    CHECK_INT(trial_rows(db), WORKS - 1);
    const struct rows *rows = NULL;
    struct ctx *c = test_ctx();
    db_begin_test(db, c);
    rows = query_rows(c, &trial_words, NULL);
    for (int i = 1; i < WORKS; i++)
        CHECK_TEXT(cell(rows, i - 1, "word"), b->tasks[i].word); /* first come first served */
    db_rollback_test(db, c);
    close_batch(b, WORKS);
    db_close(db);
}

/* Runs the script among three inserts that were queued with it; what became of them is in the batch. */
static struct batch *insert_around(struct db *db, const char *script)
{
    struct batch *b = new_batch(db);
    submit(b, 0, hold, "");
    sem_wait(&b->started);
    submit(b, 1, insert, NULL);
    submit(b, 2, run_script, script);
    submit(b, 3, insert, NULL);
    sem_post(&b->go);
    wait_for(b, 4);
    return b;
}

TEST_PLAIN(works_hear_when_the_database_gives_their_transaction_up)
{
    struct db *db = trial_open(test_sqlite_url(), trial_schemas, NULL);
    struct batch *b = insert_around(db, "ROLLBACK"); /* what SQLite does by itself on some full disks */
    CHECK_INT(b->contexts[1].err, BROKEN);
    CHECK_TEXT(b->contexts[1].message, db_says_full);
    CHECK_INT(b->contexts[2].err, BROKEN);
    CHECK_INT(b->contexts[3].err, OK);
    CHECK_INT(trial_rows(db), 1);
    close_batch(b, 4);
    db_close(db);
}

TEST_PLAIN(works_hear_when_their_common_commit_fails)
{
    struct db *db = trial_open(test_sqlite_url(), trial_schemas, NULL);
    uint64_t version = db_version(db);
    struct batch *b =
        insert_around(db, "PRAGMA defer_foreign_keys=ON; CREATE TABLE m (id BIGINT PRIMARY KEY); "
                          "CREATE TABLE child (m BIGINT REFERENCES m (id)); INSERT INTO child VALUES (9)");
    for (int i = 1; i < 4; i++)
        CHECK_INT(b->contexts[i].err, BROKEN);
    CHECK_INT(trial_rows(db), 0);
    CHECK(db_version(db) <= version + 1); /* the holder's own commit at most */
    CHECK_INT(trial_add(db, "after"), OK);
    CHECK_INT(trial_rows(db), 1);
    close_batch(b, 4);
    db_close(db);
}

/* ---- a server that fails over ---- */

/* Ends every session of the database, this one too. */
static enum err end_sessions(struct ctx *c, void *arg)
{
    static const struct query end = { "end",
                                      "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                                      "WHERE datname = current_database()",
                                      "",
                                      QUERY_INT,
                                      -1,
                                      false };
    insert(c, arg);
    query_int(c, &end, NULL);
    return c->err;
}

static bool is_stored(const struct rows *rows, const char *word)
{
    for (int i = 0; i < rows->count; i++)
        if (strcmp(cell(rows, i, "word"), word) == 0)
            return true;
    return false;
}

TEST_PLAIN(what_is_told_as_stored_is_stored_when_all_connections_die)
{
    const char *url = test_postgres_url();
    if (url == NULL)
        test_skip("no PostgreSQL server is told of in SAURO_TEST_POSTGRES");
    struct db *db = trial_open(url, trial_schemas, NULL);
    struct batch *b = new_batch(db);
    for (int i = 0; i < WORKS; i++)
        submit(b, i, i == 100 || i == 200 ? end_sessions : insert, NULL);
    wait_for(b, WORKS);
    struct ctx *c = test_ctx();
    CHECK_INT(db_begin_test(db, c), OK);
    const struct rows *rows = query_rows(c, &trial_words, NULL);
    int good = 0;
    for (int i = 0; i < WORKS; i++) {
        const struct ctx *of_work = &b->contexts[i];
        bool stored = is_stored(rows, b->tasks[i].word);
        CHECK(of_work->err == OK ? stored : of_work->message == db_says_doubt || !stored);
        good += of_work->err == OK;
    }
    CHECK(good > WORKS / 2);
    CHECK(b->contexts[100].err == BROKEN && b->contexts[200].err == BROKEN);
    db_rollback_test(db, c);
    close_batch(b, WORKS);
    db_close(db);
}

/* ---- reading ---- */

static enum err write_anyway(struct ctx *c, void *arg)
{
    static const struct query hidden = { "hidden", "INSERT INTO trial (word) VALUES ('x') RETURNING id",
                                         "",       QUERY_INT,
                                         -1,       false };
    query_int(c, arg != NULL ? &hidden : &trial_insert, &(union query_value){ .text = "x" });
    return c->err;
}

static void reads_refuse(struct db *db, const char *url)
{
    (void)url;
    for (int hidden = 0; hidden < 2; hidden++) {
        struct ctx *c = test_ctx();
        CHECK_INT(db_read(db, c, write_anyway, hidden ? db : NULL), BROKEN);
        CHECK_INT(trial_rows(db), 0);
    }
}

TEST_PLAIN(a_reading_transaction_cannot_write)
{
    trial_on_each(trial_schemas, reads_refuse);
}

static void version_grows(struct db *db, const char *url)
{
    (void)url;
    uint64_t before = db_version(db);
    CHECK_INT(trial_rows(db), 0);
    CHECK(db_version(db) == before);
    CHECK_INT(trial_add(db, "one"), OK);
    CHECK(db_version(db) > before);
    CHECK(db_healthy(db));
}

TEST_PLAIN(the_version_grows_with_writes_only)
{
    trial_on_each(trial_schemas, version_grows);
}

/* ---- a full disk ---- */

static enum err insert_much(struct ctx *c, void *arg)
{
    (void)arg;
    char *much = arena_alloc(c->arena, 400001);
    memset(much, 'a', 400000);
    query_int(c, &trial_insert, &(union query_value){ .text = much });
    return c->err;
}

TEST_PLAIN(a_full_disk_harms_nothing_that_was_stored)
{
    struct db *db = trial_open(test_sqlite_url(), trial_schemas, NULL);
    CHECK_INT(trial_add(db, "before"), OK);
    struct batch *b = new_batch(db);
    submit(b, 0, hold, "");
    sem_wait(&b->started);
    submit(b, 1, run_script, "PRAGMA max_page_count=40");
    submit(b, 2, insert, NULL);
    submit(b, 3, insert_much, NULL);
    submit(b, 4, insert, NULL);
    sem_post(&b->go);
    wait_for(b, 5);
    CHECK_INT(b->contexts[3].err, BROKEN);
    CHECK_TEXT(b->contexts[3].message, db_says_full);
    CHECK_INT(b->contexts[4].err, OK);
    CHECK_INT(trial_rows(db), 2 + (b->contexts[2].err == OK)); /* told and stored are the same */
    struct task more = { .word = "PRAGMA max_page_count=100000" };
    CHECK_INT(db_write(db, test_ctx(), run_script, &more), OK);
    CHECK_INT(db_write(db, test_ctx(), insert_much, NULL), OK);
    close_batch(b, 5);
    db_close(db);
}
