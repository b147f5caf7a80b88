/* Unit tests: registered where they are written, run on each database in a transaction that is rolled back. */
#pragma once
#include "platform/base/ctx.h"
#include "platform/base/text.h"
#include "platform/db/db.h"
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum test_kind { TEST_ON_DATABASE, TEST_ALONE };
void test_register(const char *name, const char *file, enum test_kind kind, void (*run)(void));

#define TEST_OF(test_name, kind)                                                                                       \
    static void test_name(void);                                                                                       \
    __attribute__((constructor)) static void register_##test_name(void)                                               \
    {                                                                                                                  \
        test_register(#test_name, __FILE__, kind, test_name);                                                         \
    }                                                                                                                  \
    static void test_name(void)

/* Runs on SQLite and on PostgreSQL, inside a transaction over the fixture. */
#define TEST(test_name) TEST_OF(test_name, TEST_ON_DATABASE)
/* Needs no database, or opens its own: runs once. */
#define TEST_PLAIN(test_name) TEST_OF(test_name, TEST_ALONE)

void test_check(bool good, const char *what, const char *file, int line);
void test_check_int(int64_t got, int64_t wanted, const char *what, const char *file, int line);
void test_check_text(const char *got, const char *wanted, const char *what, const char *file, int line);
#define CHECK(condition) test_check((condition), #condition, __FILE__, __LINE__)
#define CHECK_INT(got, wanted) test_check_int((got), (wanted), #got, __FILE__, __LINE__)
#define CHECK_TEXT(got, wanted) test_check_text((got), (wanted), #got, __FILE__, __LINE__)

/* Moment that fresh contexts get; starts at 2026-03-20T09:00:00+07:00 in each test. */
extern int64_t test_now;
/* A fresh ctx of nobody; inside TEST it stands in the test's transaction. Freed by the harness. */
struct ctx *test_ctx(void);
/* A fresh ctx of the fixture's person with this login: quantri lanhdao daumoi khoa tram so. */
struct ctx *as(const char *login);
/* URL of a database of its own for this test, empty: sqlite in the test's folder. */
const char *test_sqlite_url(void);
/* The PostgreSQL server's URL without a database name's content: a fresh empty database; NULL when none runs. */
const char *test_postgres_url(void);
/* A folder that is removed after the test. */
const char *test_folder(void);
/* Whole file; path from the project's root or absolute. NULL when absent: the test calls test_skip. */
char *test_file(struct arena *a, const char *path, size_t *size);
void test_skip(const char *why) __attribute__((noreturn));
