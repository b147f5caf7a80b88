/* Tables of bars while they are found. Private to doc_text_bars*.c. */
#pragma once
#include "platform/doc/doc_text.h"

/* A part of a line between bars. */
struct piece {
    const char *raw;
    size_t length;
    size_t line;
};
struct cell {
    size_t first, count; /* pieces */
    bool row_start;      /* a bar that opens a row stood before it */
};

struct bars {
    struct text_source *s;
    struct arena *a;
    struct piece *pieces;
    size_t piece_count, piece_capacity;
    struct cell *cells;
    size_t cell_count, cell_capacity;
    size_t width; /* of the widest piece, in characters */
    bool row_lines; /* each line is a row: what is missing at its end was merged, and the next line is another row */
};

struct row {
    size_t first, count; /* cells */
};
struct rows {
    struct row *items;
    size_t count, capacity;
};

/* Without blanks at both ends. */
void bars_trim(const char **raw, size_t *length);
/* The words of a line without marks. */
char *bars_text(const struct bars *b, const struct text_line *line);
/* "STT", "TT": the first cell of the head of a list. */
bool bars_is_first_head(const struct bars *b, const char *text);

void bars_add_piece(struct bars *b, const char *raw, size_t length, size_t line);
/* Ends the cell whose pieces began at `first`. */
void bars_add_cell(struct bars *b, size_t first, bool row_start);
char *bars_cell_text(const struct bars *b, const struct cell *cell); /* its first piece, as in the source */

void bars_add_row(struct bars *b, struct rows *rows, size_t first, size_t count);
/* Rows that bars open. Two bars may also be an empty cell: then what follows begins with no number. */
struct rows bars_opened_rows(struct bars *b);
/* Rows without opening bars: by the numbers in their first cells; without such, two columns as heads and feet have. */
struct rows bars_counted_rows(struct bars *b);
/* Puts the table on the first of its lines, [from, to). */
void bars_make_table(struct bars *b, const struct rows *rows, size_t from, size_t to, bool header);
