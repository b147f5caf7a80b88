#include "modules/task/task_schedule.h"
#include "platform/base/clock.h"
#include "tests/test.h"

/* As in 2026: Tết 16-20/2, Giỗ Tổ moved to Monday 27/4, Saturday 22/8 worked for Monday 31/8. */
static const struct calendar *calendar_2026(void)
{
    static int64_t days[10];
    static const bool works[10] = { [7] = true };
    static struct calendar calendar = { 10, days, works };
    for (int i = 0; i < 5; i++)
        days[i] = day_of(2026, 2, 16 + i);
    days[5] = day_of(2026, 4, 26);
    days[6] = day_of(2026, 4, 27);
    days[7] = day_of(2026, 8, 22);
    days[8] = day_of(2026, 8, 31);
    days[9] = day_of(2026, 9, 1);
    return &calendar;
}

static struct occurrence_day *occurrences(struct schedule s, size_t wanted)
{
    struct occurrence_day *list = NULL;
    CHECK_INT((int64_t)schedule_occurrences(test_ctx()->arena, &s, calendar_2026(), &list), (int64_t)wanted);
    return list;
}

static const char *iso(int64_t day)
{
    return day_iso(test_ctx()->arena, day);
}

TEST_PLAIN(once_a_quarter_gives_four_occurrences_of_the_year)
{
    struct occurrence_day *o = occurrences((struct schedule){ .kind = SCHEDULE_FREQUENCY, .year = 2026, .count = 1,
                                                              .per = PER_QUARTER }, 4);
    CHECK_TEXT(o[0].label, "Quý I/2026");
    CHECK_TEXT(o[3].label, "Quý IV/2026");
    CHECK_TEXT(iso(o[0].start_day), "2026-01-01");
    CHECK_TEXT(iso(o[1].start_day), "2026-04-01");
    CHECK_TEXT(iso(o[1].due_day), "2026-06-30");
    CHECK_TEXT(iso(o[3].end_day), "2026-12-31");
    CHECK(o[0].strict && o[0].quota == 1);
}

TEST_PLAIN(two_articles_a_year_are_one_occurrence_with_a_quota)
{
    struct occurrence_day *o = occurrences((struct schedule){ .kind = SCHEDULE_FREQUENCY, .year = 2026, .count = 2,
                                                              .per = PER_YEAR }, 1);
    CHECK_TEXT(o[0].label, "Năm 2026");
    CHECK_INT(o[0].quota, 2);
    CHECK_TEXT(iso(o[0].due_day), "2026-12-31");
}

TEST_PLAIN(months_that_end_on_rest_days_are_due_on_the_next_working_day)
{
    struct occurrence_day *o = occurrences((struct schedule){ .kind = SCHEDULE_FREQUENCY, .year = 2026, .count = 1,
                                                              .per = PER_MONTH }, 12);
    CHECK_TEXT(o[1].label, "Tháng 2/2026");
    CHECK_TEXT(iso(o[1].end_day), "2026-02-28"); /* a Saturday */
    CHECK_TEXT(iso(o[1].due_day), "2026-03-02");
    CHECK_TEXT(iso(o[7].end_day), "2026-08-31"); /* a Monday given away, then Quốc khánh's first day */
    CHECK_TEXT(iso(o[7].due_day), "2026-09-02");
}

TEST_PLAIN(weeks_carry_their_iso_number_and_are_cut_at_the_window)
{
    struct occurrence_day *o = occurrences((struct schedule){ .kind = SCHEDULE_FREQUENCY, .year = 2026, .count = 1,
        .per = PER_WEEK, .start_day = day_of(2026, 3, 11), .end_day = day_of(2026, 3, 25) }, 3);
    CHECK_TEXT(o[0].label, "Tuần 11/2026");
    CHECK_TEXT(iso(o[0].start_day), "2026-03-11");
    CHECK_TEXT(iso(o[0].end_day), "2026-03-15");
    CHECK_TEXT(iso(o[2].end_day), "2026-03-25");
    o = occurrences((struct schedule){ .kind = SCHEDULE_FREQUENCY, .year = 2027, .count = 1, .per = PER_WEEK }, 53);
    CHECK_TEXT(o[0].label, "Tuần 53/2026");
    CHECK_TEXT(o[1].label, "Tuần 1/2027");
}

TEST_PLAIN(a_deadline_in_tet_moves_behind_it)
{
    struct schedule s = { .kind = SCHEDULE_DEADLINE, .due_days = { day_of(2026, 2, 14), day_of(2026, 2, 17) }, .due_count = 2 };
    struct occurrence_day *o = occurrences(s, 2);
    CHECK_TEXT(o[0].label, "Hạn 14/2/2026");
    CHECK_TEXT(iso(o[0].due_day), "2026-02-23"); /* Saturday before Tết: first working day is Monday 23/2 */
    CHECK_TEXT(iso(o[1].due_day), "2026-02-23");
    CHECK_TEXT(iso(o[1].end_day), "2026-02-17");
}

TEST_PLAIN(a_saturday_worked_in_exchange_is_no_rest_day)
{
    struct schedule s = { .kind = SCHEDULE_DEADLINE, .due_days = { day_of(2026, 8, 22) }, .due_count = 1 };
    CHECK_TEXT(iso(occurrences(s, 1)[0].due_day), "2026-08-22");
    CHECK_TEXT(iso(calendar_add(calendar_2026(), day_of(2026, 8, 21), 1)), "2026-08-22");
    CHECK_TEXT(iso(calendar_add(calendar_2026(), day_of(2026, 8, 28), 2)), "2026-09-03");
}

TEST_PLAIN(a_window_is_named_by_what_it_covers)
{
    struct schedule s = { .kind = SCHEDULE_PERIOD, .year = 2026, .start_day = day_of(2026, 9, 1), .end_day = day_of(2026, 9, 30) };
    CHECK_TEXT(occurrences(s, 1)[0].label, "Tháng 9/2026");
    s.start_day = day_of(2026, 4, 1), s.end_day = day_of(2026, 6, 30);
    CHECK_TEXT(occurrences(s, 1)[0].label, "Quý II/2026");
    s.start_day = s.end_day = 0;
    CHECK_TEXT(occurrences(s, 1)[0].label, "Năm 2026");
    s.end_day = day_of(2026, 6, 30);
    CHECK_TEXT(occurrences(s, 1)[0].label, "6 tháng đầu năm 2026");
    s.start_day = day_of(2026, 3, 5);
    CHECK_TEXT(occurrences(s, 1)[0].label, "Từ 5/3/2026 đến 30/6/2026");
}

TEST_PLAIN(continuous_work_is_asked_after_once_a_report_period_and_never_late)
{
    struct occurrence_day *o = occurrences((struct schedule){ .kind = SCHEDULE_CONTINUOUS, .year = 2026 }, 4);
    CHECK_TEXT(o[0].label, "Quý I/2026");
    CHECK_TEXT(iso(o[0].end_day), "2026-03-14");
    CHECK_TEXT(iso(o[0].due_day), "2026-03-16"); /* a Saturday */
    CHECK_TEXT(iso(o[1].start_day), "2026-03-15");
    CHECK_TEXT(iso(o[3].end_day), "2026-12-14");
    CHECK(!o[0].strict && !o[3].strict);
    o = occurrences((struct schedule){ .kind = SCHEDULE_CONTINUOUS, .year = 2026, .start_day = day_of(2026, 6, 20),
                                       .end_day = day_of(2026, 7, 31) }, 1);
    CHECK_TEXT(iso(o[0].end_day), "2026-07-31");
}

TEST_PLAIN(no_time_and_on_request_give_nothing)
{
    occurrences((struct schedule){ .kind = SCHEDULE_NONE, .year = 2026 }, 0);
    occurrences((struct schedule){ .kind = SCHEDULE_ON_REQUEST, .year = 2026 }, 0);
}

TEST_PLAIN(a_schedule_that_cannot_be_kept_says_what_to_correct)
{
    struct arena *a = test_ctx()->arena;
    CHECK(schedule_wrong(a, &(struct schedule){ .kind = SCHEDULE_DEADLINE, .year = 2026 }) != NULL);
    CHECK(schedule_wrong(a, &(struct schedule){ .kind = SCHEDULE_PERIOD }) != NULL);
    CHECK(schedule_wrong(a, &(struct schedule){ .kind = SCHEDULE_FREQUENCY, .year = 2026 }) != NULL);
    CHECK_TEXT(schedule_wrong(a, &(struct schedule){ .kind = SCHEDULE_PERIOD, .year = 2026, .start_day = day_of(2026, 9, 2),
                                                     .end_day = day_of(2026, 9, 1) }),
               "Ngày bắt đầu 2/9/2026 đứng sau ngày kết thúc 1/9/2026. Hãy sửa lại một trong hai ngày.");
    CHECK(schedule_wrong(a, &(struct schedule){ .kind = SCHEDULE_NONE }) == NULL);
}

TEST_PLAIN(a_schedule_says_itself_in_words)
{
    struct arena *a = test_ctx()->arena;
    CHECK_TEXT(schedule_words(a, &(struct schedule){ .kind = SCHEDULE_FREQUENCY, .per = PER_YEAR, .count = 2 }), "Hằng năm, mỗi kỳ 02");
    struct schedule s = { .kind = SCHEDULE_DEADLINE, .due_days = { day_of(2026, 6, 15), day_of(2026, 12, 15) }, .due_count = 2 };
    CHECK_TEXT(schedule_words(a, &s), "Hạn 15/6/2026 và 15/12/2026");
    CHECK_INT(schedule_kind_of("on_request"), SCHEDULE_ON_REQUEST);
    CHECK_INT(schedule_per_of(NULL), PER_NONE);
}
