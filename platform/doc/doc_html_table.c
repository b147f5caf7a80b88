/* Tables of a web page: spans of rows and columns; tables that only place things are no tables. */
#include "platform/doc/doc_html.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { LONG_CELL = 3000, MOST_ROW_SPAN = 1000 };

struct rows {
    struct html *h;
    const struct html_look *look;
    struct cell_list cells;
    int row, column;
    int busy[DOC_MOST_COLUMNS]; /* rows that a cell from above still covers */
    int depth;
};

static int span_of(const xmlNode *node, const char *name, int most)
{
    const char *value = html_attribute(node, name);
    int span = value == NULL ? 1 : atoi(value);
    return span < 1 ? 1 : span > most ? most : span;
}

/* The blocks of a cell are gathered apart from those around the table. */
static void fill(struct rows *r, struct cell_box *cell, const xmlNode *node)
{
    struct html *h = r->h;
    struct block_list list = { .arena = h->arena };
    struct block_list *outer = h->out;
    struct html_look look = *r->look;
    look.bold = look.bold || html_is(node, "th");
    look.align = ALIGN_LEFT;
    int64_t from = h->paragraph + 1;
    h->out = &list;
    h->align = ALIGN_LEFT;
    html_walk(h, node->children, &look, r->depth + 1);
    html_flush(h);
    h->out = outer;
    cell->blocks = list.items;
    cell->block_count = list.count;
    cell->place = (struct place){ .from = from, .to = h->paragraph < from ? from : h->paragraph };
}

static void take_cell(struct rows *r, const xmlNode *node, bool header)
{
    while (r->column < DOC_MOST_COLUMNS && r->busy[r->column] > 0)
        r->column++;
    if (r->column >= DOC_MOST_COLUMNS || ++r->h->cells > DOC_MOST_CELLS) {
        r->h->too_large = true;
        return;
    }
    cell_add(&r->cells, r->row, r->column);
    struct cell_box cell = r->cells.items[r->cells.count - 1];
    cell.column_span = span_of(node, "colspan", DOC_MOST_COLUMNS - r->column);
    cell.row_span = span_of(node, "rowspan", MOST_ROW_SPAN);
    cell.header = header || html_is(node, "th");
    for (int i = 0; i < cell.column_span; i++)
        r->busy[r->column + i] = cell.row_span;
    r->column += cell.column_span;
    size_t index = r->cells.count - 1;
    fill(r, &cell, node);
    r->cells.items[index] = cell;
}

static void take_rows(struct rows *r, const xmlNode *node, bool header, int depth)
{
    for (; node != NULL && depth < HTML_DEEPEST && !r->h->too_large; node = node->next) {
        if (node->type != XML_ELEMENT_NODE || html_is_unseen(node) || html_is(node, "table"))
            continue;
        if (!html_is(node, "tr")) {
            take_rows(r, node->children, header || html_is(node, "thead"), depth + 1);
            continue;
        }
        r->column = 0;
        for (const xmlNode *cell = node->children; cell != NULL; cell = cell->next)
            if ((html_is(cell, "td") || html_is(cell, "th")) && !html_is_unseen(cell))
                take_cell(r, cell, header);
        for (int i = 0; i < DOC_MOST_COLUMNS; i++)
            r->busy[i] -= r->busy[i] > 0;
        r->row++;
    }
}

/* Cells may claim more rows than there are; columns in which nothing begins but that spans claim are none. */
static void cut_spans(struct rows *r)
{
    int ends = 0;
    for (size_t i = 0; i < r->cells.count; i++)
        ends = r->cells.items[i].column >= ends ? r->cells.items[i].column + 1 : ends;
    for (size_t i = 0; i < r->cells.count; i++) {
        struct cell_box *cell = &r->cells.items[i];
        if (cell->row + cell->row_span > r->row)
            cell->row_span = r->row - cell->row;
        if (cell->column + cell->column_span > ends)
            cell->column_span = ends - cell->column;
    }
}

static size_t letters_in(const xmlNode *node, int depth)
{
    size_t letters = 0;
    for (; node != NULL && depth < HTML_DEEPEST && letters <= LONG_CELL; node = node->next)
        letters += node->type == XML_TEXT_NODE && node->content != NULL && !text_blank((const char *)node->content)
                       ? strlen((const char *)node->content)
                       : node->type == XML_ELEMENT_NODE && !html_is_unseen(node) ? letters_in(node->children, depth + 1) : 0;
    return letters;
}

/* Old pages place everything by tables: one with a single column, or with a cell as long as a document, is no table. */
static bool only_places(const xmlNode *node, int *columns, int depth)
{
    for (; node != NULL && depth < HTML_DEEPEST; node = node->next) {
        if (node->type != XML_ELEMENT_NODE || html_is(node, "table"))
            continue;
        if (!html_is(node, "tr")) {
            if (only_places(node->children, columns, depth + 1))
                return true;
            continue;
        }
        int its = 0;
        for (const xmlNode *cell = node->children; cell != NULL; cell = cell->next) {
            if (!html_is(cell, "td") && !html_is(cell, "th"))
                continue;
            its++;
            if (letters_in(cell->children, depth + 1) > LONG_CELL)
                return true;
        }
        *columns = its > *columns ? its : *columns;
    }
    return false;
}

static void add_table(struct html *h, const xmlNode *table, const struct html_look *look, int depth)
{
    struct rows *r = arena_alloc(h->arena, sizeof *r);
    *r = (struct rows){ .h = h, .look = look, .cells = { .arena = h->arena }, .depth = depth };
    int64_t from = h->paragraph + 1;
    h->tables++;
    take_rows(r, table->children, false, depth + 1);
    h->tables--;
    bool words = h->paragraph >= from;
    if (h->too_large || !words)
        return;
    cut_spans(r);
    struct block *b = block_add(h->out, BLOCK_TABLE);
    const char *border = html_attribute(table, "border");
    b->borders = border != NULL && strcmp(border, "0") != 0;
    b->place = (struct place){ .from = from, .to = h->paragraph };
    table_finish(b, &r->cells);
    h->blocks++;
}

void html_table(struct html *h, const xmlNode *table, const struct html_look *look, int depth)
{
    int columns = 0;
    html_flush(h);
    bool flat = only_places(table->children, &columns, depth) || columns < 2 || h->tables >= DOC_DEEPEST;
    if (flat)
        html_walk(h, table->children, look, depth + 1);
    else
        add_table(h, table, look, depth);
    html_flush(h);
}
