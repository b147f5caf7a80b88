/* Writes the document model as a PDF: breaks the flow into pages and draws them with cairo. */
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include "platform/doc/doc_write_flow.h"
#include <cairo-pdf.h>
#include <string.h>

#define HAIR 0.5 /* width of borders, points */

struct press {
    struct ctx *c;
    struct flow_maker maker;
    struct sheet_size sheet;
    const char *watermark;
    cairo_t *cr;
    int page;
    double y;
    bool fresh;               /* nothing stands on this page yet */
    struct table_flow *table; /* that the page's last row belongs to */
};

static void draw_item(struct press *p, const struct item *item, double x, double y);

/* ---- pictures ---- */
struct source {
    const unsigned char *at;
    size_t left;
};

static cairo_status_t take(void *arg, unsigned char *data, unsigned length)
{
    struct source *s = arg;
    if (length > s->left)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(data, s->at, length);
    s->at += length;
    s->left -= length;
    return CAIRO_STATUS_SUCCESS;
}

/* A JPEG goes into the PDF as it is; cairo needs only a surface of its size. */
static cairo_surface_t *picture_surface(const struct block *b)
{
    int width = 0, height = 0;
    bool jpeg = false;
    doc_picture_pixels(b->image, b->image_size, &width, &height, &jpeg);
    if (!jpeg)
        return cairo_image_surface_create_from_png_stream(take, &(struct source){ b->image, b->image_size });
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    cairo_surface_set_mime_data(surface, CAIRO_MIME_TYPE_JPEG, b->image, b->image_size, NULL, NULL);
    return surface;
}

static void draw_picture(struct press *p, const struct item *item, double x, double y)
{
    cairo_surface_t *surface = picture_surface(item->picture);
    if (cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS) {
        cairo_save(p->cr);
        cairo_translate(p->cr, x + item->x, y);
        cairo_scale(p->cr, item->width / cairo_image_surface_get_width(surface),
                    item->height / cairo_image_surface_get_height(surface));
        cairo_set_source_surface(p->cr, surface, 0, 0);
        cairo_paint(p->cr);
        cairo_restore(p->cr);
    }
    cairo_surface_destroy(surface);
}

/* ---- tables ---- */
static void stroke(struct press *p, double x, double y, double to_x, double to_y)
{
    cairo_set_line_width(p->cr, HAIR);
    cairo_move_to(p->cr, x, y);
    cairo_line_to(p->cr, to_x, to_y);
    cairo_stroke(p->cr);
}

static double cell_left(const struct table_flow *t, const struct cell_flow *cell, double frame)
{
    return frame + t->x + doc_span_width(t->block, t->widths, 0, cell->box->column);
}

/* Draws what fits of the cell's rest above `bottom`; all of it when `whole`. */
static void draw_cell(struct press *p, struct table_flow *t, struct cell_flow *cell, double frame, double bottom, bool whole)
{
    double y = cell->top, x = cell_left(t, cell, frame) + t->padding;
    if (cell->box->header && cell->next == 0 && whole)
        y += (bottom - y - cell->height) / 2;
    for (; cell->next < cell->flow.count; cell->next++) {
        const struct item *item = &cell->flow.items[cell->next];
        if (!whole && y + item->height > bottom + 0.01)
            break;
        draw_item(p, item, x, y);
        y += item->height;
    }
}

static void draw_edges(struct press *p, const struct table_flow *t, const struct cell_flow *cell, double frame, double y,
                       double height)
{
    double left = cell_left(t, cell, frame);
    double right = left + doc_span_width(t->block, t->widths, cell->box->column, cell->box->column_span);
    stroke(p, left, y, left, y + height);
    stroke(p, right, y, right, y + height);
}

static void draw_level(struct press *p, const struct table_flow *t, const struct cell_flow *cell, double frame, double y)
{
    double left = cell_left(t, cell, frame);
    stroke(p, left, y, left + doc_span_width(t->block, t->widths, cell->box->column, cell->box->column_span), y);
}

/* One row, or the part of it that stands on this page: from p->y, `height` high. */
static void draw_row(struct press *p, struct table_flow *t, int row, double frame, double height, bool begins, bool ends)
{
    double y = p->y;
    for (size_t i = 0; i < t->block->cell_count; i++) {
        struct cell_flow *cell = &t->cells[i];
        const struct cell_box *box = cell->box;
        if (row < box->row || row >= box->row + box->row_span)
            continue;
        bool first = begins && row == box->row, last = ends && (row == box->row + box->row_span - 1 || row + 1 == t->block->rows);
        if (first) {
            cell->next = 0;
            cell->open = true;
        }
        if (first || cell->resumed)
            cell->top = y;
        if (t->block->borders) {
            draw_edges(p, t, cell, frame, y, height);
            if (first || cell->resumed)
                draw_level(p, t, cell, frame, y);
            if (last)
                draw_level(p, t, cell, frame, y + height);
        }
        cell->resumed = false;
        if (last) {
            draw_cell(p, t, cell, frame, y + height, true);
            cell->open = false;
        }
    }
}

/* A page ends inside a table: cells that go on show what fits, and the grid is closed. */
static void leave_table(struct press *p)
{
    struct table_flow *t = p->table;
    for (size_t i = 0; t != NULL && i < t->block->cell_count; i++)
        if (t->cells[i].open) {
            draw_cell(p, t, &t->cells[i], p->sheet.left, p->y, false);
            if (t->block->borders)
                draw_level(p, t, &t->cells[i], p->sheet.left, p->y);
            t->cells[i].resumed = true;
        }
    p->table = NULL;
}

/* ---- items ---- */
static void draw_nested_row(struct press *p, const struct item *item, double x, double y)
{
    double outer = p->y;
    p->y = y;
    draw_row(p, item->table, item->row, x, item->height, true, true);
    p->y = outer;
}

static void draw_item(struct press *p, const struct item *item, double x, double y)
{
    switch (item->kind) {
    case ITEM_LINE:
        cairo_move_to(p->cr, x + item->x, y + item->baseline);
        pango_cairo_show_layout_line(p->cr, item->line);
        break;
    case ITEM_RULE:
        stroke(p, x + item->x, y + 3, x + item->x + item->width, y + 3);
        break;
    case ITEM_PICTURE:
        draw_picture(p, item, x, y);
        break;
    case ITEM_ROW:
        draw_nested_row(p, item, x, y);
        break;
    case ITEM_GAP:
    case ITEM_PAGE_BREAK:
        break;
    }
}

/* ---- pages ---- */
static double page_bottom(const struct press *p)
{
    return p->sheet.height - p->sheet.bottom;
}

static double whole_page(const struct press *p)
{
    return page_bottom(p) - p->sheet.top;
}

/* NĐ 30/2020/NĐ-CP, Phụ lục I: Arabic, 13-14 pt, centred in the top margin, from page 2 on. */
static void draw_page_number(struct press *p)
{
    PangoLayout *layout = flow_layout(&p->maker, arena_printf(p->c->arena, "%d", p->page), DOC_PAGE_NUMBER_SIZE);
    PangoRectangle box;
    pango_layout_get_extents(layout, NULL, &box);
    double middle = (p->sheet.left + p->sheet.width - p->sheet.right) / 2;
    cairo_move_to(p->cr, middle - (double)box.width / PANGO_SCALE / 2, (p->sheet.top - (double)box.height / PANGO_SCALE) / 2);
    pango_cairo_show_layout(p->cr, layout);
}

/* Drawn as shapes, so that it is no part of the text that is searched and copied. */
static void draw_watermark(struct press *p)
{
    if (p->watermark == NULL)
        return;
    PangoLayout *layout = flow_layout(&p->maker, p->watermark, 96);
    PangoRectangle box;
    pango_layout_get_extents(layout, NULL, &box);
    cairo_save(p->cr);
    cairo_translate(p->cr, p->sheet.width / 2, p->sheet.height / 2);
    cairo_rotate(p->cr, -0.785); /* an eighth of a turn */
    cairo_set_source_rgb(p->cr, 0.88, 0.88, 0.88);
    cairo_move_to(p->cr, -(double)box.width / PANGO_SCALE / 2, -(double)box.height / PANGO_SCALE / 2);
    pango_cairo_layout_path(p->cr, layout);
    cairo_fill(p->cr);
    cairo_restore(p->cr);
}

static void new_page(struct press *p)
{
    leave_table(p);
    if (p->page > 0)
        cairo_show_page(p->cr);
    p->page++;
    draw_watermark(p);
    p->y = p->sheet.top;
    p->fresh = true;
    if (p->page > 1)
        draw_page_number(p);
}

static void place_row(struct press *p, const struct item *item);

/* The header on a page where the table goes on; one that takes half the page is not worth repeating. */
static void repeat_header(struct press *p, struct table_flow *t)
{
    double height = 0;
    for (int row = 0; row < t->header_rows; row++)
        height += t->heights[row];
    if (height > whole_page(p) / 2)
        return;
    for (int row = 0; row < t->header_rows; row++)
        place_row(p, &(struct item){ .kind = ITEM_ROW, .table = t, .row = row, .height = t->heights[row] });
}

/* A row higher than a page goes on over pages; each cell shows what fits. */
static void place_tall_row(struct press *p, const struct item *item)
{
    double rest = item->height;
    for (bool begins = true; rest > 0.01; begins = false) {
        double room = page_bottom(p) - p->y, height = rest < room ? rest : room;
        draw_row(p, item->table, item->row, p->sheet.left, height, begins, rest <= room);
        p->table = item->table;
        p->y += height;
        p->fresh = false;
        /* lines do not fill the page to the last point, so each further page may need a line more */
        rest = rest <= room ? 0 : rest - height + 2 * DOC_DEFAULT_SIZE;
        if (rest > 0) {
            new_page(p);
            repeat_header(p, item->table);
        }
    }
}

static void place_row(struct press *p, const struct item *item)
{
    if (item->height > page_bottom(p) - p->y) {
        place_tall_row(p, item);
        return;
    }
    draw_row(p, item->table, item->row, p->sheet.left, item->height, true, true);
    p->table = item->table;
    p->y += item->height;
    p->fresh = false;
}

static void place_item(struct press *p, const struct item *item)
{
    bool is_row = item->kind == ITEM_ROW;
    bool tall = is_row && item->height > whole_page(p); /* begins where it stands: it cannot fit anywhere */
    if (item->kind == ITEM_PAGE_BREAK || (!p->fresh && !tall && p->y + item->height > page_bottom(p) + 0.01))
        if (!(item->kind == ITEM_PAGE_BREAK && p->fresh && p->page > 1))
            new_page(p);
    if (item->kind == ITEM_PAGE_BREAK || (item->kind == ITEM_GAP && p->fresh))
        return;
    if (is_row && p->fresh && item->row >= item->table->header_rows)
        repeat_header(p, item->table);
    if (is_row) {
        place_row(p, item);
        return;
    }
    p->table = NULL;
    draw_item(p, item, p->sheet.left, p->y);
    p->y += item->height;
    p->fresh = false;
}

/* Items that keep together go to the next page together, unless they are more than a page. */
static void place_flow(struct press *p, const struct flow *f)
{
    for (size_t i = 0; i < f->count;) {
        size_t end = i;
        double height = f->items[i].height;
        while (f->items[end].keep && end + 1 < f->count && f->items[end + 1].kind != ITEM_PAGE_BREAK)
            height += f->items[++end].height;
        if (!p->fresh && height <= whole_page(p) && p->y + height > page_bottom(p) + 0.01)
            new_page(p);
        for (; i <= end; i++)
            place_item(p, &f->items[i]);
    }
}

/* ---- footnotes, after the text ---- */
static void add_notes(struct press *p, struct flow *f, const struct document *doc, double width)
{
    bool first = true;
    for (size_t i = 0; i < doc->count; i++) {
        if (doc->blocks[i].kind != BLOCK_FOOTNOTE)
            continue;
        if (first) {
            flow_add(&p->maker, f, ITEM_GAP, 12)->keep = true;
            struct item *line = flow_add(&p->maker, f, ITEM_RULE, 8);
            line->width = width / 3;
            line->keep = true;
        }
        first = false;
        struct block note = doc->blocks[i];
        const char *mark = note.note != NULL ? note.note : "";
        struct run runs[2] = { { .length = strlen(mark), .superscript = true }, { .length = strlen(note.text) + 1 } };
        note.text = arena_printf(p->c->arena, "%s %s", mark, note.text);
        note.runs = runs;
        note.run_count = 2;
        note.size = note.size > 0 ? note.size : 10;
        flow_paragraph(&p->maker, f, &note, width);
    }
}

static cairo_status_t collect(void *arg, const unsigned char *data, unsigned length)
{
    buffer_add_n(arg, (const char *)data, length);
    return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *new_surface(struct press *p, const struct document *doc, struct buffer *out)
{
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(collect, out, p->sheet.width, p->sheet.height);
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, doc->title != NULL ? doc->title : "");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Sáu Rõ");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, moment_iso(p->c->arena, p->c->now));
    return surface;
}

enum err doc_write_pdf(struct ctx *c, const struct document *doc, const void **bytes, size_t *size)
{
    struct press p = { .c = c, .sheet = doc_sheet(doc), .watermark = doc->watermark };
    struct buffer out = { .arena = c->arena };
    struct flow body = { 0 };
    double width = p.sheet.width - p.sheet.left - p.sheet.right;
    cairo_surface_t *surface = new_surface(&p, doc, &out);
    p.cr = cairo_create(surface);
    flow_start(&p.maker, c->arena);
    flow_blocks(&p.maker, &body, doc->blocks, doc->count, width);
    add_notes(&p, &body, doc, width);
    new_page(&p);
    place_flow(&p, &body);
    cairo_show_page(p.cr);
    cairo_surface_finish(surface);
    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS)
        fail(c, BROKEN, "Không tạo được tệp PDF. Xin thử lại.", "cairo: %s", cairo_status_to_string(cairo_surface_status(surface)));
    flow_end(&p.maker);
    cairo_destroy(p.cr);
    cairo_surface_destroy(surface);
    *bytes = out.text;
    *size = out.length;
    return c->err;
}
