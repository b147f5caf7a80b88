/* Tables and pictures of a DOCX, and the order of blocks. */
#include "platform/doc/doc_write_docx.h"
#include <math.h>
#include <string.h>

enum { EMU_PER_POINT = 12700, FIRST_IMAGE_ID = 10 };

/* ---- pictures ---- */
static void write_picture_frame(struct docx *d, int id, double width, double height)
{
    xml_open(d, "pic:nvPicPr");
    xml_open(d, "pic:cNvPr");
    xml_number(d, "id", id);
    xml_text(d, "name", arena_printf(d->c->arena, "image%d", id));
    xml_close(d);
    xml_empty(d, "pic:cNvPicPr");
    xml_close(d);
    xml_open(d, "pic:blipFill");
    xml_open(d, "a:blip");
    xml_text(d, "r:embed", arena_printf(d->c->arena, "rId%d", FIRST_IMAGE_ID + id));
    xml_close(d);
    xml_open(d, "a:stretch");
    xml_empty(d, "a:fillRect");
    xml_close(d);
    xml_close(d);
    xml_open(d, "pic:spPr");
    xml_open(d, "a:xfrm");
    xml_open(d, "a:off");
    xml_text(d, "x", "0");
    xml_text(d, "y", "0");
    xml_close(d);
    xml_open(d, "a:ext");
    xml_number(d, "cx", lround(width * EMU_PER_POINT));
    xml_number(d, "cy", lround(height * EMU_PER_POINT));
    xml_close(d);
    xml_close(d);
    xml_open(d, "a:prstGeom");
    xml_text(d, "prst", "rect");
    xml_empty(d, "a:avLst");
    xml_close(d);
    xml_close(d);
}

static void write_inline(struct docx *d, int id, double width, double height)
{
    xml_open(d, "w:drawing");
    xml_open(d, "wp:inline");
    static const char *const distances[] = { "distT", "distB", "distL", "distR" };
    for (size_t i = 0; i < 4; i++)
        xml_text(d, distances[i], "0");
    xml_open(d, "wp:extent");
    xml_number(d, "cx", lround(width * EMU_PER_POINT));
    xml_number(d, "cy", lround(height * EMU_PER_POINT));
    xml_close(d);
    xml_open(d, "wp:docPr");
    xml_number(d, "id", id);
    xml_text(d, "name", arena_printf(d->c->arena, "Hình %d", id));
    xml_close(d);
    xml_open(d, "a:graphic");
    xml_text(d, "xmlns:a", DRAWING "main");
    xml_open(d, "a:graphicData");
    xml_text(d, "uri", DRAWING "picture");
    xml_open(d, "pic:pic");
    xml_text(d, "xmlns:pic", DRAWING "picture");
    write_picture_frame(d, id, width, height);
    for (int i = 0; i < 5; i++)
        xml_close(d); /* pic, graphicData, graphic, inline, drawing */
}

static void docx_picture(struct docx *d, const struct block *b, double room)
{
    double width = 0, height = 0;
    int w = 0, h = 0;
    bool jpeg = false;
    if (!doc_picture_size(b, room, &width, &height))
        return;
    doc_picture_pixels(b->image, b->image_size, &w, &h, &jpeg);
    int id = ++d->images;
    const char *file = arena_printf(d->c->arena, "image%d.%s", id, jpeg ? "jpeg" : "png");
    package_add(d->package, arena_printf(d->c->arena, "word/media/%s", file), b->image, b->image_size);
    buffer_printf(&d->relations, "<Relationship Id=\"rId%d\" Type=\"" OFFICE "/image\" Target=\"media/%s\"/>", FIRST_IMAGE_ID + id,
                  file);
    xml_open(d, "w:p");
    struct block look = { .align = b->align, .before = b->before, .after = b->after, .keep_next = b->keep_next };
    docx_paragraph_look(d, &look);
    xml_open(d, "w:r");
    write_inline(d, id, width, height);
    xml_close(d);
    xml_close(d);
}

/* ---- tables ---- */
static void table_look(struct docx *d, const struct block *b, const double *widths)
{
    static const char *const edges[] = { "w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV" };
    xml_open(d, "w:tblPr");
    xml_open(d, "w:tblW");
    xml_number(d, "w:w", docx_twips(doc_span_width(b, widths, 0, b->columns)));
    xml_text(d, "w:type", "dxa");
    xml_close(d);
    xml_value(d, "w:jc", "center");
    xml_open(d, "w:tblBorders");
    for (size_t i = 0; i < sizeof edges / sizeof edges[0]; i++) {
        xml_open(d, edges[i]);
        xml_text(d, "w:val", b->borders ? "single" : "nil");
        if (b->borders) {
            xml_text(d, "w:sz", "4");
            xml_text(d, "w:space", "0");
            xml_text(d, "w:color", "000000");
        }
        xml_close(d);
    }
    xml_close(d);
    xml_open(d, "w:tblLayout");
    xml_text(d, "w:type", "fixed");
    xml_close(d);
    xml_open(d, "w:tblCellMar");
    for (int i = 0; i < 2; i++) {
        xml_open(d, i == 0 ? "w:left" : "w:right");
        xml_number(d, "w:w", b->borders ? docx_twips(DOC_CELL_PADDING) : 0);
        xml_text(d, "w:type", "dxa");
        xml_close(d);
    }
    xml_close(d);
    xml_close(d);
}

static void write_cell(struct docx *d, const struct block *b, const double *widths, const struct cell_box *box, int row)
{
    double width = doc_span_width(b, widths, box->column, box->column_span);
    xml_open(d, "w:tc");
    xml_open(d, "w:tcPr");
    xml_open(d, "w:tcW");
    xml_number(d, "w:w", docx_twips(width));
    xml_text(d, "w:type", "dxa");
    xml_close(d);
    if (box->column_span > 1)
        xml_value_number(d, "w:gridSpan", box->column_span);
    if (box->row_span > 1)
        xml_value(d, "w:vMerge", row == box->row ? "restart" : "continue");
    if (box->header)
        xml_value(d, "w:vAlign", "center");
    xml_close(d);
    if (row == box->row)
        docx_blocks(d, box->blocks, box->block_count, width - (b->borders ? 2 * DOC_CELL_PADDING : 0));
    if (row != box->row || box->block_count == 0)
        xml_empty(d, "w:p");
    xml_close(d);
}

static void write_row(struct docx *d, const struct block *b, const double *widths, int row)
{
    xml_open(d, "w:tr");
    xml_open(d, "w:trPr");
    xml_empty(d, "w:cantSplit");
    if (doc_header_row(b, row))
        xml_empty(d, "w:tblHeader");
    xml_close(d);
    for (int column = 0; column < b->columns;) {
        const struct cell_box *box = doc_cell_at(b, row, column);
        const struct cell_box hole = { .row = row, .column = column, .row_span = 1, .column_span = 1 };
        if (box == NULL)
            box = &hole;
        write_cell(d, b, widths, box, row);
        column = box->column + box->column_span;
    }
    xml_close(d);
}

static void write_table(struct docx *d, const struct block *b, double room)
{
    if (b->rows <= 0 || b->columns <= 0)
        return;
    double *widths = doc_widths(d->c->arena, b, room);
    xml_open(d, "w:tbl");
    table_look(d, b, widths);
    xml_open(d, "w:tblGrid");
    for (int i = 0; i < b->columns; i++) {
        xml_open(d, "w:gridCol");
        xml_number(d, "w:w", docx_twips(widths[i]));
        xml_close(d);
    }
    xml_close(d);
    for (int row = 0; row < b->rows; row++)
        write_row(d, b, widths, row);
    xml_close(d);
}

void docx_blocks(struct docx *d, const struct block *blocks, size_t count, double room)
{
    for (size_t i = 0; i < count; i++) {
        const struct block *b = &blocks[i];
        switch (b->kind) {
        case BLOCK_PARAGRAPH:
            docx_paragraph(d, b, room);
            break;
        case BLOCK_TABLE:
            if (d->break_before)
                docx_spacer(d);
            write_table(d, b, room);
            if (i + 1 == count || blocks[i + 1].kind != BLOCK_PARAGRAPH)
                docx_spacer(d);
            break;
        case BLOCK_IMAGE:
            docx_picture(d, b, room);
            break;
        case BLOCK_PAGE_BREAK:
            d->break_before = true;
            break;
        case BLOCK_FOOTNOTE: /* in footnotes.xml, unless no part of the text refers to it */
            if (doc_footnote_of(&d->notes, b->note != NULL ? b->note : "", b->note != NULL ? strlen(b->note) : 0) < 0 ||
                !d->notes.referred[doc_footnote_of(&d->notes, b->note, strlen(b->note))]) {
                struct block plain = *b;
                plain.mark = b->note;
                docx_paragraph(d, &plain, room);
            }
            break;
        }
    }
}
