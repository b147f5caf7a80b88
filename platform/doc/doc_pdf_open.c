/* Lists without drawn lines: a head that begins with "TT", numbers below it, columns by the white between them. */
#include "platform/doc/doc_pdf.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ANCHORS = 300, MOST_COLUMNS = 12, FEWEST_COLUMNS = 3 };
static const double PHRASE_GAP = 1.2; /* times the size: wider than between two words */

/* A number in the first column: a row. */
struct anchor {
    const struct pdf_word *word;
    double middle;
    bool group; /* "I", "A": names a group of rows */
};

struct open_list {
    struct pdf *p;
    const struct pdf_words *words;
    const struct pdf_word *head; /* "TT" */
    double size, head_top, head_bottom;
    struct anchor anchors[MOST_ANCHORS];
    size_t anchor_count;
    double columns[MOST_COLUMNS + 1]; /* left sides, and the right side of all */
    int column_count;
    double rows[MOST_ANCHORS + 1]; /* tops, and the bottom of all */
};

static double middle(const struct pdf_word *word)
{
    return (word->box.y0 + word->box.y1) / 2;
}

static char *text_of(struct pdf *p, const struct pdf_word *word)
{
    struct buffer b = { .arena = p->arena };
    buffer_add(&b, "");
    for (size_t i = 0; i < word->count && i < 40; i++)
        buffer_add_rune(&b, word->chars[i].rune);
    return text_nfc(p->arena, b.text);
}

static bool in_head(const struct open_list *l, const struct pdf_word *word)
{
    return middle(word) >= l->head_top && middle(word) <= l->head_bottom;
}

/* ---- the head ---- */

static int by_left(const void *a, const void *b)
{
    const struct pdf_box *left = a;
    const struct pdf_box *right = b;
    return (left->x0 > right->x0) - (left->x0 < right->x0);
}

/* Intervals that overlap, or stand nearer than `gap`, become one. Returns how many are left. */
static size_t melt(struct pdf_box *boxes, size_t count, double gap)
{
    size_t kept = 0;
    if (count > 1)
        qsort(boxes, count, sizeof *boxes, by_left);
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && boxes[i].x0 < boxes[kept - 1].x1 + gap)
            boxes[kept - 1].x1 = fmax(boxes[kept - 1].x1, boxes[i].x1);
        else
            boxes[kept++] = boxes[i];
    }
    return kept;
}

static size_t head_phrases(const struct open_list *l, struct pdf_box *boxes)
{
    size_t count = 0;
    for (size_t i = 0; i < l->words->count; i++)
        if (in_head(l, l->words->items[i]))
            boxes[count++] = l->words->items[i]->box;
    return melt(boxes, count, PHRASE_GAP * l->size);
}

/* A head of two lines: "Chủ trì", "Phối hợp" below "Trách nhiệm thực hiện". */
static void take_second_line(struct open_list *l)
{
    static const char *const words[] = { "Chủ", "chủ", "Phối", "phối", "hoàn", "thực", "chú" };
    double bottom = l->head_bottom;
    for (size_t i = 0; i < l->words->count; i++) {
        const struct pdf_word *word = l->words->items[i];
        if (middle(word) <= l->head_bottom || middle(word) > l->head_bottom + 1.1 * l->size)
            continue;
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            if (strcmp(text_of(l->p, word), words[k]) == 0 && word->box.x0 > l->head->box.x1 + 2 * l->size)
                bottom = fmax(bottom, middle(word) + 0.4 * l->size);
    }
    l->head_bottom = bottom;
}

static bool find_head(struct open_list *l, struct pdf_box *boxes)
{
    for (size_t i = 0; i < l->words->count; i++) {
        const struct pdf_word *word = l->words->items[i];
        const char *text = word->count < 2 || word->count > 3 ? "" : text_of(l->p, word);
        if (strcmp(text, "TT") != 0 && strcmp(text, "STT") != 0)
            continue;
        l->head = word;
        l->size = word->size;
        l->head_top = middle(word) - 0.8 * l->size;
        l->head_bottom = middle(word) + 0.8 * l->size;
        if (head_phrases(l, boxes) >= FEWEST_COLUMNS && boxes[0].x1 < word->box.x1 + l->size) {
            take_second_line(l);
            return true;
        }
    }
    return false;
}

/* ---- rows ---- */

static int by_place(const void *a, const void *b)
{
    const struct anchor *left = a;
    const struct anchor *right = b;
    return (left->middle > right->middle) - (left->middle < right->middle);
}

/* "1" and "1." are two manners, and a list keeps to one: "3. Tổ chức thực hiện" behind it is no row. */
static bool is_anchor(const char *text, bool dotted, bool *group)
{
    size_t length = strlen(text);
    bool has_dot = length > 1 && text[length - 1] == '.';
    if (length == 0 || length > 6 || has_dot != dotted)
        return false;
    size_t body = length - has_dot;
    *group = strspn(text, "IVX") == body || (body == 1 && text[0] >= 'A' && text[0] <= 'Z');
    return *group || strspn(text, "0123456789.") == body;
}

static bool find_anchors(struct open_list *l, bool dotted)
{
    l->anchor_count = 0;
    for (size_t i = 0; i < l->words->count && l->anchor_count < MOST_ANCHORS; i++) {
        const struct pdf_word *word = l->words->items[i];
        bool group = false;
        double center = (word->box.x0 + word->box.x1) / 2;
        bool below = middle(word) > l->head_bottom && center > l->head->box.x0 - l->size && center < l->head->box.x1 + l->size;
        if (below && is_anchor(text_of(l->p, word), dotted, &group))
            l->anchors[l->anchor_count++] = (struct anchor){ word, middle(word), group };
    }
    if (l->anchor_count > 1)
        qsort(l->anchors, l->anchor_count, sizeof *l->anchors, by_place);
    int last = 0;
    for (size_t i = 0; i < l->anchor_count; i++) {
        int number = atoi(text_of(l->p, l->anchors[i].word));
        bool fits = l->anchors[i].group || number == last + 1 || (number == 1 && i > 0) || strchr(text_of(l->p, l->anchors[i].word), '.') != NULL;
        if (!fits)
            l->anchor_count = i;
        last = l->anchors[i].group ? last : number;
    }
    return l->anchor_count >= 2;
}

/* Lines stand above the first number, or between the name of a group and the number below it: numbers are in the middle. */
static bool is_centred(const struct open_list *l)
{
    for (size_t k = 0; k < l->anchor_count; k++) {
        double above = k == 0 ? l->head_bottom : l->anchors[k - 1].middle;
        if (l->anchors[k].group || (k > 0 && !l->anchors[k - 1].group))
            continue;
        for (size_t i = 0; i < l->words->count; i++) {
            double at = middle(l->words->items[i]);
            if (at > above + (k == 0 ? 0 : 0.6 * l->size) && at < l->anchors[k].middle - 0.6 * l->size)
                return true;
        }
    }
    return false;
}

/* Does something stand in the first column of this line? */
static bool has_first(const struct open_list *l, const struct pdf_word *of)
{
    for (size_t i = 0; i < l->words->count; i++) {
        const struct pdf_word *word = l->words->items[i];
        if (fabs(middle(word) - middle(of)) < 0.5 * l->size && word->box.x0 < l->columns[1])
            return true;
    }
    return false;
}

/* Where a row ends: numbers stand in the middle of their rows, or at their tops. */
static void find_rows(struct open_list *l)
{
    double top = 1e9;
    double bottom = 0;
    const struct anchor *end = &l->anchors[l->anchor_count - 1];
    for (size_t i = 0; i < l->words->count; i++)
        if (middle(l->words->items[i]) > l->head_bottom)
            top = fmin(top, l->words->items[i]->box.y0);
    bool centred = is_centred(l);
    l->rows[0] = top;
    for (size_t i = 0; i + 1 < l->anchor_count; i++) {
        double half = 2 * l->anchors[i].middle - l->rows[i];
        double low = l->anchors[i].middle + 0.5 * l->size;
        double high = l->anchors[i + 1].middle - 0.5 * l->size;
        l->rows[i + 1] = centred ? fmin(fmax(half, low), high) : l->anchors[i + 1].word->box.y0 - 0.2 * l->size;
    }
    bottom = centred ? fmax(2 * end->middle - l->rows[l->anchor_count - 1], end->word->box.y1) + 0.3 * l->size : end->word->box.y1;
    for (bool grown = !centred; grown;) { /* lines of the last row that follow closely and stay out of the first column */
        grown = false;
        for (size_t i = 0; i < l->words->count; i++) {
            const struct pdf_box *box = &l->words->items[i]->box;
            bool next = box->y0 > bottom - 0.5 * l->size && box->y0 < bottom + 0.6 * l->size && box->y1 > bottom;
            if (next && !has_first(l, l->words->items[i])) {
                bottom = box->y1;
                grown = true;
            }
        }
    }
    l->rows[l->anchor_count] = bottom;
}

/* ---- columns ---- */

/* In the line of a group's name. */
static bool names_group(const struct open_list *l, const struct pdf_word *word)
{
    for (size_t i = 0; i < l->anchor_count; i++)
        if (l->anchors[i].group && fabs(middle(word) - l->anchors[i].middle) < 0.5 * l->size)
            return true;
    return false;
}

enum { MOST_STEPS = 3000, SOLID = 10000 };

/* How many words stand above each other, step by step across the page; phrases of the head are never cut. */
static int pile(const struct open_list *l, struct pdf_box *boxes, double left, double step, int *steps)
{
    double end = l->anchors[l->anchor_count - 1].word->box.y1;
    size_t count = head_phrases(l, boxes);
    size_t head = count;
    for (size_t i = 0; i < l->words->count; i++) {
        const struct pdf_word *word = l->words->items[i];
        if (middle(word) > l->head_bottom && middle(word) < end && !names_group(l, word))
            boxes[count++] = word->box;
    }
    int last = 0;
    for (size_t i = 0; i < count; i++) {
        int from = (int)fmax(0, floor((boxes[i].x0 - left) / step));
        int to = (int)fmin(MOST_STEPS, ceil((boxes[i].x1 - left) / step));
        for (int k = from; k < to; k++)
            steps[k] += i < head ? SOLID : 1;
        last = to > last ? to : last;
    }
    return last;
}

static bool find_columns(struct open_list *l, struct pdf_box *boxes)
{
    int *steps = arena_array(l->p->arena, MOST_STEPS + 1, sizeof *steps);
    double step = l->size / 10;
    double left = 1e9;
    for (size_t i = 0; i < l->words->count; i++)
        if (middle(l->words->items[i]) > l->head_top)
            left = fmin(left, l->words->items[i]->box.x0);
    int last = pile(l, boxes, left, step, steps);
    int allowed = l->p->loose ? (int)l->anchor_count / 4 : 0; /* words that stick out */
    int count = 0;
    double before = left - l->size;
    for (int i = 0; i < last; i++) {
        if (steps[i] <= allowed || (i > 0 && steps[i - 1] > allowed))
            continue;
        if (count == MOST_COLUMNS)
            return false;
        double side = count == 0 ? before : (before + left + i * step) / 2;
        bool headed = false;
        for (; i < last && steps[i] > allowed; i++)
            headed = headed || steps[i] >= SOLID;
        if (headed) /* else it belongs to the column before it */
            l->columns[count++] = side;
        before = left + i * step;
    }
    l->columns[count] = before + 4 * l->size;
    l->column_count = count;
    return count >= FEWEST_COLUMNS;
}

/* ---- the table ---- */

static int place_in(const double *places, int count, double at)
{
    for (int i = 0; i < count; i++)
        if (at >= places[i] && at < places[i + 1])
            return i;
    return -1;
}

/* Row 0 is the head. */
static int row_of(const struct open_list *l, const struct pdf_word *word)
{
    if (in_head(l, word))
        return 0;
    int row = place_in(l->rows, (int)l->anchor_count, middle(word));
    return row < 0 ? -1 : row + 1;
}

static void take_words(struct open_list *l, struct pdf_words *words, struct pdf_words *of_cell)
{
    size_t kept = 0;
    for (size_t i = 0; i < words->count; i++) {
        struct pdf_word *word = words->items[i];
        int row = row_of(l, word);
        int column = place_in(l->columns, l->column_count, (word->box.x0 + word->box.x1) / 2);
        if (row < 0 || column < 0) {
            words->items[kept++] = word;
            continue;
        }
        if (row > 0 && l->anchors[row - 1].group && column > 0)
            column = 1; /* the name of a group runs through */
        struct pdf_words *list = &of_cell[row * l->column_count + column];
        if (list->items == NULL)
            list->items = arena_array(l->p->arena, words->count - i, sizeof *list->items);
        list->items[list->count++] = word;
    }
    words->count = kept;
}

static void fill_cell(struct open_list *l, struct cell_list *cells, const struct pdf_words *words, int row, int column)
{
    struct cell_box *cell = cell_add(cells, row, column);
    bool group = row > 0 && l->anchors[row - 1].group && column == 1;
    cell->column_span = group ? l->column_count - 1 : 1;
    cell->header = row == 0;
    double left = l->columns[column];
    double right = l->columns[column + cell->column_span];
    double top = row == 0 ? l->head_top : l->rows[row - 1];
    double bottom = row == 0 ? l->head_bottom : l->rows[row];
    cell->place = (struct place){ .page = l->p->page, .x = left, .y = top, .width = right - left, .height = bottom - top };
    struct pdf_rows rows = pdf_group_rows(l->p, words);
    double from = right;
    double to = left;
    for (size_t i = 0; i < rows.count; i++) {
        from = fmin(from, rows.items[i].box.x0);
        to = fmax(to, rows.items[i].box.x1);
    }
    pdf_cell_blocks(l->p, &rows, from, to + l->size, &cell->blocks, &cell->block_count);
}

static struct pdf_table *make_table(struct open_list *l, struct pdf_words *words)
{
    struct pdf *p = l->p;
    int rows = (int)l->anchor_count + 1;
    size_t places = (size_t)rows * (size_t)l->column_count;
    struct cell_list cells = { .arena = p->arena };
    struct pdf_words *of_cell = arena_array(p->arena, places, sizeof *of_cell);
    p->cells += places;
    if (p->cells > DOC_MOST_CELLS) {
        p->too_large = true;
        return NULL;
    }
    take_words(l, words, of_cell);
    for (int row = 0; row < rows; row++)
        for (int column = 0; column < l->column_count; column++) {
            bool covered = row > 0 && l->anchors[row - 1].group && column > 1;
            if (!covered)
                fill_cell(l, &cells, &of_cell[row * l->column_count + column], row, column);
        }
    struct pdf_table *table = arena_alloc(p->arena, sizeof *table);
    table->capacity = cells.capacity;
    table->column_count = l->column_count;
    table->columns = arena_array(p->arena, (size_t)l->column_count + 1, sizeof *table->columns);
    memcpy(table->columns, l->columns, ((size_t)l->column_count + 1) * sizeof *table->columns);
    table->box = (struct pdf_box){ l->columns[0], l->head_top, l->columns[l->column_count], l->rows[l->anchor_count] };
    table->block = (struct block){ .kind = BLOCK_TABLE, .place = { .page = p->page, .x = table->box.x0, .y = table->box.y0,
                                   .width = table->box.x1 - table->box.x0, .height = table->box.y1 - table->box.y0 } };
    table_finish(&table->block, &cells);
    return table;
}

struct pdf_table *pdf_open_table(struct pdf *p, struct pdf_words *words)
{
    if (words->count < 2 * FEWEST_COLUMNS)
        return NULL;
    struct open_list *l = arena_alloc(p->arena, sizeof *l);
    struct pdf_box *boxes = arena_array(p->arena, 2 * words->count, sizeof *boxes);
    *l = (struct open_list){ .p = p, .words = words };
    if (!find_head(l, boxes) || (!find_anchors(l, false) && !find_anchors(l, true)) || !find_columns(l, boxes))
        return NULL;
    find_rows(l);
    return make_table(l, words);
}
