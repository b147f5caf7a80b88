/* A fixed number of threads that run queued work, first come first served. */
#pragma once
#include <stdbool.h>

struct pool;
/* name: shown by the system's thread list, at most 15 bytes. longest: most items that may wait. */
struct pool *pool_start(const char *name, int threads, int longest);
/* False when `longest` items wait already: the caller answers "busy". */
bool pool_add(struct pool *p, void (*run)(void *), void *arg);
/* Runs what is queued, then ends the threads. */
void pool_stop(struct pool *p);
int pool_waiting(struct pool *p);
