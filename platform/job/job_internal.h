/* What the runner's files share: one job's life, and the schedules. */
#pragma once
#include "platform/job/job.h"

/*
 * A claim lasts JOB_LEASE seconds and is renewed while its process lives; so a job whose process was
 * killed is tried again after at most that long.
 */
enum { JOB_LEASE = 60, JOB_RENEW = 20, JOB_TRIES = 5, JOB_KEPT = 30 * 86400 };

struct job_runner {
    struct db *db;
    const struct job_kind *const *kinds;
    const char *data_dir;
    char claimer[33]; /* this run of this process */
};

void job_runner_init(struct job_runner *r, struct db *db, const struct job_kind *const *kinds, const char *data_dir);
/* Adds the rows of the slots that `now` lies in. */
enum err job_add_slots(struct job_runner *r, int64_t now);
/* The next moment at which a schedule's slot begins; INT64_MAX: there is no schedule. */
int64_t job_next_slot(const struct job_runner *r, int64_t now);
/* When something in the table is due; 0: nothing waits. */
enum err job_next_due(struct job_runner *r, int64_t *due);
/* Claims and runs one due job to its end. *ran: false when none was to be had. */
enum err job_run_one(struct job_runner *r, int64_t now, bool *ran);
enum err job_renew(struct job_runner *r, int64_t now);
