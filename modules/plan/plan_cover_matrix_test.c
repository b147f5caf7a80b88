/* What the level above sees of its plan. */
#include "modules/person/person.h"
#include "modules/plan/plan.h"
#include "modules/plan/plan_cover.h"
#include "modules/unit/unit.h"
#include "platform/base/clock.h"
#include "tests/test.h"

static int64_t confirmed(const char *login, const char *unit, const char *number, const char *bases, const char *const (*tasks)[2], size_t count)
{
    struct ctx *c = as(login);
    int64_t plan = 0;
    struct plan_draft draft = { .number = number, .agency = "", .parent_agency = "", .title = "Tuyên truyền năm 2026", .day = "8/1/2026",
                                .year = "2026", .bases = bases, .recipients = "", .signer_prefix = "", .signer_title = "",
                                .signer_name = "", .tasks = arena_array(c->arena, DRAFT_MOST_TASKS, sizeof *draft.tasks) };
    for (size_t i = 0; i < count; i++) {
        draft_add_task(c, &draft);
        draft.tasks[i].title = tasks[i][0];
        draft.tasks[i].partners = tasks[i][1];
    }
    const struct plan_import none = { .unit = unit_by_code(c, unit), .draft_json = "{}" };
    CHECK_INT(plan_confirm(c, &none, &draft, &(struct plan_people){ 0 }, &plan), OK);
    return plan;
}

#define BASIS "Kế hoạch số 74/KH-SYT ngày 08/01/2026 của Sở Y tế tỉnh Hương Giang"

static const char *const above_tasks[][2] = { { "Đăng tin, bài", "Các đơn vị trực thuộc" },
                                              { "Quay phóng sự tại Phòng TCHC", "Trung tâm Y tế Bến Ngọc" },
                                              { "Báo cáo quý", "" },
                                              { "Họp giao ban của Sở", "Văn phòng Sở" } };
static const char *const our_tasks[][2] = { { "Đăng tin, bài", "" } };

static struct matrix *matrix(struct ctx *c, int64_t plan)
{
    struct matrix *m = NULL;
    CHECK_INT(plan_matrix_load(c, plan, &m), OK);
    return m;
}

TEST(the_level_above_sees_who_answered_what_and_who_has_no_plan)
{
    int64_t above = confirmed("so", "syt", "74/KH-SYT", "", above_tasks, 4), count = 0;
    int64_t ours = confirmed("daumoi", "ttytsh", "112/KH-TTYTSH", BASIS, our_tasks, 1);
    CHECK_INT(plan_answer_same(as("daumoi"), ours, above, &count), OK);
    struct ctx *c = as("so");
    struct matrix *m = matrix(c, above);
    CHECK_INT(m->unit_count, 2);
    CHECK_INT(m->task_count, 4);
    CHECK(m->tasks[2].for_all && !m->tasks[0].for_all);
    CHECK_TEXT(m->units[0].name, "TTYT Bến Ngọc");
    CHECK_INT(m->units[0].plan, 0);
    CHECK_INT(m->units[0].concerned, 3);
    CHECK_INT(m->units[0].answered, 0);
    CHECK_INT(m->units[1].plan, ours);
    CHECK_INT(m->units[1].concerned, 2);
    CHECK_INT(m->units[1].answered, 1);
    const enum matrix_state *cells = plan_matrix_cells(c, above, m, 0, 2, 0, 4);
    CHECK_INT(cells[0], MATRIX_OWED);
    CHECK_INT(cells[1], MATRIX_OWED);
    CHECK_INT(cells[2], MATRIX_OWED);
    CHECK_INT(cells[3], MATRIX_NOT_THEIRS);
    CHECK_INT(cells[4], MATRIX_TAKEN);
    CHECK_INT(cells[5], MATRIX_NOT_THEIRS);
    CHECK_INT(cells[6], MATRIX_OWED);
    cells = plan_matrix_cells(c, above, m, 1, 1, 2, 2); /* a page of it */
    CHECK_INT(cells[0], MATRIX_OWED);
    CHECK_INT(cells[1], MATRIX_NOT_THEIRS);
}

TEST(a_unit_sees_only_itself_in_the_matrix)
{
    int64_t above = confirmed("so", "syt", "74/KH-SYT", "", above_tasks, 4);
    struct matrix *m = matrix(as("daumoi"), above);
    CHECK_INT(m->unit_count, 1);
    CHECK_TEXT(m->units[0].name, "TTYT Sông Hương");
    CHECK_INT(matrix(as("khoa"), above)->unit_count, 0);
    int64_t ours = confirmed("daumoi", "ttytsh", "112/KH-TTYTSH", BASIS, our_tasks, 1);
    struct matrix *none = NULL;
    CHECK_INT(plan_matrix_load(as("daumoi2"), ours, &none), NOT_FOUND);
}

TEST(the_matrix_and_the_coverage_page_count_alike)
{
    int64_t above = confirmed("so", "syt", "74/KH-SYT", "", above_tasks, 4);
    int64_t ours = confirmed("daumoi", "ttytsh", "112/KH-TTYTSH", BASIS, our_tasks, 1), count = 0;
    CHECK_INT(plan_answer_same(as("daumoi"), ours, above, &count), OK);
    struct cover_count own = plan_cover_count(as("daumoi"), ours, unit_by_code(test_ctx(), "ttytsh"));
    struct matrix *m = matrix(as("daumoi"), above);
    CHECK_INT(own.all, m->units[0].concerned);
    CHECK_INT(own.answered, m->units[0].answered);
}

TEST(a_province_of_200_units_and_60_tasks_fits_in_the_matrix)
{
    enum { UNITS = 198, TASKS = 60 };
    struct ctx *c = test_ctx();
    int64_t parent = unit_by_code(c, "syt"), id;
    for (int i = 0; i < UNITS; i++)
        CHECK_INT(unit_add(c, &(struct unit_entry){ .code = arena_printf(c->arena, "tt%d", i), .kind = "trung_tam", .parent = parent, .from_day = 0,
                                                            .name = arena_printf(c->arena, "Trung tâm Y tế số %d", i), .basis = "" }, &id), OK);
    const char *tasks[TASKS][2];
    for (int i = 0; i < TASKS; i++) {
        tasks[i][0] = arena_printf(c->arena, "Nhiệm vụ tuyên truyền %d", i);
        tasks[i][1] = i % 4 == 3 ? "" : "Các đơn vị trực thuộc";
    }
    int64_t above = confirmed("so", "syt", "74/KH-SYT", "", (const char *const (*)[2])tasks, TASKS);
    struct ctx *so = as("so");
    struct matrix *m = matrix(so, above);
    plan_matrix_cells(so, above, m, 25, 25, 15, 15);
    CHECK_INT(m->unit_count, UNITS + 2);
    CHECK_INT(m->units[100].concerned, TASKS);
}
