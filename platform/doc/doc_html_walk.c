/* From the nodes of a web page to paragraphs: what begins one, how it looks, the marks of lists. */
#include "platform/doc/doc_html.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool html_is(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcasecmp((const char *)node->name, name) == 0;
}

const char *html_attribute(const xmlNode *node, const char *name)
{
    for (const xmlAttr *a = node->type == XML_ELEMENT_NODE ? node->properties : NULL; a != NULL; a = a->next)
        if (strcasecmp((const char *)a->name, name) == 0)
            return a->children == NULL || a->children->content == NULL ? "" : (const char *)a->children->content;
    return NULL;
}

bool html_style_says(const xmlNode *node, const char *property, const char *value)
{
    const char *style = html_attribute(node, "style");
    size_t length = strlen(property);
    for (const char *at = style == NULL ? NULL : strcasestr(style, property); at != NULL; at = strcasestr(at + 1, property)) {
        const char *after = at + length + strspn(at + length, " \t\r\n");
        bool whole = (at == style || strchr("; \t\r\n", at[-1]) != NULL) && *after == ':';
        after += whole ? 1 + strspn(after + 1, " \t\r\n") : 0;
        if (whole && strncasecmp(after, value, strlen(value)) == 0)
            return true;
    }
    return false;
}

static bool is_one_of(const xmlNode *node, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (html_is(node, names[i]))
            return true;
    return false;
}

bool html_is_unseen(const xmlNode *node)
{
    static const char *const names[] = { "script", "style", "head", "title", "meta", "link", "noscript", "template", "iframe", "object",
                                         "svg", "button", "select", "input", "textarea", "nav", "aside", "footer", "audio", "video",
                                         "canvas", "del", "img", "map", "applet", "base" };
    if (node->type != XML_ELEMENT_NODE)
        return node->type != XML_TEXT_NODE && node->type != XML_CDATA_SECTION_NODE;
    const char *spoken = html_attribute(node, "role");
    bool menu = spoken != NULL && (strcasecmp(spoken, "navigation") == 0 || strcasecmp(spoken, "banner") == 0 ||
                                   strcasecmp(spoken, "contentinfo") == 0 || strcasecmp(spoken, "search") == 0);
    return menu || html_attribute(node, "hidden") != NULL || html_style_says(node, "display", "none") ||
           html_style_says(node, "visibility", "hidden") || html_style_says(node, "mso-hide", "all") ||
           is_one_of(node, names, sizeof names / sizeof *names);
}

/* ---- text ---- */

static void put(struct html *h, const struct html_look *look, int32_t rune)
{
    bool line_start = h->text.length == 0 || h->text.text[h->text.length - 1] == '\n';
    if (h->gap && !line_start && rune != '\n')
        buffer_add(&h->text, " ");
    h->gap = false;
    if (rune == '\n' && h->text.length == 0)
        return;
    buffer_add_rune(&h->text, rune);
    h->letters += rune != '\n';
    h->bold += look->bold && rune != '\n';
    h->italic += look->italic && rune != '\n';
}

/* Word writes the bullets of its lists as letters of the fonts Symbol, Wingdings and Courier New. */
static int32_t bullet(int32_t rune)
{
    switch (rune) {
    case 0xB7: return 0x2022;
    case 0xA7: return 0x25AA;
    case 'o': return 0x25CB;
    case 0xD8: return 0x27A2;
    case 0xFC: return 0x2713;
    case 'v': return 0x2756;
    default: return rune;
    }
}

static void add_text(struct html *h, const struct html_look *look, const char *text)
{
    h->bytes += strlen(text);
    h->too_large = h->too_large || h->bytes > DOC_MOST_TEXT;
    if (h->too_large)
        return;
    if (look->capitals)
        text = text_upper(h->arena, text);
    bool alone = look->ignored_mark && text_length(text) == 1;
    for (int32_t rune; *text != '\0';) {
        text = text_next(text, &rune);
        bool blank = rune == ' ' || rune == '\t' || rune == '\r' || rune == '\n' || rune == 0xA0 || rune == 0x2002 || rune == 0x2003;
        if (look->kept_blanks && rune == '\n')
            put(h, look, '\n');
        else if (blank)
            h->gap = true;
        else if (rune >= ' ' && rune != 0xAD && rune != 0x200B && rune != 0xFEFF && rune != 0x7F)
            put(h, look, alone ? bullet(rune) : rune);
    }
}

void html_flush(struct html *h)
{
    while (h->text.length > 0 && h->text.text[h->text.length - 1] == '\n')
        h->text.text[--h->text.length] = '\0';
    if (h->text.length > 0 && !h->too_large) {
        struct block *b = block_add(h->out, h->note != NULL ? BLOCK_FOOTNOTE : BLOCK_PARAGRAPH);
        b->text = text_clean(h->arena, h->text.text);
        b->mark = h->mark;
        b->note = h->note;
        b->level = h->heading > 0 ? h->heading - 1 : h->mark != NULL ? h->level : 0;
        b->heading = h->heading > 0;
        b->align = h->align;
        b->bold = h->bold == h->letters;
        b->italic = h->italic == h->letters;
        b->upper = text_is_capitals(b->text);
        h->paragraph++;
        b->place = (struct place){ .from = h->paragraph, .to = h->paragraph };
        h->mark = NULL;
        h->too_large = ++h->blocks > DOC_MOST_BLOCKS;
        if (b->text[0] == '\0') { /* nothing but signs that text_clean drops */
            h->out->count--;
            h->blocks--;
        }
    }
    h->text = (struct buffer){ .arena = h->arena };
    h->gap = false;
    h->letters = h->bold = h->italic = 0;
}

/* ---- lists ---- */

static char *letters(struct arena *a, int number, bool capital)
{
    char text[8] = { 0 };
    size_t at = sizeof text - 1;
    for (; number > 0 && at > 0; number = (number - 1) / 26)
        text[--at] = (char)((capital ? 'A' : 'a') + (number - 1) % 26);
    return arena_copy(a, text + at);
}

static char *roman(struct arena *a, int number)
{
    static const struct {
        int value;
        const char *letters;
    } parts[] = { { 100, "C" }, { 90, "XC" }, { 50, "L" }, { 40, "XL" }, { 10, "X" }, { 9, "IX" }, { 5, "V" }, { 4, "IV" }, { 1, "I" } };
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    for (size_t i = 0; i < sizeof parts / sizeof *parts && number < 400; i++)
        for (; number >= parts[i].value; number -= parts[i].value)
            buffer_add(&b, parts[i].letters);
    return b.text;
}

static char *list_mark(struct arena *a, const xmlNode *list, int number)
{
    const char *type = html_attribute(list, "type");
    if (html_style_says(list, "list-style-type", "none") || html_style_says(list, "list-style", "none"))
        return NULL;
    if (!html_is(list, "ol"))
        return arena_copy(a, "•");
    char kind = type == NULL || *type == '\0' ? '1' : *type;
    static const struct {
        const char *style;
        char kind;
    } styles[] = { { "lower-alpha", 'a' }, { "lower-latin", 'a' }, { "upper-alpha", 'A' }, { "upper-latin", 'A' },
                   { "lower-roman", 'i' }, { "upper-roman", 'I' } };
    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
        if (html_style_says(list, "list-style-type", styles[i].style))
            kind = styles[i].kind;
    if (kind == 'a' || kind == 'A')
        return arena_printf(a, kind == 'a' ? "%s)" : "%s.", letters(a, number, kind == 'A'));
    if (kind == 'i' || kind == 'I')
        return arena_printf(a, "%s.", kind == 'I' ? roman(a, number) : text_lower(a, roman(a, number)));
    return arena_printf(a, "%d.", number);
}

static int number_of(const xmlNode *node, const char *name, int otherwise)
{
    int64_t number;
    const char *text = html_attribute(node, name);
    return text != NULL && text_int(text, &number) && number > 0 && number < 100000 ? (int)number : otherwise;
}

static void walk_list(struct html *h, const xmlNode *list, const struct html_look *look, int depth)
{
    struct html_look inner = *look;
    inner.list++;
    int number = number_of(list, "start", 1);
    html_flush(h);
    for (const xmlNode *node = list->children; node != NULL; node = node->next) {
        if (!html_is(node, "li")) {
            xmlNode alone = *node; /* a list right in a list, without an item around it */
            alone.next = NULL;
            html_walk(h, &alone, &inner, depth + 1);
            continue;
        }
        if (html_is_unseen(node))
            continue;
        html_flush(h);
        number = number_of(node, "value", number);
        h->mark = list_mark(h->arena, list, number++);
        h->level = look->list;
        html_walk(h, node->children, &inner, depth + 1);
        html_flush(h);
        h->mark = NULL;
    }
}

/* ---- nodes ---- */

static bool is_block(const xmlNode *node)
{
    static const char *const names[] = { "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "center", "section",
                                         "article", "main", "header", "address", "dl", "dt", "dd", "hr", "form", "fieldset", "body",
                                         "html", "tr", "caption", "figure", "figcaption", "details", "summary", "td", "th" };
    return is_one_of(node, names, sizeof names / sizeof *names);
}

static struct html_look look_in(const xmlNode *node, const struct html_look *outer)
{
    static const char *const bold[] = { "b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th" };
    static const char *const italic[] = { "i", "em", "cite" };
    struct html_look look = *outer;
    const char *align = html_attribute(node, "align");
    look.bold = (look.bold || is_one_of(node, bold, 9) || html_style_says(node, "font-weight", "bold") ||
                 html_style_says(node, "font-weight", "7")) && !html_style_says(node, "font-weight", "normal");
    look.italic = (look.italic || is_one_of(node, italic, 3) || html_style_says(node, "font-style", "italic")) &&
                  !html_style_says(node, "font-style", "normal");
    look.capitals = look.capitals || html_style_says(node, "text-transform", "uppercase");
    look.kept_blanks = look.kept_blanks || html_is(node, "pre") || html_style_says(node, "white-space", "pre");
    look.ignored_mark = look.ignored_mark || html_style_says(node, "mso-list", "ignore");
    if (html_is(node, "center") || html_style_says(node, "text-align", "center") || (align != NULL && strcasecmp(align, "center") == 0))
        look.align = ALIGN_CENTER;
    else if (html_style_says(node, "text-align", "right") || (align != NULL && strcasecmp(align, "right") == 0))
        look.align = ALIGN_RIGHT;
    else if (html_style_says(node, "text-align", "justify") || html_style_says(node, "text-align", "left"))
        look.align = ALIGN_LEFT;
    return look;
}

/* Word's footnotes: <div id="ftn3"> … ; in the text a link to it: <a href="#_ftn3">[3]</a>. */
static const char *note_number(struct arena *a, const xmlNode *node)
{
    const char *id = html_is(node, "div") ? html_attribute(node, "id") : NULL;
    bool note = id != NULL && (strncmp(id, "ftn", 3) == 0 || strncmp(id, "_ftn", 4) == 0) && strstr(id, "ref") == NULL;
    return note ? arena_copy(a, id + strcspn(id, "0123456789")) : NULL;
}

static bool is_note_link(const xmlNode *node)
{
    const char *to = html_is(node, "a") ? html_attribute(node, "href") : NULL;
    const char *mark = to == NULL ? NULL : strchr(to, '#');
    return mark != NULL && (strncmp(mark, "#_ftn", 5) == 0 || strncmp(mark, "#_edn", 5) == 0);
}

static void walk_block(struct html *h, const xmlNode *node, const struct html_look *look, int depth)
{
    const char *note = note_number(h->arena, node);
    const char *before = h->note;
    html_flush(h);
    h->note = note != NULL ? note : before;
    h->align = look->align;
    h->heading = (node->name[0] | 0x20) == 'h' && node->name[1] >= '1' && node->name[1] <= '6' && node->name[2] == '\0'
                     ? node->name[1] - '0' : 0;
    html_walk(h, node->children, look, depth + 1);
    html_flush(h);
    h->heading = 0;
    h->note = before;
}

void html_walk(struct html *h, const xmlNode *node, const struct html_look *look, int depth)
{
    for (; node != NULL && depth < HTML_DEEPEST && !h->too_large; node = node->next) {
        if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
            if (node->content != NULL)
                add_text(h, look, (const char *)node->content);
            continue;
        }
        if (html_is_unseen(node) || is_note_link(node))
            continue;
        struct html_look inner = look_in(node, look);
        if (html_is(node, "br"))
            put(h, look, '\n');
        else if (html_is(node, "ul") || html_is(node, "ol") || html_is(node, "menu") || html_is(node, "dir"))
            walk_list(h, node, &inner, depth);
        else if (html_is(node, "table"))
            html_table(h, node, &inner, depth);
        else if (is_block(node))
            walk_block(h, node, &inner, depth);
        else
            html_walk(h, node->children, &inner, depth + 1);
    }
}
