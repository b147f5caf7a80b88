/* sauro audit verify. */
#include "modules/audit/audit.h"
#include <inttypes.h>
#include <stdio.h>

static enum err seal(struct ctx *c, void *arg)
{
    (void)arg;
    return audit_seal(c);
}

static enum err check(struct ctx *c, void *arg)
{
    return audit_verify(c, arg);
}

/* A broken trail is what BROKEN means to the caller of a command: exit code 6. */
static enum err run_verify(struct command_run *r)
{
    struct audit_finding f;
    struct ctx *c = r->c;
    if (db_write(r->db, c, seal, NULL) != OK || db_read(r->db, c, check, &f) != OK)
        return c->err;
    if (f.broken_row != 0)
        return fail(c, BROKEN,
                    arena_printf(c->arena, "Nhật ký đã bị sửa: dòng %" PRId64 " không còn khớp.", f.broken_row),
                    "row %" PRId64, f.broken_row);
    if (f.broken_seal != 0)
        return fail(c, BROKEN,
                    arena_printf(c->arena,
                                 "Nhật ký đã bị sửa: niêm phong số %" PRId64 " thiếu dòng, thừa dòng hoặc đã đổi.",
                                 f.broken_seal),
                    "seal %" PRId64, f.broken_seal);
    printf("Nhật ký nguyên vẹn: %" PRId64 " dòng, %" PRId64 " niêm phong. Niêm phong cuối: %s\n", f.rows, f.seals,
           f.last_hash);
    return OK;
}

const struct command audit_commands[] = {
    { "audit verify", "", "Kiểm tra nhật ký có bị sửa không", true, run_verify },
    { 0 },
};
