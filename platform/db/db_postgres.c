/* PostgreSQL. */
#include "platform/db/db_internal.h"

static struct db_session *open_session(struct ctx *c, struct db *db, bool reads_only)
{
    (void)db, (void)reads_only;
    fail(c, BROKEN, db_says_broken, "not yet");
    return NULL;
}
const struct db_engine db_postgres = { .open = open_session };
