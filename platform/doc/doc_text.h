/* The stages of the text reader: lines, tables, footnotes, joining. Private to doc_text*.c. */
#pragma once
#include "platform/doc/doc_model.h"

enum line_kind { LINE_BODY, LINE_TABLE, LINE_NOTE, LINE_DROPPED };

/* A line that is not blank. */
struct text_line {
    enum line_kind kind;
    const char *raw;    /* as in the source, without the line end; in struct text_source's memory */
    size_t raw_length;
    char *text;         /* without marks of Markdown and HTML, trimmed */
    size_t length;      /* of text, in characters */
    int64_t number;     /* from 1 */
    int page;           /* from 1; 0: the source has no pages */
    int gap;            /* blank lines before it */
    bool rule;          /* a line of underscores or a long blank stood before it */
    bool page_start;    /* first of a page: form feed, or a single blank as PDF readers leave */
    bool bold, italic;  /* all of it */
    int heading;        /* number of Markdown's # */
    int note;           /* LINE_NOTE: number of the footnote */
    struct block *table; /* on the first line of a table */
};

struct text_source {
    struct ctx *c;
    struct text_line *lines;
    size_t count, capacity;
    int pages;
    size_t cells; /* of all tables */
    bool too_large;
};

enum text_width { TEXT_BYTES, TEXT_UTF16_LITTLE, TEXT_UTF16_BIG };
/* How many bytes a letter has, by the byte order mark or by where the NULs are. */
enum text_width text_width(const char *bytes, size_t size);

/* UTF-8, UTF-16 with BOM, or an old Vietnamese encoding that its words tell, to NFC text with plain blanks and "\n"; NULL after a failure. */
char *text_decode(struct ctx *c, const char *bytes, size_t size);

/* Emphasis that began in a line and ends in a later one. */
struct emphasis {
    bool bold, italic;
};
/* Fills text, length, bold, italic, heading. after: the source from the line's end on, to look for a closing mark. */
void text_unmark(struct arena *a, struct emphasis *e, struct text_line *line);

/* Finds tables (tabs, bars, HTML) and turns their lines into LINE_TABLE. */
void text_find_tables(struct text_source *s);
/* A table of bars that begins at this line, or with a cell that this line closes; returns the line behind it, or `at`. */
size_t text_find_bars(struct text_source *s, size_t at);
/* The same for a list whose columns are kept apart by blanks, and for the two columns of a document's head. */
size_t text_find_spaced_list(struct text_source *s, size_t at);
size_t text_find_spaced_head(struct text_source *s, size_t at);
/* In a cell whose lines are wrapped at `width` characters: does the line go on with what the one before (of
 * before_length characters; `before` is the whole paragraph so far) began? */
bool text_cell_goes_on(const char *before, size_t before_length, const char *line, size_t width);

/* Finds footnotes, link lists and page numbers between the lines of a sentence. */
void text_find_notes(struct text_source *s);

/* Joins the lines into blocks. */
void text_join(struct text_source *s, struct block_list *blocks);
