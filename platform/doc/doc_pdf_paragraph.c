/* Rows become paragraphs: by indents, margins and how the text ends and begins; footnotes and columns are set apart. */
#include "platform/doc/doc_pdf.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double CELL_PADDING = 11; /* points, both sides together, as Word sets it */
static const double INDENTED = 8;      /* points: less is a slip of the layout */

static bool is_inner_dash(const char *before, const char *next)
{
    const char *after = next + 1 + strspn(next + 1, " ");
    return next[0] == '-' && text_goes_on(after) && mark_length(after) == 0 && mark_length(before) == 0 &&
           strchr(".;:,!?", text_last_sign(before)) == NULL;
}

bool pdf_goes_on(const char *before, const char *next, bool fits)
{
    if (mark_length(before) > 0 && before[mark_length(before)] == '\0')
        return mark_length(next) == 0;
    if (mark_length(next) > 0)
        return !fits && is_inner_dash(before, next);
    char last = text_last_sign(before);
    bool ended = last == '\0' || strchr(".;:!?", last) != NULL;
    if (!fits)
        return true;
    return !ended && text_goes_on(next);
}

/* ---- one paragraph ---- */

struct open_paragraph {
    struct buffer text;
    struct block block;
    size_t run_capacity;
    const struct pdf_row *last;
    size_t rows;
};

/* How sure of the text that was added since `start`, word by word; neighbours of about the same are one run. */
static void add_runs(struct pdf *p, struct open_paragraph *o, const struct pdf_row *row, size_t start)
{
    struct block *b = &o->block;
    for (size_t i = 0; i < row->count && start < o->text.length; i++) {
        const struct pdf_word *word = row->words[i];
        double sure = fmax(0.05, round(word->sure * 20) / 20);
        const char *at = o->text.text + start;
        size_t length = strspn(at, " ");
        for (size_t k = 0; k < word->count && at[length] != '\0'; k++) {
            int32_t rune;
            length = (size_t)(text_next(at + length, &rune) - at);
        }
        length = i + 1 == row->count ? o->text.length - start : length; /* composing may have changed lengths */
        start += length;
        if (b->run_count > 0 && b->runs[b->run_count - 1].sure == sure) {
            b->runs[b->run_count - 1].length += length;
            continue;
        }
        b->runs = arena_grow(p->arena, b->runs, sizeof *b->runs, &o->run_capacity, b->run_count + 1);
        b->runs[b->run_count++] = (struct run){ .length = length, .sure = sure };
    }
}

/* The mean of its runs, weighted by their lengths. */
static double mean_sure(const struct block *b)
{
    double sum = 0;
    double length = 0;
    for (size_t i = 0; i < b->run_count; i++) {
        sum += b->runs[i].sure * (double)b->runs[i].length;
        length += (double)b->runs[i].length;
    }
    return length > 0 ? sum / length : 0;
}

void pdf_join_text(struct pdf *p, struct block *to, const struct block *from)
{
    size_t length = strlen(to->text);
    to->text = arena_printf(p->arena, "%s %s", to->text, from->text);
    bool both = to->run_count > 0 && from->run_count > 0;
    struct run *runs = arena_array(p->arena, to->run_count + from->run_count + 1, sizeof *runs);
    for (size_t i = 0; i < to->run_count && both; i++)
        runs[i] = to->runs[i];
    for (size_t i = 0; i < from->run_count && both; i++)
        runs[to->run_count + i] = from->runs[i];
    size_t had = to->run_count;
    to->runs = both ? runs : NULL;
    to->run_count = both ? had + from->run_count : 0;
    if (both) {
        to->runs[had - 1].length += strlen(to->text) - length - strlen(from->text);
        to->sure = mean_sure(to);
    }
}

static void open_row(struct pdf *p, struct open_paragraph *o, const struct pdf_row *row, const char *text)
{
    *o = (struct open_paragraph){ .text = { .arena = p->arena }, .last = row, .rows = 1 };
    buffer_add(&o->text, text);
    o->block = (struct block){ .kind = BLOCK_PARAGRAPH, .bold = pdf_row_bold(row), .italic = pdf_row_italic(row),
                               .size = round(row->size * 2) / 2,
                               .place = { .page = row->page, .x = row->box.x0, .y = row->box.y0,
                                          .width = row->box.x1 - row->box.x0, .height = row->box.y1 - row->box.y0 } };
    if (pdf_row_guessed(row))
        add_runs(p, o, row, 0);
}

static void add_row(struct pdf *p, struct open_paragraph *o, const struct pdf_row *row, const char *text)
{
    size_t length = o->text.length;
    bool glued = length >= 2 && (o->text.text[length - 1] == '-' || o->text.text[length - 1] == '/') && o->text.text[length - 2] != ' ';
    if (!glued && length > 0 && text[0] != '\0')
        buffer_add(&o->text, " ");
    buffer_add(&o->text, text);
    if (pdf_row_guessed(row))
        add_runs(p, o, row, length);
    struct place *place = &o->block.place;
    if (row->page == place->page) {
        double right = fmax(place->x + place->width, row->box.x1);
        place->x = fmin(place->x, row->box.x0);
        place->width = right - place->x;
        place->height = row->box.y1 - place->y;
    }
    o->block.bold = o->block.bold && pdf_row_bold(row);
    o->block.italic = o->block.italic && pdf_row_italic(row);
    o->last = row;
    o->rows++;
}

static void close_paragraph(struct pdf *p, struct open_paragraph *o, struct block_list *blocks)
{
    if (o->rows > 0 && o->text.length > 0) {
        o->block.text = text_nfc(p->arena, o->text.text);
        o->block.upper = text_is_capitals(o->block.text);
        o->block.sure = mean_sure(&o->block);
        if (strlen(o->block.text) != o->text.length)
            o->block.runs = NULL, o->block.run_count = 0;
        *block_add(blocks, BLOCK_PARAGRAPH) = o->block;
    }
    o->rows = 0;
}

void pdf_cell_blocks(struct pdf *p, const struct pdf_rows *rows, double left, double right, struct block **blocks,
                     size_t *count)
{
    struct block_list list = { .arena = p->arena };
    struct open_paragraph o = { 0 };
    const char *before = "";
    for (size_t i = 0; i < rows->count; i++) {
        const struct pdf_row *row = &rows->items[i];
        const char *text = pdf_row_text(p, row);
        bool goes_on = false;
        if (o.rows > 0) {
            double width = o.last->box.x1 - o.last->box.x0 + 0.25 * row->size + pdf_first_word(row);
            bool far = !p->loose && row->box.y0 - o.last->box.y1 > row->size;
            goes_on = !far && pdf_goes_on(before, text, width < right - left - CELL_PADDING - 1);
        }
        if (!goes_on) {
            close_paragraph(p, &o, &list);
            open_row(p, &o, row, text);
            bool centred = fabs(row->box.x0 + row->box.x1 - left - right) < 8 && row->box.x0 - left > CELL_PADDING;
            o.block.align = centred ? ALIGN_CENTER : ALIGN_LEFT;
        } else {
            add_row(p, &o, row, text);
        }
        before = o.text.text;
    }
    close_paragraph(p, &o, &list);
    *blocks = list.items;
    *count = list.count;
}

/* ---- all items to blocks ---- */

static bool is_centred(const struct pdf_item *it)
{
    double before = it->row.box.x0 - it->left;
    double after = it->right - it->row.box.x1;
    bool first_line = it->indent > 0 && fabs(before - it->indent) < 2;
    return before > 20 && fabs(before - after) < 14 && !first_line && mark_length(it->text) == 0;
}

/* Does row b, by its place, go on the paragraph whose last row is a? first: a is its first row. */
static bool joins(const struct pdf_item *a, const struct pdf_item *b, const char *before, bool first)
{
    double size = a->row.size;
    bool same_page = a->row.page == b->row.page;
    if (fabs(size - b->row.size) > 1.5 || is_centred(a) != is_centred(b))
        return false;
    if (same_page && b->row.box.y0 - a->row.box.y1 > 0.9 * size)
        return false;
    if (is_centred(a))
        return pdf_row_bold(&a->row) == pdf_row_bold(&b->row) && pdf_goes_on(before, b->text, true);
    bool fits = a->right - a->row.box.x1 > pdf_first_word(&b->row) + 0.3 * size + 2;
    double was = a->row.box.x0 - a->left;
    double is = b->row.box.x0 - b->left;
    bool strong = !fits && text_goes_on(b->text) && strchr(".;:!?", text_last_sign(before)) == NULL;
    if (is > was + INDENTED) /* to the right: only under a hanging mark */
        return (first && !fits && mark_length(before) > 0 && pdf_goes_on(before, b->text, fits)) || (strong && mark_length(b->text) == 0);
    if (first && fabs(is - was) <= INDENTED && was > INDENTED)
        return strong && mark_length(b->text) == 0;
    if (!first && is < was - INDENTED)
        return false;
    return pdf_goes_on(before, b->text, fits);
}

static void flush_notes(struct pdf *p, const size_t *notes, size_t count, struct block_list *blocks)
{
    struct open_paragraph o = { 0 };
    for (size_t i = 0; i <= count; i++) {
        const struct pdf_item *it = i < count ? &p->items[notes[i]] : NULL;
        if (it == NULL || it->note > 0 || o.rows == 0) {
            size_t had = blocks->count;
            const char *number = o.block.note;
            close_paragraph(p, &o, blocks);
            if (blocks->count > had) {
                struct block *b = &blocks->items[had];
                b->kind = BLOCK_FOOTNOTE;
                b->note = number;
                b->runs = NULL; /* the number before the text goes */
                b->run_count = 0;
                size_t digits = number == NULL ? 0 : strspn(b->text, "0123456789");
                b->text += digits + strspn(b->text + digits, " ");
            }
            if (it == NULL)
                break;
            open_row(p, &o, &it->row, it->text);
            o.block.note = it->note > 0 ? arena_printf(p->arena, "%d", it->note) : "";
        } else {
            add_row(p, &o, &it->row, it->text);
        }
    }
}

static bool ends_page_with_table(const struct pdf *p, size_t at)
{
    for (size_t i = at; i-- > 0;)
        if (p->items[i].kind != ITEM_NOTE)
            return p->items[i].kind == ITEM_TABLE;
    return false;
}

void pdf_join_items(struct pdf *p, struct block_list *blocks)
{
    struct open_paragraph o = { 0 };
    const struct pdf_item *last = NULL;
    struct pdf_table *table = NULL; /* the last one, and where its block is */
    size_t table_at = 0;
    size_t *notes = arena_array(p->arena, p->count + 1, sizeof *notes);
    size_t note_count = 0;
    for (size_t i = 0; i < p->count; i++) {
        struct pdf_item *it = &p->items[i];
        if (it->kind == ITEM_NOTE) {
            notes[note_count++] = i;
            continue;
        }
        bool goes_on = it->kind == ITEM_ROW && o.rows > 0 && joins(last, it, o.text.text, o.rows == 1);
        if (goes_on) {
            add_row(p, &o, &it->row, it->text);
            last = it;
            continue;
        }
        close_paragraph(p, &o, blocks);
        bool again = it->kind == ITEM_TABLE && it->page_first && table != NULL && ends_page_with_table(p, i) &&
                     pdf_table_join(p, table, it->table);
        if (again) {
            blocks->items[table_at] = table->block;
            continue;
        }
        flush_notes(p, notes, note_count, blocks);
        note_count = 0;
        if (it->kind == ITEM_ROW) {
            open_row(p, &o, &it->row, it->text);
            o.block.align = is_centred(it) ? ALIGN_CENTER : ALIGN_LEFT;
            o.block.indent = fmax(0, it->row.box.x0 - it->left);
            last = it;
        } else {
            *block_add(blocks, BLOCK_TABLE) = it->kind == ITEM_TABLE ? it->table->block : it->block;
            table = it->kind == ITEM_TABLE ? it->table : NULL;
            table_at = blocks->count - 1;
        }
    }
    close_paragraph(p, &o, blocks);
    flush_notes(p, notes, note_count, blocks);
}
