/* What tesseract found, letter by letter: words parted where it overlooked the blank, and how large their letters are. */
#include "platform/doc/scan_words.h"
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { MOST_WORDS = 20000, MOST_LETTERS = 120 };
static const double BLANK = 0.2; /* of the size: a gap so wide is never inside a word */

struct letter {
    int32_t runes[4];
    int count;
    int x0, x1;
};

/* The word that is being read, and its line. */
struct reading {
    struct finder *f;
    struct letter letters[MOST_LETTERS];
    int count;
    int x0, y0, x1, y1;
    double sure, base;
    double sizes[MOST_LETTERS]; /* of letters of the line */
    int measured;
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

/* Dark runs along the row. */
static int runs_at(PIX *grey, int x0, int x1, int y)
{
    enum { DARK = 140 };
    const l_uint32 *line = pixGetData(grey) + (ptrdiff_t)y * pixGetWpl(grey);
    int runs = 0;
    bool dark = false;
    for (int x = x0; x < x1; x++) {
        bool now = GET_DATA_BYTE(line, x) < DARK;
        runs += now && !dark;
        dark = now;
    }
    return runs;
}

int scan_strokes(PIX *grey, int x0, int y0, int x1, int y1)
{
    enum { MOST = 8 };
    int rows[MOST] = { 0 };
    int fewer = 0;
    int usual = 0;
    int high = y1 - y0;
    if (x0 < 0 || y0 < 0 || x1 > (int)pixGetWidth(grey) || y1 > (int)pixGetHeight(grey) || high < 8)
        return 0;
    for (int y = y0 + high / 4; y < y1 - high / 4; y++)
        rows[runs_at(grey, x0, x1, y) < MOST ? runs_at(grey, x0, x1, y) : 0]++;
    for (int i = 1; i < MOST; i++)
        usual = rows[i] > rows[usual] || usual == 0 ? i : usual;
    for (int y = y0 + high * 2 / 5; y < y1 - high * 2 / 5; y++)
        fewer += runs_at(grey, x0, x1, y) < usual;
    return fewer >= 2 ? -usual : usual;
}

static struct scan_line *line_of(struct reading *r)
{
    return &r->f->found->lines[r->f->found->line_count - 1];
}

static void add_word(struct reading *r, int from, int to, int x0, int x1)
{
    struct finder *f = r->f;
    struct scan_found *found = f->found;
    struct arena *a = f->s->arena;
    struct pdf_word *word = arena_alloc(a, sizeof *word);
    struct buffer text = { .arena = a };
    buffer_add(&text, "");
    for (int i = from; i < to; i++)
        for (int k = 0; k < r->letters[i].count; k++)
            buffer_add_rune(&text, r->letters[i].runes[k]);
    const char *at = text_nfc(a, text.text);
    if (text_blank(at) || found->word_count >= MOST_WORDS)
        return;
    word->sure = fmax(0.01, fmin(1, r->sure));
    word->box = (struct pdf_box){ x0 / f->scale, r->y0 / f->scale, x1 / f->scale, r->y1 / f->scale };
    word->chars = arena_array(a, strlen(at), sizeof *word->chars);
    for (int32_t rune; *at != '\0';) {
        at = text_next(at, &rune);
        word->chars[word->count++].rune = rune;
    }
    found->words = arena_grow(a, found->words, sizeof *found->words, &found->word_capacity, found->word_count + 1);
    found->words[found->word_count++] = (struct scan_word){
        .word = word, .line = found->line_count - 1, .stroke = stroke_of(f, x0, r->y0, x1, r->y1),
        .base = r->base / f->scale,
        .marks = scan_strokes(f->image, x0, r->y0, x1, r->y1),
    };
}

static bool is_white(const struct reading *r, int x)
{
    enum { DARK = 150 };
    for (int y = r->y0; y < r->y1; y++)
        if (GET_DATA_BYTE(pixGetData(r->f->image) + (ptrdiff_t)y * pixGetWpl(r->f->image), x) < DARK)
            return false;
    return true;
}

/* Which letter stands first behind a gap that ends at x. */
static int letter_behind(const struct reading *r, int from, int x)
{
    int i = from;
    while (i < r->count && r->letters[i].x0 + r->letters[i].x1 < 2 * x)
        i++;
    return i;
}

/* Figures and capitals are set wide. */
static bool may_part(const struct reading *r, int next)
{
    utf8proc_category_t before = utf8proc_category(r->letters[next - 1].runes[0]);
    utf8proc_category_t behind = utf8proc_category(r->letters[next].runes[0]);
    return before != behind || (before != UTF8PROC_CATEGORY_ND && before != UTF8PROC_CATEGORY_LU);
}

/* The word as one, or as several where it is parted by gaps as wide as blanks. */
static void flush(struct reading *r)
{
    double size = middle_of(r->sizes, (size_t)r->measured);
    int least = (int)(BLANK * (size > 4 ? size : 12) * r->f->scale);
    int from = 0;
    int start = r->x0;
    int white = 0;
    bool inside = r->x0 >= 0 && r->y0 >= 0 && r->x1 <= (int)pixGetWidth(r->f->image) && r->y1 <= (int)pixGetHeight(r->f->image);
    for (int x = r->x0; x < r->x1 && inside; x++) {
        if (is_white(r, x)) {
            white++;
            continue;
        }
        int next = white >= least ? letter_behind(r, from, x) : 0;
        if (next > from && next < r->count && may_part(r, next)) {
            add_word(r, from, next, start, x - white);
            from = next;
            start = x;
        }
        white = 0;
    }
    if (r->count > 0)
        add_word(r, from, r->count, start, r->x1);
    r->count = 0;
}

static void end_line(struct reading *r)
{
    flush(r);
    if (r->f->found->line_count > 0 && r->measured > 0)
        *line_of(r) = (struct scan_line){ .size = middle_of(r->sizes, (size_t)r->measured), .measured = r->measured };
    r->measured = 0;
}

static void begin_line(struct reading *r, TessPageIterator *place)
{
    int x0, y0, x1, y1;
    struct scan_found *found = r->f->found;
    found->lines = arena_grow(r->f->s->arena, found->lines, sizeof *found->lines, &found->line_capacity, found->line_count + 1);
    found->lines[found->line_count++] = (struct scan_line){ 0 };
    r->base = 0;
    if (!TessPageIteratorBaseline(place, RIL_TEXTLINE, &x0, &y0, &x1, &y1) || x1 <= x0)
        return;
    r->base = (y0 + y1) / 2.0; /* of all its words: on a photo a line may rise or sink, yet it is one row */
}

static void begin_word(struct reading *r, TessResultIterator *at, TessPageIterator *place)
{
    r->x0 = r->y0 = r->x1 = r->y1 = 0;
    TessPageIteratorBoundingBox(place, RIL_WORD, &r->x0, &r->y0, &r->x1, &r->y1);
    r->sure = TessResultIteratorConfidence(at, RIL_WORD) / 100;
    if (r->base <= 0)
        r->base = r->y1;
}

static void add_letter(struct reading *r, TessResultIterator *at, TessPageIterator *place)
{
    int x0, y0, x1, y1;
    char *text = TessResultIteratorGetUTF8Text(at, RIL_SYMBOL);
    bool good = text != NULL && text_is_utf8(text, strlen(text)) && r->count < MOST_LETTERS &&
                TessPageIteratorBoundingBox(place, RIL_SYMBOL, &x0, &y0, &x1, &y1);
    if (good) {
        struct letter *letter = &r->letters[r->count++];
        *letter = (struct letter){ .x0 = x0, .x1 = x1 };
        for (const char *next = text; *next != '\0' && letter->count < 4;)
            next = text_next(next, &letter->runes[letter->count++]);
        double size = letter_size(letter->runes[0], (y1 - y0) / r->f->scale);
        if (size > 0 && r->measured < MOST_LETTERS)
            r->sizes[r->measured++] = size;
    }
    TessDeleteText(text);
}

void scan_take(struct finder *f)
{
    TessResultIterator *at = TessBaseAPIRecognize(f->api, NULL) == 0 ? TessBaseAPIGetIterator(f->api) : NULL;
    if (at == NULL)
        return;
    struct reading r = { .f = f };
    TessPageIterator *place = TessResultIteratorGetPageIterator(at);
    TessPageIteratorBegin(place);
    bool first = true;
    do {
        if (first || TessPageIteratorIsAtBeginningOf(place, RIL_TEXTLINE)) {
            end_line(&r);
            begin_line(&r, place);
        }
        if (first || TessPageIteratorIsAtBeginningOf(place, RIL_WORD)) {
            flush(&r);
            begin_word(&r, at, place);
        }
        first = false;
        add_letter(&r, at, place);
    } while (TessResultIteratorNext(at, RIL_SYMBOL));
    end_line(&r);
    TessResultIteratorDelete(at);
}
