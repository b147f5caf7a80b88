#include "document_fold.h"
#include "document_grammar.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <ctype.h>
#include <string.h>

static const char *spaces(const char *at)
{
    int32_t rune;
    for (const char *next; *at != '\0' && (next = text_next(at, &rune), fold_rune(rune) == ' '); at = next) { }
    return at;
}

/* Up to `most` digits; NULL when there is none. */
static const char *digits(const char *at, int most, int *value)
{
    const char *start = at;
    for (*value = 0; at - start < most && isdigit((unsigned char)*at); at++)
        *value = *value * 10 + (*at - '0');
    return at > start && !isdigit((unsigned char)*at) ? at : NULL;
}

/* A word whose folded form starts with the letter and has at most six: "tháng", "năm", as OCR leaves them. */
static const char *word(const char *at, char first)
{
    int count = 0;
    char seen = 0;
    for (int32_t rune; *at != '\0'; count++) {
        const char *next = text_next(at, &rune);
        char c = fold_rune(rune);
        if (c == ' ' || isdigit((unsigned char)c))
            break;
        seen = seen == 0 ? c : seen;
        at = next;
    }
    return seen == first && count >= 2 && count <= 6 ? at : NULL;
}

static const char *year_digits(const char *at, int *year, bool *typo)
{
    const char *end = digits(at, 4, year);
    if (end != NULL && end - at == 2) {
        *typo = true;
        *year += 2000;
    }
    return end != NULL && (end - at == 4 || end - at == 2) ? end : NULL;
}

static const char *separator(const char *at, bool *typo)
{
    at = spaces(at);
    if (*at != '/' && *at != '-' && *at != '.')
        return NULL;
    char sign = *at++;
    for (; *at == sign; at++)
        *typo = true;
    return spaces(at);
}

static const char *short_form(const char *at, struct document_date *d)
{
    at = digits(at, 2, &d->day);
    at = at != NULL ? separator(at, &d->typo) : NULL;
    at = at != NULL ? digits(at, 2, &d->month) : NULL;
    at = at != NULL ? separator(at, &d->typo) : NULL;
    return at != NULL ? year_digits(at, &d->year, &d->typo) : NULL;
}

static const char *long_form(const char *at, struct document_date *d)
{
    at = digits(at, 2, &d->day);
    at = at != NULL ? word(spaces(at), 't') : NULL;
    at = at != NULL ? digits(spaces(at), 2, &d->month) : NULL;
    if (at != NULL && *spaces(at) == ',')
        at = spaces(at) + 1;
    at = at != NULL ? word(spaces(at), 'n') : NULL;
    return at != NULL ? year_digits(spaces(at), &d->year, &d->typo) : NULL;
}

bool document_date_read(const char *text, struct document_date *date, const char **end)
{
    const char *at = spaces(text);
    if (!isdigit((unsigned char)*at)) { /* "ngày" */
        at = word(at, 'n');
        if (at == NULL)
            return false;
        at = spaces(at);
    }
    struct document_date d = { 0 };
    const char *stop = short_form(at, &d);
    if (stop == NULL) {
        d = (struct document_date){ 0 };
        stop = long_form(at, &d);
    }
    if (stop == NULL || !day_valid(d.year, d.month, d.day))
        return false;
    d.when = day_of(d.year, d.month, d.day);
    *date = d;
    *end = stop;
    return true;
}
