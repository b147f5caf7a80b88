/* Inside of unit_resolve: the units a wording may mean, one name, one set phrase. */
#pragma once
#include "modules/unit/unit.h"
#include <stdint.h>

enum { SURE = 90, FAIR = 60 };                  /* scores, 0 to 100 */
enum { PLACE_ABOVE = 100, PLACE_BESIDE = 200 }; /* as sql_unit_candidates gives them */

/* A name as text_key forms. Its opening words tell the kind; the initials of the rest make the usual short form. */
struct called {
    const char *kind;     /* NULL: the wording does not tell */
    const char *key;      /* all of it */
    const char *rest;     /* without the opening */
    const char *tight;    /* rest without spaces */
    const char *initials; /* of rest, without "va" */
    uint64_t words;       /* a bit for each word of rest: no common bit, no common word */
    int word_count;       /* of rest */
};

struct candidate {
    int64_t unit;
    const char *kind;
    int64_t place;
    bool old, closed;
    struct called name, short_name;
    const char *symbol; /* tight */
};

struct remembered {
    const char *wording;
    const struct unit_match *match;
};

struct unit_world {
    struct ctx *c;
    int64_t context;
    int64_t when;
    struct candidate *list;
    int count;
    int *by_key; /* hash of the names: index in list + 1, 0 empty */
    size_t slots;
    const struct unit_alias *aliases;
    size_t alias_count;
    struct remembered *asked; /* hash of the wordings answered so far */
    size_t asked_count, asked_slots;
    struct unit_candidate near[UNIT_MOST_CANDIDATES]; /* of the name looked up last, the best first */
};

/* Fills w->list for w->context as of w->when. */
void match_load(struct unit_world *w);
uint64_t match_hash(const char *text);

struct found {
    int score; /* 0: none */
    int64_t unit;
};

/* The unit that one name means; w->near: the likest. */
struct found match_name(struct unit_world *w, const char *wording);

enum {
    WORD_MANY = 1, /* các, tất cả */
    WORD_FILL = 2,
    WORD_ALL = 4, /* đơn vị: of every kind */
    WORD_INNER = 8,
    WORD_OUTER = 16,
    WORD_OWNER = 32, /* what follows names the owner of the set */
    WORD_VAGUE = 64, /* "liên quan": a person must say which */
    WORD_KIND = 128,
    WORD_FIRST = 256, /* only before the units it speaks of */
};

struct set {
    int meaning;
    const char *kinds[8];
    int kind_count, nouns;
};

/* key: text_key of the wording. False: it is no set phrase, since a word stands in it that no set phrase has. */
bool match_read_set(const char *key, struct set *set);
bool match_in_set(const struct set *set, const struct candidate *k);
/* Whole words at the start: "phong" of "phong to chuc", not of "phongto". NULL, or what follows. */
const char *match_after_words(const char *key, const char *words);
