/* Paragraphs of a DOCX: runs, footnote references, spacing, drawn lines. */
#include "platform/doc/doc_write_docx.h"
#include <math.h>
#include <string.h>

/* ---- XML ---- */
void xml_open(struct docx *d, const char *name)
{
    xmlTextWriterStartElement(d->w, BAD_CAST name);
}

void xml_close(struct docx *d)
{
    xmlTextWriterEndElement(d->w);
}

void xml_text(struct docx *d, const char *name, const char *value)
{
    xmlTextWriterWriteAttribute(d->w, BAD_CAST name, BAD_CAST value);
}

void xml_number(struct docx *d, const char *name, long value)
{
    xmlTextWriterWriteFormatAttribute(d->w, BAD_CAST name, "%ld", value);
}

void xml_empty(struct docx *d, const char *name)
{
    xml_open(d, name);
    xml_close(d);
}

/* <name w:val="value"/> */
void xml_value(struct docx *d, const char *name, const char *text)
{
    xml_open(d, name);
    xml_text(d, "w:val", text);
    xml_close(d);
}

void xml_value_number(struct docx *d, const char *name, long n)
{
    xml_open(d, name);
    xml_number(d, "w:val", n);
    xml_close(d);
}

long docx_twips(double points)
{
    return lround(points * 20);
}

/* Only characters that XML may hold. */
char *xml_clean(struct arena *a, const char *text, size_t length)
{
    char *copy = arena_alloc(a, length + 1), *to = copy;
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] >= 0x20)
            *to++ = text[i];
    return copy;
}

void docx_text(struct docx *d, const char *text, size_t length)
{
    if (length == 0)
        return;
    xml_open(d, "w:t");
    xml_text(d, "xml:space", "preserve");
    xmlTextWriterWriteString(d->w, BAD_CAST xml_clean(d->c->arena, text, length));
    xml_close(d);
}

/* ---- runs ---- */
static void run_look(struct docx *d, const struct block *b, const struct run *run)
{
    xml_open(d, "w:rPr");
    if (b->bold || run->bold) {
        xml_empty(d, "w:b");
        xml_empty(d, "w:bCs");
    }
    if (b->italic || run->italic) {
        xml_empty(d, "w:i");
        xml_empty(d, "w:iCs");
    }
    if (b->upper && b->text != NULL && strcmp(b->text, text_upper(d->c->arena, b->text)) != 0)
        xml_empty(d, "w:caps");
    double size = run->size > 0 ? run->size : b->size;
    if (size > 0) {
        xml_value_number(d, "w:sz", lround(size * 2));
        xml_value_number(d, "w:szCs", lround(size * 2));
    }
    if (run->underline)
        xml_value(d, "w:u", "single");
    if (run->superscript)
        xml_value(d, "w:vertAlign", "superscript");
    xml_close(d);
}

void docx_run(struct docx *d, const struct block *b, const struct run *run, const char *text)
{
    xml_open(d, "w:r");
    run_look(d, b, run);
    size_t from = 0;
    for (size_t i = 0; i <= run->length; i++) {
        if (i < run->length && text[i] != '\n' && text[i] != '\t')
            continue;
        docx_text(d, text + from, i - from);
        if (i < run->length)
            xml_empty(d, text[i] == '\n' ? "w:br" : "w:tab");
        from = i + 1;
    }
    xml_close(d);
}

static void write_reference(struct docx *d, int note)
{
    d->note_ids[note] = ++d->references;
    char count[16];
    snprintf(count, sizeof count, "%d", d->references);
    const char *mark = d->notes.list[note]->note;
    bool custom = strcmp(mark, count) != 0; /* Word counts by itself; another mark must be given */
    xml_open(d, "w:r");
    xml_open(d, "w:rPr");
    xml_value(d, "w:rStyle", "FootnoteReference");
    xml_close(d);
    xml_open(d, "w:footnoteReference");
    if (custom)
        xml_text(d, "w:customMarkFollows", "1");
    xml_number(d, "w:id", d->references);
    xml_close(d);
    if (custom)
        docx_text(d, mark, strlen(mark));
    xml_close(d);
}

void docx_paragraph_text(struct docx *d, const struct block *b)
{
    const char *text = b->text != NULL ? b->text : "";
    struct run whole = { .length = strlen(text) };
    if (b->mark != NULL) {
        const char *mark = arena_printf(d->c->arena, "%s ", b->mark);
        struct run first = b->run_count > 0 ? b->runs[0] : whole;
        first.length = strlen(mark);
        first.superscript = first.underline = false;
        docx_run(d, b, &first, mark);
    }
    if (b->run_count == 0 && whole.length > 0)
        docx_run(d, b, &whole, text);
    for (size_t i = 0; i < b->run_count; text += b->runs[i++].length) {
        const struct run *run = &b->runs[i];
        int note = run->superscript ? doc_footnote_of(&d->notes, text, run->length) : -1;
        if (note >= 0 && d->note_ids[note] == 0)
            write_reference(d, note);
        else
            docx_run(d, b, run, text);
    }
}

/* ---- paragraphs ---- */
static void spacing(struct docx *d, double before, double after, double line)
{
    xml_open(d, "w:spacing");
    xml_number(d, "w:before", docx_twips(before));
    xml_number(d, "w:after", docx_twips(after));
    xml_number(d, "w:line", lround((line > 0 ? line : 1) * 240));
    xml_text(d, "w:lineRule", "auto");
    xml_close(d);
}

static void indents(struct docx *d, const struct block *b)
{
    if (b->indent == 0 && b->first_indent == 0)
        return;
    xml_open(d, "w:ind");
    xml_number(d, "w:left", docx_twips(b->indent));
    if (b->first_indent < 0)
        xml_number(d, "w:hanging", docx_twips(-b->first_indent));
    else
        xml_number(d, "w:firstLine", docx_twips(b->first_indent));
    xml_close(d);
}

void docx_paragraph_look(struct docx *d, const struct block *b)
{
    static const char *const align[] = { "left", "center", "right", "both" };
    xml_open(d, "w:pPr");
    if (b->heading) {
        static const char *const styles[] = { "Heading1", "Heading2", "Heading3", "Heading4" };
        xml_value(d, "w:pStyle", styles[b->level < 0 ? 0 : b->level > 3 ? 3 : b->level]);
    }
    if (b->keep_next || b->rule > 0)
        xml_empty(d, "w:keepNext");
    if (d->break_before)
        xml_empty(d, "w:pageBreakBefore");
    d->break_before = false;
    spacing(d, b->before, b->rule > 0 ? 0 : b->after, b->line);
    indents(d, b);
    xml_value(d, "w:jc", align[b->align]);
    xml_close(d);
}

/* The line below a paragraph: an empty paragraph as wide as the line, with a border above (never underlined text). */
static void write_rule(struct docx *d, const struct block *b, double room)
{
    double side = (room - b->rule) / 2;
    xml_open(d, "w:p");
    xml_open(d, "w:pPr");
    if (b->keep_next)
        xml_empty(d, "w:keepNext");
    xml_open(d, "w:pBdr");
    xml_open(d, "w:top");
    xml_text(d, "w:val", "single");
    xml_text(d, "w:sz", "6");
    xml_text(d, "w:space", "0");
    xml_text(d, "w:color", "000000");
    xml_close(d);
    xml_close(d);
    xml_open(d, "w:spacing");
    xml_text(d, "w:before", "40");
    xml_number(d, "w:after", docx_twips(b->after));
    xml_text(d, "w:line", "60");
    xml_text(d, "w:lineRule", "exact");
    xml_close(d);
    xml_open(d, "w:ind");
    xml_number(d, "w:left", docx_twips(side > 0 ? side : 0));
    xml_number(d, "w:right", docx_twips(side > 0 ? side : 0));
    xml_close(d);
    xml_open(d, "w:rPr");
    xml_value(d, "w:sz", "2");
    xml_value(d, "w:szCs", "2");
    xml_close(d);
    xml_close(d);
    xml_close(d);
}

/* A paragraph that takes next to no height: Word wants one after a table. */
void docx_spacer(struct docx *d)
{
    xml_open(d, "w:p");
    xml_open(d, "w:pPr");
    if (d->break_before)
        xml_empty(d, "w:pageBreakBefore");
    d->break_before = false;
    xml_open(d, "w:spacing");
    xml_text(d, "w:before", "0");
    xml_text(d, "w:after", "0");
    xml_text(d, "w:line", "20");
    xml_text(d, "w:lineRule", "exact");
    xml_close(d);
    xml_open(d, "w:rPr");
    xml_value(d, "w:sz", "2");
    xml_value(d, "w:szCs", "2");
    xml_close(d);
    xml_close(d);
    xml_close(d);
}

void docx_paragraph(struct docx *d, const struct block *b, double room)
{
    xml_open(d, "w:p");
    docx_paragraph_look(d, b);
    docx_paragraph_text(d, b);
    xml_close(d);
    if (b->rule > 0)
        write_rule(d, b, room);
}
