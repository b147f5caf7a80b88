/* The bytes of a picture to pixels. The caps come first: a file of a few kilobytes may unfold to gigabytes. */
#include "platform/doc/scan.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of pixels: that are decoded at all, in colour and in black and white; that are worked on, some A4 at 330 dpi. */
enum { MOST_COLOUR = 40 * 1000 * 1000, MOST_BINARY = 160 * 1000 * 1000, MOST_KEPT = 11 * 1000 * 1000, LONGEST_SIDE = 30000, LEAST_SIDE = 100 };

static const char says_vast[] = "Ảnh quá lớn. Hãy quét hoặc chụp lại ở độ phân giải 200 đến 300 dpi, mỗi ảnh một trang.";
static const char says_tiny[] = "Ảnh quá nhỏ nên không đọc được chữ. Hãy quét hoặc chụp lại ở độ phân giải 200 đến 300 dpi.";
static const char says_damaged[] = "Không đọc được ảnh này: ảnh bị hỏng hoặc thiếu. Hãy quét hoặc chụp lại, lưu dạng PDF, JPG hoặc PNG.";

void scan_replace(PIX **to, PIX *by)
{
    if (by == NULL)
        return;
    pixDestroy(to);
    *to = by;
}

/* ---- PNM of sauro-reader ---- */

/* The next number of the header; -1: there is none. */
static int header_number(const unsigned char *bytes, size_t size, size_t *at)
{
    int value = -1;
    while (*at < size && (bytes[*at] == ' ' || bytes[*at] == '\n'))
        ++*at;
    for (; *at < size && bytes[*at] >= '0' && bytes[*at] <= '9' && value < 1000000; ++*at)
        value = (value < 0 ? 0 : value * 10) + bytes[*at] - '0';
    return value;
}

static PIX *pixels_of(const unsigned char *from, int width, int height, bool grey)
{
    PIX *pix = pixCreateNoInit(width, height, grey ? 8 : 32);
    for (int y = 0; pix != NULL && y < height; y++) {
        l_uint32 *line = pixGetData(pix) + (ptrdiff_t)y * pixGetWpl(pix);
        for (int x = 0; x < width; x++, from += grey ? 1 : 3) {
            if (grey)
                SET_DATA_BYTE(line, x, from[0]);
            else
                composeRGBPixel(from[0], from[1], from[2], line + x);
        }
    }
    return pix;
}

static PIX *read_pnm(struct scan *s, const unsigned char *bytes, size_t size)
{
    char head[80] = "";
    memcpy(head, bytes, size < sizeof head - 1 ? size : sizeof head - 1);
    if (sscanf(head, "P%*d\n# points %lf %lf", &s->width, &s->height) != 2 || !(s->width > 1 && s->height > 1 && s->width < 20000 && s->height < 20000))
        return NULL;
    bool grey = head[1] == '5';
    size_t at = (size_t)(strchr(head + 3, '\n') - head);
    int width = header_number(bytes, size, &at);
    int height = header_number(bytes, size, &at);
    int top = header_number(bytes, size, &at);
    size_t wanted = (size_t)(width > 0 ? width : 0) * (size_t)(height > 0 ? height : 0) * (grey ? 1 : 3);
    bool good = width >= LEAST_SIDE && height >= LEAST_SIDE && width < LONGEST_SIDE && height < LONGEST_SIDE && top == 255 && at + 1 + wanted == size;
    return good ? pixels_of(bytes + at + 1, width, height, grey) : NULL;
}

/* ---- what people send ---- */

struct header {
    int format, width, height, bits;
};

static bool read_header(const unsigned char *bytes, size_t size, int page, struct header *h)
{
    l_int32 each = 0;
    l_int32 samples = 0;
    l_int32 mapped = 0;
    if (findFileFormatBuffer(bytes, &h->format) != 0)
        return false;
    bool tiff = h->format >= IFF_TIFF && h->format <= IFF_TIFF_ZIP;
    if (tiff)
        return readHeaderMemTiff(bytes, size, page - 1, &h->width, &h->height, &h->bits, &samples, NULL, NULL, NULL) == 0 &&
               (h->bits *= samples) > 0;
    if (page != 1 || (h->format != IFF_JFIF_JPEG && h->format != IFF_PNG && h->format != IFF_BMP))
        return false;
    if (pixReadHeaderMem(bytes, size, &h->format, &h->width, &h->height, &each, &samples, &mapped) != 0)
        return false;
    h->bits = each * samples;
    return true;
}

static PIX *read_any(const unsigned char *bytes, size_t size, const struct header *h, int page)
{
    if (h->format == IFF_JFIF_JPEG) {
        int reduction = 1;
        while (reduction < 8 && (double)h->width * h->height / (reduction * reduction) > MOST_KEPT * 2.0)
            reduction *= 2;
        l_int32 warned = 0;
        return pixReadMemJpeg(bytes, size, 0, reduction, &warned, 0);
    }
    return h->format == IFF_PNG || h->format == IFF_BMP ? pixReadMem(bytes, size) : pixReadMemTiff(bytes, size, page - 1);
}

/* To 8 or 32 bits, on white, and no larger than is worked on. */
static PIX *to_plain(PIX *pix)
{
    double most = MOST_KEPT;
    double pixels = (double)pixGetWidth(pix) * pixGetHeight(pix);
    float factor = pixels > most ? (float)sqrt(most / pixels) : 1;
    if (pixGetDepth(pix) == 16)
        scan_replace(&pix, pixConvert16To8(pix, L_MS_BYTE));
    if (pixGetSpp(pix) == 4)
        scan_replace(&pix, pixAlphaBlendUniform(pix, 0xffffff00));
    if (pixGetColormap(pix) != NULL)
        scan_replace(&pix, pixRemoveColormap(pix, REMOVE_CMAP_BASED_ON_SRC));
    if (pixGetDepth(pix) == 1 && factor < 1)
        scan_replace(&pix, pixScaleToGray(pix, factor));
    else if (pixGetDepth(pix) < 8)
        scan_replace(&pix, pixConvertTo8(pix, 0));
    if (factor < 1 && (double)pixGetWidth(pix) * pixGetHeight(pix) > most)
        scan_replace(&pix, pixScaleAreaMap(pix, factor, factor));
    return pix;
}

/* Scanners write how many dots an inch they made; cameras write anything. */
static void take_resolution(struct scan *s, PIX *pix, const struct header *h)
{
    double dpi = pixGetXRes(pix) * (double)pixGetWidth(pix) / h->width; /* it may have been reduced */
    double width = dpi < 1 ? 0 : pixGetWidth(pix) / dpi * 72;
    double height = dpi < 1 ? 0 : pixGetHeight(pix) / dpi * 72;
    double ratio = fmax(width, height) / fmax(1, fmin(width, height));
    if (fmax(width, height) > 780 && fmax(width, height) < 1300 && ratio > 1.2 && ratio < 1.7) { /* A4 to A3 */
        s->width = width;
        s->height = height;
    }
}

static enum err read_picture(struct scan *s, const unsigned char *bytes, size_t size)
{
    struct header h = { 0 };
    if (!read_header(bytes, size, s->number, &h))
        return fail(s->c, INVALID, s->number > 1 ? doc_says_no_page : says_damaged, "no header of page %d", s->number);
    double pixels = (double)h.width * h.height;
    if (pixels > (h.bits == 1 ? MOST_BINARY : MOST_COLOUR * (h.format == IFF_JFIF_JPEG ? 3.0 : 1.0)) || h.width > LONGEST_SIDE || h.height > LONGEST_SIDE)
        return fail(s->c, INVALID, says_vast, "%d x %d pixels", h.width, h.height);
    if (h.width < LEAST_SIDE || h.height < LEAST_SIDE)
        return fail(s->c, INVALID, says_tiny, "%d x %d pixels", h.width, h.height);
    PIX *pix = read_any(bytes, size, &h, s->number);
    if (pix == NULL)
        return fail(s->c, INVALID, says_damaged, "not decoded");
    take_resolution(s, pix, &h);
    s->colour = to_plain(pix);
    return s->c->err;
}

enum err scan_decode(struct scan *s, const unsigned char *bytes, size_t size)
{
    if (size < 64)
        return fail(s->c, INVALID, says_damaged, "%zu bytes", size);
    if (bytes[0] == 'P' && (bytes[1] == '5' || bytes[1] == '6') && bytes[2] == '\n') {
        s->colour = read_pnm(s, bytes, size);
        return s->colour == NULL ? fail(s->c, INVALID, says_damaged, "not the PNM of sauro-reader") : s->c->err;
    }
    return read_picture(s, bytes, size);
}
