/* Appending, sealing and checking the trail. */
#include "modules/audit/audit.h"
#include "audit_queries.h"
#include "platform/base/log.h"
#include "platform/base/text.h"
#include <inttypes.h>
#include <sodium.h>
#include <string.h>

enum { SEAL_BATCH = 2000 };

static const char *hex_of(struct arena *a, crypto_hash_sha256_state *state)
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_final(state, digest);
    return text_hex(a, digest, sizeof digest);
}

/* Each part with its length before it, so that no two contents read the same. */
static void hash_part(crypto_hash_sha256_state *state, const char *text)
{
    char length[24];
    int digits = snprintf(length, sizeof length, "%zu:", strlen(text));
    crypto_hash_sha256_update(state, (const unsigned char *)length, (size_t)digits);
    crypto_hash_sha256_update(state, (const unsigned char *)text, strlen(text));
}

static void hash_number(crypto_hash_sha256_state *state, int64_t number)
{
    char text[24];
    snprintf(text, sizeof text, "%" PRId64, number);
    hash_part(state, text);
}

struct deed {
    int64_t person, unit, object, at;
    const char *remote, *action, *kind, *summary;
};

static const char *content_hash(struct arena *a, const struct deed *d)
{
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    hash_number(&state, d->person);
    hash_number(&state, d->unit);
    hash_part(&state, d->remote);
    hash_part(&state, d->action);
    hash_part(&state, d->kind);
    hash_number(&state, d->object);
    hash_part(&state, d->summary);
    hash_number(&state, d->at);
    return hex_of(a, &state);
}

enum err audit_note(struct ctx *c, const char *action, const char *kind, int64_t id, const char *summary)
{
    struct deed d = { c->person, c->unit, id, c->now, c->remote == NULL ? "" : c->remote, action, kind, summary };
    sql_audit_insert(c, d.person, d.unit, d.remote, action, kind, id, summary, d.at, content_hash(c->arena, &d));
    return c->err;
}

static enum err seal_batch(struct ctx *c, int64_t *taken)
{
    const struct rows *last = sql_audit_last_seal(c);
    int64_t seal = last->count == 0 ? 1 : cell_int(last, 0, "seal") + 1;
    *taken = sql_audit_take(c, seal);
    if (*taken == 0)
        return c->err;
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    hash_part(&state, last->count == 0 ? "" : cell(last, 0, "hash"));
    const struct rows *rows = sql_audit_taken(c, seal);
    for (int i = 0; i < rows->count; i++) {
        hash_part(&state, cell(rows, i, "id"));
        hash_part(&state, cell(rows, i, "hash"));
    }
    const char *hash = hex_of(c->arena, &state);
    sql_audit_insert_seal(c, seal, rows->count, hash, c->now);
    if (c->err == OK)
        log_line(LOG_INFO, "audit.seal", "seal %" PRId64 " over %d rows is %s", seal, rows->count, hash);
    return c->err;
}

enum err audit_seal(struct ctx *c)
{
    int64_t taken = SEAL_BATCH;
    while (taken == SEAL_BATCH && c->err == OK)
        seal_batch(c, &taken);
    return c->err;
}

/* ---- checking ---- */

struct walk {
    struct arena *scratch; /* given back after each row */
    struct audit_finding *finding;
    int64_t seal;          /* being read; 0 before the first */
    int64_t entries, seen; /* of it */
    char wanted[80];       /* its hash as stored */
    char previous[80];     /* hash of the seal before */
    crypto_hash_sha256_state state;
    bool stopped;
};

static void keep(char *to, size_t size, const char *text)
{
    snprintf(to, size, "%s", text == NULL ? "" : text);
}

static void stop_at(struct walk *w, int64_t row, int64_t seal)
{
    if (w->stopped)
        return;
    w->stopped = true;
    w->finding->broken_row = row;
    w->finding->broken_seal = seal;
}

/* The seal read to its end must be what its rows give. */
static void end_seal(struct walk *w)
{
    if (w->seal == 0 || w->stopped)
        return;
    const char *got = hex_of(w->scratch, &w->state);
    if (w->seen != w->entries || strcmp(got, w->wanted) != 0) {
        stop_at(w, 0, w->seal);
        return;
    }
    keep(w->previous, sizeof w->previous, w->wanted);
    w->finding->seals++;
    w->finding->last_hash = w->previous;
}

static void begin_seal(struct walk *w, const struct rows *row)
{
    end_seal(w);
    int64_t seal = cell_int(row, 0, "seal");
    if (seal != w->seal + 1 || cell(row, 0, "seal_hash") == NULL)
        stop_at(w, seal == w->seal + 1 ? cell_int(row, 0, "id") : 0, w->seal + 1);
    w->seal = seal;
    w->seen = 0;
    w->entries = cell_int(row, 0, "entries");
    keep(w->wanted, sizeof w->wanted, cell(row, 0, "seal_hash"));
    crypto_hash_sha256_init(&w->state);
    hash_part(&w->state, w->previous);
}

static bool row_is_sound(struct arena *a, const struct rows *row)
{
    struct deed d = { cell_int(row, 0, "person"), cell_int(row, 0, "unit"), cell_int(row, 0, "object"),
                      cell_int(row, 0, "at"),     cell(row, 0, "remote"),   cell(row, 0, "action"),
                      cell(row, 0, "kind"),       cell(row, 0, "summary") };
    return strcmp(content_hash(a, &d), cell(row, 0, "hash")) == 0;
}

static enum err walk_row(struct ctx *c, const struct rows *row, void *arg)
{
    (void)c;
    struct walk *w = arg;
    arena_free(w->scratch);
    w->scratch = arena_new(1 << 20);
    if (w->stopped)
        return OK;
    if (cell_int(row, 0, "seal") != w->seal)
        begin_seal(w, row);
    if (!row_is_sound(w->scratch, row))
        stop_at(w, cell_int(row, 0, "id"), w->seal);
    hash_part(&w->state, cell(row, 0, "id"));
    hash_part(&w->state, cell(row, 0, "hash"));
    w->seen++;
    w->finding->rows++;
    return OK;
}

static enum err walk_unsealed(struct ctx *c, const struct rows *row, void *arg)
{
    (void)c;
    struct walk *w = arg;
    arena_free(w->scratch);
    w->scratch = arena_new(1 << 20);
    if (!row_is_sound(w->scratch, row))
        stop_at(w, cell_int(row, 0, "id"), 0);
    w->finding->unsealed++;
    return OK;
}

enum err audit_verify(struct ctx *c, struct audit_finding *finding)
{
    *finding = (struct audit_finding){ .last_hash = "" };
    struct walk w = { .scratch = arena_new(1 << 20), .finding = finding };
    sql_audit_sealed(c, walk_row, &w);
    end_seal(&w);
    /* A seal whose rows are all gone is found by the count: the last one that has rows must be the last there is. */
    const struct rows *last = sql_audit_last_seal(c);
    if (last->count > 0 && cell_int(last, 0, "seal") != w.seal)
        stop_at(&w, 0, w.seal + 1);
    sql_audit_unsealed(c, walk_unsealed, &w);
    finding->last_hash = arena_copy(c->arena, finding->last_hash);
    arena_free(w.scratch);
    return c->err;
}

static enum err seal_job(struct ctx *c, const char *payload, void *found)
{
    (void)payload, (void)found;
    return audit_seal(c);
}

const struct job_kind audit_jobs[] = {
    { .name = "audit.seal", .title = "Niêm phong nhật ký", .finish = seal_job, .every = 5 },
    { 0 },
};
