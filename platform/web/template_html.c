/* Follows HTML through a template, just far enough to know how a value must be escaped and what is forbidden. */
#include "platform/web/template_parts.h"
#include <string.h>

static bool one_of(const char *word, const char *const *list)
{
    for (; *list != NULL; list++)
        if (strcmp(word, *list) == 0)
            return true;
    return false;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static void push(char *word, char c)
{
    size_t length = strlen(word);
    if (length + 1 < TEMPLATE_NAME) {
        word[length] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        word[length + 1] = '\0';
    }
}

static bool is_void(const char *tag)
{
    static const char *const list[] = { "area", "base", "br", "col",  "embed",  "hr",    "img",
                                        "input", "link", "meta", "source", "track", "wbr", NULL };
    return one_of(tag, list);
}

static bool is_url(const char *attribute)
{
    static const char *const list[] = { "href", "src", "action", "formaction", "xlink:href", "poster", "cite",
                                        "data", "srcset", "ping", "manifest", "background", NULL };
    return one_of(attribute, list);
}

static bool within(const struct html *h, const char *tag)
{
    for (int i = 0; i < h->depth; i++)
        if (strcmp(h->elements[i], tag) == 0)
            return true;
    return false;
}

bool html_verbatim(const struct html *h)
{
    return within(h, "pre") || within(h, "textarea");
}

static const char *close_element(struct html *h)
{
    if (is_void(h->tag))
        return "an end tag of an element that has none";
    if (h->depth <= h->floor)
        return "an end tag without a start tag in this block";
    if (strcmp(h->elements[h->depth - 1], h->tag) != 0)
        return "an end tag that does not fit the innermost open element";
    h->depth--;
    return NULL;
}

static const char *open_element(struct html *h)
{
    if (is_void(h->tag))
        return NULL;
    if (h->slash)
        return within(h, "svg") || within(h, "math") ? NULL : "only void elements and SVG may end with />";
    if (h->depth == TEMPLATE_ELEMENTS)
        return "elements are nested too deeply";
    memcpy(h->elements[h->depth++], h->tag, TEMPLATE_NAME);
    return NULL;
}

static const char *end_tag(struct html *h)
{
    h->at = AT_TEXT;
    if (h->closing)
        return close_element(h);
    h->post_opened = h->post;
    const char *mistake = open_element(h);
    if (mistake == NULL && (strcmp(h->tag, "script") == 0 || strcmp(h->tag, "style") == 0))
        h->at = AT_RAW;
    return mistake;
}

static void begin_tag(struct html *h)
{
    h->at = AT_OPEN;
    h->closing = h->slash = h->post = false;
    h->tag[0] = '\0';
}

static const char *end_name(struct html *h)
{
    if (strcmp(h->attribute, "style") == 0)
        return "a style attribute; use a class";
    if (strcmp(h->attribute, "srcdoc") == 0 || strcmp(h->attribute, "formmethod") == 0)
        return "srcdoc and formmethod are not allowed";
    if (h->attribute[0] == 'o' && h->attribute[1] == 'n')
        return "an on… attribute; scripts live in assets/";
    return NULL;
}

static const char *end_value(struct html *h)
{
    h->at = AT_GAP;
    if (strcmp(h->tag, "form") == 0 && strcmp(h->attribute, "method") == 0)
        h->post = strcmp(h->value, "post") == 0;
    return is_url(h->attribute) && strncmp(h->value, "javascript:", 11) == 0 ? "a javascript: address" : NULL;
}

/* Inside a tag, outside of values. */
static const char *step_tag(struct html *h, char c)
{
    if (c == '>')
        return end_tag(h);
    if (c == '/') {
        h->slash = true;
        return NULL;
    }
    if (is_space(c)) {
        h->at = AT_TAG;
        return NULL;
    }
    if (h->at == AT_GAP)
        return "white space is missing before this attribute";
    if (c == '=' || c == '"' || c == '\'' || c == '<')
        return "this sign is not expected inside a tag";
    h->at = AT_NAME;
    h->attribute[0] = '\0';
    push(h->attribute, c);
    return NULL;
}

static const char *step_open(struct html *h, char c)
{
    if (h->tag[0] == '\0' && c == '/' && !h->closing) {
        h->closing = true;
        return NULL;
    }
    if (h->tag[0] == '\0' && c == '!') {
        h->at = AT_DECLARATION;
        h->last[0] = h->last[1] = '\0';
        return NULL;
    }
    if (h->tag[0] == '\0' && !is_letter(c))
        return "a bare <; write &lt;";
    if (is_space(c) || c == '>' || c == '/')
        return step_tag(h, c);
    push(h->tag, c);
    return NULL;
}

static const char *step_name(struct html *h, char c)
{
    if (c == '=') {
        h->at = AT_EQUALS;
        return end_name(h);
    }
    if (is_space(c) || c == '>' || c == '/') {
        const char *mistake = end_name(h);
        return mistake != NULL ? mistake : step_tag(h, c);
    }
    push(h->attribute, c);
    return NULL;
}

static const char *step_comment(struct html *h, char c)
{
    if (h->at == AT_DECLARATION && c == '-' && h->last[1] == '-') {
        h->at = AT_COMMENT;
        h->last[0] = h->last[1] = '\0';
        return NULL;
    }
    if (c == '>' && (h->at == AT_DECLARATION || (h->last[0] == '-' && h->last[1] == '-')))
        h->at = AT_TEXT;
    h->last[0] = h->last[1];
    h->last[1] = c;
    return NULL;
}

const char *html_step(struct html *h, char c)
{
    switch (h->at) {
    case AT_TEXT:
        if (c == '<')
            begin_tag(h);
        return NULL;
    case AT_RAW:
        if (c == '<')
            begin_tag(h);
        return c == '<' || is_space(c) ? NULL : "a script or style inside the page; they live in assets/";
    case AT_OPEN:
        return step_open(h, c);
    case AT_TAG:
    case AT_GAP:
        return step_tag(h, c);
    case AT_NAME:
        return step_name(h, c);
    case AT_EQUALS:
        h->at = AT_VALUE;
        h->value[0] = '\0';
        h->mixed = false;
        return c == '"' ? NULL : "an attribute value without \" around it";
    case AT_VALUE:
        if (c == '"')
            return end_value(h);
        push(h->value, c);
        return NULL;
    case AT_COMMENT:
    case AT_DECLARATION:
        return step_comment(h, c);
    }
    return NULL;
}

/* A variable inside a URL: fine behind a beginning that fixes where it leads. */
static const char *url_value(struct html *h, enum filter filter, enum escape *escape)
{
    static const char *const good[] = { "/", "#", "?", "https://", "http://", "mailto:", "tel:" };
    if (h->mixed)
        return "a variable behind two different beginnings of an address";
    if (h->value[0] == '\0') {
        push(h->value, '/');
        return filter == FILTER_URL ? NULL : "an address that begins with a variable needs |url";
    }
    if (filter == FILTER_URL)
        return "|url is for whole addresses";
    *escape = ESCAPE_PERCENT;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        if (strncmp(h->value, good[i], strlen(good[i])) == 0)
            return NULL;
    return "a variable in an address that does not begin with /, #, ?, https://, mailto: or tel:";
}

const char *html_value(struct html *h, enum filter filter, enum escape *escape)
{
    *escape = ESCAPE_HTML;
    if (h->at == AT_TEXT)
        return NULL;
    if (h->at == AT_RAW)
        return "a variable inside script or style";
    if (h->at == AT_EQUALS)
        return "an attribute value without \" around it";
    if (h->at != AT_VALUE)
        return "a variable stands in text or in an attribute's value, nowhere else";
    if (filter == FILTER_LINES)
        return "|lines makes elements, so it stands in text only";
    if (strcmp(h->tag, "form") == 0 && strcmp(h->attribute, "method") == 0)
        return "a form's method must be plain text";
    if (is_url(h->attribute))
        return url_value(h, filter, escape);
    push(h->value, 'x'); /* no longer empty */
    return NULL;
}

const char *html_block(struct html *h)
{
    const char *mistake = NULL;
    if (h->at == AT_NAME)
        mistake = end_name(h);
    if (h->at == AT_NAME || (h->at == AT_OPEN && h->tag[0] != '\0'))
        h->at = AT_GAP;
    if (h->at == AT_TEXT || h->at == AT_TAG || h->at == AT_GAP || h->at == AT_VALUE)
        return mistake;
    return "a block stands in text, between attributes or in an attribute's value, nowhere else";
}

const char *html_same(const struct html *h, const struct html *start)
{
    if (h->depth != start->depth)
        return "an element is opened here but not closed in the same block";
    bool in_tag = h->at != AT_TEXT && h->at != AT_RAW;
    if (h->at != start->at || (in_tag && (strcmp(h->tag, start->tag) != 0 || h->post != start->post)))
        return "the block ends at another place of the HTML than it begins";
    if (h->at == AT_VALUE && strcmp(h->attribute, start->attribute) != 0)
        return "the block ends in another attribute than it begins";
    return NULL;
}

const char *html_join(struct html *h, const struct html *other)
{
    struct html twin = *other;
    if (h->at == AT_GAP && twin.at == AT_TAG)
        twin.at = AT_GAP;
    else if (h->at == AT_TAG && twin.at == AT_GAP)
        h->at = AT_GAP;
    if (h->at == AT_VALUE && strcmp(h->value, twin.value) != 0)
        h->mixed = h->mixed || h->value[0] == '\0' || twin.value[0] == '\0' || h->value[0] != twin.value[0];
    return html_same(h, &twin);
}
