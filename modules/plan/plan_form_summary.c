/* What the review says about itself: the six rõ that are still unclear, who is there, what changed last. */
#include "modules/plan/plan_form_own.h"
#include "modules/plan/plan_draft_own.h"
#include "plan_queries.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <inttypes.h>
#include <string.h>

enum { LINKS_MOST = 12 };

static const char *const names[6] = { "người", "việc", "thời gian", "trách nhiệm", "sản phẩm", "thẩm quyền" };

static const char *blade(bool there, bool doubtful)
{
    return !there ? "" : doubtful ? "q" : "ok";
}

struct blades blades_of(struct arena *a, const struct plan_draft *draft, const struct draft_task *t,
                        const struct units_shown *leads)
{
    bool timed = t->schedule.kind != SCHEDULE_NONE;
    struct blades b = { .state = {
        blade(t->leads[0] != '\0', (t->doubts & DOUBT_LEADS) != 0 || leads->missing[0] != '\0'),
        blade(t->title[0] != '\0', (t->doubts & DOUBT_TITLE) != 0),
        blade(timed || t->time_raw[0] != '\0', !timed || (t->doubts & DOUBT_TIME) != 0),
        blade(t->duty[0] != '\0' || draft->leader[0] != '\0', false),
        blade(t->products[0] != '\0', (t->doubts & DOUBT_PRODUCTS) != 0),
        blade(t->authority[0] != '\0' || draft->approver[0] != '\0', false),
    } };
    struct buffer label = { .arena = a };
    buffer_add(&label, "");
    for (int i = 0; i < 6; i++) {
        if (strcmp(b.state[i], "ok") == 0)
            b.clear++;
        else
            buffer_printf(&label, ", %s %s", b.state[i][0] == '\0' ? "thiếu" : "cần kiểm tra", names[i]);
    }
    b.label = arena_printf(a, "%d/6 rõ%s", b.clear, label.text);
    return b;
}

/* One line for each rõ that is missing somewhere, with links to the first tasks where it is. */
static void add_unclear(struct arena *a, struct rows_maker *lines, struct rows_maker *links, const struct plan_draft *draft,
                        const struct blades *blades, int which)
{
    static const char *const fields[6] = { "leads", "title", "time_raw", "duty", "products", "authority" };
    int count = 0;
    const char *id = arena_printf(a, "%d", which);
    for (size_t i = 0; i < draft->count; i++) {
        if (blades[i].state[which][0] != '\0')
            continue;
        if (count++ < LINKS_MOST)
            rows_add(links, (const char *const[]){ id, arena_printf(a, "t%" PRId64 "-%s", draft->tasks[i].key, fields[which]),
                                                   arena_printf(a, "%zu", i + 1) });
    }
    if (count > 0)
        rows_add(lines, (const char *const[]){ id, names[which], arena_printf(a, "%d", count),
                                               count > LINKS_MOST ? arena_printf(a, "%d", count - LINKS_MOST) : "" });
}

void summary_put(struct request *r, const struct plan_draft *draft, const struct blades *blades)
{
    static const char *const columns[] = { "id", "name", "tasks", "more", NULL };
    static const char *const link_columns[] = { "of", "name", "number", NULL };
    struct rows_maker lines, links;
    rows_start(&lines, r->c->arena, columns);
    rows_start(&links, r->c->arena, link_columns);
    for (int i = 0; i < 6; i++)
        add_unclear(r->c->arena, &lines, &links, draft, blades, i);
    put_rows(r, "unclear", &lines.rows);
    put_rows(r, "unclear_tasks", &links.rows);
}

static void put_above(struct request *r, const struct plan_draft *draft)
{
    static const char *const columns[] = { "percent", "fields", NULL };
    static const int choices[] = { 90, 80, 70, 50 };
    struct rows_maker m;
    int last = 0;
    rows_start(&m, r->c->arena, columns);
    for (size_t i = 0; i < sizeof choices / sizeof choices[0]; i++) {
        int count = review_count_above(draft, choices[i]);
        if (count > last)
            rows_add(&m, (const char *const[]){ arena_printf(r->c->arena, "%d", choices[i]), arena_printf(r->c->arena, "%d", count) });
        last = count;
    }
    put_rows(r, "above", &m.rows);
}

static void put_recent(struct request *r, const struct plan_import *import)
{
    static const char *const columns[] = { "person_name", "at", "fields", "kind", "undone", NULL };
    struct arena *a = r->c->arena;
    const struct rows *steps = sql_plan_steps_recent(r->c, import->id);
    struct rows_maker m;
    rows_start(&m, a, columns);
    for (int i = 0; i < steps->count; i++) {
        json_t *changes = json_loads(cell(steps, i, "changes"), 0, NULL);
        rows_add(&m, (const char *const[]){ cell(steps, i, "person_name"), cell(steps, i, "at"),
                                            arena_printf(a, "%zu", json_array_size(changes)),
                                            cell(steps, i, "kind"), cell(steps, i, "undone") });
        json_decref(changes);
    }
    put_rows(r, "recent", &m.rows);
    put_text(r, "can_undo", sql_plan_step_last(r->c, import->id, r->c->person)->count > 0 ? "1" : "");
}

void summary_put_people(struct request *r, const struct plan_import *import, const struct rows *people)
{
    static const char *const columns[] = { "name", NULL };
    struct rows_maker m;
    rows_start(&m, r->c->arena, columns);
    for (int i = 0; i < people->count; i++)
        if (cell_int(people, i, "id") != r->c->person && cell_int(people, i, "seen") > r->c->now - REVIEW_HERE_SECONDS)
            rows_add(&m, (const char *const[]){ cell(people, i, "name") });
    put_rows(r, "reviewers", &m.rows);
    put_recent(r, import);
    put_above(r, &import->draft);
}
