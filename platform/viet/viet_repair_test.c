#include "platform/viet/viet_repair.h"
#include "platform/base/text.h"
#include "tests/test.h"
#include <string.h>

static const char *const terms[] = { "đơn vị phối hợp", "cải cách hành chính", "các khoa", "Trung tâm Y tế Tà Rụt", "Độc lập", "Tự do", "Hạnh phúc" };
enum { TERMS = sizeof terms / sizeof terms[0] };

struct repair_case {
    const char *damaged, *meant;
};

static void check_repairs(const struct repair_case *cases, size_t count, enum viet_damage damage)
{
    struct arena *a = test_ctx()->arena;
    struct viet_repairer *r = viet_repairer_new(a, terms, TERMS);
    for (size_t i = 0; i < count; i++)
        test_check_text(viet_repair(r, cases[i].damaged, damage).text, cases[i].meant, cases[i].damaged, __FILE__, __LINE__);
}
#define CHECK_REPAIRS(cases, damage) check_repairs(cases, sizeof(cases) / sizeof((cases)[0]), damage)

TEST_PLAIN(wording_typed_without_marks_gets_them_back)
{
    static const struct repair_case cases[] = {
        { "ke hoach tuyen truyen cai cach hanh chinh", "kế hoạch tuyên truyền cải cách hành chính" },
        { "Nang cao nhan thuc cua nguoi dan, doanh nghiep.", "Nâng cao nhận thức của người dân, doanh nghiệp." },
        { "UY BAN NHAN DAN TINH", "ỦY BAN NHÂN DÂN TỈNH" },
        { "Tiep nhan va tra ket qua giai quyet thu tuc hanh chinh", "Tiếp nhận và trả kết quả giải quyết thủ tục hành chính" },
        { "nâng cao chat luong", "nâng cao chất lượng" },
        { "phan mem  quan ly\tvan ban (neu co);", "phần mềm  quản lý\tvăn bản (nếu có);" },
        { "", "" },
    };
    CHECK_REPAIRS(cases, VIET_STRIPPED);
}

TEST_PLAIN(misread_letters_are_read_as_they_were_meant)
{
    static const struct repair_case cases[] = {
        { "Tuyén truyén cai cich hanh chinh nim 2021", "Tuyên truyền cải cách hành chính năm 2021" },
        { "Pon vi phdi hop: Cac khoa, phong", "Đơn vị phối hợp: Các khoa, phòng" },
        { "CONG HOA XA HQI CHU NGHIA VIET NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" },
        { "Déc 1ap - Tw do - Hanh phuc", "Độc lập - Tự do - Hạnh phúc" },
        { "Thyc hién K& hoach cua S¢ Y t& va S¢ Y ¢ tinh", "Thực hiện Kế hoạch của Sở Y tế và Sở Y tế tỉnh" },
        { "can b6, cong chirc va nguodi lao dong", "cán bộ, công chức và người lao động" },
        { "giao thong v?n t?i va th?c hi?n", "giao thông vận tải và thực hiện" },
    };
    CHECK_REPAIRS(cases, VIET_MISREAD);
}

TEST_PLAIN(words_that_were_broken_or_joined_are_made_whole)
{
    static const struct repair_case cases[] = {
        { "to chuc th uc hien cac nhiem vu", "tổ chức thực hiện các nhiệm vụ" },
        { "theo huong van minh, hiendai", "theo hướng văn minh, hiện đại" },
    };
    CHECK_REPAIRS(cases, VIET_MISREAD);
}

TEST_PLAIN(numbers_symbols_addresses_abbreviations_and_names_stay)
{
    static const char *const kept[] = {
        "85/KH-YTTMR", "30/8/2025", "2021-2030", "7051", "16", "ISO 9001:2015", "CCHC", "TTHC, UBND", "QD-TTg", "daumoi@songhuong.gov.vn",
        "https://dichvucong.gov.vn/trang-chu", "www.songhuong.vn", "songhuong.com", "A4", "10km", "Tran Van Mau", "NGUYEN THI MAU", "Le Thi Mau", "BS. Ho Van Mau",
    };
    static const char *const signed_by[] = { "Cu Thi Mau", "Y Blong Nie" }; /* alone in their paragraph */
    struct arena *a = test_ctx()->arena;
    struct viet_repairer *r = viet_repairer_new(a, terms, TERMS);
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
        if (i < sizeof signed_by / sizeof signed_by[0])
            test_check_text(viet_repair(r, signed_by[i], VIET_MISREAD).text, signed_by[i], signed_by[i], __FILE__, __LINE__);
        test_check_text(viet_repair(r, kept[i], VIET_MISREAD).text, kept[i], kept[i], __FILE__, __LINE__);
        test_check_text(viet_repair(r, kept[i], VIET_STRIPPED).text, kept[i], kept[i], __FILE__, __LINE__);
        const char *within = arena_printf(a, "theo cong van %s cua don vi", kept[i]);
        test_check(strstr(viet_repair(r, within, VIET_STRIPPED).text, kept[i]) != NULL, within, __FILE__, __LINE__);
    }
}

static enum viet_damage judged(const char *text)
{
    struct viet_signs signs = { 0 };
    viet_count(text, &signs);
    return viet_judge(&signs);
}

TEST_PLAIN(sound_wording_is_told_from_damaged)
{
    static const char *const sound[] = {
        "Nâng cao nhận thức của người dân về cải cách hành chính trên địa bàn tỉnh.",
        "Nâng caao nhận thức cuả người dân ve cải cách hành chính tren địa bàn.", /* slips of a typist */
        "Phòng Tổ chức - Hành chính: Nguyễn Văn Mẫu, Trần Thị Mẫu, Lê Mẫu, Hồ Mẫu",
        "The quick brown fox jumps over the lazy dog and runs to the river again",
        "Bank transfer to an account in the name of the company on the same day",
        "https://dichvucong.gov.vn/trang-chu daumoi@songhuong.gov.vn 85/KH-YTTMR CCHC TTHC UBND",
        "Facebook, Zalo, Youtube, website, Fanpage, Internet, video clip, banner", "CCHC, TTHC", "Lưu: VT, TCHC.", "2026", "",
    };
    for (size_t i = 0; i < sizeof sound / sizeof sound[0]; i++)
        test_check_int(judged(sound[i]), VIET_SOUND, sound[i], __FILE__, __LINE__);
    CHECK_INT(judged("ke hoach tuyen truyen cai cach hanh chinh"), VIET_STRIPPED);
    CHECK_INT(judged("Trung tim Y t& Song Huong xay dung Ké hoach tuyén truyén cong tac cai cach hanh chinh"), VIET_MISREAD);
}

TEST_PLAIN(a_long_paragraph_is_judged_for_itself_and_a_short_one_with_its_document)
{
    struct viet_signs clean = { 0 }, stripped = { 0 }, few = { 0 };
    viet_count("Nâng cao nhận thức của người dân về cải cách hành chính trên địa bàn tỉnh.", &clean);
    viet_count("Nang cao nhan thuc cua nguoi dan ve cai cach hanh chinh tren dia ban tinh.", &stripped);
    viet_count("Cac khoa, phong", &few);
    CHECK_INT(viet_judge_paragraph(&clean, VIET_MISREAD), VIET_SOUND);
    CHECK_INT(viet_judge_paragraph(&stripped, VIET_SOUND), VIET_STRIPPED);
    CHECK_INT(viet_judge_paragraph(&few, VIET_SOUND), VIET_SOUND);
    CHECK_INT(viet_judge_paragraph(&few, VIET_MISREAD), VIET_MISREAD);
}

TEST_PLAIN(a_recogniser_that_knows_vietnamese_is_corrected_only_where_it_is_plainly_wrong)
{
    static const struct repair_case cases[] = {
        { "tô chức thực hiên các nhiệm vụ", "tổ chức thực hiện các nhiệm vụ" },
        { "Trung tâm Y tế Sông Hương, tỉnh Hương Giang", "Trung tâm Y tế Sông Hương, tỉnh Hương Giang" },
        { "Bà Trần Thị Mẫu, xã Tu Mơ", "Bà Trần Thị Mẫu, xã Tu Mơ" },
        { "fanpage và website của đơn vị", "fanpage và website của đơn vị" },
    };
    CHECK_REPAIRS(cases, VIET_LIGHT);
}

TEST_PLAIN(words_the_caller_names_are_preferred_even_when_no_text_has_them)
{
    struct arena *a = test_ctx()->arena;
    struct viet_repairer *knowing = viet_repairer_new(a, terms, TERMS);
    CHECK_TEXT(viet_repair(knowing, "Trung tam Y te Ta Rut xay dung ke hoach", VIET_STRIPPED).text, "Trung tâm Y tế Tà Rụt xây dựng kế hoạch");
}

TEST_PLAIN(what_was_taught_goes_before_what_is_likely)
{
    struct arena *a = test_ctx()->arena;
    struct viet_repairer *r = viet_repairer_new(a, NULL, 0);
    viet_repairer_teach(r, "S6ng H1én", "Sông Hiền");
    viet_repairer_teach(r, "16", "lộ");
    CHECK_TEXT(viet_repair(r, "Trung tim Y t& S6ng H1én nim 2026, 16 trinh", VIET_MISREAD).text, "Trung tâm Y tế Sông Hiền năm 2026, 16 trình");
    CHECK_TEXT(viet_repair(r, "S6NG H1ÉN", VIET_MISREAD).text, "SÔNG HIỀN");
}

TEST_PLAIN(every_repaired_word_says_where_it_stood_and_how_sure_it_is)
{
    struct arena *a = test_ctx()->arena;
    struct viet_repaired r = viet_repair(viet_repairer_new(a, terms, TERMS), "- Cai cach hanh chinh (CCHC), 12 hiendai", VIET_MISREAD);
    CHECK_TEXT(r.text, "- Cải cách hành chính (CCHC), 12 hiện đại");
    CHECK_INT(r.count, 6);
    CHECK_INT(r.changed, 5);
    for (size_t i = 0; i < r.count; i++)
        CHECK(r.words[i].sure > 0 && r.words[i].sure <= 1 && r.words[i].to > r.words[i].from && r.words[i].end > r.words[i].at);
    CHECK(!r.words[4].changed && r.words[4].from == 23 && strncmp(r.text + r.words[4].at, "CCHC", 4) == 0);
    CHECK(r.words[5].changed && strcmp(r.text + r.words[5].at, "hiện đại") == 0);
    CHECK_INT(viet_repair(viet_repairer_new(a, NULL, 0), "Cai cach", VIET_SOUND).count, 0);
}
