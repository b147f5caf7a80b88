/* Where the head of a plan ends, its body, its foot and its annexes; also of a plan that a decision carries. */
#include "modules/document/document_fold.h"
#include "plan_parts.h"
#include "platform/base/text.h"
#include <string.h>

enum { SIGNATURE_LINES = 8, HEAD_LINES = 60, ANNEX_TITLE_LONGEST = 200, LETTERHEAD_LONGEST = 90, SIGNATURE_LONGEST = 70, LINE_LONGEST = 300, COLUMN_LINES = 6 };

static bool starts_like(const struct plan_reader *r, const struct plan_item *item, const char *phrase)
{
    char *like = fold_loose(r->a, phrase);
    size_t length = strlen(like);
    if (item->table != NULL || strlen(item->loose) + 1 < length)
        return false;
    char *start = arena_copy_n(r->a, item->loose, strnlen(item->loose, length));
    return fold_distance(start, strlen(start), like, length, (int)length / 7) <= (int)length / 7 &&
           (item->loose[strlen(start)] == ' ' || item->loose[strlen(start)] == '\0');
}

static bool capitals(const struct plan_reader *r, const char *text)
{
    return strcmp(text_upper(r->a, text), text) == 0;
}

/* "KẾ HOẠCH", alone or before its subject in one line. */
static bool is_kind_line(const struct plan_reader *r, const struct plan_item *item)
{
    static const char kind[] = "ke hoach";
    size_t length = strlen(kind);
    if (item->table != NULL || strlen(item->loose) < length - 1 || item->mark != MARK_NONE)
        return false;
    char *start = arena_copy_n(r->a, item->text, strnlen(item->text, strlen("KẾ HOẠCH")));
    size_t have = strlen(item->loose) < length ? strlen(item->loose) : length;
    return capitals(r, start) && fold_distance(item->loose, have, kind, length, 1) <= 1 &&
           (item->loose[have] == ' ' || item->loose[have] == '\0');
}

/* "KẾ HOẠCH HÓA GIA ĐÌNH", "KẾ HOẠCH VÀ ĐẦU TƯ" go on an agency's name. */
static bool goes_on_name(const struct plan_item *item)
{
    static const char *const rests[] = { "hoa gia dinh", "va dau tu", "tai chinh", "nghiep vu", "tong hop", "dau tu", "ky thuat", "dieu duong" };
    if (strlen(item->loose) < 10)
        return false;
    char key[24];
    fold_key(key, sizeof key, item->text + strlen("KẾ HOẠCH"), 60);
    for (size_t i = 0; i < sizeof rests / sizeof rests[0]; i++)
        if (strncmp(key, rests[i], strlen(rests[i])) == 0)
            return true;
    return false;
}

/* "QUYẾT ĐỊNH", "QUYẾT ĐỊNH:" alone on its line. */
static bool is_decision_line(const struct plan_reader *r, const struct plan_item *item)
{
    static const char kind[] = "quyet dinh";
    char *like = fold_loose(r->a, kind);
    return item->mark == MARK_NONE && item->table == NULL && strlen(item->loose) <= strlen(like) + 1 && capitals(r, item->text) &&
           fold_distance(item->loose, strlen(item->loose), like, strlen(like), 1) <= 1;
}

static bool is_article(const struct plan_item *item)
{
    return item->mark == MARK_PART && item->no != NULL && strcmp(item->no, "1") == 0;
}

/* A decision before the plan: its letterhead, bases and articles come first. */
static void find_decision(struct plan_reader *r)
{
    size_t most = r->count < HEAD_LINES ? r->count : HEAD_LINES, line = most;
    for (size_t i = 0; i < most && line == most; i++) {
        if (is_kind_line(r, &r->items[i]) && !goes_on_name(&r->items[i]))
            return;
        if (is_decision_line(r, &r->items[i]))
            line = i;
    }
    for (size_t i = line + 1; i < r->count && i < line + HEAD_LINES; i++)
        if (is_article(&r->items[i])) {
            r->decision = true;
            r->letterhead = line;
            r->articles = i;
            return;
        }
}

static void find_title(struct plan_reader *r)
{
    r->title_line = -1;
    find_decision(r);
    size_t from = r->decision ? r->articles : 0, to = r->decision ? r->count : HEAD_LINES;
    for (size_t i = from; i < r->count && i < to; i++)
        if (is_kind_line(r, &r->items[i]) && !goes_on_name(&r->items[i])) {
            r->title_line = (int)i;
            break;
        }
    if (!r->decision)
        r->letterhead = r->title_line >= 0 ? (size_t)r->title_line : 0;
}

static bool opens_body(enum plan_mark mark)
{
    return plan_top_level(mark) || mark == MARK_NUMBER || mark == MARK_CLOSED;
}

/* In a decision that holds the plan in its first article the body begins there. */
static size_t body_start(struct plan_reader *r)
{
    if (r->decision && r->title_line < 0)
        return r->articles;
    bool headed = r->title_line >= 0;
    for (size_t i = r->title_line >= 0 ? (size_t)r->title_line + 1 : 0; i < r->count; i++) {
        const struct block *table = r->items[i].table;
        const char *text = r->items[i].text;
        if (table == NULL && text_length(text) < LETTERHEAD_LONGEST && (plan_is_number_line(r->a, text) || plan_has_date_words(r->a, text)))
            headed = true;
        if ((headed || i > 12) && (opens_body(r->items[i].mark) || table != NULL))
            return i;
        if (table != NULL && plan_table_header(r, table))
            return i; /* a list of tasks without a plan around it */
        if (plan_top_level(r->items[i].mark) && r->items[i].mark != MARK_UPPER)
            return i;
    }
    return r->count;
}

static size_t recipients_line(const struct plan_reader *r, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (!starts_like(r, &r->items[i], "nơi nhận"))
            continue;
        while (i > from && r->items[i].cell > 0 && r->items[i - 1].place.block == r->items[i].place.block)
            i--; /* the signature may stand in the other column of the same table */
        return i;
    }
    return to;
}

static bool signs(const struct plan_reader *r, size_t i)
{
    const struct plan_item *item = &r->items[i];
    return item->mark == MARK_NONE && item->table == NULL && plan_is_position(r, item->text);
}

/* Signatures may stand above the list, or in a right column that was read first. */
static size_t before_recipients(const struct plan_reader *r, size_t body, size_t found)
{
    size_t first = found;
    for (size_t i = found; i-- > body + 1 && i + SIGNATURE_LINES > found;) {
        const struct plan_item *item = &r->items[i];
        size_t length = strlen(item->text);
        if (signs(r, i))
            first = i;
        else if (item->mark != MARK_NONE || item->table != NULL || length > SIGNATURE_LONGEST || (length > 0 && strchr(".;:/", item->text[length - 1]) != NULL))
            break;
    }
    return first;
}

static size_t foot_start(const struct plan_reader *r, size_t body)
{
    size_t found = recipients_line(r, body, r->count);
    if (found < r->count)
        return before_recipients(r, body, found);
    for (size_t i = r->count > body + SIGNATURE_LINES ? r->count - SIGNATURE_LINES : body + 1; i < r->count; i++)
        if (signs(r, i))
            return i; /* signed without a list of recipients */
    return r->count;
}

bool plan_opens_annex(const struct plan_reader *r, const struct plan_item *item)
{
    return item->mark == MARK_NONE && (starts_like(r, item, "phụ lục") || starts_like(r, item, "biểu mẫu")) &&
           text_length(item->text) < ANNEX_TITLE_LONGEST && text_starts(text_upper(r->a, item->text), arena_copy_n(r->a, item->text, 2));
}

/* What stands between a decision's bases and its plan: articles, then recipients and signature. */
static void set_cover(struct plan_reader *r)
{
    size_t end = r->decision && r->title_line >= 0 ? (size_t)r->title_line : r->articles;
    size_t foot = recipients_line(r, r->articles, end);
    for (size_t i = r->articles; i < end; i++)
        r->items[i].zone = i < foot ? ZONE_COVER : ZONE_FOOT;
}

/* Lines without gaps run on: "… năm 2026 Căn cứ Kế hoạch số …" is a title and what the plan rests on. */
static const char *opening_within(const char *text)
{
    static const char *const openers[] = { " Căn cứ ", " Thực hiện Kế hoạch ", " Thực hiện Quyết định ", " Thực hiện Nghị quyết ", " Thực hiện Công văn ",
                                           " Thực hiện Chỉ thị ", " Triển khai thực hiện ", " Triển khai Kế hoạch ", " Trên cơ sở ", " Thực hiện Chương trình " };
    const char *best = NULL;
    for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++) {
        const char *at = strstr(text, openers[i]);
        bool within = at != NULL && at > text + 10 && strchr(".;:,(-\"", at[-1]) == NULL;
        if (within && (best == NULL || at < best))
            best = at;
    }
    return best;
}

/* Item i ends before byte `at`; what follows becomes an item of its own behind it. */
static void split_item(struct plan_reader *r, size_t i, size_t at)
{
    r->items = arena_grow(r->a, r->items, sizeof *r->items, &r->capacity, r->count + 1);
    memmove(&r->items[i + 2], &r->items[i + 1], (r->count - i - 1) * sizeof *r->items);
    r->count++;
    struct plan_item *first = &r->items[i], *rest = &r->items[i + 1];
    const char *text = first->text;
    *rest = *first;
    first->text = first->head = text_trim(r->a, arena_copy_n(r->a, text, at));
    first->loose = fold_loose(r->a, first->text);
    rest->text = rest->head = text_trim(r->a, text + at);
    rest->loose = fold_loose(r->a, rest->text);
}

/* "CỤC KIỂM ĐỊNH SỐ 2": a figure within a line is a document's number only behind a colon or before its slash. */
static bool opens_number(const struct plan_reader *r, const char *text)
{
    if (strchr("sS", text[0]) == NULL || text[0] == '\0' || !plan_is_number_line(r->a, text))
        return false;
    const char *behind = text + strcspn(text, " :");
    size_t most = strspn(behind, " :0123456789OoIl");
    return memchr(behind, ':', most) != NULL || behind[most] == '/';
}

/* "TRUNG TÂM Y TẾ … Số: 47/KH-TTYT …": lines of a letterhead that ran into one. */
static void split_letterhead(struct plan_reader *r)
{
    for (size_t i = 0; i < r->letterhead && i < HEAD_LINES; i++) {
        const char *text = r->items[i].text;
        if (r->items[i].table != NULL || strlen(text) > LINE_LONGEST || plan_is_number_line(r->a, text))
            continue;
        for (const char *at = text; (at = strchr(at + 1, ' ')) != NULL;) {
            if (!opens_number(r, at + 1))
                continue;
            split_item(r, i, (size_t)(at - text));
            r->letterhead++;
            r->title_line += r->title_line >= 0;
            r->articles += r->decision;
            break;
        }
    }
}

/* A page read column by column may give "KẾ HOẠCH" before the agencies and the number that stand above it. */
static void move_kind_line(struct plan_reader *r)
{
    size_t from = r->title_line >= 0 ? (size_t)r->title_line : r->count, to = 0;
    for (size_t i = 0; i < from + COLUMN_LINES && i < r->count && from < r->count; i++) {
        if (r->items[i].table != NULL || !plan_is_number_line(r->a, r->items[i].text))
            continue;
        if (i < from)
            return; /* the letterhead has its number */
        to = i;
        break;
    }
    if (to <= from || r->decision)
        return;
    for (size_t i = from + 1; i < to; i++)
        if (!capitals(r, r->items[i].text))
            return;
    struct plan_item kind = r->items[from];
    memmove(&r->items[from], &r->items[from + 1], (to - from) * sizeof kind);
    r->items[to] = kind;
    r->title_line = (int)to;
    r->letterhead = to;
}

static void split_title(struct plan_reader *r)
{
    for (int i = r->title_line; r->title_line >= 0 && i < (int)r->count && i <= r->title_line + 3; i++) {
        if (r->items[i].table != NULL || r->items[i].mark != MARK_NONE)
            return;
        const char *at = opening_within(r->items[i].text);
        if (at == NULL)
            continue;
        split_item(r, (size_t)i, (size_t)(at - r->items[i].text));
        return;
    }
}

void plan_set_zones(struct plan_reader *r)
{
    find_title(r);
    move_kind_line(r);
    split_letterhead(r);
    split_title(r);
    size_t body = body_start(r), foot = foot_start(r, body);
    enum plan_zone zone = ZONE_HEAD;
    for (size_t i = 0; i < r->count; i++) {
        struct plan_item *item = &r->items[i];
        if (i == body && zone == ZONE_HEAD)
            zone = ZONE_BODY;
        if (i == foot)
            zone = ZONE_FOOT;
        bool behind = zone == ZONE_FOOT && (item->table != NULL || plan_opens_annex(r, item));
        bool short_title = zone == ZONE_BODY && foot == r->count && plan_opens_annex(r, item) && text_length(item->text) < 30;
        if (behind || short_title)
            zone = ZONE_ANNEX;
        item->zone = zone;
    }
    set_cover(r);
}
