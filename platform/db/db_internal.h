/* What the files of platform/db share: a connection, what an engine can do, the queues of works. */
#pragma once
#include "platform/db/db.h"
#include <pthread.h>
#include <stdatomic.h>

/* Sentences that more than one file says. */
extern const char db_says_conflict[], db_says_broken[], db_says_full[], db_says_busy[], db_says_doubt[];

/* One connection, used by one thread at a time; an engine's own struct begins with it. */
struct db_session {
    struct db *db;
    bool reads_only;
    bool in_test; /* the transaction goes on after an expected error, see db_begin_test */
    bool nudged;  /* the transaction that runs asked for the listener */
    unsigned cursors;
};

/* Where a query leaves its result: the member of its kind. */
struct db_result {
    struct rows *rows;
    int64_t number; /* QUERY_INT, QUERY_CHANGES */
    const char *text;
    enum err (*row)(struct ctx *, const struct rows *one, void *arg);
    void *arg;
};

/* Errors go to the given ctx, as fail() has it. */
struct db_engine {
    /* NULL: the reason is in c. */
    struct db_session *(*open)(struct ctx *c, struct db *db, bool reads_only);
    void (*close)(struct db_session *s);
    enum err (*begin)(struct ctx *c, struct db_session *s);
    /* Whatever the outcome, no transaction is open afterwards. */
    enum err (*commit)(struct ctx *c, struct db_session *s);
    void (*rollback)(struct db_session *s);
    /* Several statements without parameters. */
    enum err (*script)(struct ctx *c, struct db_session *s, const char *sql);
    void (*run)(struct ctx *c, struct db_session *s, const struct query *q, const union query_value *values,
                struct db_result *out);
    const char *const *(*columns)(struct ctx *c, struct db_session *s, const struct query *q);
    /* A list of works, to their end. */
    void (*serve_writes)(struct db_session *s, struct db_work *list);
    /* What {id} and {blob} stand for. */
    const char *id;
    const char *blob;
    /* Runs first in a transaction that changes the schema: keeps other processes out. */
    const char *lock_schema;
    int most_writes; /* works that serve_writes takes at once */
};

extern const struct db_engine db_sqlite, db_postgres;

struct db_lane;

struct db {
    const struct db_engine *engine;
    char *url;
    struct db_lane *writes, *reads;
    struct db_lane *waited; /* reads that somebody waits for: they may take long, and pages must not stand behind them */
    struct db_session *spare; /* for migrations, db_columns and db_healthy; under the lock */
    pthread_mutex_t spare_lock;
    struct db_session *test;
    pthread_mutex_t listen_lock;
    void (*listen)(void *arg);
    void *listen_arg;
    _Atomic uint64_t version, commits, write_count, read_count, failures;
};

/* Whether a statement of the query is kept by its id; one made by hand is prepared each time. */
static inline bool db_query_is_listed(const struct query *q)
{
    return q->id >= 0 && q->id < query_list_count && query_list[q->id] == q;
}

/* ---- works ---- */

struct db_lane *db_lane_start(struct ctx *c, struct db *db, bool reads_only, int threads);
bool db_lane_add(struct db_lane *lane, struct db_work *work);
uint64_t db_lane_waiting(struct db_lane *lane);
/* Serves what waits, then ends. NULL is allowed. */
void db_lane_stop(struct db_lane *lane);

/* Calls run() unless the ctx has failed already; afterwards c->err is the outcome. c->db is open. */
enum err db_work_run(struct db_work *work);
/* The work in a transaction of its own. */
void db_work_serve(struct db_session *s, struct db_work *work);
/* After a commit: counts it, and wakes the listener where that was asked for. */
void db_committed(struct db_session *s);
/* Counts the outcome and tells the caller. */
void db_work_done(struct db *db, struct db_work *work);

/* ---- tables ---- */

/* Runs the missing steps. The reason of a failure is in c. */
enum err db_migrate(struct ctx *c, struct db *db, struct db_session *s, const struct db_schema *schemas);

/* The file of a "sqlite:" URL, the rest of the text; NULL when it is none. */
const char *db_sqlite_path(const char *url);
