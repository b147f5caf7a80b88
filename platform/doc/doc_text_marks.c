/* Takes the marks of Markdown and HTML out of a line and keeps what they say about its look. */
#include "platform/doc/doc_text.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { FARTHEST_CLOSE = 2000, LONGEST_TAG = 200 };

struct unmarking {
    struct arena *arena;
    struct emphasis *e;
    struct buffer out;
    size_t letters, bold, italic; /* characters that are no blanks, and those in bold, in italics */
    const char *closed[2];        /* before it no "*", no "**" closes: each byte is looked at once */
};

/* Is there a closing mark before the group of lines ends? */
static bool closes(struct unmarking *u, const char *after, bool two)
{
    const char *at = u->closed[two] != NULL && u->closed[two] > after ? u->closed[two] : after;
    for (; *at != '\0' && at - after < FARTHEST_CLOSE && !(at[0] == '\n' && at[1] == '\n'); at++)
        if (at[0] == '*' && (!two || at[1] == '*') && at > after && at[-1] != ' ' && at[-1] != '\n')
            return true;
    u->closed[two] = at;
    return false;
}

/* Markdown's stars: "**" bold, "*" italics. Returns how many bytes were a mark. */
static size_t take_stars(struct unmarking *u, const char *at, bool word_before)
{
    bool two = at[1] == '*';
    bool *state = two ? &u->e->bold : &u->e->italic;
    size_t size = two ? 2 : 1;
    bool blank_after = at[size] == ' ' || at[size] == '\n' || at[size] == '\0';
    bool good = *state ? word_before || blank_after : !blank_after && closes(u, at + size, two);
    if (!good)
        return 0;
    *state = !*state;
    return size;
}

struct tag {
    const char *name;
    char effect; /* b, i, n: line break, space: none */
};

static const struct tag tags[] = {
    { "b", 'b' },   { "strong", 'b' }, { "i", 'i' },    { "em", 'i' },   { "br", 'n' },   { "p", ' ' },   { "div", ' ' },
    { "u", ' ' },   { "sup", ' ' },    { "sub", ' ' },  { "span", ' ' }, { "font", ' ' }, { "a", ' ' },   { "center", ' ' },
    { "ul", ' ' },  { "ol", ' ' },     { "li", ' ' },   { "hr", ' ' },   { "h1", ' ' },   { "h2", ' ' },  { "h3", ' ' },
    { "h4", ' ' },  { "table", ' ' },  { "tbody", ' ' }, { "tr", ' ' },  { "td", ' ' },   { "th", ' ' },  { "thead", ' ' },
    { "s", ' ' },   { "small", ' ' },  { "big", ' ' },  { "img", ' ' },  { "code", ' ' }, { "pre", ' ' }, { "blockquote", ' ' },
};

static size_t take_tag(struct unmarking *u, const char *at)
{
    bool end = at[1] == '/';
    const char *name = at + 1 + end;
    size_t name_length = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234");
    size_t length = 1;
    while (name_length > 0 && length <= LONGEST_TAG && strchr(">\n<", at[length]) == NULL) /* finds the final NUL too */
        length++;
    if (at[length] != '>' || length > LONGEST_TAG || name_length == 0 || strchr(" />", name[name_length]) == NULL)
        return 0;
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        if (strlen(tags[i].name) != name_length || strncasecmp(name, tags[i].name, name_length) != 0)
            continue;
        if (tags[i].effect == 'b')
            u->e->bold = !end;
        if (tags[i].effect == 'i')
            u->e->italic = !end;
        if (tags[i].effect == 'n')
            buffer_add(&u->out, "\n");
        return length + 1;
    }
    return 0;
}

static size_t take_entity(struct unmarking *u, const char *at)
{
    static const struct {
        const char *name;
        int32_t rune;
    } names[] = { { "&amp;", '&' },      { "&lt;", '<' },        { "&gt;", '>' },       { "&quot;", '"' },
                  { "&apos;", '\'' },    { "&nbsp;", ' ' },      { "&ndash;", 0x2013 }, { "&mdash;", 0x2014 },
                  { "&hellip;", 0x2026 }, { "&ldquo;", 0x201C }, { "&rdquo;", 0x201D }, { "&bull;", 0x2022 } };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_starts(at, names[i].name)) {
            buffer_add_rune(&u->out, names[i].rune);
            return strlen(names[i].name);
        }
    bool hex = at[1] == '#' && (at[2] == 'x' || at[2] == 'X');
    if (at[1] != '#')
        return 0;
    char *end;
    const char *digits = at + (hex ? 3 : 2);
    unsigned long rune = strtoul(digits, &end, hex ? 16 : 10);
    bool good = end > digits && end - digits <= 7 && *end == ';' && rune >= ' ' && rune < 0x110000 &&
                !(rune >= 0xD800 && rune < 0xE000) && digits[0] != '-' && digits[0] != '+';
    if (!good)
        return 0;
    buffer_add_rune(&u->out, rune == 0xA0 ? ' ' : (int32_t)rune);
    return (size_t)(end + 1 - at);
}

static size_t take_mark(struct unmarking *u, const char *at, const char *start)
{
    if (*at == '*')
        return take_stars(u, at, at > start && at[-1] != ' ');
    if (*at == '<')
        return take_tag(u, at);
    if (*at == '&')
        return take_entity(u, at);
    bool escape = *at == '\\' && at[1] != '\0' && strchr("*_#|[]()-+.<>&`", at[1]) != NULL;
    if (escape)
        buffer_add_n(&u->out, at + 1, 1);
    return escape ? 2 : 0;
}

static void count_look(struct unmarking *u, char c)
{
    if (c == ' ' || c == '\t' || ((unsigned char)c & 0xC0) == 0x80)
        return;
    u->letters++;
    u->bold += u->e->bold;
    u->italic += u->e->italic;
}

void text_unmark(struct arena *a, struct emphasis *e, struct text_line *line)
{
    struct unmarking u = { .arena = a, .e = e, .out = { .arena = a } };
    buffer_add(&u.out, "");
    const char *at = line->raw;
    const char *end = line->raw + line->raw_length;
    if (line->gap > 0)
        *e = (struct emphasis){ 0 };
    while (at < end && (*at == ' ' || *at == '\t'))
        at++;
    size_t hashes = strspn(at, "#");
    if (hashes > 0 && hashes <= 6 && at[hashes] == ' ') {
        line->heading = (int)hashes;
        at += hashes;
    }
    for (const char *start = at; at < end;) {
        size_t mark = take_mark(&u, at, start);
        if (mark == 0) {
            count_look(&u, *at);
            buffer_add_n(&u.out, at, 1);
        }
        at += mark == 0 ? 1 : mark;
    }
    line->text = text_clean(a, u.out.text);
    line->length = text_length(line->text);
    line->bold = u.letters > 0 && u.bold == u.letters;
    line->italic = u.letters > 0 && u.italic == u.letters;
    if (line->text[strspn(line->text, "* _")] == '\0') /* marks of nothing are left of "** **" */
        line->kind = LINE_DROPPED;
}
