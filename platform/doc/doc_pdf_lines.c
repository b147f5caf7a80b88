/* The drawn lines of a page. Poppler tells no paths, so the page is rendered and long dark runs are lines. Hairlines are
 * anti-aliased: hence the light threshold. */
#include "platform/doc/doc_pdf_source.h"
#include <cairo.h>
#include <math.h>

enum { DPI = 150, DARK = 215, MOST_PIXELS = 6000000 };

static void darken(struct pdf_raster *r, const unsigned char *pixels, size_t stride)
{
    size_t width = (size_t)r->width;
    for (size_t y = 0; y < (size_t)r->height; y++) {
        const unsigned char *at = pixels + y * stride;
        unsigned char *row = r->rows + y * width;
        for (size_t x = 0; x < width; x++) /* a plain loop: the compiler makes it wide */
            row[x] = at[4 * x] + at[4 * x + 1] * 2 + at[4 * x + 2] < DARK * 4;
    }
}

cairo_surface_t *pdf_render(struct pdf *p, PopplerPage *page, double *scale, double most)
{
    if (!(p->width > 1 && p->height > 1))
        return NULL;
    if (p->width * p->height * *scale * *scale > most)
        *scale = sqrt(most / (p->width * p->height));
    int width = (int)(p->width * *scale);
    int height = (int)(p->height * *scale);
    if (width < 1 || height < 1 || width > 20000 || height > 20000)
        return NULL;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    cairo_t *cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_scale(cr, *scale, *scale);
    poppler_page_render(page, cr);
    cairo_destroy(cr);
    cairo_surface_flush(surface);
    if (cairo_image_surface_get_data(surface) != NULL)
        return surface;
    cairo_surface_destroy(surface);
    return NULL;
}

struct pdf_lines pdf_page_lines(struct pdf *p, PopplerPage *page)
{
    struct pdf_raster r = { 0 };
    double scale = DPI / 72.0;
    cairo_surface_t *surface = pdf_render(p, page, &scale, MOST_PIXELS);
    if (surface == NULL)
        return (struct pdf_lines){ 0 };
    bool made = pdf_raster_new(&r, cairo_image_surface_get_width(surface), cairo_image_surface_get_height(surface), scale);
    if (made)
        darken(&r, cairo_image_surface_get_data(surface), (size_t)cairo_image_surface_get_stride(surface));
    cairo_surface_destroy(surface);
    return made ? pdf_raster_lines(p, &r) : (struct pdf_lines){ 0 };
}
