/* From the rows of a sheet to tables and paragraphs: where the list begins and ends, and what stands around it. */
#include "platform/doc/doc_xlsx.h"
#include <stdlib.h>
#include <string.h>

struct making {
    struct xlsx *x;
    const struct xlsx_sheet *sheet;
    const struct xlsx_grid *grid;
    struct block_list *blocks;
};

/* Rows [from, to) of the grid that form one table. */
struct region {
    size_t from, to;
};

static struct place place_of(const struct making *m, int64_t from, int64_t to)
{
    return (struct place){ .page = m->x->sheet, .from = m->x->rows_before + from, .to = m->x->rows_before + to };
}

/* ---- cells ---- */

/* A line that begins with a small letter goes on the phrase above it; any other is a paragraph of its own. */
static bool goes_on(const char *before, const char *line)
{
    char last = text_last_sign(before);
    return text_goes_on(line) && mark_length(line) == 0 && !(line[0] >= '0' && line[0] <= '9') && strchr(".;:!?", last) == NULL;
}

static void fill(struct making *m, const struct xlsx_cell *cell, struct block_list *list)
{
    struct arena *a = m->x->arena;
    char **lines;
    size_t count = text_split(a, text_clean(a, cell->text), '\n', &lines);
    const struct xlsx_style none = { 0 };
    const struct xlsx_style *style = cell->style == NULL ? &none : cell->style;
    struct block *b = NULL;
    for (size_t i = 0; i < count; i++) {
        if (text_blank(lines[i]))
            continue;
        if (b != NULL && goes_on(b->text, lines[i])) {
            b->text = arena_printf(a, "%s %s", b->text, lines[i]);
            continue;
        }
        b = block_add(list, BLOCK_PARAGRAPH);
        b->text = lines[i];
        b->bold = style->bold;
        b->italic = style->italic;
        b->align = style->center ? ALIGN_CENTER : ALIGN_LEFT;
        b->upper = text_is_capitals(b->text);
        b->place = place_of(m, cell->row, cell->row);
    }
}

/* The merged area that begins in this cell; NULL: none. */
static const struct xlsx_merge *merge_at(const struct xlsx_grid *g, int64_t row, int column)
{
    size_t low = 0;
    size_t high = g->merge_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const struct xlsx_merge *it = &g->merges[middle];
        if (it->top == row && it->left == column)
            return it;
        if (it->top < row || (it->top == row && it->left < column))
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* ---- tables ---- */

/* Which column of the table a column of the sheet is; those in which nothing begins are none. Returns how many. */
static int number_columns(const struct making *m, const struct region *r, int *number)
{
    bool used[DOC_MOST_COLUMNS] = { false };
    for (size_t i = r->from; i < r->to; i++)
        for (size_t k = 0; k < m->grid->rows[i].count; k++)
            used[m->grid->cells[m->grid->rows[i].first + k].column] = true;
    int count = 0;
    for (int i = 0; i < DOC_MOST_COLUMNS; i++)
        number[i] = used[i] ? count++ : -1;
    return count;
}

static void set_spans(const struct making *m, const struct region *r, const int *number, size_t row, struct cell_box *box,
                      const struct xlsx_merge *merge)
{
    if (merge == NULL)
        return;
    int right = merge->right < DOC_MOST_COLUMNS ? merge->right : DOC_MOST_COLUMNS - 1;
    for (int i = merge->left + 1; i <= right; i++)
        box->column_span += number[i] >= 0;
    for (size_t i = row + 1; i < r->to && m->grid->rows[i].number <= merge->bottom; i++)
        box->row_span++;
}

/* False: another cell stands there, as in no honest spreadsheet. */
static bool claim(bool *taken, int columns, const struct cell_box *box)
{
    for (int i = box->row; i < box->row + box->row_span; i++)
        for (int k = box->column; k < box->column + box->column_span; k++)
            if (taken[i * columns + k])
                return false;
    for (int i = box->row; i < box->row + box->row_span; i++)
        for (int k = box->column; k < box->column + box->column_span; k++)
            taken[i * columns + k] = true;
    return true;
}

static void add_row(struct making *m, const struct region *r, const int *number, int columns, size_t row, bool *taken,
                    struct cell_list *cells)
{
    const struct xlsx_row *its = &m->grid->rows[row];
    int at = (int)(row - r->from);
    bool header = its->number >= m->sheet->head_from && its->number <= m->sheet->head_to;
    struct place place = place_of(m, its->number, its->number);
    for (size_t k = 0; k < its->count; k++) {
        const struct xlsx_cell *cell = &m->grid->cells[its->first + k];
        struct cell_box box = { .row = at, .column = number[cell->column], .row_span = 1, .column_span = 1, .header = header, .place = place };
        set_spans(m, r, number, row, &box, merge_at(m->grid, cell->row, cell->column));
        if (!claim(taken, columns, &box)) {
            box.row_span = box.column_span = 1;
            if (!claim(taken, columns, &box))
                continue; /* below a merged area: a spreadsheet does not show it */
        }
        box.place.to = m->x->rows_before + m->grid->rows[row + (size_t)box.row_span - 1].number;
        struct block_list list = { .arena = m->x->arena };
        fill(m, cell, &list);
        box.blocks = list.items;
        box.block_count = list.count;
        *cell_add(cells, 0, 0) = box;
    }
    for (int i = 0; i < columns; i++) {
        if (taken[at * columns + i])
            continue;
        struct cell_box *empty = cell_add(cells, at, i);
        empty->header = header;
        empty->place = place;
    }
}

static void add_table(struct making *m, const struct region *r)
{
    int number[DOC_MOST_COLUMNS];
    int columns = number_columns(m, r, number);
    size_t places = (r->to - r->from) * (size_t)columns;
    m->x->cells += places;
    if (m->x->cells > 2 * DOC_MOST_CELLS || places > DOC_MOST_CELLS) {
        m->x->too_large = true;
        return;
    }
    struct cell_list cells = { .arena = m->x->arena };
    bool *taken = arena_array(m->x->arena, places, sizeof *taken);
    for (size_t i = r->from; i < r->to; i++)
        add_row(m, r, number, columns, i, taken, &cells);
    struct block *b = block_add(m->blocks, BLOCK_TABLE);
    b->borders = true;
    b->place = place_of(m, m->grid->rows[r->from].number, m->grid->rows[r->to - 1].number);
    table_finish(b, &cells);
}

/* ---- around the tables ---- */

/* Rows with two texts side by side, such as the head and the signatures of a document: two columns. */
static void add_sides(struct making *m, size_t from, size_t to)
{
    struct block_list sides[2] = { { .arena = m->x->arena }, { .arena = m->x->arena } };
    const struct xlsx_grid *g = m->grid;
    int split = DOC_MOST_COLUMNS;
    for (size_t i = from; i < to; i++) {
        const struct xlsx_row *row = &g->rows[i];
        if (row->count >= 2 && g->cells[row->first + 1].column < split)
            split = g->cells[row->first + 1].column;
    }
    for (size_t i = from; i < to; i++)
        for (size_t k = 0; k < g->rows[i].count; k++) {
            const struct xlsx_cell *cell = &g->cells[g->rows[i].first + k];
            fill(m, cell, &sides[cell->column >= split]);
        }
    struct cell_list cells = { .arena = m->x->arena };
    struct place place = place_of(m, g->rows[from].number, g->rows[to - 1].number);
    for (int i = 0; i < 2; i++) {
        struct cell_box *cell = cell_add(&cells, 0, i);
        cell->place = place;
        cell->blocks = sides[i].items;
        cell->block_count = sides[i].count;
    }
    struct block *b = block_add(m->blocks, BLOCK_TABLE);
    b->place = place;
    table_finish(b, &cells);
}

static void add_outside(struct making *m, size_t from, size_t to)
{
    const struct xlsx_row *rows = m->grid->rows;
    while (from < to) {
        if (rows[from].count < 2) {
            for (size_t k = 0; k < rows[from].count; k++)
                fill(m, &m->grid->cells[rows[from].first + k], m->blocks);
            from++;
            continue;
        }
        size_t end = from + 1; /* behind the last row with two texts that follows without a gap */
        for (size_t i = end; i < to && rows[i].number == rows[i - 1].number + 1; i++)
            end = rows[i].count >= 2 ? i + 1 : end;
        add_sides(m, from, end);
        from = end;
    }
}

/* ---- where the tables are ---- */

/* Do borders tell the table? Then at least two rows have them. */
static bool has_borders(const struct xlsx_grid *g)
{
    size_t rows = 0;
    for (size_t i = 0; i < g->row_count; i++)
        rows += g->rows[i].bordered >= 2;
    return rows >= 2;
}

static bool is_row_of_table(const struct xlsx_grid *g, bool borders, size_t i, size_t least)
{
    if (i >= g->row_count)
        return false;
    return borders ? g->rows[i].bordered >= 2 : g->rows[i].count >= least;
}

/* The next table at or behind a row; from == to: none. */
static struct region next_region(const struct xlsx_grid *g, bool borders, size_t at)
{
    size_t most = 0;
    for (size_t i = 0; i < g->row_count; i++)
        most = g->rows[i].count > most ? g->rows[i].count : most;
    size_t least = most >= 3 ? 3 : 2;
    while (at < g->row_count && !is_row_of_table(g, borders, at, least))
        at++;
    struct region r = { at, at };
    if (at == g->row_count || most < 2)
        return (struct region){ g->row_count, g->row_count };
    for (size_t i = at; i < g->row_count; i++) {
        bool beside = i > at && g->rows[i].number == g->rows[i - 1].number + 1;
        if (is_row_of_table(g, borders, i, least))
            r.to = i + 1; /* rows between two rows of a table are its own: names of groups, rows without borders */
        else if (borders && !beside)
            break;
        else if (!borders && beside && r.to == i && g->rows[i].count >= 2)
            r.to = i + 1;
    }
    return r;
}

void xlsx_make_blocks(struct xlsx *x, const struct xlsx_sheet *sheet, struct xlsx_grid *grid, struct block_list *blocks)
{
    struct making m = { .x = x, .sheet = sheet, .grid = grid, .blocks = blocks };
    bool borders = has_borders(grid);
    for (size_t at = 0; at < grid->row_count && !x->too_large && blocks->count < DOC_MOST_BLOCKS;) {
        struct region r = next_region(grid, borders, at);
        add_outside(&m, at, r.from);
        if (r.to > r.from)
            add_table(&m, &r);
        at = r.to > r.from ? r.to : grid->row_count;
    }
}
