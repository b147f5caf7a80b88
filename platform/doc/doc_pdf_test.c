/* The PDF reader, through the sandboxed program: on a PDF written here, and on the test plans beside the project. */
#include "platform/doc/doc_model.h"
#include "tests/test.h"
#include <unistd.h>

static void need_reader(void)
{
    char path[1024];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 20);
    while (length > 0 && path[length - 1] != '/')
        length--;
    if (access(arena_printf(test_ctx()->arena, "%.*ssauro-reader", (int)length, path), X_OK) != 0)
        test_skip("sauro-reader is not built here");
}

static const struct cell_box *cell_of(const struct block *table, int row, int column)
{
    for (size_t i = 0; i < table->cell_count; i++)
        if (table->cells[i].row == row && table->cells[i].column == column)
            return &table->cells[i];
    return NULL;
}

static const char *text_of(const struct block *table, int row, int column)
{
    const struct cell_box *cell = cell_of(table, row, column);
    return cell == NULL ? "(none)" : cell->block_count == 0 ? "" : cell->blocks[0].text;
}

static struct document *read_back(const struct document *written)
{
    struct ctx *c = test_ctx();
    const void *bytes;
    size_t size;
    CHECK_INT(doc_write_pdf(c, written, &bytes, &size), OK);
    char *path = arena_printf(c->arena, "%s/x.bin", test_folder());
    FILE *f = fopen(path, "wb");
    CHECK(fwrite(bytes, 1, size, f) == size);
    fclose(f);
    struct document *doc = NULL;
    CHECK_INT(doc_read_file(c, path, &doc), OK);
    return doc;
}

static struct cell_box a_cell(struct block *block, int row, int column, int rows, int columns, const char *text)
{
    *block = (struct block){ .kind = BLOCK_PARAGRAPH, .text = text, .size = 13 };
    return (struct cell_box){ .row = row, .column = column, .row_span = rows, .column_span = columns, .header = row == 0,
                              .blocks = block, .block_count = text[0] != '\0' };
}

TEST_PLAIN(pdf_paragraphs_and_merged_cells_come_back_from_a_written_pdf)
{
    need_reader();
    struct block texts[8];
    struct cell_box cells[] = {
        a_cell(&texts[0], 0, 0, 1, 1, "STT"),      a_cell(&texts[1], 0, 1, 1, 1, "Nhiệm vụ"), a_cell(&texts[2], 0, 2, 1, 1, "Thời gian"),
        a_cell(&texts[3], 1, 0, 1, 1, "1."),       a_cell(&texts[4], 1, 1, 1, 1, "Đưa tin, bài viết về cải cách hành chính"),
        a_cell(&texts[5], 1, 2, 2, 1, "Quý I"),    a_cell(&texts[6], 2, 0, 1, 1, "2."),
        a_cell(&texts[7], 2, 1, 1, 1, "Niêm yết thủ tục"),
    };
    double widths[] = { 40, 260, 100 };
    struct block blocks[] = {
        { .kind = BLOCK_PARAGRAPH, .text = "KẾ HOẠCH", .align = ALIGN_CENTER, .bold = true, .size = 14 },
        { .kind = BLOCK_PARAGRAPH, .align = ALIGN_JUSTIFY, .size = 14, .first_indent = 36, .after = 6,
          .text = "- Tiếp tục đẩy mạnh công tác thông tin, tuyên truyền nhằm nâng cao nhận thức, trách nhiệm của viên chức, người "
                  "lao động trong Trung tâm Y tế về ý nghĩa, mục tiêu, tầm quan trọng của công tác cải cách hành chính." },
        { .kind = BLOCK_PARAGRAPH, .align = ALIGN_JUSTIFY, .size = 14, .first_indent = 36, .text = "Đoạn sau." },
        { .kind = BLOCK_TABLE, .rows = 3, .columns = 3, .cells = cells, .cell_count = 8, .widths = widths, .borders = true },
    };
    struct document *doc = read_back(&(struct document){ .blocks = blocks, .count = 4 });
    CHECK_TEXT(doc->format, "pdf");
    CHECK_INT(doc->count, 4);
    CHECK_TEXT(doc->blocks[0].text, "KẾ HOẠCH");
    CHECK(doc->blocks[0].bold && doc->blocks[0].align == ALIGN_CENTER);
    CHECK_TEXT(doc->blocks[1].text, blocks[1].text);
    CHECK_TEXT(doc->blocks[2].text, "Đoạn sau.");
    CHECK_INT(doc->blocks[2].place.from, 3);
    const struct block *table = &doc->blocks[3];
    CHECK_INT(table->kind, BLOCK_TABLE);
    CHECK_INT(table->rows, 3);
    CHECK_INT(table->columns, 3);
    CHECK_TEXT(text_of(table, 1, 1), "Đưa tin, bài viết về cải cách hành chính");
    CHECK_TEXT(text_of(table, 1, 2), "Quý I");
    CHECK_INT(cell_of(table, 1, 2)->row_span, 2);
    CHECK(cell_of(table, 2, 2) == NULL);
}

TEST_PLAIN(pdf_table_over_several_pages_is_one)
{
    need_reader();
    enum { ROWS = 80 };
    struct arena *a = test_ctx()->arena;
    struct block *texts = arena_array(a, ROWS * 2, sizeof *texts);
    struct cell_box *cells = arena_array(a, ROWS * 2, sizeof *cells);
    for (int row = 0; row < ROWS; row++) {
        cells[row * 2] = a_cell(&texts[row * 2], row, 0, 1, 1, row == 0 ? "STT" : arena_printf(a, "%d.", row));
        cells[row * 2 + 1] = a_cell(&texts[row * 2 + 1], row, 1, 1, 1, row == 0 ? "Việc" : arena_printf(a, "Việc thứ %d", row));
    }
    double widths[] = { 50, 350 };
    struct block table = { .kind = BLOCK_TABLE, .rows = ROWS, .columns = 2, .cells = cells, .cell_count = (size_t)ROWS * 2, .widths = widths,
                           .borders = true };
    struct document *doc = read_back(&(struct document){ .blocks = &table, .count = 1 });
    CHECK(doc->pages > 1);
    CHECK_INT(doc->count, 1);
    CHECK_INT(doc->blocks[0].rows, ROWS);
    CHECK(doc->blocks[0].cells[0].header);
    CHECK_TEXT(text_of(&doc->blocks[0], ROWS - 1, 1), "Việc thứ 79");
}

static enum err read_plan(struct ctx *c, const char *name, struct document **doc)
{
    need_reader();
    char *path = arena_printf(c->arena, "../shared/plans/files/%s", name);
    if (access(path, R_OK) != 0)
        test_skip("../shared/plans is absent");
    return doc_read_file(c, path, doc);
}

TEST_PLAIN(pdf_plan_has_the_same_annex_table_as_the_word_file)
{
    struct ctx *c = test_ctx();
    struct document *pdf = NULL;
    struct document *word = NULL;
    CHECK_INT(read_plan(c, "003.pdf", &pdf), OK);
    CHECK_INT(read_plan(c, "003.docx", &word), OK);
    const struct block *a = &pdf->blocks[pdf->count - 1];
    const struct block *b = &word->blocks[word->count - 1];
    CHECK_INT(a->rows, 13);
    CHECK_INT(a->cell_count, b->cell_count);
    for (size_t i = 0; i < a->cell_count; i++) {
        CHECK_INT(a->cells[i].row_span, b->cells[i].row_span);
        CHECK_TEXT(text_of(a, a->cells[i].row, a->cells[i].column), text_of(b, b->cells[i].row, b->cells[i].column));
    }
}

TEST_PLAIN(pdf_plan_has_its_columns_and_footnotes)
{
    struct ctx *c = test_ctx();
    struct document *doc = NULL;
    CHECK_INT(read_plan(c, "001.pdf", &doc), OK);
    CHECK_INT(doc->blocks[0].kind, BLOCK_TABLE);
    CHECK(!doc->blocks[0].borders);
    CHECK_TEXT(text_of(&doc->blocks[0], 0, 1), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    int notes = 0;
    for (size_t i = 0; i < doc->count; i++)
        notes += doc->blocks[i].kind == BLOCK_FOOTNOTE;
    CHECK_INT(notes, 3);
}

TEST_PLAIN(pdf_of_images_only_has_pages_that_wait_for_recognition)
{
    struct ctx *c = test_ctx();
    struct document *doc = NULL;
    CHECK_INT(read_plan(c, "003-scan.pdf", &doc), OK);
    CHECK(doc->images_only && doc_needs_scan(doc));
    CHECK_INT(doc->count, 0);
    CHECK_INT(doc->page_count, 7);
    CHECK_INT(doc->page_list[6].number, 7);
    CHECK(doc->page_list[6].width > 590 && doc->page_list[6].width < 600);
    CHECK_INT(read_plan(c, "003.pdf", &doc), OK);
    CHECK(!doc->images_only && !doc_needs_scan(doc));
}
