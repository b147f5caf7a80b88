/* What the two writers share: the page, table widths, pictures, footnotes. Not for modules. */
#pragma once
#include "platform/doc/doc.h"

struct sheet_size {
    double width, height, top, bottom, left, right; /* points */
};

enum { DOC_DEFAULT_SIZE = 14, DOC_PAGE_NUMBER_SIZE = 13 }; /* points; NĐ 30/2020, Phụ lục I: page number 13-14 */

/* Distance between a cell's edge and its text, points; tables without borders have none. */
#define DOC_CELL_PADDING 5.4

/* The document's page, with A4 portrait and the margins of NĐ 30/2020 (20, 20, 30, 15 mm) where it says nothing. */
struct sheet_size doc_sheet(const struct document *doc);

/* Column widths in points that add up to at most `room`; arena array of table->columns. */
double *doc_widths(struct arena *a, const struct block *table, double room);
/* Width in points of columns column .. column + span - 1. */
double doc_span_width(const struct block *table, const double *widths, int column, int span);

/* The cell whose top left corner or whose merged area is at row, column; NULL: none. */
const struct cell_box *doc_cell_at(const struct block *table, int row, int column);
/* True when the row repeats on each page: it and all rows above hold header cells only. */
bool doc_header_row(const struct block *table, int row);

/* Size of a picture in points, at most max_width wide: the block's box, else its pixels at 96 dpi. False: neither a PNG nor a JPEG. */
bool doc_picture_size(const struct block *image, double max_width, double *width, double *height);
/* Size in pixels of a PNG or JPEG; false for anything else. */
bool doc_picture_pixels(const void *bytes, size_t size, int *width, int *height, bool *jpeg);

/* Footnotes of the body in order. */
struct footnotes {
    const struct block **list;
    size_t count;
    bool *referred; /* a superscript part of the text is its number */
};
void doc_footnotes(struct arena *a, const struct document *doc, struct footnotes *notes);
/* The footnote a superscript part refers to; -1: none. */
int doc_footnote_of(const struct footnotes *notes, const char *text, size_t length);

/* ---- the parts of a DOCX that are the same in each file ---- */
struct docx_part {
    const char *name;
    const char *text;
};
extern const struct docx_part docx_fixed_parts[]; /* ends with { 0 } */

/* A zip file in memory whose bytes depend on the contents alone. */
struct package;
struct package *package_new(struct ctx *c);
/* bytes are borrowed until package_end. */
void package_add(struct package *p, const char *name, const void *bytes, size_t size);
enum err package_end(struct package *p, const void **bytes, size_t *size);
