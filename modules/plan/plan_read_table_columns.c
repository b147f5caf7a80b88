/* What the columns of a table hold, told by its header, whatever their order, merging and wording. */
#include "plan_table.h"
#include "platform/base/text.h"
#include <ctype.h>
#include <string.h>

enum { HEADER_ROWS_MOST = 12, HEADER_LONGEST = 70, HEADER_DEEPEST = 3, SAMPLE_ROWS = 12 };

bool plan_has_role(const struct plan_columns *c, enum plan_role role)
{
    for (int i = 0; i < c->count; i++)
        if (c->of[i] == role)
            return true;
    return false;
}

static void become(struct plan_columns *c, enum plan_role from, enum plan_role to)
{
    for (int i = 0; i < c->count; i++)
        if (c->of[i] == from)
            c->of[i] = to;
}

/* ---- reading the header's rows ---- */

static bool ends_a_time(const char *key)
{
    return plan_words_in(key, "hoan thanh") || plan_words_in(key, "thoi han") || plan_words_in(key, "han") || plan_words_in(key, "ket thuc");
}

/* A header's words without the number of the column: "STT (1)". */
static const char *header_text(struct arena *a, const struct plan_grid *g, int row, int column)
{
    char *text = text_squeeze(a, plan_grid_text(g, row, column));
    size_t length = strlen(text);
    bool counted = length > 3 && text[length - 1] == ')' && isdigit((unsigned char)text[length - 2]) && strchr(text, '(') != NULL;
    if (counted && strrchr(text, '(') + 3 >= text + length - 1)
        *strrchr(text, '(') = '\0';
    return text_trim(a, text);
}

/* One row of the header. under: the row above is a header already, and this row may say more. */
static int read_header_row(struct arena *a, const struct plan_grid *g, int row, bool damaged, bool under, struct plan_columns *c)
{
    int named = 0;
    for (int column = 0; column < c->count; column++) {
        const char *text = header_text(a, g, row, column);
        if (text[0] == '\0' || (under && plan_grid_cell(g, row, column) == plan_grid_cell(g, row - 1, column)))
            continue;
        const char *key = text_key(a, text);
        enum plan_role role = plan_role_of(a, text, key, damaged);
        bool within_time = under && (c->of[column] == ROLE_TIME || c->of[column] == ROLE_OTHER);
        if (role == ROLE_MEASURE && within_time && plan_names_year(key))
            role = ROLE_MARKED; /* years under "Thời gian thực hiện" */
        if (under && c->of[column] == ROLE_BUDGET)
            role = ROLE_BUDGET;
        if (under && role == ROLE_NONE)
            role = c->of[column];
        c->above_key[column] = under && c->key[column] != NULL && c->key[column][0] != '\0' ? c->key[column] : key;
        c->of[column] = role;
        c->name[column] = text;
        c->key[column] = key;
        c->completes[column] = ends_a_time(key) || (under && c->completes[column] && role == ROLE_TIME);
        named += role != ROLE_NONE;
    }
    return named;
}

/* Does the row below still belong to the header? It then says nothing about the number and the task. */
static bool goes_on_below(struct arena *a, const struct plan_grid *g, int row, bool damaged, const struct plan_columns *c)
{
    int said = 0, named = 0;
    bool merged = false;
    if (row >= g->rows)
        return false;
    for (int column = 0; column < c->count; column++) {
        const struct cell_box *cell = plan_grid_cell(g, row, column), *up = plan_grid_cell(g, row - 1, column);
        merged = merged || (up != NULL && up->column_span > 1 && up->column_span < g->columns);
        const char *text = header_text(a, g, row, column);
        if (text[0] == '\0' || cell == up)
            continue;
        const char *key = text_key(a, text);
        said++;
        named += plan_role_of(a, text, key, damaged) != ROLE_NONE || (c->of[column] != ROLE_NONE && text_length(text) < HEADER_LONGEST / 2);
        if (c->of[column] == ROLE_NUMBER || (c->of[column] == ROLE_TITLE && !merged && up != NULL && up->column_span == 1))
            return false;
    }
    return said > 0 && (named == said || (merged && named * 2 >= said));
}

/* ---- a header of two rows whose merging was lost: its second row moved to the left ---- */

enum family { FAMILY_NONE, FAMILY_UNITS, FAMILY_TIMES };

static enum family family_of(enum plan_role role)
{
    if (role >= ROLE_LEAD && role <= ROLE_BOTH)
        return FAMILY_UNITS;
    return role >= ROLE_TIME && role <= ROLE_FREQUENCY ? FAMILY_TIMES : FAMILY_NONE;
}

struct header_cell {
    const char *text, *key;
    enum plan_role role;
};

/* The texts of a row without gap from its left; -1: it has gaps or merged cells. */
static int left_cells(struct arena *a, const struct plan_grid *g, int row, bool damaged, struct header_cell *cells)
{
    int count = 0;
    bool ended = false;
    for (int column = 0; column < g->columns; column++) {
        const struct cell_box *cell = plan_grid_cell(g, row, column);
        bool to_end = cell != NULL && cell->column + cell->column_span >= g->columns; /* a short row, filled up by its last cell */
        if (cell != NULL && ((cell->column_span > 1 && !to_end) || cell->row_span > 1))
            return -1;
        const char *text = cell != NULL && cell->column < column ? "" : header_text(a, g, row, column);
        if (text[0] != '\0' && ended)
            return -1;
        ended = ended || text[0] == '\0';
        if (ended)
            continue;
        const char *key = text_key(a, text);
        cells[count++] = (struct header_cell){ text, key, plan_role_of(a, text, key, damaged) };
    }
    return count;
}

/* "Đơn vị thực hiện" in the first row takes "Chủ trì", "Phối hợp" of the second, when all columns are named so. */
static bool spread_header(struct arena *a, const struct plan_grid *g, int row, bool damaged, struct plan_columns *c)
{
    struct header_cell top[TABLE_COLUMNS_MOST], below[TABLE_COLUMNS_MOST];
    int tops = left_cells(a, g, row, damaged, top), belows = row + 1 < g->rows ? left_cells(a, g, row + 1, damaged, below) : -1;
    if (tops < 3 || belows < 2 || tops >= g->columns)
        return false;
    int column = 0, used = 0;
    for (int i = 0; i < tops; i++) {
        enum family family = family_of(top[i].role);
        bool parent = used < belows && family != FAMILY_NONE && family_of(below[used].role) == family;
        int last = used;
        while (parent && last < belows && (last == used || family_of(below[last].role) == family || below[last].role == ROLE_NONE))
            last++;
        for (int k = used; k < (parent ? last : used + 1); k++, column++) {
            const struct header_cell *own = parent ? &below[k] : &top[i];
            if (column >= c->count)
                return false;
            c->of[column] = own->role == ROLE_NONE ? top[i].role : own->role;
            c->name[column] = own->text;
            c->key[column] = own->key;
            c->above_key[column] = top[i].key;
            c->completes[column] = ends_a_time(own->key) || (parent && ends_a_time(top[i].key));
        }
        used = last;
    }
    return used == belows && column == c->count;
}

static void clear(struct plan_columns *c, int count)
{
    *c = (struct plan_columns){ .count = count };
    for (int i = 0; i < count; i++)
        c->name[i] = c->key[i] = c->above_key[i] = "";
}

/* ---- settling what may mean one thing or another ---- */

static void settle_leads(struct plan_columns *c)
{
    if (!plan_has_role(c, ROLE_LEAD) && !plan_has_role(c, ROLE_BOTH)) {
        enum plan_role next = plan_has_role(c, ROLE_PERSON) ? ROLE_PERSON : plan_has_role(c, ROLE_UNIT) ? ROLE_UNIT : ROLE_LEADER;
        become(c, next, ROLE_LEAD);
    }
    become(c, ROLE_PERSON, ROLE_OTHER);
    become(c, ROLE_LEADER, ROLE_OTHER);
    become(c, ROLE_UNIT, ROLE_OTHER);
    bool leads = false;
    for (int i = 0; i < c->count; i++)
        leads = leads || (c->of[i] == ROLE_LEAD && plan_words_in(c->key[i], "chu tri"));
    for (int i = 0; i < c->count && leads && !plan_has_role(c, ROLE_PARTNER); i++)
        if (c->of[i] == ROLE_LEAD && !plan_words_in(c->key[i], "chu tri") && !plan_words_in(c->above_key[i], "chu tri"))
            c->of[i] = ROLE_PARTNER; /* "Đơn vị chủ trì" beside "Đơn vị thực hiện" */
}

static void settle_times(struct plan_columns *c)
{
    if (plan_has_role(c, ROLE_START) && !plan_has_role(c, ROLE_END)) {
        int end = -1;
        for (int i = 0; i < c->count; i++)
            if (c->of[i] == ROLE_TIME && c->completes[i])
                end = i;
        if (end >= 0)
            c->of[end] = ROLE_END;
        else
            become(c, ROLE_START, ROLE_TIME);
    }
    if (!plan_has_role(c, ROLE_START))
        become(c, ROLE_END, ROLE_TIME);
}

static bool surely_products(const char *key)
{
    return plan_words_in(key, "san pham") || plan_words_in(key, "dau ra");
}

/* Of several columns of products the one that says so; "Kết quả thực hiện" beside it is for the report. */
static void settle_products(struct plan_columns *c)
{
    int best = -1;
    for (int i = 0; i < c->count; i++)
        if (c->of[i] == ROLE_PRODUCT && (best < 0 || (surely_products(c->key[i]) && !surely_products(c->key[best]))))
            best = i;
    for (int i = 0; i < c->count; i++)
        if (c->of[i] == ROLE_PRODUCT && i != best && strcmp(c->above_key[i], c->above_key[best]) != 0)
            c->of[i] = ROLE_OTHER;
}

static int first_of(const struct plan_columns *c, enum plan_role role)
{
    for (int i = 0; i < c->count; i++)
        if (c->of[i] == role)
            return i;
    return -1;
}

static bool any_duty(const struct plan_columns *c)
{
    return plan_has_role(c, ROLE_LEAD) || plan_has_role(c, ROLE_PARTNER) || plan_has_role(c, ROLE_BOTH);
}

static bool any_time(const struct plan_columns *c)
{
    return plan_has_role(c, ROLE_TIME) || plan_has_role(c, ROLE_FREQUENCY) || plan_has_role(c, ROLE_START) || plan_has_role(c, ROLE_MARKED);
}

static void settle_title(struct plan_columns *c)
{
    if (!plan_has_role(c, ROLE_TITLE) && plan_has_role(c, ROLE_TITLE_PRODUCT))
        c->of[first_of(c, ROLE_TITLE_PRODUCT)] = ROLE_TITLE;
    become(c, ROLE_TITLE_PRODUCT, plan_has_role(c, ROLE_PRODUCT) ? ROLE_OTHER : ROLE_PRODUCT);
    if (!plan_has_role(c, ROLE_TITLE) && !plan_has_role(c, ROLE_GOAL) && plan_has_role(c, ROLE_GROUP))
        c->of[first_of(c, ROLE_GROUP)] = ROLE_TITLE;
    if (!plan_has_role(c, ROLE_TITLE) && plan_has_role(c, ROLE_GOAL)) {
        c->of[first_of(c, ROLE_GOAL)] = ROLE_TITLE;
        c->weak = true;
    }
    bool named = plan_has_role(c, ROLE_NUMBER) || plan_has_role(c, ROLE_PARTNER) || plan_has_role(c, ROLE_PRODUCT);
    bool two = named && any_duty(c) && (any_time(c) || plan_has_role(c, ROLE_PARTNER) || plan_has_role(c, ROLE_PRODUCT));
    if (!plan_has_role(c, ROLE_TITLE) && two) { /* a column without a name, or products alone beside units and times */
        int column = first_of(c, ROLE_NONE);
        column = column >= 0 ? column : first_of(c, ROLE_PRODUCT);
        if (column >= 0)
            c->of[column] = ROLE_TITLE;
    }
    int title = first_of(c, ROLE_TITLE);
    for (int i = 0; i < c->count; i++)
        if (c->of[i] == ROLE_GOAL)
            c->of[i] = i < title ? ROLE_GROUP : plan_has_role(c, ROLE_PRODUCT) ? ROLE_OTHER : ROLE_PRODUCT;
}

/* Are these the columns of a table of tasks? */
static bool acceptable(const struct plan_columns *c)
{
    int contacts_seen = 0, measures_seen = 0;
    for (int i = 0; i < c->count; i++) {
        contacts_seen += c->of[i] == ROLE_CONTACT;
        measures_seen += c->of[i] == ROLE_MEASURE;
    }
    if (!plan_has_role(c, ROLE_TITLE) || contacts_seen > 1 || (!any_duty(c) && !any_time(c)))
        return false;
    if (c->weak)
        return measures_seen == 0 && any_duty(c) && (any_time(c) || plan_has_role(c, ROLE_PRODUCT));
    if (plan_has_role(c, ROLE_MONEY) || measures_seen > 1)
        return any_duty(c) && any_time(c);
    return true;
}

/* "7h30", "08:00 - 08:15", "9 giờ": the agenda of a meeting. */
static bool is_agenda(struct arena *a, const struct plan_grid *g, int first, const struct plan_columns *c)
{
    int column = first_of(c, ROLE_TIME), hours = 0, said = 0;
    for (int row = first; column >= 0 && row < g->rows && said < SAMPLE_ROWS; row++) {
        const char *text = text_fold(a, plan_grid_text(g, row, column));
        size_t digits = strspn(text, "0123456789");
        if (text[0] == '\0')
            continue;
        said++;
        const char *rest = text + digits + strspn(text + digits, " ");
        hours += digits > 0 && digits < 3 && (*rest == ':' || text_starts(rest, "gio") || (*rest == 'h' && !isalpha((unsigned char)rest[1])));
    }
    return said > 0 && hours * 2 > said;
}

/* Of two columns of tasks ("Nhiệm vụ", "Nội dung cụ thể") the first is the group where its cells cover several rows. */
static void settle_two_titles(const struct plan_grid *g, int first, struct plan_columns *c)
{
    int one = first_of(c, ROLE_TITLE), two = -1;
    for (int i = one + 1; i < c->count && one >= 0 && two < 0; i++)
        if (c->of[i] == ROLE_TITLE && strcmp(c->above_key[i], c->above_key[one]) != 0)
            two = i;
    if (two < 0)
        return;
    int firsts = 0, seconds = 0;
    for (int row = first; row < g->rows; row++) {
        const struct cell_box *left = plan_grid_cell(g, row, one), *right = plan_grid_cell(g, row, two);
        firsts += left != NULL && left->row == row && left != right && plan_grid_text(g, row, one)[0] != '\0';
        seconds += right != NULL && right->row == row && left != right && plan_grid_text(g, row, two)[0] != '\0';
    }
    c->of[seconds > firsts ? one : two] = seconds > firsts ? ROLE_GROUP : ROLE_OTHER;
    for (int i = two + 1; i < c->count; i++)
        if (c->of[i] == ROLE_TITLE && strcmp(c->above_key[i], c->above_key[two]) != 0)
            c->of[i] = ROLE_OTHER;
}

/* Settles the roles; 0 when these are not the columns of tasks. */
static int settle(struct arena *a, const struct plan_grid *g, int row, int rows, struct plan_columns *c)
{
    settle_leads(c);
    settle_times(c);
    settle_title(c);
    settle_products(c);
    if (!acceptable(c) || is_agenda(a, g, row + rows, c))
        return 0;
    settle_two_titles(g, row + rows, c);
    return rows;
}

int plan_columns_at(struct arena *a, const struct plan_grid *g, int row, bool damaged, struct plan_columns *c)
{
    clear(c, g->columns);
    if (spread_header(a, g, row, damaged, c))
        return settle(a, g, row, 2, c);
    clear(c, g->columns);
    int said = 0, named = read_header_row(a, g, row, damaged, false, c);
    for (int column = 0; column < c->count; column++) {
        said += c->key[column][0] != '\0';
        if (strspn(c->key[column], "0123456789 ") == strlen(c->key[column]) && c->key[column][0] != '\0')
            return 0; /* a row of figures or tasks */
    }
    if (named < 2 || named * 2 < said)
        return 0;
    int rows = 1;
    while (rows < HEADER_DEEPEST && goes_on_below(a, g, row + rows, damaged, c))
        read_header_row(a, g, row + rows++, damaged, true, c);
    return settle(a, g, row, rows, c);
}

int plan_find_columns(struct arena *a, const struct plan_grid *g, bool damaged, struct plan_columns *c)
{
    for (int row = 0; row < g->rows && row < HEADER_ROWS_MOST; row++) {
        int rows = plan_columns_at(a, g, row, damaged, c);
        if (rows > 0)
            return row + rows;
    }
    return 0;
}

bool plan_table_header(struct plan_reader *r, const struct block *table)
{
    struct plan_grid g = plan_grid_of(r->a, table);
    struct plan_columns c;
    return g.columns >= 2 && plan_find_columns(r->a, &g, r->damaged, &c) > 0;
}
