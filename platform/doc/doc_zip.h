/* Opening an Office file and streaming the XML parts in it, with bounds against bombs. Private to platform/doc. */
#pragma once
#include "platform/doc/doc_model.h"
#include <libxml/xmlreader.h>
#include <zip.h>

struct office_zip {
    struct ctx *c;
    zip_t *zip;
    uint64_t bytes, most; /* unpacked so far, and the bound for all parts together */
    bool locked, too_large;
};

/* A part that is read once, from its beginning to its end. */
struct office_part {
    struct office_zip *z;
    zip_file_t *file;
    xmlTextReader *xml;
    bool broken; /* not well formed, or with a DTD, which no Office file has */
};

/* INVALID: not a zip, or of too many entries. office_close must follow in any case. */
enum err office_open(struct office_zip *z, struct ctx *c, const void *bytes, size_t size, uint64_t most);
void office_close(struct office_zip *z);

/* False: absent, locked or too large (the zip says which). */
bool office_part_open(struct office_part *part, struct office_zip *z, const char *name);
/* The next node; false at the end or when the part is broken. */
bool office_next(struct office_part *part);
void office_part_close(struct office_part *part);

/* Is this the start of the element, whatever its prefix? */
bool office_starts(const struct office_part *part, const char *name);
bool office_ends(const struct office_part *part, const char *name);
/* An attribute by its local name; NULL: none. Arena. */
char *office_attribute(const struct office_part *part, const char *name);
int64_t office_number(const struct office_part *part, const char *name, int64_t otherwise);

/* Where a target of a part's relations is: "xl/workbook.xml" and "worksheets/sheet1.xml" give "xl/worksheets/sheet1.xml". */
char *office_beside(struct arena *a, const char *part, const char *target);
