/* The model as JSON and back: what passes from the sandboxed reader to the server. Zero fields are left out. */
#include "platform/doc/doc_model.h"
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = { "paragraph", "table", "image", "footnote", "page" };
static const char *const aligns[] = { "left", "center", "right", "justify" };

/* Every plain field is listed once, here, for both directions. */
enum field_type { FIELD_INT, FIELD_INT64, FIELD_BOOL, FIELD_REAL, FIELD_TEXT };
struct field {
    const char *name;
    enum field_type type;
    size_t at;
};

#define OF(structure, member, type) { #member, type, offsetof(struct structure, member) }
static const struct field place_fields[] = {
    OF(place, page, FIELD_INT),     OF(place, x, FIELD_REAL),      OF(place, y, FIELD_REAL),  OF(place, width, FIELD_REAL),
    OF(place, height, FIELD_REAL),  OF(place, from, FIELD_INT64),  OF(place, to, FIELD_INT64),
    OF(place, file, FIELD_INT),     { 0 },
};
static const struct field run_fields[] = {
    OF(run, bold, FIELD_BOOL),        OF(run, italic, FIELD_BOOL), OF(run, underline, FIELD_BOOL),
    OF(run, superscript, FIELD_BOOL), OF(run, size, FIELD_REAL),   OF(run, sure, FIELD_REAL), { 0 },
};
static const struct field cell_fields[] = {
    OF(cell_box, row, FIELD_INT),         OF(cell_box, column, FIELD_INT),  OF(cell_box, row_span, FIELD_INT),
    OF(cell_box, column_span, FIELD_INT), OF(cell_box, header, FIELD_BOOL), { 0 },
};
static const struct field block_fields[] = {
    OF(block, text, FIELD_TEXT),    OF(block, mark, FIELD_TEXT),         OF(block, level, FIELD_INT),
    OF(block, heading, FIELD_BOOL), OF(block, bold, FIELD_BOOL),         OF(block, italic, FIELD_BOOL),
    OF(block, upper, FIELD_BOOL),   OF(block, size, FIELD_REAL),         OF(block, indent, FIELD_REAL),
    OF(block, first_indent, FIELD_REAL), OF(block, before, FIELD_REAL),  OF(block, after, FIELD_REAL),
    OF(block, line, FIELD_REAL),    OF(block, rule, FIELD_REAL),         OF(block, keep_next, FIELD_BOOL),
    OF(block, note, FIELD_TEXT),    OF(block, rows, FIELD_INT),          OF(block, columns, FIELD_INT),
    OF(block, borders, FIELD_BOOL), OF(block, image_type, FIELD_TEXT),   OF(block, sure, FIELD_REAL), { 0 },
};
static const struct field page_fields[] = {
    OF(doc_page, number, FIELD_INT), OF(doc_page, width, FIELD_REAL), OF(doc_page, height, FIELD_REAL),
    OF(doc_page, picture, FIELD_BOOL), { 0 },
};
static const struct field file_fields[] = {
    OF(doc_file, name, FIELD_TEXT), OF(doc_file, pages_before, FIELD_INT), OF(doc_file, before, FIELD_INT64), { 0 },
};
static const struct field word_fields[] = {
    OF(doc_word, x, FIELD_REAL),    OF(doc_word, y, FIELD_REAL),    OF(doc_word, width, FIELD_REAL),  OF(doc_word, height, FIELD_REAL),
    OF(doc_word, size, FIELD_REAL), OF(doc_word, bold, FIELD_BOOL), OF(doc_word, italic, FIELD_BOOL), OF(doc_word, sure, FIELD_REAL),
    OF(doc_word, text, FIELD_TEXT), { 0 },
};
static const struct field line_fields[] = {
    OF(doc_line, x0, FIELD_REAL), OF(doc_line, y0, FIELD_REAL), OF(doc_line, x1, FIELD_REAL), OF(doc_line, y1, FIELD_REAL), { 0 },
};
static const struct field document_fields[] = {
    OF(document, format, FIELD_TEXT),      OF(document, pages, FIELD_INT),        OF(document, images_only, FIELD_BOOL),
    OF(document, title, FIELD_TEXT),       OF(document, page_width, FIELD_REAL),  OF(document, page_height, FIELD_REAL),
    OF(document, top, FIELD_REAL),         OF(document, bottom, FIELD_REAL),      OF(document, left, FIELD_REAL),
    OF(document, right, FIELD_REAL),       { 0 },
};

static void put_fields(json_t *to, const void *from, const struct field *fields)
{
    for (const struct field *f = fields; f->name != NULL; f++) {
        const void *at = (const char *)from + f->at;
        json_t *value = NULL;
        switch (f->type) {
        case FIELD_INT: value = *(const int *)at == 0 ? NULL : json_integer(*(const int *)at); break;
        case FIELD_INT64: value = *(const int64_t *)at == 0 ? NULL : json_integer(*(const int64_t *)at); break;
        case FIELD_BOOL: value = *(const bool *)at ? json_true() : NULL; break;
        case FIELD_REAL: value = *(const double *)at == 0 ? NULL : json_real(*(const double *)at); break;
        case FIELD_TEXT: value = json_string(*(const char *const *)at); break; /* NULL gives NULL */
        }
        if (value != NULL)
            json_object_set_new_nocheck(to, f->name, value);
    }
}

/* An int outside of these bounds is no honest reader's. */
enum { LARGEST_INT = 1000000000 };

static bool take_fields(struct arena *a, const json_t *from, void *to, const struct field *fields)
{
    for (const struct field *f = fields; f->name != NULL; f++) {
        json_t *value = json_object_get(from, f->name);
        if (value == NULL)
            continue;
        void *at = (char *)to + f->at;
        json_int_t number = json_integer_value(value);
        bool good = true;
        switch (f->type) {
        case FIELD_INT:
            good = json_is_integer(value) && number >= 0 && number <= LARGEST_INT;
            *(int *)at = good ? (int)number : 0;
            break;
        case FIELD_INT64: good = json_is_integer(value), *(int64_t *)at = number; break;
        case FIELD_BOOL: good = json_is_boolean(value), *(bool *)at = json_is_true(value); break;
        case FIELD_REAL: good = json_is_number(value), *(double *)at = json_number_value(value); break;
        case FIELD_TEXT: good = json_is_string(value), *(const char **)at = arena_copy(a, json_string_value(value)); break;
        }
        if (!good)
            return false;
    }
    return true;
}

static json_t *blocks_out(struct arena *a, const struct block *blocks, size_t count);

static json_t *place_out(const struct place *place)
{
    json_t *out = json_object();
    put_fields(out, place, place_fields);
    return out;
}

static json_t *runs_out(const struct block *b)
{
    json_t *out = json_array();
    for (size_t i = 0; i < b->run_count; i++) {
        json_t *run = json_object();
        json_object_set_new_nocheck(run, "length", json_integer((json_int_t)b->runs[i].length));
        put_fields(run, &b->runs[i], run_fields);
        json_array_append_new(out, run);
    }
    return out;
}

static json_t *cells_out(struct arena *a, const struct block *b)
{
    json_t *out = json_array();
    for (size_t i = 0; i < b->cell_count; i++) {
        json_t *cell = json_object();
        put_fields(cell, &b->cells[i], cell_fields);
        json_object_set_new_nocheck(cell, "place", place_out(&b->cells[i].place));
        json_object_set_new_nocheck(cell, "blocks", blocks_out(a, b->cells[i].blocks, b->cells[i].block_count));
        json_array_append_new(out, cell);
    }
    return out;
}

static json_t *block_out(struct arena *a, const struct block *b)
{
    json_t *out = json_object();
    json_object_set_new_nocheck(out, "kind", json_string(kinds[b->kind]));
    json_object_set_new_nocheck(out, "place", place_out(&b->place));
    if (b->align != ALIGN_LEFT)
        json_object_set_new_nocheck(out, "align", json_string(aligns[b->align]));
    put_fields(out, b, block_fields);
    if (b->run_count > 0)
        json_object_set_new_nocheck(out, "runs", runs_out(b));
    if (b->kind == BLOCK_TABLE)
        json_object_set_new_nocheck(out, "cells", cells_out(a, b));
    if (b->widths != NULL) {
        json_t *widths = json_array();
        for (int i = 0; i < b->columns; i++)
            json_array_append_new(widths, json_real(b->widths[i]));
        json_object_set_new_nocheck(out, "widths", widths);
    }
    if (b->image != NULL)
        json_object_set_new_nocheck(out, "image", json_string(text_hex(a, b->image, b->image_size)));
    return out;
}

static json_t *blocks_out(struct arena *a, const struct block *blocks, size_t count)
{
    json_t *out = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(out, block_out(a, &blocks[i]));
    return out;
}

/* count structures of `size` bytes, as objects of their plain fields. */
static json_t *list_out(const void *items, size_t count, size_t size, const struct field *fields)
{
    json_t *out = json_array();
    for (size_t i = 0; i < count; i++) {
        json_t *item = json_object();
        put_fields(item, (const char *)items + i * size, fields);
        json_array_append_new(out, item);
    }
    return out;
}

static json_t *pages_out(const struct document *doc)
{
    json_t *out = list_out(doc->page_list, doc->page_count, sizeof *doc->page_list, page_fields);
    for (size_t i = 0; i < doc->page_count; i++) {
        const struct doc_page *page = &doc->page_list[i];
        json_t *item = json_array_get(out, i);
        if (page->word_count > 0)
            json_object_set_new_nocheck(item, "words", list_out(page->words, page->word_count, sizeof *page->words, word_fields));
        if (page->line_count > 0)
            json_object_set_new_nocheck(item, "lines", list_out(page->lines, page->line_count, sizeof *page->lines, line_fields));
    }
    return out;
}

char *doc_to_json(struct arena *a, const struct document *doc)
{
    json_t *out = json_object();
    put_fields(out, doc, document_fields);
    if (doc->page_count > 0)
        json_object_set_new_nocheck(out, "page_list", pages_out(doc));
    if (doc->file_count > 0)
        json_object_set_new_nocheck(out, "files", list_out(doc->files, doc->file_count, sizeof *doc->files, file_fields));
    json_object_set_new_nocheck(out, "blocks", blocks_out(a, doc->blocks, doc->count));
    char *text = json_dumps(out, JSON_COMPACT | JSON_REAL_PRECISION(17));
    char *copy = arena_copy(a, text);
    free(text);
    json_decref(out);
    return copy;
}

struct taker {
    struct arena *arena;
    size_t blocks, cells; /* taken so far, against a reader that was taken over */
};

static bool blocks_in(struct taker *t, const json_t *list, int depth, struct block **blocks, size_t *count);

static bool name_in(const json_t *value, const char *const *names, int count, int *index)
{
    const char *text = json_string_value(value);
    for (*index = 0; text != NULL && *index < count; (*index)++)
        if (strcmp(text, names[*index]) == 0)
            return true;
    return false;
}

static bool runs_in(struct taker *t, const json_t *list, struct block *b)
{
    size_t left = b->text == NULL ? 0 : strlen(b->text);
    b->run_count = json_array_size(list);
    b->runs = arena_array(t->arena, b->run_count, sizeof *b->runs);
    for (size_t i = 0; i < b->run_count; i++) {
        json_t *run = json_array_get(list, i);
        json_int_t length = json_integer_value(json_object_get(run, "length"));
        if (length < 0 || (size_t)length > left || !take_fields(t->arena, run, &b->runs[i], run_fields))
            return false;
        b->runs[i].length = (size_t)length;
        left -= (size_t)length;
    }
    return true;
}

static bool cells_in(struct taker *t, const json_t *list, int depth, struct block *b)
{
    b->cell_count = json_array_size(list);
    t->cells += b->cell_count;
    if (t->cells > DOC_MOST_CELLS)
        return false;
    b->cells = arena_array(t->arena, b->cell_count, sizeof *b->cells);
    for (size_t i = 0; i < b->cell_count; i++) {
        struct cell_box *cell = &b->cells[i];
        json_t *from = json_array_get(list, i);
        if (!take_fields(t->arena, from, cell, cell_fields) ||
            !take_fields(t->arena, json_object_get(from, "place"), &cell->place, place_fields) ||
            !blocks_in(t, json_object_get(from, "blocks"), depth + 1, &cell->blocks, &cell->block_count) ||
            cell->row_span < 1 || cell->column_span < 1 || cell->row + cell->row_span > b->rows ||
            cell->column + cell->column_span > b->columns)
            return false;
    }
    return true;
}

static bool hex_in(struct taker *t, const char *hex, struct block *b)
{
    size_t length = strlen(hex);
    unsigned char *bytes = arena_alloc(t->arena, length / 2 + 1);
    for (size_t i = 0; i + 1 < length; i += 2) {
        char pair[3] = { hex[i], hex[i + 1], '\0' };
        char *end;
        bytes[i / 2] = (unsigned char)strtoul(pair, &end, 16);
        if (*end != '\0')
            return false;
    }
    b->image = bytes;
    b->image_size = length / 2;
    return length % 2 == 0;
}

static bool widths_in(struct taker *t, const json_t *list, struct block *b)
{
    if (json_array_size(list) != (size_t)b->columns)
        return false;
    b->widths = arena_array(t->arena, (size_t)b->columns, sizeof *b->widths);
    for (int i = 0; i < b->columns; i++)
        b->widths[i] = json_number_value(json_array_get(list, (size_t)i));
    return true;
}

static bool block_in(struct taker *t, const json_t *from, int depth, struct block *b)
{
    int index = 0;
    if (!name_in(json_object_get(from, "kind"), kinds, sizeof kinds / sizeof *kinds, &index))
        return false;
    b->kind = (enum block_kind)index;
    const json_t *align = json_object_get(from, "align");
    if (align != NULL && !name_in(align, aligns, sizeof aligns / sizeof *aligns, &index))
        return false;
    b->align = align == NULL ? ALIGN_LEFT : (enum align)index;
    const json_t *widths = json_object_get(from, "widths");
    const json_t *image = json_object_get(from, "image");
    return take_fields(t->arena, from, b, block_fields) &&
           take_fields(t->arena, json_object_get(from, "place"), &b->place, place_fields) &&
           runs_in(t, json_object_get(from, "runs"), b) && cells_in(t, json_object_get(from, "cells"), depth, b) &&
           (widths == NULL || widths_in(t, widths, b)) &&
           (!json_is_string(image) || hex_in(t, json_string_value(image), b)) &&
           (b->text != NULL || (b->kind != BLOCK_PARAGRAPH && b->kind != BLOCK_FOOTNOTE));
}

static bool blocks_in(struct taker *t, const json_t *list, int depth, struct block **blocks, size_t *count)
{
    *count = json_array_size(list);
    t->blocks += *count;
    if (depth > DOC_DEEPEST || t->blocks > DOC_MOST_BLOCKS + DOC_MOST_CELLS)
        return false;
    *blocks = arena_array(t->arena, *count, sizeof **blocks);
    for (size_t i = 0; i < *count; i++)
        if (!block_in(t, json_array_get(list, i), depth, &(*blocks)[i]))
            return false;
    return true;
}

static bool list_in(struct arena *a, const json_t *from, size_t count, size_t size, const struct field *fields, void *items)
{
    for (size_t i = 0; i < count; i++)
        if (!take_fields(a, json_array_get(from, i), (char *)items + i * size, fields))
            return false;
    return true;
}

enum { MOST_FILES = 50 };

static bool files_in(struct taker *t, const json_t *list, struct document *doc)
{
    doc->file_count = json_array_size(list);
    if (doc->file_count > MOST_FILES)
        return false;
    doc->files = doc->file_count == 0 ? NULL : arena_array(t->arena, doc->file_count, sizeof *doc->files);
    return list_in(t->arena, list, doc->file_count, sizeof *doc->files, file_fields, doc->files);
}

static bool pages_in(struct taker *t, const json_t *list, struct document *doc)
{
    doc->page_count = json_array_size(list);
    if (doc->page_count > DOC_MOST_PAGES)
        return false;
    doc->page_list = doc->page_count == 0 ? NULL : arena_array(t->arena, doc->page_count, sizeof *doc->page_list);
    if (!list_in(t->arena, list, doc->page_count, sizeof *doc->page_list, page_fields, doc->page_list))
        return false;
    for (size_t i = 0; i < doc->page_count; i++) {
        struct doc_page *page = &doc->page_list[i];
        const json_t *words = json_object_get(json_array_get(list, i), "words");
        const json_t *lines = json_object_get(json_array_get(list, i), "lines");
        page->word_count = json_array_size(words);
        page->line_count = json_array_size(lines);
        page->words = arena_array(t->arena, page->word_count, sizeof *page->words);
        page->lines = arena_array(t->arena, page->line_count, sizeof *page->lines);
        if (!list_in(t->arena, words, page->word_count, sizeof *page->words, word_fields, page->words) ||
            !list_in(t->arena, lines, page->line_count, sizeof *page->lines, line_fields, page->lines))
            return false;
        for (size_t k = 0; k < page->word_count; k++)
            if (page->words[k].text == NULL)
                return false;
    }
    return true;
}

/* Each value costs the parser a hundred times its two bytes; the largest honest model has some 1.5 million. */
enum { MOST_VALUES = 2000000 };

static bool too_many_values(const char *json, size_t size)
{
    size_t values = 0;
    bool inside = false; /* of a string */
    for (size_t i = 0; i < size; i++) {
        if (inside && json[i] == '\\')
            i++;
        else if (json[i] == '"')
            inside = !inside;
        else if (!inside)
            values += json[i] == ',' || json[i] == '[' || json[i] == '{';
    }
    return values > MOST_VALUES;
}

enum err doc_from_json(struct ctx *c, const char *json, size_t size, struct document **doc)
{
    json_error_t why;
    json_t *root = too_many_values(json, size) ? NULL : json_loadb(json, size, 0, &why);
    struct document *made = arena_alloc(c->arena, sizeof *made);
    struct taker t = { .arena = c->arena };
    bool good = json_is_object(root) && json_is_array(json_object_get(root, "blocks")) &&
                take_fields(c->arena, root, made, document_fields) &&
                blocks_in(&t, json_object_get(root, "blocks"), 0, &made->blocks, &made->count) &&
                pages_in(&t, json_object_get(root, "page_list"), made) &&
                files_in(&t, json_object_get(root, "files"), made);
    json_decref(root);
    if (!good)
        return fail(c, INVALID, doc_says_broken, "the reader's model is not well formed");
    *doc = made;
    return c->err;
}
