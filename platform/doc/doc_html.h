/* The parts of the reader of web pages. Private to doc_html*.c and the text reader. */
#pragma once
#include "platform/doc/doc_model.h"
#include <libxml/tree.h>

enum { HTML_DEEPEST = 300 };

/* What a node hands down to the nodes in it. */
struct html_look {
    bool bold, italic, capitals;
    bool kept_blanks;   /* <pre>: line ends count */
    bool ignored_mark;  /* the typed sign of a list of Word's */
    enum align align;
    int list;           /* depth of lists, from 1; 0: none */
};

/* A page being read; blocks gather in `out`. */
struct html {
    struct ctx *c;
    struct arena *arena;
    struct block_list *out;
    struct buffer text;   /* of the open paragraph */
    bool gap;             /* a blank waits for the next letter */
    size_t letters, bold, italic;
    char *mark;           /* of the next paragraph: a list's */
    int level, heading;
    enum align align;
    const char *note;     /* number of the footnote being read; NULL: none */
    int64_t paragraph;
    size_t blocks, cells, bytes;
    int tables;           /* depth of tables */
    bool too_large;
};

bool html_is(const xmlNode *node, const char *name);
const char *html_attribute(const xmlNode *node, const char *name); /* NULL: none; valid while the node is */
/* Nothing of it is ever printed: scripts, hidden nodes, menus. */
bool html_is_unseen(const xmlNode *node);
/* Does its style say so? Blanks do not matter: "font-weight:bold". */
bool html_style_says(const xmlNode *node, const char *property, const char *value);

void html_flush(struct html *h);
/* A node and those after it. */
void html_walk(struct html *h, const xmlNode *node, const struct html_look *look, int depth);
/* A table becomes a block, or its parts when it only places them. */
void html_table(struct html *h, const xmlNode *table, const struct html_look *look, int depth);

/* The node that holds the document: without the menus, lists of links and footers around it. */
const xmlNode *html_document_node(struct arena *a, xmlNode *root);

/* The tree of a page, NULL: none. Frees with xmlFreeDoc. */
xmlDoc *html_parse(const char *utf8, size_t size);
