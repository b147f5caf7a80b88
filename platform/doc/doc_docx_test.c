/* The Word reader, on files made here part by part; and on the test plans where they lie beside the project. */
#include "platform/doc/doc_model.h"
#include "tests/test.h"
#include "tests/test_zip.h"
#include <stdlib.h>

#define WORD "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" " \
             "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" "

static const char styles[] =
    "<w:styles " WORD "><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val=\"26\"/></w:rPr></w:rPrDefault></w:docDefaults>"
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"N\"><w:pPr><w:jc w:val=\"both\"/></w:pPr></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"H1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"N\"/>"
    "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:rPr><w:b/><w:caps/></w:rPr></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"LoopA\"><w:basedOn w:val=\"LoopB\"/></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"LoopB\"><w:basedOn w:val=\"LoopA\"/></w:style></w:styles>";

static const char numbering[] =
    "<w:numbering " WORD "><w:abstractNum w:abstractNumId=\"5\">"
    "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"upperRoman\"/><w:lvlText w:val=\"%1.\"/></w:lvl>"
    "<w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:isLgl/><w:lvlText w:val=\"%1.%2.\"/></w:lvl>"
    "<w:lvl w:ilvl=\"2\"><w:start w:val=\"1\"/><w:numFmt w:val=\"lowerLetter\"/><w:lvlText w:val=\"%3)\"/></w:lvl></w:abstractNum>"
    "<w:abstractNum w:abstractNumId=\"6\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"bullet\"/>"
    "<w:lvlText w:val=\"\xEF\x82\xB7\"/></w:lvl></w:abstractNum>"
    "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"5\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"6\"/></w:num>"
    "<w:num w:numId=\"3\"><w:abstractNumId w:val=\"5\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"7\"/>"
    "</w:lvlOverride></w:num></w:numbering>";

static const char footnotes[] = "<w:footnotes " WORD "><w:footnote w:id=\"2\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> Chú "
                                "thích</w:t></w:r></w:p></w:footnote></w:footnotes>";

static struct document *read_body(const char *body)
{
    struct ctx *c = test_ctx();
    const struct zip_part parts[] = {
        { "word/document.xml", arena_printf(c->arena, "<w:document " WORD "><w:body>%s</w:body></w:document>", body) },
        { "word/styles.xml", styles },
        { "word/numbering.xml", numbering },
        { "word/footnotes.xml", footnotes },
        { NULL, NULL },
    };
    size_t size;
    void *bytes = test_zip(parts, &size);
    struct document *doc = NULL;
    CHECK_INT(doc_recognise(bytes, size, NULL), DOC_DOCX);
    CHECK_INT(doc_read(c, bytes, size, &doc), OK);
    return doc;
}

static const char *line_of(const struct block *blocks, size_t count, size_t i)
{
    return i < count ? block_line(test_ctx()->arena, &blocks[i]) : "(none)";
}

static const struct cell_box *cell_of(const struct block *table, int row, int column)
{
    for (size_t i = 0; i < table->cell_count; i++)
        if (table->cells[i].row == row && table->cells[i].column == column)
            return &table->cells[i];
    return NULL;
}

#define NUMBERED(level, id, text) "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"" level "\"/><w:numId w:val=\"" id \
    "\"/></w:numPr></w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"

TEST_PLAIN(docx_numbers_are_counted_as_word_prints_them)
{
    struct document *doc = read_body("<w:p><w:pPr><w:pStyle w:val=\"H1\"/></w:pPr><w:r><w:t>Mục đích</w:t></w:r></w:p>"
                                     NUMBERED("1", "1", "một") NUMBERED("1", "1", "hai") NUMBERED("2", "1", "điểm")
                                     NUMBERED("0", "1", "phần") NUMBERED("1", "1", "lại từ đầu")
                                     NUMBERED("0", "2", "gạch") NUMBERED("0", "3", "bảy") NUMBERED("0", "1", "tám"));
    static const char *const lines[] = { "I. MỤC ĐÍCH", "1.1. một", "1.2. hai", "a) điểm", "II. phần", "2.1. lại từ đầu",
                                         "• gạch", "VII. bảy", "VIII. tám" };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        CHECK_TEXT(line_of(doc->blocks, doc->count, i), lines[i]);
    const struct block *first = &doc->blocks[0];
    CHECK(first->heading && first->bold && first->upper && first->level == 0 && first->align == ALIGN_JUSTIFY);
    CHECK(first->size == 13);
    CHECK_TEXT(first->mark, "I.");
    CHECK_INT(doc->blocks[3].level, 2);
}

TEST_PLAIN(docx_tables_keep_merged_cells_header_rows_and_inner_tables)
{
    struct document *doc = read_body(
        "<w:tbl><w:tblPr><w:tblBorders><w:top w:val=\"single\"/></w:tblBorders></w:tblPr>"
        "<w:tblGrid><w:gridCol w:w=\"200\"/><w:gridCol w:w=\"400\"/><w:gridCol w:w=\"600\"/></w:tblGrid>"
        "<w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr><w:p><w:r><w:t>A</w:t></w:r></w:p>"
        "</w:tc><w:tc><w:p><w:r><w:t>B</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:p/></w:tc><w:tc><w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr><w:p><w:r><w:t>C</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>D</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr>"
        "<w:tr><w:trPr><w:del w:id=\"1\"/></w:trPr><w:tc><w:p><w:r><w:t>bỏ</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:p><w:r><w:t>E</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
        "<w:tc><w:p/></w:tc></w:tr></w:tbl>");
    CHECK_INT(doc->count, 1);
    const struct block *table = &doc->blocks[0];
    CHECK_INT(table->rows, 3);
    CHECK_INT(table->columns, 3);
    CHECK(table->borders && table->widths[1] == 20);
    CHECK_INT(cell_of(table, 0, 0)->column_span, 2);
    CHECK(cell_of(table, 0, 0)->header && !cell_of(table, 1, 0)->header);
    CHECK_INT(cell_of(table, 1, 1)->row_span, 2);
    CHECK(cell_of(table, 2, 1) == NULL);
    const struct cell_box *outer = cell_of(table, 1, 2);
    CHECK_INT(outer->blocks[0].kind, BLOCK_TABLE);
    CHECK_TEXT(outer->blocks[0].cells[0].blocks[0].text, "D");
}

TEST_PLAIN(docx_accepts_tracked_changes_and_takes_one_branch_of_alternatives)
{
    struct document *doc = read_body(
        "<w:p><w:ins w:id=\"1\"><w:r><w:t>Thêm </w:t></w:r></w:ins><w:del w:id=\"2\"><w:r><w:delText>bỏ</w:delText></w:r></w:del>"
        "<w:moveFrom w:id=\"3\"><w:r><w:t>cũ</w:t></w:r></w:moveFrom><w:hyperlink><w:r><w:t>nối</w:t></w:r></w:hyperlink></w:p>"
        "<w:p><w:pPr><w:rPr><w:del w:id=\"4\"/></w:rPr></w:pPr><w:r><w:t>Hai đoạn </w:t></w:r></w:p>"
        "<w:p><w:r><w:t>thành một</w:t></w:r></w:p>"
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>Khung</w:t></w:r></w:p>"
        "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>Khung</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>Ô nhập</w:t></w:r></w:p></w:sdtContent></w:sdt>");
    CHECK_INT(doc->count, 4);
    CHECK_TEXT(line_of(doc->blocks, doc->count, 0), "Thêm nối");
    CHECK_TEXT(line_of(doc->blocks, doc->count, 1), "Hai đoạn thành một");
    CHECK_TEXT(line_of(doc->blocks, doc->count, 2), "Khung");
    CHECK_TEXT(line_of(doc->blocks, doc->count, 3), "Ô nhập");
}

TEST_PLAIN(docx_breaks_tabs_signs_and_footnotes)
{
    struct document *doc = read_body(
        "<w:p><w:r><w:t>1.</w:t><w:tab/><w:t>Trung tâm</w:t><w:br/><w:t xml:space=\"preserve\">  Y  tế</w:t><w:tab/><w:t>SỐ</w:t>"
        "<w:noBreakHyphen/><w:t>A</w:t><w:softHyphen/><w:footnoteReference w:id=\"2\"/><w:t>.</w:t>"
        "<w:sym w:font=\"Wingdings\" w:char=\"F0E0\"/></w:r></w:p>"
        "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p><w:p><w:r><w:lastRenderedPageBreak/><w:rPr><w:vanish/></w:rPr></w:r>"
        "<w:r><w:rPr><w:b/></w:rPr><w:t>Đậm</w:t></w:r><w:r><w:t xml:space=\"preserve\"> thường</w:t></w:r></w:p>");
    CHECK_INT(doc->count, 3);
    CHECK_TEXT(doc->blocks[0].text, "1. Trung tâm\nY tế\tSỐ-A.→");
    CHECK_INT(doc->blocks[1].kind, BLOCK_FOOTNOTE);
    CHECK_TEXT(doc->blocks[1].note, "1");
    CHECK_TEXT(doc->blocks[1].text, "Chú thích");
    const struct block *last = &doc->blocks[2];
    CHECK_INT(last->place.page, 2);
    CHECK_INT(last->place.from, 3);
    CHECK(!last->bold && last->run_count == 2 && last->runs[0].bold);
    CHECK_INT(last->runs[0].length + last->runs[1].length, strlen(last->text));
}

TEST_PLAIN(docx_head_in_the_header_of_the_pages_comes_first)
{
    const struct zip_part parts[] = {
        { "word/document.xml", "<w:document " WORD "><w:body><w:p><w:r><w:t>KẾ HOẠCH</w:t></w:r></w:p></w:body></w:document>" },
        { "word/_rels/document.xml.rels", "<Relationships><Relationship Id=\"a\" Type=\"http://x/header\" Target=\"h1.xml\"/>"
                                          "<Relationship Id=\"b\" Type=\"http://x/header\" Target=\"h2.xml\"/></Relationships>" },
        { "word/h1.xml", "<w:hdr " WORD "><w:p><w:r><w:t>2</w:t></w:r></w:p></w:hdr>" }, /* a page number */
        { "word/h2.xml", "<w:hdr " WORD "><w:p><w:r><w:t>SỞ Y TẾ</w:t><w:tab/><w:t>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</w:t></w:r></w:p></w:hdr>" },
        { NULL, NULL },
    };
    size_t size;
    void *bytes = test_zip(parts, &size);
    struct document *doc = NULL;
    CHECK_INT(doc_read(test_ctx(), bytes, size, &doc), OK);
    CHECK_INT(doc->count, 2);
    CHECK_TEXT(doc->blocks[0].text, "SỞ Y TẾ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    CHECK_TEXT(doc->blocks[1].text, "KẾ HOẠCH");
}

TEST_PLAIN(docx_styles_in_a_ring_end)
{
    struct document *doc = read_body("<w:p><w:pPr><w:pStyle w:val=\"LoopA\"/></w:pPr><w:r><w:t>x y</w:t></w:r></w:p>");
    CHECK_TEXT(doc->blocks[0].text, "x y");
}

static const char *refusal(const struct zip_part *parts)
{
    size_t size;
    void *bytes = test_zip(parts, &size);
    struct ctx *c = test_ctx();
    struct document *doc = NULL;
    CHECK_INT(doc_read(c, bytes, size, &doc), INVALID);
    return c->message;
}

TEST_PLAIN(docx_attacks_and_damage_are_refused)
{
    const struct zip_part entities[] = { { "word/document.xml",
        "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><w:document " WORD "><w:body><w:p><w:r><w:t>&b;</w:t></w:r>"
        "</w:p></w:body></w:document>" }, { NULL, NULL } };
    CHECK_TEXT(refusal(entities), doc_says_broken);
    const struct zip_part cut[] = { { "word/document.xml", "<w:document " WORD "><w:body><w:p>" }, { NULL, NULL } };
    CHECK_TEXT(refusal(cut), doc_says_broken);
    const struct zip_part empty[] = { { "word/document.xml", "<w:document " WORD "><w:body><w:p/></w:body></w:document>" }, { NULL, NULL } };
    CHECK_TEXT(refusal(empty), doc_says_empty);
    const struct zip_part picture[] = { { "word/document.xml", "<w:document " WORD "><w:body><w:p><w:r><w:drawing><blip/></w:drawing>"
        "</w:r></w:p></w:body></w:document>" }, { NULL, NULL } };
    CHECK_TEXT(refusal(picture), doc_says_images);
    size_t big = 13 * 1024 * 1024;
    char *bomb = arena_alloc(test_ctx()->arena, big + 1);
    memset(bomb, ' ', big);
    const struct zip_part blown[] = { { "word/document.xml", bomb }, { NULL, NULL } };
    CHECK_TEXT(refusal(blown), doc_says_huge);
}

static struct document *plan_file(const char *name)
{
    size_t size;
    struct ctx *c = test_ctx();
    char *bytes = test_file(c->arena, arena_printf(c->arena, "../shared/plans/files/%s", name), &size);
    if (bytes == NULL)
        test_skip("../shared/plans is absent");
    struct document *doc = NULL;
    CHECK_INT(doc_read(c, bytes, size, &doc), OK);
    return doc;
}

TEST_PLAIN(docx_plan_has_its_annex_table_with_merged_cells)
{
    struct document *doc = plan_file("003.docx");
    const struct block *table = &doc->blocks[doc->count - 1];
    CHECK_INT(table->kind, BLOCK_TABLE);
    CHECK_INT(table->rows, 13);
    CHECK_INT(table->columns, 6);
    CHECK_INT(cell_of(table, 5, 2)->row_span, 6);
    CHECK_INT(cell_of(table, 5, 5)->row_span, 6);
    CHECK_TEXT(cell_of(table, 12, 4)->blocks[0].text, "Tháng 9/2026");
    CHECK(cell_of(table, 0, 0)->header);
}

TEST_PLAIN(docx_plan_has_its_marks_and_footnotes)
{
    struct document *bullets = plan_file("002.docx");
    int dashes = 0;
    for (size_t i = 0; i < bullets->count; i++)
        dashes += bullets->blocks[i].mark != NULL && strcmp(bullets->blocks[i].mark, "-") == 0;
    CHECK(dashes > 20);
    struct document *notes = plan_file("001.docx");
    int count = 0;
    for (size_t i = 0; i < notes->count; i++)
        count += notes->blocks[i].kind == BLOCK_FOOTNOTE;
    CHECK_INT(count, 3);
}
