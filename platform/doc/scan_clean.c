/* Ink on paper: even ground, no shadow, no seal, no pen. */
#include "platform/doc/scan.h"
#include <stdlib.h>
#include <string.h>

enum { GROUND = 230, TILE = 16 };
/* Differences between the colours of a pixel: of coloured ink, of its soft edges; and the light that black never gives. */
enum { COLOURED = 42, TINGED = 18, LIT = 70 };
static const double LARGE = 0.05; /* of the longer side of the page: no letter is that large, a seal or a signature is */

struct white {
    int red, green, blue; /* of the paper */
};

static l_uint32 *line_of(PIX *pix, int y)
{
    return pixGetData(pix) + (ptrdiff_t)y * pixGetWpl(pix);
}

static int brightest(const int *counts, int all)
{
    int above = 0;
    int value = 255;
    while (value > 60 && (above += counts[value]) < all / 4)
        value--;
    return value;
}

/* The colour of the paper under its light: lighter than most of the page. */
static struct white paper(PIX *colour)
{
    enum { STEP = 4 };
    int counts[3][256] = { 0 };
    int all = 0;
    for (int y = 0; y < (int)pixGetHeight(colour); y += STEP) {
        const l_uint32 *line = line_of(colour, y);
        for (int x = 0; x < (int)pixGetWidth(colour); x += STEP, all++)
            for (int i = 0; i < 3; i++)
                counts[i][line[x] >> (24 - 8 * i) & 255]++;
    }
    return (struct white){ brightest(counts[0], all), brightest(counts[1], all), brightest(counts[2], all) };
}

/* How far from grey the pixel is, under white light; *most: its brightest part. */
static int tint(l_uint32 pixel, const struct white *white, int *most)
{
    int r = (int)(pixel >> 24) * 255 / white->red;
    int g = (int)(pixel >> 16 & 255) * 255 / white->green;
    int b = (int)(pixel >> 8 & 255) * 255 / white->blue;
    int least = r < g ? (r < b ? r : b) : g < b ? g : b;
    *most = r > g ? (r > b ? r : b) : g > b ? g : b;
    return *most - least;
}

/* Where the ink has a colour, one bit a pixel. */
static PIX *coloured_ink(PIX *colour, const struct white *white, int *count)
{
    int most;
    PIX *mask = pixCreate(pixGetWidth(colour), pixGetHeight(colour), 1);
    *count = 0;
    for (int y = 0; mask != NULL && y < (int)pixGetHeight(colour); y++) {
        const l_uint32 *from = line_of(colour, y);
        l_uint32 *to = line_of(mask, y);
        for (int x = 0; x < (int)pixGetWidth(colour); x++)
            if (tint(from[x], white, &most) > COLOURED && most > LIT) {
                SET_DATA_BIT(to, x);
                ++*count;
            }
    }
    return mask;
}

/* Paints the coloured ink inside of the box white, and its soft edges; black ink under it stays. */
static void whiten(PIX *grey, PIX *colour, const struct white *white, const BOX *box)
{
    int most;
    for (int y = box->y; y < box->y + box->h; y++) {
        const l_uint32 *from = line_of(colour, y);
        l_uint32 *to = line_of(grey, y);
        for (int x = box->x; x < box->x + box->w; x++)
            if (tint(from[x], white, &most) > TINGED && most > LIT)
                SET_DATA_BYTE(to, x, GROUND);
    }
}

/* Coloured text stays: only what is larger than letters goes, with all coloured ink about it (the letters of a seal). */
static void drop_seals(PIX *grey, PIX *colour)
{
    int count = 0;
    int longest = (int)(pixGetHeight(colour) > pixGetWidth(colour) ? pixGetHeight(colour) : pixGetWidth(colour));
    const struct white white = paper(colour);
    PIX *mask = coloured_ink(colour, &white, &count);
    PIX *near = mask == NULL || count < longest / 4 ? NULL : pixDilateBrick(NULL, mask, 13, 13); /* broken strokes made one */
    BOXA *boxes = near == NULL ? NULL : pixConnComp(near, NULL, 8);
    for (int i = 0; boxes != NULL && i < boxaGetCount(boxes); i++) {
        BOX *box = boxaGetBox(boxes, i, L_CLONE);
        if (box->w > LARGE * longest && box->h > LARGE * longest / 2)
            whiten(grey, colour, &white, box);
        boxDestroy(&box);
    }
    boxaDestroy(&boxes);
    pixDestroy(&near);
    pixDestroy(&mask);
}

static PIX *even(PIX *pix)
{
    PIX *made = pixBackgroundNorm(pix, NULL, NULL, TILE, TILE, 90, 60, GROUND, 2, 2);
    return made != NULL ? made : pixCopy(NULL, pix);
}

enum err scan_clean(struct scan *s)
{
    PIX *grey = pixGetDepth(s->colour) == 32 ? pixConvertRGBToLuminance(s->colour) : pixClone(s->colour);
    s->grey = grey == NULL ? NULL : even(grey);
    pixDestroy(&grey);
    if (s->grey != NULL && pixGetDepth(s->colour) == 32)
        drop_seals(s->grey, s->colour);
    if (!s->look)
        pixDestroy(&s->colour);
    return s->grey == NULL ? fail(s->c, INVALID, doc_says_huge, "out of memory for the picture") : s->c->err;
}

void scan_trim(struct scan *s)
{
    enum { INK = 165 };
    static const double FRAME = 0.012; /* of the shorter side: nothing is printed so near to the edge */
    int width = (int)pixGetWidth(s->grey);
    int height = (int)pixGetHeight(s->grey);
    int frame = (int)(FRAME * (width < height ? width : height)) + 1;
    PIX *ink = pixThresholdToBinary(s->grey, INK);
    if (ink == NULL)
        return;
    pixSetOrClearBorder(ink, frame, frame, frame, frame, PIX_SET);
    PIX *edge = pixExtractBorderConnComps(ink, 8);
    if (edge != NULL)
        scan_replace(&edge, pixDilateBrick(NULL, edge, 5, 5));
    if (edge != NULL)
        pixSetMasked(s->grey, edge, GROUND);
    pixDestroy(&edge);
    pixDestroy(&ink);
}
