/* Durable queue and schedules: work that survives kill -9 and is done once in effect. */
#pragma once
#include "platform/base/ctx.h"
#include "platform/db/db.h"

struct job_kind {
    const char *name;    /* "plan.read" */
    const char *title;   /* Vietnamese, for the administrator's list */
    /* Slow part, without a transaction; may be NULL. Leaves its result in *found (arena). It may run
     * again when its process is killed, so it changes nothing that a second run would double. */
    enum err (*work)(struct ctx *c, const char *payload, void **found);
    /* In one write transaction together with the record that the job is done; may be NULL. */
    enum err (*finish)(struct ctx *c, const char *payload, void *found);
    int tries;           /* at most; 0: 5. Waits 10 s, 1 min, 10 min, 1 h … between */
    int64_t every;       /* seconds between runs of a schedule, counted from midnight in Viet Nam; its payload
                            is ""; 0: only when added. A slot missed while no server ran is not made up for. */
};

/* Adds in the current transaction: it exists exactly when that commits. not_before: a moment.
 * The payload is emptied when the job is done; done jobs are forgotten after a month. An error that
 * outcome_of() calls no use trying again gives the job up at once. */
enum err job_add(struct ctx *c, const char *kind, const char *payload, int64_t not_before);

struct jobs;
/* kinds: array of tables, each ending with { 0 }; the list ends with NULL. Starts `threads` workers. */
struct jobs *jobs_start(struct db *db, const struct job_kind *const *kinds, int threads, const char *data_dir);
void jobs_stop(struct jobs *jobs);
/* Runs what is due at `now` on the caller's thread until nothing is; for tests and commands. */
enum err jobs_run_due(struct db *db, const struct job_kind *const *kinds, int64_t now, const char *data_dir);
/* The queue's own kinds, run beside those given; for a list of titles. Ends with { 0 }. */
extern const struct job_kind job_own_kinds[];
/* Puts a job that was given up back into the queue. NOT_FOUND: no such job. */
enum err job_retry(struct ctx *c, int64_t job);
