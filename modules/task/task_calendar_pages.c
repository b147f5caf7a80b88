/* /quan-tri/ngay-nghi: days off and swapped days by year. */
#include "modules/task/task_calendar.h"
#include "modules/task/task_inner.h"
#include "platform/base/clock.h"
#include "task_calendar_queries.h"
#include <inttypes.h>

static int year_of(struct request *r)
{
    int64_t year = query_number(r, "nam");
    return year >= 2000 && year <= 2100 ? (int)year : day_year(day_of_moment(r->c->now));
}

static enum err show_year(struct request *r, int year)
{
    static const char *const columns[] = { "id", "day", "weekday", "works", "name", "basis", "active", NULL };
    static const char *const weekdays[] = { "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật" };
    const struct rows *days = sql_calendar_rows(r->c, day_of(year, 1, 1), day_of(year, 12, 31));
    struct rows_maker *m = arena_alloc(r->c->arena, sizeof *m); /* the page borrows its rows */
    rows_start(m, r->c->arena, columns);
    for (int i = 0; i < days->count; i++)
        rows_add(m, (const char *[]){ cell(days, i, "id"), cell(days, i, "day"), weekdays[day_weekday(cell_int(days, i, "day")) - 1],
                                      cell_int(days, i, "works") != 0 ? "1" : NULL, cell(days, i, "name"), cell(days, i, "legal_basis"),
                                      cell_int(days, i, "active") != 0 ? "1" : NULL });
    put_rows(r, "days", &m->rows);
    put_int(r, "year", year);
    put_int(r, "year_before", year - 1);
    put_int(r, "year_after", year + 1);
    put_form(r, "works", "0");
    return page(r, "task_calendar.html");
}

enum err task_calendar_show(struct request *r)
{
    return show_year(r, year_of(r));
}

static enum err done(struct request *r, const char *what, int64_t moved, int year)
{
    flash(r, moved == 0 ? what : arena_printf(r->c->arena, "%s Đã tính lại hạn của %" PRId64 " việc chưa xong.", what, moved));
    return redirect(r, "/quan-tri/ngay-nghi?nam=%d", year);
}

enum err task_calendar_add(struct request *r)
{
    struct calendar_entry entry = { .works = strcmp(form(r, "works"), "1") == 0, .name = form(r, "name"), .basis = form(r, "basis") };
    int64_t moved = 0;
    if (!day_parse(form(r, "day"), &entry.day))
        entry.day = 0; /* which is too long ago to be taken */
    enum err err = calendar_row_add(r->c, &entry, &moved);
    if (err == INVALID || err == CONFLICT) {
        show_again(r);
        return show_year(r, entry.day != 0 ? day_year(entry.day) : year_of(r));
    }
    return err != OK ? err : done(r, "Đã thêm.", moved, day_year(entry.day));
}

static enum err turn(struct request *r, bool on)
{
    int64_t moved = 0, id = path_id(r, "id");
    if (calendar_row_switch(r->c, id, on, &moved) != OK)
        return r->c->err;
    return done(r, on ? "Đã áp dụng." : "Đã ngừng áp dụng.", moved, day_year(cell_int(sql_calendar_row(r->c, id), 0, "day")));
}

enum err task_calendar_on(struct request *r)
{
    return turn(r, true);
}

enum err task_calendar_off(struct request *r)
{
    return turn(r, false);
}
