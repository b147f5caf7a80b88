#include "document_fold.h"
#include "platform/base/text.h"
#include <string.h>
#include <utf8proc.h>

static char fold_sign(int32_t rune)
{
    switch (rune) {
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2212: case 0xAD:
        return '-';
    case 0x2018: case 0x2019: case 0x201C: case 0x201D: case 0xAB: case 0xBB:
        return '"';
    case 0x2022: case 0x25CF: case 0x25AA: case 0xB7: case 0xF0B7: case 0x25E6: case 0x2023:
        return '*';
    case 0x2026:
        return '.';
    case 0x20AC: case 0xA2: /* what OCR makes of an e with two marks */
        return 'e';
    default:
        return '?';
    }
}

char fold_rune(int32_t rune)
{
    if (rune < 0x80) {
        if (rune >= 'A' && rune <= 'Z')
            return (char)(rune + 32);
        return rune > ' ' && rune != 0x7F ? (char)rune : ' ';
    }
    if (rune == 0x111 || rune == 0x110 || rune == 0xD0 || rune == 0xF0)
        return 'd';
    utf8proc_int32_t parts[8];
    int boundary = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char(rune, parts, 8, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD, &boundary);
    if (count > 0 && parts[0] < 0x80)
        return parts[0] > ' ' ? (char)parts[0] : ' ';
    utf8proc_category_t kind = utf8proc_category(rune);
    if (kind == UTF8PROC_CATEGORY_MN)
        return 0;
    return kind == UTF8PROC_CATEGORY_ZS || rune == 0x200B || rune == 0xFEFF ? ' ' : fold_sign(rune);
}

struct folded fold_text(struct arena *a, const char *text)
{
    size_t most = strlen(text);
    struct folded f = { .text = text, .key = arena_alloc(a, most + 1), .at = arena_array(a, most + 1, sizeof *f.at) };
    for (const char *at = text; *at != '\0';) {
        int32_t rune;
        const char *next = text_next(at, &rune);
        char c = fold_rune(rune);
        if (c != 0) {
            f.at[f.length] = (uint32_t)(at - text);
            f.key[f.length++] = c;
        }
        at = next;
    }
    f.at[f.length] = (uint32_t)most;
    return f;
}

bool fold_is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

void fold_key(char *key, size_t size, const char *text, size_t length)
{
    size_t used = 0;
    const char *end = text + length;
    while (text < end && *text != '\0' && used + 1 < size) {
        int32_t rune;
        text = text_next(text, &rune);
        char c = fold_rune(rune);
        if (fold_is_word(c))
            key[used++] = c;
        else if (c != 0 && used > 0 && key[used - 1] != ' ')
            key[used++] = ' ';
    }
    if (used > 0 && key[used - 1] == ' ')
        used--;
    key[used] = '\0';
}

static char loose_letter(char c)
{
    switch (c) {
    case '1': case 'l': case 'j': case '|': case '!':
        return 'i';
    case '0': case '6':
        return 'o';
    case '&':
        return 'e';
    case '5':
        return 's';
    default:
        return c;
    }
}

char *fold_loose(struct arena *a, const char *text)
{
    struct folded f = fold_text(a, text);
    size_t used = 0;
    for (size_t i = 0; i < f.length; i++) {
        char c = loose_letter(f.key[i]);
        if (fold_is_word(c)) {
            if (c == 'i' && used > 0 && f.key[used - 1] == 'i')
                f.key[used - 1] = 'u'; /* ú and ủ are read as ii */
            else
                f.key[used++] = c;
        } else if (used > 0 && f.key[used - 1] != ' ') {
            f.key[used++] = ' ';
        }
    }
    if (used > 0 && f.key[used - 1] == ' ')
        used--;
    f.key[used] = '\0';
    return f.key;
}

static int least(int a, int b, int c)
{
    int m = a < b ? a : b;
    return m < c ? m : c;
}

int fold_distance(const char *a, size_t a_length, const char *b, size_t b_length, int limit)
{
    int row[256];
    size_t gap = a_length > b_length ? a_length - b_length : b_length - a_length;
    if (a_length > 255 || b_length > 255 || gap > (size_t)limit)
        return limit + 1;
    for (size_t j = 0; j <= b_length; j++)
        row[j] = (int)j;
    for (size_t i = 1; i <= a_length; i++) {
        int diagonal = row[0];
        int best = row[0] = (int)i;
        for (size_t j = 1; j <= b_length; j++) {
            int above = row[j];
            row[j] = least(above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1]));
            diagonal = above;
            best = row[j] < best ? row[j] : best;
        }
        if (best > limit)
            return limit + 1;
    }
    return row[b_length];
}

static bool alike(const char *a, size_t a_length, const char *b, size_t b_length)
{
    int limit = (int)(b_length / 5);
    return fold_distance(a, a_length, b, b_length, limit) <= limit;
}

bool fold_alike(const char *a, const char *b)
{
    return alike(a, strlen(a), b, strlen(b));
}

static size_t word_count(const char *text)
{
    size_t count = *text != '\0';
    for (; *text != '\0'; text++)
        count += *text == ' ';
    return count;
}

/* Length of the first `words` words; 0 when there are fewer. */
static size_t words_length(const char *at, size_t words)
{
    const char *end = at;
    while (words > 0 && *end != '\0') {
        while (*end == ' ')
            end++;
        while (*end != '\0' && *end != ' ')
            end++;
        words--;
    }
    return words == 0 ? (size_t)(end - at) : 0;
}

const char *fold_find(const char *key, const char *phrase, const char **end)
{
    size_t words = word_count(phrase);
    size_t length = strlen(phrase);
    for (const char *at = key; *at != '\0'; at += strcspn(at, " "), at += strspn(at, " ")) {
        /* OCR splits and joins words: one fewer or one more */
        for (size_t take = words > 1 ? words - 1 : 1; take <= words + 1; take++) {
            size_t size = words_length(at, take);
            if (size > 0 && alike(at, size, phrase, length)) {
                if (take < words) { /* prefer the exact number of words when it fits too */
                    size_t whole = words_length(at, words);
                    if (whole > 0 && alike(at, whole, phrase, length))
                        size = whole;
                }
                *end = at + size;
                return at;
            }
        }
    }
    return NULL;
}
