/* Tasks written as rows of a table, also over page breaks, with merged, repeated and empty cells. */
#include "modules/document/document_fold.h"
#include "plan_mark.h"
#include "plan_parts.h"
#include "platform/base/text.h"
#include <ctype.h>
#include <string.h>

enum { COLUMNS_MOST = 24, HEADER_ROWS_MOST = 5 };

/* A table opened out: the cell that covers each place, merged ones in all of theirs. */
struct grid {
    const struct block *table;
    int rows, columns;
    const struct cell_box **cells; /* rows * columns; NULL: none */
};

struct columns {
    enum plan_label of[COLUMNS_MOST];
    bool completes[COLUMNS_MOST];
    int count;
};

struct table_reading {
    struct plan_reader *r;
    struct columns columns;
    const char *prefix; /* "PL", "PL2", "III" */
    int row;            /* rows without a number of their own so far */
    const char *group, *group_no;
    struct plan_task above; /* the last task row */
    const char *above_no;
    const char *frequency;
    bool any;
};

static struct grid open_out(struct arena *a, const struct block *table)
{
    struct grid g = { .table = table, .rows = table->rows, .columns = table->columns > COLUMNS_MOST ? COLUMNS_MOST : table->columns };
    g.cells = arena_array(a, (size_t)g.rows * (size_t)g.columns + 1, sizeof *g.cells);
    for (size_t k = 0; k < table->cell_count; k++) {
        const struct cell_box *cell = &table->cells[k];
        for (int row = cell->row; row < cell->row + cell->row_span && row < g.rows; row++)
            for (int column = cell->column; column < cell->column + cell->column_span && column < g.columns; column++)
                if (row >= 0 && column >= 0 && g.cells[row * g.columns + column] == NULL)
                    g.cells[row * g.columns + column] = cell;
    }
    return g;
}

static const struct cell_box *cell_at(const struct grid *g, int row, int column)
{
    return row < g->rows && column < g->columns ? g->cells[row * g->columns + column] : NULL;
}

static const char *cell_text(struct arena *a, const struct cell_box *cell)
{
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    for (size_t i = 0; cell != NULL && i < cell->block_count; i++) {
        const struct block *block = &cell->blocks[i];
        if (text_blank(block->text))
            continue;
        buffer_printf(&b, "%s%s%s%s", b.length > 0 ? "\n" : "", text_blank(block->mark) ? "" : block->mark,
                      text_blank(block->mark) ? "" : " ", block->text);
    }
    return text_trim(a, b.text);
}

static const char *one_line(struct arena *a, const char *text)
{
    return text_squeeze(a, text);
}

/* Reads a header of one or two rows; the last that names a column decides. Returns its rows, 0: no header of tasks. */
static int read_header(struct arena *a, const struct grid *g, int row, bool damaged, struct columns *c)
{
    *c = (struct columns){ .count = g->columns };
    bool spans = false;
    int titles = 0, others = 0;
    for (int column = 0; column < g->columns; column++) {
        const struct cell_box *cell = cell_at(g, row, column);
        const char *text = one_line(a, cell_text(a, cell));
        spans = spans || (cell != NULL && cell->column_span > 1 && cell->column_span < g->columns);
        c->of[column] = text_length(text) > 60 ? LABEL_NONE : plan_label_of(a, text, strlen(text), damaged, true);
        char *key = text_key(a, text);
        c->completes[column] = strstr(key, "hoan thanh") != NULL || strstr(key, "thoi han") != NULL;
        titles += c->of[column] == LABEL_TITLE;
        others += c->of[column] == LABEL_LEAD || c->of[column] == LABEL_PARTNER || c->of[column] == LABEL_BOTH || c->of[column] == LABEL_TIME ||
                  c->of[column] == LABEL_PRODUCT || c->of[column] == LABEL_FREQUENCY;
    }
    if (titles == 0 && others >= 2) { /* "Hoạt động/sản phẩm" alone beside the units: it is what is done */
        for (int column = 0; column < g->columns && titles == 0; column++)
            if (c->of[column] == LABEL_PRODUCT || c->of[column] == LABEL_NONE)
                c->of[column] = LABEL_TITLE, titles++;
    }
    if (titles == 0 || others == 0)
        return 0;
    for (int column = 0, seen = 0; column < g->columns; column++) /* of two task columns the first is the task */
        if (c->of[column] == LABEL_TITLE && seen++ > 0 && cell_at(g, row, column) != cell_at(g, row, column - 1))
            c->of[column] = LABEL_OTHER;
    if (!spans || row + 1 >= g->rows)
        return 1;
    for (int column = 0; column < g->columns; column++) {
        const struct cell_box *cell = cell_at(g, row + 1, column);
        if (cell == NULL || cell == cell_at(g, row, column))
            continue;
        const char *text = one_line(a, cell_text(a, cell));
        enum plan_label label = text_length(text) > 60 ? LABEL_NONE : plan_label_of(a, text, strlen(text), damaged, true);
        c->of[column] = label != LABEL_NONE ? label : c->of[column];
    }
    return 2;
}

static int find_header(struct arena *a, const struct grid *g, bool damaged, struct columns *c)
{
    for (int row = 0; row < g->rows && row < HEADER_ROWS_MOST; row++) {
        int rows = read_header(a, g, row, damaged, c);
        if (rows > 0)
            return row + rows;
    }
    return 0;
}

bool plan_table_header(struct plan_reader *r, const struct block *table)
{
    struct grid g = open_out(r->a, table);
    struct columns c;
    return g.columns >= 2 && find_header(r->a, &g, r->damaged, &c) > 0;
}

static bool repeats_header(struct arena *a, const struct grid *g, int row, const struct columns *c)
{
    struct columns again;
    return read_header(a, g, row, false, &again) > 0 && memcmp(again.of, c->of, sizeof again.of) == 0;
}

/* ---- one row ---- */

struct row {
    const char *no;    /* "4.1"; NULL none */
    bool roman;        /* numbered as a group: I, A */
    struct plan_task task;
    const char *frequency;
    bool completes;
    bool banner;       /* one cell over the whole width */
    int filled;        /* columns with text, number and title aside */
};

static const char *row_number(struct arena *a, const char *text, bool *roman)
{
    const char *at = text;
    size_t length = strcspn(at, " \n\t");
    while (length > 0 && strchr(".)/", at[length - 1]) != NULL)
        length--;
    if (length == 0 || length > 8)
        return NULL;
    *roman = !isdigit((unsigned char)at[0]);
    return arena_copy_n(a, at, length);
}

static struct plan_place place_of_cell(const struct plan_item *item, const struct cell_box *cell)
{
    struct plan_place place = item->place;
    const struct place *p = &cell->place;
    if (p->from == 0 && cell->block_count > 0)
        p = &cell->blocks[0].place;
    if (p->page != 0)
        place.page = p->page;
    if (p->from != 0) {
        place.from = p->from;
        place.to = p->to;
    }
    return place;
}

static void put_cell(struct table_reading *t, const struct plan_item *item, const struct grid *g, int row, int column, struct row *out)
{
    struct arena *a = t->r->a;
    const struct cell_box *cell = cell_at(g, row, column);
    if (cell == NULL || (column > 0 && cell == cell_at(g, row, column - 1) && t->columns.of[column] == t->columns.of[column - 1]))
        return;
    const char *text = cell_text(a, cell);
    if (text[0] == '\0')
        return;
    double sure = t->r->damaged ? 0.6 : 0.95;
    enum plan_field field = PLAN_FIELDS;
    struct plan_task *k = &out->task;
    switch (t->columns.of[column]) {
    case LABEL_NUMBER:
        out->no = row_number(a, text, &out->roman);
        return;
    case LABEL_TITLE:
        field = PLAN_TITLE;
        if (k->title == NULL)
            k->title = one_line(a, text);
        break;
    case LABEL_BOTH: case LABEL_LEAD: case LABEL_DOES:
        field = PLAN_LEADS;
        plan_roles_add(a, text, &k->leads, &k->partners);
        break;
    case LABEL_PARTNER:
        field = PLAN_PARTNERS;
        plan_units_add(a, &k->partners, text);
        break;
    case LABEL_TIME:
        field = PLAN_TIME;
        k->time_raw = plan_tidy(a, text);
        out->completes = t->columns.completes[column];
        break;
    case LABEL_FREQUENCY:
        field = PLAN_TIME;
        out->frequency = plan_tidy(a, text);
        break;
    case LABEL_PRODUCT:
        field = PLAN_PRODUCTS;
        plan_products_add(a, &k->products, text);
        break;
    case LABEL_BUDGET:
        field = PLAN_BUDGET;
        k->budget = plan_tidy(a, text);
        break;
    default:
        return;
    }
    out->filled += field != PLAN_TITLE;
    k->places[field] = place_of_cell(item, cell);
    k->sure[field] = sure;
    if (field != PLAN_TITLE && cell->row < row) /* a merged cell that began above */
        k->inherited |= 1u << field;
}

static bool is_banner(const struct grid *g, int row)
{
    const struct cell_box *first = cell_at(g, row, 0);
    int same = 0;
    for (int column = 0; column < g->columns; column++)
        same += cell_at(g, row, column) == first;
    return first != NULL && g->columns > 2 && (same == g->columns || (cell_at(g, row, 1) != NULL && cell_at(g, row, 1)->column_span >= g->columns - 1));
}

static struct row read_row(struct table_reading *t, const struct plan_item *item, const struct grid *g, int row)
{
    struct row out = { .task = { .time = { .kind = PLAN_NO_TIME } }, .banner = is_banner(g, row) };
    if (out.banner) {
        const struct cell_box *cell = cell_at(g, row, cell_at(g, row, 0)->column_span >= g->columns ? 0 : 1);
        struct plan_mark_read m = plan_mark_of(t->r->a, one_line(t->r->a, cell_text(t->r->a, cell)));
        out.task.title = m.text;
        out.no = m.no;
        return out;
    }
    for (int column = 0; column < g->columns && column < t->columns.count; column++)
        put_cell(t, item, g, row, column, &out);
    const struct cell_box *title = NULL;
    for (int column = 0; column < g->columns && title == NULL; column++)
        if (t->columns.of[column] == LABEL_TITLE)
            title = cell_at(g, row, column);
    if (title != NULL)
        out.task.place = place_of_cell(item, title);
    if (out.no == NULL && out.task.title != NULL) { /* the number stands in the title's cell */
        struct plan_mark_read m = plan_mark_of(t->r->a, out.task.title);
        if (m.no != NULL) {
            out.no = m.no;
            out.roman = plan_top_level(m.mark);
        }
        if (m.mark != MARK_NONE)
            out.task.title = m.text;
    }
    return out;
}

/* ---- what a row means ---- */

static bool is_below(const char *no, const char *above)
{
    if (no == NULL || above == NULL)
        return false;
    size_t length = strlen(above);
    return strncmp(no, above, length) == 0 && no[length] == '.';
}

static bool same_branch(const char *a, const char *b)
{
    const char *x = a != NULL ? strrchr(a, '.') : NULL;
    const char *y = b != NULL ? strrchr(b, '.') : NULL;
    return x != NULL && y != NULL && x - a == y - b && strncmp(a, b, (size_t)(x - a)) == 0;
}

/* Fields of an empty cell below a filled one: the printed cell was merged, or left out as "the same". */
static void fill_down(struct table_reading *t, struct row *row)
{
    struct plan_task *k = &row->task;
    const struct plan_task *up = &t->above;
    bool sub = same_branch(row->no, t->above_no);
    bool bare = k->leads.count == 0 && k->time_raw == NULL && row->frequency == NULL;
    if (!t->any || (!sub && !bare))
        return;
    for (int field = PLAN_LEADS; field <= PLAN_PRODUCTS; field++) {
        if (k->sure[field] > 0 || up->sure[field] == 0)
            continue;
        if (field == PLAN_LEADS)
            k->leads = up->leads;
        else if (field == PLAN_PARTNERS)
            k->partners = up->partners;
        else if (field == PLAN_PRODUCTS)
            k->products = up->products;
        else {
            k->time_raw = up->time_raw;
            row->frequency = t->frequency;
        }
        k->inherited |= 1u << field;
        k->places[field] = up->places[field];
        k->sure[field] = up->sure[field] * (sub ? 0.85 : 0.7);
    }
}

static void keep_row(struct table_reading *t, struct row *row)
{
    struct plan_reader *r = t->r;
    struct plan_task *k = &row->task;
    fill_down(t, row);
    t->row++;
    const char *own = row->no != NULL ? row->no : arena_printf(r->a, "%d", t->row);
    k->no = arena_printf(r->a, "%s.%s", t->prefix, own);
    for (size_t i = 0; i < r->out->task_count && t->group_no != NULL; i++)
        if (strcmp(r->out->tasks[i].no, k->no) == 0) { /* numbered anew in each group */
            k->no = arena_printf(r->a, "%s.%s.%s", t->prefix, t->group_no, own);
            break;
        }
    k->group = t->group;
    const char *raw = k->time_raw;
    k->time = plan_time_of(r->a, raw, row->frequency, r->out->year, row->completes);
    t->above = *k;
    t->above_no = row->no;
    t->frequency = row->frequency;
    t->any = true;
    if (row->frequency != NULL)
        k->time_raw = raw == NULL ? row->frequency : arena_printf(r->a, "%s; %s", row->frequency, raw);
    if (k->time_raw != NULL && k->time.kind == PLAN_NO_TIME)
        k->sure[PLAN_TIME] = 0.3;
    *plan_task_add(r) = *k;
}

/* A row that only names those below it. */
static bool is_group(const struct row *row, const struct row *next)
{
    if (row->banner)
        return true;
    if (row->filled > 0)
        return next != NULL && is_below(next->no, row->no) && row->task.leads.count == 0 && row->task.time_raw == NULL && next->filled > 0;
    return row->roman || (next != NULL && is_below(next->no, row->no));
}

static bool same_row_again(const struct row *row)
{
    return row->task.title == NULL || row->task.title[0] == '\0';
}

/* A row whose title only goes on, cut by a page break: no number, nothing else filled, small letter. */
static bool goes_on(const struct row *row)
{
    int32_t rune = 0;
    text_next(row->task.title, &rune);
    return row->no == NULL && row->filled == 0 && rune >= 'a' && rune <= 'z';
}

static void read_rows(struct table_reading *t, const struct plan_item *item, const struct grid *g, int first)
{
    struct row *rows = arena_array(t->r->a, (size_t)g->rows + 1, sizeof *rows);
    int count = 0;
    for (int row = first; row < g->rows; row++) {
        if (repeats_header(t->r->a, g, row, &t->columns))
            continue;
        struct row found = read_row(t, item, g, row);
        if (same_row_again(&found))
            continue;
        if (count > 0 && goes_on(&found)) {
            rows[count - 1].task.title = arena_printf(t->r->a, "%s %s", rows[count - 1].task.title, found.task.title);
            continue;
        }
        rows[count++] = found;
    }
    for (int i = 0; i < count; i++) {
        const struct row *next = i + 1 < count ? &rows[i + 1] : NULL;
        if (is_group(&rows[i], next)) {
            t->group = rows[i].task.title;
            t->group_no = rows[i].no;
            t->any = false;
            continue;
        }
        if (t->group_no != NULL && strchr("0123456789", t->group_no[0]) != NULL && rows[i].no != NULL && !is_below(rows[i].no, t->group_no))
            t->group = t->group_no = NULL; /* row 5 after the rows of 4 */
        keep_row(t, &rows[i]);
    }
}

static const char *prefix_of(struct plan_reader *r, size_t i, int annex)
{
    const struct plan_item *item = &r->items[i];
    if (item->zone != ZONE_BODY || item->parent < 0)
        return annex > 1 ? arena_printf(r->a, "PL%d", annex) : "PL";
    return r->items[item->parent].path;
}

static bool all_labels_number(const struct grid *g, int row, struct arena *a)
{
    bool roman = false;
    const char *text = cell_text(a, cell_at(g, row, 0));
    return row_number(a, text, &roman) != NULL;
}

void plan_read_tables(struct plan_reader *r)
{
    struct table_reading *t = arena_alloc(r->a, sizeof *t);
    t->r = r;
    int annex = 0;
    const char *annex_title = "";
    for (size_t i = 0; i < r->count; i++) {
        const struct plan_item *item = &r->items[i];
        if (item->zone == ZONE_ANNEX && item->table == NULL && strncmp(item->loose, "phu iuc", 7) == 0)
            annex_title = item->text;
        if (item->table == NULL || item->zone == ZONE_HEAD)
            continue;
        struct grid g = open_out(r->a, item->table);
        struct columns c;
        int first = find_header(r->a, &g, r->damaged, &c);
        if (first > 0 && (t->prefix == NULL || memcmp(c.of, t->columns.of, sizeof c.of) != 0 || annex_title[0] != '\0')) {
            annex += item->zone != ZONE_BODY || item->parent < 0;
            *t = (struct table_reading){ .r = r, .columns = c, .prefix = prefix_of(r, i, annex) };
            annex_title = "";
        } else if (first == 0 && (t->prefix == NULL || g.columns != t->columns.count || !all_labels_number(&g, 0, r->a))) {
            continue; /* another kind of table */
        }
        read_rows(t, item, &g, first);
    }
}
