#include "modules/plan/plan_cover.h"
#include "modules/person/person.h"
#include "modules/plan/plan.h"
#include "modules/unit/unit.h"
#include "plan_cover_queries.h"
#include "plan_queries.h"
#include "modules/task/task.h"
#include "plan_cover_test_queries.h"
#include "platform/base/clock.h"
#include "tests/test.h"

struct line {
    const char *title, *leads, *partners;
};

struct paper {
    const char *login, *unit, *number, *day, *bases;
    const struct line *lines;
    size_t count;
};

/* A confirmed plan without a file. */
static int64_t confirmed(const struct paper *p)
{
    struct ctx *c = as(p->login);
    int64_t plan = 0;
    struct plan_draft draft = { .number = p->number, .agency = "", .parent_agency = "", .title = "Tuyên truyền năm 2026", .day = p->day,
                                .year = "2026", .bases = p->bases, .recipients = "", .signer_prefix = "", .signer_title = "",
                                .signer_name = "", .tasks = arena_array(c->arena, p->count + 1, sizeof *draft.tasks) };
    for (size_t i = 0; i < p->count; i++) {
        draft_add_task(c, &draft);
        draft.tasks[i].title = p->lines[i].title;
        draft.tasks[i].leads = p->lines[i].leads;
        draft.tasks[i].partners = p->lines[i].partners;
        draft.tasks[i].time_raw = "Định kỳ 01 lần/quý";
        draft.tasks[i].products = "01 báo cáo";
        draft_read_time(c, &draft, &draft.tasks[i]);
    }
    const struct plan_import none = { .unit = unit_by_code(c, p->unit), .draft_json = "{}" };
    CHECK_INT(plan_confirm(c, &none, &draft, &(struct plan_people){ 0 }, &plan), OK);
    return plan;
}

static const struct line above_lines[] = {
    { "Đăng tin, bài về cải cách hành chính trên trang thông tin điện tử", "Các đơn vị trực thuộc", "" },
    { "Tổ chức hội thi tìm hiểu cải cách hành chính toàn ngành", "Văn phòng Sở", "Các đơn vị trong ngành" },
    { "Kiểm tra việc niêm yết thủ tục tại Trung tâm Y tế Bến Ngọc", "Trung tâm Y tế Bến Ngọc", "" },
    { "Xây dựng dự toán kinh phí của Sở", "Phòng Kế hoạch tài chính Sở", "" },
    { "Báo cáo kết quả tuyên truyền", "", "" },
};

static const struct line our_lines[] = {
    { "Đăng tin bài về cải cách hành chính trên Trang Thông tin điện tử", "Phòng TCHC", "" },
    { "Tham gia hội thi tìm hiểu cải cách hành chính của ngành", "Phòng TCHC", "" },
    { "Treo băng rôn tại cổng", "Khoa Khám bệnh", "" },
};

static int64_t above_plan(void)
{
    return confirmed(&(struct paper){ "so", "syt", "74/KH-SYT", "8/1/2026", "", above_lines, 5 });
}

static int64_t our_plan(const char *bases)
{
    return confirmed(&(struct paper){ "daumoi", "ttytsh", "112/KH-TTYTSH", "15/1/2026", bases, our_lines, 3 });
}

#define BASIS "Kế hoạch số 74/KH-SYT ngày 08/01/2026 của Sở Y tế tỉnh Hương Giang"

static struct cover *cover_of(int64_t plan)
{
    struct cover *v = NULL;
    CHECK_INT(plan_cover_load(as("daumoi"), plan, 0, &v), OK);
    return v;
}

TEST_PLAIN(document_numbers_are_compared_without_spaces_dashes_zeros_and_case)
{
    struct arena *a = test_ctx()->arena;
    CHECK_TEXT(plan_number_key(a, "074 /KH – SYT"), plan_number_key(a, "74/KH-SYT"));
    CHECK_TEXT(plan_number_key(a, "93/NQ-HĐND"), "93 nq hdnd");
    CHECK_TEXT(plan_number_key(a, NULL), "");
    CHECK_TEXT(plan_number_key(a, " "), "");
}

TEST(a_plan_finds_the_plan_above_by_its_basis)
{
    int64_t above = above_plan(), ours = our_plan(BASIS);
    struct rows *found = sql_above_plans(test_ctx(), ours);
    CHECK_INT(found->count, 1);
    CHECK_INT(cell_int(found, 0, "id"), above);
    CHECK_TEXT(cell(found, 0, "state"), "found");
}

TEST(a_plan_above_that_comes_later_finds_the_plans_below)
{
    int64_t ours = our_plan(BASIS);
    CHECK_INT(sql_above_plans(test_ctx(), ours)->count, 0);
    int64_t above = above_plan();
    CHECK_INT(sql_above_plans(test_ctx(), ours)->count, 1);
    CHECK_INT(sql_above_below(test_ctx(), above)->count, 1);
}

TEST(another_day_is_another_plan_and_without_a_day_the_issuer_decides)
{
    above_plan();
    CHECK_INT(sql_above_plans(test_ctx(), our_plan("Kế hoạch số 74/KH-SYT ngày 09/01/2026 của Sở Y tế tỉnh Hương Giang"))->count, 0);
    CHECK_INT(sql_above_plans(test_ctx(), our_plan("Kế hoạch số 74/KH-SYT của Sở Y tế tỉnh Hương Giang"))->count, 1);
    CHECK_INT(sql_above_plans(test_ctx(), our_plan("Kế hoạch số 74/KH-SYT của Sở Y tế tỉnh Phú Cường"))->count, 0);
}

TEST(a_plan_of_a_unit_that_does_not_stand_above_is_no_plan_above)
{
    confirmed(&(struct paper){ "daumoi2", "ttytbn", "74/KH-SYT", "8/1/2026", "", above_lines, 1 });
    CHECK_INT(sql_above_plans(test_ctx(), our_plan(BASIS))->count, 0);
}

TEST(the_tree_of_the_plans_day_says_who_stood_above)
{
    above_plan();
    struct ctx *c = test_ctx();
    int64_t unit = unit_by_code(c, "ttytsh");
    CHECK_INT(unit_move(c, unit, "professional", 0, day_of(2026, 3, 1), "Quyết định"), OK);
    CHECK_INT(unit_move(c, unit, "admin", 0, day_of(2026, 3, 1), "Quyết định"), OK);
    CHECK_INT(sql_above_plans(test_ctx(), our_plan(BASIS))->count, 1); /* signed in January */
    CHECK_INT(sql_above_plans(test_ctx(), confirmed(&(struct paper){ "daumoi", "ttytsh", "9/KH-TTYTSH", "15/3/2026", BASIS, our_lines, 1 }))->count, 0);
}

TEST(what_a_person_said_about_the_plan_above_stays)
{
    int64_t above = above_plan(), ours = our_plan(BASIS), later;
    CHECK_INT(plan_above_cut(as("khoa"), ours, above), FORBIDDEN);
    CHECK_INT(plan_above_cut(as("daumoi2"), ours, above), NOT_FOUND);
    CHECK_INT(plan_above_cut(as("daumoi"), ours, above), OK);
    CHECK_INT(plan_above_find(test_ctx(), ours), OK);
    CHECK_INT(sql_above_plans(test_ctx(), ours)->count, 0);
    CHECK_INT(plan_above_set(as("lanhdao"), ours, above), OK);
    CHECK_TEXT(cell(sql_above_plans(test_ctx(), ours), 0, "state"), "set");
    later = our_plan("");
    CHECK_INT(plan_above_set(as("daumoi"), ours, later), INVALID);
}

TEST(only_tasks_that_concern_the_unit_are_laid_beside_its_own)
{
    above_plan();
    struct cover *v = cover_of(our_plan(BASIS));
    CHECK_INT(v->count, 3); /* by the set, by "các đơn vị trong ngành", and the one that names nobody */
    CHECK_TEXT(v->lines[0].task.title, above_lines[0].title);
    CHECK(v->lines[0].task.lead);
    CHECK_TEXT(v->lines[1].task.title, above_lines[1].title);
    CHECK_TEXT(v->lines[2].task.title, above_lines[4].title);
    CHECK_INT(v->lines[0].kind, MATCH_SAME);
    CHECK_INT(v->lines[1].kind, MATCH_SIMILAR);
    CHECK_TEXT(v->lines[1].like->title, our_lines[1].title);
    CHECK_INT(v->lines[2].kind, MATCH_NONE);
    CHECK_INT(v->same, 1);
    CHECK(!v->added[0] && !v->added[1] && v->added[2]);
}

TEST(a_task_taken_over_becomes_a_task_here_once)
{
    above_plan();
    int64_t ours = our_plan(BASIS), made = 0, again = 0;
    struct cover *v = cover_of(ours);
    int64_t task = v->lines[2].task.id;
    CHECK_INT(plan_answer_take(as("khoa"), ours, task, 0, &made), FORBIDDEN);
    CHECK_INT(plan_answer_take(as("daumoi2"), ours, task, 0, &made), NOT_FOUND);
    CHECK_INT(plan_answer_take(as("daumoi"), ours, task, 0, &made), OK);
    CHECK_INT(plan_answer_take(as("daumoi"), ours, task, 0, &again), OK);
    CHECK_INT(again, made);
    struct rows *copy = sql_test_cover_task(test_ctx(), made);
    CHECK_TEXT(cell(copy, 0, "title"), above_lines[4].title);
    CHECK_INT(cell_int(copy, 0, "plan"), ours);
    CHECK_INT(cell_int(copy, 0, "occurrences"), 4);
    CHECK_INT(cell_int(copy, 0, "products"), 1);
    struct cover_count count = plan_cover_count(as("daumoi"), ours, v->unit);
    CHECK_INT(count.all, 3);
    CHECK_INT(count.answered, 1);
}

TEST(an_answer_by_a_task_that_was_ended_is_owed_again)
{
    above_plan();
    int64_t ours = our_plan(BASIS), made = 0;
    int64_t task = cover_of(ours)->lines[2].task.id;
    CHECK_INT(plan_answer_take(as("daumoi"), ours, task, 0, &made), OK);
    CHECK_INT(task_cancel(as("daumoi"), made, "Không còn"), OK);
    struct cover *v = cover_of(ours);
    CHECK_INT(v->answered, 0);
    CHECK(v->lines[2].ended);
    int64_t second = 0;
    CHECK_INT(plan_answer_take(as("daumoi"), ours, task, 0, &second), OK);
    CHECK(second != made);
}

TEST(merging_needs_a_task_of_this_plan_and_refusing_a_reason)
{
    above_plan();
    int64_t ours = our_plan(BASIS);
    struct cover *v = cover_of(ours);
    int64_t task = v->lines[1].task.id;
    CHECK_INT(plan_answer_merge(as("daumoi"), ours, task, 0), INVALID);
    CHECK_INT(plan_answer_merge(as("daumoi"), ours, task, task), INVALID);
    CHECK_INT(plan_answer_merge(as("daumoi"), ours, task, v->ours[1].id), OK);
    CHECK_INT(plan_answer_refuse(as("daumoi"), ours, v->lines[2].task.id, "  "), INVALID);
    CHECK_INT(plan_answer_refuse(as("daumoi"), ours, v->lines[2].task.id, "Sở đã làm chung"), OK);
    v = cover_of(ours);
    CHECK_INT(v->lines[1].answer, ANSWER_MERGED);
    CHECK_INT(v->lines[2].answer, ANSWER_REFUSED);
    CHECK_TEXT(v->lines[2].reason, "Sở đã làm chung");
    CHECK_INT(plan_answer_clear(as("daumoi"), ours, task), OK);
    CHECK_INT(plan_answer_clear(as("daumoi"), ours, task), CONFLICT);
    CHECK_INT(cover_of(ours)->answered, 1);
}

TEST(a_task_of_no_plan_above_takes_no_answer)
{
    int64_t above = above_plan(), ours = our_plan(BASIS);
    struct cover *v = cover_of(ours);
    CHECK_INT(plan_answer_refuse(as("daumoi"), ours, v->ours[0].id, "Không phải"), NOT_FOUND);
    CHECK_INT(plan_above_cut(as("daumoi"), ours, above), OK);
    CHECK_INT(plan_answer_refuse(as("daumoi"), ours, v->lines[0].task.id, "Không phải"), NOT_FOUND);
}

TEST(all_tasks_of_the_same_wording_are_taken_over_at_once)
{
    above_plan();
    int64_t ours = our_plan(BASIS), count = 0;
    CHECK_INT(plan_answer_same(as("daumoi"), ours, 0, &count), OK);
    CHECK_INT(count, 1);
    struct cover *v = cover_of(ours);
    CHECK_INT(v->lines[0].answer, ANSWER_TAKEN);
    CHECK_INT(v->lines[0].own, v->ours[0].id);
    CHECK_INT(v->same, 0);
    CHECK_INT(plan_answer_same(as("daumoi"), ours, 0, &count), OK);
    CHECK_INT(count, 0);
}

TEST(a_second_plan_of_the_unit_need_not_answer_again)
{
    above_plan();
    int64_t first = our_plan(BASIS), count = 0;
    CHECK_INT(plan_answer_same(as("daumoi"), first, 0, &count), OK);
    struct cover *v = cover_of(our_plan(BASIS));
    CHECK_INT(v->answered, 1);
    CHECK_INT(v->lines[0].answered_in, first);
}

TEST(each_answer_stands_in_the_audit)
{
    above_plan();
    int64_t ours = our_plan(BASIS);
    int64_t task = cover_of(ours)->lines[0].task.id;
    CHECK_INT(plan_answer_refuse(as("daumoi"), ours, task, "Lần một"), OK);
    CHECK_INT(plan_answer_refuse(as("lanhdao"), ours, task, "Lần hai"), OK);
    CHECK_INT(sql_test_cover_audit(test_ctx(), ours), 2);
    CHECK_INT(sql_test_cover_answers(test_ctx()), 1);
}
