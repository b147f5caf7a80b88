#include "modules/document/document_file.h"
#include "modules/plan/plan.h"
#include "modules/plan/plan_cover.h"
#include "modules/plan/plan_form.h"
#include "modules/plan/plan_work.h"
#include "modules/plan/plan_read.h"
#include "modules/role.h"
#include "modules/unit/unit.h"
#include "plan_queries.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include "platform/doc/doc.h"
#include <inttypes.h>
#include <string.h>

enum { FILE_LIMIT = 20 * 1024 * 1024 };

/* ---- list ---- */

static enum err list(struct request *r)
{
    struct ctx *c = r->c;
    const char *words = text_key(c->arena, query_param(r, "tim"));
    put_text(r, "words", query_param(r, "tim"));
    put_rows(r, "plans", sql_plan_list(c, c->person, words, day_of_moment(c->now)));
    put_rows(r, "imports", sql_plan_imports_open(c, c->person));
    put_text(r, "may_import", (c->granted & (ROLE_COORDINATOR | ROLE_LEADER)) != 0 ? "1" : "");
    return page(r, "plan_list.html");
}

/* ---- a file comes in ---- */

/* Of the units in reach, those that issue documents; the person's own agency is chosen. */
static void put_agencies(struct request *r)
{
    static const char *const columns[] = { "id", "name", "chosen", NULL };
    struct ctx *c = r->c;
    struct rows_maker m;
    const struct rows *units = sql_plan_units(c, c->person);
    int64_t chosen;
    if (!text_int(form(r, "unit"), &chosen))
        chosen = unit_agency(c, c->unit);
    rows_start(&m, c->arena, columns);
    for (int i = 0; i < units->count; i++) {
        const struct unit_kind *kind = unit_kind_find(cell(units, i, "kind"));
        if (kind == NULL || !kind->agency)
            continue;
        const char *const one[] = { cell(units, i, "id"), cell(units, i, "name"),
                                    cell_int(units, i, "id") == chosen ? "1" : "" };
        rows_add(&m, one);
    }
    put_rows(r, "agencies", &m.rows);
}

static enum err import_form(struct request *r, int64_t same)
{
    put_agencies(r);
    put_text(r, "same", same == 0 ? NULL : arena_printf(r->c->arena, "%" PRId64, same));
    return page(r, "plan_import.html");
}

static enum err import_start(struct request *r)
{
    return import_form(r, 0);
}

static enum err import_again(struct request *r, int64_t same)
{
    show_again(r);
    return import_form(r, same);
}

/* What the slow part leaves for the transaction. */
struct taken {
    struct document_file file;
    const char *document, *reading;
};

/* Reading takes long and may fail in many ways: it runs before the write transaction. */
static enum err import_before(struct request *r)
{
    struct ctx *c = r->c;
    const struct upload *file = upload_file(r, "file");
    struct document *doc;
    struct plan_reading *reading;
    if (file == NULL)
        invalid(c, "file", "Hãy chọn tệp kế hoạch rồi bấm Đọc tệp.");
    else if (doc_read_file(c, file->path, &doc) == OK && plan_read(c, doc, &reading) == OK) {
        struct taken *taken = arena_alloc(c->arena, sizeof *taken);
        taken->document = doc_to_json(c->arena, doc);
        taken->reading = plan_reading_json(c->arena, reading);
        document_file_take(c, "file", file, &taken->file);
        r->prepared = taken;
    }
    return c->err == INVALID ? import_again(r, 0) : c->err;
}

static enum err import_run(struct request *r)
{
    struct ctx *c = r->c;
    const struct taken *taken = r->prepared;
    int64_t unit = 0;
    int64_t id = 0;
    text_int(form(r, "unit"), &unit);
    struct plan_source source = { &taken->file, taken->document, taken->reading };
    plan_import_add(c, unit, &source, &id);
    if (c->err == INVALID || c->err == CONFLICT)
        return import_again(r, id);
    return c->err != OK ? c->err : redirect(r, "/ke-hoach/nhap/%" PRId64, id);
}

/* ---- review ---- */

static void put_leaders(struct request *r, int64_t unit)
{
    static const char *const columns[] = { "id", "name", "title", "leads", "approves", NULL };
    struct ctx *c = r->c;
    const struct rows *leaders = sql_plan_leaders(c, unit, ROLE_LEADER);
    /* With a single leader there is nothing to choose; a form that was sent decides otherwise. */
    const char *only = leaders->count == 1 && !form_has(r, "version") ? cell(leaders, 0, "id") : "";
    const char *leads = form_has(r, "leader") ? form(r, "leader") : only;
    const char *approves = form_has(r, "approver") ? form(r, "approver") : only;
    struct rows_maker m;
    rows_start(&m, c->arena, columns);
    for (int i = 0; i < leaders->count; i++) {
        const char *id = cell(leaders, i, "id");
        const char *const one[] = { id, cell(leaders, i, "name"), cell(leaders, i, "title"),
                                    strcmp(id, leads) == 0 ? "1" : "", strcmp(id, approves) == 0 ? "1" : "" };
        rows_add(&m, one);
    }
    put_rows(r, "leaders", &m.rows);
}

static enum err show_review(struct request *r, const struct plan_import *import, const struct plan_draft *draft,
                            int64_t version, const struct field_error *errors)
{
    put_int(r, "id", import->id);
    put_int(r, "version", version);
    put_text(r, "file_name", import->file_name);
    put_text(r, "unit_of_plan", import->unit_name);
    put_leaders(r, import->unit);
    review_put_draft(r, import, draft, errors);
    if (review_put_source(r, import, draft) != OK)
        return r->c->err;
    return page(r, "plan_review.html");
}

static enum err review(struct request *r)
{
    struct plan_import import;
    if (plan_import_get(r->c, path_id(r, "id"), &import) != OK)
        return r->c->err;
    if (import.plan != 0)
        return redirect(r, "/ke-hoach/%" PRId64, import.plan);
    if (!import.open)
        return fail(r->c, NOT_FOUND, "Bản nhập này đã bỏ. Hãy nhập lại tệp.", "import dropped");
    return show_review(r, &import, &import.draft, import.version, NULL);
}

/* "xoa-3", "tach-3", "them": changes the list; *at is the task to come back to. False: another action. */
static bool change_list(struct request *r, const char *action, struct plan_draft *draft, size_t *at)
{
    int64_t index = 0;
    const char *dash = strchr(action, '-');
    if (dash != NULL && (!text_int(dash + 1, &index) || index < 0))
        return false;
    *at = (size_t)index;
    if (strcmp(action, "them") == 0) {
        *at = draft->count;
        return draft_add_task(r->c, draft);
    }
    if (text_starts(action, "xoa-"))
        return draft_remove_task(draft, *at);
    return text_starts(action, "tach-") && draft_split_task(r->c, draft, *at);
}

static enum err save(struct request *r, const struct plan_import *import, const struct plan_draft *draft, int64_t version,
                     const char *anchor)
{
    if (plan_import_save(r->c, import, version, draft) == CONFLICT && import->open) {
        show_again(r);
        return show_review(r, import, draft, import->version, NULL);
    }
    return r->c->err != OK ? r->c->err : redirect(r, "/ke-hoach/nhap/%" PRId64 "%s", import->id, anchor);
}

static enum err confirm(struct request *r, const struct plan_import *import, const struct plan_draft *draft, int64_t version)
{
    struct plan_people people = { 0 };
    int64_t plan = 0;
    text_int(form(r, "leader"), &people.leader);
    text_int(form(r, "approver"), &people.approver);
    if (plan_confirm(r->c, import, draft, &people, &plan) == INVALID) {
        const struct field_error *errors = r->c->fields;
        show_again(r);
        return show_review(r, import, draft, version, errors);
    }
    if (r->c->err != OK)
        return r->c->err;
    flash(r, "Đã xác nhận kế hoạch. Các nhiệm vụ đã có kỳ thực hiện.");
    return redirect(r, "/ke-hoach/%" PRId64, plan);
}

static enum err review_post(struct request *r)
{
    struct plan_import import;
    int64_t version = 0;
    size_t at = 0;
    if (plan_import_get(r->c, path_id(r, "id"), &import) != OK)
        return r->c->err;
    text_int(form(r, "version"), &version);
    const char *action = form(r, "viec");
    if (strcmp(action, "bo") == 0)
        return plan_import_drop(r->c, import.id) != OK ? r->c->err : redirect(r, "/ke-hoach");
    struct plan_draft draft = import.draft;
    review_take_form(r, &draft);
    if (strcmp(action, "xac-nhan") == 0)
        return confirm(r, &import, &draft, version);
    if (change_list(r, action, &draft, &at))
        return save(r, &import, &draft, version, arena_printf(r->c->arena, "#t%zu", at));
    flash(r, "Đã lưu nháp.");
    return save(r, &import, &draft, version, "");
}

static enum err import_file(struct request *r)
{
    struct plan_import import;
    if (plan_import_get(r->c, path_id(r, "id"), &import) != OK)
        return r->c->err;
    return send_file(r, import.file_type, import.file_name, document_file_path(r->c, import.hash));
}

/* ---- a plan ---- */

static enum err show(struct request *r)
{
    struct ctx *c = r->c;
    int64_t plan = path_id(r, "id");
    const struct rows *one = sql_plan_one(c, plan, c->person);
    if (one->count == 0)
        return fail(c, NOT_FOUND, "Không tìm thấy kế hoạch này.", "plan %" PRId64, plan);
    put_rows(r, "plan", one);
    put_rows(r, "bases", sql_plan_bases(c, plan));
    plan_put_work(r, plan, (int)cell_int(one, 0, "year"));
    put_rows(r, "products", sql_plan_products(c, plan));
    put_rows(r, "sections", sql_plan_lines(c, plan, "section"));
    put_rows(r, "recipients", sql_plan_lines(c, plan, "recipient"));
    put_rows(r, "history", sql_plan_history(c, plan));
    plan_put_cover(r, plan, cell_int(one, 0, "unit"));
    put_text(r, "may_edit", plan_may_edit(c, cell_int(one, 0, "unit")) ? "1" : "");
    return page(r, "plan_show.html");
}

const struct route plan_routes[] = {
    { .method = "GET", .path = "/ke-hoach", .access = SIGNED_IN, .run = list },
    { .method = "GET", .path = "/ke-hoach/nhap", .access = ROLE_COORDINATOR | ROLE_LEADER, .run = import_start },
    { .method = "POST", .path = "/ke-hoach/nhap", .access = ROLE_COORDINATOR | ROLE_LEADER, .before = import_before,
      .run = import_run, .upload_limit = FILE_LIMIT },
    { .method = "GET", .path = "/ke-hoach/nhap/:id", .access = ROLE_COORDINATOR | ROLE_LEADER, .run = review },
    { .method = "POST", .path = "/ke-hoach/nhap/:id", .access = ROLE_COORDINATOR | ROLE_LEADER, .run = review_post },
    { .method = "GET", .path = "/ke-hoach/nhap/:id/tep", .access = ROLE_COORDINATOR | ROLE_LEADER, .run = import_file },
    { .method = "GET", .path = "/ke-hoach/:id", .access = SIGNED_IN, .run = show },
    { .method = "GET", .path = "/ke-hoach/:id/doi-chieu", .access = SIGNED_IN, .run = plan_cover_show },
    { .method = "POST", .path = "/ke-hoach/:id/doi-chieu", .access = ROLE_COORDINATOR | ROLE_LEADER, .run = plan_cover_post },
    { .method = "POST", .path = "/ke-hoach/:id/cap-tren", .access = ROLE_COORDINATOR | ROLE_LEADER, .run = plan_above_post },
    { 0 },
};
