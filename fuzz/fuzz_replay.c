/* What fuzzing found once must never come back: each kept input goes through its target again. */
#include "fuzz/fuzz.h"
#include <dirent.h>

static int replay_folder(const char *folder, fuzz_entry *entry)
{
    DIR *d = opendir(folder);
    int count = 0;
    for (struct dirent *one; d != NULL && (one = readdir(d)) != NULL;) {
        if (one->d_name[0] == '.')
            continue;
        struct arena *a = arena_new(CTX_ARENA_CAP);
        size_t size = 0;
        char *bytes = test_file(a, arena_printf(a, "%s/%s", folder, one->d_name), &size);
        CHECK(bytes != NULL);
        uint8_t *exact = malloc(size == 0 ? 1 : size); /* so that the sanitizer sees a step beyond it */
        memcpy(exact, bytes, size);
        entry(exact, size);
        free(exact);
        arena_free(a);
        count++;
    }
    if (d != NULL)
        closedir(d);
    return count;
}

void fuzz_replay(const char *name, fuzz_entry *entry)
{
    struct arena *a = test_ctx()->arena;
    CHECK(replay_folder(arena_printf(a, "fuzz/corpus/%s", name), entry) > 0);
    replay_folder(arena_printf(a, "fuzz/regressions/%s", name), entry);
}
