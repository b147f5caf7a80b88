/* Pages of amendments: the document beside the plan in force, a decision for each task; the versions on a plan's page. */
#include "modules/plan/plan_amend.h"
#include "plan_amend_queries.h"
#include "plan_queries.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { LIKELY_MOST = 8 };

void plan_put_versions(struct request *r, int64_t plan)
{
    const struct rows *versions = sql_versions(r->c, plan);
    put_rows(r, "versions", versions);
    put_rows(r, "changes", sql_version_changes(r->c, plan));
    put_text(r, "amended", versions->count > 1 ? "1" : "");
}

static const char *plan_words(struct ctx *c, int64_t plan, int64_t unit)
{
    const struct rows *one = sql_amend_plan(c, plan, unit);
    if (one->count == 0)
        return "";
    const char *number = cell(one, 0, "number");
    return number[0] == '\0' ? cell(one, 0, "title") : arena_printf(c->arena, "Kế hoạch số %s", number);
}

void plan_put_amends(struct request *r, int64_t import)
{
    struct plan_import read = { 0 };
    int64_t plan = plan_amend_of(r->c, import);
    put_int(r, "import_id", import);
    put_text(r, "amends", plan == 0 ? NULL : arena_printf(r->c->arena, "/ke-hoach/%" PRId64, plan));
    put_text(r, "amends_words", plan == 0 || plan_import_get(r->c, import, &read) != OK ? "" : plan_words(r->c, plan, read.unit));
}

/* ---- side by side ---- */

static const char *number_text(struct arena *a, int64_t n)
{
    return arena_printf(a, "%" PRId64, n);
}

static const char *error_of(const struct field_error *errors, const char *field)
{
    for (; errors != NULL; errors = errors->next)
        if (strcmp(errors->field, field) == 0)
            return errors->message;
    return NULL;
}

static const struct stored_task *decided(const struct amend *m, size_t draft)
{
    for (size_t i = 0; i < m->count; i++)
        if (m->tasks[i].id == m->decide[draft])
            return &m->tasks[i];
    return NULL;
}

static void add_choices(struct arena *a, struct rows_maker *m, const struct amend *amend, size_t draft)
{
    const char *j = number_text(a, (int64_t)draft);
    struct match_likely *list = arena_array(a, amend->count + 1, sizeof *list);
    for (size_t i = 0; i < amend->count; i++)
        list[i] = (struct match_likely){ amend->matching.scores[i * amend->matching.right_count + draft], i };
    match_likeliest_first(list, amend->count);
    rows_add(m, (const char *const[]){ j, "0", "Nhiệm vụ mới, bổ sung vào kế hoạch", amend->decide[draft] == AMEND_NEW ? "1" : "" });
    rows_add(m, (const char *const[]){ j, "-1", "Không đưa vào kế hoạch", amend->decide[draft] == AMEND_LEFT_OUT ? "1" : "" });
    for (size_t i = 0; i < amend->count; i++) {
        const struct stored_task *t = &amend->tasks[list[i].index];
        bool chosen = t->id == amend->decide[draft];
        if (i < LIKELY_MOST || chosen)
            rows_add(m, (const char *const[]){ j, number_text(a, t->id), arena_printf(a, "Sửa nhiệm vụ %s%s%s", t->task.no, t->task.no[0] == '\0' ? "" : ". ", t->task.title),
                                               chosen ? "1" : "" });
    }
}

struct tables {
    struct rows_maker tasks, fields, choices, rest;
    int64_t added, changed, kept;
};

static void add_task(struct arena *a, struct tables *t, const struct amend *m, size_t i, const struct field_error *errors)
{
    static const char *const looks[][3] = { { "new", "doing", "Bổ sung" }, { "out", "todo", "Không đưa vào" }, { "same", "done", "Giữ nguyên" }, { "changed", "soon", "Sửa" } };
    const struct draft_task *d = &m->import.draft.tasks[i];
    const struct stored_task *was = decided(m, i);
    const char *j = number_text(a, (int64_t)i);
    struct amend_field fields[AMEND_FIELDS];
    size_t count = was == NULL ? 0 : plan_amend_fields(a, was, d, fields);
    int look = m->decide[i] == AMEND_LEFT_OUT ? 1 : was == NULL ? 0 : count == 0 ? 2 : 3;
    for (size_t k = 0; k < count; k++)
        rows_add(&t->fields, (const char *const[]){ j, fields[k].label, fields[k].was, fields[k].now });
    rows_add(&t->tasks, (const char *const[]){ j, d->no, d->title, d->time_raw, d->leads, looks[look][0], looks[look][1], looks[look][2],
                                               error_of(errors, arena_printf(a, "d%zu", i)) });
    t->added += look == 0;
    t->changed += look == 3;
    add_choices(a, &t->choices, m, i);
}

static void put_tables(struct request *r, const struct amend *m, const struct field_error *errors)
{
    static const char *const task_columns[] = { "j", "no", "title", "time", "leads", "kind", "badge", "badge_label", "error", NULL };
    static const char *const field_columns[] = { "j", "label", "was", "now", NULL };
    static const char *const choice_columns[] = { "j", "id", "label", "chosen", NULL };
    static const char *const rest_columns[] = { "id", "no", "title", "time", "withdraw", NULL };
    struct tables t = { .kept = (int64_t)m->count };
    struct arena *a = r->c->arena;
    rows_start(&t.tasks, a, task_columns);
    rows_start(&t.fields, a, field_columns);
    rows_start(&t.choices, a, choice_columns);
    rows_start(&t.rest, a, rest_columns);
    for (size_t i = 0; m->plan != 0 && i < m->import.draft.count; i++)
        add_task(a, &t, m, i, errors);
    for (size_t i = 0; i < m->count; i++) {
        bool named = false;
        for (size_t k = 0; k < m->import.draft.count; k++)
            named = named || m->decide[k] == m->tasks[i].id;
        t.kept -= m->withdraw[i];
        if (!named || m->withdraw[i])
            rows_add(&t.rest, (const char *const[]){ number_text(a, m->tasks[i].id), m->tasks[i].task.no, m->tasks[i].task.title, m->tasks[i].time,
                                                     m->withdraw[i] ? "1" : "" });
    }
    put_rows(r, "tasks", &t.tasks.rows);
    put_rows(r, "fields", &t.fields.rows);
    put_rows(r, "choices", &t.choices.rows);
    put_rows(r, "rest", &t.rest.rows);
    put_int(r, "new_count", t.added);
    put_int(r, "changed_count", t.changed);
    put_int(r, "kept_count", t.kept - t.changed);
}

static enum err show(struct request *r, const struct amend *m, const struct field_error *errors)
{
    struct ctx *c = r->c;
    put_int(r, "id", m->import.id);
    put_text(r, "plan", m->plan == 0 ? "" : number_text(c->arena, m->plan));
    put_text(r, "plan_words", m->plan == 0 ? "" : plan_words(c, m->plan, m->import.unit));
    put_text(r, "file_name", m->import.file_name);
    put_text(r, "number", m->import.draft.number);
    put_text(r, "title", m->import.draft.title);
    put_text(r, "from_day", form_has(r, "from_day") ? form(r, "from_day") : day_vi(c->arena, m->from_day));
    put_text(r, "error_from_day", error_of(errors, "from_day"));
    put_text(r, "error_plan", error_of(errors, "plan"));
    put_text(r, "error_title", error_of(errors, "title"));
    put_rows(r, "plans", sql_amend_plans(c, m->import.unit));
    put_tables(r, m, errors);
    return page(r, "plan_amend.html");
}

enum err plan_amend_show(struct request *r)
{
    struct amend *m = NULL;
    if (plan_amend_load(r->c, path_id(r, "id"), &m) != OK)
        return r->c->err;
    if (m->import.plan != 0)
        return redirect(r, "/ke-hoach/%" PRId64, m->import.plan);
    if (!m->import.open)
        return fail(r->c, NOT_FOUND, "Bản nhập này đã bỏ. Hãy nhập lại tệp.", "import dropped");
    if (m->import.scanning) /* nothing is read yet */
        return redirect(r, "/ke-hoach/nhap/%" PRId64, m->import.id);
    return show(r, m, NULL);
}

/* ---- without a document ---- */

struct begun {
    int64_t unit;
    struct plan_source source;
};

enum err plan_amend_before(struct request *r)
{
    struct begun *begun = arena_alloc(r->c->arena, sizeof *begun);
    r->prepared = begun;
    return plan_amend_begin(r->c, path_id(r, "id"), &begun->unit, &begun->source);
}

enum err plan_amend_run(struct request *r)
{
    struct ctx *c = r->c;
    const struct begun *begun = r->prepared;
    int64_t import = sql_plan_import_same(c, begun->unit, begun->source.file->source); /* begun before and not finished */
    if (import == 0 && plan_amend_begun(c, path_id(r, "id"), begun->unit, &begun->source, &import) != OK)
        return c->err;
    flash(r, "Đây là kế hoạch đang thực hiện. Sửa, thêm, xóa nhiệm vụ, ghi số và ngày của văn bản điều chỉnh, rồi xác nhận.");
    return redirect(r, "/ke-hoach/nhap/%" PRId64, import);
}

/* The decisions as sent; a task that the form does not hold keeps its proposal. */
static void take_form(struct request *r, struct amend *m)
{
    struct arena *a = r->c->arena;
    for (size_t i = 0; i < m->import.draft.count; i++)
        text_int(form(r, arena_printf(a, "d%zu", i)), &m->decide[i]);
    for (size_t i = 0; i < m->count; i++)
        m->withdraw[i] = form_has(r, arena_printf(a, "w%" PRId64, m->tasks[i].id));
    if (!day_parse(text_trim(a, form(r, "from_day")), &m->from_day))
        invalid(r->c, "from_day", "Hãy ghi ngày có hiệu lực, ví dụ 20/6/2026.");
}

static enum err choose(struct request *r, int64_t import)
{
    int64_t plan = 0;
    text_int(form(r, "plan"), &plan);
    if (plan_amend_set(r->c, import, plan) != OK)
        return r->c->err;
    return redirect(r, plan == 0 ? "/ke-hoach/nhap/%" PRId64 : "/ke-hoach/nhap/%" PRId64 "/dieu-chinh", import);
}

static enum err confirm(struct request *r, struct amend *m)
{
    struct plan_people people = { 0 };
    int64_t version = 0;
    text_int(m->import.draft.leader, &people.leader);
    text_int(m->import.draft.approver, &people.approver);
    if (r->c->err == OK)
        plan_amend_confirm(r->c, m, &people, &version);
    if (r->c->err == INVALID) {
        const struct field_error *errors = r->c->fields;
        show_again(r);
        return show(r, m, errors);
    }
    if (r->c->err != OK)
        return r->c->err;
    flash(r, arena_printf(r->c->arena, "Đã điều chỉnh kế hoạch: đây là bản thứ %" PRId64 ".", version));
    return redirect(r, "/ke-hoach/%" PRId64 "#ban", m->plan);
}

enum err plan_amend_post(struct request *r)
{
    struct ctx *c = r->c;
    struct amend *m = NULL;
    int64_t import = path_id(r, "id");
    if (plan_amend_load(c, import, &m) != OK || plan_require_edit(c, m->import.unit) != OK)
        return c->err;
    if (strcmp(form(r, "viec"), "chon") == 0)
        return choose(r, import);
    take_form(r, m);
    if (strcmp(form(r, "viec"), "xac-nhan") == 0)
        return confirm(r, m);
    const struct field_error *errors = c->fields;
    if (c->err == INVALID)
        show_again(r);
    return show(r, m, errors);
}
