/* Whole files, for commands. */
#pragma once
#include "platform/base/arena.h"

/* The file's bytes and a final NUL, in the arena; NULL when it cannot be read or is larger than `most` bytes. */
void *file_read(struct arena *a, const char *path, size_t most, size_t *size);
