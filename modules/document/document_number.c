#include "document_fold.h"
#include "document_grammar.h"
#include "platform/base/text.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { SYMBOL_LONGEST = 48, PARTS_MOST = 6 };

/* Codes that OCR spoils because Đ is read as D, P or B; besides the kinds' own symbols. */
static const char *const codes[] = {
    "HĐND", "UBND", "BCĐ", "CP", "TTg", "TU", "TW", "QH", "VPCP", "BYT", "SYT", "BNV", "SNV", "BCH", "BTV",
};

struct part {
    char text[SYMBOL_LONGEST];
    char sign; /* before it: '/', '-' or '&' */
};

static const char *skip(const char *at)
{
    int32_t rune;
    for (const char *next; *at != '\0' && (next = text_next(at, &rune), fold_rune(rune) == ' '); at = next) { }
    return at;
}

static char class_of(int32_t rune)
{
    char c = fold_rune(rune);
    return c == 'p' || c == 'b' ? 'd' : c;
}

static bool same_class(const char *a, const char *b)
{
    while (*a != '\0' && *b != '\0') {
        int32_t x, y;
        a = text_next(a, &x);
        b = text_next(b, &y);
        if (class_of(x) != class_of(y))
            return false;
    }
    return *a == *b;
}

static bool known_code(const char *text)
{
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (strcmp(codes[i], text) == 0)
            return true;
    return document_kind_of(text) != NULL;
}

/* Puts Đ back into "QD" and "HPND"; only when exactly such a code is known. */
static bool mend(struct part *p, bool first)
{
    if (known_code(p->text))
        return false;
    const char *found = NULL;
    for (const struct document_kind *k = document_kinds; first && k->name != NULL && found == NULL; k++)
        if (k->symbol != NULL && strlen(k->symbol) > 1 && same_class(k->symbol, p->text))
            found = k->symbol;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0] && found == NULL; i++)
        if (same_class(codes[i], p->text))
            found = codes[i];
    if (found == NULL)
        return false;
    snprintf(p->text, sizeof p->text, "%s", found);
    return true;
}

/* One part of a symbol: letters and digits, mostly capitals. */
static const char *read_part(const char *at, struct part *p)
{
    size_t used = 0;
    int capitals = 0, letters = 0;
    for (int32_t rune; *at != '\0';) {
        const char *next = text_next(at, &rune);
        if (!fold_is_word(fold_rune(rune)))
            break;
        bool digit = rune >= '0' && rune <= '9';
        bool capital = !digit && strncmp(at, "đ", 2) != 0 && (rune < 0x80 ? isupper((int)rune) : rune == 0x110 || rune == 0xD0);
        if ((letters == 0 && !capital) || used + 4 >= sizeof p->text)
            return NULL;
        letters += !digit;
        capitals += capital;
        if (rune == 0xD0)
            memcpy(p->text + used, "Đ", 2);
        else
            memcpy(p->text + used, at, (size_t)(next - at));
        used += rune == 0xD0 ? 2 : (size_t)(next - at);
        at = next;
    }
    p->text[used] = '\0';
    return letters > 0 && letters <= 12 && capitals * 2 >= letters ? at : NULL;
}

static const char *sign_of_part(const char *at, char *sign)
{
    int32_t rune;
    const char *next = text_next(at, &rune);
    char c = fold_rune(rune);
    *sign = c;
    return c == '-' || c == '&' || c == '/' ? next : NULL;
}

/* The parts behind the serial (and year). Returns their end; *count 0 when there is none. */
static const char *read_parts(const char *at, struct part *parts, int *count)
{
    const char *end = at;
    for (*count = 0; *count < PARTS_MOST;) {
        char sign;
        const char *before = skip(at);
        const char *behind = sign_of_part(before, &sign);
        if (behind == NULL)
            break;
        const char *start = skip(behind);
        if (*count > 0 && before != at && start != behind)
            break; /* " - " ends the number: a dash of the sentence */
        const char *stop = read_part(start, &parts[*count]);
        if (stop == NULL)
            break;
        parts[(*count)++].sign = sign;
        at = end = stop;
    }
    return end;
}

enum { SERIAL_DIGITS = 6 };

struct serial {
    char text[SERIAL_DIGITS + 2]; /* "7051", "85a" */
    int64_t value;
    bool repaired;
};

static char digit_of(char c, bool loosely)
{
    if (loosely && (c == 'O' || c == 'o'))
        return '0';
    if (loosely && (c == 'l' || c == 'I'))
        return '1';
    return isdigit((unsigned char)c) ? c : 0;
}

/* The serial number; inner spaces and letters that look like digits only after the word "số". */
static const char *read_serial(const char *at, bool after_word, struct serial *s)
{
    int count = 0;
    for (; count < SERIAL_DIGITS; at++) {
        bool loosely = after_word && count > 0;
        char digit = digit_of(*at, loosely);
        if (digit == 0 && loosely && *at == ' ' && isdigit((unsigned char)at[1])) {
            s->repaired = true;
            continue;
        }
        if (digit == 0)
            break;
        s->repaired = s->repaired || digit != *at;
        s->value = s->value * 10 + (digit - '0');
        s->text[count++] = digit;
    }
    if (count == 0 || digit_of(*at, true) != 0)
        return NULL;
    if (isalpha((unsigned char)*at) && (at[1] == '/' || at[1] == '-')) /* 85a */
        s->text[count] = *at++;
    return at;
}

static const char *read_year(const char *at, int *year)
{
    const char *from = skip(at);
    if (*from != '/')
        return at;
    from = skip(from + 1);
    for (int i = 0; i < 4; i++)
        if (!isdigit((unsigned char)from[i]))
            return at;
    const char *end = skip(from + 4);
    int value = (from[0] - '0') * 1000 + (from[1] - '0') * 100 + (from[2] - '0') * 10 + (from[3] - '0');
    if (*end != '/' || value < 1945 || value > 2100)
        return at;
    *year = value;
    return end;
}

static bool believable(const struct part *parts, int count, bool after_word, const struct document_number *n)
{
    if (count == 0 || n->serial == 0)
        return false;
    if (parts[0].sign == '&' || (parts[0].sign == '-' && (n->year != 0 || count < 2 || parts[1].sign != '/')))
        return false;
    if (parts[0].sign == '-')
        return document_kind_of(parts[0].text) != NULL;
    return after_word || count > 1 || document_kind_of(parts[0].text) != NULL || strncmp(parts[0].text, "QH", 2) == 0;
}

static const char *written(struct arena *a, const char *serial, const struct document_number *n, const struct part *parts,
                           int count)
{
    struct buffer b = { .arena = a };
    buffer_add(&b, serial);
    if (n->year != 0)
        buffer_printf(&b, "/%d", n->year);
    for (int i = 0; i < count; i++)
        buffer_printf(&b, "%c%s", parts[i].sign, parts[i].text);
    return b.text;
}

static void classify(struct arena *a, struct document_number *n, const struct part *parts, int count)
{
    const struct document_kind *kind = document_kind_of(parts[0].text);
    bool law = strncmp(parts[0].text, "QH", 2) == 0;
    n->symbol = kind != NULL ? kind->symbol : NULL;
    n->organ = count > 1 ? arena_copy(a, parts[1].text) : NULL;
    if (law)
        n->organ = "QH";
    if (parts[0].sign == '-')
        n->form = FORM_PARTY;
    else if (n->year != 0)
        n->form = FORM_NORM;
    else
        n->form = kind != NULL ? FORM_STATE : FORM_LETTER;
    if (n->form == FORM_LETTER)
        n->organ = arena_copy(a, parts[0].text);
}

bool document_number_read(struct arena *a, const char *text, bool after_word, struct document_number *number,
                          const char **end)
{
    struct part parts[PARTS_MOST];
    struct document_number n = { 0 };
    struct serial serial = { 0 };
    const char *at = read_serial(text, after_word, &serial);
    if (at == NULL)
        return false;
    n.serial = serial.value;
    n.repaired = serial.repaired;
    at = read_year(at, &n.year);
    int count;
    const char *stop = read_parts(at, parts, &count);
    for (int i = 0; i < count; i++)
        if (mend(&parts[i], i == 0))
            n.repaired = true;
    if (!believable(parts, count, after_word, &n))
        return false;
    classify(a, &n, parts, count);
    n.text = written(a, serial.text, &n, parts, count);
    *number = n;
    *end = stop;
    return true;
}
