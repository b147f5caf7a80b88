/* The parts of the PDF reader that know poppler, which is GPL: only sauro-reader links them. Private to doc_pdf*.c. */
#pragma once
#include "platform/doc/doc_pdf.h"
#include <cairo.h>
#include <poppler.h>

/* INVALID: encrypted, damaged. Release with g_object_unref. `bytes` must outlive it. */
enum err pdf_open(struct ctx *c, const void *bytes, size_t size, PopplerDocument **source);

struct pdf_words pdf_page_words(struct pdf *p, PopplerPage *page);
struct pdf_lines pdf_page_lines(struct pdf *p, PopplerPage *page);

/* The page on white. *scale: pixels a point, made smaller so that there are at most `most` pixels. NULL: impossible.
 * Release with cairo_surface_destroy. */
cairo_surface_t *pdf_render(struct pdf *p, PopplerPage *page, double *scale, double most);

/* Is what this page says in a picture? The words found on it may be a bad recognition hidden behind the picture. */
bool pdf_is_picture(struct pdf *p, PopplerPage *page, const struct pdf_words *words);

/* Writes the page to the standard output: a picture as PNM in its own resolution, to be recognised or straightened
 * by sauro-scan; else, when width (pixels) is not 0, as PNG to look at. */
enum err pdf_put_page(struct ctx *c, const void *bytes, size_t size, int number, int width);
