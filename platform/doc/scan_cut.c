/* A photo of a page: the sheet is cut out of what lies around it, and its perspective mended. */
#include "platform/doc/scan.h"

enum { SMALL = 8, CORNERS = 4 };
static const double LEAST = 0.3, MOST = 0.97; /* of the picture that is sheet */
static const double FULL = 0.9;               /* of the area between its corners: else it is no sheet */

struct corners {
    double x[CORNERS], y[CORNERS]; /* from the top left one, as a clock goes */
};

/* How near to grey each pixel is: paper stays so in any shadow, wood and cloth do not. */
static PIX *whiteness(PIX *colour)
{
    PIX *made = pixCreate(pixGetWidth(colour), pixGetHeight(colour), 8);
    for (int y = 0; made != NULL && y < (int)pixGetHeight(colour); y++)
        for (int x = 0; x < (int)pixGetWidth(colour); x++) {
            l_uint32 pixel = pixGetData(colour)[(ptrdiff_t)y * pixGetWpl(colour) + x];
            double parts[3] = { pixel >> 24, pixel >> 16 & 255, pixel >> 8 & 255 };
            double most = fmax(1, fmax(parts[0], fmax(parts[1], parts[2])));
            SET_DATA_BYTE(pixGetData(made) + (ptrdiff_t)y * pixGetWpl(made), x, (l_uint8)(255 * fmin(parts[0], fmin(parts[1], parts[2])) / most));
        }
    return made;
}

/* The largest light area of the picture, reduced, one bit a pixel; NULL: none. */
static PIX *sheet_of(PIX *colour, bool by_colour)
{
    PIX *small = pixScaleAreaMap(colour, 1.0F / SMALL, 1.0F / SMALL);
    if (small != NULL && pixGetDepth(small) == 32)
        scan_replace(&small, by_colour ? whiteness(small) : pixConvertRGBToLuminance(small));
    PIX *light = NULL;
    PIX *sheet = NULL;
    if (small != NULL && pixOtsuAdaptiveThreshold(small, 4000, 4000, 0, 0, 0, NULL, &light) == 0 && light != NULL) {
        pixInvert(light, light);
        scan_replace(&light, pixCloseSafeBrick(NULL, light, 15, 15)); /* over its letters */
        scan_replace(&light, pixOpenBrick(NULL, light, 9, 9));
        PIXA *parts = NULL;
        BOXA *boxes = pixConnComp(light, &parts, 4);
        l_int32 best = 0;
        for (int i = 0; parts != NULL && i < pixaGetCount(parts); i++) {
            PIX *part = pixaGetPix(parts, i, L_CLONE);
            l_int32 area = 0;
            pixCountPixels(part, &area, NULL);
            if (area > best) {
                best = area;
                pixDestroy(&sheet);
                sheet = pixCreate(pixGetWidth(light), pixGetHeight(light), 1);
                if (sheet != NULL)
                    pixRasterop(sheet, boxes->box[i]->x, boxes->box[i]->y, (l_int32)pixGetWidth(part), (l_int32)pixGetHeight(part), PIX_SRC, part, 0, 0);
            }
            pixDestroy(&part);
        }
        boxaDestroy(&boxes);
        pixaDestroy(&parts);
    }
    pixDestroy(&light);
    pixDestroy(&small);
    return sheet;
}

/* The outermost pixels towards the four corners of the picture. */
static struct corners corners_of(PIX *sheet)
{
    struct corners c = { { 0 }, { 0 } };
    double best[CORNERS] = { -1e9, -1e9, -1e9, -1e9 };
    for (int y = 0; y < (int)pixGetHeight(sheet); y++) {
        const l_uint32 *line = pixGetData(sheet) + (ptrdiff_t)y * pixGetWpl(sheet);
        for (int x = 0; x < (int)pixGetWidth(sheet); x++) {
            if (!GET_DATA_BIT(line, x))
                continue;
            const double towards[CORNERS] = { -x - y, x - y, x + y, y - x };
            for (int i = 0; i < CORNERS; i++)
                if (towards[i] > best[i]) {
                    best[i] = towards[i];
                    c.x[i] = x;
                    c.y[i] = y;
                }
        }
    }
    return c;
}

static double area_of(const struct corners *c)
{
    double sum = 0;
    for (int i = 0; i < CORNERS; i++)
        sum += c->x[i] * c->y[(i + 1) % CORNERS] - c->x[(i + 1) % CORNERS] * c->y[i];
    return fabs(sum) / 2;
}

static bool is_sheet(PIX *sheet, const struct corners *c)
{
    l_int32 area = 0;
    double all = (double)pixGetWidth(sheet) * pixGetHeight(sheet);
    pixCountPixels(sheet, &area, NULL);
    return area > LEAST * all && area < MOST * all && area > FULL * area_of(c) && area < 1.05 * area_of(c);
}

static double side(const struct corners *c, int from, int to)
{
    return hypot(c->x[to] - c->x[from], c->y[to] - c->y[from]);
}

static PIX *unfold(PIX *pix, const struct corners *c)
{
    double width = (side(c, 0, 1) + side(c, 3, 2)) / 2 * SMALL;
    double height = (side(c, 0, 3) + side(c, 1, 2)) / 2 * SMALL;
    const double to_x[CORNERS] = { 0, width, width, 0 };
    const double to_y[CORNERS] = { 0, 0, height, height };
    PTA *from = ptaCreate(CORNERS);
    PTA *to = ptaCreate(CORNERS);
    PIX *made = NULL;
    for (int i = 0; from != NULL && to != NULL && i < CORNERS; i++) {
        ptaAddPt(from, (l_float32)(c->x[i] * SMALL), (l_float32)(c->y[i] * SMALL));
        ptaAddPt(to, (l_float32)to_x[i], (l_float32)to_y[i]);
    }
    PIX *whole = from == NULL || to == NULL ? NULL : pixProjectivePta(pix, to, from, L_BRING_IN_WHITE);
    BOX *box = boxCreate(0, 0, (l_int32)width, (l_int32)height);
    if (whole != NULL && box != NULL)
        made = pixClipRectangle(whole, box, NULL);
    boxDestroy(&box);
    pixDestroy(&whole);
    ptaDestroy(&from);
    ptaDestroy(&to);
    return made;
}

void scan_cut(struct scan *s)
{
    bool found = false;
    for (int by_colour = pixGetDepth(s->colour) == 32; by_colour >= 0 && !found; by_colour--) {
        PIX *sheet = sheet_of(s->colour, by_colour == 1);
        if (sheet == NULL)
            continue;
        const struct corners c = corners_of(sheet);
        found = is_sheet(sheet, &c);
        if (found)
            scan_replace(&s->colour, unfold(s->colour, &c));
        pixDestroy(&sheet);
    }
}
