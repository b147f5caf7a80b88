/* Tasks written as numbered blocks or bullets with labelled lines. */
#include "modules/document/document_fold.h"
#include "plan_parts.h"
#include "platform/base/text.h"
#include <string.h>

enum { REACH = 400, TIME_HEADING_LONGEST = 40 };

const char *plan_tidy(struct arena *a, const char *text)
{
    char *tidy = text_squeeze(a, text);
    size_t length = strlen(tidy);
    for (bool again = true; again && length > 0;) {
        again = false;
        if (strchr(";,: ", tidy[length - 1]) != NULL || (tidy[length - 1] == '.' && (length < 2 || tidy[length - 2] != '.')) ||
            (tidy[length - 1] == '/' && length > 1 && tidy[length - 2] == '.')) {
            tidy[--length] = '\0';
            again = true;
        }
    }
    return tidy;
}

struct plan_task *plan_task_add(struct plan_reader *r)
{
    struct plan_reading *out = r->out;
    out->tasks = arena_grow(r->a, out->tasks, sizeof *out->tasks, &out->task_capacity, out->task_count + 1);
    struct plan_task *t = &out->tasks[out->task_count++];
    *t = (struct plan_task){ .time = { .kind = PLAN_NO_TIME } };
    return t;
}

struct block_task {
    bool given; /* a sentence gives it, not a label */
    struct plan_task task;
    const char *frequency;
    bool completes;
    unsigned seen; /* 1 << enum plan_label */
};

static void put(struct plan_task *t, enum plan_field field, const struct plan_place *place, double sure)
{
    if (t->sure[field] == 0) {
        t->places[field] = *place;
        t->sure[field] = sure;
    }
}

static const char *joined(struct arena *a, const char *before, const char *more)
{
    return text_blank(before) ? more : arena_printf(a, "%s; %s", before, more);
}

static void take_leads(struct plan_reader *r, struct block_task *b, const struct plan_labelled *l, const struct plan_place *place, double sure)
{
    if (l->label == LABEL_DOES && !plan_is_unit(r->a, l->value))
        return;
    size_t before = b->task.partners.count, leads = b->task.leads.count;
    plan_roles_add(r->a, l->value, &b->task.leads, &b->task.partners);
    if (l->label == LABEL_BOTH && b->task.partners.count == before && b->task.leads.count > leads + 1) {
        for (size_t i = leads + 1; i < b->task.leads.count; i++) /* "Đơn vị chủ trì, phối hợp: A; B": the first leads */
            plan_list_add(r->a, &b->task.partners, b->task.leads.items[i]);
        b->task.leads.count = leads + 1;
    }
    put(&b->task, PLAN_LEADS, place, b->task.leads.count > 1 ? sure * 0.97 : sure);
    if (b->task.partners.count > before)
        put(&b->task, PLAN_PARTNERS, place, sure * 0.9);
}

static void take_label(struct plan_reader *r, struct block_task *b, const struct plan_labelled *l, const struct plan_place *place)
{
    double sure = r->damaged ? 0.7 : 0.95;
    const char *value = plan_tidy(r->a, l->value);
    b->seen |= 1u << l->label;
    if (value[0] == '\0')
        return;
    switch (l->label) {
    case LABEL_LEAD: case LABEL_BOTH: case LABEL_DOES:
        take_leads(r, b, l, place, sure);
        break;
    case LABEL_PARTNER:
        plan_units_add(r->a, &b->task.partners, l->value);
        put(&b->task, PLAN_PARTNERS, place, sure);
        break;
    case LABEL_TIME: case LABEL_FREQUENCY:
        if (l->label == LABEL_FREQUENCY)
            b->frequency = joined(r->a, b->frequency, value);
        else
            b->task.time_raw = joined(r->a, b->task.time_raw, value);
        b->completes = b->completes || l->completes;
        put(&b->task, PLAN_TIME, place, sure);
        break;
    case LABEL_PRODUCT:
        plan_products_add(r->a, &b->task.products, l->value);
        put(&b->task, PLAN_PRODUCTS, place, sure);
        break;
    case LABEL_BUDGET:
        b->task.budget = value;
        put(&b->task, PLAN_BUDGET, place, sure);
        break;
    default:
        break;
    }
}

static void settle_time(struct plan_reader *r, struct block_task *b)
{
    struct plan_task *t = &b->task;
    t->time = plan_time_of(r->a, t->time_raw, b->frequency, r->out->year, b->completes);
    if (b->frequency != NULL)
        t->time_raw = t->time_raw == NULL ? arena_printf(r->a, "Tần suất: %s", b->frequency)
                                          : arena_printf(r->a, "Tần suất: %s; Thời gian thực hiện: %s", b->frequency, t->time_raw);
    if (t->time_raw != NULL && t->time.kind == PLAN_NO_TIME)
        t->sure[PLAN_TIME] = 0.3;
}

static const char *group_of(struct plan_reader *r, const struct plan_item *item)
{
    if (item->parent < 0 || r->items[item->parent].parent < 0)
        return NULL;
    const struct plan_item *above = &r->items[item->parent];
    return above->head[0] == '\0' ? NULL : plan_tidy(r->a, above->head);
}

static bool makes_task(const struct plan_item *item, unsigned seen)
{
    bool leads = (seen & (1u << LABEL_LEAD | 1u << LABEL_BOTH)) != 0;
    bool timed = (seen & (1u << LABEL_TIME | 1u << LABEL_FREQUENCY)) != 0;
    if (item->zone != ZONE_BODY || item->head[0] == '\0')
        return false;
    if (plan_top_level(item->mark) || item->parent < 0)
        return leads && timed;
    return leads || timed || (seen & 1u << LABEL_PARTNER) != 0;
}

static bool in_purpose(const struct plan_reader *r, size_t i)
{
    return (r->items[i].about & (ABOUT_PURPOSE | ABOUT_BASES)) != 0;
}

/* "Tổ chức thực hiện" gives no tasks where others have their own lead or time. */
static bool in_organisation(const struct plan_reader *r, size_t i)
{
    return (r->items[i].about & (ABOUT_ORGANISING | ABOUT_WORK)) == ABOUT_ORGANISING;
}

static void take_said_time(struct plan_reader *r, const struct plan_item *item, struct block_task *b, double sure)
{
    b->task.time_raw = plan_time_closing(r->a, item->text, r->out->year, &b->completes);
    if (b->task.time_raw == NULL)
        b->task.time_raw = plan_time_within(r->a, item->text);
    if (b->task.time_raw != NULL)
        put(&b->task, PLAN_TIME, &item->place, sure);
}

/* "Giao Phòng A chủ trì, phối hợp với Phòng B rà soát …, hoàn thành trước ngày …" is a task by itself. */
static void take_assignment(struct plan_reader *r, size_t i, struct block_task *b)
{
    const struct plan_item *item = &r->items[i];
    struct plan_assignment one;
    if (item->zone != ZONE_BODY || item->table != NULL || b->seen != 0 || item->used || item->label_count > 0 || !plan_may_say(item) || in_purpose(r, i) ||
        in_organisation(r, i) || text_ends(item->text, ":") || !plan_assignment_of(r->a, item->text, &one))
        return;
    bool says = text_starts(item->text, "Giao ") || text_starts(item->text, "Giáo ") || text_starts(item->text, "Phân công ") || plan_starts_said(one.deed, "chủ trì") > 0;
    if (!says || text_blank(one.rest))
        return;
    double sure = 0.85;
    b->given = true;
    b->seen |= 1u << LABEL_LEAD;
    plan_units_add(r->a, &b->task.leads, one.lead);
    put(&b->task, PLAN_LEADS, &item->place, sure);
    if (one.partner != NULL) {
        plan_units_add(r->a, &b->task.partners, one.partner);
        put(&b->task, PLAN_PARTNERS, &item->place, sure);
    }
    take_said_time(r, item, b, sure);
}

static unsigned times(void)
{
    return 1u << LABEL_TIME | 1u << LABEL_FREQUENCY;
}

/* "1. Tập huấn" / "- Phòng A chủ trì tổ chức …" / "- Thời gian: Quý II": one task, of which the sentence says who. Where
 * several sentences stand there each is a task and has the time of all. */
static void join_sentences(struct plan_reader *r, size_t p, struct block_task *made)
{
    struct block_task *of = &made[p];
    bool timed = (of->seen & times()) != 0 && (of->seen & (1u << LABEL_LEAD | 1u << LABEL_BOTH)) == 0;
    if (!timed || plan_top_level(r->items[p].mark) || r->items[p].head[0] == '\0')
        return;
    size_t only = 0, count = 0;
    for (size_t k = p + 1; k < r->count && r->items[k].parent >= (int)p; k++)
        if (r->items[k].parent == (int)p && made[k].given) {
            only = k;
            count++;
        }
    for (size_t k = p + 1; k < r->count && r->items[k].parent >= (int)p && count > 1; k++) {
        struct block_task *b = &made[k];
        if (r->items[k].parent != (int)p || !b->given || b->task.time_raw != NULL)
            continue;
        b->task.time_raw = of->task.time_raw;
        b->frequency = of->frequency;
        b->completes = of->completes;
        b->task.inherited |= 1u << PLAN_TIME;
        put(&b->task, PLAN_TIME, &of->task.places[PLAN_TIME], of->task.sure[PLAN_TIME] * 0.9);
    }
    if (count == 1) {
        of->seen |= made[only].seen;
        of->task.leads = made[only].task.leads;
        of->task.partners = made[only].task.partners;
        for (int field = PLAN_LEADS; field <= PLAN_PARTNERS; field++)
            if (made[only].task.sure[field] > 0)
                put(&of->task, (enum plan_field)field, &made[only].task.places[field], made[only].task.sure[field]);
        made[only].seen = 0;
    } else if (count > 1) {
        of->seen = 0;
    }
}

/* "Quý I:", "1. Tháng 3/2025": the time of what stands below; NULL when the heading says something else. */
static const char *time_of_heading(struct plan_reader *r, const struct plan_item *heading)
{
    static const char *const openers[] = { "quy ", "thang ", "trong quy ", "trong thang ", "6 thang ", "sau thang ", "ca nam", "nam 20" };
    const char *text = plan_tidy(r->a, heading->text);
    const char *key = text_key(r->a, text);
    if (text_length(text) > TIME_HEADING_LONGEST || plan_time_of(r->a, text, NULL, r->out->year, false).kind == PLAN_NO_TIME)
        return NULL;
    for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++)
        if (text_starts(key, openers[i]))
            return text;
    return NULL;
}

static void take_time_of_heading(struct plan_reader *r, size_t i, struct block_task *b)
{
    const struct plan_item *item = &r->items[i], *heading = item->parent >= 0 ? &r->items[item->parent] : NULL;
    if (b->task.time_raw != NULL || b->frequency != NULL)
        return;
    const char *time = heading != NULL ? time_of_heading(r, heading) : NULL;
    for (size_t k = i; time == NULL && plan_is_bullet(item->mark) && k-- > 0 && r->items[k].parent >= item->parent && k + REACH > i;)
        if (r->items[k].parent == item->parent && r->items[k].mark == MARK_NONE) {
            heading = &r->items[k];
            time = time_of_heading(r, heading);
            break;
        }
    if (time == NULL)
        return;
    b->task.time_raw = time;
    b->task.inherited |= 1u << PLAN_TIME;
    put(&b->task, PLAN_TIME, &heading->place, 0.75);
}

/* "Giao Phòng A chủ trì thực hiện các nhiệm vụ sau:" and its bullets: each is a task of Phòng A. */
static void give_to_bullets(struct plan_reader *r, size_t i, struct block_task *made)
{
    struct plan_assignment one;
    const struct plan_item *item = &r->items[i];
    bool gives = item->zone == ZONE_BODY && item->table == NULL && item->label_count == 0 && text_ends(item->text, ":") && plan_may_say(item) && !in_purpose(r, i) &&
                 !in_organisation(r, i) && plan_assignment_of(r->a, item->text, &one) && (one.given || one.leads);
    for (size_t k = i + 1; gives && k < r->count && r->items[k].zone == ZONE_BODY; k++) {
        struct plan_item *to = &r->items[k];
        bool below = to->parent == (int)i, beside = item->mark == MARK_NONE && to->parent == item->parent && plan_is_bullet(to->mark);
        if (to->parent < item->parent || (to->parent == item->parent && !beside))
            return;
        if ((!below && !beside) || to->used || made[k].seen != 0)
            continue;
        struct block_task *b = &made[k];
        b->seen |= 1u << LABEL_LEAD;
        plan_units_add(r->a, &b->task.leads, one.lead);
        put(&b->task, PLAN_LEADS, &item->place, 0.8);
        b->task.inherited |= 1u << PLAN_LEADS;
        if (one.partner != NULL) {
            plan_units_add(r->a, &b->task.partners, one.partner);
            put(&b->task, PLAN_PARTNERS, &item->place, 0.75);
            b->task.inherited |= 1u << PLAN_PARTNERS;
        }
        take_said_time(r, to, b, 0.85);
    }
}

static void keep(struct plan_reader *r, size_t i, struct block_task *b)
{
    struct plan_item *item = &r->items[i];
    take_time_of_heading(r, i, b);
    settle_time(r, b);
    b->task.no = plan_path_of(r, i);
    b->task.group = group_of(r, item);
    char *title = text_squeeze(r->a, item->head);
    size_t length = strlen(title);
    if (length > 0 && title[length - 1] == ':')
        title[length - 1] = '\0';
    b->task.title = title;
    b->task.place = item->place;
    put(&b->task, PLAN_TITLE, &item->place, r->damaged ? 0.4 : 0.95);
    *plan_task_add(r) = b->task;
}

void plan_read_blocks(struct plan_reader *r)
{
    plan_find_labels(r);
    struct block_task *made = arena_array(r->a, r->count + 1, sizeof *made);
    for (size_t i = 0; i < r->count; i++)
        for (size_t k = 0; k < r->items[i].label_count && r->items[i].owner >= 0; k++)
            take_label(r, &made[r->items[i].owner], &r->items[i].labels[k], &r->items[i].place);
    for (size_t i = 0; i < r->count; i++) {
        take_assignment(r, i, &made[i]);
        give_to_bullets(r, i, made);
    }
    for (size_t i = 0; i < r->count; i++)
        join_sentences(r, i, made);
    bool elsewhere = r->out->task_count > 0;
    for (size_t i = 0; i < r->count; i++)
        elsewhere = elsewhere || (makes_task(&r->items[i], made[i].seen) && !in_purpose(r, i) && !in_organisation(r, i));
    for (size_t i = 0; i < r->count; i++) {
        if (!makes_task(&r->items[i], made[i].seen) || in_purpose(r, i) || r->items[i].used)
            continue;
        if (elsewhere && in_organisation(r, i))
            continue;
        keep(r, i, &made[i]);
    }
}
