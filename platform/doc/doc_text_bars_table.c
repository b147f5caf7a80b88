/* The cells of a table of bars: wrapped lines to paragraphs, cells to rows, rows to a table. */
#include "platform/doc/doc_text_bars.h"
#include <string.h>

void bars_trim(const char **raw, size_t *length)
{
    while (*length > 0 && (**raw == ' ' || **raw == '\t')) {
        ++*raw;
        --*length;
    }
    while (*length > 0 && ((*raw)[*length - 1] == ' ' || (*raw)[*length - 1] == '\t'))
        --*length;
}

char *bars_text(const struct bars *b, const struct text_line *line)
{
    struct emphasis e = { 0 };
    struct text_line copy = { .raw = line->raw, .raw_length = line->raw_length };
    text_unmark(b->a, &e, &copy);
    return copy.text;
}

bool bars_is_first_head(const struct bars *b, const char *text)
{
    static const char *const words[] = { "tt", "stt", "so tt", "so thu tu", "tt stt" };
    const char *key = text_key(b->a, text);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(key, words[i]) == 0)
            return true;
    return false;
}

/* ---- cells ---- */

void bars_add_piece(struct bars *b, const char *raw, size_t length, size_t line)
{
    bars_trim(&raw, &length);
    if (length == 0)
        return;
    b->pieces = arena_grow(b->a, b->pieces, sizeof *b->pieces, &b->piece_capacity, b->piece_count + 1);
    b->pieces[b->piece_count++] = (struct piece){ raw, length, line };
    size_t width = text_length(arena_copy_n(b->a, raw, length));
    b->width = width > b->width ? width : b->width;
}

void bars_add_cell(struct bars *b, size_t first, bool row_start)
{
    b->cells = arena_grow(b->a, b->cells, sizeof *b->cells, &b->cell_capacity, b->cell_count + 1);
    b->cells[b->cell_count++] = (struct cell){ first, b->piece_count - first, row_start };
}

/* A cell being filled, line by line. */
struct filling {
    struct bars *b;
    struct block_list blocks;
    struct emphasis e;
    bool open;             /* bold or italics that began before go on: one paragraph */
    size_t before_length;  /* of the line before, in characters */
    int64_t before_number; /* of its line */
};

static bool goes_on(const struct filling *f, const struct block *last, const struct text_line *line, const char *text)
{
    if (line->number > f->before_number + 1 || (!f->open && last->bold != line->bold && last->upper))
        return false;
    return (f->open && mark_length(text) == 0) || text_cell_goes_on(last->text, f->before_length, text, f->b->width);
}

/* Wrapped lines are joined. */
static void add_line(struct filling *f, const struct text_line *line, const char *text, bool first)
{
    struct arena *a = f->b->a;
    struct block *last = f->blocks.count == 0 ? NULL : &f->blocks.items[f->blocks.count - 1];
    if (last != NULL && first && goes_on(f, last, line, text)) {
        last->text = text_nfc(a, arena_printf(a, "%s %s", last->text, text));
        last->bold = last->bold && line->bold;
        last->italic = last->italic && line->italic;
        last->place.to = line->number;
    } else {
        last = block_add(&f->blocks, BLOCK_PARAGRAPH);
        last->text = text_nfc(a, text);
        last->bold = line->bold;
        last->italic = line->italic;
        last->place = (struct place){ .page = line->page, .from = line->number, .to = line->number };
    }
    last->upper = text_is_capitals(last->text);
    f->before_length = text_length(text);
    f->before_number = line->number;
    f->open = false;
}

static void fill(struct bars *b, const struct cell *cell, struct cell_box *box)
{
    struct filling f = { .b = b, .blocks = { .arena = b->a } };
    for (size_t i = 0; i < cell->count; i++) {
        const struct piece *piece = &b->pieces[cell->first + i];
        const struct text_line *source = &b->s->lines[piece->line];
        struct text_line line = { .raw = piece->raw, .raw_length = piece->length, .number = source->number, .page = source->page };
        char **texts;
        text_unmark(b->a, &f.e, &line);
        size_t count = text_split(b->a, line.text, '\n', &texts);
        for (size_t k = 0; k < count; k++)
            if (!text_blank(texts[k]))
                add_line(&f, &line, texts[k], k == 0);
        f.open = f.e.bold || f.e.italic;
    }
    box->blocks = f.blocks.items;
    box->block_count = f.blocks.count;
    if (f.blocks.count > 0)
        box->place = f.blocks.items[0].place;
}

char *bars_cell_text(const struct bars *b, const struct cell *cell)
{
    return cell->count == 0 ? "" : arena_copy_n(b->a, b->pieces[cell->first].raw, b->pieces[cell->first].length);
}

/* "1", "1.2", "IV.", "a)": what stands in the first cell of a row. */
static bool is_row_mark(const struct bars *b, const struct cell *cell)
{
    if (cell->count != 1)
        return false;
    const char *text = bars_text(b, &(struct text_line){ .raw = b->pieces[cell->first].raw, .raw_length = b->pieces[cell->first].length });
    size_t length = strlen(text);
    if (length == 0 || length > 8)
        return false;
    const char *dotted = text[length - 1] == '.' || text[length - 1] == ')' ? text : arena_printf(b->a, "%s.", text);
    return mark_length(dotted) == strlen(dotted) && !mark_is_bullet(text);
}

/* ---- rows ---- */

void bars_add_row(struct bars *b, struct rows *rows, size_t first, size_t count)
{
    rows->items = arena_grow(b->a, rows->items, sizeof *rows->items, &rows->capacity, rows->count + 1);
    rows->items[rows->count++] = (struct row){ first, count };
}

static size_t columns_of(const struct rows *rows)
{
    size_t most = 0;
    for (size_t i = 0; i < rows->count; i++)
        most = rows->items[i].count > most ? rows->items[i].count : most;
    return most;
}

struct rows bars_opened_rows(struct bars *b)
{
    struct rows rows = { 0 };
    size_t from = 0;
    for (size_t i = 1; i <= b->cell_count; i++)
        if (i == b->cell_count || b->cells[i].row_start) {
            bars_add_row(b, &rows, from, i - from);
            from = i;
        }
    return rows;
}

struct rows bars_counted_rows(struct bars *b)
{
    struct rows rows = { 0 };
    size_t columns = 2;
    if (bars_is_first_head(b, bars_cell_text(b, &b->cells[0])))
        for (columns = 1; columns < b->cell_count && !(columns > 1 && is_row_mark(b, &b->cells[columns])); columns++)
            continue;
    for (size_t at = 0; at < b->cell_count;) {
        size_t next = at + columns;
        bool fits = next >= b->cell_count || at == 0 || is_row_mark(b, &b->cells[next]);
        for (size_t i = at + 2; columns > 2 && !fits && i < next && i < b->cell_count; i++)
            if (is_row_mark(b, &b->cells[i])) {
                next = i; /* a group's row, or one that lost its merged cells */
                break;
            }
        next = next > b->cell_count ? b->cell_count : next;
        bars_add_row(b, &rows, at, next - at);
        at = next;
    }
    return rows;
}

/* A row cut at its empty cells is put together again: parts without a number go behind the part before them. */
static void add_row_cells(struct bars *b, const struct rows *rows, size_t *at, struct cell_list *cells, int row, size_t columns)
{
    bool numbered = bars_is_first_head(b, bars_cell_text(b, &b->cells[rows->items[0].first]));
    size_t column = 0;
    for (bool first = true; *at < rows->count; first = false, ++*at) {
        const struct row *part = &rows->items[*at];
        bool goes_on = numbered && !b->row_lines && row > 0 && column > 0 && column + 1 + part->count <= columns && !is_row_mark(b, &b->cells[part->first]);
        if (!first && !goes_on)
            break;
        if (!first)
            cell_add(cells, row, (int)column++);
        for (size_t i = 0; i < part->count && column < DOC_MOST_COLUMNS; i++, column++)
            fill(b, &b->cells[part->first + i], cell_add(cells, row, (int)column));
    }
    struct cell_box *last = &cells->items[cells->count - 1];
    if (numbered && column == 2 && columns > 2) { /* the name of a group runs through */
        last->column_span = (int)columns - 1;
        return;
    }
    for (; column < columns; column++)
        cell_add(cells, row, (int)column);
}

void bars_make_table(struct bars *b, const struct rows *rows, size_t from, size_t to, bool header)
{
    struct text_source *s = b->s;
    struct text_line *first = &s->lines[from];
    struct cell_list cells = { .arena = b->a };
    size_t columns = columns_of(rows);
    columns = columns > DOC_MOST_COLUMNS ? DOC_MOST_COLUMNS : columns;
    int row = 0;
    for (size_t at = 0; at < rows->count && s->cells < DOC_MOST_CELLS; row++) {
        size_t had = cells.count;
        add_row_cells(b, rows, &at, &cells, row, columns);
        s->cells += cells.count - had;
    }
    for (size_t i = 0; i < cells.count; i++)
        cells.items[i].header = header && cells.items[i].row == 0;
    for (size_t i = from; i < to; i++)
        s->lines[i].kind = LINE_TABLE;
    first->table = arena_alloc(b->a, sizeof *first->table);
    *first->table = (struct block){ .kind = BLOCK_TABLE,
                                    .place = { .page = first->page, .from = first->number, .to = s->lines[to - 1].number } };
    table_finish(first->table, &cells);
}
