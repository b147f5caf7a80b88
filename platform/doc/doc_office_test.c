/* Old and foreign office files through LibreOffice: what it makes, and what becomes of it when it misbehaves. */
#include "platform/doc/doc_model.h"
#include "platform/doc/doc_office.h"
#include "tests/test.h"
#include <dirent.h>
#include <fcntl.h>
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

static bool is_empty(const char *folder)
{
    int count = 0;
    DIR *dir = opendir(folder);
    for (const struct dirent *entry; dir != NULL && (entry = readdir(dir)) != NULL;)
        count += entry->d_name[0] != '.';
    closedir(dir);
    return count == 0;
}

/* A stand-in for sauro-office, a shell script; its words are FOLDER FROM TO SOFFICE. */
static struct ctx *run_script(const char *script, int milliseconds)
{
    struct ctx *c = test_ctx();
    char *temporary = arena_printf(c->arena, "%s/office", test_folder());
    mkdir(temporary, 0700);
    setenv("TMPDIR", temporary, 1);
    int input = open(put_file("old.doc", "old"), O_RDONLY | O_CLOEXEC);
    int made = -1;
    const struct office_run run = { .program = put_file("office.sh", arena_printf(c->arena, "#!/bin/sh\n%s\n", script)),
                                    .input = input, .from = "doc", .to = "docx", .milliseconds = milliseconds };
    if (office_convert(c, &run, &made) == OK) {
        char text[16] = { 0 };
        CHECK(read(made, text, sizeof text - 1) == 3);
        CHECK_TEXT(text, "old");
        close(made);
    }
    close(input);
    unsetenv("TMPDIR");
    CHECK(is_empty(temporary));
    CHECK(waitpid(-1, NULL, WNOHANG) == -1); /* no process is left */
    return c;
}

TEST_PLAIN(office_that_fails_hangs_or_tricks_is_a_sentence_and_leaves_nothing)
{
    enum { PATIENT = 20000 };
    CHECK_INT(run_script("test -f \"$1/profile/user/registrymodifications.xcu\" && cp \"$1/source.doc\" \"$1/source.docx\"", PATIENT)->err, OK);
    CHECK_INT(run_script("[ -e \"$1/x\" ] && exec cp \"$1/source.doc\" \"$1/source.docx\"; touch \"$1/x\"; exit 81", PATIENT)->err, OK);
    CHECK(strstr(run_script("exit 81", PATIENT)->message, "bị hỏng hoặc có mật khẩu") != NULL);
    CHECK(strstr(run_script("exit 0", PATIENT)->message, "bị hỏng hoặc có mật khẩu") != NULL);
    CHECK(strstr(run_script("kill -SEGV $$", PATIENT)->message, "bị hỏng hoặc có mật khẩu") != NULL);
    CHECK(strstr(run_script("ln -s /etc/passwd \"$1/source.docx\"", PATIENT)->message, "bị hỏng hoặc có mật khẩu") != NULL);
    CHECK(strstr(run_script("mkfifo \"$1/source.docx\"", PATIENT)->message, "bị hỏng hoặc có mật khẩu") != NULL);
    CHECK(strstr(run_script("truncate -s 80M \"$1/source.docx\"", PATIENT)->message, "quá lớn") != NULL);
    CHECK(strstr(run_script("mkdir -p \"$1/a/b\"; exec sleep 60", 100)->message, "quá phức tạp") != NULL);
}

/* The true programs, where they were built beside the tests and LibreOffice is installed. */
static const char *beside(const char *name)
{
    const char *program = helper_path(test_ctx(), "SAURO_NO_SUCH_SETTING", name);
    if (access(program, X_OK) != 0)
        test_skip("sauro-office is not built here");
    return program;
}

static const char rtf[] = "{\\rtf1\\ansi{\\fonttbl{\\f0 Times;}}\\f0\\pard\\qc\\b K\\u7870?HO\\u7840?CH\\b0\\par\\pard 1. Vi\\u7879?c\\par}";

TEST_PLAIN(office_file_is_refused_where_libreoffice_is_absent)
{
    beside("sauro-reader");
    struct ctx *c = test_ctx();
    struct document *doc = NULL;
    setenv("SAURO_SOFFICE", "/no/such/soffice", 1);
    CHECK_INT(doc_read_file(c, put_file("plan.rtf", rtf), &doc), INVALID);
    unsetenv("SAURO_SOFFICE");
    CHECK_TEXT(c->message, "Chưa đọc được tệp RTF (.rtf). Hãy mở bằng Word và lưu lại dạng .docx, rồi chọn tệp đó.");
}

TEST_PLAIN(office_file_is_read_through_libreoffice)
{
    beside("sauro-reader");
    beside("sauro-office");
    if (!office_ready())
        test_skip("LibreOffice is not installed");
    struct ctx *c = test_ctx();
    struct document *doc = NULL;
    CHECK_INT(doc_read_file(c, put_file("plan.rtf", rtf), &doc), OK);
    CHECK_INT(doc->count, 2);
    CHECK_TEXT(doc->blocks[0].text, "KẾHOẠCH");
    CHECK(doc->blocks[0].bold && doc->blocks[0].align == ALIGN_CENTER);
    CHECK_TEXT(doc->blocks[1].text, "1. Việc");
    CHECK_INT(doc_read_file(c, put_file("broken.rtf", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 x"), &doc), INVALID);
}

TEST_PLAIN(office_is_shut_in_its_sandbox)
{
    const char *program = beside("sauro-office");
    const char *folder = test_folder();
    pid_t pid = fork();
    if (pid == 0) {
        execl(program, "sauro-office", folder, "--check", (char *)NULL);
        _exit(127);
    }
    int status = 0;
    CHECK(waitpid(pid, &status, 0) == pid);
    CHECK(WIFEXITED(status));
    if (WEXITSTATUS(status) == READER_NO_SANDBOX && !office_ready())
        test_skip("the kernel has no Landlock");
    CHECK_INT(WEXITSTATUS(status), 0);
}
