/* Tasks written as numbered blocks or bullets with labelled lines. */
#include "modules/document/document_fold.h"
#include "plan_parts.h"
#include "platform/base/text.h"
#include <string.h>

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

static bool is_label_only(const struct plan_item *item)
{
    return item->label_count > 0 && item->head[0] == '\0';
}

static bool is_bullet(enum plan_mark mark)
{
    return mark == MARK_DASH || mark == MARK_PLUS || mark == MARK_DOT;
}

static bool same_kind(const struct plan_item *a, const struct plan_item *b)
{
    return is_label_only(a) && is_label_only(b) && a->labels[0].label == b->labels[0].label;
}

/* Siblings of i that say the same label: then each speaks of the item before it, not of the parent. */
static bool repeats_among_siblings(const struct plan_reader *r, int i)
{
    const struct plan_item *item = &r->items[i];
    for (int step = -1; step <= 1; step += 2)
        for (int k = i + step; k >= 0 && k < (int)r->count && k > i - 400 && k < i + 400; k += step) {
            if (r->items[k].parent < item->parent)
                break;
            if (r->items[k].parent == item->parent && r->items[k].mark == item->mark && same_kind(&r->items[k], item))
                return true;
        }
    return false;
}

static int sibling_before(const struct plan_reader *r, int i)
{
    for (int k = i; k-- > 0 && k > r->items[i].parent;)
        if (r->items[k].parent == r->items[i].parent && !is_label_only(&r->items[k]))
            return k;
    return -1;
}

/* Is this bullet the last of several, of which no other has labels? Then labels under it speak of all of them. */
static bool closes_unlabelled(const struct plan_reader *r, int bullet)
{
    const struct plan_item *b = &r->items[bullet];
    if (b->nth < 2 || b->label_count > 0)
        return false;
    for (int k = b->parent + 1; k < (int)r->count && k < bullet + 400; k++) {
        const struct plan_item *item = &r->items[k];
        if (k > bullet && (item->zone != ZONE_BODY || item->parent < b->parent))
            break;
        bool sibling = item->parent == b->parent && item->mark == b->mark;
        bool below = item->parent >= 0 && item->parent != bullet && r->items[item->parent].parent == b->parent && r->items[item->parent].mark == b->mark;
        if ((k > bullet && sibling) || ((sibling || below) && item->label_count > 0))
            return false;
    }
    return true;
}

/* The item that the label line i speaks of. */
static int owner_of(const struct plan_reader *r, int i)
{
    const struct plan_item *item = &r->items[i];
    int above = item->parent;
    if (above < 0)
        return -1;
    if (is_label_only(&r->items[above])) /* "Thời gian" under "c. Trách nhiệm" */
        return r->items[above].owner;
    if (item->mark != MARK_NONE && repeats_among_siblings(r, i)) {
        int before = sibling_before(r, i);
        return before >= 0 ? before : above;
    }
    const struct plan_item *parent = &r->items[above];
    bool of_all = is_bullet(parent->mark) && parent->parent >= 0 && !plan_top_level(r->items[parent->parent].mark) && closes_unlabelled(r, above);
    return of_all ? parent->parent : above;
}

/* A label without a value takes the items under it: "Sản phẩm:" and its bullets. */
static void take_children(struct plan_reader *r, size_t i)
{
    struct plan_labelled *last = &r->items[i].labels[r->items[i].label_count - 1];
    if (last->value[0] != '\0')
        return;
    struct buffer b = { .arena = r->a };
    buffer_add(&b, "");
    for (size_t k = i + 1; k < r->count; k++) {
        bool child = r->items[k].parent == (int)i;
        bool sibling = r->items[i].mark == MARK_NONE && r->items[k].parent == r->items[i].parent && is_bullet(r->items[k].mark);
        if ((!child && !sibling) || r->items[k].label_count > 0)
            break;
        buffer_printf(&b, "%s%s", b.length > 0 ? "\n" : "", r->items[k].text);
        r->items[k].used = true;
    }
    last->value = b.text;
}

static void find_labels(struct plan_reader *r)
{
    for (size_t i = 0; i < r->count; i++) {
        struct plan_item *item = &r->items[i];
        if (item->zone == ZONE_BODY && item->table == NULL)
            item->label_count = plan_cut_labels(r->a, item->text, r->damaged, &item->head, &item->labels);
    }
    for (size_t i = 0; i < r->count; i++) {
        struct plan_item *item = &r->items[i];
        if (item->label_count == 0)
            continue;
        take_children(r, i);
        item->owner = is_label_only(item) ? owner_of(r, (int)i) : (int)i;
    }
}

struct block_task {
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
    size_t before = b->task.partners.count;
    plan_roles_add(r->a, l->value, &b->task.leads, &b->task.partners);
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

static struct plan_item *root_of(struct plan_reader *r, size_t i)
{
    return &r->items[plan_section_of(r, (int)i)];
}

static bool in_purpose(struct plan_reader *r, size_t i)
{
    static const char *const phrases[] = { "mục đích", "yêu cầu", NULL };
    static const char *const work[] = { "nội dung", "nhiệm vụ", NULL };
    return plan_heads(r, root_of(r, i), phrases) && !plan_heads(r, root_of(r, i), work);
}

/* "Tổ chức thực hiện" gives no tasks where others have their own lead or time. */
static bool in_organisation(struct plan_reader *r, size_t i)
{
    static const char *const phrases[] = { "tổ chức thực hiện", NULL };
    static const char *const work[] = { "nhiệm vụ", "nội dung", "kế hoạch", NULL };
    return plan_heads(r, root_of(r, i), phrases) && !plan_heads(r, root_of(r, i), work);
}

static void keep(struct plan_reader *r, size_t i, struct block_task *b)
{
    struct plan_item *item = &r->items[i];
    settle_time(r, b);
    b->task.no = item->path;
    b->task.group = group_of(r, item);
    b->task.title = text_squeeze(r->a, item->head);
    b->task.place = item->place;
    put(&b->task, PLAN_TITLE, &item->place, r->damaged ? 0.4 : 0.95);
    *plan_task_add(r) = b->task;
}

void plan_read_blocks(struct plan_reader *r)
{
    find_labels(r);
    struct block_task *made = arena_array(r->a, r->count + 1, sizeof *made);
    for (size_t i = 0; i < r->count; i++)
        for (size_t k = 0; k < r->items[i].label_count && r->items[i].owner >= 0; k++)
            take_label(r, &made[r->items[i].owner], &r->items[i].labels[k], &r->items[i].place);
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
