#include "platform/doc/doc_write.h"
#include "tests/test.h"
#include "tests/test_docx.h"

static struct block text_block(const char *text)
{
    return (struct block){ .kind = BLOCK_PARAGRAPH, .text = text, .align = ALIGN_JUSTIFY, .size = 14 };
}

static const char *docx_of(struct ctx *c, const struct document *doc, const char *part)
{
    const void *bytes = NULL;
    size_t size = 0;
    CHECK(doc_write_docx(c, doc, &bytes, &size) == OK);
    return docx_part(c->arena, bytes, size, part);
}

static const char *pdf_of(struct ctx *c, const struct document *doc, size_t *size)
{
    const void *bytes = NULL;
    CHECK(doc_write_pdf(c, doc, &bytes, size) == OK);
    return bytes;
}

static bool holds(const char *bytes, size_t size, const char *text)
{
    return memmem(bytes, size, text, strlen(text)) != NULL;
}

/* A table of `rows` rows with a header and, in the last column, the first two body cells merged. */
static struct block table_block(struct arena *a, int rows)
{
    struct block t = { .kind = BLOCK_TABLE, .rows = rows, .columns = 2, .borders = true };
    t.cells = arena_array(a, (size_t)rows * 2, sizeof *t.cells);
    for (int i = 0; i < rows * 2; i++) {
        if (i == 5)
            continue; /* covered by the merged cell above */
        struct block *content = arena_alloc(a, sizeof *content);
        *content = text_block(arena_printf(a, "Ô số %d", i));
        t.cells[t.cell_count++] = (struct cell_box){ .row = i / 2, .column = i % 2, .row_span = i == 3 ? 2 : 1, .column_span = 1,
                                                     .header = i < 2, .blocks = content, .block_count = 1 };
    }
    return t;
}

TEST_PLAIN(the_same_document_gives_the_same_bytes)
{
    struct ctx *c = test_ctx();
    struct block blocks[] = { text_block("Đơn vị đã ban hành 02 văn bản."), table_block(c->arena, 4) };
    struct document doc = { .title = "Báo cáo", .blocks = blocks, .count = 2 };
    const void *one = NULL, *two = NULL;
    size_t one_size = 0, two_size = 0;
    CHECK(doc_write_docx(c, &doc, &one, &one_size) == OK && doc_write_docx(c, &doc, &two, &two_size) == OK);
    CHECK(one_size == two_size && memcmp(one, two, one_size) == 0);
    const char *first = pdf_of(c, &doc, &one_size), *second = pdf_of(c, &doc, &two_size);
    CHECK(one_size == two_size && memcmp(first, second, one_size) == 0);
}

TEST_PLAIN(docx_page_is_a4_and_numbered_from_page_two)
{
    struct ctx *c = test_ctx();
    struct block blocks[] = { text_block("Một") };
    struct document doc = { .blocks = blocks, .count = 1 };
    const char *xml = docx_of(c, &doc, "word/document.xml");
    CHECK_INT(docx_count(xml, "//w:sectPr/w:pgSz[@w:w=11906][@w:h=16838]"), 1);
    CHECK_INT(docx_count(xml, "//w:pgMar[@w:top=1134][@w:bottom=1134][@w:left=1701][@w:right=850]"), 1);
    CHECK_INT(docx_count(xml, "//w:sectPr/w:titlePg"), 1);
    CHECK_INT(docx_count(docx_of(c, &doc, "word/header1.xml"), "//w:instrText[contains(., 'PAGE')]"), 1);
    CHECK_INT(docx_count(docx_of(c, &doc, "word/header2.xml"), "//w:r"), 0);
    CHECK_TEXT(docx_value(c->arena, docx_of(c, &doc, "word/styles.xml"), "string(//w:docDefaults//w:rFonts/@w:ascii)"), "Times New Roman");
    CHECK(docx_of(c, &doc, "[Content_Types].xml") != NULL && docx_of(c, &doc, "word/_rels/document.xml.rels") != NULL);
}

TEST_PLAIN(docx_table_keeps_merges_and_repeats_its_header)
{
    struct ctx *c = test_ctx();
    struct block blocks[] = { table_block(c->arena, 4) };
    struct document doc = { .blocks = blocks, .count = 1 };
    const char *xml = docx_of(c, &doc, "word/document.xml");
    CHECK_INT(docx_count(xml, "//w:tr"), 4);
    CHECK_INT(docx_count(xml, "//w:tr[1]/w:trPr/w:tblHeader"), 1);
    CHECK_INT(docx_count(xml, "//w:tr/w:trPr/w:tblHeader"), 1);
    CHECK_INT(docx_count(xml, "//w:tr/w:trPr/w:cantSplit"), 4);
    CHECK_TEXT(docx_value(c->arena, xml, "string(//w:tr[2]/w:tc[2]//w:vMerge/@w:val)"), "restart");
    CHECK_TEXT(docx_value(c->arena, xml, "string(//w:tr[3]/w:tc[2]//w:vMerge/@w:val)"), "continue");
    CHECK_INT(docx_count(xml, "//w:tc[not(w:p)]"), 0); /* Word repairs a cell without a paragraph */
    CHECK_INT(docx_count(xml, "//w:body/w:tbl/following-sibling::*[1][self::w:p]"), 1);
}

TEST_PLAIN(docx_footnote_is_a_real_one)
{
    struct ctx *c = test_ctx();
    struct run runs[] = { { .length = strlen("Theo quy định") }, { .length = 1, .superscript = true } };
    struct block blocks[] = { text_block("Theo quy định1"), { .kind = BLOCK_FOOTNOTE, .note = "1", .text = "Nghị định số 30/2020/NĐ-CP." } };
    blocks[0].runs = runs;
    blocks[0].run_count = 2;
    struct document doc = { .blocks = blocks, .count = 2 };
    const char *xml = docx_of(c, &doc, "word/document.xml"), *notes = docx_of(c, &doc, "word/footnotes.xml");
    CHECK_INT(docx_count(xml, "//w:footnoteReference[@w:id=1]"), 1);
    CHECK_INT(docx_count(xml, "//w:p[contains(., 'Nghị định')]"), 0);
    CHECK_INT(docx_count(notes, "//w:footnote[@w:id=1][contains(., 'Nghị định số 30/2020/NĐ-CP.')]"), 1);
}

TEST_PLAIN(docx_takes_any_text)
{
    struct ctx *c = test_ctx();
    struct block blocks[] = { text_block("a < b & \"c\" \x01 ]]>\nhai\tba"), { .kind = BLOCK_PAGE_BREAK }, text_block("Trang sau") };
    struct document doc = { .title = "<&>", .blocks = blocks, .count = 3 };
    const char *xml = docx_of(c, &doc, "word/document.xml");
    CHECK_TEXT(docx_value(c->arena, xml, "string((//w:t)[1])"), "a < b & \"c\"  ]]>");
    CHECK_INT(docx_count(xml, "//w:br"), 1);
    CHECK_INT(docx_count(xml, "//w:tab"), 1);
    CHECK_INT(docx_count(xml, "//w:p[w:pPr/w:pageBreakBefore][contains(., 'Trang sau')]"), 1);
}

TEST_PLAIN(a_picture_fits_the_page_in_both_files)
{
    /* 8 x 2 pixels, grey */
    static const unsigned char png[] = {
        0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0, 8, 0, 0, 0, 2, 8, 0, 0, 0, 0,
        0xd1, 0x16, 0x4b, 0x2c, 0, 0, 0, 12, 'I', 'D', 'A', 'T', 0x78, 0x9c, 0x63, 0x68, 0x60, 0x40, 0x02, 0, 0x10, 0x62, 0x01, 0x01,
        0xb9, 0x8c, 0x9e, 0x7b, 0, 0, 0, 0, 'I', 'E', 'N', 'D', 0xae, 0x42, 0x60, 0x82 };
    struct ctx *c = test_ctx();
    struct block image = { .kind = BLOCK_IMAGE, .image_type = "image/png", .image = png, .image_size = sizeof png, .place = { .width = 2000 } };
    double width = 0, height = 0;
    CHECK(doc_picture_size(&image, 400, &width, &height));
    CHECK_INT((int64_t)width, 400);
    CHECK_INT((int64_t)height, 100);
    struct document doc = { .blocks = &image, .count = 1 };
    CHECK_INT(docx_count(docx_of(c, &doc, "word/document.xml"), "//wp:inline//pic:pic//a:blip[@r:embed='rId11']"), 1);
    CHECK(strstr(docx_of(c, &doc, "word/_rels/document.xml.rels"), "media/image1.png") != NULL);
    size_t size = 0;
    CHECK(pdf_of(c, &doc, &size) != NULL);
}

TEST_PLAIN(pdf_is_a4_in_the_one_font_that_has_vietnamese)
{
    struct ctx *c = test_ctx();
    struct block blocks[] = { text_block("Ơ Ư Ạ Ả Ấ Ầ Ẩ Ẫ Ậ Ắ Ằ Ẳ Ẵ Ặ Ẹ Ẻ Ẽ Ế Ề Ể Ễ Ệ Ỉ Ị Ọ Ỏ Ố Ồ Ổ Ỗ Ộ Ớ Ờ Ở Ỡ Ợ Ụ Ủ Ứ Ừ Ử Ữ Ự Ỳ Ỵ Ỷ Ỹ Đ ₫") };
    struct document doc = { .blocks = blocks, .count = 1 };
    size_t size = 0;
    const char *pdf = pdf_of(c, &doc, &size);
    CHECK(size > 5 && memcmp(pdf, "%PDF-", 5) == 0);
    CHECK(holds(pdf, size, "/MediaBox [ 0 0 595.3"));
    CHECK(holds(pdf, size, "LiberationSerif"));
    CHECK(!holds(pdf, size, "DejaVu"));
    CHECK(holds(pdf, size, "/Count 1"));
}

TEST_PLAIN(a_long_table_and_a_row_higher_than_a_page_go_over_pages)
{
    struct ctx *c = test_ctx();
    struct block blocks[] = { table_block(c->arena, 120) };
    struct document doc = { .blocks = blocks, .count = 1 };
    size_t size = 0;
    const char *pdf = pdf_of(c, &doc, &size);
    CHECK(holds(pdf, size, "/Count 3"));
    struct buffer tall = { .arena = c->arena };
    for (int i = 0; i < 100; i++)
        buffer_add(&tall, "dòng\n");
    blocks[0] = table_block(c->arena, 4);
    blocks[0].cells[2].blocks[0].text = tall.text;
    pdf = pdf_of(c, &doc, &size);
    CHECK(holds(pdf, size, "/Count 3"));
}

/* ---- what is written is read back the same ---- */
static struct document *read_back(struct ctx *c, const struct document *doc)
{
    const void *bytes = NULL;
    size_t size = 0;
    struct document *back = NULL;
    CHECK_INT(doc_write_docx(c, doc, &bytes, &size), OK);
    CHECK_INT(doc_read_docx(c, bytes, size, &back), OK);
    return back;
}

/* The next block that says something: a drawn line and the space round a table are empty paragraphs in the file. */
static const struct block *next_block(const struct block *blocks, size_t count, size_t *at)
{
    while (*at < count && (blocks[*at].kind == BLOCK_PAGE_BREAK ||
                           (blocks[*at].kind == BLOCK_PARAGRAPH && text_blank(blocks[*at].text))))
        (*at)++;
    return *at < count ? &blocks[(*at)++] : NULL;
}

static void check_same(const struct block *wrote, size_t wrote_count, const struct block *read, size_t read_count);

static void check_same_table(const struct block *w, const struct block *r)
{
    CHECK_INT(r->rows, w->rows);
    CHECK_INT(r->columns, w->columns);
    CHECK_INT((int64_t)r->cell_count, (int64_t)w->cell_count);
    for (size_t i = 0; i < w->cell_count && r->cell_count == w->cell_count; i++) {
        const struct cell_box *a = &w->cells[i], *b = &r->cells[i];
        CHECK(a->row == b->row && a->column == b->column && a->row_span == b->row_span && a->column_span == b->column_span);
        CHECK(a->header == b->header);
        check_same(a->blocks, a->block_count, b->blocks, b->block_count);
    }
}

static void check_same(const struct block *wrote, size_t wrote_count, const struct block *read, size_t read_count)
{
    size_t at = 0, other = 0;
    const struct block *w, *r;
    while ((w = next_block(wrote, wrote_count, &at)) != NULL) {
        r = next_block(read, read_count, &other);
        CHECK(r != NULL && r->kind == w->kind);
        if (r == NULL || r->kind != w->kind)
            return;
        if (w->kind == BLOCK_TABLE) {
            check_same_table(w, r);
            continue;
        }
        CHECK_TEXT(r->text, w->text);
        if (w->kind == BLOCK_FOOTNOTE)
            continue; /* the reader keeps the words of a note, not its look */
        CHECK(r->align == w->align && r->bold == w->bold && r->italic == w->italic && r->heading == w->heading);
        CHECK_INT((int64_t)(r->size * 2), (int64_t)(w->size * 2));
        CHECK_INT((int64_t)r->first_indent, (int64_t)w->first_indent);
    }
    CHECK(next_block(read, read_count, &other) == NULL);
}

TEST_PLAIN(a_written_docx_is_read_back_as_the_same_model)
{
    struct ctx *c = test_ctx();
    struct run runs[] = { { .length = strlen("Theo ") }, { .length = strlen("quy định"), .bold = true }, { .length = 1, .superscript = true } };
    struct block blocks[] = {
        text_block("BÁO CÁO\nhai dòng"), text_block("I. CHỈ ĐẠO"), text_block("Theo quy định1"),
        { .kind = BLOCK_FOOTNOTE, .note = "1", .text = "Nghị định số 30/2020/NĐ-CP.", .size = 10 }, table_block(c->arena, 5),
        text_block("Sau bảng"), { .kind = BLOCK_PAGE_BREAK }, text_block("Trang sau"),
    };
    blocks[0].align = ALIGN_CENTER;
    blocks[0].bold = true;
    blocks[0].rule = 100;
    blocks[1].heading = blocks[1].bold = true;
    blocks[2].runs = runs;
    blocks[2].run_count = 3;
    blocks[2].first_indent = 36;
    blocks[5].align = ALIGN_CENTER;
    blocks[5].italic = true;
    struct document doc = { .blocks = blocks, .count = sizeof blocks / sizeof blocks[0] };
    struct document *back = read_back(c, &doc);
    blocks[2].text = "Theo quy định"; /* the reader leaves references out of the text */
    check_same(blocks, doc.count, back->blocks, back->count);
}
