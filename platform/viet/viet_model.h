/* What is known of Vietnamese: its words, how often they follow each other, how their letters are misread. Figures made by
 * tools/viet_model.py lie in the program as they were stored, so they cost neither time nor memory before they are used. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    VIET_BEGIN = 0,       /* the word before the first of a phrase */
    VIET_END = 1,         /* the word behind its last */
    VIET_UNKNOWN = 65535, /* a word that is not in the model */
    VIET_LETTERS = 93,    /* small letters with all marks, and f j w z */
    VIET_WORD_LETTERS = 8,
    VIET_NEVER = 255,     /* a cost: was not seen */
    VIET_BIT = 8,         /* costs and chances are -8 * log2(p): so many make one bit */
};

/* Borrowed, for good. Offsets and numbers as tools/viet_model.py lays them down. */
struct viet_model {
    uint32_t keys, words, pairs, triples, nodes, signs, twos;
    const uint32_t *letters;                               /* their code points, in order */
    const uint64_t *key;                                   /* skeletons, see viet_key; in order */
    const uint16_t *key_first;                             /* first word of each, and one more */
    const uint32_t *text_at;                               /* in texts, of each word */
    const char *texts;
    const uint8_t *single, *sound;                         /* of each word: chance; is it a Vietnamese syllable */
    const uint32_t *pair_start;                            /* of each word, and one more */
    const uint16_t *second;
    const uint8_t *pair;
    const uint32_t *triple_start;                          /* of each pair, and one more */
    const uint16_t *third;
    const uint8_t *triple;
    const uint8_t *node_letter;                            /* all syllables as a tree in preorder */
    const uint16_t *node_word, *node_end;                  /* 0: no word ends here; the first node behind the branch */
    const uint8_t *node_best;                              /* chance of the most usual word in the branch */
    const uint32_t *sign;                                  /* signs that letters were read as, in order */
    const uint8_t *one;                                    /* cost of [sign][letter] */
    const uint8_t *gone;                                   /* cost of a letter that left nothing */
    const uint64_t *two_key;                               /* first sign << 32 | second << 8 | letter, in order */
    const uint8_t *two;
};

const struct viet_model *viet_model(void);

/* Up to eight letters a-z as one number that sorts like them; 0 when it is another or longer word. */
uint64_t viet_key(const char *plain, size_t length);
/* The words with this skeleton are *first .. *end - 1. False: none. */
bool viet_readings(const struct viet_model *m, uint64_t key, uint16_t *first, uint16_t *end);
/* The number of a word in small letters, NFC; VIET_UNKNOWN when there is none. */
uint16_t viet_word(const struct viet_model *m, const char *word);
const char *viet_text(const struct viet_model *m, uint16_t word);

/* Where the pair stands; -1: rarer than the model keeps. */
int64_t viet_pair(const struct viet_model *m, uint16_t first, uint16_t then);
/* Its chance byte after the pair; VIET_NEVER when rarer than the model keeps. */
uint8_t viet_triple(const struct viet_model *m, int64_t pair, uint16_t then);

/* A code point in small letters, and without marks: 'e' for U+1EC7; 0 when it is no letter of a syllable. */
int32_t viet_small(int32_t rune);
char viet_plain(int32_t rune);
/* Index of a small letter among letters; -1: none of them. */
int viet_letter(const struct viet_model *m, int32_t rune);
