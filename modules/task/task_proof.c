/* Proving a task: what closes an occurrence, and who accepts it. */
#include "modules/task/task_inner.h"
#include "platform/base/text.h"
#include "task_proof_queries.h"
#include <inttypes.h>

static const char says_decided[] = "Kết quả này đã được xử lý trước đó. Mời anh/chị tải lại trang để xem.";

/* Row of sql_proof_view; NOT_FOUND when c->person does not reach it, CONFLICT when the task was ended. */
static const struct rows *visible(struct ctx *c, int64_t occurrence)
{
    const struct rows *row = sql_proof_view(c, occurrence, c->person);
    if (c->err == OK && row->count == 0)
        fail(c, NOT_FOUND, "Không tìm thấy kỳ thực hiện này.", "occurrence %" PRId64, occurrence);
    else if (c->err == OK && strcmp(cell(row, 0, "task_state"), "active") != 0)
        fail(c, CONFLICT, "Nhiệm vụ này đã dừng.", "task of occurrence %" PRId64 " is cancelled", occurrence);
    return row;
}

static void check_link(struct ctx *c, const char *url)
{
    bool web = text_starts(url, "https://") || text_starts(url, "http://");
    if (!web || strchr(url, ' ') != NULL || strchr(url, '.') == NULL)
        invalid(c, "url", "Đường dẫn phải bắt đầu bằng https:// hoặc http://, ví dụ https://soyte.example/tin-1.");
    else if (text_length(url) > TASK_TEXT_LONGEST)
        invalid(c, "url", "Đường dẫn dài quá %d ký tự.", TASK_TEXT_LONGEST);
}

/* INVALID when the file proved something else; *again: it stands in this occurrence already. */
static void check_file(struct ctx *c, int64_t occurrence, const struct task_evidence *e, bool *again)
{
    const struct rows *used = sql_proof_used(c, e->source, c->person);
    if (c->err != OK || used->count == 0)
        return;
    const char *what = e->photo ? "Ảnh" : "Tệp", *title = cell(used, 0, "title");
    if (cell_int(used, 0, "occurrence") == occurrence)
        *again = true;
    else if (title[0] == '\0')
        invalid(c, "evidence", "%s %s đã được đơn vị khác dùng làm minh chứng. Hãy chọn %s khác.", what, e->file_name,
                e->photo ? "ảnh" : "tệp");
    else
        invalid(c, "evidence", "%s %s đã dùng cho “%s”, %s. Hãy chọn %s khác.", what, e->file_name, title,
                cell(used, 0, "label"), e->photo ? "ảnh" : "tệp");
}

static void check_result(struct ctx *c, const struct rows *row, const struct task_result *result)
{
    int64_t pieces = cell_int(row, 0, "pieces") + (int64_t)result->evidence_count;
    if (pieces == 0)
        invalid(c, "evidence", "Hãy gửi ít nhất một ảnh, một tệp hoặc một đường dẫn làm minh chứng.");
    if (pieces > TASK_MOST_EVIDENCE)
        invalid(c, "evidence", "Mỗi kỳ nhận nhiều nhất %d minh chứng. Hãy bớt lại.", TASK_MOST_EVIDENCE);
    if (result->note != NULL && text_length(result->note) > TASK_TEXT_LONGEST)
        invalid(c, "note", "Xin viết không quá %d ký tự.", TASK_TEXT_LONGEST);
    if (result->made < 0 || result->made > 1000000000)
        invalid(c, "made", "Số lượng phải từ 1 trở lên.");
}

static void add_evidence(struct ctx *c, int64_t occurrence, const struct task_result *result)
{
    for (size_t i = 0; i < result->evidence_count && c->err == OK; i++) {
        const struct task_evidence *e = &result->evidence[i];
        bool again = false;
        if (e->hash == NULL)
            check_link(c, e->url);
        else
            check_file(c, occurrence, e, &again);
        if (c->err != OK || again)
            continue;
        const char *kind = e->hash == NULL ? "link" : e->photo ? "photo" : "file";
        if (sql_proof_insert(c, occurrence, kind, e->hash, e->source, e->file_name == NULL ? "" : e->file_name,
                             e->url == NULL ? "" : e->url, c->person, c->now) == 0)
            fail(c, CONFLICT, "Tệp này vừa được dùng cho kỳ khác. Hãy chọn tệp khác.", "evidence source used twice");
    }
}

enum err task_submit(struct ctx *c, int64_t occurrence, const struct task_result *result)
{
    const struct rows *row = visible(c, occurrence);
    if (c->err != OK)
        return c->err;
    if (!cell_int(row, 0, "member"))
        return fail(c, FORBIDDEN, "Kỳ này do đơn vị khác ghi kết quả.", "occurrence %" PRId64, occurrence);
    const char *state = cell(row, 0, "state");
    if (strcmp(state, "open") != 0 && strcmp(state, "returned") != 0)
        return fail(c, CONFLICT, "Kỳ này đã nộp kết quả hoặc đã xong.", "occurrence %" PRId64 " is %s", occurrence, state);
    check_result(c, row, result);
    if (c->err == OK)
        add_evidence(c, occurrence, result);
    if (c->err != OK)
        return c->err;
    const char *note = result->note == NULL ? "" : text_trim(c->arena, result->note);
    int64_t made = result->made > 0 ? result->made : cell_int(row, 0, "quota");
    if (sql_proof_submit(c, occurrence, note, made, c->person, c->now) == 0)
        return fail(c, CONFLICT, "Kỳ này vừa được nộp kết quả.", "occurrence %" PRId64, occurrence);
    return task_note(c, cell_int(row, 0, "task"), occurrence, "submit",
                     arena_printf(c->arena, "Nộp kết quả %s", cell(row, 0, "label")));
}

enum err task_withdraw(struct ctx *c, int64_t evidence)
{
    int64_t occurrence = sql_proof_occurrence(c, evidence);
    const struct rows *row = visible(c, occurrence);
    if (c->err != OK)
        return c->err;
    if (!cell_int(row, 0, "member"))
        return fail(c, FORBIDDEN, "Minh chứng này do đơn vị khác gửi.", "evidence %" PRId64, evidence);
    if (sql_proof_delete(c, evidence) == 0)
        return fail(c, CONFLICT, "Kết quả đã nộp nên không gỡ minh chứng được. Hãy nhờ người duyệt trả lại.",
                    "evidence %" PRId64, evidence);
    return task_note(c, cell_int(row, 0, "task"), occurrence, "withdraw",
                     arena_printf(c->arena, "Gỡ một minh chứng của %s", cell(row, 0, "label")));
}

/* The row when c->person may decide over it. */
static const struct rows *decidable(struct ctx *c, int64_t occurrence)
{
    const struct rows *row = visible(c, occurrence);
    if (c->err != OK)
        return row;
    if (!cell_int(row, 0, "decides"))
        fail(c, FORBIDDEN, "Anh/chị không phải người duyệt của nhiệm vụ này.", "occurrence %" PRId64, occurrence);
    else if (cell_int(row, 0, "submitted_by") == c->person)
        fail(c, FORBIDDEN, "Không tự duyệt kết quả do mình nộp. Xin nhờ lãnh đạo hoặc người khác duyệt.",
             "occurrence %" PRId64, occurrence);
    return row;
}

enum err task_approve(struct ctx *c, int64_t occurrence)
{
    const struct rows *row = decidable(c, occurrence);
    if (c->err != OK)
        return c->err;
    if (sql_proof_approve(c, occurrence, c->person, c->now) == 0)
        return fail(c, CONFLICT, says_decided, "occurrence %" PRId64 " is not submitted", occurrence);
    return task_note(c, cell_int(row, 0, "task"), occurrence, "approve",
                     arena_printf(c->arena, "Duyệt kết quả %s", cell(row, 0, "label")));
}

static const char *reason_of(struct ctx *c, const char *reason)
{
    reason = reason == NULL ? "" : text_trim(c->arena, reason);
    if (reason[0] == '\0')
        invalid(c, "reason", "Hãy ghi lý do để người nộp biết cần sửa gì.");
    else if (text_length(reason) > TASK_TEXT_LONGEST)
        invalid(c, "reason", "Xin viết không quá %d ký tự.", TASK_TEXT_LONGEST);
    return reason;
}

enum err task_return(struct ctx *c, int64_t occurrence, const char *reason)
{
    const struct rows *row = decidable(c, occurrence);
    if (c->err == OK)
        reason = reason_of(c, reason);
    if (c->err != OK)
        return c->err;
    if (sql_proof_return(c, occurrence, reason, c->person, c->now) == 0)
        return fail(c, CONFLICT, says_decided, "occurrence %" PRId64 " is not submitted", occurrence);
    return task_note(c, cell_int(row, 0, "task"), occurrence, "return",
                     arena_printf(c->arena, "Trả lại kết quả %s: %s", cell(row, 0, "label"), reason));
}

enum err task_reopen(struct ctx *c, int64_t occurrence, const char *reason)
{
    const struct rows *row = visible(c, occurrence);
    if (c->err == OK && !cell_int(row, 0, "decides"))
        return fail(c, FORBIDDEN, "Anh/chị không phải người duyệt của nhiệm vụ này.", "occurrence %" PRId64, occurrence);
    if (c->err == OK)
        reason = reason_of(c, reason);
    if (c->err != OK)
        return c->err;
    if (sql_proof_reopen(c, occurrence, reason, c->person, c->now) == 0)
        return fail(c, CONFLICT, "Chỉ kỳ đã xong mới mở lại được.", "occurrence %" PRId64 " is not done", occurrence);
    return task_note(c, cell_int(row, 0, "task"), occurrence, "reopen",
                     arena_printf(c->arena, "Mở lại %s: %s", cell(row, 0, "label"), reason));
}
