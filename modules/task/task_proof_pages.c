/* Forms that prove, decide, end and wake. */
#include "modules/document/document_file.h"
#include "modules/task/task_inner.h"
#include "platform/base/clock.h"
#include "task_page_queries.h"
#include <inttypes.h>

struct taken {
    struct document_file *files;
    size_t count;
};

/* The task's page again with what was typed, when that is why it failed. */
static enum err again(struct request *r, int64_t task, int64_t occurrence)
{
    if (r->c->err != INVALID)
        return r->c->err;
    show_again(r);
    return task_page(r, task, occurrence);
}

static enum err back(struct request *r, int64_t task, int64_t occurrence, const char *said)
{
    if (r->c->err != OK)
        return r->c->err;
    flash(r, said);
    return occurrence == 0 ? redirect(r, "/nhiem-vu/%" PRId64, task)
                           : redirect(r, "/nhiem-vu/%" PRId64 "?ky=%" PRId64, task, occurrence);
}

enum err task_take_files(struct request *r)
{
    int64_t occurrence = path_id(r, "id"), task = sql_task_of_occurrence(r->c, occurrence);
    task_visible(r->c, task);
    struct taken *taken = arena_alloc(r->c->arena, sizeof *taken);
    if (r->c->err == OK && document_files_take(r, "evidence", &taken->files, &taken->count) != OK)
        return again(r, task, occurrence);
    r->prepared = taken;
    return r->c->err;
}

enum err task_post_submit(struct request *r)
{
    struct ctx *c = r->c;
    int64_t occurrence = path_id(r, "id"), task = sql_task_of_occurrence(c, occurrence);
    const struct taken *taken = r->prepared;
    const char *url = text_trim(c->arena, form(r, "url"));
    struct task_evidence *evidence = arena_array(c->arena, taken->count + 1, sizeof *evidence);
    size_t count = 0;
    for (size_t i = 0; i < taken->count && document_file_record(c, &taken->files[i]) == OK; i++)
        evidence[count++] = (struct task_evidence){ .hash = taken->files[i].hash, .source = taken->files[i].source,
            .file_name = taken->files[i].file_name, .photo = taken->files[i].photo };
    if (*url != '\0')
        evidence[count++] = (struct task_evidence){ .url = url };
    int64_t made = 0;
    const char *typed = text_trim(c->arena, form(r, "made"));
    if (*typed != '\0' && !text_int(typed, &made))
        invalid(c, "made", "Hãy ghi số lượng bằng chữ số, ví dụ 2.");
    if (c->err != OK || task_submit(c, occurrence, &(struct task_result){ .evidence = evidence, .evidence_count = count,
                                                                          .note = form(r, "note"), .made = made }) != OK)
        return again(r, task, occurrence);
    return back(r, task, occurrence, "Đã nộp kết quả, đang chờ duyệt.");
}

/* After a decision on the desk people go on with the next one there. */
static enum err after_decision(struct request *r, int64_t task, int64_t occurrence, const char *said)
{
    if (r->c->err == OK && strcmp(form(r, "from"), "desk") == 0) {
        flash(r, said);
        return redirect(r, "/ban-lam-viec#duyet");
    }
    return back(r, task, occurrence, said);
}

enum err task_post_approve(struct request *r)
{
    int64_t occurrence = path_id(r, "id"), task = sql_task_of_occurrence(r->c, occurrence);
    task_approve(r->c, occurrence);
    return after_decision(r, task, occurrence, "Đã duyệt kết quả.");
}

enum err task_post_return(struct request *r)
{
    int64_t occurrence = path_id(r, "id"), task = sql_task_of_occurrence(r->c, occurrence);
    if (task_return(r->c, occurrence, form(r, "reason")) != OK)
        return again(r, task, occurrence);
    return after_decision(r, task, occurrence, "Đã trả lại để bổ sung.");
}

enum err task_post_reopen(struct request *r)
{
    int64_t occurrence = path_id(r, "id"), task = sql_task_of_occurrence(r->c, occurrence);
    if (task_reopen(r->c, occurrence, form(r, "reason")) != OK)
        return again(r, task, occurrence);
    return back(r, task, occurrence, "Đã mở lại kỳ này.");
}

enum err task_post_withdraw(struct request *r)
{
    int64_t evidence = path_id(r, "id");
    const struct rows *of = sql_task_of_evidence(r->c, evidence);
    if (task_withdraw(r->c, evidence) != OK)
        return r->c->err;
    return back(r, cell_int(of, 0, "task"), cell_int(of, 0, "occurrence"), "Đã gỡ minh chứng.");
}

enum err task_post_cancel(struct request *r)
{
    int64_t task = path_id(r, "id");
    if (task_cancel(r->c, task, form(r, "cancel_reason")) != OK)
        return again(r, task, 0);
    return back(r, task, 0, "Đã dừng nhiệm vụ.");
}

enum err task_post_trigger(struct request *r)
{
    int64_t task = path_id(r, "id"), due = 0;
    if (!day_parse(form(r, "due"), &due))
        invalid(r->c, "due", "Ngày chưa đúng. Nhập lại, ví dụ 30/9/2026.");
    if (r->c->err != OK || task_trigger(r->c, task, form(r, "trigger"), due) != OK)
        return again(r, task, 0);
    return back(r, task, 0, "Đã mở kỳ thực hiện.");
}
