/* A page, a partial and a layout of any text, parted by form feeds: compiled, and what compiles is rendered. */
#include "fuzz/fuzz.h"
#include "platform/web/template.h"

enum { PARTS = 3 };

static const char *const *columns(struct arena *a, const char *query, void *arg)
{
    static const char *const idea[] = { "id", "body", NULL };
    (void)a, (void)arg;
    return strcmp(query, "sql_idea_list") == 0 ? idea : NULL;
}

static const char *asset(const char *name, void *arg)
{
    (void)arg;
    return name[0] == 'i' ? "/tinh/icons.1.svg" : NULL;
}

static bool has_icon(const char *name, void *arg)
{
    (void)arg;
    return name[0] == 'c';
}

static const char *typed(const char *name, void *arg)
{
    (void)arg;
    return name[0] == 'b' ? "<typed \"&'>" : NULL;
}

static const char *token(void *arg)
{
    (void)arg;
    return "t1";
}

static struct rows *rows_with(struct arena *a)
{
    static const char *const names[] = { "id", "body", "name", "state", NULL };
    static const char *const cells[][4] = {
        { "1", "<b> &\"'", "javascript:alert(1)", NULL },
        { "2", "\n", "", "0" },
        { "1", "20000", "//h\xE1\xBA\xBF", "9223372036854775807" },
    };
    struct rows_maker maker;
    rows_start(&maker, a, names);
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        rows_add(&maker, cells[i]);
    struct rows *rows = arena_alloc(a, sizeof *rows);
    *rows = maker.rows;
    return rows;
}

/* plain: a source itself holds what marks a value. */
static void render(struct ctx *c, const struct template_set *set, bool plain)
{
    const struct rows *rows = rows_with(c->arena);
    const struct template_value values[] = {
        { .name = "a", .text = "Hà & <b>\"'" },
        { .name = "b" },
        { .name = "n", .text = "-9223372036854775808" },
        { .name = "ideas", .rows = rows },
        { .name = "r", .rows = rows },
    };
    struct template_input input = { values, sizeof values / sizeof *values, typed, typed, token, NULL };
    struct buffer out = { .arena = c->arena };
    if (template_render(c, set, "p.html", &input, &out) == OK && out.length > 0)
        HOLDS(plain || strstr(out.text, "<typed") == NULL); /* values are never taken for markup */
}

FUZZ(template)
{
    struct ctx c;
    ctx_open(&c, 0);
    static const char *const names[PARTS] = { "p.html", "box.html", "frame.html" };
    struct template_source sources[PARTS + 1] = { 0 };
    char *text = arena_copy_n(c.arena, (const char *)bytes, strnlen((const char *)bytes, size));
    bool plain = strstr(text, "typed") != NULL;
    for (int i = 0; i < PARTS; i++) {
        size_t length = i + 1 < PARTS ? strcspn(text, "\f") : strlen(text);
        sources[i] = (struct template_source){ names[i], arena_copy_n(c.arena, text, length) };
        text += length + (text[length] == '\f');
    }
    struct template_world world = { sources, columns, asset, has_icon, NULL };
    const char *why = NULL;
    struct template_set *set = templates_compile(c.arena, &world, &why);
    HOLDS((set == NULL) == (why != NULL));
    if (set != NULL)
        render(&c, set, plain);
    ctx_close(&c);
    return 0;
}
