/* PostgreSQL: transactions and queries over pooled connections, each made when it is first needed. */
#include "platform/db/db_postgres.h"
#include "platform/base/log.h"
#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { TYPE_BOOL = 16, TYPE_INT8 = 20, TYPE_TEXT = 25, FETCH_ROWS = 200 }; /* type numbers of pg_type */

static struct postgres_session *of(struct db_session *s)
{
    return (struct postgres_session *)s;
}

static struct db_session *open_session(struct ctx *c, struct db *db, bool reads_only)
{
    (void)c;
    struct postgres_session *s = calloc(1, sizeof *s);
    if (s == NULL || (s->prepared = calloc((size_t)query_list_count + 1, sizeof *s->prepared)) == NULL)
        abort();
    s->base = (struct db_session){ .db = db, .reads_only = reads_only };
    return &s->base;
}

static void close_session(struct db_session *s)
{
    postgres_disconnect(of(s));
    free(of(s)->prepared);
    free(s);
}

/* ---- transactions ---- */

static enum err begin(struct ctx *c, struct db_session *base)
{
    struct postgres_session *s = of(base);
    assert(!s->open);
    s->pending_begin = true;
    return c->err;
}

static void rollback(struct db_session *base)
{
    struct postgres_session *s = of(base);
    s->pending_begin = false;
    if (s->open && s->conn != NULL)
        postgres_tell(s, "ROLLBACK");
    s->open = false;
}

/* Whether the transaction is on disk. Where the answer does not come, nobody knows, and we say so. */
static enum err judge_commit(struct ctx *c, const struct postgres_answer *answer)
{
    if (answer->lost)
        return fail(c, BROKEN, db_says_doubt, "commit in doubt: the connection was lost");
    if (answer->result == NULL)
        return postgres_report(c, answer, "commit");
    if (strcmp(PQcmdStatus(answer->result), "COMMIT") != 0) /* an earlier error was passed over */
        return fail(c, BROKEN, db_says_broken, "commit: the transaction had failed");
    return OK;
}

static enum err commit(struct ctx *c, struct db_session *base)
{
    struct postgres_session *s = of(base);
    if (!s->open || s->base.reads_only) {
        rollback(base);
        return c->err;
    }
    const struct postgres_send send = { .plain = "COMMIT" };
    struct postgres_answer answer;
    if (s->conn == NULL)
        fail(c, BROKEN, db_says_broken, "commit: the connection was lost before");
    else if (postgres_ask(c, s, &send, &answer) == OK) {
        judge_commit(c, &answer);
        postgres_clear(&answer);
    }
    s->open = false;
    return c->err;
}

static enum err script(struct ctx *c, struct db_session *s, const char *sql)
{
    return postgres_script(c, of(s), sql);
}

/* ---- queries ---- */

static void set_values(struct postgres_values *v, const struct query *q, const union query_value *values)
{
    v->count = (int)strlen(q->parameters);
    assert(v->count <= POSTGRES_MOST_PARAMETERS);
    for (int i = 0; i < v->count; i++) {
        char type = q->parameters[i];
        v->types[i] = type == 't' ? TYPE_TEXT : TYPE_INT8;
        if (values == NULL) /* only the types are wanted */
            continue;
        snprintf(v->numbers[i], sizeof v->numbers[i], "%" PRId64, type == 't' ? 0 : values[i].number);
        v->texts[i] = type == 't' ? values[i].text : type == 'r' && values[i].number == 0 ? NULL : v->numbers[i];
    }
}

static const char *const *names_of(struct arena *a, const PGresult *result)
{
    int count = PQnfields(result);
    const char **names = arena_array(a, (size_t)count + 1, sizeof *names);
    for (int i = 0; i < count; i++)
        names[i] = arena_copy(a, PQfname(result, i));
    return names;
}

static const char *cell_text(struct arena *a, const PGresult *result, int row, int column)
{
    if (PQgetisnull(result, row, column))
        return NULL;
    const char *text = PQgetvalue(result, row, column);
    if (PQftype(result, column) == TYPE_BOOL) /* a comparison is 1 or 0, as in SQLite */
        return text[0] == 't' ? "1" : "0";
    return arena_copy_n(a, text, (size_t)PQgetlength(result, row, column));
}

static void take_rows(struct arena *a, const PGresult *result, struct rows *rows)
{
    rows->columns = PQnfields(result);
    rows->count = PQntuples(result);
    rows->names = names_of(a, result);
    rows->cells = arena_array(a, (size_t)rows->count * (size_t)rows->columns, sizeof *rows->cells);
    for (int row = 0, at = 0; row < rows->count; row++)
        for (int column = 0; column < rows->columns; column++)
            rows->cells[at++] = cell_text(a, result, row, column);
}

static void take(struct ctx *c, const struct query *q, PGresult *result, struct db_result *out)
{
    if (q->result == QUERY_ROWS)
        take_rows(c->arena, result, out->rows);
    else if (q->result == QUERY_CHANGES)
        out->number = strtoll(PQcmdTuples(result), NULL, 10);
    else if (PQntuples(result) > 0 && PQnfields(result) > 0) {
        const char *text = cell_text(c->arena, result, 0, 0);
        if (q->result == QUERY_TEXT)
            out->text = text;
        else if (text != NULL)
            out->number = strtoll(text, NULL, 10);
    }
}

/* In a test a failed query must leave the transaction usable, as SQLite does. */
static void run_whole(struct ctx *c, struct postgres_session *s, const struct query *q, const struct postgres_values *v,
                      struct db_result *out)
{
    bool guarded = s->base.in_test && q->writes;
    const struct postgres_send send = {
        .before = guarded ? "SAVEPOINT query" : NULL, .query = q, .values = v, .after = guarded ? "RELEASE query" : NULL
    };
    struct postgres_answer answer;
    if (postgres_ask(c, s, &send, &answer) != OK)
        return;
    if (answer.error != NULL || answer.result == NULL)
        postgres_report(c, &answer, q->name);
    else
        take(c, q, answer.result, out);
    postgres_clear(&answer);
    if (guarded && c->err != OK && s->conn != NULL)
        postgres_tell(s, "ROLLBACK TO query");
}

static void give_rows(struct ctx *c, const PGresult *result, struct db_result *out)
{
    struct arena *a = arena_new(CTX_ARENA_CAP);
    struct rows all = { 0 };
    take_rows(a, result, &all);
    for (int i = 0; i < all.count && c->err == OK; i++) {
        struct rows one = { 1, all.columns, all.names, all.cells + (size_t)i * (size_t)all.columns };
        enum err err = out->row(c, &one, out->arg);
        if (err != OK)
            fail(c, err, db_says_broken, "a row was refused with error %d and no reason", (int)err);
    }
    arena_free(a);
}

/* Through a cursor, so that the rows' receiver may ask queries of its own in between. */
static void run_each(struct ctx *c, struct postgres_session *s, const struct query *q, const struct postgres_values *v,
                     struct db_result *out)
{
    unsigned number = s->base.cursors++;
    struct query declare = { .name = q->name, .id = -1, .parameters = q->parameters };
    declare.sql = arena_printf(c->arena, "DECLARE each%u NO SCROLL CURSOR FOR %s", number, q->sql);
    const char *fetch = arena_printf(c->arena, "FETCH %d FROM each%u", FETCH_ROWS, number);
    const struct postgres_send first = { .query = &declare, .values = v };
    const struct postgres_send next = { .plain = fetch };
    int count = FETCH_ROWS;
    for (bool declared = false; c->err == OK && (!declared || count == FETCH_ROWS);) {
        struct postgres_answer answer;
        if (postgres_ask(c, s, declared ? &next : &first, &answer) != OK)
            break;
        if (answer.error != NULL || answer.result == NULL)
            postgres_report(c, &answer, q->name);
        else if (declared) {
            count = PQntuples(answer.result);
            give_rows(c, answer.result, out);
        }
        declared = true;
        postgres_clear(&answer);
    }
    if (s->conn != NULL)
        postgres_tell(s, arena_printf(c->arena, "CLOSE each%u", number));
    s->base.cursors--;
}

static void run(struct ctx *c, struct db_session *base, const struct query *q, const union query_value *values,
                struct db_result *out)
{
    struct postgres_values v;
    set_values(&v, q, values);
    if (q->result == QUERY_EACH)
        run_each(c, of(base), q, &v, out);
    else
        run_whole(c, of(base), q, &v, out);
}

static PGresult *describe(struct postgres_session *s, const struct query *q)
{
    struct postgres_values v;
    set_values(&v, q, NULL);
    PQexitPipelineMode(s->conn);
    PGresult *result = PQprepare(s->conn, "", q->sql, v.count, v.types);
    if (PQresultStatus(result) == PGRES_COMMAND_OK) {
        PQclear(result);
        result = PQdescribePrepared(s->conn, "");
    }
    PQenterPipelineMode(s->conn);
    return result;
}

static const char *const *columns(struct ctx *c, struct db_session *base, const struct query *q)
{
    struct postgres_session *s = of(base);
    /* A question in a transaction first: it drains the connection, and mends it where it was lost. */
    struct postgres_answer answer;
    const struct postgres_send nothing = { 0 };
    begin(c, base);
    if (postgres_ask(c, s, &nothing, &answer) != OK || s->conn == NULL) {
        rollback(base);
        return NULL;
    }
    PGresult *result = describe(s, q);
    const char *const *names = NULL;
    if (PQresultStatus(result) == PGRES_COMMAND_OK)
        names = names_of(c->arena, result);
    else
        fail(c, BROKEN, db_says_broken, "%s", PQresultErrorMessage(result));
    PQclear(result);
    postgres_clear(&answer);
    rollback(base);
    return names;
}

/* ---- writes ---- */

void postgres_settle(struct postgres_session *s, const struct postgres_answer *answer)
{
    struct db_work *work = s->committing;
    bool nudged = s->base.nudged; /* by the work behind, if it has begun */
    s->committing = NULL;
    if (judge_commit(work->c, answer) == OK) {
        s->base.nudged = s->committing_nudges;
        db_committed(&s->base);
        s->base.nudged = nudged;
    } else {
        log_line(LOG_ERROR, "db.commit", "%s", work->c->detail);
    }
    db_work_done(s->base.db, work);
}

/* Sends the COMMIT; its outcome is told when the next work's first answer, or the lane's pause, brings it. */
static void commit_later(struct postgres_session *s, struct db_work *work)
{
    s->committing = work;
    s->committing_at = s->unread + 1;
    s->committing_nudges = s->base.nudged;
    s->base.nudged = false;
    s->open = false;
    postgres_tell(s, "COMMIT");
}

/* False: its COMMIT is under way, and so is its end. */
static bool serve_one(struct postgres_session *s, struct db_work *work)
{
    struct ctx *c = work->c;
    begin(c, &s->base);
    c->db = &s->base;
    db_work_run(work);
    c->db = NULL;
    if (c->err == OK && s->open && s->conn != NULL) {
        commit_later(s, work);
        return false;
    }
    if (c->err == OK && s->open)
        fail(c, BROKEN, db_says_broken, "commit: the connection was lost before");
    rollback(&s->base);
    return true;
}

/*
 * Each work is a transaction of its own. While the server brings one to its disk, the next one's
 * first query is on its way already: half the waiting, and no work can spoil another.
 */
static void serve_writes(struct db_session *base, struct db_work *list)
{
    struct postgres_session *s = of(base);
    for (struct db_work *w = list, *next; w != NULL; w = next) {
        next = w->next; /* the work may be gone after done() */
        atomic_fetch_add(&base->db->write_count, 1);
        if (serve_one(s, w))
            db_work_done(base->db, w);
        if (next == NULL && s->conn != NULL)
            postgres_drain(s);
    }
}

const struct db_engine db_postgres = {
    .open = open_session,
    .close = close_session,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .script = script,
    .run = run,
    .columns = columns,
    .serve_writes = serve_writes,
    .id = "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
    .blob = "BYTEA",
    /* The number is ours alone; the limits of ordinary queries are not for a migration. */
    .lock_schema = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock(6069)",
    .most_writes = 8,
};
