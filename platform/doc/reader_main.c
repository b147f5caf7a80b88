/* sauro-reader: takes a document on its input, gives the model as JSON on its output, in a sandbox. */
#include "platform/doc/doc_model.h"
#include "platform/doc/reader_sandbox.h"
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The leak checker of sanitizer builds traces this process, which the sandbox forbids. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "detect_leaks=0";
}

/* At most one byte more than the bound, so that doc_read sees what is too large. */
static char *read_input(size_t *size)
{
    size_t capacity = 1024 * 1024;
    char *bytes = malloc(capacity);
    *size = 0;
    while (bytes != NULL && *size <= DOC_MOST_BYTES) {
        if (*size == capacity) {
            char *larger = realloc(bytes, capacity * 2);
            if (larger == NULL)
                break;
            bytes = larger;
            capacity *= 2;
        }
        ssize_t got = read(STDIN_FILENO, bytes + *size, capacity - *size);
        if (got == 0 || (got < 0 && errno != EINTR))
            break;
        *size += got > 0 ? (size_t)got : 0;
    }
    return bytes;
}

static bool write_output(const char *text)
{
    for (size_t left = strlen(text); left > 0;) {
        ssize_t sent = write(STDOUT_FILENO, text, left);
        if (sent < 0 && errno != EINTR)
            return false;
        text += sent > 0 ? sent : 0;
        left -= sent > 0 ? (size_t)sent : 0;
    }
    return true;
}

static int refuse(struct ctx *c)
{
    json_t *why = json_pack("{s:s, s:s}", "error", c->message, "detail", c->detail == NULL ? "" : c->detail);
    char *text = why == NULL ? NULL : json_dumps(why, JSON_COMPACT);
    json_decref(why);
    if (text != NULL)
        write_output(text);
    free(text);
    return READER_REFUSED;
}

/* sauro-reader --check: inside the sandbox, does what an attacker would. 0: nothing of it worked. */
static int check_sandbox(void)
{
    char *const words[] = { "sh", NULL };
    const char *got = NULL;
    if (socket(AF_INET, SOCK_STREAM, 0) >= 0 || socket(AF_UNIX, SOCK_STREAM, 0) >= 0)
        got = "a socket";
    else if (open("/etc/passwd", O_RDONLY) >= 0)
        got = "a file of the system";
    else if (open("/tmp/sauro-reader-check", O_WRONLY | O_CREAT, 0600) >= 0)
        got = "a new file";
    else if (kill(getppid(), 0) == 0 || syscall(SYS_tgkill, getppid(), getppid(), 0) == 0 ||
             fcntl(STDIN_FILENO, F_SETOWN, getppid()) == 0)
        got = "its parent";
    else if (fork() >= 0)
        got = "a child";
    else if (execv("/bin/sh", words) == 0)
        got = "a shell";
    if (got != NULL)
        fprintf(stderr, "sauro-reader: the sandbox lets through %s\n", got);
    return got == NULL ? READER_GOOD : READER_NO_SANDBOX;
}

int main(int argc, char **argv)
{
    if (!sandbox_enter()) {
        fputs("sauro-reader: no sandbox on this machine\n", stderr);
        return READER_NO_SANDBOX;
    }
    if (argc > 1 && strcmp(argv[1], "--check") == 0)
        return check_sandbox();
    size_t size = 0;
    char *bytes = read_input(&size);
    struct ctx c;
    ctx_open(&c, 0);
    struct document *doc = NULL;
    enum err err = bytes == NULL ? fail(&c, INVALID, doc_says_huge, "out of memory") : doc_read(&c, bytes, size, &doc);
    free(bytes);
    char *json = err == OK ? doc_to_json(c.arena, doc) : NULL;
    if (err == OK && json == NULL)
        err = fail(&c, INVALID, doc_says_huge, "out of memory for the model");
    int code = err == OK ? write_output(json) ? READER_GOOD : READER_REFUSED : refuse(&c);
    ctx_close(&c);
    return code;
}
