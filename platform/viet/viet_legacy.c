#include "platform/viet/viet_legacy.h"
#include "platform/base/text.h"
#include "platform/viet/viet_repair.h"
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

enum { LOOKED_AT = 6 * 1024, FEWEST = 4, SENSE_PERCENT = 55 };

/* TCVN 5712:1993, VN3: from 0xA1; "" where there is no letter. */
static const char *const tcvn3[] = {
    /* A1 */ "Ă", "Â", "Ê", "Ô", "Ơ", "Ư", "Đ", "ă", "â", "ê", "ô", "ơ", "ư", "đ", "",
    /* B0 */ "", "", "", "", "", "à", "ả", "ã", "á", "ạ", "", "ằ", "ẳ", "ẵ", "ắ", "",
    /* C0 */ "", "", "", "", "", "", "ặ", "ầ", "ẩ", "ẫ", "ấ", "ậ", "è", "", "ẻ", "ẽ",
    /* D0 */ "é", "ẹ", "ề", "ể", "ễ", "ế", "ệ", "ì", "ỉ", "", "", "", "ĩ", "í", "ị", "ò",
    /* E0 */ "", "ỏ", "õ", "ó", "ọ", "ồ", "ổ", "ỗ", "ố", "ộ", "ờ", "ở", "ỡ", "ớ", "ợ", "ù",
    /* F0 */ "", "ủ", "ũ", "ú", "ụ", "ừ", "ử", "ữ", "ứ", "ự", "ỳ", "ỷ", "ỹ", "ý", "ỵ", "",
};

/* VNI: letters of their own, and what a sign behind a vowel does to it. Capitals are 32 lower. */
static const struct {
    int32_t sign;
    const char *letter;
} vni_letters[] = { { 0xF1, "đ" }, { 0xF4, "ơ" }, { 0xF6, "ư" }, { 0xED, "í" }, { 0xEC, "ì" }, { 0xE6, "ỉ" }, { 0xF3, "ĩ" }, { 0xF2, "ị" }, { 0xEE, "ỵ" } };
static const struct {
    int32_t sign;
    const char *vowels; /* that it may follow */
    const char *marks;  /* combining */
} vni_marks[] = {
    { 0xF9, "aeouyôö", "\u0301" }, { 0xF8, "aeouyôö", "\u0300" }, { 0xFB, "aeouyôö", "\u0309" }, { 0xF5, "aeouyôö", "\u0303" }, { 0xEF, "aeouyôö", "\u0323" },
    { 0xE2, "aeo", "\u0302" }, { 0xE1, "aeo", "\u0302\u0301" }, { 0xE0, "aeo", "\u0302\u0300" }, { 0xE5, "aeo", "\u0302\u0309" },
    { 0xE3, "aeo", "\u0302\u0303" }, { 0xE4, "aeo", "\u0302\u0323" },
    { 0xEA, "a", "\u0306" }, { 0xE9, "a", "\u0306\u0301" }, { 0xE8, "a", "\u0306\u0300" }, { 0xFA, "a", "\u0306\u0309" },
    { 0xFC, "a", "\u0306\u0303" }, { 0xEB, "a", "\u0306\u0323" },
};

/* Windows-1258 where it differs from Western Windows: the tones are signs of their own. */
static const struct {
    int32_t sign;
    const char *meant;
} page_1258[] = { { 0xC3, "Ă" }, { 0xE3, "ă" }, { 0xD0, "Đ" }, { 0xF0, "đ" }, { 0xD5, "Ơ" }, { 0xF5, "ơ" }, { 0xDD, "Ư" }, { 0xFD, "ư" },
                  { 0xCC, "\u0300" }, { 0xD2, "\u0309" }, { 0xDE, "\u0303" }, { 0xEC, "\u0301" }, { 0xF2, "\u0323" }, { 0xFE, "₫" } };

/* What Western Windows shows for the bytes from 0x80 to 0x9F. */
static const uint16_t western[] = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
    0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
};

enum viet_legacy viet_legacy_of_font(const char *font)
{
    if (font == NULL)
        return VIET_UNICODE;
    if (strncasecmp(font, ".Vn", 3) == 0)
        return font[strlen(font) - 1] == 'H' ? VIET_TCVN3_CAPITALS : VIET_TCVN3;
    return strncasecmp(font, "VNI-", 4) == 0 ? VIET_VNI : VIET_UNICODE;
}

char *viet_legacy_bytes(struct arena *a, const char *bytes, size_t size)
{
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    for (size_t i = 0; i < size && bytes[i] != '\0'; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        buffer_add_rune(&b, byte >= 0x80 && byte < 0xA0 ? western[byte - 0x80] : byte);
    }
    return b.text;
}

/* ---- TCVN 5712 ---- */

static const char *tcvn3_letter(int32_t rune)
{
    size_t at = (size_t)rune - 0xA1;
    return rune >= 0xA1 && at < sizeof tcvn3 / sizeof tcvn3[0] && tcvn3[at][0] != '\0' ? tcvn3[at] : NULL;
}

static bool is_plain(int32_t rune)
{
    return (rune | 32) >= 'a' && (rune | 32) <= 'z';
}

/* Whether a word is in capitals, as its letters without marks show: 1 or 0; -1: they are too few to tell. */
static int capitals_of(const char *word, const char **end)
{
    int small = 0, large = 0;
    int32_t rune;
    for (; *word != '\0'; word = *end) {
        *end = text_next(word, &rune);
        if (!is_plain(rune) && tcvn3_letter(rune) == NULL)
            break;
        small += is_plain(rune) && rune >= 'a';
        large += is_plain(rune) && rune < 'a';
    }
    *end = word;
    return small > 0 ? 0 : large > 1 ? 1 : -1;
}

/* "Hµ NéI" but "Hµ Giang": of a word with one capital and nothing else that tells, as the words around it. */
static bool in_capitals(const char *word, bool before)
{
    for (int words = 0; words < 3 && *word != '\0' && *word != '\n'; words++) {
        int told = capitals_of(word, &word);
        if (told >= 0)
            return told == 1;
        int32_t rune;
        while (*word != '\0' && *word != '\n') {
            const char *next = text_next(word, &rune);
            if (is_plain(rune) || tcvn3_letter(rune) != NULL)
                break;
            word = next;
        }
    }
    return before;
}

static char *from_tcvn3(struct arena *a, const char *text, bool all_capitals)
{
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    bool capitals = false, inside = false;
    int32_t rune, letter;
    while (*text != '\0') {
        const char *next = text_next(text, &rune);
        const char *known = tcvn3_letter(rune);
        bool word = known != NULL || is_plain(rune);
        if (rune == '\n')
            capitals = false;
        if (word && !inside)
            capitals = all_capitals || in_capitals(text, capitals);
        inside = word;
        if (known != NULL) {
            text_next(known, &letter);
            rune = letter;
        }
        buffer_add_rune(&b, word && (all_capitals || (capitals && known != NULL)) ? utf8proc_toupper(rune) : rune);
        text = next;
    }
    return b.text;
}

/* ---- VNI ---- */

static int32_t lower_latin(int32_t rune)
{
    return (rune >= 'A' && rune <= 'Z') || (rune >= 0xC0 && rune <= 0xDE && rune != 0xD7) ? rune + 32 : rune;
}

static const char *vni_mark(int32_t before, int32_t rune)
{
    char vowel[5] = { 0 };
    utf8proc_encode_char(before, (utf8proc_uint8_t *)vowel);
    for (size_t i = 0; i < sizeof vni_marks / sizeof vni_marks[0]; i++)
        if (vni_marks[i].sign == rune)
            return before != 0 && strstr(vni_marks[i].vowels, vowel) != NULL ? vni_marks[i].marks : NULL;
    return NULL;
}

static char *from_vni(struct arena *a, const char *text)
{
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    int32_t rune, before = 0;
    while (*text != '\0') {
        text = text_next(text, &rune);
        int32_t small = lower_latin(rune), letter = rune;
        const char *marks = vni_mark(before, small);
        if (marks != NULL) {
            buffer_add(&b, marks);
            before = 0;
            continue;
        }
        for (size_t i = 0; i < sizeof vni_letters / sizeof vni_letters[0]; i++)
            if (vni_letters[i].sign == small)
                text_next(vni_letters[i].letter, &letter);
        buffer_add_rune(&b, letter != rune && small != rune ? utf8proc_toupper(letter) : letter);
        before = small;
    }
    return text_nfc(a, b.text);
}

/* ---- Windows 1258 ---- */

static char *from_1258(struct arena *a, const char *text)
{
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    int32_t rune;
    while (*text != '\0') {
        const char *next = text_next(text, &rune), *meant = NULL;
        for (size_t i = 0; i < sizeof page_1258 / sizeof page_1258[0]; i++)
            if (page_1258[i].sign == rune)
                meant = page_1258[i].meant;
        if (meant != NULL)
            buffer_add(&b, meant);
        else
            buffer_add_n(&b, text, (size_t)(next - text));
        text = next;
    }
    return text_nfc(a, b.text);
}

/* Letters that only Unicode has: somebody typed it so, whatever the font. */
static bool is_unicode(const char *text)
{
    int32_t rune;
    while (*text != '\0') {
        text = text_next(text, &rune);
        if ((rune >= 0x1EA0 && rune <= 0x1EF9) || rune == 0x1A0 || rune == 0x1A1 || rune == 0x1AF || rune == 0x1B0)
            return true;
    }
    return false;
}

char *viet_legacy_text(struct arena *a, const char *text, enum viet_legacy from)
{
    switch (is_unicode(text) ? VIET_UNICODE : from) {
    case VIET_TCVN3:
    case VIET_TCVN3_CAPITALS: return from_tcvn3(a, text, from == VIET_TCVN3_CAPITALS);
    case VIET_VNI: return from_vni(a, text);
    case VIET_1258: return from_1258(a, text);
    case VIET_UNICODE: break;
    }
    return text_nfc(a, text);
}

/* ---- which ---- */

/* How many of the pairs of words are usual ones, in per cent; 0 of too few words. */
static size_t sense(const char *text)
{
    struct viet_signs signs = { 0 };
    viet_count(text, &signs);
    return signs.words < FEWEST || signs.pairs == 0 ? 0 : signs.known * 100 / signs.pairs;
}

/* Western letters and signs: without several of them nothing is old. */
static bool may_be_old(const char *text)
{
    size_t strange = 0;
    int32_t rune;
    while (*text != '\0' && strange < FEWEST) {
        text = text_next(text, &rune);
        strange += rune >= 0xA1 && rune <= 0xFF;
    }
    return strange >= FEWEST;
}

enum viet_legacy viet_legacy_recognise(const char *text)
{
    static const enum viet_legacy forms[] = { VIET_TCVN3, VIET_VNI, VIET_1258 };
    if (is_unicode(text) || !may_be_old(text))
        return VIET_UNICODE;
    struct arena *a = arena_new(SIZE_MAX / 2);
    size_t length = strnlen(text, LOOKED_AT);
    while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
        length--;
    const char *part = arena_copy_n(a, text, length);
    enum viet_legacy best = VIET_UNICODE;
    size_t most = sense(part);
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        size_t found = sense(viet_legacy_text(a, part, forms[i]));
        if (found >= SENSE_PERCENT && found > most + 15) {
            most = found;
            best = forms[i];
        }
    }
    arena_free(a);
    return best;
}
