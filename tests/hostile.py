#!/usr/bin/env python3
"""Hostile files, made on the fly, against `sauro plan read`: one clear Vietnamese sentence and exit 2, or a result; never
a crash, and within the reader's bounds of time and memory. Usage: hostile.py build/sauro"""

import hashlib
import io
import json
import os
import random
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

SECONDS, OFFICE_SECONDS, MEGABYTES = 20, 80, 512
READ, REFUSED, EITHER = "read", "refused", "either"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SAMPLE_DOCX = open("samples/ke-hoach-mau.docx", "rb").read()
SAMPLE_PDF = open("samples/ke-hoach-mau.pdf", "rb").read()
PLAN = "KẾ HOẠCH\nTuyên truyền cải cách hành chính năm 2026\n\n1. Tập huấn. Đơn vị chủ trì: Phòng TC-HC. Thời gian: Quý II.\n"


# ---- Word ----

def docx(document, **parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as z:
        z.writestr("word/document.xml", document)
        for name, text in parts.items():
            z.writestr(f"word/{name}.xml", text)
    return out.getvalue()


def body(inner, before=""):
    return f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document {W}><w:body>{inner}</w:body></w:document>'


def paragraph(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def table(rows):
    return "<w:tbl>" + "".join("<w:tr>" + "".join(row) + "</w:tr>" for row in rows) + "</w:tbl>"


def cell(text, **properties):
    inner = "".join(f'<w:{name} w:val="{value}"/>' for name, value in properties.items())
    return f"<w:tc><w:tcPr>{inner}</w:tcPr>{paragraph(text)}</w:tc>"


def bomb(megabytes):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as z:
        with z.open("word/document.xml", "w") as part:
            part.write(body(paragraph("a")).encode()[:-30])
            for _ in range(megabytes):
                part.write(b" " * (1 << 20))
    return out.getvalue()


def lying_sizes(data):
    """The sizes in the headers say 10 bytes; the data are what they are."""
    data = bytearray(data)
    for magic, at in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        found = data.find(magic)
        while found >= 0:
            struct.pack_into("<I", data, found + at, 10)
            found = data.find(magic, found + 4)
    return bytes(data)


def entries(count):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as z:
        z.writestr("word/document.xml", body(paragraph("a")))
        for i in range(count):
            z.writestr(f"x/{i}", b"")
    return out.getvalue()


def laughs():
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    return body(paragraph("&a11;"), f"<!DOCTYPE x [{entities}]>")


def foreign():
    return body(paragraph("Ke hoach &e;"), '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>')


LOOPED_STYLES = (f'<w:styles {W}><w:style w:styleId="A"><w:basedOn w:val="B"/></w:style>'
                 '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>')
HUGE_NUMBERS = (f'<w:numbering {W}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="2147483647"/>'
                '<w:numFmt w:val="lowerLetter"/><w:lvlText w:val="' + "%1" * 9000 + '"/></w:lvl></w:abstractNum>'
                '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>')
NUMBERED = '<w:p><w:pPr><w:pStyle w:val="A"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>'


# ---- PDF ----

def pdf(objects, trailer=b""):
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for i, one in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % i + one + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    out += b"trailer <</Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def stream(data, extra=b""):
    return b"<<%s /Length %d>>\nstream\n" % (extra, len(data)) + data + b"\nendstream"


FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
WORDS = b"BT /F 12 Tf 50 700 Td (Ke hoach) Tj ET"


def page_with(content, resources=b"/Font<</F 5 0 R>>", box=b"0 0 595 842", more=(), trailer=b""):
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources<<%s>>>>" % (box, resources)
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, content, FONT, *more], trailer)


def image_of(width, height, data):
    extra = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode"
    return page_with(stream(WORDS + b" q 500 0 0 500 0 0 cm /I Do Q"), b"/Font<</F 5 0 R>>/XObject<</I 6 0 R>>",
                     more=[stream(zlib.compress(data), extra % (width, height))])


def rc4(key, data):
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def locked_pdf():
    """PDF 1.7, 7.6.3: the standard security handler, revision 2, with a user password."""
    pad = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    word, mark = (b"bi mat" + pad)[:32], b"0123456789abcdef"
    owner = rc4(hashlib.md5(word).digest()[:5], word)
    key = hashlib.md5(word + owner + struct.pack("<i", -4) + mark).digest()[:5]
    locks = b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (owner.hex().encode(), rc4(key, pad).hex().encode())
    return page_with(stream(rc4(key, WORDS)), more=[locks],
                     trailer=b"/Encrypt 6 0 R/ID[<%s><%s>]" % (mark.hex().encode(), mark.hex().encode()))


# ---- others ----

def wide(text):
    return text.encode("utf-16-le")


OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504)


def mutated(data, seed):
    chance = random.Random(seed)
    out = bytearray(data)
    for _ in range(chance.randrange(1, 40)):
        at = chance.randrange(len(out))
        if chance.random() < 0.5:
            out[at] = chance.randrange(256)
        elif chance.random() < 0.5:
            del out[at:at + chance.randrange(1, 200)]
        else:
            out[at:at] = out[at // 2:at // 2 + chance.randrange(1, 200)]
    return bytes(out)


def word_cases():
    deep = 100000
    yield "truncated-1.docx", SAMPLE_DOCX[:len(SAMPLE_DOCX) // 10], REFUSED
    yield "truncated-2.docx", SAMPLE_DOCX[:len(SAMPLE_DOCX) // 2], REFUSED
    yield "truncated-3.docx", SAMPLE_DOCX[:-20], REFUSED
    yield "bomb.docx", bomb(300), REFUSED
    yield "bomb-that-lies.docx", lying_sizes(bomb(60)), REFUSED
    yield "many-entries.docx", entries(60000), REFUSED
    yield "deep-xml.docx", docx(body("<w:ins>" * deep + "</w:ins>" * deep)), REFUSED
    yield "deep-tables.docx", docx(body("<w:tbl><w:tr><w:tc>" * 2000 + "</w:tc></w:tr></w:tbl>" * 2000)), REFUSED
    yield "tables-in-tables.docx", docx(body("<w:tbl><w:tr><w:tc>" * 60 + paragraph("a") + "</w:tc></w:tr></w:tbl>" * 60)), EITHER
    yield "laughs.docx", docx(laughs()), REFUSED
    yield "foreign.docx", docx(foreign()), EITHER
    yield "no-xml.docx", docx("\0\1\2"), REFUSED
    yield "looped.docx", docx(body(NUMBERED * 3 + paragraph("a")), styles=LOOPED_STYLES, numbering=HUGE_NUMBERS), EITHER
    yield "numbers.docx", docx(body(NUMBERED * 5000), numbering=HUGE_NUMBERS), EITHER
    yield "wide-span.docx", docx(body(table([[cell("a", gridSpan=2147483647)], [cell("b", gridSpan=-5)]]))), EITHER
    yield "merged.docx", docx(body(table([[cell(str(i), gridSpan=2, vMerge="continue" if j else "restart") for i in range(60)]
                                          for j in range(300)]))), EITHER
    yield "cells.docx", docx(body(table([[cell("a")] * 50] * 2000))), REFUSED
    yield "tables.docx", docx(body(table([[cell("a")]]) * 20000)), EITHER
    yield "paragraphs.docx", docx(body(paragraph("1. Tap huan") * 200000)), REFUSED
    yield "one-paragraph.docx", docx(body(paragraph("tap huan " * 400000))), EITHER
    yield "runs.docx", docx(body("<w:p>" + '<w:r><w:rPr><w:b/></w:rPr><w:t>a</w:t></w:r><w:r><w:t>b</w:t></w:r>' * 80000 + "</w:p>")), EITHER


def pdf_cases():
    yield "truncated-1.pdf", SAMPLE_PDF[:2000], REFUSED
    yield "truncated-2.pdf", SAMPLE_PDF[:len(SAMPLE_PDF) // 2], EITHER
    yield "truncated-3.pdf", SAMPLE_PDF[:-200], EITHER
    yield "locked.pdf", locked_pdf(), REFUSED
    yield "image-absurd.pdf", image_of(100000, 100000, bytes(1000)), EITHER
    yield "image-bomb.pdf", image_of(10000, 3333, bytes(100000000)), EITHER
    yield "image-negative.pdf", image_of(-1, 2147483647, b"x"), EITHER
    yield "page-absurd.pdf", page_with(stream(WORDS), box=b"0 0 1000000000 1000000000"), EITHER
    yield "page-nothing.pdf", page_with(stream(WORDS), box=b"0 0 0 0"), EITHER
    yield "deep-arrays.pdf", page_with(stream(b"[" * 1000000)), REFUSED
    yield "deep-states.pdf", page_with(stream(b"q " * 1000000 + WORDS)), EITHER
    yield "itself.pdf", page_with(stream(WORDS + b" /X Do"), b"/Font<</F 5 0 R>>/XObject<</X 6 0 R>>",
                                  more=[stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>")]), EITHER
    yield "pages-in-a-ring.pdf", pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 99999999>>"]), REFUSED
    yield "flate-bomb.pdf", page_with(stream(zlib.compress(b" " * 200000000, 1), b"/Filter/FlateDecode")), REFUSED
    yield "letters.pdf", page_with(stream(b"BT /F 1 Tf 50 700 Td " + b"(abcdefgh) Tj " * 60000 + b"ET")), EITHER
    yield "lines.pdf", page_with(stream(WORDS + b"".join(b" %d %d m %d %d l S" % (i % 500, i % 800, i % 300, i % 700) for i in range(60000)))), EITHER


def text_cases():
    yield "empty.txt", b"", REFUSED
    yield "one-byte.txt", b"\xff", REFUSED
    yield "blanks.txt", b" \n\t\n" * 1000, REFUSED
    yield "zeros.txt", PLAN.encode()[:40] + b"\0" + PLAN.encode(), REFUSED
    yield "only-zeros.txt", bytes(100000), REFUSED
    yield "invalid.txt", PLAN.encode() + b"\xc3\x28", REFUSED
    yield "cut-letter.txt", PLAN.encode()[:2 + len("KẾ".encode()) - 3], REFUSED
    yield "utf16.txt", b"\xff\xfe" + wide(PLAN), READ
    yield "utf16-big.txt", b"\xfe\xff" + PLAN.encode("utf-16-be"), READ
    yield "utf16-unmarked.txt", wide(PLAN), READ
    yield "utf16-unmarked-big.txt", PLAN.encode("utf-16-be"), READ
    yield "utf16-odd.txt", wide(PLAN) + b"x", EITHER
    yield "utf16-broken.txt", b"\xff\xfe" + wide(PLAN) + b"\x00\xd8", REFUSED
    yield "one-line.txt", b"ke hoach so 74/KH-SYT " * 2400000, REFUSED
    yield "one-line-within.txt", b"ke hoach so 74/KH-SYT ngay 09/3/2026; " * 15000, EITHER
    yield "long-word.txt", "ế".encode() * 190000, EITHER
    yield "marks.txt", "e\u0301".encode() + "\u0301".encode() * 250000, EITHER
    yield "colons.txt", b"Thoi gian: " * 50000, EITHER
    yield "citations.txt", "Kế hoạch số 74/KH-SYT ngày 09/3/2026 của Sở Y tế; ".encode() * 9000, EITHER
    yield "numbers.txt", b"1.1.1.1.1.1.1.1.1. a\n" * 25000, EITHER
    yield "outline.txt", "".join(f"{i}. việc thứ {i}\n" for i in range(20000)).encode(), EITHER
    yield "bars.txt", b"|" * 500000, EITHER
    yield "table.txt", b"| a | b | c |\n|---|---|---|\n" + b"| 1 | 2 | 3 |\n" * 12000, EITHER
    yield "tags.txt", b"<table><tr><td colspan=99999999 rowspan=99999999>" * 10000, EITHER
    yield "open-tags.txt", b"<" * 600000, EITHER
    yield "stars-unclosed.txt", b" **a *b" * 80000, EITHER
    yield "stars.txt", b"**a_" * 130000, EITHER
    yield "bars-alone.txt", b"|\n" * 300000, EITHER
    yield "bars-cells.txt", b"|\nTT\n|\n" + b"1\n|\nviec\n|\n|\n" * 15000, EITHER
    yield "bars-long.txt", b"TT |\n" + b"a |\n" * 100000, EITHER
    yield "spaces.txt", b"TT      Noi dung            Chu tri\n" + b"1       Tap huan            Phong A\n" * 12000, EITHER
    yield "notes.txt", b"".join(b"[^%d] " % i for i in range(60000)), EITHER
    yield "feeds.txt", b"a\f" * 200000, EITHER


# ---- spreadsheets and web pages ----

X = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def xlsx(sheet, strings="", styles="", sheets=1, stored=False):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED, compresslevel=None if stored else 1) as z:
        names = "".join(f'<sheet name="s{i}" sheetId="{i}" r:id="r{i}"/>' for i in range(1, sheets + 1))
        z.writestr("xl/workbook.xml", f"<workbook {X}><sheets>{names}</sheets></workbook>")
        links = "".join(f'<Relationship Id="r{i}" Type="x/worksheet" Target="worksheets/sheet1.xml"/>' for i in range(1, sheets + 1))
        z.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{links}</Relationships>")
        z.writestr("xl/worksheets/sheet1.xml", sheet if sheet.startswith("<!") else f"<worksheet {X}>{sheet}</worksheet>")
        z.writestr("xl/sharedStrings.xml", f"<sst {X}>{strings}</sst>")
        z.writestr("xl/styles.xml", f"<styleSheet {X}>{styles}</styleSheet>")
    return out.getvalue()


def sheet_cell(place, text):
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def sheet_rows(rows):
    return "<sheetData>" + "".join(f'<row r="{i}">{row}</row>' for i, row in enumerate(rows, 1)) + "</sheetData>"


LIST = sheet_rows([sheet_cell("A1", "STT") + sheet_cell("B1", "Viec"), sheet_cell("A2", "1") + sheet_cell("B2", "Tap huan")])


def xlsx_cases():
    yield "list.xlsx", xlsx(LIST), READ
    yield "truncated-1.xlsx", xlsx(LIST)[:300], REFUSED
    yield "truncated-2.xlsx", xlsx(LIST)[:-30], REFUSED
    yield "merged-million.xlsx", xlsx(LIST + "<mergeCells>" + "".join(f'<mergeCell ref="A{i}:B{i}"/>' for i in range(1, 1000001)) + "</mergeCells>"), REFUSED
    yield "merged-overlapping.xlsx", xlsx(LIST + "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 100000 + "</mergeCells>"), EITHER
    yield "rows-billion.xlsx", xlsx(f'<dimension ref="A1:XFD1000000000"/><sheetData><row r="1000000000">{sheet_cell("A1000000000", "a")}</row></sheetData>'), READ
    yield "rows-empty.xlsx", xlsx("<sheetData>" + '<row><c s="1"/></row>' * 1000000 + "</sheetData>"), REFUSED
    yield "rows-many.xlsx", xlsx(sheet_rows([sheet_cell("A1", "a") + sheet_cell("B1", "b")] * 200000)), REFUSED
    yield "columns-many.xlsx", xlsx(sheet_rows(["".join(f'<c t="str"><v>{i}</v></c>' for i in range(16384))] * 20)), EITHER
    yield "sheet-bomb.xlsx", xlsx("<sheetData>" + " " * (300 << 20) + "</sheetData>"), REFUSED
    yield "strings-bomb.xlsx", xlsx(LIST, strings="<si><t>" + "a" * (200 << 20) + "</t></si>"), EITHER
    yield "strings-many.xlsx", xlsx(LIST, strings="<si><t>a</t></si>" * 3000000), REFUSED
    yield "strings-again.xlsx", xlsx(sheet_rows(['<c t="s"><v>0</v></c>' * 100] * 250), strings="<si><t>" + "tap huan " * 50000 + "</t></si>"), EITHER
    yield "string-absent.xlsx", xlsx(sheet_rows(['<c t="s"><v>99999999999999999999</v></c><c t="s"><v>-1</v></c>'])), REFUSED
    yield "laughs.xlsx", xlsx('<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>' + f"<worksheet {X}><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>"), REFUSED
    yield "deep.xlsx", xlsx("<x>" * 200000), REFUSED
    yield "sheets-many.xlsx", xlsx(LIST, sheets=4000), REFUSED
    yield "formats.xlsx", xlsx(sheet_rows(['<c s="0"><v>1e308</v></c><c s="0"><v>-5</v></c><c s="0"><v>nan</v></c><c s="0"><v>99999999999</v></c>']),
                               styles='<numFmts><numFmt numFmtId="1" formatCode="' + "[" * 5000 + 'yyyy"/></numFmts><cellXfs><xf numFmtId="1"/></cellXfs>'), EITHER
    yield "locked.xlsx", OLE + wide("EncryptedPackage") + bytes(4096), REFUSED
    yield "really-list.docx", xlsx(LIST), READ
    for seed in range(10):
        yield f"mutated-{seed}.xlsx", mutated(xlsx(LIST, stored=True), seed), EITHER


def page(inner):
    return ("<!DOCTYPE html><html><body>" + inner + "</body></html>").encode()


def html_cases():
    yield "plan.html", page("<h1>KẾ HOẠCH</h1><p>1. Tập huấn</p>"), READ
    yield "truncated.html", page("<p>Kế hoạch</p><table><tr><td>a")[:-20], EITHER
    yield "nested.html", page("<div>" * 200000 + "KẾ HOẠCH"), EITHER
    yield "nested-tables.html", page("<table><tr><td>" * 100000 + "a"), EITHER
    yield "nested-lists.html", page("<ul><li>a" * 100000), EITHER
    yield "nested-bold.html", page("<b><i>" * 100000 + "a"), EITHER
    yield "spans.html", page("<table>" + "<tr><td colspan=99999999 rowspan=99999999>a</td></tr>" * 20000 + "</table>"), EITHER
    yield "cells.html", page("<table>" + ("<tr>" + "<td>a</td>" * 150 + "</tr>") * 400 + "</table>"), REFUSED
    yield "paragraphs.html", page("<p>a" * 300000), REFUSED
    yield "one-line.html", page("tập huấn " * 1000000), REFUSED
    yield "attributes.html", page("<p " + " ".join(f"a{i}=1" for i in range(200000)) + ">Ke hoach</p>"), EITHER
    yield "style-long.html", page('<p style="' + "display: " * 400000 + '">Ke hoach</p>'), EITHER
    yield "entities.html", page("&#1;&#xD800;&#99999999;&amp;" * 100000), EITHER
    yield "comments.html", page("<!--" * 500000), REFUSED
    yield "scripts.html", page("<script>" * 100000 + "a"), REFUSED
    yield "empty.html", page(""), REFUSED
    yield "nul.html", page("Ke\0 hoach \0" * 1000), EITHER
    yield "invalid.html", b"<html><meta charset=utf-8><p>Ke \xff\xfe\xc3 hoach", REFUSED
    yield "charset-wrong.html", "<html><meta charset=windows-1258><p>Kế hoạch".encode(), READ
    yield "charset-unknown.html", b"<html><meta charset=windows-125999><p>K\xea hoach", REFUSED
    yield "utf16.html", "\ufeff<html><p>Kế hoạch".encode("utf-16-le"), READ
    yield "foreign.html", page('<iframe src="file:///etc/passwd"></iframe><object data="/etc/passwd"></object><p>a</p>'), READ
    for seed in range(10):
        yield f"mutated-{seed}.html", mutated(page("<table border=1><tr><th>STT</th></tr><tr><td rowspan=2>1</td></tr></table><ol><li>a</ol>" * 5), seed), EITHER


def other_cases():
    yield "locked.docx", OLE + wide("EncryptedPackage") + bytes(4096), REFUSED
    yield "old.doc", OLE + wide("WordDocument") + bytes(4096), REFUSED
    yield "old-noise.doc", OLE + wide("WordDocument") + random.Random(4).randbytes(100000), REFUSED
    yield "old.xls", OLE + wide("Workbook") + random.Random(5).randbytes(60000), EITHER
    yield "noise.rtf", b"{\\rtf1" + random.Random(6).randbytes(50000), EITHER
    yield "deep.rtf", b"{\\rtf1 " + b"{" * 100000 + b"a", EITHER
    yield "fetches.rtf", b'{\\rtf1 {\\field{\\*\\fldinst INCLUDETEXT "/etc/passwd"}{\\fldrslt x}} Ke hoach\\par}', EITHER
    yield "really-pdf.docx", SAMPLE_PDF, READ
    yield "really-docx.pdf", SAMPLE_DOCX, READ
    yield "really-text.docx", PLAN.encode(), READ
    yield "really-image.docx", b"\x89PNG\r\n\x1a\n" + bytes(5000), REFUSED
    yield "program.txt", b"\x7fELF" + random.Random(1).randbytes(50000), REFUSED
    yield "noise.pdf", b"%PDF-1.7\n" + random.Random(2).randbytes(50000), REFUSED
    yield "noise.docx", b"PK\3\4" + random.Random(3).randbytes(50000), REFUSED
    yield "too-large.pdf", b"%PDF-1.4\n" + bytes(65 << 20), REFUSED
    for seed in range(30):
        yield f"mutated-{seed}.docx", mutated(SAMPLE_DOCX, seed), EITHER
        yield f"mutated-{seed}.pdf", mutated(SAMPLE_PDF, seed), EITHER


# ---- the trial ----

def run(sauro, path):
    """Exit code, output, errors, seconds and the largest process in MB, the reader's included."""
    started = time.monotonic()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = subprocess.Popen([sauro, "plan", "read", path], stdout=out, stderr=err, stdin=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        return child.returncode, out.read(), err.read(), time.monotonic() - started, used.ru_maxrss / 1024


def fault(name, wanted, code, out, err, seconds, megabytes):
    if code not in (0, 2):
        return f"ends with {code}: {err[-300:]!r}"
    if wanted != EITHER and (code == 0) != (wanted == READ):
        return f"should be {wanted}: {err.decode(errors='replace')}"
    if code == 0 and b"root:x:" in out:
        return "shows another file"
    if code == 0:
        json.loads(out)
    sentence = err.decode()
    if code == 2 and (out != b"" or sentence.count("\n") != 1 or not sentence.endswith(".\n") or "Hãy" not in sentence):
        return f"no clear sentence: {sentence!r}, output {out[:100]!r}"
    if code == 0 and err != b"":
        return f"read, and complains: {sentence!r}"
    if seconds > (OFFICE_SECONDS if name.endswith((".doc", ".xls", ".rtf")) else SECONDS) + 2 or megabytes > MEGABYTES:
        return f"{seconds:.1f} s, {megabytes:.0f} MB"
    return None


def trial(sauro, folder, name, wanted):
    path = os.path.join(folder, name)
    try:
        code, out, err, seconds, megabytes = run(sauro, path)
        why = fault(name, wanted, code, out, err, seconds, megabytes)
    except ValueError as e:
        why, seconds, megabytes, err = f"output is not well formed: {e}", 0, 0, b""
    if why or os.environ.get("VERBOSE"):
        print(f"{'FAIL' if why else 'ok  '} {name} {seconds:.1f} s {megabytes:.0f} MB {why or err.decode().strip()}", flush=True)
    return why is None


def make(folder):
    wanted = {}
    for group in (word_cases, pdf_cases, text_cases, xlsx_cases, html_cases, other_cases):
        for name, data, outcome in group():
            wanted[name] = outcome
            with open(os.path.join(folder, name), "wb") as f:
                f.write(data)
    os.mkdir(os.path.join(folder, "folder"))
    os.mkfifo(os.path.join(folder, "pipe"))
    wanted.update({"folder": REFUSED, "pipe": REFUSED, "absent": REFUSED})
    return wanted


def main():
    sauro = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as workers:
        with ProcessPoolExecutor(1) as maker:  # a process counts as large as the one that started it, so this one stays small
            wanted = maker.submit(make, folder).result()
        good = list(workers.map(lambda name: trial(sauro, folder, name, wanted[name]), wanted))
    print(f"{sum(good)} passed, {len(good) - sum(good)} failed")
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
