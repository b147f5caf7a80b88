/* sauro-scan: takes a picture of a page on its input, in a sandbox. On its output it gives
 *   with --page N: the page as a model with words, lines and blocks, as JSON;
 *   with --look N WIDTH: the page upright and straight, as JPEG. */
#include "platform/doc/reader_parts.h"
#include "platform/doc/reader_sandbox.h"
#include "platform/doc/scan.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { QUALITY = 70 };

/* OpenMP would start threads, which the sandbox forbids and which make a page slower; it asks before main begins. */
static void keep_to_one_thread(char **argv)
{
    if (getenv("OMP_THREAD_LIMIT") != NULL)
        return;
    setenv("OMP_THREAD_LIMIT", "1", 1);
    execv("/proc/self/exe", argv);
}

static enum err prepare(struct scan *s, const char *bytes, size_t size)
{
    if (scan_decode(s, (const unsigned char *)bytes, size) != OK)
        return s->c->err;
    if (!(s->width > 0)) /* a photo, perhaps */
        scan_cut(s);
    if (scan_clean(s) != OK)
        return s->c->err;
    scan_turn(s);
    scan_measure(s);
    return s->c->err;
}

static enum err recognise(struct scan *s, struct document **doc)
{
    struct pdf *p = arena_alloc(s->arena, sizeof *p);
    *p = (struct pdf){ .c = s->c, .arena = s->arena, .page = s->number, .pages = s->number, .width = s->width, .height = s->height };
    scan_trim(s);
    struct pdf_lines lines = scan_lines(s, p);
    struct scan_found found = { 0 };
    if (scan_recognise(s, &lines, &found) != OK)
        return s->c->err;
    struct pdf_words words = scan_tidy(s, &found);
    struct document *made = arena_alloc(s->arena, sizeof *made);
    struct doc_page *page = arena_alloc(s->arena, sizeof *page);
    *page = (struct doc_page){ .number = s->number, .width = s->width, .height = s->height };
    *made = (struct document){ .format = "scan", .pages = s->number, .page_list = page, .page_count = 1 };
    pdf_keep_page(s->arena, &words, &lines, page);
    pdf_take_page(p, &words, &lines);
    if (pdf_finish(p, made) == OK)
        *doc = made;
    return s->c->err;
}

static int put_look(struct scan *s, int width)
{
    float factor = (float)width / (float)pixGetWidth(s->colour);
    l_uint8 *bytes = NULL;
    size_t size = 0;
    scan_replace(&s->colour, factor < 1 ? pixScaleAreaMap(s->colour, factor, factor) : pixScale(s->colour, factor, factor));
    bool good = pixWriteMemJpeg(&bytes, &size, s->colour, QUALITY, 0) == 0 && helper_output(bytes, size);
    lept_free(bytes);
    if (good)
        return READER_GOOD;
    fail(s->c, INVALID, doc_says_huge, "the picture could not be written");
    return helper_refuse(s->c);
}

int main(int argc, char **argv)
{

    keep_to_one_thread(argv);
    if (!sandbox_enter(&(struct sandbox){ .memory = 768L * 1024 * 1024, .seconds = 18, .folder = "/usr/share/tesseract-ocr" })) {
        fputs("sauro-scan: no sandbox on this machine\n", stderr);
        return READER_NO_SANDBOX;
    }
    const char *what = argc > 1 ? argv[1] : "";
    if (strcmp(what, "--check") == 0)
        return helper_check("sauro-scan");
    struct ctx c;
    ctx_open(&c, 0);
    struct scan s = { .c = &c, .arena = c.arena, .number = argc > 2 ? atoi(argv[2]) : 1, .look = strcmp(what, "--look") == 0 };
    setMsgSeverity(L_SEVERITY_NONE);
    size_t size = 0;
    char *bytes = helper_input(&size);
    struct document *doc = NULL;
    int code;
    if (bytes == NULL || size > DOC_MOST_BYTES)
        fail(&c, INVALID, doc_says_huge, "%zu bytes", size);
    else
        prepare(&s, bytes, size);
    free(bytes);
    if (c.err == OK && !s.look)
        recognise(&s, &doc);
    if (c.err == NOT_FOUND)
        code = READER_NO_DATA;
    else
        code = s.look && c.err == OK ? put_look(&s, argc > 3 ? atoi(argv[3]) : 1000) : helper_model(&c, doc);
    pixDestroy(&s.colour);
    pixDestroy(&s.grey);
    ctx_close(&c);
    return code;
}
