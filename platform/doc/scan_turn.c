/* Which way is up, and how far from straight. */
#include "platform/doc/scan.h"

enum { INK = 150, SIDE = 1700 };
static const double PLAIN = 4;         /* standard deviations: letters tell which way is up */
static const double LEAST_SKEW = 0.03; /* degrees */

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

static double skew_aside(PIX *ink, double *clear)
{
    PIX *aside = pixRotateOrth(ink, 1);
    *clear = 0;
    double skew = aside == NULL ? 0 : skew_of(aside, clear);
    pixDestroy(&aside);
    return skew;
}

/* How many quarters to the right it must be turned to be upright, as letters tell that reach above or below the others;
 * a page of few or only of capital letters tells it by its lines. */
static int quarters_of(PIX *ink)
{
    l_float32 up = 0;
    l_float32 left = 0;
    double lying;
    double standing;
    if (pixOrientDetect(ink, &up, &left, 0, 0) != 0)
        up = left = 0;
    double most = fmax(fabs(up), fabs(left));
    double least = fmin(fabs(up), fabs(left));
    if (most > PLAIN && most > 1.5 * least)
        return fabs(up) > fabs(left) ? (up > 0 ? 0 : 2) : left > 0 ? 1 : 3;
    skew_of(ink, &lying);
    skew_aside(ink, &standing);
    return standing > lying ? (left >= 0 ? 1 : 3) : up >= 0 ? 0 : 2;
}

static void turn_both(struct scan *s, int quarters)
{
    if (quarters == 0)
        return;
    scan_replace(&s->grey, pixRotateOrth(s->grey, quarters));
    if (s->look)
        scan_replace(&s->colour, pixRotateOrth(s->colour, quarters));
    if (quarters % 2 == 0)
        return;
    double width = s->width;
    s->width = s->height;
    s->height = width;
}

static void straighten(struct scan *s, double degrees)
{
    if (fabs(degrees) < LEAST_SKEW)
        return;
    l_float32 angle = (l_float32)(degrees * 3.14159265358979 / 180);
    scan_replace(&s->grey, pixRotate(s->grey, angle, L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0));
    if (s->look)
        scan_replace(&s->colour, pixRotate(s->colour, angle, L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0));
}

void scan_turn(struct scan *s)
{
    double clear;
    PIX *ink = ink_of(s->grey);
    if (ink == NULL)
        return;
    drop_lines(ink);
    int quarters = quarters_of(ink);
    double skew = quarters % 2 == 1 ? skew_aside(ink, &clear) : skew_of(ink, &clear);
    pixDestroy(&ink);
    turn_both(s, quarters);
    straighten(s, skew);
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
