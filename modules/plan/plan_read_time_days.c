/* Times by the day: deadlines, several of them, and spans between two days. */
#include "modules/document/document_grammar.h"
#include "plan_time.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { DAYS_MOST = PLAN_MOST_DUE + 1 };

struct days {
    int64_t list[DAYS_MOST];
    size_t at[DAYS_MOST]; /* where in the folded text */
    size_t end[DAYS_MOST];
    int count;
};

/* A day without its year: "20/12", "20.12", "ngày 20 tháng 12". */
static bool short_day(const char *text, int year, bool dots, int64_t *day, const char **end)
{
    char *after;
    if (!isdigit((unsigned char)*text) || year == 0)
        return false;
    int first = (int)strtol(text, &after, 10);
    if (after - text > 2)
        return false;
    const char *at = after + strspn(after, " ");
    if (*at == '/' || *at == '-' || (*at == '.' && dots))
        at++;
    else if (text_starts(at, "thang ") && at > after)
        at += 6;
    else
        return false;
    at += strspn(at, " ");
    if (!isdigit((unsigned char)*at))
        return false;
    int second = (int)strtol(at, &after, 10);
    bool more = isalpha((unsigned char)*after) || ((*after == '/' || *after == '.') && isdigit((unsigned char)after[1])) || *after == '%';
    if (after - at > 2 || !day_valid(year, second, first) || more)
        return false;
    *day = day_of(year, second, first);
    *end = after;
    return true;
}

/* The year that the phrase itself gives, for its days without one; else the plan's. */
static int year_of(const struct phrase *p)
{
    for (const char *at = p->key; *at != '\0'; at++)
        if (isdigit((unsigned char)*at) && (at == p->key || at[-1] == ' ') && strspn(at, "0123456789") == 4) {
            int year = (int)strtol(at, NULL, 10);
            if (year > 1990 && year < 2100)
                return year;
        }
    return p->year;
}

static bool after_word(const char *folded, const char *at, const char *word)
{
    size_t length = strlen(word);
    while (at > folded && at[-1] == ' ')
        at--;
    return (size_t)(at - folded) >= length && strncmp(at - length, word, length) == 0;
}

static struct days days_in(const struct phrase *p)
{
    struct days d = { 0 };
    const char *folded = p->folded;
    int year = year_of(p);
    for (const char *at = folded; *at != '\0' && d.count < DAYS_MOST; at++) {
        if (!isdigit((unsigned char)*at) || (at > folded && (isalnum((unsigned char)at[-1]) || at[-1] == '/' || at[-1] == '.')))
            continue;
        struct document_date date;
        const char *end;
        int64_t day;
        bool said = after_word(folded, at, "ngay"), minus = at[strspn(at, "0123456789 ")] == '-' && !said;
        if (after_word(folded, at, "tuan") || after_word(folded, at, "tuan thu") || (minus && after_word(folded, at, "thang")))
            continue; /* "tuần 2 tháng 5", "tháng 5 - 6/2026" */
        if (document_date_read(at, &date, &end) && !(date.typo && (*end == '/' || *end == '.') && isdigit((unsigned char)end[1])))
            day = date.when; /* not 01/3-15 of "01/3-15/4/2026" */
        else if (minus || !short_day(at, year, said, &day, &end))
            continue;
        d.at[d.count] = (size_t)(at - folded);
        d.end[d.count] = (size_t)(end - folded);
        d.list[d.count++] = day;
        at = end - 1;
    }
    return d;
}

int time_count_days(const struct phrase *p)
{
    return days_in(p).count;
}

static bool between(const char *folded, const struct days *d)
{
    if (d->count != 2)
        return false;
    size_t gap = d->at[1] - d->end[0];
    const char *middle = folded + d->end[0];
    const char *to = strstr(middle, "den");
    bool said = to != NULL && (size_t)(to - middle) < gap;
    bool dash = memchr(middle, '-', gap) != NULL && strspn(middle, " -ngay") >= gap;
    return said || dash;
}

static void span(const struct phrase *p, struct plan_time *t, struct plan_day start, struct plan_day end)
{
    t->kind = PLAN_PERIOD;
    t->start = start;
    t->end = end;
    if (p->completes && end.known)
        t->due = end;
}

/* "Từ tháng 3 đến ngày 30/6": the window before gives the start. */
static bool from_window(const struct phrase *p, const struct days *d, struct plan_time *t)
{
    const char *to = strstr(p->folded, "den");
    if (d->count != 1 || to == NULL || (size_t)(to - p->folded) > d->at[0] || !text_starts(p->folded, "tu "))
        return false;
    struct plan_time head = { .kind = PLAN_NO_TIME };
    struct phrase before = *p;
    before.folded = arena_copy_n(p->a, p->folded, (size_t)(to - p->folded));
    before.key = text_key(p->a, before.folded);
    bool now = time_has(before.key, "nay") || time_has(before.key, "ngay ban hanh");
    if (!now && !time_by_windows(&before, &head))
        return false;
    span(p, t, head.start, time_day(d->list[0]));
    return true;
}

bool time_by_days(const struct phrase *p, struct plan_time *t)
{
    const char *folded = p->folded;
    struct days d = days_in(p);
    if (d.count == 0)
        return false;
    if (between(folded, &d)) {
        span(p, t, time_day(d.list[0]), time_day(d.list[1]));
        return true;
    }
    if (from_window(p, &d, t))
        return true;
    const char *to = strstr(folded, "den");
    bool from_on = d.count == 1 && text_starts(folded, "tu ") && (to == NULL || (size_t)(to - folded) > d.end[0]);
    bool after = d.count == 1 && (text_starts(folded, "sau ngay") || text_starts(folded, "ke tu ngay"));
    if (from_on || after) {
        span(p, t, time_day(d.list[0]), (struct plan_day){ 0 });
        return true;
    }
    t->kind = PLAN_DEADLINE;
    t->due = time_day(d.list[0]);
    for (int i = 1; i < d.count; i++)
        t->more_due[t->more_count++] = d.list[i];
    return true;
}
