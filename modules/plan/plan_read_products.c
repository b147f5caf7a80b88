/* What a task is to bring forth: the entries of a product cell. */
#include "plan_mark.h"
#include "plan_parts.h"
#include "platform/base/text.h"
#include <ctype.h>
#include <string.h>
#include <utf8proc.h>

static bool starts_with(const char *text, utf8proc_category_t category)
{
    int32_t rune = 0;
    while (*text == ' ' || *text == '\n')
        text++;
    text_next(text, &rune);
    return utf8proc_category(rune) == category;
}

/* "- ", "+ ", "1. ", "a) " in front of an entry; a number of things ("02 tin") is none. */
static const char *without_mark(struct arena *a, const char *name)
{
    struct plan_mark_read m = plan_mark_of(a, name);
    bool listed = m.mark == MARK_NUMBER || m.mark == MARK_CLOSED || m.mark == MARK_PAREN || m.mark == MARK_LETTER || m.mark == MARK_DOT;
    if (listed && m.text[0] != '\0')
        return m.text;
    return name + strspn(name, "-+* ");
}

static bool is_list_mark(const char *text)
{
    text += strspn(text, " \n");
    return strchr("-+*", *text) != NULL || isdigit((unsigned char)*text) || text_starts(text, "•");
}

/* A line that only goes on the one before: it begins small, and that one has not ended. */
static bool wrapped(const char *from, const char *at)
{
    const char *last = at;
    while (last > from && last[-1] == ' ')
        last--;
    bool ended = last > from && strchr(".;:", last[-1]) != NULL;
    return !ended && !is_list_mark(at) && starts_with(at, UTF8PROC_CATEGORY_LL);
}

static void add(struct arena *a, struct plan_list *list, const char *from, const char *to)
{
    const char *name = without_mark(a, text_squeeze(a, arena_copy_n(a, from, (size_t)(to - from))));
    const char *key = text_key(a, name);
    bool nothing = key[0] == '\0' || strcmp(key, "nt") == 0 || strcmp(key, "khong") == 0;
    for (size_t i = 0; i < list->count && !nothing; i++)
        nothing = strcmp(list->items[i], name) == 0;
    if (!nothing)
        plan_list_add(a, list, name);
}

/* " - Bài viết", " + Bài viết": the next bullet of a list that was put on one line. */
static bool is_next_bullet(const char *text, const char *at, bool bulleted)
{
    bool sign = strncmp(at, " - ", 3) == 0 || strncmp(at, " + ", 3) == 0;
    return bulleted && at > text && sign && starts_with(at + 3, UTF8PROC_CATEGORY_LU) && at[-1] != ' ';
}

void plan_products_add(struct arena *a, struct plan_list *list, const char *text)
{
    const char *from = text, *start = text + strspn(text, " ");
    bool bulleted = *start == '-' || *start == '+';
    int depth = 0;
    for (const char *at = text;; at++) {
        depth += *at == '(' ? 1 : *at == ')' && depth > 0 ? -1 : 0;
        bool bullet = is_next_bullet(text, at, bulleted);
        bool line = *at == '\n' && !wrapped(from, at);
        if (*at != '\0' && !line && !bullet && !(depth == 0 && *at == ';'))
            continue;
        add(a, list, from, at);
        if (*at == '\0')
            return;
        from = at + (bullet ? 3 : 1);
    }
}
