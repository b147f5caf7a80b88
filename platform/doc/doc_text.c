/* Reads plain text, and text with marks of Markdown or HTML: the bytes to lines, the lines to blocks. */
#include "platform/doc/doc_text.h"
#include "platform/viet/viet_legacy.h"
#include <string.h>

enum { MOST_LINES = DOC_MOST_BLOCKS, LONG_BLANK = 20, SHORTEST_RULE = 8 };

static bool is_dropped(int32_t rune)
{
    return rune == 0xAD || rune == 0x200B || rune == 0x200C || rune == 0x200D || rune == 0x2060 || rune == 0xFEFF ||
           (rune < ' ' && rune != '\n' && rune != '\t' && rune != '\f') || rune == 0x7F;
}

static void add_rune(struct buffer *b, int32_t rune, bool after_return)
{
    if (rune == '\n' && after_return)
        return;
    if (rune == '\r' || rune == 0x85 || rune == 0x2028 || rune == 0x2029 || rune == '\v')
        buffer_add(b, "\n");
    else if (rune == 0xA0 || rune == 0x2007 || rune == 0x202F)
        buffer_add(b, " ");
    else if (!is_dropped(rune))
        buffer_add_rune(b, rune);
}

static char *from_utf8(struct ctx *c, const char *bytes, size_t size)
{
    bool old = !text_is_utf8(bytes, size);
    if (old && memchr(bytes, '\0', size) != NULL)
        return fail(c, INVALID, doc_says_not_unicode, "ill-formed UTF-8"), NULL;
    struct buffer b = { .arena = c->arena };
    buffer_add(&b, "");
    const char *text = old ? viet_legacy_bytes(c->arena, bytes, size) : arena_copy_n(c->arena, bytes, size);
    enum viet_legacy from = viet_legacy_recognise(text);
    if (old && from == VIET_UNICODE)
        return fail(c, INVALID, doc_says_not_unicode, "neither UTF-8 nor an old Vietnamese encoding"), NULL;
    if (from != VIET_UNICODE)
        text = viet_legacy_text(c->arena, text, from);
    for (int32_t rune = 0, before = 0; *text != '\0'; before = rune) {
        text = text_next(text, &rune);
        add_rune(&b, rune, before == '\r');
    }
    return b.text;
}

/* Half of the bytes of plain words in UTF-16 are NUL, all on one side. */
enum text_width text_width(const char *bytes, size_t size)
{
    size_t nuls[2] = { 0 };
    if (size >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0))
        return bytes[0] == '\xFF' ? TEXT_UTF16_LITTLE : TEXT_UTF16_BIG;
    size = size < 4096 ? size & ~(size_t)1 : 4096;
    for (size_t i = 0; i < size; i++)
        nuls[i % 2] += bytes[i] == '\0';
    if (size < 16 || (nuls[0] > 0) == (nuls[1] > 0) || (nuls[0] + nuls[1]) * 6 < size)
        return TEXT_BYTES;
    return nuls[1] > 0 ? TEXT_UTF16_LITTLE : TEXT_UTF16_BIG;
}

static char *from_utf16(struct ctx *c, const unsigned char *bytes, size_t size, bool little)
{
    struct buffer b = { .arena = c->arena };
    buffer_add(&b, "");
    int32_t before = 0;
    for (size_t i = 0; i + 1 < size; i += 2) { /* the byte order mark goes as a sign that is not printed */
        int32_t rune = little ? bytes[i] | bytes[i + 1] << 8 : bytes[i] << 8 | bytes[i + 1];
        if (rune >= 0xD800 && rune < 0xDC00 && i + 3 < size) {
            int32_t low = little ? bytes[i + 2] | bytes[i + 3] << 8 : bytes[i + 2] << 8 | bytes[i + 3];
            rune = 0x10000 + ((rune - 0xD800) << 10) + (low - 0xDC00);
            i += 2;
            if (low < 0xDC00 || low > 0xDFFF)
                return fail(c, INVALID, doc_says_not_unicode, "ill-formed UTF-16"), NULL;
        }
        if (rune == 0 || (rune >= 0xD800 && rune < 0xE000))
            return fail(c, INVALID, doc_says_not_unicode, "ill-formed UTF-16"), NULL;
        add_rune(&b, rune, before == '\r');
        before = rune;
    }
    return b.text;
}

char *text_decode(struct ctx *c, const char *bytes, size_t size)
{
    enum text_width width = text_width(bytes, size);
    char *text = width == TEXT_BYTES ? from_utf8(c, bytes, size)
                                     : from_utf16(c, (const unsigned char *)bytes, size, width == TEXT_UTF16_LITTLE);
    return text == NULL ? NULL : text_nfc(c->arena, text);
}

/* A line drawn with signs, or left blank as a PDF's footnote separator is. */
static bool is_rule(const char *raw, size_t length)
{
    size_t signs = 0;
    size_t blanks = 0;
    for (size_t i = 0; i < length; i++) {
        blanks += raw[i] == ' ';
        signs += raw[i] == '_' || raw[i] == '-' || raw[i] == '=' || raw[i] == '*';
    }
    return signs + blanks == length && (signs >= SHORTEST_RULE || (signs == 0 && blanks >= LONG_BLANK));
}

/* "---" alone is Markdown's rule; "-" alone is somebody's. */
static bool is_blank_line(const char *raw, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (raw[i] != ' ' && raw[i] != '\t' && !(raw[i] == '-' && length >= 3))
            return false;
    return true;
}

static void add_line(struct text_source *s, const struct text_line *found)
{
    s->lines = arena_grow(s->c->arena, s->lines, sizeof *s->lines, &s->capacity, s->count + 1);
    s->lines[s->count++] = *found;
}

static void cut_lines(struct text_source *s, const char *text)
{
    struct text_line next = { .page = strchr(text, '\f') == NULL ? 0 : 1 };
    int64_t number = 0;
    while (*text != '\0' && s->count <= MOST_LINES) {
        size_t length = strcspn(text, "\n\f");
        number++;
        if (is_rule(text, length) || is_blank_line(text, length)) {
            next.rule = next.rule || is_rule(text, length);
            next.gap++;
        } else {
            next.raw = text;
            next.raw_length = length;
            next.number = number;
            next.page_start = next.page_start || (text[0] == ' ' && length > 1 && text[1] != ' ');
            add_line(s, &next);
            next = (struct text_line){ .page = next.page };
        }
        text += length;
        if (*text == '\f') {
            next.page++;
            next.page_start = true;
            number--; /* the form feed ends no line */
        }
        text += *text != '\0';
    }
    s->pages = s->count == 0 ? 0 : s->lines[s->count - 1].page; /* a form feed at the very end begins no page */
}

enum err doc_read_text(struct ctx *c, const char *bytes, size_t size, struct document **doc)
{
    if (c->err != OK)
        return c->err;
    if (size > DOC_MOST_TEXT)
        return fail(c, INVALID, doc_says_huge, "%zu bytes of text", size);
    char *text = text_decode(c, bytes, size);
    if (text == NULL)
        return c->err;
    struct text_source s = { .c = c };
    cut_lines(&s, text);
    if (s.count > MOST_LINES)
        return fail(c, INVALID, doc_says_huge, "more than %d lines", MOST_LINES);
    if (s.count == 0)
        return fail(c, INVALID, doc_says_empty, "a text of blanks");
    text_find_tables(&s);
    if (s.too_large)
        return fail(c, INVALID, doc_says_huge, "more table cells than the bound");
    struct emphasis e = { 0 };
    for (size_t i = 0; i < s.count; i++)
        if (s.lines[i].kind == LINE_BODY)
            text_unmark(c->arena, &e, &s.lines[i]);
    text_find_notes(&s);
    struct block_list blocks = { .arena = c->arena };
    text_join(&s, &blocks);
    if (blocks.count == 0)
        return fail(c, INVALID, doc_says_empty, "a text of marks");
    doc_trim_around(c->arena, &blocks);
    struct document *made = arena_alloc(c->arena, sizeof *made);
    *made = (struct document){ .format = "text", .pages = s.pages, .blocks = blocks.items, .count = blocks.count };
    *doc = made;
    return c->err;
}
