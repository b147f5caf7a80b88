/* The text reader: wrapped lines, footnotes, marks, tables, encodings; and the model's way through JSON. */
#include "platform/doc/doc_model.h"
#include "tests/test.h"

static struct document *read_text(const char *text)
{
    struct document *doc = NULL;
    CHECK_INT(doc_read_text(test_ctx(), text, strlen(text), &doc), OK);
    return doc;
}

static const char *line_of(const struct document *doc, size_t i)
{
    return i < doc->count ? block_line(test_ctx()->arena, &doc->blocks[i]) : "(none)";
}

static const char *cell_of(const struct block *table, int row, int column)
{
    for (size_t i = 0; i < table->cell_count; i++)
        if (table->cells[i].row == row && table->cells[i].column == column)
            return table->cells[i].block_count == 0 ? "" : table->cells[i].blocks[0].text;
    return "(none)";
}

TEST_PLAIN(text_joins_wrapped_lines_and_parts_items)
{
    struct document *doc = read_text("KẾ HOẠCH\n"
                                     "Tuyên truyền cải cách hành chính năm 2026 của Trung tâm Y tế Sông Hương\n"
                                     "và các trạm y tế trực thuộc trên địa bàn tỉnh Hương Giang trong năm 2026\n"
                                     "I. MỤC ĐÍCH, YÊU CẦU\n"
                                     "1. Mục đích\n"
                                     "- Nâng cao nhận thức của viên chức về công tác cải cách theo Chỉ thị 23/CT-\n"
                                     "TTg của Thủ tướng Chính phủ và các văn bản của tỉnh về tuyên truyền kinh tế\n"
                                     "- xã hội tại các địa phương.\n"
                                     "- Thông tin kịp thời.\n");
    CHECK_INT(doc->count, 6);
    CHECK_TEXT(line_of(doc, 0), "KẾ HOẠCH");
    CHECK(doc->blocks[0].upper && !doc->blocks[1].upper);
    CHECK_INT(doc->blocks[1].place.from, 2);
    CHECK_INT(doc->blocks[1].place.to, 3);
    CHECK_TEXT(line_of(doc, 2), "I. MỤC ĐÍCH, YÊU CẦU");
    CHECK_TEXT(line_of(doc, 3), "1. Mục đích");
    CHECK_TEXT(line_of(doc, 4), "- Nâng cao nhận thức của viên chức về công tác cải cách theo Chỉ thị 23/CT-TTg của Thủ "
                                "tướng Chính phủ và các văn bản của tỉnh về tuyên truyền kinh tế - xã hội tại các địa phương.");
    CHECK_TEXT(line_of(doc, 5), "- Thông tin kịp thời.");
}

TEST_PLAIN(text_with_a_blank_line_after_every_line_is_joined)
{
    struct document *doc = read_text("Căn cứ Kế hoạch số 12/KH-SYT ngày 25/12/2025 của Sở Y tế tỉnh Hương Giang \n\n"
                                     "về cải cách hành chính nhà nước ngành Y tế năm 2026; Kế hoạch số 14/KH-SYT \n\n"
                                     "ngày 08/3/2026 của Sở Y tế về tuyên truyền công tác cải cách.\n\n"
                                     "Trung tâm Y tế ban hành Kế hoạch với các nội dung sau:\n\n"
                                     "1. Nội dung\n");
    CHECK_INT(doc->count, 3);
    CHECK_INT(doc->blocks[0].place.to, 5);
    CHECK_TEXT(line_of(doc, 1), "Trung tâm Y tế ban hành Kế hoạch với các nội dung sau:");
}

TEST_PLAIN(text_footnotes_and_link_lists_leave_the_sentence_whole)
{
    struct document *doc = read_text(
        "- Việc chấp hành kỷ luật của viên chức các cấp, của các cơ quan và các đơn vị1 \n\n"
        "trực thuộc; tiếp nhận phản ánh tại http://phananh.example.vn về việc chấp \n\n"
        "                                        \n"
        "1 Quyết định số 1847/QĐ-TTg ngày 27/12/2018 của Thủ tướng Chính phủ về phê duyệt Đề \n\n"
        "án văn hóa công vụ.\n\n"
        "http://phananh.example.vn/\n"
        " hành kỷ cương hành chính.\n\n"
        "- Mức độ 3, mức độ 4 của dịch vụ công trực tuyến theo chỉ đạo của tỉnh Hương Giang.\n");
    CHECK_INT(doc->count, 3);
    CHECK_TEXT(line_of(doc, 0),
               "- Việc chấp hành kỷ luật của viên chức các cấp, của các cơ quan và các đơn vị trực thuộc; tiếp nhận phản ánh "
               "tại http://phananh.example.vn về việc chấp hành kỷ cương hành chính.");
    CHECK_INT(doc->blocks[1].kind, BLOCK_FOOTNOTE);
    CHECK_TEXT(doc->blocks[1].note, "1");
    CHECK_TEXT(doc->blocks[1].text, "Quyết định số 1847/QĐ-TTg ngày 27/12/2018 của Thủ tướng Chính phủ về phê duyệt Đề án văn "
                                    "hóa công vụ.");
}

TEST_PLAIN(text_digits_at_a_word_stay_when_no_footnote_has_that_number)
{
    CHECK_TEXT(line_of(read_text("Phòng chống dịch Covid19 và nhóm A2."), 0), "Phòng chống dịch Covid19 và nhóm A2.");
}

TEST_PLAIN(marks_without_a_blank_and_marks_of_the_party_begin_a_paragraph)
{
    CHECK_INT(mark_length("1.Mục đích"), 2);
    CHECK_INT(mark_length("1.1.Mục đích"), 4);
    CHECK_INT(mark_length("a)Nội dung"), 2);
    CHECK_INT(mark_length("II- NỘI DUNG"), 3);
    CHECK_INT(mark_length("2- Yêu cầu"), 2);
    CHECK_INT(mark_length(".2. Đơn vị"), 3);
    CHECK_INT(mark_length(". Kiểm tra"), 1);
    CHECK_INT(mark_length("... và"), 0);
    CHECK_INT(mark_length("P.Hành chính"), 0);
    CHECK_INT(mark_length("12- 15 tuổi"), 0);
}

TEST_PLAIN(text_marks_of_markdown_and_html_become_style)
{
    struct document *doc = read_text("## Phần chung\n\n**KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC**\n\n<i>Nghiên cứu &amp; thi</i>\n\n"
                                     "Thi “*Mười giá trị*” và 2 * 3 < 7\n\n* Mục có sao\n");
    CHECK_INT(doc->count, 6);
    CHECK(doc->blocks[0].heading && doc->blocks[0].level == 1);
    CHECK(doc->blocks[1].bold && doc->blocks[2].bold);
    CHECK_TEXT(line_of(doc, 2), "PHÓ GIÁM ĐỐC");
    CHECK(doc->blocks[3].italic && !doc->blocks[3].bold);
    CHECK_TEXT(line_of(doc, 3), "Nghiên cứu & thi");
    CHECK_TEXT(line_of(doc, 4), "Thi “Mười giá trị” và 2 * 3 < 7");
    CHECK_TEXT(line_of(doc, 5), "* Mục có sao");
}

TEST_PLAIN(text_tabs_bars_and_html_make_tables)
{
    struct document *doc = read_text("STT\tNhiệm vụ\tThời gian\n1.\t<i>Tin, bài</i>\tQuý I\n2.\tHội nghị\n\n"
                                     "STT\tNhiệm vụ\tThời gian\n3.\tCuộc thi\tQuý II\n\n"
                                     "| STT | Việc |\n|---|---|\n| 1 | Một<br>Hai |\n\n"
                                     "<table><tr><th rowspan=2>A</th><td colspan=2>B</td></tr><tr><td>C</td><td>D</td></tr></table>\n");
    CHECK_INT(doc->count, 3);
    const struct block *tabs = &doc->blocks[0];
    CHECK_INT(tabs->rows, 4);
    CHECK_INT(tabs->columns, 3);
    CHECK_INT(tabs->cell_count, 12);
    CHECK(tabs->cells[0].header && !tabs->cells[3].header);
    CHECK_TEXT(cell_of(tabs, 1, 1), "Tin, bài");
    CHECK_TEXT(cell_of(tabs, 2, 2), "");
    CHECK_TEXT(cell_of(tabs, 3, 1), "Cuộc thi");
    const struct block *bars = &doc->blocks[1];
    CHECK_INT(bars->rows, 2);
    CHECK_INT(bars->cells[3].block_count, 2);
    const struct block *html = &doc->blocks[2];
    CHECK_INT(html->cells[0].row_span, 2);
    CHECK_INT(html->cells[1].column_span, 2);
    CHECK_TEXT(cell_of(html, 1, 2), "D");
}

TEST_PLAIN(text_head_with_fewer_tabs_than_the_rows_below_is_of_their_table)
{
    struct document *doc = read_text("STT\tViệc\tĐơn vị thực hiện\tThời gian\nChủ trì\tPhối hợp\n1\tTập huấn\tPhòng A\tKhoa B\tQuý I\n"
                                     "2\tBáo cáo\tPhòng A\t\tQuý II\n");
    CHECK_INT(doc->count, 1);
    CHECK(doc->blocks[0].kind == BLOCK_TABLE && doc->blocks[0].rows == 4 && doc->blocks[0].columns == 5);
}

TEST_PLAIN(text_tab_after_a_number_is_no_column)
{
    struct document *doc = read_text("1.\tMục đích\n2.\tYêu cầu\n");
    CHECK_INT(doc->count, 2);
    CHECK_TEXT(line_of(doc, 1), "2. Yêu cầu");
}

TEST_PLAIN(text_form_feeds_count_pages_and_page_numbers_go)
{
    struct document *doc = read_text("Trang thứ nhất có một câu dài đủ để xuống dòng và được nối tiếp sang trang của\n2\n\fvăn bản này.\n");
    CHECK_INT(doc->pages, 2);
    CHECK_INT(doc->count, 1);
    CHECK_INT(doc->blocks[0].place.page, 1);
}

TEST_PLAIN(text_encodings_are_read_or_refused_with_a_sentence)
{
    struct document *doc = NULL;
    static const char wide[] = "\xFF\xFEK\0\xBF\x1E\r\0\n\0a\0";
    struct ctx *c = test_ctx();
    CHECK_INT(doc_read_text(c, wide, sizeof wide - 1, &doc), OK);
    CHECK_TEXT(doc->blocks[0].text, "Kế a");
    CHECK_TEXT(line_of(read_text("\xEF\xBB\xBFKe\xCC\x82\xCC\x81\xC2\xA0ho\xC2\xADạch"), 0), "Kế hoạch");
    struct ctx *bad = test_ctx();
    CHECK_INT(doc_read_text(bad, "K\xD5 ho\xB9""ch", 7, &doc), INVALID);
    CHECK_TEXT(bad->message, doc_says_not_unicode);
    CHECK_INT(doc_read_text(test_ctx(), " \n\n", 3, &doc), INVALID);
}

TEST_PLAIN(model_goes_through_json_and_back_unchanged)
{
    struct ctx *c = test_ctx();
    struct run runs[] = { { .length = 4, .bold = true, .size = 13.5 }, { .length = 2, .superscript = true } };
    double widths[] = { 30.25, 1 / 3.0 };
    struct block inner = { .kind = BLOCK_PARAGRAPH, .text = "ô", .mark = "a)", .level = 2, .place = { 3, 1.5, 2, 3, 4, 5, 6, 2 } };
    struct cell_box cells[] = { { .row_span = 1, .column_span = 2, .header = true, .blocks = &inner, .block_count = 1 } };
    struct block blocks[] = {
        { .kind = BLOCK_PARAGRAPH, .text = "Đ \"x\"\n", .runs = runs, .run_count = 2, .align = ALIGN_JUSTIFY, .bold = true,
          .italic = true, .upper = true, .heading = true, .size = 14, .indent = -3.5, .first_indent = 28, .before = 6,
          .after = 1, .line = 1.5, .rule = 90, .keep_next = true },
        { .kind = BLOCK_TABLE, .rows = 1, .columns = 2, .cells = cells, .cell_count = 1, .widths = widths, .borders = true },
        { .kind = BLOCK_IMAGE, .image_type = "image/png", .image = "\0\xFF", .image_size = 2 },
        { .kind = BLOCK_FOOTNOTE, .text = "chú thích", .note = "1" },
        { .kind = BLOCK_PAGE_BREAK },
    };
    struct document doc = { .format = "docx", .pages = 2, .images_only = true, .title = "T", .blocks = blocks, .count = 5,
                            .page_width = 595.3, .left = 85 };
    char *json = doc_to_json(c->arena, &doc);
    struct document *back = NULL;
    CHECK_INT(doc_from_json(c, json, strlen(json), &back), OK);
    CHECK_TEXT(doc_to_json(c->arena, back), json);
    CHECK_INT(back->count, 5);
    CHECK(back->blocks[1].widths[1] == widths[1]);
    CHECK(memcmp(back->blocks[2].image, "\0\xFF", 2) == 0);
    CHECK_TEXT(back->blocks[1].cells[0].blocks[0].mark, "a)");
    CHECK_INT(doc_from_json(test_ctx(), json, strlen(json) - 3, &back), INVALID);
}

/* The parser would take gigabytes for them: only a reader that was taken over sends such a model. */
TEST_PLAIN(model_of_millions_of_values_is_refused_unparsed)
{
    static const char *const around[][2] = { { "", "\"}]}" }, { "\",\"x\":[", "0]}]}" } };
    for (int values = 0; values < 2; values++) { /* the signs stand inside the text, then behind it */
        struct ctx *c = test_ctx();
        struct document *doc = NULL;
        struct buffer b = { .arena = c->arena };
        buffer_printf(&b, "{\"blocks\":[{\"kind\":\"paragraph\",\"text\":\"%s", around[values][0]);
        for (int i = 0; i < 3000000; i++)
            buffer_add(&b, "0,");
        buffer_add(&b, around[values][1]);
        CHECK_INT(doc_from_json(c, b.text, b.length, &doc), values ? INVALID : OK);
    }
}

/* The plans of the test set, where they lie beside the project. */
TEST_PLAIN(text_plans_give_whole_paragraphs)
{
    size_t size;
    struct ctx *c = test_ctx();
    char *text = test_file(c->arena, "../shared/plans/001.txt", &size);
    if (text == NULL)
        test_skip("../shared/plans is absent");
    struct document *doc = NULL;
    CHECK_INT(doc_read_text(c, text, size, &doc), OK);
    int notes = 0;
    for (size_t i = 0; i < doc->count; i++) {
        notes += doc->blocks[i].kind == BLOCK_FOOTNOTE;
        CHECK(strstr(doc->blocks[i].text, "vụ1") == NULL && strstr(doc->blocks[i].text, "chính2") == NULL);
        CHECK(!text_starts(doc->blocks[i].text, "http"));
    }
    CHECK_INT(notes, 3);
}
static const char why_sentence[] =
    "Chưa đọc được bảng tính Excel (.xlsb). Hãy chép bảng vào một tệp Word, lưu dạng .docx, rồi chọn tệp đó.";

TEST_PLAIN(files_of_other_kinds_are_refused_with_advice)
{
    static const struct {
        const char *bytes;
        size_t size;
        const char *word;
    } files[] = {
        { "GIF89a", 6, "ảnh chụp" },                { "PK\3\4 xl/workbook.bin", 19, "Excel" },
        { "PK\3\4 x.txt", 10, ".zip" },             { "{\\rtf1", 6, "RTF" },
        { "<!DOCTYPE html><p>", 18, "không có chữ" }, { "\0\1\2\3", 4, "bị hỏng" },
        { "", 0, "không có chữ" },
        { "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0", 33, "đời cũ" },
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct ctx *c = test_ctx();
        struct document *doc;
        CHECK_INT(doc_read(c, files[i].bytes, files[i].size, &doc), INVALID);
        if (strstr(c->message, files[i].word) == NULL)
            CHECK_TEXT(c->message, files[i].word);
    }
    struct ctx *c = test_ctx();
    struct document *doc;
    CHECK_INT(doc_read(c, "PK\3\4 xl/workbook.bin", 19, &doc), INVALID);
    CHECK_TEXT(c->message, why_sentence);
}

