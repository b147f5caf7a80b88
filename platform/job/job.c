/* A job's life: added, claimed, worked, finished together with its mark, or tried again later. */
#include "job_queries.h"
#include "platform/base/clock.h"
#include "platform/base/log.h"
#include "platform/base/text.h"
#include "platform/job/job_internal.h"
#include <inttypes.h>
#include <sodium.h>
#include <string.h>

struct item {
    struct job_runner *runner;
    const struct job_kind *kind; /* NULL: this program does not know it */
    const char *kind_name, *payload;
    int64_t id, tries;
    void *found;
    /* of a failure */
    const char *state, *error;
    int64_t not_before;
};

/* ---- the platform's own schedule ---- */

static enum err tidy(struct ctx *c, const char *payload, void *found)
{
    (void)payload, (void)found;
    sql_job_delete_done(c, c->now - JOB_KEPT);
    return c->err;
}

const struct job_kind job_own_kinds[] = {
    { .name = "job.tidy", .title = "Dọn danh sách việc nền đã xong", .finish = tidy, .every = 86400 },
    { 0 },
};

static const struct job_kind *next_kind(const struct job_runner *r, int *table, const struct job_kind *last)
{
    const struct job_kind *kind = last == NULL ? job_own_kinds : last + 1;
    while (kind->name == NULL) {
        kind = r->kinds[(*table)++];
        if (kind == NULL)
            return NULL;
    }
    return kind;
}

static const struct job_kind *find_kind(const struct job_runner *r, const char *name)
{
    int table = 0;
    const struct job_kind *kind = NULL;
    while ((kind = next_kind(r, &table, kind)) != NULL)
        if (strcmp(kind->name, name) == 0)
            return kind;
    return NULL;
}

void job_runner_init(struct job_runner *r, struct db *db, const struct job_kind *const *kinds, const char *data_dir)
{
    unsigned char number[16];
    *r = (struct job_runner){ .db = db, .kinds = kinds, .data_dir = data_dir };
    randombytes_buf(number, sizeof number);
    sodium_bin2hex(r->claimer, sizeof r->claimer, number, sizeof number);
}

/* ---- adding ---- */

enum err job_add(struct ctx *c, const char *kind, const char *payload, int64_t not_before)
{
    sql_job_insert(c, kind, payload, not_before, c->now);
    if (c->err == OK)
        db_nudge(c);
    return c->err;
}

enum err job_retry(struct ctx *c, int64_t job)
{
    if (sql_job_retry(c, c->now, job) == 0)
        return fail(c, NOT_FOUND, "Không có việc nền nào như vậy đang dừng. Xin tải lại danh sách.", "job %" PRId64,
                    job);
    db_nudge(c);
    return c->err;
}

/* ---- schedules: slots begin at midnight in Viet Nam and every so many seconds from there ---- */

static int64_t slot_of(const struct job_kind *kind, int64_t now)
{
    return (now - day_start(0)) / kind->every;
}

static int64_t slot_start(const struct job_kind *kind, int64_t slot)
{
    return slot * kind->every + day_start(0);
}

static enum err add_slots(struct ctx *c, void *arg)
{
    struct job_runner *r = arg;
    int table = 0;
    const struct job_kind *kind = NULL;
    while ((kind = next_kind(r, &table, kind)) != NULL) {
        if (kind->every == 0)
            continue;
        int64_t slot = slot_of(kind, c->now);
        sql_job_insert_slot(c, kind->name, slot, slot_start(kind, slot), c->now);
    }
    return c->err;
}

enum err job_add_slots(struct job_runner *r, int64_t now)
{
    struct ctx c;
    ctx_open(&c, now);
    enum err err = db_write(r->db, &c, add_slots, r);
    ctx_close(&c);
    return err;
}

int64_t job_next_slot(const struct job_runner *r, int64_t now)
{
    int64_t next = INT64_MAX;
    int table = 0;
    const struct job_kind *kind = NULL;
    while ((kind = next_kind(r, &table, kind)) != NULL) {
        int64_t start = kind->every == 0 ? INT64_MAX : slot_start(kind, slot_of(kind, now) + 1);
        if (start < next)
            next = start;
    }
    return next;
}

/* ---- looking ---- */

static enum err read_due(struct ctx *c, void *arg)
{
    int64_t *due = arg;
    *due = sql_job_next_due(c);
    return c->err;
}

enum err job_next_due(struct job_runner *r, int64_t *due)
{
    struct ctx c;
    ctx_open(&c, 0);
    enum err err = db_read(r->db, &c, read_due, due);
    ctx_close(&c);
    return err;
}

/* Stretches every claim of this process. */
static enum err renew(struct ctx *c, void *arg)
{
    struct job_runner *r = arg;
    sql_job_renew(c, c->now + JOB_LEASE, r->claimer);
    return c->err;
}

enum err job_renew(struct job_runner *r, int64_t now)
{
    struct ctx c;
    ctx_open(&c, now);
    enum err err = db_write(r->db, &c, renew, r);
    ctx_close(&c);
    return err;
}

/* ---- one job ---- */

static enum err claim(struct ctx *c, void *arg)
{
    struct item *item = arg;
    const struct rows *rows = sql_job_claim(c, item->runner->claimer, c->now + JOB_LEASE, c->now);
    if (rows->count == 0)
        return c->err;
    item->id = cell_int(rows, 0, "id");
    item->tries = cell_int(rows, 0, "tries");
    item->kind_name = cell(rows, 0, "kind");
    item->payload = cell(rows, 0, "payload");
    item->kind = find_kind(item->runner, item->kind_name);
    return c->err;
}

/* What the job does and the mark that it is done stand or fall together: that is "once in effect". */
static enum err finish(struct ctx *c, void *arg)
{
    struct item *item = arg;
    if (item->kind->finish != NULL && item->kind->finish(c, item->payload, item->found) != OK)
        return c->err;
    if (sql_job_done(c, c->now, item->id, item->runner->claimer, item->tries) == 0)
        return fail(c, CONFLICT, "Việc nền này đã được một máy chủ khác làm thay.", "job %" PRId64 " was taken over",
                    item->id);
    return c->err;
}

static enum err mark_failed(struct ctx *c, void *arg)
{
    struct item *item = arg;
    sql_job_failed(c, item->state, item->not_before, item->error, item->id, item->runner->claimer, item->tries);
    return c->err;
}

static int most_tries(const struct job_kind *kind)
{
    return kind->tries > 0 ? kind->tries : JOB_TRIES;
}

static int64_t wait_before(int64_t tries)
{
    static const int64_t waits[] = { 10, 60, 600, 3600 };
    int64_t most = sizeof waits / sizeof waits[0];
    return waits[(tries < most ? tries : most) - 1];
}

/* why: the ctx in which it failed; its arena still holds the item. */
static enum err put_back(struct item *item, const struct ctx *why)
{
    struct ctx c;
    ctx_open(&c, why->now);
    bool again = outcome_of(why->err).retry && item->kind != NULL && item->tries < most_tries(item->kind);
    item->state = again ? "waiting" : "given_up";
    item->not_before = why->now + wait_before(item->tries);
    item->error = arena_printf(c.arena, "%s (%s)", why->message, why->detail);
    log_line(again ? LOG_WARN : LOG_ERROR, "job.failed", "%s %" PRId64 ", try %" PRId64 ", %s: %s", item->kind_name,
             item->id, item->tries, item->state, why->detail);
    enum err err = db_write(item->runner->db, &c, mark_failed, item);
    ctx_close(&c);
    return err;
}

static enum err do_work(struct ctx *c, struct item *item)
{
    if (item->kind == NULL)
        return fail(c, NOT_FOUND, "Chương trình này không biết loại việc này. Xin cập nhật chương trình.",
                    "unknown kind of job");
    if (item->tries > most_tries(item->kind)) /* each try ended with the process */
        return fail(c, NOT_FOUND, "Việc này lần nào cũng làm máy chủ dừng giữa chừng.",
                    "the process died in every try");
    enum err err = item->kind->work == NULL ? OK : item->kind->work(c, item->payload, &item->found);
    if (err != OK)
        return fail(c, err, "Việc này không làm được mà không rõ lý do.", "the work ended with error %d and no reason",
                    (int)err);
    return db_write(item->runner->db, c, finish, item);
}

enum err job_run_one(struct job_runner *r, int64_t now, bool *ran)
{
    struct ctx c;
    ctx_open(&c, now);
    c.data_dir = r->data_dir;
    struct item item = { .runner = r };
    enum err err = db_write(r->db, &c, claim, &item);
    *ran = err == OK && item.id != 0;
    if (*ran && do_work(&c, &item) != OK)
        err = put_back(&item, &c);
    ctx_close(&c);
    return err;
}

enum err jobs_run_due(struct db *db, const struct job_kind *const *kinds, int64_t now, const char *data_dir)
{
    struct job_runner r;
    job_runner_init(&r, db, kinds, data_dir);
    enum err err = job_add_slots(&r, now);
    for (bool ran = true; err == OK && ran;)
        err = job_run_one(&r, now, &ran);
    return err;
}
