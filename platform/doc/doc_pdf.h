/* From words and drawn lines with their places on fixed pages to the blocks of the model: for PDF and for recognised
 * pictures. Private to platform/doc. Lengths in points from the top left corner. */
#pragma once
#include "platform/doc/doc_model.h"

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
    double sure; /* as of struct block */
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
    bool loose;           /* places are only near: letters of a text on a grid */
};

/* ---- words ---- */
struct pdf_rows pdf_group_rows(struct pdf *p, const struct pdf_words *words);
/* Raised digits that are no footnote's number stay. */
char *pdf_row_text(struct pdf *p, const struct pdf_row *row);
bool pdf_row_bold(const struct pdf_row *row);
bool pdf_row_italic(const struct pdf_row *row);
/* Are its words recognised ones? */
bool pdf_row_guessed(const struct pdf_row *row);
double pdf_first_word(const struct pdf_row *row); /* its width */

/* ---- drawn lines and tables ---- */
struct pdf_raster {
    unsigned char *rows;    /* a byte a pixel, 1 dark */
    unsigned char *columns; /* the same, column after column: both are searched along memory */
    int width, height;
    double scale; /* pixels a point */
};
/* False: no memory. The caller fills rows; pdf_raster_lines frees it. */
bool pdf_raster_new(struct pdf_raster *r, int width, int height, double scale);
struct pdf_lines pdf_raster_lines(struct pdf *p, struct pdf_raster *r);
/* Takes the words that stand in ruled tables out of `words`. */
size_t pdf_page_tables(struct pdf *p, const struct pdf_lines *lines, struct pdf_words *words, struct pdf_table ***tables);
/* The head of a document whose two columns have lines at different heights: takes its words out of `words`. NULL: none,
 * or its rows show the columns by themselves. */
struct pdf_table *pdf_head_table(struct pdf *p, struct pdf_words *words);
/* A list without drawn lines whose head begins with "TT" or "STT": takes its words out of `words`. NULL: none. */
struct pdf_table *pdf_open_table(struct pdf *p, struct pdf_words *words);
/* Puts a table that goes on on the next page to the one before. False: they are two. */
bool pdf_table_join(struct pdf *p, struct pdf_table *table, const struct pdf_table *next);

/* ---- paragraphs ---- */
/* The rows of a narrow place (a cell, a column of the head) as paragraphs. */
void pdf_cell_blocks(struct pdf *p, const struct pdf_rows *rows, double left, double right, struct block **blocks,
                     size_t *count);
/* Rows, columns and footnotes of a page, and its tables, become items. */
void pdf_page_items(struct pdf *p, const struct pdf_rows *rows, const struct pdf_lines *lines, struct pdf_table **tables,
                    size_t table_count);
/* Adds the text of a paragraph to that of another, with a blank between them. */
void pdf_join_text(struct pdf *p, struct block *to, const struct block *from);
/* All items become blocks. */
void pdf_join_items(struct pdf *p, struct block_list *blocks);
/* Does the text of a paragraph go on after a line that ends so, with a line that begins so? fits: the first word of
 * the next line would have had room. */
bool pdf_goes_on(const char *before, const char *next, bool fits);

/* ---- the whole ---- */
/* Tables, columns, rows and footnotes of p->page, of p->width and p->height. */
void pdf_take_page(struct pdf *p, struct pdf_words *words, const struct pdf_lines *lines);
/* The blocks of all pages taken, numbered. INVALID: more than the bounds. */
enum err pdf_finish(struct pdf *p, struct document *doc);
/* Words and lines as they pass between programs, and back. */
void pdf_keep_page(struct arena *a, const struct pdf_words *words, const struct pdf_lines *lines, struct doc_page *page);
void pdf_kept_page(struct pdf *p, const struct doc_page *page, struct pdf_words *words, struct pdf_lines *lines);
