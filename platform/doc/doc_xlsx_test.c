/* What spreadsheets become: lists, their titles and notes, merged cells, numbers as they are shown. */
#include "platform/doc/doc_model.h"
#include "tests/test.h"
#include "tests/test_zip.h"
#include <string.h>

#define SHEET "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" " \
              "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
#define TEXT(place, text) "<c r=\"" place "\" t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define BOXED(place, text) "<c r=\"" place "\" s=\"1\" t=\"inlineStr\"><is><t>" text "</t></is></c>"

static const char workbook[] =
    "<workbook " SHEET "><sheets><sheet name=\"Kế hoạch\" sheetId=\"1\" r:id=\"a\"/>"
    "<sheet name=\"Danh mục\" sheetId=\"2\" state=\"hidden\" r:id=\"b\"/><sheet name=\"Trống\" sheetId=\"3\" r:id=\"c\"/></sheets>"
    "<definedNames><definedName name=\"_xlnm.Print_Titles\" localSheetId=\"0\">'Kế hoạch'!$A:$B,'Kế hoạch'!$3:$3</definedName>"
    "</definedNames></workbook>";
static const char relations[] =
    "<Relationships><Relationship Id=\"a\" Type=\"http://x/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
    "<Relationship Id=\"b\" Type=\"http://x/worksheet\" Target=\"/xl/worksheets/sheet2.xml\"/>"
    "<Relationship Id=\"c\" Type=\"http://x/worksheet\" Target=\"worksheets/sheet3.xml\"/></Relationships>";
static const char styles[] =
    "<styleSheet " SHEET "><numFmts><numFmt numFmtId=\"164\" formatCode=\"[$-42A]dd&quot; tháng &quot;mm\\-yyyy\"/>"
    "<numFmt numFmtId=\"165\" formatCode=\"mm/yyyy\"/></numFmts><fonts><font/><font><b/></font></fonts>"
    "<borders><border/><border><left style=\"thin\"/></border></borders>"
    "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
    "<cellXfs><xf/><xf fontId=\"1\" borderId=\"1\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"9\"/>"
    "<xf numFmtId=\"3\"/><xf numFmtId=\"165\"/><xf numFmtId=\"2\"/><xf numFmtId=\"20\"/></cellXfs></styleSheet>";
static const char strings[] =
    "<sst " SHEET "><si><t>Chuỗi</t></si><si><r><t>Phòng </t></r><r><rPr><b/></rPr><t>Tổ chức</t></r><rPh><t>x</t></rPh></si>"
    "<si><t>một_x000A_hai</t></si></sst>";

static enum err read_sheet(const char *sheet, struct document **doc)
{
    struct ctx *c = test_ctx();
    const struct zip_part parts[] = {
        { "xl/workbook.xml", workbook },
        { "xl/_rels/workbook.xml.rels", relations },
        { "xl/styles.xml", styles },
        { "xl/sharedStrings.xml", strings },
        { "xl/worksheets/sheet1.xml", arena_printf(c->arena, "<worksheet " SHEET ">%s</worksheet>", sheet) },
        { "xl/worksheets/sheet2.xml", "<worksheet " SHEET "><sheetData><row r=\"1\">" TEXT("A1", "ẩn") "</row></sheetData></worksheet>" },
        { "xl/worksheets/sheet3.xml", "<worksheet " SHEET "><sheetData/></worksheet>" },
        { NULL, NULL },
    };
    size_t size;
    void *bytes = test_zip(parts, &size);
    CHECK_INT(doc_recognise(bytes, size, NULL), DOC_XLSX);
    return doc_read(c, bytes, size, doc);
}

static struct document *sheet_of(const char *sheet)
{
    struct document *doc = NULL;
    CHECK_INT(read_sheet(sheet, &doc), OK);
    return doc;
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
    return cell == NULL || cell->block_count == 0 ? "" : cell->blocks[0].text;
}

TEST_PLAIN(xlsx_list_with_titles_above_and_notes_below)
{
    struct document *doc = sheet_of(
        "<sheetData><row r=\"1\">" TEXT("A1", "SỞ Y TẾ") TEXT("E1", "CỘNG HÒA") "</row><row r=\"2\">" TEXT("A2", "PHỤ LỤC") "</row>"
        "<row r=\"3\">" BOXED("A3", "STT") BOXED("B3", "Nhiệm vụ") BOXED("D3", "Chủ trì") BOXED("E3", "Thời gian") "</row>"
        "<row r=\"4\">" BOXED("A4", "I") BOXED("B4", "Nhóm") "<c r=\"D4\" s=\"1\"/><c r=\"E4\" s=\"1\"/></row>"
        "<row r=\"5\">" BOXED("A5", "1") BOXED("B5", "Việc") BOXED("D5", "- Phòng A\n- Khoa B") BOXED("E5", "Quý I\nnăm nay") "</row>"
        "<row r=\"6\"><c r=\"A6\" s=\"1\"><v>4.1</v></c>" BOXED("B6", "Việc hai") "<c r=\"D6\" s=\"1\"/>" BOXED("E6", "Tháng 5") "</row>"
        "<row r=\"8\">" TEXT("B8", "Người lập bảng") "</row></sheetData>"
        "<mergeCells><mergeCell ref=\"A2:E2\"/><mergeCell ref=\"B3:C3\"/><mergeCell ref=\"D5:D6\"/></mergeCells>");
    CHECK_TEXT(doc->format, "xlsx");
    CHECK_INT(doc->pages, 1); /* hidden and empty sheets are none */
    CHECK_INT(doc->count, 4);
    CHECK_INT(doc->blocks[0].kind, BLOCK_TABLE); /* two texts side by side */
    CHECK(doc->blocks[0].columns == 2 && !doc->blocks[0].borders);
    CHECK_TEXT(doc->blocks[1].text, "PHỤ LỤC");
    const struct block *table = &doc->blocks[2];
    CHECK_INT(table->rows, 4);
    CHECK_INT(table->columns, 4); /* nothing begins in column C */
    CHECK(cell_of(table, 0, 0)->header && !cell_of(table, 1, 0)->header);
    CHECK(cell_of(table, 0, 1)->column_span == 1 && cell_of(table, 0, 0)->blocks[0].bold);
    CHECK_TEXT(text_of(table, 1, 1), "Nhóm");
    CHECK_INT(cell_of(table, 2, 2)->row_span, 2);
    CHECK_INT(cell_of(table, 2, 2)->block_count, 2);
    CHECK_TEXT(text_of(table, 2, 3), "Quý I năm nay"); /* a line break inside a phrase */
    CHECK(cell_of(table, 3, 2) == NULL);
    CHECK_TEXT(text_of(table, 3, 0), "4.1");
    CHECK_INT(cell_of(table, 3, 0)->place.from, 6);
    CHECK_TEXT(doc->blocks[3].text, "Người lập bảng");
}

TEST_PLAIN(xlsx_numbers_are_shown_as_their_format_says)
{
    struct document *doc = sheet_of(
        "<sheetData><row r=\"1\"><c r=\"A1\" s=\"2\"><v>46097</v></c><c r=\"B1\" s=\"3\"><v>46097</v></c><c r=\"C1\" s=\"4\"><v>0.955</v></c>"
        "<c r=\"D1\" s=\"5\"><v>1234567</v></c><c r=\"E1\"><v>4.0999999999999996</v></c><c r=\"F1\" s=\"6\"><v>46097</v></c>"
        "<c r=\"G1\" s=\"7\"><v>4.1</v></c><c r=\"H1\" s=\"8\"><v>0.3125</v></c></row>"
        "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"str\"><f>A1</f><v>công thức</v></c><c t=\"e\"><v>#REF!</v></c>"
        "<c t=\"s\"><v>99</v></c><c t=\"s\"><v>2</v></c></row></sheetData>");
    const struct block *table = &doc->blocks[0];
    static const char *const shown[] = { "16/03/2026", "16/03/2026", "96%", "1.234.567", "4.1", "3/2026", "4.10", "7:30" };
    for (int i = 0; i < 8; i++)
        CHECK_TEXT(text_of(table, 0, i), shown[i]);
    CHECK_TEXT(text_of(table, 1, 0), "Chuỗi");
    CHECK_TEXT(text_of(table, 1, 1), "Phòng Tổ chức");
    CHECK_TEXT(text_of(table, 1, 2), "công thức");
    CHECK_TEXT(text_of(table, 1, 3), "");
    CHECK_TEXT(text_of(table, 1, 5), "một hai");
}

TEST_PLAIN(xlsx_hidden_rows_are_left_out_unless_a_filter_hid_them)
{
    static const char rows[] = "<sheetData><row r=\"1\">" TEXT("A1", "STT") TEXT("B1", "Việc") "</row><row r=\"2\" hidden=\"1\">"
                               TEXT("A2", "1") TEXT("B2", "một") "</row><row r=\"3\">" TEXT("A3", "2") TEXT("B3", "hai") "</row></sheetData>";
    CHECK_INT(sheet_of(rows)->blocks[0].rows, 2);
    CHECK_INT(sheet_of(arena_printf(test_ctx()->arena, "%s<autoFilter ref=\"A1:B3\"/>", rows))->blocks[0].rows, 3);
}

TEST_PLAIN(xlsx_attacks_and_damage_are_sentences)
{
    struct document *doc = NULL;
    CHECK_INT(read_sheet("<sheetData><row r=\"1\">", &doc), INVALID);
    CHECK_INT(read_sheet("<sheetData/>", &doc), INVALID);
    CHECK_INT(read_sheet("<sheetData><row r=\"99999999999\"><c r=\"XFD9\"><v>1</v></c></row></sheetData>", &doc), INVALID);
    doc = sheet_of("<sheetData><row r=\"1000000000\">" TEXT("A1", "a") TEXT("B1", "b") "</row></sheetData>"
                   "<mergeCells><mergeCell ref=\"A1:XFD1048576\"/><mergeCell ref=\"B2:A1\"/><mergeCell ref=\"?\"/></mergeCells>");
    CHECK_INT(doc->blocks[0].cell_count, 2);
}

TEST_PLAIN(xlsx_list_of_a_plan_has_its_rows)
{
    size_t size;
    struct ctx *c = test_ctx();
    char *bytes = test_file(c->arena, "../shared/plans/files/003-bang.xlsx", &size);
    if (bytes == NULL)
        test_skip("../shared/plans is absent");
    struct document *doc = NULL;
    CHECK_INT(doc_read(c, bytes, size, &doc), OK);
    const struct block *table = &doc->blocks[5];
    CHECK(table->kind == BLOCK_TABLE && table->rows == 14 && table->columns == 7);
    CHECK_INT(cell_of(table, 6, 2)->row_span, 6);
    CHECK_TEXT(text_of(table, 6, 0), "4.1");
    CHECK_TEXT(doc->blocks[doc->count - 1].text, "Người lập bảng");
}
