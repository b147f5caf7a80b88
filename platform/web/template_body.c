/* Compiles the body of a template: markup, values, blocks, partials. */
#include "platform/web/template_compile.h"
#include <string.h>

/* ---- ops ---- */

struct op *op_add(struct compiler *k, enum op_kind kind)
{
    op_flush(k);
    k->ops = arena_grow(k->arena, k->ops, sizeof *k->ops, &k->op_capacity, k->op_count + 1);
    struct op *op = &k->ops[k->op_count++];
    *op = (struct op){ .kind = kind, .where = -1 };
    return op;
}

void op_flush(struct compiler *k)
{
    if (k->literal.length == 0)
        return;
    struct buffer done = k->literal;
    k->literal = (struct buffer){ .arena = k->arena };
    struct op *op = op_add(k, OP_TEXT);
    op->text = done.text;
    op->length = done.length;
}

static void html_mistake(struct compiler *k, const char *what)
{
    if (what != NULL)
        mistake(k, "%s", what);
}

/* ---- markup ---- */

/* Indentation and empty lines between tags mean nothing in HTML and are not sent. */
static void markup(struct compiler *k, const char *from, const char *to)
{
    for (; from < to && k->why == NULL; from++) {
        k->file->at = from;
        if ((*from == ' ' || *from == '\t' || *from == '\n') && k->last == '\n' && k->html.at == AT_TEXT && !html_verbatim(&k->html))
            continue;
        html_mistake(k, html_step(&k->html, *from));
        buffer_add_n(&k->literal, from, 1);
        k->last = *from;
        if (k->html.post_opened) {
            k->html.post_opened = false;
            op_add(k, OP_TOKEN);
        }
    }
}

/* Behind a block tag that has its line for itself, the line's end is not sent either. */
static const char *behind(const struct compiler *k, const struct tag *tag)
{
    const char *before = tag->start;
    while (before > k->file->text && (before[-1] == ' ' || before[-1] == '\t'))
        before--;
    const char *after = tag->end + strspn(tag->end, " \t\r");
    bool alone = (before == k->file->text || before[-1] == '\n') && (*after == '\n' || *after == '\0');
    return alone && *after == '\n' ? after + 1 : tag->end;
}

/* ---- values ---- */

static void literal_value(struct compiler *k, const char *text)
{
    escape_html(&k->literal, text);
    if (text[0] != '\0')
        k->last = text[strlen(text) - 1];
}

static void value(struct compiler *k, struct tag *tag)
{
    enum filter filter = FILTER_NONE;
    const char *name = tag_word(k, tag);
    if (name[0] == '\0') {
        mistake(k, "{{%s}} is not understood", tag->inner);
        return;
    }
    if (tag_sign(tag, '|')) {
        const char *wanted = tag_word(k, tag);
        if (!filter_find(wanted, &filter))
            mistake(k, "no filter '%s'", wanted);
    }
    tag_end(k, tag);
    struct place place = place_find(k, name);
    enum escape escape = ESCAPE_HTML;
    html_mistake(k, html_value(&k->html, filter, &escape));
    if (place.from == FROM_ROWS)
        mistake(k, "'%s' is rows, not a text", name);
    if (k->why != NULL)
        return;
    if (place.from == FROM_LITERAL && filter == FILTER_NONE && escape == ESCAPE_HTML) {
        literal_value(k, place.text);
        return;
    }
    k->last = 'x';
    struct op *op = op_add(k, OP_VALUE);
    op->value = place;
    op->filter = filter;
    op->escape = escape;
}

/* ---- blocks ---- */

/* A block begins: its body may close only what it opens itself. */
static bool block_mark(struct compiler *k, const struct tag *tag, struct html *start)
{
    html_mistake(k, html_block(&k->html));
    *start = k->html;
    k->html.floor = k->html.depth;
    if (k->why == NULL && tag->inner[0] == '#')
        k->file->at = behind(k, tag);
    return k->why == NULL;
}

/* {{else}} or the end of a block: both ways must leave the HTML alike. */
static void block_join(struct compiler *k, const struct html *other)
{
    html_mistake(k, html_block(&k->html));
    html_mistake(k, html_join(&k->html, other));
    k->html.floor = other->floor;
}

static void stop_at(struct compiler *k, const char *at, enum stop got, enum stop wanted, const char *name)
{
    if (k->why == NULL && got != wanted) {
        k->file->at = at;
        mistake(k, "{{#%s}} has no {{/%s}} of its own", name, name);
    }
}

static void compile_if(struct compiler *k, struct tag *tag)
{
    const char *at = tag->start;
    struct html start;
    struct place place = place_find(k, tag_word(k, tag));
    struct place other = { .from = FROM_LITERAL };
    bool compares = tag_sign(tag, '=');
    if (compares && !tag_literal(k, tag, &other.text))
        other = place_find(k, tag_word(k, tag));
    if (compares && (place.from == FROM_ROWS || other.from == FROM_ROWS))
        mistake(k, "rows cannot be compared");
    tag_end(k, tag);
    if (!block_mark(k, tag, &start))
        return;
    struct op *op = op_add(k, OP_IF);
    op->value = place;
    op->other = other;
    op->compares = compares;
    size_t test = k->op_count - 1;
    enum stop stop = compile_until(k);
    struct html first = k->html;
    if (stop == STOP_ELSE) {
        html_mistake(k, html_block(&first));
        op_add(k, OP_JUMP);
        size_t skip = k->op_count - 1;
        k->ops[test].jump = (int)k->op_count;
        k->html = start;
        k->html.floor = start.depth;
        stop = compile_until(k);
        op_flush(k);
        k->ops[skip].jump = (int)k->op_count;
    } else {
        op_flush(k);
        k->ops[test].jump = (int)k->op_count;
        first = start;
    }
    stop_at(k, at, stop, STOP_IF, "if");
    first.floor = start.floor;
    block_join(k, &first);
}

static const struct slot *loop_rows(struct compiler *k, struct tag *tag, struct place *place)
{
    const char *name = tag_word(k, tag);
    *place = place_find(k, name);
    if (place->from != FROM_ROWS)
        mistake(k, "'%s' is not declared as rows", name);
    else if (k->loops == TEMPLATE_LOOPS)
        mistake(k, "loops are nested too deeply");
    return k->why == NULL ? &k->slots[place->index] : NULL;
}

/* where column=name: rows of the inner list that belong to the outer one's row. */
static void loop_where(struct compiler *k, struct tag *tag, const struct slot *slot, struct op *op)
{
    if (strcmp(tag_word(k, tag), "where") != 0)
        return;
    const char *column = tag_word(k, tag);
    op->column = -1;
    for (int i = 0; i < slot->column_count; i++)
        if (strcmp(slot->columns[i], column) == 0)
            op->column = i;
    if (op->column < 0)
        mistake(k, "'%s' has no column '%s'", slot->name, column);
    else if (!tag_sign(tag, '='))
        mistake(k, "write {{#each rows where column=name}}");
    else if (!tag_literal(k, tag, &op->other.text))
        op->other = place_find(k, tag_word(k, tag));
    if (op->other.from == FROM_ROWS)
        mistake(k, "rows cannot be compared");
    op->where = k->page->where_count++;
}

/* The body of a loop; its columns are seen inside. */
static enum stop loop_body(struct compiler *k, const struct slot *slot)
{
    struct scope scope = { .outer = k->scope, .columns = slot->columns, .depth = k->loops };
    k->scope = &scope;
    k->loops++;
    int body = (int)k->op_count;
    enum stop stop = compile_until(k);
    k->loops--;
    k->scope = scope.outer;
    struct op *next = op_add(k, OP_NEXT);
    next->jump = body;
    next->depth = k->loops;
    return stop;
}

static void compile_each(struct compiler *k, struct tag *tag)
{
    const char *at = tag->start;
    struct html start;
    struct op loop = { .kind = OP_EACH, .where = -1, .depth = k->loops, .other = { .from = FROM_LITERAL } };
    const struct slot *slot = loop_rows(k, tag, &loop.value);
    if (slot == NULL)
        return;
    loop_where(k, tag, slot, &loop);
    tag_end(k, tag);
    if (!block_mark(k, tag, &start))
        return;
    *op_add(k, OP_EACH) = loop;
    size_t test = k->op_count - 1;
    struct slot kept = *slot;
    enum stop stop = loop_body(k, &kept);
    html_mistake(k, html_same(&k->html, &start));
    struct html first = start;
    k->ops[test].jump = (int)k->op_count;
    if (stop == STOP_ELSE) {
        first = k->html;
        op_add(k, OP_JUMP);
        size_t skip = k->op_count - 1;
        k->ops[test].jump = (int)k->op_count;
        k->html.floor = k->html.depth;
        stop = compile_until(k);
        op_flush(k);
        k->ops[skip].jump = (int)k->op_count;
    }
    stop_at(k, at, stop, STOP_EACH, "each");
    first.floor = start.floor;
    block_join(k, &first);
}

/* ---- other tags ---- */

static void compile_partial(struct compiler *k, struct tag *tag)
{
    struct html start;
    struct scope *given = arena_alloc(k->arena, sizeof *given);
    const char *name = tag_word(k, tag);
    tag_bindings(k, tag, given);
    if (!block_mark(k, tag, &start))
        return;
    compile_file(k, name, given, NULL);
    html_mistake(k, html_block(&k->html));
    html_mistake(k, html_join(&k->html, &start));
    k->html.floor = start.floor;
}

static void compile_icon(struct compiler *k, struct tag *tag)
{
    const char *name = tag_word(k, tag);
    const char *class = tag_word(k, tag);
    tag_end(k, tag);
    if (k->world->has_icon == NULL || !k->world->has_icon(name, k->world->arg))
        mistake(k, "no icon '%s'", name);
    const char *file = k->world->asset == NULL ? NULL : k->world->asset("icons.svg", k->world->arg);
    if (file == NULL)
        mistake(k, "no static file 'icons.svg'");
    if (k->html.at != AT_TEXT)
        mistake(k, "an icon stands in text");
    if (k->why == NULL)
        buffer_printf(&k->literal, "<svg class=\"icon%s%s\" aria-hidden=\"true\"><use href=\"%s#i-%s\"/></svg>",
                      class[0] == '\0' ? "" : " ", class, file, name);
    k->last = '>';
}

static void compile_asset(struct compiler *k, struct tag *tag)
{
    const char *name = tag_word(k, tag);
    tag_end(k, tag);
    const char *address = k->world->asset == NULL ? NULL : k->world->asset(name, k->world->arg);
    if (address == NULL)
        mistake(k, "no static file '%s'", name);
    else if (k->html.at != AT_VALUE)
        mistake(k, "an asset's address stands in an attribute's value");
    else
        markup(k, address, address + strlen(address));
}

static bool is_head_word(const char *word)
{
    static const char *const words[] = { "layout", "rows", "text", "needs", "default" };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return false;
}

/* Words that mean something when something follows them; alone they are names of values. */
static void compile_word(struct compiler *k, struct tag *tag)
{
    struct tag again = *tag;
    const char *word = tag_word(k, tag);
    bool alone = *tag->at == '\0' || strchr("|", *tag->at) != NULL;
    if (strcmp(tag->inner, "content") == 0 && k->file->content != NULL)
        compile_content(k);
    else if (!alone && strcmp(word, "icon") == 0)
        compile_icon(k, tag);
    else if (!alone && strcmp(word, "asset") == 0)
        compile_asset(k, tag);
    else if (!alone && is_head_word(word))
        mistake(k, "{{%s}} belongs to the file's first lines", tag->inner);
    else
        value(k, &again);
}

static void block_tag(struct compiler *k, struct tag *tag)
{
    tag->at++;
    const char *word = tag_word(k, tag);
    if (strcmp(word, "if") == 0)
        compile_if(k, tag);
    else if (strcmp(word, "each") == 0)
        compile_each(k, tag);
    else
        mistake(k, "{{%s}} is not understood", tag->inner);
}

static bool is_stop(const struct tag *tag, enum stop *stop)
{
    static const char *const words[] = { [STOP_ELSE] = "else", [STOP_IF] = "/if", [STOP_EACH] = "/each" };
    for (size_t i = STOP_ELSE; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(tag->inner, words[i]) == 0) {
            *stop = (enum stop)i;
            return true;
        }
    return false;
}

/* Compiles one tag; true when it ends or divides the block that is compiled. */
static bool compile_tag(struct compiler *k, struct tag *tag, enum stop *stop)
{
    bool prints = tag->inner[0] != '#' && tag->inner[0] != '>' && tag->inner[0] != '!';
    bool stops = is_stop(tag, stop);
    const char *next = stops || tag->inner[0] == '!' ? behind(k, tag) : tag->end;
    if (stops) {
        k->file->at = next;
        return true;
    }
    k->file->at = tag->start; /* for the line in mistakes */
    if (tag->inner[0] == '#') {
        block_tag(k, tag); /* leaves the file behind the block's end */
        return false;
    }
    if (tag->inner[0] == '>') {
        tag->at++;
        compile_partial(k, tag);
    } else if (prints) {
        compile_word(k, tag);
    }
    if (k->why == NULL)
        k->file->at = next;
    return false;
}

enum stop compile_until(struct compiler *k)
{
    while (k->why == NULL) {
        const char *from = k->file->at;
        const char *start = strstr(from, "{{");
        const char *to = start == NULL ? from + strlen(from) : start;
        markup(k, from, to);
        struct tag tag;
        enum stop stop;
        k->file->at = to;
        if (k->why != NULL || start == NULL)
            break;
        if (tag_read(k, start, &tag) && compile_tag(k, &tag, &stop))
            return stop;
    }
    op_flush(k);
    return STOP_END;
}
