/* What the rows of a page are: page numbers, footnotes, two columns side by side (head, signature), running text. */
#include "platform/doc/doc_pdf.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double WIDE_GAP = 1.8;  /* times the size: between words, a column ends */
static const double CORRIDOR = 5;    /* points that stay free between two columns */

static struct pdf_item *add_item(struct pdf *p, enum pdf_item_kind kind)
{
    p->items = arena_grow(p->arena, p->items, sizeof *p->items, &p->capacity, p->count + 1);
    struct pdf_item *it = &p->items[p->count++];
    *it = (struct pdf_item){ .kind = kind, .left = p->left, .right = p->right, .indent = p->indent };
    if (p->count > DOC_MOST_BLOCKS)
        p->too_large = true;
    return it;
}

static bool is_page_number(const struct pdf *p, const struct pdf_row *row)
{
    if (row->box.y1 > p->height * 0.1 && row->box.y0 < p->height * 0.9)
        return false;
    for (size_t i = 0; i < row->count; i++)
        for (size_t k = 0; k < row->words[i]->count; k++)
            if (row->words[i]->chars[k].rune > 127 || strchr("0123456789-/", row->words[i]->chars[k].rune) == NULL)
                return false;
    return row->count <= 3;
}

/* The margins: the outermost places that at least two rows share. */
static void find_margins(struct pdf *p, const struct pdf_rows *rows, struct pdf_table **tables, size_t table_count)
{
    double left = 1e9;
    double right = -1;
    for (size_t i = 0; i < table_count; i++) {
        left = fmin(left, tables[i]->box.x0 + 5); /* cells are padded, and stand out by that much */
        right = fmax(right, tables[i]->box.x1 - 5);
    }
    for (size_t i = 0; i < rows->count; i++)
        for (size_t k = i + 1; k < rows->count && k < i + 200; k++) {
            const struct pdf_box *a = &rows->items[i].box;
            const struct pdf_box *b = &rows->items[k].box;
            if (fabs(a->x0 - b->x0) < 2)
                left = fmin(left, a->x0);
            if (fabs(a->x1 - b->x1) < 3)
                right = fmax(right, a->x1);
        }
    bool known = p->right > p->left && fabs(p->margins_of - p->width) < 1;
    p->margins_of = p->width;
    for (size_t i = 0; i < rows->count && !known && (left > 1e8 || right < 0); i++) {
        left = fmin(left, rows->items[i].box.x0);
        right = fmax(right, rows->items[i].box.x1);
    }
    p->left = left < 1e8 && !(known && left > p->left + 60) ? left : p->left;
    p->right = right > 0 && !(known && right < p->right - 60) ? right : p->right;
}

/* How far most first lines of paragraphs stand in. */
static void find_indent(struct pdf *p, const struct pdf_rows *rows)
{
    size_t most = 1;
    for (size_t i = 0; i < rows->count; i++) {
        size_t same = 0;
        double indent = rows->items[i].box.x0 - p->left;
        for (size_t k = i; k < rows->count && k < i + 200; k++)
            same += fabs(rows->items[k].box.x0 - p->left - indent) < 1.5;
        if (indent > 8 && indent < 80 && same > most) {
            most = same;
            p->indent = indent;
        }
    }
}

/* ---- footnotes ---- */

static double usual_size(const struct pdf_rows *rows)
{
    double best = 0;
    size_t most = 0;
    for (size_t i = 0; i < rows->count; i++) {
        size_t same = 0;
        for (size_t k = 0; k < rows->count; k++)
            same += fabs(rows->items[k].size - rows->items[i].size) < 0.6 ? rows->items[k].count : 0;
        if (same > most || (same == most && rows->items[i].size > best)) {
            most = same;
            best = rows->items[i].size;
        }
    }
    return best;
}

static int leading_number(const struct pdf_row *row)
{
    const struct pdf_word *word = row->words[0];
    int number = 0;
    size_t i = 0;
    for (; i < word->count && i < 2 && word->chars[i].rune >= '0' && word->chars[i].rune <= '9'; i++)
        number = number * 10 + word->chars[i].rune - '0';
    bool raised = i < word->count && word->chars[i].size > word->chars[0].size * 1.2;
    bool alone = i == word->count && row->count > 1;
    return i > 0 && (raised || alone) ? number : 0;
}

/* A short drawn line at the left margin parts the footnotes from the text. */
static bool has_rule(const struct pdf *p, const struct pdf_lines *lines, double above, double below)
{
    for (size_t i = 0; i < lines->lying_count; i++) {
        const struct pdf_box *line = &lines->lying[i];
        double length = line->x1 - line->x0;
        if (line->y0 > above && line->y0 < below && fabs(line->x0 - p->left) < 8 && length < 0.5 * (p->right - p->left))
            return true;
    }
    return false;
}

/* First row of the footnotes; rows->count: none. */
static size_t find_notes(struct pdf *p, const struct pdf_rows *rows, const struct pdf_lines *lines)
{
    double usual = usual_size(rows);
    size_t first = rows->count;
    for (size_t i = rows->count; i-- > 0 && rows->items[i].size < usual * 0.9;)
        if (leading_number(&rows->items[i]) > 0)
            first = i;
    if (first == rows->count)
        return first;
    double above = first == 0 ? 0 : rows->items[first - 1].box.y0;
    bool small_number = rows->items[first].words[0]->chars[0].size < rows->items[first].size * 0.8;
    if (!small_number && !has_rule(p, lines, above, rows->items[first].box.y1))
        return rows->count;
    for (size_t i = first; i < rows->count; i++)
        p->notes[leading_number(&rows->items[i])] = true;
    p->notes[0] = false;
    return first;
}

/* ---- columns ---- */

struct columns {
    size_t end;        /* behind the last row */
    size_t two_sided;
    double from, to;   /* the free corridor */
    struct pdf_box left, right;
};

static bool on_page_middle(const struct pdf *p, const struct pdf_row *row)
{
    return fabs(row->box.x0 + row->box.x1 - p->left - p->right) < 16 && row->box.x0 > p->left + 20;
}

/* A row with one side only must stand under or about the middle of its column. */
static bool fits_side(const struct pdf_box *side, const struct pdf_row *row)
{
    bool about = fabs(row->box.x0 + row->box.x1 - side->x0 - side->x1) < 30;
    return about || fabs(row->box.x0 - side->x0) < 12;
}

static double gap_after(const struct pdf_row *row, size_t i)
{
    return row->words[i + 1]->box.x0 - row->words[i]->box.x1;
}

/* Behind which word the row is parted by the corridor; row->count: nowhere. *wide: the gap alone says so. */
static size_t parting(const struct columns *c, const struct pdf_row *row, bool *wide)
{
    size_t best = row->count;
    double most = CORRIDOR;
    double widest = 0; /* of the other gaps */
    for (size_t i = 0; i + 1 < row->count; i++) {
        double overlap = fmin(c->to, row->words[i + 1]->box.x0) - fmax(c->from, row->words[i]->box.x1);
        if (overlap <= most)
            continue;
        most = overlap;
        best = i;
    }
    if (best == row->count)
        return best;
    for (size_t i = 0; i + 1 < row->count; i++)
        widest = i == best ? widest : fmax(widest, gap_after(row, i));
    double gap = gap_after(row, best);
    *wide = gap >= WIDE_GAP * row->size;
    return *wide || (gap > 0.5 * row->size && gap > widest * 1.5) ? best : row->count;
}

static void take_side(struct pdf_box *side, double from, double to)
{
    side->x0 = fmin(side->x0, from);
    side->x1 = fmax(side->x1, to);
}

/* Adds the row to the columns; false: it does not belong to them. */
static bool take_row(const struct pdf *p, struct columns *c, const struct pdf_row *row)
{
    bool wide = false;
    size_t at = parting(c, row, &wide);
    if (at < row->count) {
        c->two_sided += wide;
        take_side(&c->left, row->box.x0, row->words[at]->box.x1);
        take_side(&c->right, row->words[at + 1]->box.x0, row->box.x1);
    } else if (on_page_middle(p, row)) {
        return false;
    } else if (row->box.x1 < c->to - CORRIDOR && fits_side(&c->left, row)) {
        take_side(&c->left, row->box.x0, row->box.x1);
    } else if (row->box.x0 > c->from + CORRIDOR && fits_side(&c->right, row)) {
        take_side(&c->right, row->box.x0, row->box.x1);
    } else {
        return false;
    }
    c->from = fmax(c->from, c->left.x1);
    c->to = fmin(c->to, c->right.x0);
    c->end++;
    return true;
}

/* The best way to see rows from `at` to `end` as two columns; its end == at: none. The first row may have a narrow gap
 * when the following ones have wide ones under it. */
static struct columns find_columns(const struct pdf *p, const struct pdf_rows *rows, size_t at, size_t end)
{
    static const struct pdf_box nothing = { .x0 = 1e9, .x1 = -1e9 };
    const struct pdf_row *row = &rows->items[at];
    struct columns best = { .end = at };
    for (size_t i = 0; i + 1 < row->count; i++) {
        if (gap_after(row, i) < 0.5 * row->size)
            continue;
        struct columns c = { .end = at, .from = row->words[i]->box.x1, .to = row->words[i + 1]->box.x0, .left = nothing, .right = nothing };
        while (c.end < end && take_row(p, &c, &rows->items[c.end]))
            continue;
        bool good = c.two_sided >= 2 || (c.two_sided == 1 && c.end - at >= 2 && c.to - c.from > 30);
        if (good && (c.two_sided > best.two_sided || (c.two_sided == best.two_sided && c.to - c.from > best.to - best.from)))
            best = c;
    }
    return best;
}

static struct pdf_rows side_rows(struct pdf *p, const struct pdf_rows *rows, size_t from, const struct columns *c, bool right)
{
    struct pdf_words words = { 0 };
    size_t count = 0;
    for (size_t i = from; i < c->end; i++)
        count += rows->items[i].count;
    words.items = arena_array(p->arena, count + 1, sizeof *words.items);
    double x = (c->from + c->to) / 2;
    for (size_t i = from; i < c->end; i++)
        for (size_t k = 0; k < rows->items[i].count; k++)
            if ((rows->items[i].words[k]->box.x0 > x) == right)
                words.items[words.count++] = rows->items[i].words[k];
    return pdf_group_rows(p, &words);
}

static void add_columns(struct pdf *p, const struct pdf_rows *rows, size_t from, const struct columns *c)
{
    struct cell_list cells = { .arena = p->arena };
    for (int side = 0; side < 2; side++) {
        struct pdf_rows its = side_rows(p, rows, from, c, side == 1);
        const struct pdf_box *box = side == 1 ? &c->right : &c->left;
        struct cell_box *cell = cell_add(&cells, 0, side);
        cell->place = (struct place){ .page = p->page, .x = box->x0, .y = rows->items[from].box.y0, .width = box->x1 - box->x0 };
        /* every row is a paragraph of its own unless it plainly goes on: hence the endless right side */
        pdf_cell_blocks(p, &its, box->x0, box->x1 + p->width, &cell->blocks, &cell->block_count);
        for (size_t i = 0; i < cell->block_count; i++)
            cell->blocks[i].align = fabs(cell->blocks[i].place.x * 2 + cell->blocks[i].place.width - box->x0 - box->x1) < 8 && mark_length(cell->blocks[i].text) == 0
                                        ? ALIGN_CENTER : ALIGN_LEFT;
    }
    struct pdf_item *it = add_item(p, ITEM_COLUMNS);
    it->block = (struct block){ .kind = BLOCK_TABLE, .place = { .page = p->page, .x = c->left.x0, .y = rows->items[from].box.y0,
                                .width = c->right.x1 - c->left.x0 } };
    it->block.place.height = rows->items[c->end - 1].box.y1 - it->block.place.y;
    table_finish(&it->block, &cells);
}

static void add_row_item(struct pdf *p, const struct pdf_row *row, bool note)
{
    struct pdf_item *it = add_item(p, note ? ITEM_NOTE : ITEM_ROW);
    it->row = *row;
    it->text = pdf_row_text(p, row);
    it->note = note ? leading_number(row) : 0;
}

static int by_top(const void *a, const void *b)
{
    double d = (*(struct pdf_table *const *)a)->box.y0 - (*(struct pdf_table *const *)b)->box.y0;
    return (d > 0) - (d < 0);
}

void pdf_page_items(struct pdf *p, const struct pdf_rows *given, const struct pdf_lines *lines, struct pdf_table **tables,
                    size_t table_count)
{
    struct pdf_rows rows = { arena_array(p->arena, given->count + 1, sizeof *rows.items), 0 };
    for (size_t i = 0; i < given->count; i++)
        if (!is_page_number(p, &given->items[i]))
            rows.items[rows.count++] = given->items[i];
    find_margins(p, &rows, tables, table_count);
    find_indent(p, &rows);
    size_t notes = rows.count > 0 ? find_notes(p, &rows, lines) : 0;
    if (table_count > 1)
        qsort(tables, table_count, sizeof *tables, by_top);
    size_t first = p->count;
    size_t table = 0;
    for (size_t i = 0; i < notes || table < table_count;) {
        bool table_next = table < table_count && (i >= notes || tables[table]->box.y0 < rows.items[i].box.y0);
        if (table_next) {
            add_item(p, ITEM_TABLE)->table = tables[table];
            table++;
            continue;
        }
        size_t end = i;
        while (end < notes && (table >= table_count || rows.items[end].box.y0 <= tables[table]->box.y0))
            end++;
        struct columns c = find_columns(p, &rows, i, end);
        if (c.end > i)
            add_columns(p, &rows, i, &c);
        else
            add_row_item(p, &rows.items[i], false);
        i = c.end > i ? c.end : i + 1;
    }
    if (p->count > first)
        p->items[first].page_first = true;
    for (size_t i = notes; i < rows.count; i++)
        add_row_item(p, &rows.items[i], true);
}
