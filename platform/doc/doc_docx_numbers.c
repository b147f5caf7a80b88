/* The automatic numbers of a Word file: numbering.xml, and the counting that Word does. */
#include "platform/doc/doc_docx.h"
#include <stdlib.h>
#include <string.h>

enum { LEVELS = 9, MOST_NUMBERS = 4000, LARGEST_ROMAN = 3999, LARGEST_LETTERS = 780, DEEPEST_LINK = 5, LONGEST_MARK = 255 };

/* A way of numbering, w:abstractNum, with its counters: all lists of one way count on together. */
struct way {
    const char *id;
    const xmlNode *levels[LEVELS];
    int counts[LEVELS];
    bool begun[LEVELS];
};

/* A list, w:num. */
struct list {
    const char *id;
    struct way *way;
    const xmlNode *levels[LEVELS]; /* overrides, or the way's */
    int starts[LEVELS];            /* w:startOverride, -1 none; taken once */
};

struct word_numbers {
    struct way *ways;
    size_t way_count;
    struct list *lists;
    size_t list_count;
};

char *word_roman(struct arena *a, int number)
{
    static const struct {
        int value;
        const char *letters;
    } parts[] = { { 1000, "M" }, { 900, "CM" }, { 500, "D" }, { 400, "CD" }, { 100, "C" }, { 90, "XC" }, { 50, "L" },
                  { 40, "XL" },  { 10, "X" },   { 9, "IX" },  { 5, "V" },    { 4, "IV" },  { 1, "I" } };
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    if (number > LARGEST_ROMAN)
        return arena_printf(a, "%d", number);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        for (; number >= parts[i].value; number -= parts[i].value)
            buffer_add(&b, parts[i].letters);
    return b.text;
}

/* a … z, aa, bb …: Word repeats the letter. */
static char *letters(struct arena *a, int number, char first)
{
    if (number < 1 || number > LARGEST_LETTERS)
        return arena_printf(a, "%d", number);
    int times = (number - 1) / 26 + 1;
    char *text = arena_alloc(a, (size_t)times + 1);
    memset(text, first + (number - 1) % 26, (size_t)times);
    return text;
}

static char *format_number(struct arena *a, const char *format, int number)
{
    if (format == NULL || strcmp(format, "decimal") == 0)
        return arena_printf(a, "%d", number);
    if (strcmp(format, "lowerLetter") == 0)
        return letters(a, number, 'a');
    if (strcmp(format, "upperLetter") == 0)
        return letters(a, number, 'A');
    if (strcmp(format, "upperRoman") == 0)
        return word_roman(a, number);
    if (strcmp(format, "lowerRoman") == 0)
        return text_lower(a, word_roman(a, number));
    if (strcmp(format, "decimalZero") == 0)
        return arena_printf(a, "%02d", number);
    return strcmp(format, "none") == 0 ? arena_copy(a, "") : arena_printf(a, "%d", number);
}

int32_t word_symbol(int32_t rune)
{
    static const struct {
        int32_t code, rune;
    } known[] = { { 0x2D, '-' },     { 0x2B, '+' },     { 0x6C, 0x25CF },  { 0x6E, 0x25A0 }, { 0x6F, 0x25A1 },
                  { 0x71, 0x2751 },  { 0x76, 0x2756 },  { 0xA7, 0x25AA },  { 0xA8, 0x25FB }, { 0xB7, 0x2022 },
                  { 0xD8, 0x27A2 },  { 0xE0, 0x2192 },  { 0xE8, 0x2794 },  { 0xF0, 0x21E8 }, { 0xFC, 0x2713 },
                  { 0xFE, 0x2611 },  { 0xA3, 0x2264 },  { 0xB3, 0x2265 },  { 0xB1, 0x00B1 }, { 0xDE, 0x21D2 },
                  { 0x52, 0x2611 },  { 0x77, 0x25C6 } };
    if (rune < 0xF000 || rune > 0xF0FF)
        return rune;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].code == rune - 0xF000)
            return known[i].rune;
    return 0x2022;
}

static char *bullet(struct arena *a, const xmlNode *level)
{
    const char *text = word_value(level, "lvlText");
    if (text == NULL || *text == '\0' || word_child(level, "lvlPicBulletId") != NULL)
        return arena_copy(a, "•");
    if (strcmp(text, "o") == 0)
        return arena_copy(a, "○"); /* Courier New's o is meant as a ring */
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    for (int32_t rune; *text != '\0'; buffer_add_rune(&b, word_symbol(rune)))
        text = text_next(text, &rune);
    return text_squeeze(a, b.text);
}

static const xmlNode *level_of(const struct list *list, int level)
{
    return list->levels[level] != NULL ? list->levels[level] : list->way->levels[level];
}

static int start_of(const struct list *list, int level)
{
    return word_int(word_value(level_of(list, level), "start"), 1);
}

static char *printed(struct docx *d, const struct list *list, int level)
{
    const xmlNode *node = level_of(list, level);
    const char *format = word_value(node, "numFmt");
    if (format != NULL && strcmp(format, "bullet") == 0)
        return bullet(d->arena, node);
    bool plain = word_flag(node, "isLgl", false);
    const char *text = word_value(node, "lvlText");
    struct buffer b = { .arena = d->arena };
    buffer_add(&b, "");
    for (; text != NULL && *text != '\0'; text++) {
        if (b.length >= LONGEST_MARK && ((unsigned char)*text & 0xC0) != 0x80)
            break; /* each paragraph would carry it */
        int which = text[0] == '%' && text[1] >= '1' && text[1] <= '9' ? text[1] - '1' : -1;
        if (which < 0) {
            buffer_add_n(&b, text, 1);
            continue;
        }
        const char *its = plain ? "decimal" : word_value(level_of(list, which), "numFmt");
        int number = list->way->begun[which] ? list->way->counts[which] : start_of(list, which);
        buffer_add(&b, format_number(d->arena, its, number));
        text++;
    }
    return text_squeeze(d->arena, b.text);
}

static void count_on(struct list *list, int level)
{
    struct way *way = list->way;
    if (list->starts[level] >= 0) {
        way->counts[level] = list->starts[level];
        list->starts[level] = -1;
    } else if (!way->begun[level]) {
        way->counts[level] = start_of(list, level);
    } else if (way->counts[level] < 1000000) {
        way->counts[level]++;
    }
    way->begun[level] = true;
    for (int deeper = level + 1; deeper < LEVELS; deeper++) {
        int restart = word_int(word_value(level_of(list, deeper), "lvlRestart"), deeper); /* level number from 1 */
        if (restart != 0 && level < restart)
            way->begun[deeper] = false;
    }
}

char *word_count(struct docx *d, const char *number, int level, const xmlNode **properties)
{
    if (d->numbers == NULL || level < 0 || level >= LEVELS)
        return NULL;
    for (size_t i = 0; i < d->numbers->list_count; i++) {
        struct list *list = &d->numbers->lists[i];
        if (strcmp(list->id, number) != 0)
            continue;
        if (list->way == NULL || level_of(list, level) == NULL)
            return NULL;
        count_on(list, level);
        *properties = word_child(level_of(list, level), "pPr");
        char *text = printed(d, list, level);
        return *text == '\0' ? NULL : text;
    }
    return NULL;
}

static int level_number(const xmlNode *node)
{
    int level = word_int(word_attribute(node, "ilvl"), -1);
    return level < LEVELS ? level : -1;
}

static void load_way(struct word_numbers *n, const xmlNode *node)
{
    const char *id = word_attribute(node, "abstractNumId");
    struct way *way = &n->ways[n->way_count++];
    *way = (struct way){ .id = id == NULL ? "" : id };
    for (const xmlNode *child = node->children; child != NULL; child = child->next)
        if (word_is(child, "lvl") && level_number(child) >= 0)
            way->levels[level_number(child)] = child;
}

static const xmlNode *node_of(const xmlNode *root, const char *name, const char *key, const char *id)
{
    for (const xmlNode *node = root->children; node != NULL && id != NULL; node = node->next) {
        const char *its = word_is(node, name) ? word_attribute(node, key) : NULL;
        if (its != NULL && strcmp(its, id) == 0)
            return node;
    }
    return NULL;
}

/* A way may only name a style, whose list names the way with the levels. */
static const char *way_id(struct docx *d, const xmlNode *root, const xmlNode *number)
{
    const char *id = word_value(number, "abstractNumId");
    for (int depth = 0; depth < DEEPEST_LINK; depth++) {
        const xmlNode *way = node_of(root, "abstractNum", "abstractNumId", id);
        const char *style = word_value(way, "numStyleLink");
        if (style == NULL)
            break;
        const xmlNode *linked = node_of(root, "num", "numId", word_style_number(d, style));
        if (linked == NULL)
            break;
        id = word_value(linked, "abstractNumId");
    }
    return id;
}

static void load_list(struct docx *d, const xmlNode *root, const xmlNode *node)
{
    struct word_numbers *n = d->numbers;
    const char *id = word_attribute(node, "numId");
    const char *way = way_id(d, root, node);
    struct list *list = &n->lists[n->list_count++];
    *list = (struct list){ .id = id == NULL ? "" : id };
    for (size_t i = 0; way != NULL && i < n->way_count; i++)
        if (strcmp(n->ways[i].id, way) == 0)
            list->way = &n->ways[i];
    for (int level = 0; level < LEVELS; level++)
        list->starts[level] = -1;
    for (const xmlNode *child = node->children; child != NULL; child = child->next) {
        int level = word_is(child, "lvlOverride") ? level_number(child) : -1;
        if (level < 0)
            continue;
        list->starts[level] = word_int(word_value(child, "startOverride"), -1);
        list->levels[level] = word_child(child, "lvl");
    }
}

void word_load_numbers(struct docx *d)
{
    const xmlNode *root = d->numbering == NULL ? NULL : xmlDocGetRootElement(d->numbering);
    if (root == NULL)
        return;
    d->numbers = arena_alloc(d->arena, sizeof *d->numbers);
    d->numbers->ways = arena_array(d->arena, MOST_NUMBERS, sizeof *d->numbers->ways);
    d->numbers->lists = arena_array(d->arena, MOST_NUMBERS, sizeof *d->numbers->lists);
    for (const xmlNode *node = root->children; node != NULL; node = node->next)
        if (word_is(node, "abstractNum") && d->numbers->way_count < MOST_NUMBERS)
            load_way(d->numbers, node);
    for (const xmlNode *node = root->children; node != NULL; node = node->next)
        if (word_is(node, "num") && d->numbers->list_count < MOST_NUMBERS)
            load_list(d, root, node);
}
