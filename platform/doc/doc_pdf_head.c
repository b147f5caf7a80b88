/* The two columns at the head of a document whose lines stand at different heights: rows across them would mix both. */
#include "platform/doc/doc_pdf.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double MIXED = 1.6; /* times the size: a row as high as that holds lines of both columns */

struct head {
    struct pdf *p;
    const struct pdf_word *motto; /* its first word */
    double left_end, right_start; /* what is free between the columns */
    struct pdf_words sides[2];
};

static double middle(const struct pdf_word *word)
{
    return (word->box.y0 + word->box.y1) / 2;
}

static bool says(const struct pdf_word *word, const char *text)
{
    size_t i = 0;
    for (int32_t rune; *text != '\0'; i++) {
        text = text_next(text, &rune);
        if (i >= word->count || word->chars[i].rune != rune)
            return false;
    }
    return i == word->count;
}

/* The motto's first word, when it stands in a row that mixes columns. */
static const struct pdf_word *find_motto(struct pdf *p, const struct pdf_words *words)
{
    struct pdf_rows rows = pdf_group_rows(p, words);
    for (size_t i = 0; i < rows.count && i < 12; i++) {
        const struct pdf_row *row = &rows.items[i];
        for (size_t k = 0; k < row->count && row->box.y1 - row->box.y0 > MIXED * row->size; k++)
            if (says(row->words[k], "CỘNG") && row->words[k]->box.x0 > p->width * 0.3)
                return row->words[k];
    }
    return NULL;
}

static int by_middle(const void *a, const void *b)
{
    double d = middle(*(struct pdf_word *const *)a) - middle(*(struct pdf_word *const *)b);
    return (d > 0) - (d < 0);
}

static bool opens_title(const struct pdf_word *word)
{
    static const char *const words[] = { "KẾ", "QUYẾT", "CHƯƠNG", "THÔNG", "HƯỚNG", "BÁO" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (says(word, words[i]))
            return true;
    return false;
}

/* Puts the word to its side. False: it stands across both, and the head is over. */
static bool take(struct head *h, struct pdf_word *word)
{
    bool may_left = word->box.x1 < h->right_start;
    bool may_right = word->box.x0 > h->left_end;
    if (!may_left && !may_right)
        return false;
    bool right = may_right && (!may_left || h->right_start - word->box.x1 < word->box.x0 - h->left_end);
    if (right)
        h->right_start = fmin(h->right_start, word->box.x0);
    else
        h->left_end = fmax(h->left_end, word->box.x1);
    h->sides[right].items[h->sides[right].count++] = word;
    return h->right_start - h->left_end > 0.4 * word->size;
}

/* Sorts the words of the head to its sides; how many of the sorted words that is. */
static size_t part(struct head *h, struct pdf_word **sorted, size_t count)
{
    double bottom = h->motto->box.y1;
    size_t taken = 0;
    h->right_start = h->motto->box.x0;
    h->left_end = 0;
    for (size_t i = 0; i < count; i++) /* the left column's own line beside the motto tells where the white is */
        if (fabs(middle(sorted[i]) - middle(h->motto)) < h->motto->size && sorted[i]->box.x1 < h->motto->box.x0 - h->motto->size)
            h->left_end = fmax(h->left_end, sorted[i]->box.x1);
    for (; taken < count; taken++) {
        struct pdf_word *word = sorted[taken];
        if (word->box.y0 > bottom + h->motto->size || opens_title(word) || !take(h, word))
            break;
        bottom = fmax(bottom, word->box.y1);
    }
    return taken;
}

static void fill(struct head *h, struct cell_list *cells, int side)
{
    struct pdf_rows rows = pdf_group_rows(h->p, &h->sides[side]);
    struct cell_box *cell = cell_add(cells, 0, side);
    double left = 1e9;
    double right = 0;
    for (size_t i = 0; i < rows.count; i++) {
        left = fmin(left, rows.items[i].box.x0);
        right = fmax(right, rows.items[i].box.x1);
    }
    cell->place = (struct place){ .page = h->p->page, .x = left, .y = rows.items[0].box.y0, .width = right - left };
    /* every row is a paragraph of its own unless it plainly goes on: hence the endless right side */
    pdf_cell_blocks(h->p, &rows, left, right + h->p->width, &cell->blocks, &cell->block_count);
    for (size_t i = 0; i < cell->block_count; i++)
        cell->blocks[i].align = ALIGN_CENTER;
}

struct pdf_table *pdf_head_table(struct pdf *p, struct pdf_words *words)
{
    struct head h = { .p = p, .motto = p->page == 1 && words->count > 8 ? find_motto(p, words) : NULL };
    if (h.motto == NULL)
        return NULL;
    struct pdf_word **sorted = arena_array(p->arena, words->count, sizeof *sorted);
    memcpy(sorted, words->items, words->count * sizeof *sorted);
    qsort(sorted, words->count, sizeof *sorted, by_middle);
    for (int side = 0; side < 2; side++)
        h.sides[side].items = arena_array(p->arena, words->count, sizeof *sorted);
    size_t taken = part(&h, sorted, words->count);
    if (h.sides[0].count == 0 || h.sides[1].count < 4)
        return NULL;
    size_t kept = 0; /* in their order */
    double bottom = taken < words->count ? middle(sorted[taken]) : 1e9;
    for (size_t i = 0; i < words->count; i++)
        if (middle(words->items[i]) >= bottom)
            words->items[kept++] = words->items[i];
    words->count = kept;
    struct cell_list cells = { .arena = p->arena };
    fill(&h, &cells, 0);
    fill(&h, &cells, 1);
    struct pdf_table *table = arena_alloc(p->arena, sizeof *table);
    table->box = (struct pdf_box){ 1e9, 0, -1e9, h.motto->box.y1 }; /* it tells nothing of the margins */
    table->block = (struct block){ .kind = BLOCK_TABLE, .place = { .page = p->page, .x = cells.items[0].place.x, .y = cells.items[0].place.y } };
    table_finish(&table->block, &cells);
    return table;
}
