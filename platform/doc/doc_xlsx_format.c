/* The styles of a spreadsheet, and what its numbers look like: days, percentages, numbers of items. */
#include "platform/base/clock.h"
#include "platform/doc/doc_xlsx.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_STYLES = 5000, FIRST_OWN_FORMAT = 164 };

static const struct xlsx_style plain = { .code = "General" };

struct formats {
    int64_t id[MOST_STYLES];
    const char *code[MOST_STYLES];
    size_t count;
    struct xlsx_style fonts[MOST_STYLES]; /* bold and italic only */
    size_t font_count;
    bool borders[MOST_STYLES];
    size_t border_count;
};

/* The formats every spreadsheet knows by number (ECMA-376 part 1, 18.8.30), in the Vietnamese order of days. */
static const char *known_code(int64_t id)
{
    static const struct {
        int id;
        const char *code;
    } known[] = { { 1, "0" },      { 2, "0.00" },      { 3, "#,##0" },   { 4, "#,##0.00" }, { 9, "0%" },    { 10, "0.00%" },
                  { 14, "d/m/yyyy" }, { 15, "d/m/yyyy" }, { 16, "d/m" },    { 17, "m/yyyy" },  { 18, "h:mm" }, { 19, "h:mm" },
                  { 20, "h:mm" },  { 21, "h:mm" },     { 22, "d/m/yyyy" }, { 37, "#,##0" },   { 38, "#,##0" }, { 39, "#,##0.00" },
                  { 40, "#,##0.00" }, { 45, "h:mm" },   { 46, "h:mm" },    { 47, "h:mm" } };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].id == id)
            return known[i].code;
    return (id >= 27 && id <= 36) || (id >= 50 && id <= 58) ? "d/m/yyyy" : "General";
}

static const char *code_of(const struct formats *f, int64_t id)
{
    for (size_t i = 0; i < f->count; i++)
        if (f->id[i] == id)
            return f->code[i];
    return id < FIRST_OWN_FORMAT ? known_code(id) : "General";
}

static bool says_no(const char *value)
{
    return value != NULL && (strcmp(value, "0") == 0 || strcmp(value, "false") == 0);
}

static void read_font(struct office_part *part, struct formats *f)
{
    struct xlsx_style font = { 0 };
    bool empty = office_ends(part, "font");
    while (!empty && office_next(part) && !office_ends(part, "font")) {
        if (office_starts(part, "b"))
            font.bold = !says_no(office_attribute(part, "val"));
        if (office_starts(part, "i"))
            font.italic = !says_no(office_attribute(part, "val"));
    }
    if (f->font_count < MOST_STYLES)
        f->fonts[f->font_count++] = font;
}

static void read_border(struct office_part *part, struct formats *f)
{
    bool drawn = false;
    bool empty = office_ends(part, "border");
    while (!empty && office_next(part) && !office_ends(part, "border")) {
        const char *style = xmlTextReaderNodeType(part->xml) == XML_READER_TYPE_ELEMENT ? office_attribute(part, "style") : NULL;
        drawn = drawn || (style != NULL && strcmp(style, "none") != 0);
    }
    if (f->border_count < MOST_STYLES)
        f->borders[f->border_count++] = drawn;
}

static void read_style(struct xlsx *x, struct office_part *part, const struct formats *f)
{
    int64_t font = office_number(part, "fontId", 0);
    int64_t border = office_number(part, "borderId", 0);
    struct xlsx_style style = { .code = code_of(f, office_number(part, "numFmtId", 0)) };
    if (font >= 0 && (size_t)font < f->font_count) {
        style.bold = f->fonts[font].bold;
        style.italic = f->fonts[font].italic;
    }
    style.borders = border >= 0 && (size_t)border < f->border_count && f->borders[border];
    bool empty = office_ends(part, "xf");
    while (!empty && office_next(part) && !office_ends(part, "xf"))
        if (office_starts(part, "alignment")) {
            const char *across = office_attribute(part, "horizontal");
            style.center = across != NULL && text_starts(across, "center");
        }
    if (x->style_count < MOST_STYLES)
        x->styles[x->style_count++] = style;
}

void xlsx_read_styles(struct xlsx *x, const char *name)
{
    struct formats *f = arena_alloc(x->arena, sizeof *f);
    struct office_part part;
    x->styles = arena_array(x->arena, MOST_STYLES, sizeof *x->styles);
    bool used = false; /* cellXfs, not the named styles before it */
    if (office_part_open(&part, &x->zip, name))
        while (office_next(&part)) {
            if (office_starts(&part, "cellXfs"))
                used = true;
            else if (office_ends(&part, "cellXfs"))
                used = false;
            else if (office_starts(&part, "font"))
                read_font(&part, f);
            else if (office_starts(&part, "border"))
                read_border(&part, f);
            else if (office_starts(&part, "xf") && used)
                read_style(x, &part, f);
            else if (office_starts(&part, "dxfs"))
                break; /* looks of conditions: their fonts are no cell's */
            else if (office_starts(&part, "numFmt") && f->count < MOST_STYLES) {
                f->id[f->count] = office_number(&part, "numFmtId", -1);
                const char *code = office_attribute(&part, "formatCode");
                f->code[f->count++] = code == NULL ? "General" : code;
            }
        }
    office_part_close(&part);
}

/* ---- numbers ---- */

/* The signs of a format that mean something: without quoted words, escapes, colours and what follows ";". */
static void bare(const char *code, char *to, size_t size)
{
    size_t length = 0;
    for (; *code != '\0' && *code != ';' && length + 1 < size; code++) {
        if (*code == '"') {
            code = strchr(code + 1, '"');
            if (code == NULL)
                break;
        } else if (*code == '[') {
            const char *end = strchr(code, ']');
            if (end == NULL)
                break;
            if (end - code <= 3 && strchr("hmsHMS", code[1]) != NULL)
                to[length++] = 'h';
            code = end;
        } else if ((*code == '\\' || *code == '_' || *code == '*') && code[1] != '\0') {
            code++;
        } else {
            to[length++] = *code >= 'A' && *code <= 'Z' ? (char)(*code | 0x20) : *code;
        }
    }
    to[length] = '\0';
}

static char *show_day(struct xlsx *x, double number, const char *code)
{
    int64_t whole = (int64_t)floor(number);
    int minutes = (int)lround((number - (double)whole) * 1440);
    int year;
    int month;
    int day;
    bool dated = strchr(code, 'y') != NULL || strchr(code, 'd') != NULL;
    if (!dated && strchr(code, 'h') != NULL)
        return arena_printf(x->arena, "%d:%02d", minutes / 60 % 24, minutes % 60);
    int64_t day_0 = x->since_1904 ? day_of(1904, 1, 1) : day_of(1899, 12, whole < 60 ? 31 : 30); /* a 29/2/1900 that never was */
    day_split(day_0 + whole, &year, &month, &day);
    if (strchr(code, 'd') == NULL)
        return strchr(code, 'm') == NULL ? arena_printf(x->arena, "%d", year) : arena_printf(x->arena, "%d/%d", month, year);
    return strchr(code, 'y') == NULL ? arena_printf(x->arena, "%d/%d", day, month)
                                     : arena_printf(x->arena, "%02d/%02d/%04d", day, month, year);
}

/* "1234567.5" as people here write it: "1.234.567,5". */
static char *group_digits(struct arena *a, const char *number)
{
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    size_t sign = number[0] == '-';
    size_t whole = strcspn(number, ".");
    for (size_t i = 0; number[i] != '\0'; i++) {
        if (i > sign && i < whole && (whole - i) % 3 == 0)
            buffer_add(&b, ".");
        buffer_add_n(&b, i == whole ? "," : number + i, 1);
    }
    return b.text;
}

char *xlsx_show_number(struct xlsx *x, double number, const struct xlsx_style *style)
{
    char code[64];
    bare((style == NULL ? &plain : style)->code, code, sizeof code);
    bool general = text_starts(code, "general");
    bool day = !general && strpbrk(code, "dmyhs") != NULL && strpbrk(code, "0#?") == NULL;
    if (day && number >= 0 && number < 2958466) /* until 31/12/9999 */
        return show_day(x, number, code);
    const char *point = strchr(code, '.');
    size_t decimals = point == NULL ? 0 : strspn(point + 1, "0#?");
    bool fixed = !general && strpbrk(code, "0#?") != NULL && strchr(code, 'e') == NULL && strchr(code, '/') == NULL;
    if (fixed && strchr(code, '%') != NULL)
        return arena_printf(x->arena, "%.*f%%", decimals > 10 ? 10 : (int)decimals, number * 100);
    bool exact = fixed && fabs(number) < 1e15;
    char *text = exact ? arena_printf(x->arena, "%.*f", decimals > 10 ? 10 : (int)decimals, number)
                       : arena_printf(x->arena, "%.15g", number);
    return fixed && strchr(code, ',') != NULL ? group_digits(x->arena, text) : text;
}
