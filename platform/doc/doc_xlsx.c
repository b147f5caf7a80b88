/* Reads a spreadsheet (.xlsx): which sheets there are, the texts they share, and the model made of them. */
#include "platform/doc/doc_xlsx.h"
#include <stdlib.h>
#include <string.h>

enum { MOST_SHEETS = 200, MOST_STRINGS = 200000, MOST_UNPACKED = 64 * 1024 * 1024 };

/* ---- texts ---- */

/* "_x000D_" and its like are signs that XML cannot hold. */
static void add_escaped(struct buffer *b, const char *text)
{
    while (*text != '\0') {
        char digits[5] = { 0 };
        bool escape = text_starts(text, "_x") && strlen(text) >= 7 && text[6] == '_' &&
                      strspn(text + 2, "0123456789ABCDEFabcdef") == 4;
        if (!escape) {
            buffer_add_n(b, text++, 1);
            continue;
        }
        memcpy(digits, text + 2, 4);
        int32_t rune = (int32_t)strtol(digits, NULL, 16);
        if (rune == '\n' || rune == '\t' || rune >= ' ')
            buffer_add_rune(b, rune >= 0xD800 && rune < 0xE000 ? ' ' : rune);
        text += 7;
    }
}

static void take_text(struct xlsx *x, struct office_part *part, struct buffer *b)
{
    if (xmlTextReaderIsEmptyElement(part->xml))
        return;
    while (office_next(part) && !office_ends(part, "t")) {
        const char *text = (const char *)xmlTextReaderConstValue(part->xml);
        if (text == NULL)
            continue;
        x->text += strlen(text);
        x->too_large = x->too_large || x->text > DOC_MOST_TEXT;
        if (!x->too_large)
            add_escaped(b, text);
    }
}

char *xlsx_string(struct xlsx *x, struct office_part *part, const char *element)
{
    struct buffer b = { .arena = x->arena };
    bool hint = false;
    buffer_add(&b, "");
    if (office_ends(part, element))
        return b.text;
    while (office_next(part) && !office_ends(part, element)) {
        if (office_starts(part, "rPh"))
            hint = true;
        if (office_ends(part, "rPh"))
            hint = false;
        if (office_starts(part, "t") && !hint)
            take_text(x, part, &b);
    }
    return b.text;
}

static void read_strings(struct xlsx *x, const char *name)
{
    struct office_part part;
    if (office_part_open(&part, &x->zip, name))
        while (!x->too_large && office_next(&part)) {
            if (!office_starts(&part, "si"))
                continue;
            x->too_large = x->string_count >= MOST_STRINGS;
            x->strings = arena_grow(x->arena, x->strings, sizeof *x->strings, &x->string_capacity, x->string_count + 1);
            x->strings[x->string_count++] = xlsx_string(x, &part, "si");
        }
    office_part_close(&part);
}

/* ---- the workbook ---- */

struct relation {
    const char *id, *kind, *target;
};
struct relations {
    struct relation *items;
    size_t count, capacity;
};

static struct relations read_relations(struct xlsx *x, const char *part_name)
{
    struct relations found = { 0 };
    const char *slash = strrchr(part_name, '/');
    size_t folder = slash == NULL ? 0 : (size_t)(slash - part_name) + 1;
    struct office_part part;
    if (office_part_open(&part, &x->zip, arena_printf(x->arena, "%.*s_rels/%s.rels", (int)folder, part_name, part_name + folder)))
        while (found.count < MOST_SHEETS * 4 && office_next(&part)) {
            if (!office_starts(&part, "Relationship"))
                continue;
            const char *type = office_attribute(&part, "Type");
            const char *target = office_attribute(&part, "Target");
            const char *last = type == NULL ? NULL : strrchr(type, '/');
            if (last == NULL || target == NULL)
                continue;
            found.items = arena_grow(x->arena, found.items, sizeof *found.items, &found.capacity, found.count + 1);
            found.items[found.count++] =
                (struct relation){ office_attribute(&part, "Id"), last + 1, office_beside(x->arena, part_name, target) };
        }
    office_part_close(&part);
    return found;
}

static const char *target_of(const struct relations *all, const char *id, const char *kind)
{
    for (size_t i = 0; i < all->count; i++) {
        const struct relation *r = &all->items[i];
        if ((id != NULL && r->id != NULL && strcmp(r->id, id) == 0) || (kind != NULL && strcmp(r->kind, kind) == 0))
            return r->target;
    }
    return NULL;
}

static void add_sheet(struct xlsx *x, struct office_part *part, const struct relations *all)
{
    const char *state = office_attribute(part, "state");
    const char *path = target_of(all, office_attribute(part, "id"), NULL);
    if (x->sheet_count >= MOST_SHEETS)
        x->too_large = true;
    if (x->too_large)
        return;
    x->sheets = arena_grow(x->arena, x->sheets, sizeof *x->sheets, &x->sheet_capacity, x->sheet_count + 1);
    x->sheets[x->sheet_count++] = (struct xlsx_sheet){ .path = path, .hidden = state != NULL && strcmp(state, "visible") != 0 };
}

/* "'Phụ lục'!$A:$H,'Phụ lục'!$8:$9" */
static void take_print_titles(struct xlsx *x, struct office_part *part)
{
    const char *name = office_attribute(part, "name");
    int64_t sheet = office_number(part, "localSheetId", -1);
    if (name == NULL || strcmp(name, "_xlnm.Print_Titles") != 0 || sheet < 0 || (size_t)sheet >= x->sheet_count ||
        !office_next(part))
        return;
    const char *text = (const char *)xmlTextReaderConstValue(part->xml);
    for (const char *at = text == NULL ? NULL : strchr(text, '$'); at != NULL; at = strchr(at + 1, '$')) {
        const char *colon = strchr(at, ':');
        if (at[1] < '0' || at[1] > '9' || colon == NULL || colon[1] != '$')
            continue;
        x->sheets[sheet].head_from = strtol(at + 1, NULL, 10);
        x->sheets[sheet].head_to = strtol(colon + 2, NULL, 10);
        return;
    }
}

static void read_workbook(struct xlsx *x)
{
    struct relations top = read_relations(x, "");
    const char *name = target_of(&top, NULL, "officeDocument");
    name = name == NULL ? "xl/workbook.xml" : name;
    struct relations all = read_relations(x, name);
    struct office_part part;
    if (office_part_open(&part, &x->zip, name))
        while (office_next(&part)) {
            if (office_starts(&part, "workbookPr")) {
                const char *since = office_attribute(&part, "date1904");
                x->since_1904 = since != NULL && (strcmp(since, "1") == 0 || strcmp(since, "true") == 0);
            } else if (office_starts(&part, "sheet")) {
                add_sheet(x, &part, &all);
            } else if (office_starts(&part, "definedName")) {
                take_print_titles(x, &part);
            }
        }
    x->broken = part.broken;
    office_part_close(&part);
    const char *strings = target_of(&all, NULL, "sharedStrings");
    const char *styles = target_of(&all, NULL, "styles");
    read_strings(x, strings == NULL ? "xl/sharedStrings.xml" : strings);
    xlsx_read_styles(x, styles == NULL ? "xl/styles.xml" : styles);
}

static void read_sheets(struct xlsx *x, struct block_list *blocks)
{
    for (size_t i = 0; i < x->sheet_count && !x->too_large && !x->zip.too_large; i++) {
        struct xlsx_grid grid = { 0 };
        if (x->sheets[i].hidden || x->sheets[i].path == NULL)
            continue;
        xlsx_read_sheet(x, &x->sheets[i], &grid);
        if (grid.cell_count == 0 || grid.row_count == 0)
            continue;
        x->sheet++;
        xlsx_make_blocks(x, &x->sheets[i], &grid, blocks);
        x->rows_before += grid.rows[grid.row_count - 1].number;
    }
}

enum err doc_read_xlsx(struct ctx *c, const void *bytes, size_t size, struct document **doc)
{
    if (c->err != OK)
        return c->err;
    struct xlsx x = { .c = c, .arena = c->arena };
    struct block_list blocks = { .arena = c->arena };
    if (office_open(&x.zip, c, bytes, size, MOST_UNPACKED) == OK) {
        read_workbook(&x);
        read_sheets(&x, &blocks);
        if (x.zip.locked)
            fail(c, INVALID, doc_says_locked, "encrypted entries");
        else if (x.too_large || x.zip.too_large)
            fail(c, INVALID, doc_says_huge, "more cells, texts or bytes than the bounds");
        else if (x.sheet_count == 0 || (x.broken && blocks.count == 0))
            fail(c, INVALID, doc_says_broken, "no sheets, or they are not well formed");
        else if (blocks.count == 0)
            fail(c, INVALID, doc_says_empty, "empty or hidden sheets");
    }
    office_close(&x.zip);
    if (c->err != OK)
        return c->err;
    struct document *made = arena_alloc(c->arena, sizeof *made);
    *made = (struct document){ .format = "xlsx", .pages = x.sheet, .blocks = blocks.items, .count = blocks.count };
    *doc = made;
    return c->err;
}
