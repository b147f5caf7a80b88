/* Between the files that fill the review page. */
#pragma once
#include "modules/plan/plan_form.h"
#include "modules/unit/unit.h"

/* What the units' wordings were matched with, for the eye: names, or what was not found. */
struct units_shown {
    const char *text;
    const char *found;
    const char *missing;
};

/* Leads of many tasks are worded alike: each wording is looked up once, and names come with the tree. */
struct units_seen {
    const struct plan_draft *draft;
    int64_t agency, when;
    const struct rows *tree;
    struct unit_world *world; /* NULL until a wording asks for it */
    struct units_shown *known;
    size_t count, capacity;
    struct { /* wordings that match nothing for sure, or that a person chose a unit for */
        const char *wording;
        int64_t unit;                   /* chosen; 0: none */
        const struct unit_match *match; /* NULL when it is chosen */
    } *open;
    size_t open_count, open_capacity;
};
struct units_seen units_seen_start(struct ctx *c, const struct plan_import *import);
struct units_shown units_show(struct ctx *c, struct units_seen *seen, const char *text);
/*
 * Puts rows "strangers" (wordings without a sure unit), "likely" (what they may mean) and "units" (names to choose from);
 * for who may add units rows "kinds" and "parents".
 */
void units_put_open(struct request *r, const struct units_seen *seen);
/* The unit that the form describes beside the n-th stranger; errors as unit_add. */
enum err units_add_new(struct request *r, int64_t n, int64_t *unit);

/* How sure each blade is while reviewing; what counts as clear in a task is decided by view task_six later. */
struct blades {
    const char *state[6];
    int clear;
    const char *label;
};
struct blades blades_of(struct arena *a, const struct plan_draft *draft, const struct draft_task *t,
                        const struct units_shown *leads);

/* Puts rows "unclear" and "unclear_tasks": what is still missing by the six rõ. blades: one for each task. */
void summary_put(struct request *r, const struct plan_draft *draft, const struct blades *blades);
/* Puts rows "reviewers" (who is there), "recent" (last changes), "above" (how many a bulk would accept), text can_undo. */
void summary_put_people(struct request *r, const struct plan_import *import, const struct rows *people);
