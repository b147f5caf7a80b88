/* One row of a task table: its number, its title and what its cells say. */
#include "modules/document/document_fold.h"
#include "plan_mark.h"
#include "plan_table.h"
#include "platform/base/text.h"
#include <ctype.h>
#include <string.h>
#include <utf8proc.h>

enum { NUMBER_LONGEST = 10, MARK_LONGEST = 4 };

/* ---- numbers ---- */

static bool is_roman(const char *text, size_t length)
{
    return length > 0 && length <= 6 && strspn(text, "IVX") >= length;
}

/* Rank of a bare number as it stands in its own cell: "II", "4.1", "a", "I.2". */
static enum plan_rank rank_of(const char *no)
{
    size_t parts = 1, first = strcspn(no, ".");
    for (const char *at = no; *at != '\0'; at++)
        parts += *at == '.';
    if (isdigit((unsigned char)no[0]))
        return parts == 1 ? RANK_NUMBER : parts == 2 ? RANK_NUMBER2 : RANK_NUMBER3;
    bool roman = is_roman(no, first);
    if (roman || (first == 1 && isupper((unsigned char)no[0])))
        return parts == 2 ? RANK_NUMBER : parts == 3 ? RANK_NUMBER2 : parts > 3 ? RANK_NUMBER3 : roman ? RANK_ROMAN : RANK_UPPER;
    return RANK_LETTER;
}

static bool is_bullet_text(const char *text)
{
    return text[0] != '\0' && strspn(text, "-+*. ") == strlen(text) && strpbrk(text, "-+*") != NULL;
}

/* The number in a cell of its own: "1.", "(2)", "4.1", "II", "b)". NULL: it is none. */
static const char *number_of(struct arena *a, const char *text, enum plan_rank *rank)
{
    text += strspn(text, "( ");
    size_t length = strlen(text);
    while (length > 0 && strchr(".)/:, ", text[length - 1]) != NULL)
        length--;
    if (length == 0 || length > NUMBER_LONGEST)
        return NULL;
    for (size_t i = 0; i < length; i++)
        if (!isalnum((unsigned char)text[i]) && text[i] != '.' && !((unsigned char)text[i] >= 0x80 && length == 2))
            return NULL;
    bool word = !isdigit((unsigned char)text[0]) && strcspn(text, ".)/: ") > 1 && !is_roman(text, strcspn(text, ".)/: ")) && length != 2;
    if (word)
        return NULL;
    const char *no = arena_copy_n(a, text, length);
    *rank = rank_of(no);
    return no;
}

static enum plan_rank rank_of_mark(enum plan_mark mark)
{
    switch (mark) {
    case MARK_PART: return RANK_PART;
    case MARK_UPPER: return RANK_UPPER;
    case MARK_ROMAN: return RANK_ROMAN;
    case MARK_NUMBER: case MARK_CLOSED: case MARK_PAREN: return RANK_NUMBER;
    case MARK_NUMBER2: return RANK_NUMBER2;
    case MARK_NUMBER3: return RANK_NUMBER3;
    case MARK_LETTER: return RANK_LETTER;
    case MARK_DASH: case MARK_PLUS: case MARK_DOT: return RANK_BULLET;
    default: return RANK_NONE;
    }
}

static bool in_capitals(const char *text)
{
    int upper = 0;
    for (int32_t rune; *text != '\0';) {
        text = text_next(text, &rune);
        utf8proc_category_t k = utf8proc_category(rune);
        if (k == UTF8PROC_CATEGORY_LL)
            return false;
        upper += k == UTF8PROC_CATEGORY_LU;
    }
    return upper > 3;
}

/* ---- from the grid ---- */

/* Does the cell cover the task's column and one of those that say who and when? Then it is no task's title. */
static bool covers_fields(const struct plan_grid *g, int row, const struct cell_box *cell, const struct plan_columns *c)
{
    bool title = false, field = false;
    for (int column = cell->column; column < cell->column + cell->column_span && column < c->count; column++) {
        title = title || c->of[column] == ROLE_TITLE;
        field = field || (c->of[column] >= ROLE_LEAD && c->of[column] <= ROLE_PRODUCT);
    }
    return cell->row == row && title && field && g->columns > 2;
}

/* The row is one text over its columns, beside its number at most, or a lone text where no title stands. */
static const char *banner_text(const struct plan_grid *g, int row, const struct plan_columns *c)
{
    const char *lone = NULL;
    const struct cell_box *wide = NULL;
    int texts = 0, at = 0;
    for (int column = 0; column < g->columns && column < c->count; column++) {
        const struct cell_box *cell = plan_grid_cell(g, row, column);
        const char *text = plan_grid_text(g, row, column);
        if (text[0] == '\0' || (column > 0 && cell == plan_grid_cell(g, row, column - 1)) || cell == NULL || cell->row < row)
            continue;
        if (c->of[column] == ROLE_NUMBER && cell->column_span == 1 && strlen(text) <= NUMBER_LONGEST)
            continue;
        texts++;
        lone = text;
        at = column;
        wide = covers_fields(g, row, cell, c) ? cell : wide;
    }
    return texts == 1 && (wide != NULL || c->of[at] == ROLE_NUMBER) ? lone : NULL;
}

static void take_title(struct arena *a, const struct plan_columns *c, struct plan_row *out)
{
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    for (int column = 0; column < c->count; column++)
        if (c->of[column] == ROLE_TITLE && out->texts[column][0] != '\0' && (column == 0 || out->cells[column] != out->cells[column - 1]))
            buffer_printf(&b, "%s%s", b.length > 0 ? " " : "", out->texts[column]);
    out->title = text_squeeze(a, b.text);
}

static void take_mark(struct arena *a, struct plan_row *out)
{
    struct plan_mark_read m = plan_mark_of(a, out->title);
    if (m.mark == MARK_NONE || m.text[0] == '\0')
        return;
    if (out->no == NULL || m.no == NULL || strcmp(m.no, out->no) == 0) {
        out->title = m.text;
        if (out->no == NULL) {
            out->no = m.no;
            out->rank = rank_of_mark(m.mark);
        }
    }
}

static bool counts_as_filled(enum plan_role role)
{
    return role >= ROLE_LEAD && role <= ROLE_PRODUCT;
}

static void take_number(struct arena *a, const struct plan_columns *c, const char *banner, struct plan_row *out)
{
    for (int column = 0; column < c->count && out->no == NULL; column++) {
        const char *text = out->texts[column];
        if (c->of[column] != ROLE_NUMBER || text == banner || text[0] == '\0' || out->began_above[column])
            continue;
        out->no = number_of(a, text_squeeze(a, text), &out->rank);
        if (out->no == NULL && is_bullet_text(text))
            out->rank = RANK_BULLET;
    }
}

void plan_row_settle(struct arena *a, const struct plan_columns *c, const char *banner, struct plan_row *out)
{
    out->no = NULL;
    out->rank = RANK_NONE;
    out->filled = 0;
    for (int column = 0; column < c->count && banner == NULL; column++) {
        bool twin = column > 0 && out->cells[column] != NULL && out->cells[column] == out->cells[column - 1];
        out->filled += counts_as_filled(c->of[column]) && out->texts[column][0] != '\0' && !twin;
    }
    take_number(a, c, banner, out);
    out->banner = banner != NULL;
    if (banner != NULL)
        out->title = text_squeeze(a, banner);
    else
        take_title(a, c, out);
    take_mark(a, out);
    out->capitals = in_capitals(out->title);
}

void plan_row_read(struct arena *a, const struct plan_item *item, const struct plan_grid *g, int row, const struct plan_columns *c, struct plan_row *out)
{
    *out = (struct plan_row){ .item = item, .rank = RANK_NONE, .title = "", .blanks_say_above = !g->merged };
    for (int column = 0; column < c->count; column++) {
        bool inside = column < g->columns;
        out->cells[column] = inside ? plan_grid_cell(g, row, column) : NULL;
        out->texts[column] = inside ? plan_grid_text(g, row, column) : "";
        out->began_above[column] = out->cells[column] != NULL && out->cells[column]->row < row;
    }
    plan_row_settle(a, c, banner_text(g, row, c), out);
}

/* ---- rows that belong together ---- */

static bool starts_small(const char *text)
{
    int32_t rune = 0;
    text_next(text, &rune);
    return utf8proc_category(rune) == UTF8PROC_CATEGORY_LL;
}

/* "… các khoa,", "… Tổ chức -", "… phòng và": more must follow. */
static bool left_open(const char *text)
{
    size_t length = strlen(text);
    return length > 0 && (strchr(",-/(", text[length - 1]) != NULL || text_ends(text, " và") || text_ends(text, " của") || text_ends(text, " các") ||
                          text_ends(text, " về") || text_ends(text, " cho"));
}

static int title_column(const struct plan_columns *c)
{
    for (int i = 0; i < c->count; i++)
        if (c->of[i] == ROLE_TITLE)
            return i;
    return 0;
}

static bool any_text_of_its_own(const struct plan_row *row, const struct plan_columns *c)
{
    for (int i = 0; i < c->count; i++)
        if (row->texts[i][0] != '\0' && !row->began_above[i])
            return true;
    return false;
}

bool plan_row_goes_on(const struct plan_row *row, const struct plan_row *before, const struct plan_columns *c)
{
    int title = title_column(c);
    if (row->banner || before->banner || row->no != NULL || row->rank != RANK_NONE)
        return false;
    if (row->began_above[title] && row->cells[title] == before->cells[title] && row->title[0] != '\0')
        return true; /* the task's cell covers this row too */
    if (row->title[0] == '\0')
        return any_text_of_its_own(row, c) && before->title[0] != '\0';
    bool joined_word = starts_small(row->title) || left_open(before->title);
    return joined_word && (before->no != NULL || row->filled == 0);
}

static const char *joined(struct arena *a, const char *one, const char *more)
{
    if (more[0] == '\0' || strcmp(one, more) == 0)
        return one;
    if (one[0] == '\0')
        return more;
    bool same_line = starts_small(more) || left_open(one);
    return arena_printf(a, "%s%s%s", one, same_line ? " " : "\n", more);
}

void plan_row_join(struct arena *a, struct plan_row *to, const struct plan_row *more, const struct plan_columns *c)
{
    bool own_title = !more->began_above[title_column(c)];
    if (more->title[0] != '\0' && own_title)
        to->title = arena_printf(a, "%s %s", to->title, more->title);
    for (int i = 0; i < c->count; i++) {
        if (c->of[i] == ROLE_TITLE || c->of[i] == ROLE_NUMBER || more->began_above[i])
            continue;
        to->filled += to->texts[i][0] == '\0' && more->texts[i][0] != '\0' && counts_as_filled(c->of[i]);
        to->cells[i] = to->texts[i][0] == '\0' ? more->cells[i] : to->cells[i];
        to->texts[i] = joined(a, to->texts[i], more->texts[i]);
    }
}

bool plan_row_shares(const struct plan_row *row, const struct plan_row *next, const struct plan_columns *c)
{
    int shared = 0, own = 0;
    for (int i = 0; i < c->count; i++) {
        if (!counts_as_filled(c->of[i]) || row->texts[i][0] == '\0')
            continue;
        bool same = next->began_above[i] && next->cells[i] == row->cells[i];
        shared += same;
        own += !same;
    }
    return shared > 0 && own == 0;
}

/* ---- what the cells say ---- */

static bool is_ditto(struct arena *a, const char *text)
{
    static const char *const words[] = { "nt", "nhu tren", "nhu muc tren", "tuong tu", "nhu tren nt", "tren" };
    const char *key = text_key(a, text);
    for (size_t i = 0; i < sizeof words / sizeof words[0] - 1; i++)
        if (strcmp(key, words[i]) == 0)
            return true;
    bool quotes = strpbrk(text, "\"") != NULL || strstr(text, "//") != NULL || strstr(text, "″") != NULL || strstr(text, "”") != NULL ||
                  strstr(text, "〃") != NULL || strstr(text, "''") != NULL;
    return key[0] == '\0' && quotes;
}

/* "-", "…", "Không": nothing is said. */
static bool says_nothing(struct arena *a, const char *text)
{
    const char *key = text_key(a, text);
    return key[0] == '\0' || strcmp(key, "khong") == 0 || strcmp(key, "khong co") == 0;
}

static struct plan_place place_of(const struct plan_item *item, const struct cell_box *cell)
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

static enum plan_field field_of(enum plan_role role)
{
    switch (role) {
    case ROLE_LEAD: case ROLE_BOTH: return PLAN_LEADS;
    case ROLE_PARTNER: return PLAN_PARTNERS;
    case ROLE_TIME: case ROLE_START: case ROLE_END: case ROLE_MARKED: case ROLE_FREQUENCY: return PLAN_TIME;
    case ROLE_PRODUCT: return PLAN_PRODUCTS;
    case ROLE_BUDGET: return PLAN_BUDGET;
    default: return PLAN_FIELDS;
    }
}

static void add_time(struct arena *a, const struct plan_columns *c, int column, const char *text, struct plan_row_read *out)
{
    struct plan_task *k = &out->task;
    const char *value = plan_tidy(a, plan_whole_dates(a, text));
    bool crossed = c->of[column] == ROLE_MARKED && text_length(value) <= 2;
    if (c->of[column] == ROLE_MARKED)
        value = crossed ? c->name[column] : arena_printf(a, "%s: %s", c->name[column], value);
    if (c->of[column] == ROLE_END && k->time_raw != NULL)
        k->time_raw = arena_printf(a, "Từ %s đến %s", k->time_raw, value);
    else
        k->time_raw = k->time_raw == NULL ? value : arena_printf(a, "%s%s%s", k->time_raw, crossed ? ", " : "; ", value);
    out->completes = out->completes || c->completes[column] || c->of[column] == ROLE_END;
}

static void put_cell(struct plan_reader *r, const struct plan_row *row, const struct plan_columns *c, int column, struct plan_row_read *out)
{
    struct arena *a = r->a;
    const char *text = row->texts[column];
    struct plan_task *k = &out->task;
    switch (c->of[column]) {
    case ROLE_LEAD:
        plan_roles_add(a, text, &k->leads, &k->partners);
        break;
    case ROLE_BOTH:
        plan_both_add(a, text, &k->leads, &k->partners);
        break;
    case ROLE_PARTNER:
        plan_partners_add(a, text, &k->leads, &k->partners);
        break;
    case ROLE_FREQUENCY:
        out->frequency = plan_tidy(a, text);
        break;
    case ROLE_PRODUCT:
        plan_products_add(a, &k->products, text);
        break;
    case ROLE_BUDGET:
        k->budget = plan_tidy(a, text);
        break;
    default:
        add_time(a, c, column, text, out);
        break;
    }
}

void plan_row_fields(struct plan_reader *r, const struct plan_row *row, const struct plan_columns *c, struct plan_row_read *out)
{
    struct arena *a = r->a;
    *out = (struct plan_row_read){ .task = { .time = { .kind = PLAN_NO_TIME }, .title = row->title } };
    struct plan_task *k = &out->task;
    int title = title_column(c);
    double sure = r->damaged ? 0.6 : 0.95;
    k->place = row->cells[title] != NULL ? place_of(row->item, row->cells[title]) : row->item->place;
    k->places[PLAN_TITLE] = k->place;
    k->sure[PLAN_TITLE] = sure;
    for (int column = 0; column < c->count && !row->banner; column++) {
        enum plan_field field = field_of(c->of[column]);
        const struct cell_box *cell = row->cells[column];
        bool twin = column > 0 && cell != NULL && cell == row->cells[column - 1] && c->of[column] == c->of[column - 1];
        if (field == PLAN_FIELDS || twin || row->texts[column][0] == '\0')
            continue;
        if (is_ditto(a, row->texts[column])) {
            out->ditto |= 1u << field;
            continue;
        }
        if (says_nothing(a, row->texts[column])) {
            out->nothing |= 1u << field;
            continue;
        }
        put_cell(r, row, c, column, out);
        k->places[field] = cell != NULL ? place_of(row->item, cell) : k->place;
        k->sure[field] = sure;
        if (row->began_above[column])
            k->inherited |= 1u << field;
    }
    if (k->partners.count > 0 && !(k->sure[PLAN_PARTNERS] > 0)) { /* named in the cell of the leads */
        k->places[PLAN_PARTNERS] = k->places[PLAN_LEADS];
        k->sure[PLAN_PARTNERS] = sure * 0.9;
    }
}
