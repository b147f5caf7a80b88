/* Which format a file has, by its content, and the refusal of what no reader takes. */
#include "platform/doc/doc_text.h"
#include <string.h>

/* Only sauro-reader links poppler; elsewhere this stays NULL and a PDF is refused. */
extern __typeof__(doc_read_pdf) doc_read_pdf __attribute__((weak));

static bool begins(const char *bytes, size_t size, const char *magic, size_t length)
{
    return size >= length && memcmp(bytes, magic, length) == 0;
}

static bool holds(const char *bytes, size_t size, const char *word)
{
    return memmem(bytes, size, word, strlen(word)) != NULL;
}

/* UTF-16 text as an OLE container spells its entry names. */
static bool holds_wide(const char *bytes, size_t size, const char *word)
{
    char wide[64];
    size_t length = strlen(word);
    for (size_t i = 0; i < length; i++) {
        wide[2 * i] = word[i];
        wide[2 * i + 1] = '\0';
    }
    return memmem(bytes, size, wide, 2 * length) != NULL;
}

/* What LibreOffice makes a Word or Excel file of. */
static const struct office_kind {
    const char *from, *to, *what;
} office_kinds[] = {
    { "doc", "docx", "tệp Word đời cũ (.doc)" },       { "xls", "xlsx", "bảng tính Excel đời cũ (.xls)" },
    { "rtf", "docx", "tệp RTF (.rtf)" },               { "odt", "docx", "tệp OpenDocument (.odt)" },
    { "ods", "xlsx", "bảng tính OpenDocument (.ods)" }, { "xlsb", "xlsx", "bảng tính Excel (.xlsb)" },
    { "fodt", "docx", "tệp OpenDocument (.fodt)" },    { "fods", "xlsx", "bảng tính OpenDocument (.fods)" },
};

static enum doc_format office(const char *from, const char **what)
{
    for (size_t i = 0; i < sizeof office_kinds / sizeof *office_kinds; i++)
        if (strcmp(office_kinds[i].from, from) == 0)
            *what = office_kinds[i].what;
    return DOC_OFFICE;
}

int doc_office_kind(const void *bytes, size_t size)
{
    const char *what;
    if (doc_recognise(bytes, size, &what) != DOC_OFFICE)
        return -1;
    for (size_t i = 0; i < sizeof office_kinds / sizeof *office_kinds; i++)
        if (office_kinds[i].what == what)
            return (int)i;
    return -1;
}

bool doc_office_names(int kind, const char **from, const char **to)
{
    if (kind < 0 || (size_t)kind >= sizeof office_kinds / sizeof *office_kinds)
        return false;
    *from = office_kinds[kind].from;
    *to = office_kinds[kind].to;
    return true;
}

const char *doc_media_type(const void *bytes, size_t size)
{
    static const char *const office[] = { "application/msword", "application/vnd.ms-excel", "application/rtf",
                                          "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet",
                                          "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
                                          "application/vnd.oasis.opendocument.text-flat-xml",
                                          "application/vnd.oasis.opendocument.spreadsheet-flat-xml" };
    switch (doc_recognise(bytes, size, NULL)) {
    case DOC_TEXT: return "text/plain";
    case DOC_HTML: return "text/html";
    case DOC_PDF: return "application/pdf";
    case DOC_DOCX: return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    case DOC_XLSX: return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    case DOC_PICTURE:
        return begins(bytes, size, "\xFF\xD8\xFF", 3) ? "image/jpeg" : begins(bytes, size, "\x89PNG", 4) ? "image/png" : "image/tiff";
    case DOC_OFFICE: return office[doc_office_kind(bytes, size)]; /* in the order of office_kinds */
    case DOC_UNKNOWN:
    case DOC_OTHER: break;
    }
    return "application/octet-stream";
}

static enum doc_format ole_kind(const char *bytes, size_t size, const char **what)
{
    *what = "tệp Office đời cũ";
    if (holds_wide(bytes, size, "EncryptedPackage"))
        *what = "tệp Word hoặc Excel có mật khẩu";
    else if (holds_wide(bytes, size, "WordDocument"))
        return office("doc", what);
    else if (holds_wide(bytes, size, "Workbook") || holds_wide(bytes, size, "Book"))
        return office("xls", what);
    return DOC_OTHER;
}

/* Names of entries stand uncompressed in a zip. */
static enum doc_format zip_kind(const char *bytes, size_t size, const char **what)
{
    if (holds(bytes, size, "word/document"))
        return DOC_DOCX;
    if (holds(bytes, size, "xl/workbook.xml"))
        return DOC_XLSX;
    *what = "tệp nén (.zip)";
    if (holds(bytes, size, "xl/workbook"))
        return office("xlsb", what);
    if (holds(bytes, size, "ppt/presentation"))
        *what = "bản trình chiếu (.pptx)";
    else if (holds(bytes, size, "opendocument.spreadsheet"))
        return office("ods", what);
    else if (holds(bytes, size, "opendocument.text"))
        return office("odt", what);
    else if (holds(bytes, size, "_rels/.rels"))
        return DOC_DOCX; /* an Office file whose main part has another name */
    return DOC_OTHER;
}

static size_t past_blanks(const char *bytes, size_t size, size_t at)
{
    while (at < size && bytes[at] != '\0' && strchr(" \t\r\n\xEF\xBB\xBF", bytes[at]) != NULL)
        at++;
    return at;
}

/* A page, or a part of one as clipboards and editors give it: it begins with a tag and ends with one. */
static bool is_web_page(const char *bytes, size_t size)
{
    static const char *const begins_page[] = { "<!doctype html", "<html", "<head", "<body", "<meta ", "<!--StartFragment", "<p class=\"Mso",
                                               "<p class=Mso", "<style" };
    static const char *const begins_part[] = { "<div", "<p", "<table", "<span", "<h1", "<h2", "<ul", "<ol", "<center", "<article", "<section", "<!--" };
    size_t at = past_blanks(bytes, size, 0);
    bool clipboard = begins(bytes + at, size - at, "Version:", 8) && holds(bytes + at, size - at < 400 ? size - at : 400, "StartHTML:");
    if (size - at >= 5 && strncasecmp(bytes + at, "<?xml", 5) == 0 && memchr(bytes + at, '>', size - at) != NULL)
        at = past_blanks(bytes, size, (size_t)((const char *)memchr(bytes + at, '>', size - at) - bytes) + 1);
    for (size_t i = 0; i < sizeof begins_page / sizeof *begins_page; i++)
        if (size - at >= strlen(begins_page[i]) && strncasecmp(bytes + at, begins_page[i], strlen(begins_page[i])) == 0)
            return true;
    while (size > at && strchr(" \t\r\n", bytes[size - 1]) != NULL && bytes[size - 1] != '\0')
        size--;
    for (size_t i = 0; i < sizeof begins_part / sizeof *begins_part; i++) {
        size_t length = strlen(begins_part[i]);
        bool tag = size - at > length && strncasecmp(bytes + at, begins_part[i], length) == 0 && strchr(" >\n\r\t-", bytes[at + length]) != NULL;
        if (tag && bytes[size - 1] == '>')
            return true;
    }
    return clipboard;
}

/* A web page in letters of two bytes: its first tag, in either order. */
static bool is_wide_page(const char *bytes, size_t size)
{
    size_t head = size < 2048 ? size : 2048;
    char plain[1024];
    size_t length = 0;
    for (size_t i = 0; i < head && length < sizeof plain; i++)
        if (bytes[i] > '\0')
            plain[length++] = bytes[i];
    return is_web_page(plain, length);
}

enum doc_format doc_recognise(const void *given, size_t size, const char **what)
{
    static const struct {
        const char *magic;
        size_t length;
        const char *what;
    } others[] = {
        { "\xFF\xD8\xFF", 3, "ảnh chụp (.jpg)" },    { "\x89PNG", 4, "ảnh (.png)" },
        { "GIF8", 4, "ảnh (.gif)" },                 { "II*\0", 4, "ảnh quét (.tif)" },
        { "MM\0*", 4, "ảnh quét (.tif)" },           { "BM", 2, "ảnh (.bmp)" },
        { "Rar!", 4, "tệp nén (.rar)" },
        { "7z\xBC\xAF", 4, "tệp nén (.7z)" },        { "\x1F\x8B", 2, "tệp nén (.gz)" },
        { "\x7F" "ELF", 4, "chương trình máy tính" }, { "MZ", 2, "chương trình máy tính" },
    };
    const char *bytes = given;
    const char *none;
    what = what == NULL ? &none : what;
    *what = NULL;
    if (size == 0)
        return DOC_UNKNOWN;
    if (memmem(bytes, size < 1024 ? size : 1024, "%PDF-", 5) != NULL)
        return DOC_PDF;
    if (begins(bytes, size, "PK\3\4", 4))
        return zip_kind(bytes, size, what);
    if (begins(bytes, size, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8))
        return ole_kind(bytes, size, what);
    if (begins(bytes, size, "{\\rtf", 5))
        return office("rtf", what);
    bool words = memchr(bytes, '\0', size < 4096 ? size : 4096) == NULL; /* "BM…" and "MZ…" may begin a text */
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (begins(bytes, size, others[i].magic, others[i].length) && !(others[i].length == 2 && words)) {
            *what = others[i].what;
            return text_starts(*what, "ảnh") && strstr(*what, ".gif") == NULL ? DOC_PICTURE : DOC_OTHER;
        }
    if (is_web_page(bytes, size))
        return DOC_HTML;
    if (begins(bytes, size, "<?xml", 5) && holds(bytes, size < 4096 ? size : 4096, "office:document "))
        return office(holds(bytes, size < 4096 ? size : 4096, "opendocument.spreadsheet") ? "fods" : "fodt", what);
    if (text_width(bytes, size) != TEXT_BYTES)
        return is_wide_page(bytes, size) ? DOC_HTML : DOC_TEXT;
    return words ? DOC_TEXT : DOC_UNKNOWN;
}

static enum err refuse(struct ctx *c, const char *what)
{
    if (what == NULL)
        return fail(c, INVALID, doc_says_broken, "the file's kind is unknown");
    if (strstr(what, "mật khẩu") != NULL)
        return fail(c, INVALID, doc_says_locked, "encrypted office file");
    if (text_starts(what, "ảnh"))
        return fail(c, INVALID, doc_says_images, "an image, not a document");
    const char *advice = strstr(what, "nén") != NULL ? "Hãy giải nén rồi chọn tệp Word (.docx) hoặc PDF bên trong."
                                                     : "Hãy mở bằng Word và lưu lại dạng .docx, rồi chọn tệp đó.";
    if (strstr(what, "Excel") != NULL || strstr(what, ".ods") != NULL)
        advice = "Hãy chép bảng vào một tệp Word, lưu dạng .docx, rồi chọn tệp đó.";
    if (strstr(what, "chương trình") != NULL)
        advice = "Hãy chọn tệp Word (.docx), PDF hoặc văn bản (.txt) của kế hoạch.";
    return fail(c, INVALID, arena_printf(c->arena, "Chưa đọc được %s. %s", what, advice), "a file of another kind");
}

static enum err read_any(struct ctx *c, const void *bytes, size_t size, struct document **doc)
{
    if (size == 0)
        return fail(c, INVALID, doc_says_empty, "the file has no bytes");
    if (size > DOC_MOST_BYTES)
        return fail(c, INVALID, doc_says_huge, "%zu bytes", size);
    const char *what;
    switch (doc_recognise(bytes, size, &what)) {
    case DOC_TEXT: return doc_read_text(c, bytes, size, doc);
    case DOC_DOCX: return doc_read_docx(c, bytes, size, doc);
    case DOC_PDF:
        if (doc_read_pdf != NULL)
            return doc_read_pdf(c, bytes, size, doc);
        return fail(c, INVALID, doc_says_broken, "this program reads no PDF");
    case DOC_PICTURE: return doc_read_picture(c, bytes, size, doc);
    case DOC_XLSX: return doc_read_xlsx(c, bytes, size, doc);
    case DOC_HTML: return doc_read_html(c, bytes, size, doc);
    case DOC_UNKNOWN:
    case DOC_OFFICE: /* whoever runs the reader may have LibreOffice */
    case DOC_OTHER: break;
    }
    return refuse(c, what);
}

enum err doc_read(struct ctx *c, const void *bytes, size_t size, struct document **doc)
{
    if (c->err == OK && read_any(c, bytes, size, doc) == OK)
        doc_from_legacy(c, *doc);
    return c->err;
}
