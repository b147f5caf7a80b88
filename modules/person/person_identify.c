/* Who asks: the session cookie of a request. */
#include "modules/person/person_own.h"
#include "person_queries.h"
#include "platform/base/text.h"
#include <inttypes.h>
#include <string.h>

/* Where somebody may go who must first change the password or set up the second factor. */
static bool is_own_account(const char *path)
{
    return strcmp(path, "/tai-khoan") == 0 || text_starts(path, "/tai-khoan/") || strcmp(path, "/dang-xuat") == 0 ||
           strcmp(path, "/dang-nhap") == 0;
}

/* Reading writes nothing, so a session's idle time counts from the last form that was sent. */
static void touch(struct request *r, const struct session *s, const char *cookie)
{
    struct ctx *c = r->c;
    if (s->remember || c->now - s->seen_at < SESSION_TOUCH || !db_can_write(c))
        return;
    int64_t end = c->now + SESSION_IDLE, latest = s->started_at + SESSION_LONGEST;
    sql_person_touch_session(c, s->id, c->now, end < latest ? end : latest);
    set_cookie(r, session_cookie, cookie, SESSION_IDLE);
}

/*
 * Forms of somebody signed in are bound to the person, not to the session: after signing in anew, a form that was
 * filled in before can still be sent. What the text lacks in secrecy the server's key adds.
 */
const char *person_identify(struct request *r)
{
    struct ctx *c = r->c;
    struct session s;
    const char *cookie = request_cookie(r, session_cookie);
    c->granted = ANYONE;
    if (!person_session_read(c, cookie, &s))
        return NULL;
    bool held = s.must_change || s.owes_factor;
    if (s.waiting || (held && !is_own_account(r->path)))
        return cookie; /* nobody as yet: the sign-in page sends them where they must go */
    c->person = s.person;
    c->unit = s.unit;
    c->granted = ANYONE | SIGNED_IN | (held ? 0 : s.granted);
    touch(r, &s, cookie);
    return arena_printf(c->arena, "person %" PRId64, s.person);
}
