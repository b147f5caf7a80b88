/* Inside of the template engine: what compiling makes, what rendering runs. Only template*.c include it. */
#pragma once
#include "platform/web/template.h"

enum {
    TEMPLATE_LOOPS = 8,      /* loops in loops */
    TEMPLATE_INCLUDES = 8,   /* partials in partials */
    TEMPLATE_ELEMENTS = 64,  /* HTML elements in elements */
    TEMPLATE_NAME = 32,      /* bytes of a tag or attribute name, with the NUL */
};

/* ---- compiled pages ---- */

enum from { FROM_LITERAL, FROM_TEXT, FROM_COLUMN, FROM_FORM, FROM_ERROR, FROM_ROWS };

/* Where a value comes from. */
struct place {
    enum from from;
    int index;        /* the slot; of a column the depth of its loop */
    int column;       /* as declared */
    const char *text; /* the literal, or the name behind "form." or "error." */
};

enum filter {
    FILTER_NONE, FILTER_DATE, FILTER_ISODATE, FILTER_MOMENT, FILTER_ISOMOMENT, FILTER_NUMBER, FILTER_URL, FILTER_LINES,
    FILTER_UPPER,
};
enum escape { ESCAPE_HTML, ESCAPE_PERCENT };
enum op_kind { OP_TEXT, OP_VALUE, OP_TOKEN, OP_IF, OP_EACH, OP_NEXT, OP_JUMP, OP_END };

struct op {
    enum op_kind kind;
    enum filter filter;
    enum escape escape;
    bool compares;      /* OP_IF: value equals other; else value is true */
    int jump;           /* OP_IF, OP_EACH: when false or none; OP_NEXT: the loop's body; OP_JUMP: always */
    int depth;          /* OP_EACH, OP_NEXT: of the loop, from 0 */
    int where;          /* OP_EACH: number of its index over rows, -1: all rows */
    int column;         /* OP_EACH with where: as declared; other is the wanted text */
    struct place value; /* OP_EACH: the rows */
    struct place other;
    const char *text; /* OP_TEXT */
    size_t length;
};

/* A value that the handler or the application puts. */
struct slot {
    const char *name;
    const char *const *columns; /* NULL: a text */
    int column_count;
};

struct template_page {
    const char *name;
    const struct op *ops;
    const struct slot *slots;
    int slot_count;
    int where_count;
    const int *table; /* open addressing by template_hash of the slot's name; -1 is free */
    unsigned mask;
};

struct template_set {
    struct template_page *pages; /* sorted by name */
    size_t count;
};

unsigned template_hash(const char *text);

/* ---- output ---- */

void escape_html(struct buffer *out, const char *text);
/* One value through its filter and escaping; text may be NULL. */
void template_value(struct arena *a, struct buffer *out, const char *text, enum filter filter, enum escape escape);
/* False when there is no filter of that name. */
bool filter_find(const char *name, enum filter *filter);

/* ---- where in the HTML a place of a template stands ---- */

enum html_at {
    AT_TEXT,    /* between tags */
    AT_OPEN,    /* in a tag's name */
    AT_TAG,     /* in a tag, where an attribute may begin */
    AT_GAP,     /* in a tag, where white space must come before the next attribute */
    AT_NAME,    /* in an attribute's name */
    AT_EQUALS,  /* behind the = */
    AT_VALUE,   /* in a quoted value */
    AT_RAW,     /* in script or style */
    AT_COMMENT, AT_DECLARATION,
};

struct html {
    enum html_at at;
    bool closing;                  /* the tag is an end tag */
    bool slash;                    /* the tag has the final / */
    bool post;                     /* the tag is a form with method="post" */
    bool post_opened;              /* such a tag has just ended; the compiler takes it back */
    bool mixed;                    /* a URL value begins differently in two branches */
    char tag[TEMPLATE_NAME];
    char attribute[TEMPLATE_NAME];
    char value[TEMPLATE_NAME];     /* first bytes of the attribute's value */
    char last[3];                  /* last bytes inside a comment */
    int depth;                     /* open elements */
    int floor;                     /* elements that this block may not close */
    char elements[TEMPLATE_ELEMENTS][TEMPLATE_NAME];
};

/* Each returns NULL or the mistake in English. */
const char *html_step(struct html *h, char c);
/* A value is printed here; tells how it must be escaped. `filter`: its filter. */
const char *html_value(struct html *h, enum filter filter, enum escape *escape);
/* A block begins, changes branch or ends here. */
const char *html_block(struct html *h);
/* Both branches lead here: `h` is the one, `other` the other; they become one state in h. */
const char *html_join(struct html *h, const struct html *other);
/* A loop's body, or an included file, must end as it began. */
const char *html_same(const struct html *h, const struct html *start);
/* White space stands for itself here (pre, textarea). */
bool html_verbatim(const struct html *h);
