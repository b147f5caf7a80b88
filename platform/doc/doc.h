/* The document model: what a reader found in a file, and what a writer makes a file from. */
#pragma once
#include "platform/base/ctx.h"

enum block_kind { BLOCK_PARAGRAPH, BLOCK_TABLE, BLOCK_IMAGE, BLOCK_FOOTNOTE, BLOCK_PAGE_BREAK };
enum align { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT, ALIGN_JUSTIFY };

/* Where it stood. Page from 1 (0: the format has none). Boxes in points from the top left corner; 0: unknown.
 * from, to: first and last source line (text formats) or paragraph number in order of the body (others), from 1. */
struct place {
    int page;
    double x, y, width, height;
    int64_t from, to; /* of a spreadsheet: rows, running on over its sheets; page is then the sheet */
    int file;         /* of several joined ones, from 1; 0: there is but one */
};

/* A part of a text with one look; parts cover the text without gaps, in order. */
struct run {
    size_t length; /* bytes */
    bool bold, italic, underline, superscript;
    double size;   /* points; 0: the block's */
    double sure;   /* as of struct block */
};

struct cell_box {
    int row, column;         /* of its top left corner, from 0 */
    int row_span, column_span; /* at least 1 */
    bool header;             /* in a row that repeats on each page */
    struct block *blocks;
    size_t block_count;
    struct place place;
};

struct block {
    enum block_kind kind;
    struct place place;
    /* paragraph, footnote */
    const char *text;  /* NFC; "\n" is a line break, "\t" a tab stop inside the paragraph; NULL for tables and images */
    const char *mark;  /* number or bullet that the format computes, as it would print: "1.", "a)", "-"; NULL when none or typed in text */
    int level;         /* of the list, from 0; heading level - 1 when `heading` */
    bool heading;      /* marked as a heading by its style */
    enum align align;
    bool bold, italic, upper; /* of the whole paragraph */
    double size;       /* points; 0 unknown */
    double indent, first_indent; /* points */
    double before, after, line;  /* points; line: multiple of single spacing, 0: 1 */
    double rule;       /* writers: width in points of a line drawn centred below; 0: none */
    bool keep_next;    /* stays on the page of the next block */
    struct run *runs;  /* may be NULL: the whole text looks as the block says */
    size_t run_count;
    const char *note;  /* footnote: its number as printed */
    double sure;       /* how sure the recogniser of a picture was of the text, up to 1; 0: text as it was typed */
    /* table */
    int rows, columns;
    struct cell_box *cells; /* in order of row, column */
    size_t cell_count;
    double *widths;    /* columns, points; NULL unknown */
    bool borders;
    /* image */
    const char *image_type; /* image/png, image/jpeg */
    const void *image;
    size_t image_size;
};

/* A word as it stands on a page; points from the top left corner of the page. */
struct doc_word {
    double x, y, width, height;
    double size;         /* of the letters */
    bool bold, italic;
    double sure;         /* as of struct block */
    const char *text;
};

/* A drawn line: lying (y0 = y1) or standing (x0 = x1). */
struct doc_line {
    double x0, y0, x1, y1;
};

struct doc_page {
    int number;           /* from 1 */
    double width, height; /* points; 0: unknown */
    bool picture;         /* its words are in a picture that was not recognised yet */
    /* Only of a document that has pictures of pages: what doc_with_pages makes the whole from. */
    struct doc_word *words;
    size_t word_count;
    struct doc_line *lines;
    size_t line_count;
};

/* One of several files that were joined to one document. */
struct doc_file {
    const char *name;      /* for people */
    int pages_before;      /* pages of the files before it: its own page 1 is pages_before + 1 of the whole */
    int64_t before;        /* the same for lines, paragraphs, rows: struct place's from and to */
};

struct document {
    const char *format; /* text, docx, pdf, html, xlsx; picture: a photo or a scanner's file; scan: recognised from pictures */
    int pages;          /* 0: the format has none */
    bool images_only;   /* all text is in pictures: see doc_needs_scan */
    struct doc_page *page_list; /* NULL: the format has no fixed pages */
    size_t page_count;  /* of page_list */
    struct doc_file *files; /* NULL: there is but one */
    size_t file_count;
    const char *title;  /* writers: metadata */
    const char *watermark; /* writers: pale words across each page; NULL: none */
    struct block *blocks;
    size_t count;
    /* writers, points; 0: A4 portrait with the margins of NĐ 30/2020 */
    double page_width, page_height, top, bottom, left, right;
};

/* Several documents as one: a plan and its annexes. Blocks stand in the order of the files; pages, and from and to of
 * places, run on. names: of the files, kept by pointer. The documents are used up: their blocks get their new places.
 * One document alone comes back as it is. */
struct document *doc_join(struct arena *a, struct document *const *docs, const char *const *names, size_t count);

/* Text of a block as one line: mark, space, text; table cells are not included. Arena. */
char *block_line(struct arena *a, const struct block *block);

/* ---- reading, in this process: only sauro-reader, tests and fuzzers call these ---- */
enum doc_format { DOC_UNKNOWN, DOC_TEXT, DOC_DOCX, DOC_PDF, DOC_PICTURE, DOC_XLSX, DOC_HTML, DOC_OFFICE, DOC_OTHER };
/* By content, never by name. *what: a Vietnamese noun phrase for the refusal sentence. */
enum doc_format doc_recognise(const void *bytes, size_t size, const char **what);
/* The media type of such a file, by content: "application/pdf"; never NULL. */
const char *doc_media_type(const void *bytes, size_t size);
/* INVALID with a Vietnamese sentence when it cannot be read; c->arena holds the model. */
enum err doc_read(struct ctx *c, const void *bytes, size_t size, struct document **doc);
enum err doc_read_text(struct ctx *c, const char *bytes, size_t size, struct document **doc);
enum err doc_read_docx(struct ctx *c, const void *bytes, size_t size, struct document **doc);
enum err doc_read_pdf(struct ctx *c, const void *bytes, size_t size, struct document **doc); /* only in sauro-reader */
/* A JPEG, PNG or TIFF: only how many pages it has, all of them pictures. */
enum err doc_read_picture(struct ctx *c, const void *bytes, size_t size, struct document **doc);
/* Visible sheets with something in them. A row of a list is a row of a table; titles above it and notes below it are
 * paragraphs, or a table of two columns without borders where two stand side by side. */
enum err doc_read_xlsx(struct ctx *c, const void *bytes, size_t size, struct document **doc);
/* A web page as it was saved or copied: the part of it that holds the document. */
enum err doc_read_html(struct ctx *c, const char *bytes, size_t size, struct document **doc);

/* ---- reading an untrusted file, through the sandboxed program ---- */
/* Starts sauro-reader (beside this program, or SAURO_READER) on the open file and takes its model.
 * Pages that are pictures are left to be recognised: ask doc_needs_scan.
 * INVALID: unreadable, encrypted, empty, too large, not a document: a sentence that says what to do.
 * Capped in time (20 s), memory (512 MB address space) and output. The reader's crash is INVALID too. */
enum err doc_read_file(struct ctx *c, const char *path, struct document **doc);

/* ---- pages that are pictures: recognised one by one, each in a sandboxed process of its own ---- */
/* Who watches the work, and may end it. NULL: nobody does. */
struct doc_watch {
    /* Asked before each page and several times a second. False: the work ends at once, INVALID with a sentence. */
    bool (*go_on)(void *arg, int page, int pages);
    void *arg;
};

/* Some page is a picture that was not recognised yet. */
bool doc_needs_scan(const struct document *doc);
/* Recognises one page (from 1) of a PDF, JPEG, PNG or TIFF, in one to two seconds: a document of that page alone, whose
 * page_list says which. It may pass through JSON before doc_with_pages takes it.
 * INVALID: no such page, not a picture, recognition not installed on this machine, too much for the caps (20 s), stopped. */
enum err doc_scan_page(struct ctx *c, const char *path, int page, const struct doc_watch *watch, struct document **doc);
/* Puts recognised pages in the place of the pictures of `doc` (from doc_read_file); paragraphs and tables go on over
 * the ends of pages. Pages not given stay pictures. whole: format "scan". In this process, in milliseconds. */
enum err doc_with_pages(struct ctx *c, const struct document *doc, struct document *const *pages, size_t count,
                        struct document **whole);
/* doc_read_file, and all pictures of pages recognised in turn: for the command line. */
enum err doc_read_whole(struct ctx *c, const char *path, const struct doc_watch *watch, struct document **doc);

/* How a page looks, for eyes; boxes of the model lie on it when both are scaled by the width of the page. */
struct doc_image {
    const char *type;  /* image/jpeg, image/png */
    const void *bytes; /* in the arena */
    size_t size;
};
/* page: from 1; width: pixels, 100 to 2400. Pictures are turned upright and straightened as for recognition, in half a
 * second: keep the result. INVALID: no fixed pages, no such page, unreadable. */
enum err doc_page_image(struct ctx *c, const char *path, int page, int width, struct doc_image *image);

/* The model as JSON text and back; what passes between the two programs. */
char *doc_to_json(struct arena *a, const struct document *doc);
enum err doc_from_json(struct ctx *c, const char *json, size_t size, struct document **doc);

/* ---- writing; *bytes in the arena ---- */
enum err doc_write_docx(struct ctx *c, const struct document *doc, const void **bytes, size_t *size);
enum err doc_write_pdf(struct ctx *c, const struct document *doc, const void **bytes, size_t *size);

/* ---- writing a spreadsheet (XLSX), row by row ---- */
enum sheet_kind { SHEET_EMPTY, SHEET_TEXT, SHEET_LABEL, SHEET_NUMBER, SHEET_DAY, SHEET_PERCENT };
struct sheet_cell {
    enum sheet_kind kind;
    const char *text; /* TEXT, LABEL (bold): shown as given, never a formula; NULL: empty */
    double number;    /* NUMBER; DAY: days since 1970-01-01, a real date in the file; PERCENT: 0.75 is 75 % */
    int span;         /* columns it covers; 0: one */
};

/* A workbook being written, A4, Times New Roman, wrapped cells. sheets_end must follow, also after an error.
 * title: metadata. Failures are kept in c->err. */
struct sheets;
struct sheets *sheets_new(struct ctx *c, const char *title);
/* Begins the next sheet. name: unique, at most 31 characters, none of []:*?/\ (assert).
 * widths: of its columns, in characters of the usual 11 point font; wide sheets print across the page. */
void sheets_add(struct sheets *s, const char *name, const double *widths, int columns);
/* A line in bold across the sheet. */
void sheets_title(struct sheets *s, const char *text);
/* Head of a table. A sheet with just one keeps it in sight and repeats it on each page. */
void sheets_head(struct sheets *s, const char *const *texts, int count);
/* The row is as high as its texts need. INVALID: a text longer than the 32767 characters a cell holds. */
void sheets_row(struct sheets *s, const struct sheet_cell *cells, int count);
void sheets_gap(struct sheets *s); /* an empty row */
enum err sheets_end(struct sheets *s, const void **bytes, size_t *size);
