/* Any bytes as a web page, its model through JSON and back, and a plan read from it. */
#include "fuzz/fuzz.h"
#include "modules/plan/plan_read.h"

FUZZ(html)
{
    struct ctx c;
    ctx_open(&c, 0);
    struct document *doc = NULL;
    if (doc_read_html(&c, (const char *)bytes, size, &doc) == OK) {
        char *json = doc_to_json(c.arena, doc);
        struct document *back = NULL;
        HOLDS(json != NULL && doc_from_json(&c, json, strlen(json), &back) == OK);
        HOLDS(strcmp(doc_to_json(c.arena, back), json) == 0);
        struct plan_reading *reading = NULL;
        plan_read(&c, back, &reading);
    }
    ctx_close(&c);
    return 0;
}
