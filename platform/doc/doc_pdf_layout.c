/* The pages of a document, one after the other, to its blocks; and the words of a page as they pass between programs. */
#include "platform/doc/doc_pdf.h"
#include <math.h>
#include <string.h>

static void add_table(struct pdf *p, struct pdf_table ***tables, size_t *count, struct pdf_table *found)
{
    if (found == NULL)
        return;
    struct pdf_table **all = arena_array(p->arena, *count + 1, sizeof *all);
    for (size_t i = 0; i < *count; i++)
        all[i] = (*tables)[i];
    all[(*count)++] = found;
    *tables = all;
}

void pdf_take_page(struct pdf *p, struct pdf_words *words, const struct pdf_lines *lines)
{
    memset(p->notes, 0, sizeof p->notes);
    p->words += words->count;
    if (words->count == 0 || p->too_large)
        return;
    struct pdf_table **tables = NULL;
    size_t table_count = pdf_page_tables(p, lines, words, &tables);
    add_table(p, &tables, &table_count, pdf_head_table(p, words));
    add_table(p, &tables, &table_count, pdf_open_table(p, words));
    struct pdf_rows rows = pdf_group_rows(p, words);
    pdf_page_items(p, &rows, lines, tables, table_count);
}

/* Tables are read before the text around them, so the paragraphs are counted at the end, in order. */
static void number(struct block *blocks, size_t count, int64_t *paragraph)
{
    for (size_t i = 0; i < count; i++) {
        struct block *b = &blocks[i];
        b->place.from = *paragraph + 1;
        for (size_t k = 0; k < b->cell_count; k++) {
            struct cell_box *cell = &b->cells[k];
            cell->place.from = *paragraph + 1;
            number(cell->blocks, cell->block_count, paragraph);
            cell->place.to = *paragraph;
        }
        *paragraph += b->kind == BLOCK_PARAGRAPH;
        b->place.to = *paragraph;
    }
}

enum err pdf_finish(struct pdf *p, struct document *doc)
{
    if (p->too_large)
        return fail(p->c, INVALID, doc_says_huge, "more words or cells than the bounds");
    struct block_list blocks = { .arena = p->arena };
    pdf_join_items(p, &blocks);
    int64_t paragraph = 0;
    number(blocks.items, blocks.count, &paragraph);
    doc->blocks = blocks.items;
    doc->count = blocks.count;
    return p->c->err;
}

/* ---- words between programs ---- */

/* In steps that binary fractions hold exactly, so that they are short as text. */
static double step(double points)
{
    return round(points * 32) / 32;
}

/* How many characters from `at` on look alike. */
static size_t alike(const struct pdf_word *word, size_t at)
{
    const struct pdf_char *first = &word->chars[at];
    size_t end = at + 1;
    while (end < word->count && word->chars[end].size == first->size && word->chars[end].bold == first->bold &&
           word->chars[end].italic == first->italic)
        end++;
    return end - at;
}

/* A word of several looks becomes several that touch. */
static void keep_word(struct arena *a, const struct pdf_word *word, struct doc_page *page, size_t *capacity)
{
    double each = word->count == 0 ? 0 : (word->box.x1 - word->box.x0) / (double)word->count;
    for (size_t at = 0, length; at < word->count; at += length) {
        const struct pdf_char *look = &word->chars[at];
        length = alike(word, at);
        struct buffer text = { .arena = a };
        for (size_t i = 0; i < length; i++)
            buffer_add_rune(&text, word->chars[at + i].rune);
        double bottom = length == word->count ? word->box.y1 : look->bottom;
        page->words = arena_grow(a, page->words, sizeof *page->words, capacity, page->word_count + 1);
        page->words[page->word_count++] = (struct doc_word){
            .x = step(word->box.x0 + each * (double)at), .y = step(word->box.y0), .width = step(each * (double)length),
            .height = step(bottom - word->box.y0), .size = step(look->size), .bold = look->bold, .italic = look->italic,
            .sure = word->sure, .text = text.text,
        };
    }
}

void pdf_keep_page(struct arena *a, const struct pdf_words *words, const struct pdf_lines *lines, struct doc_page *page)
{
    size_t capacity = 0;
    for (size_t i = 0; i < words->count; i++)
        keep_word(a, words->items[i], page, &capacity);
    page->lines = arena_array(a, lines->lying_count + lines->standing_count, sizeof *page->lines);
    for (int standing = 0; standing < 2; standing++) {
        const struct pdf_box *list = standing ? lines->standing : lines->lying;
        size_t count = standing ? lines->standing_count : lines->lying_count;
        for (size_t i = 0; i < count; i++)
            page->lines[page->line_count++] =
                (struct doc_line){ step(list[i].x0), step(list[i].y0), step(list[i].x1), step(list[i].y1) };
    }
}

/* What a program that was taken over may send stays a place on some page. */
static double sane(double points)
{
    return points > -5000 && points < 20000 ? points : 0;
}

static struct pdf_word *kept_word(struct arena *a, const struct doc_word *from)
{
    struct pdf_word *word = arena_alloc(a, sizeof *word);
    double size = from->size > 1 && from->size < 400 ? from->size : 12;
    word->box = (struct pdf_box){ sane(from->x), sane(from->y), sane(from->x + from->width), sane(from->y + from->height) };
    word->box.x1 = fmax(word->box.x0, word->box.x1);
    word->box.y1 = fmax(word->box.y0, word->box.y1);
    word->size = size;
    word->sure = from->sure > 0 && from->sure <= 1 ? from->sure : 0;
    word->chars = arena_array(a, strlen(from->text), sizeof *word->chars);
    const char *at = from->text;
    while (*at != '\0') {
        int32_t rune;
        at = text_next(at, &rune);
        word->chars[word->count++] =
            (struct pdf_char){ .rune = rune, .size = size, .bottom = word->box.y1, .bold = from->bold, .italic = from->italic };
    }
    return word;
}

void pdf_kept_page(struct pdf *p, const struct doc_page *page, struct pdf_words *words, struct pdf_lines *lines)
{
    struct arena *a = p->arena;
    *words = (struct pdf_words){ arena_array(a, page->word_count, sizeof *words->items), 0 };
    for (size_t i = 0; i < page->word_count && p->text < DOC_MOST_TEXT / 8; i++) {
        struct pdf_word *word = kept_word(a, &page->words[i]);
        p->text += word->count;
        if (word->count > 0)
            words->items[words->count++] = word;
    }
    p->too_large = p->too_large || p->text >= DOC_MOST_TEXT / 8;
    *lines = (struct pdf_lines){ .lying = arena_array(a, page->line_count, sizeof *lines->lying),
                                 .standing = arena_array(a, page->line_count, sizeof *lines->standing) };
    for (size_t i = 0; i < page->line_count && i < DOC_MOST_LINES; i++) {
        const struct doc_line *from = &page->lines[i];
        struct pdf_box line = { sane(from->x0), sane(from->y0), sane(from->x1), sane(from->y1) };
        if (line.x1 < line.x0 || line.y1 < line.y0)
            continue;
        if (line.y1 - line.y0 > line.x1 - line.x0)
            lines->standing[lines->standing_count++] = line;
        else
            lines->lying[lines->lying_count++] = line;
    }
}
