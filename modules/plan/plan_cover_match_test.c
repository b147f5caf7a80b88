#include "modules/plan/plan_cover_match.h"
#include "platform/base/clock.h"
#include "tests/test.h"

static struct match_text text(const char *title)
{
    return (struct match_text){ .no = "", .title = title };
}

TEST_PLAIN(the_same_words_are_the_same_task_whatever_marks_case_and_signs)
{
    const struct match_text above[] = { text("Đăng tin, bài về cải cách hành chính.") };
    const struct match_text ours[] = { text("Treo băng rôn"), text("ĐĂNG TIN BÀI về cải cách hành chính;") };
    struct matching m = match_texts(test_ctx()->arena, above, 1, ours, 2, false);
    CHECK_INT(m.left[0].kind, MATCH_SAME);
    CHECK_INT(m.left[0].other, 1);
    CHECK_INT(m.right[0].kind, MATCH_NONE);
}

TEST_PLAIN(rare_words_decide_where_common_ones_are_shared_by_all)
{
    const struct match_text above[] = { text("Tuyên truyền cải cách hành chính về tài chính công"),
                                        text("Tuyên truyền cải cách hành chính về chính quyền số") };
    const struct match_text ours[] = { text("Tuyên truyền cải cách hành chính lĩnh vực chính quyền số"),
                                       text("Tuyên truyền cải cách hành chính lĩnh vực tài chính công") };
    struct matching m = match_texts(test_ctx()->arena, above, 2, ours, 2, false);
    CHECK_INT(m.left[0].kind, MATCH_SIMILAR);
    CHECK_INT(m.left[0].other, 1);
    CHECK_INT(m.left[1].other, 0);
}

TEST_PLAIN(one_task_of_ours_answers_for_one_above_and_the_nearer_one_gets_it)
{
    const struct match_text above[] = { text("Treo băng rôn, khẩu hiệu tại trụ sở và trạm y tế"), text("Treo băng rôn, khẩu hiệu tại trụ sở"),
                                        text("Tổ chức hội thi sân khấu hóa") };
    const struct match_text ours[] = { text("Treo băng rôn, khẩu hiệu tại trụ sở") };
    struct matching m = match_texts(test_ctx()->arena, above, 3, ours, 1, false);
    CHECK_INT(m.left[0].kind, MATCH_NONE);
    CHECK_INT(m.left[1].kind, MATCH_SAME);
    CHECK_INT(m.left[2].kind, MATCH_NONE);
    CHECK(m.scores[0] >= MATCH_FLOOR);
}

TEST_PLAIN(product_and_time_help_but_do_not_make_a_task)
{
    struct match_text above[] = { text("Phát thanh bản tin"), text("Khảo sát sự hài lòng") };
    struct match_text ours[] = { text("Viết thu hoạch"), text("Phát thanh tin bài") };
    struct arena *a = test_ctx()->arena;
    int before = match_texts(a, above, 2, ours, 2, false).scores[1];
    above[0].time = ours[1].time = ours[0].time = "Hằng tháng";
    above[0].products = ours[1].products = "01 bản tin";
    struct matching m = match_texts(a, above, 2, ours, 2, false);
    CHECK(m.scores[1] > before);
    CHECK_INT(m.scores[0], 0);
}

TEST_PLAIN(the_number_helps_only_between_versions_of_one_plan)
{
    struct match_text above[] = { text("Tổ chức họp chuyên đề cải cách hành chính"), text("Họp giao ban") };
    struct match_text ours[] = { text("Tổ chức tọa đàm cải cách hành chính"), text("Báo cáo năm") };
    above[0].no = ours[0].no = "2.1";
    struct arena *a = test_ctx()->arena;
    CHECK(match_texts(a, above, 2, ours, 2, true).scores[0] > match_texts(a, above, 2, ours, 2, false).scores[0]);
}

TEST_PLAIN(empty_lists_and_titles_match_nothing)
{
    const struct match_text blank[] = { text(""), text(" . ") };
    struct arena *a = test_ctx()->arena;
    CHECK_INT(match_texts(a, blank, 2, blank, 2, false).left[0].kind, MATCH_NONE);
    CHECK_INT(match_texts(a, blank, 0, blank, 2, false).right[1].kind, MATCH_NONE);
}

TEST_PLAIN(a_national_plan_is_laid_beside_another)
{
    enum { MANY = 140 };
    static const char *const words[] = { "tuyên truyền", "cải cách", "thủ tục", "hành chính", "người bệnh", "bản tin", "trạm y tế",
                                         "dịch vụ công", "trực tuyến", "hội nghị", "khảo sát", "tài chính", "viên chức" };
    struct arena *a = test_ctx()->arena;
    struct match_text left[MANY], right[MANY];
    for (int i = 0; i < MANY; i++) {
        struct buffer b = { .arena = a }, d = { .arena = a };
        for (int k = 0; k < 14; k++) {
            buffer_printf(&b, "%s %d ", words[(i * 7 + k * 3) % 13], (i + k) % 40);
            buffer_printf(&d, "%s %d ", words[(i * 7 + k * 3) % 13], (i + k) % 41);
        }
        left[i] = text(b.text);
        right[i] = text(d.text);
    }
    struct matching m = match_texts(a, left, MANY, right, MANY, false);
    CHECK_INT(m.left_count, MANY);
}
