/* What the parts of the DOCX writer share. Not for modules. */
#pragma once
#include "platform/base/text.h"
#include "platform/doc/doc_write.h"
#include <libxml/xmlwriter.h>

#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define WORD_MAIN "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define DRAWING "http://schemas.openxmlformats.org/drawingml/2006/"

struct docx {
    struct ctx *c;
    const struct document *doc;
    struct package *package;
    xmlTextWriterPtr w;
    struct footnotes notes;
    int images;      /* so far */
    int references;  /* footnotes referred to so far; their id in the file */
    int *note_ids;   /* by index in notes; 0: not met yet */
    struct buffer relations;
    bool break_before; /* the next paragraph starts a page */
};

/* ---- XML; names with their prefix ---- */
void xml_open(struct docx *d, const char *name);
void xml_close(struct docx *d);
void xml_text(struct docx *d, const char *name, const char *value); /* an attribute of the open element */
void xml_number(struct docx *d, const char *name, long value);
void xml_empty(struct docx *d, const char *name);
void xml_value(struct docx *d, const char *name, const char *text); /* <name w:val="text"/> */
void xml_value_number(struct docx *d, const char *name, long n);
/* Only characters that XML may hold. Arena text. */
char *xml_clean(struct arena *a, const char *text, size_t length);

/* ---- parts of the text ---- */
long docx_twips(double points);
void docx_text(struct docx *d, const char *text, size_t length); /* one w:t */
void docx_run(struct docx *d, const struct block *b, const struct run *run, const char *text);
void docx_paragraph_text(struct docx *d, const struct block *b); /* mark, runs and footnote references */
void docx_paragraph_look(struct docx *d, const struct block *b);
/* room: width of the column in points, in which a drawn line is centred. */
void docx_paragraph(struct docx *d, const struct block *b, double room);
/* A paragraph that takes next to no height: Word wants one after a table. */
void docx_spacer(struct docx *d);
void docx_blocks(struct docx *d, const struct block *blocks, size_t count, double room);
