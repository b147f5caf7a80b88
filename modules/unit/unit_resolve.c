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
    struct unit_candidate near[UNIT_MOST_CANDIDATES]; /* of the first part that is not sure */
    bool doubted;
};

static void gather(struct unit_world *w, struct gathered *g, int64_t unit)
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

static bool take_set(struct unit_world *w, struct gathered *g, const char *wording)
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

static size_t parting(const char *at)
{
    static const char *const words[] = { " và ", " cùng với ", " cùng ", " & " };
    if (strchr(",;/\n", *at) != NULL)
        return 1;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (text_starts(at, words[i]))
            return strlen(words[i]);
    return 0;
}

/* Cuts at , ; / line ends, " và " and the like. */
static void cut(const char *wording, struct parts *p)
{
    const char *from = wording, *at = wording;
    while (p->count < MOST_PARTS - 1) {
        size_t skip = *at == '\0' ? 0 : parting(at);
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

static int64_t alias_of(const struct unit_world *w, const char *wording)
{
    const char *key = w->alias_count == 0 ? "" : text_key(w->c->arena, wording);
    for (size_t i = 0; i < w->alias_count; i++)
        if (strcmp(w->aliases[i].key, key) == 0)
            return w->aliases[i].unit;
    return 0;
}

static void doubt(const struct unit_world *w, struct gathered *g)
{
    if (g->doubted || w->near[0].score == 0)
        return;
    memcpy(g->near, w->near, sizeof g->near);
    g->doubted = true;
}

/* Takes the text as one name or set. least: the score that is enough. */
static bool take_part(struct unit_world *w, struct gathered *g, const char *text, int least)
{
    int64_t alias = alias_of(w, text);
    if (alias == 0 && take_set(w, g, text))
        return true;
    struct found best = alias != 0 ? (struct found){ 99, alias } : match_name(w, text);
    if (best.score < least)
        return false;
    if (best.score < SURE)
        doubt(w, g);
    gather(w, g, best.unit);
    gathered_score(g, best.score);
    return true;
}

/* A name may hold commas and "và" itself, so the longest run of parts that is surely known goes first. */
static void gather_parts(struct unit_world *w, struct gathered *g, const char *wording)
{
    struct parts p = { 0 };
    cut(wording, &p);
    for (int i = 0; i < p.count;) {
        int next = i + 1;
        bool done = false;
        for (int j = p.count - 1; j >= i && !done; j--) {
            const char *text = arena_copy_n(w->c->arena, p.from[i], (size_t)(p.to[j] - p.from[i]));
            next = j + 1;
            done = text_blank(text) || take_part(w, g, text, j == i ? 1 : SURE);
        }
        if (!done) {
            g->lost++;
            doubt(w, g);
        }
        i = next;
    }
}

/* The wording up to "trừ", and what is left out. */
static const char *without_exceptions(struct unit_world *w, const char *wording, const char **exceptions)
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

static void leave_out(struct unit_world *w, struct gathered *g, const char *exceptions)
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
    while (m->candidate_count < UNIT_MOST_CANDIDATES && g->near[m->candidate_count].score > 0 && m->certainty != UNIT_EXACT) {
        m->candidates[m->candidate_count] = g->near[m->candidate_count];
        m->candidate_count++;
    }
    return m;
}

enum err unit_world_open(struct ctx *c, int64_t context_unit, int64_t when, const struct unit_alias *aliases, size_t alias_count,
                         struct unit_world **world)
{
    int64_t agency = unit_agency(c, context_unit);
    struct unit_world *w = arena_alloc(c->arena, sizeof *w);
    *w = (struct unit_world){ .c = c, .context = agency != 0 ? agency : context_unit, .when = when, .aliases = aliases, .alias_count = alias_count };
    const struct rows *context = sql_unit_read(c, w->context);
    if (c->err != OK)
        return c->err;
    if (context->count == 0)
        return fail(c, NOT_FOUND, "Không tìm thấy đơn vị ban hành.", "context %lld", (long long)context_unit);
    if (w->when < cell_int(context, 0, "opened_day"))
        w->when = cell_int(context, 0, "opened_day"); /* a plan older than the agency's entry here */
    match_load(w);
    *world = w;
    return c->err;
}

static struct remembered *place_of(struct unit_world *w, const char *wording)
{
    size_t slot = match_hash(wording) & (w->asked_slots - 1);
    while (w->asked[slot].wording != NULL && strcmp(w->asked[slot].wording, wording) != 0)
        slot = (slot + 1) & (w->asked_slots - 1);
    return &w->asked[slot];
}

static void make_room(struct unit_world *w)
{
    if (w->asked_count * 2 < w->asked_slots)
        return;
    struct remembered *old = w->asked;
    size_t slots = w->asked_slots;
    w->asked_slots = slots == 0 ? 64 : slots * 2;
    w->asked = arena_array(w->c->arena, w->asked_slots, sizeof *w->asked);
    for (size_t i = 0; i < slots; i++)
        if (old[i].wording != NULL)
            *place_of(w, old[i].wording) = old[i];
}

const struct unit_match *unit_world_resolve(struct unit_world *w, const char *wording)
{
    const char *squeezed = text_squeeze(w->c->arena, wording);
    make_room(w);
    struct remembered *known = place_of(w, squeezed);
    if (known->wording != NULL)
        return known->match;
    struct gathered g = { 0 };
    const char *exceptions = NULL;
    const char *said = alias_of(w, squeezed) != 0 ? squeezed : without_exceptions(w, squeezed, &exceptions);
    if (alias_of(w, squeezed) == 0 || !take_part(w, &g, squeezed, 1))
        gather_parts(w, &g, said);
    if (exceptions != NULL)
        leave_out(w, &g, exceptions);
    *known = (struct remembered){ squeezed, judge(w->c, &g) };
    w->asked_count++;
    return known->match;
}

enum err unit_resolve(struct ctx *c, int64_t context_unit, const char *wording, int64_t when, struct unit_match **match)
{
    struct unit_world *w;
    if (unit_world_open(c, context_unit, when, NULL, 0, &w) != OK)
        return c->err;
    const struct unit_match *found = unit_world_resolve(w, wording);
    struct unit_match *own = arena_alloc(c->arena, sizeof *own);
    *own = *found;
    if (c->err == OK)
        *match = own;
    return c->err;
}
