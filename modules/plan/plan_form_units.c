/* Units on the review page: what wordings were matched with, and those that match nothing. */
#include "modules/plan/plan_form_own.h"
#include "modules/plan/plan_learn.h"
#include "modules/role.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <inttypes.h>
#include <string.h>

struct units_seen units_seen_start(struct ctx *c, const struct plan_import *import)
{
    int64_t day;
    struct units_seen seen = { .draft = &import->draft, .agency = import->unit };
    seen.when = draft_day(&import->draft, &day) ? day : day_of_moment(c->now);
    seen.tree = unit_tree_at(c, import->unit, seen.when);
    return seen;
}

/* NULL: outside the agency's tree. */
static const char *in_tree(const struct units_seen *seen, int64_t unit, const char *column)
{
    for (int i = 0; i < seen->tree->count; i++)
        if (cell_int(seen->tree, i, "id") == unit)
            return cell(seen->tree, i, column);
    return NULL;
}

/* Most names come with the tree; only a unit outside of it is asked for by itself. */
static const char *full_name(struct ctx *c, const struct units_seen *seen, int64_t unit)
{
    const char *name = in_tree(seen, unit, "name");
    return name != NULL ? name : unit_name_at(c, unit, seen->when);
}

static const char *short_name(const struct units_seen *seen, int64_t unit, const char *otherwise)
{
    const char *name = in_tree(seen, unit, "short_name");
    return name != NULL ? name : otherwise; /* as the document has it */
}

static void add_open(struct ctx *c, struct units_seen *seen, const char *wording, int64_t unit, const struct unit_match *match)
{
    for (size_t i = 0; i < seen->open_count; i++)
        if (strcmp(seen->open[i].wording, wording) == 0)
            return;
    seen->open = arena_grow(c->arena, seen->open, sizeof *seen->open, &seen->open_capacity, seen->open_count + 1);
    seen->open[seen->open_count].wording = wording;
    seen->open[seen->open_count].unit = unit;
    seen->open[seen->open_count++].match = match;
}

static void show_match(const struct units_seen *seen, const char *wording, const struct unit_match *match,
                       struct buffer *found, struct buffer *missing)
{
    if (match->count == 0)
        buffer_printf(missing, "%s%s", missing->length == 0 ? "" : ", ", wording);
    else if (match->set)
        buffer_printf(found, "%s%s (%zu đơn vị)", found->length == 0 ? "" : ", ", wording, match->count);
    else
        for (size_t k = 0; k < match->count; k++)
            buffer_printf(found, "%s%s", found->length == 0 ? "" : ", ", short_name(seen, match->units[k], wording));
}

static void show_wording(struct ctx *c, struct units_seen *seen, const char *wording, struct buffer *found,
                         struct buffer *missing)
{
    int64_t chosen = draft_chosen(seen->draft, wording);
    if (chosen != 0) {
        buffer_printf(found, "%s%s", found->length == 0 ? "" : ", ", short_name(seen, chosen, full_name(c, seen, chosen)));
        add_open(c, seen, wording, chosen, NULL);
        return;
    }
    const struct unit_alias *aliases;
    size_t alias_count = seen->world == NULL ? plan_learned_units(c, seen->agency, &aliases) : 0;
    if (seen->world == NULL && unit_world_open(c, seen->agency, seen->when, aliases, alias_count, &seen->world) != OK)
        return;
    const struct unit_match *match = unit_world_resolve(seen->world, wording);
    show_match(seen, wording, match, found, missing);
    if (match->count == 0 || (match->certainty == UNIT_LIKELY && match->candidate_count > 0))
        add_open(c, seen, wording, 0, match);
}

struct units_shown units_show(struct ctx *c, struct units_seen *seen, const char *text)
{
    for (size_t i = 0; i < seen->count; i++)
        if (strcmp(seen->known[i].text, text) == 0)
            return seen->known[i];
    struct buffer found = { .arena = c->arena };
    struct buffer missing = { .arena = c->arena };
    buffer_add(&found, "");
    buffer_add(&missing, "");
    const char **wordings;
    size_t count = draft_parts(c->arena, text, DRAFT_UNITS_END, &wordings);
    for (size_t i = 0; i < count; i++)
        show_wording(c, seen, wordings[i], &found, &missing);
    seen->known = arena_grow(c->arena, seen->known, sizeof *seen->known, &seen->capacity, seen->count + 1);
    return seen->known[seen->count++] = (struct units_shown){ text, found.text, missing.text };
}

static void put_likely(struct request *r, const struct units_seen *seen)
{
    static const char *const columns[] = { "of", "unit", "unit_name", "score", NULL };
    struct ctx *c = r->c;
    struct rows_maker m;
    rows_start(&m, c->arena, columns);
    for (size_t i = 0; i < seen->open_count; i++) {
        const struct unit_match *match = seen->open[i].match;
        for (size_t k = 0; match != NULL && k < match->candidate_count; k++)
            rows_add(&m, (const char *const[]){ arena_printf(c->arena, "%zu", i),
                                                arena_printf(c->arena, "%" PRId64, match->candidates[k].unit),
                                                full_name(c, seen, match->candidates[k].unit),
                                                arena_printf(c->arena, "%d", match->candidates[k].score) });
    }
    put_rows(r, "likely", &m.rows);
}

/* For those who may add a unit: of which kind, and below which. */
static void put_new(struct request *r, const struct units_seen *seen)
{
    static const char *const kind_columns[] = { "code", "label", NULL };
    static const char *const parent_columns[] = { "id", "name", NULL };
    struct rows_maker kinds, parents;
    bool may = (r->c->granted & ROLE_ADMIN) != 0 && seen->open_count > 0;
    rows_start(&kinds, r->c->arena, kind_columns);
    rows_start(&parents, r->c->arena, parent_columns);
    for (const struct unit_kind *k = unit_kinds; may && k->code != NULL; k++)
        rows_add(&kinds, (const char *const[]){ k->code, k->label });
    for (int i = 0; may && i < seen->tree->count; i++)
        rows_add(&parents, (const char *const[]){ cell(seen->tree, i, "id"), cell(seen->tree, i, "name") });
    put_rows(r, "kinds", &kinds.rows);
    put_rows(r, "parents", &parents.rows);
}

void units_put_open(struct request *r, const struct units_seen *seen)
{
    static const char *const columns[] = { "id", "wording", "unit_name", NULL };
    static const char *const unit_columns[] = { "unit_name", NULL };
    struct ctx *c = r->c;
    struct rows_maker m;
    rows_start(&m, c->arena, columns);
    for (size_t i = 0; i < seen->open_count; i++) {
        int64_t unit = seen->open[i].unit;
        const char *name = unit == 0 ? "" : full_name(c, seen, unit);
        rows_add(&m, (const char *const[]){ arena_printf(c->arena, "%zu", i), seen->open[i].wording, name });
    }
    put_rows(r, "strangers", &m.rows);
    rows_start(&m, c->arena, unit_columns);
    for (int i = 0; i < seen->tree->count && seen->open_count > 0; i++)
        rows_add(&m, (const char *const[]){ cell(seen->tree, i, "name") });
    put_rows(r, "units", &m.rows);
    put_likely(r, seen);
    put_new(r, seen);
}

/* "phong-hanh-chinh", with a number when another unit is called so. */
static const char *free_code(struct ctx *c, const char *name)
{
    char *code = text_key(c->arena, name);
    for (char *at = code; *at != '\0'; at++)
        *at = *at == ' ' ? '-' : *at;
    code = arena_copy_n(c->arena, code, strlen(code) > 34 ? 34 : strlen(code));
    const char *tried = code;
    for (int n = 2; unit_by_code(c, tried) != 0 && n < 100; n++)
        tried = arena_printf(c->arena, "%s-%d", code, n);
    return tried;
}

enum err units_add_new(struct request *r, int64_t n, int64_t *unit)
{
    struct ctx *c = r->c;
    const char *name = text_squeeze(c->arena, form(r, arena_printf(c->arena, "moi-ten-%" PRId64, n)));
    struct unit_entry entry = { .kind = form(r, arena_printf(c->arena, "moi-loai-%" PRId64, n)), .name = name,
                                .from_day = day_of_moment(c->now), .basis = "", .code = free_code(c, name) };
    text_int(form(r, arena_printf(c->arena, "moi-cha-%" PRId64, n)), &entry.parent);
    return unit_add(c, &entry, unit);
}
