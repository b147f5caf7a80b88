/* Zip files for the targets that read them: the first byte names the part that the rest becomes. */
#pragma once
#include "fuzz/fuzz.h"
#include "modules/plan/plan_read.h"
#include <zip.h>

struct zip_part {
    char letter;
    const char *name, *usual; /* usual: what it holds where another part is named */
};

typedef enum err zip_reader(struct ctx *c, const void *bytes, size_t size, struct document **doc);

/* Memory of malloc. */
static void *zip_pack(const struct zip_part *parts, size_t count, const uint8_t *bytes, size_t size, size_t *packed)
{
    zip_error_t why;
    zip_error_init(&why);
    zip_source_t *whole = zip_source_buffer_create(NULL, 0, 0, &why);
    zip_source_keep(whole);
    zip_t *zip = zip_open_from_source(whole, ZIP_TRUNCATE, &why);
    for (size_t i = 0; i < count; i++) {
        bool its = bytes[0] == (uint8_t)parts[i].letter;
        const void *text = its ? (const void *)(bytes + 1) : parts[i].usual;
        zip_int64_t index = zip_file_add(zip, parts[i].name,
                                         zip_source_buffer(zip, text, its ? size - 1 : strlen(parts[i].usual), 0), 0);
        zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0);
    }
    zip_close(zip);
    zip_source_open(whole);
    zip_stat_t stat;
    zip_stat_init(&stat);
    zip_source_stat(whole, &stat);
    void *made = malloc((size_t)stat.size);
    *packed = (size_t)zip_source_read(whole, made, stat.size);
    zip_source_close(whole);
    zip_source_free(whole);
    zip_error_fini(&why);
    return made;
}

/* 'z': the rest is the whole zip. What was read passes between programs, and the grammar takes it. */
static int zip_fuzz(zip_reader *read, const struct zip_part *parts, size_t count, const uint8_t *bytes, size_t size)
{
    if (size < 2)
        return 0;
    size_t packed = size - 1;
    void *made = bytes[0] == 'z' ? NULL : zip_pack(parts, count, bytes, size, &packed);
    struct ctx c;
    ctx_open(&c, 0);
    struct document *doc = NULL;
    if (read(&c, made == NULL ? bytes + 1 : made, packed, &doc) == OK) {
        char *json = doc_to_json(c.arena, doc);
        struct document *back = NULL;
        HOLDS(json != NULL && doc_from_json(&c, json, strlen(json), &back) == OK);
        struct plan_reading *reading = NULL;
        plan_read(&c, back, &reading);
    }
    ctx_close(&c);
    free(made);
    return 0;
}
