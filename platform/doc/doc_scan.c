/* Pages that are pictures, recognised and shown by sandboxed programs: sauro-reader takes a page out of a PDF, sauro-scan
 * decodes, straightens and reads it. The picture passes between the two as bytes that nobody looks at here. */
#include "platform/doc/doc_model.h"
#include "platform/doc/doc_process.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Processor time is bounded by the programs themselves; a busy machine may need longer by the clock. */
enum { LONGEST_MS = 60000, MOST_IMAGE = 16 * 1024 * 1024, WIDTH_LEAST = 100, WIDTH_MOST = 2400 };

struct step {
    const char *path;
    int page, pages;
    int width; /* 0: to be recognised; else a picture to look at */
    const struct doc_watch *watch;
};

static bool is_picture_file(int file)
{
    char head[1024];
    ssize_t size = pread(file, head, sizeof head, 0);
    return size > 0 && doc_recognise(head, (size_t)size, NULL) == DOC_PICTURE;
}

/* Runs one of the two programs on `input`. */
static enum err run(struct ctx *c, const struct step *s, const char *program, int input, int output, struct helper_end *end)
{
    const char *const words[] = { s->width == 0 ? "--page" : "--look", arena_printf(c->arena, "%d", s->page),
                                  s->width == 0 ? NULL : arena_printf(c->arena, "%d", s->width), NULL };
    return helper_run(c, &(struct helper_run){ .program = program, .words = words, .input = input, .output = output,
                                               .milliseconds = LONGEST_MS, .most = MOST_IMAGE, .watch = s->watch,
                                               .page = s->page, .pages = s->pages }, end);
}

/* A page of a PDF as a picture in memory; -1: c->err says why. */
static int take_out(struct ctx *c, const struct step *s, int file)
{
    struct helper_end end;
    int picture = memfd_create("page", MFD_CLOEXEC);
    if (picture < 0) {
        fail(c, BROKEN, "Máy chủ đang quá tải. Hãy thử lại sau ít phút.", "memfd: %s", strerror(errno));
        return -1;
    }
    if (run(c, s, helper_path(c, "SAURO_READER", "sauro-reader"), file, picture, &end) == OK) {
        char sentence[4096];
        ssize_t size = WIFEXITED(end.status) && WEXITSTATUS(end.status) == READER_REFUSED ? pread(picture, sentence, sizeof sentence, 0) : 0;
        helper_judge(c, &end, sentence, size > 0 ? (size_t)size : 0);
    }
    if (c->err == OK && lseek(picture, 0, SEEK_SET) == 0)
        return picture;
    close(picture);
    return -1;
}

static enum err scan(struct ctx *c, const struct step *s, int picture, struct helper_end *end)
{
    const char *program = helper_path(c, "SAURO_SCAN", "sauro-scan");
    if (access(program, X_OK) != 0)
        return fail(c, INVALID, doc_says_no_scan, "no %s", program);
    if (run(c, s, program, picture, -1, end) != OK)
        return c->err;
    if (WIFEXITED(end->status) && WEXITSTATUS(end->status) == READER_NO_DATA)
        return fail(c, INVALID, doc_says_no_scan, "no Vietnamese data of tesseract");
    return helper_judge(c, end, end->bytes, end->size);
}

/* Opens the page as a picture, of whatever file; -1: c->err says why. *made: sauro-reader made it. */
static int open_picture(struct ctx *c, const struct step *s, bool *made)
{
    int file = c->err == OK ? helper_open(c, s->path) : -1;
    *made = file >= 0 && !is_picture_file(file);
    if (!*made)
        return file;
    int picture = take_out(c, s, file);
    close(file);
    return picture;
}

enum err doc_scan_page(struct ctx *c, const char *path, int page, const struct doc_watch *watch, struct document **doc)
{
    const struct step s = { .path = path, .page = page, .pages = page, .watch = watch };
    struct helper_end end = { 0 };
    struct document *made = NULL;
    bool from_pdf;
    int picture = open_picture(c, &s, &from_pdf);
    if (picture < 0)
        return c->err;
    if (scan(c, &s, picture, &end) == OK && doc_from_json(c, end.bytes, end.size, &made) == OK) {
        if (made->page_count == 1 && made->page_list[0].number == page)
            *doc = made;
        else
            fail(c, INVALID, doc_says_broken, "the model of another page");
    }
    close(picture);
    free(end.bytes);
    return c->err;
}

/* ---- the whole file ---- */

struct whole {
    struct document *doc;
    struct document **pages; /* NULL where a page is no picture, or could not be recognised */
    size_t recognised;
    const char *message; /* of the first page that could not */
};

/* One page that cannot be read leaves the others worth reading; c->err is only what stops the work. */
static enum err add_page(struct ctx *c, struct whole *w, const char *path, size_t at, const struct doc_watch *watch)
{
    int page = w->doc->page_list[at].number;
    if (watch != NULL && !watch->go_on(watch->arg, page, w->doc->pages))
        return fail(c, INVALID, doc_says_stopped, "stopped");
    if (doc_scan_page(c, path, page, watch, &w->pages[at]) == OK) {
        w->recognised++;
        return OK;
    }
    bool final = c->err != INVALID || c->message == doc_says_stopped || c->message == doc_says_no_scan;
    if (!final) {
        w->message = w->message == NULL ? c->message : w->message;
        ctx_forget(c);
    }
    return c->err;
}

enum err doc_read_whole(struct ctx *c, const char *path, const struct doc_watch *watch, struct document **doc)
{
    struct whole w = { 0 };
    if (doc_read_file(c, path, &w.doc) != OK)
        return c->err;
    w.pages = arena_array(c->arena, w.doc->page_count, sizeof *w.pages);
    for (size_t i = 0; i < w.doc->page_count && c->err == OK; i++)
        if (w.doc->page_list[i].picture)
            add_page(c, &w, path, i, watch);
    if (c->err != OK && c->message == doc_says_no_scan && w.doc->count > 0) { /* it has some text: better than nothing */
        ctx_forget(c);
        w.message = NULL;
    }
    if (c->err != OK)
        return c->err;
    if (w.recognised > 0)
        return doc_with_pages(c, w.doc, w.pages, w.doc->page_count, doc);
    if (w.doc->count == 0)
        return fail(c, INVALID, w.message == NULL ? doc_says_images : w.message, "no page could be recognised");
    *doc = w.doc;
    return c->err;
}

/* ---- to look at ---- */

static enum err take_image(struct ctx *c, const char *bytes, size_t size, struct doc_image *image)
{
    bool png = size > 8 && memcmp(bytes, "\x89PNG", 4) == 0;
    if (!png && (size < 4 || memcmp(bytes, "\xFF\xD8\xFF", 3) != 0))
        return fail(c, INVALID, doc_says_broken, "no picture came");
    char *copy = arena_alloc(c->arena, size);
    memcpy(copy, bytes, size);
    *image = (struct doc_image){ .type = png ? "image/png" : "image/jpeg", .bytes = copy, .size = size };
    return c->err;
}

/* A page with text comes from sauro-reader as PNG, which needs nothing more. *done: it was one. */
static enum err take_ready(struct ctx *c, int picture, struct doc_image *image, bool *done)
{
    char head[4] = "";
    struct stat about;
    *done = pread(picture, head, sizeof head, 0) == (ssize_t)sizeof head && memcmp(head, "\x89PNG", sizeof head) == 0;
    if (!*done)
        return c->err;
    if (fstat(picture, &about) != 0 || about.st_size > MOST_IMAGE)
        return fail(c, INVALID, doc_says_huge, "a picture too large");
    char *bytes = arena_alloc(c->arena, (size_t)about.st_size);
    ssize_t size = pread(picture, bytes, (size_t)about.st_size, 0);
    return take_image(c, bytes, size > 0 ? (size_t)size : 0, image);
}

enum err doc_page_image(struct ctx *c, const char *path, int page, int width, struct doc_image *image)
{
    width = width < WIDTH_LEAST ? WIDTH_LEAST : width > WIDTH_MOST ? WIDTH_MOST : width;
    const struct step s = { .path = path, .page = page, .pages = page, .width = width };
    struct helper_end end = { 0 };
    bool done = false;
    bool from_pdf;
    int picture = open_picture(c, &s, &from_pdf);
    if (picture < 0)
        return c->err;
    if (from_pdf)
        take_ready(c, picture, image, &done);
    if (!done && scan(c, &s, picture, &end) == OK)
        take_image(c, end.bytes, end.size, image);
    close(picture);
    free(end.bytes);
    return c->err;
}
