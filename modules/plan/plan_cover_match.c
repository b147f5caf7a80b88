#include "modules/plan/plan_cover_match.h"
#include "platform/base/text.h"
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { PRODUCT_WEIGHS = 6, TIME_WEIGHS = 5, NUMBER_WEIGHS = 10, PAIR_WEIGHS = 2 };

/* A word, or two that follow each other, of any of the texts. */
struct term {
    const char *at; /* in a key */
    size_t length;
    uint32_t text;  /* of all texts, left first */
    uint32_t id;
    bool pair;
};

struct text {
    const char *key, *products, *time, *no;
    uint32_t *ids; /* ascending, each once */
    size_t count;
    double weight;
};

struct bag {
    struct arena *arena;
    struct term *terms;
    size_t count, capacity;
};

static void add_term(struct bag *bag, uint32_t text, const char *at, size_t length, bool pair)
{
    bag->terms = arena_grow(bag->arena, bag->terms, sizeof *bag->terms, &bag->capacity, bag->count + 1);
    bag->terms[bag->count++] = (struct term){ .at = at, .length = length, .text = text, .pair = pair };
}

static void cut_terms(struct bag *bag, uint32_t text, const char *key)
{
    const char *before = NULL;
    for (const char *at = key; *at != '\0';) {
        size_t length = strcspn(at, " ");
        add_term(bag, text, at, length, false);
        if (before != NULL)
            add_term(bag, text, before, (size_t)(at + length - before), true);
        before = at;
        at += length;
        at += *at == ' ';
    }
}

static int by_words(const void *x, const void *y)
{
    const struct term *a = x, *b = y;
    size_t shorter = a->length < b->length ? a->length : b->length;
    int order = memcmp(a->at, b->at, shorter);
    if (order == 0)
        order = (a->length > b->length) - (a->length < b->length);
    return order != 0 ? order : (a->text > b->text) - (a->text < b->text);
}

static int by_text(const void *x, const void *y)
{
    const struct term *a = x, *b = y;
    int order = (a->text > b->text) - (a->text < b->text);
    return order != 0 ? order : (a->id > b->id) - (a->id < b->id);
}

static bool same_words(const struct term *a, const struct term *b)
{
    return a->length == b->length && memcmp(a->at, b->at, a->length) == 0;
}

/* Numbers the terms and gives each its weight: rare ones weigh more. Each text keeps a term once. */
static double *weigh(struct bag *bag, size_t texts)
{
    double *weights = arena_array(bag->arena, bag->count + 1, sizeof *weights);
    size_t kept = 0;
    uint32_t id = 0;
    qsort(bag->terms, bag->count, sizeof *bag->terms, by_words);
    for (size_t i = 0; i < bag->count;) {
        size_t end = i, holders = 0;
        struct term first = bag->terms[i];
        for (; end < bag->count && same_words(&first, &bag->terms[end]); end++) {
            if (end > i && bag->terms[end].text == bag->terms[end - 1].text)
                continue;
            holders++;
            struct term one = bag->terms[end];
            one.id = id;
            bag->terms[kept++] = one;
        }
        weights[id++] = log(1.0 + (double)texts / (double)holders) * (first.pair ? PAIR_WEIGHS : 1);
        i = end;
    }
    bag->count = kept;
    qsort(bag->terms, bag->count, sizeof *bag->terms, by_text);
    return weights;
}

static void fill(struct bag *bag, struct text *texts, size_t count, const double *weights)
{
    for (size_t i = 0; i < count; i++)
        texts[i].ids = arena_array(bag->arena, 1, sizeof *texts[i].ids);
    for (size_t i = 0; i < bag->count;) {
        size_t end = i;
        struct text *t = &texts[bag->terms[i].text];
        while (end < bag->count && bag->terms[end].text == bag->terms[i].text)
            end++;
        t->ids = arena_array(bag->arena, end - i, sizeof *t->ids);
        for (; i < end; i++) {
            t->ids[t->count++] = bag->terms[i].id;
            t->weight += weights[bag->terms[i].id];
        }
    }
}

static double shared(const struct text *a, const struct text *b, const double *weights)
{
    double sum = 0;
    for (size_t i = 0, k = 0; i < a->count && k < b->count;) {
        if (a->ids[i] == b->ids[k])
            sum += weights[a->ids[i++]], k++;
        else if (a->ids[i] < b->ids[k])
            i++;
        else
            k++;
    }
    return sum;
}

static bool same_text(const char *a, const char *b)
{
    return a[0] != '\0' && strcmp(a, b) == 0;
}

/* Twice what both hold, of all that each holds; the rest of the hundred is for product, time and number. */
static int score(const struct text *a, const struct text *b, const double *weights, bool numbers)
{
    double all = a->weight + b->weight;
    if (all <= 0)
        return 0;
    if (strcmp(a->key, b->key) == 0)
        return 100;
    double sum = 94.0 * 2 * shared(a, b, weights) / all;
    if (sum > 20) { /* who has the same number or time but other words is another task */
        sum += same_text(a->products, b->products) ? PRODUCT_WEIGHS : 0;
        sum += same_text(a->time, b->time) ? TIME_WEIGHS : 0;
        sum += numbers && same_text(a->no, b->no) ? NUMBER_WEIGHS : 0;
    }
    return sum > 99 ? 99 : (int)sum;
}

struct candidate {
    int score;
    uint32_t left, right;
};

/* Best first; of equals those that stand at the like place. */
static int by_score(const void *x, const void *y)
{
    const struct candidate *a = x, *b = y;
    if (a->score != b->score)
        return b->score - a->score;
    int64_t apart_a = llabs((int64_t)a->left - (int64_t)a->right), apart_b = llabs((int64_t)b->left - (int64_t)b->right);
    if (apart_a != apart_b)
        return apart_a < apart_b ? -1 : 1;
    return a->left != b->left ? (a->left > b->left) - (a->left < b->left) : (a->right > b->right) - (a->right < b->right);
}

static void pair_up(struct arena *a, struct matching *m)
{
    size_t count = 0, capacity = 0;
    struct candidate *list = NULL;
    for (size_t i = 0; i < m->left_count * m->right_count; i++)
        if (m->scores[i] >= MATCH_FLOOR) {
            list = arena_grow(a, list, sizeof *list, &capacity, count + 1);
            list[count++] = (struct candidate){ m->scores[i], (uint32_t)(i / m->right_count), (uint32_t)(i % m->right_count) };
        }
    if (count > 0)
        qsort(list, count, sizeof *list, by_score);
    for (size_t i = 0; i < count; i++) {
        struct match *left = &m->left[list[i].left], *right = &m->right[list[i].right];
        if (left->kind != MATCH_NONE || right->kind != MATCH_NONE)
            continue;
        left->kind = right->kind = list[i].score == 100 ? MATCH_SAME : MATCH_SIMILAR;
        left->score = right->score = list[i].score;
        left->other = list[i].right;
        right->other = list[i].left;
    }
}

static struct text text_of(struct arena *a, const struct match_text *from)
{
    return (struct text){ .key = text_key(a, from->title), .products = text_key(a, from->products == NULL ? "" : from->products),
                          .time = text_key(a, from->time == NULL ? "" : from->time), .no = from->no == NULL ? "" : from->no };
}

struct matching match_texts(struct arena *a, const struct match_text *left, size_t left_count, const struct match_text *right,
                            size_t right_count, bool numbers)
{
    struct matching m = { .left_count = left_count, .right_count = right_count };
    size_t count = left_count + right_count;
    struct text *texts = arena_array(a, count + 1, sizeof *texts);
    struct bag bag = { .arena = a };
    m.left = arena_array(a, left_count + 1, sizeof *m.left);
    m.right = arena_array(a, right_count + 1, sizeof *m.right);
    m.scores = arena_array(a, left_count * right_count + 1, sizeof *m.scores);
    for (size_t i = 0; i < count; i++) {
        texts[i] = text_of(a, i < left_count ? &left[i] : &right[i - left_count]);
        cut_terms(&bag, (uint32_t)i, texts[i].key);
    }
    if (bag.count == 0)
        return m;
    const double *weights = weigh(&bag, count);
    fill(&bag, texts, count, weights);
    for (size_t i = 0; i < left_count; i++)
        for (size_t k = 0; k < right_count; k++)
            m.scores[i * right_count + k] = (unsigned char)score(&texts[i], &texts[left_count + k], weights, numbers);
    pair_up(a, &m);
    return m;
}

static int likelier(const void *x, const void *y)
{
    const struct match_likely *a = x, *b = y;
    return a->score != b->score ? b->score - a->score : (a->index > b->index) - (a->index < b->index);
}

void match_likeliest_first(struct match_likely *list, size_t count)
{
    if (count > 0)
        qsort(list, count, sizeof *list, likelier);
}
