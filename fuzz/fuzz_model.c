/* What a reader that was taken over could send to the server: the model's JSON, then a plan read from that model. */
#include "fuzz/fuzz.h"
#include "modules/plan/plan_read.h"

FUZZ(model)
{
    struct ctx c;
    ctx_open(&c, 0);
    struct document *doc = NULL;
    struct plan_reading *reading = NULL;
    if (doc_from_json(&c, (const char *)bytes, size, &doc) == OK) {
        HOLDS(doc_to_json(c.arena, doc) != NULL);
        if (plan_read(&c, doc, &reading) == OK)
            HOLDS(plan_reading_json(c.arena, reading) != NULL);
    }
    ctx_close(&c);
    return 0;
}
