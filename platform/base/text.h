/* Unicode text: checking, normal form, Vietnamese folding and order, and a growing buffer. */
#pragma once
#include "platform/base/arena.h"
#include <stdbool.h>
#include <stdint.h>

/* True when the bytes are well-formed UTF-8 without NUL. */
bool text_is_utf8(const char *bytes, size_t length);

/* Unicode normal form C. Ill-formed bytes become U+FFFD. Arena text. */
char *text_nfc(struct arena *a, const char *text);

/* Without marks and case, đ as d: "Đống Đa" gives "dong da". White space and other signs stay.
 * The one folding used for search, matching and keys. Arena text. */
char *text_fold(struct arena *a, const char *text);

/* text_fold, then everything but a-z and 0-9 becomes single spaces, none at the ends. */
char *text_key(struct arena *a, const char *text);

/* A byte string whose strcmp order is the Vietnamese order (An Ánh Ăn Ân Ba Da Đà Ê). Hex text, for a sort column. */
char *text_sort_key(struct arena *a, const char *text);

char *text_lower(struct arena *a, const char *text); /* full Unicode lower case, marks kept */
char *text_upper(struct arena *a, const char *text);
/* First letter upper, the rest lower, of a text in capitals; other text is only copied. */
char *text_sentence_case(struct arena *a, const char *text);

/* Without white space (Unicode too) at both ends. */
char *text_trim(struct arena *a, const char *text);
/* text_trim, and inner runs of white space become one space. */
char *text_squeeze(struct arena *a, const char *text);

size_t text_length(const char *text);                    /* code points */
const char *text_next(const char *at, int32_t *rune);    /* decodes one; ill-formed: U+FFFD, 1 byte */
bool text_starts(const char *text, const char *prefix);
bool text_ends(const char *text, const char *suffix);
bool text_blank(const char *text);                       /* NULL, empty or only white space */
/* Reads a whole decimal number; false when there is anything else, or it does not fit. */
bool text_int(const char *text, int64_t *value);
/* Splits at a character; empty parts stay. parts: arena array of arena texts. */
size_t text_split(struct arena *a, const char *text, char at, char ***parts);

/* Hexadecimal of bytes, lower case. */
char *text_hex(struct arena *a, const void *bytes, size_t size);

/* A growing text in an arena; text is always NUL-terminated. Start with { .arena = a }. */
struct buffer {
    struct arena *arena;
    char *text;
    size_t length;
    size_t capacity;
};
void buffer_add(struct buffer *b, const char *text);
void buffer_add_n(struct buffer *b, const char *text, size_t length);
void buffer_add_rune(struct buffer *b, int32_t rune);
void buffer_printf(struct buffer *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
