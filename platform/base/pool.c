#include "platform/base/pool.h"
#include "platform/base/log.h"
#include <pthread.h>
#include <stdlib.h>

struct work {
    void (*run)(void *);
    void *arg;
};

struct pool {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct work *ring;
    int longest, first, count;
    bool ending;
    int threads;
    pthread_t thread[];
};

static void *serve(void *arg)
{
    struct pool *p = arg;
    pthread_mutex_lock(&p->lock);
    for (;;) {
        while (p->count == 0 && !p->ending)
            pthread_cond_wait(&p->wake, &p->lock);
        if (p->count == 0)
            break;
        struct work work = p->ring[p->first];
        p->first = (p->first + 1) % p->longest;
        p->count--;
        pthread_mutex_unlock(&p->lock);
        work.run(work.arg);
        pthread_mutex_lock(&p->lock);
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

struct pool *pool_start(const char *name, int threads, int longest)
{
    struct pool *p = calloc(1, sizeof *p + (size_t)threads * sizeof p->thread[0]);
    struct work *ring = calloc((size_t)longest, sizeof *ring);
    if (p == NULL || ring == NULL)
        abort();
    p->ring = ring;
    p->longest = longest;
    p->threads = threads;
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->wake, NULL);
    for (int i = 0; i < threads; i++) {
        if (pthread_create(&p->thread[i], NULL, serve, p) != 0) {
            log_line(LOG_ERROR, "pool.start", "cannot start a thread of %s", name);
            abort();
        }
        pthread_setname_np(p->thread[i], name);
    }
    return p;
}

bool pool_add(struct pool *p, void (*run)(void *), void *arg)
{
    pthread_mutex_lock(&p->lock);
    bool room = p->count < p->longest && !p->ending;
    if (room) {
        p->ring[(p->first + p->count) % p->longest] = (struct work){ run, arg };
        p->count++;
        pthread_cond_signal(&p->wake);
    }
    pthread_mutex_unlock(&p->lock);
    return room;
}

void pool_stop(struct pool *p)
{
    pthread_mutex_lock(&p->lock);
    p->ending = true;
    pthread_cond_broadcast(&p->wake);
    pthread_mutex_unlock(&p->lock);
    for (int i = 0; i < p->threads; i++)
        pthread_join(p->thread[i], NULL);
    pthread_mutex_destroy(&p->lock);
    pthread_cond_destroy(&p->wake);
    free(p->ring);
    free(p);
}

int pool_waiting(struct pool *p)
{
    pthread_mutex_lock(&p->lock);
    int count = p->count;
    pthread_mutex_unlock(&p->lock);
    return count;
}
