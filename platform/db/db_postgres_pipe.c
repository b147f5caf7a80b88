/* The connection to PostgreSQL: finding the host that takes writes, pipelines, errors, reconnecting. */
#include "platform/base/log.h"
#include "platform/db/db_postgres.h"
#include <stdlib.h>
#include <string.h>

/* Longer than any page or roll-up may take; a stuck query must not hold a thread for ever. */
static const char limits[] =
    "-c statement_timeout=30000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000";

/* ---- connecting ---- */

struct connect_words {
    const char *names[64];
    const char *values[64];
    int count;
};

static void word(struct connect_words *w, const char *name, const char *value)
{
    for (int i = 0; i < w->count; i++)
        if (strcmp(w->names[i], name) == 0)
            return; /* the URL's own word wins */
    if (w->count < (int)(sizeof w->names / sizeof w->names[0]) - 1) {
        w->names[w->count] = name;
        w->values[w->count++] = value;
    }
}

static PGconn *connect_to(struct ctx *c, const char *url)
{
    char *why = NULL;
    PQconninfoOption *given = PQconninfoParse(url, &why);
    if (given == NULL) {
        PQfreemem(why); /* may hold the password */
        fail(c, BROKEN, "Địa chỉ cơ sở dữ liệu PostgreSQL viết chưa đúng. Xin xem lại cấu hình.", "malformed URL");
        return NULL;
    }
    struct connect_words w = { 0 };
    const char *options = limits;
    for (PQconninfoOption *o = given; o->keyword != NULL; o++) {
        if (o->val == NULL)
            continue;
        if (strcmp(o->keyword, "options") == 0)
            options = arena_printf(c->arena, "%s %s", limits, o->val);
        else
            word(&w, o->keyword, o->val);
    }
    word(&w, "options", options);
    word(&w, "target_session_attrs", "read-write"); /* of several hosts the one that is primary now */
    word(&w, "connect_timeout", "2");
    word(&w, "tcp_user_timeout", "3000");
    word(&w, "client_encoding", "UTF8");
    word(&w, "application_name", "sauro");
    PGconn *conn = PQconnectdbParams(w.names, w.values, 0);
    PQconninfoFree(given);
    return conn;
}

static void no_notice(void *arg, const PGresult *result)
{
    (void)arg, (void)result;
}

enum err postgres_connect(struct ctx *c, struct postgres_session *s)
{
    if (s->conn != NULL)
        return OK;
    PGconn *conn = connect_to(c, s->base.db->url);
    if (conn == NULL)
        return c->err;
    if (PQstatus(conn) != CONNECTION_OK || !PQenterPipelineMode(conn)) {
        fail(c, BROKEN, "Máy chủ dữ liệu chưa trả lời. Xin thử lại sau ít phút.", "connect: %s", PQerrorMessage(conn));
        PQfinish(conn);
        return c->err;
    }
    PQsetNoticeReceiver(conn, no_notice, NULL);
    s->conn = conn;
    memset(s->prepared, 0, (size_t)query_list_count * sizeof *s->prepared);
    return OK;
}

void postgres_disconnect(struct postgres_session *s)
{
    PQfinish(s->conn);
    s->conn = NULL;
    s->open = false;
    s->unread = 0;
    if (s->committing != NULL)
        postgres_settle(s, &(struct postgres_answer){ .lost = true });
}

/* ---- errors ---- */

static const char *state_of(const PGresult *error)
{
    const char *state = error == NULL ? NULL : PQresultErrorField(error, PG_DIAG_SQLSTATE);
    return state == NULL ? "" : state;
}

/* A server that goes down, or is no longer the one that takes writes: another connection may do. */
static bool wants_other_connection(const char *state, bool reads_only)
{
    static const char *const states[] = { "57P01", "57P02", "57P03", "25006", "0A000" };
    if (reads_only && strcmp(state, "25006") == 0) /* its own transaction refused a write */
        return false;
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        if (strcmp(state, states[i]) == 0)
            return true;
    return strncmp(state, "08", 2) == 0;
}

static bool is_conflict(const char *state)
{
    static const char *const states[] = { "23505", "23503", "40001", "40P01" };
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        if (strcmp(state, states[i]) == 0)
            return true;
    return false;
}

/* The server's wording, where it cannot hold what a person typed. */
static const char *wording(const PGresult *error, const char *state)
{
    const char *name = PQresultErrorField(error, PG_DIAG_CONSTRAINT_NAME);
    if (name != NULL)
        return name;
    const char *text = PQresultErrorField(error, PG_DIAG_MESSAGE_PRIMARY);
    return text == NULL || strncmp(state, "22", 2) == 0 ? "" : text;
}

enum err postgres_report(struct ctx *c, const struct postgres_answer *answer, const char *what)
{
    const char *state = state_of(answer->error);
    if (answer->error == NULL || state[0] == '\0')
        return fail(c, BROKEN, db_says_broken, "%s: the connection was lost", what);
    if (is_conflict(state))
        return fail(c, CONFLICT, db_says_conflict, "%s: %s %s", what, state, wording(answer->error, state));
    bool full = strcmp(state, "53100") == 0;
    return fail(c, BROKEN, full ? db_says_full : db_says_broken, "%s: %s %s", what, state,
                wording(answer->error, state));
}

/* ---- pipelines ---- */

void postgres_clear(struct postgres_answer *answer)
{
    PQclear(answer->result);
    PQclear(answer->error);
    *answer = (struct postgres_answer){ 0 };
}

/* Reads to the next end of a pipeline. take: which result, counted from 0, is wanted; -1: none. */
static void collect(struct postgres_session *s, int take, int prepare, const struct query *q,
                    struct postgres_answer *answer)
{
    for (int at = 0, silent = 0; silent < 2;) {
        PGresult *result = PQgetResult(s->conn);
        if (result == NULL) {
            silent++;
            at += silent == 1;
            continue;
        }
        silent = 0;
        ExecStatusType status = PQresultStatus(result);
        if (status == PGRES_PIPELINE_SYNC) {
            PQclear(result);
            return;
        }
        if (at == prepare && status == PGRES_COMMAND_OK)
            s->prepared[q->id] = true;
        if (status == PGRES_FATAL_ERROR && answer->error == NULL)
            answer->error = result;
        else if (at == take && answer->result == NULL && (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK))
            answer->result = result;
        else
            PQclear(result);
    }
    answer->lost = true; /* no end of the pipeline came */
}

void postgres_drain(struct postgres_session *s)
{
    int unread = s->unread;
    s->unread = 0;
    for (int i = 1; i <= unread; i++) {
        struct postgres_answer answer = { 0 };
        collect(s, 0, -1, NULL, &answer);
        if (s->committing != NULL && i == s->committing_at)
            postgres_settle(s, &answer);
        postgres_clear(&answer);
    }
}

static bool send_plain(struct postgres_session *s, const char *sql)
{
    return PQsendQueryParams(s->conn, sql, 0, NULL, NULL, NULL, NULL, 0);
}

static bool send_query(struct postgres_session *s, const struct query *q, const struct postgres_values *v, bool prepare)
{
    if (!db_query_is_listed(q))
        return PQsendQueryParams(s->conn, q->sql, v->count, v->types, v->texts, NULL, NULL, 0);
    char name[24];
    snprintf(name, sizeof name, "q%d", q->id);
    if (prepare && !PQsendPrepare(s->conn, name, q->sql, v->count, v->types))
        return false;
    return PQsendQueryPrepared(s->conn, name, v->count, v->texts, NULL, NULL, 0);
}

static void ask_once(struct postgres_session *s, const struct postgres_send *send, struct postgres_answer *answer)
{
    const char *begin = s->base.reads_only ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" : "BEGIN READ WRITE";
    int at = 0, prepare = -1;
    bool sent = true;
    if (s->pending_begin && (sent = send_plain(s, begin)))
        at++;
    if (sent && send->before != NULL && (sent = send_plain(s, send->before)))
        at++;
    if (send->query != NULL && db_query_is_listed(send->query) && !s->prepared[send->query->id])
        prepare = at++;
    if (sent && send->query != NULL)
        sent = send_query(s, send->query, send->values, prepare >= 0);
    else if (sent)
        sent = send->plain == NULL || send_plain(s, send->plain);
    if (sent && send->after != NULL)
        sent = send_plain(s, send->after);
    sent = sent && PQpipelineSync(s->conn);
    postgres_drain(s);
    if (!sent)
        answer->lost = true;
    else
        collect(s, at, prepare, send->query, answer);
    if (PQstatus(s->conn) != CONNECTION_OK || wants_other_connection(state_of(answer->error), s->base.reads_only))
        answer->lost = true;
}

enum err postgres_ask(struct ctx *c, struct postgres_session *s, const struct postgres_send *send,
                      struct postgres_answer *answer)
{
    bool first = s->pending_begin; /* nothing of this transaction was answered yet: it may start anew */
    *answer = (struct postgres_answer){ 0 };
    for (int attempt = 0; attempt < 2; attempt++) {
        if (s->conn == NULL && (!first || postgres_connect(c, s) != OK))
            return fail(c, BROKEN, db_says_broken, "the connection was lost in the transaction");
        ask_once(s, send, answer);
        if (!answer->lost)
            break;
        postgres_disconnect(s);
        if (!first || attempt == 1)
            return OK;
        log_line(LOG_WARN, "db.reconnect", "the connection was lost: %s", state_of(answer->error));
        postgres_clear(answer);
    }
    s->open = s->open || first;
    s->pending_begin = false;
    return OK;
}

void postgres_tell(struct postgres_session *s, const char *plain)
{
    if (send_plain(s, plain) && PQpipelineSync(s->conn))
        s->unread++;
    else
        postgres_disconnect(s);
}

enum err postgres_script(struct ctx *c, struct postgres_session *s, const char *sql)
{
    struct postgres_answer answer;
    const struct postgres_send nothing = { 0 };
    if (c->err != OK || (s->pending_begin && postgres_ask(c, s, &nothing, &answer) != OK))
        return c->err;
    if (s->conn == NULL)
        return fail(c, BROKEN, db_says_broken, "script: the connection was lost");
    postgres_drain(s);
    PQexitPipelineMode(s->conn);
    PGresult *result = PQexec(s->conn, sql);
    if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK) {
        struct postgres_answer failed = { .error = result };
        postgres_report(c, &failed, "script");
    }
    PQclear(result);
    PQenterPipelineMode(s->conn);
    return c->err;
}
