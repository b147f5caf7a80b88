/* Between the two files that know tesseract. */
#pragma once
#include "platform/doc/scan.h"
#include <tesseract/capi.h>

struct finder {
    struct scan *s;
    struct scan_found *found;
    TessBaseAPI *api;
    PIX *image;   /* what is recognised: grey, in its own scale */
    double scale; /* pixels of the image a point */
};

/* Recognises the image, or the rectangle of it, that was set, and adds its lines and words. */
void scan_take(struct finder *f);
