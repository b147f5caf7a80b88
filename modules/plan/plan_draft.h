/* A plan between reading and confirming: what was read, as people correct it. Kept as JSON in the form of `plan read`. */
#pragma once
#include "modules/plan/plan_read.h"
#include "modules/task/task_schedule.h"
#include "platform/base/ctx.h"

enum {
    DRAFT_MOST_TASKS = 400,
    DRAFT_MOST_FIELDS = 16,
    DRAFT_SURE = 75, /* per cent, PLAN_DOUBTFUL; a field below it is shown as doubtful */
};

/* Which fields of a task can be doubtful; bits of draft_task.doubts. */
enum draft_doubt { DOUBT_TITLE = 1, DOUBT_LEADS = 2, DOUBT_PARTNERS = 4, DOUBT_TIME = 8, DOUBT_PRODUCTS = 16 };
/* Doubtful header fields; bits of plan_draft.doubts. */
enum { DOUBT_NUMBER = 1, DOUBT_DAY = 2, DOUBT_SUBJECT = 4, DOUBT_AGENCY = 8, DOUBT_BASES = 16, DOUBT_SIGNER = 32 };

/* A field that people correct. */
struct draft_field {
    const char *name;    /* in the form and in the steps of a review; a task's stand behind "t3-" */
    const char *place;   /* its name in "confidence", "places" and "originals" of the JSON */
    size_t offset;       /* of its text in struct plan_draft or draft_task */
    unsigned doubt;      /* its bit; 0: never doubtful */
    bool lines;          /* may hold line breaks */
};
extern const struct draft_field draft_head_fields[], draft_task_fields[]; /* end with { 0 } */
/* Index, or -1. */
int draft_field_named(const struct draft_field *fields, const char *name);
/* Its text in the draft (head fields) or the task. */
const char **draft_text(const struct draft_field *field, void *owner);

enum draft_how { HOW_READ, HOW_ACCEPTED, HOW_CHANGED };

/* What is known about one field: as read, and what people did with it. */
struct draft_mark {
    int sure;             /* per cent; 0: the document does not state it */
    int page;             /* 0: unknown */
    int64_t from, to;     /* source blocks, from 1; 0: unknown */
    const char *original; /* as the document has it, where the reader guessed other letters; NULL: not repaired */
    enum draft_how how;
    int64_t by, at;       /* the person who accepted or changed it, and when; 0: nobody */
    const char *other;    /* what a second person wrote meanwhile: waits for a choice; NULL: nothing */
    int64_t other_by;
};

struct draft_task {
    int64_t key;                   /* stays when tasks before it come or go */
    int64_t base;                  /* key of the task it was split from; its own otherwise */
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
    struct draft_mark marks[DRAFT_MOST_FIELDS]; /* in the order of draft_task_fields */
};

/* A wording that a person matched with a unit: kept, so that it can be learned. */
struct draft_choice {
    const char *wording;
    int64_t unit;
};

struct plan_draft {
    const char *number, *agency, *parent_agency, *title;
    const char *day;      /* as typed; 22/9/2026 after reading; "" when none */
    const char *year;     /* as typed */
    const char *bases;    /* one a line: "Kế hoạch số 74/KH-SYT ngày 09/3/2026 của Sở Y tế …" */
    const char *recipients; /* one a line */
    const char *signer_prefix, *signer_title, *signer_name;
    const char *leader, *approver; /* ids of persons, for tasks that name nobody; "" when not chosen */
    unsigned doubts;
    bool damaged;
    struct draft_mark marks[DRAFT_MOST_FIELDS]; /* in the order of draft_head_fields */
    struct draft_task *tasks;
    size_t count;
    int64_t next_key;     /* for the next task that is added */
    struct draft_choice *choices;
    size_t choice_count, choice_capacity;
};

/* From the JSON of a reading or a saved draft. BROKEN when it is not what draft_to_json made. */
enum err draft_from_json(struct ctx *c, const char *json, struct plan_draft *draft);
/* Back, into the JSON it came from: what people cannot edit (citations, sections, places) is kept. Arena text. */
char *draft_to_json(struct ctx *c, const char *json, const struct plan_draft *draft);

/* Reads task->time_raw anew with the plan's year and day; an unknown wording gives SCHEDULE_NONE and a doubt. */
void draft_read_time(struct ctx *c, const struct plan_draft *draft, struct draft_task *task);
/* Year of the plan: what was typed, else the day's year, else this year. */
int draft_year(struct ctx *c, const struct plan_draft *draft);
/* The day; false when none is given or it is no real day. */
bool draft_day(const struct plan_draft *draft, int64_t *when);

/* Sets the bits of doubts from the marks; to be called after a mark changed. */
void draft_weigh(struct plan_draft *draft);
/* Whether a person should look at this field: read with doubt and not accepted, or two people disagree. */
bool draft_doubtful(const struct draft_mark *mark);

/* The parts of a text between the given end signs, trimmed, without empty ones. */
size_t draft_parts(struct arena *a, const char *text, const char *ends, const char ***parts);
#define DRAFT_UNITS_END ";\n"

/* The unit that a person chose for the wording; 0: none. */
int64_t draft_chosen(const struct plan_draft *draft, const char *wording);
/* unit 0 takes the choice back. */
void draft_choose(struct ctx *c, struct plan_draft *draft, const char *wording, int64_t unit);

/* NULL when there is no task of that key. */
struct draft_task *draft_task_of(const struct plan_draft *draft, int64_t key);
/* Changes of the list; index from 0. False when there is no such task or no room. */
bool draft_add_task(struct ctx *c, struct plan_draft *draft);
bool draft_insert_task(struct plan_draft *draft, size_t index, const struct draft_task *task);
bool draft_remove_task(struct plan_draft *draft, size_t index);
/* A copy after it, with the same block, units, time and products: two duties that stand in one item. */
bool draft_split_task(struct ctx *c, struct plan_draft *draft, size_t index);
