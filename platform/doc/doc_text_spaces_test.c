/* Columns kept apart by blanks: lists, whose finder pages of a PDF share, and the head of a document. */
#include "platform/doc/doc_model.h"
#include "tests/test.h"
#include <string.h>

static struct document *text_of(const char *text)
{
    struct document *doc = NULL;
    CHECK_INT(doc_read(test_ctx(), text, strlen(text), &doc), OK);
    return doc;
}

static void check_table(const struct block *table, int columns, const char *const *texts, size_t count)
{
    CHECK(table->kind == BLOCK_TABLE && table->columns == columns && (size_t)(table->rows * columns) == count);
    for (size_t i = 0; i < table->cell_count; i++) {
        const struct cell_box *cell = &table->cells[i];
        const char *text = texts[cell->row * columns + cell->column];
        CHECK_TEXT(cell->block_count == 0 ? "" : cell->blocks[0].text, text == NULL ? "" : text);
        CHECK(text == NULL || cell->block_count <= 1);
    }
}

TEST_PLAIN(text_list_of_columns_with_numbers_at_the_top_of_rows)
{
    struct document *doc = text_of("Danh mục\n"
                                   "TT   Công việc                    Chủ trì            Thời gian\n"
                                   "1    Tập huấn nghiệp vụ cho       Phòng A            Quý I\n"
                                   "     công chức\n"
                                   "2    Báo cáo                      Khoa B\n"
                                   "3. Tổ chức thực hiện\n");
    static const char *const cells[] = { "TT", "Công việc", "Chủ trì", "Thời gian", "1", "Tập huấn nghiệp vụ cho công chức", "Phòng A", "Quý I",
                                         "2", "Báo cáo", "Khoa B", "" };
    CHECK_INT(doc->count, 3);
    check_table(&doc->blocks[1], 4, cells, 12);
    CHECK(doc->blocks[1].cells[0].header && doc->blocks[1].place.from == 2 && doc->blocks[1].place.to == 5);
    CHECK_INT(doc->blocks[1].cells[9].blocks[0].place.from, 5);
    CHECK_TEXT(doc->blocks[2].text, "3. Tổ chức thực hiện");
}

TEST_PLAIN(text_list_of_columns_with_numbers_in_the_middle_of_rows)
{
    struct document *doc = text_of("STT  Công việc                    Chủ trì            Thời gian\n"
                                   "I    Công tác chỉ đạo, điều hành\n"
                                   "     Tập huấn nghiệp vụ cho công\n"
                                   "1                                 Phòng A            Quý I\n"
                                   "     chức toàn đơn vị\n"
                                   "     Báo cáo kết quả thực hiện\n"
                                   "2    của đơn vị và gửi về Sở      Khoa B             Quý IV\n"
                                   "     y tế\n\n\n\nĐoạn sau.\n");
    static const char *const cells[] = { "STT", "Công việc", "Chủ trì", "Thời gian", "I", "Công tác chỉ đạo, điều hành", NULL, NULL,
                                         "1", "Tập huấn nghiệp vụ cho công chức toàn đơn vị", "Phòng A", "Quý I",
                                         "2", "Báo cáo kết quả thực hiện của đơn vị và gửi về Sở y tế", "Khoa B", "Quý IV" };
    CHECK_INT(doc->count, 2);
    check_table(&doc->blocks[0], 4, cells, 16);
    CHECK_TEXT(doc->blocks[1].text, "Đoạn sau.");
}

TEST_PLAIN(text_head_in_two_columns_of_blanks)
{
    struct document *doc = text_of("   SỞ Y TẾ TỈNH HƯƠNG GIANG          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
                                   " TRUNG TÂM Y TẾ SÔNG HƯƠNG             Độc lập - Tự do - Hạnh phúc\n"
                                   "     Số: 5/KH-TTYT               Hương Giang, ngày 03 tháng 02 năm 2026\n"
                                   "                         KẾ HOẠCH\nTuyên truyền cải cách hành chính\n");
    CHECK_INT(doc->blocks[0].kind, BLOCK_TABLE);
    CHECK_INT(doc->blocks[0].cells[0].block_count, 3);
    CHECK_TEXT(doc->blocks[0].cells[0].blocks[2].text, "Số: 5/KH-TTYT");
    CHECK_TEXT(doc->blocks[0].cells[1].blocks[0].text, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    CHECK_TEXT(doc->blocks[1].text, "KẾ HOẠCH");
    CHECK_INT(text_of("Từ    CỘNG lại   một dòng thường\nMột dòng\n")->blocks[0].kind, BLOCK_PARAGRAPH);
}

TEST_PLAIN(text_in_letters_of_two_bytes_needs_no_mark)
{
    static const char *const plain = "KE HOACH\nTap huan nghiep vu\n";
    char wide[128];
    for (int big = 0; big < 2; big++) {
        for (size_t i = 0; i < strlen(plain); i++) {
            wide[2 * i] = big ? '\0' : plain[i];
            wide[2 * i + 1] = big ? plain[i] : '\0';
        }
        struct document *doc = NULL;
        CHECK_INT(doc_read(test_ctx(), wide, 2 * strlen(plain), &doc), OK);
        CHECK_TEXT(doc->blocks[0].text, "KE HOACH");
    }
}
