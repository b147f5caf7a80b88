/* The parts of the PDF reader. Private to doc_pdf*.c. Lengths in points from the top left corner. */
#pragma once
#include "platform/doc/doc_model.h"
#include <poppler.h>

struct pdf_char {
    int32_t rune;
    double size, bottom;
    bool bold, italic;
};

struct pdf_box {
    double x0, y0, x1, y1;
};

struct pdf_word {
    struct pdf_box box;
    double size;
    struct pdf_char *chars;
    size_t count;
};

/* Words that stand side by side, from left to right. */
struct pdf_row {
    struct pdf_box box;
    double size; /* of most of its characters */
    int page;
    struct pdf_word **words;
    size_t count;
};

struct pdf_rows {
    struct pdf_row *items;
    size_t count;
};

/* A drawn line: lying (y0 = y1) or standing (x0 = x1). */
struct pdf_lines {
    struct pdf_box *lying, *standing;
    size_t lying_count, standing_count, lying_capacity, standing_capacity;
};

struct pdf_words {
    struct pdf_word **items;
    size_t count;
};

/* A ruled table of one page: places of its lines, and its cells. */
struct pdf_table {
    struct pdf_box box;
    double *columns; /* column_count + 1 places */
    int column_count;
    size_t capacity; /* of block.cells */
    struct block block;
};

/* What stands on the pages, in order of reading. */
enum pdf_item_kind { ITEM_ROW, ITEM_TABLE, ITEM_COLUMNS, ITEM_NOTE };
struct pdf_item {
    enum pdf_item_kind kind;
    struct pdf_row row;      /* ITEM_ROW, ITEM_NOTE */
    char *text;              /* of the row */
    int note;                /* number of the footnote that begins with this row; 0: it goes on */
    struct pdf_table *table; /* ITEM_TABLE */
    struct block block;      /* ITEM_COLUMNS: a table without borders */
    bool page_first;         /* the first of its page */
    double left, right, indent; /* of the text on its page */
};

struct pdf {
    struct ctx *c;
    struct arena *arena;
    int page, pages;
    double width, height; /* of the page */
    double left, right;   /* of the text on this page, or the page before when this one has too little */
    double margins_of;    /* width of the page that left and right were found on */
    double indent;        /* usual one of first lines; 0 unknown */
    bool notes[100];      /* numbers of the footnotes of this page */
    struct pdf_item *items;
    size_t count, capacity;
    size_t text, cells, words;
    bool too_large;
};

/* ---- words ---- */
struct pdf_words pdf_page_words(struct pdf *p, PopplerPage *page);
struct pdf_rows pdf_group_rows(struct pdf *p, const struct pdf_words *words);
/* Raised digits that are no footnote's number stay. */
char *pdf_row_text(struct pdf *p, const struct pdf_row *row);
bool pdf_row_bold(const struct pdf_row *row);
bool pdf_row_italic(const struct pdf_row *row);
double pdf_first_word(const struct pdf_row *row); /* its width */

/* ---- drawn lines and tables ---- */
struct pdf_lines pdf_page_lines(struct pdf *p, PopplerPage *page);
/* Takes the words that stand in ruled tables out of `words`. */
size_t pdf_page_tables(struct pdf *p, const struct pdf_lines *lines, struct pdf_words *words, struct pdf_table ***tables);
/* Puts a table that goes on on the next page to the one before. False: they are two. */
bool pdf_table_join(struct pdf *p, struct pdf_table *table, const struct pdf_table *next);

/* ---- paragraphs ---- */
/* The rows of a narrow place (a cell, a column of the head) as paragraphs. */
void pdf_cell_blocks(struct pdf *p, const struct pdf_rows *rows, double left, double right, struct block **blocks,
                     size_t *count);
/* Rows, columns and footnotes of a page, and its tables, become items. */
void pdf_page_items(struct pdf *p, const struct pdf_rows *rows, const struct pdf_lines *lines, struct pdf_table **tables,
                    size_t table_count);
/* All items become blocks. */
void pdf_join_items(struct pdf *p, struct block_list *blocks);
/* Does the text of a paragraph go on after a line that ends so, with a line that begins so? fits: the first word of
 * the next line would have had room. */
bool pdf_goes_on(const char *before, const char *next, bool fits);
