/* Names of units in a cell or sentence: lists, roles, partners; and products. */
#include "modules/document/document_fold.h"
#include "plan_parts.h"
#include "platform/base/text.h"
#include <string.h>
#include <utf8proc.h>

enum { KEY_BYTES = 64, UNITS_MOST = 400, DUTY_LONGEST = 1500 };

/* Words that begin the name of a unit or of a set of units. */
static const char *const head_words[] = {
    "phong", "khoa", "tram", "trung tam", "benh vien", "so", "ban", "van phong", "to", "doi", "bo phan", "bo", "chi cuc", "cuc",
    "uy ban", "ubnd", "hdnd", "hoi dong", "hoi", "doan", "cong doan", "chi bo", "dang uy", "chi doan", "lanh dao", "giam doc",
    "truong", "thu truong", "don vi", "co quan", "ttyt", "phong kham", "nha", "vien", "benh xa", "bcd", "thanh tra", "nhom",
    "p", "pho giam doc", "tyt", "tat ca", "toan the", "toan bo", "vien chuc", "to cong tac", "bo phan mot cua",
    "uy vien", "thanh vien", "dia phuong", "xa", "dang bo", "ke toan", "chi hoi", "ban giam doc", "cong an", "bao hiem",
};
static const char *const set_words[] = { "cac", "toan the", "tat ca", "toan bo", "moi", "tung" };

void plan_list_add(struct arena *a, struct plan_list *list, const char *text)
{
    if (text_blank(text))
        return;
    list->items = arena_grow(a, list->items, sizeof *list->items, &list->capacity, list->count + 1);
    list->items[list->count++] = text;
}

static bool starts_with_word(const char *key, const char *word)
{
    size_t length = strlen(word);
    return strncmp(key, word, length) == 0 && (key[length] == ' ' || key[length] == '\0' || key[length] == '.');
}

/* Long heads may have lost a letter on a scan: "Vin phòng", "Trung tim". */
static bool starts_nearly(const char *key, const char *word)
{
    size_t length = strlen(word);
    return length >= 8 && strlen(key) >= length && (key[length] == ' ' || key[length] == '\0') && fold_distance(key, length, word, length, 1) <= 1;
}

static bool in_list(const char *key, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (starts_with_word(key, words[i]) || starts_nearly(key, words[i]))
            return true;
    return false;
}

static bool starts_set(const char *key)
{
    if (key[0] == 'c' && key[1] != '\0' && key[2] == 'c' && key[3] == ' ') /* "các", also as "cic" */
        return true;
    return in_list(key, set_words, sizeof set_words / sizeof set_words[0]);
}

static bool starts_unit(const char *key)
{
    return in_list(key, head_words, sizeof head_words / sizeof head_words[0]);
}

bool plan_is_unit(struct arena *a, const char *text)
{
    static const char *const openers[] = { "giao", "trach nhiem cua", "trach nhiem", "doi voi", "de nghi", "yeu cau", "thu truong" };
    char buffer[KEY_BYTES], *key = buffer;
    (void)a;
    fold_key(buffer, sizeof buffer, text, KEY_BYTES * 4);
    for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++)
        if (starts_with_word(key, openers[i]) && key[strlen(openers[i])] == ' ') {
            key += strlen(openers[i]) + 1;
            break;
        }
    return starts_unit(key) || starts_set(key);
}

static bool capital(const char *text)
{
    int32_t rune = 0;
    while (*text == ' ')
        text++;
    text_next(text, &rune);
    return utf8proc_tolower(rune) != rune;
}

/* Is what stands before a comma or "và" a name of its own, so that a new one may begin after it? */
static bool part_ends(const char *before, const char *at, const char *after)
{
    char next[KEY_BYTES], first[KEY_BYTES];
    fold_key(next, sizeof next, after, KEY_BYTES);
    fold_key(first, sizeof first, before, (size_t)(at - before) < KEY_BYTES ? (size_t)(at - before) : KEY_BYTES);
    if (starts_set(next))
        return !starts_set(first); /* "các khoa và các đơn vị thuộc …" is one set */
    return starts_unit(next) && capital(after);
}

static size_t and_length(const char *at)
{
    if (text_starts(at, " và "))
        return strlen(" và ");
    if (text_starts(at, " va ")) /* on a scan */
        return strlen(" va ");
    return 0;
}

static const char *name_only(struct arena *a, const char *text)
{
    char *name = text_squeeze(a, text);
    while (*name == '-' || *name == '+' || *name == ' ' || *name == ';' || *name == ',' || *name == '*')
        name++;
    if (text_starts(name, "•"))
        name += strlen("•");
    return plan_tidy(a, name);
}

static void add_name(struct arena *a, struct plan_list *list, const char *from, const char *to)
{
    const char *name = name_only(a, arena_copy_n(a, from, (size_t)(to - from)));
    char key[KEY_BYTES];
    fold_key(key, sizeof key, name, KEY_BYTES);
    bool nobody = key[0] == '\0' || strcmp(key, "khong") == 0 || strcmp(key, "nt") == 0 || list->count >= UNITS_MOST;
    for (size_t i = 0; i < list->count && !nobody; i++)
        nobody = strcmp(list->items[i], name) == 0;
    if (!nobody)
        plan_list_add(a, list, name);
}

/* "- Phòng A - Phòng B": the dashes of a list on one line; "Hành chính - Tổng hợp" keeps its own. */
static bool dash_parts(const char *text, const char *at, bool bulleted)
{
    if (at == text || strncmp(at, " - ", 3) != 0)
        return false;
    char next[KEY_BYTES];
    fold_key(next, sizeof next, at + 3, KEY_BYTES);
    return bulleted && (starts_unit(next) || starts_set(next)) && capital(at + 3);
}

void plan_units_add(struct arena *a, struct plan_list *list, const char *text)
{
    const char *start = text + strspn(text, " ");
    bool bulleted = *start == '-' || *start == '+';
    int depth = 0;
    const char *from = text;
    for (const char *at = text; *at != '\0'; at++) {
        depth += *at == '(' ? 1 : *at == ')' && depth > 0 ? -1 : 0;
        size_t size = 0;
        if (*at == '\n' || (depth == 0 && *at == ';'))
            size = 1;
        else if (depth == 0 && *at == ',' && part_ends(from, at, at + 1))
            size = 1;
        else if (depth == 0 && and_length(at) > 0 && part_ends(from, at, at + and_length(at)))
            size = and_length(at);
        else if (depth == 0 && dash_parts(text, at, bulleted))
            size = 3;
        if (size == 0)
            continue;
        add_name(a, list, from, at);
        from = at + size;
        at = from - 1;
    }
    add_name(a, list, from, from + strlen(from));
}

/* Byte of the text where the folded phrase starts (and ends), as whole words; NULL when it does not. */
static const char *find_words(struct arena *a, const char *text, const char *phrase, const char **end)
{
    struct folded f = fold_text(a, text);
    size_t length = strlen(phrase);
    for (size_t i = 0; i + length <= f.length; i++) {
        if (memcmp(f.key + i, phrase, length) != 0 || (i > 0 && fold_is_word(f.key[i - 1])) || fold_is_word(f.key[i + length]))
            continue;
        *end = text + f.at[i + length];
        return text + f.at[i];
    }
    return NULL;
}

static const char *skip_phrases(struct arena *a, const char *text, const char *const *phrases)
{
    for (bool again = true; again;) {
        again = false;
        text += strspn(text, " ,;:.");
        for (const char *const *p = phrases; *p != NULL; p++) {
            const char *end, *start = find_words(a, text, *p, &end);
            if (start == text) {
                text = end;
                again = true;
            }
        }
    }
    return text;
}

static const char *cut_at(struct arena *a, const char *text, const char *const *phrases)
{
    for (; *phrases != NULL; phrases++) {
        const char *end, *start = find_words(a, text, *phrases, &end);
        if (start != NULL)
            text = arena_copy_n(a, text, (size_t)(start - text));
    }
    return text;
}

void plan_roles_add(struct arena *a, const char *text, struct plan_list *leads, struct plan_list *partners)
{
    if (strlen(text) > DUTY_LONGEST) { /* a list, no sentence */
        plan_units_add(a, leads, text);
        return;
    }
    static const char *const openers[] = { "giao", "do", NULL };
    static const char *const joiners[] = { "va", "phoi hop voi", "phoi hop", "cung voi", "thuc hien", "tham muu", "chiu trach nhiem", NULL };
    static const char *const enders[] = { "cung phoi hop", "phoi hop thuc hien", "phoi hop", "tham gia", "thuc hien", "trien khai", NULL };
    static const char *const splitters[] = { "chu tri", "lam dau moi", "la dau moi", "dau moi", "phoi hop voi", "phoi hop cung" };
    const char *lead = skip_phrases(a, text, openers);
    for (size_t i = 0; i < sizeof splitters / sizeof splitters[0]; i++) {
        const char *end, *start = find_words(a, lead, splitters[i], &end);
        if (start == NULL)
            continue;
        const char *rest = cut_at(a, skip_phrases(a, end, joiners), enders);
        const char *first = arena_copy_n(a, lead, (size_t)(start - lead));
        if (text_blank(first)) { /* "Chủ trì: …" inside the value */
            plan_units_add(a, leads, rest);
            return;
        }
        plan_units_add(a, leads, first);
        plan_units_add(a, partners, rest);
        return;
    }
    plan_units_add(a, leads, cut_at(a, lead, (const char *const[]){ "chiu trach nhiem", "thuc hien", "tham muu", NULL }));
}

/* Where the partner's name ends: at the verb that says what is done together. */
static const char *const done_together[] = { "thuc hien", "trien khai", "to chuc thuc hien", "to chuc trien khai", "tham muu", "xay dung",
    "trong viec", "de", "theo doi", "kiem tra", "huong dan", "don doc", "chu dong", "tong hop", "cung cap", "bao cao", "ra soat",
    "dua tin", "tuyen truyen", "cap nhat", "lap du toan", "dang tai", "bo tri", "nham", "va cac noi dung", "trong cac", "trong cong tac",
    "lam tot", "day manh", "giai dap", "duy tri", "dam bao", "bao dam", NULL };

const char *plan_partner_within(struct arena *a, const char *duty)
{
    if (strlen(duty) > DUTY_LONGEST)
        duty = arena_copy_n(a, duty, DUTY_LONGEST);
    const char *end, *start = find_words(a, duty, "phoi hop voi", &end);
    if (start == NULL)
        start = find_words(a, duty, "phoi hop cung", &end);
    if (start == NULL) {
        start = find_words(a, duty, "phoi hop", &end);
        if (start == NULL || !plan_is_unit(a, arena_copy_n(a, end, strnlen(end, 60))))
            return NULL;
    }
    const char *name = cut_at(a, end, done_together);
    size_t stop = 0;
    while (name[stop] != '\0' && strchr(".;:", name[stop]) == NULL && (name[stop] != ',' || plan_is_unit(a, name + stop + 1)))
        stop++;
    name = arena_copy_n(a, name, stop);
    name = plan_tidy(a, text_squeeze(a, name));
    return text_blank(name) || !plan_is_unit(a, name) ? NULL : name;
}

/* Products are parted by lines, bullets and semicolons; commas stay, since "tin, bài" is one product's wording. */
void plan_products_add(struct arena *a, struct plan_list *list, const char *text)
{
    const char *from = text;
    bool bulleted = text[strspn(text, " ")] == '-';
    int depth = 0;
    for (const char *at = text;; at++) {
        depth += *at == '(' ? 1 : *at == ')' && depth > 0 ? -1 : 0;
        bool dash = bulleted && at > text && strncmp(at, " - ", 3) == 0 && capital(at + 3) && at[-1] != ' ';
        bool cut = *at == '\0' || *at == '\n' || (depth == 0 && *at == ';') || dash;
        if (!cut)
            continue;
        const char *name = text_squeeze(a, arena_copy_n(a, from, (size_t)(at - from)));
        name += strspn(name, "-+* ");
        if (!text_blank(name))
            plan_list_add(a, list, name);
        if (*at == '\0')
            return;
        from = at + (dash ? 3 : 1);
    }
}
