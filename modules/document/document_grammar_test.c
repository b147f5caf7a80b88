#include "document_fold.h"
#include "document_grammar.h"
#include "platform/base/clock.h"
#include "tests/test.h"

struct vector {
    const char *text, *kind, *number, *day, *issuer;
};

static void check_first(const struct vector *v)
{
    struct arena *a = test_ctx()->arena;
    struct citation *list = NULL;
    size_t count = document_citations(a, v->text, &list);
    test_check(count > 0, v->text, __FILE__, __LINE__);
    if (count == 0)
        return;
    CHECK_TEXT(list[0].kind != NULL ? list[0].kind->name : NULL, v->kind);
    CHECK_TEXT(list[0].number.text, v->number);
    CHECK_TEXT(list[0].has_date ? day_iso(a, list[0].date.when) : NULL, v->day);
    if (v->issuer != NULL)
        CHECK_TEXT(list[0].issuer, v->issuer);
}

TEST_PLAIN(citations_are_read_in_all_their_forms)
{
    static const struct vector vectors[] = {
        { "Kế hoạch số 695/KH-SYT ngày 30/8/2025 của Sở Y tế tỉnh Quảng Ngãi về tuyên truyền", "Kế hoạch", "695/KH-SYT", "2025-08-30", "Sở Y tế tỉnh Quảng Ngãi" },
        { "Nghị quyết số 04-NQ/TU ngày 18/10/2021 của Tỉnh ủy", "Nghị quyết", "04-NQ/TU", "2021-10-18", "Tỉnh ủy" },
        { "Nghị quyết số 93/NQ-HĐND ngày 08/12/2021 của HĐND tỉnh", "Nghị quyết", "93/NQ-HĐND", "2021-12-08", "HĐND tỉnh" },
        { "Nghị quyết số 04/NQ-CP ngày 10/01/2022", "Nghị quyết", "04/NQ-CP", "2022-01-10", "Chính phủ" },
        { "Chỉ thị số 34-CT/TU ngày 27/10/2023 của Ban Thường vụ Thành ủy Đà Nẵng về tiếp tục", "Chỉ thị", "34-CT/TU", "2023-10-27", "Ban Thường vụ Thành ủy Đà Nẵng" },
        { "Chương trình số 01/BNV-CĐVCVN ngày 17/11/2021", "Chương trình", "01/BNV-CĐVCVN", "2021-11-17", NULL },
        { "Quyết định số 21/2018/QĐ-UBND ngày 20/7/2018", "Quyết định", "21/2018/QĐ-UBND", "2018-07-20", NULL },
        { "Thông tư số 01/2018/TT-VPCP", "Thông tư", "01/2018/TT-VPCP", NULL, "Văn phòng Chính phủ" },
        { "Kế hoạch số 7051/KH-UBND ngày 30 tháng 12 năm 2020 của Ủy ban nhân dân tỉnh Bến Tre về thông tin", "Kế hoạch", "7051/KH-UBND", "2020-12-30", "Ủy ban nhân dân tỉnh Bến Tre" },
        { "Công văn số 581/BNV-CCHC", "Công văn", "581/BNV-CCHC", NULL, "Bộ Nội vụ" },
        { "Công điện 89/CĐ-TTg", "Công điện", "89/CĐ-TTg", NULL, "Thủ tướng Chính phủ" },
        { "Công văn số 2231/SNV-CCHC&PC ngày 5/3/2025", "Công văn", "2231/SNV-CCHC&PC", "2025-03-05", NULL },
        { "Luật số 91/2025/QH15", "Luật", "91/2025/QH15", NULL, "Quốc hội" },
        { "Chương trình phối hợp số 12/CTr-SYT ngày 02/9/2021", "Chương trình", "12/CTr-SYT", "2021-09-02", NULL },
        { "Công văn số 85a/SYT-VP", "Công văn", "85a/SYT-VP", NULL, NULL },
    };
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++)
        check_first(&vectors[i]);
}

TEST_PLAIN(citations_damaged_by_ocr_or_broken_lines_are_mended)
{
    static const struct vector vectors[] = {
        { "Nghi quyét s6 93/NQ-HPND ngay 08/ 12/2021 cua Hoi ddng", "Nghị quyết", "93/NQ-HĐND", "2021-12-08", NULL },
        { "K& hoach sé 705 1/KH-UBND ngay 30 thang 12 ndm 2020 cia", "Kế hoạch", "7051/KH-UBND", "2020-12-30", NULL },
        { "Nghj quyét so 18-NQ/TW", "Nghị quyết", "18-NQ/TW", NULL, NULL },
        { "Quyét dinh s6\n1588/QD-TTg ngay 17/12/2024", "Quyết định", "1588/QĐ-TTg", "2024-12-17", NULL },
        { "Nghi dinh sb\n61/2018/ND-CP", "Nghị định", "61/2018/NĐ-CP", NULL, "Chính phủ" },
        { "Chỉ thị số 23/CT-\nTTg ngày 02/9/2021", "Chỉ thị", "23/CT-TTg", "2021-09-02", "Thủ tướng Chính phủ" },
        { "Quyết định số 574/QĐ–TTg", "Quyết định", "574/QĐ-TTg", NULL, NULL },
    };
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++)
        check_first(&vectors[i]);
}

TEST_PLAIN(a_serial_of_more_digits_than_any_register_has_is_no_number)
{
    struct arena *a = test_ctx()->arena;
    struct citation *list = NULL;
    CHECK_INT(document_citations(a, "số 6IIIIII/KH-SYT, số 1234567/KH-SYT", &list), 0);
    CHECK_INT(document_citations(a, "công văn số 7O51/KH-UBND", &list), 1);
    CHECK_TEXT(list[0].number.text, "7051/KH-UBND");
    CHECK(list[0].number.repaired && list[0].confidence < 0.75);
}

TEST_PLAIN(neighbours_share_an_issuer_and_later_mentions_inherit_it)
{
    struct arena *a = test_ctx()->arena;
    struct citation *list = NULL;
    size_t count = document_citations(a, "Nghị quyết số 18-NQ/TW và Nghị quyết số 19-NQ/TW của Ban Chấp hành Trung ương khóa XII về", &list);
    CHECK_INT(count, 2);
    CHECK_TEXT(list[0].issuer, "Ban Chấp hành Trung ương khóa XII");
    CHECK(list[0].issuer_shared && !list[1].issuer_shared);
    count = document_citations(a, "Kế hoạch số 1/KH-SYT của Sở Y tế tỉnh Hương Giang; (Kế hoạch số 9/KH-SYT ngày 25/12/2021)", &list);
    CHECK_INT(count, 2);
    CHECK_TEXT(list[1].issuer, "Sở Y tế tỉnh Hương Giang");
}

TEST_PLAIN(laws_and_nicknames_have_no_number_and_dates_are_no_numbers)
{
    struct arena *a = test_ctx()->arena;
    struct citation *list = NULL;
    CHECK_INT(document_citations(a, "theo Luật Tổ chức chính quyền địa phương năm 2025 và pháp luật năm 2020", &list), 1);
    CHECK_INT(list[0].year, 2025);
    CHECK_TEXT(list[0].title, "Tổ chức chính quyền địa phương");
    CHECK_INT(document_citations(a, "Căn cứ Luật Khám bệnh, chữa bệnh ngày 09 tháng 01 năm 2023;", &list), 1);
    CHECK(list[0].has_date && list[0].number.text == NULL);
    CHECK_INT(document_citations(a, "triển khai Đề án 06/CP", &list), 1);
    CHECK(list[0].nickname && list[0].number.text == NULL);
    CHECK_INT(document_citations(a, "ngày 15/6/2021 và 15/12/2021, 02 bài/năm, ISO 9001:2015, 24/24, 6 tháng, nghi-dinh-20-2008-nd-cp", &list), 0);
}

TEST_PLAIN(a_mistyped_date_is_read_and_flagged)
{
    struct document_date date;
    const char *end;
    CHECK(document_date_read("14/6//2021)", &date, &end) && date.typo && strcmp(end, ")") == 0);
    CHECK_INT(date.when, day_of(2021, 6, 14));
    CHECK(document_date_read("ngày 09 tháng 9 năm 2025", &date, &end) && !date.typo);
    CHECK(document_date_read("8.3.2022", &date, &end));
    CHECK(!document_date_read("31/9/2025", &date, &end));
    CHECK(!document_date_read("ngày      tháng      năm 2022", &date, &end));
}

TEST_PLAIN(the_kinds_are_the_decrees_and_their_symbols_differ)
{
    struct arena *a = test_ctx()->arena;
    for (int i = 0; i < DOCUMENT_KINDS_OF_DECREE; i++)
        for (int j = 0; j < i; j++)
            CHECK(document_kinds[i].symbol == NULL || document_kinds[j].symbol == NULL ||
                  strcmp(document_kinds[i].symbol, document_kinds[j].symbol) != 0);
    CHECK_TEXT(document_kinds[DOCUMENT_KINDS_OF_DECREE - 1].name, "Thư công");
    CHECK_TEXT(document_kind_named(a, "KẾ HOẠCH")->symbol, "KH");
    CHECK_TEXT(document_kind_of("QĐ")->name, "Quyết định");
    CHECK(document_kind_of("XYZ") == NULL);
}

TEST_PLAIN(loose_keys_forgive_what_scanners_confuse)
{
    struct arena *a = test_ctx()->arena;
    const char *end;
    CHECK(fold_alike(fold_loose(a, "Pon vi chii tri"), fold_loose(a, "Đơn vị chủ trì")));
    CHECK(fold_alike(fold_loose(a, "Thudng xuyén"), fold_loose(a, "Thường xuyên")));
    CHECK(!fold_alike(fold_loose(a, "Thời gian"), fold_loose(a, "Kinh phí")));
    CHECK(fold_find(fold_loose(a, "CONG HOA XA HQI CHU NGHIA VIET NAM"), fold_loose(a, "xã hội chủ nghĩa"), &end) != NULL);
}
