/* The invented agency that unit tests stand in. */
#pragma once
#include "platform/base/ctx.h"
#include "platform/db/db.h"

enum { FIXTURE_NOW = 1773972000 }; /* 2026-03-20T09:00:00+07:00 */
#define FIXTURE_PASSWORD "bon-mua-song-huong" /* of every account */

/* Units and people, committed; the process ends with a sentence when that fails. */
void fixture_fill(struct db *db);
/* Makes c the context of the person with this login. */
void fixture_sign_in(struct ctx *c, const char *login);
/* Creates an empty database on the server and returns its URL. server: URL with %s where the name goes. */
const char *fixture_fresh_postgres(struct arena *a, const char *server, int number);
