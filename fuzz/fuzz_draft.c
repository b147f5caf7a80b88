/* A kept draft of a plan of any JSON: read, written, read again the same; its schedules give occurrences or a reason.
 */
#include "fuzz/fuzz.h"
#include "modules/plan/plan_draft.h"
#include "modules/plan/plan_read.h"

static void check_schedule(struct ctx *c, const struct schedule *schedule)
{
    static const struct calendar no_holidays = { 0 };
    struct occurrence_day *days = NULL;
    size_t count = schedule_occurrences(c->arena, schedule, &no_holidays, &days);
    HOLDS(count <= SCHEDULE_MOST_DAYS);
    for (size_t i = 0; i < count; i++)
        HOLDS(days[i].start_day <= days[i].end_day && days[i].end_day <= days[i].due_day && days[i].quota > 0);
    HOLDS(schedule_words(c->arena, schedule)[0] != '\0');
}

static void change(struct ctx *c, struct plan_draft *draft)
{
    for (size_t i = 0; i < draft->count; i++) {
        check_schedule(c, &draft->tasks[i].schedule);
        draft_read_time(c, draft, &draft->tasks[i]);
        check_schedule(c, &draft->tasks[i].schedule);
    }
    draft_add_task(c, draft);
    draft_split_task(c, draft, 0);
    draft_remove_task(draft, 1);
}

FUZZ(draft)
{
    struct ctx c;
    ctx_open(&c, 0);
    char *json = arena_copy_n(c.arena, (const char *)bytes, strnlen((const char *)bytes, size));
    struct plan_reading *reading = NULL;
    if (plan_reading_from_json(&c, json, &reading) == OK)
        HOLDS(plan_reading_json(c.arena, reading) != NULL);
    ctx_forget(&c);
    struct plan_draft draft;
    if (draft_from_json(&c, json, &draft) == OK) {
        char *first = draft_to_json(&c, json, &draft);
        struct plan_draft back;
        HOLDS(draft_from_json(&c, first, &back) == OK);
        HOLDS(strcmp(draft_to_json(&c, first, &back), first) == 0);
        change(&c, &back);
        HOLDS(draft_to_json(&c, first, &back) != NULL);
    }
    ctx_close(&c);
    return 0;
}
