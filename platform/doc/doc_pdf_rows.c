/* Words side by side become rows, of a PDF as of a recognised picture. */
#include "platform/doc/doc_pdf.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static double middle(const struct pdf_box *box)
{
    return (box->y0 + box->y1) / 2;
}

static int by_middle(const void *a, const void *b)
{
    const struct pdf_word *const *left = a;
    const struct pdf_word *const *right = b;
    double d = middle(&(*left)->box) - middle(&(*right)->box);
    return (d > 0) - (d < 0);
}

static int by_left(const void *a, const void *b)
{
    const struct pdf_word *const *left = a;
    const struct pdf_word *const *right = b;
    double d = (*left)->box.x0 - (*right)->box.x0;
    return (d > 0) - (d < 0);
}

static double usual_size(const struct pdf_row *row)
{
    double best = 0;
    size_t most = 0;
    for (size_t i = 0; i < row->count; i++) {
        size_t chars = 0;
        for (size_t k = 0; k < row->count; k++)
            chars += fabs(row->words[k]->size - row->words[i]->size) < 0.3 ? row->words[k]->count : 0;
        if (chars > most) {
            most = chars;
            best = row->words[i]->size;
        }
    }
    return best;
}

static bool belongs(const struct pdf_row *row, const struct pdf_word *word)
{
    double its = middle(&word->box);
    double here = middle(&row->box);
    return (its > row->box.y0 && its < row->box.y1) || (here > word->box.y0 && here < word->box.y1);
}

static void widen(struct pdf_box *box, const struct pdf_box *by)
{
    box->x0 = fmin(box->x0, by->x0);
    box->y0 = fmin(box->y0, by->y0);
    box->x1 = fmax(box->x1, by->x1);
    box->y1 = fmax(box->y1, by->y1);
}

struct pdf_rows pdf_group_rows(struct pdf *p, const struct pdf_words *words)
{
    struct pdf_rows rows = { 0 };
    size_t capacity = 0;
    struct pdf_word **sorted = arena_array(p->arena, words->count + 1, sizeof *sorted);
    for (size_t i = 0; i < words->count; i++)
        sorted[i] = words->items[i];
    if (words->count > 1)
        qsort(sorted, words->count, sizeof *sorted, by_middle);
    for (size_t i = 0; i < words->count; i++) {
        struct pdf_row *row = rows.count == 0 ? NULL : &rows.items[rows.count - 1];
        if (row == NULL || !belongs(row, sorted[i])) {
            rows.items = arena_grow(p->arena, rows.items, sizeof *rows.items, &capacity, rows.count + 1);
            row = &rows.items[rows.count++];
            *row = (struct pdf_row){ .box = sorted[i]->box, .page = p->page, .words = sorted + i };
        }
        row->count++;
        widen(&row->box, &sorted[i]->box);
    }
    for (size_t i = 0; i < rows.count; i++) {
        qsort(rows.items[i].words, rows.items[i].count, sizeof *sorted, by_left);
        rows.items[i].size = usual_size(&rows.items[i]);
    }
    return rows;
}

static bool is_raised_digit(const struct pdf_row *row, const struct pdf_char *c)
{
    return c->rune >= '0' && c->rune <= '9' && c->size < row->size * 0.8 && c->bottom < row->box.y1 - row->size * 0.1;
}

/* A small digit above the line, as references to footnotes are printed. */
static bool is_reference(const struct pdf *p, const struct pdf_row *row, const struct pdf_word *word, size_t at)
{
    int number = 0;
    if (!is_raised_digit(row, &word->chars[at]))
        return false;
    while (at > 0 && is_raised_digit(row, &word->chars[at - 1]))
        at--;
    for (; at < word->count && is_raised_digit(row, &word->chars[at]) && number < 10; at++)
        number = number * 10 + word->chars[at].rune - '0';
    return p->notes[number];
}

char *pdf_row_text(struct pdf *p, const struct pdf_row *row)
{
    struct buffer b = { .arena = p->arena };
    buffer_add(&b, "");
    for (size_t i = 0; i < row->count; i++) {
        const struct pdf_word *word = row->words[i];
        bool apart = i > 0 && (word->box.x0 - row->words[i - 1]->box.x1 > 0.05 * row->size);
        size_t before = b.length;
        if (apart && b.length > 0)
            buffer_add(&b, " ");
        size_t start = b.length;
        for (size_t k = 0; k < word->count; k++)
            if (!is_reference(p, row, word, k))
                buffer_add_rune(&b, word->chars[k].rune);
        if (b.length == start) { /* nothing but a reference */
            b.length = before;
            b.text[before] = '\0';
        }
    }
    return text_nfc(p->arena, b.text);
}

static bool all_of(const struct pdf_row *row, bool italic)
{
    for (size_t i = 0; i < row->count; i++)
        for (size_t k = 0; k < row->words[i]->count; k++) {
            const struct pdf_char *c = &row->words[i]->chars[k];
            if (c->size > row->size * 0.8 && !(italic ? c->italic : c->bold))
                return false;
        }
    return true;
}

bool pdf_row_bold(const struct pdf_row *row)
{
    return all_of(row, false);
}

bool pdf_row_italic(const struct pdf_row *row)
{
    return all_of(row, true);
}

double pdf_first_word(const struct pdf_row *row)
{
    return row->count == 0 ? 0 : row->words[0]->box.x1 - row->words[0]->box.x0;
}

bool pdf_row_guessed(const struct pdf_row *row)
{
    return row->count > 0 && row->words[0]->sure > 0;
}
