#include "platform/base/ctx.h"
#include <stdlib.h>

static const struct outcome outcomes[] = {
    [OK] = { 200, 0, false },        [INVALID] = { 422, 2, false },  [FORBIDDEN] = { 403, 3, false },
    [NOT_FOUND] = { 404, 4, false }, [CONFLICT] = { 409, 5, false }, [BROKEN] = { 503, 6, true },
};

struct outcome outcome_of(enum err err)
{
    return outcomes[err];
}

void ctx_open(struct ctx *c, int64_t now)
{
    *c = (struct ctx){ .arena = arena_new(CTX_ARENA_CAP), .now = now };
}

void ctx_close(struct ctx *c)
{
    arena_free(c->arena);
    *c = (struct ctx){ 0 };
}

void ctx_forget(struct ctx *c)
{
    c->err = OK;
    c->message = c->detail = NULL;
    c->fields = NULL;
}

enum err fail(struct ctx *c, enum err err, const char *message, const char *detail, ...)
{
    if (c->err != OK)
        return c->err;
    va_list values;
    va_start(values, detail);
    c->detail = arena_vprintf(c->arena, detail, values);
    va_end(values);
    c->message = message;
    return c->err = err;
}

enum err invalid(struct ctx *c, const char *field, const char *message, ...)
{
    if (c->err != OK && c->err != INVALID)
        return c->err;
    va_list values;
    va_start(values, message);
    struct field_error *e = arena_alloc(c->arena, sizeof *e);
    *e = (struct field_error){ .field = field, .message = arena_vprintf(c->arena, message, values) };
    va_end(values);
    struct field_error **end = &c->fields;
    while (*end != NULL)
        end = &(*end)->next;
    *end = e;
    if (c->err == OK) {
        c->err = INVALID;
        c->message = e->message;
        c->detail = arena_printf(c->arena, "field %s", field);
    }
    return c->err;
}
