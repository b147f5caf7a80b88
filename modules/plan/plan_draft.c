#include "modules/plan/plan_draft.h"
#include "modules/document/document_grammar.h"
#include "modules/plan/plan_parts.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <jansson.h>
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

static unsigned doubt(const json_t *object, const char *field, unsigned bit)
{
    const json_t *sure = json_object_get(json_object_get(object, "confidence"), field);
    double value = json_number_value(sure); /* 0: the document does not state it, so nothing can be doubtful */
    return json_is_number(sure) && value > 0 && value * 100 < DRAFT_SURE ? bit : 0;
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

static struct schedule schedule_of(const json_t *time, int year)
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

static struct draft_task task_of(struct arena *a, const json_t *json, int year)
{
    const json_t *source = json_object_get(json, "source");
    return (struct draft_task){
        .no = text_of(a, json, "no"),
        .heading = text_of(a, json, "group"),
        .title = text_of(a, json, "title"),
        .leads = joined(a, json, "leads", "; "),
        .partners = joined(a, json, "partners", "; "),
        .time_raw = text_of(a, json, "time_raw"),
        .schedule = schedule_of(json_object_get(json, "time"), year),
        .products = joined(a, json, "products", "\n"),
        .budget = text_of(a, json, "budget"),
        .duty = text_of(a, json, "duty"),
        .authority = text_of(a, json, "authority"),
        .doubts = doubt(json, "title", DOUBT_TITLE) | doubt(json, "leads", DOUBT_LEADS) |
                  doubt(json, "partners", DOUBT_PARTNERS) | doubt(json, "time", DOUBT_TIME) |
                  doubt(json, "products", DOUBT_PRODUCTS),
        .page = (int)json_integer_value(json_object_get(source, "page")),
        .from = json_integer_value(json_object_get(source, "from")),
        .to = json_integer_value(json_object_get(source, "to")),
    };
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
    d->doubts = doubt(json, "number", DOUBT_NUMBER) | doubt(json, "date", DOUBT_DAY) |
                doubt(json, "title", DOUBT_SUBJECT) | doubt(json, "agency", DOUBT_AGENCY) |
                doubt(json, "bases", DOUBT_BASES) | doubt(json, "signer", DOUBT_SIGNER);
    d->damaged = json_is_true(json_object_get(json_object_get(json, "quality"), "damaged"));
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
        draft->tasks[draft->count++] = task_of(c->arena, json_array_get(tasks, i), year);
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

static json_t *schedule_json(struct arena *a, const struct schedule *s)
{
    json_t *more = json_array();
    for (int i = 1; i < s->due_count; i++)
        json_array_append_new(more, json_string(day_iso(a, s->due_days[i])));
    return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "kind", schedule_kind_name(s->kind), "count",
                     s->count == 0 ? json_null() : json_integer(s->count), "per", text_json(schedule_per_name(s->per)),
                     "due", day_json(a, s->due_count > 0 ? s->due_days[0] : 0), "start", day_json(a, s->start_day), "end",
                     day_json(a, s->end_day), "more_due", more);
}

static void mark_doubt(json_t *sure, const char *field, unsigned doubts, unsigned bit)
{
    json_object_set_new(sure, field, json_real((doubts & bit) != 0 ? 0.5 : 1.0));
}

static json_t *task_json(struct arena *a, const struct draft_task *t)
{
    json_t *sure = json_object();
    mark_doubt(sure, "title", t->doubts, DOUBT_TITLE);
    mark_doubt(sure, "leads", t->doubts, DOUBT_LEADS);
    mark_doubt(sure, "partners", t->doubts, DOUBT_PARTNERS);
    mark_doubt(sure, "time", t->doubts, DOUBT_TIME);
    mark_doubt(sure, "products", t->doubts, DOUBT_PRODUCTS);
    json_t *source = json_pack("{s:i, s:I, s:I}", "page", t->page, "from", (json_int_t)t->from, "to", (json_int_t)t->to);
    json_t *json = json_pack("{s:s, s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "no", t->no, "group",
                             text_json(t->heading), "title", t->title, "leads", parts_json(a, t->leads, DRAFT_UNITS_END), "partners",
                             parts_json(a, t->partners, DRAFT_UNITS_END), "time_raw", text_json(t->time_raw), "time",
                             schedule_json(a, &t->schedule), "products", parts_json(a, t->products, "\n"), "budget",
                             text_json(t->budget), "source", source, "confidence", sure);
    json_object_set_new(json, "duty", text_json(t->duty));
    json_object_set_new(json, "authority", text_json(t->authority));
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
    json_t *sure = json_object();
    mark_doubt(sure, "number", d->doubts, DOUBT_NUMBER);
    mark_doubt(sure, "date", d->doubts, DOUBT_DAY);
    mark_doubt(sure, "title", d->doubts, DOUBT_SUBJECT);
    mark_doubt(sure, "agency", d->doubts, DOUBT_AGENCY);
    mark_doubt(sure, "bases", d->doubts, DOUBT_BASES);
    mark_doubt(sure, "signer", d->doubts, DOUBT_SIGNER);
    json_object_set_new(root, "confidence", sure);
}

char *draft_to_json(struct ctx *c, const char *json, const struct plan_draft *draft)
{
    json_t *root = json_loads(json, 0, NULL);
    if (root == NULL)
        root = json_object();
    set_header(c->arena, root, draft);
    json_t *tasks = json_array();
    for (size_t i = 0; i < draft->count; i++)
        json_array_append_new(tasks, task_json(c->arena, &draft->tasks[i]));
    json_object_set_new(root, "tasks", tasks);
    char *text = json_dumps(root, JSON_COMPACT);
    char *copy = arena_copy(c->arena, text == NULL ? "{}" : text);
    free(text);
    json_decref(root);
    return copy;
}

/* ---- parts, time, list ---- */

size_t draft_parts(struct arena *a, const char *text, const char *ends, const char ***parts)
{
    size_t count = 0;
    size_t capacity = 0;
    const char **list = NULL;
    while (*text != '\0') {
        size_t length = strcspn(text, ends);
        const char *part = text_squeeze(a, arena_copy_n(a, text, length));
        if (part[0] != '\0') {
            list = arena_grow(a, list, sizeof *list, &capacity, count + 1);
            list[count++] = part;
        }
        text += length;
        text += *text != '\0';
    }
    *parts = list;
    return count;
}

int draft_year(struct ctx *c, const struct plan_draft *draft)
{
    int64_t year, day;
    if (text_int(draft->year, &year) && year >= 2000 && year <= 2100)
        return (int)year;
    return day_year(draft_day(draft, &day) ? day : day_of_moment(c->now));
}

bool draft_day(const struct plan_draft *draft, int64_t *when)
{
    return day_parse(draft->day, when);
}

bool draft_add_task(struct ctx *c, struct plan_draft *draft)
{
    if (draft->count >= DRAFT_MOST_TASKS)
        return false;
    draft->tasks[draft->count++] = (struct draft_task){
        .no = "", .heading = "", .title = "", .leads = "", .partners = "", .time_raw = "",
        .products = "", .budget = "", .duty = "", .authority = "", .schedule = { .year = draft_year(c, draft) },
    };
    return true;
}

bool draft_remove_task(struct plan_draft *draft, size_t index)
{
    if (index >= draft->count)
        return false;
    draft->count--;
    memmove(&draft->tasks[index], &draft->tasks[index + 1], (draft->count - index) * sizeof *draft->tasks);
    return true;
}

bool draft_split_task(struct ctx *c, struct plan_draft *draft, size_t index)
{
    if (index >= draft->count || draft->count >= DRAFT_MOST_TASKS)
        return false;
    memmove(&draft->tasks[index + 1], &draft->tasks[index], (draft->count - index) * sizeof *draft->tasks);
    draft->count++;
    draft->tasks[index + 1].no = arena_printf(c->arena, "%s+", draft->tasks[index].no);
    return true;
}

static enum schedule_kind kind_of(enum plan_time_kind kind)
{
    static const enum schedule_kind kinds[] = {
        [PLAN_CONTINUOUS] = SCHEDULE_CONTINUOUS, [PLAN_FREQUENCY] = SCHEDULE_FREQUENCY, [PLAN_DEADLINE] = SCHEDULE_DEADLINE,
        [PLAN_PERIOD] = SCHEDULE_PERIOD,         [PLAN_ON_REQUEST] = SCHEDULE_ON_REQUEST, [PLAN_NO_TIME] = SCHEDULE_NONE,
    };
    return kinds[kind];
}

static enum schedule_per per_of(enum plan_per per)
{
    static const enum schedule_per pers[] = {
        [PLAN_PER_NONE] = PER_NONE,   [PLAN_PER_WEEK] = PER_WEEK, [PLAN_PER_MONTH] = PER_MONTH,
        [PLAN_PER_QUARTER] = PER_QUARTER, [PLAN_PER_YEAR] = PER_YEAR,
    };
    return pers[per];
}

void draft_read_time(struct ctx *c, const struct plan_draft *draft, struct draft_task *task)
{
    int year = draft_year(c, draft);
    struct plan_time time = plan_time_of(c->arena, task->time_raw, NULL, year, false);
    task->schedule = (struct schedule){
        .kind = kind_of(time.kind),
        .year = year,
        .count = time.count,
        .per = per_of(time.per),
        .start_day = time.start.known ? time.start.day : 0,
        .end_day = time.end.known ? time.end.day : 0,
    };
    if (time.due.known)
        task->schedule.due_days[task->schedule.due_count++] = time.due.day;
    for (int i = 0; i < time.more_count && task->schedule.due_count < SCHEDULE_MOST_DUE; i++)
        task->schedule.due_days[task->schedule.due_count++] = time.more_due[i];
    bool unclear = time.kind == PLAN_NO_TIME && !text_blank(task->time_raw);
    task->doubts = unclear ? task->doubts | DOUBT_TIME : task->doubts & ~(unsigned)DOUBT_TIME;
}
