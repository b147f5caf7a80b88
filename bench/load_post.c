/*
 * Sends forms as fast as they are answered, over kept connections, each with a token of its own made with the
 * instance's key. Counts answers 303 that came whole after the first second; prints one line of JSON.
 */
#include "platform/base/clock.h"
#include "platform/web/web_internal.h"
#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CONNECTIONS = 64, LONGEST = 4096, TOKENS_PER_CONTEXT = 2000, MOST_TIMES = 4 << 20 };

struct line {
    int socket;
    size_t length, sent, received;
    uint64_t started;
    char request[LONGEST], answer[LONGEST];
};

struct load {
    const char *host, *session, *secret, *fields;
    char **paths; /* taken in turn */
    int path_count;
    uint64_t counted_from, end;
    int64_t now, good, other, all, number; /* all: also those of the first second */
    struct web web;                        /* only its key */
    struct ctx tokens;
    int token_count, poll;
    struct line lines[CONNECTIONS];
    uint32_t times[MOST_TIMES]; /* microseconds */
    char strange[80];
};

static void die(const char *what)
{
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    exit(1);
}

static const char *mint(struct load *load)
{
    if (load->token_count++ % TOKENS_PER_CONTEXT == 0) {
        if (load->token_count > 1)
            ctx_close(&load->tokens);
        ctx_open(&load->tokens, load->now);
    }
    struct request_data d = { .web = &load->web, .secret = load->secret };
    d.ctx.arena = load->tokens.arena;
    d.ctx.now = load->now;
    return token_make(&d);
}

/* The fields with each "@" as a number of their own. */
static size_t write_body(struct load *load, char *body, size_t room)
{
    size_t length = (size_t)snprintf(body, room, "%s=%s&", FORM_TOKEN_FIELD, mint(load));
    load->number++;
    for (const char *from = load->fields; *from != '\0' && length + 24 < room; from++) {
        if (*from == '@')
            length += (size_t)snprintf(body + length, room - length, "%" PRId64, load->number);
        else
            body[length++] = *from;
    }
    body[length] = '\0';
    return length;
}

static void begin(struct load *load, struct line *line)
{
    char body[LONGEST / 2];
    size_t size = write_body(load, body, sizeof body);
    line->length = (size_t)snprintf(
        line->request, LONGEST,
        "POST %s HTTP/1.1\r\nHost: %s\r\nCookie: phien=%s\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        "Content-Length: %zu\r\n\r\n%s",
        load->paths[load->number % load->path_count], load->host, load->session, size, body);
    line->sent = line->received = 0;
    line->started = figures_now();
}

static void push(struct line *line)
{
    while (line->sent < line->length) {
        ssize_t sent = send(line->socket, line->request + line->sent, line->length - line->sent, MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN && errno != EINTR)
            die("send");
        line->sent += sent > 0 ? (size_t)sent : 0;
    }
}

static bool whole(struct line *line)
{
    line->answer[line->received] = '\0';
    char *end = strstr(line->answer, "\r\n\r\n");
    char *length = strcasestr(line->answer, "\r\nContent-Length:");
    return end != NULL && length != NULL &&
           line->received >= (size_t)(end + 4 - line->answer) + strtoul(length + 17, NULL, 10);
}

static void count(struct load *load, const struct line *line, uint64_t now)
{
    load->all++;
    if (strncmp(line->answer, "HTTP/1.1 303", 12) != 0) {
        load->other++;
        snprintf(load->strange, sizeof load->strange, "%.12s", line->answer);
    } else if (line->started >= load->counted_from && load->good < MOST_TIMES) {
        load->times[load->good++] = (uint32_t)((now - line->started) / 1000);
    }
}

static void take(struct load *load, struct line *line)
{
    ssize_t got = recv(line->socket, line->answer + line->received, LONGEST - 1 - line->received, 0);
    if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
        die("the server closed a connection");
    line->received += got > 0 ? (size_t)got : 0;
    if (!whole(line)) {
        if (line->received == LONGEST - 1) {
            fprintf(stderr, "an answer longer than expected:\n%.200s\n", line->answer);
            exit(1);
        }
        return;
    }
    uint64_t now = figures_now();
    count(load, line, now);
    begin(load, line);
    push(line);
}

static void open_lines(struct load *load, int port)
{
    struct sockaddr_in to = { .sin_family = AF_INET,
                              .sin_port = htons((uint16_t)port),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    load->poll = epoll_create1(EPOLL_CLOEXEC);
    for (int i = 0; i < CONNECTIONS; i++) {
        struct line *line = &load->lines[i];
        line->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (line->socket < 0 || connect(line->socket, (struct sockaddr *)&to, sizeof to) != 0)
            die("connect");
        struct epoll_event event = { .events = EPOLLIN, .data.ptr = line };
        if (epoll_ctl(load->poll, EPOLL_CTL_ADD, line->socket, &event) != 0)
            die("epoll");
        begin(load, line);
        push(line);
    }
}

static int by_size(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

static void report(struct load *load, double seconds)
{
    size_t count = (size_t)load->good;
    qsort(load->times, count, sizeof load->times[0], by_size);
    printf("{\"per_second\": %.0f, \"p50\": %.2f, \"p95\": %.2f, \"all\": %" PRId64 ", \"other\": %" PRId64
           ", \"strange\": \"%s\"}\n",
           (double)count / seconds, count == 0 ? 0 : load->times[count / 2] / 1e3,
           count == 0 ? 0 : load->times[count * 95 / 100] / 1e3, load->all, load->other, load->strange);
}

int main(int argc, char **argv)
{
    static struct load load;
    if (argc < 8) {
        fputs("usage: bench-load-post PORT DATA_DIR SESSION SECRET SECONDS FIELDS PATH... (an @ in the fields "
              "becomes a number; SECRET is what person_identify binds forms to)\n",
              stderr);
        return 1;
    }
    int seconds = atoi(argv[5]);
    load.host = "127.0.0.1", load.session = argv[3], load.secret = argv[4], load.fields = argv[6];
    load.paths = argv + 7, load.path_count = argc - 7;
    load.now = clock_now(), load.number = (int64_t)getpid() * 10000000;
    const char *fixed = getenv("SAURO_NOW");
    if ((fixed != NULL && !moment_parse_iso(fixed, &load.now)) || sodium_init() < 0 ||
        !token_load_key(&load.web, argv[2]))
        die("the clock or the key");
    load.counted_from = figures_now() + 1000000000u;
    load.end = load.counted_from + (uint64_t)seconds * 1000000000u;
    open_lines(&load, atoi(argv[1]));
    struct epoll_event events[CONNECTIONS];
    while (figures_now() < load.end) {
        int ready = epoll_wait(load.poll, events, CONNECTIONS, 100);
        for (int i = 0; i < ready; i++)
            take(&load, events[i].data.ptr);
    }
    report(&load, seconds);
    return load.good > 0 && load.other == 0 ? 0 : 1;
}
