/* Any bytes through the text reader, and its model through JSON and back. */
#include "platform/base/text.h"
#include "platform/doc/doc.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct ctx c;
    ctx_open(&c, 0);
    struct document *doc = NULL;
    const char *what;
    doc_recognise(bytes, size, &what);
    if (doc_read_text(&c, (const char *)bytes, size, &doc) == OK) {
        char *json = doc_to_json(c.arena, doc);
        struct document *back = NULL;
        if (doc_from_json(&c, json, strlen(json), &back) != OK || strcmp(doc_to_json(c.arena, back), json) != 0)
            abort();
    }
    ctx_close(&c);
    return 0;
}
