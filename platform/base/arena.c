#include "platform/base/arena.h"
#include "platform/base/log.h"
#include <assert.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Under the address sanitizer each allocation has a forbidden gap behind it, as malloc would give it. */
#if defined __has_feature
#if __has_feature(address_sanitizer)
#define GUARDED 1
#endif
#elif defined __SANITIZE_ADDRESS__
#define GUARDED 1
#endif
#ifdef GUARDED
#include <sanitizer/asan_interface.h>
enum { GAP = 16 };
static void forbid(const void *from, size_t size)
{
    __asan_poison_memory_region(from, size);
}
static void permit(const void *from, size_t size)
{
    __asan_unpoison_memory_region(from, size);
}
#else
enum { GAP = 0 };
static void forbid(const void *from, size_t size)
{
    (void)from, (void)size;
}
static void permit(const void *from, size_t size)
{
    (void)from, (void)size;
}
#endif

enum { FIRST_BLOCK = 8 * 1024, LARGEST_STEP = 1024 * 1024, ALIGNMENT = alignof(max_align_t) };

struct chunk {
    struct chunk *before;
    size_t size;
    alignas(max_align_t) char bytes[];
};

struct arena {
    struct chunk *last;
    size_t at; /* in last->bytes */
    size_t held;
    size_t used;
    size_t cap;
};

static void *allocate(size_t size)
{
    void *memory = calloc(1, size);
    if (memory == NULL) {
        log_line(LOG_ERROR, "memory.out", "%zu bytes wanted", size);
        abort();
    }
    return memory;
}

struct arena *arena_new(size_t cap)
{
    struct arena *a = allocate(sizeof *a);
    a->cap = cap;
    return a;
}

void arena_free(struct arena *a)
{
    if (a == NULL)
        return;
    for (struct chunk *c = a->last; c != NULL;) {
        struct chunk *before = c->before;
        permit(c->bytes, c->size);
        free(c);
        c = before;
    }
    free(a);
}

static void add_chunk(struct arena *a, size_t least)
{
    size_t size = a->last == NULL ? FIRST_BLOCK : a->last->size * 2;
    if (size > LARGEST_STEP)
        size = LARGEST_STEP;
    if (size < least)
        size = least;
    if (a->held + size > a->cap) {
        log_line(LOG_ERROR, "arena.cap", "%zu bytes wanted beyond the cap of %zu", size, a->cap);
        abort();
    }
    struct chunk *c = allocate(sizeof *c + size);
    c->before = a->last;
    c->size = size;
    forbid(c->bytes, size);
    a->last = c;
    a->at = 0;
    a->held += size;
}

void *arena_alloc(struct arena *a, size_t size)
{
    assert(size < SIZE_MAX / 2);
    size_t whole = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (whole == 0)
        whole = ALIGNMENT;
    if (a->last == NULL || a->last->size - a->at < whole + GAP)
        add_chunk(a, whole + GAP);
    void *memory = a->last->bytes + a->at;
    permit(memory, size);
    a->at += whole + GAP;
    a->used += whole;
    return memory;
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
    assert(size == 0 || count < SIZE_MAX / 2 / size);
    return arena_alloc(a, count * size);
}

void *arena_grow(struct arena *a, void *array, size_t size, size_t *capacity, size_t need)
{
    if (need <= *capacity)
        return array;
    size_t larger = *capacity < 8 ? 8 : *capacity * 2;
    if (larger < need)
        larger = need;
    void *moved = arena_array(a, larger, size);
    if (*capacity > 0)
        memcpy(moved, array, *capacity * size);
    *capacity = larger;
    return moved;
}

char *arena_copy(struct arena *a, const char *text)
{
    return text == NULL ? NULL : arena_copy_n(a, text, strlen(text));
}

char *arena_copy_n(struct arena *a, const char *text, size_t length)
{
    char *copy = arena_alloc(a, length + 1);
    if (length > 0)
        memcpy(copy, text, length);
    return copy;
}

char *arena_printf(struct arena *a, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    char *text = arena_vprintf(a, format, values);
    va_end(values);
    return text;
}

char *arena_vprintf(struct arena *a, const char *format, va_list values)
{
    va_list again;
    va_copy(again, values);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    assert(length >= 0);
    char *text = arena_alloc(a, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, values);
    return text;
}
