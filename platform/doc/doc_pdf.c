/* Reads a PDF: pages to words, drawn lines and tables; those to the blocks of the model. */
#include "platform/doc/doc_pdf_source.h"
#include <stdlib.h>
#include <string.h>

/* The words and lines of the pages, kept until it is known whether some page is a picture. */
struct kept {
    struct pdf_words words;
    struct pdf_lines lines;
};

static void read_page(struct pdf *p, PopplerPage *page, struct kept *kept, struct doc_page *about)
{
    poppler_page_get_size(page, &p->width, &p->height);
    *about = (struct doc_page){ .number = p->page, .width = p->width, .height = p->height };
    struct pdf_words words = pdf_page_words(p, page);
    about->picture = pdf_is_picture(p, page, &words);
    if (words.count == 0 || p->too_large)
        return;
    kept->lines = pdf_page_lines(p, page);
    kept->words = words;
    kept->words.items = arena_array(p->arena, words.count, sizeof *words.items); /* tables take theirs out */
    memcpy(kept->words.items, words.items, words.count * sizeof *words.items);
    pdf_take_page(p, &words, &kept->lines);
}

static void keep_words(struct document *doc, struct arena *a, const struct kept *kept)
{
    for (size_t i = 0; i < doc->page_count; i++)
        if (!doc->page_list[i].picture)
            pdf_keep_page(a, &kept[i].words, &kept[i].lines, &doc->page_list[i]);
}

static enum err read_pages(struct ctx *c, PopplerDocument *source, struct document **doc)
{
    int pages = poppler_document_get_n_pages(source);
    if (pages > DOC_MOST_PAGES)
        return fail(c, INVALID, doc_says_huge, "%d pages", pages);
    struct pdf *p = arena_alloc(c->arena, sizeof *p);
    *p = (struct pdf){ .c = c, .arena = c->arena, .pages = pages };
    struct kept *kept = arena_array(c->arena, (size_t)pages, sizeof *kept);
    struct document *made = arena_alloc(c->arena, sizeof *made);
    *made = (struct document){ .format = "pdf", .pages = pages, .page_count = (size_t)pages,
                               .page_list = arena_array(c->arena, (size_t)pages, sizeof *made->page_list) };
    for (p->page = 1; p->page <= pages && !p->too_large; p->page++) {
        struct doc_page *about = &made->page_list[p->page - 1];
        about->number = p->page;
        PopplerPage *page = poppler_document_get_page(source, p->page - 1);
        if (page == NULL)
            continue; /* a damaged page; the others are worth reading */
        read_page(p, page, &kept[p->page - 1], about);
        g_object_unref(page);
    }
    made->images_only = p->words == 0 && pages > 0;
    if (pdf_finish(p, made) != OK)
        return c->err;
    if (doc_needs_scan(made))
        keep_words(made, c->arena, kept);
    *doc = made;
    return c->err;
}

enum err pdf_open(struct ctx *c, const void *bytes, size_t size, PopplerDocument **source)
{
    GError *why = NULL;
    GBytes *held = g_bytes_new_static(bytes, size);
    *source = poppler_document_new_from_bytes(held, NULL, &why);
    if (*source == NULL && why != NULL && why->domain == POPPLER_ERROR && why->code == POPPLER_ERROR_ENCRYPTED)
        fail(c, INVALID, doc_says_locked, "encrypted");
    else if (*source == NULL)
        fail(c, INVALID, doc_says_broken, "poppler: error %d", why == NULL ? 0 : why->code);
    g_clear_error(&why);
    g_bytes_unref(held);
    return c->err;
}

enum err doc_read_pdf(struct ctx *c, const void *bytes, size_t size, struct document **doc)
{
    PopplerDocument *source = NULL;
    if (c->err != OK || pdf_open(c, bytes, size, &source) != OK)
        return c->err;
    read_pages(c, source, doc);
    g_object_unref(source);
    return c->err;
}
