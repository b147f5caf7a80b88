/* The drawn lines of a page, of a PDF as of a recognised picture: long dark runs of its raster. */
#include "platform/doc/doc_pdf.h"
#include <stdlib.h>
#include <string.h>

enum { THICKEST = 8, SAME = 3, TILE = 32 };
enum { SHORTEST_LYING = 40, SHORTEST_STANDING = 30 }; /* pixels: longer than any stroke of a letter */

bool pdf_raster_new(struct pdf_raster *r, int width, int height, double scale)
{
    size_t count = (size_t)width * (size_t)height;
    unsigned char *bytes = malloc(2 * count);
    *r = (struct pdf_raster){ .rows = bytes, .columns = bytes == NULL ? NULL : bytes + count, .width = width, .height = height,
                              .scale = scale };
    return bytes != NULL;
}

static void turn(struct pdf_raster *r)
{
    size_t width = (size_t)r->width;
    size_t height = (size_t)r->height;
    for (size_t top = 0; top < height; top += TILE)
        for (size_t left = 0; left < width; left += TILE)
            for (size_t x = left; x < left + TILE && x < width; x++)
                for (size_t y = top; y < top + TILE && y < height; y++)
                    r->columns[x * height + y] = r->rows[y * width + x];
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
    if (s->count >= DOC_MOST_LINES / 2)
        return;
    s->items = arena_grow(p->arena, s->items, sizeof *s->items, &s->capacity, s->count + 1);
    s->items[s->count++] = (struct stroke){ .across = across, .thickness = 1, .from = from, .to = to };
}

/* standing: runs go down the columns, else along the rows. */
static struct strokes find_strokes(struct pdf *p, const struct pdf_raster *r, bool standing)
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

struct pdf_lines pdf_raster_lines(struct pdf *p, struct pdf_raster *r)
{
    struct pdf_lines lines = { 0 };
    turn(r);
    struct strokes lying = find_strokes(p, r, false);
    struct strokes standing = find_strokes(p, r, true);
    keep(p, &lines, &lying, r->scale, false);
    keep(p, &lines, &standing, r->scale, true);
    free(r->rows);
    return lines;
}
