/* One PostgreSQL connection, spoken to in pipelines: several commands, one round trip. */
#pragma once
#include "platform/db/db_internal.h"
#include <libpq-fe.h>

enum { POSTGRES_MOST_PARAMETERS = 64 };

struct postgres_session {
    struct db_session base; /* first, so that one is the other */
    PGconn *conn;           /* NULL: not connected */
    bool *prepared;         /* by query id, on this connection */
    bool pending_begin;     /* goes out together with the transaction's first query */
    bool open;              /* the server is in our transaction */
    int unread;             /* pipelines sent whose answers nobody waited for */
    /* The work whose COMMIT is one of those: its outcome is known when the answer is read. */
    struct db_work *committing;
    int committing_at; /* which of the unread ones, from 1 */
    bool committing_nudges;
};

/* Text of a query's values as libpq wants them. */
struct postgres_values {
    int count;
    Oid types[POSTGRES_MOST_PARAMETERS];
    const char *texts[POSTGRES_MOST_PARAMETERS];
    char numbers[POSTGRES_MOST_PARAMETERS][24];
};

/* What came back: the result of the command that was asked for, and the first error. Both may be NULL. */
struct postgres_answer {
    PGresult *result;
    PGresult *error;
    bool lost; /* the connection is gone or of no more use */
};

/* One pipeline: the plain commands before (NULL: none), the query or the plain command, one behind. */
struct postgres_send {
    const char *before;
    const char *plain; /* instead of a query */
    const struct query *query;
    const struct postgres_values *values;
    const char *after;
};

/* Connects when there is no connection. */
enum err postgres_connect(struct ctx *c, struct postgres_session *s);
void postgres_disconnect(struct postgres_session *s);
/* Sends, waits and collects; begins the transaction where that is pending, reconnecting once if need be. */
enum err postgres_ask(struct ctx *c, struct postgres_session *s, const struct postgres_send *send,
                      struct postgres_answer *answer);
/* Sends without waiting: the answer is read with the next question's. */
void postgres_tell(struct postgres_session *s, const char *plain);
/* Reads the answers nobody waited for. */
void postgres_drain(struct postgres_session *s);
/* The answer to s->committing's COMMIT is here, or will never come. */
void postgres_settle(struct postgres_session *s, const struct postgres_answer *answer);
void postgres_clear(struct postgres_answer *answer);
/* Several statements, outside the pipeline. */
enum err postgres_script(struct ctx *c, struct postgres_session *s, const char *sql);
/* Turns the answer's error into c->err. what: a query's name. */
enum err postgres_report(struct ctx *c, const struct postgres_answer *answer, const char *what);
