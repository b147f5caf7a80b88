/* Text folded rune by rune, so that a match in the key points back into the text; and comparison that forgives OCR. */
#pragma once
#include "platform/base/arena.h"
#include <stdbool.h>
#include <stdint.h>

struct folded {
    const char *text; /* borrowed */
    char *key;        /* one character a rune: base letter in lower case, digit or sign; any white space is ' ' */
    uint32_t *at;     /* byte of text where each key character starts; at[length] is the text's end */
    size_t length;
};

struct folded fold_text(struct arena *a, const char *text);

/* One rune as a key character; 0 for a rune that leaves no trace (a lone combining mark). */
char fold_rune(int32_t rune);

/* A letter or digit of a key. */
bool fold_is_word(char c);

/* Lower-case words only, single spaces, with OCR confusions brought to one letter (1 and l to i, 6 to o, & to e).
 * Damaged and sound texts give near or equal keys; never shown to people. */
char *fold_loose(struct arena *a, const char *text);

/* The first characters of text_key(text), at most size - 1, without memory of an arena. Reads at most `length` bytes. */
void fold_key(char *key, size_t size, const char *text, size_t length);

/* Levenshtein distance, or limit + 1 as soon as it is certain to be larger. At most 255 characters each. */
int fold_distance(const char *a, size_t a_length, const char *b, size_t b_length, int limit);

/* Are they the same but for a few letters (one in five)? Both made by fold_loose. */
bool fold_alike(const char *a, const char *b);

/* Where the words of `phrase` (made by fold_loose) stand in `key`, alike; NULL when they do not. *end: after them. */
const char *fold_find(const char *key, const char *phrase, const char **end);
