/* Giving out tasks: writing, changing and ending them, and the occurrences that follow from their time. */
#include "modules/task/task.h"
#include "modules/audit/audit.h"
#include "modules/person/person.h"
#include "modules/task/task_inner.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include "task_queries.h"
#include <inttypes.h>

const struct rows *task_visible(struct ctx *c, int64_t task)
{
    const struct rows *rows = sql_task_view(c, task, c->person);
    if (c->err == OK && rows->count == 0)
        fail(c, NOT_FOUND, "Không tìm thấy nhiệm vụ này.", "task %" PRId64, task);
    return rows;
}

enum err task_note(struct ctx *c, int64_t task, int64_t occurrence, const char *kind, const char *summary)
{
    sql_task_insert_event(c, task, occurrence, kind, c->person, c->now, summary);
    return audit_note(c, arena_printf(c->arena, "task.%s", kind), "task", task, summary);
}

/* The task's row when c->person gives out tasks of its owner. */
static const struct rows *managed(struct ctx *c, int64_t task)
{
    const struct rows *rows = task_visible(c, task);
    if (c->err != OK)
        return rows;
    if (!cell_int(rows, 0, "manages"))
        fail(c, FORBIDDEN, "Chỉ lãnh đạo hoặc đầu mối của đơn vị giao việc được sửa nhiệm vụ này.", "task %" PRId64, task);
    else if (strcmp(cell(rows, 0, "state"), "active") != 0)
        fail(c, CONFLICT, "Nhiệm vụ này đã dừng, không sửa được nữa.", "task %" PRId64 " is cancelled", task);
    return rows;
}

static const char *clean(struct ctx *c, const char *text)
{
    return text == NULL ? "" : text_squeeze(c->arena, text);
}

static void check_length(struct ctx *c, const char *field, const char *text, size_t most)
{
    if (text != NULL && text_length(text) > most)
        invalid(c, field, "Nội dung này dài quá %d ký tự. Xin viết gọn lại.", (int)most);
}

static enum err check(struct ctx *c, const struct task_draft *d)
{
    if (text_blank(d->title))
        invalid(c, "title", "Hãy ghi tên việc phải làm.");
    check_length(c, "title", d->title, TASK_TITLE_LONGEST);
    check_length(c, "time_raw", d->time_raw, TASK_TEXT_LONGEST);
    check_length(c, "budget", d->budget, TASK_TEXT_LONGEST);
    check_length(c, "responsible_raw", d->responsible_raw, TASK_TEXT_LONGEST);
    check_length(c, "leader_raw", d->leader_raw, TASK_TEXT_LONGEST);
    check_length(c, "approver_raw", d->approver_raw, TASK_TEXT_LONGEST);
    for (size_t i = 0; i < d->product_count; i++)
        check_length(c, "products", d->products[i].wording, TASK_TEXT_LONGEST);
    if (d->party_count > TASK_MOST_PARTIES)
        invalid(c, "leads", "Một nhiệm vụ giao được cho nhiều nhất %d đơn vị.", TASK_MOST_PARTIES);
    const char *wrong = schedule_wrong(c->arena, &d->schedule);
    if (wrong != NULL)
        invalid(c, "time", "%s", wrong);
    return c->err;
}

static const char *search_text(struct ctx *c, const struct task_draft *d)
{
    struct buffer b = { .arena = c->arena };
    const char *const texts[] = { d->no, d->title, d->heading, d->time_raw };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        buffer_printf(&b, "%s ", texts[i] == NULL ? "" : texts[i]);
    for (size_t i = 0; i < d->party_count; i++)
        if (d->parties[i].wording != NULL)
            buffer_printf(&b, "%s ", d->parties[i].wording);
    for (size_t i = 0; i < d->product_count; i++)
        if (d->products[i].wording != NULL)
            buffer_printf(&b, "%s ", d->products[i].wording);
    return text_key(c->arena, b.text);
}

static void write_parties(struct ctx *c, int64_t task, const struct task_draft *d)
{
    bool said = false;
    for (size_t i = 0; i < d->party_count; i++)
        said = said || (d->parties[i].proves && d->parties[i].unit != 0);
    for (size_t i = 0; i < d->party_count; i++) {
        const struct task_party *p = &d->parties[i];
        bool proves = p->proves;
        if (!said && !p->partner && p->unit != 0)
            said = proves = true; /* the first lead answers for all */
        sql_task_insert_unit(c, task, p->unit, p->partner ? "partner" : "lead", clean(c, p->wording), p->set, proves,
                             (int64_t)i + 1);
    }
}

static void write_products(struct ctx *c, int64_t task, const struct task_draft *d)
{
    for (size_t i = 0; i < d->product_count; i++) {
        const struct task_product *p = &d->products[i];
        const char *wording = clean(c, p->wording);
        if (*wording == '\0')
            continue;
        int64_t quantity;
        const char *kind = task_kind_of(c->arena, wording, &quantity);
        sql_task_insert_product(c, task, wording, text_blank(p->kind) ? kind : p->kind,
                                p->quantity > 0 ? p->quantity : quantity, (int64_t)i + 1);
    }
}

static void write_time(struct ctx *c, int64_t task, const struct task_draft *d)
{
    const struct schedule *s = &d->schedule;
    int64_t first = s->kind == SCHEDULE_DEADLINE && s->due_count > 0 ? s->due_days[0] : day_of_moment(c->now);
    int year = s->year != 0 ? s->year : day_year(s->start_day != 0 ? s->start_day : first);
    sql_task_set_time(c, task, schedule_kind_name(s->kind), schedule_per_name(s->per), s->count, year,
                      schedule_words(c->arena, s));
    sql_task_set_window(c, task, s->start_day, s->end_day, clean(c, d->time_raw), clean(c, d->budget));
    for (int i = 0; s->kind == SCHEDULE_DEADLINE && i < s->due_count; i++)
        sql_task_insert_due(c, task, s->due_days[i]);
}

/* The six rõ are reckoned anew with every change. */
static void reckon(struct ctx *c, int64_t task)
{
    sql_task_six_delete(c, task);
    sql_task_six_insert(c, task);
}

/* Who answers for it works in a unit of the task, or at least in the agency; needs the task's units in the table. */
static enum err check_responsible(struct ctx *c, int64_t task, int64_t person)
{
    if (c->err == OK && person != 0 && sql_task_person_of(c, task, person) == 0)
        invalid(c, "responsible", "Người này không thuộc đơn vị thực hiện nhiệm vụ. Hãy chọn người khác.");
    return c->err;
}

/* Who leads or approves works there, too, or above the agency: being named lets a person see the task and decide. */
static enum err check_overseer(struct ctx *c, int64_t task, const char *field, int64_t person)
{
    if (c->err == OK && person != 0 && sql_task_person_of(c, task, person) == 0 && sql_task_person_above(c, task, person) == 0)
        invalid(c, field, "Người này không thuộc cơ quan giao việc hay cấp trên. Hãy chọn người khác.");
    return c->err;
}

/* Everything of a draft but the occurrences, over a row that has none of it yet. */
static void write_all(struct ctx *c, int64_t task, const struct task_draft *d)
{
    int area = d->area != 0 ? d->area : task_area_of(c->arena, d->heading, d->title);
    sql_task_set_text(c, task, clean(c, d->no), clean(c, d->heading), clean(c, d->title), search_text(c, d), area, d->position);
    sql_task_set_people(c, task, d->responsible, d->leader, d->approver);
    sql_task_set_roles(c, task, clean(c, d->responsible_raw), clean(c, d->leader_raw), clean(c, d->approver_raw));
    write_time(c, task, d);
    write_parties(c, task, d);
    check_responsible(c, task, d->responsible);
    check_overseer(c, task, "leader_raw", d->leader);
    check_overseer(c, task, "approver_raw", d->approver);
    write_products(c, task, d);
    for (int ro = RO_PERSON; ro <= RO_AUTHORITY; ro++)
        if (d->doubts & RO_BIT(ro))
            sql_task_insert_doubt(c, task, ro);
    reckon(c, task);
}

/* from_day: what ended before it stays as it is, whatever the schedule asks for now; 0: all is made anew. */
static void write_occurrences(struct ctx *c, int64_t task, const struct schedule *s, int64_t from_day)
{
    struct occurrence_day *days = NULL;
    size_t count = schedule_occurrences(c->arena, s, calendar_load(c), &days);
    sql_occurrence_unnumber(c, task, from_day);
    int64_t number = sql_occurrence_last_number(c, task);
    for (size_t i = 0; i < count; i++) {
        const struct occurrence_day *o = &days[i];
        if (o->end_day < from_day)
            continue;
        number++;
        sql_occurrence_renumber(c, task, number, o->label, o->start_day, o->end_day, o->quota);
        sql_occurrence_insert(c, task, number, o->label, o->start_day, o->end_day, o->due_day, o->strict, o->quota);
    }
    sql_occurrence_sweep(c, task, from_day);
    sql_occurrence_keep(c, task);
}

enum err task_add(struct ctx *c, const struct task_draft *draft, int64_t *id)
{
    if (check(c, draft) != OK)
        return c->err;
    int64_t task = sql_task_insert(c, draft->plan, draft->unit, draft->parent, clean(c, draft->title),
                                   draft->schedule.year, c->person, c->now);
    if (c->err != OK)
        return c->err;
    write_all(c, task, draft);
    write_occurrences(c, task, &draft->schedule, 0);
    if (task_note(c, task, 0, "add", "Giao nhiệm vụ") == OK)
        *id = task;
    return c->err;
}

enum err task_create(struct ctx *c, const struct task_draft *draft, int64_t *id)
{
    if (!person_holds(c, draft->unit, ROLE_LEADER | ROLE_COORDINATOR))
        return fail(c, FORBIDDEN, "Chỉ lãnh đạo hoặc đầu mối của đơn vị được giao nhiệm vụ.", "unit %" PRId64, draft->unit);
    return task_add(c, draft, id);
}

static void rewrite(struct ctx *c, int64_t task, const struct task_draft *draft, int64_t from_day)
{
    sql_task_delete_units(c, task);
    sql_task_delete_products(c, task);
    sql_task_delete_due(c, task);
    sql_task_delete_doubts(c, task);
    write_all(c, task, draft);
    write_occurrences(c, task, &draft->schedule, from_day);
}

enum err task_change(struct ctx *c, int64_t task, const struct task_draft *draft)
{
    managed(c, task);
    if (c->err != OK || check(c, draft) != OK)
        return c->err;
    rewrite(c, task, draft, 0);
    return task_note(c, task, 0, "change", "Sửa nhiệm vụ");
}

enum err task_amend(struct ctx *c, int64_t task, const struct task_draft *draft, int64_t from_day, const char *by)
{
    managed(c, task);
    if (c->err != OK || check(c, draft) != OK)
        return c->err;
    rewrite(c, task, draft, from_day);
    return task_note(c, task, 0, "change", arena_printf(c->arena, "Điều chỉnh theo %s, từ ngày %s", by, day_vi(c->arena, from_day)));
}

enum err task_end_from(struct ctx *c, int64_t task, int64_t from_day, const char *by)
{
    managed(c, task);
    const char *reason = arena_printf(c->arena, "Thôi thực hiện từ ngày %s theo %s", day_vi(c->arena, from_day), by);
    if (sql_task_set_cancelled(c, task, reason) == 0 && c->err == OK)
        return fail(c, CONFLICT, "Nhiệm vụ này đã dừng trước đó.", "task %" PRId64, task);
    sql_occurrence_end_from(c, task, from_day);
    return task_note(c, task, 0, "cancel", reason);
}

enum err task_assign(struct ctx *c, int64_t task, int64_t person)
{
    managed(c, task);
    check_responsible(c, task, person);
    sql_task_set_responsible(c, task, person);
    reckon(c, task);
    return task_note(c, task, 0, "assign", person == 0 ? "Bỏ người phụ trách" : "Giao người phụ trách");
}

enum err task_cancel(struct ctx *c, int64_t task, const char *reason)
{
    managed(c, task);
    reason = clean(c, reason);
    if (c->err == OK && *reason == '\0')
        return invalid(c, "cancel_reason", "Hãy ghi lý do dừng nhiệm vụ.");
    check_length(c, "cancel_reason", reason, TASK_TEXT_LONGEST);
    if (sql_task_set_cancelled(c, task, reason) == 0 && c->err == OK)
        return fail(c, CONFLICT, "Nhiệm vụ này đã dừng trước đó.", "task %" PRId64, task);
    sql_occurrence_cancel(c, task);
    return task_note(c, task, 0, "cancel", arena_printf(c->arena, "Dừng nhiệm vụ: %s", reason));
}

enum err task_trigger(struct ctx *c, int64_t task, const char *trigger, int64_t due_day)
{
    const struct rows *row = managed(c, task);
    if (c->err != OK)
        return c->err;
    if (schedule_kind_of(cell(row, 0, "kind")) != SCHEDULE_ON_REQUEST)
        return fail(c, CONFLICT, "Chỉ nhiệm vụ làm khi có yêu cầu mới mở kỳ theo cách này.", "task %" PRId64, task);
    trigger = clean(c, trigger);
    int64_t today = day_of_moment(c->now);
    if (*trigger == '\0')
        invalid(c, "trigger", "Hãy ghi văn bản hoặc lý do yêu cầu, ví dụ: Công văn 12/SYT-VP.");
    check_length(c, "trigger", trigger, TASK_TEXT_LONGEST);
    if (due_day < today)
        invalid(c, "due", "Hạn phải từ hôm nay trở đi, ví dụ %s.", day_vi(c->arena, today + 7));
    if (due_day > today + 5 * 366)
        invalid(c, "due", "Hạn xa quá 5 năm. Hãy xem lại năm.");
    if (c->err != OK)
        return c->err;
    int64_t number = sql_occurrence_next_number(c, task);
    sql_occurrence_insert(c, task, number, arena_printf(c->arena, "Hạn %s", day_vi(c->arena, due_day)), today, due_day,
                          calendar_roll(calendar_load(c), due_day), 1, 1);
    sql_occurrence_set_cause(c, task, number, trigger);
    return task_note(c, task, 0, "trigger", arena_printf(c->arena, "Mở kỳ theo yêu cầu: %s", trigger));
}
