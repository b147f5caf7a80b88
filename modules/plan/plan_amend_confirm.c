/* An amendment becomes the plan's next version. */
#include "modules/audit/audit.h"
#include "modules/plan/plan_amend.h"
#include "modules/plan/plan_give.h"
#include "plan_amend_queries.h"
#include "plan_queries.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <inttypes.h>
#include <string.h>

struct writing {
    const struct amend *m;
    struct plan_giving changed, added; /* what recurs keeps its old beginning, or begins with the amendment */
    int64_t version;
    const char *by;                    /* "Kế hoạch số 130/KH-TTYTSH" */
};

static const char *field_of(struct ctx *c, size_t draft)
{
    return arena_printf(c->arena, "d%zu", draft);
}

static size_t task_at(const struct amend *m, int64_t id)
{
    size_t i = 0;
    while (i < m->count && m->tasks[i].id != id)
        i++;
    return i;
}

static void check_decisions(struct ctx *c, const struct amend *m)
{
    bool *used = arena_array(c->arena, m->count + 1, sizeof *used);
    const struct plan_draft *d = &m->import.draft;
    for (size_t i = 0; i < d->count; i++) {
        size_t at = task_at(m, m->decide[i]);
        if (m->decide[i] == AMEND_LEFT_OUT)
            continue;
        if (text_blank(d->tasks[i].title))
            invalid(c, field_of(c, i), "Nhiệm vụ này chưa có nội dung. Hãy ghi ở trang kiểm tra, hoặc để ngoài kế hoạch.");
        if (m->decide[i] == AMEND_NEW)
            continue;
        if (at == m->count)
            invalid(c, field_of(c, i), "Hãy chọn một nhiệm vụ của kế hoạch đang thực hiện.");
        else if (used[at])
            invalid(c, field_of(c, i), "Nhiệm vụ này của kế hoạch đã được chọn ở dòng khác.");
        else if (m->withdraw[at])
            invalid(c, field_of(c, i), "Nhiệm vụ này vừa được sửa vừa bị thôi thực hiện. Hãy bỏ một trong hai.");
        if (at < m->count)
            used[at] = true;
    }
}

static bool changes_nothing(struct ctx *c, const struct amend *m)
{
    struct amend_field fields[AMEND_FIELDS];
    for (size_t i = 0; i < m->count; i++)
        if (m->withdraw[i])
            return false;
    for (size_t i = 0; i < m->import.draft.count; i++) {
        size_t at = task_at(m, m->decide[i]);
        if (m->decide[i] == AMEND_NEW || (at < m->count && plan_amend_fields(c->arena, &m->tasks[at], &m->import.draft.tasks[i], fields) > 0))
            return false;
    }
    return true;
}

static enum err check(struct ctx *c, const struct amend *m)
{
    const struct rows *last = sql_version_last(c, m->plan);
    if (plan_require_edit(c, m->import.unit) != OK)
        return c->err;
    if (!m->import.open)
        return fail(c, CONFLICT, "Bản nhập này đã được xác nhận hoặc đã bỏ.", "import %" PRId64, m->import.id);
    if (m->import.scanning)
        return fail(c, CONFLICT, "Văn bản này đang được nhận dạng. Hãy chờ xong rồi đối chiếu.", "import %" PRId64 " is scanned", m->import.id);
    if (m->plan == 0 || last->count == 0)
        return invalid(c, "plan", "Hãy chọn kế hoạch được điều chỉnh.");
    if (text_blank(m->import.draft.title))
        invalid(c, "title", "Hãy ghi trích yếu của văn bản điều chỉnh ở trang kiểm tra.");
    if (m->from_day < cell_int(last, 0, "from_day"))
        invalid(c, "from_day", "Ngày có hiệu lực phải từ ngày %s, ngày bản đang thực hiện có hiệu lực.",
                day_vi(c->arena, cell_int(last, 0, "from_day")));
    check_decisions(c, m);
    if (c->err == OK && changes_nothing(c, m))
        return invalid(c, "plan", "Văn bản này không thay đổi gì trong kế hoạch. Hãy xem lại các lựa chọn.");
    return c->err;
}

static void note(struct ctx *c, struct writing *w, int64_t task, const char *kind, const struct amend_field *f)
{
    sql_change_insert(c, w->m->plan, w->version, task, kind, f == NULL ? "" : f->label, f == NULL ? "" : f->was, f == NULL ? "" : f->now);
}

static bool has(const struct amend_field *fields, size_t count, const char *field)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(fields[i].field, field) == 0)
            return true;
    return false;
}

/* The stored task with the fields that the document changes; all else is as it was. */
static struct task_draft merged(struct ctx *c, struct writing *w, const struct stored_task *was, const struct draft_task *now,
                                const struct amend_field *fields, size_t count)
{
    struct draft_task words = plan_stored_draft(c->arena, was);
    words.leads = has(fields, count, "leads") ? now->leads : words.leads;
    words.partners = has(fields, count, "partners") ? now->partners : words.partners;
    words.products = has(fields, count, "products") ? now->products : words.products;
    words.schedule = has(fields, count, "time") ? now->schedule : words.schedule;
    const struct task_draft given = plan_give(c, &w->changed, (size_t)was->task.position, &words);
    struct task_draft out = was->task;
    if (has(fields, count, "title"))
        out.title = now->title;
    if (has(fields, count, "budget"))
        out.budget = now->budget;
    if (has(fields, count, "time")) {
        out.time_raw = now->time_raw;
        out.schedule = given.schedule;
    }
    if (has(fields, count, "leads") || has(fields, count, "partners")) {
        out.parties = given.parties;
        out.party_count = given.party_count;
    }
    if (has(fields, count, "products")) {
        out.products = given.products;
        out.product_count = given.product_count;
    }
    return out;
}

static void change(struct ctx *c, struct writing *w, const struct stored_task *was, const struct draft_task *now)
{
    struct amend_field fields[AMEND_FIELDS];
    size_t count = plan_amend_fields(c->arena, was, now, fields);
    if (count == 0)
        return;
    const struct task_draft draft = merged(c, w, was, now, fields, count);
    task_amend(c, was->id, &draft, w->m->from_day, w->by);
    for (size_t i = 0; i < count; i++)
        note(c, w, was->id, "changed", &fields[i]);
}

static void write_tasks(struct ctx *c, struct writing *w)
{
    const struct amend *m = w->m;
    const struct plan_draft *d = &m->import.draft;
    size_t position = m->count == 0 ? 0 : (size_t)m->tasks[m->count - 1].task.position;
    for (size_t i = 0; i < d->count && c->err == OK; i++) {
        if (m->decide[i] == AMEND_NEW) {
            const struct task_draft draft = plan_give(c, &w->added, ++position, &d->tasks[i]);
            int64_t task = 0;
            if (task_add(c, &draft, &task) == OK)
                note(c, w, task, "added", NULL);
        } else if (m->decide[i] != AMEND_LEFT_OUT)
            change(c, w, &m->tasks[task_at(m, m->decide[i])], &d->tasks[i]);
    }
    for (size_t i = 0; i < m->count && c->err == OK; i++)
        if (m->withdraw[i]) {
            task_end_from(c, m->tasks[i].id, m->from_day, w->by);
            note(c, w, m->tasks[i].id, "withdrawn", NULL);
        }
}

static enum err write_version(struct ctx *c, const struct writing *w)
{
    const struct plan_draft *d = &w->m->import.draft;
    int64_t day = 0;
    draft_day(d, &day);
    if (sql_plan_import_confirm(c, w->m->import.id, w->m->plan, c->person, c->now) == 0 ||
        sql_version_insert(c, w->m->plan, w->version, w->m->import.id, text_trim(c->arena, d->number), day, text_squeeze(c->arena, d->title),
                           w->m->from_day, c->person, c->now) == 0)
        fail(c, CONFLICT, "Người khác vừa điều chỉnh kế hoạch này. Hãy tải lại trang rồi đối chiếu lần nữa.", "plan %" PRId64, w->m->plan);
    return c->err;
}

enum err plan_amend_confirm(struct ctx *c, const struct amend *m, const struct plan_people *people, int64_t *version)
{
    if (check(c, m) != OK)
        return c->err;
    const struct plan_draft *d = &m->import.draft;
    const struct rows *plan = sql_amend_plan(c, m->plan, m->import.unit);
    if (c->err == OK && plan->count == 0)
        return invalid(c, "plan", "Hãy chọn một kế hoạch của chính đơn vị này.");
    struct plan_giving giving = { .draft = d, .people = people, .plan = m->plan, .unit = m->import.unit, .when = m->from_day };
    struct writing w = { .m = m, .changed = giving, .added = giving, .version = m->version + 1 };
    w.changed.signed_day = c->err == OK ? cell_int(plan, 0, "day") : 0;
    w.added.signed_day = m->from_day;
    w.by = text_blank(d->number) ? "văn bản điều chỉnh kế hoạch" : arena_printf(c->arena, "Kế hoạch số %s", text_trim(c->arena, d->number));
    if (write_version(c, &w) != OK)
        return c->err;
    write_tasks(c, &w);
    audit_note(c, "plan.amend", "plan", m->plan, arena_printf(c->arena, "Điều chỉnh kế hoạch theo %s, có hiệu lực từ %s", w.by, day_vi(c->arena, m->from_day)));
    if (c->err == OK)
        *version = w.version;
    return c->err;
}
