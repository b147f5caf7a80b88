/* The mark that opens a paragraph: "IV.", "4.1.", "a)", "(2)", "-": read tolerantly, as people and scanners leave them. */
#include "plan_mark.h"
#include "plan_parts.h"
#include "modules/document/document_fold.h"
#include "platform/base/text.h"
#include <ctype.h>
#include <string.h>
#include <utf8proc.h>

struct cursor {
    const char *at;
    int32_t rune;
    const char *next;
};

static struct cursor peek(const char *at)
{
    struct cursor c = { .at = at };
    c.next = *at == '\0' ? at : text_next(at, &c.rune);
    return c;
}

static const char *skip_spaces(const char *at)
{
    for (struct cursor c = peek(at); *at != '\0' && fold_rune(c.rune) == ' '; c = peek(at))
        at = c.next;
    return at;
}

static bool is_letter(int32_t rune)
{
    utf8proc_category_t k = utf8proc_category(rune);
    return k == UTF8PROC_CATEGORY_LU || k == UTF8PROC_CATEGORY_LL;
}

static bool is_capital(int32_t rune)
{
    return utf8proc_category(rune) == UTF8PROC_CATEGORY_LU;
}

static int roman_value(const char *digits)
{
    int total = 0, before = 0;
    for (size_t i = strlen(digits); i-- > 0;) {
        int value = digits[i] == 'I' ? 1 : digits[i] == 'V' ? 5 : 10;
        total += value < before ? -value : value;
        before = value > before ? value : before;
    }
    return total;
}

static const char *roman_of(struct arena *a, int value)
{
    static const char *const ones[] = { "", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX" };
    static const char *const tens[] = { "", "X", "XX", "XXX" };
    return value > 0 && value < 40 ? arena_printf(a, "%s%s", tens[value / 10], ones[value % 10]) : NULL;
}

/* "II1." and "Il." are III and II to a scanner. */
static const char *read_roman(struct arena *a, const char *at, const char **no)
{
    char digits[8];
    size_t count = 0;
    bool sure = false;
    if ((text_starts(at, "HI.") || text_starts(at, "IH.")) && at[3] == ' ') { /* III, two of whose strokes ran together */
        *no = "III";
        return at + 2;
    }
    for (; *at != '\0' && count < sizeof digits - 1 && strchr("IVXl1|", *at) != NULL; at++) {
        sure = sure || strchr("IVX", *at) != NULL;
        digits[count++] = strchr("l1|", *at) != NULL ? 'I' : *at;
    }
    digits[count] = '\0';
    if (!sure || count == 0 || count > 6 || isalnum((unsigned char)*at) || (unsigned char)*at >= 0x80)
        return NULL;
    *no = roman_of(a, roman_value(digits));
    return *no == NULL || strcmp(*no, digits) != 0 ? NULL : at;
}

/* What stands between a mark and its text: ". ", ") ", "/ ", ": ", " - ". NULL when the mark is not closed. */
static const char *closing(const char *at, const char *signs)
{
    const char *bare = skip_spaces(at);
    if (*bare == '\0' || strchr(signs, *bare) == NULL)
        return NULL;
    if (*bare == '-' && bare == at && bare[1] != ' ') /* "I- MỤC ĐÍCH", as the Party writes, but no range */
        return NULL;
    at = bare + 1;
    while (*at == ')' || *at == '.')
        at++;
    return at;
}

/* "PHẦN THỨ NHẤT", "Phần hai": the number in words. */
static const char *number_in_words(struct arena *a, const char *at, const char **no)
{
    static const char *const words[] = { "nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin" };
    struct folded f = fold_text(a, arena_copy_n(a, at, strnlen(at, 24)));
    size_t from = strncmp(f.key, "thu ", 4) == 0 ? 4 : 0;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t length = strlen(words[i]);
        if (strncmp(f.key + from, words[i], length) != 0 || fold_is_word(f.key[from + length]))
            continue;
        *no = roman_of(a, (int)i + 1);
        return at + f.at[from + length];
    }
    return NULL;
}

static const char *part_mark(struct arena *a, const char *text, struct plan_mark_read *m)
{
    static const char *const words[] = { "phan", "chuong", "muc", "dieu", "nhiem vu", "hoat dong", "noi dung" };
    enum { PARTS = 4 }; /* the words before are parts, those behind number a task: "Nhiệm vụ 1: …" */
    struct folded f = fold_text(a, arena_copy_n(a, text, strnlen(text, 24)));
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t length = strlen(words[i]);
        if (strncmp(f.key, words[i], length) != 0 || f.key[length] != ' ')
            continue;
        const char *at = skip_spaces(text + f.at[length]);
        const char *no = NULL, *end = read_roman(a, at, &no);
        if (end == NULL && isdigit((unsigned char)*at)) {
            end = at + strspn(at, "0123456789");
            no = arena_copy_n(a, at, (size_t)(end - at));
        }
        bool spelt = end == NULL && i == 0 && (end = number_in_words(a, at, &no)) != NULL;
        const char *rest = end == NULL ? NULL : closing(end, ".:-)");
        if (end == NULL || (rest == NULL && *skip_spaces(end) != '\0' && !spelt) || (rest == NULL && i >= PARTS))
            return NULL;
        *m = (struct plan_mark_read){ .mark = i < PARTS ? MARK_PART : MARK_CLOSED, .no = no };
        return rest != NULL ? rest : end;
    }
    return NULL;
}

static const char *roman_mark(struct arena *a, const char *text, struct plan_mark_read *m)
{
    const char *no = NULL;
    const char *end = read_roman(a, text, &no);
    const char *rest = end == NULL ? NULL : closing(end, ".)/:-");
    if (rest == NULL || (*end == '/' && is_letter(peek(rest).rune) && !is_capital(peek(rest).rune)))
        return NULL; /* "V/v" */
    *m = (struct plan_mark_read){ .mark = MARK_ROMAN, .no = no };
    return rest;
}

static const char *number_mark(struct arena *a, const char *text, struct plan_mark_read *m)
{
    const char *at = text;
    int depth = 0;
    while (depth < 4 && isdigit((unsigned char)*at)) {
        size_t digits = strspn(at, "0123456789");
        bool long_list = digits == 3 && depth == 0 && *at < '4' && at[3] != '\0' && strchr("./)", at[3]) != NULL && (at[4] == ' ' || at[4] == '\0');
        if (digits > 2 && !long_list)
            return NULL;
        at += digits;
        depth++;
        if (*at != '.' || !isdigit((unsigned char)at[1]))
            break;
        at++;
    }
    if (depth == 0)
        return NULL;
    const char *rest = closing(at, ".)/:-,");
    if (rest != NULL && *at == ',' && (depth > 1 || *rest != ' ' || !is_capital(peek(skip_spaces(rest)).rune)))
        return NULL; /* "5, Các khoa" is how a scanner leaves "5." */
    if (rest != NULL && *skip_spaces(at) == '-' && (*at != '-' || !is_capital(peek(skip_spaces(rest)).rune)))
        rest = NULL; /* "1- Nâng cao" is a mark, "12 - 15 tuổi" is none */
    bool closed = rest != NULL;
    if (!closed && (depth < 2 || *at != ' '))
        return NULL;
    if (closed && (isdigit((unsigned char)*rest) || strchr(".)/ :-,", at[0]) == NULL))
        return NULL;
    if (closed && *skip_spaces(at) == ':' && depth < 2)
        return NULL;
    m->no = arena_copy_n(a, text, (size_t)(at - text));
    m->mark = depth >= 3 ? MARK_NUMBER3 : depth == 2 ? MARK_NUMBER2 : strchr(".-,", *skip_spaces(at)) != NULL ? MARK_NUMBER : MARK_CLOSED;
    return closed ? rest : at;
}

/* Scanners lose the thin 1 of a mark: ". Kiểm tra" is "1. Kiểm tra", ".2. Đơn vị" is "1.2. Đơn vị". */
static const char *lost_one_mark(struct arena *a, const char *text, struct plan_mark_read *m)
{
    size_t digits = strspn(text + (*text == '.'), "0123456789");
    const char *rest = text + 1 + digits;
    if (*text != '.' || digits > 2 || (digits > 0 && *rest != '.') || !is_capital(peek(skip_spaces(rest + (digits > 0))).rune))
        return NULL;
    rest += digits > 0;
    if (*rest != ' ')
        return NULL;
    m->mark = digits > 0 ? MARK_NUMBER2 : MARK_NUMBER;
    m->no = digits > 0 ? arena_printf(a, "1.%.*s", (int)digits, text + 1) : "1";
    return rest;
}

static const char *letter_mark(struct arena *a, const char *text, struct plan_mark_read *m)
{
    struct cursor c = peek(text);
    if (!is_letter(c.rune) || (text_starts(text, "Q. ") && is_capital(peek(skip_spaces(c.next + 1)).rune) &&
                               strcmp(text_upper(a, text), text) == 0)) /* "Q. GIÁM ĐỐC" signs */
        return NULL;
    const char *rest = c.next;
    if (*rest != '.' && *rest != ')' && *rest != '/')
        return NULL;
    bool dot = *rest == '.';
    rest += 1 + (rest[1] == ')' || (rest[1] == '.' && !dot));
    struct cursor after = peek(rest);
    if (*rest != '\0' && *rest != ' ' && *rest != '\n' && *rest != '\t' && !(is_capital(after.rune) && !is_capital(c.rune)))
        return NULL; /* "v.v…", "P.Hành chính" */
    m->mark = is_capital(c.rune) ? MARK_UPPER : MARK_LETTER;
    m->no = arena_copy_n(a, text, (size_t)(c.next - text));
    return rest;
}

static const char *paren_mark(struct arena *a, const char *text, struct plan_mark_read *m)
{
    if (*text != '(')
        return NULL;
    const char *at = skip_spaces(text + 1);
    size_t digits = strspn(at, "0123456789");
    const char *end = at + digits;
    if (digits == 0 && is_letter(peek(at).rune))
        end = peek(at).next;
    if (digits > 2 || end == at || *skip_spaces(end) != ')')
        return NULL;
    m->mark = MARK_PAREN;
    m->no = arena_copy_n(a, at, (size_t)(end - at));
    end = skip_spaces(end) + 1;
    return *end == '.' || *end == ':' ? end + 1 : end;
}

static const char *bullet_mark(const char *text, struct plan_mark_read *m)
{
    struct cursor c = peek(text);
    char sign = fold_rune(c.rune);
    bool symbol = c.rune >= 0xE000 && c.rune <= 0xF8FF; /* Wingdings */
    if (sign != '-' && sign != '+' && sign != '*' && !symbol)
        return NULL;
    const char *rest = c.next;
    if (isdigit((unsigned char)*rest) && sign == '-')
        return NULL;
    m->mark = sign == '-' ? MARK_DASH : sign == '+' ? MARK_PLUS : MARK_DOT;
    return rest;
}

/* Specks before a bullet on a scan: ’ - Đơn vị */
static const char *without_specks(const char *text)
{
    const char *at = text;
    for (struct cursor c = peek(at); *at != '\0' && strchr("\"'`~,. ", fold_rune(c.rune)) != NULL && fold_rune(c.rune) != 0; c = peek(at))
        at = c.next;
    struct plan_mark_read ignored;
    return at != text && bullet_mark(at, &ignored) != NULL && strchr("-+", fold_rune(peek(at).rune)) != NULL ? at : text;
}

struct plan_mark_read plan_mark_of(struct arena *a, const char *text)
{
    struct plan_mark_read m = { 0 };
    text = without_specks(skip_spaces(text));
    const char *rest = part_mark(a, text, &m);
    if (rest == NULL)
        rest = roman_mark(a, text, &m);
    if (rest == NULL)
        rest = number_mark(a, text, &m);
    if (rest == NULL)
        rest = lost_one_mark(a, text, &m);
    if (rest == NULL)
        rest = paren_mark(a, text, &m);
    if (rest == NULL)
        rest = letter_mark(a, text, &m);
    if (rest == NULL)
        rest = bullet_mark(text, &m);
    if (rest == NULL)
        m = (struct plan_mark_read){ 0 };
    m.text = text_squeeze(a, rest != NULL ? rest : text);
    return m;
}

const char *plan_one_spelling(struct arena *a, const char *text)
{
    static const struct {
        const char *older, *usual;
    } words[] = { { "quí", "quý" }, { "Quí", "Quý" }, { "QUÍ", "QUÝ" } };
    char *squeezed = text_squeeze(a, text);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t length = strlen(words[i].older);
        for (char *at = squeezed; (at = strstr(at, words[i].older)) != NULL; at += length)
            if ((unsigned char)at[length] < 0x80 && !isalpha((unsigned char)at[length]))
                memcpy(at, words[i].usual, length); /* the same number of bytes */
    }
    return squeezed;
}
