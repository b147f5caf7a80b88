/* Tasks written as numbered blocks or bullets with labelled lines. */
#include "modules/document/document_fold.h"
#include "plan_parts.h"
#include "platform/base/text.h"
#include <string.h>

enum { REACH = 400, VALUE_LINES_MOST = 40 };

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
        for (int k = i + step; k >= 0 && k < (int)r->count && k > i - REACH && k < i + REACH; k += step) {
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

static bool only_labels_below(const struct plan_reader *r, int i)
{
    for (int k = i + 1; k < (int)r->count && r->items[k].parent >= i; k++)
        if (r->items[k].parent == i && !is_label_only(&r->items[k]) && !r->items[k].used)
            return false;
    return true;
}

/* The first of several siblings of which none has labels and this one is the last: labels under it speak of all of
 * them. -1: they do not. */
static int first_unlabelled(const struct plan_reader *r, int last)
{
    const struct plan_item *b = &r->items[last];
    int first = -1, count = 0;
    if (b->label_count > 0)
        return -1;
    for (int k = b->parent + 1; k < (int)r->count && k < last + REACH; k++) {
        const struct plan_item *item = &r->items[k];
        if (k > last && (item->zone != ZONE_BODY || item->parent < b->parent))
            break;
        bool sibling = item->parent == b->parent && item->mark == b->mark;
        bool below = item->parent >= 0 && item->parent != last && r->items[item->parent].parent == b->parent && r->items[item->parent].mark == b->mark;
        if ((k > last && sibling) || ((sibling || below) && item->label_count > 0))
            return -1;
        if (sibling && k <= last) {
            if (!is_bullet(b->mark) && !only_labels_below(r, k))
                return -1; /* headings with text of their own */
            first = first < 0 ? k : first;
            count++;
        }
    }
    return count > 1 ? first : -1;
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
    if (parent->parent < 0 || plan_top_level(parent->mark))
        return above;
    int first = first_unlabelled(r, above);
    bool top = plan_top_level(r->items[parent->parent].mark);
    if (first < 0 || (top && is_bullet(parent->mark)))
        return above;
    return top ? first : parent->parent;
}

/* Does item k belong to the value of the open label i? A line of its own below, or bullets under it. */
static bool goes_into(const struct plan_reader *r, size_t i, size_t k, enum plan_label label, size_t taken)
{
    const struct plan_item *item = &r->items[k], *at = &r->items[i];
    if (item->label_count > 0 || item->zone != ZONE_BODY || item->table != NULL)
        return false;
    if (item->parent == (int)i)
        return true;
    if (item->parent != at->parent || at->mark != MARK_NONE)
        return false;
    bool many = label != LABEL_TIME && label != LABEL_FREQUENCY && label != LABEL_BUDGET;
    return is_bullet(item->mark) || (item->mark == MARK_NONE && (taken == 0 || (many && plan_is_unit(r->a, item->text))));
}

static void take_children(struct plan_reader *r, size_t i)
{
    struct plan_labelled *last = &r->items[i].labels[r->items[i].label_count - 1];
    if (last->value[0] != '\0')
        return;
    struct buffer b = { .arena = r->a };
    buffer_add(&b, "");
    size_t taken = 0;
    for (size_t k = i + 1; k < r->count && taken < VALUE_LINES_MOST && goes_into(r, i, k, last->label, taken); k++, taken++) {
        buffer_printf(&b, "%s%s", b.length > 0 ? "\n" : "", r->items[k].text);
        r->items[k].used = true;
    }
    last->value = b.text;
}

/* Words without which nobody is named outside of a label. */
static bool may_say(const struct plan_item *item)
{
    if ((item->about & (ABOUT_PURPOSE | ABOUT_BASES)) != 0 || (item->about & (ABOUT_ORGANISING | ABOUT_WORK)) == ABOUT_ORGANISING)
        return false;
    static const char *const words[] = { "hủ trì", "hối hợp", "iao ", "đầu mối", "(", "hu tri", "hoi hop", "dau moi", "hân công", "iáo " };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strstr(item->text, words[i]) != NULL)
            return true;
    return false;
}

static void join_labels(struct plan_reader *r, struct plan_item *item, const struct plan_labelled *more, size_t count)
{
    if (count == 0)
        return;
    struct plan_labelled *all = arena_array(r->a, item->label_count + count, sizeof *all);
    if (item->label_count > 0)
        memcpy(all, item->labels, item->label_count * sizeof *all);
    memcpy(all + item->label_count, more, count * sizeof *all);
    item->labels = all;
    item->label_count += count;
}

static void cut_item(struct plan_reader *r, struct plan_item *item)
{
    struct plan_labelled *said = NULL;
    const char *text = item->text;
    bool may = may_say(item);
    size_t count = may ? plan_cut_said(r->a, text, r->out->year, &text, &said) : 0;
    item->label_count = plan_cut_labels(r->a, text, r->damaged, &item->head, &item->labels);
    if (count == 0 && may && item->label_count > 0)
        count = plan_cut_said(r->a, item->head, r->out->year, &item->head, &said);
    join_labels(r, item, said, count);
}

/* Lines of labels that follow one another speak of the same item, until one of them comes again. */
static void set_owners(struct plan_reader *r)
{
    int owner = -1;
    unsigned seen = 0;
    for (size_t i = 0; i < r->count; i++) {
        struct plan_item *item = &r->items[i];
        if (item->used)
            continue;
        if (item->label_count == 0 || !is_label_only(item) || item->zone != ZONE_BODY) {
            owner = item->label_count > 0 ? (int)i : -1;
            seen = 0;
            item->owner = item->label_count > 0 ? (int)i : item->owner;
            continue;
        }
        unsigned says = 0;
        for (size_t k = 0; k < item->label_count; k++)
            says |= item->labels[k].value[0] != '\0' ? 1u << item->labels[k].label : 0;
        bool goes_on = owner >= 0 && (says & seen) == 0 && seen != 0;
        item->owner = owner = goes_on ? owner : owner_of(r, (int)i);
        seen = goes_on ? seen | says : says;
    }
}

static void find_labels(struct plan_reader *r)
{
    for (size_t i = 0; i < r->count; i++) {
        struct plan_item *item = &r->items[i];
        if (item->zone == ZONE_BODY && item->table == NULL)
            cut_item(r, item);
    }
    for (size_t i = 0; i < r->count; i++)
        if (r->items[i].label_count > 0 && !r->items[i].used)
            take_children(r, i);
    set_owners(r);
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
    if (item->zone != ZONE_BODY || item->table != NULL || b->seen != 0 || item->used || item->label_count > 0 || !may_say(item) || in_purpose(r, i) ||
        in_organisation(r, i) || text_ends(item->text, ":") || !plan_assignment_of(r->a, item->text, &one))
        return;
    bool says = text_starts(item->text, "Giao ") || text_starts(item->text, "Giáo ") || text_starts(item->text, "Phân công ") || plan_starts_said(one.deed, "chủ trì") > 0;
    if (!says || text_blank(one.rest))
        return;
    double sure = 0.85;
    b->seen |= 1u << LABEL_LEAD;
    plan_units_add(r->a, &b->task.leads, one.lead);
    put(&b->task, PLAN_LEADS, &item->place, sure);
    if (one.partner != NULL) {
        plan_units_add(r->a, &b->task.partners, one.partner);
        put(&b->task, PLAN_PARTNERS, &item->place, sure);
    }
    take_said_time(r, item, b, sure);
}

/* "Giao Phòng A chủ trì thực hiện các nhiệm vụ sau:" and its bullets: each is a task of Phòng A. */
static void give_to_bullets(struct plan_reader *r, size_t i, struct block_task *made)
{
    struct plan_assignment one;
    const struct plan_item *item = &r->items[i];
    bool gives = item->zone == ZONE_BODY && item->table == NULL && item->label_count == 0 && text_ends(item->text, ":") && may_say(item) && !in_purpose(r, i) &&
                 !in_organisation(r, i) && plan_assignment_of(r->a, item->text, &one) && (one.given || one.leads);
    for (size_t k = i + 1; gives && k < r->count && r->items[k].zone == ZONE_BODY; k++) {
        struct plan_item *to = &r->items[k];
        bool below = to->parent == (int)i, beside = item->mark == MARK_NONE && to->parent == item->parent && is_bullet(to->mark);
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
    find_labels(r);
    struct block_task *made = arena_array(r->a, r->count + 1, sizeof *made);
    for (size_t i = 0; i < r->count; i++)
        for (size_t k = 0; k < r->items[i].label_count && r->items[i].owner >= 0; k++)
            take_label(r, &made[r->items[i].owner], &r->items[i].labels[k], &r->items[i].place);
    for (size_t i = 0; i < r->count; i++) {
        take_assignment(r, i, &made[i]);
        give_to_bullets(r, i, made);
    }
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
