/* sauro plan read FILE */
#include "modules/plan/plan.h"
#include "modules/plan/plan_read.h"
#include <stdio.h>

static enum err read_file(struct command_run *r)
{
    if (r->word_count != 1)
        return fail(r->c, INVALID, "Hãy cho biết một tệp: sauro plan read TỆP", "%d words", r->word_count);
    struct document *doc = NULL;
    struct plan_reading *reading = NULL;
    if (doc_read_file(r->c, r->words[0], &doc) != OK || plan_read(r->c, doc, &reading) != OK)
        return r->c->err;
    puts(plan_reading_json(r->c->arena, reading));
    return OK;
}

const struct command plan_commands[] = {
    { .name = "plan read", .usage = "FILE", .help = "Đọc tệp kế hoạch (Word, PDF, văn bản), in kết quả dạng JSON", .run = read_file },
    { 0 },
};
