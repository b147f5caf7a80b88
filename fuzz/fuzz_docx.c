/* The first byte names the part of a Word file that the rest becomes; 'z': the rest is the whole zip. */
#include "fuzz/fuzz.h"
#include "modules/plan/plan_read.h"
#include <zip.h>

#define SPACE "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""

static const struct {
    char letter;
    const char *name, *usual;
} parts[] = {
    { 'd', "word/document.xml",
      "<w:document " SPACE
      "><w:body><w:p><w:pPr><w:pStyle w:val=\"A\"/><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/>"
      "</w:numPr></w:pPr><w:r><w:t>x</w:t><w:footnoteReference w:id=\"1\"/></w:r></w:p></w:body></w:document>" },
    { 's', "word/styles.xml",
      "<w:styles " SPACE
      "><w:style w:styleId=\"A\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style></w:styles>" },
    { 'n', "word/numbering.xml",
      "<w:numbering " SPACE "><w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"1\"><w:numFmt w:val=\"lowerRoman\"/>"
      "<w:lvlText w:val=\"%1.%2\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId "
      "w:val=\"1\"/></w:num></w:numbering>" },
    { 'f', "word/footnotes.xml",
      "<w:footnotes " SPACE "><w:footnote w:id=\"1\"><w:p><w:r><w:t>n</w:t></w:r></w:p></w:footnote></w:footnotes>" },
    { 'r', "word/_rels/document.xml.rels", "<Relationships/>" },
};

static void *pack(const uint8_t *bytes, size_t size, size_t *packed)
{
    zip_error_t why;
    zip_error_init(&why);
    zip_source_t *whole = zip_source_buffer_create(NULL, 0, 0, &why);
    zip_source_keep(whole);
    zip_t *zip = zip_open_from_source(whole, ZIP_TRUNCATE, &why);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        bool its = bytes[0] == (uint8_t)parts[i].letter;
        const void *text = its ? (const void *)(bytes + 1) : parts[i].usual;
        zip_int64_t index = zip_file_add(zip, parts[i].name,
                                         zip_source_buffer(zip, text, its ? size - 1 : strlen(parts[i].usual), 0), 0);
        zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0);
    }
    zip_close(zip);
    zip_source_open(whole);
    zip_stat_t stat;
    zip_stat_init(&stat);
    zip_source_stat(whole, &stat);
    void *made = malloc((size_t)stat.size);
    *packed = (size_t)zip_source_read(whole, made, stat.size);
    zip_source_close(whole);
    zip_source_free(whole);
    zip_error_fini(&why);
    return made;
}

FUZZ(docx)
{
    if (size < 2)
        return 0;
    size_t packed = size - 1;
    void *made = bytes[0] == 'z' ? NULL : pack(bytes, size, &packed);
    struct ctx c;
    ctx_open(&c, 0);
    struct document *doc = NULL;
    if (doc_read_docx(&c, made == NULL ? bytes + 1 : made, packed, &doc) == OK) {
        char *json = doc_to_json(c.arena, doc);
        struct document *back = NULL;
        HOLDS(json != NULL && doc_from_json(&c, json, strlen(json), &back) == OK);
        struct plan_reading *reading = NULL;
        plan_read(&c, back, &reading);
    }
    ctx_close(&c);
    free(made);
    return 0;
}
