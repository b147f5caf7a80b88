/* Escaping, and the filters of a value. */
#include "platform/base/clock.h"
#include "platform/web/template_parts.h"
#include <string.h>
#include <strings.h>

unsigned template_hash(const char *text)
{
    unsigned hash = 2166136261U;
    for (; *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * 16777619U;
    return hash;
}

/* 1 where a run of plain bytes ends, the final NUL included. */
static const unsigned char special[256] = { ['\0'] = 1, ['&'] = 1, ['<'] = 1, ['>'] = 1, ['"'] = 1, ['\''] = 1 };

static const char *entity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return "&#39;";
    }
}

/* Most values hold nothing special: one look at each byte, one copy. */
void escape_html(struct buffer *out, const char *text)
{
    for (;; text++) {
        const char *end = text;
        while (!special[(unsigned char)*end])
            end++;
        size_t run = (size_t)(end - text);
        if (out->length + run + 8 > out->capacity)
            out->text = arena_grow(out->arena, out->text, 1, &out->capacity, out->length + run + 8);
        memcpy(out->text + out->length, text, run);
        out->length += run;
        if (*end == '\0')
            break;
        const char *name = entity(*end);
        size_t size = strlen(name);
        memcpy(out->text + out->length, name, size);
        out->length += size;
        text = end;
    }
    out->text[out->length] = '\0';
}

/* As encodeURIComponent does: what is left needs no HTML escaping either, but for the apostrophe, encoded too. */
static void escape_percent(struct buffer *out, const char *text)
{
    static const char digits[] = "0123456789ABCDEF";
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     strchr("-_.~", c) != NULL;
        char coded[3] = { '%', digits[c >> 4], digits[c & 15] };
        buffer_add_n(out, plain ? text : coded, plain ? 1 : 3);
    }
}

static void escape_lines(struct buffer *out, struct arena *a, const char *text)
{
    for (;;) {
        size_t line = strcspn(text, "\r\n");
        escape_html(out, arena_copy_n(a, text, line));
        text += line;
        if (*text == '\0')
            return;
        text += text[0] == '\r' && text[1] == '\n' ? 2 : 1;
        buffer_add(out, "<br>");
    }
}

/* 4820 becomes 4.820 and 92.6 becomes 92,6; what is no number stays. */
static const char *number(struct arena *a, const char *text)
{
    const char *digits = text[0] == '-' ? text + 1 : text;
    size_t whole = strspn(digits, "0123456789");
    size_t rest = digits[whole] == '.' ? strspn(digits + whole + 1, "0123456789") + 1 : 0;
    if (whole == 0 || rest == 1 || digits[whole + rest] != '\0')
        return text;
    struct buffer b = { .arena = a };
    buffer_add_n(&b, text, (size_t)(digits - text));
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            buffer_add(&b, ".");
        buffer_add_n(&b, digits + i, 1);
    }
    if (rest > 0) {
        buffer_add(&b, ",");
        buffer_add(&b, digits + whole + 1);
    }
    return b.text;
}

/* The address when it leads where a link may lead, else "#". Browsers drop tabs and line ends inside an
 * address and take \ for /, so neither may stand where it would change the meaning. */
static const char *safe_url(const char *text)
{
    static const char *const schemes[] = { "http://", "https://", "mailto:", "tel:" };
    for (const char *at = text; *at != '\0'; at++)
        if ((unsigned char)*at < ' ')
            return "#";
    if (text[0] == '#' || text[0] == '?' || (text[0] == '/' && text[1] != '/' && text[1] != '\\'))
        return text;
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
        if (strncasecmp(text, schemes[i], strlen(schemes[i])) == 0)
            return text;
    return "#";
}

/* Days to the year 9999; a number beyond is no day of anybody, and would overflow the calendar's sums. */
enum { FARTHEST_DAY = 2932896, DAY_SECONDS = 24 * 60 * 60 };

/* What is no day or moment stays as it is. */
static const char *time_text(struct arena *a, const char *text, enum filter filter)
{
    int64_t when, unit = filter == FILTER_DATE || filter == FILTER_ISODATE ? 1 : DAY_SECONDS;
    if (!text_int(text, &when) || when / unit > FARTHEST_DAY || when / unit < -FARTHEST_DAY)
        return text;
    switch (filter) {
    case FILTER_DATE:
        return day_vi(a, when);
    case FILTER_ISODATE:
        return day_iso(a, when);
    case FILTER_MOMENT:
        return moment_vi(a, when);
    default:
        return moment_iso(a, when);
    }
}

static const char *filtered(struct arena *a, const char *text, enum filter filter)
{
    switch (filter) {
    case FILTER_DATE:
    case FILTER_ISODATE:
    case FILTER_MOMENT:
    case FILTER_ISOMOMENT:
        return time_text(a, text, filter);
    case FILTER_NUMBER:
        return number(a, text);
    case FILTER_URL:
        return safe_url(text);
    case FILTER_UPPER:
        return text_upper(a, text);
    case FILTER_NONE:
    case FILTER_LINES:
        break;
    }
    return text;
}

void template_value(struct arena *a, struct buffer *out, const char *text, enum filter filter, enum escape escape)
{
    if (text == NULL || text[0] == '\0')
        return;
    if (filter != FILTER_NONE)
        text = filtered(a, text, filter);
    if (filter == FILTER_LINES)
        escape_lines(out, a, text);
    else if (escape == ESCAPE_PERCENT)
        escape_percent(out, text);
    else
        escape_html(out, text);
}

bool filter_find(const char *name, enum filter *filter)
{
    static const char *const names[] = { [FILTER_DATE] = "date",     [FILTER_ISODATE] = "isodate",
                                         [FILTER_MOMENT] = "moment", [FILTER_ISOMOMENT] = "isomoment",
                                         [FILTER_NUMBER] = "number", [FILTER_URL] = "url",
                                         [FILTER_LINES] = "lines",   [FILTER_UPPER] = "upper" };
    for (size_t i = FILTER_DATE; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], name) == 0) {
            *filter = (enum filter)i;
            return true;
        }
    return false;
}
