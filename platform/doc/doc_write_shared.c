/* Page, widths, pictures and footnotes: what DOCX and PDF must agree on. */
#include "platform/doc/doc_write.h"
#include <string.h>

struct sheet_size doc_sheet(const struct document *doc)
{
    /* NĐ 30/2020/NĐ-CP, Phụ lục I, I.1-I.3: A4; margins 20-25, 20-25, 30-35, 15-20 mm; in twips 1134, 1134, 1701, 850 */
    struct sheet_size s = { 595.3, 841.9, 56.7, 56.7, 85.05, 42.5 };
    if (doc->page_width > 0 && doc->page_height > 0) {
        s.width = doc->page_width;
        s.height = doc->page_height;
    }
    if (doc->top > 0)
        s.top = doc->top;
    if (doc->bottom > 0)
        s.bottom = doc->bottom;
    if (doc->left > 0)
        s.left = doc->left;
    if (doc->right > 0)
        s.right = doc->right;
    return s;
}

double *doc_widths(struct arena *a, const struct block *table, double room)
{
    double *widths = arena_array(a, (size_t)table->columns, sizeof *widths), sum = 0;
    for (int i = 0; i < table->columns; i++) {
        widths[i] = table->widths != NULL && table->widths[i] > 0 ? table->widths[i] : room / table->columns;
        sum += widths[i];
    }
    for (int i = 0; sum > room && i < table->columns; i++)
        widths[i] *= room / sum;
    return widths;
}

double doc_span_width(const struct block *table, const double *widths, int column, int span)
{
    double sum = 0;
    for (int i = column; i < column + span && i < table->columns; i++)
        sum += widths[i];
    return sum;
}

const struct cell_box *doc_cell_at(const struct block *table, int row, int column)
{
    for (size_t i = 0; i < table->cell_count; i++) {
        const struct cell_box *b = &table->cells[i];
        if (row >= b->row && row < b->row + b->row_span && column >= b->column && column < b->column + b->column_span)
            return b;
    }
    return NULL;
}

bool doc_header_row(const struct block *table, int row)
{
    if (row >= table->rows - 1)
        return false; /* a table of headers alone repeats nothing */
    for (int i = 0; i <= row; i++) {
        const struct cell_box *b = doc_cell_at(table, i, 0);
        if (b == NULL || !b->header)
            return false;
    }
    return true;
}

static bool png_pixels(const unsigned char *b, size_t size, int *width, int *height)
{
    static const unsigned char magic[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
    if (size < 24 || memcmp(b, magic, sizeof magic) != 0)
        return false;
    *width = b[16] << 24 | b[17] << 16 | b[18] << 8 | b[19];
    *height = b[20] << 24 | b[21] << 16 | b[22] << 8 | b[23];
    return *width > 0 && *height > 0;
}

static bool jpeg_pixels(const unsigned char *b, size_t size, int *width, int *height)
{
    if (size < 4 || b[0] != 0xff || b[1] != 0xd8)
        return false;
    for (size_t at = 2; at + 9 < size && b[at] == 0xff;) {
        unsigned char marker = b[at + 1];
        /* SOF0..SOF15 hold the size; C4, C8 and CC in that range are other segments */
        if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
            *height = b[at + 5] << 8 | b[at + 6];
            *width = b[at + 7] << 8 | b[at + 8];
            return *width > 0 && *height > 0;
        }
        at += marker == 0xff ? 1 : 2 + (size_t)(b[at + 2] << 8 | b[at + 3]);
    }
    return false;
}

bool doc_picture_pixels(const void *bytes, size_t size, int *width, int *height, bool *jpeg)
{
    *jpeg = jpeg_pixels(bytes, size, width, height);
    return (*jpeg || png_pixels(bytes, size, width, height)) && *width <= 30000 && *height <= 30000;
}

bool doc_picture_size(const struct block *image, double max_width, double *width, double *height)
{
    int w = 0, h = 0;
    bool jpeg = false;
    if (!doc_picture_pixels(image->image, image->image_size, &w, &h, &jpeg))
        return false;
    *width = image->place.width > 0 ? image->place.width : w * 72.0 / 96;
    *height = image->place.width > 0 && image->place.height > 0 ? image->place.height : *width * h / w;
    if (*width > max_width) {
        *height *= max_width / *width;
        *width = max_width;
    }
    return true;
}

int doc_footnote_of(const struct footnotes *notes, const char *text, size_t length)
{
    for (size_t i = 0; i < notes->count; i++) {
        const char *mark = notes->list[i]->note;
        if (mark != NULL && strlen(mark) == length && memcmp(mark, text, length) == 0)
            return (int)i;
    }
    return -1;
}

static void find_references(const struct block *blocks, size_t count, struct footnotes *notes)
{
    for (size_t i = 0; i < count; i++) {
        const struct block *b = &blocks[i];
        for (size_t n = 0; n < b->cell_count; n++)
            find_references(b->cells[n].blocks, b->cells[n].block_count, notes);
        const char *text = b->text;
        for (size_t n = 0; b->kind == BLOCK_PARAGRAPH && n < b->run_count; text += b->runs[n++].length) {
            int found = b->runs[n].superscript ? doc_footnote_of(notes, text, b->runs[n].length) : -1;
            if (found >= 0)
                notes->referred[found] = true;
        }
    }
}

void doc_footnotes(struct arena *a, const struct document *doc, struct footnotes *notes)
{
    *notes = (struct footnotes){ .list = arena_array(a, doc->count + 1, sizeof *notes->list) };
    for (size_t i = 0; i < doc->count; i++)
        if (doc->blocks[i].kind == BLOCK_FOOTNOTE)
            notes->list[notes->count++] = &doc->blocks[i];
    notes->referred = arena_array(a, notes->count + 1, sizeof *notes->referred);
    find_references(doc->blocks, doc->count, notes);
}
