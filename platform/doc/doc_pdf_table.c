/* Ruled tables: crossing lines make a grid, missing lines make merged cells, a page's end makes no end. */
#include "platform/doc/doc_pdf.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ROWS = 400, MOST_COLUMNS = 60 };
static const double NEAR = 3.0;      /* points: lines that meet, borders drawn double */
static const double SAME_COLUMN = 5; /* points: the same column on the next page */

/* Lines that hang together. */
struct group {
    struct pdf_box *lying, *standing;
    size_t lying_count, standing_count;
};

struct grid {
    double rows[MOST_ROWS + 1], columns[MOST_COLUMNS + 1];
    int row_count, column_count;
};

static bool meet(const struct pdf_box *lying, const struct pdf_box *standing)
{
    return standing->x0 > lying->x0 - NEAR && standing->x0 < lying->x1 + NEAR && lying->y0 > standing->y0 - NEAR &&
           lying->y0 < standing->y1 + NEAR;
}

static size_t root(size_t *parent, size_t i)
{
    while (parent[i] != i)
        i = parent[i] = parent[parent[i]];
    return i;
}

/* parent[]: lying lines first, then standing ones; the same root for lines of one group. */
static size_t *connect(struct pdf *p, const struct pdf_lines *lines)
{
    size_t all = lines->lying_count + lines->standing_count;
    size_t *parent = arena_array(p->arena, all + 1, sizeof *parent);
    for (size_t i = 0; i < all; i++)
        parent[i] = i;
    for (size_t i = 0; i < lines->lying_count; i++)
        for (size_t k = 0; k < lines->standing_count; k++)
            if (meet(&lines->lying[i], &lines->standing[k]))
                parent[root(parent, i)] = root(parent, lines->lying_count + k);
    return parent;
}

static struct group gather(struct pdf *p, const struct pdf_lines *lines, size_t *parent, size_t which)
{
    struct group g = { 0 };
    g.lying = arena_array(p->arena, lines->lying_count, sizeof *g.lying);
    g.standing = arena_array(p->arena, lines->standing_count, sizeof *g.standing);
    for (size_t i = 0; i < lines->lying_count; i++)
        if (root(parent, i) == which)
            g.lying[g.lying_count++] = lines->lying[i];
    for (size_t i = 0; i < lines->standing_count; i++)
        if (root(parent, lines->lying_count + i) == which)
            g.standing[g.standing_count++] = lines->standing[i];
    return g;
}

static int by_value(const void *a, const void *b)
{
    double d = *(const double *)a - *(const double *)b;
    return (d > 0) - (d < 0);
}

/* Places nearer than NEAR are one. Returns how many gaps lie between them; 0: too many. */
static int cluster(double *values, size_t count, double *places, int most)
{
    int kept = 0;
    qsort(values, count, sizeof *values, by_value);
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && values[i] - places[kept - 1] < NEAR)
            continue;
        if (kept > most)
            return 0;
        places[kept++] = values[i];
    }
    return kept - 1;
}

/* Ends of the crossing lines count too: some tables have no line at their sides. */
static bool make_grid(struct pdf *p, const struct group *g, struct grid *grid)
{
    size_t most = g->lying_count + 2 * g->standing_count + 2 * g->lying_count + g->standing_count;
    double *values = arena_array(p->arena, most, sizeof *values);
    size_t count = 0;
    double low = 1e9;
    double high = -1e9;
    for (size_t i = 0; i < g->lying_count; i++)
        values[count++] = g->lying[i].y0;
    for (size_t i = 0; i < g->standing_count; i++) {
        low = fmin(low, g->standing[i].y0);
        high = fmax(high, g->standing[i].y1);
    }
    values[count++] = low;
    values[count++] = high;
    grid->row_count = cluster(values, count, grid->rows, MOST_ROWS);
    count = 0;
    low = 1e9;
    high = -1e9;
    for (size_t i = 0; i < g->standing_count; i++)
        values[count++] = g->standing[i].x0;
    for (size_t i = 0; i < g->lying_count; i++) {
        low = fmin(low, g->lying[i].x0);
        high = fmax(high, g->lying[i].x1);
    }
    values[count++] = low;
    values[count++] = high;
    grid->column_count = cluster(values, count, grid->columns, MOST_COLUMNS);
    return grid->row_count > 0 && grid->column_count > 0 && grid->row_count * grid->column_count > 1;
}

/* Is there a drawn line between row - 1 and row, in this column? */
static bool line_above(const struct group *g, const struct grid *grid, int row, int column)
{
    double covered = 0;
    double from = grid->columns[column];
    double to = grid->columns[column + 1];
    for (size_t i = 0; i < g->lying_count; i++)
        if (fabs(g->lying[i].y0 - grid->rows[row]) < NEAR)
            covered += fmax(0, fmin(to, g->lying[i].x1) - fmax(from, g->lying[i].x0));
    return covered > 0.6 * (to - from);
}

static bool line_left(const struct group *g, const struct grid *grid, int row, int column)
{
    double covered = 0;
    double from = grid->rows[row];
    double to = grid->rows[row + 1];
    for (size_t i = 0; i < g->standing_count; i++)
        if (fabs(g->standing[i].x0 - grid->columns[column]) < NEAR)
            covered += fmax(0, fmin(to, g->standing[i].y1) - fmax(from, g->standing[i].y0));
    return covered > 0.6 * (to - from);
}

/* owner[row * columns + column]: index of the cell there, from 1. */
static void make_cells(const struct group *g, const struct grid *grid, struct cell_list *cells, int *owner)
{
    int columns = grid->column_count;
    for (int row = 0; row < grid->row_count; row++)
        for (int column = 0; column < columns; column++) {
            if (owner[row * columns + column] != 0)
                continue;
            int right = column + 1;
            while (right < columns && owner[row * columns + right] == 0 && !line_left(g, grid, row, right))
                right++;
            int down = row + 1;
            for (bool open = true; down < grid->row_count; down++) {
                for (int i = column; i < right && open; i++)
                    open = !line_above(g, grid, down, i);
                if (!open)
                    break;
            }
            struct cell_box *cell = cell_add(cells, row, column);
            cell->row_span = down - row;
            cell->column_span = right - column;
            for (int i = row; i < down; i++)
                for (int k = column; k < right; k++)
                    owner[i * columns + k] = (int)cells->count;
        }
}

static int place_in(const double *places, int count, double at)
{
    for (int i = 0; i < count; i++)
        if (at >= places[i] && at < places[i + 1])
            return i;
    return -1;
}

/* Moves the words of the grid out of `words`, into a list for each cell. */
static size_t sort_words(struct pdf *p, const struct grid *grid, const int *owner, struct pdf_words *words,
                         struct pdf_words *of_cell)
{
    size_t kept = 0;
    size_t moved = 0;
    for (size_t i = 0; i < words->count; i++) {
        struct pdf_word *word = words->items[i];
        int row = place_in(grid->rows, grid->row_count, (word->box.y0 + word->box.y1) / 2);
        int column = place_in(grid->columns, grid->column_count, (word->box.x0 + word->box.x1) / 2);
        if (row < 0 || column < 0) {
            words->items[kept++] = word;
            continue;
        }
        struct pdf_words *list = &of_cell[owner[row * grid->column_count + column] - 1];
        if (list->items == NULL)
            list->items = arena_array(p->arena, words->count - i, sizeof *list->items);
        list->items[list->count++] = word;
        moved++;
    }
    words->count = kept;
    return moved;
}

static void fill_cells(struct pdf *p, const struct grid *grid, struct cell_list *cells, const struct pdf_words *of_cell)
{
    for (size_t i = 0; i < cells->count; i++) {
        struct cell_box *cell = &cells->items[i];
        double left = grid->columns[cell->column];
        double right = grid->columns[cell->column + cell->column_span];
        double top = grid->rows[cell->row];
        cell->place = (struct place){ .page = p->page, .x = left, .y = top, .width = right - left,
                                      .height = grid->rows[cell->row + cell->row_span] - top };
        struct pdf_rows rows = pdf_group_rows(p, &of_cell[i]);
        pdf_cell_blocks(p, &rows, left, right, &cell->blocks, &cell->block_count);
    }
}

static struct pdf_table *make_table(struct pdf *p, const struct group *g, struct pdf_words *words)
{
    struct grid *grid = arena_alloc(p->arena, sizeof *grid);
    if (!make_grid(p, g, grid))
        return NULL;
    size_t places = (size_t)grid->row_count * (size_t)grid->column_count;
    p->cells += places;
    if (p->cells > DOC_MOST_CELLS) {
        p->too_large = true;
        return NULL;
    }
    int *owner = arena_array(p->arena, places, sizeof *owner);
    struct cell_list cells = { .arena = p->arena };
    make_cells(g, grid, &cells, owner);
    struct pdf_words *of_cell = arena_array(p->arena, cells.count, sizeof *of_cell);
    if (cells.count < 2 || sort_words(p, grid, owner, words, of_cell) == 0)
        return NULL; /* a frame, or a drawing */
    fill_cells(p, grid, &cells, of_cell);
    struct pdf_table *table = arena_alloc(p->arena, sizeof *table);
    table->capacity = cells.capacity;
    table->columns = grid->columns;
    table->column_count = grid->column_count;
    table->box = (struct pdf_box){ grid->columns[0], grid->rows[0], grid->columns[grid->column_count], grid->rows[grid->row_count] };
    table->block = (struct block){ .kind = BLOCK_TABLE, .borders = true,
                                   .place = { .page = p->page, .x = table->box.x0, .y = table->box.y0,
                                              .width = table->box.x1 - table->box.x0, .height = table->box.y1 - table->box.y0 } };
    table_finish(&table->block, &cells);
    table->block.widths = arena_array(p->arena, (size_t)grid->column_count, sizeof(double));
    for (int i = 0; i < grid->column_count; i++)
        table->block.widths[i] = grid->columns[i + 1] - grid->columns[i];
    return table;
}

size_t pdf_page_tables(struct pdf *p, const struct pdf_lines *lines, struct pdf_words *words, struct pdf_table ***tables)
{
    size_t *parent = connect(p, lines);
    size_t all = lines->lying_count + lines->standing_count;
    size_t count = 0;
    size_t capacity = 0;
    for (size_t i = 0; i < all; i++) {
        if (root(parent, i) != i)
            continue;
        struct group g = gather(p, lines, parent, i);
        if (g.lying_count < 2 || g.standing_count < 2)
            continue;
        struct pdf_table *table = make_table(p, &g, words);
        if (table == NULL)
            continue;
        *tables = arena_grow(p->arena, *tables, sizeof **tables, &capacity, count + 1);
        (*tables)[count++] = table;
    }
    return count;
}

/* ---- over the page's end ---- */

static struct cell_box *covering(const struct block *table, int row, int column)
{
    for (size_t i = 0; i < table->cell_count; i++) {
        struct cell_box *cell = &table->cells[i];
        if (row >= cell->row && row < cell->row + cell->row_span && column >= cell->column &&
            column < cell->column + cell->column_span)
            return cell;
    }
    return NULL;
}

static bool same_text(const struct cell_box *a, const struct cell_box *b)
{
    if (a->row != b->row || a->column != b->column || a->block_count != b->block_count)
        return false;
    for (size_t i = 0; i < a->block_count; i++)
        if (strcmp(a->blocks[i].text, b->blocks[i].text) != 0)
            return false;
    return true;
}

/* How many rows at the top of `next` repeat the head of `table`. */
static int repeated_head(const struct block *table, const struct block *next)
{
    int head = 1;
    for (size_t i = 0; i < table->cell_count && table->cells[i].row == 0; i++)
        if (table->cells[i].row_span > head)
            head = table->cells[i].row_span;
    if (next->rows < head)
        return 0;
    size_t filled = 0;
    for (size_t i = 0; i < table->cell_count && table->cells[i].row < head; i++) {
        if (i >= next->cell_count || !same_text(&table->cells[i], &next->cells[i]))
            return 0;
        filled += table->cells[i].block_count;
    }
    return filled == 0 ? 0 : head;
}

static void append(struct pdf *p, struct cell_box *to, const struct cell_box *from)
{
    struct block_list list = { .arena = p->arena };
    for (size_t i = 0; i < to->block_count; i++)
        *block_add(&list, BLOCK_PARAGRAPH) = to->blocks[i];
    for (size_t i = 0; i < from->block_count; i++) {
        const struct block *next = &from->blocks[i];
        struct block *last = list.count == 0 ? NULL : &list.items[list.count - 1];
        if (i == 0 && last != NULL && strchr(".;", text_last_sign(last->text)) == NULL && pdf_goes_on(last->text, next->text, false))
            pdf_join_text(p, last, next);
        else
            *block_add(&list, BLOCK_PARAGRAPH) = *next;
    }
    to->blocks = list.items;
    to->block_count = list.count;
}

/* The first row of a page goes on the row above when its first cell is empty and others are not. */
static bool is_broken_row(const struct block *next, int row)
{
    const struct cell_box *first = covering(next, row, 0);
    if (first == NULL || first->block_count > 0)
        return false;
    for (size_t i = 0; i < next->cell_count; i++)
        if (next->cells[i].row == row && next->cells[i].block_count > 0)
            return true;
    return false;
}

bool pdf_table_join(struct pdf *p, struct pdf_table *table, const struct pdf_table *next)
{
    if (table->column_count != next->column_count)
        return false;
    for (int i = 0; i <= table->column_count; i++)
        if (fabs(table->columns[i] - next->columns[i]) > SAME_COLUMN)
            return false;
    struct block *b = &table->block;
    int head = repeated_head(b, &next->block);
    bool broken = is_broken_row(&next->block, head);
    int base = b->rows;
    struct cell_list cells = { .arena = p->arena, .items = b->cells, .count = b->cell_count, .capacity = table->capacity };
    for (size_t i = 0; i < b->cell_count && head > 0; i++)
        b->cells[i].header = b->cells[i].header || b->cells[i].row < head;
    for (size_t i = 0; i < next->block.cell_count; i++) {
        const struct cell_box *cell = &next->block.cells[i];
        if (cell->row < head)
            continue;
        struct cell_box *above = cell->row > head ? NULL : covering(b, base - 1, cell->column);
        bool merged = above != NULL && cell->block_count == 0 && (above->row_span > 1 || cell->row_span > 1) && above->row >= head;
        if (above != NULL && (broken || merged)) {
            append(p, above, cell);
            above->row_span += cell->row_span - (broken ? 1 : 0);
            continue;
        }
        struct cell_box *added = cell_add(&cells, 0, 0);
        *added = *cell;
        added->row = cell->row - head + base - (broken ? 1 : 0);
        b->cells = cells.items; /* may have moved */
    }
    table->capacity = cells.capacity;
    table_finish(b, &cells);
    return true;
}
