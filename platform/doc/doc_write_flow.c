/* Lays out the document model with pango: lines, gaps, drawn lines, pictures and table rows with their heights. */
#include "platform/base/text.h"
#include "platform/doc/doc_write_flow.h"
#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>
#include <pthread.h>
#include <string.h>

#define FAMILY "Liberation Serif"
/* Word's single line of Times New Roman holds the font's line gap too, which pango leaves out: 1.149 to 1.107. */
#define SINGLE_LINE (1.149 / 1.107)
#define RULE_HEIGHT 6.0

/*
 * An application's own font configuration: Liberation 1 lacks 93 Vietnamese letters and other packages bring it in,
 * so text would fall back letter by letter; it must not be found at all.
 */
static const char font_setup[] =
    "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig><dir>/usr/share/fonts</dir>"
    "<dir>/usr/local/share/fonts</dir><cachedir>/var/cache/fontconfig</cachedir><cachedir prefix=\"xdg\">fontconfig</cachedir>"
    "<selectfont><rejectfont><glob>/usr/share/fonts/truetype/liberation/*</glob></rejectfont></selectfont></fontconfig>";

static FcConfig *fonts;

static void load_fonts(void)
{
    fonts = FcConfigCreate();
    FcConfigParseAndLoadFromMemory(fonts, (const FcChar8 *)font_setup, FcTrue);
    FcConfigBuildFonts(fonts);
}

void flow_start(struct flow_maker *m, struct arena *a)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load_fonts);
    *m = (struct flow_maker){ .arena = a };
    PangoFontMap *map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), fonts);
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map), 72); /* a point is a unit */
    m->pango = pango_font_map_create_context(map);
    g_object_unref(map);
    pango_context_set_round_glyph_positions(m->pango, FALSE);
    pango_context_set_language(m->pango, pango_language_from_string("vi"));
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(m->pango, options);
    cairo_font_options_destroy(options);
}

void flow_end(struct flow_maker *m)
{
    for (size_t i = 0; i < m->count; i++)
        g_object_unref(m->layouts[i]);
    g_object_unref(m->pango);
}

struct item *flow_add(struct flow_maker *m, struct flow *f, enum item_kind kind, double height)
{
    f->items = arena_grow(m->arena, f->items, sizeof *f->items, &f->capacity, f->count + 1);
    struct item *item = &f->items[f->count++];
    *item = (struct item){ .kind = kind, .height = height };
    return item;
}

double flow_height(const struct flow *f)
{
    double sum = 0;
    for (size_t i = 0; i < f->count; i++)
        sum += f->items[i].height;
    return sum;
}

/* ---- text ---- */
PangoLayout *flow_layout(struct flow_maker *m, const char *text, double size)
{
    PangoLayout *layout = pango_layout_new(m->pango);
    m->layouts = arena_grow(m->arena, m->layouts, sizeof *m->layouts, &m->capacity, m->count + 1);
    m->layouts[m->count++] = layout;
    PangoFontDescription *font = pango_font_description_from_string(FAMILY);
    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_text(layout, text, -1);
    return layout;
}

static void attribute(PangoAttrList *list, PangoAttribute *one, size_t from, size_t to)
{
    one->start_index = (guint)from;
    one->end_index = (guint)to;
    pango_attr_list_insert(list, one);
}

/* The look of bytes from..to of a layout. */
static void look(PangoAttrList *list, const struct block *b, const struct run *run, double size, size_t from, size_t to)
{
    if (run->size > 0)
        size = run->size;
    if (b->bold || run->bold)
        attribute(list, pango_attr_weight_new(PANGO_WEIGHT_BOLD), from, to);
    if (b->italic || run->italic)
        attribute(list, pango_attr_style_new(PANGO_STYLE_ITALIC), from, to);
    if (run->underline)
        attribute(list, pango_attr_underline_new(PANGO_UNDERLINE_SINGLE), from, to);
    if (run->superscript) {
        attribute(list, pango_attr_rise_new((int)(size * 0.35 * PANGO_SCALE)), from, to);
        size *= 0.65;
    }
    attribute(list, pango_attr_size_new_absolute((int)(size * PANGO_SCALE)), from, to);
}

/* The parts of `runs` that lie in bytes from..to of the whole text, on a layout that begins at `from`. */
static void piece_look(PangoLayout *layout, const struct block *b, const struct run *runs, size_t count, double size, size_t from,
                       size_t to)
{
    PangoAttrList *list = pango_attr_list_new();
    size_t at = 0;
    for (size_t i = 0; i < count; at += runs[i++].length) {
        size_t begin = at > from ? at : from, end = at + runs[i].length < to ? at + runs[i].length : to;
        if (begin < end)
            look(list, b, &runs[i], size, begin - from, end - from);
    }
    pango_layout_set_attributes(layout, list);
    pango_attr_list_unref(list);
}

static size_t add_lines(struct flow_maker *m, struct flow *f, PangoLayout *layout, double x, double factor)
{
    size_t first = f->count;
    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    do {
        PangoRectangle box;
        pango_layout_iter_get_line_extents(iter, NULL, &box);
        double natural = (double)box.height / PANGO_SCALE, height = natural * SINGLE_LINE * factor;
        double ascent = (double)(pango_layout_iter_get_baseline(iter) - box.y) / PANGO_SCALE;
        struct item *item = flow_add(m, f, ITEM_LINE, height);
        item->line = pango_layout_iter_get_line_readonly(iter);
        item->baseline = height - natural + ascent;
        item->x = x + (double)box.x / PANGO_SCALE;
    } while (pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
    return f->count - first;
}

static void shape(PangoLayout *layout, const struct block *b, double width, bool first)
{
    static const PangoAlignment align[] = { PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER, PANGO_ALIGN_RIGHT, PANGO_ALIGN_LEFT };
    pango_layout_set_alignment(layout, align[b->align]);
    pango_layout_set_justify(layout, b->align == ALIGN_JUSTIFY);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    if (first || b->first_indent < 0)
        pango_layout_set_indent(layout, (int)(b->first_indent * PANGO_SCALE));
    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
}

/* No line alone at the foot or the head of a page. */
static void keep_lines(struct flow *f, size_t first, size_t lines, bool keep_last)
{
    for (size_t i = 0; i < lines; i++)
        f->items[first + i].keep = i + 1 == lines ? keep_last : i == 0 || i + 2 == lines;
}

/* Text with its mark, and runs that cover both. */
static const char *whole_text(struct flow_maker *m, const struct block *b, struct run **runs, size_t *count)
{
    const char *text = b->text != NULL ? b->text : "";
    if (b->upper)
        text = b->run_count == 0 ? text_upper(m->arena, text) : text;
    *runs = arena_array(m->arena, b->run_count + 2, sizeof **runs);
    *count = b->run_count;
    memcpy(*runs, b->runs != NULL ? b->runs : *runs, b->run_count * sizeof **runs);
    if (b->run_count == 0)
        (*runs)[(*count)++] = (struct run){ .length = strlen(text) };
    if (b->mark != NULL)
        (*runs)[0].length += strlen(b->mark) + 1;
    char *all = b->mark != NULL ? arena_printf(m->arena, "%s %s", b->mark, text) : arena_copy(m->arena, text);
    for (char *c = all; *c != '\0'; c++)
        if ((unsigned char)*c < 0x20 && *c != '\n' && *c != '\t')
            *c = ' '; /* characters no page can show */
    return all;
}

void flow_paragraph(struct flow_maker *m, struct flow *f, const struct block *b, double width)
{
    double size = b->size > 0 ? b->size : DOC_DEFAULT_SIZE, factor = b->line > 0 ? b->line : 1;
    if (b->before > 0)
        flow_add(m, f, ITEM_GAP, b->before)->keep = true;
    struct run *runs = NULL;
    size_t count = 0, first = f->count, lines = 0;
    const char *text = whole_text(m, b, &runs, &count);
    double x = b->indent + (b->first_indent < 0 ? b->first_indent : 0);
    for (const char *at = text; at != NULL;) {
        const char *end = strchr(at, '\n');
        size_t length = end != NULL ? (size_t)(end - at) : strlen(at);
        PangoLayout *layout = flow_layout(m, arena_copy_n(m->arena, at, length), size);
        piece_look(layout, b, runs, count, size, (size_t)(at - text), (size_t)(at - text) + length);
        shape(layout, b, width - x, at == text);
        lines += add_lines(m, f, layout, x, factor);
        at = end != NULL ? end + 1 : NULL;
    }
    keep_lines(f, first, lines, b->keep_next || b->rule > 0);
    if (b->rule > 0) {
        struct item *rule = flow_add(m, f, ITEM_RULE, RULE_HEIGHT);
        rule->width = b->rule < width ? b->rule : width;
        rule->x = (width - rule->width) / 2;
        rule->keep = b->keep_next;
    }
    if (b->after > 0)
        flow_add(m, f, ITEM_GAP, b->after)->keep = b->keep_next;
}

/* ---- pictures and tables ---- */
static void add_picture(struct flow_maker *m, struct flow *f, const struct block *b, double width)
{
    double w = 0, h = 0;
    if (!doc_picture_size(b, width, &w, &h))
        return;
    if (b->before > 0)
        flow_add(m, f, ITEM_GAP, b->before)->keep = true;
    struct item *item = flow_add(m, f, ITEM_PICTURE, h);
    item->picture = b;
    item->width = w;
    item->x = b->align == ALIGN_RIGHT ? width - w : b->align == ALIGN_CENTER ? (width - w) / 2 : 0;
    item->keep = b->keep_next;
    if (b->after > 0)
        flow_add(m, f, ITEM_GAP, b->after)->keep = b->keep_next;
}

/* Rows are as high as their cells; what a merged cell still lacks goes to its last row. */
static void row_heights(struct table_flow *t)
{
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < t->block->cell_count; i++) {
            const struct cell_box *box = t->cells[i].box;
            if ((box->row_span > 1) != (pass == 1))
                continue;
            double sum = 0;
            int last = box->row + box->row_span - 1 < t->block->rows ? box->row + box->row_span - 1 : t->block->rows - 1;
            for (int row = box->row; row <= last; row++)
                sum += t->heights[row];
            if (sum < t->cells[i].height)
                t->heights[last] += t->cells[i].height - sum;
        }
}

static bool keeps_with_next(const struct table_flow *t, int row)
{
    if (row + 1 >= t->block->rows)
        return false;
    if (row < t->header_rows)
        return true;
    for (size_t i = 0; i < t->block->cell_count; i++) {
        const struct cell_box *box = t->cells[i].box;
        bool asks = box->row == row && box->block_count > 0 && box->blocks[0].keep_next;
        if (asks || (box->row <= row && box->row + box->row_span - 1 > row))
            return true;
    }
    return false;
}

static void add_table(struct flow_maker *m, struct flow *f, const struct block *b, double width)
{
    if (b->rows <= 0 || b->columns <= 0)
        return;
    struct table_flow *t = arena_alloc(m->arena, sizeof *t);
    *t = (struct table_flow){ .block = b, .widths = doc_widths(m->arena, b, width), .padding = b->borders ? DOC_CELL_PADDING : 0 };
    t->x = (width - doc_span_width(b, t->widths, 0, b->columns)) / 2;
    t->heights = arena_array(m->arena, (size_t)b->rows, sizeof *t->heights);
    t->cells = arena_array(m->arena, b->cell_count, sizeof *t->cells);
    while (doc_header_row(b, t->header_rows))
        t->header_rows++;
    for (size_t i = 0; i < b->cell_count; i++) {
        struct cell_flow *cell = &t->cells[i];
        cell->box = &b->cells[i];
        flow_blocks(m, &cell->flow, cell->box->blocks, cell->box->block_count,
                    doc_span_width(b, t->widths, cell->box->column, cell->box->column_span) - 2 * t->padding);
        cell->height = flow_height(&cell->flow);
    }
    row_heights(t);
    for (int row = 0; row < b->rows; row++) {
        struct item *item = flow_add(m, f, ITEM_ROW, t->heights[row]);
        item->table = t;
        item->row = row;
        item->keep = keeps_with_next(t, row) || (row + 1 == b->rows && b->keep_next);
    }
}

void flow_blocks(struct flow_maker *m, struct flow *f, const struct block *blocks, size_t count, double width)
{
    for (size_t i = 0; i < count; i++)
        switch (blocks[i].kind) {
        case BLOCK_PARAGRAPH:
            flow_paragraph(m, f, &blocks[i], width);
            break;
        case BLOCK_TABLE:
            add_table(m, f, &blocks[i], width);
            break;
        case BLOCK_IMAGE:
            add_picture(m, f, &blocks[i], width);
            break;
        case BLOCK_PAGE_BREAK:
            flow_add(m, f, ITEM_PAGE_BREAK, 0);
            break;
        case BLOCK_FOOTNOTE:
            break;
        }
}
