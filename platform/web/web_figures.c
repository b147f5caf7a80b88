/* Counters, and /metrics in the text form of Prometheus. */
#include "platform/web/web_internal.h"
#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static const double bounds[FIGURE_BUCKETS] = { 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5 };

uint64_t figures_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec;
}

void figures_count(struct figures *f, unsigned status, uint64_t nanoseconds)
{
    int bucket = 0;
    double seconds = (double)nanoseconds / 1e9;
    while (bucket < FIGURE_BUCKETS && seconds > bounds[bucket])
        bucket++;
    atomic_fetch_add_explicit(&f->classes[status / 100 < 6 ? status / 100 : 0], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&f->buckets[bucket], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&f->nanoseconds, nanoseconds, memory_order_relaxed);
}

static void durations(struct buffer *b, struct figures *f)
{
    uint64_t total = 0;
    buffer_add(b, "# TYPE sauro_request_seconds histogram\n");
    for (int i = 0; i < FIGURE_BUCKETS; i++) {
        total += atomic_load(&f->buckets[i]);
        buffer_printf(b, "sauro_request_seconds_bucket{le=\"%g\"} %" PRIu64 "\n", bounds[i], total);
    }
    total += atomic_load(&f->buckets[FIGURE_BUCKETS]);
    buffer_printf(b, "sauro_request_seconds_bucket{le=\"+Inf\"} %" PRIu64 "\n", total);
    buffer_printf(b, "sauro_request_seconds_sum %.6f\nsauro_request_seconds_count %" PRIu64 "\n",
                  (double)atomic_load(&f->nanoseconds) / 1e9, total);
}

static long resident_bytes(void)
{
    long pages = 0;
    FILE *f = fopen("/proc/self/statm", "re");
    if (f == NULL)
        return 0;
    if (fscanf(f, "%*d %ld", &pages) != 1)
        pages = 0;
    fclose(f);
    return pages * sysconf(_SC_PAGESIZE);
}

static void figure(struct buffer *b, const char *name, const char *type, uint64_t value)
{
    buffer_printf(b, "# TYPE sauro_%s %s\nsauro_%s %" PRIu64 "\n", name, type, name, value);
}

char *figures_text(struct web *web, struct arena *a)
{
    struct buffer b = { .arena = a };
    struct figures *f = &web->figures;
    struct db_figures db = { 0 };
    db_figures(web->db, &db);
    buffer_add(&b, "# TYPE sauro_requests_total counter\n");
    for (int i = 1; i < 6; i++)
        buffer_printf(&b, "sauro_requests_total{class=\"%dxx\"} %" PRIu64 "\n", i, atomic_load(&f->classes[i]));
    durations(&b, f);
    int64_t active = atomic_load(&f->active);
    figure(&b, "requests_in_flight", "gauge", active > 0 ? (uint64_t)active : 0);
    figure(&b, "kept_pages_served_total", "counter", atomic_load(&f->kept));
    figure(&b, "busy_answers_total", "counter", atomic_load(&f->busy));
    figure(&b, "slow_parts_waiting", "gauge", (uint64_t)pool_waiting(web->slow));
    figure(&b, "db_commits_total", "counter", db.commits);
    figure(&b, "db_writes_total", "counter", db.writes);
    figure(&b, "db_reads_total", "counter", db.reads);
    figure(&b, "db_failures_total", "counter", db.failures);
    figure(&b, "db_waiting_writes", "gauge", db.waiting_writes);
    figure(&b, "db_waiting_reads", "gauge", db.waiting_reads);
    figure(&b, "memory_resident_bytes", "gauge", (uint64_t)resident_bytes());
    figure(&b, "uptime_seconds", "gauge", (figures_now() - f->started) / 1000000000U);
    return b.text;
}
