/* A document whose pages are pictures, put together from its recognised pages. */
#include "platform/doc/doc_pdf.h"

bool doc_needs_scan(const struct document *doc)
{
    for (size_t i = 0; i < doc->page_count; i++)
        if (doc->page_list[i].picture)
            return true;
    return false;
}

/* The recognised page of that number; NULL: none was given. */
static const struct doc_page *given(struct document *const *pages, size_t count, int number)
{
    for (size_t i = 0; i < count; i++)
        if (pages[i] != NULL && pages[i]->page_count == 1 && pages[i]->page_list[0].number == number && !pages[i]->page_list[0].picture)
            return &pages[i]->page_list[0];
    return NULL;
}

static void take(struct pdf *p, const struct doc_page *page)
{
    struct pdf_words words;
    struct pdf_lines lines;
    p->width = page->width > 1 && page->width < 20000 ? page->width : 595;
    p->height = page->height > 1 && page->height < 20000 ? page->height : 842;
    pdf_kept_page(p, page, &words, &lines);
    pdf_take_page(p, &words, &lines);
}

enum err doc_with_pages(struct ctx *c, const struct document *doc, struct document *const *pages, size_t count,
                        struct document **whole)
{
    if (c->err != OK)
        return c->err;
    struct pdf *p = arena_alloc(c->arena, sizeof *p);
    *p = (struct pdf){ .c = c, .arena = c->arena, .pages = doc->pages };
    struct document *made = arena_alloc(c->arena, sizeof *made);
    *made = (struct document){ .format = "scan", .pages = doc->pages, .title = doc->title, .page_count = doc->page_count,
                               .page_list = arena_array(c->arena, doc->page_count, sizeof *made->page_list) };
    for (size_t i = 0; i < doc->page_count; i++) {
        const struct doc_page *page = &doc->page_list[i];
        const struct doc_page *recognised = page->picture ? given(pages, count, page->number) : NULL;
        page = recognised == NULL ? page : recognised;
        p->page = page->number;
        if (!page->picture)
            take(p, page);
        made->page_list[i] = *page;
        made->page_list[i].words = NULL; /* they are in the blocks now */
        made->page_list[i].lines = NULL;
        made->page_list[i].word_count = made->page_list[i].line_count = 0;
    }
    made->images_only = p->words == 0;
    if (pdf_finish(p, made) == OK)
        *whole = made;
    return c->err;
}
