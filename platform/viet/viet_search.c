/* The most likely words of a phrase: all readings of its words side by side, the best ways through them kept as it goes. */
#include "platform/base/text.h"
#include "platform/viet/viet_parts.h"
#include <math.h>
#include <string.h>

enum { BEAM = 12, ARRIVALS = 2 * BEAM * (VIET_READINGS + 1) };

static const float BEHIND = 11;     /* bits: ways so much worse than the best are given up */
static const float SPLIT = 9;       /* bits: words that were written as one */
static const float JOINED = 5;      /* a word that was broken */
static const float STRANGE = 24;    /* a word that the model does not know, where one it knows could stand */

struct viet_state {
    float cost;
    uint16_t first, word;
    uint16_t then;      /* when the reading was two words, `word` is the second and this one the first; else 0 */
    uint8_t tokens;
    float reading;      /* its own part of the cost */
    int64_t pair;
    int32_t back;
};

struct layer {
    struct viet_state items[ARRIVALS];
    int count;
};

struct search {
    struct viet_repairer *r;
    const struct viet_token *tokens;
    size_t count;
    enum viet_damage damage;
    struct layer next, after; /* what arrives at the next token and at the one behind it */
};

/* ---- chances ---- */

static bool in_runs(const struct viet_repairer *r, uint64_t run)
{
    if (r->run_room == 0)
        return false;
    for (size_t i = (run * 0x9E3779B97F4A7C15u) >> 20 & (r->run_room - 1); r->runs[i] != 0; i = (i + 1) & (r->run_room - 1))
        if (r->runs[i] == run)
            return true;
    return false;
}

/* now: where (before, word) stands in the model, or -1. */
static float cost_of(const struct viet_repairer *r, uint16_t first, uint16_t before, int64_t pair, int64_t now, uint16_t word)
{
    const struct viet_model *m = r->m;
    float one = word < m->words ? r->chance[m->single[word]] : word == VIET_UNKNOWN ? 0 : 1.0f / (1 << 18);
    float two = now >= 0 ? r->chance[m->pair[now]] : 0;
    float three = now >= 0 && pair >= 0 ? r->chance[viet_triple(m, pair, word)] : 0;
    if (in_runs(r, (uint64_t)before << 16 | word)) {
        two = two < 0.25f ? 0.25f : two;
        if (in_runs(r, (uint64_t)first << 32 | (uint64_t)before << 16 | word))
            three = three < 0.6f ? 0.6f : three;
    }
    return -log2f(0.6f * three + 0.35f * two + 0.05f * one + 1.0f / (1 << 26));
}

float viet_cost(const struct viet_repairer *r, uint16_t first, uint16_t before, int64_t pair, uint16_t word, int64_t *now)
{
    *now = viet_pair(r->m, before, word);
    return cost_of(r, first, before, pair, *now, word);
}

/* ---- one token further ---- */

static void arrive(struct layer *l, struct viet_state state)
{
    if (l->count < ARRIVALS)
        l->items[l->count++] = state;
}

static void take(struct search *s, const struct viet_state *from, int32_t back, const struct viet_reading *reading, int tokens, int64_t pair)
{
    struct viet_state now = { .first = from->word, .word = reading->word, .tokens = (uint8_t)tokens, .reading = reading->cost, .back = back,
                              .pair = pair };
    now.cost = from->cost + reading->cost + cost_of(s->r, from->first, from->word, from->pair, pair, reading->word);
    if (reading->then != 0) {
        now.first = now.then = reading->word;
        now.word = reading->then;
        now.cost += viet_cost(s->r, from->word, reading->word, pair, now.word, &now.pair);
    }
    arrive(tokens == 2 ? &s->after : &s->next, now);
}

/* Every way so far, with every reading. The ways end in few different words, so each pair is looked up once. */
static void take_all(struct search *s, size_t from, size_t count, const struct viet_readings *readings, int tokens)
{
    const struct viet_state *states = &s->r->states[from];
    int64_t pairs[BEAM][VIET_READINGS + 1];
    for (size_t i = 0; i < count; i++) {
        size_t same = 0;
        while (states[same].word != states[i].word)
            same++;
        for (int k = 0; k < readings->count; k++) {
            pairs[i][k] = same < i ? pairs[same][k] : viet_pair(s->r->m, states[i].word, readings->items[k].word);
            take(s, &states[i], (int32_t)(from + i), &readings->items[k], tokens, pairs[i][k]);
        }
    }
}

static bool is_sound(const struct search *s, const struct viet_token *t)
{
    return t->word != VIET_UNKNOWN && s->r->m->sound[t->word];
}

/* "hiéndai": each place to cut, both parts words of the model. */
static void add_splits(struct search *s, const struct viet_token *t, struct viet_readings *out)
{
    struct viet_readings found = { 0 };
    for (int cut = 2; cut + 2 <= t->runes; cut++) {
        struct viet_readings left, right;
        viet_read_token(s->r, t->small, cut, s->damage, true, &left);
        viet_read_token(s->r, t->small + cut, t->runes - cut, s->damage, true, &right);
        for (int i = 0; i < left.count; i++)
            for (int k = 0; k < right.count; k++) {
                float cost = left.items[i].cost + right.items[k].cost + SPLIT;
                bool pair = viet_pair(s->r->m, left.items[i].word, right.items[k].word) >= 0;
                if (pair && cost < SPLIT + 6 && found.count < VIET_READINGS)
                    found.items[found.count++] = (struct viet_reading){ left.items[i].word, right.items[k].word, cost };
            }
    }
    for (int i = 0; i < found.count && out->count < VIET_READINGS; i++)
        out->items[out->count++] = found.items[i];
}

static void readings_of(struct search *s, const struct viet_token *t, struct viet_readings *out)
{
    *out = (struct viet_readings){ 0 };
    if (!t->fixed) {
        viet_read_token(s->r, t->small, t->runes, s->damage, false, out);
        if (t->upper && t->runes > 1) /* capitals: an abbreviation is no word that was badly read */
            for (int i = out->count; i-- > 0;)
                if (out->items[i].cost > 9)
                    out->items[i] = out->items[--out->count];
        bool cheap = false;
        for (int i = 0; i < out->count; i++)
            cheap = cheap || out->items[i].cost < 8;
        if (!cheap && t->runes >= 5)
            add_splits(s, t, out);
    }
    bool has = false;
    for (int i = 0; i < out->count; i++)
        has = has || (out->items[i].word == t->word && out->items[i].then == 0);
    if (!has) /* as it stands */
        out->items[out->count++] = (struct viet_reading){ t->word, 0, t->fixed || t->word != VIET_UNKNOWN ? 0 : STRANGE - 14 };
}

/* "thực hiệ n": one word in two parts, neither or only one of which is a word. */
static bool read_joined(struct search *s, size_t i, struct viet_readings *out)
{
    const struct viet_token *t = &s->tokens[i], *u = t + 1;
    if (i + 1 >= s->count || t->fixed || u->fixed || !u->spaced || t->upper != u->upper || u->title || (is_sound(s, t) && is_sound(s, u)) ||
        (t->runes > 2 && u->runes > 2) || t->runes + u->runes > 7)
        return false;
    int32_t runes[VIET_TOKEN_RUNES];
    memcpy(runes, t->small, t->runes * sizeof *runes);
    memcpy(runes + t->runes, u->small, u->runes * sizeof *runes);
    viet_read_token(s->r, runes, t->runes + u->runes, s->damage, true, out);
    for (int k = 0; k < out->count; k++)
        out->items[k].cost += JOINED;
    return out->count > 0;
}

/* The best of what arrived, appended to the states; returns how many. */
static size_t keep_best(struct search *s, struct layer *l, size_t at)
{
    struct viet_repairer *r = s->r;
    r->states = arena_grow(r->arena, r->states, sizeof *r->states, &r->state_capacity, at + BEAM);
    size_t kept = 0;
    for (int i = 0; i < l->count; i++) {
        if (kept == BEAM && l->items[i].cost >= r->states[at + kept - 1].cost)
            continue;
        size_t k = kept < BEAM ? kept++ : BEAM - 1;
        for (; k > 0 && r->states[at + k - 1].cost > l->items[i].cost; k--)
            r->states[at + k] = r->states[at + k - 1];
        r->states[at + k] = l->items[i];
    }
    while (kept > 1 && r->states[at + kept - 1].cost > r->states[at].cost + BEHIND)
        kept--;
    l->count = 0;
    return kept;
}

/* ---- the way back, and how sure each step is ---- */

static size_t choices_of(const struct search *s, int32_t last, struct viet_choice *choices)
{
    size_t count = 0;
    for (int32_t at = last; s->r->states[at].back >= 0; at = s->r->states[at].back)
        count++;
    size_t i = count;
    for (int32_t at = last; i > 0; at = s->r->states[at].back) {
        const struct viet_state *state = &s->r->states[at];
        choices[--i] = (struct viet_choice){ .word = state->then != 0 ? state->then : state->word, .then = state->then != 0 ? state->word : 0,
                                             .tokens = state->tokens, .cost = state->reading, .sure = 1 };
    }
    return count;
}

/* Bits of three words in a row with the middle one replaced; the words around stay. */
static float around(const struct viet_repairer *r, const uint16_t *words, uint16_t word)
{
    uint16_t w[5] = { words[0], words[1], word, words[3], words[4] };
    int64_t pair = viet_pair(r->m, w[0], w[1]), now;
    float cost = 0;
    for (int i = 2; i < 5 && (i == 2 || w[i - 1] != VIET_END); i++) {
        cost += viet_cost(r, w[i - 2], w[i - 1], pair, w[i], &now);
        pair = now;
    }
    return cost;
}

static uint16_t word_at(const struct viet_choice *choices, size_t count, size_t i, int step)
{
    if (step < 0 && i < (size_t)-step)
        return i + 1 == (size_t)-step ? VIET_BEGIN : VIET_UNKNOWN;
    size_t at = i + (size_t)step;
    if (at >= count)
        return at == count ? VIET_END : VIET_UNKNOWN;
    return step < 0 && choices[at].then != 0 ? choices[at].then : choices[at].word;
}

static void weigh(struct search *s, struct viet_choice *choices, size_t count)
{
    size_t token = 0;
    for (size_t i = 0; i < count; token += choices[i++].tokens) {
        const struct viet_token *t = &s->tokens[token];
        if (t->fixed || choices[i].word == t->word || choices[i].then != 0 || choices[i].tokens != 1) {
            choices[i].sure = choices[i].then != 0 || choices[i].tokens != 1 ? 0.8f : 1;
            continue;
        }
        struct viet_readings others;
        readings_of(s, t, &others);
        const uint16_t words[5] = { word_at(choices, count, i, -2), word_at(choices, count, i, -1), 0, word_at(choices, count, i, 1), word_at(choices, count, i, 2) };
        float own = around(s->r, words, choices[i].word) + choices[i].cost, sum = 0;
        for (int k = 0; k < others.count; k++)
            if (others.items[k].then == 0)
                sum += exp2f(own - around(s->r, words, others.items[k].word) - others.items[k].cost);
        choices[i].sure = sum > 0 ? 1 / sum : 0;
        choices[i].sure = choices[i].sure > 1 ? 1 : choices[i].sure;
    }
}

static void close_phrase(struct search *s, size_t from, size_t count, int32_t *last)
{
    float best = INFINITY;
    for (size_t i = 0; i < count; i++) {
        const struct viet_state *state = &s->r->states[from + i];
        int64_t ignored;
        float cost = state->cost + viet_cost(s->r, state->first, state->word, state->pair, VIET_END, &ignored);
        if (cost < best) {
            best = cost;
            *last = (int32_t)(from + i);
        }
    }
}

size_t viet_search(struct viet_repairer *r, const struct viet_token *tokens, size_t count, enum viet_damage damage, struct viet_choice *choices)
{
    struct search s; /* large, and its layers need no zeroes */
    s.r = r;
    s.tokens = tokens;
    s.count = count;
    s.damage = damage;
    s.next.count = s.after.count = 0;
    arrive(&s.next, (struct viet_state){ .first = VIET_UNKNOWN, .word = VIET_BEGIN, .pair = -1, .back = -1 });
    size_t from = 0, kept = keep_best(&s, &s.next, 0);
    for (size_t i = 0; i < count; i++) {
        struct viet_readings readings;
        readings_of(&s, &tokens[i], &readings);
        take_all(&s, from, kept, &readings, 1);
        if (read_joined(&s, i, &readings))
            take_all(&s, from, kept, &readings, 2);
        from += kept;
        kept = keep_best(&s, &s.next, from);
        memcpy(s.next.items, s.after.items, (size_t)s.after.count * sizeof *s.after.items);
        s.next.count = s.after.count;
        s.after.count = 0;
    }
    int32_t last = 0;
    close_phrase(&s, from, kept, &last);
    size_t found = choices_of(&s, last, choices);
    weigh(&s, choices, found);
    return found;
}
