/* The styles of a Word file: what a paragraph and a run look like before their own settings. */
#include "platform/doc/doc_docx.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { DEEPEST_STYLE = 20, MOST_STYLES = 4000 };

struct word_style {
    const char *id;
    const xmlNode *node;
    bool resolved;
    struct setting_of setting; /* of paragraph styles, when resolved */
};

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct word_style *)a)->id, ((const struct word_style *)b)->id);
}

static struct word_style *find(struct docx *d, const char *id)
{
    struct word_style key = { .id = id };
    if (id == NULL || d->style_count == 0)
        return NULL;
    return bsearch(&key, d->style_list, d->style_count, sizeof key, by_id);
}

void word_apply_run(const xmlNode *properties, struct look *look)
{
    if (properties == NULL)
        return;
    look->bold = word_flag(properties, "b", look->bold);
    look->italic = word_flag(properties, "i", look->italic);
    look->underline = word_flag(properties, "u", look->underline);
    look->hidden = word_flag(properties, "vanish", look->hidden);
    look->capitals = word_flag(properties, "caps", look->capitals);
    const char *raised = word_value(properties, "vertAlign");
    if (raised != NULL)
        look->superscript = strcmp(raised, "superscript") == 0;
    const char *size = word_value(properties, "sz");
    if (size != NULL)
        look->size = word_int(size, 0) / 2.0;
    const xmlNode *fonts = word_child(properties, "rFonts");
    const char *font = fonts == NULL ? NULL : word_attribute(fonts, "ascii");
    if (font != NULL)
        look->writing = viet_legacy_of_font(font);
}

static enum align align_of(const char *word)
{
    if (strcmp(word, "center") == 0)
        return ALIGN_CENTER;
    if (strcmp(word, "right") == 0 || strcmp(word, "end") == 0)
        return ALIGN_RIGHT;
    return strcmp(word, "both") == 0 || strcmp(word, "distribute") == 0 ? ALIGN_JUSTIFY : ALIGN_LEFT;
}

static void apply_indent(const xmlNode *node, struct setting_of *s)
{
    const char *left = word_attribute(node, "left");
    s->indent = word_points(left == NULL ? word_attribute(node, "start") : left, s->indent);
    const char *hanging = word_attribute(node, "hanging");
    s->first_indent = word_points(word_attribute(node, "firstLine"), s->first_indent);
    if (hanging != NULL)
        s->first_indent = -word_points(hanging, 0);
}

static void apply_spacing(const xmlNode *node, struct setting_of *s)
{
    s->before = word_points(word_attribute(node, "before"), s->before);
    s->after = word_points(word_attribute(node, "after"), s->after);
    const char *rule = word_attribute(node, "lineRule");
    const char *line = word_attribute(node, "line");
    if (line != NULL && (rule == NULL || strcmp(rule, "auto") == 0))
        s->line = word_int(line, 240) / 240.0;
}

void word_apply_paragraph(const xmlNode *properties, struct setting_of *s)
{
    if (properties == NULL)
        return;
    const char *align = word_value(properties, "jc");
    if (align != NULL)
        s->align = align_of(align);
    apply_indent(word_child(properties, "ind"), s);
    apply_spacing(word_child(properties, "spacing"), s);
    s->keep_next = word_flag(properties, "keepNext", s->keep_next);
    s->page_break = word_flag(properties, "pageBreakBefore", s->page_break);
    int outline = word_int(word_value(properties, "outlineLvl"), -1);
    if (outline >= 0)
        s->heading = outline < 9 ? outline + 1 : 0; /* 9 is body text */
    const xmlNode *number = word_child(properties, "numPr");
    const char *id = word_value(number, "numId");
    if (id != NULL)
        s->number = strcmp(id, "0") == 0 ? NULL : id;
    s->number_level = word_int(word_value(number, "ilvl"), s->number_level);
}

static void apply_name(const xmlNode *style, struct setting_of *s)
{
    const char *name = word_value(style, "name");
    if (name == NULL)
        return;
    if (strncasecmp(name, "heading ", 8) == 0 && s->heading == 0)
        s->heading = word_int(name + 8, 0) % 10;
    if (strncasecmp(name, "toc ", 4) == 0)
        s->contents = true;
}

static struct setting_of resolve(struct docx *d, struct word_style *style, int depth)
{
    if (style == NULL || depth > DEEPEST_STYLE)
        return d->initial;
    if (style->resolved)
        return style->setting;
    struct setting_of s = resolve(d, find(d, word_value(style->node, "basedOn")), depth + 1);
    word_apply_paragraph(word_child(style->node, "pPr"), &s);
    word_apply_run(word_child(style->node, "rPr"), &s.look);
    apply_name(style->node, &s);
    style->setting = s;
    style->resolved = true;
    return s;
}

/* The default style is kept under this id too. */
static const char default_id[] = "\x01";

struct setting_of word_paragraph_style(struct docx *d, const char *style)
{
    struct word_style *found = find(d, style);
    return resolve(d, found == NULL ? find(d, default_id) : found, 0);
}

static void apply_character(struct docx *d, const char *id, struct look *look, int depth)
{
    struct word_style *style = find(d, id);
    if (style == NULL || depth > DEEPEST_STYLE)
        return;
    apply_character(d, word_value(style->node, "basedOn"), look, depth + 1);
    word_apply_run(word_child(style->node, "rPr"), look);
}

void word_apply_character_style(struct docx *d, const char *style, struct look *look)
{
    apply_character(d, style, look, 0);
}

const char *word_style_number(struct docx *d, const char *style)
{
    struct word_style *found = find(d, style);
    return found == NULL ? NULL : word_value(word_child(word_child(found->node, "pPr"), "numPr"), "numId");
}

static bool any_border(const xmlNode *borders)
{
    for (const xmlNode *side = borders->children; side != NULL; side = side->next) {
        const char *kind = side->type == XML_ELEMENT_NODE ? word_attribute(side, "val") : NULL;
        if (kind != NULL && strcmp(kind, "none") != 0 && strcmp(kind, "nil") != 0)
            return true;
    }
    return false;
}

bool word_table_borders(struct docx *d, const xmlNode *properties)
{
    const xmlNode *borders = word_child(properties, "tblBorders");
    const char *style = word_value(properties, "tblStyle");
    for (int depth = 0; borders == NULL && style != NULL && depth < DEEPEST_STYLE; depth++) {
        struct word_style *found = find(d, style);
        borders = found == NULL ? NULL : word_child(word_child(found->node, "tblPr"), "tblBorders");
        style = found == NULL ? NULL : word_value(found->node, "basedOn");
    }
    return borders != NULL && any_border(borders);
}

void word_load_styles(struct docx *d)
{
    const xmlNode *root = d->styles == NULL ? NULL : xmlDocGetRootElement(d->styles);
    const xmlNode *defaults = word_child(root, "docDefaults");
    word_apply_paragraph(word_child(word_child(defaults, "pPrDefault"), "pPr"), &d->initial);
    word_apply_run(word_child(word_child(defaults, "rPrDefault"), "rPr"), &d->initial.look);
    size_t capacity = 0;
    for (const xmlNode *node = root == NULL ? NULL : root->children; node != NULL; node = node->next) {
        const char *id = word_is(node, "style") ? word_attribute(node, "styleId") : NULL;
        if (id == NULL || d->style_count >= MOST_STYLES)
            continue;
        d->style_list = arena_grow(d->arena, d->style_list, sizeof *d->style_list, &capacity, d->style_count + 2);
        d->style_list[d->style_count++] = (struct word_style){ .id = id, .node = node };
        const char *type = word_attribute(node, "type");
        const char *usual = word_attribute(node, "default");
        if (type != NULL && strcmp(type, "paragraph") == 0 && usual != NULL && strcmp(usual, "0") != 0)
            d->style_list[d->style_count++] = (struct word_style){ .id = default_id, .node = node };
    }
    if (d->style_count > 1)
        qsort(d->style_list, d->style_count, sizeof *d->style_list, by_id);
}
