/* Puts a plan of 100 tasks into a practice database, confirmed as its coordinator would; prints its address. */
#include "app/app.h"
#include "modules/person/person.h"
#include "modules/plan/plan.h"
#include "modules/unit/unit.h"
#include "platform/base/clock.h"
#include "platform/base/log.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { TASKS = 100 };

static const char *const leads[] = { "Phòng TCHC", "Phòng KH-NV-ĐD", "Phòng TC-KT", "Khoa Khám bệnh", "Các trạm y tế" };
static const char *const times[] = { "Định kỳ 01 lần/quý", "Thường xuyên", "Định kỳ 01 lần/tháng", "6 tháng đầu năm",
                                     "Tháng 9/2026" };

static enum err make(struct ctx *c, void *arg)
{
    struct arena *a = c->arena;
    struct plan_draft draft = { .number = "150/KH-TTYTSH",
                                .agency = "Trung tâm Y tế Sông Hương",
                                .parent_agency = "Sở Y tế tỉnh Hương Giang",
                                .title = "Tuyên truyền cải cách hành chính, bản một trăm nhiệm vụ",
                                .day = "20/01/2026",
                                .year = "2026",
                                .bases = "",
                                .recipients = "",
                                .signer_prefix = "",
                                .signer_title = "GIÁM ĐỐC",
                                .signer_name = "Trần Thị Lành",
                                .tasks = arena_array(a, TASKS, sizeof *draft.tasks),
                                .count = TASKS };
    for (int i = 0; i < TASKS; i++) {
        draft.tasks[i] = (struct draft_task){
            .no = arena_printf(a, "%d", i + 1),
            .heading = arena_printf(a, "Nhóm nhiệm vụ %d", i / 10 + 1),
            .title = arena_printf(
                a, "Tuyên truyền nội dung thứ %d của kế hoạch cải cách hành chính đến viên chức, người bệnh", i + 1),
            .leads = leads[i % 5],
            .partners = "Phòng TCHC",
            .time_raw = times[i % 5],
            .products = "01 bài viết",
            .budget = "",
            .duty = "",
            .authority = ""
        };
        draft_read_time(c, &draft, &draft.tasks[i]);
    }
    if (person_act_as(c, person_by_login(c, "daumoi")) != OK)
        return c->err;
    int64_t leader = person_by_login(c, "lanhdao");
    const struct plan_import none = { .unit = unit_by_code(c, "ttytsh"), .draft_json = "{}" };
    return plan_confirm(c, &none, &draft, &(struct plan_people){ leader, leader }, arg);
}

int main(int argc, char **argv)
{
    struct ctx c;
    const char *why = "usage: bench-make-plan URL";
    int64_t plan = 0, now;
    if (!moment_parse_iso("2026-03-20T09:00:00+07:00", &now))
        return 1;
    log_set_level(LOG_ERROR);
    ctx_open(&c, now);
    struct db *db = argc != 2 ? NULL : db_open(c.arena, argv[1], app_schemas(c.arena), NULL, &why);
    if (db == NULL || db_write(db, &c, make, &plan) != OK) {
        fprintf(stderr, "%s\n", db == NULL ? why : c.message);
        return 1;
    }
    printf("/ke-hoach/%" PRId64 "\n", plan);
    db_close(db);
    ctx_close(&c);
    return 0;
}
