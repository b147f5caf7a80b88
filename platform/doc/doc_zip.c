/* Opens an Office file and streams its XML parts: nothing is ever unpacked whole. */
#include "platform/doc/doc_zip.h"
#include <string.h>

enum { MOST_ENTRIES = 5000 };

enum err office_open(struct office_zip *z, struct ctx *c, const void *bytes, size_t size, uint64_t most)
{
    *z = (struct office_zip){ .c = c, .most = most };
    zip_error_t why;
    zip_error_init(&why);
    zip_source_t *source = zip_source_buffer_create(bytes, size, 0, &why);
    if (source != NULL)
        z->zip = zip_open_from_source(source, ZIP_RDONLY, &why);
    if (z->zip == NULL) {
        zip_source_free(source);
        fail(c, INVALID, doc_says_broken, "not a zip: %d", zip_error_code_zip(&why));
    } else if (zip_get_num_entries(z->zip, 0) > MOST_ENTRIES) {
        fail(c, INVALID, doc_says_huge, "too many entries");
    }
    zip_error_fini(&why);
    return c->err;
}

void office_close(struct office_zip *z)
{
    if (z->zip != NULL)
        zip_discard(z->zip);
    z->zip = NULL;
}

static int read_some(void *context, char *to, int length)
{
    struct office_part *part = context;
    zip_int64_t got = zip_fread(part->file, to, (zip_uint64_t)length);
    part->z->bytes += got > 0 ? (uint64_t)got : 0;
    if (part->z->bytes <= part->z->most)
        return (int)got;
    part->z->too_large = true;
    return -1;
}

bool office_part_open(struct office_part *part, struct office_zip *z, const char *name)
{
    *part = (struct office_part){ .z = z };
    if (name == NULL || z->too_large)
        return false;
    part->file = zip_fopen(z->zip, name, 0);
    if (part->file == NULL) {
        z->locked = z->locked || zip_error_code_zip(zip_get_error(z->zip)) == ZIP_ER_NOPASSWD;
        return false;
    }
    part->xml = xmlReaderForIO(read_some, NULL, part, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    return part->xml != NULL;
}

bool office_next(struct office_part *part)
{
    int got = part->xml == NULL ? -1 : xmlTextReaderRead(part->xml);
    bool attack = got == 1 && xmlTextReaderNodeType(part->xml) == XML_READER_TYPE_DOCUMENT_TYPE;
    part->broken = part->broken || got < 0 || attack;
    return got == 1 && !attack;
}

void office_part_close(struct office_part *part)
{
    if (part->xml != NULL)
        xmlFreeTextReader(part->xml);
    if (part->file != NULL)
        zip_fclose(part->file);
    *part = (struct office_part){ 0 };
}

static bool is_named(const struct office_part *part, const char *name)
{
    const char *its = (const char *)xmlTextReaderConstLocalName(part->xml);
    const char *colon = its == NULL ? NULL : strchr(its, ':'); /* a prefix nobody declared */
    return its != NULL && strcmp(colon == NULL ? its : colon + 1, name) == 0;
}

bool office_starts(const struct office_part *part, const char *name)
{
    return xmlTextReaderNodeType(part->xml) == XML_READER_TYPE_ELEMENT && is_named(part, name);
}

bool office_ends(const struct office_part *part, const char *name)
{
    int type = xmlTextReaderNodeType(part->xml);
    bool end = type == XML_READER_TYPE_END_ELEMENT || (type == XML_READER_TYPE_ELEMENT && xmlTextReaderIsEmptyElement(part->xml));
    return end && is_named(part, name);
}

char *office_attribute(const struct office_part *part, const char *name)
{
    char *found = NULL;
    for (int got = xmlTextReaderMoveToFirstAttribute(part->xml); got == 1 && found == NULL;
         got = found == NULL ? xmlTextReaderMoveToNextAttribute(part->xml) : 0)
        if (is_named(part, name))
            found = arena_copy(part->z->c->arena, (const char *)xmlTextReaderConstValue(part->xml));
    xmlTextReaderMoveToElement(part->xml);
    return found;
}

int64_t office_number(const struct office_part *part, const char *name, int64_t otherwise)
{
    int64_t number;
    const char *text = office_attribute(part, name);
    return text != NULL && text_int(text, &number) ? number : otherwise;
}

char *office_beside(struct arena *a, const char *part, const char *target)
{
    if (target[0] == '/')
        return arena_copy(a, target + 1);
    const char *slash = strrchr(part, '/');
    size_t folder = slash == NULL ? 0 : (size_t)(slash - part) + 1;
    while (text_starts(target, "../")) {
        target += 3;
        for (folder -= folder > 0; folder > 0 && part[folder - 1] != '/';)
            folder--;
    }
    return arena_printf(a, "%.*s%s", (int)folder, part, target);
}
