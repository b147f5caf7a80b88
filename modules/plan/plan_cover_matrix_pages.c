/* The matrix as a page, a screenful of units and tasks at a time, and whole as a spreadsheet. */
#include "modules/plan/plan_cover.h"
#include "plan_queries.h"
#include "platform/base/text.h"
#include "platform/doc/doc.h"
#include <inttypes.h>
#include <string.h>

enum { UNITS_A_PAGE = 25, TASKS_A_PAGE = 15 };

static const struct {
    const char *look, *words, *letter; /* letter: in the spreadsheet */
} states[] = {
    [MATRIX_NOT_THEIRS] = { "", "không giao cho đơn vị", "" }, [MATRIX_OWED] = { "soon", "chưa trả lời", "Chưa" },
    [MATRIX_TAKEN] = { "done", "đã nhận", "Nhận" },            [MATRIX_MERGED] = { "doing", "đã gộp", "Gộp" },
    [MATRIX_REFUSED] = { "todo", "không nhận", "Không" },
};

static const char *const filters[][2] = { { "", "Tất cả" }, { "thieu", "Chưa trả lời đủ" }, { "chua-co", "Chưa có kế hoạch" } };
enum { FILTERS = sizeof filters / sizeof filters[0] };

struct asked {
    const char *filter, *words;
    int64_t unit_page, task_page; /* from 0 */
};

static struct asked asked_of(struct request *r)
{
    struct asked q = { .filter = "", .words = text_trim(r->c->arena, query_param(r, "tim")) };
    for (int i = 0; i < FILTERS; i++)
        if (strcmp(filters[i][0], query_param(r, "loc")) == 0)
            q.filter = filters[i][0];
    q.unit_page = query_number(r, "trang") > 1 ? query_number(r, "trang") - 1 : 0;
    q.task_page = query_number(r, "viec") > 1 ? query_number(r, "viec") - 1 : 0;
    return q;
}

static bool wanted(struct arena *a, const struct matrix_unit *u, const struct asked *q, const char *key)
{
    if (strcmp(q->filter, "chua-co") == 0 && u->plan != 0)
        return false;
    if (strcmp(q->filter, "thieu") == 0 && u->answered >= u->concerned)
        return false;
    return key[0] == '\0' || strstr(text_key(a, u->name), key) != NULL;
}

static const char *number_text(struct arena *a, int64_t n)
{
    return arena_printf(a, "%" PRId64, n);
}

/* Figures of all, then only what was asked for stays in the matrix. */
static void put_sums(struct request *r, struct matrix *m, const struct asked *q)
{
    struct arena *a = r->c->arena;
    const char *key = text_key(a, q->words);
    int64_t concerned = 0, answered = 0, without = 0, all = (int64_t)m->unit_count;
    size_t kept = 0;
    for (size_t i = 0; i < m->unit_count; i++) {
        const struct matrix_unit *u = &m->units[i];
        concerned += u->concerned;
        answered += u->answered;
        without += u->plan == 0;
        if (wanted(a, u, q, key))
            m->units[kept++] = *u;
    }
    m->unit_count = kept;
    put_int(r, "all_units", all);
    put_int(r, "without", without);
    put_int(r, "concerned", concerned);
    put_int(r, "answered", answered);
}

static const char *address(struct request *r, const struct asked *q, int64_t unit_page, int64_t task_page, const char *filter)
{
    /* words are put into the address by the page's form only: a link keeps them as the key they are looked up by */
    char *words = text_key(r->c->arena, q->words);
    for (char *at = words; *at != '\0'; at++)
        if (*at == ' ')
            *at = '+';
    return arena_printf(r->c->arena, "/ke-hoach/%" PRId64 "/ma-tran?loc=%s&tim=%s&trang=%" PRId64 "&viec=%" PRId64, path_id(r, "id"), filter, words,
                        unit_page + 1, task_page + 1);
}

static void put_pages(struct request *r, const struct asked *q, const struct matrix *m)
{
    static const char *const columns[] = { "path", "label", "current", NULL };
    struct rows_maker f;
    struct arena *a = r->c->arena;
    int64_t units = (int64_t)m->unit_count, tasks = (int64_t)m->task_count;
    int64_t up = q->unit_page * UNITS_A_PAGE, tp = q->task_page * TASKS_A_PAGE;
    rows_start(&f, a, columns);
    for (int i = 0; i < FILTERS; i++)
        rows_add(&f, (const char *const[]){ address(r, q, 0, q->task_page, filters[i][0]), filters[i][1], strcmp(filters[i][0], q->filter) == 0 ? "1" : "" });
    put_rows(r, "filters", &f.rows);
    put_text(r, "earlier_units", q->unit_page > 0 ? address(r, q, q->unit_page - 1, q->task_page, q->filter) : "");
    put_text(r, "later_units", up + UNITS_A_PAGE < units ? address(r, q, q->unit_page + 1, q->task_page, q->filter) : "");
    put_text(r, "earlier_tasks", q->task_page > 0 ? address(r, q, q->unit_page, q->task_page - 1, q->filter) : "");
    put_text(r, "later_tasks", tp + TASKS_A_PAGE < tasks ? address(r, q, q->unit_page, q->task_page + 1, q->filter) : "");
    put_text(r, "unit_place", units <= UNITS_A_PAGE ? "" : arena_printf(a, "Đơn vị %" PRId64 "–%" PRId64 " trong %" PRId64, up + 1, up + UNITS_A_PAGE < units ? up + UNITS_A_PAGE : units, units));
    put_text(r, "task_place", tasks <= TASKS_A_PAGE ? "" : arena_printf(a, "Nhiệm vụ %" PRId64 "–%" PRId64 " trong %" PRId64, tp + 1, tp + TASKS_A_PAGE < tasks ? tp + TASKS_A_PAGE : tasks, tasks));
}

/* The part of a list that a page shows; an address beyond its end shows its first page. */
static size_t part(int64_t *page, size_t count, size_t most, size_t *from)
{
    if ((size_t)*page * most >= count)
        *page = 0;
    *from = (size_t)*page * most;
    return count - *from < most ? count - *from : most;
}

static void put_cells(struct request *r, int64_t plan, const struct matrix *m, size_t from, size_t units, size_t first, size_t tasks)
{
    static const char *const unit_columns[] = { "id", "name", "own_plan", "plan_number", "concerned", "answered", "short", NULL };
    static const char *const task_columns[] = { "id", "no", "title", NULL };
    static const char *const cell_columns[] = { "unit", "state", "label", NULL };
    struct arena *a = r->c->arena;
    struct rows_maker u, t, k;
    const enum matrix_state *cells = plan_matrix_cells(r->c, plan, m, from, units, first, tasks);
    rows_start(&u, a, unit_columns);
    rows_start(&t, a, task_columns);
    rows_start(&k, a, cell_columns);
    for (size_t i = 0; i < tasks; i++) {
        const struct matrix_task *one = &m->tasks[first + i];
        rows_add(&t, (const char *const[]){ number_text(a, one->id), one->no[0] == '\0' ? number_text(a, (int64_t)(first + i + 1)) : one->no, one->title });
    }
    for (size_t i = 0; i < units; i++) {
        const struct matrix_unit *one = &m->units[from + i];
        const char *id = number_text(a, one->id);
        rows_add(&u, (const char *const[]){ id, one->name, one->plan == 0 ? "" : number_text(a, one->plan), one->plan_number == NULL || one->plan_number[0] == '\0' ? "xem" : one->plan_number,
                                            number_text(a, one->concerned), number_text(a, one->answered), one->answered < one->concerned ? "1" : "" });
        for (size_t n = 0; n < tasks; n++) {
            enum matrix_state s = cells[i * tasks + n];
            rows_add(&k, (const char *const[]){ id, states[s].look, s == MATRIX_NOT_THEIRS ? "" : arena_printf(a, "%s: %s", cell(&t.rows, (int)n, "no"), states[s].words) });
        }
    }
    put_rows(r, "units", &u.rows);
    put_rows(r, "tasks", &t.rows);
    put_rows(r, "cells", &k.rows);
}

enum err plan_matrix_show(struct request *r)
{
    struct ctx *c = r->c;
    struct matrix *m = NULL;
    struct asked q = asked_of(r);
    size_t from, first;
    int64_t plan = path_id(r, "id");
    if (plan_matrix_load(c, plan, &m) != OK)
        return c->err;
    put_rows(r, "plan", sql_plan_one(c, plan, c->person));
    put_int(r, "above", plan);
    put_text(r, "words", q.words);
    put_text(r, "filter", q.filter);
    put_sums(r, m, &q);
    size_t units = part(&q.unit_page, m->unit_count, UNITS_A_PAGE, &from), tasks = part(&q.task_page, m->task_count, TASKS_A_PAGE, &first);
    put_cells(r, plan, m, from, units, first, tasks);
    put_pages(r, &q, m);
    return page(r, "plan_cover_matrix.html");
}

/* ---- spreadsheet ---- */

static struct sheet_cell text_cell(const char *text)
{
    return (struct sheet_cell){ SHEET_TEXT, text, 0, 0 };
}

static void write_sheet(struct ctx *c, struct sheets *s, const struct matrix *m, const enum matrix_state *cells)
{
    size_t columns = m->task_count + 4;
    double *widths = arena_array(c->arena, columns, sizeof *widths);
    const char **heads = arena_array(c->arena, columns, sizeof *heads);
    const char *const first[] = { "Đơn vị", "Kế hoạch", "Đã trả lời", "Phải trả lời" };
    for (size_t i = 0; i < columns; i++)
        widths[i] = i == 0 ? 30 : i < 4 ? 14 : 10;
    memcpy(heads, first, sizeof first);
    for (size_t i = 0; i < m->task_count; i++)
        heads[4 + i] = arena_printf(c->arena, "%s %s", m->tasks[i].no, m->tasks[i].title);
    sheets_add(s, "Đơn vị và nhiệm vụ", widths, (int)columns);
    sheets_head(s, heads, (int)columns);
    for (size_t i = 0; i < m->unit_count; i++) {
        struct sheet_cell *line = arena_array(c->arena, columns, sizeof *line);
        line[0] = (struct sheet_cell){ SHEET_LABEL, m->units[i].name, 0, 0 };
        line[1] = text_cell(m->units[i].plan == 0 ? "Chưa có" : m->units[i].plan_number);
        line[2] = (struct sheet_cell){ SHEET_NUMBER, NULL, (double)m->units[i].answered, 0 };
        line[3] = (struct sheet_cell){ SHEET_NUMBER, NULL, (double)m->units[i].concerned, 0 };
        for (size_t k = 0; k < m->task_count; k++)
            line[4 + k] = text_cell(states[cells[i * m->task_count + k]].letter);
        sheets_row(s, line, (int)columns);
    }
}

enum err plan_matrix_sheet(struct request *r)
{
    struct ctx *c = r->c;
    struct matrix *m = NULL;
    const void *bytes = NULL;
    size_t size = 0;
    int64_t plan = path_id(r, "id");
    if (plan_matrix_load(c, plan, &m) != OK)
        return c->err;
    const enum matrix_state *cells = plan_matrix_cells(c, plan, m, 0, m->unit_count, 0, m->task_count);
    struct sheets *s = sheets_new(c, "Đơn vị nhận nhiệm vụ của kế hoạch");
    write_sheet(c, s, m, cells);
    if (sheets_end(s, &bytes, &size) != OK)
        return c->err;
    return send_bytes(r, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "don-vi-va-nhiem-vu.xlsx", bytes, size);
}
