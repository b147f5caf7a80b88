/* Pages of the cascade: the plan above on a plan's page, and its tasks beside ours, each with its answer. */
#include "modules/plan/plan.h"
#include "modules/plan/plan_cover.h"
#include "plan_cover_queries.h"
#include "plan_queries.h"
#include "platform/base/text.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { LIKELY_MOST = 6 }; /* tasks of ours offered at once for one above; all of them on request */

static const char *id_text(struct arena *a, int64_t id)
{
    return id == 0 ? "" : arena_printf(a, "%" PRId64, id);
}

/* ---- on a plan's page ---- */

void plan_put_cover(struct request *r, int64_t plan, int64_t unit)
{
    struct ctx *c = r->c;
    const struct rows *above = sql_above_plans(c, plan);
    struct cover_count count = { 0 };
    if (above->count > 0)
        count = plan_cover_count(c, plan, unit);
    put_rows(r, "plans_above", above);
    put_rows(r, "plans_below", sql_above_below(c, plan));
    put_rows(r, "above_choices", sql_above_choices(c, plan, unit));
    put_int(r, "cover_all", count.all);
    put_int(r, "cover_answered", count.answered);
    put_int(r, "cover_open", count.all - count.answered);
}

/* ---- side by side ---- */

static const char *const line_columns[] = {
    "id",     "no",     "title",     "heading", "time",  "leads",  "products", "role",    "state",   "state_label", "answer", "answer_label", "own",
    "own_no", "own_title", "reason", "person_name", "at", "like", "like_no", "like_title", "score", "ended", "open", "look", "badge", "badge_label", "error_own", "error_reason", NULL,
};

static const char *error_of(const struct field_error *errors, const char *field)
{
    for (; errors != NULL; errors = errors->next)
        if (strcmp(errors->field, field) == 0)
            return errors->message;
    return NULL;
}

static const struct {
    const char *code, *label;
} filters[] = { { "", "Tất cả" }, { "con-lai", "Chưa trả lời" }, { "khong-nhan", "Không nhận" } };

enum { FILTERS = sizeof filters / sizeof filters[0] };

/* One of ours, whatever was typed into the address. */
static const char *filter_of(const char *typed)
{
    for (size_t i = 0; i < FILTERS; i++)
        if (strcmp(filters[i].code, typed) == 0)
            return filters[i].code;
    return "";
}

/* What the page shows: which filter, which line is opened for all choices, and what went wrong with which line. */
struct view {
    const char *filter;
    int64_t opened, wrong;
    const struct field_error *errors;
};

static bool shown(const struct cover_line *l, const struct view *view)
{
    if (strcmp(view->filter, "con-lai") == 0)
        return l->answer == ANSWER_NONE;
    return strcmp(view->filter, "khong-nhan") != 0 || l->answer == ANSWER_REFUSED;
}

static void add_line(struct request *r, struct rows_maker *m, const struct cover_line *l, const struct view *view)
{
    static const char *const kinds[] = { "missing", "similar", "same" };
    static const char *const kind_labels[] = { "Chưa có", "Gần giống", "Trùng lời" };
    static const char *const answer_labels[] = { "Chưa trả lời", "Đã nhận", "Đã gộp", "Không thuộc đơn vị" };
    static const char *const looks[][2] = { { "done", "done" }, { "todo", "todo" }, { "soon", "soon" }, { "late", "late" } };
    int look = l->answer == ANSWER_REFUSED ? 1 : l->answer != ANSWER_NONE ? 0 : l->kind == MATCH_NONE ? 3 : 2;
    struct arena *a = r->c->arena;
    bool wrong = view->wrong == l->task.id, whole = view->opened == l->task.id;
    const struct cover_task *like = l->like;
    const char *const cells[] = {
        id_text(a, l->task.id), l->task.no, l->task.title, l->task.heading, l->task.time, l->task.leads, l->task.products,
        l->task.lead ? "chủ trì" : "phối hợp hoặc thực hiện", kinds[l->kind], kind_labels[l->kind], cover_answer_code(l->answer), answer_labels[l->answer],
        id_text(a, l->own), l->own_no, l->own_title, l->reason, l->person_name, id_text(a, l->at), like == NULL ? "" : id_text(a, like->id),
        like == NULL ? "" : like->no, like == NULL ? "" : like->title, arena_printf(a, "%d", l->score), l->ended ? "1" : "",
        whole || wrong ? "1" : "", looks[look][0], looks[look][1], look == 0 ? answer_labels[l->answer] : look == 1 ? "Không nhận" : kind_labels[l->kind],
        wrong ? error_of(view->errors, "own") : NULL, wrong ? error_of(view->errors, "reason") : NULL,
    };
    rows_add(m, cells);
}

/* The tasks of ours that a line may be merged with: the likeliest first, all of them in their order for the opened line. */
static void add_choices(struct arena *a, struct rows_maker *m, const struct cover *v, const struct cover_line *l, const struct view *view)
{
    struct match_likely *list = arena_array(a, v->our_count + 1, sizeof *list);
    bool whole = view->opened == l->task.id;
    const char *line = id_text(a, l->task.id);
    for (size_t i = 0; i < v->our_count; i++)
        list[i] = (struct match_likely){ v->matching.scores[l->index * v->our_count + i], i };
    if (!whole)
        match_likeliest_first(list, v->our_count);
    bool own_there = l->own == 0;
    for (size_t i = 0; i < v->our_count && (whole || i < LIKELY_MOST || !own_there); i++) {
        const struct cover_task *t = &v->ours[list[i].index];
        if (!whole && i >= LIKELY_MOST && t->id != l->own)
            continue;
        own_there = own_there || t->id == l->own;
        const char *chosen = t->id == l->own || (l->own == 0 && l->like == t) ? "1" : "";
        rows_add(m, (const char *const[]){ line, id_text(a, t->id), arena_printf(a, "%s%s%s", t->no, t->no[0] == '\0' ? "" : ". ", t->title), chosen });
    }
}

static void put_lines(struct request *r, const struct cover *v, const struct view *view)
{
    static const char *const choice_columns[] = { "line", "id", "label", "chosen", NULL };
    static const char *const added_columns[] = { "id", "no", "title", "time", "leads", NULL };
    struct rows_maker lines, choices, added;
    struct arena *a = r->c->arena;
    rows_start(&lines, a, line_columns);
    rows_start(&choices, a, choice_columns);
    rows_start(&added, a, added_columns);
    for (size_t i = 0; i < v->count; i++)
        if (shown(&v->lines[i], view)) {
            add_line(r, &lines, &v->lines[i], view);
            add_choices(a, &choices, v, &v->lines[i], view);
        }
    for (size_t i = 0; i < v->our_count; i++)
        if (v->added[i])
            rows_add(&added, (const char *const[]){ id_text(a, v->ours[i].id), v->ours[i].no, v->ours[i].title, v->ours[i].time, v->ours[i].leads });
    put_rows(r, "lines", &lines.rows);
    put_rows(r, "choices", &choices.rows);
    put_rows(r, "added", &added.rows);
}

static void put_counts(struct request *r, const struct cover *v, const struct view *view)
{
    static const char *const columns[] = { "path", "label", "current", NULL };
    int missing = 0;
    struct rows_maker m;
    rows_start(&m, r->c->arena, columns);
    for (size_t i = 0; i < FILTERS; i++)
        rows_add(&m, (const char *const[]){ arena_printf(r->c->arena, "/ke-hoach/%" PRId64 "/doi-chieu?voi=%" PRId64 "&loc=%s", v->plan, v->above, filters[i].code),
                                            filters[i].label, strcmp(filters[i].code, view->filter) == 0 ? "1" : "" });
    for (size_t i = 0; i < v->count; i++)
        missing += v->lines[i].kind == MATCH_NONE && v->lines[i].answer == ANSWER_NONE;
    put_rows(r, "filters", &m.rows);
    put_text(r, "filter", view->filter);
    put_int(r, "all", (int64_t)v->count);
    put_int(r, "answered", (int64_t)v->answered);
    put_int(r, "unanswered", (int64_t)(v->count - v->answered));
    put_int(r, "same", (int64_t)v->same);
    put_int(r, "missing", missing);
}

static enum err show(struct request *r, int64_t above, const struct view *view)
{
    struct ctx *c = r->c;
    struct cover *v = NULL;
    int64_t plan = path_id(r, "id");
    if (plan_cover_load(c, plan, above, &v) != OK)
        return c->err;
    put_int(r, "id", plan);
    put_int(r, "own_plan", plan);
    put_int(r, "above", v->above);
    put_rows(r, "plan", sql_plan_one(c, plan, c->person));
    put_rows(r, "above_plan", v->above_row);
    put_rows(r, "others", sql_above_plans(c, plan));
    put_text(r, "may_edit", plan_may_edit(c, v->unit) ? "1" : "");
    put_lines(r, v, view);
    put_counts(r, v, view);
    return page(r, "plan_cover.html");
}

enum err plan_cover_show(struct request *r)
{
    const struct view view = { .filter = filter_of(query_param(r, "loc")), .opened = query_number(r, "mo") };
    return show(r, query_number(r, "voi"), &view);
}

static enum err act(struct request *r, int64_t plan, int64_t above, int64_t task)
{
    struct ctx *c = r->c;
    const char *action = form(r, "viec");
    int64_t own = 0, count = 0;
    if (strcmp(action, "trung") == 0) {
        if (plan_answer_same(c, plan, above, &count) == OK)
            flash(r, arena_printf(c->arena, "Đã nhận %" PRId64 " nhiệm vụ trùng lời.", count));
    } else if (strcmp(action, "dung") == 0) {
        text_int(form(r, "like"), &own);
        if (plan_answer_take(c, plan, task, own, &own) == OK)
            flash(r, "Đã nhận: nhiệm vụ này có sẵn trong kế hoạch của đơn vị.");
    } else if (strcmp(action, "nhan") == 0) {
        if (plan_answer_take(c, plan, task, 0, &own) == OK)
            flash(r, "Đã nhận và thêm nhiệm vụ vào kế hoạch của đơn vị. Hãy ghi rõ ai chủ trì.");
    } else if (strcmp(action, "gop") == 0) {
        text_int(form(r, "own"), &own);
        if (plan_answer_merge(c, plan, task, own) == OK)
            flash(r, "Đã gộp vào nhiệm vụ của đơn vị.");
    } else if (strcmp(action, "khong") == 0) {
        if (plan_answer_refuse(c, plan, task, form(r, "reason")) == OK)
            flash(r, "Đã ghi lý do không nhận.");
    } else if (strcmp(action, "lam-lai") == 0) {
        if (plan_answer_clear(c, plan, task) == OK)
            flash(r, "Đã bỏ câu trả lời.");
    } else {
        return fail(c, INVALID, "Hãy bấm một nút trả lời.", "no such action");
    }
    return c->err;
}

enum err plan_cover_post(struct request *r)
{
    struct ctx *c = r->c;
    int64_t plan = path_id(r, "id"), above = 0, task = 0;
    text_int(form(r, "above"), &above);
    text_int(form(r, "task"), &task);
    struct view view = { .filter = filter_of(form(r, "loc")), .wrong = task };
    if (act(r, plan, above, task) == INVALID) {
        view.errors = c->fields;
        show_again(r);
        return show(r, above, &view);
    }
    if (c->err != OK)
        return c->err;
    return redirect(r, "/ke-hoach/%" PRId64 "/doi-chieu?voi=%" PRId64 "&loc=%s%s", plan, above, view.filter,
                    task == 0 || strcmp(view.filter, "con-lai") == 0 ? "" : arena_printf(c->arena, "#t%" PRId64, task));
}

enum err plan_above_post(struct request *r)
{
    struct ctx *c = r->c;
    int64_t plan = path_id(r, "id"), above = 0;
    text_int(form(r, "above"), &above);
    bool cut = strcmp(form(r, "viec"), "bo") == 0;
    if ((cut ? plan_above_cut(c, plan, above) : plan_above_set(c, plan, above)) != OK)
        return c->err;
    flash(r, cut ? "Đã bỏ nối với kế hoạch ấy." : "Đã nối với kế hoạch cấp trên.");
    return redirect(r, "/ke-hoach/%" PRId64 "#tren", plan);
}
