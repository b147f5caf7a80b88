/* How an occurrence stands today, in one word for the eye and a few for reading. */
#include "modules/task/task_inner.h"
#include "platform/base/clock.h"

static const char *days_word(struct ctx *c, const char *format, int64_t days)
{
    return arena_printf(c->arena, format, (int)days);
}

struct task_standing task_standing(struct ctx *c, const char *state, int64_t start_day, int64_t due_day, bool strict)
{
    int64_t today = day_of_moment(c->now), left = due_day - today;
    if (strcmp(state, "done") == 0)
        return (struct task_standing){ "done", "Đã xong", "" };
    if (strcmp(state, "submitted") == 0)
        return (struct task_standing){ "wait", "Chờ duyệt", "" };
    if (strcmp(state, "cancelled") == 0)
        return (struct task_standing){ "todo", "Đã dừng", "" };
    bool returned = strcmp(state, "returned") == 0;
    if (left < 0 && strict)
        return (struct task_standing){ "late", days_word(c, returned ? "Trả lại, quá %d ngày" : "Quá %d ngày", -left), "late" };
    if (left < 0)
        return (struct task_standing){ "soon", "Chưa ghi nhận", "soon" };
    const char *group = left <= TASK_SOON_DAYS ? "soon" : "later";
    if (returned)
        return (struct task_standing){ "soon", "Bị trả lại", group };
    if (left == 0)
        return (struct task_standing){ "soon", "Hạn hôm nay", group };
    if (left <= TASK_SOON_DAYS)
        return (struct task_standing){ "soon", days_word(c, "Còn %d ngày", left), group };
    if (start_day > today)
        return (struct task_standing){ "todo", "Chưa đến kỳ", group };
    return (struct task_standing){ "doing", strict ? days_word(c, "Còn %d ngày", left) : "Đang làm", group };
}

static void set(struct rows *rows, int row, const char *column, const char *value)
{
    int at = rows_column(rows, column);
    if (at >= 0)
        rows->cells[row * rows->columns + at] = value;
}

/* Without the year when it is this one. */
static const char *short_day(struct ctx *c, int64_t when)
{
    int year, month, day;
    day_split(when, &year, &month, &day);
    return year == day_year(day_of_moment(c->now)) ? arena_printf(c->arena, "%d/%d", day, month) : day_vi(c->arena, when);
}

void task_tell_state(struct ctx *c, struct rows *rows)
{
    for (int i = 0; i < rows->count; i++) {
        struct task_standing s = task_standing(c, cell(rows, i, "raw_state"), cell_int(rows, i, "start_day"),
                                               cell_int(rows, i, "due_day"), cell_int(rows, i, "strict") != 0);
        set(rows, i, "state", s.state);
        set(rows, i, "label", s.label);
        set(rows, i, "grp", s.group);
        set(rows, i, "due_short", short_day(c, cell_int(rows, i, "due_day")));
    }
}

void task_set_cell(struct rows *rows, int row, const char *column, const char *value)
{
    set(rows, row, column, value);
}
