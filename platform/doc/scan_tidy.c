/* What the recogniser found, as words that layout can work with: one size for what was set in one size, and no words of
 * specks, shadows, seals and signatures. */
#include "platform/doc/scan.h"
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static const double ASCENT = 0.89;   /* of the size: boxes are equally high whatever letters stand in them */
static const double DESCENT = 0.22;
static const double SAME_SIZE = 0.18;
enum { ENOUGH = 5 };                 /* letters that tell the size of a line */
static const double BOLDER = 1.22;   /* than most words of the page */
static const double HOPELESS = 0.12;
static const double NOISE = 0.35;    /* words read so badly are scribble, when their line is no better */

struct weighed {
    double value, weight;
};

static int by_value(const void *a, const void *b)
{
    double d = ((const struct weighed *)a)->value - ((const struct weighed *)b)->value;
    return (d > 0) - (d < 0);
}

static double middle_of(struct weighed *values, size_t count)
{
    double all = 0;
    double below = 0;
    if (count > 1)
        qsort(values, count, sizeof *values, by_value);
    for (size_t i = 0; i < count; i++)
        all += values[i].weight;
    for (size_t i = 0; i < count; i++) {
        below += values[i].weight;
        if (below >= all / 2 && all > 0)
            return values[i].value;
    }
    return 0;
}

static void even_sizes(struct scan *s, struct scan_found *found)
{
    struct weighed *sizes = arena_array(s->arena, found->line_count, sizeof *sizes);
    for (size_t i = 0; i < found->line_count; i++)
        sizes[i] = (struct weighed){ found->lines[i].size, found->lines[i].measured };
    double usual = middle_of(sizes, found->line_count);
    usual = usual > 4 && usual < 40 ? usual : 12;
    double last = usual;
    for (size_t i = 0; i < found->line_count; i++) {
        struct scan_line *line = &found->lines[i];
        if (line->measured < ENOUGH || line->size < 4 || line->size > 60)
            line->size = last; /* a short line is as large as the one above */
        if (fabs(line->size - usual) < SAME_SIZE * usual)
            line->size = usual;
        last = line->size;
    }
}

/* ---- bold type ---- */

static bool has_letters(const struct pdf_word *word)
{
    size_t letters = 0;
    for (size_t i = 0; i < word->count; i++) {
        utf8proc_category_t kind = utf8proc_category(word->chars[i].rune);
        letters += kind == UTF8PROC_CATEGORY_LL || kind == UTF8PROC_CATEGORY_LU || kind == UTF8PROC_CATEGORY_ND;
    }
    return letters >= 2 && letters * 2 > word->count;
}

/* Told for lines as a whole: one word is too little to go by. */
static void tell_bold(struct scan *s, struct scan_found *found)
{
    struct weighed *strokes = arena_array(s->arena, found->word_count, sizeof *strokes);
    size_t count = 0;
    for (size_t i = 0; i < found->word_count; i++)
        if (found->words[i].stroke > 0)
            strokes[count++] = (struct weighed){ found->words[i].stroke / found->lines[found->words[i].line].size, (double)found->words[i].word->count };
    double usual = middle_of(strokes, count);
    for (size_t i = 0, end; i < found->word_count; i = end) {
        double size = found->lines[found->words[i].line].size;
        count = 0;
        for (end = i; end < found->word_count && found->words[end].line == found->words[i].line; end++)
            if (found->words[end].stroke > 0)
                strokes[count++] = (struct weighed){ found->words[end].stroke / size, (double)found->words[end].word->count };
        bool bold = count > 0 && usual > 0 && middle_of(strokes, count) > usual * BOLDER;
        for (size_t k = i; k < end; k++)
            for (size_t n = 0; n < found->words[k].word->count; n++)
                found->words[k].word->chars[n].bold = bold;
    }
}

/* ---- what is no word ---- */

static double line_sure(const struct scan_found *found, size_t at)
{
    double sum = 0;
    double letters = 0;
    size_t line = found->words[at].line;
    while (at > 0 && found->words[at - 1].line == line)
        at--;
    for (; at < found->word_count && found->words[at].line == line; at++) {
        sum += found->words[at].word->sure * (double)found->words[at].word->count;
        letters += (double)found->words[at].word->count;
    }
    return letters > 0 ? sum / letters : 0;
}

/* Signs that no office writes: edges, folds, parts of a seal. */
static bool is_speck(const struct pdf_word *word)
{
    for (size_t i = 0; i < word->count; i++) {
        int32_t rune = word->chars[i].rune;
        if (rune != 0xAC && rune != 0xA6 && rune != 0x153 && (rune > 127 || strchr("|_~^`\\'<>{}", rune) == NULL))
            return false;
    }
    return true;
}

static bool is_word(const struct scan_found *found, size_t at)
{
    const struct pdf_word *word = found->words[at].word;
    double line = line_sure(found, at);
    if (word->count == 0 || is_speck(word) || word->sure < HOPELESS || (line < 0.5 && word->sure < NOISE))
        return false;
    if (word->count <= 3 && word->sure < NOISE)
        return false;
    if (line < 0.6 && !has_letters(word) && word->sure < 0.6)
        return false;
    return has_letters(word) || word->sure >= 0.5 || (word->chars[0].rune < 128 && word->sure >= NOISE);
}

/* ---- numbers and bullets that begin a line ---- */

static bool begins_line(const struct scan_found *found, size_t at)
{
    double left = found->words[at].word->box.x0;
    size_t line = found->words[at].line;
    for (size_t i = at; i > 0 && found->words[i - 1].line == line; i--)
        if (left - found->words[i - 1].word->box.x1 < 3 * found->lines[line].size && !is_speck(found->words[i - 1].word))
            return false;
    return at + 1 < found->word_count && found->words[at + 1].line == line;
}

/* III is read as HI, H or II: the strokes are counted. */
static void mend_number(struct scan *s, struct scan_word *from)
{
    struct pdf_word *word = from->word;
    size_t letters = 0;
    size_t romans = 0;
    while (letters < word->count && word->chars[letters].rune < 128 && strchr("IHl1", word->chars[letters].rune) != NULL) {
        romans += word->chars[letters].rune == 'I' || word->chars[letters].rune == 'H';
        letters++;
    }
    bool marked = letters + 1 == word->count && (word->chars[letters].rune == '.' || word->chars[letters].rune == ')');
    if (!marked || romans == 0 || from->marks < 2 || from->marks > 3)
        return;
    struct pdf_char *chars = arena_array(s->arena, (size_t)from->marks + 1, sizeof *chars);
    for (int i = 0; i < from->marks; i++)
        chars[i].rune = 'I';
    chars[from->marks] = word->chars[letters];
    word->chars = chars;
    word->count = (size_t)from->marks + 1;
}

static void mend_start(struct scan *s, struct scan_found *found, size_t at)
{
    struct pdf_word *word = found->words[at].word;
    if (word->count == 0 || !begins_line(found, at))
        return;
    int32_t rune = word->chars[0].rune;
    if (word->count == 1 && (rune == '~' || rune == '_' || rune == 0x2014 || rune == 0xAC))
        word->chars[0].rune = '-';
    mend_number(s, &found->words[at]);
}

struct pdf_words scan_tidy(struct scan *s, struct scan_found *found)
{
    struct pdf_words words = { arena_array(s->arena, found->word_count + 1, sizeof *words.items), 0 };
    even_sizes(s, found);
    tell_bold(s, found);
    for (size_t i = 0; i < found->word_count; i++)
        mend_start(s, found, i);
    for (size_t i = 0; i < found->word_count; i++) {
        struct scan_word *from = &found->words[i];
        struct pdf_word *word = from->word;
        word->size = found->lines[from->line].size;
        word->box.y0 = from->base - ASCENT * word->size;
        word->box.y1 = from->base + DESCENT * word->size;
        for (size_t k = 0; k < word->count; k++) {
            word->chars[k].size = word->size;
            word->chars[k].bottom = word->box.y1;
        }
        if (is_word(found, i))
            words.items[words.count++] = word;
    }
    return words;
}
