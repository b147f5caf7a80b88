/* Recognition: tesseract gives words with places and how sure it is of them; cells of tables are read one by one. */
#include "platform/doc/scan.h"
#include <stdlib.h>
#include <string.h>
#include <tesseract/capi.h>

/* Letters of 14 points are then as high as those that tesseract learned from; more dots read worse, and slower. */
enum { DPI = 230, MOST_WORDS = 20000 };

struct finder {
    struct scan *s;
    TessBaseAPI *api;
    PIX *image;      /* what is recognised: grey, larger */
    double scale;    /* pixels of the image a point */
    struct pdf_words words;
    size_t capacity;
};

static int by_value(const void *a, const void *b)
{
    double d = *(const double *)a - *(const double *)b;
    return (d > 0) - (d < 0);
}

static double middle_of(double *values, size_t count)
{
    if (count == 0)
        return 0;
    qsort(values, count, sizeof *values, by_value);
    return values[count / 2];
}

/* How large the letters of a line are, in points, from the heights of single letters: x-height and height of capitals
 * are known parts of the size in the fonts of office texts. */
static double letter_size(int32_t rune, double height)
{
    if (rune < 128 && strchr("acemnorsuvxz", rune) != NULL)
        return height / 0.46;
    if ((rune >= '0' && rune <= '9') || (rune >= 'A' && rune <= 'Z' && rune != 'J' && rune != 'Q'))
        return height / 0.67;
    if (rune < 128 && strchr("bdhkl", rune) != NULL)
        return height / 0.68;
    return 0;
}

static double line_size(struct finder *f, TessResultIterator *from)
{
    enum { MOST = 200 };
    double sizes[MOST];
    size_t count = 0;
    TessResultIterator *at = TessResultIteratorCopy(from);
    TessPageIterator *place = TessResultIteratorGetPageIterator(at);
    do {
        int x0, y0, x1, y1;
        char *text = TessResultIteratorGetUTF8Text(at, RIL_SYMBOL);
        int32_t rune = 0;
        if (text != NULL)
            text_next(text, &rune);
        double size = TessPageIteratorBoundingBox(place, RIL_SYMBOL, &x0, &y0, &x1, &y1) && rune > 0 ? letter_size(rune, (y1 - y0) / f->scale) : 0;
        if (size > 0)
            sizes[count++] = size;
        TessDeleteText(text);
    } while (count < MOST && !TessPageIteratorIsAtFinalElement(place, RIL_TEXTLINE, RIL_SYMBOL) && TessResultIteratorNext(at, RIL_SYMBOL));
    TessResultIteratorDelete(at);
    return middle_of(sizes, count);
}

/* The boxes of a font are equally high whatever letters stand in them; layout relies on it. */
static void add_word(struct finder *f, TessResultIterator *at, double size)
{
    TessPageIterator *place = TessResultIteratorGetPageIterator(at);
    int x0, y0, x1, y1, bx0, by0, bx1, by1;
    char *text = TessResultIteratorGetUTF8Text(at, RIL_WORD);
    bool good = text != NULL && text_is_utf8(text, strlen(text)) && !text_blank(text) && f->words.count < MOST_WORDS &&
                TessPageIteratorBoundingBox(place, RIL_WORD, &x0, &y0, &x1, &y1);
    if (good) {
        double base = y1;
        if (TessPageIteratorBaseline(place, RIL_TEXTLINE, &bx0, &by0, &bx1, &by1) && bx1 > bx0)
            base = by0 + (double)(by1 - by0) * ((x0 + x1) / 2.0 - bx0) / (bx1 - bx0);
        base = base / f->scale;
        struct arena *a = f->s->arena;
        struct pdf_word *word = arena_alloc(a, sizeof *word);
        const char *nfc = text_nfc(a, text_trim(a, text));
        word->size = size;
        word->sure = fmax(0.01, fmin(1, TessResultIteratorConfidence(at, RIL_WORD) / 100));
        word->box = (struct pdf_box){ x0 / f->scale, base - 0.89 * size, x1 / f->scale, base + 0.22 * size };
        word->chars = arena_array(a, strlen(nfc), sizeof *word->chars);
        for (int32_t rune; *nfc != '\0';) {
            nfc = text_next(nfc, &rune);
            word->chars[word->count++] = (struct pdf_char){ .rune = rune, .size = size, .bottom = word->box.y1 };
        }
        f->words.items = arena_grow(a, f->words.items, sizeof *f->words.items, &f->capacity, f->words.count + 1);
        f->words.items[f->words.count++] = word;
    }
    TessDeleteText(text);
}

/* Recognises the image, or the rectangle of it, that was set. */
static void take_words(struct finder *f)
{
    if (TessBaseAPIRecognize(f->api, NULL) != 0)
        return;
    TessResultIterator *at = TessBaseAPIGetIterator(f->api);
    double size = 12;
    if (at == NULL)
        return;
    TessPageIterator *place = TessResultIteratorGetPageIterator(at);
    TessPageIteratorBegin(place);
    do {
        if (TessPageIteratorIsAtBeginningOf(place, RIL_TEXTLINE)) {
            double found = line_size(f, at);
            size = found > 3 ? found : size;
        }
        add_word(f, at, size);
    } while (TessResultIteratorNext(at, RIL_WORD));
    TessResultIteratorDelete(at);
}

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

/* A cell by itself; then it is blank, so that what lies around it is read without it. */
static void take_cell(struct finder *f, const BOX *cell)
{
    double factor = f->scale / f->s->scale;
    BOX *box = boxCreate((int)(cell->x * factor), (int)(cell->y * factor), (int)(cell->w * factor), (int)(cell->h * factor));
    BOX *kept = box == NULL ? NULL : boxClipToRectangle(box, pixGetWidth(f->image), pixGetHeight(f->image));
    if (kept != NULL && has_ink(f, kept)) {
        size_t had = f->words.count;
        TessBaseAPISetRectangle(f->api, kept->x, kept->y, kept->w, kept->h);
        take_words(f);
        if (f->words.count == had) { /* a single sign is no block of text */
            TessBaseAPISetPageSegMode(f->api, PSM_SINGLE_LINE);
            take_words(f);
            TessBaseAPISetPageSegMode(f->api, PSM_SINGLE_BLOCK);
        }
        pixSetInRectArbitrary(f->image, kept, 255);
    }
    boxDestroy(&kept);
    boxDestroy(&box);
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
    take_words(f);
}

enum err scan_words(struct scan *s, const struct pdf_lines *lines, struct pdf_words *words)
{
    struct finder f = { .s = s, .api = TessBaseAPICreate() };
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
    *words = f.words;
    pixDestroy(&f.image);
    TessBaseAPIDelete(f.api);
    return s->c->err;
}
