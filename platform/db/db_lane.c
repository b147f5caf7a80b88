/* Queues of works and the threads that serve them, each thread with a connection of its own. */
#include "platform/base/log.h"
#include "platform/db/db_internal.h"
#include <assert.h>
#include <stdlib.h>

enum { LONGEST = 20000 }; /* works that may wait: beyond it a caller hears "busy" at once */

struct server {
    struct db_lane *lane;
    struct db_session *session;
    pthread_t thread;
};

struct db_lane {
    struct db *db;
    bool reads_only;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct db_work *first, *last;
    int waiting;
    int asleep;
    bool ending;
    int threads; /* as many as shall run */
    int count;   /* that do */
    struct server servers[];
};

/* ---- one work ---- */

enum err db_work_run(struct db_work *work)
{
    struct ctx *c = work->c;
    if (c->err != OK)
        return c->err;
    enum err err = work->run(c, work->arg);
    if (err != OK)
        fail(c, err, db_says_broken, "the work ended with error %d and no reason", (int)err);
    return c->err;
}

void db_work_serve(struct db_session *s, struct db_work *work)
{
    struct ctx *c = work->c;
    const struct db_engine *engine = s->db->engine;
    if (engine->begin(c, s) == OK) {
        c->db = s;
        enum err err = db_work_run(work);
        c->db = NULL;
        if (err != OK)
            engine->rollback(s);
        else if (engine->commit(c, s) == OK && !s->reads_only)
            db_committed(s);
    }
}

void db_committed(struct db_session *s)
{
    struct db *db = s->db;
    atomic_fetch_add(&db->commits, 1);
    atomic_fetch_add(&db->version, 1);
    if (!s->nudged)
        return;
    s->nudged = false;
    pthread_mutex_lock(&db->listen_lock);
    if (db->listen != NULL)
        db->listen(db->listen_arg);
    pthread_mutex_unlock(&db->listen_lock);
}

void db_work_done(struct db *db, struct db_work *work)
{
    if (work->c->err == BROKEN)
        atomic_fetch_add(&db->failures, 1);
    if (work->done != NULL)
        work->done(work);
}

/* ---- the queue ---- */

/* A thread's fair share of the queue, at most `most` works, in their order; NULL when the lane ends. */
static struct db_work *take(struct db_lane *lane, int most)
{
    pthread_mutex_lock(&lane->lock);
    while (lane->first == NULL && !lane->ending) {
        lane->asleep++;
        pthread_cond_wait(&lane->wake, &lane->lock);
        lane->asleep--;
    }
    struct db_work *list = lane->first, *end = list;
    if (most > lane->waiting / lane->threads)
        most = lane->waiting / lane->threads;
    for (int i = 1; end != NULL; i++, end = end->next) {
        lane->waiting--;
        if (i >= most || end->next == NULL)
            break;
    }
    if (end != NULL) {
        lane->first = end->next;
        end->next = NULL;
    }
    pthread_mutex_unlock(&lane->lock);
    return list;
}

static void *serve(void *arg)
{
    struct server *me = arg;
    struct db_lane *lane = me->lane;
    struct db *db = lane->db;
    int most = lane->reads_only ? 1 : db->engine->most_writes;
    for (struct db_work *list; (list = take(lane, most)) != NULL;) {
        if (!lane->reads_only) {
            db->engine->serve_writes(me->session, list);
            continue;
        }
        atomic_fetch_add(&db->read_count, 1);
        db_work_serve(me->session, list);
        db_work_done(db, list);
    }
    return NULL;
}

struct db_lane *db_lane_start(struct ctx *c, struct db *db, bool reads_only, int threads)
{
    struct db_lane *lane = calloc(1, sizeof *lane + (size_t)threads * sizeof lane->servers[0]);
    if (lane == NULL)
        abort();
    lane->db = db;
    lane->reads_only = reads_only;
    lane->threads = threads;
    pthread_mutex_init(&lane->lock, NULL);
    pthread_cond_init(&lane->wake, NULL);
    for (int i = 0; i < threads; i++) {
        struct server *server = &lane->servers[i];
        server->lane = lane;
        server->session = db->engine->open(c, db, reads_only);
        if (server->session == NULL) {
            db_lane_stop(lane);
            return NULL;
        }
        if (pthread_create(&server->thread, NULL, serve, server) != 0) {
            log_line(LOG_ERROR, "db.thread", "cannot start a database thread");
            abort();
        }
        pthread_setname_np(server->thread, reads_only ? "db-read" : "db-write");
        lane->count++;
    }
    return lane;
}

bool db_lane_add(struct db_lane *lane, struct db_work *work)
{
    work->next = NULL;
    pthread_mutex_lock(&lane->lock);
    bool room = lane->waiting < LONGEST && !lane->ending;
    if (room) {
        if (lane->first == NULL)
            lane->first = work;
        else
            lane->last->next = work;
        lane->last = work;
        lane->waiting++;
    }
    bool wake = room && lane->asleep > 0;
    pthread_mutex_unlock(&lane->lock);
    if (wake)
        pthread_cond_signal(&lane->wake);
    return room;
}

uint64_t db_lane_waiting(struct db_lane *lane)
{
    pthread_mutex_lock(&lane->lock);
    int waiting = lane->waiting;
    pthread_mutex_unlock(&lane->lock);
    return (uint64_t)waiting;
}

void db_lane_stop(struct db_lane *lane)
{
    if (lane == NULL)
        return;
    pthread_mutex_lock(&lane->lock);
    lane->ending = true;
    pthread_cond_broadcast(&lane->wake);
    pthread_mutex_unlock(&lane->lock);
    for (int i = 0; i < lane->count; i++) {
        pthread_join(lane->servers[i].thread, NULL);
        lane->db->engine->close(lane->servers[i].session);
    }
    pthread_mutex_destroy(&lane->lock);
    pthread_cond_destroy(&lane->wake);
    free(lane);
}

bool db_submit_write(struct db *db, struct db_work *work)
{
    assert(work->c->db == NULL);
    return db_lane_add(db->writes, work);
}

bool db_submit_read(struct db *db, struct db_work *work)
{
    assert(work->c->db == NULL);
    return db_lane_add(db->reads, work);
}

/* ---- waiting for the end ---- */

struct waiter {
    struct db_work work;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool ended;
};

static void ended(struct db_work *work)
{
    struct waiter *w = (struct waiter *)work; /* its first member */
    pthread_mutex_lock(&w->lock);
    w->ended = true;
    pthread_cond_signal(&w->wake);
    pthread_mutex_unlock(&w->lock);
}

static enum err submit_and_wait(struct db_lane *lane, struct ctx *c, enum err (*run)(struct ctx *, void *), void *arg)
{
    assert(c->db == NULL);
    if (c->err != OK)
        return c->err;
    struct waiter w = { .work = { .c = c, .run = run, .done = ended, .arg = arg } };
    pthread_mutex_init(&w.lock, NULL);
    pthread_cond_init(&w.wake, NULL);
    if (db_lane_add(lane, &w.work)) {
        pthread_mutex_lock(&w.lock);
        while (!w.ended)
            pthread_cond_wait(&w.wake, &w.lock);
        pthread_mutex_unlock(&w.lock);
    } else {
        fail(c, BROKEN, db_says_busy, "too many works wait");
    }
    pthread_cond_destroy(&w.wake);
    pthread_mutex_destroy(&w.lock);
    return c->err;
}

enum err db_write(struct db *db, struct ctx *c, enum err (*run)(struct ctx *, void *), void *arg)
{
    return submit_and_wait(db->writes, c, run, arg);
}

enum err db_read(struct db *db, struct ctx *c, enum err (*run)(struct ctx *, void *), void *arg)
{
    return submit_and_wait(db->waited, c, run, arg);
}
