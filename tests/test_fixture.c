#include "tests/test_fixture.h"
#include "app/practice_people.h"
#include "modules/person/person.h"
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>

static enum err fill(struct ctx *c, void *arg)
{
    return practice_people(c, arg);
}

void fixture_fill(struct db *db)
{
    struct ctx c;
    ctx_open(&c, FIXTURE_NOW);
    char *hash = arena_copy(c.arena, password_hash(&c, FIXTURE_PASSWORD));
    if (db_write(db, &c, fill, hash) != OK) {
        fprintf(stderr, "the fixture cannot be written: %s (%s)\n", c.message, c.detail);
        exit(1);
    }
    ctx_close(&c);
}

void fixture_sign_in(struct ctx *c, const char *login)
{
    int64_t person = person_by_login(c, login);
    if (person == 0 || person_act_as(c, person) != OK) {
        fprintf(stderr, "the fixture has no person %s\n", login);
        exit(1);
    }
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
