/* What a reader that was taken over could send to the server. */
#include "platform/base/text.h"
#include "platform/doc/doc.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct ctx c;
    ctx_open(&c, 0);
    struct document *doc = NULL;
    if (doc_from_json(&c, (const char *)bytes, size, &doc) == OK)
        doc_to_json(c.arena, doc);
    ctx_close(&c);
    return 0;
}
