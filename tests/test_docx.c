#include "tests/test_docx.h"
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <string.h>
#include <zip.h>

char *docx_part(struct arena *a, const void *bytes, size_t size, const char *name)
{
    zip_error_t error;
    zip_source_t *source = zip_source_buffer_create(bytes, size, 0, &error);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    if (zip == NULL) {
        zip_source_free(source);
        return NULL;
    }
    zip_stat_t stat;
    char *text = NULL;
    zip_file_t *file = zip_stat(zip, name, 0, &stat) == 0 ? zip_fopen(zip, name, 0) : NULL;
    if (file != NULL) {
        text = arena_alloc(a, stat.size + 1);
        if (zip_fread(file, text, stat.size) != (zip_int64_t)stat.size)
            text = NULL;
        zip_fclose(file);
    }
    zip_discard(zip);
    return text;
}

static xmlXPathObjectPtr ask(const char *xml, const char *path, xmlDocPtr *doc)
{
    static const char *const spaces[][2] = {
        { "w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main" },
        { "r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships" },
        { "wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" },
        { "a", "http://schemas.openxmlformats.org/drawingml/2006/main" },
        { "s", "http://schemas.openxmlformats.org/spreadsheetml/2006/main" },
        { "pic", "http://schemas.openxmlformats.org/drawingml/2006/picture" },
    };
    *doc = xml != NULL ? xmlReadMemory(xml, (int)strlen(xml), NULL, NULL, XML_PARSE_NONET) : NULL;
    if (*doc == NULL)
        return NULL;
    xmlXPathContextPtr context = xmlXPathNewContext(*doc);
    for (size_t i = 0; i < sizeof spaces / sizeof spaces[0]; i++)
        xmlXPathRegisterNs(context, BAD_CAST spaces[i][0], BAD_CAST spaces[i][1]);
    xmlXPathObjectPtr found = xmlXPathEvalExpression(BAD_CAST path, context);
    xmlXPathFreeContext(context);
    return found;
}

int docx_count(const char *xml, const char *path)
{
    xmlDocPtr doc = NULL;
    xmlXPathObjectPtr found = ask(xml, path, &doc);
    int count = found == NULL ? -1 : xmlXPathNodeSetGetLength(found->nodesetval);
    xmlXPathFreeObject(found);
    xmlFreeDoc(doc);
    return count;
}

char *docx_value(struct arena *a, const char *xml, const char *path)
{
    xmlDocPtr doc = NULL;
    xmlXPathObjectPtr found = ask(xml, path, &doc);
    xmlChar *text = found != NULL ? xmlXPathCastToString(found) : NULL;
    char *copy = arena_copy(a, text != NULL ? (const char *)text : "");
    xmlFree(text);
    xmlXPathFreeObject(found);
    xmlFreeDoc(doc);
    return copy;
}
