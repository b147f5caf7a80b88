/* What web pages become: their paragraphs, lists and tables, without what stands around the document. */
#include "platform/doc/doc_model.h"
#include "tests/test.h"
#include <string.h>

static struct document *page_of(const char *html)
{
    struct document *doc = NULL;
    CHECK_INT(doc_recognise(html, strlen(html), NULL), DOC_HTML);
    CHECK_INT(doc_read(test_ctx(), html, strlen(html), &doc), OK);
    return doc;
}

static const char *line_of(const struct document *doc, size_t i)
{
    return doc == NULL || i >= doc->count ? "(none)" : block_line(test_ctx()->arena, &doc->blocks[i]);
}

TEST_PLAIN(html_paragraphs_lists_and_looks)
{
    struct document *doc = page_of(
        "<!DOCTYPE html><html><head><title>x</title><style>p{}</style></head><body><script>var a = '<p>no';</script>"
        "<h2>I. M&#7908;C ĐÍCH</h2><p align=center><b>Đậm&nbsp;\n hết</b></p><p style='display: none'>ẩn</p>"
        "<p>Một<br>hai <i>nghiêng</i> &amp; ba<p>không đóng<ol type=a start=3><li>c<li>d<ul><li>sâu</ul></ol>"
        "<div>trần <div>trong</div> sau</div><pre>giữ\ndòng</pre></body></html>");
    static const char *const lines[] = { "I. MỤC ĐÍCH", "Đậm hết", "Một hai nghiêng & ba", "không đóng", "c) c", "d) d", "• sâu",
                                         "trần", "trong", "sau", "giữ dòng" };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        CHECK_TEXT(line_of(doc, i), lines[i]);
    CHECK(doc->blocks[0].heading && doc->blocks[0].level == 1 && doc->blocks[0].bold);
    CHECK(doc->blocks[1].bold && doc->blocks[1].align == ALIGN_CENTER);
    CHECK(!doc->blocks[2].italic && doc->blocks[2].align == ALIGN_LEFT);
    CHECK_TEXT(doc->blocks[2].text, "Một\nhai nghiêng & ba");
    CHECK_INT(doc->blocks[6].level, 1);
}

TEST_PLAIN(html_tables_keep_spans_and_layout_tables_vanish)
{
    struct document *doc = page_of(
        "<html><body><table><tr><td><p>chỉ để xếp</p><table border=1><thead><tr><th>STT</th><th colspan=2>Việc</th></tr></thead>"
        "<tbody><tr><td rowspan=9>1</td><td>a<br>b</td><td><table><tr><td>x</td><td>y</td></tr></table></td></tr>"
        "<tr><td colspan=99>c</td></tr></tbody></table></td></tr></table></body></html>");
    CHECK_INT(doc->count, 2);
    CHECK_TEXT(doc->blocks[0].text, "chỉ để xếp");
    const struct block *table = &doc->blocks[1];
    CHECK(table->kind == BLOCK_TABLE && table->rows == 3 && table->columns == 3 && table->borders);
    CHECK(table->cells[0].header && table->cells[1].column_span == 2);
    CHECK_INT(table->cells[2].row_span, 2); /* no more than there are */
    CHECK_TEXT(table->cells[3].blocks[0].text, "a\nb");
    CHECK_INT(table->cells[4].blocks[0].kind, BLOCK_TABLE);
    CHECK(table->cells[5].column == 1 && table->cells[5].column_span == 2);
}

TEST_PLAIN(html_page_is_read_without_what_stands_around_the_document)
{
    struct document *doc = page_of(
        "<html><body><div id=menu><a href=/>Trang chủ</a> <a href=/t>Tin tức</a></div><div><p>Đăng nhập</p></div>"
        "<div class=main><div><p>Cổng thông tin</p></div><div class=doc><table><tr><td>TRUNG TÂM Y TẾ</td>"
        "<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr></table><p><b>KẾ HOẠCH</b></p><p>I. MỤC ĐÍCH</p>"
        "<p>Nâng cao chất lượng phục vụ người bệnh, công khai thủ tục hành chính tại các khoa, phòng của đơn vị.</p>"
        "<p>Nơi nhận:<br>- Sở Y tế;</p></div><p>Lưu trữ</p><p>Văn bản liên quan</p><p>Kế hoạch khác</p></div>"
        "<footer>Bản quyền</footer></body></html>");
    CHECK_INT(doc->count, 5);
    CHECK_INT(doc->blocks[0].kind, BLOCK_TABLE);
    CHECK_TEXT(doc->blocks[4].text, "Nơi nhận:\n- Sở Y tế;");
}

TEST_PLAIN(html_letters_are_read_whatever_the_page_says_of_them)
{
    struct document *doc = page_of("<html><head><meta charset=\"windows-1258\"></head><body><p>Kế hoạch</p></body></html>");
    CHECK_TEXT(line_of(doc, 0), "Kế hoạch"); /* declared wrongly */
    doc = page_of("<html><head><meta http-equiv=Content-Type content=\"text/html; charset=windows-1258\"></head>"
                  "<body><p>K\xEA\xEC hoa\xF2" "ch</p></body></html>");
    CHECK_TEXT(line_of(doc, 0), "Kế hoạch");
    doc = page_of("Version:0.9\r\nStartHTML:00000097\r\n<html><body><!--StartFragment--><p class=MsoNormal>"
                  "<span style='mso-list:Ignore'>&middot;<span>&nbsp; </span></span>Việc<a href=\"#_ftn1\">[1]</a></p>"
                  "<div id=ftn1><p>Chú thích</p></div><!--EndFragment--></body></html>");
    CHECK_TEXT(line_of(doc, 0), "• Việc");
    CHECK_INT(doc->blocks[1].kind, BLOCK_FOOTNOTE);
}

TEST_PLAIN(html_nodes_without_end_are_read_within_bounds)
{
    struct ctx *c = test_ctx();
    struct buffer deep = { .arena = c->arena };
    buffer_add(&deep, "<html><body><p>đầu</p>");
    for (int i = 0; i < 20000; i++)
        buffer_add(&deep, "<div><table><tr><td>");
    buffer_add(&deep, "đáy");
    struct document *doc = NULL;
    enum err err = doc_read(c, deep.text, deep.length, &doc);
    CHECK(err == OK || (err == INVALID && c->message != NULL));
}
