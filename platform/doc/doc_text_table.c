/* Tables in a text: columns parted by tabs, and HTML. */
#include "platform/doc/doc_html.h"
#include "platform/doc/doc_text.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MOST_GAP = 3 };

static size_t count_tabs(const struct text_line *line)
{
    size_t tabs = 0;
    for (size_t i = 0; i < line->raw_length; i++)
        tabs += line->raw[i] == '\t';
    return tabs;
}

/* Tabs that part columns: not those before the text, not the one behind a number ("1.<tab>Mục đích"). */
static size_t column_tabs(struct arena *a, const struct text_line *line)
{
    size_t tabs = count_tabs(line);
    if (tabs == 0 || line->raw[0] == '\t')
        return tabs < 2 ? 0 : tabs;
    char *text = arena_copy_n(a, line->raw, line->raw_length);
    size_t mark = mark_length(text);
    bool after_mark = tabs == 1 && mark > 0 && text[mark] == '\t';
    bool at_end = tabs == 1 && text[line->raw_length - 1] == '\t';
    return after_mark || at_end ? 0 : tabs;
}

/* One paragraph for each line of the cell. */
static void fill_cell(struct text_source *s, struct cell_box *cell, const struct text_line *line, const char *raw,
                      size_t length)
{
    struct arena *a = s->c->arena;
    struct text_line part = { .raw = arena_copy_n(a, raw, length), .raw_length = length };
    struct emphasis e = { 0 };
    text_unmark(a, &e, &part);
    cell->place = (struct place){ .page = line->page, .from = line->number, .to = line->number };
    if (part.text[0] == '\0')
        return;
    char **texts;
    size_t count = text_split(a, part.text, '\n', &texts);
    struct block_list blocks = { .arena = a };
    for (size_t i = 0; i < count; i++) {
        if (text_blank(texts[i]))
            continue;
        struct block *b = block_add(&blocks, BLOCK_PARAGRAPH);
        b->text = text_nfc(a, texts[i]);
        b->bold = part.bold;
        b->italic = part.italic;
        b->upper = text_is_capitals(b->text);
        b->place = cell->place;
    }
    cell->blocks = blocks.items;
    cell->block_count = blocks.count;
}

static int add_row(struct text_source *s, struct cell_list *cells, const struct text_line *line, int row)
{
    const char *at = line->raw;
    const char *end = at + line->raw_length;
    int column = 0;
    for (; column < DOC_MOST_COLUMNS && s->cells < DOC_MOST_CELLS; column++) {
        const char *next = memchr(at, '\t', (size_t)(end - at));
        const char *stop = next == NULL ? end : next;
        fill_cell(s, cell_add(cells, row, column), line, at, (size_t)(stop - at));
        s->cells++;
        if (next == NULL)
            break;
        at = next + 1;
    }
    return column + 1;
}

static bool same_line(const struct text_line *a, const struct text_line *b)
{
    return a->raw_length == b->raw_length && memcmp(a->raw, b->raw, a->raw_length) == 0;
}

/* Rows that lost their last tabs get empty cells. */
static void pad(struct text_source *s, struct cell_list *cells, int rows, int columns)
{
    int *have = arena_array(cells->arena, (size_t)rows + 1, sizeof *have);
    for (size_t i = 0; i < cells->count; i++)
        have[cells->items[i].row]++;
    for (int row = 0; row < rows; row++)
        for (int column = have[row]; column < columns && s->cells < DOC_MOST_CELLS; column++, s->cells++)
            cell_add(cells, row, column);
}

static void make_table(struct text_source *s, size_t from, size_t to)
{
    struct cell_list cells = { .arena = s->c->arena };
    struct text_line *first = &s->lines[from];
    bool header = false;
    int rows = 0;
    int columns = 0;
    for (size_t i = from; i < to; i++) {
        struct text_line *line = &s->lines[i];
        line->kind = LINE_TABLE;
        bool again = i > from && same_line(line, first); /* the header row, printed again on a new page */
        header = header || again;
        if (again)
            continue;
        int count = add_row(s, &cells, line, rows++);
        columns = count > columns ? count : columns;
    }
    pad(s, &cells, rows, columns);
    for (size_t i = 0; i < cells.count && header; i++)
        cells.items[i].header = cells.items[i].row == 0;
    first->table = arena_alloc(s->c->arena, sizeof *first->table);
    *first->table = (struct block){ .kind = BLOCK_TABLE,
                                    .place = { .page = first->page, .from = first->number, .to = s->lines[to - 1].number } };
    table_finish(first->table, &cells);
}

/* ---- HTML ---- */

static xmlNode *find_table(xmlNode *node, int depth)
{
    for (; node != NULL && depth < HTML_DEEPEST; node = node->next) {
        xmlNode *found = html_is(node, "table") ? node : find_table(node->children, depth + 1);
        if (found != NULL)
            return found;
    }
    return NULL;
}

static void set_places(struct block *b, const struct place *place)
{
    b->place = *place;
    for (size_t i = 0; i < b->cell_count; i++) {
        b->cells[i].place = *place;
        for (size_t k = 0; k < b->cells[i].block_count; k++)
            set_places(&b->cells[i].blocks[k], place);
    }
}

static void make_html_table(struct text_source *s, size_t from, size_t to)
{
    struct text_line *first = &s->lines[from];
    const char *end = s->lines[to - 1].raw + s->lines[to - 1].raw_length;
    xmlDoc *doc = html_parse(first->raw, (size_t)(end - first->raw));
    xmlNode *table = doc == NULL ? NULL : find_table(xmlDocGetRootElement(doc), 0);
    struct block_list blocks = { .arena = s->c->arena };
    struct html h = { .c = s->c, .arena = s->c->arena, .out = &blocks, .text = { .arena = s->c->arena }, .cells = s->cells };
    const struct html_look plain = { 0 };
    if (table != NULL)
        html_table(&h, table, &plain, 0);
    xmlFreeDoc(doc);
    s->cells = h.cells;
    s->too_large = s->too_large || h.too_large;
    if (blocks.count != 1 || blocks.items[0].kind != BLOCK_TABLE)
        return; /* it only places things: its lines are lines */
    for (size_t i = from; i < to; i++)
        s->lines[i].kind = LINE_TABLE;
    first->table = &blocks.items[0];
    set_places(first->table, &(struct place){ .page = first->page, .from = first->number, .to = s->lines[to - 1].number });
}

static bool line_holds(struct arena *a, const struct text_line *line, const char *word)
{
    if (memchr(line->raw, '<', line->raw_length) == NULL)
        return false;
    return strcasestr(arena_copy_n(a, line->raw, line->raw_length), word) != NULL;
}

static size_t find_html(struct text_source *s, size_t at)
{
    if (!line_holds(s->c->arena, &s->lines[at], "<table"))
        return at;
    for (size_t to = at; to < s->count; to++)
        if (line_holds(s->c->arena, &s->lines[to], "</table")) {
            make_html_table(s, at, to + 1);
            return to + 1;
        }
    return at;
}

enum { GROUP_LONGEST = 200 };

/* A group's name between rows, without a tab: the row behind it begins with its number, and is one of this table. */
static bool names_group(const struct text_source *s, size_t at, size_t tabs)
{
    const struct text_line *line = &s->lines[at];
    if (tabs < 2 || at + 1 >= s->count || line->raw_length > GROUP_LONGEST || s->lines[at + 1].gap > MOST_GAP)
        return false;
    const struct text_line *next = &s->lines[at + 1];
    return next->raw_length > 0 && next->raw[0] >= '0' && next->raw[0] <= '9' && count_tabs(next) >= 2 && count_tabs(next) <= tabs;
}

/* Lines with as many tabs; a row that lost empty cells at its end has fewer, but still one. */
static size_t find_tabs(struct text_source *s, size_t at)
{
    size_t tabs = column_tabs(s->c->arena, &s->lines[at]);
    size_t to = at + 1;
    while (tabs > 0 && to < s->count && s->lines[to].gap <= MOST_GAP) {
        size_t more = count_tabs(&s->lines[to]);
        bool fits = tabs == 1 ? column_tabs(s->c->arena, &s->lines[to]) == 1 : more >= 1 || names_group(s, to, tabs);
        if (!fits)
            break;
        tabs = more > tabs ? more : tabs; /* a head with merged cells has fewer than the rows below */
        to++;
    }
    if (tabs == 0 || to - at < 2)
        return at;
    make_table(s, at, to);
    return to;
}

void text_find_tables(struct text_source *s)
{
    for (size_t i = 0; i < s->count;) {
        size_t to = find_html(s, i);
        if (to == i)
            to = text_find_bars(s, i);
        if (to == i)
            to = find_tabs(s, i);
        if (to == i)
            to = text_find_spaced_list(s, i);
        if (to == i)
            to = text_find_spaced_head(s, i);
        i = to > i ? to : i + 1;
    }
    s->too_large = s->too_large || s->cells >= DOC_MOST_CELLS;
}
