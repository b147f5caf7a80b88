/* Memory that is given back whole: one arena per request, command, job item or test. */
#pragma once
#include <stdarg.h>
#include <stddef.h>

struct arena;

/* cap: most bytes it may ever hold; an allocation beyond it ends the process with a log line,
 * so readers of outside data must bound their input first. Never NULL. */
struct arena *arena_new(size_t cap);

/* Gives everything back. NULL is allowed. */
void arena_free(struct arena *a);

/* Zeroed, aligned for any type, never NULL; lives as long as the arena. */
void *arena_alloc(struct arena *a, size_t size);

/* arena_alloc(a, count * size), safe against overflow. */
void *arena_array(struct arena *a, size_t count, size_t size);

/* Grows an array made by arena_array to hold at least `need` items; *capacity is updated.
 * The old memory stays in the arena. Returns the array, perhaps moved. */
void *arena_grow(struct arena *a, void *array, size_t size, size_t *capacity, size_t need);

char *arena_copy(struct arena *a, const char *text);                  /* NULL stays NULL */
char *arena_copy_n(struct arena *a, const char *text, size_t length); /* adds the final NUL */
char *arena_printf(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *format, va_list values)
    __attribute__((format(printf, 2, 0)));

