/* The first byte names the part of a spreadsheet that the rest becomes; 'z': the rest is the whole zip. */
#include "fuzz/fuzz_zip.h"

static const struct zip_part parts[] = {
    { 'w', "xl/workbook.xml", "<workbook><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>" },
    { 'r', "xl/_rels/workbook.xml.rels",
      "<Relationships><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>" },
    { 's', "xl/worksheets/sheet1.xml",
      "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c><c s=\"0\"><v>46097</v></c></row></sheetData></worksheet>" },
    { 't', "xl/sharedStrings.xml", "<sst><si><t>STT</t></si></sst>" },
    { 'f', "xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"14\"/></cellXfs></styleSheet>" },
};

FUZZ(xlsx)
{
    return zip_fuzz(doc_read_xlsx, parts, sizeof parts / sizeof *parts, bytes, size);
}
