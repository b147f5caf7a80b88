#include "tests/test_fixture.h"
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>

void fixture_fill(struct db *db)
{
    (void)db;
}

void fixture_sign_in(struct ctx *c, const char *login)
{
    (void)c;
    (void)login;
}

const char *fixture_fresh_postgres(struct arena *a, const char *server, int number)
{
    const char *name = arena_printf(a, "sauro_test_%d", number);
    PGconn *conn = PQconnectdb(arena_printf(a, server, "postgres"));
    PGresult *drop = PQexec(conn, arena_printf(a, "DROP DATABASE IF EXISTS %s WITH (FORCE)", name));
    PGresult *made = PQexec(conn, arena_printf(a, "CREATE DATABASE %s", name));
    if (PQresultStatus(made) != PGRES_COMMAND_OK) {
        fprintf(stderr, "%s: %s", name, PQerrorMessage(conn));
        exit(1);
    }
    PQclear(drop);
    PQclear(made);
    PQfinish(conn);
    return arena_printf(a, server, name);
}
