#include "modules/report/report.h"
#include "modules/unit/unit.h"
#include "platform/base/clock.h"
#include "report_queries.h"
#include "tests/test.h"

/* The first quarter cut off at the end of March, from 2027 on. */
static struct report_rule quarter(void)
{
    return (struct report_rule){ .period = "Q1", .start = "15/12", .end = "12/3", .year_before = true, .from_day = day_of(2027, 1, 1),
                                 .basis = "Công văn số 12/SNV-CCHC" };
}

static void parse(const char *code, struct report_period *period)
{
    CHECK_INT(report_period_parse(test_ctx(), code, period), OK);
}

TEST(a_new_rule_holds_for_cut_offs_from_its_day)
{
    struct report_period p = { 0 };
    struct report_rule rule = quarter();
    CHECK_INT(report_rule_add(as("quantri"), &rule), OK);
    parse("2026-Q1", &p);
    CHECK_INT(p.to_day, day_of(2026, 3, 14));
    parse("2027-Q1", &p);
    CHECK_INT(p.to_day, day_of(2027, 3, 12));
    CHECK_TEXT(p.name, "Quý I năm 2027");
    CHECK_TEXT(p.basis, "Công văn số 12/SNV-CCHC");
}

TEST(the_rows_tell_which_rule_is_in_force)
{
    struct report_rule rule = quarter();
    CHECK_INT(report_rule_add(as("quantri"), &rule), OK);
    struct rows *now = sql_report_rules(test_ctx(), day_of(2026, 3, 20)), *later = sql_report_rules(test_ctx(), day_of(2027, 1, 1));
    CHECK_TEXT(cell(now, 0, "state"), "next");
    CHECK_TEXT(cell(now, 1, "state"), "current");
    CHECK_TEXT(cell(later, 0, "state"), "current");
    CHECK_TEXT(cell(later, 1, "state"), "old");
}

TEST(a_rule_without_basis_or_of_wrong_days_is_refused)
{
    struct report_rule rule = quarter();
    rule.basis = "  ";
    CHECK_INT(report_rule_add(as("quantri"), &rule), INVALID);
    static const char *const wrong[] = { "", "3", "31/2", "29/2", "0/1", "1/13", "1/1/2026", "a/b" };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        rule = quarter();
        rule.end = wrong[i];
        CHECK_INT(report_rule_add(as("quantri"), &rule), INVALID);
    }
    rule = quarter();
    rule.year_before = false; /* 15/12 would follow 12/3 */
    CHECK_INT(report_rule_add(as("quantri"), &rule), INVALID);
    rule = quarter();
    rule.period = "Q2";
    CHECK_INT(report_rule_add(as("quantri"), &rule), INVALID);
    rule = quarter();
    rule.from_day = day_of(2026, 3, 20); /* today */
    CHECK_INT(report_rule_add(as("quantri"), &rule), INVALID);
}

TEST(a_locked_report_never_comes_under_a_new_rule)
{
    struct report_rule rule = quarter();
    CHECK_INT(report_lock(as("lanhdao"), unit_by_code(test_ctx(), "ttytsh"), "2026-Q1"), OK);
    rule.end = "10/4";
    rule.from_day = day_of(2026, 4, 1); /* 10/4/2026 is after it: 2026-Q1 would change */
    CHECK_INT(report_rule_add(as("quantri"), &rule), INVALID);
    rule.from_day = day_of(2026, 4, 11);
    CHECK_INT(report_rule_add(as("quantri"), &rule), OK);
}

TEST(a_new_sending_day_holds_for_its_kind_alone)
{
    struct report_period now = { 0 }, next = { 0 };
    int64_t centre = unit_by_code(test_ctx(), "ttytsh"), room = as("khoa")->unit;
    struct report_sending sending = { .unit_kind = "khoa", .mday = 17, .from_day = day_of(2026, 6, 1), .basis = "Công văn số 13/TTYT" };
    CHECK_INT(report_sending_add(as("quantri"), &sending), OK);
    parse("2026-Q1", &now);
    parse("2026-H1", &next);
    CHECK_INT(report_send_day(test_ctx(), room, &now), day_of(2026, 3, 16));
    CHECK_INT(report_send_day(test_ctx(), room, &next), day_of(2026, 6, 17));
    CHECK_INT(report_send_day(test_ctx(), centre, &next), day_of(2026, 6, 16));
}

TEST(nobody_sends_before_the_cut_off)
{
    struct report_sending sending = { .unit_kind = "", .mday = 14, .from_day = day_of(2026, 6, 1), .basis = "Công văn số 13/TTYT" };
    CHECK_INT(report_sending_add(as("quantri"), &sending), INVALID);
    sending.mday = 29;
    CHECK_INT(report_sending_add(as("quantri"), &sending), INVALID);
    sending.mday = 20;
    sending.unit_kind = "khong-co";
    CHECK_INT(report_sending_add(as("quantri"), &sending), INVALID);
    struct report_rule rule = quarter();
    rule.end = "15/3"; /* rooms and stations send on the 15th */
    CHECK_INT(report_rule_add(as("quantri"), &rule), INVALID);
}
