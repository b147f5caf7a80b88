/* Runs the registered tests with cmocka: the plain ones once, the others on each database of SAURO_TEST_DATABASES. */
#include "tests/test.h"
#include "app/app.h"
#include "tests/test_fixture.h"
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

enum { MOST_TESTS = 4000, MOST_CONTEXTS = 200 };

struct test {
    const char *name;
    const char *file;
    enum test_kind kind;
    void (*run)(void);
};

static struct test tests[MOST_TESTS];
static int test_count;
static struct ctx contexts[MOST_CONTEXTS];
static int context_count;
static struct db *database; /* of the group that runs */
static char folder[64];
static int fresh_databases;

int64_t test_now;

void test_register(const char *name, const char *file, enum test_kind kind, void (*run)(void))
{
    if (test_count == MOST_TESTS)
        abort();
    tests[test_count++] = (struct test){ name, file, kind, run };
}

void test_check(bool good, const char *what, const char *file, int line)
{
    _assert_true(good, what, file, line);
}

void test_check_int(int64_t got, int64_t wanted, const char *what, const char *file, int line)
{
    if (got != wanted)
        print_error("%s is %lld, not %lld\n", what, (long long)got, (long long)wanted);
    _assert_true(got == wanted, what, file, line);
}

void test_check_text(const char *got, const char *wanted, const char *what, const char *file, int line)
{
    bool same = got == NULL || wanted == NULL ? got == wanted : strcmp(got, wanted) == 0;
    if (!same)
        print_error("%s is\n  %s\nnot\n  %s\n", what, got == NULL ? "(NULL)" : got, wanted == NULL ? "(NULL)" : wanted);
    _assert_true(same, what, file, line);
}

struct ctx *test_ctx(void)
{
    if (context_count == MOST_CONTEXTS)
        abort();
    struct ctx *c = &contexts[context_count++];
    ctx_open(c, test_now);
    c->db = contexts[0].db;
    c->data_dir = test_folder();
    return c;
}

struct ctx *as(const char *login)
{
    struct ctx *c = test_ctx();
    fixture_sign_in(c, login);
    return c;
}

const char *test_folder(void)
{
    if (folder[0] == '\0') {
        snprintf(folder, sizeof folder, "/tmp/sauro-test-XXXXXX");
        if (mkdtemp(folder) == NULL)
            abort();
    }
    return folder;
}

const char *test_sqlite_url(void)
{
    return arena_printf(test_ctx()->arena, "sqlite:%s/own-%d.db", test_folder(), ++fresh_databases);
}

const char *test_postgres_url(void)
{
    const char *server = getenv("SAURO_TEST_POSTGRES"); /* postgresql://user@host:port/%s */
    if (server == NULL)
        return NULL;
    return fixture_fresh_postgres(test_ctx()->arena, server, ++fresh_databases);
}

char *test_file(struct arena *a, const char *path, size_t *size)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        return NULL;
    fseek(f, 0, SEEK_END);
    long length = ftell(f);
    rewind(f);
    char *bytes = arena_alloc(a, (size_t)length + 1);
    *size = fread(bytes, 1, (size_t)length, f);
    fclose(f);
    return bytes;
}

void test_skip(const char *why)
{
    print_message("# skipped: %s\n", why);
    skip();
    abort();
}

static int remove_one(const char *path, const struct stat *s, int kind, struct FTW *at)
{
    (void)s, (void)kind, (void)at;
    return remove(path);
}

static int set_up(void **state)
{
    const struct test *test = *state;
    test_now = FIXTURE_NOW;
    context_count = 0;
    struct ctx *first = test_ctx();
    if (test->kind == TEST_ON_DATABASE)
        return db_begin_test(database, first) == OK ? 0 : -1;
    return 0;
}

static int tear_down(void **state)
{
    const struct test *test = *state;
    if (test->kind == TEST_ON_DATABASE)
        db_rollback_test(database, &contexts[0]);
    while (context_count > 0)
        ctx_close(&contexts[--context_count]);
    if (folder[0] != '\0')
        nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    folder[0] = '\0';
    return 0;
}

static void run_one(void **state)
{
    const struct test *test = *state;
    test->run();
}

static int run_group(const char *name, enum test_kind kind, const char *only)
{
    static struct CMUnitTest list[MOST_TESTS];
    size_t count = 0;
    for (int i = 0; i < test_count; i++) {
        struct test *t = &tests[i];
        if (t->kind == kind && (only == NULL || strstr(t->name, only) != NULL || strstr(t->file, only) != NULL))
            list[count++] = (struct CMUnitTest){ t->name, run_one, set_up, tear_down, t };
    }
    return count == 0 ? 0 : _cmocka_run_group_tests(name, list, count, NULL, NULL);
}

static struct db *open_database(const char *url)
{
    struct arena *a = arena_new(CTX_ARENA_CAP);
    const char *why = NULL;
    struct db *db = db_open(a, url, app_schemas(a), NULL, &why);
    if (db == NULL) {
        fprintf(stderr, "%s: %s\n", url, why);
        exit(1);
    }
    fixture_fill(db);
    arena_free(a);
    return db;
}

/* sauro-tests [PART OF A NAME OR FILE]; SAURO_TEST_DATABASES: URLs of empty databases, separated by spaces. */
int main(int argc, char **argv)
{
    const char *only = argc > 1 ? argv[1] : NULL;
    int failed = run_group("plain", TEST_ALONE, only);
    const char *listed = getenv("SAURO_TEST_DATABASES");
    char *urls = strdup(listed == NULL ? "" : listed);
    char *rest = urls;
    for (char *url; (url = strsep(&rest, " ")) != NULL;) {
        if (*url == '\0')
            continue;
        database = open_database(url);
        failed += run_group(db_is_sqlite(database) ? "sqlite" : "postgresql", TEST_ON_DATABASE, only);
        db_close(database);
    }
    free(urls);
    return failed == 0 ? 0 : 1;
}
