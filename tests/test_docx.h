/* For tests: looks into a DOCX or XLSX that was written. */
#pragma once
#include "platform/base/arena.h"

/* Text of one part; NULL when the package has none of that name. */
char *docx_part(struct arena *a, const void *bytes, size_t size, const char *name);
/* How many nodes an XPath finds; prefixes w, r, wp, a, pic, s (spreadsheets). -1: the XML or the path is wrong. */
int docx_count(const char *xml, const char *path);
/* The string value of an XPath; "" when it finds nothing. */
char *docx_value(struct arena *a, const char *xml, const char *path);
