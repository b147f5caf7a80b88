/* Any bytes through the text reader, and its model through JSON and back. */
#include "fuzz/fuzz.h"
#include "platform/doc/doc.h"

FUZZ(text)
{
    struct ctx c;
    ctx_open(&c, 0);
    struct document *doc = NULL;
    const char *what;
    doc_recognise(bytes, size, &what);
    if (doc_read_text(&c, (const char *)bytes, size, &doc) == OK) {
        char *json = doc_to_json(c.arena, doc);
        struct document *back = NULL;
        HOLDS(json != NULL && doc_from_json(&c, json, strlen(json), &back) == OK);
        HOLDS(strcmp(doc_to_json(c.arena, back), json) == 0);
    }
    ctx_close(&c);
    return 0;
}
