/* Times that are a part of a year: weeks, months, quarters, halves; one, several, or from one to another. */
#include "plan_time.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { WINDOWS_MOST = 24, WEEK = 7 };

/* What stands before a window: "trước", "đến hết", "từ", "sau", "đầu", "cuối". */
enum side { SIDE_IN, SIDE_BEFORE, SIDE_UNTIL, SIDE_FROM, SIDE_AFTER, SIDE_START, SIDE_MIDDLE, SIDE_END };

struct window {
    int year;        /* 0: not said; below 0: YEAR_BEFORE, YEAR_AFTER */
    int first, last; /* months */
    int week;        /* of the month, from 1; 0 none */
    enum side side;
    bool reached;    /* "đến" or a dash joins it to the one before */
};

struct windows {
    struct window list[WINDOWS_MOST];
    int count;
};

const char *time_year_behind(const char *at, int *year)
{
    const char *next = at + strspn(at, " /-.,(");
    if (text_starts(next, "nam "))
        next += 4;
    if (strspn(next, "0123456789") != 4)
        return at;
    int value = (int)strtol(next, NULL, 10);
    if (value < 1990 || value > 2100)
        return at;
    *year = value;
    return next + 4;
}

static int quarter_at(const char *at, const char **end)
{
    static const char *const names[] = { "iv", "iii", "ii", "i", "4", "3", "2", "1" };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        size_t length = strlen(names[i]);
        if (strncmp(at, names[i], length) == 0 && !isalnum((unsigned char)at[length])) {
            *end = at + length;
            return 4 - (int)(i % 4);
        }
    }
    return 0;
}

static int month_at(const char *at, const char **end)
{
    size_t digits = strspn(at, "0123456789");
    if (digits == 0 || digits > 2 || isalpha((unsigned char)at[digits]) || at[digits] == '%')
        return 0;
    *end = at + digits;
    int value = (int)strtol(at, NULL, 10);
    return value <= 12 ? value : 0;
}

/* ---- the words before ---- */

static bool word_before(const char *text, const char **at, const char *word)
{
    const char *end = *at;
    size_t length = strlen(word);
    while (end > text && end[-1] == ' ')
        end--;
    bool here = (size_t)(end - text) >= length && strncmp(end - length, word, length) == 0 && (end - length == text || !isalnum((unsigned char)end[-(long)length - 1]));
    if (here)
        *at = end - length;
    return here;
}

static enum side side_of(const char *text, const char *at)
{
    static const struct {
        const char *word;
        enum side side;
    } words[] = { { "truoc", SIDE_BEFORE }, { "het", SIDE_UNTIL }, { "den", SIDE_UNTIL }, { "cham nhat", SIDE_UNTIL }, { "cham nhat la", SIDE_UNTIL }, { "muon nhat", SIDE_UNTIL },
                  { "tu", SIDE_FROM }, { "sau", SIDE_AFTER }, { "dau", SIDE_START }, { "giua", SIDE_MIDDLE }, { "cuoi", SIDE_END }, { "thang dau", SIDE_START }, { "thang cuoi", SIDE_END } };
    static const char *const fillers[] = { "trong", "vao", "cua", "ngay", "khi", "ket thuc" };
    for (size_t i = 0; i < sizeof fillers / sizeof fillers[0]; i++)
        word_before(text, &at, fillers[i]);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (word_before(text, &at, words[i].word))
            return words[i].side;
    return SIDE_IN;
}

static bool follows_to(const char *text, const char *at)
{
    const char *back = at;
    word_before(text, &back, "het");
    if (word_before(text, &back, "den"))
        return true;
    while (back > text && back[-1] == ' ')
        back--;
    return back > text && back[-1] == '-';
}

/* ---- finding windows ---- */

static void put(struct windows *w, struct window window)
{
    if (w->count < WINDOWS_MOST)
        w->list[w->count++] = window;
}

enum { YEAR_BEFORE = -1, YEAR_AFTER = -2 }; /* "năm trước", "năm sau": of the plan's */

static const char *year_said(const char *at, int *year)
{
    if (text_starts(at, " nam truoc")) {
        *year = YEAR_BEFORE;
        return at + strlen(" nam truoc");
    }
    if (text_starts(at, " nam sau")) {
        *year = YEAR_AFTER;
        return at + strlen(" nam sau");
    }
    return time_year_behind(at, year);
}

/* "quý I, II", "tháng 3 và tháng 9", "tháng 5 - 6/2026": all values behind the word; the end of what was read. */
static const char *values_behind(const char *text, const char *word, const char *at, bool quarters, int week, struct windows *w)
{
    static const char *const joins[] = { ",", "-", "va ", "den ", "&", "hoac ", "+", ";", "/" };
    const char *end = at;
    bool reached = follows_to(text, word);
    enum side side = side_of(text, word);
    for (;;) {
        const char *stop;
        at += strspn(at, " .");
        int value = quarters ? quarter_at(at, &stop) : month_at(at, &stop);
        if (value == 0)
            return end;
        struct window one = { .first = quarters ? value * 3 - 2 : value, .last = quarters ? value * 3 : value, .week = week, .side = side, .reached = reached };
        end = year_said(stop, &one.year);
        put(w, one);
        at = end + strspn(end, " )");
        size_t joined = 0;
        reached = false;
        for (size_t i = 0; i < sizeof joins / sizeof joins[0] && joined == 0; i++)
            if (text_starts(at, joins[i])) {
                joined = strlen(joins[i]);
                reached = i == 1 || i == 3;
            }
        if (joined == 0)
            return end;
        at += joined + strspn(at + joined, " ");
        if (text_starts(at, "het "))
            at += 4;
        if (text_starts(at, quarters ? "quy " : "thang "))
            at += quarters ? 4 : 6;
        side = SIDE_IN;
    }
}

/* "6 tháng đầu năm", "9 tháng đầu năm 2026", "3 tháng cuối năm". */
static const char *part_of_year(const char *at, struct windows *w)
{
    size_t digits = strspn(at, "0123456789");
    int months = text_starts(at, "sau thang") ? 6 : digits > 0 && digits < 3 ? (int)strtol(at, NULL, 10) : 0;
    const char *word = text_starts(at, "sau ") ? at + 4 : at + digits + strspn(at + digits, " ");
    bool half = text_starts(at, "nua dau nam") || text_starts(at, "nua cuoi nam");
    if (half) {
        months = 6;
        word = "thang ";
    }
    if (months < 1 || months > 11 || !text_starts(word, "thang "))
        return at;
    const char *which = half ? at + 4 : word + 6;
    bool first = text_starts(which, "dau"), last = text_starts(which, "cuoi");
    if (!first && !last)
        return at;
    struct window one = { .first = first ? 1 : 13 - months, .last = first ? months : 12 };
    const char *end = which + (first ? 3 : 4);
    if (text_starts(end, " nam"))
        end += 4;
    put(w, (struct window){ .first = one.first, .last = one.last });
    return time_year_behind(end, &w->list[w->count - 1].year);
}

/* "tuần 2 tháng 5", "tuần thứ 3 của tháng 6": the week's number; *month: behind the word of the month. */
static int week_at(const char *at, const char **month)
{
    if (!text_starts(at, "tuan "))
        return 0;
    at += 5;
    at += text_starts(at, "thu ") ? 4 : 0;
    bool last = text_starts(at, "cuoi"), first = text_starts(at, "dau");
    int week = last ? 4 : first ? 1 : isdigit((unsigned char)*at) ? (int)strtol(at, NULL, 10) : 0;
    const char *next = strstr(at, "thang ");
    bool near = next != NULL && next - at < 14 && strpbrk(at, ",;") != NULL ? strpbrk(at, ",;") > next : next != NULL && next - at < 14;
    if (week < 1 || week > 5 || !near)
        return 0;
    *month = next;
    return week;
}

/* "05/2026": a month with its year, without the word. */
static const char *bare_month(const char *text, const char *at, struct windows *w)
{
    const char *stop;
    if (at > text && (isalnum((unsigned char)at[-1]) || strchr("/.-", at[-1]) != NULL) && !(at[-1] == '-' && w->count > 0))
        return at;
    int month = month_at(at, &stop), year = 0;
    if (month == 0 || (*stop != '/' && *stop != '-') || strspn(stop + 1, "0123456789") != 4)
        return at;
    const char *end = time_year_behind(stop, &year);
    if (year == 0)
        return at;
    put(w, (struct window){ .year = year, .first = month, .last = month, .side = side_of(text, at), .reached = follows_to(text, at) });
    return end;
}

static const char *window_at(const char *text, const char *at, struct windows *w)
{
    static const struct {
        const char *word;
        bool quarters;
    } words[] = { { "quy ", true }, { "thang ", false }, { "q.", true }, { "q", true }, { "t.", false }, { "t", false } };
    const char *month;
    int week = week_at(at, &month), before = w->count;
    if (week > 0) {
        const char *end = values_behind(text, at, month + 6, false, week, w);
        return w->count > before ? end : at;
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t length = strlen(words[i].word);
        bool short_word = i >= 2;
        if (!text_starts(at, words[i].word) || (short_word && at[length] != ' ' && strspn(at + length, "0123456789iv") == 0))
            continue;
        const char *end = values_behind(text, at, at + length, words[i].quarters, 0, w);
        if (w->count > before)
            return end;
    }
    const char *end = part_of_year(at, w);
    return end != at ? end : bare_month(text, at, w);
}

/* A window without a year takes that of the next one that has it, else of the one before, else the plan's. */
static void settle_years(const struct phrase *p, struct windows *w)
{
    int said = 0;
    for (int i = 0; i < w->count && p->year != 0; i++)
        if (w->list[i].year < 0)
            w->list[i].year = p->year + (w->list[i].year == YEAR_BEFORE ? -1 : 1);
    for (int i = w->count; i-- > 0;) {
        said = w->list[i].year != 0 ? w->list[i].year : said;
        w->list[i].year = said;
    }
    for (const char *at = p->key; said == 0 && *at != '\0'; at++)
        if ((at == p->key || at[-1] == ' ') && strspn(at, "0123456789") == 4)
            time_year_behind(at, &said);
    int before = said != 0 ? said : p->year;
    for (int i = 0; i < w->count; i++) {
        before = w->list[i].year != 0 ? w->list[i].year : before;
        w->list[i].year = before;
    }
}

static struct windows windows_in(const struct phrase *p)
{
    struct windows w = { 0 };
    for (const char *at = p->folded; *at != '\0';) {
        bool begins = at == p->folded || !isalnum((unsigned char)at[-1]);
        const char *end = begins ? window_at(p->folded, at, &w) : at;
        at = end > at ? end : at + 1;
    }
    settle_years(p, &w);
    return w;
}

int time_count_windows(const struct phrase *p)
{
    struct windows w = windows_in(p);
    int count = 0;
    for (int i = 0; i < w.count; i++)
        count += !w.list[i].reached;
    return count;
}

/* ---- what they mean ---- */

static int64_t start_of(const struct window *w)
{
    int64_t start = day_of(w->year, w->first, 1);
    if (w->week > 0)
        return start + (w->week - 1) * WEEK;
    if (w->side == SIDE_END)
        return w->last > w->first ? day_of(w->year, w->last, 1) : start + 20;
    return w->side == SIDE_MIDDLE ? (w->last > w->first ? day_of(w->year, w->first + 1, 1) : start + 10) : start;
}

static int64_t end_of(const struct window *w)
{
    int64_t end = time_month_end(w->year, w->last), start = day_of(w->year, w->first, 1);
    if (w->week > 0)
        return w->week >= 4 ? end : start + w->week * WEEK - 1;
    if (w->side == SIDE_START)
        return w->last > w->first ? time_month_end(w->year, w->first) : start + 9;
    return w->side == SIDE_MIDDLE ? (w->last > w->first ? time_month_end(w->year, w->first + 1) : start + 19) : end;
}

static void to_deadline(const struct windows *w, struct plan_time *t)
{
    t->kind = PLAN_DEADLINE;
    for (int i = 0; i < w->count && t->more_count < PLAN_MOST_DUE; i++) {
        const struct window *one = &w->list[i];
        int64_t day = one->side == SIDE_BEFORE ? start_of(one) - 1 : end_of(one);
        if (i == 0)
            t->due = time_day(day);
        else
            t->more_due[t->more_count++] = day;
    }
}

bool time_by_windows(const struct phrase *p, struct plan_time *t)
{
    struct windows w = windows_in(p);
    if (w.count == 0 || w.list[0].year <= 0)
        return false;
    const struct window *first = &w.list[0];
    bool from_now = time_has(p->key, "tu nay");
    if (first->side == SIDE_BEFORE || (first->side == SIDE_UNTIL && !from_now)) {
        to_deadline(&w, t);
        return true;
    }
    int64_t start = start_of(first), end = end_of(first);
    for (int i = 1; i < w.count; i++) {
        int64_t from = start_of(&w.list[i]), to = end_of(&w.list[i]);
        start = from < start ? from : start;
        end = to > end ? to : end;
    }
    bool open = w.count == 1 && (first->side == SIDE_FROM || first->side == SIDE_AFTER) && !time_has(p->key, "den");
    t->kind = PLAN_PERIOD;
    t->start = time_day(first->side == SIDE_AFTER ? end + 1 : start);
    t->end = open ? (struct plan_day){ 0 } : time_day(end);
    if (from_now)
        t->start = (struct plan_day){ 0 };
    if (p->completes && !open)
        t->due = t->end;
    return true;
}
