/* One interface over SQLite and PostgreSQL: named queries, transactions, migrations, backup. */
#pragma once
#include "platform/base/ctx.h"

struct db;

/* ---- results ---- */

/* A result, whole, in the arena. Every cell is text; an SQL NULL is a NULL pointer. Never NULL itself. */
struct rows {
    int count;
    int columns;
    const char *const *names;
    const char **cells; /* count * columns */
};

/* The cell of a named column; the column must exist (assert). NULL for SQL NULL. */
const char *cell(const struct rows *rows, int row, const char *column);
/* The same as a number; SQL NULL and text that is no number give 0. */
int64_t cell_int(const struct rows *rows, int row, const char *column);
/* -1 when there is no such column. */
int rows_column(const struct rows *rows, const char *column);

/* Rows made by hand, for a page that shows what is in no table. columns: NULL-terminated literals. */
struct rows_maker {
    struct arena *arena;
    struct rows rows;
    size_t capacity;
};
void rows_start(struct rows_maker *m, struct arena *a, const char *const *columns);
/* One text per column, borrowed (arena or literal). */
void rows_add(struct rows_maker *m, const char *const *cells);

/* ---- named queries: what the generated functions are made of ---- */

/*
 * x_queries.sql holds queries as
 *     -- sql_idea_list(reader int, word text, parent ref): rows
 *     -- a comment, optional
 *     SELECT ...;
 * Parameter types: int (int64_t), text (const char *, NULL is SQL NULL), ref (int64_t, 0 is SQL NULL).
 * Results: rows (struct rows *), int (first cell of the first row, 0 when none), text (the same as
 *   text, NULL when none), changes (int64_t, rows changed), each (streamed: the function takes
 *   `enum err (*row)(struct ctx *, const struct rows *one, void *arg), void *arg`).
 * Every function takes `struct ctx *c` first, needs c->db, and does nothing when c->err is set.
 * A unique or foreign-key violation is CONFLICT, everything else that fails is BROKEN.
 * The one row that an `each` gets lives only during the call; the receiver may ask other queries.
 */
enum query_result { QUERY_ROWS, QUERY_INT, QUERY_TEXT, QUERY_CHANGES, QUERY_EACH };

struct query {
    const char *name;
    const char *sql;        /* one text for both databases; parameters are $1, $2 … in order */
    const char *parameters; /* one letter each: i int, t text, r ref */
    enum query_result result;
    int id;                 /* dense over the program, from 0: index of the prepared statement */
    bool writes;            /* not a SELECT: refused in a read transaction */
};

union query_value {
    int64_t number;
    const char *text;
};

struct rows *query_rows(struct ctx *c, const struct query *q, const union query_value *values);
int64_t query_int(struct ctx *c, const struct query *q, const union query_value *values);
const char *query_text(struct ctx *c, const struct query *q, const union query_value *values);
int64_t query_changes(struct ctx *c, const struct query *q, const union query_value *values);
enum err query_each(struct ctx *c, const struct query *q, const union query_value *values,
                    enum err (*row)(struct ctx *, const struct rows *one, void *arg), void *arg);

/* Generated: every named query of the program, query_list[i]->id == i, query_list_count of them. */
extern const struct query *const query_list[];
extern const int query_list_count;
/* By name; NULL when there is none. */
const struct query *query_find(const char *name);

/* ---- opening ---- */

/* A module's tables: text of x_schema.sql, cut at lines "-- step N: what". {id} and {blob} are replaced. */
struct db_schema {
    const char *module;
    const char *steps;
};

struct db_options {
    int readers; /* threads for what db_submit_read takes; 0: one per core */
    int writers; /* PostgreSQL only: threads (and connections) for writes; 0: 8 */
};

/*
 * url: "sqlite:PATH", "sqlite::memory:" is not allowed; "postgresql://…" (several hosts allowed).
 * NULL on failure: *why is a Vietnamese sentence (arena text), the detail is in the log.
 * schemas: end with { 0 }; missing steps are run, each in one transaction with its record.
 */
struct db *db_open(struct arena *a, const char *url, const struct db_schema *schemas, const struct db_options *options,
                   const char **why);
/* Waits for queued work, then closes. */
void db_close(struct db *db);
bool db_is_sqlite(const struct db *db);
/* Names of the result's columns, NULL-terminated arena array; NULL with a log line when it cannot be prepared. */
const char *const *db_columns(struct arena *a, struct db *db, const struct query *q);

/* ---- transactions ---- */

/*
 * One unit of work. run() is called with c->db open; what it wrote is committed only when it
 * returns OK and c->err is OK. done() is called after the commit is on disk (or has failed, c->err
 * says so), on a database thread: it must be short and must not call db_read or db_write.
 * The work, ctx and arg are the caller's and must live until done() is called.
 */
struct db_work {
    struct ctx *c;
    enum err (*run)(struct ctx *c, void *arg);
    void (*done)(struct db_work *work);
    void *arg;
    struct db_work *next; /* the platform's */
};

/*
 * Writes: on SQLite one lane that commits together whatever queued while the last commit ran,
 * each work in its savepoint; on PostgreSQL a pool of connections, each work a transaction. Order is
 * first come first served on SQLite, free on PostgreSQL. False: too much waits already, done() is not called.
 * run() is called at most once: what is lost with a connection or a full disk is told as BROKEN, never
 * tried anew. Hence no table may have a DEFERRABLE constraint: it would fail the commit of others too.
 */
bool db_submit_write(struct db *db, struct db_work *work);
/* A read-only transaction on a reader thread. False as above. */
bool db_submit_read(struct db *db, struct db_work *work);

/*
 * The same, waiting for the end; for commands, jobs, tests and slow parts of requests. c->err is the outcome. db_read has
 * threads of its own, at least four and at least one per core, so what it does may take seconds without holding up
 * what was given to db_submit_read.
 */
enum err db_write(struct db *db, struct ctx *c, enum err (*run)(struct ctx *, void *), void *arg);
enum err db_read(struct db *db, struct ctx *c, enum err (*run)(struct ctx *, void *), void *arg);

/* For tests: an open transaction that is rolled back by db_rollback, on the caller's thread. */
enum err db_begin_test(struct db *db, struct ctx *c);
void db_rollback_test(struct db *db, struct ctx *c);

/* True inside a write transaction: for what may be noted by the way, such as when a session was last used. */
bool db_can_write(const struct ctx *c);

/* Grows with every committed write transaction of this process; page caches compare it. */
uint64_t db_version(const struct db *db);

/*
 * After a transaction in which db_nudge() was called has committed, listen(arg) is called, on a
 * database thread: it must be short. At most one listener; NULL takes it away, and once db_listen
 * has returned, the old one is not called any more. The call may come once too often, never too rarely.
 */
void db_listen(struct db *db, void (*listen)(void *arg), void *arg);
void db_nudge(struct ctx *c);

/* failures: works that ended BROKEN. commits: of writes; several works may share one. */
struct db_figures {
    uint64_t commits, writes, reads, failures, waiting_writes, waiting_reads;
};
void db_figures(struct db *db, struct db_figures *figures);

/* True when the database answers a trivial query now. */
bool db_healthy(struct db *db);

/* ---- backup ---- */

/* A consistent copy while the program runs: SQLite by its backup API into a file; PostgreSQL through
 * pg_dump (custom format). c: for the error sentence. */
enum err db_backup(struct ctx *c, const char *url, const char *file);
/* Into an empty database only; CONFLICT when it is not empty. */
enum err db_restore(struct ctx *c, const char *url, const char *file);
