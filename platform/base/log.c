#include "platform/base/log.h"
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static const char *const level_names[] = { "debug", "info", "warn", "error" };
static _Atomic int lowest = LOG_INFO;

void log_set_level(enum log_level least)
{
    atomic_store(&lowest, (int)least);
}

/* JSON text of `from` into to; cut when it does not fit, never inside a UTF-8 letter. */
static void escape(char *to, size_t size, const char *from)
{
    static const char digits[] = "0123456789abcdef";
    size_t n = 0;
    for (; *from != '\0' && n + 12 < size; from++) {
        unsigned char byte = (unsigned char)*from;
        if (byte == '"' || byte == '\\') {
            to[n++] = '\\';
            to[n++] = (char)byte;
        } else if (byte < 0x20) {
            memcpy(to + n, "\\u00", 4);
            to[n + 4] = digits[byte >> 4];
            to[n + 5] = digits[byte & 15];
            n += 6;
        } else {
            to[n++] = (char)byte;
        }
    }
    while (*from != '\0' && n > 0 && ((unsigned char)*from & 0xC0) == 0x80) {
        from--;
        n--;
    }
    to[n] = '\0';
}

/* True when this second has room for a line. *left_out: lines of the seconds before that had none, told once. */
static bool has_room(int64_t second, int *left_out)
{
    static _Atomic int64_t current;
    static _Atomic int lines, lost;
    *left_out = 0;
    if (atomic_exchange(&current, second) != second) {
        atomic_store(&lines, 0);
        *left_out = atomic_exchange(&lost, 0);
    }
    bool room = atomic_fetch_add(&lines, 1) < LOG_LINES_A_SECOND;
    if (!room)
        atomic_fetch_add(&lost, 1);
    return room;
}

static void write_line(const struct timespec *now, enum log_level level, const char *event, const char *quoted)
{
    struct tm utc;
    char at[40];
    gmtime_r(&now->tv_sec, &utc);
    strftime(at, sizeof at, "%Y-%m-%dT%H:%M:%S", &utc);
    fprintf(stderr, "{\"at\":\"%s.%03ldZ\",\"level\":\"%s\",\"event\":\"%s\",\"text\":\"%s\"}\n", at,
            now->tv_nsec / 1000000, level_names[level], event, quoted);
}

void log_line(enum log_level level, const char *event, const char *format, ...)
{
    if ((int)level < atomic_load(&lowest))
        return;
    struct timespec now;
    int left_out = 0;
    clock_gettime(CLOCK_REALTIME, &now); /* a log tells real time, also where a test fixes the clock */
    if (level >= LOG_WARN && !has_room(now.tv_sec, &left_out))
        return;
    char text[2048];
    char quoted[4096];
    if (left_out > 0) {
        snprintf(text, sizeof text, "%d lines left out", left_out);
        write_line(&now, LOG_WARN, "log.full", text);
    }
    va_list values;
    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    escape(quoted, sizeof quoted, text);
    write_line(&now, level, event, quoted);
}
