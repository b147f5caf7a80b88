/* The page that lays a plan beside another of its unit. */
#include "modules/plan/plan_compare.h"
#include "modules/plan/plan.h"
#include "modules/plan/plan_copy_start.h"
#include "modules/plan/plan_cover_match.h"
#include "plan_copy_queries.h"
#include "plan_queries.h"
#include "platform/base/text.h"
#include <inttypes.h>
#include <string.h>

struct comparing {
    struct request *r;
    struct arena *arena;
    int year, by;  /* of the earlier plan; years on to this one */
    int lines;     /* so far */
    struct rows_maker clauses, pieces, fields;
    int64_t same, changed, gone, come;
    int sections; /* of either plan */
};

static const char *number_text(struct arena *a, int64_t n)
{
    return arena_printf(a, "%" PRId64, n);
}

/* The old wording as it would stand this year: a year that moved on is no change. */
static const char *moved(const struct comparing *k, const char *text)
{
    return k->by == 0 ? text : plan_shift_years(k->arena, text, k->year, k->by);
}

static bool equal(struct arena *a, const char *was, const char *now)
{
    return strcmp(text_key(a, was), text_key(a, now)) == 0;
}

/* place: a line, or a field "3-time"; words that went and came are marked. */
static void add_pieces(struct comparing *k, const char *place, const char *was, const char *now)
{
    static const char *const marks[] = { "same", "gone", "new" };
    struct word_piece *pieces;
    size_t count = plan_compare_words(k->arena, was, now, &pieces);
    for (size_t i = 0; i < count; i++)
        rows_add(&k->pieces, (const char *const[]){ place, marks[pieces[i].mark], pieces[i].text });
}

enum fate { SAME, CHANGED, GONE, COME };

static const char *add_clause(struct comparing *k, const char *part, enum fate fate, const char *no, const char *link, const char *result)
{
    static const char *const looks[][2] = { { "done", "Giữ nguyên" }, { "soon", "Thay đổi" }, { "todo", "Bỏ" }, { "doing", "Mới" } };
    const char *place = number_text(k->arena, ++k->lines);
    rows_add(&k->clauses, (const char *const[]){ place, part, looks[fate][0], looks[fate][1], no, link, result });
    k->same += fate == SAME;
    k->changed += fate == CHANGED;
    k->gone += fate == GONE;
    k->come += fate == COME;
    return place;
}

/* ---- headings ---- */

static void compare_sections(struct comparing *k, const struct rows *was, const struct rows *now)
{
    struct match_text *left = arena_array(k->arena, (size_t)was->count + 1, sizeof *left);
    struct match_text *right = arena_array(k->arena, (size_t)now->count + 1, sizeof *right);
    for (int i = 0; i < was->count; i++)
        left[i] = (struct match_text){ .no = cell(was, i, "no"), .title = moved(k, cell(was, i, "wording")) };
    for (int i = 0; i < now->count; i++)
        right[i] = (struct match_text){ .no = cell(now, i, "no"), .title = cell(now, i, "wording") };
    struct matching m = match_texts(k->arena, left, (size_t)was->count, right, (size_t)now->count, true);
    k->sections = was->count + now->count;
    for (int i = 0; i < now->count; i++) {
        const struct match *one = &m.right[i];
        enum fate fate = one->kind == MATCH_SAME ? SAME : one->kind == MATCH_SIMILAR ? CHANGED : COME;
        const char *old = one->kind == MATCH_NONE ? "" : left[one->other].title;
        add_pieces(k, add_clause(k, "section", fate, right[i].no, "", ""), fate == SAME ? right[i].title : old, right[i].title);
    }
    for (int i = 0; i < was->count; i++)
        if (m.left[i].kind == MATCH_NONE)
            add_pieces(k, add_clause(k, "section", GONE, left[i].no, "", ""), left[i].title, "");
}

/* ---- tasks ---- */

static const char *result_words(struct arena *a, const struct past_task *t)
{
    if (t->periods == 0)
        return t->ended ? "đã thôi thực hiện" : "chưa có kỳ nào";
    struct buffer b = { .arena = a };
    buffer_printf(&b, "%" PRId64 "/%" PRId64 " kỳ đã xong", t->done, t->periods);
    if (t->late > 0)
        buffer_printf(&b, ", %" PRId64 " trễ hạn", t->late);
    if (t->missed > 0)
        buffer_printf(&b, ", %" PRId64 " không làm", t->missed);
    buffer_printf(&b, ", %" PRId64 " minh chứng%s", t->evidence, t->ended ? ", đã thôi thực hiện" : "");
    return b.text;
}

static bool add_fields(struct comparing *k, const char *place, const struct stored_task *was, const struct stored_task *now)
{
    const struct {
        const char *code, *label, *was, *now;
    } fields[] = {
        { "leads", "Chủ trì", was->leads, now->leads }, { "partners", "Phối hợp", was->partners, now->partners },
        { "time", "Thời gian", was->time, now->time }, { "products", "Sản phẩm", was->products, now->products },
        { "budget", "Kinh phí", was->task.budget, now->task.budget },
    };
    bool any = false;
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        const char *old = moved(k, fields[i].was);
        if (equal(k->arena, old, fields[i].now))
            continue;
        any = true;
        if (place == NULL)
            continue;
        const char *field = arena_printf(k->arena, "%s-%s", place, fields[i].code);
        rows_add(&k->fields, (const char *const[]){ place, field, fields[i].label });
        add_pieces(k, field, old, fields[i].now);
    }
    return any;
}

static void compare_tasks(struct comparing *k, const struct past_task *was, size_t was_count, const struct stored_task *now, size_t now_count)
{
    struct match_text *left = arena_array(k->arena, was_count + 1, sizeof *left), *right = arena_array(k->arena, now_count + 1, sizeof *right);
    for (size_t i = 0; i < was_count; i++)
        left[i] = (struct match_text){ was[i].task.task.no, moved(k, was[i].task.task.title), was[i].task.products, was[i].task.time };
    for (size_t i = 0; i < now_count; i++)
        right[i] = (struct match_text){ now[i].task.no, now[i].task.title, now[i].products, now[i].time };
    struct matching m = match_texts(k->arena, left, was_count, right, now_count, true);
    for (size_t i = 0; i < now_count; i++) {
        const struct past_task *old = m.right[i].kind == MATCH_NONE ? NULL : &was[m.right[i].other];
        bool same = old != NULL && m.right[i].kind == MATCH_SAME && !add_fields(k, NULL, &old->task, &now[i]);
        const char *place = add_clause(k, "task", old == NULL ? COME : same ? SAME : CHANGED, now[i].task.no,
                                       arena_printf(k->arena, "/nhiem-vu/%" PRId64, now[i].id), old == NULL ? "" : result_words(k->arena, old));
        add_pieces(k, place, old == NULL ? "" : left[m.right[i].other].title, now[i].task.title);
        if (old != NULL)
            add_fields(k, place, &old->task, &now[i]);
    }
    for (size_t i = 0; i < was_count; i++)
        if (m.left[i].kind == MATCH_NONE)
            add_pieces(k, add_clause(k, "task", GONE, left[i].no, arena_printf(k->arena, "/nhiem-vu/%" PRId64, was[i].task.id), result_words(k->arena, &was[i])),
                       left[i].title, "");
}

/* ---- the page ---- */

static void put_counts(const struct comparing *k)
{
    put_text(k->r, "has_sections", k->sections > 0 ? "1" : "");
    put_rows(k->r, "clauses", &k->clauses.rows);
    put_rows(k->r, "pieces", &k->pieces.rows);
    put_rows(k->r, "fields", &k->fields.rows);
    put_int(k->r, "same", k->same);
    put_int(k->r, "changed", k->changed);
    put_int(k->r, "gone", k->gone);
    put_int(k->r, "come", k->come);
}

static void start(struct comparing *k, struct request *r)
{
    static const char *const clause_columns[] = { "place", "part", "badge", "badge_label", "no", "link", "result", NULL };
    static const char *const piece_columns[] = { "place", "mark", "text", NULL };
    static const char *const field_columns[] = { "place", "field", "label", NULL };
    *k = (struct comparing){ .r = r, .arena = r->c->arena };
    rows_start(&k->clauses, k->arena, clause_columns);
    rows_start(&k->pieces, k->arena, piece_columns);
    rows_start(&k->fields, k->arena, field_columns);
}

/* The plan asked for when it is one of the others; else the first of them; 0: there is none. */
static int other_row(const struct rows *others, int64_t asked)
{
    for (int i = 0; i < others->count; i++)
        if (cell_int(others, i, "id") == asked)
            return i;
    return others->count > 0 ? 0 : -1;
}

enum err plan_compare_show(struct request *r)
{
    struct ctx *c = r->c;
    struct comparing k;
    int64_t plan = path_id(r, "id");
    const struct rows *one = sql_plan_one(c, plan, c->person);
    if (c->err == OK && one->count == 0)
        return fail(c, NOT_FOUND, "Không tìm thấy kế hoạch này.", "plan %" PRId64, plan);
    const struct rows *others = sql_compare_plans(c, plan);
    int row = c->err == OK ? other_row(others, query_number(r, "voi")) : -1;
    start(&k, r);
    if (row >= 0) {
        struct past_task *was = NULL;
        struct stored_task *now = NULL;
        size_t was_count = 0, now_count = 0;
        int64_t other = cell_int(others, row, "id");
        k.year = (int)cell_int(others, row, "year");
        k.by = (int)cell_int(one, 0, "year") - k.year;
        if (plan_past_load(c, other, &was, &was_count) != OK || plan_stored_load(c, plan, false, &now, &now_count) != OK)
            return c->err;
        compare_sections(&k, sql_compare_sections(c, other), sql_compare_sections(c, plan));
        compare_tasks(&k, was, was_count, now, now_count);
    }
    put_counts(&k);
    put_rows(r, "plan", one);
    put_rows(r, "others", others);
    put_text(r, "other", row < 0 ? "" : cell(others, row, "id"));
    put_text(r, "other_words", row < 0 ? "" : cell(others, row, cell(others, row, "number")[0] == '\0' ? "title" : "number"));
    put_int(r, "other_year", k.year);
    return page(r, "plan_compare.html");
}
