/*
 * The review of an import, by one or several people. Fields are changed and accepted one by one: two who change
 * different fields both keep theirs; of two who change the same one, the second's wording waits beside the first's for
 * a choice. Every saving is a step, and each can take back their own last ones.
 */
#pragma once
#include "modules/plan/plan.h"

enum { REVIEW_HEAD = -1, REVIEW_HERE_SECONDS = 90 }; /* who was seen within so many seconds is there */

/* A field as it came from a form. */
struct review_edit {
    int64_t task;     /* its key, or REVIEW_HEAD */
    int field;        /* in draft_task_fields or draft_head_fields */
    const char *text; /* as typed; NULL: not in the form */
    bool accepted;    /* the person compared it with the source */
};

enum review_action {
    REVIEW_SAVE,
    REVIEW_ACCEPT_ABOVE, /* every field of at least `percent` that nobody has accepted yet */
    REVIEW_UNDO,         /* the person's own last step */
    REVIEW_ADD, REVIEW_REMOVE, REVIEW_SPLIT, /* of `task` */
    REVIEW_TAKE_OTHER, REVIEW_LEAVE_OTHER, /* of two wordings of `task`, `field` */
    REVIEW_TAKE_ORIGINAL, /* the wording as the document has it, for the guess */
};

struct review_ask {
    int64_t version; /* of the draft that the person saw */
    const struct review_edit *edits;
    size_t count;
    enum review_action action;
    int64_t task;
    int field, percent;
    const struct draft_choice *choices; /* what wordings mean from now on; unit 0: no longer */
    size_t choice_count;
};

struct review_outcome {
    int changed;  /* fields, tasks and choices that are different now */
    int clashes;  /* fields where somebody else was faster: both wordings wait for a choice */
    int kept;     /* of an undo: fields that somebody changed since, which stay */
    bool undone;  /* there was a step to take back */
    size_t index; /* of the added task, or the one it was split from */
};

/*
 * Does it, in the transaction of c; *import is what stands now. FORBIDDEN, NOT_FOUND as plan_import_get.
 * CONFLICT: no longer under review. INVALID: the list of tasks is full, or has no such task.
 */
enum err plan_review(struct ctx *c, int64_t id, const struct review_ask *ask, struct plan_import *import,
                     struct review_outcome *out);

/* Fields that REVIEW_ACCEPT_ABOVE would accept. */
int review_count_above(const struct plan_draft *draft, int percent);

/* What changed after a version: bits 1 << field. */
struct review_touched {
    unsigned head;
    unsigned tasks[DRAFT_MOST_TASKS]; /* in the order of the draft */
    bool list;                        /* tasks came or went */
};
enum err review_touched_since(struct ctx *c, const struct plan_import *import, int64_t version,
                              struct review_touched *touched);
