/* Backup and restore. */
#include "platform/db/db_internal.h"

enum err db_backup(struct ctx *c, const char *url, const char *file)
{
    (void)url, (void)file;
    return fail(c, BROKEN, db_says_broken, "not yet");
}
enum err db_restore(struct ctx *c, const char *url, const char *file)
{
    (void)url, (void)file;
    return fail(c, BROKEN, db_says_broken, "not yet");
}
