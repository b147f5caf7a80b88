/* Several files as one document: the plan, then its annexes. */
#include "platform/doc/doc_model.h"

/* What the files before have used. */
struct so_far {
    int file, pages;
    int64_t to, largest; /* of places: before this file, and of it */
};

static void move_place(struct so_far *s, struct place *place)
{
    place->file = s->file;
    place->page += place->page > 0 ? s->pages : 0;
    place->from += place->from > 0 ? s->to : 0;
    place->to += place->to > 0 ? s->to : 0;
    s->largest = place->to > s->largest ? place->to : s->largest;
}

static void move_blocks(struct so_far *s, struct block *blocks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        move_place(s, &blocks[i].place);
        for (size_t k = 0; k < blocks[i].cell_count; k++) {
            move_place(s, &blocks[i].cells[k].place);
            move_blocks(s, blocks[i].cells[k].blocks, blocks[i].cells[k].block_count);
        }
    }
}

/* Pages of a joined document that were not recognised are numbered with it, too. */
static void add_pages(struct arena *a, struct document *whole, const struct document *doc, int before, size_t *capacity)
{
    for (size_t i = 0; i < doc->page_count; i++) {
        whole->page_list = arena_grow(a, whole->page_list, sizeof *whole->page_list, capacity, whole->page_count + 1);
        whole->page_list[whole->page_count] = doc->page_list[i];
        whole->page_list[whole->page_count++].number += before;
    }
}

struct document *doc_join(struct arena *a, struct document *const *docs, const char *const *names, size_t count)
{
    if (count == 1)
        return docs[0];
    struct document *whole = arena_alloc(a, sizeof *whole);
    struct block_list blocks = { .arena = a };
    struct so_far s = { 0 };
    size_t capacity = 0;
    *whole = (struct document){ .format = docs[0]->format, .title = docs[0]->title, .images_only = true,
                                .files = arena_array(a, count, sizeof *whole->files), .file_count = count };
    for (size_t i = 0; i < count; i++) {
        s.file = (int)i + 1;
        s.to = s.largest;
        whole->files[i] = (struct doc_file){ .name = names[i], .pages_before = s.pages, .before = s.to };
        move_blocks(&s, docs[i]->blocks, docs[i]->count);
        for (size_t k = 0; k < docs[i]->count; k++)
            *block_add(&blocks, BLOCK_PARAGRAPH) = docs[i]->blocks[k];
        add_pages(a, whole, docs[i], s.pages, &capacity);
        s.pages += docs[i]->pages > 0 ? docs[i]->pages : 1; /* a format without pages counts as one */
        whole->images_only = whole->images_only && docs[i]->images_only;
    }
    whole->pages = s.pages;
    whole->blocks = blocks.items;
    whole->count = blocks.count;
    return whole;
}
