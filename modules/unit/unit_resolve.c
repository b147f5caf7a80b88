/* What a document's wording means in the tree: one unit, several, a set, a set without some. */
#include "modules/unit/unit.h"
#include "modules/unit/unit_match.h"
#include "platform/base/text.h"
#include "unit_queries.h"
#include <string.h>

enum { MOST_PARTS = 24 };

struct gathered {
    int64_t *units;
    size_t count, capacity;
    int worst, lost;
    bool set;
};

static void gather(struct world *w, struct gathered *g, int64_t unit)
{
    for (size_t i = 0; i < g->count; i++)
        if (g->units[i] == unit)
            return;
    g->units = arena_grow(w->c->arena, g->units, sizeof *g->units, &g->capacity, g->count + 1);
    g->units[g->count++] = unit;
}

static void gathered_score(struct gathered *g, int score_of_part)
{
    if (g->worst == 0 || score_of_part < g->worst)
        g->worst = score_of_part;
}

static bool take_set(struct world *w, struct gathered *g, const char *wording)
{
    struct set set;
    if (!match_read_set(text_key(w->c->arena, wording), &set))
        return false;
    size_t before = g->count;
    for (int i = 0; i < w->count; i++)
        if (match_in_set(&set, &w->list[i]))
            gather(w, g, w->list[i].unit);
    if (g->count == before)
        g->lost++;
    g->set = true;
    gathered_score(g, (set.meaning & WORD_VAGUE) != 0 ? FAIR : 96);
    return true;
}

struct parts {
    const char *from[MOST_PARTS], *to[MOST_PARTS];
    int count;
};

/* Cuts at , ; / line ends and " và ". */
static void cut(const char *wording, struct parts *p)
{
    const char *from = wording, *at = wording;
    while (p->count < MOST_PARTS - 1) {
        size_t skip = *at == '\0' ? 0 : strchr(",;/\n", *at) != NULL ? 1 : text_starts(at, " và ") ? strlen(" và ") : 0;
        if (skip == 0 && *at != '\0') {
            at++;
            continue;
        }
        if (at > from) {
            p->from[p->count] = from;
            p->to[p->count++] = at;
        }
        if (*at == '\0')
            return;
        from = at += skip;
    }
    p->from[p->count] = from;
    p->to[p->count++] = wording + strlen(wording);
}

/* A name may hold commas and "và" itself, so the longest run of parts that is surely known goes first. */
static void gather_parts(struct world *w, struct gathered *g, const char *wording)
{
    struct parts p = { 0 };
    cut(wording, &p);
    for (int i = 0; i < p.count;) {
        int next = i + 1;
        struct found best = { 0 };
        bool done = false;
        for (int j = p.count - 1; j >= i && !done; j--) {
            const char *text = arena_copy_n(w->c->arena, p.from[i], (size_t)(p.to[j] - p.from[i]));
            if (text_blank(text)) {
                done = true;
                break;
            }
            done = take_set(w, g, text);
            best = done ? best : match_name(w, text);
            if (!done && best.score >= (j == i ? 1 : SURE)) {
                gather(w, g, best.unit);
                gathered_score(g, best.score);
                done = true;
            }
            next = j + 1;
        }
        if (!done)
            g->lost++;
        i = next;
    }
}

/* The wording up to "trừ", and what is left out. */
static const char *without_exceptions(struct world *w, const char *wording, const char **exceptions)
{
    static const char *const marks[] = { "(trừ ", ", trừ ", " trừ ", "(ngoại trừ ", " ngoại trừ " };
    const char *lower = text_lower(w->c->arena, wording);
    *exceptions = NULL;
    if (strlen(lower) != strlen(wording))
        return wording; /* lower case moved the bytes: no Vietnamese letter does that */
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        const char *at = strstr(lower, marks[i]);
        if (at == NULL)
            continue;
        *exceptions = wording + (at - lower) + strlen(marks[i]);
        return arena_copy_n(w->c->arena, wording, (size_t)(at - lower));
    }
    return wording;
}

static void leave_out(struct world *w, struct gathered *g, const char *exceptions)
{
    struct gathered out = { 0 };
    gather_parts(w, &out, exceptions);
    size_t kept = 0;
    for (size_t i = 0; i < g->count; i++) {
        bool dropped = false;
        for (size_t k = 0; k < out.count; k++)
            dropped = dropped || out.units[k] == g->units[i];
        if (!dropped)
            g->units[kept++] = g->units[i];
    }
    g->count = kept;
    g->lost += out.lost;
    if (out.count > 0)
        gathered_score(g, out.worst);
}

static struct unit_match *judge(struct ctx *c, const struct gathered *g)
{
    struct unit_match *m = arena_alloc(c->arena, sizeof *m);
    *m = (struct unit_match){ .set = g->set, .count = g->count, .units = g->units, .confidence = g->worst };
    if (g->count == 0)
        m->confidence = 0;
    else if (g->lost > 0 && m->confidence > FAIR)
        m->confidence = FAIR;
    if (g->count > 0)
        m->certainty = m->confidence >= SURE - 6 ? UNIT_EXACT : UNIT_LIKELY;
    return m;
}

enum err unit_resolve(struct ctx *c, int64_t context_unit, const char *wording, int64_t when, struct unit_match **match)
{
    int64_t agency = unit_agency(c, context_unit);
    struct world w = { .c = c, .context = agency != 0 ? agency : context_unit, .when = when };
    const struct rows *context = sql_unit_read(c, w.context);
    if (c->err != OK)
        return c->err;
    if (context->count == 0)
        return fail(c, NOT_FOUND, "Không tìm thấy đơn vị ban hành.", "context %lld", (long long)context_unit);
    if (w.when < cell_int(context, 0, "opened_day"))
        w.when = cell_int(context, 0, "opened_day"); /* a plan older than the agency's entry here */
    match_load(&w);
    struct gathered g = { 0 };
    const char *exceptions;
    const char *said = without_exceptions(&w, text_squeeze(c->arena, wording), &exceptions);
    gather_parts(&w, &g, said);
    if (exceptions != NULL)
        leave_out(&w, &g, exceptions);
    if (c->err == OK)
        *match = judge(c, &g);
    return c->err;
}
