/* Writes the document model as a DOCX that Word and LibreOffice open alike: its parts and the package. */
#include "platform/base/clock.h"
#include "platform/doc/doc_write_docx.h"
#include <string.h>

/* ---- parts ---- */
typedef void part_writer(struct docx *d);

static void add_part(struct docx *d, const char *name, part_writer *write)
{
    xmlBufferPtr out = xmlBufferCreate();
    d->w = out != NULL ? xmlNewTextWriterMemory(out, 0) : NULL;
    if (d->w == NULL) {
        fail(d->c, BROKEN, "Không tạo được tệp. Xin thử lại.", "no memory for an XML writer");
    } else {
        xmlTextWriterStartDocument(d->w, NULL, "UTF-8", "yes");
        write(d);
        xmlTextWriterEndDocument(d->w);
        xmlFreeTextWriter(d->w);
        size_t size = (size_t)xmlBufferLength(out);
        package_add(d->package, name, arena_copy_n(d->c->arena, (const char *)xmlBufferContent(out), size), size);
    }
    xmlBufferFree(out);
}

static void section(struct docx *d, const struct sheet_size *s)
{
    xml_open(d, "w:sectPr");
    for (int i = 0; i < 2; i++) {
        xml_open(d, "w:headerReference");
        xml_text(d, "w:type", i == 0 ? "default" : "first");
        xml_text(d, "r:id", i == 0 ? "rId4" : "rId5");
        xml_close(d);
    }
    xml_open(d, "w:pgSz");
    xml_number(d, "w:w", docx_twips(s->width));
    xml_number(d, "w:h", docx_twips(s->height));
    if (s->width > s->height)
        xml_text(d, "w:orient", "landscape");
    xml_close(d);
    xml_open(d, "w:pgMar");
    xml_number(d, "w:top", docx_twips(s->top));
    xml_number(d, "w:right", docx_twips(s->right));
    xml_number(d, "w:bottom", docx_twips(s->bottom));
    xml_number(d, "w:left", docx_twips(s->left));
    xml_number(d, "w:header", docx_twips((s->top - DOC_PAGE_NUMBER_SIZE * 1.15) / 2));
    xml_number(d, "w:footer", docx_twips(s->bottom / 2));
    xml_text(d, "w:gutter", "0");
    xml_close(d);
    xml_empty(d, "w:titlePg");
    xml_close(d);
}

static void document_part(struct docx *d)
{
    struct sheet_size s = doc_sheet(d->doc);
    xml_open(d, "w:document");
    xml_text(d, "xmlns:w", WORD_MAIN);
    xml_text(d, "xmlns:r", OFFICE);
    xml_text(d, "xmlns:wp", DRAWING "wordprocessingDrawing");
    xml_open(d, "w:body");
    if (d->doc->count > 0 && d->doc->blocks[0].kind == BLOCK_TABLE)
        docx_spacer(d); /* LibreOffice would put a whole empty line before a table that comes first */
    docx_blocks(d, d->doc->blocks, d->doc->count, s.width - s.left - s.right);
    section(d, &s);
    xml_close(d);
    xml_close(d);
}

static void separator_note(struct docx *d, int id, const char *type, const char *element)
{
    xml_open(d, "w:footnote");
    xml_text(d, "w:type", type);
    xml_number(d, "w:id", id);
    xml_open(d, "w:p");
    xml_open(d, "w:r");
    xml_empty(d, element);
    for (int i = 0; i < 3; i++)
        xml_close(d);
}

static void note(struct docx *d, size_t index)
{
    struct block text = *d->notes.list[index];
    xml_open(d, "w:footnote");
    xml_number(d, "w:id", d->note_ids[index]);
    xml_open(d, "w:p");
    xml_open(d, "w:pPr");
    xml_value(d, "w:pStyle", "FootnoteText");
    xml_close(d);
    char count[16];
    snprintf(count, sizeof count, "%d", d->note_ids[index]);
    xml_open(d, "w:r");
    xml_open(d, "w:rPr");
    xml_value(d, "w:rStyle", "FootnoteReference");
    xml_close(d);
    if (strcmp(text.note, count) == 0)
        xml_empty(d, "w:footnoteRef");
    else
        docx_text(d, text.note, strlen(text.note));
    xml_close(d);
    struct run space = { .length = 1 };
    struct block plain = { .text = " " };
    docx_run(d, &plain, &space, " ");
    text.mark = NULL;
    docx_paragraph_text(d, &text);
    xml_close(d);
    xml_close(d);
}

static void footnotes_part(struct docx *d)
{
    xml_open(d, "w:footnotes");
    xml_text(d, "xmlns:w", WORD_MAIN);
    separator_note(d, -1, "separator", "w:separator");
    separator_note(d, 0, "continuationSeparator", "w:continuationSeparator");
    for (int id = 1; id <= d->references; id++)
        for (size_t i = 0; i < d->notes.count; i++)
            if (d->note_ids[i] == id)
                note(d, i);
    xml_close(d);
}

/* ---- headers: page number and watermark ---- */
static void field_mark(struct docx *d, const char *type)
{
    xml_open(d, "w:r");
    xml_open(d, "w:fldChar");
    xml_text(d, "w:fldCharType", type);
    xml_close(d);
    xml_close(d);
}

static void page_field(struct docx *d)
{
    field_mark(d, "begin");
    xml_open(d, "w:r");
    xmlTextWriterWriteElement(d->w, BAD_CAST "w:instrText", BAD_CAST "PAGE");
    xml_close(d);
    field_mark(d, "separate");
    xml_open(d, "w:r");
    docx_text(d, "2", 1);
    xml_close(d);
    field_mark(d, "end");
}

/* As Word makes one: text on a path in VML, behind the page's middle; LibreOffice reads the same. */
static void watermark(struct docx *d, int number)
{
    if (d->doc->watermark == NULL)
        return;
    xml_open(d, "w:r");
    xml_open(d, "w:pict");
    xml_open(d, "v:shapetype");
    xml_text(d, "id", "_x0000_t136");
    xml_text(d, "coordsize", "21600,21600");
    xml_text(d, "o:spt", "136");
    xml_text(d, "adj", "10800");
    xml_text(d, "path", "m@7,l@8,m@5,21600l@6,21600e");
    xml_open(d, "v:path");
    xml_text(d, "textpathok", "t");
    xml_close(d);
    xml_open(d, "v:textpath");
    xml_text(d, "on", "t");
    xml_text(d, "fitshape", "t");
    xml_close(d);
    xml_close(d);
    xml_open(d, "v:shape");
    xml_text(d, "id", arena_printf(d->c->arena, "PowerPlusWaterMarkObject%d", number));
    xml_text(d, "type", "#_x0000_t136");
    xml_text(d, "style", "position:absolute;margin-left:0;margin-top:0;width:420pt;height:105pt;rotation:315;z-index:-251658752;"
                         "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
                         "mso-position-vertical:center;mso-position-vertical-relative:margin");
    xml_text(d, "o:allowincell", "f");
    xml_text(d, "fillcolor", "#d9d9d9");
    xml_text(d, "stroked", "f");
    xml_open(d, "v:textpath");
    xml_text(d, "style", "font-family:\"Times New Roman\";font-size:1pt");
    xml_text(d, "string", xml_clean(d->c->arena, d->doc->watermark, strlen(d->doc->watermark)));
    for (int i = 0; i < 4; i++)
        xml_close(d); /* textpath, shape, pict, run */
}

static void header(struct docx *d, bool numbered)
{
    xml_open(d, "w:hdr");
    xml_text(d, "xmlns:w", WORD_MAIN);
    xml_text(d, "xmlns:v", "urn:schemas-microsoft-com:vml");
    xml_text(d, "xmlns:o", "urn:schemas-microsoft-com:office:office");
    xml_open(d, "w:p");
    xml_open(d, "w:pPr");
    xml_value(d, "w:pStyle", "Header");
    xml_close(d);
    watermark(d, numbered ? 1 : 2);
    if (numbered)
        page_field(d);
    xml_close(d);
    xml_close(d);
}

/* NĐ 30/2020/NĐ-CP, Phụ lục I: the number stands centred in the top margin, 13-14 pt, not on page 1. */
static void numbered_header(struct docx *d)
{
    header(d, true);
}

static void first_header(struct docx *d)
{
    header(d, false);
}

static void core_part(struct docx *d)
{
    xml_open(d, "cp:coreProperties");
    xml_text(d, "xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties");
    xml_text(d, "xmlns:dc", "http://purl.org/dc/elements/1.1/");
    xml_text(d, "xmlns:dcterms", "http://purl.org/dc/terms/");
    xml_text(d, "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
    const char *title = d->doc->title != NULL ? d->doc->title : "";
    xmlTextWriterWriteElement(d->w, BAD_CAST "dc:title", BAD_CAST xml_clean(d->c->arena, title, strlen(title)));
    xmlTextWriterWriteElement(d->w, BAD_CAST "dc:creator", BAD_CAST "Sáu Rõ");
    xmlTextWriterWriteElement(d->w, BAD_CAST "dc:language", BAD_CAST "vi-VN");
    static const char *const times[] = { "dcterms:created", "dcterms:modified" };
    for (size_t i = 0; i < 2; i++) {
        xml_open(d, times[i]);
        xml_text(d, "xsi:type", "dcterms:W3CDTF");
        xmlTextWriterWriteString(d->w, BAD_CAST moment_iso(d->c->arena, d->c->now));
        xml_close(d);
    }
    xml_close(d);
}

static void add_relations(struct docx *d)
{
    static const struct { const char *type, *target; } parts[] = {
        { "styles", "styles.xml" },   { "settings", "settings.xml" }, { "fontTable", "fontTable.xml" },
        { "header", "header1.xml" },  { "header", "header2.xml" },    { "footnotes", "footnotes.xml" },
    };
    struct buffer b = { .arena = d->c->arena };
    buffer_add(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
                   "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        buffer_printf(&b, "<Relationship Id=\"rId%zu\" Type=\"" OFFICE "/%s\" Target=\"%s\"/>", i + 1, parts[i].type, parts[i].target);
    buffer_add_n(&b, d->relations.text != NULL ? d->relations.text : "", d->relations.length);
    buffer_add(&b, "</Relationships>");
    package_add(d->package, "word/_rels/document.xml.rels", b.text, b.length);
}

enum err doc_write_docx(struct ctx *c, const struct document *doc, const void **bytes, size_t *size)
{
    struct docx d = { .c = c, .doc = doc, .package = package_new(c), .relations = { .arena = c->arena } };
    doc_footnotes(c->arena, doc, &d.notes);
    d.note_ids = arena_array(c->arena, d.notes.count + 1, sizeof *d.note_ids);
    for (const struct docx_part *p = docx_fixed_parts; p->name != NULL; p++)
        package_add(d.package, p->name, p->text, strlen(p->text));
    add_part(&d, "docProps/core.xml", core_part);
    add_part(&d, "word/document.xml", document_part);
    add_part(&d, "word/footnotes.xml", footnotes_part);
    add_part(&d, "word/header1.xml", numbered_header);
    add_part(&d, "word/header2.xml", first_header);
    add_relations(&d);
    return package_end(d.package, bytes, size);
}
