/* Where no task has a lead or time line: the duties under each unit of "Tổ chức thực hiện". */
#include "modules/document/document_fold.h"
#include "plan_parts.h"
#include "platform/base/text.h"
#include <string.h>

enum { UNIT_LONGEST = 160, DUTY_SHORTEST = 12 };

static const char *const organising[] = { "tổ chức thực hiện", "nhiệm vụ cụ thể", "phân công nhiệm vụ", "phân công thực hiện", "trách nhiệm thực hiện",
                                          "phân công trách nhiệm", "trách nhiệm của", NULL };

/* "theo chức năng, nhiệm vụ được giao" alone is no duty. */
static bool says_nothing(struct arena *a, const char *duty)
{
    static const char *const phrases[] = { "chức năng nhiệm vụ", "nhiệm vụ chức năng", "nhiệm vụ được giao" };
    char *key = fold_loose(a, duty);
    const char *end;
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++)
        if (fold_find(key, fold_loose(a, phrases[i]), &end) != NULL)
            return text_length(duty) < 150 && plan_time_within(a, duty) == NULL;
    return false;
}

static void add_duty(struct plan_reader *r, const struct plan_item *item, const char *units, const struct plan_place *units_at, const char *title)
{
    title = text_squeeze(r->a, title);
    if (text_length(title) < DUTY_SHORTEST || says_nothing(r->a, title))
        return;
    struct plan_task *t = plan_task_add(r);
    double sure = r->damaged ? 0.4 : 0.85;
    t->no = item->path;
    t->title = title;
    t->place = t->places[PLAN_TITLE] = item->place;
    t->sure[PLAN_TITLE] = sure;
    plan_units_add(r->a, &t->leads, units);
    t->places[PLAN_LEADS] = *units_at;
    t->sure[PLAN_LEADS] = sure;
    if (units_at->from != item->place.from)
        t->inherited |= 1u << PLAN_LEADS;
    const char *partner = plan_partner_within(r->a, title);
    if (partner != NULL) {
        plan_units_add(r->a, &t->partners, partner);
        t->places[PLAN_PARTNERS] = item->place;
        t->sure[PLAN_PARTNERS] = sure * 0.8;
    }
    t->time_raw = plan_time_within(r->a, title);
    t->time = plan_time_of(r->a, t->time_raw, NULL, r->out->year, false);
    if (t->time_raw != NULL) {
        t->places[PLAN_TIME] = item->place;
        t->sure[PLAN_TIME] = sure * 0.9;
    }
}

/* The unit before a colon ("Phòng A: làm …") or the whole heading ("2. Phòng A"); NULL when it names none. */
static const char *unit_of(struct plan_reader *r, const struct plan_item *item, const char **rest)
{
    const char *colon = strchr(item->text, ':');
    *rest = "";
    if (colon != NULL && colon - item->text < UNIT_LONGEST) {
        const char *name = text_trim(r->a, arena_copy_n(r->a, item->text, (size_t)(colon - item->text)));
        *rest = text_trim(r->a, colon + 1);
        return plan_is_unit(r->a, name) ? name : NULL;
    }
    return text_length(item->text) < UNIT_LONGEST && plan_is_unit(r->a, item->text) && strpbrk(item->text, ".;") == NULL ? item->text : NULL;
}

static const char *without_duty_word(struct arena *a, const char *unit)
{
    static const char *const openers[] = { "Trách nhiệm của ", "Trách nhiệm ", "Đối với ", "Giao ", "Đề nghị ", "Yêu cầu " };
    for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++)
        if (strncmp(text_key(a, unit), text_key(a, openers[i]), strlen(text_key(a, openers[i]))) == 0 && text_starts(unit, openers[i])) {
            const char *rest = unit + strlen(openers[i]);
            return arena_printf(a, "%s%s", text_upper(a, arena_copy_n(a, rest, (unsigned char)*rest >= 0x80 ? 2 : 1)),
                                rest + ((unsigned char)*rest >= 0x80 ? 2 : 1));
        }
    return unit;
}

/* "Phòng A làm đầu mối …": the unit is the subject of the sentence; NULL when it cannot be cut off. */
static const char *subject_of(struct arena *a, const char *text, const char **duty)
{
    static const char *const verbs[] = { " có trách nhiệm", " chịu trách nhiệm", " làm đầu mối", " là đầu mối", " chủ trì", " phối hợp", " tham mưu",
                                         " xây dựng", " tổng hợp", " tổ chức", " theo dõi", " bố trí", " cân đối", " lập", " căn cứ", " thực hiện" };
    const char *best = NULL;
    if (!plan_is_unit(a, text))
        return NULL;
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        const char *at = strstr(text, verbs[i]);
        if (at != NULL && (best == NULL || at < best) && at - text < UNIT_LONGEST)
            best = at;
    }
    if (best == NULL)
        return NULL;
    *duty = best + 1;
    const char *name = plan_tidy(a, arena_copy_n(a, text, (size_t)(best - text)));
    return text_starts(name, "Giao ") ? without_duty_word(a, name) : name;
}

static size_t children_of(struct plan_reader *r, size_t i, const char *unit, const struct plan_place *unit_at)
{
    size_t found = 0;
    for (size_t k = i + 1; k < r->count && r->items[k].zone == ZONE_BODY; k++) {
        const struct plan_item *item = &r->items[k];
        if (item->parent < (int)i)
            break;
        if (item->parent != (int)i)
            continue;
        bool closing = item->mark == MARK_NONE && strncmp(item->loose, "tren day", 8) == 0;
        if (closing)
            break;
        add_duty(r, item, unit, unit_at, item->text);
        found++;
    }
    return found;
}

static void read_unit(struct plan_reader *r, size_t i)
{
    const struct plan_item *item = &r->items[i];
    const char *rest, *duty;
    const char *unit = unit_of(r, item, &rest);
    if (unit == NULL && (unit = subject_of(r->a, item->text, &duty)) != NULL) {
        add_duty(r, item, unit, &item->place, item->text);
        return;
    }
    if (unit == NULL)
        return;
    unit = without_duty_word(r->a, unit);
    if (rest[0] != '\0')
        add_duty(r, item, unit, &item->place, rest);
    children_of(r, i, unit, &item->place);
}

void plan_read_duties(struct plan_reader *r)
{
    for (size_t i = 0; i < r->count; i++) {
        const struct plan_item *item = &r->items[i];
        if (item->zone != ZONE_BODY || item->table != NULL || item->parent < 0)
            continue;
        const struct plan_item *above = &r->items[item->parent];
        if (above->parent >= 0 || !plan_heads(r, above, organising))
            continue;
        bool closing = strncmp(item->loose, "tren day", 8) == 0;
        if (!closing)
            read_unit(r, i);
    }
}
