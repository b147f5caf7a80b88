/* The drawn lines of a straight page: long runs of ink that no letter has. */
#include "platform/doc/scan.h"

enum { INK = 175 };
static const double SURE[] = { 24, 14 }; /* points, lying and standing: a run of ink longer than TT or a tall letter */
static const double GAP = 11;     /* points: a line may be broken so far */
static const double LENGTH = 26;  /* points: shorter is no line */
static const double THICK = 3.5;  /* points: thicker is a bar or a picture */

static PIX *brick(PIX *pix, bool open, int length, bool standing)
{
    return open ? pixOpenBrick(NULL, pix, standing ? 1 : length, standing ? length : 1)
                : pixCloseSafeBrick(NULL, pix, standing ? 1 : length, standing ? length : 1);
}

static PIX *long_runs(PIX *ink, double scale, bool standing)
{
    PIX *runs = brick(ink, true, (int)(SURE[standing] * scale), standing);
    if (runs != NULL)
        scan_replace(&runs, brick(runs, false, (int)(GAP * scale), standing));
    if (runs != NULL)
        scan_replace(&runs, brick(runs, true, (int)(LENGTH * scale), standing));
    return runs;
}

static void add_line(struct pdf *p, struct pdf_lines *lines, const BOX *box, double scale, bool standing)
{
    struct pdf_box **list = standing ? &lines->standing : &lines->lying;
    size_t *count = standing ? &lines->standing_count : &lines->lying_count;
    size_t *capacity = standing ? &lines->standing_capacity : &lines->lying_capacity;
    double x = (box->x + box->w / 2.0) / scale;
    double y = (box->y + box->h / 2.0) / scale;
    *list = arena_grow(p->arena, *list, sizeof **list, capacity, *count + 1);
    (*list)[(*count)++] = standing ? (struct pdf_box){ x, box->y / scale, x, (box->y + box->h) / scale }
                                   : (struct pdf_box){ box->x / scale, y, (box->x + box->w) / scale, y };
}

/* Thick areas leave the mask; what stays are lines. */
static void take_lines(struct scan *s, struct pdf *p, PIX *runs, bool standing, struct pdf_lines *lines)
{
    PIXA *parts = NULL;
    BOXA *boxes = pixConnComp(runs, &parts, 8);
    for (int i = 0; boxes != NULL && parts != NULL && i < boxaGetCount(boxes); i++) {
        BOX *box = boxaGetBox(boxes, i, L_CLONE);
        PIX *part = pixaGetPix(parts, i, L_CLONE);
        l_int32 area = 0;
        pixCountPixels(part, &area, NULL);
        double thickness = (double)area / (standing ? box->h : box->w);
        bool thick = thickness > THICK * s->scale;
        if (thick || lines->lying_count + lines->standing_count >= DOC_MOST_LINES)
            pixRasterop(runs, box->x, box->y, box->w, box->h, PIX_DST & PIX_NOT(PIX_SRC), part, 0, 0);
        else
            add_line(p, lines, box, s->scale, standing);
        pixDestroy(&part);
        boxDestroy(&box);
    }
    pixaDestroy(&parts);
    boxaDestroy(&boxes);
}

/* The lines and their soft edges. */
static void wipe(struct scan *s, PIX *runs, bool standing)
{
    PIX *wide = pixDilateBrick(NULL, runs, standing ? 5 : 3, standing ? 3 : 5);
    if (wide != NULL)
        pixSetMasked(s->grey, wide, 255);
    pixDestroy(&wide);
}

struct pdf_lines scan_lines(struct scan *s, struct pdf *p)
{
    struct pdf_lines lines = { 0 };
    PIX *ink = pixThresholdToBinary(s->grey, INK);
    for (int standing = 0; ink != NULL && standing < 2; standing++) {
        PIX *runs = long_runs(ink, s->scale, standing);
        if (runs != NULL) {
            take_lines(s, p, runs, standing, &lines);
            wipe(s, runs, standing);
        }
        pixDestroy(&runs);
    }
    pixDestroy(&ink);
    return lines;
}
