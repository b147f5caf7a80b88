/* The tables of a Word file: spans, cells merged downwards, header rows, tables in cells. */
#include "platform/doc/doc_docx.h"
#include <string.h>

enum { NOBODY = -1 };

struct grid {
    struct docx *d;
    struct cell_list cells;
    int row;
    long owner[DOC_MOST_COLUMNS]; /* index of the cell above that may grow down into this column */
    int depth;
};

static bool says(const xmlNode *node, const char *word)
{
    const char *value = word_attribute(node, "val");
    return value != NULL && strcmp(value, word) == 0;
}

/* A cell that only carries a merged one on. True: nothing of its own. */
static bool continues(struct grid *g, const xmlNode *properties, int column, int span)
{
    const xmlNode *down = word_child(properties, "vMerge");
    if (down == NULL || says(down, "restart") || g->owner[column] == NOBODY)
        return false;
    struct cell_box *above = &g->cells.items[g->owner[column]];
    if (above->column != column || above->row + above->row_span != g->row || above->column_span != span)
        return false;
    above->row_span++;
    return true;
}

/* The older way to merge sideways: w:hMerge. */
static bool joins_left(struct grid *g, const xmlNode *properties, int column)
{
    const xmlNode *across = word_child(properties, "hMerge");
    if (across == NULL || says(across, "restart") || g->cells.count == 0)
        return false;
    struct cell_box *left = &g->cells.items[g->cells.count - 1];
    if (left->row != g->row || left->column + left->column_span != column)
        return false;
    left->column_span++;
    return true;
}

static int read_cell(struct grid *g, const xmlNode *node, int column, bool header)
{
    const xmlNode *properties = word_child(node, "tcPr");
    int span = word_int(word_value(properties, "gridSpan"), 1);
    span = span < 1 ? 1 : span;
    if (column >= DOC_MOST_COLUMNS || span > DOC_MOST_COLUMNS - column || ++g->d->cells > DOC_MOST_CELLS) {
        g->d->too_large = true;
        return column;
    }
    if (continues(g, properties, column, span) || joins_left(g, properties, column))
        return column + span;
    struct cell_box *cell = cell_add(&g->cells, g->row, column);
    size_t index = g->cells.count - 1;
    cell->column_span = span;
    cell->header = header;
    struct place place = { .page = g->d->page, .from = g->d->paragraph + 1 };
    struct block_list blocks = { .arena = g->d->arena };
    word_read_blocks(g->d, node, g->depth + 1, &blocks);
    place.to = g->d->paragraph;
    cell->place = place;
    if (blocks.count > 0)
        cell->place.page = blocks.items[0].place.page;
    cell->blocks = blocks.items;
    cell->block_count = blocks.count;
    for (int i = 0; i < span; i++)
        g->owner[column + i] = (long)index;
    return column + span;
}

static int read_cells(struct grid *g, const xmlNode *parent, int column, bool header)
{
    for (const xmlNode *node = parent == NULL ? NULL : parent->children; node != NULL && !g->d->too_large; node = node->next) {
        if (word_is(node, "tc"))
            column = read_cell(g, node, column, header);
        else if (word_is(node, "sdt"))
            column = read_cells(g, word_child(node, "sdtContent"), column, header);
        else if (word_is(node, "ins") || word_is(node, "customXml"))
            column = read_cells(g, node, column, header);
    }
    return column;
}

static void read_row(struct grid *g, const xmlNode *node)
{
    const xmlNode *properties = word_child(node, "trPr");
    if (word_child(properties, "del") != NULL)
        return; /* a tracked deletion of the row */
    int skipped = word_int(word_value(properties, "gridBefore"), 0);
    skipped = skipped < 0 || skipped >= DOC_MOST_COLUMNS ? 0 : skipped;
    int end = read_cells(g, node, skipped, word_flag(properties, "tblHeader", false));
    for (int i = 0; i < DOC_MOST_COLUMNS; i++)
        if (i < skipped || i >= end)
            g->owner[i] = NOBODY;
    g->row++;
}

static void read_rows(struct grid *g, const xmlNode *parent)
{
    for (const xmlNode *node = parent == NULL ? NULL : parent->children; node != NULL && !g->d->too_large; node = node->next) {
        if (word_is(node, "tr"))
            read_row(g, node);
        else if (word_is(node, "sdt"))
            read_rows(g, word_child(node, "sdtContent"));
        else if (word_is(node, "ins") || word_is(node, "customXml"))
            read_rows(g, node);
    }
}

static void take_widths(struct docx *d, const xmlNode *table, struct block *b)
{
    const xmlNode *grid = word_child(table, "tblGrid");
    int count = 0;
    double *widths = arena_array(d->arena, (size_t)b->columns, sizeof *widths);
    for (const xmlNode *node = grid == NULL ? NULL : grid->children; node != NULL && count < b->columns; node = node->next)
        if (word_is(node, "gridCol"))
            widths[count++] = word_points(word_attribute(node, "w"), 0);
    b->widths = count == b->columns ? widths : NULL;
}

void word_read_table(struct docx *d, const xmlNode *table, int depth, struct block_list *out)
{
    struct grid g = { .d = d, .cells = { .arena = d->arena }, .depth = depth };
    for (int i = 0; i < DOC_MOST_COLUMNS; i++)
        g.owner[i] = NOBODY;
    struct place place = { .page = d->page, .from = d->paragraph + 1 };
    read_rows(&g, table);
    if (g.cells.count == 0 || d->too_large)
        return;
    place.to = d->paragraph;
    place.page = g.cells.items[0].place.page;
    struct block *b = block_add(out, BLOCK_TABLE);
    b->place = place;
    b->borders = word_table_borders(d, word_child(table, "tblPr"));
    table_finish(b, &g.cells);
    take_widths(d, table, b);
    d->blocks++;
}
