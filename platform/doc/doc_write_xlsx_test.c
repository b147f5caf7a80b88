#include "platform/base/clock.h"
#include "platform/doc/doc.h"
#include "tests/test.h"
#include "tests/test_docx.h"

struct written {
    const void *bytes;
    size_t size;
};

static const double widths[] = { 20, 12, 12, 12 };

/* One sheet with one head, and one row of each kind of cell; the text is the caller's. */
static struct written write_one(struct ctx *c, const char *text)
{
    struct written w = { 0 };
    struct sheets *s = sheets_new(c, "Bảng thử");
    sheets_add(s, "Tổng hợp", widths, 4);
    sheets_title(s, "Đơn vị: Trung tâm");
    sheets_head(s, (const char *const[]){ "Việc", "Số", "Ngày", "Tỷ lệ" }, 4);
    sheets_row(s, (const struct sheet_cell[]){ { SHEET_TEXT, text, 0, 0 }, { SHEET_NUMBER, NULL, 1204, 0 },
                                               { SHEET_DAY, NULL, (double)day_of(2026, 9, 22), 0 }, { SHEET_PERCENT, NULL, 0.75, 0 } }, 4);
    sheets_end(s, &w.bytes, &w.size);
    return w;
}

static char *part(struct ctx *c, struct written w, const char *name)
{
    return docx_part(c->arena, w.bytes, w.size, name);
}

/* The text a cell shows, through the shared strings. */
static char *shown(struct ctx *c, struct written w, const char *cell)
{
    const char *sheet = part(c, w, "xl/worksheets/sheet1.xml");
    const char *at = docx_value(c->arena, sheet, arena_printf(c->arena, "//s:c[@r='%s' and @t='s']/s:v", cell));
    int64_t index = -1;
    CHECK(text_int(at, &index));
    return docx_value(c->arena, part(c, w, "xl/sharedStrings.xml"), arena_printf(c->arena, "string(//s:si[%d])", (int)index + 1));
}

/* The number format of a cell: its id, or its code when it is none of the built-in ones. */
static char *format_of(struct ctx *c, struct written w, const char *cell)
{
    const char *style = docx_value(c->arena, part(c, w, "xl/worksheets/sheet1.xml"), arena_printf(c->arena, "string(//s:c[@r='%s']/@s)", cell));
    const char *styles = part(c, w, "xl/styles.xml");
    char *id = docx_value(c->arena, styles, arena_printf(c->arena, "string(//s:cellXfs/s:xf[%s + 1]/@numFmtId)", style));
    char *code = docx_value(c->arena, styles, arena_printf(c->arena, "string(//s:numFmt[@numFmtId='%s']/@formatCode)", id));
    return code[0] != '\0' ? code : id;
}

TEST_PLAIN(a_sheet_holds_texts_numbers_days_and_percents)
{
    struct ctx *c = test_ctx();
    struct written w = write_one(c, "Đăng <tin> & bài");
    const char *sheet = part(c, w, "xl/worksheets/sheet1.xml");
    CHECK_TEXT(docx_value(c->arena, part(c, w, "xl/workbook.xml"), "string(//s:sheet/@name)"), "Tổng hợp");
    CHECK_TEXT(shown(c, w, "A1"), "Đơn vị: Trung tâm");
    CHECK_TEXT(shown(c, w, "A3"), "Đăng <tin> & bài");
    CHECK_TEXT(docx_value(c->arena, sheet, "//s:c[@r='B3' and not(@t)]/s:v"), "1204");
    CHECK_TEXT(docx_value(c->arena, sheet, "//s:c[@r='C3' and not(@t)]/s:v"), "46287"); /* 22/9/2026 as spreadsheets count */
    CHECK_TEXT(docx_value(c->arena, sheet, "//s:c[@r='D3' and not(@t)]/s:v"), "0.75");
    CHECK_TEXT(format_of(c, w, "C3"), "dd/mm/yyyy");
    CHECK_TEXT(format_of(c, w, "D3"), "0.0%");
}

TEST_PLAIN(what_looks_like_a_formula_stays_text)
{
    static const char *const texts[] = { "=1+1", "+84 90", "-5", "@SUM(A1)", "=HYPERLINK(\"http://x.example\")", "\t=1" };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct ctx *c = test_ctx();
        struct written w = write_one(c, texts[i]);
        CHECK_TEXT(shown(c, w, "A3"), texts[i]);
        CHECK_INT(docx_count(part(c, w, "xl/worksheets/sheet1.xml"), "//s:f"), 0);
        CHECK_TEXT(format_of(c, w, "A3"), "49"); /* and stays text when the cell is edited */
    }
}

TEST_PLAIN(the_head_stays_in_sight_and_repeats_on_paper)
{
    struct ctx *c = test_ctx();
    struct written w = write_one(c, "x");
    const char *sheet = part(c, w, "xl/worksheets/sheet1.xml");
    CHECK_INT(docx_count(sheet, "//s:pane[@state='frozen' and @ySplit='2']"), 1);
    CHECK_INT(docx_count(sheet, "//s:pageSetup[@paperSize='9']"), 1);
    CHECK_TEXT(docx_value(c->arena, part(c, w, "xl/workbook.xml"), "string(//s:definedName[@name='_xlnm.Print_Titles'])"), "'Tổng hợp'!$2:$2");
    CHECK_INT(docx_count(part(c, w, "xl/styles.xml"), "//s:fonts/s:font[s:name/@val='Times New Roman']") > 0, 1);
}

TEST_PLAIN(the_same_sheets_give_the_same_bytes)
{
    struct ctx *c = test_ctx();
    struct written one = write_one(c, "x"), two = write_one(c, "x");
    CHECK(one.size == two.size && memcmp(one.bytes, two.bytes, one.size) == 0);
}

TEST_PLAIN(a_text_too_long_for_a_cell_is_refused)
{
    struct ctx *c = test_ctx();
    struct buffer b = { .arena = c->arena };
    for (int i = 0; i < 32768; i++)
        buffer_add(&b, "a");
    struct written w = write_one(c, b.text);
    CHECK_INT(c->err, INVALID);
    CHECK(w.bytes == NULL);
}

TEST_PLAIN(a_row_is_as_high_as_its_wrapped_text)
{
    struct ctx *c = test_ctx();
    const char *one = part(c, write_one(c, "Một dòng"), "xl/worksheets/sheet1.xml");
    const char *three = part(c, write_one(c, "Đăng tin, bài về cải cách hành chính trên Trang thông tin"), "xl/worksheets/sheet1.xml");
    CHECK_TEXT(docx_value(c->arena, one, "string(//s:row[@r='3']/@ht)"), "16");
    CHECK_TEXT(docx_value(c->arena, three, "string(//s:row[@r='3']/@ht)"), "48");
}
