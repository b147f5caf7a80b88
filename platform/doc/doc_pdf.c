/* Reads a PDF: pages to words, drawn lines and tables; those to the blocks of the model. */
#include "platform/doc/doc_pdf.h"
#include <stdlib.h>
#include <string.h>

enum { MOST_PAGES = 300 };

static void read_page(struct pdf *p, PopplerPage *page)
{
    poppler_page_get_size(page, &p->width, &p->height);
    memset(p->notes, 0, sizeof p->notes);
    struct pdf_words words = pdf_page_words(p, page);
    p->words += words.count;
    if (words.count == 0 || p->too_large)
        return;
    struct pdf_lines lines = pdf_page_lines(p, page);
    struct pdf_table **tables = NULL;
    size_t table_count = pdf_page_tables(p, &lines, &words, &tables);
    struct pdf_rows rows = pdf_group_rows(p, &words);
    pdf_page_items(p, &rows, &lines, tables, table_count);
}

/* Tables are read before the text around them, so the paragraphs are counted at the end, in order. */
static void number(struct block *blocks, size_t count, int64_t *paragraph)
{
    for (size_t i = 0; i < count; i++) {
        struct block *b = &blocks[i];
        b->place.from = *paragraph + 1;
        for (size_t k = 0; k < b->cell_count; k++) {
            struct cell_box *cell = &b->cells[k];
            cell->place.from = *paragraph + 1;
            number(cell->blocks, cell->block_count, paragraph);
            cell->place.to = *paragraph;
        }
        *paragraph += b->kind == BLOCK_PARAGRAPH;
        b->place.to = *paragraph;
    }
}

static enum err read_pages(struct ctx *c, PopplerDocument *source, struct document **doc)
{
    struct pdf *p = arena_alloc(c->arena, sizeof *p);
    *p = (struct pdf){ .c = c, .arena = c->arena, .pages = poppler_document_get_n_pages(source) };
    if (p->pages > MOST_PAGES)
        return fail(c, INVALID, doc_says_huge, "%d pages", p->pages);
    for (p->page = 1; p->page <= p->pages && !p->too_large; p->page++) {
        PopplerPage *page = poppler_document_get_page(source, p->page - 1);
        if (page == NULL)
            continue; /* a damaged page; the others are worth reading */
        read_page(p, page);
        g_object_unref(page);
    }
    if (p->too_large)
        return fail(c, INVALID, doc_says_huge, "more words or cells than the bounds");
    struct block_list blocks = { .arena = c->arena };
    pdf_join_items(p, &blocks);
    int64_t paragraph = 0;
    number(blocks.items, blocks.count, &paragraph);
    struct document *made = arena_alloc(c->arena, sizeof *made);
    *made = (struct document){ .format = "pdf", .pages = p->pages, .images_only = p->words == 0 && p->pages > 0,
                               .blocks = blocks.items, .count = blocks.count };
    *doc = made;
    return c->err;
}

enum err doc_read_pdf(struct ctx *c, const void *bytes, size_t size, struct document **doc)
{
    if (c->err != OK)
        return c->err;
    GError *why = NULL;
    GBytes *held = g_bytes_new_static(bytes, size);
    PopplerDocument *source = poppler_document_new_from_bytes(held, NULL, &why);
    if (source == NULL && why != NULL && why->domain == POPPLER_ERROR && why->code == POPPLER_ERROR_ENCRYPTED)
        fail(c, INVALID, doc_says_locked, "encrypted");
    else if (source == NULL)
        fail(c, INVALID, doc_says_broken, "poppler: error %d", why == NULL ? 0 : why->code);
    else
        read_pages(c, source, doc);
    g_clear_error(&why);
    if (source != NULL)
        g_object_unref(source);
    g_bytes_unref(held);
    return c->err;
}
