/* What an amended plan does to a task: the past stays, the future is planned anew. */
#include "modules/person/person.h"
#include "modules/task/task.h"
#include "modules/unit/unit.h"
#include "platform/base/clock.h"
#include "task_test_queries.h"
#include "tests/test.h"

static const struct task_product product = { .wording = "01 bài viết" };
static const char by[] = "Kế hoạch số 130/KH-TTYTSH";

static struct task_draft draft_per(enum schedule_per per)
{
    return (struct task_draft){
        .unit = unit_by_code(test_ctx(), "ttytsh"), .no = "1", .title = "Đăng tin, bài", .time_raw = "định kỳ",
        .schedule = { .kind = SCHEDULE_FREQUENCY, .year = 2026, .count = 1, .per = per }, .products = &product, .product_count = 1,
    };
}

static int64_t add_quarterly(void)
{
    int64_t task = 0;
    struct task_draft draft = draft_per(PER_QUARTER);
    CHECK_INT(task_create(as("daumoi"), &draft, &task), OK);
    return task;
}

static enum err submit_link(int64_t occurrence, const char *url)
{
    struct task_evidence link = { .url = url };
    return task_submit(as("daumoi"), occurrence, &(struct task_result){ .evidence = &link, .evidence_count = 1 });
}

TEST(an_amendment_plans_only_what_ends_from_its_day_on_anew)
{
    int64_t task = add_quarterly();
    struct task_draft draft = draft_per(PER_MONTH);
    CHECK_INT(task_amend(as("daumoi"), task, &draft, day_of(2026, 6, 10), by), OK);
    struct rows *all = sql_test_occurrences(test_ctx(), task);
    CHECK_INT(all->count, 1 + 7); /* the first quarter, which nobody proved; June to December */
    CHECK_TEXT(cell(all, 0, "label"), "Quý I/2026");
    CHECK_TEXT(cell(all, 0, "state"), "open");
    CHECK_TEXT(cell(all, 1, "label"), "Tháng 6/2026");
    CHECK_INT(cell_int(all, 0, "number"), 1);
    CHECK_INT(cell_int(all, 1, "number"), 2);
}

TEST(an_amendment_keeps_proof_and_the_occurrences_that_are_still_asked_for)
{
    int64_t task = add_quarterly();
    int64_t second = cell_int(sql_test_occurrences(test_ctx(), task), 1, "id");
    CHECK_INT(submit_link(second, "https://songhuong.example/quy-2"), OK);
    struct task_draft draft = draft_per(PER_QUARTER);
    draft.title = "Đăng tin, bài và video";
    CHECK_INT(task_amend(as("daumoi"), task, &draft, day_of(2026, 4, 1), by), OK);
    struct rows *all = sql_test_occurrences(test_ctx(), task);
    CHECK_INT(all->count, 4);
    CHECK_INT(cell_int(all, 1, "id"), second);
    CHECK_TEXT(cell(all, 1, "state"), "submitted");
}

TEST(a_task_withdrawn_keeps_its_past_and_asks_for_nothing_further)
{
    int64_t task = add_quarterly();
    int64_t second = cell_int(sql_test_occurrences(test_ctx(), task), 1, "id");
    CHECK_INT(submit_link(second, "https://songhuong.example/nop"), OK);
    CHECK_INT(task_end_from(as("khoa"), task, day_of(2026, 5, 20), by), NOT_FOUND);
    CHECK_INT(task_end_from(as("daumoi"), task, day_of(2026, 5, 20), by), OK);
    struct rows *all = sql_test_occurrences(test_ctx(), task);
    CHECK_TEXT(cell(all, 0, "state"), "open");      /* owed before, as the report of that time tells */
    CHECK_TEXT(cell(all, 1, "state"), "submitted"); /* waits for its decision */
    CHECK_TEXT(cell(all, 2, "state"), "cancelled");
    CHECK_TEXT(cell(all, 3, "state"), "cancelled");
    CHECK_INT(task_end_from(as("daumoi"), task, day_of(2026, 6, 1), by), CONFLICT);
}
