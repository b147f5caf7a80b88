/* The drawn lines of a page. Poppler tells no paths, so the page is rendered and long dark runs are lines; the same
 * would serve a scan. Hairlines are anti-aliased: hence the light threshold. */
#include "platform/doc/doc_pdf.h"
#include <cairo.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DPI = 150, DARK = 215, MOST_PIXELS = 6000000, MOST_LINES = 1500, THICKEST = 8, SAME = 3 };
enum { SHORTEST_LYING = 40, SHORTEST_STANDING = 30 }; /* pixels: longer than any stroke of a letter */

struct raster {
    unsigned char *rows;    /* a byte a pixel, 1 dark */
    unsigned char *columns; /* the same, column after column: both are searched along memory */
    int width, height;
    double scale; /* pixels a point */
};

enum { TILE = 32 };

static void darken(struct raster *r, const unsigned char *pixels, size_t stride)
{
    size_t width = (size_t)r->width;
    size_t height = (size_t)r->height;
    for (size_t y = 0; y < height; y++) {
        const unsigned char *at = pixels + y * stride;
        unsigned char *row = r->rows + y * width;
        for (size_t x = 0; x < width; x++) /* a plain loop: the compiler makes it wide */
            row[x] = at[4 * x] + at[4 * x + 1] * 2 + at[4 * x + 2] < DARK * 4;
    }
    for (size_t top = 0; top < height; top += TILE)
        for (size_t left = 0; left < width; left += TILE)
            for (size_t x = left; x < left + TILE && x < width; x++)
                for (size_t y = top; y < top + TILE && y < height; y++)
                    r->columns[x * height + y] = r->rows[y * width + x];
}

static bool render(struct pdf *p, PopplerPage *page, struct raster *r)
{
    r->scale = DPI / 72.0;
    if (!(p->width > 1 && p->height > 1))
        return false;
    if (p->width * p->height * r->scale * r->scale > MOST_PIXELS)
        r->scale = sqrt(MOST_PIXELS / (p->width * p->height));
    r->width = (int)(p->width * r->scale);
    r->height = (int)(p->height * r->scale);
    if (r->width < 1 || r->height < 1 || r->width > 20000 || r->height > 20000)
        return false;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, r->width, r->height);
    cairo_t *cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_scale(cr, r->scale, r->scale);
    poppler_page_render(page, cr);
    cairo_destroy(cr);
    cairo_surface_flush(surface);
    const unsigned char *pixels = cairo_image_surface_get_data(surface);
    size_t count = (size_t)r->width * (size_t)r->height;
    r->rows = pixels == NULL ? NULL : malloc(2 * count);
    if (r->rows != NULL) {
        r->columns = r->rows + count;
        darken(r, pixels, (size_t)cairo_image_surface_get_stride(surface));
    }
    cairo_surface_destroy(surface);
    return r->rows != NULL;
}

/* A run of dark pixels at `across`, from `from` to `to`, and the line of runs beside it. */
struct stroke {
    int across, thickness, from, to;
};

struct strokes {
    struct stroke *items;
    size_t count, capacity;
    size_t recent; /* first that a run may still belong to */
};

static void add_run(struct pdf *p, struct strokes *s, int across, int from, int to)
{
    while (s->recent < s->count && s->items[s->recent].across + s->items[s->recent].thickness < across - 1)
        s->recent++;
    for (size_t i = s->recent; i < s->count; i++) {
        struct stroke *it = &s->items[i];
        bool beside = it->across + it->thickness >= across - 1;
        bool overlaps = from <= it->to + SAME && to >= it->from - SAME;
        if (!beside || !overlaps)
            continue;
        it->from = from < it->from ? from : it->from;
        it->to = to > it->to ? to : it->to;
        it->thickness = across - it->across + 1;
        return;
    }
    if (s->count >= MOST_LINES)
        return;
    s->items = arena_grow(p->arena, s->items, sizeof *s->items, &s->capacity, s->count + 1);
    s->items[s->count++] = (struct stroke){ .across = across, .thickness = 1, .from = from, .to = to };
}

/* standing: runs go down the columns, else along the rows. */
static struct strokes find_strokes(struct pdf *p, const struct raster *r, bool standing)
{
    struct strokes s = { 0 };
    int count = standing ? r->width : r->height;
    size_t length = (size_t)(standing ? r->height : r->width);
    size_t shortest = standing ? SHORTEST_STANDING : SHORTEST_LYING;
    for (int across = 0; across < count; across++) {
        const unsigned char *line = (standing ? r->columns : r->rows) + (size_t)across * length;
        for (const unsigned char *at = line, *end = line + length; at < end;) {
            const unsigned char *from = memchr(at, 1, (size_t)(end - at));
            if (from == NULL)
                break;
            at = memchr(from, 0, (size_t)(end - from));
            at = at == NULL ? end : at;
            if ((size_t)(at - from) >= shortest)
                add_run(p, &s, across, (int)(from - line), (int)(at - line) - 1);
        }
    }
    return s;
}

static void keep(struct pdf *p, struct pdf_lines *lines, const struct strokes *s, double scale, bool standing)
{
    for (size_t i = 0; i < s->count; i++) {
        const struct stroke *it = &s->items[i];
        if (it->thickness > THICKEST)
            continue; /* a shaded area or a picture */
        double across = (it->across + it->thickness / 2.0) / scale;
        double from = it->from / scale;
        double to = (it->to + 1) / scale;
        struct pdf_box box = standing ? (struct pdf_box){ across, from, across, to } : (struct pdf_box){ from, across, to, across };
        struct pdf_box **list = standing ? &lines->standing : &lines->lying;
        size_t *count = standing ? &lines->standing_count : &lines->lying_count;
        size_t *capacity = standing ? &lines->standing_capacity : &lines->lying_capacity;
        *list = arena_grow(p->arena, *list, sizeof **list, capacity, *count + 1);
        (*list)[(*count)++] = box;
    }
}

struct pdf_lines pdf_page_lines(struct pdf *p, PopplerPage *page)
{
    struct pdf_lines lines = { 0 };
    struct raster r = { 0 };
    if (!render(p, page, &r))
        return lines;
    struct strokes lying = find_strokes(p, &r, false);
    struct strokes standing = find_strokes(p, &r, true);
    keep(p, &lines, &lying, r.scale, false);
    keep(p, &lines, &standing, r.scale, true);
    free(r.rows);
    return lines;
}
