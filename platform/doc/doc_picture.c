/* Photos and files of a scanner: here only how many pages they have; sauro-scan decodes and recognises them. */
#include "platform/doc/doc_model.h"
#include <string.h>

static uint32_t number(const unsigned char *at, int bytes, bool big)
{
    uint32_t value = 0;
    for (int i = 0; i < bytes; i++)
        value |= (uint32_t)at[i] << (8 * (big ? bytes - 1 - i : i));
    return value;
}

/* A TIFF is a chain of directories, one a page: 2 bytes count of entries, 12 bytes each, 4 bytes place of the next. */
static int tiff_pages(const unsigned char *bytes, size_t size)
{
    bool big = size > 0 && bytes[0] == 'M';
    size_t at = size < 8 ? 0 : number(bytes + 4, 4, big);
    int pages = 0;
    while (at >= 8 && at + 2 <= size && pages < DOC_MOST_PAGES) { /* the bound also ends a chain that is a ring */
        size_t next = at + 2 + 12 * (size_t)number(bytes + at, 2, big);
        pages++;
        at = next + 4 <= size ? number(bytes + next, 4, big) : 0;
    }
    return pages;
}

enum err doc_read_picture(struct ctx *c, const void *bytes, size_t size, struct document **doc)
{
    const char *start = bytes;
    bool tiff = size >= 4 && (memcmp(start, "II*\0", 4) == 0 || memcmp(start, "MM\0*", 4) == 0);
    int pages = tiff ? tiff_pages(bytes, size) : 1;
    if (c->err != OK)
        return c->err;
    if (pages == 0)
        return fail(c, INVALID, doc_says_broken, "a TIFF without pages");
    struct document *made = arena_alloc(c->arena, sizeof *made);
    *made = (struct document){ .format = "picture", .pages = pages, .images_only = true, .page_count = (size_t)pages,
                               .page_list = arena_array(c->arena, (size_t)pages, sizeof *made->page_list) };
    for (int i = 0; i < pages; i++)
        made->page_list[i] = (struct doc_page){ .number = i + 1, .picture = true };
    *doc = made;
    return c->err;
}
