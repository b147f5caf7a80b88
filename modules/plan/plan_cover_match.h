/* Which task of one plan is which of another: by wording, product and time. No database. */
#pragma once
#include "platform/base/arena.h"
#include <stdbool.h>
#include <stddef.h>

struct match_text {
    const char *no;       /* number in its plan; counts only where match_numbers is asked for */
    const char *title;
    const char *products; /* any separators; may be NULL */
    const char *time;     /* as worded; may be NULL */
};

enum match_kind { MATCH_NONE, MATCH_SIMILAR, MATCH_SAME };

enum { MATCH_FLOOR = 45 }; /* of 100: below it two tasks are two tasks */

struct match {
    enum match_kind kind;
    size_t other; /* index on the other side; only when kind is not NONE */
    int score;    /* 0 to 100 */
};

struct matching {
    struct match *left, *right; /* one to one */
    unsigned char *scores;      /* left_count * right_count, 0 to 100 */
    size_t left_count, right_count;
};

/*
 * Lays two lists side by side. Words are compared without marks and case, one after another counts more than apart, and a
 * word weighs the more the fewer texts hold it; the same product and time add a little. SAME: the same words in the
 * same order. numbers: equal numbers add a little too (a later version of the same plan). 140 x 140 take some
 * milliseconds. Arena.
 */
struct matching match_texts(struct arena *a, const struct match_text *left, size_t left_count, const struct match_text *right,
                            size_t right_count, bool numbers);

/* One of several that a task may be. */
struct match_likely {
    int score;
    size_t index;
};

void match_likeliest_first(struct match_likely *list, size_t count);
