/* Office files for tests, put together from their parts. */
#pragma once
#include <stddef.h>

struct zip_part {
    const char *name, *text;
};

/* A zip of the parts, whose list ends with a NULL name; in the test's arena. */
void *test_zip(const struct zip_part *parts, size_t *size);
