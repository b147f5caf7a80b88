#include "platform/base/file.h"
#include <stdio.h>

void *file_read(struct arena *a, const char *path, size_t most, size_t *size)
{
    FILE *file = fopen(path, "rbe");
    if (file == NULL)
        return NULL;
    char *bytes = NULL;
    size_t capacity = 0;
    size_t length = 0;
    size_t got;
    do {
        bytes = arena_grow(a, bytes, 1, &capacity, length + 65536 + 1);
        got = fread(bytes + length, 1, capacity - length - 1, file);
        length += got;
    } while (got > 0 && length <= most);
    int failed = ferror(file);
    fclose(file);
    if (failed != 0 || length > most)
        return NULL;
    bytes[length] = '\0';
    *size = length;
    return bytes;
}
