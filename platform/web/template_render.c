/* Runs a compiled template over the values that were put. */
#include "platform/base/log.h"
#include "platform/web/template_parts.h"
#include <stdlib.h>
#include <string.h>

/* The rows of one each … where, chained by the column's text: built once, in linear time. */
struct chain {
    const char *key;
    int first;
    int last;
};
struct where {
    struct chain *chains; /* open addressing; key NULL is free */
    unsigned mask;
    int *next; /* per row: the next row with the same text, -1 none */
};

struct loop {
    const struct rows *rows;
    const int *map;           /* declared column to real column; NULL: the same */
    const char *const *cells; /* of the current row */
    const int *next;          /* of a where; NULL: all rows */
    int row;
};

/* A value as put, by slot. */
struct filled {
    bool put;
    const char *text;
    const struct rows *rows;
    const int *map;
};

struct run {
    struct arena *arena;
    const struct template_page *page;
    const struct template_input *input;
    struct filled *values;
    struct where *wheres;
    struct loop loops[TEMPLATE_LOOPS];
    struct buffer *out;
};

static const char *text_at(const struct run *r, const struct place *place)
{
    const struct template_input *input = r->input;
    switch (place->from) {
    case FROM_COLUMN: {
        const struct loop *loop = &r->loops[place->index];
        return loop->cells[loop->map == NULL ? place->column : loop->map[place->column]];
    }
    case FROM_TEXT:
        return r->values[place->index].text;
    case FROM_LITERAL:
        return place->text;
    case FROM_FORM:
        return input->form == NULL ? NULL : input->form(place->text, input->arg);
    case FROM_ERROR:
        return input->error == NULL ? NULL : input->error(place->text, input->arg);
    case FROM_ROWS:
        break;
    }
    return NULL;
}

static bool holds(const struct run *r, const struct op *op)
{
    if (op->value.from == FROM_ROWS)
        return r->values[op->value.index].rows->count > 0;
    const char *text = text_at(r, &op->value);
    if (!op->compares)
        return text != NULL && text[0] != '\0' && strcmp(text, "0") != 0;
    const char *other = text_at(r, &op->other);
    return strcmp(text == NULL ? "" : text, other == NULL ? "" : other) == 0;
}

/* ---- loops ---- */

static struct chain *chain_of(const struct where *where, const char *key)
{
    unsigned at = template_hash(key) & where->mask;
    while (where->chains[at].key != NULL && strcmp(where->chains[at].key, key) != 0)
        at = (at + 1) & where->mask;
    return &where->chains[at];
}

static void where_build(struct run *r, struct where *where, const struct rows *rows, int column)
{
    unsigned size = 8;
    while (size < 2 * (unsigned)rows->count)
        size *= 2;
    where->chains = arena_array(r->arena, size, sizeof *where->chains);
    where->mask = size - 1;
    where->next = arena_array(r->arena, (size_t)rows->count + 1, sizeof *where->next);
    for (int row = 0; row < rows->count; row++) {
        const char *key = rows->cells[row * rows->columns + column];
        where->next[row] = -1;
        if (key == NULL)
            continue;
        struct chain *chain = chain_of(where, key);
        if (chain->key == NULL)
            chain->first = row;
        else
            where->next[chain->last] = row;
        chain->key = key;
        chain->last = row;
    }
}

static bool loop_enter(struct run *r, const struct op *op)
{
    const struct filled *value = &r->values[op->value.index];
    struct loop *loop = &r->loops[op->depth];
    *loop = (struct loop){ .rows = value->rows, .map = value->map };
    if (value->rows->count == 0)
        return false;
    if (op->where >= 0) {
        struct where *where = &r->wheres[op->where];
        const char *wanted = text_at(r, &op->other);
        if (where->chains == NULL)
            where_build(r, where, value->rows, value->map == NULL ? op->column : value->map[op->column]);
        const struct chain *chain = wanted == NULL ? NULL : chain_of(where, wanted);
        if (chain == NULL || chain->key == NULL)
            return false;
        loop->next = where->next;
        loop->row = chain->first;
    }
    loop->cells = value->rows->cells + (size_t)loop->row * (size_t)value->rows->columns;
    return true;
}

static bool loop_step(struct loop *loop)
{
    loop->row = loop->next == NULL ? loop->row + 1 : loop->next[loop->row];
    if (loop->row < 0 || loop->row >= loop->rows->count)
        return false;
    loop->cells = loop->rows->cells + (size_t)loop->row * (size_t)loop->rows->columns;
    return true;
}

/* ---- ops ---- */

static void add_value(struct run *r, const struct op *op)
{
    const char *text = text_at(r, &op->value);
    if (op->filter != FILTER_NONE || op->escape != ESCAPE_HTML)
        template_value(r->arena, r->out, text, op->filter, op->escape);
    else if (text != NULL)
        escape_html(r->out, text);
}

static void add_token(struct run *r)
{
    const char *token = r->input->token == NULL ? "" : r->input->token(r->input->arg);
    buffer_add(r->out, "<input type=\"hidden\" name=\"_token\" value=\"");
    escape_html(r->out, token);
    buffer_add(r->out, "\">");
}

static void run_ops(struct run *r)
{
    const struct op *ops = r->page->ops;
    for (const struct op *op = ops; op->kind != OP_END;) {
        const struct op *next = op + 1;
        switch (op->kind) {
        case OP_TEXT:
            buffer_add_n(r->out, op->text, op->length);
            break;
        case OP_VALUE:
            add_value(r, op);
            break;
        case OP_TOKEN:
            add_token(r);
            break;
        case OP_IF:
            next = holds(r, op) ? next : ops + op->jump;
            break;
        case OP_EACH:
            next = loop_enter(r, op) ? next : ops + op->jump;
            break;
        case OP_NEXT:
            next = loop_step(&r->loops[op->depth]) ? ops + op->jump : next;
            break;
        case OP_JUMP:
            next = ops + op->jump;
            break;
        case OP_END:
            break;
        }
        op = next;
    }
}

/* ---- values ---- */

/* Where each declared column lies in the rows; *map stays NULL when all lie as declared. False: one is missing. */
static bool map_columns(struct arena *a, const struct slot *slot, const struct rows *rows, const int **map)
{
    int *found = NULL;
    for (int i = 0; i < slot->column_count; i++) {
        int real = i < rows->columns && strcmp(rows->names[i], slot->columns[i]) == 0
                       ? i
                       : rows_column(rows, slot->columns[i]);
        if (real < 0)
            return false;
        if (real != i && found == NULL) {
            found = arena_array(a, (size_t)slot->column_count, sizeof *found);
            for (int j = 0; j < i; j++)
                found[j] = j;
        }
        if (found != NULL)
            found[i] = real;
    }
    *map = found;
    return true;
}

static int slot_find(const struct template_page *page, const char *name)
{
    unsigned at = template_hash(name) & page->mask;
    while (page->table[at] >= 0 && strcmp(page->slots[page->table[at]].name, name) != 0)
        at = (at + 1) & page->mask;
    return page->table[at];
}

/* NULL, or the name of a slot that has no fitting value. */
static const char *fill(struct run *r)
{
    const struct template_page *page = r->page;
    r->values = arena_array(r->arena, (size_t)page->slot_count + 1, sizeof *r->values);
    r->wheres = arena_array(r->arena, (size_t)page->where_count + 1, sizeof *r->wheres);
    for (size_t i = 0; i < r->input->count; i++) {
        const struct template_value *value = &r->input->values[i];
        int slot = slot_find(page, value->name);
        if (slot >= 0)
            r->values[slot] = (struct filled){ .put = true, .text = value->text, .rows = value->rows };
    }
    for (int i = 0; i < page->slot_count; i++) {
        const struct slot *slot = &page->slots[i];
        struct filled *value = &r->values[i];
        if (!value->put || (slot->columns == NULL) != (value->rows == NULL))
            return slot->name;
        if (value->rows != NULL && !map_columns(r->arena, slot, value->rows, &value->map))
            return slot->name;
    }
    return NULL;
}

static const struct template_page *find_page(const struct template_set *set, const char *name)
{
    size_t low = 0;
    size_t high = set->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(name, set->pages[middle].name);
        if (order == 0)
            return &set->pages[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static enum err broken(struct ctx *c, const char *name, const char *what)
{
    log_line(LOG_ERROR, "template.render", "%s: %s", name, what);
    fail(c, BROKEN, "Trang này đang gặp lỗi. Xin thử lại sau.", "template %s: %s", name, what);
    return BROKEN;
}

enum err template_render(struct ctx *c, const struct template_set *set, const char *name,
                         const struct template_input *input, struct buffer *out)
{
    const struct template_page *page = find_page(set, name);
    if (page == NULL)
        return broken(c, name, "no such page");
    struct run r = { .arena = c->arena, .page = page, .input = input, .out = out };
    const char *missing = fill(&r);
    if (missing != NULL)
        return broken(c, name, arena_printf(c->arena, "value '%s' was not put, or lacks a column", missing));
    if (out->capacity < 16384)
        out->text = arena_grow(out->arena, out->text, 1, &out->capacity, 16384);
    run_ops(&r);
    return OK;
}
