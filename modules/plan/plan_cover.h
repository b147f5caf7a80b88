/* The plan above: which plan it is, which of its tasks concern this unit, and what the unit answers to each. */
#pragma once
#include "modules/plan/plan_cover_match.h"
#include "platform/base/ctx.h"
#include "platform/db/db.h"
#include "platform/web/web.h"

enum { COVER_REASON_LONGEST = 1000, COVER_MOST = 500 /* tasks of one plan that are laid beside another's */ };

/* A document number for comparing: "074 /KH – SYT" and "74/KH-SYT" give the same. "" for none. Arena. */
const char *plan_number_key(struct arena *a, const char *number);

/*
 * Links plans by their bases: the given one with those above it, and those below that were confirmed before it.
 * Number and day agree, or, where one of them has no day, number, issuer and year; the issuer's unit stands above the
 * other's on the administrative or professional line as it was on the plan's day. What a person decided stays.
 */
enum err plan_above_find(struct ctx *c, int64_t plan);
/* NOT_FOUND: no such plan above. FORBIDDEN: neither coordinator nor leader. INVALID ("above"): not of a unit above. */
enum err plan_above_set(struct ctx *c, int64_t plan, int64_t above);
/* Says that it is not the plan above; answers stay, and count again when it is set again. */
enum err plan_above_cut(struct ctx *c, int64_t plan, int64_t above);

enum cover_answer { ANSWER_NONE, ANSWER_TAKEN, ANSWER_MERGED, ANSWER_REFUSED };
const char *cover_answer_code(enum cover_answer answer); /* "taken"; "" for none */

/* A task of either side. */
struct cover_task {
    int64_t id;
    const char *no, *heading, *title, *time, *leads, *products; /* time, leads and products as worded, "" none */
    bool lead; /* of the plan above: the unit leads it, not only takes part */
};

/* A task of the plan above that concerns the unit. */
struct cover_line {
    struct cover_task task;
    size_t index;                /* left in `matching` */
    enum match_kind kind;
    const struct cover_task *like; /* the one of ours that is most like it, or NULL */
    int score;
    enum cover_answer answer;    /* NONE also when the task that answered it was ended */
    bool ended;                  /* it was answered by a task that has been ended since */
    int64_t own;                 /* our task, 0 for a refusal */
    const char *own_no, *own_title, *reason, *person_name;
    int64_t at, answered_in;     /* plan */
};

struct cover {
    int64_t plan, above, unit;
    const struct rows *above_row; /* sql_plan_one of the plan above */
    struct cover_line *lines;
    size_t count, answered, same; /* same: unanswered ones with the same wording here */
    struct cover_task *ours;
    size_t our_count;
    bool *added;                  /* of ours: like nothing above, and answers nothing */
    struct matching matching;     /* lines against ours */
};

/* above 0: the first one linked. NOT_FOUND: no such plan within reach, or none above it. */
enum err plan_cover_load(struct ctx *c, int64_t plan, int64_t above, struct cover **cover);

/*
 * Answers. NOT_FOUND: no such plan in reach, or the task is of no plan above it. FORBIDDEN: neither coordinator nor
 * leader of the unit. An earlier answer is replaced; the audit keeps both.
 */
/* own: the task of this plan that is it; 0: one is made here after it, which the unit itself proves until somebody is
 * named. *made: that task. INVALID ("own"): no task of this plan. */
enum err plan_answer_take(struct ctx *c, int64_t plan, int64_t task, int64_t own, int64_t *made);
/* INVALID ("own"): no task of this plan. */
enum err plan_answer_merge(struct ctx *c, int64_t plan, int64_t task, int64_t own);
/* INVALID ("reason"): none given. */
enum err plan_answer_refuse(struct ctx *c, int64_t plan, int64_t task, const char *reason);
enum err plan_answer_clear(struct ctx *c, int64_t plan, int64_t task);
/* Takes over every unanswered task that stands here in the same words. *count: how many. */
enum err plan_answer_same(struct ctx *c, int64_t plan, int64_t above, int64_t *count);

/* How many tasks of the plans above concern the unit of a plan, and how many of them are answered. */
struct cover_count {
    int64_t all, answered;
};
struct cover_count plan_cover_count(struct ctx *c, int64_t plan, int64_t unit);

/* Puts rows plans_above and plans_below, and texts cover_all, cover_answered and cover_open of a plan's page. */
void plan_put_cover(struct request *r, int64_t plan, int64_t unit);

/* ---- seen from above: units below × tasks ---- */

enum matrix_state { MATRIX_NOT_THEIRS, MATRIX_OWED, MATRIX_TAKEN, MATRIX_MERGED, MATRIX_REFUSED };

struct matrix_unit {
    int64_t id, plan;            /* plan: of the unit, that rests on this one; 0: none yet */
    const char *name, *plan_number;
    int64_t concerned, answered; /* tasks */
    size_t row;                  /* in matrix.named */
};

struct matrix_task {
    int64_t id, position;
    const char *no, *title;
    bool for_all; /* meant for everybody below */
};

struct matrix {
    struct matrix_unit *units;   /* agencies directly below that c->person reaches: a unit sees only itself */
    size_t unit_count;
    struct matrix_task *tasks;
    size_t task_count;
    bool *named;                 /* unit by unit: is the task theirs? */
};

/* Figures of all units; `row` of a unit finds its line in `named` when units are left out. NOT_FOUND: no such plan within reach. */
enum err plan_matrix_load(struct ctx *c, int64_t plan, struct matrix **matrix);
/* States of units from..from+units and tasks first..first+tasks, row by row. Arena. */
enum matrix_state *plan_matrix_cells(struct ctx *c, int64_t plan, const struct matrix *matrix, size_t from, size_t units, size_t first, size_t tasks);

/* Handlers of /ke-hoach/:id/ma-tran and its spreadsheet. */
enum err plan_matrix_show(struct request *r);
enum err plan_matrix_sheet(struct request *r);

/* Handlers of /ke-hoach/:id/doi-chieu. */
enum err plan_cover_show(struct request *r);
enum err plan_cover_post(struct request *r);
/* Of /ke-hoach/:id/cap-tren: sets or cuts the link. */
enum err plan_above_post(struct request *r);
