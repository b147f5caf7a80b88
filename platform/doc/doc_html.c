/* Reads a web page, saved or copied: its letters, its tree, and of it the part that holds the document. */
#include "platform/doc/doc_html.h"
#include "platform/doc/doc_text.h"
#include <libxml/HTMLparser.h>
#include <string.h>
#include <strings.h>
#include <unicode/ucnv.h>

/* ---- letters ---- */

/* charset= of a <meta> in the first bytes; "" when there is none. */
static const char *declared(struct arena *a, const char *bytes, size_t size)
{
    char *head = arena_copy_n(a, bytes, size < 4096 ? size : 4096);
    const char *at = strcasestr(head, "charset");
    if (at == NULL)
        return "";
    at += strlen("charset");
    at += strspn(at, " =\"'");
    return arena_copy_n(a, at, strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"));
}

static char *html_decode(struct ctx *c, const char *bytes, size_t size)
{
    if (text_width(bytes, size) != TEXT_BYTES)
        return text_decode(c, bytes, size);
    if (text_is_utf8(bytes, size))
        return arena_copy_n(c->arena, bytes, size); /* whatever it says it is */
    const char *named = declared(c->arena, bytes, size);
    bool one_byte = strncasecmp(named, "windows-125", 11) == 0 || strncasecmp(named, "iso-8859", 8) == 0;
    if (!one_byte)
        return text_decode(c, bytes, size);
    UErrorCode failed = U_ZERO_ERROR;
    size_t room = size * 3 + 16;
    char *text = arena_alloc(c->arena, room);
    int32_t length = ucnv_convert("UTF-8", named, text, (int32_t)room - 1, bytes, (int32_t)size, &failed);
    if (U_FAILURE(failed) || length < 0 || memchr(text, '\0', (size_t)length) != NULL)
        return fail(c, INVALID, doc_says_not_unicode, "the page's letters: %s", u_errorName(failed)), NULL;
    return text_nfc(c->arena, text); /* windows-1258 has marks apart from their letters */
}

/* What a clipboard puts before the page: "Version:0.9 StartHTML:00000097 …". */
static const char *past_clipboard(const char *text)
{
    if (!text_starts(text, "Version:"))
        return text;
    const char *at = strchr(text, '<');
    return at == NULL ? text : at;
}

/* The parser compares each attribute of a tag with all others; no honest tag is this long. */
static bool has_endless_tag(const char *text)
{
    enum { LONGEST_TAG = 100000, MOST_ATTRIBUTES = 2000 };
    for (const char *at = strchr(text, '<'); at != NULL; at = strchr(at, '<')) {
        size_t attributes = 0;
        const char *from = at++;
        for (; *at != '\0' && *at != '>' && *at != '<' && attributes < MOST_ATTRIBUTES; at++)
            attributes += *at == '=';
        if (attributes >= MOST_ATTRIBUTES || (attributes > 0 && at - from > LONGEST_TAG))
            return true;
    }
    return false;
}

xmlDoc *html_parse(const char *utf8, size_t size)
{
    return htmlReadMemory(utf8, (int)size, NULL, "UTF-8",
                          HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_COMPACT);
}

/* ---- which node ---- */

/* What speaks for a node: letters that are no links, and the words that every document has at its ends. */
struct weight {
    size_t letters;
    unsigned signs;
};

static unsigned signs_of(const char *text)
{
    static const char *const phrases[] = { "CHỦ NGHĨA VIỆT NAM", "Độc lập", "Nơi nhận", "KẾ HOẠCH", "QUYẾT ĐỊNH" };
    unsigned found = 0;
    for (unsigned i = 0; i < sizeof phrases / sizeof *phrases; i++)
        found |= strstr(text, phrases[i]) != NULL ? 1U << i : 0;
    return found;
}

/* Each node is weighed once, and keeps its weight. */
static struct weight weigh(struct arena *a, xmlNode *node, bool link, int depth)
{
    struct weight all = { 0 };
    for (; node != NULL && depth < HTML_DEEPEST; node = node->next) {
        if (node->type == XML_TEXT_NODE && node->content != NULL && !link) {
            const char *text = (const char *)node->content;
            all.letters += text_blank(text) ? 0 : strlen(text);
            all.signs |= signs_of(text);
        } else if (node->type == XML_ELEMENT_NODE && !html_is_unseen(node)) {
            struct weight *its = arena_alloc(a, sizeof *its);
            *its = weigh(a, node->children, link || html_is(node, "a"), depth + 1);
            node->_private = its;
            all.letters += its->letters;
            all.signs |= its->signs;
        }
    }
    return all;
}

static bool may_hold(const xmlNode *node)
{
    static const char *const names[] = { "html", "body", "div", "main", "article", "section", "td", "table", "tbody", "tr", "form", "center", "span" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (html_is(node, names[i]))
            return true;
    return false;
}

const xmlNode *html_document_node(struct arena *a, xmlNode *root)
{
    const xmlNode *chosen = root;
    struct weight all = weigh(a, root->children, false, 0);
    for (bool deeper = true; deeper;) {
        deeper = false;
        for (const xmlNode *node = chosen->children; node != NULL && !deeper; node = node->next) {
            const struct weight *its = node->type == XML_ELEMENT_NODE ? node->_private : NULL;
            if (its == NULL || !may_hold(node) || its->signs != all.signs || its->letters * 10 < all.letters * 6)
                continue;
            chosen = node; /* six letters in ten: there is no second one */
            all = *its;
            deeper = true;
        }
    }
    return chosen;
}

/* ---- the model ---- */

static enum err read_tree(struct ctx *c, xmlNode *root, struct document **doc)
{
    struct block_list blocks = { .arena = c->arena };
    struct html h = { .c = c, .arena = c->arena, .out = &blocks, .text = { .arena = c->arena } };
    const xmlNode *chosen = html_document_node(c->arena, root);
    const struct html_look plain = { 0 };
    if (html_is(chosen, "table") || html_is(chosen, "tbody") || html_is(chosen, "tr")) /* a table that is the document */
        while (!html_is(chosen, "table") && chosen->parent != NULL && chosen->parent->type == XML_ELEMENT_NODE)
            chosen = chosen->parent;
    if (html_is(chosen, "table"))
        html_table(&h, chosen, &plain, 0);
    else
        html_walk(&h, chosen->children, &plain, 0);
    html_flush(&h);
    if (h.too_large)
        return fail(c, INVALID, doc_says_huge, "more blocks, cells or text than the bounds");
    if (blocks.count == 0)
        return fail(c, INVALID, doc_says_empty, "a page without words");
    doc_trim_around(c->arena, &blocks);
    struct document *made = arena_alloc(c->arena, sizeof *made);
    *made = (struct document){ .format = "html", .blocks = blocks.items, .count = blocks.count };
    *doc = made;
    return c->err;
}

enum err doc_read_html(struct ctx *c, const char *bytes, size_t size, struct document **doc)
{
    if (c->err != OK)
        return c->err;
    if (size > DOC_MOST_TEXT)
        return fail(c, INVALID, doc_says_huge, "%zu bytes of a page", size);
    const char *text = html_decode(c, bytes, size);
    if (text == NULL)
        return c->err;
    text = past_clipboard(text);
    if (has_endless_tag(text))
        return fail(c, INVALID, doc_says_huge, "a tag of thousands of attributes");
    xmlDoc *tree = html_parse(text, strlen(text));
    xmlNode *root = tree == NULL ? NULL : xmlDocGetRootElement(tree);
    if (root == NULL)
        fail(c, INVALID, doc_says_empty, "no node in the page");
    else
        read_tree(c, root, doc);
    xmlFreeDoc(tree);
    return c->err;
}
