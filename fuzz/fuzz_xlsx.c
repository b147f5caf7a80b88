/* The first byte names the part of a spreadsheet that the rest becomes; 'z': the rest is the whole zip. */
#include "fuzz/fuzz.h"
#include "modules/plan/plan_read.h"
#include <zip.h>

static const struct {
    char letter;
    const char *name, *usual;
} parts[] = {
    { 'w', "xl/workbook.xml", "<workbook><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>" },
    { 'r', "xl/_rels/workbook.xml.rels",
      "<Relationships><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>" },
    { 's', "xl/worksheets/sheet1.xml",
      "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c><c s=\"0\"><v>46097</v></c></row></sheetData></worksheet>" },
    { 't', "xl/sharedStrings.xml", "<sst><si><t>STT</t></si></sst>" },
    { 'f', "xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"14\"/></cellXfs></styleSheet>" },
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

FUZZ(xlsx)
{
    if (size < 2)
        return 0;
    size_t packed = size - 1;
    void *made = bytes[0] == 'z' ? NULL : pack(bytes, size, &packed);
    struct ctx c;
    ctx_open(&c, 0);
    struct document *doc = NULL;
    if (doc_read_xlsx(&c, made == NULL ? bytes + 1 : made, packed, &doc) == OK) {
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
