#include "modules/task/task.h"
#include "modules/unit/unit.h"
#include "platform/base/clock.h"
#include "task_calendar_queries.h"
#include "task_test_queries.h"
#include "tests/test.h"

static int64_t task_due(int year, int month, int day)
{
    struct task_party lead = { .unit = as("khoa")->unit };
    struct task_product made = { .wording = "01 bài viết" };
    struct task_draft draft = { .unit = unit_by_code(test_ctx(), "ttytsh"), .title = "Đăng bài", .parties = &lead, .party_count = 1,
                                .products = &made, .product_count = 1,
                                .schedule = { .kind = SCHEDULE_DEADLINE, .year = year, .due_days = { day_of(year, month, day) }, .due_count = 1 } };
    int64_t task = 0;
    CHECK_INT(task_create(as("daumoi"), &draft, &task), OK);
    return task;
}

static int64_t due_day(int64_t task)
{
    return cell_int(sql_test_occurrences(test_ctx(), task), 0, "due_day");
}

static struct calendar_entry off(int year, int month, int day)
{
    return (struct calendar_entry){ .day = day_of(year, month, day), .name = "Nghỉ theo quyết định", .basis = "Quyết định số 5/QĐ-TTg" };
}

static int64_t row_of(int year, int month, int day)
{
    return cell_int(sql_calendar_rows(test_ctx(), day_of(year, month, day), day_of(year, month, day)), 0, "id");
}

TEST(a_new_day_off_moves_due_days_of_open_work_and_notes_it)
{
    int64_t task = task_due(2026, 6, 12), other = task_due(2026, 6, 11), events = sql_test_events(test_ctx(), task), moved = 0;
    struct calendar_entry entry = off(2026, 6, 12); /* a Friday */
    CHECK_INT(calendar_row_add(as("quantri"), &entry, &moved), OK);
    CHECK_INT(moved, 1);
    CHECK_INT(due_day(task), day_of(2026, 6, 15));
    CHECK_INT(due_day(other), day_of(2026, 6, 11));
    CHECK_INT(sql_test_events(test_ctx(), task), events + 1);
}

TEST(a_day_switched_off_brings_due_days_back)
{
    int64_t task = task_due(2026, 6, 12), moved = 0;
    struct calendar_entry entry = off(2026, 6, 12);
    CHECK_INT(calendar_row_add(as("quantri"), &entry, &moved), OK);
    CHECK_INT(calendar_row_switch(as("quantri"), row_of(2026, 6, 12), false, &moved), OK);
    CHECK_INT(moved, 1);
    CHECK_INT(due_day(task), day_of(2026, 6, 12));
    CHECK_INT(calendar_row_switch(as("quantri"), row_of(2026, 6, 12), true, &moved), OK);
    CHECK_INT(due_day(task), day_of(2026, 6, 15));
}

TEST(a_saturday_worked_in_exchange_becomes_the_due_day)
{
    int64_t task = task_due(2026, 6, 13), moved = 0; /* a Saturday */
    CHECK_INT(due_day(task), day_of(2026, 6, 15));
    struct calendar_entry entry = off(2026, 6, 13);
    entry.works = true;
    CHECK_INT(calendar_row_add(as("quantri"), &entry, &moved), OK);
    CHECK_INT(due_day(task), day_of(2026, 6, 13));
}

TEST(what_was_sent_keeps_its_due_day)
{
    int64_t task = task_due(2026, 6, 12), moved = 0;
    struct task_evidence link = { .url = "https://songhuong.example/tin-1" };
    CHECK_INT(task_submit(as("khoa"), sql_test_occurrence(test_ctx(), task, 1), &(struct task_result){ .evidence = &link, .evidence_count = 1, .made = 1 }), OK);
    struct calendar_entry entry = off(2026, 6, 12);
    CHECK_INT(calendar_row_add(as("quantri"), &entry, &moved), OK);
    CHECK_INT(moved, 0);
    CHECK_INT(due_day(task), day_of(2026, 6, 12));
}

TEST(a_day_needs_a_name_a_basis_and_an_administrator)
{
    int64_t moved = 0;
    struct calendar_entry entry = off(2026, 6, 12);
    CHECK_INT(calendar_row_add(as("daumoi"), &entry, &moved), FORBIDDEN);
    CHECK_INT(calendar_row_switch(as("lanhdao"), row_of(2026, 9, 2), false, &moved), FORBIDDEN);
    CHECK_INT(calendar_row_switch(as("quantri"), 99999, false, &moved), NOT_FOUND);
    entry.basis = " ";
    CHECK_INT(calendar_row_add(as("quantri"), &entry, &moved), INVALID);
    entry = off(2026, 6, 12);
    entry.name = "";
    CHECK_INT(calendar_row_add(as("quantri"), &entry, &moved), INVALID);
    entry = off(2026, 6, 12);
    entry.works = true; /* a Friday is worked anyway */
    CHECK_INT(calendar_row_add(as("quantri"), &entry, &moved), INVALID);
    entry = off(2026, 6, 12);
    entry.day = 0;
    CHECK_INT(calendar_row_add(as("quantri"), &entry, &moved), INVALID);
    entry = off(2026, 6, 12);
    CHECK_INT(calendar_row_add(as("quantri"), &entry, &moved), OK);
    CHECK_INT(calendar_row_add(as("quantri"), &entry, &moved), CONFLICT);
}
