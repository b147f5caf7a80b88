#include "app/practice.h"
#include "app/practice_above.h"
#include "app/practice_life.h"
#include "app/practice_people.h"
#include "app/practice_review.h"
#include "app/app.h"
#include "app_queries.h"
#include "modules/audit/audit.h"
#include "modules/person/person.h"
#include "modules/plan/plan.h"
#include "modules/unit/unit.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the plan ---- */

static const struct {
    const char *no, *heading, *title, *leads, *partners, *time, *products;
} lines[] = {
    { "1", "Nhiệm vụ chung", "Phổ biến chủ trương, chính sách, pháp luật về cải cách hành chính tại giao ban và họp chuyên đề",
      "Phòng TCHC", "Các khoa, phòng", "Thường xuyên", "04 buổi phổ biến" },
    { "2", "Nhiệm vụ chung", "Thông báo kết quả các chỉ số cải cách hành chính đến toàn thể viên chức", "Phòng TCHC",
      "Các khoa, phòng", "Định kỳ 01 lần/quý", "01 thông báo mỗi quý" },
    { "3", "Tin, bài trên Trang thông tin điện tử", "Đăng tin, bài, video về thủ tục hành chính và dịch vụ công trực tuyến",
      "Phòng KH-NV-ĐD", "Phòng TCHC", "02 bài/tháng", "02 bài viết hoặc video mỗi tháng" },
    { "4.1", "Tin, bài trên Trang thông tin điện tử", "Cung cấp tin, bài về cải cách thể chế", "Phòng TCHC", "Các khoa, phòng",
      "Định kỳ 01 lần/quý", "01 bài viết mỗi quý" },
    { "4.2", "Tin, bài trên Trang thông tin điện tử", "Cung cấp tin, bài về cải cách tài chính công", "Phòng TC-KT",
      "Phòng KH-NV-ĐD", "Định kỳ 01 lần/quý", "01 bài viết mỗi quý" },
    { "4.3", "Tin, bài trên Trang thông tin điện tử", "Cung cấp tin, bài về cải cách tổ chức bộ máy", "Khoa Xét nghiệm",
      "Phòng TCHC", "Định kỳ 01 lần/quý", "01 bài viết mỗi quý" },
    { "4.4", "Tin, bài trên Trang thông tin điện tử", "Đăng tin ngắn về chính quyền số trên trang Zalo của Trung tâm",
      "Phòng KH-NV-ĐD", "Các khoa, phòng", "Định kỳ 01 lần/tuần", "01 tin mỗi tuần" },
    { "5", "Tuyên truyền trực quan", "Treo băng rôn, khẩu hiệu tuyên truyền cải cách hành chính tại trụ sở và các trạm",
      "Các trạm y tế", "Phòng TCHC", "6 tháng đầu năm", "02 băng rôn mỗi điểm" },
    { "6", "Tuyên truyền trực quan", "Niêm yết công khai thủ tục hành chính tại nơi tiếp đón, cập nhật khi có thay đổi",
      "Khoa Khám bệnh", "Phòng TCHC; Các trạm y tế", "Định kỳ 01 lần/quý", "01 ảnh bảng niêm yết mỗi quý" },
    { "7", "Người dân, người bệnh", "Hướng dẫn người bệnh dùng VNeID, thanh toán không dùng tiền mặt", "Khoa Khám bệnh",
      "Phòng TC-KT", "Thường xuyên", "01 bàn hướng dẫn" },
    { "8", "Người dân, người bệnh", "Phát bản tin cải cách hành chính trên hệ thống truyền thanh cơ sở", "Trạm Y tế xã Phú Lương",
      "Phòng KH-NV-ĐD", "Định kỳ 01 lần/tháng", "01 bản tin mỗi tháng" },
    { "9", "Người dân, người bệnh", "Khảo sát mức độ hài lòng của người bệnh", "Phòng KH-NV-ĐD", "Khoa Khám bệnh",
      "Định kỳ 01 lần/quý", "01 báo cáo khảo sát mỗi quý" },
    { "10", "Cuộc thi", "Tham gia cuộc thi trực tuyến tìm hiểu cải cách hành chính", "Phòng TCHC", "Các khoa, phòng, trạm",
      "Tháng 9/%d", "01 danh sách dự thi" },
    { "11", "Cuộc thi", "Dự hội thi do Sở Y tế tổ chức", "Phòng TCHC", "Các khoa, phòng", "Khi có văn bản của Sở Y tế",
      "01 đội dự thi" },
    { "12", "Báo cáo", "Báo cáo kết quả tuyên truyền, lồng ghép trong báo cáo cải cách hành chính", "Phòng TCHC", "",
      "Định kỳ 01 lần/quý", "01 báo cáo mỗi quý" },
};

enum { LINES = sizeof lines / sizeof lines[0] };

/* What the plan of last year had otherwise, so that there is something to compare. */
static const struct {
    const char *no, *title, *time, *products;
} before[] = {
    { "3", "Đăng tin, bài về thủ tục hành chính và dịch vụ công trực tuyến", "01 bài/tháng", "01 bài viết mỗi tháng" },
    { "4.4", "Đăng tin ngắn về chính quyền điện tử trên bảng tin của Trung tâm", "Định kỳ 01 lần/tháng", "01 tin mỗi tháng" },
    { "7", "Hướng dẫn người bệnh dùng VssID, đặt lịch khám qua điện thoại", "Thường xuyên", "01 bàn hướng dẫn" },
    { "11", "Tổ chức sân khấu hóa về văn hóa công sở", "Tháng 10/%d", "01 buổi diễn" },
};

static void as_before(struct ctx *c, struct plan_draft *draft, int year)
{
    for (size_t i = 0; i < draft->count; i++)
        for (size_t k = 0; k < sizeof before / sizeof before[0]; k++)
            if (strcmp(before[k].no, draft->tasks[i].no) == 0) {
                const char *percent = strchr(before[k].time, '%');
                draft->tasks[i].title = before[k].title;
                draft->tasks[i].products = before[k].products;
                draft->tasks[i].time_raw = percent == NULL ? before[k].time
                    : arena_printf(c->arena, "%.*s%d", (int)(percent - before[k].time), before[k].time, year);
                draft_read_time(c, draft, &draft->tasks[i]);
            }
}

static struct plan_draft draft_of(struct ctx *c, int year, int64_t signed_day)
{
    struct arena *a = c->arena;
    struct plan_draft draft = {
        .number = year % 2 == 0 ? "112/KH-TTYTSH" : "98/KH-TTYTSH",
        .agency = "Trung tâm Y tế Sông Hương",
        .parent_agency = "Sở Y tế tỉnh Hương Giang",
        .title = arena_printf(a, "Tuyên truyền cải cách hành chính năm %d", year),
        .day = day_vi(a, signed_day),
        .year = arena_printf(a, "%d", year),
        .bases = arena_printf(a, PRACTICE_ABOVE_BASIS, year),
        .recipients = "Sở Y tế (b/c)\nLãnh đạo Trung tâm\nCác khoa, phòng, trạm\nLưu: VT, TCHC",
        .signer_prefix = "", .signer_title = "GIÁM ĐỐC", .signer_name = "Trần Thị Lành",
        .tasks = arena_array(a, LINES, sizeof *draft.tasks),
        .count = LINES,
    };
    for (size_t i = 0; i < LINES; i++) {
        struct draft_task *t = &draft.tasks[i];
        *t = (struct draft_task){ .no = lines[i].no, .heading = lines[i].heading, .title = lines[i].title,
                                  .leads = lines[i].leads, .partners = lines[i].partners, .products = lines[i].products,
                                  .budget = "", .duty = "", .authority = "" };
        const char *percent = strchr(lines[i].time, '%');
        t->time_raw = percent == NULL ? lines[i].time
                                      : arena_printf(a, "%.*s%d", (int)(percent - lines[i].time), lines[i].time, year);
        draft_read_time(c, &draft, t);
    }
    return draft;
}

static enum err practice_year(struct ctx *c, int year, bool whole, int64_t *made)
{
    int64_t plan = 0, now = c->now;
    int64_t signed_day = day_of(year, 1, 15), today = day_of_moment(now);
    if (signed_day > today)
        signed_day = today;
    int64_t signed_on = day_start(signed_day) + 8 * 3600;
    c->now = signed_on < now ? signed_on : now;
    if (person_act_as(c, person_by_login(c, "daumoi")) != OK)
        return c->err;
    int64_t leader = person_by_login(c, "lanhdao");
    const struct plan_import none = { .unit = unit_by_code(c, "ttytsh"), .draft_json = "{}" };
    struct plan_draft draft = draft_of(c, year, signed_day);
    if (whole)
        as_before(c, &draft, year);
    plan_confirm(c, &none, &draft, &(struct plan_people){ leader, leader }, &plan);
    c->now = now;
    *made = plan;
    return c->err == OK ? practice_life(c, plan, signed_on, whole) : c->err;
}

enum err practice_years(struct ctx *c)
{
    int year = day_year(day_of_moment(c->now));
    int64_t last = 0, plan = 0;
    if (practice_year(c, year - 1, true, &last) == OK && practice_year(c, year, false, &plan) == OK && practice_reports(c, year - 1) == OK &&
        practice_above(c, year, plan) == OK)
        practice_review(c, year);
    c->person = c->unit = 0;
    return c->err;
}

/* ---- the command ---- */

static const char standard_password[] = "luyen-tap-6-ro";

struct fill {
    const char *password_hash;
    bool done;     /* filled now */
    bool practice; /* a practice database, now or before */
};

static enum err fill(struct ctx *c, void *arg)
{
    struct fill *f = arg;
    if (sql_person_count(c) > 0) {
        const char *kind = sql_instance_get(c, "kind");
        f->practice = kind != NULL && strcmp(kind, "practice") == 0;
        return c->err;
    }
    f->done = f->practice = true;
    sql_instance_set(c, "kind", "practice");
    if (practice_people(c, f->password_hash) == OK)
        practice_years(c);
    return audit_seal(c);
}

enum err practice_command(struct command_run *r)
{
    struct ctx *c = r->c;
    const char *given = getenv("SAURO_PRACTICE_PASSWORD");
    const char *password = given == NULL || given[0] == '\0' ? standard_password : given;
    bool quiet = strcmp(config_get(r->config, "--if-empty"), "yes") == 0;
    struct fill f = { .password_hash = password_hash(c, password) };
    if (db_write(r->db, c, fill, &f) != OK)
        return c->err;
    if (!f.done && !quiet)
        return fail(c, CONFLICT, "Cơ sở dữ liệu đã có người dùng, nên không nạp dữ liệu luyện tập.", "not empty");
    if (f.done)
        puts("Đã nạp đơn vị luyện tập “Trung tâm Y tế Sông Hương”.");
    if (f.practice)
        printf("Tài khoản luyện tập: quantri lanhdao daumoi bientap khoa tram so; mật khẩu: %s\n",
               f.done ? password : "như lần nạp đầu tiên");
    return OK;
}
