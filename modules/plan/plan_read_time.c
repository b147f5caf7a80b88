/* When a task is to be done, from the words of a plan; conventions of the phrase table in the domain reference. */
#include "modules/document/document_fold.h"
#include "modules/document/document_grammar.h"
#include "plan_parts.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct phrase {
    struct arena *a;
    const char *raw;
    const char *key; /* text_key of raw: exact words and digits */
    const char *loose;
    int year;
    bool completes;
};

static bool says(const struct phrase *p, const char *words)
{
    const char *end;
    return fold_find(p->loose, fold_loose(p->a, words), &end) != NULL;
}

static bool says_any(const struct phrase *p, const char *const *list)
{
    for (; *list != NULL; list++)
        if (says(p, *list))
            return true;
    return false;
}

static struct plan_day known(int64_t day)
{
    return (struct plan_day){ .known = true, .day = day };
}

static int64_t month_end(int year, int month)
{
    return (month == 12 ? day_of(year + 1, 1, 1) : day_of(year, month + 1, 1)) - 1;
}

/* ---- frequency ---- */

static enum plan_per per_of(const char *word)
{
    static const struct {
        const char *word;
        enum plan_per per;
    } words[] = { { "tuan", PLAN_PER_WEEK }, { "thang", PLAN_PER_MONTH }, { "quy", PLAN_PER_QUARTER }, { "nam", PLAN_PER_YEAR } };
    size_t length = strcspn(word, " ");
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t size = strlen(words[i].word);
        int limit = size > 4 || length < 3 ? 1 : size == 3 && strncmp(word, "mam", 3) == 0 ? 1 : 0;
        if (fold_distance(word, length, words[i].word, size, limit) <= limit)
            return words[i].per;
    }
    return PLAN_PER_NONE;
}

static bool frequency(struct plan_time *t, int count, enum plan_per per)
{
    if (per == PLAN_PER_NONE || count < 1 || count > 999)
        return false;
    t->kind = PLAN_FREQUENCY;
    t->count = count;
    t->per = per;
    return true;
}

/* "02 bài/năm", "1 lần trong quý", "01 tin mỗi tuần": a number, a few words, then the period. */
static bool counted(const struct phrase *p, struct plan_time *t)
{
    const char *raw = text_fold(p->a, p->raw);
    for (const char *at = raw; *at != '\0'; at++) {
        if (!isdigit((unsigned char)*at) || (at > raw && (isalnum((unsigned char)at[-1]) || at[-1] == '/')))
            continue;
        int count = (int)strtol(at, NULL, 10);
        const char *rest = at + strspn(at, "0123456789");
        if (*rest != ' ')
            continue;
        const char *slash = strchr(rest, '/');
        size_t reach = strcspn(rest, ".;");
        const char *unit = rest + strspn(rest, " ");
        if (slash != NULL && (size_t)(slash - rest) < reach && slash - rest < 60 && !isdigit((unsigned char)slash[-1])) {
            const char *word = slash + 1 + strspn(slash + 1, " 01");
            if (text_starts(unit, "thang") && count == 6 && text_starts(word, "lan"))
                return frequency(t, 2, PLAN_PER_YEAR);
            if (frequency(t, count, per_of(word)))
                return true;
        }
        static const char *const joins[] = { " moi ", " trong ", " mot ", " hang " };
        for (size_t i = 0; i < sizeof joins / sizeof joins[0]; i++) {
            const char *join = text_starts(unit, "lan") || text_starts(unit, "tin") || text_starts(unit, "bai") ? strstr(rest, joins[i]) : NULL;
            if (join != NULL && (size_t)(join - rest) < reach && join - rest < 40 && frequency(t, count, per_of(join + strlen(joins[i]))))
                return true;
        }
    }
    return false;
}

/* "Hằng quý", "mỗi tháng 2 lần", "định kỳ quý", "6 tháng một lần". */
static bool recurring(const struct phrase *p, struct plan_time *t)
{
    static const char *const openers[] = { "hang ", "moi ", "tung ", "dinh ky ", "theo " };
    const char *key = p->key;
    if (strstr(key, "6 thang mot lan") != NULL || strstr(key, "6 thang 1 lan") != NULL || strstr(key, "06 thang 01 lan") != NULL)
        return frequency(t, 2, PLAN_PER_YEAR);
    for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++)
        for (const char *at = key; (at = strstr(at, openers[i])) != NULL; at++) {
            const char *word = at + strlen(openers[i]);
            if (at > key && at[-1] != ' ')
                continue;
            if (text_starts(word, "hang "))
                word += strlen("hang ");
            enum plan_per per = per_of(word);
            if (per == PLAN_PER_NONE || strncmp(word, "quy dinh", 8) == 0 || strncmp(word, "quy che", 7) == 0)
                continue;
            const char *next = word + strcspn(word, " ");
            const char *again = next + strspn(next, " ");
            if (isdigit((unsigned char)*again) && strcmp(openers[i], "moi ") != 0)
                continue; /* "theo quý 2" is a window */
            int count = isdigit((unsigned char)*again) ? (int)strtol(again, NULL, 10) : 1;
            return frequency(t, count < 100 ? count : 1, per);
        }
    return false;
}

/* ---- days ---- */

static const char *year_behind(const struct phrase *p, const char *at, int *year)
{
    const char *next = at + strspn(at, " /-.,");
    if (text_starts(next, "nam "))
        next += 4;
    if (strspn(next, "0123456789") != 4)
        return at;
    (void)p;
    int value = (int)strtol(next, NULL, 10);
    if (value < 1990 || value > 2100)
        return at;
    *year = value;
    return next + 4;
}

/* A day without its year: "20/12", "ngày 20 tháng 12". The fold keeps one character a rune, so both run alongside. */
static bool short_day(const struct phrase *p, const char *text, int64_t *day, const char **end)
{
    char *after;
    if (!isdigit((unsigned char)*text) || p->year == 0)
        return false;
    int first = (int)strtol(text, &after, 10);
    if (after - text > 2)
        return false;
    const char *at = after + strspn(after, " ");
    if (*at == '/' || *at == '-')
        at++;
    else if (text_starts(at, "thang ") && at > after)
        at += 6;
    else
        return false;
    at += strspn(at, " ");
    if (!isdigit((unsigned char)*at))
        return false;
    int second = (int)strtol(at, &after, 10);
    if (after - at > 2 || !day_valid(p->year, second, first) || isalpha((unsigned char)*after) || *after == '/' || *after == '%')
        return false;
    *day = day_of(p->year, second, first);
    *end = after;
    return true;
}

enum { DAYS_MOST = PLAN_MOST_DUE + 1 };

struct days {
    int64_t list[DAYS_MOST];
    size_t at[DAYS_MOST]; /* where in the folded text */
    int count;
};

static struct days days_in(const struct phrase *p, const char *folded)
{
    struct days d = { 0 };
    for (const char *at = folded; *at != '\0' && d.count < DAYS_MOST; at++) {
        if (!isdigit((unsigned char)*at) || (at > folded && (isalnum((unsigned char)at[-1]) || at[-1] == '/')))
            continue;
        struct document_date date;
        const char *end;
        int64_t day;
        bool said = at >= folded + 5 && strstr(at - (at - folded > 12 ? 12 : at - folded), "ngay") != NULL;
        if (document_date_read(at, &date, &end))
            day = date.when;
        else if (!(said || strchr("tdxh", folded[0]) != NULL || d.count > 0 || strchr(at, '/') != NULL) || !short_day(p, at, &day, &end))
            continue;
        d.at[d.count] = (size_t)(at - folded);
        d.list[d.count++] = day;
        at = end - 1;
    }
    return d;
}

static bool between(const char *folded, const struct days *d)
{
    if (d->count != 2)
        return false;
    char *head = strstr((char *)folded, "tu ");
    const char *middle = strstr(folded + d->at[0], "den");
    const char *dash = memchr(folded + d->at[0], '-', d->at[1] - d->at[0]);
    return (head != NULL && head < folded + d->at[0] && middle != NULL && middle < folded + d->at[1]) ||
           (dash != NULL && middle == NULL && strchr(" 0123456789", dash[1]) != NULL && strstr(folded, " va ") == NULL && dash[-1] == ' ');
}

static bool by_days(const struct phrase *p, struct plan_time *t)
{
    const char *folded = text_fold(p->a, p->raw);
    struct days d = days_in(p, folded);
    if (d.count == 0)
        return false;
    if (between(folded, &d)) {
        t->kind = PLAN_PERIOD;
        t->start = known(d.list[0]);
        t->end = known(d.list[1]);
        if (p->completes)
            t->due = t->end;
        return true;
    }
    bool from_on = d.count == 1 && (text_starts(folded, "tu ngay") || text_starts(folded, "tu ")) && strstr(folded, "den") == NULL;
    if (from_on) {
        t->kind = PLAN_PERIOD;
        t->start = known(d.list[0]);
        return true;
    }
    t->kind = PLAN_DEADLINE;
    t->due = known(d.list[0]);
    for (int i = 1; i < d.count; i++)
        t->more_due[t->more_count++] = d.list[i];
    return true;
}

/* ---- months, quarters, halves, years ---- */

static void window(const struct phrase *p, struct plan_time *t, int year, int first, int last)
{
    int64_t start = day_of(year, first, 1), end = month_end(year, last);
    if (t->kind == PLAN_PERIOD) { /* "Quý II, quý IV": from the first to the last */
        start = t->start.known && t->start.day < start ? t->start.day : start;
        end = t->end.known && t->end.day > end ? t->end.day : end;
    }
    t->kind = PLAN_PERIOD;
    t->start = known(start);
    t->end = known(end);
    if (p->completes)
        t->due = t->end;
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

static int number_at(const char *at, const char **end)
{
    size_t digits = strspn(at, "0123456789");
    if (digits == 0 || digits > 2 || isalpha((unsigned char)at[digits]))
        return 0;
    *end = at + digits;
    int value = (int)strtol(at, NULL, 10);
    return value <= 12 ? value : 0;
}

/* "quý I, II", "tháng 3 và tháng 9", "tháng 5 - 6/2026": all values behind the word; false when there is none. */
static bool windows_behind(const struct phrase *p, const char *at, bool quarters, struct plan_time *t)
{
    int values[12], count = 0, year = p->year;
    const char *end = at;
    while (count < 12) {
        at += strspn(at, " ");
        const char *stop;
        int value = quarters ? quarter_at(at, &stop) : number_at(at, &stop);
        if (value == 0)
            break;
        values[count++] = value;
        end = year_behind(p, stop, &year);
        at = end + strspn(end, " ");
        static const char *const joins[] = { ",", "-", "va ", "den ", "&", "hoac " };
        bool more = false;
        for (size_t i = 0; i < sizeof joins / sizeof joins[0] && !more; i++)
            if (text_starts(at, joins[i])) {
                at += strlen(joins[i]);
                more = true;
            }
        at += strspn(at, " ");
        if (text_starts(at, quarters ? "quy " : "thang "))
            at += quarters ? 4 : 6;
        if (!more)
            break;
    }
    for (int i = 0; i < count && year != 0; i++)
        window(p, t, year, quarters ? values[i] * 3 - 2 : values[i], quarters ? values[i] * 3 : values[i]);
    return count > 0 && year != 0;
}

static bool word_before(const char *text, const char *at, const char *word)
{
    size_t length = strlen(word);
    while (at > text && at[-1] == ' ')
        at--;
    return (size_t)(at - text) >= length && strncmp(at - length, word, length) == 0;
}

static bool by_windows(const struct phrase *p, struct plan_time *t)
{
    const char *folded = text_fold(p->a, p->raw);
    int year = p->year;
    const char *half = strstr(folded, "6 thang ");
    if (half != NULL && (text_starts(half + 8, "dau") || text_starts(half + 8, "cuoi"))) {
        year_behind(p, half + 8 + strcspn(half + 8, " "), &year);
        bool first = text_starts(half + 8, "dau");
        if (year != 0)
            window(p, t, year, first ? 1 : 7, first ? 6 : 12);
        return year != 0;
    }
    for (const char *at = folded; (at = strstr(at, "quy ")) != NULL; at += 4)
        if (windows_behind(p, at + 4, true, t))
            return true;
    for (const char *at = folded; (at = strstr(at, "thang ")) != NULL; at += 6) {
        if (!windows_behind(p, at + 6, false, t))
            continue;
        if (word_before(folded, at, "truoc")) { /* "trước tháng 6" ends with May */
            t->kind = PLAN_DEADLINE;
            t->due = known(t->start.day - 1);
            t->start = t->end = (struct plan_day){ 0 };
        }
        return true;
    }
    return false;
}

static bool by_year(const struct phrase *p, struct plan_time *t)
{
    const char *key = p->key;
    int year = p->year, last = 0;
    bool within = strstr(key, "trong nam") != NULL || strstr(key, "truoc khi ket thuc nam") != NULL || strstr(key, "cuoi nam") != NULL;
    for (const char *at = key; *at != '\0'; at++)
        if (isdigit((unsigned char)*at) && (at == key || at[-1] == ' ') && strspn(at, "0123456789") == 4) {
            int value = (int)strtol(at, NULL, 10);
            if (value < 1990 || value > 2100)
                continue;
            year = last == 0 ? value : year;
            last = value;
        }
    bool whole = strstr(key, "ca nam") != NULL || strstr(key, "nam ke hoach") != NULL;
    if (year == 0 || (last == 0 && !within && !whole))
        return false;
    if (within) {
        t->kind = PLAN_DEADLINE;
        t->due = known(day_of(last != 0 ? last : year, 12, 31));
        return true;
    }
    t->kind = PLAN_PERIOD;
    t->start = known(day_of(year, 1, 1));
    t->end = known(day_of(last > year ? last : year, 12, 31));
    if (p->completes)
        t->due = t->end;
    return true;
}

static const char *const continuous_words[] = { "thường xuyên", "liên tục", "hằng ngày", "hàng ngày", "trong suốt", "quanh năm", NULL };
static const char *const waiting_words[] = { "khi có", "khi được", "khi phát sinh", "khi nhận", "theo yêu cầu", "theo chỉ đạo", "theo hướng dẫn",
    "theo thông báo", "theo kế hoạch", "theo lịch", "theo văn bản", "theo giấy mời", "theo thư mời", "đột xuất", "nếu có", "sau khi", "kể từ",
    "theo tiến độ", "theo quy định", "đúng quy định", "theo thời gian", "theo từng", "theo thực tế", "khi cần", "kịp thời", NULL };

static void decide(const struct phrase *p, struct plan_time *t)
{
    bool waits = says_any(p, waiting_words);
    if (counted(p, t))
        return;
    if (says_any(p, continuous_words)) {
        t->kind = PLAN_CONTINUOUS;
        return;
    }
    if (by_days(p, t) || recurring(p, t) || by_windows(p, t))
        return;
    if (waits) {
        t->kind = PLAN_ON_REQUEST;
        return;
    }
    by_year(p, t);
}

struct plan_time plan_time_of(struct arena *a, const char *raw, const char *frequency_raw, int year, bool completes)
{
    struct plan_time t = { .kind = PLAN_NO_TIME };
    if (!text_blank(raw)) {
        struct phrase p = { .a = a, .raw = plan_one_spelling(a, raw), .year = year, .completes = completes };
        p.key = text_key(a, p.raw);
        p.loose = fold_loose(a, p.raw);
        decide(&p, &t);
    }
    if (!text_blank(frequency_raw)) {
        struct phrase p = { .a = a, .raw = plan_one_spelling(a, frequency_raw), .year = year };
        struct plan_time often = { .kind = PLAN_NO_TIME };
        p.key = text_key(a, p.raw);
        p.loose = fold_loose(a, p.raw);
        decide(&p, &often);
        if (often.kind != PLAN_NO_TIME && (often.kind != PLAN_CONTINUOUS || t.kind == PLAN_NO_TIME)) {
            often.start = often.start.known ? often.start : t.start;
            often.end = often.end.known ? often.end : t.end;
            t = often;
        }
    }
    return t;
}

/* ---- inside a sentence ---- */

static const char *clause(struct arena *a, const struct folded *f, size_t from, size_t to)
{
    return text_squeeze(a, arena_copy_n(a, f->text + f->at[from], f->at[to] - f->at[from]));
}

static const char *bracketed(struct arena *a, const struct folded *f)
{
    for (size_t i = 0; i < f->length; i++) {
        if (f->key[i] != '(')
            continue;
        size_t end = i + 1 + strcspn(f->key + i + 1, ")");
        if (end >= f->length)
            return NULL;
        const char *text = clause(a, f, i + 1, end);
        char *key = fold_loose(a, text);
        bool waits = strncmp(key, "khi", 3) == 0 || strncmp(key, "neu", 3) == 0;
        if (waits && text_length(text) > 8 && text_length(text) < 120) /* "(nếu có)" alone is a manner of speech */
            return text;
    }
    return NULL;
}

static const char *dated(struct arena *a, const struct folded *f)
{
    static const char *const openers[] = { "truoc ngay", "trong ngay", "cham nhat", "den het ngay", "muon nhat", "vao ngay", "xong truoc", "truoc" };
    for (size_t i = 0; i < f->length; i++)
        for (size_t k = 0; k < sizeof openers / sizeof openers[0]; k++) {
            size_t length = strlen(openers[k]);
            bool here = (i == 0 || !fold_is_word(f->key[i - 1])) && i + length < f->length && memcmp(f->key + i, openers[k], 2) == 0 &&
                        fold_distance(f->key + i, length, openers[k], length, (int)(length / 5)) <= (int)(length / 5);
            if (!here)
                continue;
            size_t at = i + length;
            for (size_t words = 0; at < f->length && words < 3 && !isdigit((unsigned char)f->key[at]); at++)
                words += f->key[at] == ' ';
            struct document_date date;
            const char *end, *more;
            if (at >= f->length || !document_date_read(f->text + f->at[at], &date, &end))
                continue;
            while (text_starts(end, " và ") && document_date_read(end + strlen(" và "), &date, &more)) /* "15/6 và ngày 15/12" */
                end = more;
            return text_squeeze(a, arena_copy_n(a, f->text + f->at[i], (size_t)(end - f->text) - f->at[i]));
        }
    return NULL;
}

/* "… ít nhất 02 tin, bài/tháng …": from the number to the period. */
static const char *quota(struct arena *a, const struct folded *f)
{
    for (size_t i = 0; i + 3 < f->length; i++) {
        if (!isdigit((unsigned char)f->key[i]) || (i > 0 && f->key[i - 1] != ' '))
            continue;
        size_t slash = i + strcspn(f->key + i, "/.;:(");
        if (slash >= f->length || f->key[slash] != '/' || slash - i > 40 || isdigit((unsigned char)f->key[slash - 1]))
            continue;
        size_t end = slash + 1;
        while (end < f->length && fold_is_word(f->key[end]))
            end++;
        char period[12] = { 0 };
        memcpy(period, f->key + slash + 1, end - slash - 1 < sizeof period ? end - slash - 1 : sizeof period - 1);
        if (per_of(period) != PLAN_PER_NONE)
            return clause(a, f, i, end);
    }
    return NULL;
}

const char *plan_time_within(struct arena *a, const char *sentence)
{
    struct folded f = fold_text(a, sentence);
    const char *found = dated(a, &f);
    if (found == NULL)
        found = quota(a, &f);
    return found != NULL ? found : bracketed(a, &f);
}
