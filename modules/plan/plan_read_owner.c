/* Which item each label speaks of: its own, the one above, the one before, or all of several. */
#include "modules/document/document_fold.h"
#include "plan_parts.h"
#include "platform/base/text.h"
#include <string.h>

enum { REACH = 400, VALUE_LINES_MOST = 40 };

static bool is_label_only(const struct plan_item *item)
{
    return item->label_count > 0 && item->head[0] == '\0';
}

bool plan_is_bullet(enum plan_mark mark)
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
            if (!plan_is_bullet(b->mark) && !only_labels_below(r, k))
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
    if (first < 0 || (top && plan_is_bullet(parent->mark)))
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
    return plan_is_bullet(item->mark) || (item->mark == MARK_NONE && (taken == 0 || (many && plan_is_unit(r->a, item->text))));
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

/* Is the item of a part that gives tasks? */
static bool gives_tasks(const struct plan_item *item)
{
    return (item->about & (ABOUT_PURPOSE | ABOUT_BASES)) == 0 && (item->about & (ABOUT_ORGANISING | ABOUT_WORK)) != ABOUT_ORGANISING;
}

/* Words without which nobody is named outside of a label. */
bool plan_may_say(const struct plan_item *item)
{
    if (!gives_tasks(item))
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

static bool names_lead(const struct plan_item *item)
{
    for (size_t i = 0; i < item->label_count; i++)
        if (item->labels[i].label == LABEL_LEAD || item->labels[i].label == LABEL_BOTH || item->labels[i].label == LABEL_DOES)
            return true;
    return false;
}

static void cut_item(struct plan_reader *r, struct plan_item *item)
{
    struct plan_labelled *said = NULL;
    const char *text = item->text;
    bool may = plan_may_say(item);
    size_t count = may ? plan_cut_said(r->a, text, r->out->year, &text, &said) : 0;
    item->label_count = plan_cut_labels(r->a, text, r->damaged, &item->head, &item->labels);
    if (count == 0 && may && item->label_count > 0)
        count = plan_cut_said(r->a, item->head, r->out->year, &item->head, &said);
    if (count == 0 && item->mark != MARK_NONE && !names_lead(item) && gives_tasks(item))
        count = plan_cut_tail(r->a, item->head, r->out->year, &item->head, &said);
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

void plan_find_labels(struct plan_reader *r)
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
