/* A reading as JSON in the form of plan.schema.json, and back. */
#include "plan_read.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = { "continuous", "frequency", "deadline", "period", "on_request", "none" };
static const char *const pers[] = { NULL, "week", "month", "quarter", "year" };

static json_t *text_or_null(const char *text)
{
    return text != NULL ? json_string(text) : json_null();
}

static json_t *day_or_null(struct arena *a, const struct plan_day *day)
{
    return day->known ? json_string(day_iso(a, day->day)) : json_null();
}

static json_t *place_json(const struct plan_place *p, double sure)
{
    json_t *o = json_object();
    json_object_set_new(o, "page", json_integer(p->page));
    json_object_set_new(o, "from", json_integer(p->from));
    json_object_set_new(o, "to", json_integer(p->to));
    json_object_set_new(o, "block", json_integer(p->block));
    if (sure >= 0)
        json_object_set_new(o, "confidence", json_real(sure));
    return o;
}

static json_t *list_json(const struct plan_list *list)
{
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++)
        json_array_append_new(array, json_string(list->items[i]));
    return array;
}

static json_t *time_json(struct arena *a, const struct plan_time *t)
{
    json_t *o = json_object();
    json_object_set_new(o, "kind", json_string(kinds[t->kind]));
    json_object_set_new(o, "count", t->count > 0 ? json_integer(t->count) : json_null());
    json_object_set_new(o, "per", text_or_null(pers[t->per]));
    json_object_set_new(o, "due", day_or_null(a, &t->due));
    json_object_set_new(o, "start", day_or_null(a, &t->start));
    json_object_set_new(o, "end", day_or_null(a, &t->end));
    if (t->more_count > 0) {
        json_t *more = json_array();
        for (int i = 0; i < t->more_count; i++)
            json_array_append_new(more, json_string(day_iso(a, t->more_due[i])));
        json_object_set_new(o, "more_due", more);
    }
    return o;
}

/* Only where there is something that was repaired. */
static void put_originals(json_t *o, json_t *originals)
{
    if (json_object_size(originals) > 0)
        json_object_set(o, "originals", originals);
    json_decref(originals);
}

static json_t *task_json(struct arena *a, const struct plan_task *t)
{
    json_t *o = json_object(), *inherited = json_array(), *sure = json_object(), *places = json_object(), *originals = json_object();
    json_object_set_new(o, "no", json_string(t->no));
    json_object_set_new(o, "group", text_or_null(t->group));
    json_object_set_new(o, "title", json_string(t->title));
    json_object_set_new(o, "leads", list_json(&t->leads));
    json_object_set_new(o, "partners", list_json(&t->partners));
    json_object_set_new(o, "time_raw", text_or_null(t->time_raw));
    json_object_set_new(o, "time", time_json(a, &t->time));
    json_object_set_new(o, "products", list_json(&t->products));
    json_object_set_new(o, "budget", text_or_null(t->budget));
    for (int f = 0; f < PLAN_FIELDS; f++) {
        if (t->inherited & 1u << f)
            json_array_append_new(inherited, json_string(plan_field_names[f]));
        if (t->sure[f] <= 0)
            continue;
        json_object_set_new(sure, plan_field_names[f], json_real(t->sure[f]));
        json_object_set_new(places, plan_field_names[f], place_json(&t->places[f], -1));
        if (t->originals[f] != NULL)
            json_object_set_new(originals, plan_field_names[f], json_string(t->originals[f]));
    }
    json_object_set_new(o, "inherited", inherited);
    json_object_set_new(o, "source", place_json(&t->place, -1));
    json_object_set_new(o, "confidence", sure);
    json_object_set_new(o, "places", places);
    put_originals(o, originals);
    return o;
}

static json_t *bases_json(struct arena *a, const struct plan_reading *r)
{
    json_t *array = json_array();
    for (size_t i = 0; i < r->base_count; i++) {
        const struct plan_basis *b = &r->bases[i];
        json_t *o = json_object();
        json_object_set_new(o, "kind", json_string(b->kind));
        json_object_set_new(o, "number", text_or_null(b->number));
        json_object_set_new(o, "date", day_or_null(a, &b->date));
        json_object_set_new(o, "issuer", text_or_null(b->issuer));
        json_object_set_new(o, "source", place_json(&b->place, b->sure));
        json_array_append_new(array, o);
    }
    return array;
}

static json_t *sections_json(const struct plan_reading *r)
{
    json_t *array = json_array();
    for (size_t i = 0; i < r->section_count; i++) {
        json_t *o = json_object();
        json_object_set_new(o, "no", json_string(r->sections[i].no));
        json_object_set_new(o, "title", json_string(r->sections[i].title));
        if (r->sections[i].body)
            json_object_set_new(o, "body", json_true());
        json_object_set_new(o, "source", place_json(&r->sections[i].place, -1));
        json_array_append_new(array, o);
    }
    return array;
}

static json_t *signer_json(const struct plan_reading *r)
{
    if (r->signer_prefix.text == NULL && r->signer_title.text == NULL && r->signer_name.text == NULL)
        return json_null();
    json_t *o = json_object();
    json_object_set_new(o, "prefix", text_or_null(r->signer_prefix.text));
    json_object_set_new(o, "title", text_or_null(r->signer_title.text));
    json_object_set_new(o, "name", text_or_null(r->signer_name.text));
    return o;
}

/* Header fields with their name in JSON; the signer's are inside "signer". */
static struct plan_text *header_field(struct plan_reading *r, int i, const char **name)
{
    static const char *const names[] = { "number", "agency", "parent_agency", "title", "signer_prefix", "signer_title", "signer_name" };
    struct plan_text *fields[] = { &r->number, &r->agency, &r->parent_agency, &r->title, &r->signer_prefix, &r->signer_title, &r->signer_name };
    *name = i < (int)(sizeof names / sizeof names[0]) ? names[i] : NULL;
    return *name != NULL ? fields[i] : NULL;
}

static json_t *header_places(const struct plan_reading *r)
{
    json_t *o = json_object();
    const char *name;
    struct plan_text *field;
    struct plan_reading copy = *r;
    for (int i = 0; (field = header_field(&copy, i, &name)) != NULL; i++)
        if (field->text != NULL)
            json_object_set_new(o, name, place_json(&field->place, field->sure));
    if (r->date.known)
        json_object_set_new(o, "date", place_json(&r->date_place, r->date_sure));
    json_t *recipients = json_array();
    for (size_t i = 0; i < r->recipient_count; i++)
        json_array_append_new(recipients, place_json(&r->recipients[i].place, r->recipients[i].sure));
    json_object_set_new(o, "recipients", recipients);
    return o;
}

static json_t *header_originals(const struct plan_reading *r)
{
    json_t *o = json_object(), *recipients = json_array();
    const char *name;
    struct plan_text *field;
    struct plan_reading copy = *r;
    for (int i = 0; (field = header_field(&copy, i, &name)) != NULL; i++)
        if (field->text != NULL && field->original != NULL)
            json_object_set_new(o, name, json_string(field->original));
    bool any = false;
    for (size_t i = 0; i < r->recipient_count; i++) {
        any = any || r->recipients[i].original != NULL;
        json_array_append_new(recipients, text_or_null(r->recipients[i].original));
    }
    if (any)
        json_object_set(o, "recipients", recipients);
    json_decref(recipients);
    return o;
}

char *plan_reading_json(struct arena *a, const struct plan_reading *r)
{
    json_t *o = json_object(), *tasks = json_array(), *recipients = json_array(), *quality = json_object();
    json_object_set_new(o, "number", text_or_null(r->number.text));
    json_object_set_new(o, "date", day_or_null(a, &r->date));
    json_object_set_new(o, "agency", text_or_null(r->agency.text));
    json_object_set_new(o, "parent_agency", text_or_null(r->parent_agency.text));
    json_object_set_new(o, "title", text_or_null(r->title.text));
    json_object_set_new(o, "year", r->year != 0 ? json_integer(r->year) : json_null());
    json_object_set_new(o, "year_to", r->year_to != 0 ? json_integer(r->year_to) : json_null());
    json_object_set_new(o, "bases", bases_json(a, r));
    json_object_set_new(o, "citations", list_json(&r->citations));
    json_object_set_new(o, "sections", sections_json(r));
    for (size_t i = 0; i < r->task_count; i++)
        json_array_append_new(tasks, task_json(a, &r->tasks[i]));
    json_object_set_new(o, "tasks", tasks);
    json_object_set_new(o, "report_deadlines", list_json(&r->report_deadlines));
    for (size_t i = 0; i < r->recipient_count; i++)
        json_array_append_new(recipients, json_string(r->recipients[i].text));
    json_object_set_new(o, "recipients", recipients);
    json_object_set_new(o, "signer", signer_json(r));
    json_object_set_new(quality, "damaged", json_boolean(r->damaged));
    json_object_set_new(quality, "format", text_or_null(r->format));
    json_object_set_new(quality, "pages", json_integer(r->pages));
    json_object_set_new(o, "quality", quality);
    json_object_set_new(o, "places", header_places(r));
    put_originals(o, header_originals(r));
    char *text = json_dumps(o, JSON_INDENT(1) | JSON_REAL_PRECISION(3));
    char *copy = arena_copy(a, text != NULL ? text : "{}");
    free(text);
    json_decref(o);
    return copy;
}

/* ---- back ---- */

struct parse {
    struct arena *a;
    bool bad; /* a value of the wrong type */
};

static const char *get_text(struct parse *p, const json_t *o, const char *name)
{
    const json_t *v = json_object_get(o, name);
    p->bad = p->bad || (v != NULL && !json_is_string(v) && !json_is_null(v));
    return json_is_string(v) ? arena_copy(p->a, json_string_value(v)) : NULL;
}

static int64_t get_int(struct parse *p, const json_t *o, const char *name, int64_t most)
{
    const json_t *v = json_object_get(o, name);
    p->bad = p->bad || (v != NULL && !json_is_integer(v) && !json_is_null(v));
    int64_t value = json_is_integer(v) ? json_integer_value(v) : 0;
    p->bad = p->bad || value < 0 || value > most;
    return p->bad ? 0 : value;
}

static struct plan_day get_day(struct parse *p, const json_t *o, const char *name)
{
    const char *text = get_text(p, o, name);
    struct plan_day day = { 0 };
    if (text != NULL) {
        day.known = day_parse_iso(text, &day.day);
        p->bad = p->bad || !day.known;
    }
    return day;
}

static struct plan_list get_list(struct parse *p, const json_t *o, const char *name)
{
    const json_t *v = json_object_get(o, name);
    struct plan_list list = { 0 };
    p->bad = p->bad || (v != NULL && !json_is_array(v));
    list.capacity = list.count = json_array_size(v);
    list.items = arena_array(p->a, list.count + 1, sizeof *list.items);
    for (size_t i = 0; i < list.count; i++) {
        const char *text = json_string_value(json_array_get(v, i));
        p->bad = p->bad || text == NULL;
        list.items[i] = arena_copy(p->a, text != NULL ? text : "");
    }
    return list;
}

static struct plan_place get_place(struct parse *p, const json_t *o, double *sure)
{
    struct plan_place place = { .page = (int)get_int(p, o, "page", 100000), .from = get_int(p, o, "from", INT32_MAX),
                                .to = get_int(p, o, "to", INT32_MAX), .block = get_int(p, o, "block", INT32_MAX) };
    if (sure != NULL)
        *sure = json_number_value(json_object_get(o, "confidence"));
    return place;
}

static int index_in(const char *const *names, int count, const char *name)
{
    for (int i = 0; i < count && name != NULL; i++)
        if (names[i] != NULL && strcmp(names[i], name) == 0)
            return i;
    return -1;
}

static struct plan_time get_time(struct parse *p, const json_t *o)
{
    int kind = index_in(kinds, 6, get_text(p, o, "kind"));
    int per = index_in(pers, 5, get_text(p, o, "per"));
    p->bad = p->bad || kind < 0;
    struct plan_time t = { .kind = kind < 0 ? PLAN_NO_TIME : (enum plan_time_kind)kind, .per = per < 0 ? PLAN_PER_NONE : (enum plan_per)per,
                           .count = (int)get_int(p, o, "count", 100000), .due = get_day(p, o, "due"), .start = get_day(p, o, "start"),
                           .end = get_day(p, o, "end") };
    const json_t *more = json_object_get(o, "more_due");
    for (size_t i = 0; i < json_array_size(more) && t.more_count < PLAN_MOST_DUE; i++) {
        const char *text = json_string_value(json_array_get(more, i));
        if (text != NULL && day_parse_iso(text, &t.more_due[t.more_count]))
            t.more_count++;
        else
            p->bad = true;
    }
    return t;
}

static struct plan_task get_task(struct parse *p, const json_t *o)
{
    struct plan_task t = { .no = get_text(p, o, "no"), .group = get_text(p, o, "group"), .title = get_text(p, o, "title"),
                           .leads = get_list(p, o, "leads"), .partners = get_list(p, o, "partners"), .time_raw = get_text(p, o, "time_raw"),
                           .time = get_time(p, json_object_get(o, "time")), .products = get_list(p, o, "products"), .budget = get_text(p, o, "budget") };
    p->bad = p->bad || t.no == NULL || t.title == NULL;
    struct plan_list inherited = get_list(p, o, "inherited");
    for (size_t i = 0; i < inherited.count; i++) {
        int f = index_in(plan_field_names, PLAN_FIELDS, inherited.items[i]);
        t.inherited |= f >= 0 ? 1u << f : 0;
    }
    t.place = get_place(p, json_object_get(o, "source"), NULL);
    for (int f = 0; f < PLAN_FIELDS; f++) {
        t.sure[f] = json_number_value(json_object_get(json_object_get(o, "confidence"), plan_field_names[f]));
        t.places[f] = get_place(p, json_object_get(json_object_get(o, "places"), plan_field_names[f]), NULL);
        t.originals[f] = get_text(p, json_object_get(o, "originals"), plan_field_names[f]);
    }
    return t;
}

static void get_bases(struct parse *p, const json_t *array, struct plan_reading *r)
{
    r->base_capacity = r->base_count = json_array_size(array);
    r->bases = arena_array(p->a, r->base_count + 1, sizeof *r->bases);
    for (size_t i = 0; i < r->base_count; i++) {
        const json_t *o = json_array_get(array, i);
        struct plan_basis *b = &r->bases[i];
        *b = (struct plan_basis){ .kind = get_text(p, o, "kind"), .number = get_text(p, o, "number"), .date = get_day(p, o, "date"),
                                  .issuer = get_text(p, o, "issuer") };
        b->place = get_place(p, json_object_get(o, "source"), &b->sure);
        p->bad = p->bad || b->kind == NULL;
    }
}

static void get_sections(struct parse *p, const json_t *array, struct plan_reading *r)
{
    r->section_capacity = r->section_count = json_array_size(array);
    r->sections = arena_array(p->a, r->section_count + 1, sizeof *r->sections);
    for (size_t i = 0; i < r->section_count; i++) {
        const json_t *o = json_array_get(array, i);
        r->sections[i] = (struct plan_section){ .no = get_text(p, o, "no"), .title = get_text(p, o, "title"),
                                                .body = json_is_true(json_object_get(o, "body")),
                                                .place = get_place(p, json_object_get(o, "source"), NULL) };
        p->bad = p->bad || r->sections[i].no == NULL || r->sections[i].title == NULL;
    }
}

static void get_header(struct parse *p, const json_t *o, struct plan_reading *r)
{
    const json_t *places = json_object_get(o, "places"), *signer = json_object_get(o, "signer"), *quality = json_object_get(o, "quality");
    const char *name;
    struct plan_text *field;
    for (int i = 0; (field = header_field(r, i, &name)) != NULL; i++) {
        bool of_signer = text_starts(name, "signer_");
        field->text = get_text(p, of_signer ? signer : o, of_signer ? name + strlen("signer_") : name);
        field->place = get_place(p, json_object_get(places, name), &field->sure);
        field->original = get_text(p, json_object_get(o, "originals"), name);
    }
    r->date = get_day(p, o, "date");
    r->date_place = get_place(p, json_object_get(places, "date"), &r->date_sure);
    r->year = (int)get_int(p, o, "year", 9999);
    r->year_to = (int)get_int(p, o, "year_to", 9999);
    r->damaged = json_is_true(json_object_get(quality, "damaged"));
    r->format = get_text(p, quality, "format");
    r->pages = (int)get_int(p, quality, "pages", 100000);
}

static void get_recipients(struct parse *p, const json_t *o, struct plan_reading *r)
{
    struct plan_list list = get_list(p, o, "recipients");
    const json_t *places = json_object_get(json_object_get(o, "places"), "recipients");
    const json_t *originals = json_object_get(json_object_get(o, "originals"), "recipients");
    r->recipient_capacity = r->recipient_count = list.count;
    r->recipients = arena_array(p->a, list.count + 1, sizeof *r->recipients);
    for (size_t i = 0; i < list.count; i++) {
        r->recipients[i].text = list.items[i];
        r->recipients[i].place = get_place(p, json_array_get(places, i), &r->recipients[i].sure);
        const json_t *original = json_array_get(originals, i);
        p->bad = p->bad || (original != NULL && !json_is_string(original) && !json_is_null(original));
        r->recipients[i].original = arena_copy(p->a, json_string_value(original));
    }
}

enum err plan_reading_from_json(struct ctx *c, const char *json, struct plan_reading **out)
{
    if (c->err != OK)
        return c->err;
    json_t *o = json_loads(json, 0, NULL);
    struct parse p = { .a = c->arena, .bad = !json_is_object(o) };
    struct plan_reading *r = arena_alloc(c->arena, sizeof *r);
    if (!p.bad) {
        get_header(&p, o, r);
        get_bases(&p, json_object_get(o, "bases"), r);
        r->citations = get_list(&p, o, "citations");
        r->report_deadlines = get_list(&p, o, "report_deadlines");
        get_sections(&p, json_object_get(o, "sections"), r);
        get_recipients(&p, o, r);
        const json_t *tasks = json_object_get(o, "tasks");
        p.bad = p.bad || !json_is_array(tasks);
        r->task_capacity = r->task_count = json_array_size(tasks);
        r->tasks = arena_array(c->arena, r->task_count + 1, sizeof *r->tasks);
        for (size_t i = 0; i < r->task_count; i++)
            r->tasks[i] = get_task(&p, json_array_get(tasks, i));
    }
    json_decref(o);
    if (p.bad)
        return fail(c, INVALID, "Bản đọc kế hoạch bị hỏng. Hãy đọc lại tệp gốc.", "reading is not of the form of plan.schema.json");
    *out = r;
    return c->err;
}
