#include "platform/viet/viet_repair.h"
#include "platform/base/text.h"
#include "platform/viet/viet_parts.h"
#include <math.h>
#include <string.h>
#include <utf8proc.h>

/* What a program that knows Vietnamese read stays unless it is so sure that another word was meant. */
static const float LIGHTLY = 0.9f;
/* What people said may still be meant otherwise here. */
static const float TAUGHT = 0.95f;

enum { PHRASE_MOST = 200, FIRST_RUNS = 256, OWN_MOST = 4000 };

/* ---- the caller's phrases ---- */

static uint16_t own_word(struct viet_repairer *r, const struct viet_token *t)
{
    if (t->word != VIET_UNKNOWN || t->runes == 0 || t->runes > VIET_WORD_LETTERS)
        return t->word;
    char plain[VIET_TOKEN_RUNES];
    struct buffer text = { .arena = r->arena };
    for (int i = 0; i < t->runes; i++) {
        plain[i] = viet_plain(t->small[i]);
        buffer_add_rune(&text, t->small[i]);
    }
    uint64_t key = viet_key(plain, t->runes);
    for (size_t i = 0; i < r->own_count; i++)
        if (r->own[i].key == key && strcmp(r->own[i].text, text.text) == 0)
            return (uint16_t)(r->m->words + i);
    if (key == 0 || r->own_count == OWN_MOST)
        return VIET_UNKNOWN;
    r->own = arena_grow(r->arena, r->own, sizeof *r->own, &r->own_capacity, r->own_count + 1);
    r->own[r->own_count] = (struct viet_own){ text.text, key };
    return (uint16_t)(r->m->words + r->own_count++);
}

static void put_run(struct viet_repairer *r, uint64_t run)
{
    size_t i = (run * 0x9E3779B97F4A7C15u) >> 20 & (r->run_room - 1);
    while (r->runs[i] != 0 && r->runs[i] != run)
        i = (i + 1) & (r->run_room - 1);
    r->runs[i] = run;
}

static void learn_phrase(struct viet_repairer *r, const char *phrase)
{
    size_t count;
    struct viet_token *t = viet_tokens(r->arena, phrase, &count);
    uint16_t first = VIET_UNKNOWN, before = VIET_BEGIN;
    for (size_t i = 0; i < count; i++) {
        uint16_t word = t[i].letters ? own_word(r, &t[i]) : VIET_UNKNOWN;
        bool joined = i > 0 && !t[i].breaks && before != VIET_UNKNOWN && word != VIET_UNKNOWN;
        if (joined)
            put_run(r, (uint64_t)before << 16 | word);
        if (joined && i > 1 && !t[i - 1].breaks && first != VIET_UNKNOWN)
            put_run(r, (uint64_t)first << 32 | (uint64_t)before << 16 | word);
        first = before;
        before = word;
    }
}

struct viet_repairer *viet_repairer_new(struct arena *a, const char *const *phrases, size_t count)
{
    struct viet_repairer *r = arena_alloc(a, sizeof *r);
    r->arena = a;
    r->m = viet_model();
    r->memory = arena_array(a, VIET_MEMORY, sizeof *r->memory);
    for (int i = 0; i < VIET_NEVER; i++)
        r->chance[i] = exp2f(-(float)i / VIET_BIT);
    viet_fill_gone(r);
    size_t letters = FIRST_RUNS;
    for (size_t i = 0; i < count; i++)
        letters += strlen(phrases[i]); /* no phrase has more pairs and triples than bytes */
    for (r->run_room = FIRST_RUNS; r->run_room < letters; r->run_room *= 2)
        ;
    r->runs = arena_array(a, r->run_room, sizeof *r->runs);
    for (size_t i = 0; i < count; i++)
        learn_phrase(r, phrases[i]);
    return r;
}

static bool has_letter(const struct viet_token *t)
{
    for (int i = 0; i < t->runes; i++)
        if (viet_plain(t->small[i]) != '\0')
            return true;
    return false;
}

void viet_repairer_teach(struct viet_repairer *r, const char *seen, const char *meant)
{
    size_t count;
    const struct viet_token *tokens = viet_tokens(r->arena, seen, &count);
    bool words = count > 0 && !text_blank(meant);
    for (size_t i = 0; i < count; i++)
        words = words && has_letter(&tokens[i]); /* numbers and addresses stay, whatever is taught */
    if (!words)
        return;
    r->taught = arena_grow(r->arena, r->taught, sizeof *r->taught, &r->taught_capacity, r->taught_count + 1);
    r->taught[r->taught_count++] = (struct viet_taught){ tokens, count, meant };
}

static bool same_word(const struct viet_token *a, const struct viet_token *b)
{
    return a->runes == b->runes && a->runes > 0 && memcmp(a->small, b->small, a->runes * sizeof *a->small) == 0;
}

/* The longest thing taught that begins with the first token; NULL: none. */
static const struct viet_taught *taught_at(const struct viet_repairer *r, const struct viet_token *tokens, size_t count)
{
    const struct viet_taught *best = NULL;
    for (size_t i = 0; i < r->taught_count; i++) {
        const struct viet_taught *t = &r->taught[i];
        bool same = t->count <= count && (best == NULL || t->count > best->count);
        for (size_t k = 0; k < t->count && same; k++)
            same = same_word(&tokens[k], &t->seen[k]);
        best = same ? t : best;
    }
    return best;
}

/* ---- the result ---- */

struct writing {
    struct viet_repairer *r;
    const char *text;
    struct buffer out;
    const char *done; /* of the text: copied so far */
    struct viet_repaired result;
    size_t capacity;
    enum viet_damage damage;
};

const char *viet_word_text(const struct viet_repairer *r, uint16_t word)
{
    return word < r->m->words ? viet_text(r->m, word) : word == VIET_UNKNOWN ? NULL : r->own[word - r->m->words].text;
}

/* A word in the capitals of the one it stands for. */
static void put_word(struct buffer *b, const char *word, bool upper, bool title)
{
    int32_t rune;
    for (bool start = true; *word != '\0'; start = false) {
        word = text_next(word, &rune);
        buffer_add_rune(b, upper || (title && start) ? utf8proc_toupper(rune) : rune);
    }
}

/* The next word of the result, which the tokens t .. end stand for. */
static struct viet_word *begin_word(struct writing *w, const struct viet_token *t, const struct viet_token *end)
{
    buffer_add_n(&w->out, w->done, (size_t)(t->from - w->done));
    w->done = end->to;
    struct viet_repaired *o = &w->result;
    o->words = arena_grow(w->r->arena, o->words, sizeof *o->words, &w->capacity, o->count + 1);
    struct viet_word *word = &o->words[o->count++];
    *word = (struct viet_word){ .from = (uint32_t)(t->from - w->text), .to = (uint32_t)(end->to - w->text), .at = (uint32_t)w->out.length, .sure = 1 };
    return word;
}

static void put_taught(struct writing *w, const struct viet_token *t, const struct viet_taught *taught)
{
    const struct viet_token *end = t + taught->count - 1;
    struct viet_word *word = begin_word(w, t, end);
    bool upper = true;
    for (const struct viet_token *at = t; at <= end; at++)
        upper = upper && at->upper;
    put_word(&w->out, taught->meant, upper && (t->runes > 1 || taught->count > 1), t->title || t->upper);
    word->end = (uint32_t)w->out.length;
    word->changed = true;
    word->sure = TAUGHT;
    w->result.changed++;
}

static void put_choice(struct writing *w, const struct viet_token *t, const struct viet_choice *choice)
{
    const struct viet_token *end = t + choice->tokens - 1;
    struct viet_word *word = begin_word(w, t, end);
    struct viet_repaired *o = &w->result;
    const char *text = viet_word_text(w->r, choice->word);
    bool same = choice->tokens == 1 && choice->then == 0 && (text == NULL || t->fixed || choice->word == t->word);
    same = same || (w->damage == VIET_LIGHT && choice->sure < LIGHTLY);
    if (same) {
        buffer_add_n(&w->out, t->from, (size_t)(end->to - t->from));
    } else {
        bool upper = t->upper && t->runes > 1;
        put_word(&w->out, text, upper, t->title || t->upper);
        if (choice->then != 0) {
            buffer_add(&w->out, " ");
            put_word(&w->out, viet_word_text(w->r, choice->then), upper, false);
        }
        word->changed = true;
        word->sure = choice->sure;
        o->changed++;
    }
    word->end = (uint32_t)w->out.length;
}

static void put_phrase(struct writing *w, const struct viet_token *tokens, size_t count, enum viet_damage damage)
{
    struct viet_choice choices[PHRASE_MOST];
    size_t found = viet_search(w->r, tokens, count, damage, choices);
    for (size_t i = 0, token = 0; i < found; token += choices[i++].tokens)
        put_choice(w, &tokens[token], &choices[i]);
}

static void keep_right(const char *text, struct viet_token *tokens, size_t count, const struct viet_right *right, size_t right_count)
{
    for (size_t i = 0, k = 0; i < count && k < right_count; i++) {
        uint32_t from = (uint32_t)(tokens[i].from - text), to = (uint32_t)(tokens[i].to - text);
        while (k < right_count && right[k].to < to)
            k++;
        tokens[i].fixed = tokens[i].fixed || (k < right_count && right[k].from <= from);
    }
}

struct viet_repaired viet_repair(struct viet_repairer *r, const char *text, enum viet_damage damage)
{
    return viet_repair_but(r, text, damage, NULL, 0);
}

struct viet_repaired viet_repair_but(struct viet_repairer *r, const char *text, enum viet_damage damage, const struct viet_right *right,
                                     size_t right_count)
{
    struct writing w = { .r = r, .text = text, .out = { .arena = r->arena }, .done = text, .result = { .text = text }, .damage = damage };
    if (damage == VIET_SOUND)
        return w.result;
    size_t count;
    struct viet_token *tokens = viet_tokens(r->arena, text, &count);
    viet_fix(r->m, tokens, count, damage);
    keep_right(text, tokens, count, right, right_count);
    buffer_add(&w.out, "");
    for (size_t i = 0; i < count;) {
        const struct viet_taught *taught = taught_at(r, tokens + i, count - i);
        if (taught != NULL)
            put_taught(&w, &tokens[i], taught);
        if (taught != NULL || !tokens[i].letters) {
            i += taught != NULL ? taught->count : 1;
            continue;
        }
        size_t end = i + 1;
        while (end < count && tokens[end].letters && !tokens[end].breaks && end - i < PHRASE_MOST && taught_at(r, tokens + end, count - end) == NULL)
            end++;
        put_phrase(&w, tokens + i, end - i, damage);
        i = end;
    }
    buffer_add(&w.out, w.done);
    if (w.result.changed > 0)
        w.result.text = w.out.text;
    return w.result;
}
