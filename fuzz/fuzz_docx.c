/* The first byte names the part of a Word file that the rest becomes; 'z': the rest is the whole zip. */
#include "fuzz/fuzz_zip.h"

#define SPACE "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""

static const struct zip_part parts[] = {
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

FUZZ(docx)
{
    return zip_fuzz(doc_read_docx, parts, sizeof parts / sizeof *parts, bytes, size);
}
