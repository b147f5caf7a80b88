/* A draft's fields, list of tasks, time and choices. */
#include "modules/plan/plan_draft.h"
#include "modules/plan/plan_parts.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <stddef.h>
#include <string.h>

const struct draft_field draft_head_fields[] = {
    { "number", "number", offsetof(struct plan_draft, number), DOUBT_NUMBER, false },
    { "day", "date", offsetof(struct plan_draft, day), DOUBT_DAY, false },
    { "title", "title", offsetof(struct plan_draft, title), DOUBT_SUBJECT, true },
    { "year", "year", offsetof(struct plan_draft, year), 0, false },
    { "agency", "agency", offsetof(struct plan_draft, agency), DOUBT_AGENCY, false },
    { "bases", "bases", offsetof(struct plan_draft, bases), DOUBT_BASES, true },
    { "parent_agency", "parent_agency", offsetof(struct plan_draft, parent_agency), 0, false },
    { "signer_prefix", "signer_prefix", offsetof(struct plan_draft, signer_prefix), 0, false },
    { "signer_title", "signer_title", offsetof(struct plan_draft, signer_title), 0, false },
    { "signer_name", "signer_name", offsetof(struct plan_draft, signer_name), DOUBT_SIGNER, false },
    { "recipients", "recipients", offsetof(struct plan_draft, recipients), 0, true },
    { "leader", "leader", offsetof(struct plan_draft, leader), 0, false },
    { "approver", "approver", offsetof(struct plan_draft, approver), 0, false },
    { 0 },
};

const struct draft_field draft_task_fields[] = {
    { "title", "title", offsetof(struct draft_task, title), DOUBT_TITLE, true },
    { "leads", "leads", offsetof(struct draft_task, leads), DOUBT_LEADS, true },
    { "partners", "partners", offsetof(struct draft_task, partners), DOUBT_PARTNERS, true },
    { "time_raw", "time", offsetof(struct draft_task, time_raw), DOUBT_TIME, false },
    { "products", "products", offsetof(struct draft_task, products), DOUBT_PRODUCTS, true },
    { "duty", "duty", offsetof(struct draft_task, duty), 0, false },
    { "authority", "authority", offsetof(struct draft_task, authority), 0, false },
    { "no", "no", offsetof(struct draft_task, no), 0, false },
    { "budget", "budget", offsetof(struct draft_task, budget), 0, false },
    { 0 },
};
_Static_assert(sizeof draft_head_fields / sizeof draft_head_fields[0] <= DRAFT_MOST_FIELDS + 1, "a mark for each field");
_Static_assert(sizeof draft_task_fields / sizeof draft_task_fields[0] <= DRAFT_MOST_FIELDS + 1, "a mark for each field");

int draft_field_named(const struct draft_field *fields, const char *name)
{
    for (int i = 0; fields[i].name != NULL; i++)
        if (strcmp(fields[i].name, name) == 0)
            return i;
    return -1;
}

const char **draft_text(const struct draft_field *field, void *owner)
{
    return (const char **)((char *)owner + field->offset);
}

/* ---- doubts ---- */

bool draft_doubtful(const struct draft_mark *mark)
{
    return mark->other != NULL || (mark->how != HOW_ACCEPTED && mark->sure > 0 && mark->sure < DRAFT_SURE);
}

static unsigned doubts_of(const struct draft_field *fields, const struct draft_mark *marks)
{
    unsigned doubts = 0;
    for (int i = 0; fields[i].name != NULL; i++)
        doubts |= draft_doubtful(&marks[i]) ? fields[i].doubt : 0;
    return doubts;
}

void draft_weigh(struct plan_draft *draft)
{
    draft->doubts = doubts_of(draft_head_fields, draft->marks);
    for (size_t i = 0; i < draft->count; i++)
        draft->tasks[i].doubts = doubts_of(draft_task_fields, draft->tasks[i].marks);
}

/* ---- choices of units ---- */

int64_t draft_chosen(const struct plan_draft *draft, const char *wording)
{
    for (size_t i = 0; i < draft->choice_count; i++)
        if (strcmp(draft->choices[i].wording, wording) == 0)
            return draft->choices[i].unit;
    return 0;
}

void draft_choose(struct ctx *c, struct plan_draft *draft, const char *wording, int64_t unit)
{
    size_t i = 0;
    while (i < draft->choice_count && strcmp(draft->choices[i].wording, wording) != 0)
        i++;
    if (i == draft->choice_count) {
        draft->choices =
            arena_grow(c->arena, draft->choices, sizeof *draft->choices, &draft->choice_capacity, draft->choice_count + 1);
        draft->choices[draft->choice_count++].wording = wording;
    }
    draft->choices[i].unit = unit;
}

/* ---- parts, time, list ---- */

size_t draft_parts(struct arena *a, const char *text, const char *ends, const char ***parts)
{
    size_t count = 0;
    size_t capacity = 0;
    const char **list = NULL;
    while (*text != '\0') {
        size_t length = strcspn(text, ends);
        const char *part = text_squeeze(a, arena_copy_n(a, text, length));
        if (part[0] != '\0') {
            list = arena_grow(a, list, sizeof *list, &capacity, count + 1);
            list[count++] = part;
        }
        text += length;
        text += *text != '\0';
    }
    *parts = list;
    return count;
}

int draft_year(struct ctx *c, const struct plan_draft *draft)
{
    int64_t year, day;
    if (text_int(draft->year, &year) && year >= 2000 && year <= 2100)
        return (int)year;
    return day_year(draft_day(draft, &day) ? day : day_of_moment(c->now));
}

bool draft_day(const struct plan_draft *draft, int64_t *when)
{
    return day_parse(draft->day, when);
}

struct draft_task *draft_task_of(const struct plan_draft *draft, int64_t key)
{
    for (size_t i = 0; i < draft->count; i++)
        if (draft->tasks[i].key == key)
            return &draft->tasks[i];
    return NULL;
}

static int64_t next_key(const struct plan_draft *draft)
{
    int64_t next = 0;
    for (size_t i = 0; i < draft->count; i++)
        if (draft->tasks[i].key >= next)
            next = draft->tasks[i].key + 1;
    return draft->next_key > next ? draft->next_key : next;
}

bool draft_add_task(struct ctx *c, struct plan_draft *draft)
{
    if (draft->count >= DRAFT_MOST_TASKS)
        return false;
    int64_t key = next_key(draft);
    draft->next_key = key + 1;
    draft->tasks[draft->count++] = (struct draft_task){
        .key = key, .base = key,
        .no = "", .heading = "", .title = "", .leads = "", .partners = "", .time_raw = "",
        .products = "", .budget = "", .duty = "", .authority = "", .schedule = { .year = draft_year(c, draft) },
    };
    return true;
}

bool draft_insert_task(struct plan_draft *draft, size_t index, const struct draft_task *task)
{
    if (draft->count >= DRAFT_MOST_TASKS)
        return false;
    if (index > draft->count)
        index = draft->count;
    memmove(&draft->tasks[index + 1], &draft->tasks[index], (draft->count - index) * sizeof *draft->tasks);
    draft->tasks[index] = *task;
    draft->count++;
    return true;
}

bool draft_remove_task(struct plan_draft *draft, size_t index)
{
    if (index >= draft->count)
        return false;
    draft->next_key = next_key(draft); /* the key of a task that went is not given again: it may come back */
    draft->count--;
    memmove(&draft->tasks[index], &draft->tasks[index + 1], (draft->count - index) * sizeof *draft->tasks);
    return true;
}

bool draft_split_task(struct ctx *c, struct plan_draft *draft, size_t index)
{
    if (index >= draft->count || draft->count >= DRAFT_MOST_TASKS)
        return false;
    struct draft_task copy = draft->tasks[index];
    copy.key = next_key(draft);
    draft->next_key = copy.key + 1;
    copy.no = arena_printf(c->arena, "%s+", copy.no);
    return draft_insert_task(draft, index + 1, &copy);
}

static enum schedule_kind kind_of(enum plan_time_kind kind)
{
    static const enum schedule_kind kinds[] = {
        [PLAN_CONTINUOUS] = SCHEDULE_CONTINUOUS, [PLAN_FREQUENCY] = SCHEDULE_FREQUENCY, [PLAN_DEADLINE] = SCHEDULE_DEADLINE,
        [PLAN_PERIOD] = SCHEDULE_PERIOD,         [PLAN_ON_REQUEST] = SCHEDULE_ON_REQUEST, [PLAN_NO_TIME] = SCHEDULE_NONE,
    };
    return kinds[kind];
}

static enum schedule_per per_of(enum plan_per per)
{
    static const enum schedule_per pers[] = {
        [PLAN_PER_NONE] = PER_NONE,   [PLAN_PER_WEEK] = PER_WEEK, [PLAN_PER_MONTH] = PER_MONTH,
        [PLAN_PER_QUARTER] = PER_QUARTER, [PLAN_PER_YEAR] = PER_YEAR,
    };
    return pers[per];
}

void draft_read_time(struct ctx *c, const struct plan_draft *draft, struct draft_task *task)
{
    int year = draft_year(c, draft);
    struct plan_time time = plan_time_of(c->arena, task->time_raw, NULL, year, false);
    task->schedule = (struct schedule){
        .kind = kind_of(time.kind),
        .year = year,
        .count = time.count,
        .per = per_of(time.per),
        .start_day = time.start.known ? time.start.day : 0,
        .end_day = time.end.known ? time.end.day : 0,
    };
    if (time.due.known)
        task->schedule.due_days[task->schedule.due_count++] = time.due.day;
    for (int i = 0; i < time.more_count && task->schedule.due_count < SCHEDULE_MOST_DUE; i++)
        task->schedule.due_days[task->schedule.due_count++] = time.more_due[i];
    bool unclear = time.kind == PLAN_NO_TIME && !text_blank(task->time_raw);
    struct draft_mark *mark = &task->marks[draft_field_named(draft_task_fields, "time_raw")];
    mark->sure = text_blank(task->time_raw) ? 0 : unclear ? 1 : 100;
    task->doubts = doubts_of(draft_task_fields, task->marks);
}
