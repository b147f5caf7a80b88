/* Working days: Monday to Friday, corrected by the dated rows of table working_day. */
#include "modules/task/task_calendar.h"
#include "modules/audit/audit.h"
#include "modules/role.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include "task_calendar_queries.h"
#include <inttypes.h>

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

/* ---- changing the rows ---- */
enum { NAME_LONGEST = 100, BASIS_LONGEST = 300 };

static enum err require_admin(struct ctx *c)
{
    if ((c->granted & ROLE_ADMIN) == 0)
        return fail(c, FORBIDDEN, "Chỉ quản trị được sửa lịch nghỉ.", "calendar: role lacking");
    return c->err;
}

/* What is due on or rolled over the day falls due anew; the history keeps the old day. */
static int64_t recompute(struct ctx *c, int64_t day)
{
    const struct calendar *calendar = calendar_load(c);
    const struct rows *touched = sql_calendar_touched(c, day);
    int64_t moved = 0;
    for (int i = 0; i < touched->count && c->err == OK; i++) { /* a few days around the changed one, however many tasks */
        int64_t end = cell_int(touched, i, "end_day"), old = cell_int(touched, i, "due_day"), due = calendar_roll(calendar, end);
        if (due == old)
            continue;
        sql_calendar_note_move(c, end, old, c->person, c->now, arena_printf(c->arena, "Đổi hạn từ %s sang %s do lịch nghỉ thay đổi",
                                                                            day_vi(c->arena, old), day_vi(c->arena, due)));
        moved += sql_calendar_move(c, end, old, due);
    }
    return moved;
}

static const char *words(struct ctx *c, int64_t day, bool works, const char *name)
{
    return arena_printf(c->arena, "%s ngày %s (%s)", works ? "Làm bù" : "Nghỉ", day_vi(c->arena, day), name);
}

static const char *check_text(struct ctx *c, const char *field, const char *text, size_t longest, const char *lacking)
{
    text = text_squeeze(c->arena, text_nfc(c->arena, text));
    if (text[0] == '\0')
        invalid(c, field, "%s", lacking);
    else if (text_length(text) > longest)
        invalid(c, field, "Xin viết không quá %zu ký tự.", longest);
    return text;
}

enum err calendar_row_add(struct ctx *c, const struct calendar_entry *entry, int64_t *moved)
{
    if (require_admin(c) != OK)
        return c->err;
    int64_t today = day_of_moment(c->now);
    const char *name = check_text(c, "name", entry->name, NAME_LONGEST, "Hãy ghi tên ngày nghỉ hoặc lý do.");
    const char *basis = check_text(c, "basis", entry->basis, BASIS_LONGEST, "Hãy ghi căn cứ: số, ngày và cơ quan ban hành văn bản.");
    if (entry->day < today - 366 || entry->day > today + 5 * 366)
        invalid(c, "day", "Hãy nhập ngày trong vòng một năm trước đến năm năm tới.");
    else if (entry->works && day_weekday(entry->day) <= 5)
        invalid(c, "works", "Ngày làm bù phải là thứ Bảy hoặc Chủ nhật.");
    if (c->err != OK)
        return c->err;
    int64_t id = sql_calendar_row_insert(c, entry->day, entry->works, name, basis);
    if (c->err == OK && id == 0)
        return fail(c, CONFLICT, "Ngày này đã có dòng cùng tên. Hãy bật dòng ấy, hoặc đặt tên khác.", "calendar row exists");
    *moved = recompute(c, entry->day);
    return audit_note(c, "calendar.add", "working_day", id, arena_printf(c->arena, "Thêm: %s", words(c, entry->day, entry->works, name)));
}

enum err calendar_row_switch(struct ctx *c, int64_t id, bool on, int64_t *moved)
{
    if (require_admin(c) != OK)
        return c->err;
    const struct rows *row = sql_calendar_row(c, id);
    if (row->count == 0)
        return fail(c, NOT_FOUND, "Không tìm thấy ngày này trong lịch nghỉ.", "calendar row %" PRId64, id);
    sql_calendar_row_switch(c, id, on);
    *moved = recompute(c, cell_int(row, 0, "day"));
    const char *what = words(c, cell_int(row, 0, "day"), cell_int(row, 0, "works") != 0, cell(row, 0, "name"));
    return audit_note(c, on ? "calendar.on" : "calendar.off", "working_day", id, arena_printf(c->arena, on ? "Áp dụng: %s" : "Ngừng áp dụng: %s", what));
}
