/* Ink on paper: even ground, no shadow, no seal, no pen. */
#include "platform/doc/scan.h"
#include <stdlib.h>

enum { GROUND = 230, COLOURED = 60, TILE = 16 };
static const double LARGE = 0.05; /* of the longer side of the page: no letter is that large, a seal or a signature is */

static int spread(l_uint32 pixel)
{
    l_int32 r;
    l_int32 g;
    l_int32 b;
    extractRGBValues(pixel, &r, &g, &b);
    int most = r > g ? (r > b ? r : b) : g > b ? g : b;
    int least = r < g ? (r < b ? r : b) : g < b ? g : b;
    return most - least;
}

static l_uint32 *line_of(PIX *pix, int y)
{
    return pixGetData(pix) + (ptrdiff_t)y * pixGetWpl(pix);
}

/* Where the ink has a colour, one bit a pixel. */
static PIX *coloured_ink(PIX *colour, int *count)
{
    int width = pixGetWidth(colour);
    int height = pixGetHeight(colour);
    PIX *mask = pixCreate(width, height, 1);
    *count = 0;
    for (int y = 0; mask != NULL && y < height; y++) {
        const l_uint32 *from = line_of(colour, y);
        l_uint32 *to = line_of(mask, y);
        for (int x = 0; x < width; x++)
            if (spread(from[x]) > COLOURED) {
                SET_DATA_BIT(to, x);
                ++*count;
            }
    }
    return mask;
}

/* Paints the coloured ink inside of the box white. */
static void whiten(PIX *grey, PIX *mask, const BOX *box)
{
    for (int y = box->y; y < box->y + box->h; y++) {
        const l_uint32 *ink = line_of(mask, y);
        l_uint32 *to = line_of(grey, y);
        for (int x = box->x; x < box->x + box->w; x++)
            if (GET_DATA_BIT(ink, x))
                SET_DATA_BYTE(to, x, 255);
    }
}

/* Coloured text stays: only what is larger than letters goes, with all coloured ink about it (the letters of a seal). */
static void drop_seals(PIX *grey, PIX *colour)
{
    int count = 0;
    int longest = pixGetHeight(colour) > pixGetWidth(colour) ? pixGetHeight(colour) : pixGetWidth(colour);
    PIX *mask = coloured_ink(colour, &count);
    if (mask != NULL && count > longest / 4) {
        PIX *near = pixDilateBrick(NULL, mask, 5, 5); /* fringes of the ink, and its broken strokes made one */
        BOXA *boxes = near == NULL ? NULL : pixConnComp(near, NULL, 8);
        for (int i = 0; boxes != NULL && i < boxaGetCount(boxes); i++) {
            BOX *box = boxaGetBox(boxes, i, L_CLONE);
            if (box->w > LARGE * longest && box->h > LARGE * longest)
                whiten(grey, near, box);
            boxDestroy(&box);
        }
        boxaDestroy(&boxes);
        pixDestroy(&near);
    }
    pixDestroy(&mask);
}

static PIX *even(PIX *pix)
{
    PIX *made = pixBackgroundNorm(pix, NULL, NULL, TILE, TILE, 90, 60, GROUND, 2, 2);
    return made != NULL ? made : pixCopy(NULL, pix);
}

enum err scan_clean(struct scan *s)
{
    bool colour = pixGetDepth(s->colour) == 32;
    PIX *flat = even(s->colour);
    if (flat != NULL && colour) {
        s->grey = pixConvertRGBToLuminance(flat);
        if (s->grey != NULL)
            drop_seals(s->grey, flat);
        pixDestroy(&flat);
    } else {
        s->grey = flat;
    }
    if (!s->look)
        pixDestroy(&s->colour);
    return s->grey == NULL ? fail(s->c, INVALID, doc_says_huge, "out of memory for the picture") : s->c->err;
}
