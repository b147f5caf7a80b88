/* The head of a plan: agencies, number, date, title, year, bases; and every number it cites. */
#include "modules/document/document_fold.h"
#include "modules/document/document_grammar.h"
#include "plan_parts.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD_LINES = 30, TITLE_LINES = 6, TITLE_LONGEST = 400, AGENCY_REACH = 240, TRIES_MOST = 60 };

/* Words that begin an agency's name in the head; a line without one goes on the name before. */
static const char *const agency_words[] = { "so", "ubnd", "uy ban", "bo", "tong cuc", "cuc", "chi cuc", "trung tam", "benh vien", "phong", "tram", "vien",
                                            "truong", "hoi", "ban", "dang uy", "van phong", "cong ty", "phong kham", "ttyt", "khoa" };

static double certain(const struct plan_reader *r, double sure)
{
    return r->damaged ? sure * 0.75 : sure;
}

static void set_text(struct plan_text *to, const char *text, const struct plan_item *item, double sure)
{
    *to = (struct plan_text){ .text = text, .sure = sure };
    if (item != NULL)
        to->place = item->place;
}

/* Cuts a line of two columns before the national motto, which stands to the right of the agency. */
static const char *without_motto(struct arena *a, const char *line)
{
    static const char *const mottos[] = { "cộng hòa xã hội chủ nghĩa", "độc lập tự do" };
    if (strlen(line) > 300)
        return line;
    for (const char *at = line; *at != '\0'; at += strcspn(at, " "), at += strspn(at, " ")) {
        char *rest = fold_loose(a, arena_copy_n(a, at, strnlen(at, 60)));
        for (size_t i = 0; i < 2; i++) {
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
static bool begins_agency(const char *key)
{
    if (key[0] == 's' && (text_starts(key, "s y t") || (key[1] != '\0' && text_starts(key + 2, " y t"))))
        return true;
    for (size_t i = 0; i < sizeof agency_words / sizeof agency_words[0]; i++)
        if (starts_word(key, agency_words[i]))
            return true;
    return false;
}

static bool is_number_line(struct arena *a, const char *text)
{
    char *key = fold_text(a, text).key;
    return key[0] == 's' && key[1] != '\0' && strchr("o60eb", key[1]) != NULL && (key[2] == ':' || (key[2] == ' ' && (isdigit((unsigned char)key[3]) || key[3] == ':' || key[3] == '/')));
}

static bool has_date_words(struct arena *a, const char *text)
{
    char *key = text_key(a, text);
    const char *day = strstr(key, "ngay");
    return day != NULL && strstr(day, "thang") != NULL;
}

static void take_number(struct plan_reader *r, const struct plan_item *item)
{
    struct folded f = fold_text(r->a, item->text);
    const char *at = item->text + f.at[2]; /* behind "Số" */
    at += strspn(at, " :.");
    struct document_number n;
    const char *end;
    if (r->out->number.text == NULL && document_number_read(r->a, at, true, &n, &end))
        set_text(&r->out->number, n.text, item, certain(r, n.repaired ? 0.7 : 0.97));
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
        r->out->date_sure = certain(r, date.typo ? 0.6 : 0.97);
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
                                          "khoa", "khu", "vực", "kiểm", "soát", "bệnh", "tật", "cục", "dược", "đa", "phòng", "sức", "khỏe", "hành", "chính" };
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

static const char *normal_case(struct plan_reader *r, const char *name)
{
    const char *found = from_body(r, name);
    if (found != NULL)
        return found;
    return strcmp(text_upper(r->a, name), name) == 0 ? in_small_letters(r->a, name) : name;
}

/* ---- the head ---- */

/* "KẾ HOẠCH", alone or before its subject in one line. */
static bool is_kind_line(const struct plan_reader *r, const struct plan_item *item)
{
    static const char kind[] = "ke hoach";
    size_t length = strlen(kind);
    if (item->table != NULL || strlen(item->loose) < length - 1 || item->mark != MARK_NONE)
        return false;
    char *start = arena_copy_n(r->a, item->text, strnlen(item->text, strlen("KẾ HOẠCH")));
    bool capitals = strcmp(text_upper(r->a, start), start) == 0;
    size_t have = strlen(item->loose) < length ? strlen(item->loose) : length;
    return capitals && fold_distance(item->loose, have, kind, length, 1) <= 1 && (item->loose[have] == ' ' || item->loose[have] == '\0');
}

static int find_kind_line(const struct plan_reader *r)
{
    for (size_t i = 0; i < r->count && i < 60; i++)
        if (is_kind_line(r, &r->items[i]))
            return (int)i;
    return -1;
}

/* The paragraph that gives the bases or says that the plan is issued: the title ends before it. */
static bool is_opening(struct plan_reader *r, const struct plan_item *item)
{
    static const char *const openers[] = { "căn cứ", "thực hiện", "triển khai thực hiện", "triển khai", "theo", "nhằm", "để", "tiếp tục", "xét đề nghị", "trên cơ sở" };
    char *start = arena_copy_n(r->a, item->loose, strnlen(item->loose, 28));
    for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++) {
        char *opener = fold_loose(r->a, openers[i]);
        size_t length = strlen(opener);
        if (strlen(start) > length && start[length] == ' ' && fold_distance(start, length, opener, length, (int)length / 5) <= (int)length / 5) {
            struct citation *list;
            return document_citations(r->a, item->text, &list) > 0 || text_length(item->text) > 90 || i == 0;
        }
    }
    const char *end;
    size_t length = strlen(item->text);
    bool issues = fold_find(item->loose, fold_loose(r->a, "xây dựng kế hoạch"), &end) != NULL || fold_find(item->loose, fold_loose(r->a, "ban hành kế hoạch"), &end) != NULL;
    return issues || (length > 0 && strchr(":;", item->text[length - 1]) != NULL) || (length > 120 && item->text[length - 1] == '.');
}

/* A title in capitals in sentence case; abbreviations, which have no vowel, keep theirs: CCHC, TTYT. */
static const char *title_case(struct arena *a, const char *title)
{
    if (strcmp(text_upper(a, title), title) != 0)
        return title;
    char **words;
    size_t count = text_split(a, title, ' ', &words);
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    for (size_t i = 0; i < count; i++) {
        char *key = text_key(a, words[i]);
        bool short_form = (strlen(key) > 2 && strpbrk(key, "aeiou") == NULL && strpbrk(key, "0123456789") == NULL) || strcmp(key, "ubnd") == 0;
        const char *word = short_form ? words[i] : i == 0 ? text_sentence_case(a, words[i]) : text_lower(a, words[i]);
        buffer_printf(&b, "%s%s", i > 0 ? " " : "", word);
    }
    return b.text;
}

static void take_title(struct plan_reader *r, int kind_line)
{
    struct buffer b = { .arena = r->a };
    buffer_add(&b, "");
    const struct plan_item *first = NULL;
    int last = kind_line;
    for (int i = kind_line; i < (int)r->count && i <= kind_line + TITLE_LINES; i++) {
        const struct plan_item *item = &r->items[i];
        const char *text = item->text;
        if (i == kind_line) {
            struct folded f = fold_text(r->a, text);
            size_t word = strcspn(f.key, " ");
            word += strspn(f.key + word, " ");
            word += strcspn(f.key + word, " ");
            text = text_trim(r->a, text + f.at[word < f.length ? word : f.length]);
        } else if (item->table != NULL || item->mark != MARK_NONE || item->zone != ZONE_HEAD || is_opening(r, item) || b.length > TITLE_LONGEST) {
            break;
        }
        if (text_blank(text) || strspn(text, "-_–—=* ") == strlen(text))
            continue;
        first = first == NULL ? item : first;
        last = i;
        buffer_printf(&b, "%s%s", b.length > 0 ? " " : "", text);
    }
    if (b.length == 0)
        return;
    set_text(&r->out->title, plan_tidy(r->a, title_case(r->a, b.text)), first, certain(r, 0.93));
    r->out->title.place.to = r->items[last].place.to;
}

/* A head without "KẾ HOẠCH": its subject is named where the plan closes. */
static const struct plan_item *closing_item(const struct plan_reader *r)
{
    char *sign = fold_loose(r->a, "trên đây là");
    for (size_t i = r->count; i-- > 0;) {
        const char *end;
        if (r->items[i].table == NULL && r->items[i].zone == ZONE_BODY && strlen(r->items[i].loose) > 20 &&
            fold_find(arena_copy_n(r->a, r->items[i].loose, 14), sign, &end) != NULL)
            return &r->items[i];
    }
    return NULL;
}

static void take_agencies(struct plan_reader *r, int kind_line)
{
    const char *names[8] = { 0 };
    const struct plan_item *items[8] = { 0 };
    int count = 0;
    int most = kind_line < 0 ? 0 : kind_line < HEAD_LINES ? kind_line : HEAD_LINES;
    for (int i = 0; i < most; i++) {
        const struct plan_item *item = &r->items[i];
        if (item->table != NULL || is_number_line(r->a, item->text) || has_date_words(r->a, item->text))
            continue;
        const char *line = without_motto(r->a, item->text);
        line = line[strspn(line, "-_–—=* ")] == '\0' ? "" : line;
        bool capitals = strcmp(text_upper(r->a, line), line) == 0;
        char *key = text_key(r->a, line);
        if (key[0] == '\0' || (!capitals && !begins_agency(key)) || text_length(line) > 120 || strstr(key, "du thao") != NULL)
            continue;
        if (begins_agency(key) || count == 0) {
            if (count < 8) {
                names[count] = line;
                items[count++] = item;
            }
        } else {
            names[count - 1] = arena_printf(r->a, "%s %s", names[count - 1], line);
        }
    }
    if (count > 0)
        set_text(&r->out->agency, normal_case(r, names[count - 1]), items[count - 1], certain(r, 0.95));
    if (count > 1)
        set_text(&r->out->parent_agency, normal_case(r, names[count - 2]), items[count - 2], certain(r, 0.95));
}

/* The agency's name at the start of the text: up to a verb or a sign. */
static const char *agency_at(struct plan_reader *r, const char *text)
{
    static const char *const stops[] = { " xây dựng", " ban hành", " yêu cầu", " đề nghị", " triển khai", " năm ", " lập ", " nghiêm túc", " kính ", " tổ chức", " xay dung", " ban hanh",
                                         " yeu cau", " trien khai", " de nghi", " thực hiện", " nam " };
    char start[40];
    fold_key(start, sizeof start, text, sizeof start);
    if (!begins_agency(start))
        return NULL;
    text = arena_copy_n(r->a, text, strnlen(text, AGENCY_REACH));
    struct folded f = fold_text(r->a, text);
    size_t end = strcspn(f.key, ".,;:(/\"");
    for (size_t i = 0; i < sizeof stops / sizeof stops[0]; i++) {
        char *stop = fold_text(r->a, stops[i]).key;
        for (size_t k = 0; k < end; k++)
            if (strncmp(f.key + k, stop, strlen(stop)) == 0 && k < end)
                end = k;
    }
    const char *name = text_squeeze(r->a, arena_copy_n(r->a, text, f.at[end]));
    return text_length(name) >= 6 && text_length(name) <= 90 ? name : NULL;
}

static const char *name_after(struct plan_reader *r, const char *text, const char *const *words)
{
    struct folded f = fold_text(r->a, text);
    const char *best = NULL;
    int tries = 0;
    for (; *words != NULL; words++)
        for (const char *at = f.key; (at = strstr(at, *words)) != NULL && tries++ < TRIES_MOST; at++) {
            const char *name = agency_at(r, text + f.at[at - f.key + (ptrdiff_t)strlen(*words)]);
            best = name != NULL ? name : best;
        }
    return best;
}

/* "…, Bệnh viện X xây dựng kế hoạch": the name is the subject of one of the sentence's clauses. */
static const char *subject_within(struct plan_reader *r, const char *text)
{
    static const char *const verbs[] = { " xay dung", " ban hanh", " trien khai", " lap " };
    const char *best = NULL;
    struct folded f = fold_text(r->a, text);
    int tries = 0;
    for (size_t i = 0; i < f.length && tries < TRIES_MOST; i++) {
        bool clause = i == 0 || (i > 1 && f.key[i - 1] == ' ' && strchr(",;.", f.key[i - 2]) != NULL);
        const char *name = clause ? agency_at(r, text + f.at[i]) : NULL;
        tries += clause;
        if (name == NULL)
            continue;
        const char *behind = f.key + i + fold_text(r->a, name).length;
        const char *bracket = strncmp(behind, " (", 2) == 0 ? strchr(behind, ')') : NULL; /* "(sau đây gọi là …)" */
        behind = bracket != NULL ? bracket + 1 : behind;
        for (size_t v = 0; v < sizeof verbs / sizeof verbs[0]; v++)
            best = strncmp(behind, verbs[v], strlen(verbs[v])) == 0 ? name : best;
    }
    return best;
}

/* No head: the agency is named in the title ("tại X"), where the plan opens ("X xây dựng kế hoạch") or closes ("của X"). */
static void agency_elsewhere(struct plan_reader *r, int kind_line)
{
    static const char *const of[] = { " cua ", " tai ", " cia ", NULL };
    static const char *const with_space[] = { " ", NULL };
    const struct plan_item *closing = closing_item(r);
    const char *name = r->out->title.text != NULL ? name_after(r, r->out->title.text, of) : NULL;
    const struct plan_item *where = NULL;
    if (name == NULL && closing != NULL && (name = name_after(r, closing->text, of)) != NULL)
        where = closing;
    for (size_t i = kind_line < 0 ? 0 : (size_t)kind_line + 1; name == NULL && i < r->count && r->items[i].zone == ZONE_HEAD; i++) {
        const char *end;
        if (fold_find(r->items[i].loose, "ke hoach", &end) != NULL && (name = subject_within(r, r->items[i].text)) != NULL)
            where = &r->items[i];
    }
    if (name == NULL && r->out->title.text != NULL)
        name = name_after(r, r->out->title.text, with_space);
    if (name == NULL)
        return;
    if (strcmp(text_lower(r->a, name), name) == 0) /* from a title in capitals */
        name = normal_case(r, text_upper(r->a, name));
    set_text(&r->out->agency, name, where, certain(r, 0.75));
    if (where == NULL)
        r->out->agency.place = r->out->title.place;
}

/* The agency's name in a title that was in capitals gets its capitals back. */
static void name_in_title(struct plan_reader *r)
{
    struct plan_text *title = &r->out->title;
    if (title->text == NULL || r->out->agency.text == NULL)
        return;
    struct folded f = fold_text(r->a, title->text);
    struct folded name = fold_text(r->a, r->out->agency.text);
    char *at = strstr(f.key, name.key);
    if (at == NULL || name.length < 6)
        return;
    size_t from = (size_t)(at - f.key);
    const char *found = arena_copy_n(r->a, title->text + f.at[from], f.at[from + name.length] - f.at[from]);
    if (strcmp(text_lower(r->a, found), found) == 0)
        title->text = arena_printf(r->a, "%.*s%s%s", (int)f.at[from], title->text, r->out->agency.text, title->text + f.at[from + name.length]);
}

/* "(Kèm theo Kế hoạch số … ngày … của …)" on an annex tells what the head has lost. */
static void take_annex_line(struct plan_reader *r)
{
    char *sign = fold_loose(r->a, "kèm theo kế hoạch");
    for (size_t i = 0; i < r->count; i++) {
        const struct plan_item *item = &r->items[i];
        const char *end;
        struct citation *list;
        if (item->zone != ZONE_ANNEX || item->table != NULL || fold_find(item->loose, sign, &end) == NULL)
            continue;
        if (document_citations(r->a, item->text, &list) == 0 || list[0].number.text == NULL)
            continue;
        if (r->out->number.text == NULL)
            set_text(&r->out->number, list[0].number.text, item, certain(r, 0.85));
        if (!r->out->date.known && list[0].has_date) {
            r->out->date = (struct plan_day){ .known = true, .day = list[0].date.when };
            r->out->date_place = item->place;
            r->out->date_sure = certain(r, 0.85);
        }
        if (r->out->agency.text == NULL && list[0].issuer != NULL && !list[0].issuer_shared)
            set_text(&r->out->agency, list[0].issuer, item, certain(r, 0.8));
        return;
    }
}

static int year_in(const char *text, int *last)
{
    int first = 0;
    *last = 0;
    for (const char *at = text; *at != '\0'; at++) {
        if (!isdigit((unsigned char)*at) || (at > text && (isdigit((unsigned char)at[-1]) || at[-1] == '/')))
            continue;
        if (strspn(at, "0123456789") != 4 || at[4] == '/')
            continue;
        int value = atoi(at);
        if (value < 1990 || value > 2100)
            continue;
        first = first == 0 ? value : first;
        *last = value;
    }
    return first;
}

static void take_year(struct plan_reader *r)
{
    int last = 0;
    struct plan_reading *out = r->out;
    out->year = out->title.text != NULL ? year_in(out->title.text, &last) : 0;
    out->year_to = last > out->year && last - out->year <= 20 ? last : 0;
    if (out->year == 0 && out->date.known)
        out->year = day_year(out->date.day);
    for (size_t i = 0; out->year == 0 && i < r->count && i < 40; i++) { /* "… năm 2026 như sau" */
        const char *at = strstr(fold_text(r->a, r->items[i].text).key, "nam 20");
        out->year = at != NULL ? year_in(arena_copy_n(r->a, at + 4, 4), &last) : 0;
    }
}

void plan_read_head(struct plan_reader *r)
{
    int kind_line = find_kind_line(r);
    int most = kind_line < 0 ? (r->count < 12 ? (int)r->count : 12) : kind_line;
    for (int i = 0; i < most; i++) {
        const struct plan_item *item = &r->items[i];
        if (is_number_line(r->a, item->text))
            take_number(r, item);
        if (has_date_words(r->a, item->text))
            take_date(r, item);
    }
    if (kind_line >= 0)
        take_title(r, kind_line);
    take_agencies(r, kind_line);
    if (r->out->agency.text == NULL)
        agency_elsewhere(r, kind_line);
    take_annex_line(r);
    name_in_title(r);
    take_year(r);
}
