#include "modules/plan/plan_compare.h"
#include "platform/base/text.h"
#include <stdint.h>
#include <string.h>

struct words {
    const char **text, **key;
    size_t count;
};

static struct words cut(struct arena *a, const char *text)
{
    struct words w = { 0 };
    size_t capacity = 0, keys = 0;
    for (text += strspn(text, " \n\t"); *text != '\0'; text += strspn(text, " \n\t")) {
        size_t length = strcspn(text, " \n\t");
        w.text = arena_grow(a, w.text, sizeof *w.text, &capacity, w.count + 1);
        w.key = arena_grow(a, w.key, sizeof *w.key, &keys, w.count + 1);
        w.text[w.count] = arena_copy_n(a, text, length);
        const char *key = text_lower(a, w.text[w.count]);
        size_t end = strlen(key);
        while (end > 1 && strchr(",;.:", key[end - 1]) != NULL)
            end--;
        w.key[w.count++] = arena_copy_n(a, key, end);
        text += length;
    }
    return w;
}

struct joining {
    struct arena *arena;
    struct word_piece *pieces;
    size_t count, capacity;
};

static void add(struct joining *j, enum word_mark mark, const char *word)
{
    if (j->count > 0 && j->pieces[j->count - 1].mark == mark) {
        struct word_piece *last = &j->pieces[j->count - 1];
        last->text = arena_printf(j->arena, "%s %s", last->text, word);
        return;
    }
    j->pieces = arena_grow(j->arena, j->pieces, sizeof *j->pieces, &j->capacity, j->count + 1);
    j->pieces[j->count++] = (struct word_piece){ mark, word };
}

/* common[i][k]: how many words the rests from i and k share in order. */
static uint16_t *longest(struct arena *a, const struct words *x, const struct words *y)
{
    size_t width = y->count + 1;
    uint16_t *common = arena_array(a, (x->count + 1) * width, sizeof *common);
    for (size_t i = x->count; i-- > 0;)
        for (size_t k = y->count; k-- > 0;) {
            uint16_t down = common[(i + 1) * width + k], right = common[i * width + k + 1];
            common[i * width + k] = strcmp(x->key[i], y->key[k]) == 0 ? (uint16_t)(common[(i + 1) * width + k + 1] + 1) : down >= right ? down : right;
        }
    return common;
}

size_t plan_compare_words(struct arena *a, const char *was, const char *now, struct word_piece **pieces)
{
    struct words x = cut(a, was), y = cut(a, now);
    struct joining j = { .arena = a };
    size_t i = 0, k = 0;
    if (x.count <= COMPARE_WORDS && y.count <= COMPARE_WORDS) {
        const uint16_t *common = longest(a, &x, &y);
        size_t width = y.count + 1;
        while (i < x.count && k < y.count)
            if (strcmp(x.key[i], y.key[k]) == 0)
                add(&j, WORD_SAME, y.text[k++]), i++;
            else if (common[(i + 1) * width + k] >= common[i * width + k + 1])
                add(&j, WORD_GONE, x.text[i++]);
            else
                add(&j, WORD_NEW, y.text[k++]);
    }
    while (i < x.count)
        add(&j, WORD_GONE, x.text[i++]);
    while (k < y.count)
        add(&j, WORD_NEW, y.text[k++]);
    *pieces = j.pieces;
    return j.count;
}
