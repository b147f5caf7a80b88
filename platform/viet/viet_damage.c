/* Damaged or clean: what tells them apart are letters that only Vietnamese has, and pairs of words that belong together. */
#include "platform/viet/viet_parts.h"

enum {
    FEWEST_WORDS = 4,       /* of a text that may be called damaged */
    OWN_JUDGEMENT = 10,     /* words of a paragraph that is judged for itself */
    TELLING_PERCENT = 30, SOUND_PERCENT = 45, /* of words have telling letters */
    KNOWN_PERCENT = 50, USUAL_PERCENT = 75,   /* of pairs are known */
    WORDS_PERCENT = 60,     /* of all words may be Vietnamese: else it is another language */
    MARKED_PERCENT = 3,     /* fewer have marks: they were left out, not misread */
};

static bool is_telling(int32_t rune)
{
    return (rune >= 0x1EA0 && rune <= 0x1EF9) || rune == 0x111 || rune == 0x1B0 || rune == 0x1A1 || rune == 0x103;
}

/* Could be a syllable by its letters: begins and ends like one and has a vowel. */
static bool has_shape(const struct viet_token *t)
{
    char plain[VIET_TOKEN_RUNES];
    uint16_t first, end;
    if (t->runes == 0 || t->runes > VIET_WORD_LETTERS)
        return false;
    for (int i = 0; i < t->runes; i++)
        if ((plain[i] = viet_plain(t->small[i])) == '\0')
            return false;
    const struct viet_model *m = viet_model();
    if (!viet_readings(m, viet_key(plain, t->runes), &first, &end))
        return false;
    for (uint16_t w = first; w < end; w++)
        if (m->sound[w])
            return true;
    return false;
}

static void count_word(const struct viet_token *t, struct viet_signs *s)
{
    bool telling = false, marked = false, odd = false;
    for (int i = 0; i < t->runes; i++) {
        telling = telling || is_telling(t->small[i]);
        marked = marked || (t->small[i] >= 0x80 && viet_plain(t->small[i]) != '\0');
        odd = odd || viet_plain(t->small[i]) == '\0';
    }
    s->telling += telling;
    s->marked += marked;
    s->odd += odd;
    if (telling || odd || has_shape(t))
        s->words++;
    else
        s->foreign++;
}

void viet_count(const char *text, struct viet_signs *s)
{
    struct arena *a = arena_new(SIZE_MAX / 2);
    size_t count;
    struct viet_token *t = viet_tokens(a, text, &count);
    const struct viet_model *m = viet_model();
    for (size_t i = 0; i < count; i++) {
        if (!t[i].letters || (t[i].upper && t[i].runes > 1 && !has_shape(&t[i])))
            continue; /* an abbreviation tells nothing */
        count_word(&t[i], s);
        if (i == 0 || t[i].breaks || !t[i - 1].letters)
            continue;
        s->pairs++;
        s->known += viet_pair(m, t[i - 1].word, t[i].word) >= 0;
    }
    arena_free(a);
}

enum viet_damage viet_judge(const struct viet_signs *s)
{
    bool lost = s->telling * 100 < s->words * TELLING_PERCENT, unusual = s->known * 100 < s->pairs * KNOWN_PERCENT;
    bool vietnamese = s->words * 100 >= (s->words + s->foreign) * WORDS_PERCENT;
    if (s->words < FEWEST_WORDS || !lost || !unusual || !vietnamese)
        return VIET_SOUND;
    return s->odd == 0 && s->marked * 100 < s->words * MARKED_PERCENT ? VIET_STRIPPED : VIET_MISREAD;
}

enum viet_damage viet_judge_paragraph(const struct viet_signs *p, enum viet_damage whole)
{
    bool long_enough = p->words >= OWN_JUDGEMENT;
    if (whole == VIET_SOUND)
        return long_enough ? viet_judge(p) : VIET_SOUND;
    bool sound = p->telling * 100 >= p->words * SOUND_PERCENT && p->known * 100 >= p->pairs * USUAL_PERCENT;
    bool foreign = p->words * 100 < (p->words + p->foreign) * 40;
    return long_enough && (sound || foreign) ? VIET_SOUND : whole;
}
