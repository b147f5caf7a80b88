/* A report answers a plan in the version of its cut-off, and remembers it. */
#include "modules/person/person.h"
#include "modules/report/report.h"
#include "modules/unit/unit.h"
#include "platform/base/clock.h"
#include "report_test_queries.h"
#include "tests/test.h"

static int64_t centre(void)
{
    return unit_by_code(test_ctx(), "ttytsh");
}

static struct report *load(const char *period)
{
    struct report *r = NULL;
    CHECK_INT(report_load(as("daumoi"), centre(), period, &r), OK);
    return r;
}

static int64_t plan(void)
{
    int64_t made = sql_report_test_plan(test_ctx(), centre(), "112/KH-TTYTSH", day_of(2026, 1, 15), as("daumoi")->person);
    sql_report_test_version(test_ctx(), made, 1, "112/KH-TTYTSH", day_of(2026, 1, 15), as("daumoi")->person);
    return made;
}

TEST(a_report_answers_the_version_in_force_at_its_cut_off)
{
    int64_t made = plan();
    sql_report_test_version(test_ctx(), made, 2, "130/KH-TTYTSH", day_of(2026, 6, 10), as("daumoi")->person);
    CHECK_INT(load("2026-Q1")->plan_version, 1);
    CHECK_TEXT(load("2026-Q1")->plan_words, "Kế hoạch số 112/KH-TTYTSH ngày 15/01/2026");
    CHECK_INT(load("2026-H1")->plan_version, 2);
    CHECK_TEXT(load("2026-H1")->plan_words, "Kế hoạch số 112/KH-TTYTSH ngày 15/01/2026 (đã điều chỉnh lần 1, số 130/KH-TTYTSH ngày 10/6/2026)");
}

TEST(a_locked_report_keeps_its_version_whatever_comes_later)
{
    int64_t made = plan();
    CHECK_INT(report_lock(as("lanhdao"), centre(), "2026-Q1"), OK);
    sql_report_test_version(test_ctx(), made, 2, "99/KH-TTYTSH", day_of(2026, 2, 1), as("daumoi")->person);
    struct report *r = load("2026-Q1");
    CHECK_INT(r->plan_id, made);
    CHECK_INT(r->plan_version, 1);
    CHECK_TEXT(r->plan_words, "Kế hoạch số 112/KH-TTYTSH ngày 15/01/2026");
    CHECK_INT(report_unlock(as("lanhdao"), centre(), "2026-Q1"), OK);
    CHECK_INT(load("2026-Q1")->plan_version, 2);
}

TEST(a_report_without_a_plan_answers_none)
{
    CHECK_INT(load("2026-Q1")->plan_version, 0);
    CHECK_TEXT(load("2026-Q1")->plan_words, NULL);
}
