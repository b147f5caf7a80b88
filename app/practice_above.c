#include "app/practice_above.h"
#include "modules/person/person.h"
#include "modules/plan/plan.h"
#include "modules/plan/plan_cover.h"
#include "modules/unit/unit.h"
#include "platform/base/clock.h"
#include <string.h>

static const struct {
    const char *no, *heading, *title, *leads, *partners, *time, *products;
} lines[] = {
    { "II.1", "Nội dung tuyên truyền", "Phổ biến chủ trương, chính sách, pháp luật về cải cách hành chính tại giao ban và họp chuyên đề",
      "Văn phòng Sở", "Các đơn vị trực thuộc", "Thường xuyên", "04 buổi phổ biến" },
    { "II.2", "Nội dung tuyên truyền", "Thông báo kết quả các chỉ số cải cách hành chính đến toàn thể công chức, viên chức ngành y tế",
      "Văn phòng Sở", "Các đơn vị trực thuộc", "Định kỳ 01 lần/quý", "01 thông báo mỗi quý" },
    { "II.3", "Nội dung tuyên truyền", "Cung cấp tin, bài về cải cách tài chính công", "Văn phòng Sở", "Các đơn vị trực thuộc",
      "Định kỳ 01 lần/quý", "01 bài viết mỗi quý" },
    { "II.4", "Nội dung tuyên truyền", "Tuyên truyền việc sắp xếp tổ chức bộ máy của ngành y tế", "Văn phòng Sở", "Các đơn vị trực thuộc",
      "Định kỳ 01 lần/quý", "01 bài viết mỗi quý" },
    { "III.1", "Hình thức tuyên truyền", "Treo băng rôn, khẩu hiệu tuyên truyền cải cách hành chính tại trụ sở và các trạm", "Văn phòng Sở",
      "Các đơn vị trực thuộc", "6 tháng đầu năm", "02 băng rôn mỗi điểm" },
    { "III.2", "Hình thức tuyên truyền", "Phát bản tin cải cách hành chính trên hệ thống truyền thanh cơ sở", "Văn phòng Sở",
      "Các đơn vị trực thuộc", "Định kỳ 01 lần/tháng", "01 bản tin mỗi tháng" },
    { "III.3", "Hình thức tuyên truyền", "Tổ chức tọa đàm với người dân về dịch vụ công trực tuyến tại xã, phường", "Văn phòng Sở",
      "Các đơn vị trực thuộc", "Quý III/%d", "01 buổi tọa đàm" },
    { "III.4", "Hình thức tuyên truyền", "Tham gia cuộc thi trực tuyến tìm hiểu cải cách hành chính ngành y tế", "Văn phòng Sở",
      "Các đơn vị trực thuộc", "Tháng 9/%d", "01 danh sách dự thi" },
    { "III.5", "Hình thức tuyên truyền", "Khảo sát mức độ hài lòng của người bệnh nội trú", "Văn phòng Sở", "Các đơn vị trực thuộc",
      "Định kỳ 01 lần/quý", "01 báo cáo khảo sát mỗi quý" },
    { "III.6", "Hình thức tuyên truyền", "Quay phóng sự về bộ phận một cửa tại Trung tâm Y tế Bến Ngọc", "Văn phòng Sở",
      "Trung tâm Y tế Bến Ngọc", "Quý II/%d", "01 phóng sự" },
    { "IV.1", "Kiểm tra, báo cáo", "Kiểm tra công tác tuyên truyền tại các đơn vị", "Văn phòng Sở", "", "6 tháng cuối năm", "01 kết luận kiểm tra" },
    { "IV.2", "Kiểm tra, báo cáo", "Báo cáo kết quả tuyên truyền, lồng ghép trong báo cáo cải cách hành chính", "Văn phòng Sở",
      "Các đơn vị trực thuộc", "Định kỳ 01 lần/quý", "01 báo cáo mỗi quý" },
};

enum { LINES = sizeof lines / sizeof lines[0] };

static struct plan_draft draft_of(struct ctx *c, int year)
{
    struct arena *a = c->arena;
    struct plan_draft draft = {
        .number = "74/KH-SYT", .agency = "Sở Y tế tỉnh Hương Giang", .parent_agency = "Ủy ban nhân dân tỉnh Hương Giang",
        .title = arena_printf(a, "Tuyên truyền cải cách hành chính ngành y tế tỉnh Hương Giang năm %d", year),
        .day = arena_printf(a, "8/1/%d", year), .year = arena_printf(a, "%d", year),
        .bases = arena_printf(a, "Kế hoạch số 12/KH-UBND ngày 02/01/%d của Ủy ban nhân dân tỉnh Hương Giang", year),
        .recipients = "Ủy ban nhân dân tỉnh (b/c)\nCác đơn vị trực thuộc\nLưu: VT, VP",
        .signer_prefix = "", .signer_title = "GIÁM ĐỐC", .signer_name = "Lý Thanh Sơn",
        .tasks = arena_array(a, LINES, sizeof *draft.tasks), .count = LINES,
    };
    for (size_t i = 0; i < LINES; i++) {
        struct draft_task *t = &draft.tasks[i];
        const char *percent = strchr(lines[i].time, '%');
        *t = (struct draft_task){ .no = lines[i].no, .heading = lines[i].heading, .title = lines[i].title, .leads = lines[i].leads,
                                  .partners = lines[i].partners, .products = lines[i].products, .budget = "",
                                  .duty = "Phó Giám đốc phụ trách cải cách hành chính", .authority = "Giám đốc Sở" };
        t->time_raw = percent == NULL ? lines[i].time : arena_printf(a, "%.*s%d", (int)(percent - lines[i].time), lines[i].time, year);
        draft_read_time(c, &draft, t);
    }
    return draft;
}

/* One task merged, one refused, those of the same wording taken over; the others still wait. */
static enum err answer(struct ctx *c, int64_t plan)
{
    struct cover *v = NULL;
    int64_t count = 0;
    if (person_act_as(c, person_by_login(c, "daumoi")) != OK || plan_answer_same(c, plan, 0, &count) != OK ||
        plan_cover_load(c, plan, 0, &v) != OK)
        return c->err;
    for (size_t i = 0; i < v->count && c->err == OK; i++) {
        const struct cover_line *l = &v->lines[i];
        if (strcmp(l->task.no, "II.2") == 0 && l->like != NULL)
            plan_answer_merge(c, plan, l->task.id, l->like->id);
        else if (strcmp(l->task.no, "III.5") == 0)
            plan_answer_refuse(c, plan, l->task.id, "Trung tâm không có giường bệnh nội trú");
    }
    return c->err;
}

enum err practice_above(struct ctx *c, int year, int64_t centre_plan)
{
    int64_t now = c->now, above = 0, at = day_start(day_of(year, 1, 8)) + 10 * 3600;
    c->now = at < now ? at : now;
    if (person_act_as(c, person_by_login(c, "so")) != OK)
        return c->err;
    const struct plan_import none = { .unit = unit_by_code(c, "syt"), .draft_json = "{}" };
    const struct plan_draft draft = draft_of(c, year);
    plan_confirm(c, &none, &draft, &(struct plan_people){ 0 }, &above);
    int64_t later = at + 12 * 86400;
    c->now = later < now ? later : now;
    if (c->err == OK)
        answer(c, centre_plan);
    c->now = now;
    return c->err;
}
