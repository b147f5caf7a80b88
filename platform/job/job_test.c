#include "job_queries.h"
#include "platform/base/clock.h"
#include "platform/db/db_trial.h"
#include "platform/job/job_internal.h"
#include "platform/web/embedded.h"
#include <semaphore.h>
#include <time.h>

/* What the kinds below do is seen in table trial: one word for each effect. */
static struct {
    struct db *db;
    int worked, fails; /* runs of the slow part; how many of them still fail */
    sem_t finished;
} bench;

static enum err slow(struct ctx *c, const char *payload, void **found)
{
    bench.worked++;
    if (bench.fails > 0) {
        bench.fails--;
        return fail(c, BROKEN, "Máy chủ thư chưa trả lời.", "on purpose");
    }
    *found = arena_printf(c->arena, "found %s", payload);
    return OK;
}

static enum err write_word(struct ctx *c, const char *payload, void *found)
{
    query_int(c, &trial_insert, &(union query_value){ .text = found == NULL ? payload : found });
    sem_post(&bench.finished);
    return c->err;
}

static enum err write_and_break(struct ctx *c, const char *payload, void *found)
{
    write_word(c, payload, found);
    return fail(c, BROKEN, "Đĩa hỏng.", "on purpose");
}

static enum err refuse(struct ctx *c, const char *payload, void **found)
{
    (void)payload, (void)found;
    return fail(c, INVALID, "Tệp không đọc được.", "on purpose");
}

static enum err claim_for_other(struct ctx *c, void *arg)
{
    static const struct query steal = { "steal", "UPDATE job SET claimed_by = 'other'", "", QUERY_CHANGES, -1, true };
    (void)arg;
    query_changes(c, &steal, NULL);
    return c->err;
}

/* So slow that its claim ended, and another process took it over. */
static enum err lose_claim(struct ctx *c, const char *payload, void **found)
{
    (void)payload, (void)found;
    return db_write(bench.db, c, claim_for_other, NULL);
}

static enum err tick(struct ctx *c, const char *payload, void *found)
{
    (void)payload, (void)found;
    return write_word(c, arena_printf(c->arena, "tick %d", (int)query_int(c, &trial_count, NULL)), NULL);
}

static const struct job_kind some[] = {
    { .name = "trial.slow", .title = "Việc thử", .work = slow, .finish = write_word, .tries = 3 },
    { .name = "trial.quick", .title = "Việc nhanh", .finish = write_word },
    { .name = "trial.break", .title = "Việc hỏng", .finish = write_and_break },
    { .name = "trial.refuse", .title = "Việc sai", .work = refuse },
    { .name = "trial.lose", .title = "Việc mất lượt", .work = lose_claim, .finish = write_word },
    { 0 },
};
static const struct job_kind daily[] = { { .name = "trial.tick", .title = "Hằng ngày", .finish = tick, .every = 86400 },
                                         { 0 } };
static const struct job_kind *const kinds[] = { some, NULL };
static const struct job_kind *const kinds_with_schedule[] = { some, daily, NULL };

struct order {
    const char *kind, *payload;
    int64_t not_before;
    bool refused;
};

static enum err add(struct ctx *c, void *arg)
{
    const struct order *order = arg;
    job_add(c, order->kind, order->payload, order->not_before);
    return order->refused ? fail(c, INVALID, "Không nhận.", "on purpose") : c->err;
}

static void add_job(struct db *db, const char *kind, const char *payload)
{
    struct order order = { kind, payload, test_now, false };
    CHECK_INT(db_write(db, test_ctx(), add, &order), OK);
}

static void run_at(struct db *db, int64_t now)
{
    CHECK_INT(jobs_run_due(db, kinds, now, test_folder()), OK);
}

static enum err list(struct ctx *c, void *arg)
{
    *(struct rows **)arg = sql_job_list(c);
    return c->err;
}

/* A cell of the one job that is not the platform's own. */
static const char *of_job(struct db *db, const char *column)
{
    struct rows *rows = NULL;
    CHECK_INT(db_read(db, test_ctx(), list, &rows), OK);
    for (int i = 0; i < rows->count; i++)
        if (strncmp(cell(rows, i, "kind"), "trial.", 6) == 0)
            return cell(rows, i, column);
    return NULL;
}

static void on_each(void (*run)(struct db *db, const char *url))
{
    static struct db_schema schemas[3];
    schemas[0] = trial_schemas[0];
    for (const struct db_schema *s = module_schemas; s->module != NULL; s++)
        if (strcmp(s->module, "job") == 0)
            schemas[1] = *s;
    sem_init(&bench.finished, 0, 0);
    trial_on_each(schemas, run);
}

static void start(struct db *db, int fails)
{
    bench.db = db;
    bench.worked = 0;
    bench.fails = fails;
}

static void run_once(struct db *db, const char *url)
{
    (void)url;
    start(db, 0);
    struct order order = { "trial.slow", "never", test_now, true };
    CHECK_INT(db_write(db, test_ctx(), add, &order), INVALID);
    order = (struct order){ "trial.slow", "a", test_now + 100, false };
    CHECK_INT(db_write(db, test_ctx(), add, &order), OK);
    run_at(db, test_now + 99);
    CHECK_INT(trial_rows(db), 0);
    run_at(db, test_now + 100);
    run_at(db, test_now + 5000);
    CHECK_INT(trial_rows(db), 1);
    CHECK_INT(bench.worked, 1);
    CHECK_TEXT(of_job(db, "state"), "done");
}

TEST_PLAIN(a_job_exists_when_its_transaction_commits_and_runs_once)
{
    on_each(run_once);
}

static enum err retry_it(struct ctx *c, void *arg)
{
    int64_t *job = arg;
    return job_retry(c, *job);
}

static void try_again(struct db *db, const char *url)
{
    (void)url;
    start(db, 3);
    add_job(db, "trial.slow", "a");
    run_at(db, test_now);
    CHECK_TEXT(of_job(db, "state"), "waiting");
    run_at(db, test_now + 9);
    CHECK_INT(bench.worked, 1);
    run_at(db, test_now + 10);
    CHECK_INT(bench.worked, 2);
    run_at(db, test_now + 10 + 59);
    CHECK_INT(bench.worked, 2);
    run_at(db, test_now + 10 + 60);
    CHECK_INT(bench.worked, 3);
    CHECK_TEXT(of_job(db, "state"), "given_up");
    CHECK_TEXT(of_job(db, "last_error"), "Máy chủ thư chưa trả lời. (on purpose)");
    run_at(db, test_now + 90000);
    CHECK_INT(bench.worked, 3);
    int64_t job = 0;
    CHECK_INT(db_write(db, test_ctx(), retry_it, &job), NOT_FOUND);
    CHECK(text_int(of_job(db, "id"), &job));
    CHECK_INT(db_write(db, test_ctx(), retry_it, &job), OK);
    run_at(db, test_now);
    CHECK_INT(trial_rows(db), 1);
    CHECK_TEXT(of_job(db, "state"), "done");
    CHECK_INT(db_write(db, test_ctx(), retry_it, &job), NOT_FOUND);
}

TEST_PLAIN(a_failing_job_is_tried_again_later_and_given_up_in_the_end)
{
    on_each(try_again);
}

static void nothing_half(struct db *db, const char *url)
{
    (void)url;
    start(db, 0);
    add_job(db, "trial.break", "a");
    run_at(db, test_now);
    CHECK_INT(trial_rows(db), 0);
    CHECK_TEXT(of_job(db, "state"), "waiting");
}

TEST_PLAIN(a_job_that_fails_at_its_end_leaves_nothing)
{
    on_each(nothing_half);
}

static void hopeless(struct db *db, const char *url)
{
    (void)url;
    start(db, 0);
    add_job(db, "trial.refuse", "a");
    run_at(db, test_now);
    CHECK_TEXT(of_job(db, "state"), "given_up");
    CHECK_INT(
        cell_int(&(struct rows){ 1, 1, (const char *const[]){ "n" }, (const char *[]){ of_job(db, "tries") } }, 0, "n"),
        1);
    add_job(db, "trial.unknown", "b");
    run_at(db, test_now);
    CHECK_TEXT(of_job(db, "state"), "given_up");
}

TEST_PLAIN(a_job_that_no_other_try_can_help_is_given_up_at_once)
{
    on_each(hopeless);
}

static enum err claim_and_die(struct ctx *c, void *arg)
{
    (void)arg;
    CHECK_INT(sql_job_claim(c, "killed", c->now + JOB_LEASE, c->now)->count, 1);
    return c->err;
}

static void killed(struct db *db, const char *url)
{
    (void)url;
    start(db, 0);
    add_job(db, "trial.quick", "a");
    CHECK_INT(db_write(db, test_ctx(), claim_and_die, NULL), OK);
    run_at(db, test_now + JOB_LEASE - 1);
    CHECK_INT(trial_rows(db), 0);
    run_at(db, test_now + JOB_LEASE);
    CHECK_INT(trial_rows(db), 1);
    add_job(db, "trial.slow", "deadly");
    for (int i = 0; i < 3; i++) {
        CHECK_INT(db_write(db, test_ctx(), claim_and_die, NULL), OK);
        test_now += JOB_LEASE;
    }
    run_at(db, test_now);
    CHECK_INT(trial_rows(db), 1);
    CHECK_TEXT(of_job(db, "state"), "given_up");
}

TEST_PLAIN(the_job_of_a_killed_process_is_tried_again_but_not_for_ever)
{
    on_each(killed);
}

static void late(struct db *db, const char *url)
{
    (void)url;
    start(db, 0);
    add_job(db, "trial.lose", "a");
    run_at(db, test_now);
    CHECK_INT(trial_rows(db), 0);
    CHECK_TEXT(of_job(db, "state"), "running"); /* the other's */
}

TEST_PLAIN(who_finishes_after_losing_the_claim_has_no_effect)
{
    on_each(late);
}

static void once_a_day(struct db *db, const char *url)
{
    (void)url;
    start(db, 0);
    for (int day = 0; day < 2; day++)
        for (int server = 0; server < 2; server++)
            CHECK_INT(jobs_run_due(db, kinds_with_schedule, test_now + day * 86400, NULL), OK);
    CHECK_INT(trial_rows(db), 2);
    CHECK_INT(jobs_run_due(db, kinds_with_schedule, day_start(day_of_moment(test_now) + 2) - 1, NULL), OK);
    CHECK_INT(trial_rows(db), 2);
    CHECK_INT(jobs_run_due(db, kinds_with_schedule, day_start(day_of_moment(test_now) + 2), NULL), OK);
    CHECK_INT(trial_rows(db), 3);
}

TEST_PLAIN(a_schedule_runs_once_a_slot_whatever_the_number_of_servers)
{
    on_each(once_a_day);
}

static void tidied(struct db *db, const char *url)
{
    (void)url;
    start(db, 0);
    add_job(db, "trial.quick", "a");
    run_at(db, test_now);
    run_at(db, test_now + JOB_KEPT - 86400);
    CHECK(of_job(db, "id") != NULL);
    run_at(db, test_now + JOB_KEPT + 86400);
    CHECK(of_job(db, "id") == NULL);
}

TEST_PLAIN(done_jobs_are_forgotten_after_a_month)
{
    on_each(tidied);
}

static void by_threads(struct db *db, const char *url)
{
    (void)url;
    enum { JOBS = 60 };
    start(db, 0);
    char names[JOBS][16];
    struct jobs *one = jobs_start(db, kinds_with_schedule, 3, test_folder());
    struct jobs *other = jobs_start(db, kinds_with_schedule, 3, NULL);
    for (int i = 0; i < JOBS; i++) {
        snprintf(names[i], sizeof names[i], "job %d", i);
        add_job(db, "trial.quick", names[i]);
    }
    for (int i = 0; i < JOBS + 1; i++)
        sem_wait(&bench.finished);
    jobs_stop(one);
    jobs_stop(other);
    CHECK_INT(trial_rows(db), JOBS + 1);
    CHECK(sem_trywait(&bench.finished) != 0); /* no finish ran twice */
}

TEST_PLAIN(threads_of_two_servers_share_the_jobs)
{
    on_each(by_threads);
}

static void woken(struct db *db, const char *url)
{
    (void)url;
    start(db, 0);
    struct jobs *jobs = jobs_start(db, kinds, 1, NULL);
    char name[16];
    bool in_time = true;
    for (int i = 0; i < 20 && in_time; i++) { /* by itself a worker looks every 15 seconds */
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += 10;
        snprintf(name, sizeof name, "job %d", i);
        add_job(db, "trial.quick", name);
        in_time = sem_timedwait(&bench.finished, &until) == 0;
    }
    jobs_stop(jobs);
    CHECK(in_time);
    CHECK_INT(trial_rows(db), 20);
}

TEST_PLAIN(a_sleeping_worker_is_woken_by_a_new_job)
{
    on_each(woken);
}
