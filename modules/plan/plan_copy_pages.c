/* A plan or a draft as a file, and last year's plan as the beginning of this year's. */
#include "modules/plan/plan_copy_paper.h"
#include "modules/plan/plan_copy_start.h"
#include "plan_queries.h"
#include "platform/base/text.h"
#include "platform/doc/doc.h"
#include <inttypes.h>
#include <string.h>

static const struct {
    const char *ending, *type;
    enum err (*write)(struct ctx *c, const struct document *doc, const void **bytes, size_t *size);
} formats[] = {
    { "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", doc_write_docx },
    { "pdf", "application/pdf", doc_write_pdf },
};

static enum err send(struct request *r, const struct plan_paper *paper)
{
    struct ctx *c = r->c;
    const void *bytes = NULL;
    size_t size = 0;
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (strcmp(formats[i].ending, path_part(r, "loai")) == 0) {
            if (formats[i].write(c, plan_paper_document(c, paper), &bytes, &size) != OK)
                return c->err;
            return send_bytes(r, formats[i].type, plan_paper_name(c->arena, paper, formats[i].ending), bytes, size);
        }
    return fail(c, NOT_FOUND, "Kế hoạch chỉ tải được dạng Word hoặc PDF.", "no such format");
}

enum err plan_paper_send(struct request *r)
{
    struct plan_paper paper;
    return plan_paper_of_plan(r->c, path_id(r, "id"), &paper) != OK ? r->c->err : send(r, &paper);
}

enum err plan_paper_send_import(struct request *r)
{
    struct plan_paper paper;
    return plan_paper_of_import(r->c, path_id(r, "id"), &paper) != OK ? r->c->err : send(r, &paper);
}

/* ---- from last year's plan ---- */

static const char *count_text(struct arena *a, int64_t n)
{
    return arena_printf(a, "%" PRId64, n);
}

/* Those that went on to the end are proposed; after a form was sent, those that were ticked. */
static void put_past(struct request *r, const struct past_task *list, size_t count)
{
    static const char *const columns[] = { "id", "no", "title", "leads", "time", "ended", "periods", "done", "late", "missed", "evidence", "chosen", NULL };
    struct arena *a = r->c->arena;
    bool sent = form_has(r, "year");
    struct rows_maker m;
    rows_start(&m, a, columns);
    for (size_t i = 0; i < count; i++) {
        const struct past_task *t = &list[i];
        bool chosen = sent ? form_has(r, arena_printf(a, "t%" PRId64, t->task.id)) : !t->ended;
        rows_add(&m, (const char *const[]){ count_text(a, t->task.id), t->task.task.no, t->task.task.title, t->task.leads, t->task.time,
                                            t->ended ? "1" : "", count_text(a, t->periods), count_text(a, t->done), count_text(a, t->late),
                                            count_text(a, t->missed), count_text(a, t->evidence), chosen ? "1" : "" });
    }
    put_rows(r, "tasks", &m.rows);
}

static const char *error_of(const struct field_error *errors, const char *field)
{
    for (; errors != NULL; errors = errors->next)
        if (strcmp(errors->field, field) == 0)
            return errors->message;
    return NULL;
}

static enum err show_past(struct request *r, const struct field_error *errors)
{
    struct ctx *c = r->c;
    struct past_task *list = NULL;
    size_t count = 0;
    int64_t plan = path_id(r, "id");
    if (plan_past_load(c, plan, &list, &count) != OK)
        return c->err;
    const struct rows *one = sql_plan_one(c, plan, c->person);
    if (plan_require_edit(c, cell_int(one, 0, "unit")) != OK)
        return c->err;
    put_rows(r, "plan", one);
    put_text(r, "new_year", form_has(r, "year") ? form(r, "year") : count_text(c->arena, cell_int(one, 0, "year") + 1));
    put_text(r, "error_year", error_of(errors, "year"));
    put_text(r, "error_tasks", error_of(errors, "tasks"));
    put_past(r, list, count);
    return page(r, "plan_copy.html");
}

enum err plan_begin_show(struct request *r)
{
    return show_past(r, NULL);
}

/* What the slow part leaves for the transaction. */
struct begun {
    int64_t unit;
    struct plan_source source;
};

enum err plan_begin_before(struct request *r)
{
    struct ctx *c = r->c;
    struct past_task *list = NULL;
    size_t count = 0;
    int64_t year = 0;
    struct begun *begun = arena_alloc(c->arena, sizeof *begun);
    struct plan_beginning w = { .plan = path_id(r, "id") };
    if (plan_past_load(c, w.plan, &list, &count) != OK)
        return c->err;
    int64_t *tasks = arena_array(c->arena, count + 1, sizeof *tasks);
    for (size_t i = 0; i < count; i++)
        if (form_has(r, arena_printf(c->arena, "t%" PRId64, list[i].task.id)))
            tasks[w.count++] = list[i].task.id;
    w.tasks = tasks;
    w.year = text_int(form(r, "year"), &year) && year > 0 && year < 2200 ? (int)year : 0;
    if (plan_begin(c, &w, &begun->unit, &begun->source) == INVALID) {
        const struct field_error *errors = c->fields;
        show_again(r);
        return show_past(r, errors);
    }
    r->prepared = begun;
    return c->err;
}

enum err plan_begin_run(struct request *r)
{
    struct ctx *c = r->c;
    const struct begun *begun = r->prepared;
    int64_t id = sql_plan_import_same(c, begun->unit, begun->source.file->source); /* the same choice was made before */
    if (id == 0 && plan_import_add(c, begun->unit, &begun->source, &id) != OK)
        return c->err;
    flash(r, "Đây là bản thảo lấy từ kế hoạch năm trước. Anh/chị sửa rồi xác nhận.");
    return redirect(r, "/ke-hoach/nhap/%" PRId64, id);
}
