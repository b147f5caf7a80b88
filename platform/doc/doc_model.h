/* What the readers share when they build a model; private to platform/doc. */
#pragma once
#include "platform/base/text.h"
#include "platform/doc/doc.h"

/* Bounds that keep a hostile file from filling the arena (which would end the process). */
enum {
    DOC_MOST_BYTES = 64 * 1024 * 1024, /* of a file */
    DOC_MOST_TEXT = 8 * 1024 * 1024,   /* of all its text */
    DOC_MOST_BLOCKS = 30000,
    DOC_MOST_CELLS = 30000,            /* of all tables together */
    DOC_MOST_COLUMNS = 200,
    DOC_MOST_PAGES = 300,              /* of a PDF or a scan */
    DOC_MOST_LINES = 3000,             /* drawn on a page */
    DOC_DEEPEST = 8,                   /* tables in tables */
};

/* How sauro-reader and sauro-scan end. READER_NO_DATA: what recognises Vietnamese is not installed. */
enum { READER_GOOD = 0, READER_REFUSED = 2, READER_NO_SANDBOX = 3, READER_NO_DATA = 4 };
/* Refused, but of kind N of those that LibreOffice can turn into one that is read here: READER_OFFICE + N. */
enum { READER_OFFICE = 64 };

/* Which of those kinds a file is, from 0; -1: none. */
int doc_office_kind(const void *bytes, size_t size);
/* Its name and what it is turned into: "doc", "docx". False: no such kind. */
bool doc_office_names(int kind, const char **from, const char **to);

struct block_list {
    struct arena *arena;
    struct block *items;
    size_t count, capacity;
};

struct cell_list {
    struct arena *arena;
    struct cell_box *items;
    size_t count, capacity;
};

/* The new block is zeroed; the pointer holds until the next one is added. */
struct block *block_add(struct block_list *list, enum block_kind kind);
struct cell_box *cell_add(struct cell_list *list, int row, int column);

/* Sorts the cells by row and column and puts them, and the counts, into the table. */
void table_finish(struct block *table, struct cell_list *cells);

/* All letters are capitals, and there are at least two of them. */
bool text_is_capitals(const char *text);

/* NFC, runs of blanks squeezed, no blanks at line ends; "\n" stays. */
char *text_clean(struct arena *a, const char *text);

/* Length in bytes of the number or bullet a line begins with ("1.", "2.3.", "a)", "(1)", "IV.", "-"), blanks
 * after it not counted; 0: none. */
size_t mark_length(const char *text);
bool mark_is_bullet(const char *text);

/* Text that was written before Unicode (TCVN3, VNI, windows-1258) and taken for Western letters becomes Vietnamese. */
void doc_from_legacy(struct ctx *c, struct document *doc);

/* A line that can only go on what stood before: it begins with a small letter, a digit or a closing sign. Look for a
 * mark first. */
bool text_goes_on(const char *text);
/* The last sign inside closing quotes; "…" counts as a full stop. */
char text_last_sign(const char *text);

/* Do the words that open every official document stand in one of the blocks? */
bool doc_has_motto(struct arena *a, const struct block *blocks, size_t count);
/* A line of a menu or a button of a web page; key: of text_key. */
bool doc_is_control(const char *key);
/* Does the text begin as the table does in which a law site describes a document: "Số hiệu", "Ngày ban hành"? key: of text_key. */
bool doc_tells_about(const char *key);
/* Drops what stands around the document in a web page and in what was copied from one: menus before its head, buttons and
 * lists of other documents behind its end. Nothing is dropped without a sign of such a page. */
void doc_trim_around(struct arena *a, struct block_list *blocks);

/* What a refusal says; the same wording in every reader. */
extern const char doc_says_no_page[], doc_says_no_picture[], doc_says_stopped[], doc_says_no_scan[];
extern const char doc_says_empty[], doc_says_broken[], doc_says_locked[], doc_says_huge[], doc_says_images[],
    doc_says_not_unicode[];
