#include "platform/base/clock.h"
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { DAY_SECONDS = 86400, VIETNAM_OFFSET = 7 * 3600 };

/* Days from a civil date and back, after Howard Hinnant's public algorithms. */
int64_t day_of(int year, int month, int day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t of_era = y - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void day_split(int64_t when, int *year, int *month, int *day)
{
    int64_t z = when + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t of_era = z - era * 146097;
    int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
    int64_t mp = (5 * of_year + 2) / 153;
    *day = (int)(of_year - (153 * mp + 2) / 5 + 1);
    *month = (int)(mp < 10 ? mp + 3 : mp - 9);
    *year = (int)(y + era * 400 + (*month <= 2));
}

bool day_valid(int year, int month, int day)
{
    if (year < 1900 || year > 2999 || month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    int y, m, d;
    day_split(day_of(year, month, day), &y, &m, &d);
    return m == month && d == day;
}

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

int day_weekday(int64_t when)
{
    return (int)(((when + 3) % 7 + 7) % 7) + 1;
}

int64_t day_of_moment(int64_t moment)
{
    return floor_divide(moment + VIETNAM_OFFSET, DAY_SECONDS);
}

int64_t day_start(int64_t when)
{
    return when * DAY_SECONDS - VIETNAM_OFFSET;
}

int day_year(int64_t when)
{
    int year, month, day;
    day_split(when, &year, &month, &day);
    return year;
}

int64_t day_add_months(int64_t when, int months)
{
    int year, month, day;
    day_split(when, &year, &month, &day);
    int64_t total = (int64_t)year * 12 + month - 1 + months;
    year = (int)floor_divide(total, 12);
    month = (int)(total - (int64_t)year * 12) + 1;
    while (!day_valid(year, month, day) && day > 28)
        day--;
    return day_of(year, month, day);
}

static bool day_from(int year, int month, int day, int64_t *when)
{
    if (!day_valid(year, month, day))
        return false;
    *when = day_of(year, month, day);
    return true;
}

bool day_parse_iso(const char *text, int64_t *when)
{
    int year, month, day, end = 0;
    return text != NULL && sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &end) == 3 && text[end] == '\0' &&
           day_from(year, month, day, when);
}

bool day_parse(const char *text, int64_t *when)
{
    if (text == NULL)
        return false;
    text += strspn(text, " \t");
    int day, month, year, end = 0;
    if (day_parse_iso(text, when))
        return true;
    if (sscanf(text, "%2d%*[/.-]%2d%*[/.-]%4d%n", &day, &month, &year, &end) != 3 || end == 0)
        return false;
    return text[end + (int)strspn(text + end, " \t")] == '\0' && day_from(year, month, day, when);
}

char *day_iso(struct arena *a, int64_t when)
{
    int year, month, day;
    day_split(when, &year, &month, &day);
    return arena_printf(a, "%04d-%02d-%02d", year, month, day);
}

char *day_vi(struct arena *a, int64_t when)
{
    int year, month, day;
    day_split(when, &year, &month, &day);
    return arena_printf(a, "%d/%d/%d", day, month, year);
}

char *day_document(struct arena *a, int64_t when)
{
    int year, month, day;
    day_split(when, &year, &month, &day);
    return arena_printf(a, month <= 2 ? "ngày %02d tháng %02d năm %d" : "ngày %02d tháng %d năm %d", day, month, year);
}

static void clock_split(int64_t moment, int *hour, int *minute, int *second)
{
    int64_t in_day = moment - day_start(day_of_moment(moment));
    *hour = (int)(in_day / 3600);
    *minute = (int)(in_day / 60 % 60);
    *second = (int)(in_day % 60);
}

char *moment_vi(struct arena *a, int64_t moment)
{
    int hour, minute, second;
    clock_split(moment, &hour, &minute, &second);
    return arena_printf(a, "%d:%02d, %s", hour, minute, day_vi(a, day_of_moment(moment)));
}

char *moment_iso(struct arena *a, int64_t moment)
{
    int hour, minute, second;
    clock_split(moment, &hour, &minute, &second);
    return arena_printf(a, "%sT%02d:%02d:%02d+07:00", day_iso(a, day_of_moment(moment)), hour, minute, second);
}

bool moment_parse_iso(const char *text, int64_t *moment)
{
    int y, mo, d, h, mi, s, end = 0;
    if (text == NULL || sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2d%n", &y, &mo, &d, &h, &mi, &s, &end) != 6 || end == 0)
        return false;
    if (!day_valid(y, mo, d) || h < 0 || h > 23 || mi < 0 || mi > 59 || s < 0 || s > 60)
        return false;
    int64_t utc = day_of(y, mo, d) * DAY_SECONDS + h * 3600 + mi * 60 + s;
    const char *zone = text + end;
    if (strcmp(zone, "Z") == 0) {
        *moment = utc;
        return true;
    }
    char sign;
    int zh, zm, zend = 0;
    if (sscanf(zone, "%c%2d:%2d%n", &sign, &zh, &zm, &zend) != 3 || zone[zend] != '\0' || (sign != '+' && sign != '-'))
        return false;
    int64_t offset = zh * 3600 + zm * 60;
    *moment = sign == '+' ? utc - offset : utc + offset;
    return true;
}

/* INT64_MIN: the system's clock is asked. Set once by main before threads start. */
static _Atomic int64_t fixed = INT64_MIN;

int64_t clock_now(void)
{
    int64_t moment = atomic_load(&fixed);
    return moment == INT64_MIN ? (int64_t)time(NULL) : moment;
}

void clock_fix(int64_t moment)
{
    atomic_store(&fixed, moment);
}
