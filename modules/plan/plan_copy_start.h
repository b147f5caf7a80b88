/* This year's plan begun from last year's: its tasks with what became of them, dates moved on, as a draft for review. */
#pragma once
#include "modules/plan/plan.h"
#include "modules/plan/plan_copy.h"

/* What became of a task. */
struct past_task {
    struct stored_task task;
    bool ended;                                  /* withdrawn or stopped during the year */
    int64_t periods, done, late, missed, waiting; /* late: done after its day; missed: due, and nothing was sent */
    int64_t evidence;
};

/* NOT_FOUND: no such plan within reach. */
enum err plan_past_load(struct ctx *c, int64_t plan, struct past_task **list, size_t *count);

/*
 * Years of a text moved on: "Tháng 9/2025" is "Tháng 9/2026", "năm 2025" is "năm 2026". Numbers of documents, their
 * dates and periods such as 2021-2030 stay. Arena.
 */
const char *plan_shift_years(struct arena *a, const char *text, int year, int by);
/* Its days a year or more later, the same day of the month; what began with the old plan begins with the new one. */
struct schedule plan_shift_schedule(const struct schedule *schedule, int by, int64_t signed_day);

struct plan_beginning {
    int64_t plan;          /* from which */
    int year;              /* of the new one */
    const int64_t *tasks;  /* which to take, ids */
    size_t count;
};
/*
 * Makes the draft and its source, a Word file of it. The file is written into the folder of files, so this belongs
 * before the write transaction; plan_import_add begins the review. unit: whose plan it is.
 * FORBIDDEN: neither coordinator nor leader. INVALID: "year" (not after the plan's), "tasks" (none chosen).
 */
enum err plan_begin(struct ctx *c, const struct plan_beginning *beginning, int64_t *unit, struct plan_source *source);

/* A paper as the source of an import: written as a Word file, read for its passages, with the paper's own fields. */
enum err plan_paper_source(struct ctx *c, const struct plan_paper *paper, struct plan_source *source);

/* Handlers of /ke-hoach/:id/nam-sau. */
enum err plan_begin_show(struct request *r);
enum err plan_begin_before(struct request *r);
enum err plan_begin_run(struct request *r);
