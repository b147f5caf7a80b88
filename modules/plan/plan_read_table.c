/* Task tables, wherever they stand and however many tables of the file one goes over: their rows, in order. */
#include "plan_table.h"
#include "platform/base/text.h"
#include <ctype.h>
#include <string.h>

enum { ROWS_MOST = 20000, BETWEEN_MOST = 2 };

/* "(1) (2) (3)", "A B 1 2": the columns counted. */
static bool counts_columns(const struct plan_row *row, const struct plan_columns *c)
{
    int said = 0;
    for (int i = 0; i < c->count; i++) {
        const char *text = row->texts[i];
        if (text[0] == '\0')
            continue;
        const char *word = text + strspn(text, "( ");
        size_t length = strcspn(word, ") ");
        if (length == 0 || length > 2 || (!isdigit((unsigned char)word[0]) && length > 1) || word[length + strspn(word + length, ") ")] != '\0')
            return false;
        said++;
    }
    return said >= 3;
}

static bool repeats_header(struct arena *a, const struct plan_row *row, const struct plan_columns *c)
{
    int same = 0, said = 0;
    for (int i = 0; i < c->count; i++) {
        if (row->texts[i][0] == '\0' || strlen(row->texts[i]) > 200)
            continue;
        const char *key = text_key(a, row->texts[i]);
        said++;
        same += key[0] != '\0' && (strcmp(key, c->key[i]) == 0 || strcmp(key, c->above_key[i]) == 0);
    }
    return same >= 2 && same * 2 > said;
}

static void add_row(struct plan_table *t, struct plan_row *row)
{
    if (t->count > 0 && !plan_row_goes_on(row, &t->rows[t->count - 1], &t->columns))
        plan_row_realign(t->r, row, &t->rows[t->count - 1], &t->columns);
    if (t->count > 0 && plan_row_goes_on(row, &t->rows[t->count - 1], &t->columns)) {
        plan_row_join(t->r->a, &t->rows[t->count - 1], row, &t->columns);
        return;
    }
    if (t->count >= ROWS_MOST)
        return;
    t->rows = arena_grow(t->r->a, t->rows, sizeof *t->rows, &t->capacity, t->count + 1);
    t->rows[t->count++] = *row;
}

static const char *prefix_of(struct plan_reader *r, size_t i, int annex)
{
    const struct plan_item *item = &r->items[i];
    if (item->zone != ZONE_BODY || item->parent < 0)
        return annex > 1 ? arena_printf(r->a, "PL%d", annex) : "PL";
    return r->items[item->parent].path;
}

struct tables {
    struct plan_table reading;
    int annex;
    bool weak;        /* tables of goals are read */
    bool annex_began; /* "PHỤ LỤC" stands between this table and the one before */
    int between;      /* paragraphs since the last table */
    size_t item;
};

static void begin(struct tables *s, const struct plan_columns *c)
{
    struct plan_table *t = &s->reading;
    const struct plan_item *item = &t->r->items[s->item];
    bool near = s->between <= BETWEEN_MOST && t->parent == item->parent;
    bool goes_on = t->open && near && !s->annex_began && memcmp(c->of, t->columns.of, sizeof c->of) == 0;
    if (goes_on)
        return; /* the header printed again */
    plan_table_finish(t);
    s->between = 0;
    s->annex += item->zone != ZONE_BODY || item->parent < 0;
    t->columns = *c;
    t->open = true;
    t->parent = item->parent;
    t->prefix = prefix_of(t->r, s->item, s->annex);
    t->heading = item->parent < 0 ? NULL : t->r->items[item->parent].head;
    s->annex_began = false;
}

/* The table that goes on behind a page break, without its header. */
static bool continues(const struct tables *s, const struct plan_grid *g)
{
    const struct plan_table *t = &s->reading;
    if (!t->open || s->annex_began || g->columns != t->columns.count || s->between > BETWEEN_MOST)
        return false;
    struct plan_row row;
    for (int i = 0; i < g->rows && i < 3; i++) {
        plan_row_read(t->r->a, &t->r->items[s->item], g, i, &t->columns, &row);
        if (row.no != NULL || (row.title[0] != '\0' && row.filled > 0))
            return true;
    }
    return false;
}

static void read_table(struct tables *s)
{
    struct plan_table *t = &s->reading;
    const struct plan_item *item = &t->r->items[s->item];
    struct plan_grid g = plan_grid_of(t->r->a, item->table);
    struct plan_columns c;
    int first = g.columns < 2 ? 0 : plan_find_columns(t->r->a, &g, t->r->damaged, &c);
    if (first > 0 && c.weak != s->weak)
        return;
    if (first > 0)
        begin(s, &c);
    else if (!continues(s, &g))
        return;
    s->between = 0;
    for (int i = first; i < g.rows; i++) {
        struct plan_row row;
        if (i > first && plan_number_header(text_key(t->r->a, plan_grid_text(&g, i, 0)))) {
            int rows = plan_columns_at(t->r->a, &g, i, t->r->damaged, &c);
            if (rows > 0) {
                begin(s, &c);
                i += rows - 1;
                continue;
            }
        }
        plan_row_read(t->r->a, item, &g, i, &t->columns, &row);
        if (repeats_header(t->r->a, &row, &t->columns) || counts_columns(&row, &t->columns))
            continue;
        add_row(t, &row);
    }
}

/* "PHỤ LỤC II", "BIỂU SỐ 1": the head of the next annex. */
static bool opens_annex(const struct plan_item *item)
{
    return strncmp(item->loose, "phu iuc", 7) == 0 || strncmp(item->loose, "bieu so ", 8) == 0 || strncmp(item->loose, "bieu mau ", 9) == 0;
}

static void read_all(struct plan_reader *r, bool weak)
{
    struct tables *s = arena_alloc(r->a, sizeof *s);
    *s = (struct tables){ .reading = { .r = r }, .weak = weak };
    for (size_t i = 0; i < r->count; i++) {
        const struct plan_item *item = &r->items[i];
        if (item->table == NULL && item->zone == ZONE_ANNEX && opens_annex(item))
            s->annex_began = true;
        s->between += item->table == NULL;
        if (item->table == NULL || item->zone == ZONE_HEAD)
            continue;
        s->item = i;
        read_table(s);
    }
    plan_table_finish(&s->reading);
}

void plan_read_tables(struct plan_reader *r)
{
    read_all(r, false);
}

void plan_read_goals(struct plan_reader *r)
{
    read_all(r, true);
}
