/* The parts of sauro-scan: from the bytes of a picture to a clean, upright page, its drawn lines and its words. Private to
 * scan_*.c. Pixels from the top left corner. Every PIX here is of 8 bits a pixel, or 32 where "colour" is said. */
#pragma once
#include "platform/doc/doc_pdf.h"
#include <leptonica/allheaders.h>
#include <math.h>

struct scan {
    struct ctx *c;
    struct arena *arena;
    int number;           /* of the page */
    double width, height; /* of the page, points; 0: not known yet */
    PIX *colour;          /* as it came; turned and straightened with `grey` when it is to be looked at; else NULL */
    PIX *grey;            /* dark ink on an even light ground, without coloured ink */
    double scale;         /* pixels of grey a point */
    bool look;            /* only to be looked at: colour is kept */
};

/* JPEG, PNG, TIFF, BMP, or the PNM that sauro-reader writes. Large ones are reduced while they are read.
 * INVALID: none of these, damaged, larger than the caps, no such page. Sets s->colour, and the size if it is known. */
enum err scan_decode(struct scan *s, const unsigned char *bytes, size_t size);

/* s->colour to s->grey: coloured ink out, ground even. INVALID: no memory. */
enum err scan_clean(struct scan *s);
/* Mends the perspective of a photo: cuts the sheet of paper out. Leaves s alone when it finds none. */
void scan_cut(struct scan *s);
/* Wipes out what hangs together with the edges of the sheet: shadows, the dark around it. */
void scan_trim(struct scan *s);
/* Turns the page upright and straight. */
void scan_turn(struct scan *s);
/* The size of the page in points where the file does not say. */
void scan_measure(struct scan *s);

/* The drawn lines, in points; they are wiped out of s->grey. */
struct pdf_lines scan_lines(struct scan *s, struct pdf *p);

/* The cells of ruled tables in pixels, small ones first: one may lie inside another. boxaDestroy. NULL: no memory. */
BOXA *scan_cells(struct scan *s, const struct pdf_lines *lines);

/* What the recogniser found, in points. */
struct scan_line {
    double size;  /* of its letters, as measured */
    int measured; /* by how many letters; 0: size is not known */
};

struct scan_word {
    struct pdf_word *word; /* box and size are not set yet, but for x0 and x1 */
    size_t line;
    double base;   /* of its line */
    double stroke; /* how thick its strokes are; 0: not known */
    int marks;     /* as of scan_strokes */
};

struct scan_found {
    struct scan_line *lines;
    struct scan_word *words;
    size_t line_count, line_capacity, word_count, word_capacity;
};

/* How many strokes stand side by side at half height: III has three, H two with a bar between them, which gives -2.
 * 0: not known. */
int scan_strokes(PIX *grey, int x0, int y0, int x1, int y1);

/* NOT_FOUND: Vietnamese is not installed. */
enum err scan_recognise(struct scan *s, const struct pdf_lines *lines, struct scan_found *found);
/* What was found as words on lines: sizes evened, bold type told, specks and scribble left out. */
struct pdf_words scan_tidy(struct scan *s, struct scan_found *found);

/* Replaces *to by `by`, unless that is NULL; frees what it was. */
void scan_replace(PIX **to, PIX *by);
