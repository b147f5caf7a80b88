/* The body of a Word file: paragraphs with their runs, tracked changes, text boxes and footnotes. */
#include "platform/doc/doc_docx.h"
#include <string.h>

enum { DEEPEST = 200 };

/* A paragraph being put together. */
struct para {
    struct docx *d;
    struct buffer text;
    struct run *runs;
    size_t run_count, run_capacity;
    int32_t gap;               /* blank or tab that waits for the next letter; 0 none */
    size_t letters, bold, italic;
    bool merged;               /* its end mark was deleted: the next paragraph goes on */
    struct setting_of setting;
    const char *mark;
    struct place place;
    struct block_list after;   /* footnotes, text boxes and the tables in them */
    int depth;
};

static bool same_look(const struct run *run, const struct look *look)
{
    return run->bold == look->bold && run->italic == look->italic && run->underline == look->underline &&
           run->superscript == look->superscript && run->size == look->size;
}

static void put(struct para *p, const struct look *look, int32_t rune)
{
    size_t before = p->text.length;
    buffer_add_rune(&p->text, rune);
    struct run *last = p->run_count == 0 ? NULL : &p->runs[p->run_count - 1];
    if (last == NULL || !same_look(last, look)) {
        p->runs = arena_grow(p->d->arena, p->runs, sizeof *p->runs, &p->run_capacity, p->run_count + 1);
        last = &p->runs[p->run_count++];
        *last = (struct run){ .bold = look->bold, .italic = look->italic, .underline = look->underline,
                              .superscript = look->superscript, .size = look->size };
    }
    last->length += p->text.length - before;
}

/* A tab behind a typed number is only a blank. */
static int32_t gap_for(const struct para *p, int32_t rune)
{
    bool after_mark = p->text.length > 0 && mark_length(p->text.text) == p->text.length;
    return rune == '\t' && !after_mark ? '\t' : p->gap == '\t' ? '\t' : ' ';
}

static void add(struct para *p, const struct look *look, int32_t rune)
{
    if (rune == 0xAD || rune == 0x200B || rune == 0xFEFF || (rune < ' ' && rune != '\t' && rune != '\n'))
        return;
    if (rune == ' ' || rune == '\t' || rune == 0xA0 || rune == 0x202F || rune == 0x2002 || rune == 0x2003) {
        p->gap = gap_for(p, rune);
        return;
    }
    if (++p->d->text > DOC_MOST_TEXT)
        p->d->too_large = true;
    if (p->d->too_large)
        return;
    bool line_start = p->text.length == 0 || p->text.text[p->text.length - 1] == '\n';
    if (p->gap != 0 && rune != '\n' && !line_start)
        put(p, look, p->gap);
    p->gap = 0;
    if (rune == '\n' && p->text.length == 0)
        return;
    put(p, look, rune);
    p->d->fresh_page = false;
    p->letters += rune != '\n';
    p->bold += look->bold && rune != '\n';
    p->italic += look->italic && rune != '\n';
}

static void add_text(struct para *p, const struct look *look, const char *text)
{
    if (look->hidden || text == NULL)
        return;
    if (look->writing != VIET_UNICODE)
        text = viet_legacy_text(p->d->arena, text, look->writing);
    if (look->capitals)
        text = text_upper(p->d->arena, text);
    while (*text != '\0') {
        int32_t rune;
        text = text_next(text, &rune);
        add(p, look, rune == '\n' || rune == '\r' ? ' ' : word_symbol(rune));
    }
}

static void next_page(struct docx *d)
{
    d->page += !d->fresh_page;
    d->fresh_page = true;
}

/* ---- notes ---- */

static const xmlNode *note_of(const xmlDoc *notes, const char *name, const char *id)
{
    const xmlNode *root = notes == NULL || id == NULL ? NULL : xmlDocGetRootElement((xmlDoc *)notes);
    for (const xmlNode *node = root == NULL ? NULL : root->children; node != NULL; node = node->next) {
        const char *its = word_is(node, name) ? word_attribute(node, "id") : NULL;
        if (its != NULL && strcmp(its, id) == 0)
            return node;
    }
    return NULL;
}

static void add_note(struct para *p, const xmlNode *reference, bool end)
{
    struct docx *d = p->d;
    const xmlNode *node = note_of(end ? d->endnotes : d->footnotes, end ? "endnote" : "footnote",
                                  word_attribute(reference, "id"));
    int number = end ? ++d->endnotes_seen : ++d->footnotes_seen;
    if (node == NULL || number > DOC_MOST_COLUMNS * 10 || p->depth > DOC_DEEPEST)
        return;
    struct block_list parts = { .arena = d->arena };
    word_read_blocks(d, node, DOC_DEEPEST + 1, &parts); /* no notes or tables inside */
    struct buffer text = { .arena = d->arena };
    buffer_add(&text, "");
    for (size_t i = 0; i < parts.count; i++) {
        if (parts.items[i].text != NULL && text.length > 0)
            buffer_add(&text, "\n");
        buffer_add(&text, parts.items[i].text == NULL ? "" : block_line(d->arena, &parts.items[i]));
    }
    struct block *b = block_add(&p->after, BLOCK_FOOTNOTE);
    b->text = text.text;
    b->note = end ? text_lower(d->arena, word_roman(d->arena, number)) : arena_printf(d->arena, "%d", number);
    b->place = p->place;
}

/* ---- runs ---- */

static bool called(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

/* Of the branches of mc:AlternateContent exactly one is shown. */
static const xmlNode *branch_of(const xmlNode *node)
{
    for (const xmlNode *child = node->children; child != NULL; child = child->next)
        if (called(child, "Choice"))
            return child;
    for (const xmlNode *child = node->children; child != NULL; child = child->next)
        if (called(child, "Fallback"))
            return child;
    return NULL;
}

/* Text boxes in a drawing; they stand after the paragraph that anchors them. */
static void find_boxes(struct para *p, const xmlNode *node, int depth)
{
    for (; node != NULL && depth < DEEPEST; node = node->next) {
        if (called(node, "AlternateContent")) {
            const xmlNode *branch = branch_of(node);
            find_boxes(p, branch == NULL ? NULL : branch->children, depth + 1);
        } else if (word_is(node, "txbxContent")) {
            if (p->depth < DOC_DEEPEST)
                word_read_blocks(p->d, node, p->depth + 1, &p->after);
        } else {
            p->d->pictures += called(node, "blip") || called(node, "imagedata");
            find_boxes(p, node->type == XML_ELEMENT_NODE ? node->children : NULL, depth + 1);
        }
    }
}

static void take_break(struct para *p, const struct look *look, const xmlNode *node)
{
    const char *type = word_attribute(node, "type");
    if (type == NULL || strcmp(type, "textWrapping") == 0)
        add(p, look, '\n');
    else if (strcmp(type, "page") == 0)
        next_page(p->d);
    else
        add(p, look, ' ');
}

static void take_symbol(struct para *p, const struct look *look, const xmlNode *node)
{
    const char *code = word_attribute(node, "char");
    int32_t rune = 0;
    for (; code != NULL && *code != '\0' && rune < 0x10000; code++) {
        const char *digits = "0123456789abcdef";
        const char *digit = strchr(digits, *code | 0x20);
        rune = digit == NULL || *digit == '\0' ? 0x10000 : rune * 16 + (int32_t)(digit - digits);
    }
    if (rune >= 0x20 && rune < 0x10000 && !(rune >= 0xD800 && rune < 0xE000) && !look->hidden)
        add(p, look, word_symbol(rune < 0x100 ? rune + 0xF000 : rune));
}

static void take_run_part(struct para *p, const struct look *look, const xmlNode *node)
{
    if (word_is(node, "t")) {
        for (const xmlNode *part = node->children; part != NULL; part = part->next)
            if (part->type == XML_TEXT_NODE || part->type == XML_CDATA_SECTION_NODE)
                add_text(p, look, (const char *)part->content);
    } else if (word_is(node, "tab") || word_is(node, "ptab")) {
        add(p, look, '\t');
    } else if (word_is(node, "br")) {
        take_break(p, look, node);
    } else if (word_is(node, "cr")) {
        add(p, look, '\n');
    } else if (word_is(node, "noBreakHyphen")) {
        add_text(p, look, "-");
    } else if (word_is(node, "sym")) {
        take_symbol(p, look, node);
    } else if (word_is(node, "lastRenderedPageBreak")) {
        next_page(p->d);
    } else if (word_is(node, "footnoteReference") || word_is(node, "endnoteReference")) {
        add_note(p, node, word_is(node, "endnoteReference"));
    } else if (called(node, "drawing") || called(node, "pict") || called(node, "object") || called(node, "AlternateContent")) {
        const xmlNode *from = called(node, "AlternateContent") ? branch_of(node) : node;
        find_boxes(p, from == NULL ? NULL : from->children, 0);
    }
}

static void take_run(struct para *p, const xmlNode *run)
{
    struct look look = p->setting.look;
    const xmlNode *properties = word_child(run, "rPr");
    const char *style = word_value(properties, "rStyle");
    if (style != NULL)
        word_apply_character_style(p->d, style, &look);
    word_apply_run(properties, &look);
    for (const xmlNode *node = run->children; node != NULL; node = node->next)
        if (node->type == XML_ELEMENT_NODE)
            take_run_part(p, &look, node);
}

static bool is_holder(const xmlNode *node)
{
    static const char *const names[] = { "hyperlink", "ins", "moveTo", "smartTag", "sdtContent", "fldSimple", "customXml",
                                         "bdo", "dir" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (word_is(node, names[i]))
            return true;
    return false;
}

static void take_inline(struct para *p, const xmlNode *node, int depth)
{
    for (; node != NULL && depth < DEEPEST; node = node->next) {
        if (word_is(node, "r"))
            take_run(p, node);
        else if (is_holder(node))
            take_inline(p, node->children, depth + 1);
        else if (word_is(node, "sdt"))
            take_inline(p, word_child(node, "sdtContent"), depth + 1);
        else if (called(node, "AlternateContent"))
            take_inline(p, branch_of(node), depth + 1);
        else if (called(node, "Choice") || called(node, "Fallback"))
            take_inline(p, node->children, depth + 1);
        else if (called(node, "t") && !word_is(node, "t")) /* of a formula */
            add_text(p, &p->setting.look, node->children == NULL ? NULL : (const char *)node->children->content);
        else if (called(node, "oMath") || called(node, "oMathPara") || called(node, "e"))
            take_inline(p, node->children, depth + 1);
    }
}

/* ---- paragraphs ---- */

/* Word keeps numbered runs of look apart; the model wants none when one look holds for all. */
static void settle_runs(struct para *p, struct block *b)
{
    const char *composed = text_nfc(p->d->arena, p->text.text);
    b->text = composed;
    b->size = p->run_count > 0 ? p->runs[0].size : p->setting.look.size;
    size_t longest = 0;
    for (size_t i = 0; i < p->run_count; i++)
        if (p->runs[i].length > longest) {
            longest = p->runs[i].length;
            b->size = p->runs[i].size;
        }
    b->bold = p->letters > 0 && p->bold == p->letters;
    b->italic = p->letters > 0 && p->italic == p->letters;
    bool composed_across = strlen(composed) != p->text.length; /* lengths of runs no longer fit */
    if (p->run_count > 1 && !composed_across) {
        b->runs = p->runs;
        b->run_count = p->run_count;
    }
}

static void cut_end(struct para *p)
{
    while (p->text.length > 0 && p->text.text[p->text.length - 1] == '\n') {
        p->text.text[--p->text.length] = '\0';
        if (--p->runs[p->run_count - 1].length == 0)
            p->run_count--;
    }
}

static void finish(struct para *p, struct block_list *out)
{
    struct docx *d = p->d;
    cut_end(p);
    if (p->text.length > 0 && !p->setting.contents && !d->too_large) {
        struct block *b = block_add(out, BLOCK_PARAGRAPH);
        const struct setting_of *s = &p->setting;
        *b = (struct block){ .kind = BLOCK_PARAGRAPH, .place = p->place, .mark = p->mark, .align = s->align,
                             .indent = s->indent, .first_indent = s->first_indent, .before = s->before, .after = s->after,
                             .line = s->line, .keep_next = s->keep_next, .heading = s->heading > 0,
                             .level = s->heading > 0 ? s->heading - 1 : p->mark != NULL ? s->number_level : 0 };
        settle_runs(p, b);
        b->upper = text_is_capitals(b->text);
        d->blocks++;
    }
    for (size_t i = 0; i < p->after.count && !d->too_large; i++, d->blocks++)
        *block_add(out, BLOCK_PARAGRAPH) = p->after.items[i];
    if (d->blocks > DOC_MOST_BLOCKS)
        d->too_large = true;
}

static void start(struct para *p, const xmlNode *node, int depth)
{
    struct docx *d = p->d;
    const xmlNode *properties = word_child(node, "pPr");
    struct setting_of s = word_paragraph_style(d, word_value(properties, "pStyle"));
    struct setting_of direct = s;
    word_apply_paragraph(properties, &direct);
    const xmlNode *its_level = NULL;
    if (direct.number != NULL && depth <= DOC_DEEPEST)
        p->mark = word_count(d, direct.number, direct.number_level, &its_level);
    if (its_level != NULL) { /* the level's indents stand between the style's and the paragraph's own */
        word_apply_paragraph(its_level, &s);
        word_apply_paragraph(properties, &s);
        s.number_level = direct.number_level;
        direct = s;
    }
    p->setting = direct;
    if (direct.page_break)
        next_page(d);
    if (depth <= DOC_DEEPEST)
        d->paragraph++;
    p->place = (struct place){ .page = d->page, .from = d->paragraph, .to = d->paragraph };
    p->depth = depth;
}

static void read_paragraph(struct docx *d, const xmlNode *node, int depth, struct para *p, struct block_list *out)
{
    if (!p->merged)
        *p = (struct para){ .d = d, .text = { .arena = d->arena }, .after = { .arena = d->arena } };
    if (!p->merged)
        buffer_add(&p->text, "");
    bool goes_on = p->merged;
    if (!goes_on)
        start(p, node, depth);
    else
        p->place.to = ++d->paragraph;
    bool was_fresh = d->fresh_page;
    take_inline(p, node->children, 0);
    if (was_fresh && !goes_on && p->text.length == 0)
        p->place.page = d->page;
    const xmlNode *properties = word_child(node, "pPr");
    p->merged = word_child(word_child(properties, "rPr"), "del") != NULL;
    if (!p->merged)
        finish(p, out);
    const xmlNode *section = word_child(properties, "sectPr");
    const char *type = word_value(section, "type");
    if (section != NULL && (type == NULL || strcmp(type, "continuous") != 0))
        next_page(d);
}

void word_read_blocks(struct docx *d, const xmlNode *parent, int depth, struct block_list *out)
{
    struct para p = { .d = d };
    for (const xmlNode *node = parent == NULL ? NULL : parent->children; node != NULL && !d->too_large; node = node->next) {
        if (word_is(node, "p"))
            read_paragraph(d, node, depth, &p, out);
        else if (word_is(node, "tbl") && depth < DOC_DEEPEST)
            word_read_table(d, node, depth, out);
        else if (word_is(node, "sdt"))
            word_read_blocks(d, word_child(node, "sdtContent"), depth, out);
        else if (is_holder(node))
            word_read_blocks(d, node, depth, out);
        else if (called(node, "AlternateContent"))
            word_read_blocks(d, branch_of(node), depth, out);
    }
    if (p.merged)
        finish(&p, out);
}
