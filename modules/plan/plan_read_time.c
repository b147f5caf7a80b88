/* When a task is to be done, from the words of a plan; conventions of the phrase table in the domain reference. */
#include "modules/document/document_fold.h"
#include "plan_time.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { PHRASE_LONGEST = 600 };

struct plan_day time_day(int64_t day)
{
    return (struct plan_day){ .known = true, .day = day };
}

int64_t time_month_end(int year, int month)
{
    return (month == 12 ? day_of(year + 1, 1, 1) : day_of(year, month + 1, 1)) - 1;
}

bool time_has(const char *key, const char *words)
{
    size_t length = strlen(words);
    for (const char *at = key; (at = strstr(at, words)) != NULL; at++)
        if ((at == key || !isalnum((unsigned char)at[-1])) && !isalnum((unsigned char)at[length]))
            return true;
    return false;
}

/* Exactly, or as a scan may have left it. list: as fold_loose makes them, so "liên tục" is "uen tuc". */
static bool says_any(const struct phrase *p, const char *const *list)
{
    for (const char *end; *list != NULL; list++)
        if (fold_find(p->loose, *list, &end) != NULL)
            return true;
    return false;
}

static const char *const continuous_words[] = { "thuong xuyen", "uen tuc", "hang ngay", "moi ngay", "trong suot", "suot nam", "quanh nam", NULL };
static const char *const waiting_words[] = { "khi co", "khi duoc", "khi phat sinh", "khi nhan", "theo yeu cau", "theo chi dao", "theo huong dan",
    "theo thong bao", "theo ke hoach", "theo uch", "theo van ban", "theo giay moi", "theo thu moi", "dot xuat", "neu co", "sau khi", "ngay khi", "ke tu",
    "theo tien do", "theo quy dinh", "dung quy dinh", "theo thoi gian", "theo tung", "theo thuc te", "khi can", "kip thoi", "theo io trinh",
    "theo chuong trinh", "theo phan cong", "theo de nghi", "trong vong", "trong thoi han", "ngay iam viec", "ke hoach rieng", "thong bao sau",
    "dip", "ngay ie", "su kien", "tuy theo", "can cu vao", "theo nhu cau", "theo dot", NULL };

/* "trước 05 ngày tổ chức hội nghị", "sau 10 ngày": counted from an event. */
static bool counts_from_event(const struct phrase *p)
{
    static const char *const words[] = { "truoc ", "sau ", "trong " };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        for (const char *at = p->key; (at = strstr(at, words[i])) != NULL; at++) {
            const char *number = at + strlen(words[i]);
            size_t digits = strspn(number, "0123456789");
            const char *unit = number + digits;
            bool part = strncmp(unit, " thang dau", 10) == 0 || strncmp(unit, " thang cuoi", 11) == 0; /* of the year */
            if (part)
                continue;
            if (digits > 0 && digits < 3 && (text_starts(unit, " ngay") || text_starts(unit, " tuan") || text_starts(unit, " thang")) && (at == p->key || at[-1] == ' '))
                return true;
        }
    return false;
}

static bool waits(const struct phrase *p)
{
    return says_any(p, waiting_words) || counts_from_event(p) || text_starts(p->key, "sau ") || text_starts(p->key, "ngay sau ") ||
           text_starts(p->key, "theo ");
}

/* The years that a phrase names; first and last, 0 none. */
static void years_in(const char *key, int *first, int *last)
{
    *first = *last = 0;
    for (const char *at = key; *at != '\0'; at++)
        if (isdigit((unsigned char)*at) && (at == key || at[-1] == ' ') && strspn(at, "0123456789") == 4) {
            int value = (int)strtol(at, NULL, 10);
            if (value < 1990 || value > 2100)
                continue;
            *first = *first == 0 ? value : *first;
            *last = value;
        }
}

static bool any_of(const char *key, const char *const *words)
{
    for (; *words != NULL; words++)
        if (time_has(key, *words))
            return true;
    return false;
}

static bool by_year(const struct phrase *p, struct plan_time *t)
{
    static const char *const until[] = { "trong nam", "cuoi nam", "het nam", "ket thuc nam", "den nam", "cham nhat nam", NULL };
    static const char *const whole[] = { "ca nam", "nam ke hoach", "toan nam", "nam nay", NULL };
    static const char *const onwards[] = { "tiep theo", "tro di", "nhung nam sau", "cac nam sau", NULL };
    const char *key = p->key;
    int first, last;
    years_in(key, &first, &last);
    bool within = any_of(key, until), before = time_has(key, "truoc nam"), early = time_has(key, "dau nam"), middle = time_has(key, "giua nam");
    bool named = first != 0;
    if (!named && !within && !any_of(key, whole) && !early && !middle)
        return false;
    first = named ? first : p->year;
    last = named ? last : p->year;
    if (first == 0)
        return false;
    bool from_now = time_has(key, "tu nay"), range = first < last || time_has(key, "tu nam");
    if ((within || before) && !from_now && !(range && !before && time_has(key, "den nam"))) {
        t->kind = PLAN_DEADLINE;
        t->due = time_day(day_of(before ? last - 1 : last, 12, 31));
        return true;
    }
    bool since = time_has(key, "tu nam") || text_starts(key, "tu 2");
    bool open = any_of(key, onwards) || (since && first == last);
    t->kind = PLAN_PERIOD;
    t->start = from_now ? (struct plan_day){ 0 } : time_day(middle ? day_of(first, 5, 1) : day_of(first, 1, 1));
    t->end = open ? (struct plan_day){ 0 } : time_day(early ? day_of(first, 3, 31) : middle ? day_of(first, 8, 31) : day_of(last > first ? last : first, 12, 31));
    if (p->completes && !open)
        t->due = t->end;
    return true;
}

static void decide(const struct phrase *p, struct plan_time *t)
{
    bool round_the_clock = strstr(p->folded, "24/24") != NULL || strstr(p->folded, "24/7") != NULL;
    if (time_counted(p, t))
        return;
    if (round_the_clock || says_any(p, continuous_words)) {
        t->kind = PLAN_CONTINUOUS;
        return;
    }
    if (time_recurs(p, t))
        return;
    bool year_first = text_starts(p->key, "nam 2") || text_starts(p->key, "trong nam");
    if (time_by_days(p, t) || (!counts_from_event(p) && time_by_windows(p, t)) || (year_first && by_year(p, t)))
        return;
    if (waits(p)) {
        t->kind = PLAN_ON_REQUEST;
        return;
    }
    if (by_year(p, t))
        return;
    if (time_has(p->key, "duy tri"))
        t->kind = PLAN_CONTINUOUS;
    else if (text_starts(p->key, "truoc ")) /* "Trước kỳ họp" */
        t->kind = PLAN_ON_REQUEST;
}

/* How many digits stand behind the blank that cuts a date: 1 in "01/4/202 6"; 0: none is cut. */
static size_t cut_digits(const char *slash, size_t *before)
{
    size_t here = strspn(slash + 1, "0123456789");
    const char *rest = slash + 1 + here;
    size_t behind = (*rest == ' ' || *rest == '\n') ? strspn(rest + 1, "0123456789") : 0;
    *before = here;
    bool year = here > 0 && here < 4 && here + behind == 4 && slash[1] == '2';
    bool month = here == 1 && behind == 1 && slash[1] == '1' && rest[2] == '/';
    return year || month ? behind : 0;
}

const char *plan_whole_dates(struct arena *a, const char *text)
{
    char *whole = arena_copy_n(a, text, strlen(text));
    for (char *at = whole; (at = strchr(at, '/')) != NULL; at++) {
        size_t before, behind = cut_digits(at, &before);
        if (behind > 0)
            memmove(at + 1 + before, at + 2 + before, strlen(at + 2 + before) + 1);
    }
    return whole;
}

/* text_fold with every dash as "-", so that phrases need to know only one. */
static const char *folded_of(struct arena *a, const char *raw)
{
    static const char *const dashes[] = { "–", "—", "−" };
    char *folded = text_fold(a, raw);
    for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++)
        for (char *at; (at = strstr(folded, dashes[i])) != NULL;) {
            *at = '-';
            memmove(at + 1, at + strlen(dashes[i]), strlen(at + strlen(dashes[i])) + 1);
        }
    return folded;
}

static struct phrase phrase_of(struct arena *a, const char *raw, int year, bool completes)
{
    const char *text = plan_one_spelling(a, raw);
    if (strlen(text) > PHRASE_LONGEST)
        text = text_nfc(a, arena_copy_n(a, text, PHRASE_LONGEST));
    struct phrase p = { .a = a, .raw = text, .key = text_key(a, text), .folded = folded_of(a, text), .loose = fold_loose(a, text), .year = year };
    p.completes = completes || time_has(p.key, "hoan thanh") || time_has(p.key, "xong");
    return p;
}

struct plan_time plan_time_of(struct arena *a, const char *raw, const char *frequency_raw, int year, bool completes)
{
    struct plan_time t = { .kind = PLAN_NO_TIME };
    if (!text_blank(raw)) {
        struct phrase p = phrase_of(a, raw, year, completes);
        decide(&p, &t);
    }
    if (!text_blank(frequency_raw)) {
        struct phrase p = phrase_of(a, frequency_raw, year, false);
        struct plan_time often = { .kind = PLAN_NO_TIME };
        decide(&p, &often);
        if (often.kind != PLAN_NO_TIME && (often.kind != PLAN_CONTINUOUS || t.kind == PLAN_NO_TIME)) {
            often.start = often.start.known ? often.start : t.start;
            often.end = often.end.known ? often.end : t.end;
            t = often;
        }
    }
    return t;
}
