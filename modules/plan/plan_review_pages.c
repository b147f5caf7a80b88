/* The review: the page, its form, and the parts of it that the script asks for. */
#include "modules/document/document_file.h"
#include "modules/plan/plan_amend.h"
#include "modules/plan/plan_form.h"
#include "modules/plan/plan_pages_own.h"
#include "modules/role.h"
#include "plan_queries.h"
#include "platform/base/text.h"
#include <inttypes.h>
#include <string.h>

/* With a single leader there is nothing to choose, until somebody chooses otherwise. */
static void choose_only_leader(struct plan_draft *draft, const struct rows *leaders)
{
    if (leaders->count != 1)
        return;
    if (draft->marks[draft_field_named(draft_head_fields, "leader")].how == HOW_READ)
        draft->leader = cell(leaders, 0, "id");
    if (draft->marks[draft_field_named(draft_head_fields, "approver")].how == HOW_READ)
        draft->approver = cell(leaders, 0, "id");
}

static void put_leaders(struct request *r, const struct plan_draft *draft, const struct rows *leaders)
{
    static const char *const columns[] = { "id", "name", "title", "leads", "approves", NULL };
    struct rows_maker m;
    rows_start(&m, r->c->arena, columns);
    for (int i = 0; i < leaders->count; i++) {
        const char *id = cell(leaders, i, "id");
        const char *const one[] = { id, cell(leaders, i, "name"), cell(leaders, i, "title"),
                                    strcmp(id, draft->leader) == 0 ? "1" : "", strcmp(id, draft->approver) == 0 ? "1" : "" };
        rows_add(&m, one);
    }
    put_rows(r, "leaders", &m.rows);
}

/* Only of several files; one is told in the page's head. */
static void put_files(struct request *r, const struct plan_import *import)
{
    static const char *const columns[] = { "position", "name", NULL };
    const struct rows *files = sql_plan_import_files(r->c, import->id);
    struct rows_maker m;
    rows_start(&m, r->c->arena, columns);
    for (int i = 0; i < files->count && files->count > 1; i++)
        rows_add(&m, (const char *const[]){ cell(files, i, "position"), cell(files, i, "name") });
    put_rows(r, "files", &m.rows);
}

/* asks: the summary before confirming is said once more. */
static enum err show(struct request *r, struct plan_import *import, const struct field_error *errors, bool asks)
{
    const struct rows *leaders = sql_plan_leaders(r->c, import->unit, ROLE_LEADER);
    choose_only_leader(&import->draft, leaders);
    put_leaders(r, &import->draft, leaders);
    put_files(r, import);
    put_text(r, "file_name", import->file_name);
    put_text(r, "unit_of_plan", import->unit_name);
    put_text(r, "asks", asks ? "1" : "");
    plan_put_amends(r, import->id);
    review_put_draft(r, import, errors, NULL);
    if (review_put_source(r, import, &import->draft) != OK)
        return r->c->err;
    return page(r, "plan_review.html");
}

enum err plan_review_show(struct request *r)
{
    struct plan_import import;
    if (plan_import_get(r->c, path_id(r, "id"), &import) != OK)
        return r->c->err;
    if (import.plan != 0)
        return redirect(r, "/ke-hoach/%" PRId64, import.plan);
    if (!import.open)
        return fail(r->c, NOT_FOUND, "Bản nhập này đã bỏ. Hãy nhập lại tệp.", "import dropped");
    if (import.scanning)
        return plan_scan_show(r, &import);
    return show(r, &import, NULL, query_param(r, "xac-nhan")[0] != '\0');
}

static enum err show_typed(struct request *r, struct plan_import *import)
{
    const struct field_error *errors = r->c->fields;
    show_again(r);
    return show(r, import, errors, false);
}

static enum err confirm(struct request *r, struct plan_import *import, bool asked)
{
    struct plan_people people = { 0 };
    int64_t plan = 0;
    choose_only_leader(&import->draft, sql_plan_leaders(r->c, import->unit, ROLE_LEADER));
    text_int(import->draft.leader, &people.leader);
    text_int(import->draft.approver, &people.approver);
    if (!asked && r->c->err == OK && review_unclear(r->c, import) > 0)
        return redirect(r, "/ke-hoach/nhap/%" PRId64 "?xac-nhan=1", import->id);
    if (plan_amend_of(r->c, import->id) != 0)
        return redirect(r, "/ke-hoach/nhap/%" PRId64 "/dieu-chinh", import->id);
    if (plan_confirm(r->c, import, &import->draft, &people, &plan) == INVALID)
        return show_typed(r, import);
    if (r->c->err != OK)
        return r->c->err;
    flash(r, "Đã xác nhận kế hoạch. Các nhiệm vụ đã có kỳ thực hiện.");
    return redirect(r, "/ke-hoach/%" PRId64, plan);
}

/* What was done, for the next page. */
static void tell(struct request *r, const struct review_ask *ask, const struct review_outcome *out, const char *unknown)
{
    struct arena *a = r->c->arena;
    if (unknown != NULL)
        flash(r, arena_printf(a, "Đã lưu nháp, nhưng không có đơn vị nào tên “%s”. Hãy chọn trong danh sách gợi ý.", unknown));
    else if (out->clashes > 0)
        flash(r, "Người khác vừa sửa cùng ô với anh/chị. Cả hai cách ghi còn đây: hãy chọn một.");
    else if (ask->action == REVIEW_UNDO && !out->undone)
        flash(r, "Anh/chị không còn thay đổi nào để hoàn tác.");
    else if (ask->action == REVIEW_UNDO && out->kept > 0)
        flash(r, arena_printf(a, "Đã hoàn tác, trừ %d ô mà người khác đã sửa sau đó.", out->kept));
    else if (ask->action == REVIEW_UNDO)
        flash(r, "Đã hoàn tác lần sửa vừa rồi.");
    else if (ask->action == REVIEW_ACCEPT_ABOVE)
        flash(r, arena_printf(a, "Đã nhận %d ô. Bấm Hoàn tác nếu nhầm.", out->changed));
    else if (ask->action == REVIEW_SAVE)
        flash(r, "Đã lưu nháp.");
}

/* Where to go on: the next doubtful field behind the one just looked at, or the task that was changed. */
static const char *next_place(struct request *r, const struct plan_import *import, const struct review_ask *ask,
                              const struct review_outcome *out)
{
    struct arena *a = r->c->arena;
    const struct plan_draft *d = &import->draft;
    if (ask->action == REVIEW_ADD || ask->action == REVIEW_SPLIT || ask->action == REVIEW_REMOVE) {
        size_t at = out->index < d->count ? out->index : d->count - 1;
        return d->count == 0 ? "#nv" : arena_printf(a, "#t%" PRId64, d->tasks[at].key);
    }
    if (!text_starts(form(r, "viec"), "nhan:"))
        return "";
    bool behind = ask->task < 0;
    for (size_t i = 0; i < d->count; i++) {
        for (int f = 0; draft_task_fields[f].name != NULL; f++)
            if (behind && draft_doubtful(&d->tasks[i].marks[f]))
                return arena_printf(a, "#f-t%" PRId64 "-%s", d->tasks[i].key, draft_task_fields[f].name);
            else if (d->tasks[i].key == ask->task && f >= ask->field)
                behind = true;
    }
    return "#con-lai";
}

/* Behind what was typed, so that nothing of that is lost when the unit cannot be made. */
static enum err add_unit(struct request *r, struct plan_import *import, struct review_outcome *out)
{
    struct draft_choice choice = { 0 };
    if (review_add_unit(r, &choice) != OK)
        return r->c->err;
    const struct review_ask ask = { .version = import->version, .choices = &choice, .choice_count = 1 };
    return plan_review(r->c, import->id, &ask, import, out);
}

enum err plan_review_post(struct request *r)
{
    struct ctx *c = r->c;
    struct plan_import import;
    struct review_ask ask;
    struct review_outcome out;
    int64_t id = path_id(r, "id");
    const char *pressed = form(r, "viec");
    if (plan_import_get(c, id, &import) != OK)
        return c->err;
    if (strcmp(pressed, "bo") == 0)
        return plan_import_drop(c, id) != OK ? c->err : redirect(r, "/ke-hoach");
    if (import.scanning)
        return plan_scan_post(r, &import);
    const char *unknown = review_take_form(r, import.unit, &ask);
    if (plan_review(c, id, &ask, &import, &out) == OK && text_starts(pressed, "them-dv:"))
        add_unit(r, &import, &out);
    if (c->err == INVALID)
        return show_typed(r, &import);
    if (c->err != OK)
        return c->err;
    if (text_starts(pressed, "xac-nhan") && out.clashes == 0 && unknown == NULL)
        return confirm(r, &import, strcmp(pressed, "xac-nhan-that") == 0);
    tell(r, &ask, &out, unknown);
    return redirect(r, "/ke-hoach/nhap/%" PRId64 "%s", id, next_place(r, &import, &ask, &out));
}

enum err plan_review_part(struct request *r)
{
    struct ctx *c = r->c;
    struct plan_import import;
    struct review_ask ask;
    struct review_outcome out;
    struct review_touched *touched = arena_alloc(c->arena, sizeof *touched);
    int64_t id = path_id(r, "id");
    if (plan_import_get(c, id, &import) != OK)
        return c->err;
    review_take_form(r, import.unit, &ask);
    if (plan_review(c, id, &ask, &import, &out) != OK || review_touched_since(c, &import, ask.version, touched) != OK)
        return c->err;
    choose_only_leader(&import.draft, sql_plan_leaders(c, import.unit, ROLE_LEADER));
    review_put_draft(r, &import, NULL, touched);
    return page(r, "plan_review_part.html");
}
