/* Inside of unit_resolve: the units a wording may mean, one name, one set phrase. */
#pragma once
#include "modules/unit/unit.h"

enum { SURE = 90, FAIR = 60 };                  /* scores, 0 to 100 */
enum { PLACE_ABOVE = 100, PLACE_BESIDE = 200 }; /* as sql_unit_candidates gives them */

/* A name as text_key forms. Its opening words tell the kind; the initials of the rest make the usual short form. */
struct called {
    const char *kind;     /* NULL: the wording does not tell */
    const char *key;      /* all of it */
    const char *rest;     /* without the opening */
    const char *tight;    /* rest without spaces */
    const char *initials; /* of rest, without "va" */
};

struct candidate {
    int64_t unit;
    const char *kind;
    int64_t place;
    bool old, closed;
    struct called name, short_name;
    const char *symbol; /* tight */
};

struct world {
    struct ctx *c;
    int64_t context;
    int64_t when;
    struct candidate *list;
    int count;
};

/* Fills w->list for w->context as of w->when. */
void match_load(struct world *w);

struct found {
    int score; /* 0: none */
    int64_t unit;
};

/* The unit that one name means. */
struct found match_name(struct world *w, const char *wording);

enum {
    WORD_MANY = 1, /* các, tất cả */
    WORD_FILL = 2,
    WORD_ALL = 4, /* đơn vị: of every kind */
    WORD_INNER = 8,
    WORD_OUTER = 16,
    WORD_OWNER = 32, /* what follows names the owner of the set */
    WORD_VAGUE = 64, /* "liên quan": a person must say which */
    WORD_KIND = 128,
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
