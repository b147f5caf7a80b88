#include "modules/report/report.h"
#include "modules/audit/audit.h"
#include "modules/person/person.h"
#include "modules/report/report_frozen.h"
#include "modules/unit/unit.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include "report_queries.h"
#include <inttypes.h>
#include <string.h>

/* ---- reading ---- */
static enum err require_reach(struct ctx *c, int64_t unit)
{
    if (c->person != 0)
        return person_require_reach(c, unit);
    if (sql_report_unit(c, unit)->count == 0)
        return fail(c, NOT_FOUND, "Không tìm thấy đơn vị này.", "unit %" PRId64, unit);
    return c->err;
}

static void load_names(struct ctx *c, struct report *r)
{
    int64_t at = r->period.to_day, parent = sql_report_parent(c, r->unit, at);
    struct rows *unit = sql_report_unit(c, r->unit);
    r->code = unit->count > 0 ? cell(unit, 0, "code") : "";
    r->name = unit_name_at(c, r->unit, at);
    r->short_name = unit_short_name_at(c, r->unit, at);
    r->symbol = unit_symbol_at(c, r->unit, at);
    r->place = unit_place(c, r->unit);
    r->parent = parent != 0 ? unit_name_at(c, parent, at) : NULL;
}

/* The leader's post says who signs; a deputy signs for the head (NĐ 30/2020/NĐ-CP, Phụ lục I, II.7). */
static void load_signer(struct ctx *c, struct report *r)
{
    struct rows *signers = sql_report_signers(c, r->unit);
    r->signer_title = "Thủ trưởng đơn vị";
    if (signers->count == 0 || text_blank(cell(signers, 0, "title")))
        return;
    r->signer_title = cell(signers, 0, "title");
    r->signer_name = cell(signers, 0, "name");
    if (text_starts(r->signer_title, "Phó "))
        r->signer_prefix = arena_printf(c->arena, "KT. %s", r->signer_title + strlen("Phó "));
}

static void load_recipients(struct ctx *c, struct report *r)
{
    const char **list = arena_array(c->arena, 4, sizeof *list);
    size_t count = 0;
    if (r->parent != NULL)
        list[count++] = arena_printf(c->arena, "%s (b/c)", r->parent);
    list[count++] = arena_printf(c->arena, "Lãnh đạo %s", r->short_name);
    list[count++] = "Lưu: VT";
    r->recipients = list;
}

static int64_t sum(const struct rows *rows, const char *column)
{
    int64_t total = 0;
    for (int i = 0; i < rows->count; i++)
        total += cell_int(rows, i, column);
    return total;
}

/* Check-ins of continuous tasks are counted apart: nothing of them is ever due. */
static void count(struct report *r, const struct rows *carried)
{
    struct report_totals *t = &r->totals;
    *t = (struct report_totals){ .tasks = r->tasks->count, .evidence = r->evidence->count,
                                 .carried = sum(carried, "carried"), .carried_done = sum(carried, "carried_done") };
    for (int i = 0; i < r->tasks->count; i++) {
        if (cell_int(r->tasks, i, "strict") == 0) {
            t->steady += cell_int(r->tasks, i, "times");
            t->steady_done += cell_int(r->tasks, i, "done");
            continue;
        }
        t->planned += cell_int(r->tasks, i, "times");
        t->done += cell_int(r->tasks, i, "done");
        t->late += cell_int(r->tasks, i, "late");
        t->waiting += cell_int(r->tasks, i, "waiting");
        t->missed += cell_int(r->tasks, i, "missed");
        t->ahead += cell_int(r->tasks, i, "ahead");
        t->early += cell_int(r->tasks, i, "early");
    }
}

/* Which plan the report answers, and in which version: once locked, whatever comes after. */
static void load_version(struct ctx *c, struct report *r)
{
    if (!r->locked && r->plan->count > 0) {
        r->plan_id = cell_int(r->plan, 0, "id");
        r->plan_version = sql_report_version_at(c, r->plan_id, r->period.to_day);
    }
    struct rows *one = r->plan_version == 0 ? NULL : sql_report_version(c, r->plan_id, r->plan_version);
    if (one == NULL || one->count == 0)
        return;
    struct buffer b = { .arena = c->arena };
    int64_t day = cell_int(one, 0, "day"), amended = cell_int(one, 0, "amendment_day");
    const char *number = cell(one, 0, "amendment");
    buffer_printf(&b, "Kế hoạch số %s", cell(one, 0, "number"));
    if (day != 0)
        buffer_printf(&b, " ngày %s", report_day(c->arena, day));
    if (r->plan_version > 1)
        buffer_printf(&b, " (đã điều chỉnh lần %" PRId64 "%s%s%s%s)", r->plan_version - 1, number[0] == '\0' ? "" : ", số ", number,
                      amended == 0 ? "" : " ngày ", amended == 0 ? "" : report_day(c->arena, amended));
    r->plan_words = b.text;
}

static void load_figures(struct ctx *c, struct report *r)
{
    const struct report_period *p = &r->period;
    struct report_period after = { 0 };
    r->tasks = sql_report_tasks(c, r->unit, p->to_day, p->from_day, day_of_moment(c->now));
    r->evidence = sql_report_evidence(c, r->unit, p->to_day, p->from_day);
    r->plan = sql_report_plan(c, r->unit, p->year);
    struct rows *carried = sql_report_carried(c, r->unit, p->to_day, p->from_day);
    if (report_period_parse(c, p->next_code, &after) == OK)
        r->next = sql_report_next(c, r->unit, after.to_day, p->to_day + 1);
    if (c->err != OK)
        return;
    count(r, carried);
    r->figures = report_figures(c->arena, r->tasks);
}

static void load_edits(struct ctx *c, struct report *r)
{
    struct rows *edits = r->id != 0 ? sql_report_parts(c, r->id) : NULL;
    for (int i = 0; edits != NULL && i < edits->count; i++)
        for (int p = 0; p < REPORT_PARTS; p++)
            if (strcmp(r->parts[p].code, cell(edits, i, "code")) == 0) {
                r->parts[p].text = r->parts[p].marked = cell(edits, i, "body");
                r->parts[p].version = cell_int(edits, i, "version");
                r->parts[p].edited = true;
            }
}

/* ---- frozen ---- */
static const char *part_name(struct ctx *c, int part)
{
    return arena_printf(c->arena, "part-%s", report_outline[part].code);
}

static struct rows *totals_rows(struct ctx *c, const struct report_totals *t)
{
    static const char *const columns[] = { "tasks", "planned", "done", "late", "waiting", "missed", "ahead", "steady", "steady_done",
                                           "carried", "carried_done", "early", "evidence", NULL };
    const int64_t values[] = { t->tasks, t->planned, t->done, t->late, t->waiting, t->missed, t->ahead, t->steady, t->steady_done,
                               t->carried, t->carried_done, t->early, t->evidence };
    const char *cells[sizeof values / sizeof values[0]];
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        cells[i] = arena_printf(c->arena, "%" PRId64, values[i]);
    struct rows_maker m;
    rows_start(&m, c->arena, columns);
    rows_add(&m, cells);
    struct rows *out = arena_alloc(c->arena, sizeof *out);
    *out = m.rows;
    return out;
}

static void totals_from(const struct rows *r, struct report_totals *t)
{
    *t = (struct report_totals){
        .tasks = cell_int(r, 0, "tasks"), .planned = cell_int(r, 0, "planned"), .done = cell_int(r, 0, "done"),
        .late = cell_int(r, 0, "late"), .waiting = cell_int(r, 0, "waiting"), .missed = cell_int(r, 0, "missed"),
        .ahead = cell_int(r, 0, "ahead"), .steady = cell_int(r, 0, "steady"), .steady_done = cell_int(r, 0, "steady_done"),
        .carried = cell_int(r, 0, "carried"), .carried_done = cell_int(r, 0, "carried_done"), .early = cell_int(r, 0, "early"),
        .evidence = cell_int(r, 0, "evidence"),
    };
}

static void load_frozen(struct ctx *c, struct report *r)
{
    struct rows *totals = frozen_to_rows(c, sql_report_frozen(c, r->id, "totals"));
    r->tasks = frozen_to_rows(c, sql_report_frozen(c, r->id, "tasks"));
    r->figures = frozen_to_rows(c, sql_report_frozen(c, r->id, "figures"));
    r->evidence = frozen_to_rows(c, sql_report_frozen(c, r->id, "evidence"));
    r->next = frozen_to_rows(c, sql_report_frozen(c, r->id, "next"));
    if (c->err != OK || totals->count == 0)
        return;
    totals_from(totals, &r->totals);
    for (int i = 0; i < REPORT_PARTS; i++)
        report_set_part(c, r, i, sql_report_frozen(c, r->id, part_name(c, i)));
}

enum err report_load(struct ctx *c, int64_t unit, const char *period, struct report **report)
{
    struct report *r = arena_alloc(c->arena, sizeof *r);
    if (require_reach(c, unit) != OK || report_period_parse(c, period, &r->period) != OK)
        return c->err;
    r->unit = unit;
    struct rows *saved = sql_report_find(c, unit, period);
    if (saved->count > 0) {
        r->id = cell_int(saved, 0, "id");
        r->locked = strcmp(cell(saved, 0, "state"), "locked") == 0;
        r->locked_at = cell_int(saved, 0, "locked_at");
        r->locked_by = cell(saved, 0, "locked_by");
        r->plan_id = cell_int(saved, 0, "plan");
        r->plan_version = cell_int(saved, 0, "plan_version");
    }
    load_names(c, r);
    load_signer(c, r);
    load_recipients(c, r);
    r->send_day = report_send_day(c, unit, &r->period);
    if (r->locked) {
        load_frozen(c, r);
    } else {
        load_figures(c, r);
        if (c->err == OK)
            report_draft(c, r);
        load_edits(c, r);
    }
    if (c->err == OK)
        load_version(c, r);
    if (c->err == OK)
        *report = r;
    return c->err;
}

/* ---- changing ---- */
static enum err require_role(struct ctx *c, int64_t unit, unsigned roles, const char *message)
{
    if (require_reach(c, unit) == OK && !person_holds(c, unit, roles))
        return fail(c, FORBIDDEN, message, "report: role lacking in unit %" PRId64, unit);
    return c->err;
}

/* The saved report's id; made when there is none yet. */
static int64_t ensure(struct ctx *c, int64_t unit, const char *period)
{
    sql_report_insert(c, unit, period, c->now);
    struct rows *saved = sql_report_find(c, unit, period);
    return saved->count > 0 ? cell_int(saved, 0, "id") : 0;
}

static int part_index(const char *code)
{
    for (int i = 0; i < REPORT_PARTS; i++)
        if (strcmp(report_outline[i].code, code) == 0)
            return i;
    return -1;
}

static enum err changed_meanwhile(struct ctx *c)
{
    return fail(c, CONFLICT, "Phần này vừa được người khác sửa. Xin tải lại trang, chép phần đã viết vào rồi lưu lại.", "report part version");
}

/* NFC, and line ends as we keep them: browsers send CR LF. */
static char *lines_of(struct ctx *c, const char *text)
{
    char *copy = text_nfc(c->arena, text), *to = copy;
    for (const char *from = copy; *from != '\0'; from++)
        if (*from != '\r')
            *to++ = *from;
    *to = '\0';
    return copy;
}

enum err report_part_save(struct ctx *c, int64_t unit, const char *period, const char *part, const char *text, int64_t version)
{
    struct report *r = NULL;
    text = text_trim(c->arena, report_plain(c->arena, lines_of(c, text)));
    if (require_role(c, unit, ROLE_LEADER | ROLE_COORDINATOR, "Chỉ lãnh đạo hoặc đầu mối được sửa báo cáo.") != OK || report_load(c, unit, period, &r) != OK)
        return c->err;
    int index = part_index(part);
    if (index < 0)
        return fail(c, NOT_FOUND, "Báo cáo không có phần này.", "report part");
    if (r->locked)
        return fail(c, CONFLICT, "Báo cáo đã chốt nên không sửa được. Lãnh đạo có thể mở lại.", "report locked");
    if (text_length(text) > REPORT_PART_LONGEST)
        return invalid(c, "text", "Xin viết không quá %d ký tự cho mỗi phần.", REPORT_PART_LONGEST);
    if (version != r->parts[index].version)
        return changed_meanwhile(c);
    int64_t id = ensure(c, unit, period);
    /* what is just the draft is no edit: it goes on following the figures */
    bool draft = text[0] == '\0' || (!r->parts[index].edited && strcmp(text, r->parts[index].text) == 0);
    if (draft)
        sql_report_part_delete(c, id, part);
    else if ((version == 0 ? sql_report_part_insert(c, id, part, text, c->person, c->now)
                           : sql_report_part_update(c, id, part, text, c->person, c->now, version)) == 0)
        return changed_meanwhile(c);
    return audit_note(c, "report.edit", "report", id, arena_printf(c->arena, "Sửa phần \"%s\" của báo cáo %s", report_outline[index].label, r->period.small_name));
}

static void freeze(struct ctx *c, const struct report *r, int64_t id)
{
    const struct { const char *name; const struct rows *rows; } lists[] = {
        { "totals", totals_rows(c, &r->totals) }, { "tasks", r->tasks }, { "figures", r->figures }, { "evidence", r->evidence }, { "next", r->next },
    };
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        sql_report_freeze(c, id, lists[i].name, frozen_from_rows(c->arena, lists[i].rows));
    for (int i = 0; i < REPORT_PARTS; i++)
        sql_report_freeze(c, id, part_name(c, i), r->parts[i].marked);
}

enum err report_lock(struct ctx *c, int64_t unit, const char *period)
{
    struct report *r = NULL;
    if (require_role(c, unit, ROLE_LEADER | ROLE_COORDINATOR, "Chỉ lãnh đạo hoặc đầu mối được chốt báo cáo.") != OK || report_load(c, unit, period, &r) != OK)
        return c->err;
    if (r->locked)
        return fail(c, CONFLICT, "Báo cáo này đã chốt.", "report locked");
    if (day_of_moment(c->now) <= r->period.to_day)
        return invalid(c, "period", "Chưa hết kỳ số liệu. Có thể chốt từ ngày %s.", day_vi(c->arena, r->period.to_day + 1));
    int64_t id = ensure(c, unit, period);
    if (sql_report_lock(c, id, c->person, c->now, r->plan_id, r->plan_version) == 0)
        return fail(c, CONFLICT, "Báo cáo này đã chốt.", "report locked meanwhile");
    freeze(c, r, id);
    return audit_note(c, "report.lock", "report", id, arena_printf(c->arena, "Chốt báo cáo %s của %s", r->period.small_name, r->short_name));
}

enum err report_unlock(struct ctx *c, int64_t unit, const char *period)
{
    if (require_role(c, unit, ROLE_LEADER, "Chỉ lãnh đạo được mở lại báo cáo đã chốt.") != OK)
        return c->err;
    struct rows *saved = sql_report_find(c, unit, period);
    int64_t id = saved->count > 0 ? cell_int(saved, 0, "id") : 0;
    if (id == 0 || sql_report_unlock(c, id) == 0)
        return fail(c, CONFLICT, "Báo cáo này chưa chốt.", "report not locked");
    sql_report_thaw(c, id);
    return audit_note(c, "report.unlock", "report", id, arena_printf(c->arena, "Mở lại báo cáo kỳ %s", period));
}
