/* Words from figures: the drafted text of each part. Nothing is said that the data does not say. */
#include "modules/report/report.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <inttypes.h>
#include <string.h>

enum { MOST_NAMED = 12 }; /* tasks that a text names one by one; the annex holds all */

const struct report_heading report_outline[REPORT_PARTS] = {
    { "opening", NULL, NULL, "Mở đầu" },
    { "direction", "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", NULL, "I. Chỉ đạo, điều hành" },
    { "result", "II. KẾT QUẢ THỰC HIỆN", "1. Kết quả chung", "II.1. Kết quả chung" },
    { "products", NULL, "2. Sản phẩm, hình thức tuyên truyền", "II.2. Sản phẩm, hình thức" },
    { "assessment", "III. ĐÁNH GIÁ CHUNG", NULL, "III. Đánh giá chung" },
    { "next", "IV. NHIỆM VỤ TRỌNG TÂM KỲ SAU", NULL, "IV. Nhiệm vụ kỳ sau" },
    { "proposal", "V. KIẾN NGHỊ, ĐỀ XUẤT", NULL, "V. Kiến nghị, đề xuất" },
};

const char *report_day(struct arena *a, int64_t when)
{
    int year = 0, month = 0, day = 0;
    day_split(when, &year, &month, &day);
    return arena_printf(a, month < 3 ? "%02d/%02d/%d" : "%02d/%d/%d", day, month, year);
}

/* A count, marked with the place on the page that shows what it counts. */
static const char *linked(struct ctx *c, int64_t count, const char *anchor)
{
    return arena_printf(c->arena, REPORT_MARK_OPEN "%s" REPORT_MARK_TEXT "%s" REPORT_MARK_CLOSE, anchor, report_count(c->arena, count));
}

static const char *n(struct ctx *c, int64_t count)
{
    return linked(c, count, "nv");
}

char *report_plain(struct arena *a, const char *marked)
{
    struct buffer b = { .arena = a };
    const char *at = marked, *open;
    for (; (open = strstr(at, REPORT_MARK_OPEN)) != NULL; at = open) {
        buffer_add_n(&b, at, (size_t)(open - at));
        const char *text = strstr(open, REPORT_MARK_TEXT), *close = strstr(open, REPORT_MARK_CLOSE);
        if (text == NULL || close == NULL || close < text)
            break; /* typed by hand: not ours */
        text += strlen(REPORT_MARK_TEXT);
        buffer_add_n(&b, text, (size_t)(close - text));
        open = close + strlen(REPORT_MARK_CLOSE);
    }
    buffer_add(&b, at);
    return b.text;
}

static const char *opening(struct ctx *c, const struct report *r)
{
    const char *plan = "";
    if (r->plan->count > 0) {
        int64_t day = cell_int(r->plan, 0, "day");
        const char *owner = cell(r->plan, 0, "name");
        plan = arena_printf(c->arena, "Thực hiện Kế hoạch số %s%s%s%s, ", cell(r->plan, 0, "number"),
                            day != 0 ? arena_printf(c->arena, " ngày %s", report_day(c->arena, day)) : "",
                            strcmp(owner, r->name) == 0 ? "" : " của ", strcmp(owner, r->name) == 0 ? "" : owner);
    }
    return arena_printf(c->arena,
                        "%s%s báo cáo kết quả công tác tuyên truyền cải cách hành chính (CCHC) %s (số liệu từ ngày %s đến ngày %s) như sau:",
                        plan, r->name, r->period.small_name, report_day(c->arena, r->period.from_day), report_day(c->arena, r->period.to_day));
}

static const char *direction(struct ctx *c, const struct report *r)
{
    const struct report_totals *t = &r->totals;
    if (t->tasks == 0)
        return "Trong kỳ chưa ghi nhận nhiệm vụ tuyên truyền CCHC nào.";
    struct buffer b = { .arena = c->arena };
    buffer_printf(&b, "Trong kỳ, đơn vị triển khai %s nhiệm vụ tuyên truyền CCHC, có %s việc đến hạn trong kỳ", n(c, t->tasks), n(c, t->planned));
    if (t->steady > 0)
        buffer_printf(&b, " và %s lượt việc thực hiện thường xuyên", n(c, t->steady));
    buffer_add(&b, ".");
    return b.text;
}

static void add_count(struct ctx *c, struct buffer *b, const char *format, int64_t count)
{
    if (count > 0)
        buffer_printf(b, format, n(c, count));
}

static const char *result(struct ctx *c, const struct report *r)
{
    const struct report_totals *t = &r->totals;
    struct buffer b = { .arena = c->arena };
    int64_t finished = t->done + t->late;
    if (t->planned == 0)
        buffer_add(&b, "Trong kỳ, đơn vị không có việc đến hạn.");
    else {
        buffer_printf(&b, "Trong kỳ, đơn vị có %s việc đến hạn; hoàn thành %s việc (%s)", n(c, t->planned), n(c, finished),
                      report_percent(c->arena, finished, t->planned));
        if (t->late > 0)
            buffer_printf(&b, ", trong đó %s việc đúng hạn và %s việc sau thời hạn", n(c, t->done), n(c, t->late));
        add_count(c, &b, "; %s việc đã nộp kết quả, đang chờ duyệt", t->waiting);
        add_count(c, &b, "; %s việc quá hạn chưa hoàn thành", t->missed);
        add_count(c, &b, "; %s việc chưa đến hạn", t->ahead);
        buffer_add(&b, ".");
    }
    if (t->steady > 0)
        buffer_printf(&b, "\nViệc thực hiện thường xuyên: %s/%s lượt có kết quả được xác nhận.", n(c, t->steady_done), n(c, t->steady));
    if (t->carried > 0)
        buffer_printf(&b, "\nViệc quá hạn từ kỳ trước chuyển sang: %s việc, đã hoàn thành %s việc.", n(c, t->carried), n(c, t->carried_done));
    if (t->early > 0)
        buffer_printf(&b, "\nNgoài ra, đơn vị hoàn thành trước %s việc có thời hạn sau kỳ báo cáo.", n(c, t->early));
    return b.text;
}

static const char *products(struct ctx *c, const struct report *r)
{
    struct buffer b = { .arena = c->arena };
    if (r->figures->count == 0)
        buffer_add(&b, "Trong kỳ chưa ghi nhận sản phẩm nào được xác nhận hoàn thành.");
    else
        buffer_add(&b, "Sản phẩm được xác nhận hoàn thành trong kỳ:");
    for (int i = 0; i < r->figures->count; i++)
        buffer_printf(&b, "\n- %s: %s%s", cell(r->figures, i, "name"),
                      linked(c, cell_int(r->figures, i, "made"), arena_printf(c->arena, "mc-%" PRId64 "-1", cell_int(r->figures, i, "task"))),
                      i + 1 < r->figures->count ? ";" : ".");
    if (r->totals.evidence > 0)
        buffer_printf(&b, "\nKết quả có %s minh chứng kèm theo (Phụ lục II).", linked(c, r->totals.evidence, "mc"));
    return b.text;
}

/* "\n- title (lead), hạn day;" for the rows in which `column` is not 0. */
static void name_tasks(struct ctx *c, struct buffer *b, const struct rows *tasks, const char *column, int64_t all)
{
    int named = 0;
    for (int i = 0; i < tasks->count && named < MOST_NAMED; i++) {
        if (cell_int(tasks, i, column) == 0)
            continue;
        named++;
        const char *lead = rows_column(tasks, "lead_name") >= 0 ? cell(tasks, i, "lead_name") : "";
        buffer_printf(b, "\n- %s", cell(tasks, i, "title"));
        if (lead[0] != '\0')
            buffer_printf(b, " (%s)", lead);
        buffer_printf(b, ", hạn ngày %s%s", report_day(c->arena, cell_int(tasks, i, "due_day")), named == all || named == MOST_NAMED ? "." : ";");
    }
}

static int64_t rows_with(const struct rows *tasks, const char *column)
{
    int64_t count = 0;
    for (int i = 0; i < tasks->count; i++)
        count += cell_int(tasks, i, column) != 0;
    return count;
}

static const char *assessment(struct ctx *c, const struct report *r)
{
    const struct report_totals *t = &r->totals;
    struct buffer b = { .arena = c->arena };
    if (t->planned == 0)
        return "Trong kỳ không có việc đến hạn để đánh giá.";
    if (t->done + t->late == t->planned)
        buffer_add(&b, t->late == 0 ? "Các việc đến hạn trong kỳ đều hoàn thành đúng hạn." : "Các việc đến hạn trong kỳ đều đã hoàn thành.");
    else
        buffer_printf(&b, "Kết quả đạt được: hoàn thành %s/%s việc đến hạn trong kỳ.", n(c, t->done + t->late), n(c, t->planned));
    if (t->late > 0)
        buffer_printf(&b, "\nTồn tại: %s việc hoàn thành sau thời hạn.", n(c, t->late));
    if (t->missed > 0) {
        buffer_printf(&b, "\nHạn chế: %s việc quá hạn chưa hoàn thành, thuộc các nhiệm vụ:", n(c, t->missed));
        name_tasks(c, &b, r->tasks, "missed", rows_with(r->tasks, "missed"));
    }
    return b.text;
}

static const char *next(struct ctx *c, const struct report *r)
{
    struct buffer b = { .arena = c->arena };
    int64_t dated = rows_with(r->next, "strict");
    if (r->totals.missed > 0)
        buffer_printf(&b, "Hoàn thành %s việc quá hạn nêu tại mục III.\n", n(c, r->totals.missed));
    if (dated == 0) {
        buffer_add(&b, "Chưa có việc nào được lập với thời hạn trong kỳ sau.");
        return b.text;
    }
    buffer_add(&b, "Thực hiện các việc đến hạn trong kỳ sau:");
    name_tasks(c, &b, r->next, "strict", dated);
    return b.text;
}

static const char *proposal(struct ctx *c, const struct report *r)
{
    (void)c;
    (void)r;
    return "Trong kỳ chưa ghi nhận kiến nghị, đề xuất.";
}

void report_set_part(struct ctx *c, struct report *r, int part, const char *marked)
{
    r->parts[part] = (struct report_part){ .code = report_outline[part].code, .marked = marked, .text = report_plain(c->arena, marked) };
}

void report_draft(struct ctx *c, struct report *r)
{
    static const char *(*const drafts[REPORT_PARTS])(struct ctx *, const struct report *) = { opening, direction, result, products,
                                                                                              assessment, next, proposal };
    for (int i = 0; i < REPORT_PARTS; i++)
        report_set_part(c, r, i, drafts[i](c, r));
}
