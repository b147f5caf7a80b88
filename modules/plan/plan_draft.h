/* A plan between reading and confirming: what was read, as people correct it. Kept as JSON in the form of `plan read`. */
#pragma once
#include "modules/task/task_schedule.h"
#include "platform/base/ctx.h"

enum {
    DRAFT_MOST_TASKS = 400,
    DRAFT_SURE = 70, /* per cent; a field below it is shown as doubtful */
};

/* Which fields of a task can be doubtful; bits of draft_task.doubts. */
enum draft_doubt { DOUBT_TITLE = 1, DOUBT_LEADS = 2, DOUBT_PARTNERS = 4, DOUBT_TIME = 8, DOUBT_PRODUCTS = 16 };

struct draft_task {
    const char *no, *heading, *title;
    const char *leads, *partners;  /* wordings, joined by "; " */
    const char *time_raw;
    struct schedule schedule;
    const char *products;          /* one a line */
    const char *budget;
    const char *duty, *authority;  /* rõ trách nhiệm, rõ thẩm quyền: a role in words, "" when none */
    unsigned doubts;
    int page;                      /* 0: unknown */
    int64_t from, to;              /* source blocks, from 1; 0: added by hand */
};

/* Doubtful header fields; bits of plan_draft.doubts. */
enum { DOUBT_NUMBER = 1, DOUBT_DAY = 2, DOUBT_SUBJECT = 4, DOUBT_AGENCY = 8, DOUBT_BASES = 16, DOUBT_SIGNER = 32 };

struct plan_draft {
    const char *number, *agency, *parent_agency, *title;
    const char *day;      /* as typed; 22/9/2026 after reading; "" when none */
    const char *year;     /* as typed */
    const char *bases;    /* one a line: "Kế hoạch số 74/KH-SYT ngày 09/3/2026 của Sở Y tế …" */
    const char *recipients; /* one a line */
    const char *signer_prefix, *signer_title, *signer_name;
    unsigned doubts;
    bool damaged;
    struct draft_task *tasks;
    size_t count;
};

/* From the JSON of a reading or a saved draft. BROKEN when it is not what draft_to_json made. */
enum err draft_from_json(struct ctx *c, const char *json, struct plan_draft *draft);
/* Back, into the JSON it came from: what people cannot edit (citations, sections) is kept. Arena text. */
char *draft_to_json(struct ctx *c, const char *json, const struct plan_draft *draft);

/* Reads task->time_raw anew with the plan's year and day; an unknown wording gives SCHEDULE_NONE and a doubt. */
void draft_read_time(struct ctx *c, const struct plan_draft *draft, struct draft_task *task);
/* Year of the plan: what was typed, else the day's year, else this year. */
int draft_year(struct ctx *c, const struct plan_draft *draft);
/* The day; false when none is given or it is no real day. */
bool draft_day(const struct plan_draft *draft, int64_t *when);

/* The parts of a text between the given end signs, trimmed, without empty ones. */
size_t draft_parts(struct arena *a, const char *text, const char *ends, const char ***parts);
#define DRAFT_UNITS_END ";\n"

/* Changes of the list; index from 0. False when there is no such task or no room. */
bool draft_add_task(struct ctx *c, struct plan_draft *draft);
bool draft_remove_task(struct plan_draft *draft, size_t index);
/* A copy after it, with the same block, units, time and products: two duties that stand in one item. */
bool draft_split_task(struct ctx *c, struct plan_draft *draft, size_t index);
