#include "modules/plan/plan_give.h"
#include "modules/plan/plan_learn.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"

/* What a person chose goes before what the tree says. */
static const struct unit_match *chosen(struct ctx *c, const struct plan_giving *g, const char *wording)
{
    int64_t unit = draft_chosen(g->draft, wording);
    if (unit == 0)
        return NULL;
    int64_t *units = arena_array(c->arena, 1, sizeof *units);
    units[0] = unit;
    struct unit_match *match = arena_alloc(c->arena, sizeof *match);
    *match = (struct unit_match){ .certainty = UNIT_EXACT, .confidence = 100, .count = 1, .units = units };
    return match;
}

static const struct unit_match *resolve(struct ctx *c, struct plan_giving *g, const char *wording)
{
    const struct unit_match *own = chosen(c, g, wording);
    if (own != NULL)
        return own;
    static const struct unit_match none = { .certainty = UNIT_NONE };
    const struct unit_alias *aliases;
    size_t alias_count = g->world == NULL ? plan_learned_units(c, g->unit, &aliases) : 0;
    if (g->world == NULL && unit_world_open(c, g->unit, g->when, aliases, alias_count, &g->world) != OK)
        return &none;
    return unit_world_resolve(g->world, wording);
}

struct parties {
    struct task_party *list;
    size_t count, capacity;
};

static void add_party(struct ctx *c, struct parties *p, struct task_party party)
{
    if (p->count >= TASK_MOST_PARTIES)
        return;
    p->list = arena_grow(c->arena, p->list, sizeof *p->list, &p->capacity, p->count + 1);
    p->list[p->count++] = party;
}

/* A set that leads ("các trạm y tế") makes each of its members prove; several named leads answer together. */
static void add_parties(struct ctx *c, struct plan_giving *g, const char *text, bool partner, struct parties *out)
{
    const char **wordings;
    size_t count = draft_parts(c->arena, text, DRAFT_UNITS_END, &wordings);
    for (size_t i = 0; i < count; i++) {
        const struct unit_match *match = resolve(c, g, wordings[i]);
        struct task_party party = { .wording = wordings[i], .partner = partner, .set = match->set };
        if (match->count == 0)
            add_party(c, out, party);
        for (size_t k = 0; k < match->count; k++) {
            party.unit = match->units[k];
            party.proves = match->set && !partner;
            add_party(c, out, party);
        }
    }
}

static size_t products_of(struct ctx *c, const struct draft_task *task, struct task_product **products)
{
    const char **wordings;
    size_t count = draft_parts(c->arena, task->products, "\n", &wordings);
    *products = arena_array(c->arena, count + 1, sizeof **products);
    for (size_t i = 0; i < count; i++)
        (*products)[i].wording = wordings[i];
    return count;
}

static unsigned doubts_of(const struct draft_task *task)
{
    unsigned doubts = 0;
    if ((task->doubts & DOUBT_LEADS) != 0)
        doubts |= RO_BIT(RO_PERSON);
    if ((task->doubts & DOUBT_TITLE) != 0)
        doubts |= RO_BIT(RO_WORK);
    if ((task->doubts & DOUBT_TIME) != 0)
        doubts |= RO_BIT(RO_TIME);
    if ((task->doubts & DOUBT_PRODUCTS) != 0)
        doubts |= RO_BIT(RO_PRODUCT);
    return doubts;
}

/* What recurs begins when the plan does: a plan of April asks for nothing in the first quarter. */
static struct schedule schedule_from(struct schedule schedule, int64_t signed_day)
{
    bool recurs = schedule.kind == SCHEDULE_FREQUENCY || schedule.kind == SCHEDULE_CONTINUOUS;
    if (recurs && schedule.start_day == 0 && signed_day != 0 && day_year(signed_day) == schedule.year)
        schedule.start_day = signed_day;
    return schedule;
}

struct task_draft plan_give(struct ctx *c, struct plan_giving *g, size_t position, const struct draft_task *task)
{
    struct parties parties = { 0 };
    struct task_product *products;
    add_parties(c, g, task->leads, false, &parties);
    add_parties(c, g, task->partners, true, &parties);
    struct task_draft draft = {
        .plan = g->plan,
        .unit = g->unit,
        .position = (int)position,
        .no = task->no,
        .heading = task->heading,
        .title = task->title,
        .time_raw = task->time_raw,
        .budget = task->budget,
        .schedule = schedule_from(task->schedule, g->signed_day),
        .leader = text_blank(task->duty) ? g->people->leader : 0,
        .approver = text_blank(task->authority) ? g->people->approver : 0,
        .leader_raw = task->duty,
        .approver_raw = task->authority,
        .parties = parties.list,
        .party_count = parties.count,
        .doubts = doubts_of(task),
    };
    draft.product_count = products_of(c, task, &products);
    draft.products = products;
    return draft;
}
