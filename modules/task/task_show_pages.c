/* The page of one task, and the files that prove it. */
#include "modules/document/document_file.h"
#include "modules/task/task_inner.h"
#include "platform/base/clock.h"
#include "task_page_queries.h"
#include <inttypes.h>

/* How much a line asks of the reader: the page opens the one that asks most. */
static int urgency(const struct rows *lines, int i, int64_t today)
{
    const char *state = cell(lines, i, "raw_state");
    bool member = cell_int(lines, i, "member"), open = strcmp(state, "open") == 0 || strcmp(state, "returned") == 0;
    if (strcmp(state, "submitted") == 0 && cell_int(lines, i, "decides") && !cell_int(lines, i, "own"))
        return 5;
    if (open && member && cell_int(lines, i, "start_day") <= today)
        return cell_int(lines, i, "strict") || cell_int(lines, i, "due_day") >= today ? 4 : 2;
    return strcmp(state, "submitted") == 0 ? 3 : open ? 1 : 0;
}

/* Index of the line to open: the one asked for, else the most urgent, of equals the earliest; -1 when there is none. */
static int chosen_line(struct ctx *c, const struct rows *lines, int64_t asked)
{
    int64_t today = day_of_moment(c->now);
    int best = -1;
    for (int i = 0; i < lines->count; i++) {
        if (asked != 0 && cell_int(lines, i, "id") == asked)
            return i;
        if (best < 0 || urgency(lines, i, today) > urgency(lines, best, today))
            best = i;
    }
    return best;
}

static const char *const month_columns[] = { "id", "now", NULL };

/* The year line shows the year of the task's first period; a period stands in the month in which it ends, whatever
 * working day it is then due. */
static void put_year(struct request *r, struct rows *periods)
{
    struct ctx *c = r->c;
    int64_t today = day_of_moment(c->now);
    int year = day_year(periods->count == 0 ? today : cell_int(periods, 0, "end_day"));
    for (int i = 0; i < periods->count; i++) {
        int of, month, day;
        day_split(cell_int(periods, i, "end_day"), &of, &month, &day);
        if (of == year)
            task_set_cell(periods, i, "month", arena_printf(c->arena, "%d", month));
    }
    int now_year, now_month, now_day;
    day_split(today, &now_year, &now_month, &now_day);
    struct rows_maker *m = arena_alloc(r->c->arena, sizeof *m);
    rows_start(m, c->arena, month_columns);
    for (int month = 1; month <= 12; month++)
        rows_add(m, (const char *[]){ arena_printf(c->arena, "%d", month), year == now_year && month == now_month ? "1" : "" });
    put_rows(r, "months", &m->rows);
    put_int(r, "year", year);
}

/* The lines of one period alone, for the list of its units. */
static struct rows *of_period(struct ctx *c, const struct rows *lines, const char *number)
{
    struct rows_maker *m = arena_alloc(c->arena, sizeof *m);
    rows_start(m, c->arena, lines->names);
    for (int i = 0; i < lines->count; i++)
        if (strcmp(cell(lines, i, "number"), number) == 0)
            rows_add(m, (const char *const *)&lines->cells[i * lines->columns]);
    return &m->rows;
}

static struct rows *only(struct ctx *c, const struct rows *lines, int i)
{
    struct rows *one = arena_alloc(c->arena, sizeof *one);
    *one = *lines;
    one->count = i < 0 ? 0 : 1;
    one->cells = i < 0 ? lines->cells : lines->cells + i * lines->columns;
    return one;
}

static void put_evidence(struct request *r, int64_t occurrence)
{
    struct rows *evidence = sql_task_page_evidence(r->c, occurrence);
    int photos = 0;
    for (int i = 0; i < evidence->count; i++) {
        task_set_cell(evidence, i, "size_words", document_file_size(r->c->arena, cell_int(evidence, i, "size")));
        photos += strcmp(cell(evidence, i, "kind"), "photo") == 0;
    }
    put_rows(r, "evidence", evidence);
    put_text(r, "has_photos", photos > 0 ? "1" : "");
    put_text(r, "has_papers", evidence->count > photos ? "1" : "");
}

/* What may be done with the opened occurrence. */
static void put_doors(struct request *r, const struct rows *lines, int i, bool active)
{
    const char *state = i < 0 ? "" : cell(lines, i, "raw_state");
    bool open = strcmp(state, "open") == 0 || strcmp(state, "returned") == 0;
    bool member = i >= 0 && cell_int(lines, i, "member"), decides = i >= 0 && cell_int(lines, i, "decides");
    bool own = i >= 0 && cell_int(lines, i, "own");
    put_text(r, "may_submit", active && open && member ? "1" : "");
    put_text(r, "may_decide", active && strcmp(state, "submitted") == 0 && decides && !own ? "1" : "");
    put_text(r, "may_reopen", active && strcmp(state, "done") == 0 && decides ? "1" : "");
}

static int64_t sum(const struct rows *rows, const char *column)
{
    int64_t total = 0;
    for (int i = 0; i < rows->count; i++)
        total += cell_int(rows, i, column);
    return total;
}

/* all: of every unit, for who proves none of it (the approver, a partner). */
static void put_occurrences(struct request *r, int64_t task, int64_t asked, bool active, bool all)
{
    struct ctx *c = r->c;
    struct rows *lines = sql_task_page_lines(c, task, c->person, all), *periods = sql_task_page_periods(c, task, c->person, all);
    task_tell_state(c, lines);
    task_tell_state(c, periods);
    int i = chosen_line(c, lines, asked);
    for (int p = 0; i >= 0 && p < periods->count; p++)
        if (strcmp(cell(periods, p, "number"), cell(lines, i, "number")) == 0)
            task_set_cell(periods, p, "current", "1");
    put_year(r, periods);
    put_rows(r, "periods", periods);
    put_int(r, "all_count", sum(periods, "total"));
    put_int(r, "done_count", sum(periods, "done"));
    struct rows *units = i < 0 ? only(c, lines, -1) : of_period(c, lines, cell(lines, i, "number"));
    put_rows(r, "units_of_period", units);
    put_text(r, "several_units", units->count > 1 ? "1" : "");
    put_rows(r, "opened", only(c, lines, i));
    put_doors(r, lines, i, active);
    put_evidence(r, i < 0 ? 0 : cell_int(lines, i, "id"));
}

enum err task_page(struct request *r, int64_t task, int64_t asked)
{
    struct ctx *c = r->c;
    const struct rows *seen = task_visible(c, task);
    if (c->err != OK)
        return c->err;
    bool active = strcmp(cell(seen, 0, "state"), "active") == 0, manages = cell_int(seen, 0, "manages");
    const char *kind = cell(seen, 0, "kind");
    const struct rows *row = sql_task_page(c, task);
    put_rows(r, "task", row);
    put_text(r, "heading_title", cell(row, 0, "title"));
    put_rows(r, "units", sql_task_page_units(c, task));
    put_rows(r, "products", sql_task_page_products(c, task));
    put_occurrences(r, task, asked, active, !cell_int(seen, 0, "proves"));
    put_rows(r, "above", sql_task_page_above(c, task));
    put_rows(r, "events", sql_task_page_events(c, task));
    put_text(r, "may_manage", active && manages ? "1" : "");
    put_text(r, "may_trigger", active && manages && strcmp(kind, "on_request") == 0 ? "1" : "");
    put_text(r, "year_line", strcmp(kind, "on_request") != 0 ? "1" : "");
    return page(r, "task_show.html");
}

enum err task_show(struct request *r)
{
    return task_page(r, path_id(r, "id"), query_number(r, "ky"));
}

enum err task_show_occurrence(struct request *r)
{
    int64_t id = path_id(r, "id"), task = sql_task_of_occurrence(r->c, id);
    task_visible(r->c, task);
    return r->c->err != OK ? r->c->err : redirect(r, "/nhiem-vu/%" PRId64 "?ky=%" PRId64 "#ky", task, id);
}

enum err task_send_file(struct request *r)
{
    struct ctx *c = r->c;
    const char *hash = path_part(r, "hash"), *path = document_file_path(c, hash);
    const struct rows *file = path == NULL ? NULL : sql_task_file(c, hash, c->person);
    if (c->err != OK)
        return c->err;
    if (file == NULL || file->count == 0)
        return fail(c, NOT_FOUND, "Không tìm thấy tệp này.", "stored file");
    const char *type = cell(file, 0, "type");
    set_header(r, "Cache-Control", "private, max-age=86400, immutable");
    return send_file(r, type, document_file_shown(type) ? NULL : cell(file, 0, "file_name"), path);
}
