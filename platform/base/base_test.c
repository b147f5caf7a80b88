#include "platform/base/clock.h"
#include "platform/base/log.h"
#include "tests/test.h"
#include <fcntl.h>
#include <unistd.h>

TEST_PLAIN(folding_drops_marks_case_and_d_bar)
{
    struct arena *a = test_ctx()->arena;
    CHECK_TEXT(text_fold(a, "Đống Đa, ĐƯỜNG Ướt"), "dong da, duong uot");
    CHECK_TEXT(text_fold(a, "Tie\xCC\x82\xCC\x81ng"), "tieng");
    CHECK_TEXT(text_key(a, "  Phòng TC-HC (mới) "), "phong tc hc moi");
}

TEST_PLAIN(sort_keys_follow_the_vietnamese_alphabet)
{
    struct arena *a = test_ctx()->arena;
    static const char *const right[] = { "An", "Ánh", "Ăn", "Ân", "Ấn", "Ba", "Da", "Dũng", "Đà", "Đức", "Ê", "Ghi", "Ô", "Ơ", "Uy", "Ư" };
    for (size_t i = 1; i < sizeof right / sizeof right[0]; i++)
        CHECK(strcmp(text_sort_key(a, right[i - 1]), text_sort_key(a, right[i])) < 0);
}

TEST_PLAIN(ill_formed_bytes_are_noticed_and_mended)
{
    struct arena *a = test_ctx()->arena;
    CHECK(!text_is_utf8("a\xC3", 2));
    CHECK(!text_is_utf8("a\0b", 3));
    CHECK(text_is_utf8("Sáu Rõ", strlen("Sáu Rõ")));
    CHECK_TEXT(text_nfc(a, "a\xC3"), "a\xEF\xBF\xBD");
}

TEST_PLAIN(white_space_is_trimmed_and_squeezed_also_when_it_is_unicode)
{
    struct arena *a = test_ctx()->arena;
    CHECK_TEXT(text_trim(a, "\xC2\xA0 Sở Y tế\t"), "Sở Y tế");
    CHECK_TEXT(text_squeeze(a, " Sở \n Y\xC2\xA0tế "), "Sở Y tế");
    CHECK(text_blank(" \xC2\xA0"));
}

TEST_PLAIN(days_are_counted_and_checked)
{
    struct arena *a = test_ctx()->arena;
    int64_t day;
    CHECK_INT(day_of(1970, 1, 1), 0);
    CHECK_INT(day_weekday(day_of(2026, 11, 21)), 6);
    CHECK(day_parse("22/9/2026", &day) && day == day_of(2026, 9, 22));
    CHECK(!day_parse("31/9/2026", &day));
    CHECK(!day_parse("22/9/2026x", &day));
    CHECK_TEXT(day_document(a, day_of(2026, 2, 5)), "ngày 05 tháng 02 năm 2026");
    CHECK_TEXT(day_document(a, day_of(2025, 9, 9)), "ngày 09 tháng 9 năm 2025");
    CHECK_TEXT(day_vi(a, day_add_months(day_of(2026, 1, 31), 1)), "28/2/2026");
}

TEST_PLAIN(moments_are_told_in_vietnam)
{
    struct arena *a = test_ctx()->arena;
    int64_t moment;
    CHECK(moment_parse_iso("2026-03-20T09:00:00+07:00", &moment));
    CHECK_TEXT(moment_vi(a, moment), "9:00, 20/3/2026");
    CHECK_TEXT(moment_iso(a, moment), "2026-03-20T09:00:00+07:00");
    CHECK_INT(day_of_moment(moment - 9 * 3600 - 1), day_of(2026, 3, 19));
}

TEST_PLAIN(a_flood_of_errors_does_not_fill_the_log)
{
    const char *path = arena_printf(test_ctx()->arena, "%s/log", test_folder());
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600), kept = dup(STDERR_FILENO);
    CHECK(file >= 0 && dup2(file, STDERR_FILENO) >= 0);
    for (int i = 0; i < 10 * LOG_LINES_A_SECOND; i++)
        log_line(LOG_ERROR, "test.flood", "the database is away");
    dup2(kept, STDERR_FILENO);
    close(kept);
    close(file);
    size_t size = 0, lines = 0;
    for (const char *at = test_file(test_ctx()->arena, path, &size); *at != '\0'; at++)
        lines += *at == '\n';
    CHECK(lines >= 1 && lines <= 3 * LOG_LINES_A_SECOND); /* a second may end in between */
}
