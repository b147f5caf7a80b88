/* Two plans clause by clause: what stayed, what changed word by word, what came and what went. */
#pragma once
#include "platform/base/arena.h"
#include "platform/web/web.h"

enum word_mark { WORD_SAME, WORD_GONE, WORD_NEW };

/* A run of words of one kind. */
struct word_piece {
    enum word_mark mark;
    const char *text;
};

/*
 * Both texts as one, with what went and what came: words are compared without signs and case at their ends. Texts of more
 * than COMPARE_WORDS words are shown as one that went and one that came. *pieces in the arena; their number.
 */
enum { COMPARE_WORDS = 400 };
size_t plan_compare_words(struct arena *a, const char *was, const char *now, struct word_piece **pieces);

/* Handler of /ke-hoach/:id/so-sanh. */
enum err plan_compare_show(struct request *r);
