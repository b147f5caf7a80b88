#include "platform/base/text.h"
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucol.h>
#include <unicode/ustring.h>
#include <utf8proc.h>

enum { REPLACEMENT = 0xFFFD };

const char *text_next(const char *at, int32_t *rune)
{
    utf8proc_int32_t value;
    if ((unsigned char)*at < 0x80) { /* most of all text */
        *rune = *at;
        return at + 1;
    }
    utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)at, (utf8proc_ssize_t)strnlen(at, 4), &value);
    if (size <= 0) {
        *rune = REPLACEMENT;
        return at + 1;
    }
    *rune = value;
    return at + size;
}

bool text_is_utf8(const char *bytes, size_t length)
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)bytes;
    for (size_t i = 0; i < length;) {
        utf8proc_int32_t rune;
        utf8proc_ssize_t size = utf8proc_iterate(at + i, (utf8proc_ssize_t)(length - i), &rune);
        if (size <= 0 || rune == 0)
            return false;
        i += (size_t)size;
    }
    return true;
}

static bool is_ascii(const char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text >= 0x80)
            return false;
    return true;
}

/* Ill-formed bytes replaced, so that utf8proc takes the text. */
static const char *mended(struct arena *a, const char *text)
{
    if (text_is_utf8(text, strlen(text)))
        return text;
    struct buffer b = { .arena = a };
    for (int32_t rune; *text != '\0'; buffer_add_rune(&b, rune))
        text = text_next(text, &rune);
    return b.text;
}

static char *mapped(struct arena *a, const char *text, utf8proc_option_t options)
{
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t size = utf8proc_map((const utf8proc_uint8_t *)mended(a, text), 0, &out,
                                         (utf8proc_option_t)(UTF8PROC_NULLTERM | UTF8PROC_STABLE | options));
    assert(size >= 0);
    char *copy = arena_copy_n(a, (char *)out, (size_t)size);
    free(out);
    return copy;
}

char *text_nfc(struct arena *a, const char *text)
{
    return is_ascii(text) ? arena_copy(a, text) : mapped(a, text, UTF8PROC_COMPOSE);
}

static char *each_rune(struct arena *a, const char *text, utf8proc_int32_t (*change)(utf8proc_int32_t))
{
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    for (int32_t rune; *text != '\0';) {
        text = text_next(text, &rune);
        buffer_add_rune(&b, change(rune));
    }
    return b.text;
}

char *text_lower(struct arena *a, const char *text)
{
    return each_rune(a, text, utf8proc_tolower);
}

char *text_upper(struct arena *a, const char *text)
{
    return each_rune(a, text, utf8proc_toupper);
}

char *text_sentence_case(struct arena *a, const char *text)
{
    if (strcmp(text, text_upper(a, text)) != 0 || strcmp(text, text_lower(a, text)) == 0)
        return arena_copy(a, text);
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    bool started = false;
    for (int32_t rune; *text != '\0';) {
        text = text_next(text, &rune);
        buffer_add_rune(&b, started ? utf8proc_tolower(rune) : rune);
        started = started || utf8proc_tolower(rune) != utf8proc_toupper(rune);
    }
    return b.text;
}

static utf8proc_int32_t plain_d(utf8proc_int32_t rune)
{
    return rune == 0x111 ? 'd' : rune; /* đ has no decomposition in Unicode */
}

char *text_fold(struct arena *a, const char *text)
{
    if (is_ascii(text))
        return text_lower(a, text);
    char *stripped = mapped(a, text, UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD);
    return each_rune(a, stripped, plain_d);
}

char *text_key(struct arena *a, const char *text)
{
    char *folded = text_fold(a, text);
    char *to = folded;
    for (const char *from = folded; *from != '\0'; from++) {
        bool kept = (*from >= 'a' && *from <= 'z') || (*from >= '0' && *from <= '9');
        if (kept)
            *to++ = *from;
        else if (to > folded && to[-1] != ' ')
            *to++ = ' ';
    }
    if (to > folded && to[-1] == ' ')
        to--;
    *to = '\0';
    return folded;
}

/* Opening costs a millisecond. Its use is const, so all threads share it. */
static UCollator *order;
static pthread_once_t order_once = PTHREAD_ONCE_INIT;

static void open_order(void)
{
    UErrorCode status = U_ZERO_ERROR;
    order = ucol_open("vi", &status);
    assert(U_SUCCESS(status));
}

char *text_sort_key(struct arena *a, const char *text)
{
    pthread_once(&order_once, open_order);
    UErrorCode status = U_ZERO_ERROR;
    const char *clean = mended(a, text);
    int32_t length = 0;
    int32_t size = (int32_t)strlen(clean) + 1;
    UChar *wide = arena_array(a, (size_t)size, sizeof *wide);
    u_strFromUTF8(wide, size, &length, clean, -1, &status);
    assert(U_SUCCESS(status));
    int32_t need = ucol_getSortKey(order, wide, length, NULL, 0);
    uint8_t *key = arena_alloc(a, (size_t)need);
    ucol_getSortKey(order, wide, length, key, need);
    return text_hex(a, key, (size_t)need - 1);
}

static bool is_space(int32_t rune)
{
    return rune == ' ' || (rune >= '\t' && rune <= '\r') || rune == 0xA0 || rune == 0x200B || rune == 0xFEFF ||
           utf8proc_category(rune) == UTF8PROC_CATEGORY_ZS;
}

char *text_trim(struct arena *a, const char *text)
{
    int32_t rune;
    const char *next;
    while (*text != '\0' && (next = text_next(text, &rune), is_space(rune)))
        text = next;
    const char *end = text;
    for (const char *at = text; *at != '\0';) {
        at = text_next(at, &rune);
        if (!is_space(rune))
            end = at;
    }
    return arena_copy_n(a, text, (size_t)(end - text));
}

char *text_squeeze(struct arena *a, const char *text)
{
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    bool gap = false;
    while (*text != '\0') {
        int32_t rune;
        const char *next = text_next(text, &rune);
        if (is_space(rune)) {
            gap = b.length > 0;
        } else {
            if (gap)
                buffer_add(&b, " ");
            gap = false;
            buffer_add_n(&b, text, (size_t)(next - text));
        }
        text = next;
    }
    return b.text;
}

size_t text_length(const char *text)
{
    size_t count = 0;
    for (int32_t rune; *text != '\0'; count++)
        text = text_next(text, &rune);
    return count;
}

bool text_starts(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool text_ends(const char *text, const char *suffix)
{
    size_t length = strlen(text);
    size_t tail = strlen(suffix);
    return length >= tail && memcmp(text + length - tail, suffix, tail) == 0;
}

bool text_blank(const char *text)
{
    if (text == NULL)
        return true;
    for (int32_t rune; *text != '\0';) {
        text = text_next(text, &rune);
        if (!is_space(rune))
            return false;
    }
    return true;
}

bool text_int(const char *text, int64_t *value)
{
    if (text == NULL || *text == '\0' || *text == ' ' || *text == '+')
        return false;
    char *end;
    errno = 0;
    long long number = strtoll(text, &end, 10);
    if (errno != 0 || *end != '\0')
        return false;
    *value = number;
    return true;
}

size_t text_split(struct arena *a, const char *text, char at, char ***parts)
{
    size_t count = 0;
    size_t capacity = 0;
    char **list = NULL;
    for (;;) {
        const char *end = strchr(text, at);
        size_t length = end == NULL ? strlen(text) : (size_t)(end - text);
        list = arena_grow(a, list, sizeof *list, &capacity, count + 1);
        list[count++] = arena_copy_n(a, text, length);
        if (end == NULL)
            break;
        text = end + 1;
    }
    *parts = list;
    return count;
}

char *text_hex(struct arena *a, const void *bytes, size_t size)
{
    static const char digits[] = "0123456789abcdef";
    const unsigned char *from = bytes;
    char *hex = arena_alloc(a, size * 2 + 1);
    for (size_t i = 0; i < size; i++) {
        hex[2 * i] = digits[from[i] >> 4];
        hex[2 * i + 1] = digits[from[i] & 15];
    }
    return hex;
}

void buffer_add(struct buffer *b, const char *text)
{
    buffer_add_n(b, text, strlen(text));
}

void buffer_add_n(struct buffer *b, const char *text, size_t length)
{
    b->text = arena_grow(b->arena, b->text, 1, &b->capacity, b->length + length + 1);
    if (length > 0)
        memcpy(b->text + b->length, text, length);
    b->length += length;
    b->text[b->length] = '\0';
}

void buffer_add_rune(struct buffer *b, int32_t rune)
{
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t size = utf8proc_encode_char(rune, bytes);
    buffer_add_n(b, (char *)bytes, (size_t)size);
}

void buffer_printf(struct buffer *b, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    buffer_add(b, arena_vprintf(b->arena, format, values));
    va_end(values);
}
