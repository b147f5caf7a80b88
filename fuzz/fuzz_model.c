/* What a reader that was taken over could send to the server: the model's JSON, then a plan read from that model. */
#include "fuzz/fuzz.h"
#include "modules/plan/plan_read.h"
#include "platform/doc/doc_model.h"

FUZZ(model)
{
    struct ctx c;
    ctx_open(&c, 0);
    struct document *doc = NULL;
    struct document *whole = NULL;
    struct plan_reading *reading = NULL;
    if (doc_from_json(&c, (const char *)bytes, size, &doc) == OK) {
        HOLDS(doc_to_json(c.arena, doc) != NULL);
        if (doc->page_count > 0 && doc_with_pages(&c, doc, NULL, 0, &whole) == OK) /* layout, on words it sent */
            HOLDS(whole->count <= DOC_MOST_BLOCKS + 1);
        ctx_forget(&c);
        if (plan_read(&c, doc, &reading) == OK)
            HOLDS(plan_reading_json(c.arena, reading) != NULL);
    }
    ctx_close(&c);
    return 0;
}
