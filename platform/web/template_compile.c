/* Compiles templates: files, layouts and names. Blocks and values are in template_body.c. */
#include "platform/web/template_compile.h"
#include <stdlib.h>
#include <string.h>

static int line_of(const struct template_file *file)
{
    int line = 1;
    for (const char *at = file->text; at < file->at && *at != '\0'; at++)
        if (*at == '\n')
            line++;
    return line;
}

void mistake(struct compiler *k, const char *format, ...)
{
    if (k->why != NULL)
        return;
    struct buffer b = { .arena = k->arena };
    buffer_printf(&b, "%s:%d: ", k->file->name, line_of(k->file));
    va_list values;
    va_start(values, format);
    buffer_add(&b, arena_vprintf(k->arena, format, values));
    va_end(values);
    for (const struct template_file *f = k->file; f->from != NULL; f = f->from)
        buffer_printf(&b, ", included from %s:%d", f->from->name, f->from_line);
    k->why = b.text;
}

/* ---- tags ---- */

bool tag_read(struct compiler *k, const char *start, struct tag *tag)
{
    k->file->at = start;
    if (text_starts(start, "{{{")) {
        mistake(k, "{{{ is not allowed: everything is escaped");
        return false;
    }
    bool note = text_starts(start, "{{!--"); /* may hold }} */
    const char *end = strstr(start + 2, note ? "--}}" : "}}");
    if (end == NULL) {
        mistake(k, "{{ without }}");
        return false;
    }
    tag->start = start;
    tag->end = end + (note ? 4 : 2);
    tag->inner = text_trim(k->arena, arena_copy_n(k->arena, start + 2, (size_t)(end - start - 2)));
    tag->at = tag->inner;
    return true;
}

static void skip_spaces(struct tag *tag)
{
    tag->at += strspn(tag->at, " \t\r\n");
}

const char *tag_word(struct compiler *k, struct tag *tag)
{
    skip_spaces(tag);
    size_t length = strspn(tag->at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-");
    const char *word = arena_copy_n(k->arena, tag->at, length);
    tag->at += length;
    return word;
}

bool tag_sign(struct tag *tag, char sign)
{
    skip_spaces(tag);
    if (*tag->at != sign)
        return false;
    tag->at++;
    return true;
}

bool tag_literal(struct compiler *k, struct tag *tag, const char **text)
{
    if (!tag_sign(tag, '"'))
        return false;
    size_t length = strcspn(tag->at, "\"");
    if (tag->at[length] == '\0') {
        mistake(k, "a text without its closing \"");
        return false;
    }
    *text = arena_copy_n(k->arena, tag->at, length);
    tag->at += length + 1;
    return true;
}

void tag_end(struct compiler *k, const struct tag *tag)
{
    const char *rest = tag->at + strspn(tag->at, " \t\r\n");
    if (*rest != '\0')
        mistake(k, "'%s' is not understood in {{%s}}", rest, tag->inner);
}

void tag_bindings(struct compiler *k, struct tag *tag, struct scope *into)
{
    for (skip_spaces(tag); *tag->at != '\0' && k->why == NULL; skip_spaces(tag)) {
        const char *name = tag_word(k, tag);
        if (name[0] == '\0' || !tag_sign(tag, '=')) {
            mistake(k, "parameters are written name=\"text\" or name=name in {{%s}}", tag->inner);
            return;
        }
        struct place place = { .from = FROM_LITERAL };
        if (!tag_literal(k, tag, &place.text))
            place = place_find(k, tag_word(k, tag));
        scope_add(k, into, name)->place = place;
        tag_sign(tag, ',');
    }
}

/* ---- names ---- */

struct binding *scope_add(struct compiler *k, struct scope *scope, const char *name)
{
    scope->bindings = arena_grow(k->arena, scope->bindings, sizeof *scope->bindings, &scope->capacity, scope->count + 1);
    struct binding *binding = &scope->bindings[scope->count++];
    *binding = (struct binding){ .name = name };
    return binding;
}

static const struct binding *scope_own(const struct scope *scope, const char *name)
{
    for (size_t i = 0; i < scope->count; i++)
        if (strcmp(scope->bindings[i].name, name) == 0)
            return &scope->bindings[i];
    return NULL;
}

static bool place_look(const struct compiler *k, const char *name, struct place *place)
{
    if (text_starts(name, "form.") || text_starts(name, "error.")) {
        *place = (struct place){ .from = name[0] == 'f' ? FROM_FORM : FROM_ERROR, .text = strchr(name, '.') + 1 };
        return true;
    }
    for (const struct scope *s = k->scope; s != NULL; s = s->outer) {
        for (int i = 0; s->columns != NULL && s->columns[i] != NULL; i++)
            if (strcmp(s->columns[i], name) == 0) {
                *place = (struct place){ .from = FROM_COLUMN, .index = s->depth, .column = i };
                return true;
            }
        const struct binding *own = scope_own(s, name);
        if (own != NULL) {
            *place = own->place;
            return true;
        }
    }
    return false;
}

struct place place_find(struct compiler *k, const char *name)
{
    struct place place = { .from = FROM_LITERAL, .text = "" };
    if (!place_look(k, name, &place))
        mistake(k, "unknown name '%s'", name);
    return place;
}

static int count_columns(const char *const *columns)
{
    int count = 0;
    while (columns != NULL && columns[count] != NULL)
        count++;
    return count;
}

static bool same_columns(const struct slot *slot, const char *const *columns)
{
    if ((slot->columns == NULL) != (columns == NULL) || slot->column_count != count_columns(columns))
        return false;
    for (int i = 0; i < slot->column_count; i++)
        if (strcmp(slot->columns[i], columns[i]) != 0)
            return false;
    return true;
}

/* The slot of a declared name; a page and its layout may declare the same one alike. */
static void declare(struct compiler *k, struct scope *scope, const char *name, const char *const *columns)
{
    size_t i = 0;
    while (i < k->slot_count && strcmp(k->slots[i].name, name) != 0)
        i++;
    if (name[0] == '\0' || strpbrk(name, ".-") != NULL) {
        mistake(k, "'%s' cannot be a name", name);
        return;
    }
    if (i < k->slot_count && !same_columns(&k->slots[i], columns)) {
        mistake(k, "'%s' is declared otherwise in this page or its layout", name);
        return;
    }
    if (i == k->slot_count) {
        k->slots = arena_grow(k->arena, k->slots, sizeof *k->slots, &k->slot_capacity, ++k->slot_count);
        k->slots[i] = (struct slot){ name, columns, count_columns(columns) };
    }
    struct place place = { .from = columns == NULL ? FROM_TEXT : FROM_ROWS, .index = (int)i };
    scope_add(k, scope, name)->place = place;
}

/* ---- the head of a file ---- */

static const char **names_list(struct compiler *k, struct tag *tag)
{
    const char **names = NULL;
    size_t count = 0;
    size_t capacity = 0;
    do {
        names = arena_grow(k->arena, names, sizeof *names, &capacity, count + 2);
        names[count] = tag_word(k, tag);
        if (names[count++][0] == '\0')
            mistake(k, "a name is missing in {{%s}}", tag->inner);
    } while (tag_sign(tag, ',') && k->why == NULL);
    names[count] = NULL;
    tag_end(k, tag);
    return names;
}

static void head_rows(struct compiler *k, struct tag *tag)
{
    const char *name = tag_word(k, tag);
    const char *const *columns = NULL;
    if (tag_sign(tag, ':')) {
        columns = names_list(k, tag);
    } else if (tag_sign(tag, '=')) {
        const char *query = tag_word(k, tag);
        tag_end(k, tag);
        if (k->world->columns != NULL)
            columns = k->world->columns(k->arena, query, k->world->arg);
        if (columns == NULL)
            mistake(k, "no query '%s'", query);
    } else {
        mistake(k, "rows are declared {{rows name = query}} or {{rows name: column, column}}");
    }
    if (k->why == NULL)
        declare(k, k->file->scope, name, columns);
}

static void head_text(struct compiler *k, struct tag *tag)
{
    const char **names = names_list(k, tag);
    for (; *names != NULL && k->why == NULL; names++)
        declare(k, k->file->scope, *names, NULL);
}

static void head_needs(struct compiler *k, struct tag *tag)
{
    const char **names = names_list(k, tag);
    struct place place;
    for (; *names != NULL && k->why == NULL; names++)
        if (!place_look(k, *names, &place))
            mistake(k, "needs '%s', which is not known here", *names);
}

static void head_default(struct compiler *k, struct tag *tag)
{
    struct scope given = { 0 };
    tag_bindings(k, tag, &given);
    for (size_t i = 0; i < given.count; i++)
        if (scope_own(k->file->scope, given.bindings[i].name) == NULL)
            *scope_add(k, k->file->scope, given.bindings[i].name) = given.bindings[i];
}

/* Reads the declarations at the file's beginning. Layout: the tag that names one, if any. */
static bool compile_head(struct compiler *k, struct tag *layout)
{
    bool has_layout = false;
    struct template_file *file = k->file;
    while (k->why == NULL) {
        struct tag tag;
        const char *start = file->at + strspn(file->at, " \t\r\n");
        if (!text_starts(start, "{{") || !tag_read(k, start, &tag))
            break;
        const char *word = tag_word(k, &tag);
        if (tag.inner[0] != '!' && strchr(" \t\r\n", *tag.at) == NULL)
            break; /* {{text|lines}} prints a value of that name */
        if (strcmp(word, "rows") == 0) {
            head_rows(k, &tag);
        } else if (strcmp(word, "text") == 0 && *tag.at != '\0') {
            head_text(k, &tag);
        } else if (strcmp(word, "needs") == 0) {
            head_needs(k, &tag);
        } else if (strcmp(word, "default") == 0) {
            head_default(k, &tag);
        } else if (strcmp(word, "layout") == 0) {
            has_layout = true;
            *layout = tag;
        } else if (tag.inner[0] != '!') {
            break;
        }
        file->at = k->why == NULL ? tag.end : file->at;
    }
    if (k->why == NULL)
        file->at += strspn(file->at, " \t\r\n");
    return has_layout;
}

/* ---- files ---- */

static const char *source_text(const struct compiler *k, const char *name)
{
    for (const struct template_source *s = k->world->sources; s->name != NULL; s++)
        if (strcmp(s->name, name) == 0)
            return s->text;
    return NULL;
}

static void compile_layout(struct compiler *k, struct tag *tag)
{
    struct template_file *file = k->file;
    const char *body = file->at;
    file->at = tag->start;
    struct scope *given = arena_alloc(k->arena, sizeof *given);
    const char *name = tag_word(k, tag);
    tag_bindings(k, tag, given);
    k->scope = NULL; /* a layout sees only what it is given and what it declares */
    struct template_file resume = *file;
    resume.at = body;
    if (k->why == NULL)
        compile_file(k, name, given, &resume);
    file->content_seen = resume.content_seen; /* a layout that lies in another one */
}

/* {{content}}: the file that lies in the layout goes on where its head ended. */
static void fill_content(struct compiler *k, struct template_file *content)
{
    struct template_file *layout = k->file;
    struct scope *scope = k->scope;
    struct html start = k->html;
    const char *at = layout->at;
    layout->content_seen = true;
    k->html.floor = k->html.depth;
    k->file = content;
    k->scope = content->scope;
    if (compile_until(k) != STOP_END)
        mistake(k, "the end of a block without its beginning");
    const char *bad = html_same(&k->html, &start);
    if (bad != NULL)
        mistake(k, "%s", bad);
    k->html.floor = start.floor;
    if (k->why == NULL)
        k->file = layout;
    layout->at = at;
    k->scope = scope;
}

void compile_content(struct compiler *k)
{
    if (k->file->content == NULL || k->file->content_seen)
        mistake(k, "{{content}} stands once, in a layout");
    else
        fill_content(k, k->file->content);
}

/* The line end that closes a partial's file is none of the line it is included in. */
static const char *without_end(struct arena *a, const char *text)
{
    size_t length = strlen(text);
    while (length > 0 && strchr(" \t\r\n", text[length - 1]) != NULL)
        length--;
    return arena_copy_n(a, text, length);
}

void compile_file(struct compiler *k, const char *name, struct scope *given, struct template_file *content)
{
    struct template_file *outer = k->file;
    const char *text = source_text(k, name);
    if (text != NULL && outer != NULL && content == NULL)
        text = without_end(k->arena, text);
    if (text == NULL || k->includes == TEMPLATE_INCLUDES) {
        mistake(k, text == NULL ? "no template '%s'" : "'%s' is included too deeply", name);
        return;
    }
    struct template_file file = { .name = name, .text = text, .at = text, .scope = given, .content = content,
                                  .from = outer, .from_line = outer == NULL ? 0 : line_of(outer) };
    struct scope *scope = k->scope;
    given->outer = scope;
    k->includes++;
    k->file = &file;
    k->scope = given;
    struct tag layout = { 0 };
    if (compile_head(k, &layout))
        compile_layout(k, &layout);
    else if (k->why == NULL && compile_until(k) != STOP_END)
        mistake(k, "the end of a block without its beginning");
    if (k->why == NULL && content != NULL && !file.content_seen)
        mistake(k, "a layout without {{content}}");
    k->includes--;
    k->scope = scope;
    k->file = outer;
}

/* ---- the set ---- */

static bool mentions(const char *text, const char *before, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = text; (at = strstr(at, before)) != NULL;) {
        at += strlen(before);
        at += strspn(at, " \t\r\n");
        if (strncmp(at, name, length) == 0 && strchr(" \t\r\n}", at[length]) != NULL)
            return true;
    }
    return false;
}

/* Partials and layouts are compiled where they are used, not by themselves. */
static bool is_page(const struct template_world *world, const struct template_source *source)
{
    if (strstr(source->text, "{{content}}") != NULL || strstr(source->text, "{{needs ") != NULL)
        return false;
    for (const struct template_source *s = world->sources; s->name != NULL; s++)
        if (mentions(s->text, "{{>", source->name) || mentions(s->text, "{{layout", source->name))
            return false;
    return true;
}

static const int *slot_table(struct compiler *k, unsigned *mask)
{
    unsigned size = 8;
    while (size < 2 * k->slot_count)
        size *= 2;
    int *table = arena_array(k->arena, size, sizeof *table);
    for (unsigned i = 0; i < size; i++)
        table[i] = -1;
    for (size_t i = 0; i < k->slot_count; i++) {
        unsigned at = template_hash(k->slots[i].name) & (size - 1);
        while (table[at] >= 0)
            at = (at + 1) & (size - 1);
        table[at] = (int)i;
    }
    *mask = size - 1;
    return table;
}

/* NULL or the mistake. */
static const char *compile_page(struct arena *a, const struct template_world *world, const char *name,
                                struct template_page *page)
{
    struct compiler k = { .arena = a, .world = world, .page = page, .literal = { .arena = a } };
    struct template_file whole = { .name = name, .text = "", .at = "" };
    struct scope given = { 0 };
    page->name = name;
    compile_file(&k, name, &given, NULL);
    op_add(&k, OP_END);
    k.file = &whole;
    if (k.html.at != AT_TEXT || k.html.depth > 0)
        mistake(&k, "the page ends inside an element or tag");
    page->ops = k.ops;
    page->slots = k.slots;
    page->slot_count = (int)k.slot_count;
    page->table = slot_table(&k, &page->mask);
    return k.why;
}

static int by_name(const void *left, const void *right)
{
    return strcmp(((const struct template_page *)left)->name, ((const struct template_page *)right)->name);
}

struct template_set *templates_compile(struct arena *a, const struct template_world *world, const char **why)
{
    struct template_set *set = arena_alloc(a, sizeof *set);
    struct buffer all = { .arena = a };
    size_t capacity = 0;
    for (const struct template_source *s = world->sources; s->name != NULL; s++) {
        if (!is_page(world, s))
            continue;
        set->pages = arena_grow(a, set->pages, sizeof *set->pages, &capacity, set->count + 1);
        set->pages[set->count] = (struct template_page){ 0 };
        const char *mistake_found = compile_page(a, world, s->name, &set->pages[set->count++]);
        if (mistake_found != NULL)
            buffer_printf(&all, "%s%s", all.length == 0 ? "" : "\n", mistake_found);
    }
    if (set->count > 0)
        qsort(set->pages, set->count, sizeof *set->pages, by_name);
    *why = all.text;
    return all.length == 0 ? set : NULL;
}
