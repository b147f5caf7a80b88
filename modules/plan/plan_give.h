/* From a task of a draft to a task that is given out: its units found in the tree, its products, time and people. */
#pragma once
#include "modules/plan/plan.h"
#include "modules/task/task.h"
#include "modules/unit/unit.h"

struct plan_giving {
    const struct plan_draft *draft;   /* for what people chose for its wordings */
    const struct plan_people *people; /* for tasks that name nobody */
    int64_t plan, unit, when;         /* when: the tree's day */
    int64_t signed_day;               /* before which nothing recurs; 0: not given */
    struct unit_world *world;         /* the tree, loaded once for all wordings; NULL until one asks */
};

/* position: order in the plan, from 1. Texts are borrowed from the task. A failed look-up is in c->err. */
struct task_draft plan_give(struct ctx *c, struct plan_giving *g, size_t position, const struct draft_task *task);
