/* Any text through the text reader into a plan, and the reading through JSON and back. */
#include "fuzz/fuzz.h"
#include "modules/plan/plan_read.h"

/* Of each kind one that texts may well hold. */
static const struct plan_lesson lessons[] = { { LESSON_LABEL, "Giao", "leads" }, { LESSON_LABEL, "a", "products" },
                                              { LESSON_TIME, "x", "Quý II" }, { LESSON_WORDING, "ké hoach", "kế hoạch" } };
static const struct plan_knowledge known = { .lessons = lessons, .lesson_count = sizeof lessons / sizeof lessons[0] };

FUZZ(plan)
{
    struct ctx c;
    ctx_open(&c, 0);
    struct document *doc = NULL;
    struct plan_reading *reading = NULL;
    if (doc_read_text(&c, (const char *)bytes, size, &doc) == OK && plan_read_knowing(&c, doc, &known, &reading) == OK) {
        char *json = plan_reading_json(c.arena, reading);
        struct plan_reading *back = NULL;
        HOLDS(json != NULL && plan_reading_from_json(&c, json, &back) == OK);
        HOLDS(strcmp(plan_reading_json(c.arena, back), json) == 0);
    }
    ctx_close(&c);
    return 0;
}
