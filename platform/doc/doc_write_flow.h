/* From blocks to things with a height that follow each other down a page. Shared by the parts of the PDF writer. */
#pragma once
#include "platform/doc/doc_write.h"
#include <pango/pangocairo.h>

enum item_kind { ITEM_LINE, ITEM_GAP, ITEM_RULE, ITEM_PICTURE, ITEM_ROW, ITEM_PAGE_BREAK };

struct item {
    enum item_kind kind;
    double height;
    bool keep;             /* stays on the page of the next item */
    double x, width;       /* from the left edge of the frame */
    PangoLayoutLine *line; /* ITEM_LINE */
    double baseline;       /* from the top of the item */
    const struct block *picture;
    struct table_flow *table;
    int row;
};

struct flow {
    struct item *items;
    size_t count, capacity;
};

/* A cell and how much of it is drawn. */
struct cell_flow {
    const struct cell_box *box;
    struct flow flow;
    double height;
    size_t next;  /* first item not drawn yet */
    double top;   /* of its part on this page */
    bool open;    /* begun, and not yet drawn to its last row */
    bool resumed; /* goes on on a fresh page */
};

struct table_flow {
    const struct block *block;
    double *widths;
    double x;             /* of its left edge in the frame */
    double padding;
    double *heights;      /* of the rows */
    int header_rows;
    struct cell_flow *cells; /* block->cell_count */
};

struct flow_maker {
    struct arena *arena;
    PangoContext *pango;
    PangoLayout **layouts; /* to be unreferenced at the end */
    size_t count, capacity;
};

void flow_start(struct flow_maker *m, struct arena *a);
void flow_end(struct flow_maker *m);
/* Lays the blocks out in a column of that width; footnotes are left out. */
void flow_blocks(struct flow_maker *m, struct flow *f, const struct block *blocks, size_t count, double width);
void flow_paragraph(struct flow_maker *m, struct flow *f, const struct block *b, double width);
struct item *flow_add(struct flow_maker *m, struct flow *f, enum item_kind kind, double height);
double flow_height(const struct flow *f);
/* A line of text of one look, for what stands outside the body. */
PangoLayout *flow_layout(struct flow_maker *m, const char *text, double size);
