/* What the two halves of the template compiler share: files and names here, blocks and values there. */
#pragma once
#include "platform/web/template_parts.h"

/* A name and what it stands for. */
struct binding {
    const char *name;
    struct place place;
};

/* Names seen at a place of a template; inner scopes lead to outer ones. */
struct scope {
    struct scope *outer; /* NULL: the page's or layout's own */
    struct binding *bindings;
    size_t count;
    size_t capacity;
    const char *const *columns; /* of the loop this scope belongs to; NULL: none */
    int depth;                  /* of that loop */
};

/* A source file at work. */
struct template_file {
    const char *name;
    const char *text;
    const char *at;                /* what is compiled now */
    struct scope *scope;
    struct template_file *content; /* of a layout: the file that fills it */
    bool content_seen;
    struct template_file *from;    /* the file that includes this one, or lies in this layout */
    int from_line;
};

struct compiler {
    struct arena *arena;
    const struct template_world *world;
    struct template_page *page;
    struct op *ops;
    size_t op_count, op_capacity;
    struct slot *slots;
    size_t slot_count, slot_capacity;
    struct buffer literal; /* markup not yet in an op */
    char last;             /* last byte of markup */
    struct html html;
    struct template_file *file;
    struct scope *scope;
    int loops;
    int includes;
    const char *why; /* the first mistake */
};

/* A {{tag}}; the words of its inside are read one after the other. */
struct tag {
    const char *start; /* its {{ */
    const char *end;   /* behind its }} */
    const char *inner; /* text between, trimmed, arena */
    const char *at;    /* next word of inner */
};

/* ---- template_compile.c ---- */
void mistake(struct compiler *k, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Reads the tag at `start`; false is a mistake. */
bool tag_read(struct compiler *k, const char *start, struct tag *tag);
/* Next name ([A-Za-z0-9_.-]); "" when something else stands there. */
const char *tag_word(struct compiler *k, struct tag *tag);
bool tag_sign(struct tag *tag, char sign); /* takes the sign if it is next */
/* Takes "…" if it is next. */
bool tag_literal(struct compiler *k, struct tag *tag, const char **text);
/* Mistake when something is left. */
void tag_end(struct compiler *k, const struct tag *tag);
/* name="literal" or name=name, to the end of the tag; names are looked up in the scope of now. */
void tag_bindings(struct compiler *k, struct tag *tag, struct scope *into);
struct binding *scope_add(struct compiler *k, struct scope *scope, const char *name);
/* A name that must be known. */
struct place place_find(struct compiler *k, const char *name);
/* Compiles a file in place. given: its parameters; outer: the names around it. */
void compile_file(struct compiler *k, const char *name, struct scope *given, struct template_file *content);
/* {{content}}: the file that lies in this layout goes on. */
void compile_content(struct compiler *k);

/* ---- template_body.c ---- */
enum stop { STOP_END, STOP_ELSE, STOP_IF, STOP_EACH };
/* Compiles up to the end of the file or a tag that ends or divides a block. */
enum stop compile_until(struct compiler *k);
void op_flush(struct compiler *k);
struct op *op_add(struct compiler *k, enum op_kind kind);
