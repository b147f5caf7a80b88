/* Tables of tasks in the shapes offices give them, each drawn as text: "|" parts cells, "<" merges with the cell on the left,
 * "^" with the one above, "~" is a line break in a cell. Two tables are parted by an empty line. */
#include "modules/plan/plan_table.h"
#include "platform/base/clock.h"
#include "tests/test.h"
#include <stdlib.h>

static struct block paragraph(const char *text)
{
    return (struct block){ .kind = BLOCK_PARAGRAPH, .text = text };
}

static void fill(struct arena *a, struct cell_box *cell, const char *text)
{
    char **lines;
    cell->block_count = text[0] == '\0' ? 0 : text_split(a, text, '~', &lines);
    cell->blocks = arena_array(a, cell->block_count + 1, sizeof *cell->blocks);
    for (size_t i = 0; i < cell->block_count; i++)
        cell->blocks[i] = paragraph(text_trim(a, lines[i]));
}

static struct block table_of(struct arena *a, const char *drawn)
{
    char **rows, **texts;
    size_t row_count = text_split(a, drawn, '\n', &rows), columns = text_split(a, rows[0], '|', &texts);
    struct block table = { .kind = BLOCK_TABLE, .rows = (int)row_count, .columns = (int)columns };
    table.cells = arena_array(a, row_count * columns + 1, sizeof *table.cells);
    size_t *owner = arena_array(a, row_count * columns + 1, sizeof *owner);
    for (size_t row = 0; row < row_count; row++) {
        size_t count = text_split(a, rows[row], '|', &texts);
        CHECK_INT((int64_t)count, (int64_t)columns);
        for (size_t column = 0; column < count; column++) {
            const char *text = text_trim(a, texts[column]);
            size_t *mine = &owner[row * columns + column];
            if (strcmp(text, "<") == 0) {
                *mine = mine[-1];
                if (table.cells[*mine].row == (int)row)
                    table.cells[*mine].column_span = (int)column - table.cells[*mine].column + 1;
            } else if (strcmp(text, "^") == 0) {
                *mine = *(mine - columns);
                table.cells[*mine].row_span = (int)row - table.cells[*mine].row + 1;
            } else {
                *mine = table.cell_count;
                struct cell_box *cell = &table.cells[table.cell_count++];
                *cell = (struct cell_box){ .row = (int)row, .column = (int)column, .row_span = 1, .column_span = 1 };
                fill(a, cell, text);
            }
        }
    }
    return table;
}

static struct plan_reading *read_drawn(struct ctx *c, const char *drawn)
{
    static const char *const head[] = { "KẾ HOẠCH", "Cải cách hành chính năm 2026", "I. MỤC ĐÍCH", "Nâng cao chất lượng phục vụ.", "Nơi nhận:", "- Lưu: VT.", "PHỤ LỤC" };
    struct arena *a = c->arena;
    struct document *doc = arena_alloc(a, sizeof *doc);
    *doc = (struct document){ .format = "docx", .blocks = arena_array(a, 40, sizeof *doc->blocks) };
    for (size_t i = 0; i < sizeof head / sizeof head[0]; i++)
        doc->blocks[doc->count++] = paragraph(head[i]);
    for (const char *at = drawn; *at != '\0';) {
        const char *end = strstr(at, "\n\n");
        size_t length = end != NULL ? (size_t)(end - at) : strlen(at);
        const char *part = arena_copy_n(a, at, length);
        doc->blocks[doc->count++] = strchr(part, '|') != NULL ? table_of(a, part) : paragraph(part);
        at += length + (end != NULL ? 2 : 0);
    }
    struct plan_reading *reading = NULL;
    CHECK_INT(plan_read(c, doc, &reading), OK);
    return reading;
}

static void add_list(struct buffer *b, const char *sign, const struct plan_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        buffer_printf(b, "%s%s", i == 0 ? sign : "; ", list->items[i]);
}

/* "PL.1 Title > leads / partners @ time # products", a task a line. */
static const char *told(struct arena *a, const struct plan_reading *r)
{
    static const char *const kinds[] = { "thường xuyên", "định kỳ", "hạn", "trong", "chờ", "" };
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    for (size_t i = 0; i < r->task_count; i++) {
        const struct plan_task *t = &r->tasks[i];
        buffer_printf(&b, "%s%s %s", i > 0 ? "\n" : "", t->no, t->title);
        add_list(&b, " > ", &t->leads);
        add_list(&b, " / ", &t->partners);
        if (t->time.kind != PLAN_NO_TIME)
            buffer_printf(&b, " @ %s", kinds[t->time.kind]);
        if (t->time.kind == PLAN_FREQUENCY)
            buffer_printf(&b, " %d", t->time.count);
        if (t->time.due.known)
            buffer_printf(&b, " %s", day_vi(a, t->time.due.day));
        else if (t->time.start.known)
            buffer_printf(&b, " từ %s", day_vi(a, t->time.start.day));
        add_list(&b, " # ", &t->products);
    }
    return b.text;
}

static void check_table(const char *drawn, const char *wanted)
{
    struct ctx *c = test_ctx();
    CHECK_TEXT(told(c->arena, read_drawn(c, drawn)), wanted);
}

TEST_PLAIN(columns_are_told_by_their_words_in_any_order)
{
    check_table("TT | Đơn vị thực hiện | Nội dung | Tiến độ | Ghi chú\n"
                "1 | Phòng A | Lập danh sách | Quý I | x",
                "PL.1 Lập danh sách > Phòng A @ trong từ 1/1/2026");
    check_table("Số TT | Hoạt động | Bộ phận chủ trì | Cơ quan, đơn vị liên quan | Thời hạn | Kết quả đầu ra | Lãnh đạo phụ trách\n"
                "1 | Tập huấn | Phòng A | Khoa B | Quý II | Lớp tập huấn | Giám đốc",
                "PL.1 Tập huấn > Phòng A / Khoa B @ trong 30/6/2026 # Lớp tập huấn");
    check_table("Nhiệm vụ cụ thể | Người thực hiện | Thời gian hoàn thành\n"
                "Soạn kế hoạch | Nguyễn Văn Mẫu, Trần Thị Thử | 15/3",
                "PL.1 Soạn kế hoạch > Nguyễn Văn Mẫu; Trần Thị Thử @ hạn 15/3/2026");
    check_table("STT | Nhiệm vụ | Kinh phí (triệu đồng) | Sản phẩm | Đơn vị tham mưu | Phối hợp\n"
                "01 | Viết tin | 5 | Tin | Phòng A | Phòng B",
                "PL.01 Viết tin > Phòng A / Phòng B # Tin");
    check_table("STT (1) | Nhóm nhiệm vụ (2) | Đ/c phụ trách (3) | Thời gian (4)\n"
                "1 | Viết tin | Lê Văn Mẫu | Quý I",
                "PL.1 Viết tin > Lê Văn Mẫu @ trong từ 1/1/2026");
    check_table("STT | Hoạt động/sản phẩm | Phòng, khoa phụ trách | Tiến độ thực hiện\n"
                "1 | Bảng tin điện tử | Phòng A | Hằng tháng",
                "PL.1 Bảng tin điện tử > Phòng A @ định kỳ 1");
}

TEST_PLAIN(a_header_of_two_rows_names_what_stands_under_a_merged_cell)
{
    check_table("STT | Nội dung | Đơn vị thực hiện | < | Thời gian | < | Sản phẩm\n"
                "^ | ^ | Chủ trì | Phối hợp | Bắt đầu | Kết thúc | ^\n"
                "(1) | (2) | (3) | (4) | (5) | (6) | (7)\n"
                "1 | Rà soát thủ tục | Phòng A | Phòng B | 01/3/2026 | 31/3/2026 | Báo cáo",
                "PL.1 Rà soát thủ tục > Phòng A / Phòng B @ trong 31/3/2026 # Báo cáo");
    check_table("TT | Nhiệm vụ | Trách nhiệm | <\n"
                " |  | Chủ trì | Phối hợp\n"
                "1 | Rà soát | Phòng A | Phòng B",
                "PL.1 Rà soát > Phòng A / Phòng B");
    check_table("STT | Nội dung | Đơn vị thực hiện | Thời gian | Sản phẩm | \n"
                "Chủ trì | Phối hợp |  |  |  | \n"
                "1 | Rà soát | Phòng A | Khoa B | Quý I | Báo cáo\n"
                "1.1 | Niêm yết | Khoa C |  |  | ",
                "PL.1 Rà soát > Phòng A / Khoa B @ trong từ 1/1/2026 # Báo cáo\n"
                "PL.1.1 Niêm yết > Phòng A / Khoa C @ trong từ 1/1/2026 # Báo cáo");
    check_table("STT | Nội dung | Đơn vị thực hiện | Thời gian |  | \n"
                "Chủ trì | Phối hợp | Bắt đầu | Kết thúc |  | \n"
                "1 | Rà soát | Phòng A | Khoa B | 01/3/2026 | 31/3/2026",
                "PL.1 Rà soát > Phòng A / Khoa B @ trong 31/3/2026");
    check_table("TT | Nhiệm vụ | Người thực hiện |  | Thời gian\n"
                " |  | Chính | Hỗ trợ | \n"
                "1 | Rà soát | Nguyễn Văn Mẫu | Trần Thị Thử | Quý I",
                "PL.1 Rà soát > Nguyễn Văn Mẫu / Trần Thị Thử @ trong từ 1/1/2026");
}

TEST_PLAIN(crossed_quarters_and_months_are_times)
{
    check_table("STT | Nội dung | Đơn vị | Thời gian thực hiện | < | < | <\n"
                "^ | ^ | ^ | Quý I | Quý II | Quý III | Quý IV\n"
                "1 | Kiểm tra | Phòng A |  | x |  | x\n"
                "2 | Sơ kết | Phòng B |  |  | X | ",
                "PL.1 Kiểm tra > Phòng A @ trong từ 1/4/2026\n"
                "PL.2 Sơ kết > Phòng B @ trong từ 1/7/2026");
}

TEST_PLAIN(groups_stand_in_rows_of_their_own_in_many_ways)
{
    check_table("STT | Nhiệm vụ | Chủ trì | Thời gian\n"
                "A | CẢI CÁCH THỂ CHẾ | < | <\n"
                "1 | Rà soát | Phòng A | Quý I\n"
                "B. CẢI CÁCH THỦ TỤC | < | < | <\n"
                "1 | Niêm yết | Phòng B | Quý II",
                "PL.1 Rà soát > Phòng A @ trong từ 1/1/2026\n"
                "PL.B.1 Niêm yết > Phòng B @ trong từ 1/4/2026");
    check_table("STT | Nhiệm vụ | Chủ trì | Thời gian\n"
                "I | Công tác chỉ đạo |  | \n"
                "1 | Tuyên truyền |  | \n"
                "1.1 | Viết tin | Phòng A | Quý I\n"
                "a | Treo băng rôn | Phòng B | Quý II\n"
                " | - Phát tờ rơi | Phòng C | Quý III\n"
                "2 | Báo cáo | Phòng D | Quý IV",
                "PL.1.1 Viết tin > Phòng A @ trong từ 1/1/2026\n"
                "PL.1.a Treo băng rôn > Phòng B @ trong từ 1/4/2026\n"
                "PL.1.1#1 Phát tờ rơi > Phòng C @ trong từ 1/7/2026\n"
                "PL.2 Báo cáo > Phòng D @ trong từ 1/10/2026");
    check_table("STT | Nhiệm vụ | Chủ trì | Thời gian\n"
                "1 | Niêm yết | Phòng A | Quý I\n"
                " | Đánh giá tác động |  | \n"
                " | - Lĩnh vực dược | Phòng B | Quý II\n"
                "2 | Báo cáo | Phòng C | Quý III",
                "PL.1 Niêm yết > Phòng A @ trong từ 1/1/2026\n"
                "PL.1#2 Lĩnh vực dược > Phòng B @ trong từ 1/4/2026\n"
                "PL.2 Báo cáo > Phòng C @ trong từ 1/7/2026");
    struct ctx *c = test_ctx();
    const struct plan_reading *r = read_drawn(c, "STT | Nhiệm vụ | Chủ trì | Thời gian\n"
                                                 "I | CẢI CÁCH THỂ CHẾ | < | <\n"
                                                 "1 | Tuyên truyền |  | \n"
                                                 "1.1 | Viết tin | Phòng A | Quý I\n"
                                                 "2 | Báo cáo | Phòng D | Quý IV");
    CHECK_TEXT(r->tasks[0].group, "Tuyên truyền");
    CHECK_TEXT(r->tasks[1].group, "CẢI CÁCH THỂ CHẾ");
}

TEST_PLAIN(a_group_that_names_a_unit_leads_where_no_column_does)
{
    check_table("STT | Nội dung công việc | Thời gian | Kết quả\n"
                "I | PHÒNG TỔ CHỨC - HÀNH CHÍNH | < | <\n"
                "1 | Soạn kế hoạch | Quý I | Kế hoạch",
                "PL.1 Soạn kế hoạch > PHÒNG TỔ CHỨC - HÀNH CHÍNH @ trong từ 1/1/2026 # Kế hoạch");
}

TEST_PLAIN(a_first_column_of_merged_cells_groups_the_tasks_beside_it)
{
    check_table("STT | Nhiệm vụ | Nội dung cụ thể | Chủ trì | Thời gian\n"
                "1 | Thể chế | Rà soát văn bản | Phòng A | Quý I\n"
                "^ | ^ | Ban hành quy chế | Phòng B | Quý II",
                "PL.1 Rà soát văn bản > Phòng A @ trong từ 1/1/2026\n"
                "PL.1#2 Ban hành quy chế > Phòng B @ trong từ 1/4/2026");
}

TEST_PLAIN(merged_cells_speak_for_all_their_rows_and_blank_ones_for_none)
{
    check_table("STT | Nhiệm vụ | Chủ trì | Phối hợp | Thời gian\n"
                "1 | Viết tin | Phòng A | Khoa B | Thường xuyên\n"
                "2 | Treo băng rôn | ^ |  | ^\n"
                "3 | Họp | Phòng C |  | ",
                "PL.1 Viết tin > Phòng A / Khoa B @ thường xuyên\n"
                "PL.2 Treo băng rôn > Phòng A @ thường xuyên\n"
                "PL.3 Họp > Phòng C");
}

TEST_PLAIN(cells_that_a_text_left_out_are_missed_where_they_stood)
{
    check_table("STT | Nhiệm vụ | Chủ trì | Phối hợp | Thời gian | Sản phẩm\n"
                "1 | Viết tin | Phòng A | Các khoa | Hằng tháng | Tin\n"
                "2 | Viết bài | Các khoa, trạm |  |  | \n"
                "3 | Chụp ảnh | Khoa B | Quý II | Bộ ảnh | \n"
                "4 | Báo cáo | Phòng A | Các khoa | Quý IV | ",
                "PL.1 Viết tin > Phòng A / Các khoa @ định kỳ 1 # Tin\n"
                "PL.2 Viết bài > Phòng A / Các khoa, trạm @ định kỳ 1 # Tin\n"
                "PL.3 Chụp ảnh > Khoa B @ trong từ 1/4/2026 # Bộ ảnh\n"
                "PL.4 Báo cáo > Phòng A / Các khoa @ trong từ 1/10/2026");
    check_table("STT | Mục tiêu | Nhiệm vụ | Chủ trì | Thời gian\n"
                "1 | Thể chế | Rà soát văn bản | Phòng A | Quý I\n"
                "Ban hành quy chế mới | Phòng B | Quý II |  | \n"
                "2 | Thủ tục | Niêm yết | Phòng C | Quý III\n"
                "3 | Số hóa hồ sơ | Phòng D | Quý IV | ",
                "PL.1 Rà soát văn bản > Phòng A @ trong từ 1/1/2026\n"
                "PL.1#2 Ban hành quy chế mới > Phòng B @ trong từ 1/4/2026\n"
                "PL.2 Niêm yết > Phòng C @ trong từ 1/7/2026\n"
                "PL.3 Số hóa hồ sơ > Phòng D @ trong từ 1/10/2026");
}

TEST_PLAIN(marks_of_repetition_take_the_value_above)
{
    check_table("STT | Nhiệm vụ | Chủ trì | Phối hợp | Thời gian | Sản phẩm\n"
                "1 | Viết tin | Phòng A | Khoa B | Quý I | Tin\n"
                "2 | Viết bài | nt | -nt- | // | Như trên\n"
                "3 | Chụp ảnh | ″ | - | \" | Ảnh",
                "PL.1 Viết tin > Phòng A / Khoa B @ trong từ 1/1/2026 # Tin\n"
                "PL.2 Viết bài > Phòng A / Khoa B @ trong từ 1/1/2026 # Tin\n"
                "PL.3 Chụp ảnh > Phòng A @ trong từ 1/1/2026 # Ảnh");
}

TEST_PLAIN(a_row_cut_by_a_page_break_is_one_row)
{
    check_table("STT | Nhiệm vụ | Chủ trì | Thời gian\n"
                "1 | Tổ chức hội nghị | Phòng Tổ chức - | Quý I\n"
                "\n"
                " | sơ kết sáu tháng | Hành chính | \n"
                "2 | Báo cáo | Phòng B | Quý II",
                "PL.1 Tổ chức hội nghị sơ kết sáu tháng > Phòng Tổ chức - Hành chính @ trong từ 1/1/2026\n"
                "PL.2 Báo cáo > Phòng B @ trong từ 1/4/2026");
    check_table("STT | Nhiệm vụ | Chủ trì | Thời gian\n"
                "1 | Kiểm tra | Phòng A | Quý I\n"
                "^ | ^ | Phòng B | Quý III",
                "PL.1 Kiểm tra > Phòng A; Phòng B @ trong từ 1/1/2026");
}

TEST_PLAIN(a_table_goes_on_without_its_header_and_another_annex_begins_anew)
{
    check_table("STT | Nhiệm vụ | Chủ trì | Thời gian\n"
                "1 | Viết tin | Phòng A | Quý I\n"
                "\n"
                "2 | Viết bài | Phòng B | Quý II\n"
                "\n"
                "PHỤ LỤC II\n"
                "\n"
                "STT | Nhiệm vụ | Chủ trì | Thời gian\n"
                "1 | Chụp ảnh | Phòng C | Quý III",
                "PL.1 Viết tin > Phòng A @ trong từ 1/1/2026\n"
                "PL.2 Viết bài > Phòng B @ trong từ 1/4/2026\n"
                "PL2.1 Chụp ảnh > Phòng C @ trong từ 1/7/2026");
    check_table("STT | Nhiệm vụ | Chủ trì | Thời gian\n"
                "1 | Viết tin | Phòng A | Quý I\n"
                "STT | Nhiệm vụ | Chủ trì | Thời gian\n"
                "2 | Viết bài | Phòng B | Quý II",
                "PL.1 Viết tin > Phòng A @ trong từ 1/1/2026\n"
                "PL.2 Viết bài > Phòng B @ trong từ 1/4/2026");
}

TEST_PLAIN(dates_cut_by_a_narrow_column_are_whole_again)
{
    struct ctx *c = test_ctx();
    const struct plan_reading *r = read_drawn(c, "STT | Nhiệm vụ | Chủ trì | Thời gian\n"
                                                 "1 | Viết tin | Phòng A | Từ 01/4/202~6 đến 15/1~2/2026\n"
                                                 "2 | Viết bài | Phòng A | Tháng 1/2~026");
    CHECK_TEXT(r->tasks[0].time_raw, "Từ 01/4/2026 đến 15/12/2026");
    CHECK_TEXT(r->tasks[1].time_raw, "Tháng 1/2026");
}

TEST_PLAIN(other_tables_give_no_tasks)
{
    check_table("STT | Chỉ tiêu | Đơn vị tính | Năm 2025 | Năm 2026\n1 | Tỷ lệ hài lòng | % | 90 | 92", "");
    check_table("STT | Nội dung | Đơn vị tính | Số lượng | Đơn giá | Thành tiền\n1 | In tờ rơi | tờ | 100 | 1.000 | 100.000", "");
    check_table("STT | Họ và tên | Chức vụ | Đơn vị | Số điện thoại\n1 | Lê Văn Mẫu | Trưởng phòng | Phòng A | 09", "");
    check_table("Thời gian | Nội dung | Người trình bày\n8h00 - 8h15 | Đón đại biểu | Phòng A\n8h15 | Khai mạc | Giám đốc", "");
    check_table("STT | Nội dung | Kết quả năm 2025 | Ghi chú\n1 | Số hồ sơ | 120 | ", "");
    check_table("STT | Tên đơn vị | Số giường\n1 | Bệnh viện A | 20", "");
}

TEST_PLAIN(goals_are_tasks_only_where_nothing_else_is)
{
    static const char *const goals = "STT | Chỉ tiêu | Đơn vị chủ trì | Thời gian\n1 | 100% hồ sơ trực tuyến | Phòng A | Quý IV";
    check_table(goals, "PL.1 100% hồ sơ trực tuyến > Phòng A @ trong từ 1/10/2026");
    struct ctx *c = test_ctx();
    const char *both = arena_printf(c->arena, "%s\n\nPHỤ LỤC II\n\nSTT | Nhiệm vụ | Chủ trì | Thời gian\n1 | Viết tin | Phòng B | Quý I", goals);
    CHECK_TEXT(told(c->arena, read_drawn(c, both)), "PL.1 Viết tin > Phòng B @ trong từ 1/1/2026");
}

TEST_PLAIN(lines_below_a_list_of_tasks_are_no_tasks)
{
    check_table("STT | Nhiệm vụ | Chủ trì | Thời gian\n"
                "1 | Viết tin | Phòng A | Quý I\n"
                " | Tổng cộng: 01 nhiệm vụ |  | \n"
                " | Ngày 05 tháng 02 năm 2026 |  | \n"
                " | Người lập bảng | Giám đốc | ",
                "PL.1 Viết tin > Phòng A @ trong từ 1/1/2026");
}

TEST_PLAIN(a_cell_may_name_leads_and_partners_or_a_time_in_the_task)
{
    check_table("STT | Nhiệm vụ | Đơn vị thực hiện | Thời gian\n"
                "1 | Viết tin | Chủ trì: Phòng A~Phối hợp: Khoa B, Khoa C | Quý I\n"
                "2 | Viết bài | Phòng A chủ trì; các khoa, phòng phối hợp | Quý I",
                "PL.1 Viết tin > Phòng A / Khoa B; Khoa C @ trong từ 1/1/2026\n"
                "PL.2 Viết bài > Phòng A / các khoa, phòng @ trong từ 1/1/2026");
    check_table("STT | Nhiệm vụ | Đơn vị chủ trì, phối hợp\n"
                "1 | Tập huấn. Thời gian: Quý II | Phòng A; Khoa B",
                "PL.1 Tập huấn. > Phòng A / Khoa B @ trong từ 1/4/2026");
}

TEST_PLAIN(inherited_fields_say_so_and_are_less_sure)
{
    struct ctx *c = test_ctx();
    const struct plan_reading *r = read_drawn(c, "STT | Nhiệm vụ | Chủ trì | Thời gian\n"
                                                 "1 | Viết tin | Phòng A | Quý I\n"
                                                 "2 | Viết bài |  | \n"
                                                 "3 | Chụp ảnh | ^ | Quý II");
    CHECK(r->tasks[0].inherited == 0 && r->tasks[0].sure[PLAN_LEADS] > 0.9);
    CHECK_INT(r->tasks[1].inherited, 1u << PLAN_LEADS | 1u << PLAN_TIME);
    CHECK(r->tasks[1].sure[PLAN_LEADS] < PLAN_DOUBTFUL);
}

TEST_PLAIN(a_long_table_is_read_in_time_that_grows_with_its_length)
{
    struct ctx *c = test_ctx();
    struct buffer b = { .arena = c->arena };
    buffer_add(&b, "STT | Nhiệm vụ | Chủ trì | Thời gian");
    for (int i = 1; i <= 300; i++)
        buffer_printf(&b, "\n%d | Nhiệm vụ số %d | Phòng A, các khoa, phòng | Quý %d", i, i, i % 4 + 1);
    const struct plan_reading *r = read_drawn(c, b.text);
    CHECK_INT((int64_t)r->task_count, 300);
    CHECK_TEXT(r->tasks[299].no, "PL.300");
}
