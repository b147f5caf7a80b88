/* The parts of the reader of spreadsheets (.xlsx). Private to doc_xlsx*.c. */
#pragma once
#include "platform/doc/doc_zip.h"

/* How cells of one style look, and how their numbers are shown. */
struct xlsx_style {
    const char *code; /* of the number format; "General" */
    bool bold, italic, borders, center;
};

struct xlsx_sheet {
    const char *path;
    bool hidden;
    int64_t head_from, head_to; /* rows that repeat on each printed page; 0: none */
};

struct xlsx_cell {
    int64_t row;   /* as the spreadsheet numbers it, from 1 */
    int column;    /* from 0 */
    const char *text;
    const struct xlsx_style *style;
};

/* A row with something in it. */
struct xlsx_row {
    int64_t number;
    size_t first, count; /* of its cells */
    int bordered;        /* its cells with borders, empty ones too */
    bool hidden;
};

struct xlsx_merge {
    int64_t top, bottom;
    int left, right;
};

struct xlsx {
    struct ctx *c;
    struct arena *arena;
    struct office_zip zip;
    bool since_1904;
    struct xlsx_sheet *sheets;
    size_t sheet_count, sheet_capacity;
    const char **strings;
    size_t string_count, string_capacity;
    struct xlsx_style *styles;
    size_t style_count;
    size_t cells, text; /* so far, against bombs */
    bool too_large, broken;
    int sheet; /* being read, from 1; hidden and empty ones are not counted */
    int64_t rows_before; /* of the sheets before it: places run on */
};

/* What a sheet holds. */
struct xlsx_grid {
    struct xlsx_cell *cells;
    size_t cell_count, cell_capacity;
    struct xlsx_row *rows;
    size_t row_count, row_capacity;
    struct xlsx_merge *merges; /* in order of top and left */
    size_t merge_count, merge_capacity;
    bool filtered; /* hidden rows only do not answer a filter */
    bool hidden_columns[DOC_MOST_COLUMNS];
};

void xlsx_read_styles(struct xlsx *x, const char *part);
/* What a number looks like in its cell. */
char *xlsx_show_number(struct xlsx *x, double number, const struct xlsx_style *style);
/* The text of an element with <t> in it (a shared or inline string), up to its end; without phonetic hints. */
char *xlsx_string(struct xlsx *x, struct office_part *part, const char *element);
void xlsx_read_sheet(struct xlsx *x, const struct xlsx_sheet *sheet, struct xlsx_grid *grid);
/* Tables and paragraphs of what was read. */
void xlsx_make_blocks(struct xlsx *x, const struct xlsx_sheet *sheet, struct xlsx_grid *grid, struct block_list *blocks);
