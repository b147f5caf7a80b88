/* Removes what was stored for a transaction that never committed. */
#include "document_file_queries.h"
#include "modules/document/document_file.h"
#include <dirent.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { A_DAY = 24 * 60 * 60 };

static bool old(struct ctx *c, const char *path)
{
    struct stat s;
    return stat(path, &s) == 0 && S_ISREG(s.st_mode) && s.st_mtim.tv_sec < c->now - A_DAY;
}

/* first: the two digits of the folder's name; "" for the folder above, where unfinished files stand. */
static void sweep_folder(struct ctx *c, const char *folder, const char *first)
{
    DIR *dir = opendir(folder);
    if (dir == NULL)
        return;
    for (struct dirent *entry; c->err == OK && (entry = readdir(dir)) != NULL;) {
        const char *path = arena_printf(c->arena, "%s/%s", folder, entry->d_name);
        bool unfinished = strncmp(entry->d_name, "new-", 4) == 0;
        if ((*first == '\0' && !unfinished) || !old(c, path))
            continue;
        bool known = !unfinished && sql_stored_file_known(c, arena_printf(c->arena, "%s%s", first, entry->d_name)) != 0;
        if (!known && c->err == OK)
            unlink(path);
    }
    closedir(dir);
}

enum err document_file_sweep(struct ctx *c)
{
    const char *files = arena_printf(c->arena, "%s/files", c->data_dir);
    sweep_folder(c, files, "");
    for (int i = 0; i < 256; i++) {
        const char *first = arena_printf(c->arena, "%02x", (unsigned)i);
        sweep_folder(c, arena_printf(c->arena, "%s/%s", files, first), first);
    }
    return c->err;
}

static enum err finish(struct ctx *c, const char *payload, void *found)
{
    (void)payload, (void)found;
    return document_file_sweep(c);
}

const struct job_kind document_jobs[] = {
    { .name = "document.sweep", .title = "Dọn tệp không còn dùng", .finish = finish, .every = A_DAY },
    { 0 },
};
