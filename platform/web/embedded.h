/* What the build put into the program: templates, static files, schemas. */
#pragma once
#include "platform/db/db.h"
#include "platform/web/template.h"
#include <stddef.h>

struct static_file {
    const char *name;   /* sauro.css */
    const char *address; /* /tinh/sauro.0123456789ab.css; changes with the content */
    const char *type;
    const void *bytes;
    size_t size;
    const void *gzip; /* NULL when not smaller */
    size_t gzip_size;
    const void *brotli;
    size_t brotli_size;
};

extern const struct template_source template_sources[]; /* ends with { 0 } */
extern const struct static_file static_files[];         /* ends with { 0 } */
/* In alphabetical order of the modules; app/modules.c names the order in which they are set up. */
extern const struct db_schema module_schemas[]; /* ends with { 0 } */
