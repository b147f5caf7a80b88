/* The report as a spreadsheet: the figures and lists of the document, as numbers and dates to work on. */
#include "modules/report/report.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <string.h>

static struct sheet_cell text(const char *value)
{
    return (struct sheet_cell){ SHEET_TEXT, value, 0, 0 };
}

static struct sheet_cell label(const char *value)
{
    return (struct sheet_cell){ SHEET_LABEL, value, 0, 0 };
}

static struct sheet_cell number(int64_t value)
{
    return (struct sheet_cell){ SHEET_NUMBER, NULL, (double)value, 0 };
}

static struct sheet_cell day(int64_t value)
{
    return (struct sheet_cell){ SHEET_DAY, NULL, (double)value, 0 };
}

/* Empty when the whole is 0: there is nothing to be a part of. */
static struct sheet_cell share(int64_t part, int64_t whole)
{
    return whole <= 0 ? (struct sheet_cell){ 0 } : (struct sheet_cell){ SHEET_PERCENT, NULL, (double)part / (double)whole, 0 };
}

static void add_line(struct sheets *s, const char *name, struct sheet_cell value)
{
    value.span = 3;
    sheets_row(s, (const struct sheet_cell[]){ label(name), value }, 2);
}

static void add_about(struct ctx *c, struct sheets *s, const struct report *r)
{
    sheets_title(s, report_subject(c->arena, r));
    sheets_gap(s);
    add_line(s, "Đơn vị", text(r->name));
    if (r->parent != NULL)
        add_line(s, "Cơ quan cấp trên", text(r->parent));
    add_line(s, "Kỳ báo cáo", text(r->period.name));
    add_line(s, "Số liệu từ ngày", day(r->period.from_day));
    add_line(s, "Số liệu đến ngày", day(r->period.to_day));
    add_line(s, "Hạn gửi", day(r->send_day));
    add_line(s, "Căn cứ kỳ số liệu", text(r->period.basis));
    add_line(s, "Tình trạng", text(r->locked ? arena_printf(c->arena, "Đã chốt: %s, %s", r->locked_by, moment_vi(c->arena, r->locked_at))
                                             : arena_printf(c->arena, "Chưa chốt, số liệu lúc %s", moment_vi(c->arena, c->now))));
    sheets_gap(s);
}

static void add_summary(struct ctx *c, struct sheets *s, const struct report *r)
{
    static const double widths[] = { 42, 12, 12, 28 };
    const struct report_totals *t = &r->totals;
    const int64_t none = 0; /* a figure that is no part of another */
    const struct { const char *name; int64_t value, whole; } lines[] = {
        { "Nhiệm vụ có việc trong kỳ", t->tasks, none },
        { "Việc đến hạn trong kỳ", t->planned, none },
        { "Hoàn thành", t->done + t->late, t->planned },
        { "Trong đó: hoàn thành đúng hạn", t->done, t->planned },
        { "Trong đó: hoàn thành sau thời hạn", t->late, t->planned },
        { "Đã nộp kết quả, chờ duyệt", t->waiting, t->planned },
        { "Quá hạn chưa hoàn thành", t->missed, t->planned },
        { "Chưa đến hạn", t->ahead, t->planned },
        { "Lượt việc thực hiện thường xuyên", t->steady, none },
        { "Trong đó: có kết quả được xác nhận", t->steady_done, t->steady },
        { "Việc quá hạn từ kỳ trước chuyển sang", t->carried, none },
        { "Trong đó: đã hoàn thành", t->carried_done, t->carried },
        { "Việc có hạn sau kỳ, hoàn thành trước", t->early, none },
        { "Minh chứng", t->evidence, none },
    };
    sheets_add(s, "Tổng hợp", widths, 4);
    add_about(c, s, r);
    sheets_head(s, (const char *const[]){ "Chỉ tiêu", "Số lượng", "Tỷ lệ" }, 3);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        sheets_row(s, (const struct sheet_cell[]){ text(lines[i].name), number(lines[i].value), share(lines[i].value, lines[i].whole) }, 3);
}

static void add_tasks(struct ctx *c, struct sheets *s, const struct rows *tasks)
{
    enum { COLUMNS = 14 };
    static const double widths[COLUMNS] = { 5, 36, 15, 17, 14, 12, 18, 7, 7, 7, 7, 7, 24, 7 };
    static const char *const heads[COLUMNS] = { "TT", "Nhiệm vụ", "Lĩnh vực", "Chủ trì", "Thời gian", "Hạn cuối", "Tình trạng", "Số việc",
                                                "Đúng hạn", "Sau hạn", "Chờ duyệt", "Quá hạn", "Sản phẩm được giao", "Đã làm" };
    sheets_add(s, "Nhiệm vụ", widths, COLUMNS);
    sheets_title(s, "Danh mục nhiệm vụ và kết quả thực hiện");
    sheets_head(s, heads, COLUMNS);
    for (int i = 0; i < tasks->count; i++) {
        bool strict = cell_int(tasks, i, "strict") != 0; /* a continuous task has no last day */
        const struct sheet_cell line[COLUMNS] = {
            number(i + 1), text(cell(tasks, i, "title")), text(cell(tasks, i, "area_name")), text(cell(tasks, i, "lead_name")),
            text(cell(tasks, i, "time_words")), strict ? day(cell_int(tasks, i, "due_day")) : (struct sheet_cell){ 0 },
            text(report_outcome(c->arena, tasks, i)), number(cell_int(tasks, i, "times")), number(cell_int(tasks, i, "done")),
            number(cell_int(tasks, i, "late")), number(cell_int(tasks, i, "waiting")), number(cell_int(tasks, i, "missed")),
            text(cell(tasks, i, "product")), number(cell_int(tasks, i, "made")),
        };
        sheets_row(s, line, COLUMNS);
    }
}

static void add_figures(struct ctx *c, struct sheets *s, const struct report *r)
{
    static const double widths[] = { 46, 12, 12, 12, 12 };
    const struct rows *areas = report_areas(c->arena, r->tasks);
    sheets_add(s, "Số liệu", widths, 5);
    sheets_title(s, "Sản phẩm được xác nhận hoàn thành trong kỳ, theo loại và kênh");
    sheets_head(s, (const char *const[]){ "Sản phẩm, kênh", "Số lượng", "Nhiệm vụ" }, 3);
    for (int i = 0; i < r->figures->count; i++)
        sheets_row(s, (const struct sheet_cell[]){ text(cell(r->figures, i, "name")), number(cell_int(r->figures, i, "made")),
                                                   number(cell_int(r->figures, i, "tasks")) }, 3);
    sheets_gap(s);
    sheets_title(s, REPORT_AREAS_TITLE);
    sheets_head(s, (const char *const[]){ "Lĩnh vực", "Nhiệm vụ", "Đến hạn", "Hoàn thành", "Tỷ lệ" }, 5);
    for (int i = 0; i < areas->count; i++) {
        int64_t due = cell_int(areas, i, "due"), done = cell_int(areas, i, "done");
        sheets_row(s, (const struct sheet_cell[]){ text(cell(areas, i, "name")), number(cell_int(areas, i, "tasks")), number(due), number(done),
                                                   share(done, due) }, 5);
    }
}

static void add_evidence(struct sheets *s, const struct rows *evidence)
{
    enum { COLUMNS = 7 };
    static const double widths[COLUMNS] = { 5, 40, 16, 20, 12, 11, 38 };
    static const char *const heads[COLUMNS] = { "TT", "Nhiệm vụ", "Kỳ", "Đơn vị", "Ngày", "Loại", "Minh chứng" };
    sheets_add(s, "Minh chứng", widths, COLUMNS);
    sheets_title(s, "Danh mục minh chứng");
    sheets_head(s, heads, COLUMNS);
    for (int i = 0; i < evidence->count; i++) {
        const char *kind = cell(evidence, i, "kind");
        const struct sheet_cell line[COLUMNS] = {
            number(i + 1), text(cell(evidence, i, "title")), text(cell(evidence, i, "label")), text(cell(evidence, i, "unit_name")),
            day(cell_int(evidence, i, "day")), text(strcmp(kind, "link") == 0 ? "Đường dẫn" : strcmp(kind, "photo") == 0 ? "Ảnh" : "Tệp"),
            text(cell(evidence, i, "name")),
        };
        sheets_row(s, line, COLUMNS);
    }
}

enum err report_sheets(struct ctx *c, const struct report *r, const void **bytes, size_t *size)
{
    struct sheets *s = sheets_new(c, report_subject(c->arena, r));
    add_summary(c, s, r);
    add_tasks(c, s, r->tasks);
    add_figures(c, s, r);
    add_evidence(s, r->evidence);
    return sheets_end(s, bytes, size);
}
