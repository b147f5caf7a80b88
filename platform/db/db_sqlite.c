/* SQLite: one connection per thread, and the write lane that commits many works together. */
#include "platform/base/log.h"
#include "platform/base/text.h"
#include "platform/db/db_internal.h"
#include <assert.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { BUSY_MS = 5000, MOST_WRITES = 512, EACH_ROWS = 200 };

struct sqlite_session {
    struct db_session base; /* first, so that one is the other */
    sqlite3 *db;
    sqlite3_stmt *begin, *commit, *rollback, *save, *release, *back;
    sqlite3_stmt **prepared; /* by query id */
};

static const char pragmas[] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                              "PRAGMA cache_size=-65536; PRAGMA mmap_size=1073741824; PRAGMA temp_store=MEMORY; "
                              "PRAGMA wal_autocheckpoint=4000; PRAGMA journal_size_limit=67108864";

static struct sqlite_session *of(struct db_session *s)
{
    return (struct sqlite_session *)s;
}

/* ---- errors ---- */

static enum err report(struct ctx *c, struct sqlite_session *s, const char *what)
{
    int code = sqlite3_extended_errcode(s->db);
    switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        return fail(c, CONFLICT, db_says_conflict, "%s: %s", what, sqlite3_errmsg(s->db));
    default:
        break;
    }
    bool full = (code & 0xFF) == SQLITE_FULL || (code & 0xFF) == SQLITE_IOERR;
    bool busy = (code & 0xFF) == SQLITE_BUSY;
    return fail(c, BROKEN,
                full   ? db_says_full
                : busy ? db_says_busy
                       : db_says_broken,
                "%s: %s (%d)", what, sqlite3_errmsg(s->db), code);
}

static enum err step_once(struct ctx *c, struct sqlite_session *s, sqlite3_stmt *statement)
{
    int code = sqlite3_step(statement);
    if (code != SQLITE_DONE && code != SQLITE_ROW)
        report(c, s, sqlite3_sql(statement));
    sqlite3_reset(statement);
    return c->err;
}

/* ---- opening ---- */

static sqlite3_stmt *prepare(struct sqlite_session *s, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
    return statement;
}

static void close_session(struct db_session *base)
{
    struct sqlite_session *s = of(base);
    sqlite3_stmt *own[] = { s->begin, s->commit, s->rollback, s->save, s->release, s->back };
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        sqlite3_finalize(own[i]);
    for (int i = 0; i < query_list_count; i++)
        sqlite3_finalize(s->prepared[i]);
    sqlite3_close(s->db);
    free(s->prepared);
    free(s);
}

/* Nobody asks SQLite how much memory it holds, and counting takes a lock of the whole process with every piece. */
static void count_no_memory(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/* A new file is for its owner only: it holds personal data. */
static bool open_file(struct sqlite_session *s, const char *path)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, count_no_memory);
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return false;
    close(file);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(path, &s->db, flags, NULL) != SQLITE_OK)
        return false;
    sqlite3_busy_timeout(s->db, BUSY_MS);
    /* SQLite does not wait by itself while another process turns the file's WAL on. */
    const struct timespec nap = { .tv_nsec = 20000000 };
    int code = sqlite3_exec(s->db, pragmas, NULL, NULL, NULL);
    for (int i = 0; i < BUSY_MS / 20 && (code & 0xFF) == SQLITE_BUSY; i++) {
        nanosleep(&nap, NULL);
        code = sqlite3_exec(s->db, pragmas, NULL, NULL, NULL);
    }
    return code == SQLITE_OK;
}

static struct db_session *open_session(struct ctx *c, struct db *db, bool reads_only)
{
    struct sqlite_session *s = calloc(1, sizeof *s);
    if (s == NULL || (s->prepared = calloc((size_t)query_list_count + 1, sizeof(sqlite3_stmt *))) == NULL)
        abort();
    s->base = (struct db_session){ .db = db, .reads_only = reads_only };
    if (!open_file(s, db_sqlite_path(db->url)) ||
        (reads_only && sqlite3_exec(s->db, "PRAGMA query_only=ON", NULL, NULL, NULL) != SQLITE_OK)) {
        fail(c, BROKEN, "Không mở được tệp cơ sở dữ liệu. Xin kiểm tra thư mục có tồn tại và được phép ghi.",
             "cannot open the database file: %s", s->db == NULL ? "no such folder or no right" : sqlite3_errmsg(s->db));
        close_session(&s->base);
        return NULL;
    }
    s->begin = prepare(s, reads_only ? "BEGIN" : "BEGIN IMMEDIATE");
    s->commit = prepare(s, "COMMIT");
    s->rollback = prepare(s, "ROLLBACK");
    s->save = prepare(s, "SAVEPOINT work");
    s->release = prepare(s, "RELEASE work");
    s->back = prepare(s, "ROLLBACK TO work");
    return &s->base;
}

/* ---- transactions ---- */

static bool is_open(const struct sqlite_session *s)
{
    return !sqlite3_get_autocommit(s->db);
}

static enum err begin(struct ctx *c, struct db_session *s)
{
    return step_once(c, of(s), of(s)->begin);
}

static void rollback(struct db_session *base)
{
    struct sqlite_session *s = of(base);
    if (!is_open(s)) /* a full disk has rolled back already */
        return;
    sqlite3_step(s->rollback);
    sqlite3_reset(s->rollback);
}

static enum err commit(struct ctx *c, struct db_session *s)
{
    if (step_once(c, of(s), of(s)->commit) != OK)
        rollback(s);
    return c->err;
}

static enum err script(struct ctx *c, struct db_session *s, const char *sql)
{
    if (c->err == OK && sqlite3_exec(of(s)->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        report(c, of(s), "script");
    return c->err;
}

/* ---- queries ---- */

/* The query's kept statement; one of its own where there is none, or where it is running further out. */
static sqlite3_stmt *statement_of(struct sqlite_session *s, const struct query *q)
{
    if (!db_query_is_listed(q))
        return prepare(s, q->sql);
    sqlite3_stmt **kept = &s->prepared[q->id];
    if (*kept == NULL)
        *kept = prepare(s, q->sql);
    return *kept != NULL && sqlite3_stmt_busy(*kept) ? prepare(s, q->sql) : *kept;
}

static void give_back(struct sqlite_session *s, const struct query *q, sqlite3_stmt *statement)
{
    if (db_query_is_listed(q) && s->prepared[q->id] == statement)
        sqlite3_reset(statement);
    else
        sqlite3_finalize(statement);
}

static void bind(sqlite3_stmt *statement, const struct query *q, const union query_value *values)
{
    for (int i = 0; q->parameters[i] != '\0'; i++) {
        bool null = q->parameters[i] == 'r' ? values[i].number == 0 : q->parameters[i] == 't' && values[i].text == NULL;
        if (null)
            sqlite3_bind_null(statement, i + 1);
        else if (q->parameters[i] == 't')
            sqlite3_bind_text(statement, i + 1, values[i].text, -1, SQLITE_STATIC);
        else
            sqlite3_bind_int64(statement, i + 1, values[i].number);
    }
}

static const char *const *names_of(struct arena *a, sqlite3_stmt *statement)
{
    int count = sqlite3_column_count(statement);
    const char **names = arena_array(a, (size_t)count + 1, sizeof *names);
    for (int i = 0; i < count; i++)
        names[i] = arena_copy(a, sqlite3_column_name(statement, i));
    return names;
}

static const char *cell_text(struct arena *a, sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return text == NULL ? NULL : arena_copy_n(a, text, (size_t)sqlite3_column_bytes(statement, column));
}

static void add_row(struct arena *a, struct rows *rows, size_t *capacity, sqlite3_stmt *statement)
{
    size_t used = (size_t)rows->count * (size_t)rows->columns;
    rows->cells = arena_grow(a, rows->cells, sizeof *rows->cells, capacity, used + (size_t)rows->columns);
    for (int i = 0; i < rows->columns; i++)
        rows->cells[used + (size_t)i] = cell_text(a, statement, i);
    rows->count++;
}

static int take_rows(struct ctx *c, sqlite3_stmt *statement, struct rows *rows)
{
    size_t capacity = 0;
    rows->columns = sqlite3_column_count(statement);
    rows->names = names_of(c->arena, statement);
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        add_row(c->arena, rows, &capacity, statement);
    return code;
}

/* One row at a time, in memory that is given back every EACH_ROWS rows. */
static int stream_rows(struct ctx *c, sqlite3_stmt *statement, struct db_result *out)
{
    struct arena *a = arena_new(CTX_ARENA_CAP);
    struct rows one = { .columns = sqlite3_column_count(statement), .names = names_of(c->arena, statement) };
    int code;
    for (int count = 1; (code = sqlite3_step(statement)) == SQLITE_ROW; count++) {
        size_t capacity = 0;
        one.count = 0;
        one.cells = NULL;
        add_row(a, &one, &capacity, statement);
        enum err err = out->row(c, &one, out->arg);
        if (err != OK || c->err != OK) {
            fail(c, err, db_says_broken, "a row was refused with error %d and no reason", (int)err);
            code = SQLITE_DONE;
            break;
        }
        if (count % EACH_ROWS == 0) {
            arena_free(a);
            a = arena_new(CTX_ARENA_CAP);
        }
    }
    arena_free(a);
    return code;
}

/* The first cell; further rows are stepped over, because a RETURNING statement acts by them. */
static int take_cell(struct ctx *c, sqlite3_stmt *statement, const struct query *q, struct db_result *out)
{
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW && q->result == QUERY_INT)
        out->number = sqlite3_column_int64(statement, 0);
    else if (code == SQLITE_ROW && q->result == QUERY_TEXT)
        out->text = cell_text(c->arena, statement, 0);
    while (code == SQLITE_ROW && q->writes)
        code = sqlite3_step(statement);
    return code == SQLITE_ROW ? SQLITE_DONE : code;
}

static void run(struct ctx *c, struct db_session *base, const struct query *q, const union query_value *values,
                struct db_result *out)
{
    struct sqlite_session *s = of(base);
    sqlite3_stmt *statement = statement_of(s, q);
    if (statement == NULL) {
        report(c, s, q->name);
        return;
    }
    bind(statement, q, values);
    int code;
    if (q->result == QUERY_ROWS)
        code = take_rows(c, statement, out->rows);
    else if (q->result == QUERY_EACH)
        code = stream_rows(c, statement, out);
    else
        code = take_cell(c, statement, q, out);
    if (code != SQLITE_DONE)
        report(c, s, q->name);
    else if (q->result == QUERY_CHANGES)
        out->number = sqlite3_changes64(s->db);
    give_back(s, q, statement);
}

static const char *const *columns(struct ctx *c, struct db_session *base, const struct query *q)
{
    struct sqlite_session *s = of(base);
    sqlite3_stmt *statement = prepare(s, q->sql);
    const char *const *names = NULL;
    if (statement == NULL)
        report(c, s, q->name);
    else
        names = names_of(c->arena, statement);
    sqlite3_finalize(statement);
    return names;
}

/* ---- the write lane ---- */

static enum err save(struct ctx *c, struct sqlite_session *s, sqlite3_stmt *statement)
{
    return step_once(c, s, statement);
}

/* Every work of the list up to `end` that believed itself done is told what became of it. */
static void lose(struct db_work *list, const struct db_work *end, const struct ctx *why)
{
    for (struct db_work *w = list; w != end; w = w->next)
        fail(w->c, BROKEN, why->message, "%s", why->detail);
}

/* One work in its savepoint: what it leaves behind on failure is nothing. */
static void serve_one(struct sqlite_session *s, struct db_work *work)
{
    struct ctx *c = work->c;
    if (c->err != OK || save(c, s, s->save) != OK)
        return;
    c->db = &s->base;
    enum err err = db_work_run(work);
    c->db = NULL;
    if (!is_open(s))
        return;
    struct ctx after = { .arena = c->arena };
    if (err != OK)
        save(&after, s, s->back);
    if (save(&after, s, s->release) != OK)
        fail(c, BROKEN, after.message, "%s", after.detail);
}

/*
 * All works of the list in as few transactions as possible, usually one. SQLite rolls the whole
 * transaction back when the disk is full: then the works before are lost too, and hear so; the
 * ones behind go on in a new transaction.
 */
static void serve_writes(struct db_session *base, struct db_work *list)
{
    struct sqlite_session *s = of(base);
    struct db *db = base->db;
    struct db_work *first = list;
    struct ctx outcome;
    ctx_open(&outcome, 0);
    for (struct db_work *w = list; w != NULL; w = w->next) {
        atomic_fetch_add(&db->write_count, 1);
        if (!is_open(s) && begin(&outcome, base) != OK) {
            lose(w, w->next, &outcome);
            ctx_forget(&outcome);
            first = w->next;
            continue;
        }
        serve_one(s, w);
        if (is_open(s))
            continue;
        fail(w->c, BROKEN, db_says_full, "the transaction was rolled back by the database");
        lose(first, w, w->c);
        first = w->next;
    }
    if (is_open(s) && commit(&outcome, base) != OK)
        lose(first, NULL, &outcome);
    else if (first != NULL)
        db_committed(base);
    if (outcome.err != OK)
        log_line(LOG_ERROR, "db.commit", "%s", outcome.detail);
    for (struct db_work *w = list, *next; w != NULL; w = next) {
        next = w->next; /* the work may be gone after done() */
        db_work_done(db, w);
    }
    ctx_close(&outcome);
}

const struct db_engine db_sqlite = {
    .open = open_session,
    .close = close_session,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .script = script,
    .run = run,
    .columns = columns,
    .serve_writes = serve_writes,
    .id = "INTEGER PRIMARY KEY",
    .blob = "BLOB",
    .lock_schema = NULL, /* BEGIN IMMEDIATE is the lock */
    .most_writes = MOST_WRITES,
};
