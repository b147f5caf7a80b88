/* Which way is up, and how far from straight. */
#include "platform/doc/scan.h"

enum { INK = 150, SIDE = 1700, SURE_DOWN = 8 };

static PIX *ink_of(PIX *grey)
{
    PIX *ink = pixThresholdToBinary(grey, INK);
    while (ink != NULL && (pixGetWidth(ink) > 2 * SIDE || pixGetHeight(ink) > 2 * SIDE))
        scan_replace(&ink, pixReduceRankBinary2(ink, 2, NULL));
    return ink;
}

/* Letters alone: long lines would speak for any direction. */
static void drop_lines(PIX *ink)
{
    for (int standing = 0; standing < 2; standing++) {
        PIX *lines = standing ? pixOpenBrick(NULL, ink, 1, 60) : pixOpenBrick(NULL, ink, 60, 1);
        if (lines != NULL)
            pixSubtract(ink, ink, lines);
        pixDestroy(&lines);
    }
}

/* How far the page is from straight, in degrees, and how clearly its lines lie so. */
static double skew_of(PIX *ink, double *clear)
{
    l_float32 angle = 0;
    l_float32 confidence = 0;
    l_float32 score = 0;
    l_int32 failed = pixFindSkewSweepAndSearchScore(ink, &angle, &confidence, &score, 4, 2, 0, 7, 1, (l_float32)0.01);
    *clear = failed ? 0 : score;
    return failed ? 0 : angle;
}

static void both(struct scan *s, PIX *(*turn)(PIX *, int), int how)
{
    scan_replace(&s->grey, turn(s->grey, how));
    if (s->look)
        scan_replace(&s->colour, turn(s->colour, how));
}

static PIX *by_quarters(PIX *pix, int quarters)
{
    return pixRotateOrth(pix, quarters);
}

static void straighten(struct scan *s, double degrees)
{
    if (fabs(degrees) < 0.03)
        return;
    l_float32 angle = (l_float32)(degrees * 3.14159265358979 / 180);
    scan_replace(&s->grey, pixRotate(s->grey, angle, L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0));
    if (s->look)
        scan_replace(&s->colour, pixRotate(s->colour, angle, L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0));
}

void scan_turn(struct scan *s)
{
    PIX *ink = ink_of(s->grey);
    if (ink == NULL)
        return;
    drop_lines(ink);
    PIX *aside = pixRotateOrth(ink, 1);
    double lying;
    double standing;
    double skew = skew_of(ink, &lying);
    double other = aside == NULL ? 0 : skew_of(aside, &standing);
    bool turned = aside != NULL && standing > lying;
    pixDestroy(&aside);
    pixDestroy(&ink);
    if (turned) {
        both(s, by_quarters, 1);
        double size = s->width;
        s->width = s->height;
        s->height = size;
    }
    straighten(s, turned ? other : skew);
    ink = ink_of(s->grey);
    if (ink == NULL)
        return;
    drop_lines(ink);
    l_float32 up = 0;
    if (pixUpDownDetect(ink, &up, 0, 0, 0) == 0 && up < 0)
        both(s, by_quarters, 2);
    pixDestroy(&ink);
}

void scan_measure(struct scan *s)
{
    double width = pixGetWidth(s->grey);
    double height = pixGetHeight(s->grey);
    if (!(s->width > 0 && s->height > 0)) { /* a photo: its longer side is that of A4 */
        double scale = 841.89 / fmax(width, height);
        s->width = width * scale;
        s->height = height * scale;
    }
    s->scale = (width / s->width + height / s->height) / 2;
}
