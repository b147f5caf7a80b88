/* JSON lines on stderr. Never a secret, never personal data. */
#pragma once
#include <stdarg.h>

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };
void log_set_level(enum log_level least);

enum { LOG_LINES_A_SECOND = 100 }; /* of warnings and errors: while a database is away each request has some */

/* One line {"at":…,"level":…,"event":"db.open","text":…}. event: dotted, lower case, fixed. */
void log_line(enum log_level level, const char *event, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
