/* What the two sandboxed programs, sauro-reader and sauro-scan, share: input, output, refusals, the sandbox's check. */
#include "platform/doc/reader_parts.h"
#include "platform/doc/doc_model.h"
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

char *helper_input(size_t *size)
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

bool helper_output(const void *bytes, size_t size)
{
    const char *text = bytes;
    for (size_t left = size; left > 0;) {
        ssize_t sent = write(STDOUT_FILENO, text, left);
        if (sent < 0 && errno != EINTR)
            return false;
        text += sent > 0 ? sent : 0;
        left -= sent > 0 ? (size_t)sent : 0;
    }
    return true;
}

int helper_refuse(struct ctx *c)
{
    json_t *why = json_pack("{s:s, s:s}", "error", c->message, "detail", c->detail == NULL ? "" : c->detail);
    char *text = why == NULL ? NULL : json_dumps(why, JSON_COMPACT);
    json_decref(why);
    if (text != NULL)
        helper_output(text, strlen(text));
    free(text);
    return READER_REFUSED;
}

int helper_check(const char *name)
{
    char *const words[] = { "sh", NULL };
    const char *got = NULL;
    if (socket(AF_INET, SOCK_STREAM, 0) >= 0 || socket(AF_UNIX, SOCK_STREAM, 0) >= 0)
        got = "a socket";
    else if (open("/etc/passwd", O_RDONLY) >= 0)
        got = "a file of the system";
    else if (open("/tmp/sauro-check", O_WRONLY | O_CREAT, 0600) >= 0)
        got = "a new file";
    else if (kill(getppid(), 0) == 0 || syscall(SYS_tgkill, getppid(), getppid(), 0) == 0 ||
             fcntl(STDIN_FILENO, F_SETOWN, getppid()) == 0)
        got = "its parent";
    else if (fork() >= 0)
        got = "a child";
    else if (execv("/bin/sh", words) == 0)
        got = "a shell";
    if (got != NULL)
        fprintf(stderr, "%s: the sandbox lets through %s\n", name, got);
    return got == NULL ? READER_GOOD : READER_NO_SANDBOX;
}

int helper_model(struct ctx *c, const struct document *doc)
{
    char *json = c->err == OK ? doc_to_json(c->arena, doc) : NULL;
    if (c->err == OK && json == NULL)
        fail(c, INVALID, doc_says_huge, "out of memory for the model");
    if (c->err != OK)
        return helper_refuse(c);
    return helper_output(json, strlen(json)) ? READER_GOOD : READER_REFUSED;
}
