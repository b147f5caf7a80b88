#include "app/practice_proof.h"
#include "platform/base/text.h"
#include "platform/doc/doc.h"
#include <cairo.h>
#include <inttypes.h>
#include <string.h>

enum { WIDTH = 640, HEIGHT = 360 };

static const double deep[3] = { 0.06, 0.36, 0.34 }, fresh[3] = { 0.55, 0.80, 0.76 }, pale[3] = { 0.87, 0.94, 0.93 },
                    gold[3] = { 0.94, 0.68, 0.29 }, white[3] = { 1, 1, 1 };

static void ink(cairo_t *cr, const double *colour)
{
    cairo_set_source_rgb(cr, colour[0], colour[1], colour[2]);
}

static void box(cairo_t *cr, const double *colour, double x, double y, double width, double height)
{
    ink(cr, colour);
    cairo_rectangle(cr, x, y, width, height);
    cairo_fill(cr);
}

static void disc(cairo_t *cr, const double *colour, double x, double y, double radius)
{
    ink(cr, colour);
    cairo_arc(cr, x, y, radius, 0, 6.2832);
    cairo_fill(cr);
}

/* A notice board with sheets; how many and which is gilt depends on the number. */
static void draw_board(cairo_t *cr, int64_t number)
{
    box(cr, deep, 210, 250, 8, 80);
    box(cr, deep, 422, 250, 8, 80);
    box(cr, deep, 160, 90, 320, 170);
    box(cr, gold, 184, 108, 150, 10);
    int sheets = 3 + (int)(number % 3);
    for (int i = 0; i < sheets; i++)
        box(cr, i == (int)(number % sheets) ? fresh : white, 184 + i * 272.0 / sheets, 134, 272.0 / sheets - 12, 100);
}

/* A health station with a banner across. */
static void draw_house(cairo_t *cr, int64_t number)
{
    box(cr, white, 190, 160, 260, 160);
    ink(cr, deep);
    cairo_move_to(cr, 170, 165);
    cairo_line_to(cr, 320, 80 + (double)(number % 4) * 8);
    cairo_line_to(cr, 470, 165);
    cairo_fill(cr);
    box(cr, gold, 200, 180, 240, 34);
    box(cr, deep, 300, 240, 40, 80);
    for (int i = 0; i < 2; i++)
        box(cr, fresh, 215 + i * 160.0, 240, 50, 40);
}

/* People before a screen. */
static void draw_meeting(cairo_t *cr, int64_t number)
{
    box(cr, deep, 200, 70, 240, 130);
    box(cr, gold, 224, 96, 120, 12);
    box(cr, fresh, 224, 124, 160, 8);
    box(cr, fresh, 224, 144, 100 + (double)(number % 5) * 16, 8);
    for (int i = 0; i < 6; i++) {
        double x = 110 + i * 84.0 + (double)(number % 3) * 6, y = i % 2 == 0 ? 262 : 246;
        disc(cr, i % 2 == 0 ? deep : fresh, x, y, 24);
        disc(cr, i % 2 == 0 ? deep : fresh, x, y + 70, 44);
    }
}

static void draw_scene(cairo_t *cr, int64_t number, const char *scene)
{
    box(cr, pale, 0, 0, WIDTH, HEIGHT);
    disc(cr, gold, 540 - (double)(number % 6) * 14, 70, 26);
    for (int i = 0; i < 3; i++) {
        double shade = 0.78 - 0.07 * i;
        cairo_set_source_rgb(cr, shade - 0.12, shade + 0.1, shade + 0.08);
        cairo_arc(cr, (double)((number * 97 + i * 230) % WIDTH), 480 + 20 * i, 250, 0, 6.2832);
        cairo_fill(cr);
    }
    if (strcmp(scene, "meeting") == 0 || strcmp(scene, "training") == 0 || strcmp(scene, "contest") == 0)
        draw_meeting(cr, number);
    else if (strcmp(scene, "poster") == 0 || strcmp(scene, "broadcast") == 0)
        draw_house(cr, number);
    else
        draw_board(cr, number);
    /* The number as a row of squares: no two pictures are the same, and one picture proves only once. */
    for (int bit = 0; bit < 20; bit++)
        if ((number >> bit & 1) != 0)
            box(cr, deep, 16 + bit * 8, HEIGHT - 14, 6, 6);
}

static cairo_status_t collect(void *closure, const unsigned char *data, unsigned int length)
{
    buffer_add_n(closure, (const char *)data, length);
    return CAIRO_STATUS_SUCCESS;
}

enum err practice_photo(struct ctx *c, int64_t number, const char *scene, struct document_file *file)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
    cairo_t *cr = cairo_create(surface);
    draw_scene(cr, number, scene);
    cairo_destroy(cr);
    struct buffer png = { .arena = c->arena };
    cairo_surface_write_to_png_stream(surface, collect, &png);
    cairo_surface_destroy(surface);
    if (document_file_put(c, arena_printf(c->arena, "anh-%" PRId64 ".png", number), "image/png", png.text, png.length, file) != OK)
        return c->err;
    file->preview = file->hash; /* small enough to be shown as it is */
    file->preview_size = file->size;
    file->photo = true;
    return document_file_record(c, file);
}

enum err practice_paper(struct ctx *c, int64_t number, const char *title, const char *line, struct document_file *file)
{
    struct block blocks[] = {
        { .text = "TRUNG TÂM Y TẾ SÔNG HƯƠNG", .bold = true, .align = ALIGN_CENTER, .size = 13, .after = 18 },
        { .text = text_upper(c->arena, title), .bold = true, .align = ALIGN_CENTER, .size = 14, .after = 12 },
        { .text = line, .align = ALIGN_JUSTIFY, .size = 14, .first_indent = 36 },
    };
    const struct document doc = { .title = title, .blocks = blocks, .count = sizeof blocks / sizeof blocks[0] };
    const void *bytes;
    size_t size;
    if (doc_write_pdf(c, &doc, &bytes, &size) != OK ||
        document_file_put(c, arena_printf(c->arena, "van-ban-%" PRId64 ".pdf", number), "application/pdf", bytes, size, file) != OK)
        return c->err;
    return document_file_record(c, file);
}
