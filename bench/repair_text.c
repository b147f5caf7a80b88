/* How well damaged wording is repaired, and what it costs: takes a sound text, damages it (its marks are left out, or its
 * letters are misread as often as tools/viet_confusions.py saw it), repairs it paragraph by paragraph as a plan is, and
 * counts the words that are as they were. Names, numbers and abbreviations are left out: they stay by rule.
 */
#include "modules/plan/plan_parts.h"
#include "platform/base/text.h"
#include "platform/doc/doc.h"
#include "platform/viet/viet_parts.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <utf8proc.h>

enum { ROUNDS = 5, MOST = 64 * 1024 * 1024 };

static uint64_t dice = 20260101; /* the same damage at each run */

static double toss(void)
{
    dice = dice * 6364136223846793005u + 1442695040888963407u;
    return (double)(dice >> 11) / 9007199254740992.0;
}

static double milliseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double chance_of(uint8_t cost)
{
    return cost == VIET_NEVER ? 0 : exp2(-(double)cost / VIET_BIT);
}

/* What a scanner made of the letter, drawn by how often it did. */
static void misread(struct buffer *b, int letter, bool capital)
{
    const struct viet_model *m = viet_model();
    double left = toss();
    for (uint32_t s = 0; s < m->signs; s++) {
        left -= chance_of(m->one[s * VIET_LETTERS + (uint32_t)letter]);
        if (left < 0) {
            buffer_add_rune(b, capital ? utf8proc_toupper((int32_t)m->sign[s]) : (int32_t)m->sign[s]);
            return;
        }
    }
    for (uint32_t t = 0; t < m->twos && left >= 0; t++)
        if ((int)(m->two_key[t] & 0xFF) == letter && (left -= chance_of(m->two[t])) < 0) {
            buffer_add_rune(b, (int32_t)(m->two_key[t] >> 32));
            buffer_add_rune(b, (int32_t)(m->two_key[t] >> 8 & 0xFFFFFF));
        }
}

static const char *damaged(struct arena *a, const char *text, enum viet_damage damage)
{
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    int32_t rune;
    while (*text != '\0') {
        const char *next = text_next(text, &rune);
        int32_t small = viet_small(rune);
        int letter = viet_letter(viet_model(), small);
        char plain = viet_plain(rune);
        if (letter < 0 || plain == '\0')
            buffer_add_n(&b, text, (size_t)(next - text));
        else if (damage == VIET_STRIPPED)
            buffer_add_rune(&b, small != rune ? plain - 32 : plain);
        else
            misread(&b, letter, small != rune);
        text = next;
    }
    return b.text;
}

struct score {
    size_t words, right;
};

/* Words in the same order on both sides: the longest common row of them is right. */
static void compare(struct arena *a, const char *was, const char *is, struct score *score)
{
    size_t left_count, right_count;
    struct viet_token *left = viet_tokens(a, was, &left_count), *right = viet_tokens(a, is, &right_count);
    viet_fix(viet_model(), left, left_count, VIET_STRIPPED);
    uint32_t *row = arena_array(a, right_count + 1, sizeof *row);
    for (size_t i = 0; i < left_count; i++) {
        bool counts = left[i].letters && !left[i].fixed && left[i].word != VIET_UNKNOWN;
        score->words += counts;
        uint32_t before = 0;
        for (size_t k = 0; k < right_count; k++) {
            uint32_t above = row[k + 1];
            bool same = counts && left[i].runes == right[k].runes && memcmp(left[i].small, right[k].small, left[i].runes * sizeof *left[i].small) == 0;
            row[k + 1] = same ? before + 1 : above > row[k] ? above : row[k];
            before = above;
        }
    }
    score->right += row[right_count];
}

/* One pass over all paragraphs; the time is that of the repair alone. */
static double pass(const struct document *doc, enum viet_damage damage, struct score *score)
{
    struct arena *a = arena_new(CTX_ARENA_CAP);
    double spent = 0;
    size_t terms = 0;
    while (plan_terms[terms] != NULL)
        terms++;
    double start = milliseconds();
    struct viet_repairer *r = viet_repairer_new(a, plan_terms, terms);
    spent += milliseconds() - start;
    for (size_t i = 0; i < doc->count; i++) {
        const char *text = doc->blocks[i].text == NULL ? "" : doc->blocks[i].text, *broken = damaged(a, text, damage);
        start = milliseconds();
        const char *repaired = viet_repair(r, broken, damage).text;
        spent += milliseconds() - start;
        compare(a, text, repaired, score);
    }
    arena_free(a);
    return spent;
}

static int by_size(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

int main(void)
{
    struct ctx c;
    struct document *doc = NULL;
    ctx_open(&c, 0);
    char *bytes = arena_alloc(c.arena, MOST);
    size_t size = fread(bytes, 1, MOST - 1, stdin);
    if (doc_read_text(&c, bytes, size, &doc) != OK) {
        fprintf(stderr, "%s\nusage: bench-repair-text < TEXT\n", c.message);
        return 1;
    }
    double opening = milliseconds(); /* the first word asks for the model */
    bool there = viet_word(viet_model(), "kế") != VIET_UNKNOWN;
    opening = milliseconds() - opening;
    static const enum viet_damage kinds[] = { VIET_STRIPPED, VIET_MISREAD };
    double shares[2], times[2];
    size_t words = 0;
    for (int k = 0; k < 2; k++) {
        double spent[ROUNDS];
        struct score score = { 0 };
        for (int i = 0; i < ROUNDS; i++)
            spent[i] = pass(doc, kinds[k], &score);
        qsort(spent, ROUNDS, sizeof *spent, by_size);
        times[k] = spent[ROUNDS / 2];
        shares[k] = score.words == 0 ? 1 : (double)score.right / (double)score.words;
        words = score.words / ROUNDS;
    }
    printf("{\"words\": %zu, \"stripped\": %.4f, \"stripped_ms\": %.1f, \"misread\": %.4f, \"misread_ms\": %.1f, \"open_ms\": %.2f}\n", words, shares[0], times[0],
           shares[1], times[1], opening);
    ctx_close(&c);
    return there ? 0 : 1;
}
