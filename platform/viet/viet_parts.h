/* What the stages of the repair share; private to platform/viet. */
#pragma once
#include "platform/viet/viet_model.h"
#include "platform/viet/viet_repair.h"

enum { VIET_READINGS = 14, VIET_TOKEN_RUNES = 12, VIET_MEMORY = 2048 };

/* A word as it stands in the text, without the signs around it. */
struct viet_token {
    const char *from, *to;
    bool breaks;  /* a phrase ends before it: a sign or a figure stands between */
    bool spaced;  /* nothing but blanks between the word before and this one */
    bool letters; /* a word; else a number, a symbol, an address: a phrase breaks at it */
    bool fixed;   /* a word that stays as it is */
    bool upper, title;
    uint8_t runes;                      /* 0: too long to be a syllable */
    int32_t small[VIET_TOKEN_RUNES];    /* in small letters */
    uint16_t word;                      /* of the model as it stands, or VIET_UNKNOWN */
};

/* The words of a text; *count of them, in the arena. */
struct viet_token *viet_tokens(struct arena *a, const char *text, size_t *count);
/* Marks the words that must stay: addresses, symbols, abbreviations, names. Numbers were found by viet_tokens. */
void viet_fix(const struct viet_model *m, struct viet_token *tokens, size_t count, enum viet_damage damage);

/* One way to read a token (or two that belong together). */
struct viet_reading {
    uint16_t word, then; /* then: a second word the token was joined from; 0: none */
    float cost;          /* bits that the misreading takes */
};

struct viet_readings {
    struct viet_reading items[VIET_READINGS + 1]; /* one more: the word as it stands */
    int count;
};

/* A word of the caller's that the model does not have; its number is model words + index. */
struct viet_own {
    const char *text;
    uint64_t key;
};

struct viet_known {
    uint64_t key;  /* what was asked: hash of the letters */
    struct viet_readings readings;
    bool used;
};

/* Words that somebody said what they mean. */
struct viet_taught {
    const struct viet_token *seen;
    size_t count;
    const char *meant;
};

struct viet_repairer {
    struct arena *arena;
    const struct viet_model *m;
    struct viet_own *own;
    size_t own_count, own_capacity;
    struct viet_taught *taught;
    size_t taught_count, taught_capacity;
    uint64_t *runs; /* a hash set of the phrases' pairs (then << 16) and triples */
    size_t run_room;
    struct viet_known *memory; /* readings found before; a hash table that forgets */
    struct viet_row *rows;     /* costs of signs */
    size_t row_count, row_capacity;
    struct viet_state *states; /* of the search, used again for each phrase */
    size_t state_capacity;
    float chance[256]; /* of a chance byte */
    uint8_t gone[VIET_LETTERS]; /* cost of a letter that left nothing */
};

const char *viet_word_text(const struct viet_repairer *r, uint16_t word);

/* viet_reading.c */
void viet_fill_gone(struct viet_repairer *r);
/* exact: only words with these very letters, whatever the damage. */
void viet_read_token(struct viet_repairer *r, const int32_t *runes, int count, enum viet_damage damage, bool exact, struct viet_readings *out);

/* Bits of the word behind two others (VIET_UNKNOWN: none); pair: where they stand in the model, -1: nowhere; *now: where
 * (before, word) stands. */
float viet_cost(const struct viet_repairer *r, uint16_t first, uint16_t before, int64_t pair, uint16_t word, int64_t *now);

/* viet_search.c: the best reading of tokens that make a phrase. A choice covers one token, or two that were one word. */
struct viet_choice {
    uint16_t word, then;
    uint8_t tokens;
    float cost, sure;
};
/* choices: at least `count` of them; returns how many there are. */
size_t viet_search(struct viet_repairer *r, const struct viet_token *tokens, size_t count, enum viet_damage damage, struct viet_choice *choices);
