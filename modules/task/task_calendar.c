/* Working days: Monday to Friday, corrected by the dated rows of table working_day. */
#include "modules/task/task_calendar.h"
#include "platform/base/clock.h"
#include "task_calendar_queries.h"

const struct calendar *calendar_load(struct ctx *c)
{
    const struct rows *rows = sql_calendar_days(c);
    size_t count = (size_t)rows->count;
    struct calendar *calendar = arena_alloc(c->arena, sizeof *calendar);
    int64_t *days = arena_array(c->arena, count + 1, sizeof *days);
    bool *works = arena_array(c->arena, count + 1, sizeof *works);
    for (size_t i = 0; i < count; i++) {
        days[i] = cell_int(rows, (int)i, "day");
        works[i] = cell_int(rows, (int)i, "works") != 0;
    }
    *calendar = (struct calendar){ count, days, works };
    return calendar;
}

bool calendar_works(const struct calendar *calendar, int64_t day)
{
    size_t low = 0, high = calendar->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (calendar->days[middle] < day)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < calendar->count && calendar->days[low] == day)
        return calendar->works[low];
    return day_weekday(day) <= 5;
}

int64_t calendar_roll(const struct calendar *calendar, int64_t day)
{
    while (!calendar_works(calendar, day))
        day++;
    return day;
}

int64_t calendar_add(const struct calendar *calendar, int64_t day, int count)
{
    for (int i = 0; i < count; i++)
        day = calendar_roll(calendar, day + 1);
    return day;
}
