/* Wording that lost its marks or was misread is written as it was meant: "cai cich hanh chinh" becomes "cải cách hành
 * chính". A guess, to be shown as one. Numbers, document symbols, addresses, abbreviations in capitals and names of persons
 * stay as they are. */
#pragma once
#include "platform/base/arena.h"
#include <stdbool.h>
#include <stdint.h>

enum viet_damage {
    VIET_SOUND,    /* as people write; never to be touched */
    VIET_LIGHT,    /* recognised by a program that knows Vietnamese: few words are wrong */
    VIET_STRIPPED, /* letters are right, marks are missing */
    VIET_MISREAD,  /* letters and marks were misread */
};

/* What the words of a text tell; add up over paragraphs before judging a document. Start with { 0 }. */
struct viet_signs {
    size_t words;   /* that may be Vietnamese syllables, by their letters */
    size_t foreign; /* the rest */
    size_t telling; /* of words: with a letter that only Vietnamese has (ơ, ư, đ, ă, or two marks) */
    size_t marked;  /* of words: with any mark */
    size_t odd;     /* with signs that belong in no word: "nhi¢m", "S6", "K&" */
    size_t pairs, known; /* neighbours; of them such as are often seen together */
};
void viet_count(const char *text, struct viet_signs *signs);

/* Sound or not: two measures, how many words have telling letters and how many pairs of words are usual ones. Too few words
 * to tell: SOUND. Never LIGHT. */
enum viet_damage viet_judge(const struct viet_signs *signs);
/* One paragraph of a document that was judged: a long one may be sound in a damaged document, or the other way round. */
enum viet_damage viet_judge_paragraph(const struct viet_signs *paragraph, enum viet_damage whole);

/* A word, or words that were broken or joined, as it was and as it is. Bytes of the texts. */
struct viet_word {
    uint32_t from, to; /* in the text that was repaired */
    uint32_t at, end;  /* in the result */
    bool changed;
    float sure;        /* 0..1: how much better it is than the other readings; 1 of what was not changed */
};

struct viet_repaired {
    const char *text; /* NUL-terminated; the text given when nothing changed */
    struct viet_word *words;
    size_t count, changed;
};

/* A repairer for one document. phrases: wording that is likely here (terms of the field, names of units), borrowed;
 * it is also learnt that they stay together. Everything in the arena. */
struct viet_repairer;
struct viet_repairer *viet_repairer_new(struct arena *a, const char *const *phrases, size_t count);

/* From now on `seen` is read as `meant`, both of some words, borrowed, whatever else would be likelier. */
void viet_repairer_teach(struct viet_repairer *r, const char *seen, const char *meant);

/* text: NFC, at most some pages; its words are found in `words` also when nothing changes, but not for SOUND. */
struct viet_repaired viet_repair(struct viet_repairer *r, const char *text, enum viet_damage damage);

/* Bytes of a text that are known to be right, from .. to - 1. */
struct viet_right {
    uint32_t from, to;
};
/* The same; words that lie in one of `right` (in order) stay. */
struct viet_repaired viet_repair_but(struct viet_repairer *r, const char *text, enum viet_damage damage, const struct viet_right *right,
                                     size_t count);
