/* What stands around a document goes; what only looks so stays. */
#include "platform/doc/doc_model.h"
#include "tests/test.h"
#include <string.h>

static size_t count_of(const char *text)
{
    struct document *doc = NULL;
    CHECK_INT(doc_read(test_ctx(), text, strlen(text), &doc), OK);
    return doc->count;
}

#define PLAN "KẾ HOẠCH\n\n1. Tập huấn nghiệp vụ.\n\n2. Báo cáo kết quả.\n\nNơi nhận:\n\n- Lưu: VT.\n\n"

TEST_PLAIN(around_a_document_buttons_and_lists_go)
{
    CHECK_INT(count_of(PLAN "Lưu trữ\n\nTải về\n\nKế hoạch khác\n"), 5);
    CHECK_INT(count_of("Trang chủ\n\nĐăng nhập\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\n" PLAN), 6);
}

#define ABOUT "| Số hiệu | 12/QĐ-UBND |\n| Người ký | Trần Văn Mẫu |\n"
#define HEAD "UBND TỈNH HƯƠNG GIANG | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 12/QĐ-UBND | ngày 02 tháng 3 năm 2026 |\n"

TEST_PLAIN(around_a_document_the_table_that_describes_it_goes)
{
    CHECK_INT(count_of(ABOUT HEAD PLAN), 6);
    CHECK_INT(count_of(ABOUT "\n" PLAN), 5);
    CHECK_INT(count_of(PLAN ABOUT), 6);
}

TEST_PLAIN(around_a_document_annexes_and_headings_stay)
{
    CHECK_INT(count_of(PLAN "DANH MỤC\n\n1. Việc một.\n\n2. Việc hai.\n"), 8);
    CHECK_INT(count_of(PLAN "Liên hệ\n\nMột dòng.\n\nHai dòng.\n\nBa dòng.\n\nBốn dòng.\n"), 10); /* one word is no sign */
    CHECK_INT(count_of(PLAN "Lưu trữ\n\nTải về\n\nPHỤ LỤC\n\n1. Việc ba.\n"), 9);
    CHECK_INT(count_of("Đăng nhập\n\nMột văn bản không có đầu đề.\n"), 2);
}
