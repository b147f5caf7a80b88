#include "platform/db/db_trial.h"
#include <libpq-fe.h>

/* Ends other sessions of the database, as a fail-over or an administrator does. */
static void end_sessions(const char *url, const char *which)
{
    PGconn *conn = PQconnectdb(url);
    const char *words[] = { which };
    PGresult *result = PQexecParams(conn,
                                    "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity "
                                    "WHERE datname = current_database() AND application_name = $1",
                                    1, NULL, words, NULL, NULL, 0);
    PQclear(result);
    PQfinish(conn);
}

static struct db *open_postgres(const char **url)
{
    *url = test_postgres_url();
    if (*url == NULL)
        test_skip("no PostgreSQL server is told of in SAURO_TEST_POSTGRES");
    return trial_open(*url, trial_schemas, NULL);
}

TEST_PLAIN(idle_connections_that_died_are_replaced_unnoticed)
{
    const char *url;
    struct db *db = open_postgres(&url);
    char word[16];
    for (int round = 0, at = 0; round < 3; round++) {
        for (int i = 0; i < 8; i++, at++) {
            snprintf(word, sizeof word, "word %d", at);
            CHECK_INT(trial_add(db, word), OK);
            CHECK_INT(trial_rows(db), at + 1);
        }
        end_sessions(url, "sauro");
    }
    CHECK(db_healthy(db));
    db_close(db);
}

static const struct query end_self = { "end_self", "SELECT count(pg_terminate_backend(pg_backend_pid()))",
                                       "",         QUERY_INT,
                                       -1,         false };

static enum err die_midway(struct ctx *c, void *arg)
{
    query_int(c, &trial_insert, &(union query_value){ .text = arg });
    query_int(c, &end_self, NULL);
    query_int(c, &trial_insert, &(union query_value){ .text = "behind" });
    return c->err;
}

TEST_PLAIN(a_connection_that_dies_in_a_transaction_takes_the_whole_of_it)
{
    const char *url;
    struct db *db = open_postgres(&url);
    CHECK_INT(db_write(db, test_ctx(), die_midway, "half"), BROKEN);
    CHECK_INT(trial_rows(db), 0);
    CHECK_INT(trial_add(db, "half"), OK);
    CHECK_INT(trial_rows(db), 1);
    db_close(db);
}

static enum err die_before_commit(struct ctx *c, void *arg)
{
    query_int(c, &trial_insert, &(union query_value){ .text = "doubtful" });
    end_sessions(arg, "sauro");
    return c->err;
}

TEST_PLAIN(a_commit_without_an_answer_is_told_as_doubtful)
{
    const char *url;
    struct db *db = open_postgres(&url);
    struct ctx *c = test_ctx();
    CHECK_INT(db_write(db, c, die_before_commit, (void *)(uintptr_t)url), BROKEN);
    CHECK_TEXT(c->message, db_says_doubt);
    CHECK_INT(trial_add(db, "next"), OK);
    db_close(db);
}

static enum err pass_over(struct ctx *c, void *arg)
{
    query_int(c, &trial_insert, &(union query_value){ .text = arg });
    query_int(c, &trial_insert, &(union query_value){ .text = arg });
    ctx_forget(c);
    return OK;
}

TEST_PLAIN(a_failed_transaction_is_never_called_committed)
{
    const char *url;
    struct db *db = open_postgres(&url);
    CHECK_INT(db_write(db, test_ctx(), pass_over, "twice"), BROKEN);
    CHECK_INT(trial_rows(db), 0);
    db_close(db);
}
