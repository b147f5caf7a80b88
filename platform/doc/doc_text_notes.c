/* Footnotes, link lists and page numbers that a PDF's text has in the middle of sentences. */
#include "platform/doc/doc_text.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static bool is_link(const char *text)
{
    bool begins = text_starts(text, "http://") || text_starts(text, "https://") || text_starts(text, "www.") ||
                  text_starts(text, "mailto:");
    return begins && strpbrk(text, " \n\t") == NULL && strchr(".;,", text[strlen(text) - 1]) == NULL;
}

/* Stands the link, without its last slash, in a line of words? */
static bool is_named(const struct text_source *s, const char *link)
{
    size_t length = strlen(link);
    length -= length > 0 && link[length - 1] == '/';
    for (size_t i = 0; i < s->count; i++) {
        const struct text_line *line = &s->lines[i];
        if (line->kind == LINE_BODY && line->length * 4 > length && !is_link(line->text) &&
            memmem(line->text, strlen(line->text), link, length) != NULL)
            return true;
    }
    return false;
}

enum { MOST_LINKS = 500 }; /* each is looked for in the whole text */

static void drop_links(struct text_source *s)
{
    int links = 0;
    for (size_t i = 0; i < s->count; i++) {
        struct text_line *line = &s->lines[i];
        if (line->kind != LINE_BODY || !is_link(line->text))
            continue;
        bool beside = (i > 0 && s->lines[i - 1].kind == LINE_DROPPED && is_link(s->lines[i - 1].text)) ||
                      (i + 1 < s->count && s->lines[i + 1].kind == LINE_BODY && is_link(s->lines[i + 1].text));
        if (beside || (links++ < MOST_LINKS && is_named(s, line->text)))
            line->kind = LINE_DROPPED;
    }
}

/* "3", "- 3 -", "Trang 3/8" on a line of its own. */
static bool is_page_number(const char *text)
{
    if (text_starts(text, "Trang ") || text_starts(text, "trang "))
        text += strlen("Trang ");
    text += strspn(text, "-–— ");
    size_t digits = strspn(text, "0123456789");
    return digits > 0 && digits <= 3 && strspn(text + digits, "0123456789/-–— ") == strlen(text + digits);
}

/* A reference stands glued to a word: "đơn vị1." Returns where the digits are, NULL: nowhere. */
static const char *find_reference(const char *text, int note)
{
    char digits[12];
    snprintf(digits, sizeof digits, "%d", note);
    size_t length = strlen(digits);
    const char *best = NULL;
    int32_t before = 0;
    for (const char *at = text; *at != '\0';) {
        bool word = before == ')' || before == '"' || before == 0x201D || before == '.' || before == ',' ||
                    utf8proc_category(before) == UTF8PROC_CATEGORY_LL || utf8proc_category(before) == UTF8PROC_CATEGORY_LU;
        bool dotted = (before == '.' || before == ',') && at - text >= 2 && isdigit((unsigned char)at[-2]);
        if (word && !dotted && strncmp(at, digits, length) == 0 && !isalnum((unsigned char)at[length]) &&
            strchr("/-", at[length] == '\0' ? ' ' : at[length]) == NULL && !((unsigned char)at[length] >= 0x80 &&
            (unsigned char)at[length] < 0xE2))
            best = at;
        at = text_next(at, &before);
    }
    return best;
}

static int note_number(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 2 || text[digits] != ' ')
        return 0;
    int32_t rune;
    text_next(text + digits + 1, &rune);
    bool capital = utf8proc_category(rune) == UTF8PROC_CATEGORY_LU || rune == 0x201C || rune == '"' || rune == '(';
    return capital ? atoi(text) : 0;
}

enum { FARTHEST_REFERENCE = 400 }; /* lines: a page has some fifty */

/* Takes the reference out of the nearest line before `at` that has it. */
static bool take_reference(struct text_source *s, size_t at, size_t since, int note)
{
    for (size_t i = at; i-- > since && at - i < FARTHEST_REFERENCE;) {
        struct text_line *line = &s->lines[i];
        const char *found = line->kind == LINE_BODY ? find_reference(line->text, note) : NULL;
        if (found == NULL)
            continue;
        size_t head = (size_t)(found - line->text);
        size_t digits = strspn(found, "0123456789");
        line->text = arena_printf(s->c->arena, "%.*s%s", (int)head, line->text, found + digits);
        return true;
    }
    return false;
}

static bool ends_sentence(const char *text)
{
    return text_ends(text, ".") || text_ends(text, "…") || text_ends(text, "!") || text_ends(text, "?");
}

/* Is this line still part of the footnote that the lines before belong to? */
static bool note_goes_on(const struct text_line *before, const struct text_line *line, int usual_gap)
{
    if (line->page_start || line->rule || line->gap > usual_gap + 1)
        return false;
    return !(ends_sentence(before->text) && mark_length(line->text) > 0);
}

static int most_common_gap(const struct text_source *s)
{
    size_t counts[4] = { 0 };
    for (size_t i = 1; i < s->count; i++)
        if (s->lines[i].gap < 4)
            counts[s->lines[i].gap]++;
    int best = 0;
    for (int i = 1; i < 4; i++)
        if (counts[i] > counts[best])
            best = i;
    return best;
}

static void find_footnotes(struct text_source *s)
{
    int usual_gap = most_common_gap(s);
    int last = 0;
    size_t since = 0;
    const struct text_line *before = NULL; /* in a footnote: its line before */
    for (size_t i = 0; i < s->count; i++) {
        struct text_line *line = &s->lines[i];
        if (line->kind == LINE_TABLE)
            before = NULL;
        if (line->kind != LINE_BODY)
            continue;
        int note = note_number(line->text);
        if (note > 0 && (note == last + 1 || note == 1) && take_reference(s, i, note == 1 ? 0 : since, note)) {
            last = note;
        } else if (before == NULL || !note_goes_on(before, line, usual_gap)) {
            since = before == NULL ? since : 0; /* the next page's notes are referred to from there on, or before */
            before = NULL;
            continue;
        }
        line->kind = LINE_NOTE;
        line->note = last;
        before = line;
    }
}

void text_find_notes(struct text_source *s)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->lines[i].kind == LINE_BODY && is_page_number(s->lines[i].text))
            s->lines[i].kind = LINE_DROPPED;
    drop_links(s);
    find_footnotes(s);
}
