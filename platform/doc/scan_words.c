/* Recognition: tesseract gives words with places and how sure it is of them; cells of tables are read one by one. */
#include "platform/doc/scan.h"
#include <stdlib.h>
#include <string.h>
#include <tesseract/capi.h>

/* Letters of 14 points are then as high as those that tesseract learned from; more dots read worse, and slower. */
enum { DPI = 230, MOST_WORDS = 20000 };

struct finder {
    struct scan *s;
    struct scan_found *found;
    TessBaseAPI *api;
    PIX *image;   /* what is recognised: grey, in its own scale */
    double scale; /* pixels of the image a point */
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

static void add_line(struct finder *f, TessResultIterator *from)
{
    enum { MOST = 200 };
    double sizes[MOST];
    int count = 0;
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
    struct scan_found *found = f->found;
    found->lines = arena_grow(f->s->arena, found->lines, sizeof *found->lines, &found->line_capacity, found->line_count + 1);
    found->lines[found->line_count++] = (struct scan_line){ .size = middle_of(sizes, (size_t)count), .measured = count };
}

/* The middle of the lengths of its dark runs, in points: for most of them cross a standing stroke. */
static double stroke_of(const struct finder *f, int x0, int y0, int x1, int y1)
{
    enum { LONGEST = 40, DARK = 140 };
    int runs[LONGEST] = { 0 };
    int all = 0;
    for (int y = y0 < 0 ? 0 : y0; y < y1 && y < (int)pixGetHeight(f->image); y++) {
        const l_uint32 *line = pixGetData(f->image) + (ptrdiff_t)y * pixGetWpl(f->image);
        int length = 0;
        for (int x = x0 < 0 ? 0 : x0; x <= x1 && x < (int)pixGetWidth(f->image); x++) {
            bool dark = x < x1 && GET_DATA_BYTE(line, x) < DARK;
            if (!dark && length > 0 && length < LONGEST) {
                runs[length]++;
                all++;
            }
            length = dark ? length + 1 : 0;
        }
    }
    double below = 0;
    for (int i = 1; i < LONGEST; i++) { /* the median, between two whole lengths */
        if (below + runs[i] >= all / 2.0)
            return all < 10 ? 0 : (i + (all / 2.0 - below) / runs[i]) / f->scale;
        below += runs[i];
    }
    return 0;
}

static void add_word(struct finder *f, TessResultIterator *at)
{
    TessPageIterator *place = TessResultIteratorGetPageIterator(at);
    struct scan_found *found = f->found;
    int x0, y0, x1, y1, bx0, by0, bx1, by1;
    char *text = TessResultIteratorGetUTF8Text(at, RIL_WORD);
    bool good = text != NULL && text_is_utf8(text, strlen(text)) && !text_blank(text) && found->word_count < MOST_WORDS &&
                TessPageIteratorBoundingBox(place, RIL_WORD, &x0, &y0, &x1, &y1);
    if (good) {
        struct arena *a = f->s->arena;
        struct pdf_word *word = arena_alloc(a, sizeof *word);
        const char *nfc = text_nfc(a, text_trim(a, text));
        double base = y1;
        if (TessPageIteratorBaseline(place, RIL_TEXTLINE, &bx0, &by0, &bx1, &by1) && bx1 > bx0)
            base = by0 + (double)(by1 - by0) * ((x0 + x1) / 2.0 - bx0) / (bx1 - bx0);
        word->sure = fmax(0.01, fmin(1, TessResultIteratorConfidence(at, RIL_WORD) / 100));
        word->box = (struct pdf_box){ x0 / f->scale, y0 / f->scale, x1 / f->scale, y1 / f->scale };
        word->chars = arena_array(a, strlen(nfc), sizeof *word->chars);
        for (int32_t rune; *nfc != '\0';) {
            nfc = text_next(nfc, &rune);
            word->chars[word->count++].rune = rune;
        }
        found->words = arena_grow(a, found->words, sizeof *found->words, &found->word_capacity, found->word_count + 1);
        found->words[found->word_count++] = (struct scan_word){ .word = word, .line = found->line_count - 1, .base = base / f->scale,
                                                                .stroke = stroke_of(f, x0, y0, x1, y1) };
    }
    TessDeleteText(text);
}

/* Recognises the image, or the rectangle of it, that was set. */
static void take_words(struct finder *f)
{
    if (TessBaseAPIRecognize(f->api, NULL) != 0)
        return;
    TessResultIterator *at = TessBaseAPIGetIterator(f->api);
    if (at == NULL)
        return;
    TessPageIterator *place = TessResultIteratorGetPageIterator(at);
    TessPageIteratorBegin(place);
    bool first = true;
    do {
        if (first || TessPageIteratorIsAtBeginningOf(place, RIL_TEXTLINE))
            add_line(f, at);
        first = false;
        add_word(f, at);
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
    take_words(f);
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
    take_words(f);
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
