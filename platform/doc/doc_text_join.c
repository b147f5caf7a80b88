/* Joins the wrapped lines of a text into paragraphs, by the width of the lines and how they end and begin. */
#include "platform/doc/doc_text.h"
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { NARROWEST = 45, WIDEST = 140 };

struct joining {
    struct text_source *s;
    struct block_list *blocks;
    double width;    /* of a full line, in characters; 0: the source does not wrap its lines */
    int usual_gap;   /* blank lines that mean nothing */
    bool parted;     /* blank lines part the paragraphs throughout */
    bool ragged;     /* first lines are broken early, as in the source of web pages */
    size_t *part;    /* lines of the paragraph being joined */
    size_t parts, capacity;
    size_t *waiting; /* footnote lines met inside of it */
    size_t waiting_count, waiting_capacity;
};

static int by_size(const void *a, const void *b)
{
    size_t left = *(const size_t *)a;
    size_t right = *(const size_t *)b;
    return (left > right) - (left < right);
}

/* The width that nine lines in ten keep to, if hardly any is much longer. */
static double full_width(const struct text_source *s)
{
    size_t *lengths = arena_array(s->c->arena, s->count + 1, sizeof *lengths);
    size_t count = 0;
    for (size_t i = 0; i < s->count; i++)
        if (s->lines[i].kind == LINE_BODY)
            lengths[count++] = s->lines[i].length;
    if (count == 0)
        return 0;
    qsort(lengths, count, sizeof *lengths, by_size);
    double width = (double)lengths[count * 9 / 10];
    size_t longer = 0;
    for (size_t i = 0; i < count; i++)
        longer += (double)lengths[i] > width * 1.5;
    return width >= NARROWEST && width <= WIDEST && longer * 50 <= count ? width : 0;
}

/* Blank lines between lines that plainly belong together: the next begins in lower case. */
static int meaningless_gap(const struct text_source *s)
{
    size_t counts[4] = { 0 };
    for (size_t i = 1; i < s->count; i++) {
        int32_t rune;
        const struct text_line *line = &s->lines[i];
        if (line->kind != LINE_BODY || s->lines[i - 1].kind != LINE_BODY || line->gap > 3)
            continue;
        text_next(line->text, &rune);
        counts[line->gap] += utf8proc_category(rune) == UTF8PROC_CATEGORY_LL && mark_length(line->text) == 0;
    }
    int best = 0;
    for (int i = 1; i < 4; i++)
        if (counts[i] > counts[best])
            best = i;
    return best;
}

static size_t first_word_length(const char *text)
{
    char word[64];
    size_t length = strcspn(text, " \n");
    length = length < sizeof word ? length : sizeof word - 1;
    memcpy(word, text, length);
    word[length] = '\0';
    return text_length(word);
}

/* "TTHC", "CCHC": no name of an office begins so. */
static bool is_short_form(const char *text)
{
    char word[16];
    size_t length = strcspn(text, " ,;.");
    if (length < 3 || length >= sizeof word)
        return false;
    memcpy(word, text, length);
    word[length] = '\0';
    return text_is_capitals(word) && strcmp(word, "UBND") != 0 && strcmp(word, "HĐND") != 0 && strcmp(word, "BCĐ") != 0;
}

bool text_cell_goes_on(const char *before, size_t before_length, const char *line, size_t width)
{
    char last = text_last_sign(before);
    bool ended = last != '\0' && strchr(".;:!?", last) != NULL;
    bool room = width < 24 || before_length + 1 + first_word_length(line) <= width * 7 / 10; /* it was not wrapped there */
    bool capitals = text_is_capitals(line);
    if (mark_length(line) > 0 || text_starts(line, "KT.") || text_starts(line, "TM.") || text_starts(line, "TL.")) /* for whom one signs */
        return false;
    if (text_is_capitals(before) && capitals) /* names of two agencies stand one below the other, the motto is one line */
        return !ended && ((!room && width >= 40) || before_length <= 7 || text_starts(line, "CHỦ NGHĨA") || text_starts(line, "HỘI CHỦ NGHĨA"));
    if (text_is_capitals(before) != capitals && text_length(line) > 12)
        return false;
    if (text_goes_on(line) && !(line[0] >= '0' && line[0] <= '9'))
        return !ended || !room;
    return !ended && (!room || last == ',' || last == '-' || last == '/' || (before_length > 16 && is_short_form(line)));
}

/* How the source breaks its lines, by the pairs of lines that follow each other at once. */
static void find_habits(struct joining *j)
{
    size_t close = 0; /* pairs without a blank line between, and of these: */
    size_t marked = 0;
    size_t small = 0; /* the second begins in lower case */
    size_t early = 0; /* and would have had room on the first */
    size_t apart = 0;
    for (size_t i = 1; i < j->s->count; i++) {
        const struct text_line *a = &j->s->lines[i - 1];
        const struct text_line *b = &j->s->lines[i];
        int32_t rune;
        if (a->kind != LINE_BODY || b->kind != LINE_BODY)
            continue;
        text_next(b->text, &rune);
        bool mark = mark_length(b->text) > 0;
        bool goes_on = !mark && utf8proc_category(rune) == UTF8PROC_CATEGORY_LL;
        apart += b->gap > 0;
        close += b->gap == 0;
        marked += b->gap == 0 && mark;
        small += b->gap == 0 && goes_on;
        early += b->gap == 0 && goes_on && (double)(a->length + 1 + first_word_length(b->text)) < j->width * 0.7;
    }
    j->parted = apart >= 8 && close >= 8 && apart * 5 >= close && marked * 20 <= close;
    j->ragged = j->width > 0 && early >= 3 && early * 8 >= small;
}

static size_t word_count(const char *text)
{
    size_t count = 1;
    for (; *text != '\0'; text++)
        count += *text == ' ';
    return count;
}

/* "Thời gian: …": a short capital phrase before a colon opens a paragraph. */
static bool is_label(const char *text)
{
    int32_t rune;
    text_next(text, &rune);
    size_t head = strcspn(text, ":.;,(\n");
    return text[head] == ':' && head < 60 && utf8proc_category(rune) == UTF8PROC_CATEGORY_LU;
}

/* A dash at the start of a line that went on: "kinh tế" / "- xã hội". */
static bool is_inner_dash(const struct text_line *a, const struct text_line *b, double slack)
{
    int32_t rune;
    size_t mark = mark_length(b->text);
    const char *after = b->text + mark + strspn(b->text + mark, " ");
    text_next(after, &rune);
    char last = text_last_sign(a->text);
    return b->text[0] == '-' && mark == 1 && slack < 0.12 && utf8proc_category(rune) == UTF8PROC_CATEGORY_LL &&
           strchr(".;:,!?", last) == NULL && mark_length(a->text) == 0;
}

/* "1." / "Mục đích": the mark stands alone because the text is set apart. */
static bool is_lone_mark(const char *text)
{
    size_t mark = mark_length(text);
    return mark > 0 && text[mark] == '\0' && text[mark - 1] != ')' ? true : strcmp(text, "-") == 0 || strcmp(text, "+") == 0;
}

static bool joins_unwrapped(const struct text_line *a, const struct text_line *b, bool interrupted)
{
    char last = text_last_sign(a->text);
    return (b->gap == 0 || interrupted || b->page_start) && text_goes_on(b->text) && mark_length(b->text) == 0 &&
           strchr(".;:!?", last) == NULL;
}

/* A button of the web page that the text was copied from. */
static bool is_control(const struct joining *j, const struct text_line *line)
{
    return line->length < 30 && mark_length(line->text) == 0 && doc_is_control(text_key(j->s->c->arena, line->text));
}

/* Lines without a blank line between, where blank lines part paragraphs or first lines are broken early. */
static bool joins_at_once(const struct joining *j, const struct text_line *first, const struct text_line *a, const struct text_line *b)
{
    bool capitals = text_is_capitals(b->text);
    bool before_capitals = text_is_capitals(a->text);
    char last = text_last_sign(a->text);
    bool ended = last != '\0' && strchr(".;:!?", last) != NULL;
    if (capitals != before_capitals && (word_count(b->text) > 1 || before_capitals))
        return false;
    if (before_capitals && mark_length(first->text) == 0 && !j->parted)
        return false; /* signatures, titles */
    return j->parted ? !ended || !is_label(b->text) : !ended && !is_label(b->text);
}

/* Does line b go on with what line a (the last of a paragraph that starts with `first`) began? */
static bool joins(const struct joining *j, const struct text_line *first, const struct text_line *a,
                  const struct text_line *b, bool interrupted)
{
    if (a->heading > 0 || b->heading > 0 || is_control(j, a) || is_control(j, b))
        return false;
    if (is_lone_mark(a->text) && mark_length(b->text) == 0)
        return true;
    if ((j->parted || (j->ragged && a == first)) && b->gap == 0 && mark_length(b->text) == 0 && joins_at_once(j, first, a, b))
        return true;
    if (j->width == 0)
        return joins_unwrapped(a, b, interrupted);
    double slack = (j->width - (double)a->length - 1 - (double)first_word_length(b->text)) / j->width;
    if (mark_length(b->text) > 0)
        return is_inner_dash(a, b, slack);
    bool capitals = text_is_capitals(b->text);
    bool before_capitals = text_is_capitals(a->text);
    if (capitals != before_capitals && (before_capitals || word_count(b->text) > 1 || slack > 0.2))
        return false;
    char last = text_last_sign(a->text);
    int extra = interrupted ? 0 : b->gap - j->usual_gap;
    if (last == ',' && extra <= 1)
        return !is_label(b->text) || slack < 0.2;
    bool ended = last != '\0' && strchr(".;:!?", last) != NULL;
    if (ended && text_goes_on(b->text))
        return last == '.' ? slack < 0.1 && extra <= 0 : slack < (last == ';' ? 0.25 : 0.12) && extra <= 1;
    if (ended)
        return last == '.' && slack < 0.06 && extra <= 0 && !is_label(b->text) && first != NULL && a != first;
    if (text_goes_on(b->text))
        return extra <= 4 && (slack < 0.6 || !is_label(a->text));
    if (is_label(b->text) && slack > 0)
        return false;
    return slack < (extra <= 0 ? 0.2 : 0.08);
}

static void add_part(struct joining *j, size_t line)
{
    j->part = arena_grow(j->s->c->arena, j->part, sizeof *j->part, &j->capacity, j->parts + 1);
    j->part[j->parts++] = line;
}

static void add_waiting(struct joining *j, size_t line)
{
    j->waiting = arena_grow(j->s->c->arena, j->waiting, sizeof *j->waiting, &j->waiting_capacity, j->waiting_count + 1);
    j->waiting[j->waiting_count++] = line;
}

/* "23/CT-" / "TTg" is one word, "kinh tế -" / "xã hội" are three. */
static bool glued(const char *text, size_t length)
{
    return length >= 2 && (text[length - 1] == '-' || text[length - 1] == '/') && text[length - 2] != ' ';
}

static struct block *add_paragraph(struct joining *j, const size_t *lines, size_t count, enum block_kind kind)
{
    struct arena *a = j->s->c->arena;
    struct text_line *first = &j->s->lines[lines[0]];
    struct buffer text = { .arena = a };
    buffer_add(&text, "");
    struct block *b = block_add(j->blocks, kind);
    *b = (struct block){ .kind = kind, .bold = true, .italic = true, .heading = first->heading > 0,
                         .level = first->heading > 0 ? first->heading - 1 : 0,
                         .place = { .page = first->page, .from = first->number } };
    for (size_t i = 0; i < count; i++) {
        struct text_line *line = &j->s->lines[lines[i]];
        if (i > 0 && !glued(text.text, text.length))
            buffer_add(&text, " ");
        buffer_add(&text, line->text);
        b->bold = b->bold && line->bold;
        b->italic = b->italic && line->italic;
        b->place.to = line->number;
    }
    b->text = text_nfc(a, text.text);
    b->upper = text_is_capitals(b->text);
    return b;
}

static void flush_notes(struct joining *j)
{
    for (size_t from = 0, to; from < j->waiting_count; from = to) {
        int note = j->s->lines[j->waiting[from]].note;
        for (to = from; to < j->waiting_count && j->s->lines[j->waiting[to]].note == note; to++)
            continue;
        struct block *b = add_paragraph(j, j->waiting + from, to - from, BLOCK_FOOTNOTE);
        size_t digits = strspn(b->text, "0123456789");
        b->note = arena_copy_n(j->s->c->arena, b->text, digits);
        b->text += digits + strspn(b->text + digits, " ");
    }
    j->waiting_count = 0;
}

static void flush(struct joining *j)
{
    if (j->parts > 0)
        add_paragraph(j, j->part, j->parts, BLOCK_PARAGRAPH);
    j->parts = 0;
    flush_notes(j);
}

void text_join(struct text_source *s, struct block_list *blocks)
{
    struct joining j = { .s = s, .blocks = blocks, .width = full_width(s), .usual_gap = meaningless_gap(s) };
    find_habits(&j);
    bool interrupted = false;
    for (size_t i = 0; i < s->count; i++) {
        struct text_line *line = &s->lines[i];
        if (line->kind == LINE_DROPPED || line->kind == LINE_NOTE) {
            if (line->kind == LINE_NOTE)
                add_waiting(&j, i);
            interrupted = true;
            continue;
        }
        if (line->kind == LINE_TABLE) {
            flush(&j);
            if (line->table != NULL)
                *block_add(blocks, BLOCK_TABLE) = *line->table;
            continue;
        }
        if (j.parts > 0 && !joins(&j, &s->lines[j.part[0]], &s->lines[j.part[j.parts - 1]], line, interrupted))
            flush(&j);
        add_part(&j, i);
        interrupted = false;
    }
    flush(&j);
}
