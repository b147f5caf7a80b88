/* The worker threads: asleep until something is due, or until a commit of this process added a job. */
#include "platform/base/clock.h"
#include "platform/base/log.h"
#include "platform/job/job_internal.h"
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LONGEST_SLEEP = 15 }; /* seconds; other processes add jobs too */

struct jobs {
    struct job_runner runner;
    char *data_dir;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    uint64_t nudges;    /* grows whenever a worker should look again */
    int64_t slots_from; /* schedules are in the table for moments before this one */
    int running;
    bool ending;
    int threads;
    pthread_t renewer;
    pthread_t thread[];
};

static void nudged(void *arg)
{
    struct jobs *jobs = arg;
    pthread_mutex_lock(&jobs->lock);
    jobs->nudges++;
    pthread_cond_broadcast(&jobs->wake);
    pthread_mutex_unlock(&jobs->lock);
}

/* Under the lock: sleeps at most so long, less when nudged past `seen` or ended. */
static void sleep_at_most(struct jobs *jobs, int64_t seconds, uint64_t seen)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += seconds;
    while (!jobs->ending && jobs->nudges == seen)
        if (pthread_cond_timedwait(&jobs->wake, &jobs->lock, &until) == ETIMEDOUT)
            return;
}

/* Adds the slots once per slot and process; the table sees to it that it is once for all processes. */
static bool add_slots(struct jobs *jobs, int64_t now)
{
    pthread_mutex_lock(&jobs->lock);
    bool mine = now >= jobs->slots_from;
    if (mine)
        jobs->slots_from = job_next_slot(&jobs->runner, now);
    pthread_mutex_unlock(&jobs->lock);
    if (!mine || job_add_slots(&jobs->runner, now) == OK)
        return true;
    pthread_mutex_lock(&jobs->lock);
    jobs->slots_from = 0;
    pthread_mutex_unlock(&jobs->lock);
    return false;
}

static void count_running(struct jobs *jobs, int by)
{
    pthread_mutex_lock(&jobs->lock);
    jobs->running += by;
    pthread_mutex_unlock(&jobs->lock);
}

/* Seconds until there may be something to do; 0: look again at once. */
static int64_t look(struct jobs *jobs)
{
    int64_t now = clock_now(), due = 0;
    bool ran = false;
    if (!add_slots(jobs, now) || job_next_due(&jobs->runner, &due) != OK)
        return LONGEST_SLEEP;
    if (due != 0 && due <= now) {
        count_running(jobs, 1);
        enum err err = job_run_one(&jobs->runner, now, &ran);
        count_running(jobs, -1);
        return err == OK ? 0 : LONGEST_SLEEP;
    }
    int64_t until = job_next_slot(&jobs->runner, now);
    if (due != 0 && due < until)
        until = due;
    return until - now < LONGEST_SLEEP ? until - now : LONGEST_SLEEP;
}

static void *serve(void *arg)
{
    struct jobs *jobs = arg;
    pthread_mutex_lock(&jobs->lock);
    while (!jobs->ending) {
        uint64_t seen = jobs->nudges;
        pthread_mutex_unlock(&jobs->lock);
        int64_t seconds = look(jobs);
        pthread_mutex_lock(&jobs->lock);
        if (seconds > 0)
            sleep_at_most(jobs, seconds, seen);
    }
    pthread_mutex_unlock(&jobs->lock);
    return NULL;
}

/* Keeps the claims of this process alive while its jobs run. */
static void *renew(void *arg)
{
    struct jobs *jobs = arg;
    struct timespec until;
    pthread_mutex_lock(&jobs->lock);
    while (!jobs->ending) {
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_sec += JOB_RENEW;
        while (!jobs->ending && pthread_cond_timedwait(&jobs->wake, &jobs->lock, &until) != ETIMEDOUT)
            continue;
        if (jobs->running == 0)
            continue;
        pthread_mutex_unlock(&jobs->lock);
        job_renew(&jobs->runner, clock_now());
        pthread_mutex_lock(&jobs->lock);
    }
    pthread_mutex_unlock(&jobs->lock);
    return NULL;
}

static void start_thread(pthread_t *thread, const char *name, void *(*run)(void *), struct jobs *jobs)
{
    if (pthread_create(thread, NULL, run, jobs) != 0) {
        log_line(LOG_ERROR, "job.start", "cannot start a thread");
        abort();
    }
    pthread_setname_np(*thread, name);
}

struct jobs *jobs_start(struct db *db, const struct job_kind *const *kinds, int threads, const char *data_dir)
{
    struct jobs *jobs = calloc(1, sizeof *jobs + (size_t)threads * sizeof jobs->thread[0]);
    if (jobs == NULL)
        abort();
    jobs->data_dir = data_dir == NULL ? NULL : strdup(data_dir);
    job_runner_init(&jobs->runner, db, kinds, jobs->data_dir);
    pthread_condattr_t clock;
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_mutex_init(&jobs->lock, NULL);
    pthread_cond_init(&jobs->wake, &clock);
    pthread_condattr_destroy(&clock);
    db_listen(db, nudged, jobs);
    start_thread(&jobs->renewer, "job-renew", renew, jobs);
    for (jobs->threads = 0; jobs->threads < threads; jobs->threads++)
        start_thread(&jobs->thread[jobs->threads], "job", serve, jobs);
    return jobs;
}

void jobs_stop(struct jobs *jobs)
{
    db_listen(jobs->runner.db, NULL, NULL);
    pthread_mutex_lock(&jobs->lock);
    jobs->ending = true;
    pthread_cond_broadcast(&jobs->wake);
    pthread_mutex_unlock(&jobs->lock);
    for (int i = 0; i < jobs->threads; i++)
        pthread_join(jobs->thread[i], NULL);
    pthread_join(jobs->renewer, NULL);
    pthread_cond_destroy(&jobs->wake);
    pthread_mutex_destroy(&jobs->lock);
    free(jobs->data_dir);
    free(jobs);
}
