#include "platform/db/db_trial.h"
#include <sys/stat.h>

struct writer {
    struct db *db;
    _Atomic bool stop;
    _Atomic int count;
    int number;
};

/* Two words each time: a copy of one moment holds an even number of them. */
static enum err insert_pair(struct ctx *c, void *arg)
{
    struct writer *w = arg;
    for (int i = 0; i < 2; i++)
        query_int(c, &trial_insert, &(union query_value){ .text = arena_printf(c->arena, "pair %d %d", w->number, i) });
    return c->err;
}

static void *write_pairs(void *arg)
{
    struct writer *w = arg;
    for (; !atomic_load(&w->stop); w->number++) {
        struct ctx c;
        ctx_open(&c, 0);
        if (db_write(w->db, &c, insert_pair, w) == OK)
            atomic_fetch_add(&w->count, 1);
        ctx_close(&c);
    }
    return NULL;
}

static void copy_and_restore(struct db *db, const char *url)
{
    struct ctx *c = test_ctx();
    struct writer w = { .db = db };
    const char *file = arena_printf(c->arena, "%s/copy-%d", test_folder(), db_is_sqlite(db));
    pthread_t thread;
    CHECK_INT(trial_add(db, "first"), OK);
    CHECK(pthread_create(&thread, NULL, write_pairs, &w) == 0);
    while (atomic_load(&w.count) < 20)
        sched_yield();
    enum err err = db_backup(c, url, file);
    atomic_store(&w.stop, true);
    pthread_join(thread, NULL);
    CHECK_INT(err, OK);
    struct stat s;
    CHECK(stat(file, &s) == 0 && (s.st_mode & 0777) == 0600);
    CHECK(stat(arena_printf(c->arena, "%s.tmp", file), &s) != 0);

    const char *fresh = db_is_sqlite(db) ? test_sqlite_url() : test_postgres_url();
    CHECK_INT(db_restore(c, fresh, file), OK);
    struct db *again = trial_open(fresh, trial_schemas, NULL);
    CHECK(again != NULL);
    int64_t rows = trial_rows(again);
    CHECK(rows >= 41 && rows % 2 == 1);
    CHECK_INT(trial_add(again, "after"), OK); /* numbering goes on */
    CHECK_INT(db_restore(test_ctx(), fresh, file), CONFLICT);
    CHECK_INT(trial_rows(again), rows + 1);
    db_close(again);
}

TEST_PLAIN(a_copy_made_while_others_write_is_of_one_moment)
{
    trial_on_each(trial_schemas, copy_and_restore);
}

TEST_PLAIN(what_is_no_copy_of_ours_is_refused)
{
    struct ctx *c = test_ctx();
    const char *file = arena_printf(c->arena, "%s/other", test_folder());
    FILE *f = fopen(file, "w");
    fputs("Đây là một tệp khác, không phải bản sao lưu.", f);
    fclose(f);
    CHECK_INT(db_restore(test_ctx(), test_sqlite_url(), file), INVALID);
    CHECK_INT(db_restore(test_ctx(), test_sqlite_url(), "/absent"), INVALID);
    const char *postgres = test_postgres_url();
    if (postgres != NULL)
        CHECK_INT(db_restore(test_ctx(), postgres, file), INVALID);
    CHECK_INT(db_backup(test_ctx(), test_sqlite_url(), arena_printf(c->arena, "%s/copy", test_folder())), BROKEN);
    CHECK_INT(db_backup(test_ctx(), arena_printf(c->arena, "sqlite:%s", file), "/absent/copy"), BROKEN);
}
