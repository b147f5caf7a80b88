/* Texts as law sites and Markdown give them: bars in every way, menus around, first lines broken early. */
#include "platform/doc/doc_model.h"
#include "tests/test.h"
#include <string.h>

static struct document *text_of(const char *text)
{
    struct document *doc = NULL;
    CHECK_INT(doc_read(test_ctx(), text, strlen(text), &doc), OK);
    return doc;
}

static const char *line_of(const struct document *doc, size_t i)
{
    return i >= doc->count ? "(none)" : block_line(test_ctx()->arena, &doc->blocks[i]);
}

/* All paragraphs of a cell, parted by " / "; NULL: no cell begins there. */
static const char *cell_of(const struct block *table, int row, int column)
{
    for (size_t i = 0; i < table->cell_count; i++) {
        const struct cell_box *cell = &table->cells[i];
        if (cell->row != row || cell->column != column)
            continue;
        struct buffer b = { .arena = test_ctx()->arena };
        buffer_add(&b, "");
        for (size_t k = 0; k < cell->block_count; k++)
            buffer_printf(&b, "%s%s", k > 0 ? " / " : "", cell->blocks[k].text);
        return b.text;
    }
    return NULL;
}

static void check_rows(const struct block *table, int columns, const char *const *texts, size_t count)
{
    CHECK_INT(table->kind, BLOCK_TABLE);
    CHECK_INT(table->columns, columns);
    for (size_t i = 0; i < count; i++)
        if (texts[i] != NULL)
            CHECK_TEXT(cell_of(table, (int)i / columns, (int)i % columns), texts[i]);
}

TEST_PLAIN(text_row_a_line_with_and_without_outer_bars)
{
    static const char *const rows[] = { "STT", "Việc", "Chủ trì", "1", "Tập huấn", "Phòng A", "2", "", "Khoa B" };
    struct document *doc = text_of("| STT | Việc | Chủ trì |\n|---|:---:|---|\n| 1 | Tập huấn | Phòng A |\n| 2 |  | Khoa B |\n");
    check_rows(&doc->blocks[0], 3, rows, 9);
    CHECK(doc->blocks[0].cells[0].header);
    check_rows(&text_of("STT | Việc | Chủ trì |\n1 | Tập huấn | Phòng A |\n2 | | Khoa B |\n")->blocks[0], 3, rows, 9);
    static const char *const grouped[] = { "STT", "Việc", "Chủ trì", "1", "Tập huấn", NULL, "Nhóm việc", NULL, NULL, "1", "Họp", "Phòng A" };
    check_rows(&text_of("STT | Việc | Chủ trì |\n1 | Tập huấn |\nNhóm việc |\n1 | Họp | Phòng A |\n")->blocks[0], 3, grouped, 12);
    check_rows(&text_of("STT | Việc | Chủ trì\n1 | Tập huấn | Phòng A\n2 | | Khoa B\n")->blocks[0], 3, rows, 9);
    CHECK_INT(text_of("Điện thoại | thư điện tử\nMột dòng\n")->blocks[0].kind, BLOCK_PARAGRAPH); /* one line is no table */
    CHECK_INT(text_of("SỞ Y TẾ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nMột dòng\n")->blocks[0].kind, BLOCK_TABLE);
}

TEST_PLAIN(text_cell_a_line_before_a_bar)
{
    struct document *doc = text_of("PHỤ LỤC\nSTT |\nNhiệm vụ |\nThời gian |\nI |\nNhóm việc |\n1 |\nXây dựng kế hoạch |\nQuý I |\n2 |\n"
                                   "Báo cáo |\nQuý IV |\nGhi chú ở cuối trang.\n");
    static const char *const rows[] = { "STT", "Nhiệm vụ", "Thời gian", "I", "Nhóm việc", NULL, "1", "Xây dựng kế hoạch", "Quý I",
                                        "2", "Báo cáo", "Quý IV" };
    CHECK_TEXT(line_of(doc, 0), "PHỤ LỤC");
    check_rows(&doc->blocks[1], 3, rows, 12);
    CHECK_INT(doc->blocks[1].cells[4].column_span, 2); /* the name of a group runs through */
    CHECK_TEXT(line_of(doc, 2), "Ghi chú ở cuối trang.");
}

TEST_PLAIN(text_cells_between_bars_with_opened_rows)
{
    struct document *doc = text_of(
        "Danh mục kèm theo.\n|\nTT\n|\nNội dung công việc\n|\nChủ trì\n|\n|\n1\n|\nXây dựng kế hoạch kiểm tra việc\nthực hiện của các đơn vị\n|\n"
        "- Phòng A\n- Khoa B\n|\n|\n2\n|\nBáo cáo\n|\n\n|\n\nĐoạn cuối.\n");
    static const char *const rows[] = { "TT", "Nội dung công việc", "Chủ trì", "1",
                                        "Xây dựng kế hoạch kiểm tra việc thực hiện của các đơn vị", "- Phòng A / - Khoa B", "2", "Báo cáo", "" };
    CHECK_TEXT(line_of(doc, 0), "Danh mục kèm theo.");
    check_rows(&doc->blocks[1], 3, rows, 9);
    CHECK_TEXT(line_of(doc, 2), "Đoạn cuối.");
}

TEST_PLAIN(text_head_and_foot_between_bars)
{
    struct document *doc = text_of(
        "Trang chủ\nĐăng nhập\nTải về\nỦY BAN NHÂN DÂN\nTỈNH HƯƠNG GIANG\n-------\n|\nCỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM\n"
        "Độc lập - Tự do - Hạnh phúc\n---------------\n|\nSố: 7/KH-UBND\n|\nHương Giang, ngày\n03 tháng 02 năm 2026\n|\nKẾ HOẠCH\n"
        "I. MỤC\nĐÍCH\n1. Nâng cao chất lượng phục vụ\nngười dân và doanh nghiệp trên địa bàn tỉnh theo kế hoạch.\n|\nNơi nhận:\n- Sở Y tế;\n|\n"
        "CHỦ TỊCH\nTrần Văn Mẫu\n|\nLưu trữ\nVăn bản liên quan\nKế hoạch khác\n");
    static const char *const head[] = { "ỦY BAN NHÂN DÂN / TỈNH HƯƠNG GIANG",
                                        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM / Độc lập - Tự do - Hạnh phúc", "Số: 7/KH-UBND",
                                        "Hương Giang, ngày 03 tháng 02 năm 2026" };
    static const char *const foot[] = { "Nơi nhận: / - Sở Y tế;", "CHỦ TỊCH / Trần Văn Mẫu" };
    check_rows(&doc->blocks[0], 2, head, 4);
    check_rows(&doc->blocks[doc->count - 1], 2, foot, 2); /* what the page lists behind it is gone */
}

TEST_PLAIN(text_bold_over_two_lines_is_one_paragraph)
{
    struct document *doc = text_of("|\n**ỦY BAN NHÂN\nDÂN **\nTỈNH HƯƠNG GIANG\n--------\n|\n**CỘNG HÒA XÃ\nHỘI CHỦ NGHĨA VIỆT NAM**\n|\n|\nSố: 7\n|\n"
                                   "*Hương Giang, ngày\n3 tháng 2*\n|\n\n\n** **\n\n**KẾ HOẠCH**\n");
    CHECK_INT(doc->count, 2);
    CHECK_TEXT(cell_of(&doc->blocks[0], 0, 0), "ỦY BAN NHÂN DÂN / TỈNH HƯƠNG GIANG");
    CHECK_TEXT(cell_of(&doc->blocks[0], 0, 1), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    CHECK_TEXT(cell_of(&doc->blocks[0], 1, 1), "Hương Giang, ngày 3 tháng 2");
    CHECK_TEXT(doc->blocks[1].text, "KẾ HOẠCH");
}

TEST_PLAIN(text_first_lines_broken_early_are_joined_where_blank_lines_part_paragraphs)
{
    struct buffer b = { .arena = test_ctx()->arena };
    buffer_add(&b, "");
    for (int i = 1; i <= 12; i++)
        buffer_printf(&b, "%d. Sở\nNội vụ tỉnh\n\na) Chủ trì: Văn\nphòng Ủy ban nhân dân tỉnh phối hợp với các sở, ban, ngành\nThực hiện.\n\n", i);
    struct document *doc = text_of(b.text);
    CHECK_INT(doc->count, 24);
    CHECK_TEXT(line_of(doc, 0), "1. Sở Nội vụ tỉnh");
    CHECK_TEXT(line_of(doc, 1), "a) Chủ trì: Văn phòng Ủy ban nhân dân tỉnh phối hợp với các sở, ban, ngành Thực hiện.");
}

TEST_PLAIN(marks_are_seen_however_they_are_typed)
{
    static const struct {
        const char *text;
        size_t length;
    } marks[] = { { "1. Việc", 2 },    { "1.Việc", 2 },   { "1.1.Nâng cấp", 4 }, { "a)Nội dung", 2 }, { "I- MỤC ĐÍCH", 2 }, { "1- Nâng cao", 2 },
                  { "a/ Kiểm tra", 2 }, { "9:30", 0 },         { "10- 15 ngày", 0 }, { "9/ 2025", 0 },     { "T.Ư Đảng", 0 },
                  { "2025.Các", 0 },   { "1.1 Việc", 3 }, { "A-B", 0 },          { "(1) Việc", 3 } };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        CHECK_INT(mark_length(marks[i].text), marks[i].length);
}

TEST_PLAIN(text_group_without_a_tab_between_rows_stays_in_its_table)
{
    static const char *const rows[] = { "STT", "Việc", "Chủ trì", "Nhóm việc", "", "", "1", "Họp", "Phòng A" };
    check_rows(&text_of("STT\tViệc\tChủ trì\nNhóm việc\n1\tHọp\tPhòng A\n")->blocks[0], 3, rows, 9);
    CHECK_INT((int64_t)text_of("STT\tViệc\tChủ trì\n1\tHọp\tPhòng A\nII. TỔ CHỨC THỰC HIỆN\nPhòng A theo dõi.\n")->count, 3);
}
