/* What a row of a task table means among the rows around it: a group, a task, or the rest of one above. */
#include "modules/document/document_fold.h"
#include "plan_table.h"
#include "platform/base/text.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- numbers and groups ---- */

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

/* An unnumbered row over bullets stands among the numbered ones, else above them. */
static enum plan_rank group_rank(const struct plan_row *row, const struct plan_row *next)
{
    bool over_bullets = !row->banner && !row->capitals && row->no == NULL && next != NULL && next->no == NULL;
    if (over_bullets)
        return RANK_NUMBER3;
    if (next != NULL && is_below(next->no, row->no))
        return row->rank;
    return (row->banner || row->no == NULL) && row->rank > RANK_BANNER ? RANK_BANNER : row->rank;
}

static void open_group(struct plan_table *t, const struct plan_row *row, const struct plan_row *next)
{
    enum plan_rank rank = group_rank(row, next);
    for (int k = (int)rank; k < TABLE_RANKS; k++)
        t->groups[k] = (struct plan_table_group){ 0 };
    t->groups[rank] = (struct plan_table_group){ row->title, row->no };
    if (rank <= RANK_BANNER) {
        t->group_nth++;
        t->scope_open = true;
        t->scope = "";
    }
    t->nth_below = 0;
    t->last_no = NULL;
}

/* The group that stands over a row of this rank. */
static const struct plan_table_group *group_over(const struct plan_table *t, enum plan_rank rank)
{
    for (int k = (int)rank; k-- > 0;)
        if (t->groups[k].title != NULL)
            return &t->groups[k];
    return NULL;
}

static void close_groups(struct plan_table *t, enum plan_rank rank)
{
    for (int k = (int)rank; k < TABLE_RANKS; k++)
        t->groups[k] = (struct plan_table_group){ 0 };
}

/* Numbers that start again in a new group are told apart by the group's own. */
static void settle_scope(struct plan_table *t, const struct plan_row *row)
{
    bool number = row->no != NULL && isdigit((unsigned char)row->no[0]);
    if (!number)
        return;
    int top = atoi(row->no);
    if (t->scope_open && t->group_nth > 1 && top <= t->last_top) {
        const struct plan_table_group *over = group_over(t, RANK_NUMBER);
        t->scope = over != NULL && over->no != NULL ? arena_printf(t->r->a, ".%s", over->no) : arena_printf(t->r->a, ".%d", t->group_nth);
    }
    t->scope_open = false;
    t->last_top = top;
}

static const char *own_path(struct plan_table *t, const struct plan_row *row)
{
    struct arena *a = t->r->a;
    settle_scope(t, row);
    const struct plan_table_group *over = group_over(t, row->rank);
    if (row->no != NULL && row->rank == RANK_LETTER && over != NULL && over->no != NULL)
        return arena_printf(a, "%s%s.%s.%s", t->prefix, t->scope, over->no, row->no);
    if (row->no != NULL) {
        t->last_no = row->no;
        t->nth_below = 0;
        return arena_printf(a, "%s%s.%s", t->prefix, t->scope, row->no);
    }
    t->nth_below++;
    const char *above = t->last_no != NULL ? t->last_no : over != NULL ? over->no : NULL;
    if (above != NULL)
        return arena_printf(a, "%s%s.%s#%d", t->prefix, t->scope, above, t->nth_below);
    return arena_printf(a, "%s.%d", t->prefix, t->nth_below);
}

/* Rows that share a number, or have none beside a group's cell, are counted below it. */
static const char *path_of(struct plan_table *t, const struct plan_row *row)
{
    const char *path = row->no == NULL && t->column_group != NULL && t->last_path != NULL ? t->last_path : own_path(t, row);
    if (t->last_path == NULL || strcmp(path, t->last_path) != 0) {
        t->last_path = path;
        t->nth_same = 1;
        return path;
    }
    return arena_printf(t->r->a, "%s#%d", path, ++t->nth_same);
}

/* ---- blank cells ---- */

static void inherit(struct plan_row_read *to, const struct plan_row_read *up, enum plan_field field, double share)
{
    struct plan_task *k = &to->task;
    if (field == PLAN_LEADS)
        k->leads = up->task.leads;
    else if (field == PLAN_PARTNERS)
        k->partners = up->task.partners;
    else if (field == PLAN_PRODUCTS)
        k->products = up->task.products;
    else {
        k->time_raw = up->task.time_raw;
        to->frequency = up->frequency;
        to->completes = up->completes;
    }
    k->inherited |= 1u << field;
    k->places[field] = up->task.places[field];
    k->sure[field] = up->task.sure[field] * share;
}

/* Does a column of this field stand left of the tasks? Then a blank is the rest of a cell that covers several rows. */
static bool stands_before_title(const struct plan_columns *c, enum plan_field field)
{
    for (int i = 0; i < c->count && c->of[i] != ROLE_TITLE; i++) {
        bool leads = c->of[i] == ROLE_LEAD || c->of[i] == ROLE_BOTH;
        if ((field == PLAN_LEADS && leads) || (field == PLAN_TIME && c->of[i] == ROLE_TIME))
            return true;
    }
    return false;
}

/*
 * A blank cell says "as above" where it is marked so, where its column stands left of the tasks, in rows of one branch (4.1, 4.2), in a row that gives nothing at all,
 * and, where the source cannot tell what is merged, for the leads and the partners beside them.
 */
static void fill_down(struct plan_table *t, const struct plan_row *row, struct plan_row_read *k)
{
    const struct plan_row_read *up = &t->above;
    if (!t->any)
        return;
    bool no_leads = !(k->task.sure[PLAN_LEADS] > 0), no_time = !(k->task.sure[PLAN_TIME] > 0);
    bool sub = same_branch(row->no, t->above_no);
    bool bare = no_leads && no_time;
    for (enum plan_field field = PLAN_LEADS; field <= PLAN_PRODUCTS; field++) {
        if (k->task.sure[field] > 0 || !(up->task.sure[field] > 0) || (k->nothing & 1u << field) != 0)
            continue;
        bool ditto = (k->ditto & 1u << field) != 0;
        bool guessed = row->blanks_say_above && no_leads && (field == PLAN_LEADS || field == PLAN_PARTNERS);
        if (ditto || stands_before_title(&t->columns, field))
            inherit(k, up, field, 0.95);
        else if ((sub && row->blanks_say_above) || (sub && bare))
            inherit(k, up, field, 0.85);
        else if (bare || guessed)
            inherit(k, up, field, 0.7);
    }
}

/* Where no column names who works, the group or the section may: "II. Phòng Kế hoạch - Nghiệp vụ". */
static void leads_of_group(struct plan_table *t, const struct plan_row *row, struct plan_task *k)
{
    bool column = plan_has_role(&t->columns, ROLE_LEAD) || plan_has_role(&t->columns, ROLE_BOTH);
    for (int rank = (int)row->rank; !column && rank-- > 0 && k->leads.count == 0;) {
        const char *name = rank > 0 || t->groups[0].title != NULL ? t->groups[rank].title : t->heading;
        if (name == NULL || !plan_is_unit(t->r->a, name))
            continue;
        plan_units_add(t->r->a, &k->leads, name);
        k->places[PLAN_LEADS] = k->place;
        k->sure[PLAN_LEADS] = 0.8;
        k->inherited |= 1u << PLAN_LEADS;
    }
}

/* "Tổ chức hội nghị. Thời gian: Quý II": labels in the task's cell, where the table has no column for them. */
static void cut_labels(struct plan_reader *r, struct plan_row_read *read)
{
    struct plan_task *k = &read->task;
    const char *head = k->title;
    struct plan_labelled *labels = NULL;
    size_t count = strchr(k->title, ':') == NULL ? 0 : plan_cut_labels(r->a, k->title, r->damaged, &head, &labels);
    if (count == 0 || head[0] == '\0')
        return;
    for (size_t i = 0; i < count; i++) {
        enum plan_label label = labels[i].label;
        bool leads = label == LABEL_LEAD || label == LABEL_BOTH, timed = label == LABEL_TIME || label == LABEL_FREQUENCY;
        enum plan_field field = leads ? PLAN_LEADS : label == LABEL_PARTNER ? PLAN_PARTNERS : timed ? PLAN_TIME : label == LABEL_PRODUCT ? PLAN_PRODUCTS : PLAN_FIELDS;
        if (field == PLAN_FIELDS || k->sure[field] > 0)
            return; /* the columns say it: the words belong to the task */
        if (leads)
            plan_roles_add(r->a, labels[i].value, &k->leads, &k->partners);
        else if (label == LABEL_PARTNER)
            plan_units_add(r->a, &k->partners, labels[i].value);
        else if (label == LABEL_PRODUCT)
            plan_products_add(r->a, &k->products, labels[i].value);
        else
            k->time_raw = labels[i].value;
        read->completes = read->completes || labels[i].completes;
        k->places[field] = k->place;
        k->sure[field] = k->sure[PLAN_TITLE] * 0.9;
    }
    k->title = head;
}

/* ---- rows to tasks ---- */

static void keep_row(struct plan_table *t, const struct plan_row *row)
{
    struct plan_reader *r = t->r;
    struct plan_row_read read;
    plan_row_fields(r, row, &t->columns, &read);
    struct plan_task *k = &read.task;
    close_groups(t, row->rank);
    cut_labels(r, &read);
    fill_down(t, row, &read);
    leads_of_group(t, row, k);
    k->no = path_of(t, row);
    const struct plan_table_group *over = group_over(t, row->rank);
    k->group = over != NULL ? over->title : t->column_group;
    t->above = read;
    t->above_no = row->no;
    t->any = true;
    k->time = plan_time_of(r->a, k->time_raw, read.frequency, r->out->year, read.completes);
    if (read.frequency != NULL)
        k->time_raw = k->time_raw == NULL ? read.frequency : arena_printf(r->a, "%s; %s", read.frequency, k->time_raw);
    if (k->time_raw != NULL && k->time.kind == PLAN_NO_TIME)
        k->sure[PLAN_TIME] = 0.3;
    *plan_task_add(r) = *k;
}

static bool announces(const char *title)
{
    size_t length = strlen(title);
    return length > 0 && title[length - 1] == ':';
}

/* A row that only names those below it. */
static bool is_group(const struct plan_table *t, const struct plan_row *row, const struct plan_row *next)
{
    if (row->banner)
        return true;
    bool leads = false, timed = false;
    for (int i = 0; i < t->columns.count; i++) {
        bool said = row->texts[i][0] != '\0' && !row->began_above[i];
        leads = leads || (said && (t->columns.of[i] == ROLE_LEAD || t->columns.of[i] == ROLE_BOTH));
        timed = timed || (said && (t->columns.of[i] >= ROLE_TIME && t->columns.of[i] <= ROLE_FREQUENCY));
    }
    bool parent = next != NULL && (next->rank > row->rank || is_below(next->no, row->no)) && !(next->rank == RANK_NONE && row->rank == RANK_NUMBER && t->numbered);
    bool high = row->rank <= RANK_ROMAN;
    if (parent && ((high && row->capitals) || announces(row->title) || plan_row_shares(row, next, &t->columns)))
        return true;
    if (leads || timed)
        return false;
    if (parent && (row->filled == 0 || next->filled > 0))
        return true;
    bool untitled = row->no == NULL && row->rank == RANK_NONE;
    bool over = next != NULL && ((t->numbered && next->no != NULL) || (next->rank == RANK_BULLET && next->filled > 0));
    return row->filled == 0 && (high || (untitled && (row->capitals || over)));
}

/* Blank cells below a group row may still mean what the group row says. */
static void remember_group(struct plan_table *t, const struct plan_row *row)
{
    t->any = row->filled > 0;
    t->above_no = NULL;
    if (t->any)
        plan_row_fields(t->r, row, &t->columns, &t->above);
}

/* Lines below a table of a spreadsheet: sums, notes, who signed. */
static bool is_afterword(const struct plan_table *t, const struct plan_row *row)
{
    static const char *const words[] = { "nguoi lap", "lap bang", "nguoi duyet", "thu truong", "giam doc", "pho giam doc", "truong phong", "ghi chu", "luu y",
        "noi nhan", "tong cong", "tong so", "cong", "ke toan truong", "chu tich", "tm", "kt", "tl", "ngay", "duyet" };
    const char *text = row->title;
    for (int i = 0; i < t->columns.count && text[0] == '\0'; i++)
        text = row->texts[i];
    if (row->no != NULL || row->rank != RANK_NONE || row->filled > 1)
        return false;
    char key[40];
    fold_key(key, sizeof key, text, sizeof key);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t length = strlen(words[i]);
        if (strncmp(key, words[i], length) == 0 && (key[length] == ' ' || key[length] == '\0'))
            return text_length(text) < 90;
    }
    return strstr(key, "ngay") != NULL && strstr(key, "thang") != NULL && text_length(text) < 60;
}

void plan_table_finish(struct plan_table *t)
{
    for (size_t i = 0; i < t->count; i++)
        t->numbered = t->numbered || (t->rows[i].no != NULL && t->rows[i].rank >= RANK_NUMBER && t->rows[i].filled > 0);
    t->scope = "";
    for (size_t i = 0; i < t->count; i++) {
        const struct plan_row *row = &t->rows[i], *next = i + 1 < t->count ? &t->rows[i + 1] : NULL;
        for (int k = 0; k < t->columns.count; k++)
            if (t->columns.of[k] == ROLE_GROUP && row->texts[k][0] != '\0' && !row->banner)
                t->column_group = text_squeeze(t->r->a, row->texts[k]);
        if (row->title[0] == '\0' || (t->numbered && is_afterword(t, row)))
            continue;
        if (is_group(t, row, next)) {
            open_group(t, row, next);
            remember_group(t, row);
        } else {
            keep_row(t, row);
        }
    }
    *t = (struct plan_table){ .r = t->r };
}
