/* Running the reader on files nobody trusts: its model, its refusals, its crash, its delay. */
#include "platform/doc/doc_model.h"
#include "platform/doc/doc_process.h"
#include "tests/test.h"
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char *put_file(const char *name, const char *text)
{
    char *path = arena_printf(test_ctx()->arena, "%s/%s", test_folder(), name);
    FILE *f = fopen(path, "wb");
    fputs(text, f);
    fclose(f);
    chmod(path, 0700);
    return path;
}

/* A stand-in for the reader: a shell script. */
static struct ctx *run_script(const char *script, int milliseconds, size_t most)
{
    struct ctx *c = test_ctx();
    struct document *doc = NULL;
    const struct reader_run run = {
        .program = put_file("reader.sh", arena_printf(c->arena, "#!/bin/sh\n%s\n", script)),
        .path = put_file("plan.txt", "KẾ HOẠCH\n"),
        .milliseconds = milliseconds,
        .most = most,
    };
    CHECK_INT(doc_run_reader(c, &run, &doc), INVALID);
    CHECK(waitpid(-1, NULL, WNOHANG) == -1); /* no zombie */
    return c;
}

TEST_PLAIN(reader_that_crashes_hangs_or_floods_is_a_sentence)
{
    enum { PATIENT = 20000, MUCH = 1000000 };
    CHECK_TEXT(run_script("kill -SEGV $$", PATIENT, MUCH)->message, doc_says_broken);
    CHECK_TEXT(run_script("exit 9", PATIENT, MUCH)->message, doc_says_broken);
    CHECK_TEXT(run_script("echo '{\"blocks\":[{\"kind\":\"table\"'", PATIENT, MUCH)->message, doc_says_broken);
    CHECK_TEXT(run_script("echo '{\"blocks\":[],\"images_only\":true}'", PATIENT, MUCH)->message, doc_says_images);
    CHECK_TEXT(run_script("echo '{\"error\":\"Một câu.\"}'; exit 2", PATIENT, MUCH)->message, "Một câu.");
    CHECK_TEXT(run_script("exec cat /dev/zero", PATIENT, MUCH)->message, doc_says_huge);
    CHECK(strstr(run_script("while :; do :; done", 50, MUCH)->message, "quá phức tạp") != NULL);
    CHECK(strstr(run_script("exec sleep 60 >&-", 50, MUCH)->message, "quá phức tạp") != NULL);
}

/* The true reader, where it was built beside the tests. */
static const char *reader(void)
{
    char path[1024];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 20);
    while (length > 0 && path[length - 1] != '/')
        length--;
    char *program = arena_printf(test_ctx()->arena, "%.*ssauro-reader", (int)length, path);
    if (access(program, X_OK) != 0)
        test_skip("sauro-reader is not built here");
    return program;
}

TEST_PLAIN(reader_gives_the_model_of_a_file)
{
    reader();
    struct ctx *c = test_ctx();
    struct document *doc = NULL;
    CHECK_INT(doc_read_file(c, put_file("plan.pdf", "KẾ HOẠCH\n\n1. Mục đích\n"), &doc), OK); /* by content, not by name */
    CHECK_INT(doc->count, 2);
    CHECK_TEXT(doc->blocks[1].text, "1. Mục đích");
    CHECK_TEXT(doc->format, "text");
}

TEST_PLAIN(reader_refuses_with_the_sentence_of_the_cause)
{
    reader();
    static const struct {
        const char *text, *word;
    } files[] = { { "", "không có chữ" }, { "GIF89a\x01", "ảnh chụp" }, { "Ke \xD5 hoach", "Unicode" } };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct ctx *c = test_ctx();
        struct document *doc = NULL;
        CHECK_INT(doc_read_file(c, put_file("x", files[i].text), &doc), INVALID);
        CHECK(strstr(c->message, files[i].word) != NULL);
    }
    struct document *doc = NULL;
    CHECK_INT(doc_read_file(test_ctx(), "/no/such/file", &doc), INVALID);
    CHECK_INT(doc_read_file(test_ctx(), test_folder(), &doc), INVALID);
}

TEST_PLAIN(reader_leaves_pictures_to_be_recognised)
{
    reader();
    struct ctx *c = test_ctx();
    struct document *doc = NULL;
    CHECK_INT(doc_read_file(c, put_file("photo", "\xFF\xD8\xFF\xE0JFIF"), &doc), OK);
    CHECK_TEXT(doc->format, "picture");
    CHECK(doc->images_only && doc_needs_scan(doc));
    CHECK_INT(doc->page_count, 1);
}

TEST_PLAIN(reader_is_shut_in_its_sandbox)
{
    char *command = arena_printf(test_ctx()->arena, "%s", reader());
    pid_t pid = fork();
    if (pid == 0) {
        execl(command, "sauro-reader", "--check", (char *)NULL);
        _exit(127);
    }
    int status = 0;
    CHECK(waitpid(pid, &status, 0) == pid);
    CHECK(WIFEXITED(status));
    CHECK_INT(WEXITSTATUS(status), 0);
}

static void *read_many(void *path)
{
    for (int i = 0; i < 5; i++) {
        struct ctx c;
        ctx_open(&c, 0);
        struct document *doc = NULL;
        enum err err = doc_read_file(&c, path, &doc);
        ctx_close(&c);
        if (err != OK)
            return path;
    }
    return NULL;
}

TEST_PLAIN(reader_runs_from_several_threads)
{
    reader();
    char *path = put_file("many.txt", "Một dòng\n");
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, read_many, path);
    for (int i = 0; i < 4; i++) {
        void *failed = NULL;
        pthread_join(threads[i], &failed);
        CHECK(failed == NULL);
    }
}
