/* Days and moments in Viet Nam (UTC+7, no summer time). */
#pragma once
#include "platform/base/arena.h"
#include <stdbool.h>
#include <stdint.h>

/*
 * A day is an int64_t: days since 1970-01-01 (day 0 was a Thursday). A moment is Unix seconds, UTC.
 * In tables a day column holds such a number and is named ..._day; a moment column ..._at.
 */
int64_t day_of(int year, int month, int day);             /* the caller checks with day_valid */
bool day_valid(int year, int month, int day);
void day_split(int64_t when, int *year, int *month, int *day);
int day_weekday(int64_t when);                            /* 1 Monday .. 7 Sunday */
int64_t day_of_moment(int64_t moment);                    /* the day in Viet Nam */
int64_t day_start(int64_t when);                          /* moment of 00:00 in Viet Nam */
int day_year(int64_t when);
int64_t day_add_months(int64_t when, int months);         /* 31/1 + 1 month = 28 or 29/2 */

/* ISO "2026-09-22"; false when it is not a real day. */
bool day_parse_iso(const char *text, int64_t *when);
/* What people type: 22/9/2026, 22-9-2026, 22.9.2026, 2026-09-22. False when it is not a real day. */
bool day_parse(const char *text, int64_t *when);
char *day_iso(struct arena *a, int64_t when);             /* 2026-09-22 */
char *day_vi(struct arena *a, int64_t when);              /* 22/9/2026 */
/* As documents write it (NĐ 30/2020): zero before days 1-9 and months 1-2: "ngày 09 tháng 9 năm 2025". */
char *day_document(struct arena *a, int64_t when);
char *moment_vi(struct arena *a, int64_t moment);         /* 17:05, 22/9/2026 */
char *moment_iso(struct arena *a, int64_t moment);        /* 2026-09-22T17:05:00+07:00 */
/* ISO with offset or Z, as in SAURO_NOW; false when malformed. */
bool moment_parse_iso(const char *text, int64_t *moment);

/* The system's clock. Only main, the web server's and the job runner's start of an item may ask. */
int64_t clock_now(void);
/* Makes clock_now answer `moment` for the rest of the process (practice and tests). */
void clock_fix(int64_t moment);
