#include "modules/plan/plan_cover.h"
#include "modules/audit/audit.h"
#include "modules/plan/plan.h"
#include "modules/task/task.h"
#include "plan_cover_queries.h"
#include "plan_queries.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <inttypes.h>
#include <string.h>

static const char *const answer_codes[] = { "", "taken", "merged", "refused" };

const char *cover_answer_code(enum cover_answer answer)
{
    return answer_codes[answer];
}

static enum cover_answer answer_of(const char *code)
{
    for (int i = ANSWER_TAKEN; code != NULL && i <= ANSWER_REFUSED; i++)
        if (strcmp(answer_codes[i], code) == 0)
            return (enum cover_answer)i;
    return ANSWER_NONE;
}

/* ---- which tasks concern the unit ---- */

struct wordings {
    const struct rows *rows; /* sql_cover_wordings, in order of task */
    int at;
};

/* Leads of a task in words. */
static const char *leads_of(struct arena *a, struct wordings *w, int64_t task)
{
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    for (w->at = 0; w->at < w->rows->count && cell_int(w->rows, w->at, "task") != task;)
        w->at++;
    for (; w->at < w->rows->count && cell_int(w->rows, w->at, "task") == task; w->at++) {
        buffer_printf(&b, "%s%s", b.length == 0 ? "" : "; ", cell(w->rows, w->at, "wording"));
    }
    return b.text;
}

static struct cover_task task_of(const struct rows *r, int i)
{
    return (struct cover_task){ .id = cell_int(r, i, "id"), .no = cell(r, i, "no"), .heading = cell(r, i, "heading"),
                                .title = cell(r, i, "title"), .time = cell(r, i, "time"), .leads = "", .products = "" };
}

static void take_answer(struct cover_line *l, const struct rows *r, int i)
{
    l->answer = answer_of(cell(r, i, "answer"));
    l->own = cell_int(r, i, "own");
    l->own_no = cell(r, i, "own_no");
    l->own_title = cell(r, i, "own_title");
    l->reason = cell(r, i, "reason");
    l->person_name = cell(r, i, "person_name");
    l->at = cell_int(r, i, "at");
    l->answered_in = cell_int(r, i, "answered_in");
    if (l->own != 0 && strcmp(cell(r, i, "own_state"), "active") != 0) {
        l->ended = true;
        l->answer = ANSWER_NONE;
    }
}

/* above 0: of all plans above. */
static struct cover_line *load_lines(struct ctx *c, int64_t plan, int64_t above, int64_t unit, size_t *count)
{
    const struct rows *rows = sql_cover_lines(c, plan, above, unit);
    struct cover_line *lines = arena_array(c->arena, (size_t)rows->count + 1, sizeof *lines);
    *count = 0;
    for (int i = 0; i < rows->count && *count < COVER_MOST; i++) {
        struct cover_line line = { .task = task_of(rows, i) };
        const char *role = cell(rows, i, "role");
        if (role == NULL && cell_int(rows, i, "for_all") == 0)
            continue;
        line.task.lead = role != NULL && strcmp(role, "lead") == 0;
        take_answer(&line, rows, i);
        line.index = *count;
        lines[(*count)++] = line;
    }
    return lines;
}

struct cover_count plan_cover_count(struct ctx *c, int64_t plan, int64_t unit)
{
    size_t all;
    const struct cover_line *lines = load_lines(c, plan, 0, unit, &all);
    struct cover_count count = { .all = (int64_t)all };
    for (size_t i = 0; i < all; i++)
        count.answered += lines[i].answer != ANSWER_NONE;
    return count;
}

/* ---- side by side ---- */

static const char *products_of(struct arena *a, const struct rows *products, int64_t task)
{
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    for (int i = 0; i < products->count; i++)
        if (cell_int(products, i, "task") == task)
            buffer_printf(&b, "%s%s", b.length == 0 ? "" : "; ", cell(products, i, "wording"));
    return b.text;
}

static void load_ours(struct ctx *c, struct cover *v)
{
    const struct rows *rows = sql_cover_ours(c, v->plan), *products = sql_cover_products(c, v->plan);
    struct wordings w = { .rows = sql_cover_wordings(c, v->plan, 0) };
    v->ours = arena_array(c->arena, (size_t)rows->count + 1, sizeof *v->ours);
    v->added = arena_array(c->arena, (size_t)rows->count + 1, sizeof *v->added);
    for (int i = 0; i < rows->count; i++) {
        struct cover_task *t = &v->ours[v->our_count];
        *t = task_of(rows, i);
        t->leads = leads_of(c->arena, &w, t->id);
        t->products = products_of(c->arena, products, t->id);
        v->added[v->our_count++] = cell_int(rows, i, "answers") == 0;
    }
}

static struct match_text match_text_of(const struct cover_task *t)
{
    return (struct match_text){ .no = t->no, .title = t->title, .products = t->products, .time = t->time };
}

static void lay_beside(struct ctx *c, struct cover *v)
{
    struct match_text *theirs = arena_array(c->arena, v->count + 1, sizeof *theirs);
    struct match_text *ours = arena_array(c->arena, v->our_count + 1, sizeof *ours);
    const struct rows *products = sql_cover_products(c, v->above);
    struct wordings w = { .rows = sql_cover_wordings(c, v->plan, 1) };
    for (size_t i = 0; i < v->count; i++) {
        v->lines[i].task.leads = leads_of(c->arena, &w, v->lines[i].task.id);
        v->lines[i].task.products = products_of(c->arena, products, v->lines[i].task.id);
        theirs[i] = match_text_of(&v->lines[i].task);
    }
    for (size_t i = 0; i < v->our_count; i++)
        ours[i] = match_text_of(&v->ours[i]);
    v->matching = match_texts(c->arena, theirs, v->count, ours, v->our_count, false);
    for (size_t i = 0; i < v->count; i++) {
        const struct match *m = &v->matching.left[i];
        v->lines[i].kind = m->kind;
        v->lines[i].score = m->score;
        v->lines[i].like = m->kind == MATCH_NONE ? NULL : &v->ours[m->other];
        v->answered += v->lines[i].answer != ANSWER_NONE;
        v->same += v->lines[i].answer == ANSWER_NONE && m->kind == MATCH_SAME;
    }
    for (size_t i = 0; i < v->our_count; i++)
        v->added[i] = v->added[i] && v->matching.right[i].kind == MATCH_NONE;
}

static enum err require_plan(struct ctx *c, int64_t plan, int64_t *unit)
{
    const struct rows *one = sql_plan_one(c, plan, c->person);
    if (c->err == OK && one->count == 0)
        return fail(c, NOT_FOUND, "Không tìm thấy kế hoạch này.", "plan %" PRId64, plan);
    *unit = c->err == OK ? cell_int(one, 0, "unit") : 0;
    return c->err;
}

enum err plan_cover_load(struct ctx *c, int64_t plan, int64_t above, struct cover **cover)
{
    struct cover *v = arena_alloc(c->arena, sizeof *v);
    if (require_plan(c, plan, &v->unit) != OK)
        return c->err;
    const struct rows *linked = sql_above_plans(c, plan);
    for (int i = 0; i < linked->count && v->above == 0; i++)
        if (above == 0 || cell_int(linked, i, "id") == above)
            v->above = cell_int(linked, i, "id");
    if (c->err == OK && v->above == 0)
        return fail(c, NOT_FOUND, "Kế hoạch này chưa nối với kế hoạch cấp trên nào.", "plan %" PRId64 " above %" PRId64, plan, above);
    v->plan = plan;
    v->above_row = sql_plan_one(c, v->above, c->person);
    v->lines = load_lines(c, plan, v->above, v->unit, &v->count);
    load_ours(c, v);
    if (c->err != OK)
        return c->err;
    lay_beside(c, v);
    *cover = v;
    return c->err;
}

/* ---- answers ---- */

struct answering {
    int64_t plan, unit;
    const struct rows *task; /* sql_cover_task */
};

static enum err require_answerer(struct ctx *c, int64_t plan, int64_t *unit)
{
    if (require_plan(c, plan, unit) == OK && !plan_may_edit(c, *unit))
        return fail(c, FORBIDDEN, "Chỉ đầu mối hoặc lãnh đạo của đơn vị được trả lời nhiệm vụ của cấp trên.", "unit %" PRId64, *unit);
    return c->err;
}

static enum err begin(struct ctx *c, struct answering *w, int64_t plan, int64_t task)
{
    w->plan = plan;
    if (require_answerer(c, plan, &w->unit) != OK)
        return c->err;
    w->task = sql_cover_task(c, plan, task);
    if (c->err == OK && w->task->count == 0)
        return fail(c, NOT_FOUND, "Không tìm thấy nhiệm vụ này trong kế hoạch cấp trên.", "task %" PRId64 " of no plan above %" PRId64, task, plan);
    return c->err;
}

static enum err write(struct ctx *c, const struct answering *w, enum cover_answer answer, int64_t own, const char *reason, const char *verb)
{
    int64_t task = cell_int(w->task, 0, "id");
    sql_answer_write(c, w->unit, task, w->plan, answer_codes[answer], own, reason, c->person, c->now);
    return audit_note(c, "plan.answer", "plan", w->plan,
                      arena_printf(c->arena, "%s nhiệm vụ cấp trên “%s” (%" PRId64 ")%s%s", verb, cell(w->task, 0, "title"), task,
                                   reason[0] == '\0' ? "" : ": ", reason));
}

static struct schedule schedule_of(struct ctx *c, const struct rows *t, int64_t since)
{
    struct schedule s = {
        .kind = schedule_kind_of(cell(t, 0, "kind")), .per = schedule_per_of(cell(t, 0, "per")),
        .year = (int)cell_int(t, 0, "year"), .count = (int)cell_int(t, 0, "count"),
        .start_day = cell_int(t, 0, "start_day"), .end_day = cell_int(t, 0, "end_day"),
    };
    const struct rows *due = sql_cover_due(c, cell_int(t, 0, "id"));
    for (int i = 0; i < due->count && s.due_count < SCHEDULE_MOST_DUE; i++)
        s.due_days[s.due_count++] = cell_int(due, i, "day");
    bool recurs = s.kind == SCHEDULE_FREQUENCY || s.kind == SCHEDULE_CONTINUOUS;
    if (recurs && since > s.start_day && day_year(since) == s.year && (s.end_day == 0 || since <= s.end_day))
        s.start_day = since; /* nothing was asked of us before */
    return s;
}

/* The same work as a task of ours; who leads it here is for a person to say. */
static int64_t copy_task(struct ctx *c, const struct answering *w)
{
    const struct rows *plan = sql_plan_one(c, w->plan, c->person);
    const struct rows *t = w->task, *products = sql_cover_task_products(c, cell_int(t, 0, "id"));
    struct task_product *list = arena_array(c->arena, (size_t)products->count + 1, sizeof *list);
    for (int i = 0; i < products->count; i++)
        list[i] = (struct task_product){ cell(products, i, "wording"), cell(products, i, "kind"), cell_int(products, i, "quantity") };
    if (c->err != OK)
        return 0;
    struct task_draft draft = {
        .plan = w->plan, .unit = w->unit, .area = (int)cell_int(t, 0, "area"), .position = (int)sql_cover_next_position(c, w->plan),
        .heading = cell(t, 0, "heading"), .title = cell(t, 0, "title"), .time_raw = cell(t, 0, "time_raw"),
        .schedule = schedule_of(c, t, cell_int(plan, 0, "day")),
        .products = list, .product_count = (size_t)products->count,
    };
    int64_t made = 0;
    task_create(c, &draft, &made);
    return made;
}

enum err plan_answer_take(struct ctx *c, int64_t plan, int64_t task, int64_t own, int64_t *made)
{
    struct answering w = { 0 };
    if (begin(c, &w, plan, task) != OK)
        return c->err;
    if (own != 0 && sql_cover_own(c, plan, own) == 0)
        return c->err != OK ? c->err : invalid(c, "own", "Hãy chọn một nhiệm vụ của kế hoạch này.");
    if (own == 0)
        own = sql_answer_own(c, w.unit, task); /* taken over before: not a second one */
    if (own == 0)
        own = copy_task(c, &w);
    if (c->err == OK && write(c, &w, ANSWER_TAKEN, own, "", "Nhận") == OK)
        *made = own;
    return c->err;
}

enum err plan_answer_merge(struct ctx *c, int64_t plan, int64_t task, int64_t own)
{
    struct answering w = { 0 };
    if (begin(c, &w, plan, task) != OK)
        return c->err;
    if (own == 0 || sql_cover_own(c, plan, own) == 0)
        return c->err != OK ? c->err : invalid(c, "own", "Hãy chọn nhiệm vụ của đơn vị để gộp vào.");
    return write(c, &w, ANSWER_MERGED, own, "", "Gộp");
}

enum err plan_answer_refuse(struct ctx *c, int64_t plan, int64_t task, const char *reason)
{
    struct answering w = { 0 };
    if (begin(c, &w, plan, task) != OK)
        return c->err;
    reason = text_squeeze(c->arena, reason);
    if (reason[0] == '\0')
        return invalid(c, "reason", "Hãy ghi lý do nhiệm vụ này không thuộc đơn vị.");
    if (text_length(reason) > COVER_REASON_LONGEST)
        return invalid(c, "reason", "Xin viết lý do không quá %d ký tự.", COVER_REASON_LONGEST);
    return write(c, &w, ANSWER_REFUSED, 0, reason, "Không nhận");
}

enum err plan_answer_clear(struct ctx *c, int64_t plan, int64_t task)
{
    struct answering w = { 0 };
    if (begin(c, &w, plan, task) != OK)
        return c->err;
    if (sql_answer_delete(c, w.unit, task) == 0)
        return fail(c, CONFLICT, "Nhiệm vụ này chưa được trả lời.", "task %" PRId64, task);
    return audit_note(c, "plan.answer", "plan", plan,
                      arena_printf(c->arena, "Bỏ câu trả lời về nhiệm vụ cấp trên “%s” (%" PRId64 ")", cell(w.task, 0, "title"), task));
}

enum err plan_answer_same(struct ctx *c, int64_t plan, int64_t above, int64_t *count)
{
    struct cover *v = NULL;
    int64_t unit = 0, done = 0;
    if (require_answerer(c, plan, &unit) != OK || plan_cover_load(c, plan, above, &v) != OK)
        return c->err;
    for (size_t i = 0; i < v->count; i++)
        if (v->lines[i].answer == ANSWER_NONE && v->lines[i].kind == MATCH_SAME) {
            sql_answer_write(c, unit, v->lines[i].task.id, plan, answer_codes[ANSWER_TAKEN], v->lines[i].like->id, "", c->person, c->now);
            done++;
        }
    if (done > 0)
        audit_note(c, "plan.answer", "plan", plan, arena_printf(c->arena, "Nhận %" PRId64 " nhiệm vụ cấp trên trùng lời", done));
    if (c->err == OK)
        *count = done;
    return c->err;
}
