/* Pages as pictures: which pages are nothing else, and a page made one, to be recognised or to be looked at. */
#include "platform/doc/doc_pdf_source.h"
#include <cairo.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <utf8proc.h>

static const double COVERED = 0.5;       /* of the page: from there on a picture is more than a letterhead */
static const double FEWEST_MARKS = 0.18; /* Vietnamese has marks on 25 of 100 letters; a recogniser that knows none, on 5 */
enum { FEW_WORDS = 40, FEW_LETTERS = 40 };
enum { MOST_PICTURE = 16000000, USUAL_DPI = 300, LEAST_DPI = 150, MOST_DPI = 400 };

/* The part of the page under pictures, at most 1, and how many pixels an inch the largest of them has. */
static double pictured(struct pdf *p, PopplerPage *page, double *dpi)
{
    double covered = 0;
    double largest = 0;
    int id = -1;
    GList *list = poppler_page_get_image_mapping(page);
    for (const GList *at = list; at != NULL; at = at->next) {
        const PopplerImageMapping *image = at->data;
        double width = fmin(image->area.x2, p->width) - fmax(image->area.x1, 0);
        double height = fmin(image->area.y2, p->height) - fmax(image->area.y1, 0);
        double area = width > 0 && height > 0 ? width * height : 0;
        covered += area;
        if (area > largest) {
            largest = area;
            id = image->image_id;
        }
    }
    poppler_page_free_image_mapping(list);
    cairo_surface_t *image = dpi == NULL || id < 0 ? NULL : poppler_page_get_image(page, id);
    if (image != NULL) {
        double pixels = (double)cairo_image_surface_get_width(image) * cairo_image_surface_get_height(image);
        *dpi = 72 * sqrt(pixels / largest);
        cairo_surface_destroy(image);
    }
    return fmin(1, covered / (p->width * p->height));
}

static bool is_damaged(const struct pdf_words *words)
{
    size_t letters = 0;
    size_t marked = 0;
    for (size_t i = 0; i < words->count; i++)
        for (size_t k = 0; k < words->items[i]->count; k++) {
            int32_t rune = words->items[i]->chars[k].rune;
            utf8proc_category_t kind = utf8proc_category(rune);
            letters += kind == UTF8PROC_CATEGORY_LL || kind == UTF8PROC_CATEGORY_LU;
            marked += (kind == UTF8PROC_CATEGORY_LL || kind == UTF8PROC_CATEGORY_LU) && rune > 127;
        }
    return letters < FEW_LETTERS || (double)marked < FEWEST_MARKS * (double)letters;
}

/* Text drawn as curves is no text either, yet a blank page is no picture. */
static bool has_ink(struct pdf *p, PopplerPage *page)
{
    enum { DPI = 40, DARK = 128, FEWEST = 60 };
    double scale = DPI / 72.0;
    cairo_surface_t *surface = pdf_render(p, page, &scale, MOST_PICTURE / 64);
    if (surface == NULL)
        return false;
    const unsigned char *pixels = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    int dark = 0;
    for (int y = 0; y < cairo_image_surface_get_height(surface); y++)
        for (int x = 0; x < cairo_image_surface_get_width(surface); x++)
            dark += pixels[y * stride + 4 * x + 1] < DARK;
    cairo_surface_destroy(surface);
    return dark >= FEWEST;
}

bool pdf_is_picture(struct pdf *p, PopplerPage *page, const struct pdf_words *words)
{
    if (words->count >= FEW_WORDS && !is_damaged(words))
        return false;
    if (pictured(p, page, NULL) >= COVERED)
        return true;
    return words->count == 0 && has_ink(p, page);
}

/* ---- a page made a picture ---- */

static bool put(const void *bytes, size_t size)
{
    return fwrite(bytes, 1, size, stdout) == size;
}

static bool is_grey(const unsigned char *row, int width)
{
    for (int x = 0; x < width; x++)
        if (abs(row[4 * x] - row[4 * x + 1]) > 3 || abs(row[4 * x + 2] - row[4 * x + 1]) > 3)
            return false;
    return true;
}

/* PNM, with the size of the page in points as its first comment: the one place where sauro-scan learns it. */
static bool put_pixels(const struct pdf *p, cairo_surface_t *surface)
{
    const unsigned char *pixels = cairo_image_surface_get_data(surface);
    int width = cairo_image_surface_get_width(surface);
    int height = cairo_image_surface_get_height(surface);
    int stride = cairo_image_surface_get_stride(surface);
    bool grey = true;
    for (int y = 0; y < height && grey; y++)
        grey = is_grey(pixels + (ptrdiff_t)y * stride, width);
    int each = grey ? 1 : 3;
    bool good = printf("P%d\n# points %.2f %.2f\n%d %d\n255\n", grey ? 5 : 6, p->width, p->height, width, height) > 0;
    unsigned char *row = malloc((size_t)width * 3);
    good = good && row != NULL;
    for (int y = 0; y < height && good; y++) {
        const unsigned char *at = pixels + (ptrdiff_t)y * stride; /* blue, green, red, unused */
        for (int x = 0; x < width; x++)
            for (int i = 0; i < each; i++)
                row[x * each + i] = at[4 * x + (grey ? 1 : 2 - i)];
        good = put(row, (size_t)width * (size_t)each);
    }
    free(row);
    return good;
}

static cairo_status_t put_png(void *nothing, const unsigned char *bytes, unsigned size)
{
    (void)nothing;
    return put(bytes, size) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static enum err put_page(struct pdf *p, PopplerPage *page, int width)
{
    poppler_page_get_size(page, &p->width, &p->height);
    struct pdf_words words = pdf_page_words(p, page);
    bool picture = pdf_is_picture(p, page, &words);
    if (width == 0 && !picture)
        return fail(p->c, INVALID, doc_says_no_picture, "page %d has text", p->page);
    double dpi = USUAL_DPI;
    if (picture)
        pictured(p, page, &dpi);
    dpi = fmax(LEAST_DPI, fmin(MOST_DPI, dpi));
    double scale = picture ? dpi / 72 : width / p->width;
    cairo_surface_t *surface = pdf_render(p, page, &scale, MOST_PICTURE);
    if (surface == NULL)
        return fail(p->c, INVALID, doc_says_broken, "a page of %.0f x %.0f points", p->width, p->height);
    bool good = picture ? put_pixels(p, surface) : cairo_surface_write_to_png_stream(surface, put_png, NULL) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(surface);
    return good && fflush(stdout) == 0 ? p->c->err : fail(p->c, INVALID, doc_says_huge, "the picture could not be written");
}

enum err pdf_put_page(struct ctx *c, const void *bytes, size_t size, int number, int width)
{
    PopplerDocument *source = NULL;
    if (pdf_open(c, bytes, size, &source) != OK)
        return c->err;
    PopplerPage *page = number < 1 || number > poppler_document_get_n_pages(source) ? NULL : poppler_document_get_page(source, number - 1);
    struct pdf *p = arena_alloc(c->arena, sizeof *p);
    *p = (struct pdf){ .c = c, .arena = c->arena, .page = number };
    if (page == NULL)
        fail(c, INVALID, doc_says_no_page, "page %d", number);
    else
        put_page(p, page, width);
    if (page != NULL)
        g_object_unref(page);
    g_object_unref(source);
    return c->err;
}
