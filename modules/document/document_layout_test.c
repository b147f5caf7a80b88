#include "modules/document/document_layout.h"
#include "platform/base/clock.h"
#include "tests/test.h"
#include "tests/test_docx.h"

static const char *const recipients[] = { "Sở Y tế (b/c)", "Lưu: VT, TCHC", NULL };

static struct official_document report(struct document_body *body)
{
    body_heading(body, 0, "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH");
    body_paragraph(body, "Trong kỳ, đơn vị có 12 việc đến hạn.");
    return (struct official_document){ .parent_agency = "Sở Y tế tỉnh Hương Giang", .agency = "Trung tâm Y tế Sông Hương",
                                       .symbol = "BC-TTYTSH", .place = "Phú Lương", .day = day_of(2026, 3, 16), .kind = "Báo cáo",
                                       .subject = "Kết quả quý I năm 2026", .body = body->blocks, .body_count = body->count,
                                       .recipients = recipients, .signer_title = "Giám đốc" };
}

static const char *xml_of(struct ctx *c, const struct official_document *o)
{
    const void *bytes = NULL;
    size_t size = 0;
    CHECK(doc_write_docx(c, document_layout(c->arena, o), &bytes, &size) == OK);
    return docx_part(c->arena, bytes, size, "word/document.xml");
}

/* Size in half points of the paragraph that holds a text. */
static int64_t size_of(struct ctx *c, const char *xml, const char *text)
{
    int64_t size = 0;
    text_int(docx_value(c->arena, xml, arena_printf(c->arena, "string(//w:p[contains(., '%s')]//w:sz/@w:val)", text)), &size);
    return size;
}

static bool has(struct ctx *c, const char *xml, const char *text, const char *look)
{
    return docx_count(xml, arena_printf(c->arena, "//w:p[contains(., '%s')][%s]", text, look)) == 1;
}

TEST_PLAIN(every_component_has_the_size_and_look_of_the_decree)
{
    struct ctx *c = test_ctx();
    struct document_body body = { .arena = c->arena };
    struct official_document o = report(&body);
    const char *xml = xml_of(c, &o);
    CHECK_INT(size_of(c, xml, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), 26);
    CHECK(has(c, xml, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", ".//w:b"));
    CHECK_INT(size_of(c, xml, "Độc lập - Tự do - Hạnh phúc"), 28);
    CHECK(has(c, xml, "SỞ Y TẾ TỈNH HƯƠNG GIANG", "not(.//w:b)"));
    CHECK(has(c, xml, "TRUNG TÂM Y TẾ SÔNG HƯƠNG", ".//w:b"));
    CHECK(size_of(c, xml, "TRUNG TÂM Y TẾ SÔNG HƯƠNG") >= 24);
    CHECK_INT(size_of(c, xml, "/BC-TTYTSH"), 26);
    CHECK(has(c, xml, "Phú Lương, ngày", ".//w:i"));
    CHECK_INT(size_of(c, xml, "BÁO CÁO"), 28);
    CHECK(has(c, xml, "Kết quả quý I năm 2026", ".//w:b and w:pPr/w:jc/@w:val='center'"));
    CHECK_INT(size_of(c, xml, "12 việc đến hạn"), 28);
    CHECK(has(c, xml, "12 việc đến hạn", "w:pPr/w:jc/@w:val='both' and w:pPr/w:ind/@w:firstLine=720 and w:pPr/w:spacing/@w:before=120"));
    CHECK(has(c, xml, "GIÁM ĐỐC", ".//w:b and .//w:sz/@w:val=28"));
    CHECK(has(c, xml, "Nơi nhận:", ".//w:b and .//w:i and .//w:sz/@w:val=24"));
    CHECK_INT(size_of(c, xml, "- Lưu: VT, TCHC."), 22);
}

TEST_PLAIN(head_and_foot_are_tables_without_borders_and_lines_are_drawn)
{
    struct ctx *c = test_ctx();
    struct document_body body = { .arena = c->arena };
    struct official_document o = report(&body);
    const char *xml = xml_of(c, &o);
    CHECK_INT(docx_count(xml, "//w:tbl"), 2);
    CHECK_INT(docx_count(xml, "//w:tbl[1]/w:tblGrid/w:gridCol"), 2);
    CHECK_INT(docx_count(xml, "//w:tblBorders/*[@w:val!='nil']"), 0);
    CHECK_INT(docx_count(xml, "//w:p[w:pPr/w:pBdr/w:top]"), 3); /* agency, motto, subject */
    CHECK_INT(docx_count(xml, "//w:u"), 0);
    CHECK_INT(docx_count(xml, "//w:tbl[2]//w:tc[1][contains(., 'Nơi nhận')]"), 1);
    CHECK_INT(docx_count(xml, "//w:tbl[2]//w:tc[2][contains(., 'GIÁM ĐỐC')]"), 1);
}

TEST_PLAIN(the_content_ends_with_its_sign_and_stays_with_the_signature)
{
    struct ctx *c = test_ctx();
    struct document_body body = { .arena = c->arena };
    struct official_document o = report(&body);
    CHECK(has(c, xml_of(c, &o), "12 việc đến hạn./.", "w:pPr/w:keepNext"));
}

TEST_PLAIN(number_and_day_are_left_blank_until_they_are_given)
{
    struct ctx *c = test_ctx();
    struct document_body body = { .arena = c->arena };
    struct official_document o = report(&body);
    CHECK(strstr(xml_of(c, &o), "Số: \u00a0") != NULL);
    CHECK(strstr(xml_of(c, &o), "\u00a0tháng 3 năm 2026") != NULL);
    o.number = "07";
    o.dated = true;
    o.day = day_of(2026, 2, 5);
    CHECK(strstr(xml_of(c, &o), "Số: 07/BC-TTYTSH") != NULL);
    CHECK(strstr(xml_of(c, &o), "Phú Lương, ngày 05 tháng 02 năm 2026") != NULL);
}

TEST_PLAIN(a_letter_has_its_subject_under_the_number)
{
    static const char *const to[] = { "Các khoa, phòng", "Trạm Y tế xã Bình Minh", NULL };
    struct ctx *c = test_ctx();
    struct document_body body = { .arena = c->arena };
    struct official_document o = report(&body);
    o.kind = NULL;
    o.subject = "đăng tin về cải cách hành chính";
    o.addressees = to;
    const char *xml = xml_of(c, &o);
    CHECK_INT(docx_count(xml, "//w:tbl[1]//w:tr[2]/w:tc[1][contains(., 'V/v đăng tin về cải cách hành chính')]"), 1);
    CHECK_INT(size_of(c, xml, "V/v đăng tin"), 24);
    CHECK(has(c, xml, "Kính gửi:", "true()"));
    CHECK(has(c, xml, "- Trạm Y tế xã Bình Minh.", "true()"));
}

TEST_PLAIN(a_long_agency_name_is_cut_into_even_lines)
{
    struct ctx *c = test_ctx();
    struct document_body body = { .arena = c->arena };
    struct official_document o = report(&body);
    o.agency = "Trung tâm Y tế khu vực Sông Hương - Phú Lương";
    const char *xml = xml_of(c, &o);
    CHECK_INT(docx_count(xml, "//w:p[contains(., 'TRUNG TÂM Y TẾ')]//w:br"), 1);
    CHECK(has(c, xml, "TRUNG TÂM Y TẾ", ".//w:t[starts-with(., 'SÔNG HƯƠNG') or starts-with(., 'VỰC')]"));
}

TEST_PLAIN(a_draft_says_so_on_each_page)
{
    struct ctx *c = test_ctx();
    struct document_body body = { .arena = c->arena };
    struct official_document o = report(&body);
    const void *plain = NULL, *marked = NULL;
    size_t plain_size = 0, marked_size = 0;
    CHECK(doc_write_docx(c, document_layout(c->arena, &o), &plain, &plain_size) == OK);
    o.draft = true;
    CHECK(doc_write_docx(c, document_layout(c->arena, &o), &marked, &marked_size) == OK);
    static const char *const headers[] = { "word/header1.xml", "word/header2.xml" };
    for (size_t i = 0; i < 2; i++) {
        CHECK_INT(docx_count(docx_part(c->arena, plain, plain_size, headers[i]), "//*[@string]"), 0);
        CHECK_INT(docx_count(docx_part(c->arena, marked, marked_size, headers[i]), "//*[@string='DỰ THẢO']"), 1);
    }
}
