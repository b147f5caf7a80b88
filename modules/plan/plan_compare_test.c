#include "modules/plan/plan_compare.h"
#include "platform/base/text.h"
#include "tests/test.h"

/* "giữ -bỏ +thêm" */
static const char *told(const char *was, const char *now)
{
    struct arena *a = test_ctx()->arena;
    struct word_piece *pieces;
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    size_t count = plan_compare_words(a, was, now, &pieces);
    for (size_t i = 0; i < count; i++)
        buffer_printf(&b, "%s%s%s", i == 0 ? "" : "|", pieces[i].mark == WORD_GONE ? "-" : pieces[i].mark == WORD_NEW ? "+" : "", pieces[i].text);
    return b.text;
}

TEST_PLAIN(words_that_went_and_came_are_told_from_those_that_stayed)
{
    CHECK_TEXT(told("Đăng tin, bài hằng quý trên trang", "Đăng tin, bài, video hằng tháng trên trang"), "Đăng tin, bài,|+video|hằng|-quý|+tháng|trên trang");
    CHECK_TEXT(told("Treo băng rôn.", "treo băng rôn;"), "treo băng rôn;");
    CHECK_TEXT(told("", "Mới"), "+Mới");
    CHECK_TEXT(told("Cũ", ""), "-Cũ");
    CHECK_TEXT(told("", ""), "");
}

TEST_PLAIN(very_long_texts_are_shown_whole_instead_of_compared)
{
    struct arena *a = test_ctx()->arena;
    struct buffer b = { .arena = a };
    for (int i = 0; i < COMPARE_WORDS + 1; i++)
        buffer_printf(&b, "x%d ", i);
    struct word_piece *pieces;
    CHECK_INT(plan_compare_words(a, b.text, b.text, &pieces), 2);
    CHECK_INT(pieces[0].mark, WORD_GONE);
}
