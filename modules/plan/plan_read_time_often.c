/* Times that come again: so many a week, month, quarter or year. */
#include "modules/document/document_fold.h"
#include "plan_time.h"
#include "platform/base/text.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { COUNT_MOST = 999, UNIT_REACH = 60 };

enum plan_per time_per_of(const char *word)
{
    static const struct {
        const char *word;
        enum plan_per per;
    } words[] = { { "tuan", PLAN_PER_WEEK }, { "thang", PLAN_PER_MONTH }, { "quy", PLAN_PER_QUARTER }, { "nam", PLAN_PER_YEAR } };
    size_t length = strcspn(word, " ,;.)/-");
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t size = strlen(words[i].word);
        int limit = size > 4 || length < 3 ? 1 : size == 3 && strncmp(word, "mam", 3) == 0 ? 1 : 0;
        if (length < 24 && fold_distance(word, length, words[i].word, size, limit) <= limit)
            return words[i].per;
    }
    return PLAN_PER_NONE;
}

static bool often(struct plan_time *t, int count, enum plan_per per)
{
    if (per == PLAN_PER_NONE || count < 1 || count > COUNT_MOST)
        return false;
    t->kind = PLAN_FREQUENCY;
    t->count = count;
    t->per = per;
    return true;
}

/* ---- so many a period ---- */

/* "6 tháng/lần", "02 tuần/lần", "quý/lần": once in so many periods. */
static bool once_in(struct plan_time *t, int count, enum plan_per per)
{
    if (per == PLAN_PER_MONTH && (count == 6 || count == 3))
        return count == 6 ? often(t, 2, PLAN_PER_YEAR) : often(t, 1, PLAN_PER_QUARTER);
    if (per == PLAN_PER_MONTH && (count == 2 || count == 4))
        return often(t, 12 / count, PLAN_PER_YEAR);
    if (per == PLAN_PER_WEEK && count == 2)
        return often(t, 2, PLAN_PER_MONTH);
    if (per == PLAN_PER_QUARTER && count == 2)
        return often(t, 2, PLAN_PER_YEAR);
    return count == 1 && often(t, 1, per);
}

static bool says_once(const char *at)
{
    static const char *const words[] = { "/lan", "/ lan", "/1 lan", "/01 lan", "/mot lan", "/ 1 lan", "/ 01 lan", " mot lan", " 1 lan", " 01 lan", " lan" };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (text_starts(at, words[i]) && !isalpha((unsigned char)at[strlen(words[i])]))
            return true;
    return false;
}

static bool period_per_time(const struct phrase *p, struct plan_time *t)
{
    static const char *const words[] = { "tuan", "thang", "quy", "nam" };
    for (const char *at = p->folded; *at != '\0'; at++) {
        if (at > p->folded && isalnum((unsigned char)at[-1]))
            continue;
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
            const char *end = at + strlen(words[i]);
            if (!text_starts(at, words[i]) || !says_once(end))
                continue;
            const char *back = at;
            while (back > p->folded && back[-1] == ' ')
                back--;
            const char *digits = back;
            while (digits > p->folded && isdigit((unsigned char)digits[-1]))
                digits--;
            bool two = back - p->folded >= 3 && strncmp(back - 3, "hai", 3) == 0;
            bool bare = digits == back && !two && *end != '/'; /* "hằng quý 1 lần" is read elsewhere */
            if (!bare && once_in(t, two ? 2 : digits == back ? 1 : atoi(digits), time_per_of(words[i])))
                return true;
        }
    }
    return false;
}

static int number_word(const char *at, const char **rest)
{
    static const char *const words[] = { "mot lan", "hai lan", "ba lan", "bon lan" };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (text_starts(at, words[i])) {
            *rest = at + strlen(words[i]) - 4;
            return (int)i + 1;
        }
    return 0;
}

/* What may be counted, where no slash says that a period follows. */
static bool counts_things(const char *unit)
{
    static const char *const words[] = { "lan", "tin", "bai", "cuoc", "buoi", "lop", "hoi nghi", "dot", "chuyen de", "phong su", "video", "ky", "so" };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (text_starts(unit, words[i]))
            return true;
    return false;
}

/* "02 bài/năm", "1 lần trong quý", "01 tin mỗi tuần": a number, a few words, then the period. */
static bool number_per(struct plan_time *t, int count, const char *rest)
{
    static const char *const joins[] = { " moi ", " trong ", " mot ", " hang ", " 1 ", " tren " };
    const char *slash = strchr(rest, '/'), *unit = rest + strspn(rest, " ");
    size_t reach = strcspn(rest, ".;");
    bool months = text_starts(unit, "thang") || text_starts(unit, "nam") || text_starts(unit, "quy");
    if (slash != NULL && (size_t)(slash - rest) < reach && slash - rest < UNIT_REACH && !isdigit((unsigned char)slash[-1]) && !months) {
        const char *word = slash + 1 + strspn(slash + 1, " 01");
        if (text_starts(word, "6 thang") || text_starts(word, "nua nam"))
            return often(t, count * 2, PLAN_PER_YEAR);
        if (often(t, count, time_per_of(word)))
            return true;
    }
    for (size_t i = 0; i < sizeof joins / sizeof joins[0] && counts_things(unit); i++) {
        const char *join = strstr(rest, joins[i]);
        if (join != NULL && (size_t)(join - rest) < reach && join - rest < 40 && often(t, count, time_per_of(join + strlen(joins[i]))))
            return true;
    }
    return false;
}

bool time_counted(const struct phrase *p, struct plan_time *t)
{
    if (period_per_time(p, t))
        return true;
    for (const char *at = p->folded; *at != '\0'; at++) {
        if (at > p->folded && (isalnum((unsigned char)at[-1]) || at[-1] == '/'))
            continue;
        const char *rest = NULL;
        int count = isdigit((unsigned char)*at) ? (int)strtol(at, (char **)&rest, 10) : number_word(at, &rest);
        if (count > 0 && *rest == ' ' && number_per(t, count, rest))
            return true;
    }
    return false;
}

/* ---- hằng, mỗi, định kỳ ---- */

/* "2" of "mỗi tháng 2 lần", "mỗi quý ít nhất 01 bài"; 1 when no number of times follows. */
static int times_behind(const char *at)
{
    static const char *const least[] = { "it nhat ", "toi thieu ", "co ", "tu " };
    at += strspn(at, " ");
    for (size_t i = 0; i < sizeof least / sizeof least[0]; i++)
        at += text_starts(at, least[i]) ? strlen(least[i]) : 0;
    char *end;
    long count = isdigit((unsigned char)*at) ? strtol(at, &end, 10) : 0;
    bool things = count > 0 && *end == ' ' && !text_starts(end, " thang") && !text_starts(end, " nam") && !text_starts(end, " ngay") && !text_starts(end, " quy");
    return things && count < 100 ? (int)count : 1;
}

static bool in_year_times(const struct phrase *p, struct plan_time *t)
{
    int points = time_count_days(p);
    points = points > 0 ? points : time_count_windows(p);
    return often(t, points > 0 ? points : 1, PLAN_PER_YEAR);
}

/* "hằng quý", "mỗi tháng", "định kỳ 6 tháng". Written "mới" it is no "mỗi". */
static bool said_to_recur(const struct phrase *p, struct plan_time *t)
{
    static const char *const openers[] = { "hang ", "moi ", "tung ", "dinh ky ", "theo " };
    bool new_one = strstr(text_lower(p->a, p->raw), "mới") != NULL;
    for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++)
        for (const char *at = p->key; (at = strstr(at, openers[i])) != NULL; at++) {
            const char *word = at + strlen(openers[i]);
            if ((at > p->key && at[-1] != ' ') || (i == 1 && new_one))
                continue;
            while (text_starts(word, "hang ") || text_starts(word, "theo "))
                word += 5;
            if (text_starts(word, "6 thang") || text_starts(word, "06 thang") || text_starts(word, "nua nam"))
                return often(t, 2, PLAN_PER_YEAR);
            enum plan_per per = time_per_of(word);
            const char *next = word + strcspn(word, " ");
            next += strspn(next, " ");
            bool window = i >= 2 && (isdigit((unsigned char)*next) || time_has(next, "i") || time_has(next, "ii") || time_has(next, "iii") || time_has(next, "iv"));
            if (per == PLAN_PER_NONE || text_starts(word, "quy dinh") || text_starts(word, "quy che") || text_starts(word, "quy trinh") || window)
                continue;
            return per == PLAN_PER_YEAR && times_behind(next) == 1 ? in_year_times(p, t) : often(t, times_behind(next), per);
        }
    return false;
}

/* The next period of a list of them: "quý", "6 tháng", "năm"; its end in *next. Names of windows ("quý II") are none. */
static int listed_period(const char *at, const char **next)
{
    static const struct {
        const char *words;
        int a_year;
    } periods[] = { { "6 thang", 2 }, { "06 thang", 2 }, { "nua nam", 2 }, { "9 thang", 2 }, { "09 thang", 2 }, { "ca nam", 1 }, { "1 nam", 1 },
                    { "01 nam", 1 }, { "mot nam", 1 }, { "tuan", 52 }, { "thang", 12 }, { "quy", 4 }, { "nam", 1 } };
    for (size_t i = 0; i < sizeof periods / sizeof periods[0]; i++) {
        size_t length = strlen(periods[i].words);
        const char *rest = at + length;
        if (!text_starts(at, periods[i].words) || (*rest != ' ' && *rest != '\0'))
            continue;
        rest += strspn(rest, " ");
        bool named = isdigit((unsigned char)*rest) && !text_starts(rest, "6 thang") && !text_starts(rest, "06 thang") && !text_starts(rest, "9 thang") &&
                     !text_starts(rest, "09 thang") && !text_starts(rest, "1 nam") && !text_starts(rest, "01 nam");
        bool roman = *rest != '\0' && strchr("iv", *rest) != NULL && strspn(rest, "iv") == strcspn(rest, " ");
        if (named || roman || text_starts(rest, "dau") || text_starts(rest, "cuoi"))
            return 0;
        *next = rest;
        return periods[i].a_year;
    }
    return 0;
}

/* "Quý, 6 tháng, năm", "tháng/quý/năm": two or more periods one behind the other; the shortest counts. */
static bool lists_periods(const struct phrase *p, struct plan_time *t)
{
    static const char *const fillers[] = { "va ", "hoac ", "bao cao ", "hang ", "dinh ky ", "tong ket ", "so ket " };
    for (const char *at = p->key; *at != '\0'; at += strcspn(at, " "), at += *at == ' ') {
        int found = 0, most = 0;
        const char *here = at, *next;
        for (int value; (value = listed_period(here, &next)) > 0; found++) {
            most = value > most ? value : most;
            here = next;
            for (size_t i = 0; i < sizeof fillers / sizeof fillers[0]; i++)
                here += text_starts(here, fillers[i]) ? strlen(fillers[i]) : 0;
        }
        if (found < 2)
            continue;
        enum plan_per per = most == 52 ? PLAN_PER_WEEK : most == 12 ? PLAN_PER_MONTH : most == 4 ? PLAN_PER_QUARTER : PLAN_PER_YEAR;
        return often(t, most == 2 ? 2 : 1, per);
    }
    return false;
}

/* "ngày 20 của tháng", "tháng cuối quý", "trước ngày 10 tháng đầu quý sau": a day within a period that comes again. */
static bool within_each(const struct phrase *p, struct plan_time *t)
{
    static const struct {
        const char *words;
        enum plan_per per;
    } cases[] = { { "cuoi quy", PLAN_PER_QUARTER }, { "cuoi cua quy", PLAN_PER_QUARTER }, { "cuoi moi quy", PLAN_PER_QUARTER }, { "dau quy", PLAN_PER_QUARTER },
                  { "ket thuc quy", PLAN_PER_QUARTER }, { "cuoi thang", PLAN_PER_MONTH }, { "cuoi moi thang", PLAN_PER_MONTH }, { "cua thang", PLAN_PER_MONTH },
                  { "cuoi cua thang", PLAN_PER_MONTH }, { "dau thang", PLAN_PER_MONTH }, { "cuoi tuan", PLAN_PER_WEEK }, { "dau tuan", PLAN_PER_WEEK } };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *at = strstr(p->key, cases[i].words);
        if (at == NULL || (at > p->key && at[-1] != ' '))
            continue;
        const char *rest = at + strlen(cases[i].words);
        bool named = *rest == ' ' && (isdigit((unsigned char)rest[1]) || strspn(rest + 1, "iv") > 0);
        if ((*rest == ' ' || *rest == '\0') && !named && !text_starts(rest, " nay"))
            return often(t, 1, cases[i].per);
    }
    return false;
}

bool time_recurs(const struct phrase *p, struct plan_time *t)
{
    return lists_periods(p, t) || said_to_recur(p, t) || within_each(p, t);
}
