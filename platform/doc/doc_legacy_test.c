#include "platform/doc/doc_model.h"
#include "tests/test.h"
#include "tests/test_zip.h"
#include <string.h>

#define WORD "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""

static struct document *read_bytes(const void *bytes, size_t size)
{
    struct document *doc = NULL;
    CHECK_INT(doc_read(test_ctx(), bytes, size, &doc), OK);
    return doc;
}

static const char *first_line(const struct document *doc)
{
    return doc->count > 0 ? block_line(test_ctx()->arena, &doc->blocks[0]) : "(none)";
}

TEST_PLAIN(a_text_file_in_an_old_encoding_is_read)
{
    static const char tcvn3[] = "K\xD5 ho\xB9" "ch tuy\xAA" "n truy\xD2" "n c\xB6i c\xB8" "ch h\xB5" "nh ch\xDDnh\n";
    static const char vni[] = "Ke\xE1 hoa\xEF" "ch tuye\xE2n truye\xE0n ca\xFBi ca\xF9" "ch ha\xF8nh ch\xEDnh\n";
    static const char pasted[] = "KÕ ho¹ch tuyªn truyÒn c¶i c¸ch hµnh chÝnh\n";
    static const char meant[] = "Kế hoạch tuyên truyền cải cách hành chính";
    CHECK_TEXT(first_line(read_bytes(tcvn3, sizeof tcvn3 - 1)), meant);
    CHECK_TEXT(first_line(read_bytes(vni, sizeof vni - 1)), meant);
    CHECK_TEXT(first_line(read_bytes(pasted, sizeof pasted - 1)), meant);
}

TEST_PLAIN(bytes_that_make_sense_in_no_encoding_are_refused)
{
    struct ctx *c = test_ctx();
    struct document *doc = NULL;
    CHECK_INT(doc_read(c, "\xFF\xA1\xE4 xyz \xC3\x28 qwrt \x90\x90", 16, &doc), INVALID);
    CHECK_TEXT(c->message, doc_says_not_unicode);
}

TEST_PLAIN(runs_of_a_word_file_in_old_fonts_are_converted_and_the_others_stay)
{
    static const char body[] =
        "<w:document " WORD "><w:body><w:p><w:r><w:rPr><w:rFonts w:ascii=\".VnTimeH\"/><w:b/></w:rPr><w:t xml:space=\"preserve\">KÕ ho¹ch </w:t></w:r>"
        "<w:r><w:rPr><w:rFonts w:ascii=\"VNI-Times\"/></w:rPr><w:t xml:space=\"preserve\">caûi caùch </w:t></w:r>"
        "<w:r><w:rPr><w:rFonts w:ascii=\".VnTime\"/></w:rPr><w:t xml:space=\"preserve\">gõ bằng Unicode </w:t></w:r>"
        "<w:r><w:rPr><w:rFonts w:ascii=\"Times New Roman\"/></w:rPr><w:t>hành chính</w:t></w:r></w:p></w:body></w:document>";
    const struct zip_part parts[] = { { "word/document.xml", body }, { NULL, NULL } };
    size_t size;
    void *bytes = test_zip(parts, &size);
    const struct document *doc = read_bytes(bytes, size);
    CHECK_TEXT(first_line(doc), "KẾ HOẠCH cải cách gõ bằng Unicode hành chính");
    CHECK_INT(doc->blocks[0].runs[0].length, strlen("KẾ HOẠCH"));
}

TEST_PLAIN(a_document_whose_fonts_say_nothing_is_told_by_its_words_run_by_run)
{
    static const char body[] = "<w:document " WORD "><w:body><w:tbl><w:tr><w:tc><w:p><w:r><w:rPr><w:b/></w:rPr><w:t>C¶i c¸ch hµnh chÝnh</w:t></w:r>"
                               "<w:r><w:t xml:space=\"preserve\"> cña ñy ban nh©n d©n tØnh</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>";
    const struct zip_part parts[] = { { "word/document.xml", body }, { NULL, NULL } };
    size_t size;
    void *bytes = test_zip(parts, &size);
    const struct document *doc = read_bytes(bytes, size);
    const struct block *cell = &doc->blocks[0].cells[0].blocks[0];
    CHECK_TEXT(cell->text, "Cải cách hành chính của ủy ban nhân dân tỉnh");
    CHECK_INT(cell->runs[0].length, strlen("Cải cách hành chính"));
    CHECK_INT(cell->runs[0].length + cell->runs[1].length, strlen(cell->text));
}
