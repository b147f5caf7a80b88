/* The grid of a table: every place knows its cell and text. */
#include "plan_table.h"
#include "platform/base/text.h"
#include <string.h>

static const char *text_of(struct arena *a, const struct cell_box *cell)
{
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    for (size_t i = 0; i < cell->block_count; i++) {
        const struct block *block = &cell->blocks[i];
        if (text_blank(block->text))
            continue;
        bool marked = !text_blank(block->mark);
        buffer_printf(&b, "%s%s%s%s", b.length > 0 ? "\n" : "", marked ? block->mark : "", marked ? " " : "", block->text);
    }
    return text_trim(a, b.text);
}

static void place(struct plan_grid *g, const struct cell_box *cell, const char *text)
{
    for (int row = cell->row < 0 ? 0 : cell->row; row < cell->row + cell->row_span && row < g->rows; row++)
        for (int column = cell->column < 0 ? 0 : cell->column; column < cell->column + cell->column_span && column < g->columns; column++) {
            size_t at = (size_t)row * (size_t)g->columns + (size_t)column;
            if (g->cells[at] != NULL)
                continue;
            g->cells[at] = cell;
            g->texts[at] = text;
        }
}

struct plan_grid plan_grid_of(struct arena *a, const struct block *table)
{
    int columns = table->columns > TABLE_COLUMNS_MOST ? TABLE_COLUMNS_MOST : table->columns;
    struct plan_grid g = { .table = table, .rows = table->rows, .columns = columns };
    size_t size = (size_t)g.rows * (size_t)g.columns;
    g.cells = arena_array(a, size + 1, sizeof *g.cells);
    g.texts = arena_array(a, size + 1, sizeof *g.texts);
    for (size_t i = 0; i < size; i++)
        g.texts[i] = "";
    for (size_t k = 0; k < table->cell_count; k++) {
        const struct cell_box *cell = &table->cells[k];
        place(&g, cell, text_of(a, cell));
        g.merged = g.merged || (cell->row_span > 1 && cell->row + cell->row_span > 3);
    }
    return g;
}

const struct cell_box *plan_grid_cell(const struct plan_grid *g, int row, int column)
{
    bool inside = row >= 0 && column >= 0 && row < g->rows && column < g->columns;
    return inside ? g->cells[(size_t)row * (size_t)g->columns + (size_t)column] : NULL;
}

const char *plan_grid_text(const struct plan_grid *g, int row, int column)
{
    bool inside = row >= 0 && column >= 0 && row < g->rows && column < g->columns;
    return inside ? g->texts[(size_t)row * (size_t)g->columns + (size_t)column] : "";
}
