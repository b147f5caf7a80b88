/* Schedules: which periods a task's time stands for, and what they are called. */
#include "modules/task/task_schedule.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <string.h>

enum { REPORT_CUT_OFF = 14 }; /* day of a period's last month on which figures are closed, NĐ 09/2019/NĐ-CP Điều 12 */

static const char *const kind_names[] = { "none", "continuous", "frequency", "deadline", "period", "on_request" };
static const char *const per_names[] = { "", "week", "month", "quarter", "year" };

static int index_of(const char *const *names, int count, const char *name)
{
    for (int i = 0; name != NULL && i < count; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return 0;
}

const char *schedule_kind_name(enum schedule_kind kind)
{
    return kind_names[kind];
}

enum schedule_kind schedule_kind_of(const char *name)
{
    return (enum schedule_kind)index_of(kind_names, SCHEDULE_ON_REQUEST + 1, name);
}

const char *schedule_per_name(enum schedule_per per)
{
    return per_names[per];
}

enum schedule_per schedule_per_of(const char *name)
{
    return (enum schedule_per)index_of(per_names, PER_YEAR + 1, name);
}

static int64_t first_day(const struct schedule *s)
{
    return s->start_day != 0 ? s->start_day : day_of(s->year, 1, 1);
}

static int64_t last_day(const struct schedule *s)
{
    return s->end_day != 0 ? s->end_day : day_of(s->year, 12, 31);
}

const char *schedule_wrong(struct arena *a, const struct schedule *s)
{
    if (s->kind == SCHEDULE_NONE || s->kind == SCHEDULE_ON_REQUEST)
        return NULL;
    if (s->kind == SCHEDULE_DEADLINE)
        return s->due_count > 0 ? NULL : "Hãy ghi ngày đến hạn, ví dụ 30/9/2026.";
    if ((s->start_day == 0 || s->end_day == 0) && (s->year < 2000 || s->year > 2100))
        return "Hãy ghi năm của kế hoạch, ví dụ 2026.";
    if (first_day(s) > last_day(s))
        return arena_printf(a, "Ngày bắt đầu %s đứng sau ngày kết thúc %s. Hãy sửa lại một trong hai ngày.",
                            day_vi(a, first_day(s)), day_vi(a, last_day(s)));
    if (last_day(s) - first_day(s) > 5 * 366)
        return "Thời gian dài hơn 5 năm. Hãy chia nhiệm vụ theo từng năm.";
    if (s->kind == SCHEDULE_FREQUENCY && s->per == PER_NONE)
        return "Hãy chọn số lần tính theo tuần, tháng, quý hay năm.";
    if (s->count < 0 || s->count > 1000)
        return "Số lần mỗi kỳ phải từ 1 đến 1000.";
    return NULL;
}

static const char *const romans[] = { "I", "II", "III", "IV" };

/* ISO 8601: a week belongs to the year of its Thursday. */
static char *week_label(struct arena *a, int64_t day)
{
    int64_t thursday = day - day_weekday(day) + 4;
    int year = day_year(thursday);
    return arena_printf(a, "Tuần %d/%d", (int)((thursday - day_of(year, 1, 1)) / 7) + 1, year);
}

static char *period_label(struct arena *a, enum schedule_per per, int64_t last)
{
    int year, month, day;
    day_split(last, &year, &month, &day);
    switch (per) {
    case PER_WEEK: return week_label(a, last);
    case PER_MONTH: return arena_printf(a, "Tháng %d/%d", month, year);
    case PER_QUARTER: return arena_printf(a, "Quý %s/%d", romans[(month - 1) / 3], year);
    default: return arena_printf(a, "Năm %d", year);
    }
}

/* Last day of the calendar period that holds `day`. */
static int64_t period_end(enum schedule_per per, int64_t when)
{
    int year, month, day;
    day_split(when, &year, &month, &day);
    switch (per) {
    case PER_WEEK: return when - day_weekday(when) + 7;
    case PER_MONTH: return day_add_months(day_of(year, month, 1), 1) - 1;
    case PER_QUARTER: return day_add_months(day_of(year, (month - 1) / 3 * 3 + 1, 1), 3) - 1;
    default: return day_of(year, 12, 31);
    }
}

/* Last day of the report period that holds `when`: like the calendar's, but closed on the 14th. */
static int64_t report_end(enum schedule_per per, int64_t when)
{
    if (per == PER_WEEK)
        return period_end(per, when);
    for (int64_t end = period_end(per, when);; end = period_end(per, end + 1)) {
        int year, month, day;
        day_split(end, &year, &month, &day);
        int64_t cut = day_of(year, month, REPORT_CUT_OFF);
        if (cut >= when)
            return cut;
    }
}

struct list {
    struct arena *arena;
    const struct calendar *calendar;
    struct occurrence_day *items;
    size_t count, capacity;
};

static void add(struct list *l, const char *label, int64_t start, int64_t end, int quota, bool strict)
{
    if (l->count == SCHEDULE_MOST_DAYS)
        return;
    l->items = arena_grow(l->arena, l->items, sizeof *l->items, &l->capacity, l->count + 1);
    l->items[l->count++] = (struct occurrence_day){
        .label = label, .start_day = start, .end_day = end, .due_day = calendar_roll(l->calendar, end),
        .quota = quota > 0 ? quota : 1, .strict = strict,
    };
}

static void add_frequency(struct list *l, const struct schedule *s)
{
    int64_t last = last_day(s);
    for (int64_t start = first_day(s); start <= last && l->count < SCHEDULE_MOST_DAYS;) {
        int64_t end = period_end(s->per, start);
        add(l, period_label(l->arena, s->per, end), start, end < last ? end : last, s->count, true);
        start = end + 1;
    }
}

static char *window_label(struct arena *a, int64_t start, int64_t end)
{
    for (int per = PER_MONTH; per <= PER_YEAR; per++) {
        int64_t before = period_end((enum schedule_per)per, start - 1);
        if (before == start - 1 && period_end((enum schedule_per)per, start) == end)
            return period_label(a, (enum schedule_per)per, end);
    }
    int year = day_year(start);
    if (start == day_of(year, 1, 1) && end == day_of(year, 6, 30))
        return arena_printf(a, "6 tháng đầu năm %d", year);
    if (start == day_of(year, 7, 1) && end == day_of(year, 12, 31))
        return arena_printf(a, "6 tháng cuối năm %d", year);
    if (start == end)
        return arena_printf(a, "Ngày %s", day_vi(a, end));
    return arena_printf(a, "Từ %s đến %s", day_vi(a, start), day_vi(a, end));
}

/* The report periods that close inside the window; a window between two closings has one check-in, on its last day. */
static void add_continuous(struct list *l, const struct schedule *s)
{
    enum schedule_per per = s->per == PER_NONE ? PER_QUARTER : s->per;
    int64_t last = last_day(s);
    for (int64_t start = first_day(s); start <= last && l->count < SCHEDULE_MOST_DAYS;) {
        int64_t end = report_end(per, start);
        if (end > last)
            break;
        add(l, period_label(l->arena, per, end), start, end, 1, false);
        start = end + 1;
    }
    if (l->count == 0)
        add(l, window_label(l->arena, first_day(s), last), first_day(s), last, 1, false);
}

static void add_deadlines(struct list *l, const struct schedule *s)
{
    for (int i = 0; i < s->due_count && i < SCHEDULE_MOST_DUE; i++) {
        int64_t due = s->due_days[i];
        int64_t start = s->start_day != 0 ? s->start_day : day_of(day_year(due), 1, 1);
        add(l, arena_printf(l->arena, "Hạn %s", day_vi(l->arena, due)), start < due ? start : due, due, s->count, true);
    }
}

size_t schedule_occurrences(struct arena *a, const struct schedule *s, const struct calendar *calendar,
                            struct occurrence_day **out)
{
    struct list l = { .arena = a, .calendar = calendar };
    if (schedule_wrong(a, s) == NULL)
        switch (s->kind) {
        case SCHEDULE_CONTINUOUS: add_continuous(&l, s); break;
        case SCHEDULE_FREQUENCY: add_frequency(&l, s); break;
        case SCHEDULE_DEADLINE: add_deadlines(&l, s); break;
        case SCHEDULE_PERIOD:
            add(&l, window_label(a, first_day(s), last_day(s)), first_day(s), last_day(s), s->count, true);
            break;
        case SCHEDULE_NONE:
        case SCHEDULE_ON_REQUEST: break;
        }
    *out = l.items;
    return l.count;
}

static char *deadline_words(struct arena *a, const struct schedule *s)
{
    struct buffer b = { .arena = a };
    for (int i = 0; i < s->due_count && i < SCHEDULE_MOST_DUE; i++)
        buffer_printf(&b, "%s%s", i == 0 ? "Hạn " : i == s->due_count - 1 ? " và " : ", ", day_vi(a, s->due_days[i]));
    return b.length == 0 ? arena_copy(a, "Chưa rõ") : b.text;
}

char *schedule_words(struct arena *a, const struct schedule *s)
{
    static const char *const each[] = { "Chưa rõ kỳ hạn", "Hằng tuần", "Hằng tháng", "Hằng quý", "Hằng năm" };
    switch (s->kind) {
    case SCHEDULE_CONTINUOUS: return arena_copy(a, "Thường xuyên");
    case SCHEDULE_FREQUENCY:
        return s->count > 1 ? arena_printf(a, "%s, mỗi kỳ %02d", each[s->per], s->count) : arena_copy(a, each[s->per]);
    case SCHEDULE_DEADLINE: return deadline_words(a, s);
    case SCHEDULE_PERIOD: return window_label(a, first_day(s), last_day(s));
    case SCHEDULE_ON_REQUEST: return arena_copy(a, "Khi có yêu cầu");
    default: return arena_copy(a, "Chưa rõ");
    }
}
