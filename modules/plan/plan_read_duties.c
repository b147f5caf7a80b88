/* Where no task has a lead or time line: the duties under each unit of "Tổ chức thực hiện". */
#include "modules/document/document_fold.h"
#include "plan_parts.h"
#include "platform/base/text.h"
#include <string.h>

enum { UNIT_LONGEST = 200, HEADING_LONGEST = 130, DUTY_SHORTEST = 12, SAYS_NOTHING_LONGEST = 150, UNITS_FEWEST = 2, HEADING_DEED_WORDS = 4 };

#define GUESSED 0.65 /* a heading that no word tells to be a unit */

static const char *const organising[] = { "tổ chức thực hiện", "nhiệm vụ cụ thể", "phân công nhiệm vụ", "phân công thực hiện", "trách nhiệm thực hiện",
                                          "phân công trách nhiệm", "trách nhiệm của", "phân công tổ chức", "tổ chức triển khai", "tổ chức, thực hiện",
                                          "tổ chức và phân công", "phân công công việc", "trách nhiệm các", "nhiệm vụ của các", NULL };

/* "theo chức năng, nhiệm vụ được giao" alone is no duty. */
static bool says_nothing(struct arena *a, const char *duty)
{
    static const char *const phrases[] = { "chức năng nhiệm vụ", "nhiệm vụ chức năng", "nhiệm vụ được giao" };
    char *key = fold_loose(a, duty);
    const char *end;
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++)
        if (fold_find(key, fold_loose(a, phrases[i]), &end) != NULL)
            return text_length(duty) < SAYS_NOTHING_LONGEST && plan_time_within(a, duty) == NULL;
    return false;
}

static bool is_closing(struct arena *a, const struct plan_item *item)
{
    static const char *const openers[] = { "trên đây là", "trong quá trình", "quá trình triển khai", "quá trình thực hiện", "các nội dung khác" };
    for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++) {
        char *like = fold_loose(a, openers[i]);
        size_t length = strlen(like), have = strnlen(item->loose, length);
        if (item->no == NULL && fold_distance(item->loose, have, like, length, (int)length / 8) <= (int)length / 8)
            return true;
    }
    return false;
}

/* Whom a duty is done by and with: the heading above it. */
struct heading {
    const char *units;
    const char *partner; /* "Phòng A chủ trì, phối hợp với B:"; NULL none */
    const struct plan_place *place;
    double sure;
};

static void set_time(struct plan_reader *r, struct plan_task *t, const struct plan_item *item, double sure)
{
    bool completes = false;
    t->time_raw = plan_time_within(r->a, t->title);
    if (t->time_raw == NULL)
        t->time_raw = plan_time_closing(r->a, t->title, r->out->year, &completes);
    t->time = plan_time_of(r->a, t->time_raw, NULL, r->out->year, completes);
    if (t->time_raw != NULL) {
        t->places[PLAN_TIME] = item->place;
        t->sure[PLAN_TIME] = sure * 0.9;
    }
}

static void set_partner(struct plan_reader *r, struct plan_task *t, const struct plan_item *item, double sure)
{
    const char *partner = plan_partner_said(r->a, t->title);
    if (partner == NULL)
        partner = plan_partner_within(r->a, t->title);
    if (partner == NULL)
        return;
    plan_units_add(r->a, &t->partners, partner);
    t->places[PLAN_PARTNERS] = item->place;
    t->sure[PLAN_PARTNERS] = sure * 0.8;
}

static void add_duty(struct plan_reader *r, size_t i, const struct heading *of, const char *title)
{
    const struct plan_item *item = &r->items[i];
    title = text_squeeze(r->a, title);
    if (text_length(title) < DUTY_SHORTEST || says_nothing(r->a, title))
        return;
    struct plan_task *t = plan_task_add(r);
    double sure = r->damaged ? 0.4 : of->sure;
    t->no = plan_path_of(r, i);
    t->title = title;
    t->place = t->places[PLAN_TITLE] = item->place;
    t->sure[PLAN_TITLE] = sure;
    plan_units_add(r->a, &t->leads, of->units);
    t->places[PLAN_LEADS] = *of->place;
    t->sure[PLAN_LEADS] = sure;
    if (of->place->from != item->place.from)
        t->inherited |= 1u << PLAN_LEADS;
    set_partner(r, t, item, sure);
    if (of->partner != NULL && t->partners.count == 0) {
        plan_units_add(r->a, &t->partners, of->partner);
        t->places[PLAN_PARTNERS] = *of->place;
        t->sure[PLAN_PARTNERS] = sure * 0.8;
        t->inherited |= 1u << PLAN_PARTNERS;
    }
    set_time(r, t, item, sure);
}

/* ---- headings ---- */

static const char *capital_first(struct arena *a, const char *text)
{
    int32_t rune;
    size_t first = (size_t)(text_next(text, &rune) - text);
    return arena_printf(a, "%s%s", text_upper(a, arena_copy_n(a, text, first)), text + first);
}

/* "Trách nhiệm của các khoa", "Giao Phòng A", "Đề nghị B", "Đối với C": the unit alone. */
static const char *without_duty_word(struct arena *a, const char *unit)
{
    static const char *const openers[] = { "Trách nhiệm của ", "Trách nhiệm ", "Đối với ", "Giao cho ", "Giao ", "Đề nghị ", "Yêu cầu ", "Nhiệm vụ của ",
                                           "Phân công " };
    for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++)
        if (strncmp(text_fold(a, arena_copy_n(a, unit, strnlen(unit, 40))), text_fold(a, openers[i]), strlen(text_fold(a, openers[i]))) == 0) {
            const char *rest = unit;
            for (size_t words = 0, most = text_length(openers[i]); words < most; words++) /* a letter each */
                rest = text_next(rest, &(int32_t){ 0 });
            return capital_first(a, rest);
        }
    return unit;
}

/* Headings of this part that name no unit. */
static bool names_a_matter(const char *text)
{
    static const char *const words[] = { "kinh phi", "che do", "cong tac", "phan cong", "thoi gian", "tien do", "nguon", "giai phap", "ve", "khen thuong",
        "thong tin", "kiem tra", "hinh thuc", "noi dung", "nhiem vu", "bao cao", "muc", "dia diem", "thanh phan", "lo trinh", "can cu", "tren day", "to chuc",
        "trach nhiem", "trong", "dieu kien", "so ket", "tong ket", "giai doan", "ky", "buoc", "hang", "dinh ky", "yeu cau", "ke hoach" };
    char key[24];
    fold_key(key, sizeof key, text, 60);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t length = strlen(words[i]);
        if (strncmp(key, words[i], length) == 0 && (key[length] == ' ' || key[length] == '\0'))
            return true;
    }
    return false;
}

/* "Phòng, chống dịch" begins as a unit's name does. */
static bool prevents(struct arena *a, const char *name)
{
    const char *key = text_key(a, name);
    return strncmp(key, "phong chong", 11) == 0 || strncmp(key, "phong ngua", 10) == 0 || strncmp(key, "phong benh", 10) == 0;
}

static bool has_children(const struct plan_reader *r, size_t i)
{
    return i + 1 < r->count && r->items[i + 1].zone == ZONE_BODY && r->items[i + 1].parent == (int)i && !is_closing(r->a, &r->items[i + 1]);
}

/* Is more said than the unit's name? "Các đơn vị tham gia thực hiện" may still be a heading. */
static bool is_sentence(struct plan_reader *r, const char *text)
{
    struct plan_assignment one;
    if (!plan_assignment_of(r->a, text, &one))
        return false;
    size_t words = 1;
    for (const char *at = one.deed; *at != '\0'; at++)
        words += *at == ' ' && at[1] != '\0';
    return words > HEADING_DEED_WORDS;
}

/* The unit before a colon ("Phòng A: làm …") or the whole heading ("2. Phòng A"); NULL when it names none. sure: less
 * when only its place says that it is a unit. */
static const char *unit_of(struct plan_reader *r, size_t i, const char **rest, double *sure)
{
    const struct plan_item *item = &r->items[i];
    const char *colon = strchr(item->text, ':');
    *rest = "";
    *sure = 0.85;
    if (colon != NULL && colon - item->text < UNIT_LONGEST) {
        const char *name = text_trim(r->a, arena_copy_n(r->a, item->text, (size_t)(colon - item->text)));
        *rest = text_trim(r->a, colon + 1);
        struct plan_assignment one; /* "Phòng A có trách nhiệm:" */
        bool said = plan_assignment_of(r->a, name, &one);
        return !plan_is_unit(r->a, name) || prevents(r->a, name) ? NULL : said ? capital_first(r->a, one.lead) : name;
    }
    if (text_length(item->text) > HEADING_LONGEST || strpbrk(plan_tidy(r->a, item->text), ".") != NULL)
        return NULL;
    bool sentence = is_sentence(r, item->text);
    if (plan_is_unit(r->a, item->text))
        return !sentence ? item->text : NULL;
    *sure = GUESSED;
    return item->no != NULL && !sentence && has_children(r, i) && !names_a_matter(item->text) ? item->text : NULL;
}

/* ---- duties ---- */

static void read_group(struct plan_reader *r, size_t i);
static void read_unit(struct plan_reader *r, size_t i);

static void children_of(struct plan_reader *r, size_t i, const struct heading *of)
{
    for (size_t k = i + 1; k < r->count && r->items[k].zone == ZONE_BODY; k++) {
        const struct plan_item *item = &r->items[k];
        if (item->parent < (int)i)
            break;
        if (item->parent != (int)i)
            continue;
        if (is_closing(r->a, item))
            break;
        const char *rest;
        double sure;
        bool inner = item->no != NULL && unit_of(r, k, &rest, &sure) != NULL && sure > GUESSED && (rest[0] != '\0' || has_children(r, k));
        if (inner)
            read_unit(r, k); /* units within a unit: "1.1. Phòng A: …" under "1. Trách nhiệm của Sở" */
        else
            add_duty(r, k, of, item->text);
    }
}

/* "Phòng A làm đầu mối …", "Giao Phòng A …": the unit is the subject of the sentence. */
static bool read_sentence(struct plan_reader *r, size_t i)
{
    const struct plan_item *item = &r->items[i];
    struct plan_assignment one;
    if (!plan_assignment_of(r->a, item->text, &one))
        return false;
    struct heading of = { .units = capital_first(r->a, one.lead), .partner = one.partner, .place = &item->place, .sure = 0.85 };
    if (text_ends(item->text, ":") && has_children(r, i))
        children_of(r, i, &of); /* "Giao Phòng A thực hiện các nhiệm vụ sau:" */
    else
        add_duty(r, i, &of, item->text);
    return true;
}

static void read_unit(struct plan_reader *r, size_t i)
{
    const struct plan_item *item = &r->items[i];
    const char *rest;
    struct heading of = { .place = &item->place };
    of.units = unit_of(r, i, &rest, &of.sure);
    if (of.units == NULL) {
        if (!read_sentence(r, i) && has_children(r, i))
            read_group(r, i); /* "1. Phân công nhiệm vụ" and the units below */
        return;
    }
    struct plan_assignment one;
    if (rest[0] == '\0' && text_ends(item->text, ":") && plan_assignment_of(r->a, item->text, &one))
        of.partner = one.partner;
    of.units = without_duty_word(r->a, of.units);
    if (rest[0] != '\0')
        add_duty(r, i, &of, rest);
    if (rest[0] == '\0' || !text_ends(rest, ":"))
        children_of(r, i, &of);
}

/* A unit's name on a line without a mark heads the bullets that follow it. */
static bool heads_bullets(struct plan_reader *r, size_t k, struct heading *of)
{
    const struct plan_item *item = &r->items[k];
    const char *rest;
    if (item->mark != MARK_NONE || (of->units = unit_of(r, k, &rest, &of->sure)) == NULL || rest[0] != '\0')
        return false;
    of->units = without_duty_word(r->a, of->units);
    of->place = &item->place;
    return true;
}

static void read_group(struct plan_reader *r, size_t i)
{
    struct heading open = { 0 };
    for (size_t k = i + 1; k < r->count && r->items[k].zone == ZONE_BODY && r->items[k].parent >= (int)i; k++) {
        const struct plan_item *item = &r->items[k];
        struct heading next = { 0 };
        if (item->parent != (int)i || item->table != NULL || is_closing(r->a, item))
            continue;
        bool bullet = item->mark == MARK_DASH || item->mark == MARK_PLUS || item->mark == MARK_DOT;
        if (heads_bullets(r, k, &next)) {
            open = next;
        } else if (open.units != NULL && bullet) {
            add_duty(r, k, &open, item->text);
        } else {
            open = (struct heading){ 0 };
            read_unit(r, k);
        }
    }
}

/* Where the heading of the part is lost or says something else: siblings that are headed by units. */
static void read_units_anywhere(struct plan_reader *r)
{
    size_t *units = arena_array(r->a, r->count + 1, sizeof *units); /* under each parent + 1 */
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < r->count; i++) {
            const struct plan_item *item = &r->items[i];
            const char *rest;
            double sure;
            bool headed = item->zone == ZONE_BODY && item->table == NULL && item->no != NULL && (item->about & ABOUT_PURPOSE) == 0 &&
                          plan_is_unit(r->a, item->text) && unit_of(r, i, &rest, &sure) != NULL;
            if (headed && pass == 0)
                units[item->parent + 1]++;
            else if (headed && units[item->parent + 1] >= UNITS_FEWEST)
                read_unit(r, i);
        }
}

void plan_read_duties(struct plan_reader *r)
{
    for (size_t i = 0; i < r->count; i++) {
        const struct plan_item *item = &r->items[i];
        bool heading = item->zone == ZONE_BODY && item->table == NULL && (item->parent < 0 || plan_top_level(item->mark)) && item->no != NULL;
        if (heading && plan_heads(r, item, organising))
            read_group(r, i);
    }
    if (r->out->task_count == 0)
        read_units_anywhere(r);
}
