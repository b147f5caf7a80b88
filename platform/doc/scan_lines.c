/* The drawn lines of a straight page: long runs of ink that no letter has. */
#include "platform/doc/scan.h"

enum { CONTRAST = 18 }; /* darker than what lies at both sides: a hairline, scanned and turned, is a pale thing */
/* In points, for lying and standing lines. */
static const double SURE[] = { 20, 14 };  /* a run of ink so long is of a line: longer than TT, higher than a letter */
static const double LONG[] = { 36, 26 };  /* so long it needs no other; a shorter one must end at others */
static const double GAP = 11;             /* a line may be broken so far */
static const double THICK = 3.5;          /* thicker is a bar or a picture */
static const double MEET = 3;             /* lines so near meet */

static PIX *brick(PIX *pix, bool open, int length, bool standing)
{
    return open ? pixOpenBrick(NULL, pix, standing ? 1 : length, standing ? length : 1)
                : pixCloseSafeBrick(NULL, pix, standing ? 1 : length, standing ? length : 1);
}

/* What is dark and thin, one bit a pixel. */
static PIX *thin_ink(PIX *grey, double scale, bool standing)
{
    int side = 2 * (int)(THICK * scale / 2) + 3;
    PIX *hat = pixTophat(grey, standing ? side : 1, standing ? 1 : side, L_TOPHAT_BLACK);
    PIX *ink = hat == NULL ? NULL : pixThresholdToBinary(hat, CONTRAST);
    if (ink != NULL)
        pixInvert(ink, ink); /* the hat is light where the ink was dark */
    pixDestroy(&hat);
    return ink;
}

static PIX *long_runs(PIX *ink, double scale, bool standing)
{
    PIX *runs = brick(ink, true, (int)(SURE[standing] * scale), standing);
    if (runs != NULL)
        scan_replace(&runs, brick(runs, false, (int)(GAP * scale), standing));
    return runs;
}

/* One of the two directions: ink, then only its lines. */
struct direction {
    PIX *ink, *runs;
    BOXA *lines;
};

/* Each line and its thickness; thick areas leave the mask. */
static void take_lines(struct scan *s, struct direction *d, bool standing)
{
    PIXA *parts = NULL;
    BOXA *boxes = d->runs == NULL ? NULL : pixConnComp(d->runs, &parts, 8);
    boxaDestroy(&d->lines);
    d->lines = boxaCreate(0);
    for (int i = 0; boxes != NULL && parts != NULL && i < boxaGetCount(boxes); i++) {
        BOX *box = boxaGetBox(boxes, i, L_CLONE);
        PIX *part = pixaGetPix(parts, i, L_CLONE);
        l_int32 area = 0;
        pixCountPixels(part, &area, NULL);
        double thickness = (double)area / (standing ? box->h : box->w);
        if (thickness > THICK * s->scale)
            pixRasterop(d->runs, box->x, box->y, box->w, box->h, PIX_DST & PIX_NOT(PIX_SRC), part, 0, 0);
        else
            boxaAddBox(d->lines, box, L_COPY);
        pixDestroy(&part);
        boxDestroy(&box);
    }
    pixaDestroy(&parts);
    boxaDestroy(&boxes);
}

/* A lying line is not thin where a standing one crosses it: there its ink is added. */
static void bridge(struct direction *d, PIX *others)
{
    PIX *wide = others == NULL || d->ink == NULL ? NULL : pixDilateBrick(NULL, others, 5, 5);
    if (wide != NULL)
        pixOr(d->ink, d->ink, wide);
    pixDestroy(&wide);
}

static bool ends_at(const BOX *line, const BOX *other, double near, bool standing, bool far)
{
    double x = standing ? line->x + line->w / 2.0 : far ? line->x + line->w : line->x;
    double y = !standing ? line->y + line->h / 2.0 : far ? line->y + line->h : line->y;
    return x > other->x - near && x < other->x + other->w + near && y > other->y - near && y < other->y + other->h + near;
}

/* A short line between no others is a part of a letter. */
static bool belongs(const struct scan *s, const BOX *line, const BOXA *others, bool standing)
{
    bool near = false;
    bool far = false;
    if ((standing ? line->h : line->w) > LONG[standing] * s->scale)
        return true;
    for (int i = 0; i < others->n && !(near && far); i++) {
        near = near || ends_at(line, others->box[i], MEET * s->scale, standing, false);
        far = far || ends_at(line, others->box[i], MEET * s->scale, standing, true);
    }
    return near && far;
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

static void keep_lines(struct scan *s, struct pdf *p, struct direction *d, const BOXA *others, bool standing, struct pdf_lines *lines)
{
    for (int i = 0; d->lines != NULL && others != NULL && i < d->lines->n; i++) {
        BOX *box = d->lines->box[i];
        if (belongs(s, box, others, standing) && lines->lying_count + lines->standing_count < DOC_MOST_LINES)
            add_line(p, lines, box, s->scale, standing);
        else
            pixClearInRect(d->runs, box);
    }
}

/* The lines and their soft edges. */
static void wipe(struct scan *s, PIX *runs, bool standing)
{
    PIX *wide = runs == NULL ? NULL : pixDilateBrick(NULL, runs, standing ? 5 : 3, standing ? 3 : 5);
    if (wide != NULL)
        pixSetMasked(s->grey, wide, 255);
    pixDestroy(&wide);
}

static void find_runs(struct scan *s, struct direction *d, bool standing)
{
    PIX *runs = d->ink == NULL ? NULL : long_runs(d->ink, s->scale, standing);
    scan_replace(&d->runs, runs);
    take_lines(s, d, standing);
}

struct pdf_lines scan_lines(struct scan *s, struct pdf *p)
{
    struct pdf_lines lines = { 0 };
    struct direction lying = { .ink = thin_ink(s->grey, s->scale, false) };
    struct direction standing = { .ink = thin_ink(s->grey, s->scale, true) };
    find_runs(s, &standing, true);
    bridge(&lying, standing.runs);
    find_runs(s, &lying, false);
    bridge(&standing, lying.runs);
    find_runs(s, &standing, true);
    keep_lines(s, p, &lying, standing.lines, false, &lines);
    keep_lines(s, p, &standing, lying.lines, true, &lines);
    wipe(s, lying.runs, false);
    wipe(s, standing.runs, true);
    for (int i = 0; i < 2; i++) {
        struct direction *d = i == 0 ? &lying : &standing;
        pixDestroy(&d->ink);
        pixDestroy(&d->runs);
        boxaDestroy(&d->lines);
    }
    return lines;
}
