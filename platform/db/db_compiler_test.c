/* Mistakes in a file of queries end the build with a sentence that names the place. */
#include "tests/test.h"
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* What the compiler says about a file of this text; "" when it is content. */
static const char *compile(const char *text)
{
    struct arena *a = test_ctx()->arena;
    const char *source = arena_printf(a, "%s/trial_queries.sql", test_folder());
    const char *said = arena_printf(a, "%s/said", test_folder());
    FILE *f = fopen(source, "w");
    fputs(text, f);
    fclose(f);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, said, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const char *const words[] = { "python3", "tools/query_compiler.py", test_folder(), source, NULL };
    pid_t child;
    int status = 0;
    CHECK(posix_spawnp(&child, "python3", &files, NULL, (char *const *)(uintptr_t)words, environ) == 0);
    posix_spawn_file_actions_destroy(&files);
    CHECK(waitpid(child, &status, 0) == child);
    size_t size = 0;
    char *out = test_file(a, said, &size);
    CHECK(WIFEXITED(status) && (WEXITSTATUS(status) == 0) == (size == 0));
    return out;
}

static bool complains(const char *text, const char *place, const char *about)
{
    const char *said = compile(text);
    return strstr(said, place) != NULL && strstr(said, about) != NULL;
}

TEST_PLAIN(mistakes_in_queries_stop_the_build_at_their_line)
{
    if (access("tools/query_compiler.py", R_OK) != 0)
        test_skip("not run from the project's root");
    CHECK(complains("-- sql_a(x int): int\nSELECT :x + :y;\n", ".sql:1:", ":y is no parameter"));
    CHECK(complains("\n-- sql_a(x int, y text): int\nSELECT :x;\n", ".sql:2:", "y is not used"));
    CHECK(complains("-- sql_a(): int\nSELECT 1; SELECT 2;\n", ".sql:1:", "one statement"));
    CHECK(complains("-- sql_a(x number): int\nSELECT :x;\n", ".sql:1:", "x number"));
    CHECK(complains("-- sql_a(): many\nSELECT 1;\n", ".sql:1:", "many"));
    CHECK(complains("-- sql_a\nSELECT 1;\n", ".sql:1:", "first line"));
    CHECK(complains("SELECT 1;\n", ".sql:1:", "before the first"));
    CHECK(complains("-- sql_a(): int\nSELECT 1;\n-- sql_a(): int\nSELECT 2;\n", ".sql:3:", "sql_a"));
    CHECK(complains("-- sql_a(): each\nDELETE FROM a RETURNING id;\n", ".sql:1:", "each"));
    CHECK(complains("-- sql_a(): int\n", ".sql:1:", "no statement"));
}

TEST_PLAIN(parameters_are_numbered_and_kept_out_of_texts)
{
    if (access("tools/query_compiler.py", R_OK) != 0)
        test_skip("not run from the project's root");
    CHECK_TEXT(compile("-- sql_a(x int, y text): rows\n-- about :nothing; really\n"
                       "SELECT ':x;  --' AS a,\n  :y || CAST(:x AS text) FROM b WHERE c = :y;\n"
                       "-- sql_b(y text): changes\nWITH d AS (SELECT 1) UPDATE a SET b = :y;\n"),
               "");
    size_t size = 0;
    char *code =
        test_file(test_ctx()->arena, arena_printf(test_ctx()->arena, "%s/trial_queries.c", test_folder()), &size);
    CHECK(strstr(code, "\"SELECT ':x;  --' AS a, $1 || CAST($2 AS text) FROM b WHERE c = $1\"") != NULL);
    CHECK(strstr(code, "{ .text = y }, { .number = x }") != NULL);
    CHECK(strstr(code, "\"ti\", QUERY_ROWS, 0, false") != NULL);
    CHECK(strstr(code, "\"t\", QUERY_CHANGES, 1, true") != NULL);
}
