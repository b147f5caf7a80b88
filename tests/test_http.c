#include "tests/test_http.h"
#include "tests/test.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

int http_connect(int port)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    const struct timeval patience = { .tv_sec = 20 };
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    CHECK_INT(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

void http_send(int fd, const void *bytes, size_t size)
{
    for (const char *at = bytes; size > 0;) {
        ssize_t done = send(fd, at, size, MSG_NOSIGNAL);
        if (done <= 0)
            return; /* the server has answered and closed: what it said is still to be read */
        at += done;
        size -= (size_t)done;
    }
}

static bool more(int fd, struct buffer *b)
{
    char bytes[16384];
    ssize_t got = recv(fd, bytes, sizeof bytes, 0);
    if (got > 0)
        buffer_add_n(b, bytes, (size_t)got);
    return got > 0;
}

const char *http_header(struct arena *a, const struct http_answer *answer, const char *name)
{
    size_t length = strlen(name);
    for (const char *line = answer->head; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncasecmp(line, name, length) == 0 && line[length] == ':')
            return text_trim(a, arena_copy_n(a, line + length + 1, strcspn(line + length + 1, "\r\n")));
    }
    return NULL;
}

const char *http_cookie(struct arena *a, const struct http_answer *answer, const char *name)
{
    const char *start = arena_printf(a, "Set-Cookie: %s=", name);
    const char *at = answer->head == NULL ? NULL : strcasestr(answer->head, start);
    return at == NULL ? NULL : arena_copy_n(a, at + 12, strcspn(at + 12, ";"));
}

struct http_answer http_read(struct arena *a, int fd, bool without_body)
{
    struct http_answer answer = { 0 };
    struct buffer b = { .arena = a };
    const char *end = NULL;
    while (end == NULL) {
        if (!more(fd, &b))
            return answer;
        end = memmem(b.text, b.length, "\r\n\r\n", 4);
        if (end != NULL && text_starts(b.text, "HTTP/1.1 100")) {
            size_t skipped = (size_t)(end - b.text) + 4;
            memmove(b.text, b.text + skipped, b.length - skipped + 1);
            b.length -= skipped;
            end = memmem(b.text, b.length, "\r\n\r\n", 4);
        }
    }
    size_t head = (size_t)(end - b.text) + 4;
    answer.head = arena_copy_n(a, b.text, head);
    answer.status = atoi(answer.head + 9);
    const char *length = http_header(a, &answer, "Content-Length");
    size_t wanted = length == NULL || without_body || answer.status == 304 ? 0 : (size_t)strtoul(length, NULL, 10);
    while (b.length < head + wanted && more(fd, &b))
        ;
    answer.size = b.length - head;
    answer.body = arena_copy_n(a, b.text + head, answer.size);
    return answer;
}

struct http_answer http_raw(struct arena *a, int port, const void *bytes, size_t size)
{
    int fd = http_connect(port);
    http_send(fd, bytes, size);
    struct http_answer answer = http_read(a, fd, false);
    close(fd);
    return answer;
}

struct http_answer http_get(struct arena *a, int port, const char *path, const char *headers)
{
    const char *text = arena_printf(a, "GET %s HTTP/1.1\r\nHost: t\r\n%s\r\n", path, headers);
    return http_raw(a, port, text, strlen(text));
}

struct http_answer http_post(struct arena *a, int port, const char *path, const char *headers, const char *body)
{
    const char *type = strcasestr(headers, "Content-Type:") == NULL
                           ? "Content-Type: application/x-www-form-urlencoded\r\n" : "";
    const char *text = arena_printf(a, "POST %s HTTP/1.1\r\nHost: t\r\n%s%sContent-Length: %zu\r\n\r\n%s", path, type,
                                    headers, strlen(body), body);
    return http_raw(a, port, text, strlen(text));
}
