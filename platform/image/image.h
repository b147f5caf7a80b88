/* Photos from outside, made small and free of hidden data by a process of its own: a hostile one may kill that. */
#pragma once
#include "platform/base/ctx.h"

enum { IMAGE_LONGEST_SIDE = 2560, IMAGE_PREVIEW_SIDE = 480, IMAGE_SECONDS = 30 };

/*
 * Reads a JPEG, PNG or WebP of at most 100 million pixels and writes two JPEGs: upright, without EXIF or other
 * hidden data, of at most IMAGE_LONGEST_SIDE and IMAGE_PREVIEW_SIDE pixels a side. Starts sauro-image, which
 * stands beside this program (or where SAURO_IMAGE says).
 * INVALID on `field`: it is no such picture, or cannot be read. BROKEN: the helper cannot be started.
 */
enum err image_shrink(struct ctx *c, const char *field, const char *in, const char *out, const char *preview);
