/* The level above: which unit below answered which of its tasks, and who has no plan yet. */
#include "modules/plan/plan_cover.h"
#include "modules/unit/unit.h"
#include "plan_cover_matrix_queries.h"
#include "plan_queries.h"
#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* ---- finding by id ---- */

struct place {
    int64_t id;
    size_t at;
};

struct places {
    struct place *list;
    size_t count;
};

static int by_id(const void *x, const void *y)
{
    const struct place *a = x, *b = y;
    return (a->id > b->id) - (a->id < b->id);
}

static void sort(struct places *p)
{
    if (p->count > 0)
        qsort(p->list, p->count, sizeof *p->list, by_id);
}

/* SIZE_MAX: not among them. */
static size_t place_of(const struct places *p, int64_t id)
{
    const struct place key = { .id = id };
    const struct place *found = p->count == 0 ? NULL : bsearch(&key, p->list, p->count, sizeof *p->list, by_id);
    return found == NULL ? SIZE_MAX : found->at;
}

static struct places unit_places(struct arena *a, const struct matrix_unit *units, size_t count)
{
    struct places p = { arena_array(a, count + 1, sizeof *p.list), count };
    for (size_t i = 0; i < count; i++)
        p.list[i] = (struct place){ units[i].id, i };
    sort(&p);
    return p;
}

static struct places task_places(struct arena *a, const struct matrix_task *tasks, size_t count)
{
    struct places p = { arena_array(a, count + 1, sizeof *p.list), count };
    for (size_t i = 0; i < count; i++)
        p.list[i] = (struct place){ tasks[i].id, i };
    sort(&p);
    return p;
}

/* ---- loading ---- */

static void take_tasks(struct ctx *c, struct matrix *m, int64_t plan)
{
    const struct rows *rows = sql_matrix_tasks(c, plan);
    m->tasks = arena_array(c->arena, (size_t)rows->count + 1, sizeof *m->tasks);
    for (int i = 0; i < rows->count; i++)
        m->tasks[i] = (struct matrix_task){ cell_int(rows, i, "id"), cell_int(rows, i, "position"), cell(rows, i, "no"), cell(rows, i, "title"),
                                            cell_int(rows, i, "for_all") != 0 };
    m->task_count = (size_t)rows->count;
}

static void take_units(struct ctx *c, struct matrix *m, int64_t plan, int64_t unit)
{
    const struct rows *rows = sql_matrix_units(c, plan, unit, c->person);
    m->units = arena_array(c->arena, (size_t)rows->count + 1, sizeof *m->units);
    for (int i = 0; i < rows->count; i++) {
        const struct unit_kind *kind = unit_kind_find(cell(rows, i, "kind"));
        if (kind == NULL || !kind->agency || kind->inner)
            continue;
        m->units[m->unit_count] = (struct matrix_unit){
            .id = cell_int(rows, i, "id"), .plan = cell_int(rows, i, "plan"), .name = cell(rows, i, "name"),
            .plan_number = cell(rows, i, "number"), .row = m->unit_count,
        };
        m->unit_count++;
    }
}

/* Parts of units count for their unit; their list is long and only asked for when a task names one. */
static void take_parts(struct ctx *c, struct places *units, const struct rows *pairs, int64_t unit)
{
    bool all_known = true;
    for (int i = 0; i < pairs->count && all_known; i++) {
        int64_t id = cell_int(pairs, i, "unit");
        all_known = id == unit || place_of(units, id) != SIZE_MAX;
    }
    if (all_known)
        return;
    const struct rows *parts = sql_matrix_parts(c, unit);
    struct places more = { arena_array(c->arena, units->count + (size_t)parts->count + 1, sizeof *more.list), units->count };
    memcpy(more.list, units->list, units->count * sizeof *more.list);
    for (int i = 0; i < parts->count; i++) {
        size_t at = place_of(units, cell_int(parts, i, "unit"));
        if (at != SIZE_MAX)
            more.list[more.count++] = (struct place){ cell_int(parts, i, "part"), at };
    }
    sort(&more);
    *units = more;
}

static void take_named(struct ctx *c, struct matrix *m, int64_t plan, int64_t unit)
{
    const struct rows *pairs = sql_matrix_pairs(c, plan), *answered = sql_matrix_answered(c, plan);
    struct places units = unit_places(c->arena, m->units, m->unit_count), tasks = task_places(c->arena, m->tasks, m->task_count);
    m->named = arena_array(c->arena, m->unit_count * m->task_count + 1, sizeof *m->named);
    for (size_t i = 0; i < m->unit_count * m->task_count; i++)
        m->named[i] = m->tasks[i % m->task_count].for_all;
    take_parts(c, &units, pairs, unit);
    for (int i = 0; i < pairs->count; i++) {
        size_t row = place_of(&units, cell_int(pairs, i, "unit")), column = place_of(&tasks, cell_int(pairs, i, "task"));
        if (row != SIZE_MAX && column != SIZE_MAX)
            m->named[row * m->task_count + column] = true;
    }
    for (size_t i = 0; i < m->unit_count; i++)
        for (size_t k = 0; k < m->task_count; k++)
            m->units[i].concerned += m->named[i * m->task_count + k];
    for (int i = 0; i < answered->count; i++) {
        size_t row = place_of(&units, cell_int(answered, i, "unit"));
        if (row != SIZE_MAX)
            m->units[row].answered = cell_int(answered, i, "tasks");
    }
}

enum err plan_matrix_load(struct ctx *c, int64_t plan, struct matrix **matrix)
{
    struct matrix *m = arena_alloc(c->arena, sizeof *m);
    const struct rows *one = sql_plan_one(c, plan, c->person);
    if (c->err == OK && one->count == 0)
        return fail(c, NOT_FOUND, "Không tìm thấy kế hoạch này.", "plan %" PRId64, plan);
    int64_t unit = c->err == OK ? cell_int(one, 0, "unit") : 0;
    take_tasks(c, m, plan);
    take_units(c, m, plan, unit);
    take_named(c, m, plan, unit);
    if (c->err == OK)
        *matrix = m;
    return c->err;
}

/* ---- cells ---- */

static enum matrix_state state_of(const char *kind)
{
    return strcmp(kind, "taken") == 0 ? MATRIX_TAKEN : strcmp(kind, "merged") == 0 ? MATRIX_MERGED : MATRIX_REFUSED;
}

enum matrix_state *plan_matrix_cells(struct ctx *c, int64_t plan, const struct matrix *m, size_t from, size_t units, size_t first, size_t tasks)
{
    enum matrix_state *out = arena_array(c->arena, units * tasks + 1, sizeof *out);
    if (units == 0 || tasks == 0)
        return out;
    const struct matrix_unit *u = m->units + from;
    const struct matrix_task *t = m->tasks + first;
    struct places rows_of = unit_places(c->arena, u, units), columns_of = task_places(c->arena, t, tasks);
    const struct rows *answers = sql_matrix_answers(c, plan, t[0].position, t[tasks - 1].position);
    for (size_t i = 0; i < units * tasks; i++)
        out[i] = m->named[u[i / tasks].row * m->task_count + first + i % tasks] ? MATRIX_OWED : MATRIX_NOT_THEIRS;
    for (int i = 0; i < answers->count; i++) {
        size_t row = place_of(&rows_of, cell_int(answers, i, "unit")), column = place_of(&columns_of, cell_int(answers, i, "task"));
        if (row != SIZE_MAX && column != SIZE_MAX)
            out[row * tasks + column] = state_of(cell(answers, i, "kind"));
    }
    return out;
}
