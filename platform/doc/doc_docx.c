/* Opens a Word file (.docx): the zip, its parts, and bounds against bombs. */
#include "platform/doc/doc_docx.h"
#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

enum { MOST_PART = 12 * 1024 * 1024, MOST_ENTRIES = 5000, MOST_SMALL_PART = 4 * 1024 * 1024 };

/* ---- XML ---- */

static bool is_word(const xmlNs *ns)
{
    return ns != NULL && ns->href != NULL && strstr((const char *)ns->href, "wordprocessingml") != NULL;
}

bool word_is(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0 && is_word(node->ns);
}

xmlNode *word_child(const xmlNode *node, const char *name)
{
    for (xmlNode *child = node == NULL ? NULL : node->children; child != NULL; child = child->next)
        if (word_is(child, name))
            return child;
    return NULL;
}

const char *word_attribute(const xmlNode *node, const char *name)
{
    for (const xmlAttr *a = node == NULL ? NULL : node->properties; a != NULL; a = a->next)
        if (strcmp((const char *)a->name, name) == 0 && a->children != NULL)
            return (const char *)a->children->content;
    return NULL;
}

const char *word_value(const xmlNode *parent, const char *child)
{
    return word_attribute(word_child(parent, child), "val");
}

bool word_flag(const xmlNode *parent, const char *child, bool otherwise)
{
    const xmlNode *node = word_child(parent, child);
    if (node == NULL)
        return otherwise;
    const char *value = word_attribute(node, "val");
    return value == NULL || (strcmp(value, "0") != 0 && strcmp(value, "false") != 0 && strcmp(value, "off") != 0 &&
                             strcmp(value, "none") != 0);
}

int word_int(const char *text, int otherwise)
{
    char *end;
    if (text == NULL)
        return otherwise;
    long number = strtol(text, &end, 10);
    return end == text || number > 1000000 || number < -1000000 ? otherwise : (int)number;
}

double word_points(const char *twips, double otherwise)
{
    return twips == NULL ? otherwise : word_int(twips, 0) / 20.0;
}

/* ---- zip ---- */

struct package {
    struct docx *d;
    zip_t *zip;
    bool locked;
};

/* NULL: absent, unreadable, too large or not well formed. */
static xmlDoc *load(struct package *p, const char *name, zip_uint64_t most)
{
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat(p->zip, name, 0, &stat) != 0 || !(stat.valid & ZIP_STAT_SIZE))
        return NULL;
    if (stat.size > most) {
        p->d->too_large = true;
        return NULL;
    }
    zip_file_t *file = zip_fopen(p->zip, name, 0);
    if (file == NULL) {
        p->locked = p->locked || zip_error_code_zip(zip_get_error(p->zip)) == ZIP_ER_NOPASSWD;
        return NULL;
    }
    char *bytes = malloc((size_t)stat.size + 1);
    zip_int64_t got = bytes == NULL ? -1 : zip_fread(file, bytes, stat.size);
    zip_fclose(file);
    xmlDoc *doc = NULL;
    if (got > 0)
        doc = xmlReadMemory(bytes, (int)got, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
    free(bytes);
    if (doc != NULL && doc->intSubset != NULL) { /* no Office file has a DTD; an attack does */
        xmlFreeDoc(doc);
        doc = NULL;
    }
    return doc;
}

/* "word/" + "../x.xml", "/word/x.xml", "x.xml" */
static char *beside(struct arena *a, const char *part, const char *target)
{
    if (target[0] == '/')
        return arena_copy(a, target + 1);
    const char *slash = strrchr(part, '/');
    size_t folder = slash == NULL ? 0 : (size_t)(slash - part) + 1;
    if (text_starts(target, "../"))
        return arena_copy(a, target + 3);
    return arena_printf(a, "%.*s%s", (int)folder, part, target);
}

/* The part of the given kind ("officeDocument", "styles") that a part is related to. */
static char *related(struct package *p, const xmlDoc *relations, const char *part, const char *kind)
{
    const xmlNode *root = relations == NULL ? NULL : xmlDocGetRootElement((xmlDoc *)relations);
    for (const xmlNode *node = root == NULL ? NULL : root->children; node != NULL; node = node->next) {
        const char *type = node->type == XML_ELEMENT_NODE ? word_attribute(node, "Type") : NULL;
        const char *target = node->type == XML_ELEMENT_NODE ? word_attribute(node, "Target") : NULL;
        const char *last = type == NULL ? NULL : strrchr(type, '/');
        if (last != NULL && target != NULL && strcmp(last + 1, kind) == 0)
            return beside(p->d->arena, part, target);
    }
    return NULL;
}

static xmlDoc *load_related(struct package *p, const xmlDoc *relations, const char *part, const char *kind,
                            const char *usual)
{
    char *name = related(p, relations, part, kind);
    return load(p, name == NULL ? usual : name, MOST_SMALL_PART);
}

/* All parts of page headers; an office may keep its name and the number of the document there. */
static void load_headers(struct package *p, const xmlDoc *relations, const char *part)
{
    const xmlNode *root = relations == NULL ? NULL : xmlDocGetRootElement((xmlDoc *)relations);
    struct docx *d = p->d;
    for (const xmlNode *node = root == NULL ? NULL : root->children; node != NULL && d->header_count < MOST_HEADERS; node = node->next) {
        const char *type = node->type == XML_ELEMENT_NODE ? word_attribute(node, "Type") : NULL;
        const char *target = node->type == XML_ELEMENT_NODE ? word_attribute(node, "Target") : NULL;
        xmlDoc *header = type != NULL && target != NULL && text_ends(type, "/header") ? load(p, beside(d->arena, part, target), MOST_SMALL_PART) : NULL;
        if (header != NULL)
            d->headers[d->header_count++] = header;
    }
}

static void load_parts(struct package *p)
{
    struct docx *d = p->d;
    xmlDoc *top = load(p, "_rels/.rels", MOST_SMALL_PART);
    char *main_part = related(p, top, "", "officeDocument");
    xmlFreeDoc(top);
    main_part = main_part == NULL ? arena_copy(d->arena, "word/document.xml") : main_part;
    d->document = load(p, main_part, MOST_PART);
    const char *slash = strrchr(main_part, '/');
    size_t folder = slash == NULL ? 0 : (size_t)(slash - main_part) + 1;
    char *relations_name = arena_printf(d->arena, "%.*s_rels/%s.rels", (int)folder, main_part, main_part + folder);
    xmlDoc *relations = load(p, relations_name, MOST_SMALL_PART);
    d->styles = load_related(p, relations, main_part, "styles", "word/styles.xml");
    d->numbering = load_related(p, relations, main_part, "numbering", "word/numbering.xml");
    d->footnotes = load_related(p, relations, main_part, "footnotes", "word/footnotes.xml");
    d->endnotes = load_related(p, relations, main_part, "endnotes", "word/endnotes.xml");
    load_headers(p, relations, main_part);
    xmlFreeDoc(relations);
}

static void unload(struct docx *d)
{
    xmlDoc *docs[] = { d->document, d->styles, d->numbering, d->footnotes, d->endnotes };
    for (size_t i = 0; i < sizeof docs / sizeof *docs; i++)
        xmlFreeDoc(docs[i]);
    for (size_t i = 0; i < d->header_count; i++)
        xmlFreeDoc(d->headers[i]);
}

static bool has_text(const struct block *blocks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (blocks[i].text != NULL && !text_blank(blocks[i].text))
            return true;
        for (size_t k = 0; k < blocks[i].cell_count; k++)
            if (has_text(blocks[i].cells[k].blocks, blocks[i].cells[k].block_count))
                return true;
    }
    return false;
}

enum { HEAD_BLOCKS = 15 };

/* The head of the document, when it stands in a header of its pages and not in the body. */
static void put_header_first(struct docx *d, struct block_list *blocks)
{
    bool known = doc_has_motto(d->arena, blocks->items, blocks->count < HEAD_BLOCKS ? blocks->count : HEAD_BLOCKS);
    for (size_t i = 0; i < d->header_count && !known; i++) {
        struct block_list head = { .arena = d->arena };
        const xmlNode *root = xmlDocGetRootElement(d->headers[i]);
        if (root == NULL)
            continue;
        word_read_blocks(d, root, 0, &head);
        known = doc_has_motto(d->arena, head.items, head.count);
        if (!known)
            continue;
        for (size_t k = 0; k < blocks->count; k++)
            *block_add(&head, BLOCK_PARAGRAPH) = blocks->items[k];
        *blocks = head;
    }
}

static enum err read_body(struct docx *d, struct document **doc)
{
    struct ctx *c = d->c;
    const xmlNode *root = xmlDocGetRootElement(d->document);
    const xmlNode *body = root == NULL ? NULL : word_child(root, "body");
    if (body == NULL)
        return fail(c, INVALID, doc_says_broken, "no body in the main part");
    word_load_styles(d);
    word_load_numbers(d);
    struct block_list blocks = { .arena = d->arena };
    word_read_blocks(d, body, 0, &blocks);
    if (!d->too_large && has_text(blocks.items, blocks.count))
        put_header_first(d, &blocks);
    if (d->too_large)
        return fail(c, INVALID, doc_says_huge, "more blocks, cells or text than the bounds");
    if (!has_text(blocks.items, blocks.count))
        return fail(c, INVALID, d->pictures > 0 ? doc_says_images : doc_says_empty, "no text, %zu pictures", d->pictures);
    struct document *made = arena_alloc(d->arena, sizeof *made);
    *made = (struct document){ .format = "docx", .pages = d->page, .blocks = blocks.items, .count = blocks.count };
    *doc = made;
    return c->err;
}

static enum err read_package(struct package *p, struct document **doc)
{
    struct ctx *c = p->d->c;
    if (zip_get_num_entries(p->zip, 0) > MOST_ENTRIES)
        return fail(c, INVALID, doc_says_huge, "too many entries");
    load_parts(p);
    if (p->locked)
        return fail(c, INVALID, doc_says_locked, "encrypted entries");
    if (p->d->too_large)
        return fail(c, INVALID, doc_says_huge, "a part is too large");
    if (p->d->document == NULL)
        return fail(c, INVALID, doc_says_broken, "the main part is absent or not well formed");
    return read_body(p->d, doc);
}

enum err doc_read_docx(struct ctx *c, const void *bytes, size_t size, struct document **doc)
{
    if (c->err != OK)
        return c->err;
    struct docx d = { .c = c, .arena = c->arena, .page = 1, .fresh_page = true };
    struct package p = { .d = &d };
    zip_error_t why;
    zip_error_init(&why);
    zip_source_t *source = zip_source_buffer_create(bytes, size, 0, &why);
    if (source != NULL)
        p.zip = zip_open_from_source(source, ZIP_RDONLY, &why);
    if (p.zip == NULL) {
        zip_source_free(source);
        fail(c, INVALID, doc_says_broken, "not a zip: %d", zip_error_code_zip(&why));
    } else {
        read_package(&p, doc);
        zip_discard(p.zip);
    }
    zip_error_fini(&why);
    unload(&d);
    return c->err;
}
