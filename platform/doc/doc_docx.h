/* The parts of the DOCX reader. Private to doc_docx*.c. */
#pragma once
#include "platform/doc/doc_model.h"
#include "platform/viet/viet_legacy.h"
#include <libxml/tree.h>

enum { MOST_HEADERS = 6 };

struct word_style;
struct word_numbers;

/* How a run looks. */
struct look {
    bool bold, italic, underline, superscript, hidden, capitals;
    double size;
    enum viet_legacy writing; /* of its font: .VnTime, VNI-Times */
};

/* How a paragraph is set, before its own runs. */
struct setting_of {
    enum align align;
    double indent, first_indent, before, after, line;
    bool keep_next, page_break, contents; /* contents: a line of a table of contents */
    int heading;                          /* 0 none, else level from 1 */
    const char *number;                   /* w:numId; NULL none */
    int number_level;
    struct look look;
};

struct docx {
    struct ctx *c;
    struct arena *arena;
    xmlDoc *document, *styles, *numbering, *footnotes, *endnotes;
    xmlDoc *headers[MOST_HEADERS];
    size_t header_count;
    struct word_style *style_list;
    size_t style_count;
    struct setting_of initial; /* w:docDefaults */
    struct word_numbers *numbers;
    int64_t paragraph;         /* counted in order of the body */
    int page;
    bool fresh_page;           /* nothing was printed on this page yet */
    int footnotes_seen, endnotes_seen;
    size_t blocks, cells, text; /* so far, against bombs */
    size_t pictures;
    bool too_large;
};

/* ---- XML ---- */
bool word_is(const xmlNode *node, const char *name);      /* an element of WordprocessingML */
xmlNode *word_child(const xmlNode *node, const char *name); /* NULL: none; node may be NULL */
const char *word_attribute(const xmlNode *node, const char *name); /* by local name; NULL: none */
const char *word_value(const xmlNode *parent, const char *child);  /* w:val of a child */
bool word_flag(const xmlNode *parent, const char *child, bool otherwise); /* a toggle such as w:b */
double word_points(const char *twips, double otherwise);
int word_int(const char *text, int otherwise);

/* ---- styles ---- */
void word_load_styles(struct docx *d);
/* style: NULL for the default one of paragraphs. */
struct setting_of word_paragraph_style(struct docx *d, const char *style);
void word_apply_character_style(struct docx *d, const char *style, struct look *look);
void word_apply_run(const xmlNode *properties, struct look *look);
void word_apply_paragraph(const xmlNode *properties, struct setting_of *s);
bool word_table_borders(struct docx *d, const xmlNode *table_properties);
/* The w:numId a numbering style stands for; NULL: none. */
const char *word_style_number(struct docx *d, const char *style);

/* ---- numbers ---- */
void word_load_numbers(struct docx *d);
/* Counts one paragraph on; what it prints, NULL: nothing. *indent: the level's setting, NULL none. */
char *word_count(struct docx *d, const char *number, int level, const xmlNode **properties);
char *word_roman(struct arena *a, int number);
/* What a sign of the Symbol and Wingdings fonts looks like in Unicode. */
int32_t word_symbol(int32_t rune);

/* ---- body ---- */
void word_read_blocks(struct docx *d, const xmlNode *parent, int depth, struct block_list *out);
/* Out of the body: */
void word_read_table(struct docx *d, const xmlNode *table, int depth, struct block_list *out);
