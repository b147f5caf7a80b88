#include "tests/test_zip.h"
#include "tests/test.h"
#include <string.h>
#include <zip.h>

void *test_zip(const struct zip_part *parts, size_t *size)
{
    zip_error_t why;
    zip_error_init(&why);
    zip_source_t *whole = zip_source_buffer_create(NULL, 0, 0, &why);
    zip_source_keep(whole);
    zip_t *zip = zip_open_from_source(whole, ZIP_TRUNCATE, &why);
    for (; parts->name != NULL; parts++)
        zip_file_add(zip, parts->name, zip_source_buffer(zip, parts->text, strlen(parts->text), 0), ZIP_FL_OVERWRITE);
    zip_close(zip);
    zip_source_open(whole);
    zip_stat_t stat;
    zip_stat_init(&stat);
    zip_source_stat(whole, &stat);
    void *bytes = arena_alloc(test_ctx()->arena, (size_t)stat.size);
    *size = (size_t)zip_source_read(whole, bytes, stat.size);
    zip_source_close(whole);
    zip_source_free(whole);
    zip_error_fini(&why);
    return bytes;
}
