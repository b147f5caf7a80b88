/* Recognition: tesseract gives words with places and how sure it is of them; cells of tables are read one by one. */
#include "platform/doc/scan_words.h"
#include <string.h>

/* Letters of 14 points are then as high as those that tesseract learned from; more dots read worse, and slower. */
enum { DPI = 230 };

static bool has_ink(const struct finder *f, const BOX *box)
{
    enum { DARK = 150, FEWEST = 14 };
    int dark = 0;
    for (int y = box->y; y < box->y + box->h; y++) {
        const l_uint32 *line = pixGetData(f->image) + (ptrdiff_t)y * pixGetWpl(f->image);
        for (int x = box->x; x < box->x + box->w; x++)
            dark += GET_DATA_BYTE(line, x) < DARK;
    }
    return dark >= FEWEST;
}

static double least_sure(const struct scan_found *found, size_t from)
{
    double least = found->word_count > from ? 1 : 0;
    for (size_t i = from; i < found->word_count; i++)
        least = fmin(least, found->words[i].word->sure);
    return least;
}

/* Reads the rectangle in another way, and keeps that when it is surer. */
static void look_again(struct finder *f, size_t from, TessPageSegMode how, const char *signs)
{
    struct scan_found *found = f->found;
    size_t had = found->word_count;
    TessBaseAPISetPageSegMode(f->api, how);
    TessBaseAPISetVariable(f->api, "tessedit_char_whitelist", signs);
    scan_take(f);
    TessBaseAPISetVariable(f->api, "tessedit_char_whitelist", "");
    TessBaseAPISetPageSegMode(f->api, PSM_SINGLE_BLOCK);
    size_t more = found->word_count - had;
    if (more > 0 && least_sure(found, had) > (had > from ? least_sure(found, from) : 0))
        memmove(found->words + from, found->words + had, more * sizeof *found->words);
    else
        more = had - from;
    found->word_count = from + more;
}

/* A single sign is no block of text, and a number alone no word of Vietnamese: both are often misread. */
static void read_cell(struct finder *f)
{
    static const double DOUBTFUL = 0.8;
    struct scan_found *found = f->found;
    size_t from = found->word_count;
    scan_take(f);
    bool small = found->word_count == from || (found->word_count == from + 1 && found->words[from].word->count <= 4);
    if (small && least_sure(found, from) < DOUBTFUL)
        look_again(f, from, PSM_SINGLE_LINE, "");
    if (small && found->word_count <= from + 1 && least_sure(found, from) < DOUBTFUL)
        look_again(f, from, PSM_SINGLE_LINE, "0123456789.IVX");
}

/* A cell by itself; then it is blank, so that what lies around it is read without it. */
static void take_cell(struct finder *f, const BOX *cell)
{
    double factor = f->scale / f->s->scale;
    BOX *box = boxCreate((int)(cell->x * factor), (int)(cell->y * factor), (int)(cell->w * factor), (int)(cell->h * factor));
    BOX *kept = box == NULL ? NULL : boxClipToRectangle(box, pixGetWidth(f->image), pixGetHeight(f->image));
    if (kept != NULL && has_ink(f, kept)) {
        TessBaseAPISetRectangle(f->api, kept->x, kept->y, kept->w, kept->h);
        read_cell(f);
        pixSetInRectArbitrary(f->image, kept, 255);
    }
    boxDestroy(&kept);
    boxDestroy(&box);
}

/* Ink of which nothing was read, as letters on lines; one bit a pixel. */
static PIX *unread_ink(struct finder *f)
{
    enum { INK = 150 };
    static const double MARGIN = 2;     /* points */
    static const double DOUBTFUL = 0.5; /* a word read so badly is looked at again */
    PIX *ink = pixThresholdToBinary(f->image, INK);
    for (size_t i = 0; ink != NULL && i < f->found->word_count; i++) {
        const struct scan_word *word = &f->found->words[i];
        const struct pdf_box *its = &word->word->box;
        double size = f->found->lines[word->line].size;
        if (word->word->sure < DOUBTFUL)
            continue;
        double high = size > 4 ? size : 12; /* the box itself may reach over the next line */
        BOX *box = boxCreate((int)((its->x0 - MARGIN) * f->scale), (int)((word->base - high) * f->scale),
                             (int)((its->x1 - its->x0 + 2 * MARGIN) * f->scale), (int)(1.3 * high * f->scale));
        if (box != NULL)
            pixClearInRect(ink, box);
        boxDestroy(&box);
    }
    if (ink != NULL)
        scan_replace(&ink, pixOpenBrick(NULL, ink, 2, 2)); /* no specks */
    if (ink != NULL)
        scan_replace(&ink, pixCloseSafeBrick(NULL, ink, (int)(5 * f->scale), (int)(3 * f->scale)));
    return ink;
}

/* Words before `end` in whose place surer ones were found. */
static void forget_doubtful(struct scan_found *found, size_t end)
{
    for (size_t i = 0; i < end; i++) {
        const struct pdf_box *old = &found->words[i].word->box;
        double middle = (old->y0 + old->y1) / 2;
        for (size_t k = end; k < found->word_count && found->words[i].word->sure < 0.5; k++) {
            const struct pdf_box *new = &found->words[k].word->box;
            if (old->x0 < new->x1 && old->x1 > new->x0 && middle > new->y0 && middle < new->y1)
                found->words[i].word->sure = 0; /* scan_tidy leaves it out */
        }
    }
}

/* The analysis of the page now and then leaves out a short last line: what looks like one is read by itself. */
static void take_unread(struct finder *f)
{
    enum { MOST = 12 };
    static const double LEAST = 5, HIGHEST = 24, SURE = 0.6; /* points, points, as of struct block */
    struct scan_found *found = f->found;
    PIX *ink = unread_ink(f);
    BOXA *boxes = ink == NULL ? NULL : pixConnComp(ink, NULL, 8);
    TessBaseAPISetPageSegMode(f->api, PSM_SINGLE_LINE);
    for (int i = 0, tried = 0; boxes != NULL && i < boxes->n && tried < MOST; i++) {
        const BOX *box = boxes->box[i];
        if (box->h < LEAST * f->scale || box->h > HIGHEST * f->scale || box->w < LEAST * f->scale)
            continue;
        size_t had = found->word_count;
        int more = (int)(3 * f->scale);
        tried++;
        TessBaseAPISetRectangle(f->api, box->x > more ? box->x - more : 0, box->y > more ? box->y - more : 0, box->w + 2 * more, box->h + 2 * more);
        scan_take(f);
        if (least_sure(found, had) < SURE)
            found->word_count = had;
        else
            forget_doubtful(found, had);
    }
    boxaDestroy(&boxes);
    pixDestroy(&ink);
}

static void find_words(struct finder *f, const struct pdf_lines *lines)
{
    TessBaseAPISetVariable(f->api, "tessedit_do_invert", "0"); /* no white letters on black: half the time of doubtful words */
    TessBaseAPISetPageSegMode(f->api, PSM_SINGLE_BLOCK);
    TessBaseAPISetImage2(f->api, f->image);
    TessBaseAPISetSourceResolution(f->api, DPI);
    BOXA *cells = scan_cells(f->s, lines);
    for (int i = 0; cells != NULL && i < boxaGetCount(cells); i++) {
        BOX *cell = boxaGetBox(cells, i, L_CLONE);
        take_cell(f, cell);
        boxDestroy(&cell);
    }
    bool some = cells != NULL && boxaGetCount(cells) > 0;
    boxaDestroy(&cells);
    if (some)
        TessBaseAPISetImage2(f->api, f->image); /* it has a copy of its own, with the cells */
    TessBaseAPISetPageSegMode(f->api, PSM_SINGLE_COLUMN);
    scan_take(f);
    take_unread(f);
}

enum err scan_recognise(struct scan *s, const struct pdf_lines *lines, struct scan_found *found)
{
    struct finder f = { .s = s, .found = found, .api = TessBaseAPICreate() };
    if (f.api == NULL || TessBaseAPIInit3(f.api, NULL, "vie") != 0) {
        TessBaseAPIDelete(f.api);
        return fail(s->c, NOT_FOUND, doc_says_no_scan, "no Vietnamese data of tesseract");
    }
    float factor = (float)(DPI / 72.0 / s->scale);
    f.image = pixScale(s->grey, factor, factor);
    f.scale = s->scale * factor;
    if (f.image != NULL)
        find_words(&f, lines);
    else
        fail(s->c, INVALID, doc_says_huge, "out of memory for the picture");
    pixDestroy(&f.image);
    TessBaseAPIDelete(f.api);
    return s->c->err;
}
