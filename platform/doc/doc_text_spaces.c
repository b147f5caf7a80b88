/* Columns that a text keeps apart by blanks, as "pdftotext -layout" and old programs do: a letter is a place on a page,
 * and the page's own finder of lists does the rest. Two columns at the head of a document are parted, too. */
#include "platform/doc/doc_pdf.h"
#include "platform/doc/doc_text.h"
#include <string.h>

enum { CELL_WIDTH = 6, LINE_HEIGHT = 12, LETTER_HEIGHT = 10, MOST_LINES = 600, MOST_GAP = 2, WIDE = 3, HEAD_LINES = 8 };

/* Runs of at least `wide` blanks between words. */
static size_t count_gaps(const struct text_line *line, size_t wide)
{
    size_t gaps = 0;
    size_t blanks = 0;
    bool word = false;
    for (size_t i = 0; i < line->raw_length; i++) {
        bool blank = line->raw[i] == ' ';
        gaps += !blank && word && blanks >= wide;
        blanks = blank ? blanks + 1 : 0;
        word = word || !blank;
    }
    return gaps;
}

static void add_word(struct arena *a, struct pdf_words *words, const char *text, size_t length, double column, double line)
{
    struct pdf_word *word = arena_alloc(a, sizeof *word);
    const char *copy = arena_copy_n(a, text, length);
    word->chars = arena_array(a, length, sizeof *word->chars);
    word->size = LETTER_HEIGHT;
    for (int32_t rune; *copy != '\0'; word->count++) {
        copy = text_next(copy, &rune);
        word->chars[word->count] = (struct pdf_char){ .rune = rune, .size = LETTER_HEIGHT, .bottom = line * LINE_HEIGHT + LETTER_HEIGHT };
    }
    word->box = (struct pdf_box){ column * CELL_WIDTH, line * LINE_HEIGHT, (column + (double)word->count) * CELL_WIDTH, line * LINE_HEIGHT + LETTER_HEIGHT };
    words->items[words->count++] = word;
}

static void add_words(struct arena *a, struct pdf_words *words, const struct text_line *line, double at)
{
    double column = 0;
    const char *end = line->raw + line->raw_length;
    for (const char *c = line->raw; c < end;) {
        size_t length = 0;
        while (c + length < end && c[length] != ' ')
            length++;
        if (length > 0)
            add_word(a, words, c, length, column, at);
        column += length > 0 ? (double)words->items[words->count - 1]->count : 1;
        c += length > 0 ? length : 1;
    }
}

static size_t count_words(const struct text_line *line)
{
    size_t words = 0;
    for (size_t i = 0; i < line->raw_length; i++)
        words += line->raw[i] != ' ' && (i == 0 || line->raw[i - 1] == ' ');
    return words;
}

/* Places of the table are lines of a page that begins at `at`: back to lines of the text. */
static void set_places(const struct text_source *s, struct block *table, size_t at)
{
    for (size_t i = 0; i < table->cell_count; i++) {
        struct cell_box *cell = &table->cells[i];
        for (size_t k = 0; k < cell->block_count; k++) {
            struct block *b = &cell->blocks[k];
            const struct text_line *line = &s->lines[at + (size_t)(b->place.y / LINE_HEIGHT)];
            *b = (struct block){ .kind = BLOCK_PARAGRAPH, .text = b->text, .upper = b->upper,
                                 .place = { .page = line->page, .from = line->number, .to = line->number } };
        }
        cell->place = cell->block_count > 0 ? cell->blocks[0].place : (struct place){ 0 };
    }
}

static bool begins_list(struct arena *a, const struct text_line *line)
{
    const char *raw = line->raw + strspn(line->raw, " ");
    size_t length = strcspn(raw, " \n");
    const char *word = length > 3 ? "" : arena_copy_n(a, raw, length);
    return (strcmp(word, "TT") == 0 || strcmp(word, "STT") == 0) && count_gaps(line, 2) >= 2;
}

/* How many lines from `at` on may belong to the list. */
static size_t reach(const struct text_source *s, size_t at)
{
    size_t to = at + 1;
    while (to < s->count && to - at < MOST_LINES && s->lines[to].gap <= MOST_GAP && s->lines[to].kind == LINE_BODY &&
           s->lines[to].page == s->lines[at].page)
        to++;
    return to;
}

size_t text_find_spaced_list(struct text_source *s, size_t at)
{
    struct arena *a = s->c->arena;
    struct pdf_words words = { 0 };
    if (!begins_list(a, &s->lines[at]))
        return at;
    size_t to = reach(s, at);
    size_t count = 0;
    for (size_t i = at; i < to; i++)
        count += count_words(&s->lines[i]);
    words.items = arena_array(a, count + 1, sizeof *words.items);
    for (size_t i = at; i < to; i++)
        add_words(a, &words, &s->lines[i], (double)(i - at));
    struct pdf *p = arena_alloc(a, sizeof *p);
    *p = (struct pdf){ .c = s->c, .arena = a, .cells = s->cells, .loose = true };
    struct pdf_table *table = pdf_open_table(p, &words);
    s->cells = p->cells;
    if (table == NULL)
        return at;
    size_t end = at + (size_t)((table->box.y1 + LINE_HEIGHT - LETTER_HEIGHT) / LINE_HEIGHT);
    end = end > to ? to : end <= at ? at + 1 : end;
    for (size_t i = at; i < end; i++)
        s->lines[i].kind = LINE_TABLE;
    s->lines[at].table = arena_alloc(a, sizeof *s->lines[at].table);
    *s->lines[at].table = table->block;
    s->lines[at].table->place = (struct place){ .page = s->lines[at].page, .from = s->lines[at].number, .to = s->lines[end - 1].number };
    set_places(s, s->lines[at].table, at);
    return end;
}

/* ---- two columns at the head ---- */

/* Where the motto begins in a line that has something well to the left of it; the line's length: nowhere. */
static size_t motto_at(const struct text_line *line)
{
    static const char *const openings[] = { "CỘNG HÒA", "CỘNG HOÀ", "CỘNG HOÀ" };
    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
        const char *found = memmem(line->raw, line->raw_length, openings[i], strlen(openings[i]));
        size_t at = found == NULL ? 0 : (size_t)(found - line->raw);
        size_t blanks = 0;
        while (blanks < at && line->raw[at - 1 - blanks] == ' ')
            blanks++;
        if (blanks >= WIDE && blanks < at)
            return at;
    }
    return line->raw_length;
}

/* Where the right side of a line begins: behind its widest run of blanks. 0: the line is all right side; its length: left. */
static size_t right_side(const struct text_line *line, size_t motto)
{
    size_t best = line->raw_length;
    size_t widest = WIDE - 1;
    size_t blanks = 0;
    for (size_t i = 0; i < line->raw_length; i++) {
        if (line->raw[i] != ' ' && blanks > widest) {
            widest = blanks;
            best = i;
        }
        blanks = line->raw[i] == ' ' ? blanks + 1 : 0;
    }
    bool only_right = best < line->raw_length && strspn(line->raw, " ") >= best;
    return only_right ? best < motto / 2 ? line->raw_length : 0 : best;
}

static void add_side(struct arena *a, struct block_list *side, const struct text_line *line, size_t from, size_t to)
{
    struct emphasis e = { 0 };
    struct text_line part = { .raw = arena_copy_n(a, line->raw + from, to - from), .raw_length = to - from };
    text_unmark(a, &e, &part);
    if (part.text[0] == '\0')
        return;
    struct block *b = block_add(side, BLOCK_PARAGRAPH);
    b->text = part.text;
    b->upper = text_is_capitals(b->text);
    b->place = (struct place){ .page = line->page, .from = line->number, .to = line->number };
}

/* Has the line two sides? */
static bool is_parted(const struct text_source *s, size_t at, size_t motto)
{
    if (at >= s->count)
        return false;
    size_t right = right_side(&s->lines[at], motto);
    return right > 0 && right < s->lines[at].raw_length;
}

size_t text_find_spaced_head(struct text_source *s, size_t at)
{
    struct arena *a = s->c->arena;
    size_t motto = motto_at(&s->lines[at]);
    if (motto == s->lines[at].raw_length)
        return at;
    struct block_list sides[2] = { { .arena = a }, { .arena = a } };
    size_t to = at;
    for (; to < s->count && to - at < HEAD_LINES && (to == at || s->lines[to].gap <= MOST_GAP); to++) {
        const struct text_line *line = &s->lines[to];
        size_t right = to == at ? motto : right_side(line, motto);
        if (to > at && !is_parted(s, to, motto) && !is_parted(s, to + 1, motto))
            break;
        add_side(a, &sides[0], line, 0, right);
        add_side(a, &sides[1], line, right, line->raw_length);
    }
    struct cell_list cells = { .arena = a };
    for (int i = 0; i < 2; i++) {
        struct cell_box *cell = cell_add(&cells, 0, i);
        cell->blocks = sides[i].items;
        cell->block_count = sides[i].count;
        cell->place = sides[i].count > 0 ? sides[i].items[0].place : (struct place){ 0 };
    }
    for (size_t i = at; i < to; i++)
        s->lines[i].kind = LINE_TABLE;
    s->lines[at].table = arena_alloc(a, sizeof *s->lines[at].table);
    *s->lines[at].table = (struct block){ .kind = BLOCK_TABLE, .place = { .page = s->lines[at].page, .from = s->lines[at].number, .to = s->lines[to - 1].number } };
    table_finish(s->lines[at].table, &cells);
    return to;
}
