#include "modules/plan/plan.h"
#include "modules/audit/audit.h"
#include "modules/document/document_grammar.h"
#include "modules/person/person.h"
#include "modules/plan/plan_amend.h"
#include "modules/plan/plan_cover.h"
#include "modules/plan/plan_give.h"
#include "modules/plan/plan_learn.h"
#include "modules/role.h"
#include "modules/task/task.h"
#include "plan_queries.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <inttypes.h>
#include <jansson.h>
#include <string.h>

enum { TITLE_LONGEST = 1000 };

bool plan_may_edit(struct ctx *c, int64_t unit)
{
    return person_holds(c, unit, ROLE_COORDINATOR | ROLE_LEADER);
}

enum err plan_require_edit(struct ctx *c, int64_t unit)
{
    if (plan_may_edit(c, unit) || c->err != OK)
        return c->err;
    return fail(c, FORBIDDEN, "Chỉ đầu mối hoặc lãnh đạo của đơn vị được nhập và sửa kế hoạch.", "unit %" PRId64, unit);
}

enum err plan_import_add(struct ctx *c, int64_t unit, const struct plan_source *source, int64_t *id)
{
    if (plan_require_edit(c, unit) != OK)
        return c->err;
    int64_t same = sql_plan_import_same(c, unit, source->file->source);
    if (same != 0) {
        *id = same;
        return fail(c, CONFLICT, "Tệp này đã được nhập trước đây.", "import %" PRId64, same);
    }
    document_file_record(c, source->file);
    int64_t made = sql_plan_import_insert(c, unit, source->file->source, source->file->hash, source->file->file_name,
                                          source->document, source->reading, c->person, c->now);
    plan_amend_notice(c, made);
    audit_note(c, "plan.import", "plan_import", made, arena_printf(c->arena, "Nhập tệp %s", source->file->file_name));
    if (c->err == OK)
        *id = made;
    return c->err;
}

enum err plan_import_get(struct ctx *c, int64_t id, struct plan_import *import)
{
    const struct rows *rows = sql_plan_import_one(c, id, c->person);
    if (rows->count == 0)
        return fail(c, NOT_FOUND, "Không tìm thấy bản nhập này.", "import %" PRId64, id);
    *import = (struct plan_import){
        .id = id,
        .unit = cell_int(rows, 0, "unit"),
        .version = cell_int(rows, 0, "version"),
        .plan = cell_int(rows, 0, "plan"),
        .unit_name = cell(rows, 0, "unit_name"),
        .file_name = cell(rows, 0, "file_name"),
        .document = cell(rows, 0, "document"),
        .draft_json = cell(rows, 0, "draft"),
        .hash = cell(rows, 0, "hash"),
        .file_type = cell(rows, 0, "file_type"),
        .open = strcmp(cell(rows, 0, "state"), "review") == 0,
        .scanning = cell_int(rows, 0, "scanning") != 0,
        .trouble = cell(rows, 0, "trouble"),
    };
    return draft_from_json(c, import->draft_json, &import->draft);
}

enum err plan_import_drop(struct ctx *c, int64_t id)
{
    struct plan_import import = { 0 };
    if (plan_import_get(c, id, &import) != OK || plan_require_edit(c, import.unit) != OK)
        return c->err;
    if (sql_plan_import_drop(c, id, c->person, c->now) == 0)
        return fail(c, CONFLICT, "Bản nhập này đã được xác nhận hoặc đã bỏ.", "import %" PRId64, id);
    return audit_note(c, "plan.drop", "plan_import", id, arena_printf(c->arena, "Bỏ bản nhập %s", import.file_name));
}

/* ---- confirming ---- */

static const char *task_field(struct ctx *c, const struct draft_task *task, const char *name)
{
    return arena_printf(c->arena, "t%" PRId64 "-%s", task->key, name);
}

static void check_tasks(struct ctx *c, const struct plan_draft *draft)
{
    for (size_t i = 0; i < draft->count; i++) {
        const struct draft_task *task = &draft->tasks[i];
        const char *why = schedule_wrong(c->arena, &task->schedule);
        if (text_blank(task->title))
            invalid(c, task_field(c, task, "title"), "Hãy ghi nội dung công việc, hoặc xóa nhiệm vụ này.");
        else if (text_length(task->title) > TASK_TITLE_LONGEST)
            invalid(c, task_field(c, task, "title"), "Xin viết không quá %d ký tự.", TASK_TITLE_LONGEST);
        if (why != NULL)
            invalid(c, task_field(c, task, "time_raw"), "%s", why);
    }
}

static enum err check_draft(struct ctx *c, const struct plan_draft *draft)
{
    int64_t day, year;
    if (text_blank(draft->title))
        invalid(c, "title", "Hãy ghi trích yếu của kế hoạch.");
    else if (text_length(draft->title) > TITLE_LONGEST)
        invalid(c, "title", "Xin viết không quá %d ký tự.", TITLE_LONGEST);
    if (!text_blank(draft->day) && !draft_day(draft, &day))
        invalid(c, "day", "Ngày này không có thật. Nhập lại, ví dụ 20/3/2026, hoặc để trống.");
    if (!text_int(draft->year, &year) || year < 2000 || year > 2100)
        invalid(c, "year", "Hãy ghi năm thực hiện, ví dụ 2026.");
    if (draft->count == 0)
        invalid(c, "title", "Kế hoạch chưa có nhiệm vụ nào. Hãy thêm ít nhất một nhiệm vụ.");
    check_tasks(c, draft);
    return c->err;
}

static void add_lines(struct ctx *c, int64_t plan, const char *kind, const json_t *list)
{
    size_t i;
    json_t *one;
    json_array_foreach(list, i, one)
    {
        const char *no = json_string_value(json_object_get(one, "no"));
        const char *wording = json_is_string(one) ? json_string_value(one) : json_string_value(json_object_get(one, "title"));
        sql_plan_line_insert(c, plan, kind, no == NULL ? "" : no, wording == NULL ? "" : wording, (int64_t)i);
    }
}

static void add_bases(struct ctx *c, int64_t plan, const char *text)
{
    struct citation *found;
    size_t count = document_citations(c->arena, text, &found);
    for (size_t i = 0; i < count; i++)
        sql_plan_basis_insert(c, plan, found[i].kind == NULL ? "Văn bản" : found[i].kind->name,
                              found[i].number.text == NULL ? "" : found[i].number.text,
                              plan_number_key(c->arena, found[i].number.text),
                              found[i].has_date ? found[i].date.when : 0,
                              found[i].issuer == NULL ? "" : found[i].issuer, (int64_t)i);
}

static int64_t insert_plan(struct ctx *c, const struct plan_import *import, const struct plan_draft *d, const json_t *root)
{
    int64_t day = 0;
    int64_t year = draft_year(c, d);
    int64_t year_to = json_integer_value(json_object_get(root, "year_to"));
    draft_day(d, &day);
    const char *folded = text_key(c->arena, arena_printf(c->arena, "%s %s", d->number, d->title));
    return sql_plan_insert(c, import->unit, import->id, text_trim(c->arena, d->number), day, text_squeeze(c->arena, d->title),
                           year, year_to < year ? year : year_to, d->agency, d->parent_agency, d->signer_prefix,
                           d->signer_title, d->signer_name, folded, plan_number_key(c->arena, d->number), c->person, c->now);
}

enum err plan_confirm(struct ctx *c, const struct plan_import *import, const struct plan_draft *draft,
                      const struct plan_people *people, int64_t *plan)
{
    if (plan_require_edit(c, import->unit) != OK || check_draft(c, draft) != OK)
        return c->err;
    json_t *root = json_loads(draft_to_json(c, import->draft_json, draft), 0, NULL);
    int64_t made = insert_plan(c, import, draft, root);
    if (c->err == OK && import->id != 0 && sql_plan_import_confirm(c, import->id, made, c->person, c->now) == 0)
        fail(c, CONFLICT, "Bản nhập này đã được xác nhận hoặc đã bỏ.", "import %" PRId64, import->id);
    add_bases(c, made, draft->bases);
    add_lines(c, made, "section", json_object_get(root, "sections"));
    add_lines(c, made, "citation", json_object_get(root, "citations"));
    add_lines(c, made, "recipient", json_object_get(root, "recipients"));
    add_lines(c, made, "report", json_object_get(root, "report_deadlines"));
    json_decref(root);
    int64_t day = 0;
    draft_day(draft, &day);
    struct plan_giving g = { .draft = draft, .people = people, .plan = made, .unit = import->unit, .signed_day = day };
    g.when = day == 0 ? day_of_moment(c->now) : day;
    for (size_t i = 0; i < draft->count && c->err == OK; i++) {
        const struct task_draft task = plan_give(c, &g, i + 1, &draft->tasks[i]);
        int64_t id;
        task_add(c, &task, &id);
    }
    plan_learn(c, import, draft);
    plan_version_begin(c, made);
    plan_above_find(c, made);
    audit_note(c, "plan.confirm", "plan", made,
               arena_printf(c->arena, "Xác nhận kế hoạch %s với %zu nhiệm vụ", draft->number, draft->count));
    if (c->err == OK)
        *plan = made;
    return c->err;
}
