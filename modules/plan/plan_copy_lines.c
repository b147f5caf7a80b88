/* What stands around the tasks in the document a plan was read from: headings and running text, without the tasks. */
#include "modules/plan/plan_copy.h"
#include "platform/base/text.h"
#include "platform/doc/doc.h"
#include <jansson.h>
#include <string.h>

enum owner { OWNER_NONE, OWNER_SECTION, OWNER_TASK, OWNER_END };

struct lines {
    struct ctx *c;
    const struct document *doc;
    const json_t *root;
    char *owner;            /* of each block that begins something: enum owner; 0: goes on */
    int *section;           /* of each block: index in sections of what it begins */
    struct paper_line *out;
    size_t count, capacity;
    bool told;              /* that the tasks stand in the annex */
};

static void add(struct lines *l, int level, const char *text)
{
    if (text_blank(text))
        return;
    l->out = arena_grow(l->c->arena, l->out, sizeof *l->out, &l->capacity, l->count + 1);
    l->out[l->count++] = (struct paper_line){ level, text };
}

/* Index of the block a statement was found in; doc->count: unknown. */
static size_t block_of(const struct lines *l, const json_t *one)
{
    const json_t *source = json_object_get(one, "source");
    json_int_t block = json_integer_value(json_object_get(source, "block"));
    return block >= 1 && (size_t)block <= l->doc->count ? (size_t)block - 1 : l->doc->count;
}

static int level_of(const char *no)
{
    int level = 0;
    for (; *no != '\0'; no++)
        level += *no == '.';
    return level > 2 ? 2 : level;
}

static bool of_annex(const char *no)
{
    return text_starts(no, "PL");
}

/* Who begins where. A heading that is a task itself is left to the table. */
static void mark(struct lines *l)
{
    size_t i;
    const json_t *one;
    json_array_foreach(json_object_get(l->root, "sections"), i, one)
    {
        const char *no = json_string_value(json_object_get(one, "no"));
        size_t block = block_of(l, one);
        l->owner[block] = (char)(no != NULL && of_annex(no) ? OWNER_END : OWNER_SECTION);
        l->section[block] = (int)i;
    }
    json_array_foreach(json_object_get(l->root, "tasks"), i, one) l->owner[block_of(l, one)] = OWNER_TASK;
    for (size_t b = 0; b < l->doc->count; b++) {
        const struct block *block = &l->doc->blocks[b];
        const char *key = block->kind == BLOCK_PARAGRAPH && block->text != NULL ? text_key(l->c->arena, block->text) : "";
        if (block->kind == BLOCK_PAGE_BREAK || text_starts(key, "noi nhan") || text_starts(key, "phu luc"))
            l->owner[b] = l->owner[b] == 0 ? OWNER_END : l->owner[b];
    }
}

static void tell_tasks(struct lines *l)
{
    if (!l->told)
        add(l, -1, PAPER_TASKS_IN_ANNEX);
    l->told = true;
}

static void walk(struct lines *l)
{
    enum owner now = OWNER_NONE;
    for (size_t b = 0; b < l->doc->count; b++) {
        const struct block *block = &l->doc->blocks[b];
        if (l->owner[b] != 0)
            now = (enum owner)l->owner[b];
        if (now == OWNER_END && b > 0)
            break;
        if (now == OWNER_TASK)
            tell_tasks(l);
        if (now != OWNER_SECTION || block->kind != BLOCK_PARAGRAPH)
            continue;
        const json_t *section = l->owner[b] == OWNER_SECTION
                                    ? json_array_get(json_object_get(l->root, "sections"), (size_t)l->section[b]) : NULL;
        const char *no = json_string_value(json_object_get(section, "no"));
        bool heading = section != NULL && !json_is_true(json_object_get(section, "body"));
        add(l, heading ? level_of(no == NULL ? "" : no) : -1, block_line(l->c->arena, block));
    }
}

size_t plan_copy_lines(struct ctx *c, const char *document, const char *reading, const struct paper_line **lines)
{
    struct document *doc = NULL;
    json_t *root = json_loads(reading, 0, NULL);
    struct lines l = { .c = c, .root = root };
    if (document != NULL && strlen(document) > 2 && doc_from_json(c, document, strlen(document), &doc) == OK) {
        l.doc = doc;
        l.owner = arena_array(c->arena, doc->count + 1, sizeof *l.owner);
        l.section = arena_array(c->arena, doc->count + 1, sizeof *l.section);
        mark(&l);
        walk(&l);
    }
    json_decref(root);
    *lines = l.out;
    return l.count;
}
