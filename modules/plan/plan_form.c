#include "modules/plan/plan_form.h"
#include "modules/unit/unit.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <string.h>

/* ---- form in ---- */

static bool take(struct request *r, const char *name, const char **field)
{
    if (!form_has(r, name))
        return false;
    const char *typed = text_trim(r->c->arena, form(r, name));
    bool changed = strcmp(typed, *field) != 0;
    *field = typed;
    return changed;
}

static void take_task(struct request *r, struct plan_draft *draft, size_t i)
{
    struct arena *a = r->c->arena;
    struct draft_task *t = &draft->tasks[i];
    if (take(r, arena_printf(a, "t%zu-title", i), &t->title))
        t->doubts &= ~(unsigned)DOUBT_TITLE;
    if (take(r, arena_printf(a, "t%zu-leads", i), &t->leads))
        t->doubts &= ~(unsigned)DOUBT_LEADS;
    if (take(r, arena_printf(a, "t%zu-partners", i), &t->partners))
        t->doubts &= ~(unsigned)DOUBT_PARTNERS;
    if (take(r, arena_printf(a, "t%zu-products", i), &t->products))
        t->doubts &= ~(unsigned)DOUBT_PRODUCTS;
    take(r, arena_printf(a, "t%zu-no", i), &t->no);
    take(r, arena_printf(a, "t%zu-duty", i), &t->duty);
    take(r, arena_printf(a, "t%zu-authority", i), &t->authority);
    take(r, arena_printf(a, "t%zu-budget", i), &t->budget);
    if (take(r, arena_printf(a, "t%zu-time_raw", i), &t->time_raw))
        draft_read_time(r->c, draft, t);
    if (form_has(r, arena_printf(a, "t%zu-seen", i)))
        t->doubts = 0;
}

void review_take_form(struct request *r, struct plan_draft *draft)
{
    if (take(r, "number", &draft->number))
        draft->doubts &= ~(unsigned)DOUBT_NUMBER;
    if (take(r, "day", &draft->day))
        draft->doubts &= ~(unsigned)DOUBT_DAY;
    if (take(r, "title", &draft->title))
        draft->doubts &= ~(unsigned)DOUBT_SUBJECT;
    if (take(r, "agency", &draft->agency))
        draft->doubts &= ~(unsigned)DOUBT_AGENCY;
    if (take(r, "bases", &draft->bases))
        draft->doubts &= ~(unsigned)DOUBT_BASES;
    take(r, "year", &draft->year);
    take(r, "parent_agency", &draft->parent_agency);
    take(r, "recipients", &draft->recipients);
    bool signer = take(r, "signer_prefix", &draft->signer_prefix);
    signer = take(r, "signer_title", &draft->signer_title) || signer;
    if (take(r, "signer_name", &draft->signer_name) || signer)
        draft->doubts &= ~(unsigned)DOUBT_SIGNER;
    for (size_t i = 0; i < draft->count; i++)
        take_task(r, draft, i);
}

/* ---- form out ---- */

static const char *error_of(const struct field_error *errors, const char *field)
{
    for (; errors != NULL; errors = errors->next)
        if (strcmp(errors->field, field) == 0)
            return errors->message;
    return NULL;
}

static const char *flag(bool set)
{
    return set ? "1" : "";
}

static int bits(unsigned set)
{
    int count = 0;
    for (; set != 0; set &= set - 1)
        count++;
    return count;
}

/* What the units' wordings were matched with, for the eye: names, or what was not found. */
struct units_shown {
    const char *text;
    const char *found;
    const char *missing;
};

/* Leads of many tasks are worded alike: each wording is looked up once, and names come with the tree. */
struct units_seen {
    int64_t agency, when;
    const struct rows *tree;
    struct units_shown *known;
    size_t count, capacity;
};

static const char *short_name(const struct units_seen *seen, int64_t unit, const char *otherwise)
{
    for (int i = 0; i < seen->tree->count; i++)
        if (cell_int(seen->tree, i, "id") == unit)
            return cell(seen->tree, i, "short_name");
    return otherwise; /* outside the agency's tree: as the document has it */
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

static struct units_shown show_units(struct ctx *c, struct units_seen *seen, const char *text)
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
    for (size_t i = 0; i < count; i++) {
        struct unit_match *match = NULL;
        if (unit_resolve(c, seen->agency, wordings[i], seen->when, &match) != OK)
            break;
        show_match(seen, wordings[i], match, &found, &missing);
    }
    seen->known = arena_grow(c->arena, seen->known, sizeof *seen->known, &seen->capacity, seen->count + 1);
    return seen->known[seen->count++] = (struct units_shown){ text, found.text, missing.text };
}

/* How sure each blade is while reviewing; what counts as clear in a task is decided by view task_six later. */
struct blades {
    const char *state[6];
    int clear;
    const char *label;
};

static struct blades blades_of(struct arena *a, const struct draft_task *t, const struct units_shown *leads, bool duty,
                               bool authority)
{
    static const char *const names[6] = { "người", "việc", "thời gian", "trách nhiệm", "sản phẩm", "thẩm quyền" };
    struct blades b = { .state = {
        t->leads[0] == '\0' ? "" : (t->doubts & DOUBT_LEADS) != 0 || leads->missing[0] != '\0' ? "q" : "ok",
        t->title[0] == '\0' ? "" : (t->doubts & DOUBT_TITLE) != 0 ? "q" : "ok",
        t->schedule.kind == SCHEDULE_NONE ? (t->time_raw[0] == '\0' ? "" : "q") : (t->doubts & DOUBT_TIME) != 0 ? "q" : "ok",
        duty || t->duty[0] != '\0' ? "ok" : "",
        t->products[0] == '\0' ? "" : (t->doubts & DOUBT_PRODUCTS) != 0 ? "q" : "ok",
        authority || t->authority[0] != '\0' ? "ok" : "",
    } };
    struct buffer label = { .arena = a };
    buffer_add(&label, "");
    for (int i = 0; i < 6; i++) {
        if (strcmp(b.state[i], "ok") == 0)
            b.clear++;
        else
            buffer_printf(&label, ", %s %s", b.state[i][0] == '\0' ? "thiếu" : "cần kiểm tra", names[i]);
    }
    b.label = arena_printf(a, "%d/6 rõ%s", b.clear, label.text);
    return b;
}

static const char *const task_columns[] = {
    "i",          "no",           "heading",   "title",          "leads",       "partners",     "time_raw",
    "time_words", "products",     "budget",    "duty",           "authority",   "unsure",       "unsure_title",
    "unsure_leads", "unsure_partners", "unsure_time", "unsure_products", "leads_found", "leads_missing", "partners_found",
    "partners_missing", "from",   "page",      "error_title",    "error_time",  "open",         "ro1",
    "ro2",        "ro3",          "ro4",       "ro5",            "ro6",         "ro_count",     "ro_label",
    "number",     NULL,
};

static void add_task_row(struct request *r, struct rows_maker *m, const struct draft_task *t, size_t i,
                         const struct units_shown *leads, const struct units_shown *partners,
                         const struct field_error *errors, const struct blades *b)
{
    struct arena *a = r->c->arena;
    const char *error_title = error_of(errors, arena_printf(a, "t%zu-title", i));
    const char *error_time = error_of(errors, arena_printf(a, "t%zu-time_raw", i));
    int unsure = bits(t->doubts);
    const char *const cells[] = {
        arena_printf(a, "%zu", i), t->no, t->heading, t->title, t->leads, t->partners, t->time_raw,
        schedule_words(a, &t->schedule), t->products, t->budget, t->duty, t->authority,
        unsure == 0 ? "" : arena_printf(a, "%d", unsure), flag((t->doubts & DOUBT_TITLE) != 0),
        flag((t->doubts & DOUBT_LEADS) != 0), flag((t->doubts & DOUBT_PARTNERS) != 0), flag((t->doubts & DOUBT_TIME) != 0),
        flag((t->doubts & DOUBT_PRODUCTS) != 0), leads->found, leads->missing, partners->found, partners->missing,
        t->from == 0 ? "" : arena_printf(a, "%lld", (long long)t->from), t->page == 0 ? "" : arena_printf(a, "%d", t->page),
        error_title, error_time, flag(unsure > 0 || error_title != NULL || error_time != NULL || t->title[0] == '\0'),
        b->state[0], b->state[1], b->state[2], b->state[3], b->state[4], b->state[5], arena_printf(a, "%d", b->clear),
        b->label, arena_printf(a, "%zu", i + 1),
    };
    rows_add(m, cells);
}

static void put_tasks(struct request *r, const struct plan_import *import, const struct plan_draft *draft,
                      const struct field_error *errors)
{
    struct rows_maker m;
    int64_t day;
    struct units_seen seen = { .agency = import->unit, .when = draft_day(draft, &day) ? day : day_of_moment(r->c->now) };
    seen.tree = unit_tree_at(r->c, import->unit, seen.when);
    rows_start(&m, r->c->arena, task_columns);
    for (size_t i = 0; i < draft->count; i++) {
        const struct draft_task *t = &draft->tasks[i];
        struct units_shown leads = show_units(r->c, &seen, t->leads);
        struct units_shown partners = show_units(r->c, &seen, t->partners);
        struct blades b = blades_of(r->c->arena, t, &leads, form(r, "leader")[0] != '\0', form(r, "approver")[0] != '\0');
        add_task_row(r, &m, t, i, &leads, &partners, errors, &b);
    }
    put_rows(r, "tasks", &m.rows);
}

static int count_doubts(const struct plan_draft *draft)
{
    int count = bits(draft->doubts);
    for (size_t i = 0; i < draft->count; i++)
        count += bits(draft->tasks[i].doubts);
    return count;
}

void review_put_draft(struct request *r, const struct plan_import *import, const struct plan_draft *draft,
                      const struct field_error *errors)
{
    const struct {
        const char *name, *value;
        unsigned bit;
    } fields[] = {
        { "number", draft->number, DOUBT_NUMBER },   { "day", draft->day, DOUBT_DAY },
        { "title", draft->title, DOUBT_SUBJECT },    { "agency", draft->agency, DOUBT_AGENCY },
        { "bases", draft->bases, DOUBT_BASES },      { "signer_name", draft->signer_name, DOUBT_SIGNER },
        { "year", draft->year, 0 },                  { "parent_agency", draft->parent_agency, 0 },
        { "recipients", draft->recipients, 0 },      { "signer_prefix", draft->signer_prefix, 0 },
        { "signer_title", draft->signer_title, 0 },
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        put_text(r, arena_printf(r->c->arena, "v_%s", fields[i].name), fields[i].value);
        put_text(r, arena_printf(r->c->arena, "e_%s", fields[i].name), error_of(errors, fields[i].name));
        put_text(r, arena_printf(r->c->arena, "q_%s", fields[i].name), flag((draft->doubts & fields[i].bit) != 0));
    }
    put_tasks(r, import, draft, errors);
    put_int(r, "task_count", (int64_t)draft->count);
    put_int(r, "doubt_count", count_doubts(draft));
    put_int(r, "header_doubts", bits(draft->doubts));
    put_text(r, "damaged", flag(draft->damaged));
}
