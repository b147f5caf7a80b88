/* The letterhead of a plan: agencies, number, date; also what an annex or a bracket under the title says of them. */
#include "modules/document/document_fold.h"
#include "modules/document/document_grammar.h"
#include "plan_parts.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD_LINES = 40, AGENCY_LINES = 10, AGENCIES_MOST = 8, AGENCY_LONGEST = 120, MOTTO_REST = 5, NUMBER_LONGEST = 24, RULE_SHORTEST = 3 };

/* Words that begin an agency's name in the head; a line without one goes on the name before. */
static const char *const agency_words[] = {
    "so", "ubnd", "uy ban", "bo", "tong cuc", "cuc", "chi cuc", "trung tam", "benh vien", "phong", "tram", "vien", "truong", "hoi", "ban",
    "dang uy", "dang bo", "huyen uy", "tinh uy", "thanh uy", "quan uy", "thi uy", "van phong", "cong ty", "tong cong ty", "phong kham", "ttyt",
    "khoa", "hdnd", "hoi dong", "vu", "thanh tra", "hoc vien", "lien doan", "mat tran", "tinh doan", "huyen doan", "doan", "cong doan", "kho bac",
    "bao hiem", "cong an", "toa an", "vien kiem sat", "to", "chi bo", "nha", "thu tuong", "chinh phu", "quoc hoi" };

double plan_certain(const struct plan_reader *r, double sure)
{
    return r->damaged ? sure * 0.75 : sure;
}

void plan_set_text(struct plan_text *to, const char *text, const struct plan_item *item, double sure)
{
    *to = (struct plan_text){ .text = text, .sure = sure };
    if (item != NULL)
        to->place = item->place;
}

/* Cuts a line of two columns before the national motto, which stands to the right of the agency. */
static const char *without_motto(struct arena *a, const char *line)
{
    static const char *const mottos[] = { "cộng hòa xã hội chủ nghĩa", "độc lập tự do", "đảng cộng sản việt nam" };
    if (strlen(line) > 300)
        return line;
    for (const char *at = line; *at != '\0'; at += strcspn(at, " "), at += strspn(at, " ")) {
        char *rest = fold_loose(a, arena_copy_n(a, at, strnlen(at, 60)));
        for (size_t i = 0; i < sizeof mottos / sizeof mottos[0]; i++) {
            char *motto = fold_loose(a, mottos[i]);
            size_t length = strlen(motto), have = strlen(rest) < length ? strlen(rest) : length;
            int limit = (int)(length * 3 / 10);
            if (have + (size_t)limit >= length && fold_distance(rest, have, motto, length, limit) <= limit)
                return text_trim(a, arena_copy_n(a, line, (size_t)(at - line)));
        }
    }
    return line;
}

static bool starts_word(const char *key, const char *word)
{
    size_t length = strlen(word);
    return strncmp(key, word, length) == 0 && (key[length] == ' ' || key[length] == '\0');
}

/* Scanners spoil the ơ of "Sở": "S¢ Y té", "S& Y tê". */
bool plan_begins_agency(const char *key)
{
    if (key[0] == 's' && (text_starts(key, "s y t") || (key[1] != '\0' && text_starts(key + 2, " y t"))))
        return true;
    for (size_t i = 0; i < sizeof agency_words / sizeof agency_words[0]; i++)
        if (starts_word(key, agency_words[i]))
            return true;
    return false;
}

bool plan_is_number_line(struct arena *a, const char *text)
{
    char *key = fold_text(a, text).key;
    return (key[0] == 's' || key[0] == '$') && key[1] != '\0' && strchr("o60eb", key[1]) != NULL && (key[2] == ':' || (key[2] == ' ' && (isdigit((unsigned char)key[3]) || key[3] == ':' || key[3] == '/')));
}

bool plan_has_date_words(struct arena *a, const char *text)
{
    char *key = text_key(a, text);
    const char *day = strstr(key, "ngay");
    return day != NULL && strstr(day, "thang") != NULL;
}

/* "05 /KH - TTYT": blanks beside the signs of a number mean nothing. */
static const char *without_gaps(struct arena *a, const char *text)
{
    char *tight = arena_copy(a, text), *to = tight;
    for (const char *at = tight; *at != '\0'; at++) {
        bool sign = to > tight && strchr("/-", to[-1]) != NULL;
        bool before = *at == ' ' && strchr("/-", at[strspn(at, " ")]) != NULL && at[strspn(at, " ")] != '\0';
        if (*at == ' ' && to - tight < NUMBER_LONGEST && (sign || before))
            continue;
        *to++ = *at;
    }
    *to = '\0';
    return tight;
}

static void take_number(struct plan_reader *r, const struct plan_item *item)
{
    struct folded f = fold_text(r->a, item->text);
    const char *at = item->text + f.at[2]; /* behind "Số" */
    at += strspn(at, " :.");
    struct document_number n;
    const char *end;
    at = without_gaps(r->a, at);
    if (r->out->number.text == NULL && document_number_read(r->a, at, true, &n, &end))
        plan_set_text(&r->out->number, n.text, item, plan_certain(r, n.repaired ? 0.7 : 0.97));
}

static void take_date(struct plan_reader *r, const struct plan_item *item)
{
    struct folded f = fold_text(r->a, item->text);
    for (const char *at = f.key; (at = strstr(at, "ng")) != NULL; at++) {
        struct document_date date;
        const char *end;
        size_t i = (size_t)(at - f.key);
        if (r->out->date.known || (i > 0 && fold_is_word(f.key[i - 1])) || !document_date_read(item->text + f.at[i], &date, &end))
            continue;
        r->out->date = (struct plan_day){ .known = true, .day = date.when };
        r->out->date_place = item->place;
        r->out->date_sure = plan_certain(r, date.typo ? 0.6 : 0.97);
    }
}

/* ---- names in capitals, as they stand in the running text ---- */

static const char *from_body(struct plan_reader *r, const char *name)
{
    char *key = text_key(r->a, name);
    size_t length = strlen(key);
    for (size_t i = 0; i < r->count && length > 5; i++) {
        const struct plan_item *item = &r->items[i];
        struct folded f;
        const char *at;
        if (item->table != NULL || strlen(item->text) < length || strcmp(text_upper(r->a, item->text), item->text) == 0)
            continue;
        f = fold_text(r->a, item->text);
        for (at = f.key; (at = strstr(at, key)) != NULL; at++) {
            size_t from = (size_t)(at - f.key);
            const char *found = arena_copy_n(r->a, item->text + f.at[from], f.at[from + length] - f.at[from]);
            if (!fold_is_word(f.key[from + length]) && (from == 0 || !fold_is_word(f.key[from - 1])) && strcmp(found, text_upper(r->a, found)) != 0)
                return text_squeeze(r->a, found);
        }
    }
    return NULL;
}

/* Words of names that are written small: "Sở Y tế tỉnh Hương Giang". */
static const char *in_small_letters(struct arena *a, const char *name)
{
    static const char *const common[] = { "tế", "tâm", "viện", "tỉnh", "huyện", "quận", "thành", "phố", "thị", "xã", "phường", "ban", "nhân", "dân", "và",
                                          "khoa", "khu", "vực", "kiểm", "soát", "đoàn", "ngành", "bộ", "vụ", "học", "cổ", "truyền", "nghệ", "tư", "trường", "vệ", "sinh", "thực", "phẩm", "bệnh", "tật", "cục", "dược", "đa", "phòng", "sức", "khỏe", "hành", "chính" };
    char **words;
    size_t count = text_split(a, text_squeeze(a, name), ' ', &words);
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    for (size_t i = 0; i < count; i++) {
        char *lower = text_lower(a, words[i]), *key = text_key(a, lower);
        bool small = false;
        for (size_t k = 0; k < sizeof common / sizeof common[0] && i > 0; k++) /* a word without marks may have lost them */
            small = small || strcmp(common[k], lower) == 0 || (strcmp(key, lower) == 0 && strcmp(text_key(a, common[k]), key) == 0);
        bool code = strcmp(words[i], "UBND") == 0 || strcmp(words[i], "HĐND") == 0 || strcmp(words[i], "TP.") == 0;
        buffer_printf(&b, "%s%s", i > 0 ? " " : "", code ? words[i] : small ? lower : text_sentence_case(a, words[i]));
    }
    return b.text;
}

const char *plan_agency_case(struct plan_reader *r, const char *name)
{
    const char *found = from_body(r, name);
    if (found != NULL)
        return found;
    return strcmp(text_upper(r->a, name), name) == 0 ? plan_case_of_text(r, in_small_letters(r->a, name)) : name;
}

/* ---- the head ---- */

/* A motto broken over lines: "CỘNG HÒA XÃ HỘI" / "CHỦ NGHĨA VIỆT NAM". */
static bool is_motto_part(const char *key)
{
    static const char *const wholes[] = { "cong hoa xa hoi chu nghia viet nam", "dang cong san viet nam", "doc lap tu do hanh phuc" };
    size_t length = strlen(key);
    for (size_t i = 0; i < sizeof wholes / sizeof wholes[0] && length >= 6; i++) {
        const char *at = strstr(wholes[i], key);
        if (at != NULL && (at == wholes[i] || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return true;
    }
    return false;
}

/* "SỞ Y TẾ -------": before the rule below a name that stands on its line. */
static const char *without_rule(struct arena *a, const char *line)
{
    for (const char *at = line; *at != '\0'; at++)
        if (at > line && at[-1] == ' ' && strspn(at, "-_*=") >= RULE_SHORTEST)
            return text_trim(a, arena_copy_n(a, line, (size_t)(at - line)));
    return line;
}

/* The part of a line that names an agency; empty when none does. */
static const char *agency_part(struct plan_reader *r, const struct plan_item *item)
{
    const char *text = item->text;
    if (item->table != NULL || item->mark != MARK_NONE || plan_is_number_line(r->a, text) || plan_has_date_words(r->a, text))
        return "";
    const char *line = without_rule(r->a, without_motto(r->a, text));
    char *key = text_key(r->a, line);
    if (line[strspn(line, "-_–—=*| ")] == '\0' || line[0] == '/' || key[0] == '\0' || text_length(line) > AGENCY_LONGEST ||
        strstr(key, "du thao") != NULL || is_motto_part(key))
        return "";
    return strcmp(text_upper(r->a, line), line) == 0 || plan_begins_agency(key) ? line : "";
}

/* The last line of letterhead before the title: a menu above it names other things. */
static size_t motto_line(struct plan_reader *r, size_t most)
{
    for (size_t i = most; i-- > 0;) {
        const char *text = r->items[i].text;
        if (r->items[i].table == NULL && (plan_is_number_line(r->a, text) || strcmp(without_motto(r->a, text), text) != 0))
            return i;
    }
    return 0;
}

static bool is_open_name(const char *key)
{
    static const char *const ends[] = { " va", " cac", " tinh", " huyen", " thanh pho" };
    size_t length = strlen(key);
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (length > strlen(ends[i]) && strcmp(key + length - strlen(ends[i]), ends[i]) == 0)
            return true;
    return false;
}

/* "ỦY BAN NHÂN DÂN" alone: the place was lost. */
static bool names_no_place(const char *key)
{
    return strcmp(key, "uy ban nhan dan") == 0 || strcmp(key, "ubnd") == 0;
}

struct names {
    const char *text[AGENCIES_MOST];
    const struct plan_item *item[AGENCIES_MOST];
    int count;
};

static void add_agency_line(struct plan_reader *r, struct names *n, const char *line, const struct plan_item *item)
{
    bool open = n->count > 0 && is_open_name(text_key(r->a, n->text[n->count - 1]));
    const char *key = text_key(r->a, line);
    open = open || text_starts(key, "trung tam tinh") || text_starts(key, "trung tam thanh pho"); /* "BỆNH VIỆN ĐA KHOA" / "TRUNG TÂM TỈNH" */
    if (n->count == 0 || (plan_begins_agency(key) && !open)) {
        if (n->count < AGENCIES_MOST) {
            n->text[n->count] = line;
            n->item[n->count++] = item;
        }
    } else {
        n->text[n->count - 1] = arena_printf(r->a, "%s %s", n->text[n->count - 1], line);
    }
}

static void take_agencies(struct plan_reader *r, size_t most)
{
    struct names n = { 0 };
    size_t last = motto_line(r, most), from = last > AGENCY_LINES ? last - AGENCY_LINES : 0;
    bool capitals = false;
    for (size_t i = from; i < most && i < last + AGENCY_LINES; i++) {
        const char *line = agency_part(r, &r->items[i]);
        capitals = capitals || (line[0] != '\0' && strcmp(text_upper(r->a, line), line) == 0 && plan_begins_agency(text_key(r->a, line)));
    }
    for (size_t i = from; i < most && i < last + AGENCY_LINES; i++) {
        const char *line = agency_part(r, &r->items[i]);
        if (i > 0 && strlen(line) <= MOTTO_REST && strcmp(without_motto(r->a, r->items[i - 1].text), r->items[i - 1].text) != 0)
            continue; /* "… CHỦ NGHĨA VIỆT" / "NAM" */
        if (line[0] != '\0' && (!capitals || strcmp(text_upper(r->a, line), line) == 0))
            add_agency_line(r, &n, line, &r->items[i]);
    }
    if (n.count > 0 && names_no_place(text_key(r->a, n.text[n.count - 1])))
        n.text[n.count - 1] = plan_issuer_named(r, n.text[n.count - 1]);
    if (n.count > 0)
        plan_set_text(&r->out->agency, plan_agency_case(r, n.text[n.count - 1]), n.item[n.count - 1], plan_certain(r, 0.95));
    if (n.count > 1)
        plan_set_text(&r->out->parent_agency, plan_agency_case(r, n.text[n.count - 2]), n.item[n.count - 2], plan_certain(r, 0.95));
}

/* "(Kèm theo Kế hoạch số … ngày … của …)" on an annex, or "(Ban hành kèm theo Quyết định số …)" under the title, tells
 * what the head has lost. */
static void take_annex_line(struct plan_reader *r)
{
    char *signs[] = { fold_loose(r->a, "kèm theo kế hoạch"), fold_loose(r->a, "kèm theo quyết định") };
    for (size_t i = 0; i < r->count; i++) {
        const struct plan_item *item = &r->items[i];
        const char *end;
        struct citation *list;
        bool head = item->zone == ZONE_HEAD && item->text[0] == '(' && r->title_line >= 0 && (int)i > r->title_line;
        if ((item->zone != ZONE_ANNEX && !head) || item->table != NULL ||
            (fold_find(item->loose, signs[0], &end) == NULL && (!head || fold_find(item->loose, signs[1], &end) == NULL)))
            continue;
        if (document_citations(r->a, item->text, &list) == 0 || list[0].number.text == NULL)
            continue;
        if (r->out->number.text == NULL)
            plan_set_text(&r->out->number, list[0].number.text, item, plan_certain(r, 0.85));
        if (!r->out->date.known && list[0].has_date) {
            r->out->date = (struct plan_day){ .known = true, .day = list[0].date.when };
            r->out->date_place = item->place;
            r->out->date_sure = plan_certain(r, 0.85);
        }
        if (r->out->agency.text == NULL && list[0].issuer != NULL && !list[0].issuer_shared)
            plan_set_text(&r->out->agency, list[0].issuer, item, plan_certain(r, 0.8));
        return;
    }
}

/* Items of the letterhead; without a title line, up to the number or the date. */
static size_t letterhead_of(struct plan_reader *r)
{
    if (r->decision || r->title_line >= 0)
        return r->letterhead < HEAD_LINES ? r->letterhead : HEAD_LINES;
    size_t most = 0;
    for (size_t i = 0; i < r->count && i < HEAD_LINES && r->items[i].zone == ZONE_HEAD; i++)
        if (plan_is_number_line(r->a, r->items[i].text) || (plan_has_date_words(r->a, r->items[i].text) && text_length(r->items[i].text) < 80))
            most = i + 1;
    return most;
}

void plan_read_head(struct plan_reader *r)
{
    r->letterhead = letterhead_of(r);
    for (size_t i = 0; i < r->letterhead; i++) {
        const struct plan_item *item = &r->items[i];
        if (plan_is_number_line(r->a, item->text))
            take_number(r, item);
        if (plan_has_date_words(r->a, item->text))
            take_date(r, item);
    }
    plan_read_title(r);
    take_agencies(r, r->letterhead);
    if (r->out->agency.text == NULL)
        plan_agency_elsewhere(r);
    take_annex_line(r);
    plan_name_in_title(r);
    plan_read_year(r);
}
