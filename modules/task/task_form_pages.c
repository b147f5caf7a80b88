/* The form that gives out a task or changes it. */
#include "modules/task/task_inner.h"
#include "modules/unit/unit.h"
#include "platform/base/clock.h"
#include "task_page_queries.h"
#include <inttypes.h>

/* Fields that are one text each, in the form and in table task. */
static const char *const texts[] = { "no", "heading", "title", "time_raw", "budget", "responsible_raw", "leader_raw", "approver_raw" };
static const char *const people_fields[] = { "responsible", "leader", "approver" };
enum { TEXTS = sizeof texts / sizeof texts[0], PEOPLE = sizeof people_fields / sizeof people_fields[0] };

static bool chosen(const char *const *values, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(values[i], id) == 0)
            return true;
    return false;
}

static void mark_typed(struct request *r, struct rows *rows, const char *field)
{
    const char *const *values = NULL;
    size_t count = form_all(r, field, &values);
    for (int i = 0; i < rows->count; i++)
        task_set_cell(rows, i, field, chosen(values, count, cell(rows, i, "id")) ? "1" : "");
}

static void mark_stored(struct rows *rows, const char *field, const char *id)
{
    for (int i = 0; i < rows->count; i++)
        if (id != NULL && strcmp(cell(rows, i, "id"), id) == 0)
            task_set_cell(rows, i, field, "1");
}

/* Wordings without a unit, as one text: "Ban Chỉ đạo; Công đoàn". */
static const char *other_wordings(struct ctx *c, const struct rows *parties, const char *role)
{
    struct buffer b = { .arena = c->arena };
    for (int i = 0; i < parties->count; i++)
        if (cell(parties, i, "unit") == NULL && strcmp(cell(parties, i, "role"), role) == 0)
            buffer_printf(&b, "%s%s", b.length == 0 ? "" : "; ", cell(parties, i, "wording"));
    return b.length == 0 ? "" : b.text;
}

static const char *joined(struct ctx *c, const struct rows *rows, const char *column, const char *between, bool days)
{
    struct buffer b = { .arena = c->arena };
    for (int i = 0; i < rows->count; i++)
        buffer_printf(&b, "%s%s", i == 0 ? "" : between,
                      days ? day_vi(c->arena, cell_int(rows, i, column)) : cell(rows, i, column));
    return b.length == 0 ? "" : b.text;
}

static const char *day_text(struct ctx *c, int64_t day)
{
    return day == 0 ? "" : day_vi(c->arena, day);
}

/* What the table holds, for fields that were not sent. */
static void prefill(struct request *r, int64_t task, const struct rows *row, const struct rows *parties)
{
    struct ctx *c = r->c;
    for (int i = 0; i < TEXTS; i++)
        put_form(r, texts[i], cell(row, 0, texts[i]));
    put_form(r, "year", cell(row, 0, "year"));
    put_form(r, "count", cell_int(row, 0, "count") == 0 ? "" : cell(row, 0, "count"));
    put_form(r, "start", day_text(c, cell_int(row, 0, "start_day")));
    put_form(r, "end", day_text(c, cell_int(row, 0, "end_day")));
    put_form(r, "due", joined(c, sql_task_form_due(c, task), "day", "; ", true));
    put_form(r, "products", joined(c, sql_task_page_products(c, task), "wording", "\n", false));
    put_form(r, "lead_other", other_wordings(c, parties, "lead"));
    put_form(r, "partner_other", other_wordings(c, parties, "partner"));
}

static bool many_prove(const struct rows *parties, const char *role, int least)
{
    int count = 0;
    for (int i = 0; i < parties->count; i++)
        count += cell_int(parties, i, "proves") != 0 && strcmp(cell(parties, i, "role"), role) == 0;
    return count >= least;
}

/* Choices, marked as sent or, before that, as stored. row, parties: NULL for a new task. */
static void put_choices(struct request *r, int64_t owner, const struct rows *row, const struct rows *parties)
{
    struct ctx *c = r->c;
    struct rows *units = sql_task_form_units(c, owner), *people = sql_task_form_people(c, owner);
    bool sent = form_has(r, "title");
    if (sent) {
        mark_typed(r, units, "lead");
        mark_typed(r, units, "partner");
        for (int i = 0; i < PEOPLE; i++)
            mark_typed(r, people, people_fields[i]);
    } else if (row != NULL) {
        for (int i = 0; i < parties->count; i++)
            mark_stored(units, cell(parties, i, "role"), cell(parties, i, "unit"));
        for (int i = 0; i < PEOPLE; i++)
            mark_stored(people, people_fields[i], cell(row, 0, people_fields[i]));
    }
    put_rows(r, "units", units);
    put_rows(r, "people", people);
    put_text(r, "kind", sent ? form(r, "kind") : row != NULL ? cell(row, 0, "kind") : "deadline");
    put_text(r, "per", sent ? form(r, "per") : row != NULL ? cell(row, 0, "per") : "quarter");
    put_text(r, "each_lead", sent ? form(r, "each_lead") : row != NULL && many_prove(parties, "lead", 2) ? "1" : "");
    put_text(r, "each_partner", sent ? form(r, "each_partner") : row != NULL && many_prove(parties, "partner", 1) ? "1" : "");
}

static enum err show_form(struct request *r, int64_t task, int64_t owner, const struct rows *row, const struct rows *parties)
{
    struct ctx *c = r->c;
    if (row != NULL)
        prefill(r, task, row, parties);
    else
        put_form(r, "year", arena_printf(c->arena, "%d", day_year(day_of_moment(c->now))));
    put_choices(r, owner, row, parties);
    put_text(r, "action", task == 0 ? "/nhiem-vu/moi" : arena_printf(c->arena, "/nhiem-vu/%" PRId64 "/sua", task));
    put_text(r, "cancel_to", task == 0 ? "/nhiem-vu" : arena_printf(c->arena, "/nhiem-vu/%" PRId64, task));
    put_text(r, "heading_title", task == 0 ? "Thêm nhiệm vụ" : "Sửa nhiệm vụ");
    return page(r, "task_form.html");
}

/* ---- from the form into a draft ---- */

struct parties {
    struct task_party *list;
    size_t count, capacity;
};

static void add_party(struct ctx *c, struct parties *p, struct task_party party)
{
    p->list = arena_grow(c->arena, p->list, sizeof *p->list, &p->capacity, p->count + 1);
    p->list[p->count++] = party;
}

/* What a document said of a unit stays when the unit stays. */
static struct task_party known(const struct rows *parties, int64_t unit, bool partner)
{
    struct task_party party = { .unit = unit, .partner = partner };
    for (int i = 0; parties != NULL && i < parties->count; i++)
        if (cell_int(parties, i, "unit") == unit && (strcmp(cell(parties, i, "role"), "partner") == 0) == partner) {
            party.wording = cell(parties, i, "wording");
            party.set = cell_int(parties, i, "is_set");
        }
    return party;
}

static void read_parties(struct request *r, const struct rows *stored, struct parties *p, bool partner)
{
    struct ctx *c = r->c;
    const char *const *ids = NULL;
    size_t count = form_all(r, partner ? "partner" : "lead", &ids);
    bool each = form(r, partner ? "each_partner" : "each_lead")[0] != '\0';
    for (size_t i = 0; i < count; i++) {
        int64_t unit = 0;
        if (!text_int(ids[i], &unit) || unit <= 0)
            continue;
        struct task_party party = known(stored, unit, partner);
        party.proves = each;
        add_party(c, p, party);
    }
    char **others;
    size_t other_count = text_split(c->arena, form(r, partner ? "partner_other" : "lead_other"), ';', &others);
    for (size_t i = 0; i < other_count; i++)
        if (!text_blank(others[i]))
            add_party(c, p, (struct task_party){ .wording = text_squeeze(c->arena, others[i]), .partner = partner });
}

static int64_t read_day(struct request *r, const char *field)
{
    const char *typed = text_trim(r->c->arena, form(r, field));
    int64_t day = 0;
    if (*typed != '\0' && !day_parse(typed, &day))
        invalid(r->c, field, "Ngày chưa đúng. Nhập lại, ví dụ 30/9/2026.");
    return day;
}

static int read_number(struct request *r, const char *field)
{
    const char *typed = text_trim(r->c->arena, form(r, field));
    int64_t value = 0;
    if (*typed != '\0' && (!text_int(typed, &value) || value < 0 || value > 100000))
        invalid(r->c, field, "Hãy ghi bằng chữ số, ví dụ 2.");
    return (int)value;
}

static void read_due(struct request *r, struct schedule *s)
{
    char **parts;
    size_t count = text_split(r->c->arena, form(r, "due"), ';', &parts);
    for (size_t i = 0; i < count; i++) {
        const char *typed = text_trim(r->c->arena, parts[i]);
        if (*typed == '\0')
            continue;
        if (s->due_count == SCHEDULE_MOST_DUE) {
            invalid(r->c, "due", "Một nhiệm vụ nhận nhiều nhất %d ngày đến hạn.", SCHEDULE_MOST_DUE);
            return;
        }
        if (day_parse(typed, &s->due_days[s->due_count]))
            s->due_count++;
        else
            invalid(r->c, "due", "Ngày “%s” chưa đúng. Nhập lại, ví dụ 15/6/2026; 15/12/2026.", typed);
    }
}

static void read_schedule(struct request *r, struct schedule *s)
{
    *s = (struct schedule){ .kind = schedule_kind_of(form(r, "kind")), .per = schedule_per_of(form(r, "per")) };
    s->year = read_number(r, "year");
    if (s->kind == SCHEDULE_FREQUENCY)
        s->count = read_number(r, "count");
    else
        s->per = PER_NONE;
    if (s->kind == SCHEDULE_DEADLINE)
        read_due(r, s);
    if (s->kind == SCHEDULE_PERIOD || s->kind == SCHEDULE_CONTINUOUS || s->kind == SCHEDULE_FREQUENCY) {
        s->start_day = read_day(r, "start");
        s->end_day = read_day(r, "end");
    }
}

static void read_products(struct request *r, struct task_draft *d)
{
    char **lines;
    size_t count = text_split(r->c->arena, form(r, "products"), '\n', &lines);
    struct task_product *products = arena_array(r->c->arena, count + 1, sizeof *products);
    for (size_t i = 0; i < count; i++)
        if (!text_blank(lines[i]))
            products[d->product_count++] = (struct task_product){ .wording = lines[i] };
    d->products = products;
}

static int64_t read_person(struct request *r, const char *field)
{
    int64_t person = 0;
    return text_int(form(r, field), &person) && person > 0 ? person : 0;
}

static void read_draft(struct request *r, const struct rows *stored, struct task_draft *d)
{
    struct parties p = { 0 };
    read_parties(r, stored, &p, false);
    read_parties(r, stored, &p, true);
    d->parties = p.list;
    d->party_count = p.count;
    d->no = form(r, "no"), d->heading = form(r, "heading"), d->title = form(r, "title");
    d->time_raw = form(r, "time_raw"), d->budget = form(r, "budget");
    d->responsible = read_person(r, "responsible"), d->responsible_raw = form(r, "responsible_raw");
    d->leader = read_person(r, "leader"), d->leader_raw = form(r, "leader_raw");
    d->approver = read_person(r, "approver"), d->approver_raw = form(r, "approver_raw");
    read_schedule(r, &d->schedule);
    read_products(r, d);
}

/* ---- handlers ---- */

/* The plan that a new task joins (?ke-hoach=), when the person manages tasks of its unit; no row otherwise. */
static const struct rows *joined_plan(struct request *r)
{
    int64_t plan = 0;
    if (!text_int(form(r, "ke-hoach"), &plan))
        plan = query_number(r, "ke-hoach");
    return sql_task_form_plan(r->c, plan, r->c->person);
}

static int64_t owner_of(struct request *r, const struct rows *plan)
{
    return plan->count > 0 ? cell_int(plan, 0, "unit") : unit_agency(r->c, r->c->unit);
}

static enum err show_new(struct request *r)
{
    const struct rows *plan = joined_plan(r);
    put_rows(r, "plan", plan);
    return show_form(r, 0, owner_of(r, plan), NULL, NULL);
}

enum err task_form_new(struct request *r)
{
    return show_new(r);
}

enum err task_form_create(struct request *r)
{
    struct ctx *c = r->c;
    int64_t task = 0;
    const struct rows *plan = joined_plan(r);
    struct task_draft draft = { .unit = owner_of(r, plan) };
    if (plan->count > 0) {
        draft.plan = cell_int(plan, 0, "id");
        draft.position = (int)cell_int(plan, 0, "next_position");
    }
    read_draft(r, NULL, &draft);
    if (c->err != OK || task_create(c, &draft, &task) != OK) {
        if (c->err != INVALID)
            return c->err;
        show_again(r);
        return show_new(r);
    }
    flash(r, "Đã giao nhiệm vụ.");
    return redirect(r, "/nhiem-vu/%" PRId64, task);
}

enum err task_form_edit(struct request *r)
{
    int64_t task = path_id(r, "id");
    const struct rows *seen = task_visible(r->c, task);
    if (r->c->err == OK && !cell_int(seen, 0, "manages"))
        return fail(r->c, FORBIDDEN, "Chỉ lãnh đạo hoặc đầu mối của đơn vị giao việc được sửa nhiệm vụ này.", "task %" PRId64, task);
    if (r->c->err != OK)
        return r->c->err;
    put_rows(r, "plan", sql_task_form_plan(r->c, 0, 0));
    return show_form(r, task, cell_int(seen, 0, "unit"), sql_task_form(r->c, task), sql_task_form_parties(r->c, task));
}

enum err task_form_change(struct request *r)
{
    struct ctx *c = r->c;
    int64_t task = path_id(r, "id");
    task_visible(c, task);
    const struct rows *row = sql_task_form(c, task), *parties = sql_task_form_parties(c, task);
    if (c->err != OK)
        return c->err;
    int64_t owner = cell_int(row, 0, "unit");
    struct task_draft draft = { .plan = cell_int(row, 0, "plan"), .unit = owner, .position = (int)cell_int(row, 0, "position"),
                                .area = (int)cell_int(row, 0, "area") };
    read_draft(r, parties, &draft);
    if (c->err != OK || task_change(c, task, &draft) != OK) {
        if (c->err != INVALID)
            return c->err;
        show_again(r);
        put_rows(r, "plan", sql_task_form_plan(c, 0, 0));
        return show_form(r, task, owner, row, parties);
    }
    flash(r, "Đã sửa nhiệm vụ.");
    return redirect(r, "/nhiem-vu/%" PRId64, task);
}
