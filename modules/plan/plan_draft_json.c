/* A draft as JSON and back. */
#include "modules/plan/plan_draft_own.h"
#include "modules/document/document_grammar.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* ---- JSON in ---- */

static const char *text_of(struct arena *a, const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : arena_copy(a, text);
}

/* The texts of an array, with `between` between them. */
static const char *joined(struct arena *a, const json_t *object, const char *key, const char *between)
{
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(object, key), i, one)
    {
        if (b.length > 0)
            buffer_add(&b, between);
        buffer_add(&b, json_string_value(one) == NULL ? "" : json_string_value(one));
    }
    return b.text;
}

static int percent(const json_t *sure)
{
    double value = json_number_value(sure);
    return value <= 0 ? 0 : value >= 1 ? 100 : (int)(value * 100 + 0.5);
}

static const json_t *place_of(const json_t *object, const struct draft_field *field)
{
    /* of the bases, each has its own place: the first stands for all */
    if (strcmp(field->name, "bases") == 0)
        return json_object_get(json_array_get(json_object_get(object, "bases"), 0), "source");
    return json_object_get(json_object_get(object, "places"), field->place);
}

void draft_take_mark(struct arena *a, const json_t *json, struct draft_mark *mark)
{
    const char *how = json_string_value(json_object_get(json, "how"));
    const char *other = json_string_value(json_object_get(json, "other"));
    mark->how = how == NULL ? HOW_READ : strcmp(how, "accepted") == 0 ? HOW_ACCEPTED : HOW_CHANGED;
    mark->by = json_integer_value(json_object_get(json, "by"));
    mark->at = json_integer_value(json_object_get(json, "at"));
    mark->other = other == NULL ? NULL : arena_copy(a, other);
    mark->other_by = json_integer_value(json_object_get(json, "other_by"));
}

/* "confidence" holds what a saved draft says; a fresh reading has it in the places of its head. */
static struct draft_mark mark_of(struct arena *a, const json_t *object, const struct draft_field *field)
{
    const json_t *place = place_of(object, field);
    const json_t *sure = json_object_get(json_object_get(object, "confidence"), field->place);
    const char *original = json_string_value(json_object_get(json_object_get(object, "originals"), field->place));
    struct draft_mark mark = {
        .sure = percent(json_is_number(sure) ? sure : json_object_get(place, "confidence")),
        .page = (int)json_integer_value(json_object_get(place, "page")),
        .from = json_integer_value(json_object_get(place, "from")),
        .to = json_integer_value(json_object_get(place, "to")),
        .original = original == NULL ? NULL : arena_copy(a, original),
    };
    draft_take_mark(a, json_object_get(json_object_get(object, "checked"), field->name), &mark);
    return mark;
}

static void marks_of(struct arena *a, const json_t *object, const struct draft_field *fields, struct draft_mark *marks)
{
    for (int i = 0; fields[i].name != NULL; i++)
        marks[i] = mark_of(a, object, &fields[i]);
}

static const char *day_of_json(struct arena *a, const json_t *object, const char *key)
{
    int64_t day;
    const char *iso = json_string_value(json_object_get(object, key));
    return day_parse_iso(iso, &day) ? day_vi(a, day) : "";
}

static int64_t day_number(const json_t *object, const char *key)
{
    int64_t day;
    return day_parse_iso(json_string_value(json_object_get(object, key)), &day) ? day : 0;
}

struct schedule draft_schedule_of_json(const json_t *time, int year)
{
    struct schedule s = {
        .kind = schedule_kind_of(json_string_value(json_object_get(time, "kind"))),
        .year = year,
        .count = (int)json_integer_value(json_object_get(time, "count")),
        .per = schedule_per_of(json_string_value(json_object_get(time, "per"))),
        .start_day = day_number(time, "start"),
        .end_day = day_number(time, "end"),
    };
    int64_t due = day_number(time, "due");
    if (due != 0 && s.kind == SCHEDULE_PERIOD && s.end_day == 0)
        s.end_day = due;
    if (due != 0)
        s.due_days[s.due_count++] = due;
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(time, "more_due"), i, one)
    {
        int64_t day;
        if (s.due_count < SCHEDULE_MOST_DUE && day_parse_iso(json_string_value(one), &day))
            s.due_days[s.due_count++] = day;
    }
    return s;
}

struct draft_task draft_task_of_json(struct arena *a, const json_t *json, int year, int64_t index)
{
    const json_t *source = json_object_get(json, "source");
    const json_t *key = json_object_get(json, "key");
    struct draft_task task = {
        .key = json_is_integer(key) ? json_integer_value(key) : index,
        .no = text_of(a, json, "no"),
        .heading = text_of(a, json, "group"),
        .title = text_of(a, json, "title"),
        .leads = joined(a, json, "leads", "; "),
        .partners = joined(a, json, "partners", "; "),
        .time_raw = text_of(a, json, "time_raw"),
        .schedule = draft_schedule_of_json(json_object_get(json, "time"), year),
        .products = joined(a, json, "products", "\n"),
        .budget = text_of(a, json, "budget"),
        .duty = text_of(a, json, "duty"),
        .authority = text_of(a, json, "authority"),
        .page = (int)json_integer_value(json_object_get(source, "page")),
        .from = json_integer_value(json_object_get(source, "from")),
        .to = json_integer_value(json_object_get(source, "to")),
    };
    task.base = task.key;
    marks_of(a, json, draft_task_fields, task.marks);
    return task;
}

/* "Kế hoạch số 74/KH-SYT ngày 09/3/2026 của Sở Y tế …", a line each. */
static const char *bases_text(struct arena *a, const json_t *bases)
{
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    size_t i;
    json_t *one;
    json_array_foreach(bases, i, one)
    {
        const char *number = text_of(a, one, "number");
        const char *day = day_of_json(a, one, "date");
        const char *issuer = text_of(a, one, "issuer");
        buffer_printf(&b, "%s%s", b.length == 0 ? "" : "\n", text_of(a, one, "kind"));
        buffer_printf(&b, number[0] == '\0' ? "%s" : " số %s", number);
        buffer_printf(&b, day[0] == '\0' ? "%s" : " ngày %s", day);
        buffer_printf(&b, issuer[0] == '\0' ? "%s" : " của %s", issuer);
    }
    return b.text;
}

static void take_header(struct arena *a, const json_t *json, struct plan_draft *d)
{
    const json_t *signer = json_object_get(json, "signer");
    const json_t *year = json_object_get(json, "year");
    const json_t *typed = json_object_get(json, "day_typed");
    d->number = text_of(a, json, "number");
    d->agency = text_of(a, json, "agency");
    d->parent_agency = text_of(a, json, "parent_agency");
    d->title = text_of(a, json, "title");
    d->day = json_is_string(typed) ? text_of(a, json, "day_typed") : day_of_json(a, json, "date");
    d->year = json_is_integer(year) ? arena_printf(a, "%d", (int)json_integer_value(year)) : text_of(a, json, "year");
    d->bases = bases_text(a, json_object_get(json, "bases"));
    d->recipients = joined(a, json, "recipients", "\n");
    d->signer_prefix = text_of(a, signer, "prefix");
    d->signer_title = text_of(a, signer, "title");
    d->signer_name = text_of(a, signer, "name");
    d->leader = text_of(a, json, "leader");
    d->approver = text_of(a, json, "approver");
    marks_of(a, json, draft_head_fields, d->marks);
    d->damaged = json_is_true(json_object_get(json_object_get(json, "quality"), "damaged"));
}

static void take_choices(struct ctx *c, const json_t *units, struct plan_draft *d)
{
    const char *wording;
    json_t *unit;
    json_object_foreach((json_t *)(uintptr_t)units, wording, unit)
        draft_choose(c, d, arena_copy(c->arena, wording), json_integer_value(unit));
}

enum err draft_from_json(struct ctx *c, const char *json, struct plan_draft *draft)
{
    json_t *root = json_loads(json, 0, NULL);
    if (root == NULL)
        return fail(c, BROKEN, "Bản đọc được đã hỏng. Hãy nhập lại tệp.", "draft is no JSON");
    *draft = (struct plan_draft){ 0 };
    take_header(c->arena, root, draft);
    const json_t *tasks = json_object_get(root, "tasks");
    size_t count = json_array_size(tasks);
    draft->tasks = arena_array(c->arena, DRAFT_MOST_TASKS, sizeof *draft->tasks);
    int year = draft_year(c, draft);
    for (size_t i = 0; i < count && draft->count < DRAFT_MOST_TASKS; i++)
        draft->tasks[draft->count++] = draft_task_of_json(c->arena, json_array_get(tasks, i), year, (int64_t)i);
    draft->next_key = json_integer_value(json_object_get(root, "next_key"));
    take_choices(c, json_object_get(root, "units"), draft);
    draft_weigh(draft);
    json_decref(root);
    return OK;
}

/* ---- JSON out ---- */

/* NULL for an empty text, as the form of `plan read` wants it. */
static json_t *text_json(const char *text)
{
    return text == NULL || text[0] == '\0' ? json_null() : json_string(text);
}

static json_t *parts_json(struct arena *a, const char *text, const char *ends)
{
    const char **parts;
    size_t count = draft_parts(a, text, ends, &parts);
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_string(parts[i]));
    return list;
}

static json_t *day_json(struct arena *a, int64_t day)
{
    return day == 0 ? json_null() : json_string(day_iso(a, day));
}

json_t *draft_schedule_json(struct arena *a, const struct schedule *s)
{
    json_t *more = json_array();
    for (int i = 1; i < s->due_count; i++)
        json_array_append_new(more, json_string(day_iso(a, s->due_days[i])));
    return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "kind", schedule_kind_name(s->kind), "count",
                     s->count == 0 ? json_null() : json_integer(s->count), "per", text_json(schedule_per_name(s->per)),
                     "due", day_json(a, s->due_count > 0 ? s->due_days[0] : 0), "start", day_json(a, s->start_day), "end",
                     day_json(a, s->end_day), "more_due", more);
}

json_t *draft_mark_json(const struct draft_mark *m)
{
    json_t *checked = json_object();
    if (m->how != HOW_READ)
        json_object_set_new(checked, "how", json_string(m->how == HOW_ACCEPTED ? "accepted" : "changed"));
    if (m->by != 0)
        json_object_set_new(checked, "by", json_integer(m->by));
    if (m->at != 0)
        json_object_set_new(checked, "at", json_integer(m->at));
    if (m->other != NULL)
        json_object_set_new(checked, "other", json_string(m->other));
    if (m->other_by != 0)
        json_object_set_new(checked, "other_by", json_integer(m->other_by));
    return checked;
}

static void set_marks(json_t *object, const struct draft_field *fields, const struct draft_mark *marks)
{
    json_t *sure = json_object();
    json_t *checked = json_object();
    for (int i = 0; fields[i].name != NULL; i++) {
        json_t *one = draft_mark_json(&marks[i]);
        if (marks[i].sure > 0)
            json_object_set_new(sure, fields[i].place, json_real(marks[i].sure / 100.0));
        if (json_object_size(one) > 0)
            json_object_set(checked, fields[i].name, one);
        json_decref(one);
    }
    json_object_set_new(object, "confidence", sure);
    json_object_set_new(object, "checked", checked);
}

json_t *draft_task_json(struct arena *a, const struct draft_task *t, const json_t *base)
{
    json_t *json = json_is_object(base) ? json_deep_copy(base) : json_object();
    json_object_set_new(json, "key", json_integer(t->key));
    json_object_set_new(json, "no", json_string(t->no));
    json_object_set_new(json, "group", text_json(t->heading));
    json_object_set_new(json, "title", json_string(t->title));
    json_object_set_new(json, "leads", parts_json(a, t->leads, DRAFT_UNITS_END));
    json_object_set_new(json, "partners", parts_json(a, t->partners, DRAFT_UNITS_END));
    json_object_set_new(json, "time_raw", text_json(t->time_raw));
    json_object_set_new(json, "time", draft_schedule_json(a, &t->schedule));
    json_object_set_new(json, "products", parts_json(a, t->products, "\n"));
    json_object_set_new(json, "budget", text_json(t->budget));
    json_object_set_new(json, "duty", text_json(t->duty));
    json_object_set_new(json, "authority", text_json(t->authority));
    json_object_set_new(json, "source", json_pack("{s:i, s:I, s:I}", "page", t->page, "from", (json_int_t)t->from, "to",
                                                  (json_int_t)t->to));
    set_marks(json, draft_task_fields, t->marks);
    return json;
}

static json_t *bases_json(struct arena *a, const char *text)
{
    json_t *list = json_array();
    struct citation *found;
    size_t count = document_citations(a, text, &found);
    for (size_t i = 0; i < count; i++)
        json_array_append_new(
            list, json_pack("{s:s, s:o, s:o, s:o}", "kind", found[i].kind == NULL ? "Văn bản" : found[i].kind->name,
                            "number", text_json(found[i].number.text), "date",
                            day_json(a, found[i].has_date ? found[i].date.when : 0), "issuer", text_json(found[i].issuer)));
    return list;
}

static void set_header(struct arena *a, json_t *root, const struct plan_draft *d)
{
    int64_t number;
    int64_t day = 0;
    draft_day(d, &day);
    json_object_set_new(root, "number", text_json(d->number));
    json_object_set_new(root, "date", day_json(a, day));
    json_object_set_new(root, "day_typed", json_string(d->day)); /* also when it is no day yet: nothing typed is lost */
    json_object_set_new(root, "agency", text_json(d->agency));
    json_object_set_new(root, "parent_agency", text_json(d->parent_agency));
    json_object_set_new(root, "title", text_json(d->title));
    json_object_set_new(root, "year", text_int(d->year, &number) ? json_integer(number) : text_json(d->year));
    if (strcmp(d->bases, bases_text(a, json_object_get(root, "bases"))) != 0) /* a title is more than the text shows */
        json_object_set_new(root, "bases", bases_json(a, d->bases));
    json_object_set_new(root, "recipients", parts_json(a, d->recipients, "\n"));
    json_object_set_new(root, "signer", json_pack("{s:o, s:o, s:o}", "prefix", text_json(d->signer_prefix), "title",
                                                  text_json(d->signer_title), "name", text_json(d->signer_name)));
    json_object_set_new(root, "leader", text_json(d->leader));
    json_object_set_new(root, "approver", text_json(d->approver));
    set_marks(root, draft_head_fields, d->marks);
}

static json_t *choices_json(const struct plan_draft *d)
{
    json_t *units = json_object();
    for (size_t i = 0; i < d->choice_count; i++)
        if (d->choices[i].unit != 0)
            json_object_set_new(units, d->choices[i].wording, json_integer(d->choices[i].unit));
    return units;
}

/* By its key, or by its place in a reading, which has no keys. */
static const json_t *task_in(const json_t *tasks, int64_t key)
{
    size_t i;
    json_t *one;
    json_array_foreach(tasks, i, one)
    {
        const json_t *own = json_object_get(one, "key");
        if (json_is_integer(own) ? json_integer_value(own) == key : (int64_t)i == key)
            return one;
    }
    return NULL;
}

const json_t *draft_kept_task(const json_t *root, int64_t key)
{
    const json_t *kept = task_in(json_object_get(root, "tasks"), key);
    size_t i;
    json_t *one;
    if (kept == NULL)
        json_array_foreach(json_object_get(root, "removed"), i, one)
            if (json_integer_value(json_object_get(one, "key")) == key)
                return one;
    return kept;
}

/* What was removed may come back, with its places. */
static void keep_removed(json_t *root, const struct plan_draft *draft)
{
    json_t *removed = json_array();
    const char *const lists[] = { "removed", "tasks" };
    for (int l = 0; l < 2; l++) {
        size_t i;
        json_t *one;
        json_array_foreach(json_object_get(root, lists[l]), i, one)
        {
            const json_t *own = json_object_get(one, "key");
            int64_t key = json_is_integer(own) ? json_integer_value(own) : (int64_t)i;
            if (!json_is_object(one) || draft_task_of(draft, key) != NULL)
                continue;
            json_object_set_new(one, "key", json_integer(key));
            json_array_append(removed, one);
        }
    }
    json_object_set_new(root, "removed", removed);
}

char *draft_to_json(struct ctx *c, const char *json, const struct plan_draft *draft)
{
    json_t *root = json_loads(json, 0, NULL);
    if (root == NULL)
        root = json_object();
    set_header(c->arena, root, draft);
    json_t *tasks = json_array();
    for (size_t i = 0; i < draft->count; i++)
        json_array_append_new(
            tasks, draft_task_json(c->arena, &draft->tasks[i], draft_kept_task(root, draft->tasks[i].base)));
    keep_removed(root, draft);
    json_object_set_new(root, "tasks", tasks);
    json_object_set_new(root, "next_key", json_integer(draft->next_key));
    json_object_set_new(root, "units", choices_json(draft));
    char *text = json_dumps(root, JSON_COMPACT);
    char *copy = arena_copy(c->arena, text == NULL ? "{}" : text);
    free(text);
    json_decref(root);
    return copy;
}
