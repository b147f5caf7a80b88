/* A small HTTP client for tests: says exactly the bytes it is told. */
#pragma once
#include "platform/base/arena.h"
#include <stdbool.h>
#include <stddef.h>

struct http_answer {
    int status; /* 0: the connection ended without an answer */
    char *head; /* status line and headers */
    char *body;
    size_t size;
};

/* A connection to 127.0.0.1; the test fails when there is none. */
int http_connect(int port);
void http_send(int fd, const void *bytes, size_t size);
/* Reads one answer. without_body: to a HEAD. */
struct http_answer http_read(struct arena *a, int fd, bool without_body);
/* Value of a header; NULL when absent. */
const char *http_header(struct arena *a, const struct http_answer *answer, const char *name);
/* name=value of the cookie that the answer sets; NULL when it does not. */
const char *http_cookie(struct arena *a, const struct http_answer *answer, const char *name);

/* One request on a connection of its own. headers: whole lines, each ended by CR LF. */
struct http_answer http_get(struct arena *a, int port, const char *path, const char *headers);
struct http_answer http_post(struct arena *a, int port, const char *path, const char *headers, const char *body);
/* The bytes as they are. */
struct http_answer http_raw(struct arena *a, int port, const void *bytes, size_t size);
