/* Any text through the text reader into a plan, and the reading through JSON and back. */
#include "fuzz/fuzz.h"
#include "modules/plan/plan_read.h"

FUZZ(plan)
{
    struct ctx c;
    ctx_open(&c, 0);
    struct document *doc = NULL;
    struct plan_reading *reading = NULL;
    if (doc_read_text(&c, (const char *)bytes, size, &doc) == OK && plan_read(&c, doc, &reading) == OK) {
        char *json = plan_reading_json(c.arena, reading);
        struct plan_reading *back = NULL;
        HOLDS(json != NULL && plan_reading_from_json(&c, json, &back) == OK);
        HOLDS(strcmp(plan_reading_json(c.arena, back), json) == 0);
    }
    ctx_close(&c);
    return 0;
}
