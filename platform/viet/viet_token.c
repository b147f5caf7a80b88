/* The words of a text, and which of them must stay as they are: a repair that changes a number or a name does harm. */
#include "platform/base/text.h"
#include "platform/viet/viet_parts.h"
#include <string.h>
#include <utf8proc.h>

struct token_list {
    struct arena *arena;
    const struct viet_model *m;
    struct viet_token *items;
    size_t count, capacity;
    bool broken; /* a sign stood since the last word */
};

static bool is_blank(int32_t rune)
{
    return rune == ' ' || (rune >= '\t' && rune <= '\r') || rune == 0xA0 || rune == 0x200B || rune == 0xFEFF;
}

static bool is_digit(int32_t rune)
{
    return rune >= '0' && rune <= '9';
}

static bool is_letter(int32_t rune)
{
    if (rune < 0x80)
        return (rune >= 'a' && rune <= 'z') || (rune >= 'A' && rune <= 'Z');
    utf8proc_category_t k = utf8proc_category(rune);
    return k == UTF8PROC_CATEGORY_LL || k == UTF8PROC_CATEGORY_LU || k == UTF8PROC_CATEGORY_LO || k == UTF8PROC_CATEGORY_MN;
}

static bool is_capital(int32_t rune)
{
    return rune < 0x80 ? rune >= 'A' && rune <= 'Z' : utf8proc_category(rune) == UTF8PROC_CATEGORY_LU;
}

/* Signs that scanners see in letters: "K&", "nhi¢m". U+FFFD stands where an encoding was lost. */
static bool is_misread(int32_t rune)
{
    return rune == '&' || rune == '$' || rune == '@' || (rune >= 0xA2 && rune <= 0xB0 && rune != 0xAB) || rune == 0x20AC || rune == 0xFFFD;
}

/* Between two letters these belong to the word, elsewhere they end it. */
static bool is_inner(int32_t rune)
{
    return rune == '\'' || rune == 0x2019 || rune == '?' || rune == '!';
}

/* Dirt and loose quotes part no phrase. */
static bool is_speck(int32_t rune)
{
    return rune == '\'' || rune == '`' || rune == '~' || rune == 0x2018 || rune == 0x2019;
}

static bool has_domain(const char *from, const char *to)
{
    static const char *const ends[] = { ".vn", ".com", ".net", ".org", ".gov", ".edu", "www.", "://" };
    if (memchr(from, '.', (size_t)(to - from)) == NULL && memchr(from, '/', (size_t)(to - from)) == NULL)
        return false;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (memmem(from, (size_t)(to - from), ends[i], strlen(ends[i])) != NULL)
            return true;
    const char *at = memchr(from, '@', (size_t)(to - from));
    return at != NULL && memchr(at, '.', (size_t)(to - at)) != NULL;
}

/* "85/KH-YTTMR", "30/8/2025", "2021-2030": figures joined to something that is no common word. */
static bool is_symbol(const char *from, const char *to)
{
    bool figure = false, joint = false;
    int small = 0, longest = 0;
    int32_t rune;
    for (const char *at = from; at < to;) {
        at = text_next(at, &rune);
        figure = figure || is_digit(rune);
        joint = joint || rune == '/' || rune == '-';
        small = is_letter(rune) && !is_capital(rune) ? small + 1 : 0;
        longest = small > longest ? small : longest;
    }
    return figure && joint && longest < 3;
}

static struct viet_token *add(struct token_list *l, const char *from, const char *to, bool letters)
{
    l->items = arena_grow(l->arena, l->items, sizeof *l->items, &l->capacity, l->count + 1);
    struct viet_token *t = &l->items[l->count++];
    *t = (struct viet_token){ .from = from, .to = to, .letters = letters, .word = VIET_UNKNOWN, .breaks = l->broken || l->count == 1 };
    t->spaced = !t->breaks;
    l->broken = !letters;
    return t;
}

/* "10km", "16gb" */
static bool is_measure(const struct viet_token *t, int letters)
{
    static const char *const measures[] = { "km", "kg", "cm", "mm", "ml", "mg", "ha", "gb", "mb", "tb", "kw", "mhz", "h", "g", "m", "l" };
    for (size_t i = 0; i < sizeof measures / sizeof measures[0]; i++)
        if (strlen(measures[i]) == (size_t)letters && strncmp(t->to - letters, measures[i], (size_t)letters) == 0)
            return true;
    return false;
}

/* One figure among letters may be a letter ("S6", "1ap"), and so may a sign that no language uses so; more figures are a
 * number, a unit, a symbol. */
static bool is_word(const struct viet_token *t, int count, int letters, int digits, int capitals)
{
    int32_t first, second = 0;
    const char *at = text_next(t->from, &first);
    if (at < t->to)
        text_next(at, &second);
    if (first == '$' && second == '6' && count == 2)
        return true; /* "$6:": Số */
    if (letters == 0)
        return digits == 0 && count == 1 && (first == '&' || first == 0xA2 || first == 0xA5 || first == 0x20AC);
    if (digits == 0)
        return true;
    if (first == '4' && count == 2)
        return second == 'n' || second == 'o'; /* "dự 4n", "trợ lý 4o" */
    if (first == '1' && count == 2)
        return viet_plain(second) != 0 && strchr("aeiouy", viet_plain(second)) != NULL; /* "quản 1y", "hợp 1é" */
    if (first == '1' && digits == 2 && letters > 0 && capitals == 0 && strchr("0468", second) != NULL)
        return !is_measure(t, letters); /* "16p", "10ng": lớp, lồng */
    if (digits > 1)
        return false;
    if (count == 2)
        return is_digit(second) && second != '1' && second != '2' && (first == 'S' || (first == 'T' && second == '6') || !is_capital(first));
    return capitals == 0 || (capitals == 1 && is_capital(first));
}

static void add_word(struct token_list *l, const char *from, const char *to)
{
    struct viet_token *t = add(l, from, to, true);
    int letters = 0, digits = 0, capitals = 0, count = 0;
    int32_t rune;
    char small[4 * VIET_TOKEN_RUNES + 4];
    size_t used = 0;
    for (const char *at = from; at < to; count++) {
        at = text_next(at, &rune);
        letters += is_letter(rune);
        digits += is_digit(rune);
        capitals += is_capital(rune);
        t->title = count == 0 ? is_capital(rune) : t->title && !is_capital(rune);
        if (count >= VIET_TOKEN_RUNES)
            continue;
        t->small[count] = viet_small(rune);
        used += (size_t)utf8proc_encode_char(t->small[count], (utf8proc_uint8_t *)small + used);
    }
    small[used] = '\0';
    t->runes = count > VIET_TOKEN_RUNES ? 0 : (uint8_t)count;
    t->upper = letters > 0 && capitals == letters && (count == letters || letters > 1);
    t->word = t->runes > 0 ? viet_word(l->m, small) : VIET_UNKNOWN;
    t->letters = is_word(t, count, letters, digits, capitals);
    l->broken = !t->letters;
    if (!t->letters && letters == 0 && digits == 0)
        l->count--; /* a lone sign */
}

static void add_chunk(struct token_list *l, const char *from, const char *to)
{
    if (has_domain(from, to) || is_symbol(from, to)) {
        add(l, from, to, false);
        return;
    }
    const char *start = NULL;
    int32_t rune, then, before = 0;
    for (const char *at = from; at <= to;) {
        const char *next = at == to ? at + 1 : text_next(at, &rune);
        bool last = next >= to;
        if (!last)
            text_next(next, &then);
        bool inside = at < to && (is_letter(rune) || is_digit(rune) || is_misread(rune) ||
                                  (is_inner(rune) && start != NULL && !last && is_letter(before) && is_letter(then)));
        if (inside && start == NULL)
            start = at;
        if (!inside && start != NULL) {
            add_word(l, start, at);
            start = NULL;
        }
        if (!inside && at < to && !is_speck(rune))
            l->broken = true;
        before = at < to ? rune : 0;
        at = next;
    }
}

struct viet_token *viet_tokens(struct arena *a, const char *text, size_t *count)
{
    struct token_list l = { .arena = a, .m = viet_model() };
    int32_t rune;
    while (*text != '\0') {
        const char *next = text_next(text, &rune);
        if (is_blank(rune)) {
            text = next;
            continue;
        }
        const char *end = text;
        while (*end != '\0' && (next = text_next(end, &rune), !is_blank(rune)))
            end = next;
        add_chunk(&l, text, end);
        text = end;
    }
    *count = l.count;
    return l.items;
}

/* ---- what stays ---- */

static bool plain_is(const struct viet_token *t, const char *const *words, size_t count)
{
    char plain[VIET_TOKEN_RUNES + 1] = { 0 };
    for (int i = 0; i < t->runes; i++)
        plain[i] = viet_plain(t->small[i]);
    for (size_t i = 0; i < count; i++)
        if (t->runes > 0 && strcmp(plain, words[i]) == 0)
            return true;
    return false;
}
#define PLAIN_IS(token, words) plain_is(token, words, sizeof(words) / sizeof((words)[0]))

static const char *const families[] = {
    "nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do", "ho", "ngo", "duong", "ly",
    "truong", "dinh", "trinh", "mai", "dao", "luong", "cao", "lam", "ha", "ta", "chau", "to", "trieu", "thai", "quach", "doan",
    "phung", "kieu", "tang", "nghiem", "luu", "vuong", "quan", "giang", "lai", "mac", "khuc", "ton", "bach", "ninh", "than",
    "rmah", "ksor", "siu", "xa", "y",
};

/* "tỉnh Lâm Đồng", "phường Trần Phú": behind such a word stands a place, or what a thing is called. */
static const char *const placed[] = { "tinh", "huyen", "phuong", "pho", "tran", "quan", "thon", "ap", "xom", "duong", "te", "khoa", "vien" };

static const char *const honours[] = { "ong", "ba", "bs", "ths", "ts", "cki", "ckii", "bscki", "bsckii", "ds", "dscki", "cn", "c", "sy", "si", "sinh" };

/* Families that are common words, too: a name only when more of it follows. */
static const char *const offices[] = { "truong", "dang", "do", "ho", "quan", "xa", "ban", "to", "y", "ta", "tang", "than", "thai", "giang", "lai", "ha", "cao", "doan" };

static size_t titled_run(const struct viet_token *t, size_t count, size_t i)
{
    size_t end = i;
    while (end < count && end < i + 5 && t[end].letters && t[end].title && !(t[end].upper && t[end].runes > 1) && (end == i || t[end].spaced))
        end++;
    return end - i;
}

/* "NGUYEN VAN MAU": capitals say less, so the family must be no common word, or a usual middle name follow. */
static void fix_name_in_capitals(struct viet_token *t, size_t count)
{
    static const char *const certain[] = { "nguyen", "tran", "pham", "hoang", "huynh", "bui", "ngo", "trinh", "quach" };
    static const char *const middle[] = { "van", "thi" };
    size_t run = 0;
    while (run < count && t[run].letters && t[run].upper && (run == 0 || t[run].spaced))
        run++;
    bool name = run >= 2 && PLAIN_IS(&t[0], families) && (PLAIN_IS(&t[0], certain) || PLAIN_IS(&t[1], middle));
    for (size_t i = 0; name && run <= 4 && i < run; i++)
        t[i].fixed = true;
}

/* A paragraph of three to five words, each with a capital: whoever signs, whatever the family. */
static bool is_signature(const struct viet_token *t, size_t count)
{
    static const char *const openings[] = { /* of agencies and headings in the same manner */
        "trung", "so", "uy", "phong", "khoa", "tram", "benh", "ban", "hoi", "chi", "cuc", "vu", "van", "thong", "ke", "bao", "cong", "doc", "muc",
        "noi", "to", "doan", "truong", "vien", "tong", "chinh", "bo", "thi", "huyen", "tinh", "xa", "tuyen", "cai", "giam", "pho", "chu", "bi", "kinh",
    };
    return count >= 3 && count <= 5 && titled_run(t, count, 0) == count && !PLAIN_IS(&t[0], openings);
}

static void fix_names(struct viet_token *t, size_t count)
{
    bool signature = is_signature(t, count);
    for (size_t i = 0; signature && i < count; i++)
        t[i].fixed = true;
    static const char *const unsafe[] = { "xa", "ban", "y", "to" }; /* common words as well: names only behind an honour */
    for (size_t i = 0; i < count; i++) {
        if (!t[i].title)
            continue;
        bool honoured = i > 0 && PLAIN_IS(&t[i - 1], honours) && (t[i - 1].title || t[i - 1].upper || PLAIN_IS(&t[i - 1], ((const char *const[]){ "ong", "ba" })));
        bool family = PLAIN_IS(&t[i], families) && (honoured || !PLAIN_IS(&t[i], unsafe));
        bool place = i > 0 && !t[i].breaks && PLAIN_IS(&t[i - 1], placed);
        size_t run = family && !place ? titled_run(t, count, i) : 0;
        bool office = !honoured && PLAIN_IS(&t[i], offices) && run == 2; /* "Trưởng Công an", "Quan Trung" */
        if (run >= 2 && !office && !(run == 3 && PLAIN_IS(&t[i], ((const char *const[]){ "ho" })) && PLAIN_IS(&t[i + 1], ((const char *const[]){ "chi" }))))
            for (size_t k = i; k < i + run; k++)
                t[k].fixed = true;
    }
    for (size_t i = 0; i < count; i++)
        if (t[i].upper && (i == 0 || !t[i - 1].upper || !t[i].spaced))
            fix_name_in_capitals(t + i, count - i);
}

static bool is_roman(const struct viet_token *t)
{
    for (int i = 0; i < t->runes; i++)
        if (t->small[i] != 'i' && t->small[i] != 'v' && t->small[i] != 'x')
            return false;
    return t->runes > 0;
}

/* Could be a syllable by its letters. */
static bool is_shaped(const struct viet_model *m, const struct viet_token *t)
{
    char plain[VIET_TOKEN_RUNES];
    uint16_t first = 0, end = 0;
    for (int i = 0; i < t->runes; i++)
        plain[i] = viet_plain(t->small[i]);
    viet_readings(m, viet_key(plain, t->runes), &first, &end);
    while (first < end && !m->sound[first])
        first++;
    return first < end;
}

/* "TM", "KT", "CCHC"; but "CQNG" may be CỘNG. */
static bool has_no_vowel(const struct viet_token *t)
{
    for (int i = 0; i < t->runes; i++)
        if (viet_plain(t->small[i]) == '\0' || strchr("aeiouy", viet_plain(t->small[i])) != NULL || (t->small[i] == 'q' && t->runes > 3))
            return false;
    return true;
}

/* Capitals among capitals are words; alone they are abbreviations. */
static void fix_capitals(const struct viet_model *m, struct viet_token *t, size_t count)
{
    bool whole = true;
    for (size_t i = 0; i < count && whole; i++)
        whole = t[i].upper || !t[i].letters;
    for (size_t i = 0; i < count;) {
        size_t end = i;
        while (end < count && t[end].letters && t[end].upper && (end == i || t[end].spaced))
            end++;
        bool words = whole || end - i >= 3 || (end - i == 2 && is_shaped(m, &t[i]) && is_shaped(m, &t[i + 1])); /* "GIAM DOC" */
        for (size_t k = i; k < end; k++) {
            bool lone = t[k].runes == 1 && t[k].small[0] != 'y' && t[k].small[0] != 'o';
            bool opening = is_roman(&t[k]) && (k == 0 || !words);
            t[k].fixed = t[k].fixed || lone || opening || has_no_vowel(&t[k]) || (!words && t[k].runes > 1);
        }
        i = end > i ? end : i + 1;
    }
}

void viet_fix(const struct viet_model *m, struct viet_token *t, size_t count, enum viet_damage damage)
{
    for (size_t i = 0; i < count; i++) {
        bool digits = false;
        for (int k = 0; k < t[i].runes; k++)
            digits = digits || is_digit(t[i].small[k]);
        bool foreign = t[i].word != VIET_UNKNOWN && !m->sound[t[i].word] && t[i].runes >= 5 && m->single[t[i].word] < 19 * VIET_BIT;
        bool lone = t[i].runes == 1 && viet_plain(t[i].small[0]) != '\0' && strchr("aeiouy", viet_plain(t[i].small[0])) == NULL;
        t[i].fixed = !t[i].letters || t[i].runes == 0 || lone || (digits && damage == VIET_STRIPPED) || (foreign && damage != VIET_MISREAD);
    }
    fix_names(t, count);
    fix_capitals(m, t, count);
    for (size_t i = 0; damage == VIET_LIGHT && i < count; i++) { /* names of places: what is right must not be lost */
        bool after = i > 0 && t[i].spaced && t[i - 1].title, before = i + 1 < count && t[i + 1].spaced && t[i + 1].title;
        t[i].fixed = t[i].fixed || (t[i].title && (after || before));
    }
}
