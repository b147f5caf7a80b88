#include "platform/viet/viet_legacy.h"
#include "tests/test.h"
#include <string.h>

static const char alphabet[] =
    "a à ả ã á ạ ă ằ ẳ ẵ ắ ặ â ầ ẩ ẫ ấ ậ b c d đ e è ẻ ẽ é ẹ ê ề ể ễ ế ệ g h i ì ỉ ĩ í ị k l m n o ò ỏ õ ó ọ ô ồ ổ ỗ ố ộ "
    "ơ ờ ở ỡ ớ ợ p q r s t u ù ủ ũ ú ụ ư ừ ử ữ ứ ự v x y ỳ ỷ ỹ ý ỵ";
static const char capitals[] =
    "A À Ả Ã Á Ạ Ă Ằ Ẳ Ẵ Ắ Ặ Â Ầ Ẩ Ẫ Ấ Ậ B C D Đ E È Ẻ Ẽ É Ẹ Ê Ề Ể Ễ Ế Ệ G H I Ì Ỉ Ĩ Í Ị K L M N O Ò Ỏ Õ Ó Ọ Ô Ồ Ổ Ỗ Ố Ộ "
    "Ơ Ờ Ở Ỡ Ớ Ợ P Q R S T U Ù Ủ Ũ Ú Ụ Ư Ừ Ử Ữ Ứ Ự V X Y Ỳ Ỷ Ỹ Ý Ỵ";

TEST_PLAIN(every_letter_of_the_old_encodings_is_known_in_both_cases)
{
    static const char tcvn3[] =
        "a µ ¶ · ¸ ¹ ¨ » ¼ ½ ¾ Æ © Ç È É Ê Ë b c d ® e Ì Î Ï Ð Ñ ª Ò Ó Ô Õ Ö g h i × Ø Ü Ý Þ k l m n o ß á â ã ä « å æ ç è é "
        "¬ ê ë ì í î p q r s t u ï ñ ò ó ô ­ õ ö ÷ ø ù v x y ú û ü ý þ";
    static const char vni[] =
        "a aø aû aõ aù aï aê aè aú aü aé aë aâ aà aå aã aá aä b c d ñ e eø eû eõ eù eï eâ eà eå eã eá eä g h i ì æ ó í ò k l m n o oø oû oõ "
        "où oï oâ oà oå oã oá oä ô ôø ôû ôõ ôù ôï p q r s t u uø uû uõ uù uï ö öø öû öõ öù öï v x y yø yû yõ yù î";
    static const char vni_large[] =
        "A AØ AÛ AÕ AÙ AÏ AÊ AÈ AÚ AÜ AÉ AË AÂ AÀ AÅ AÃ AÁ AÄ B C D Ñ E EØ EÛ EÕ EÙ EÏ EÂ EÀ EÅ EÃ EÁ EÄ G H I Ì Æ Ó Í Ò K L M N O OØ OÛ OÕ "
        "OÙ OÏ OÂ OÀ OÅ OÃ OÁ OÄ Ô ÔØ ÔÛ ÔÕ ÔÙ ÔÏ P Q R S T U UØ UÛ UÕ UÙ UÏ Ö ÖØ ÖÛ ÖÕ ÖÙ ÖÏ V X Y YØ YÛ YÕ YÙ Î";
    static const char page_1258[] =
        "a aÌ aÒ aÞ aì aò ã ãÌ ãÒ ãÞ ãì ãò â âÌ âÒ âÞ âì âò b c d ð e eÌ eÒ eÞ eì eò ê êÌ êÒ êÞ êì êò g h i iÌ iÒ iÞ iì iò k l m n o oÌ oÒ oÞ oì "
        "oò ô ôÌ ôÒ ôÞ ôì ôò õ õÌ õÒ õÞ õì õò p q r s t u uÌ uÒ uÞ uì uò ý ýÌ ýÒ ýÞ ýì ýò v x y yÌ yÒ yÞ yì yò";
    struct arena *a = test_ctx()->arena;
    CHECK_TEXT(viet_legacy_text(a, tcvn3, VIET_TCVN3), alphabet);
    CHECK_TEXT(viet_legacy_text(a, tcvn3, VIET_TCVN3_CAPITALS), capitals);
    CHECK_TEXT(viet_legacy_text(a, "¡ ¢ £ ¤ ¥ ¦ §", VIET_TCVN3), "Ă Â Ê Ô Ơ Ư Đ");
    CHECK_TEXT(viet_legacy_text(a, vni, VIET_VNI), alphabet);
    CHECK_TEXT(viet_legacy_text(a, vni_large, VIET_VNI), capitals);
    CHECK_TEXT(viet_legacy_text(a, page_1258, VIET_1258), alphabet);
    CHECK_TEXT(viet_legacy_text(a, "Ã Ð Õ Ý AÌ ÊÒ", VIET_1258), "Ă Đ Ơ Ư À Ể");
    CHECK_TEXT(viet_legacy_text(a, "e\u0302\u0301", VIET_UNICODE), "ế");
}

TEST_PLAIN(the_encoding_of_a_text_is_told_by_its_words)
{
    static const struct {
        const char *text;
        enum viet_legacy from;
        const char *meant;
    } cases[] = {
        { "KÕ ho¹ch tuyªn truyÒn c¶i c¸ch hµnh chÝnh", VIET_TCVN3, "Kế hoạch tuyên truyền cải cách hành chính" },
        { "Ñôn vò chuû trì thöïc hieän keá hoaïch caûi caùch haønh chính", VIET_VNI, "Đơn vị chủ trì thực hiện kế hoạch cải cách hành chính" },
        { "Nâng cao nhâòn thýìc cuÒa ngýõÌi dân vêÌ caÒi caìch haÌnh chiình", VIET_1258, NULL },
        { "Nâng cao nhận thức của người dân về cải cách hành chính", VIET_UNICODE, NULL },
        { "Le café à côté de l'hôtel était très fermé à midi", VIET_UNICODE, NULL },
        { "KE HOACH TUYEN TRUYEN", VIET_UNICODE, NULL },
        { "", VIET_UNICODE, NULL },
    };
    struct arena *a = test_ctx()->arena;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        test_check_int(viet_legacy_recognise(cases[i].text), cases[i].from, cases[i].text, __FILE__, __LINE__);
        if (cases[i].meant != NULL)
            CHECK_TEXT(viet_legacy_text(a, cases[i].text, cases[i].from), cases[i].meant);
    }
    CHECK_TEXT(viet_legacy_text(a, "KÕ HO¹CH n¨m 2013; Hµ NéI, Hµ Giang", VIET_TCVN3), "KẾ HOẠCH năm 2013; HÀ NỘI, Hà Giang");
}

TEST_PLAIN(old_fonts_are_known_by_name)
{
    CHECK_INT(viet_legacy_of_font(".VnTime"), VIET_TCVN3);
    CHECK_INT(viet_legacy_of_font(".VnArial NarrowH"), VIET_TCVN3_CAPITALS);
    CHECK_INT(viet_legacy_of_font("VNI-Times"), VIET_VNI);
    CHECK_INT(viet_legacy_of_font("Times New Roman"), VIET_UNICODE);
    CHECK_INT(viet_legacy_of_font(""), VIET_UNICODE);
    CHECK_INT(viet_legacy_of_font(NULL), VIET_UNICODE);
}

TEST_PLAIN(bytes_of_a_western_windows_are_letters_and_signs)
{
    CHECK_TEXT(viet_legacy_bytes(test_ctx()->arena, "K\xD5 ho\xB9"
                                                    "ch \x93x\x94 \x96\0y", 14), "KÕ ho¹ch “x” –");
}
