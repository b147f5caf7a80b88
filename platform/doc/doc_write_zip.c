/* A zip file in memory with a fixed time, so that the same contents give the same bytes. */
#include "platform/doc/doc_write.h"
#include <zip.h>

enum { DOS_TIME = 0, DOS_DATE = 0x21 }; /* 1980-01-01 00:00, the first a zip can say */

struct package {
    struct ctx *c;
    zip_source_t *source;
    zip_t *zip;
};

static enum err broken(struct ctx *c, const char *what)
{
    return fail(c, BROKEN, "Không tạo được tệp. Xin thử lại.", "zip: %s", what);
}

struct package *package_new(struct ctx *c)
{
    struct package *p = arena_alloc(c->arena, sizeof *p);
    p->c = c;
    zip_error_t error;
    zip_error_init(&error);
    p->source = zip_source_buffer_create(NULL, 0, 0, &error);
    if (p->source != NULL)
        p->zip = zip_open_from_source(p->source, ZIP_TRUNCATE, &error);
    if (p->zip != NULL) {
        zip_source_keep(p->source); /* zip_close gives one reference back, and we read it afterwards */
    } else {
        broken(c, zip_error_strerror(&error));
        zip_source_free(p->source);
        p->source = NULL;
    }
    zip_error_fini(&error);
    return p;
}

void package_add(struct package *p, const char *name, const void *bytes, size_t size)
{
    if (p->zip == NULL || p->c->err != OK)
        return;
    zip_source_t *source = zip_source_buffer(p->zip, bytes, size, 0);
    zip_int64_t index = source == NULL ? -1 : zip_file_add(p->zip, name, source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        broken(p->c, zip_strerror(p->zip));
        return;
    }
    zip_file_set_dostime(p->zip, (zip_uint64_t)index, DOS_TIME, DOS_DATE, 0);
}

enum err package_end(struct package *p, const void **bytes, size_t *size)
{
    struct ctx *c = p->c;
    if (p->zip == NULL)
        return c->err;
    if (c->err != OK || zip_close(p->zip) != 0) {
        broken(c, zip_strerror(p->zip));
        zip_discard(p->zip);
        zip_source_free(p->source);
        return c->err;
    }
    zip_stat_t stat;
    if (zip_source_open(p->source) != 0 || zip_source_stat(p->source, &stat) != 0) {
        broken(c, zip_error_strerror(zip_source_error(p->source)));
    } else {
        char *copy = arena_alloc(c->arena, stat.size + 1);
        if (zip_source_read(p->source, copy, stat.size) != (zip_int64_t)stat.size)
            broken(c, "short read");
        zip_source_close(p->source);
        *bytes = copy;
        *size = stat.size;
    }
    zip_source_free(p->source);
    return c->err;
}
