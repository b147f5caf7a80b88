/* Any text through the text reader into a plan, and the reading through JSON and back. */
#include "modules/plan/plan_read.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct ctx c;
    ctx_open(&c, 0);
    struct document *doc = NULL;
    struct plan_reading *reading = NULL;
    if (doc_read_text(&c, (const char *)bytes, size, &doc) == OK && plan_read(&c, doc, &reading) == OK) {
        char *json = plan_reading_json(c.arena, reading);
        struct plan_reading *back = NULL;
        if (plan_reading_from_json(&c, json, &back) != OK || strcmp(plan_reading_json(c.arena, back), json) != 0)
            abort();
    }
    ctx_close(&c);
    return 0;
}
