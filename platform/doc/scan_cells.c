/* The cells of ruled tables: white areas that drawn lines shut in. Each is recognised by itself, because a recogniser that
 * sees the whole table joins what stands side by side. */
#include "platform/doc/scan.h"
#include <stdlib.h>

static const double MEET = 3;        /* points: lines that end so near another meet it */
static const double TABLE_WIDE = 60; /* points: the least of what hangs together to be a table */
static const double TABLE_HIGH = 15;
static const double LEAST = 7;       /* points: no cell is smaller */

static void draw(struct scan *s, PIX *mask, const struct pdf_box *line)
{
    double more = MEET * s->scale;
    bool standing = line->y1 - line->y0 > line->x1 - line->x0;
    pixRenderLine(mask, (int)(line->x0 * s->scale - (standing ? 0 : more)), (int)(line->y0 * s->scale - (standing ? more : 0)),
                  (int)(line->x1 * s->scale + (standing ? 0 : more)), (int)(line->y1 * s->scale + (standing ? more : 0)), 3, L_SET_PIXELS);
}

/* Some tables have no line at their sides. */
static void close_sides(struct scan *s, PIX *mask)
{
    BOXA *tables = pixConnComp(mask, NULL, 8);
    for (int i = 0; tables != NULL && i < boxaGetCount(tables); i++) {
        BOX *box = boxaGetBox(tables, i, L_CLONE);
        if (box->w > TABLE_WIDE * s->scale && box->h > TABLE_HIGH * s->scale)
            pixRenderBox(mask, box, 3, L_SET_PIXELS);
        boxDestroy(&box);
    }
    boxaDestroy(&tables);
}

static bool is_cell(struct scan *s, const BOX *box)
{
    double least = LEAST * s->scale;
    bool inside = box->x > 0 && box->y > 0 && box->x + box->w < pixGetWidth(s->grey) && box->y + box->h < pixGetHeight(s->grey);
    return inside && box->w > least && box->h > least;
}

BOXA *scan_cells(struct scan *s, const struct pdf_lines *lines)
{
    BOXA *cells = boxaCreate(0);
    PIX *mask = lines->lying_count < 2 || lines->standing_count == 0 ? NULL : pixCreate(pixGetWidth(s->grey), pixGetHeight(s->grey), 1);
    if (mask == NULL || cells == NULL)
        return cells;
    for (size_t i = 0; i < lines->lying_count; i++)
        draw(s, mask, &lines->lying[i]);
    for (size_t i = 0; i < lines->standing_count; i++)
        draw(s, mask, &lines->standing[i]);
    close_sides(s, mask);
    pixInvert(mask, mask);
    BOXA *areas = pixConnComp(mask, NULL, 4);
    for (int i = 0; areas != NULL && i < boxaGetCount(areas); i++) {
        BOX *box = boxaGetBox(areas, i, L_CLONE);
        if (is_cell(s, box))
            boxaAddBox(cells, box, L_COPY);
        boxDestroy(&box);
    }
    boxaDestroy(&areas);
    pixDestroy(&mask);
    BOXA *sorted = boxaSort(cells, L_SORT_BY_AREA, L_SORT_INCREASING, NULL);
    if (sorted != NULL) {
        boxaDestroy(&cells);
        cells = sorted;
    }
    return cells;
}
