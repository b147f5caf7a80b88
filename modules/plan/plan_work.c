#include "modules/plan/plan_work.h"
#include "modules/task/task.h"
#include "plan_queries.h"
#include "platform/base/clock.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { AREAS = 7 };

/* One period of one task, over all units that prove it. */
struct period {
    int units, done;
    bool late, waiting, soon;
    int64_t first_due; /* of all */
    int64_t next_due;  /* of what is still to be done; 0: none */
    int64_t end_day;
};

struct counted {
    int64_t id; /* of the task */
    int row;    /* in rows tasks */
    int area;
    int periods, done, late, waiting;
    int64_t next_due; /* 0: nothing to be done */
};

struct work {
    struct ctx *c;
    int64_t today;
    int year;
    struct counted *tasks; /* in order of id, as the occurrences are */
    int count;
    struct rows_maker periods;
    int all, done, late, soon;
    int area_all[AREAS], area_done[AREAS]; /* [0]: no field */
};

static void set_cell(struct rows *rows, int row, const char *column, const char *value)
{
    rows->cells[row * rows->columns + rows_column(rows, column)] = value;
}

static int by_id(const void *a, const void *b)
{
    const struct counted *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

/* The month in which a period ends as written; a period of another year stands at that end of the line. */
static int month_of(int64_t when, int year)
{
    int of, month, day;
    day_split(when, &of, &month, &day);
    return of < year ? 1 : of > year ? 12 : month;
}

static void add_unit(struct period *p, const struct work *w, const struct rows *rows, int i)
{
    const char *state = cell(rows, i, "state");
    int64_t due = cell_int(rows, i, "due_day");
    int64_t end = cell_int(rows, i, "end_day");
    bool open = strcmp(state, "open") == 0 || strcmp(state, "returned") == 0;
    p->first_due = p->units == 0 || due < p->first_due ? due : p->first_due;
    p->end_day = end > p->end_day ? end : p->end_day;
    p->units++;
    p->done += strcmp(state, "done") == 0;
    p->waiting = p->waiting || strcmp(state, "submitted") == 0;
    p->late = p->late || (open && due < w->today && cell_int(rows, i, "strict") != 0);
    p->soon = p->soon || (open && due >= w->today && due <= w->today + TASK_SOON_DAYS);
    if (open && (p->next_due == 0 || due < p->next_due))
        p->next_due = due;
}

static void add_glyph(struct work *w, const struct period *p, int64_t task, const char *name)
{
    static const struct {
        const char *state, *words;
    } looks[] = { { "done", "đã xong" }, { "late", "quá hạn" }, { "doing", "chờ duyệt" }, { "soon", "sắp đến hạn" },
                  { "todo", "chưa đến hạn" } };
    int look = p->done == p->units ? 0 : p->late ? 1 : p->waiting ? 2 : p->first_due <= w->today + TASK_SOON_DAYS ? 3 : 4;
    struct arena *a = w->c->arena;
    const char *label = p->units == 1 ? arena_printf(a, "%s: %s", name, looks[look].words)
                                      : arena_printf(a, "%s: %s, %d/%d đơn vị", name, looks[look].words, p->done, p->units);
    const char *const cells[] = { arena_printf(a, "%" PRId64 "-%d", task, month_of(p->end_day, w->year)), looks[look].state,
                                  label };
    rows_add(&w->periods, cells);
}

static void count_period(struct work *w, struct counted *t, const struct period *p)
{
    bool done = p->done == p->units;
    t->periods++;
    t->done += done;
    t->late += p->late;
    t->waiting += p->waiting;
    if (p->next_due != 0 && (t->next_due == 0 || p->next_due < t->next_due))
        t->next_due = p->next_due;
    w->all++;
    w->done += done;
    w->late += p->late;
    w->soon += p->soon;
    w->area_all[t->area]++;
    w->area_done[t->area] += done;
}

static void count_all(struct work *w, const struct rows *rows)
{
    int at = 0; /* in w->tasks */
    for (int i = 0; i < rows->count;) {
        int64_t task = cell_int(rows, i, "task");
        int64_t number = cell_int(rows, i, "number");
        const char *name = cell(rows, i, "label");
        struct period p = { 0 };
        for (; i < rows->count && cell_int(rows, i, "task") == task && cell_int(rows, i, "number") == number; i++)
            add_unit(&p, w, rows, i);
        while (at < w->count && w->tasks[at].id < task)
            at++;
        if (at == w->count || w->tasks[at].id != task)
            continue; /* beyond the list's limit */
        count_period(w, &w->tasks[at], &p);
        add_glyph(w, &p, task, name);
    }
}

static void tell_task(const struct work *w, struct rows *tasks, const struct counted *t)
{
    struct arena *a = w->c->arena;
    const char *state = "doing";
    const char *label = "Đang làm";
    int64_t left = t->next_due - w->today;
    if (t->periods > 0 && t->done == t->periods)
        state = "done", label = "Đã xong";
    else if (t->late > 0)
        state = "late", label = arena_printf(a, "Quá %" PRId64 " ngày", -left);
    else if (t->waiting > 0)
        state = "wait", label = "Chờ duyệt";
    else if (t->next_due == 0)
        state = "todo", label = strcmp(cell(tasks, t->row, "kind"), "on_request") == 0 ? "Chờ điều kiện" : "Chưa có kỳ";
    else if (left >= 0 && left <= TASK_SOON_DAYS)
        state = "soon", label = left == 0 ? "Hôm nay" : arena_printf(a, "Còn %" PRId64 " ngày", left);
    set_cell(tasks, t->row, "state", state);
    set_cell(tasks, t->row, "label", label);
    set_cell(tasks, t->row, "period_count", t->periods == 0 ? "" : arena_printf(a, "%d", t->periods));
}

static void put_areas(struct request *r, const struct work *w)
{
    static const char *const columns[] = { "id", "name", "done", "period_count", NULL };
    const struct rows *areas = sql_plan_areas(w->c);
    bool used[AREAS] = { false };
    for (int i = 0; i < w->count; i++)
        used[w->tasks[i].area] = true;
    struct rows_maker m;
    rows_start(&m, w->c->arena, columns);
    for (int i = 0; i < areas->count; i++) {
        int64_t area = cell_int(areas, i, "id");
        if (area < 0 || area >= AREAS || !used[area])
            continue;
        const char *const cells[] = { cell(areas, i, "id"), cell(areas, i, "name"),
                                      arena_printf(w->c->arena, "%d", w->area_done[area]),
                                      arena_printf(w->c->arena, "%d", w->area_all[area]) };
        rows_add(&m, cells);
    }
    put_rows(r, "areas", &m.rows);
}

static void put_facts(struct request *r, const struct work *w, const struct rows *tasks)
{
    static const char *const columns[] = { "tasks", "clear", "periods", "done", "late", "soon", NULL };
    struct arena *a = w->c->arena;
    int clear = 0;
    for (int i = 0; i < tasks->count; i++)
        clear += cell_int(tasks, i, "ro_count") == 6;
    struct rows_maker m;
    rows_start(&m, a, columns);
    const char *const cells[] = { arena_printf(a, "%d", tasks->count), arena_printf(a, "%d", clear),
                                  arena_printf(a, "%d", w->all),       arena_printf(a, "%d", w->done),
                                  arena_printf(a, "%d", w->late),      arena_printf(a, "%d", w->soon) };
    rows_add(&m, cells);
    put_rows(r, "facts", &m.rows);
}

/* The year's table: a heading (task 0) and twelve months for each task; glyphs find their month by `place`. */
static void put_months(struct request *r, const struct work *w, const struct rows *tasks)
{
    static const char *const columns[] = { "task", "month", "now", "place", NULL };
    static const char *const names[] = { "", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12" };
    int now = day_year(w->today) == w->year ? month_of(w->today, w->year) : 0;
    struct rows_maker m;
    rows_start(&m, w->c->arena, columns);
    for (int i = -1; i < tasks->count; i++) {
        const char *task = i < 0 ? "0" : cell(tasks, i, "id");
        for (int month = 1; month <= 12; month++)
            rows_add(&m, (const char *const[]){ task, names[month], month == now ? "1" : "",
                                                arena_printf(w->c->arena, "%s-%d", task, month) });
    }
    put_rows(r, "months", &m.rows);
}

/* A set of units is one wording on many rows, which follow each other or not. */
static void put_parties(struct request *r, const struct rows *rows)
{
    static const char *const columns[] = { "task", "role", "wording", NULL };
    struct rows_maker m;
    int first = 0; /* row in m.rows where this task's begin */
    rows_start(&m, r->c->arena, columns);
    for (int i = 0; i < rows->count; i++) {
        const char *const cells[] = { cell(rows, i, "task"), cell(rows, i, "role"), cell(rows, i, "wording") };
        if (m.rows.count > first && strcmp(cell(&m.rows, first, "task"), cells[0]) != 0)
            first = m.rows.count;
        bool known = false;
        for (int k = first; k < m.rows.count && !known; k++)
            known = strcmp(cell(&m.rows, k, "role"), cells[1]) == 0 && cells[2] != NULL && cell(&m.rows, k, "wording") != NULL &&
                    strcmp(cell(&m.rows, k, "wording"), cells[2]) == 0;
        if (!known)
            rows_add(&m, cells);
    }
    put_rows(r, "parties", &m.rows);
}

void plan_put_work(struct request *r, int64_t plan, int year)
{
    static const char *const columns[] = { "place", "state", "label", NULL };
    struct ctx *c = r->c;
    struct rows *tasks = sql_plan_tasks(c, plan);
    struct work w = { .c = c, .today = day_of_moment(c->now), .year = year, .count = tasks->count };
    w.tasks = arena_array(c->arena, (size_t)tasks->count + 1, sizeof *w.tasks);
    for (int i = 0; i < tasks->count; i++) {
        int64_t area = cell_int(tasks, i, "area");
        w.tasks[i] = (struct counted){ .id = cell_int(tasks, i, "id"), .row = i, .area = area > 0 && area < AREAS ? (int)area : 0 };
    }
    if (tasks->count > 0)
        qsort(w.tasks, (size_t)tasks->count, sizeof *w.tasks, by_id);
    rows_start(&w.periods, c->arena, columns);
    count_all(&w, sql_plan_occurrences(c, plan));
    for (int i = 0; i < w.count; i++)
        tell_task(&w, tasks, &w.tasks[i]);
    put_rows(r, "tasks", tasks);
    put_rows(r, "periods", &w.periods.rows);
    put_parties(r, sql_plan_parties(c, plan));
    put_areas(r, &w);
    put_months(r, &w, tasks);
    put_facts(r, &w, tasks);
}
