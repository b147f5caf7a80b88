/* Documents written before Unicode: their letters become those they were drawn as. */
#include "platform/doc/doc_model.h"
#include "platform/viet/viet_legacy.h"
#include <string.h>

enum { SAMPLE = 6 * 1024 };

static void add_sample(const struct block *block, struct buffer *sample, int depth)
{
    if (block->text != NULL && sample->length < SAMPLE) {
        buffer_add(sample, block->text);
        buffer_add(sample, "\n");
    }
    for (size_t k = 0; depth < DOC_DEEPEST && k < block->cell_count && sample->length < SAMPLE; k++)
        for (size_t b = 0; b < block->cells[k].block_count; b++)
            add_sample(&block->cells[k].blocks[b], sample, depth + 1);
}

/* Run by run, so that each keeps its length. */
static void convert_text(struct arena *a, struct block *block, enum viet_legacy from)
{
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    const char *at = block->text;
    for (size_t i = 0; i < block->run_count; i++) {
        size_t length = strnlen(at, block->runs[i].length);
        const char *part = viet_legacy_text(a, arena_copy_n(a, at, length), from);
        buffer_add(&b, part);
        block->runs[i].length = strlen(part);
        at += length;
    }
    buffer_add(&b, viet_legacy_text(a, at, from));
    block->text = b.text;
}

static void convert(struct arena *a, struct block *block, enum viet_legacy from, int depth)
{
    if (block->text != NULL)
        convert_text(a, block, from);
    for (size_t k = 0; depth < DOC_DEEPEST && k < block->cell_count; k++)
        for (size_t b = 0; b < block->cells[k].block_count; b++)
            convert(a, &block->cells[k].blocks[b], from, depth + 1);
}

void doc_from_legacy(struct ctx *c, struct document *doc)
{
    struct buffer sample = { .arena = c->arena };
    buffer_add(&sample, "");
    for (size_t i = 0; i < doc->count && sample.length < SAMPLE; i++)
        add_sample(&doc->blocks[i], &sample, 0);
    enum viet_legacy from = viet_legacy_recognise(sample.text);
    for (size_t i = 0; from != VIET_UNICODE && i < doc->count; i++)
        convert(c->arena, &doc->blocks[i], from, 0);
}
