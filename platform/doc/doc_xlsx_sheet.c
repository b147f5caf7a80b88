/* One sheet of a spreadsheet, streamed: its rows with something in them, and its merged cells. */
#include "platform/doc/doc_xlsx.h"
#include <stdlib.h>
#include <string.h>

enum { MOST_ROWS = 20000, MOST_MERGES = 200000, LONGEST_NAME = 24 };

/* What a <c> says of itself; short, so that a million of them cost nothing. */
struct cell_words {
    char place[LONGEST_NAME], style[LONGEST_NAME], type[LONGEST_NAME];
};

static void take_words(struct office_part *part, struct cell_words *words)
{
    static const char *const names[] = { "r", "s", "t" };
    char *const to[] = { words->place, words->style, words->type };
    *words = (struct cell_words){ .type = "n" };
    for (int got = xmlTextReaderMoveToFirstAttribute(part->xml); got == 1; got = xmlTextReaderMoveToNextAttribute(part->xml))
        for (size_t i = 0; i < 3; i++)
            if (strcmp((const char *)xmlTextReaderConstLocalName(part->xml), names[i]) == 0) {
                const char *value = (const char *)xmlTextReaderConstValue(part->xml);
                size_t length = value == NULL ? 0 : strnlen(value, LONGEST_NAME - 1);
                memcpy(to[i], value == NULL ? "" : value, length);
                to[i][length] = '\0';
            }
    xmlTextReaderMoveToElement(part->xml);
}

/* "AB12": column from 0, row from 1. Returns what follows; NULL: no place. */
static const char *read_place(const char *text, int64_t *row, int *column)
{
    int64_t across = 0;
    int64_t down = 0;
    text += *text == '$';
    const char *start = text;
    for (; *text >= 'A' && *text <= 'Z' && across < 100000; text++)
        across = across * 26 + (*text - 'A' + 1);
    text += *text == '$';
    const char *digits = text;
    for (; *text >= '0' && *text <= '9' && down < 1000000000; text++)
        down = down * 10 + (*text - '0');
    if (text == digits || across == 0 || digits == start)
        return NULL;
    *row = down;
    *column = (int)across - 1;
    return text;
}

/* The value of a <c>; NULL or blank: nothing to show. */
static char *value_of(struct xlsx *x, const char *type, const char *raw, const struct xlsx_style *style)
{
    char *end;
    if (strcmp(type, "s") == 0) {
        int64_t index;
        bool known = text_int(raw, &index) && index >= 0 && (size_t)index < x->string_count;
        x->text += known ? strlen(x->strings[index]) : 0; /* one long text, shown in every cell */
        x->too_large = x->too_large || x->text > DOC_MOST_TEXT;
        return known && !x->too_large ? arena_copy(x->arena, x->strings[index]) : NULL;
    }
    if (strcmp(type, "e") == 0) /* #REF! and its like tell a reader nothing */
        return NULL;
    if (strcmp(type, "b") == 0)
        return arena_copy(x->arena, strcmp(raw, "1") == 0 ? "TRUE" : "FALSE");
    if (strcmp(type, "n") != 0)
        return arena_copy(x->arena, raw);
    double number = strtod(raw, &end);
    return *raw == '\0' || *end != '\0' ? arena_copy(x->arena, raw) : xlsx_show_number(x, number, style);
}

static char *read_value(struct xlsx *x, struct office_part *part, const char *type, const struct xlsx_style *style)
{
    struct buffer raw = { .arena = x->arena };
    char *text = NULL;
    bool inside = false;
    if (office_ends(part, "c"))
        return NULL;
    while (office_next(part) && !office_ends(part, "c")) {
        if (office_starts(part, "is")) {
            text = xlsx_string(x, part, "is");
        } else if (office_starts(part, "v")) {
            inside = !office_ends(part, "v");
        } else if (office_ends(part, "v")) {
            inside = false;
        } else if (inside && xmlTextReaderConstValue(part->xml) != NULL) {
            const char *more = (const char *)xmlTextReaderConstValue(part->xml);
            x->text += strlen(more);
            x->too_large = x->too_large || x->text > DOC_MOST_TEXT;
            if (!x->too_large)
                buffer_add(&raw, more);
        }
    }
    return text != NULL ? text : raw.text == NULL ? NULL : value_of(x, type, raw.text, style);
}

static struct xlsx_row *row_at(struct xlsx *x, struct xlsx_grid *g, int64_t number, bool hidden)
{
    struct xlsx_row *last = g->row_count == 0 ? NULL : &g->rows[g->row_count - 1];
    if (last != NULL && last->number == number)
        return last;
    if (last != NULL && (number < last->number || g->row_count >= MOST_ROWS)) {
        x->too_large = x->too_large || number > last->number;
        return NULL; /* rows out of order are no spreadsheet's */
    }
    g->rows = arena_grow(x->arena, g->rows, sizeof *g->rows, &g->row_capacity, g->row_count + 1);
    last = &g->rows[g->row_count++];
    *last = (struct xlsx_row){ .number = number, .first = g->cell_count, .hidden = hidden };
    return last;
}

struct position {
    int64_t row;
    int column;   /* of the last cell */
    int bordered; /* cells of the row so far, empty ones too */
    bool hidden;
};

static void read_cell(struct xlsx *x, struct xlsx_grid *g, struct office_part *part, struct position *at)
{
    struct cell_words words;
    take_words(part, &words);
    int column = at->column + 1;
    int64_t row = at->row;
    if (read_place(words.place, &row, &column) == NULL)
        row = at->row;
    int64_t index = 0;
    text_int(words.style, &index);
    const struct xlsx_style *style = index >= 0 && (size_t)index < x->style_count ? &x->styles[index] : NULL;
    at->column = column;
    at->bordered += style != NULL && style->borders;
    char *text = read_value(x, part, words.type, style);
    if (text == NULL || text_blank(text) || column >= DOC_MOST_COLUMNS || g->hidden_columns[column])
        return;
    struct xlsx_row *its = row_at(x, g, at->row, at->hidden);
    if (its == NULL || ++x->cells > DOC_MOST_CELLS) {
        x->too_large = x->too_large || its != NULL;
        return;
    }
    g->cells = arena_grow(x->arena, g->cells, sizeof *g->cells, &g->cell_capacity, g->cell_count + 1);
    g->cells[g->cell_count++] = (struct xlsx_cell){ .row = at->row, .column = column, .text = text, .style = style };
    its->count++;
}

static void take_merge(struct xlsx *x, struct xlsx_grid *g, struct office_part *part)
{
    xmlChar *ref = xmlTextReaderGetAttribute(part->xml, BAD_CAST "ref");
    struct xlsx_merge m = { 0 };
    const char *rest = ref == NULL ? NULL : read_place((const char *)ref, &m.top, &m.left);
    bool good = rest != NULL && *rest == ':' && read_place(rest + 1, &m.bottom, &m.right) != NULL && m.bottom >= m.top &&
                m.right >= m.left && (m.bottom > m.top || m.right > m.left);
    xmlFree(ref);
    if (good && g->merge_count >= MOST_MERGES)
        x->too_large = true;
    if (!good || x->too_large)
        return;
    g->merges = arena_grow(x->arena, g->merges, sizeof *g->merges, &g->merge_capacity, g->merge_count + 1);
    g->merges[g->merge_count++] = m;
}

static int by_corner(const void *left, const void *right)
{
    const struct xlsx_merge *a = left;
    const struct xlsx_merge *b = right;
    if (a->top != b->top)
        return a->top < b->top ? -1 : 1;
    return a->left - b->left;
}

static void take_columns(struct xlsx_grid *g, struct office_part *part)
{
    const char *hidden = office_attribute(part, "hidden");
    int64_t from = office_number(part, "min", 0);
    int64_t to = office_number(part, "max", 0);
    if (hidden == NULL || (strcmp(hidden, "1") != 0 && strcmp(hidden, "true") != 0))
        return;
    for (int64_t i = from < 1 ? 1 : from; i <= to && i <= DOC_MOST_COLUMNS; i++)
        g->hidden_columns[i - 1] = true;
}

static void read_rows(struct xlsx *x, struct xlsx_grid *g, struct office_part *part)
{
    struct position at = { 0 };
    while (!x->too_large && office_next(part)) {
        if (office_starts(part, "row")) {
            const char *hidden = office_attribute(part, "hidden");
            at = (struct position){ .row = office_number(part, "r", at.row + 1), .column = -1,
                                    .hidden = hidden != NULL && (strcmp(hidden, "1") == 0 || strcmp(hidden, "true") == 0) };
        } else if (office_starts(part, "c")) {
            read_cell(x, g, part, &at);
        } else if (office_starts(part, "mergeCell")) {
            take_merge(x, g, part);
        } else if (office_starts(part, "col")) {
            take_columns(g, part);
        } else if (office_starts(part, "autoFilter")) {
            g->filtered = true;
        }
        bool row_ends = office_ends(part, "row") && g->row_count > 0 && g->rows[g->row_count - 1].number == at.row;
        if (row_ends)
            g->rows[g->row_count - 1].bordered = at.bordered;
    }
}

/* What somebody hid is left out; but a filter hides rows that are still the list's. */
static void drop_hidden_rows(struct xlsx_grid *g)
{
    size_t kept = 0;
    for (size_t i = 0; i < g->row_count; i++)
        if (!g->rows[i].hidden || g->filtered)
            g->rows[kept++] = g->rows[i];
    g->row_count = kept;
}

void xlsx_read_sheet(struct xlsx *x, const struct xlsx_sheet *sheet, struct xlsx_grid *grid)
{
    struct office_part part;
    if (office_part_open(&part, &x->zip, sheet->path))
        read_rows(x, grid, &part);
    x->broken = x->broken || part.broken;
    office_part_close(&part);
    drop_hidden_rows(grid);
    if (grid->merge_count > 1)
        qsort(grid->merges, grid->merge_count, sizeof *grid->merges, by_corner);
}
