#include "modules/plan/plan_copy_start.h"
#include "modules/document/document_file.h"
#include "modules/document/document_grammar.h"
#include "modules/plan/plan_read.h"
#include "plan_copy_queries.h"
#include "plan_queries.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include "platform/doc/doc.h"
#include <inttypes.h>
#include <string.h>

/* ---- what became of it ---- */

static void take_results(struct past_task *t, const struct rows *results)
{
    for (int i = 0; i < results->count; i++)
        if (cell_int(results, i, "task") == t->task.id) {
            t->ended = cell_int(results, i, "ended") != 0;
            t->periods = cell_int(results, i, "periods");
            t->done = cell_int(results, i, "done");
            t->late = cell_int(results, i, "late");
            t->missed = cell_int(results, i, "missed");
            t->waiting = cell_int(results, i, "waiting");
            t->evidence = cell_int(results, i, "evidence");
        }
}

enum err plan_past_load(struct ctx *c, int64_t plan, struct past_task **list, size_t *count)
{
    struct stored_task *stored = NULL;
    size_t found = 0;
    if (sql_plan_one(c, plan, c->person)->count == 0 && c->err == OK)
        return fail(c, NOT_FOUND, "Không tìm thấy kế hoạch này.", "plan %" PRId64, plan);
    const struct rows *results = sql_copy_results(c, plan, day_of_moment(c->now));
    if (plan_stored_load(c, plan, true, &stored, &found) != OK)
        return c->err;
    struct past_task *out = arena_array(c->arena, found + 1, sizeof *out);
    for (size_t i = 0; i < found; i++) {
        out[i].task = stored[i];
        take_results(&out[i], results);
    }
    *list = out;
    *count = found;
    return OK;
}

/* ---- a year on ---- */

static bool digit(char ch)
{
    return ch >= '0' && ch <= '9';
}

static const char *skip_back(const char *text, const char *at)
{
    while (at > text && at[-1] == ' ')
        at--;
    return at;
}

/* A year of a period "2021-2030", or inside a number "61/2018/NĐ-CP": these name something that stays. */
static bool stays(const char *text, const char *at)
{
    const char *before = skip_back(text, at), *after = at + 4 + strspn(at + 4, " ");
    if (at[4] == '/')
        return true;
    if (before > text && before[-1] == '-') {
        const char *left = skip_back(text, before - 1);
        if (left - text >= 4 && digit(left[-1]) && digit(left[-2]) && digit(left[-3]) && digit(left[-4]) && (left - text == 4 || left[-5] != '/'))
            return true;
    }
    return *after == '-' && digit(after[1 + strspn(after + 1, " ")]) && strspn(after + 1 + strspn(after + 1, " "), "0123456789") == 4;
}

static bool cited(const struct citation *list, size_t count, size_t at)
{
    for (size_t i = 0; i < count; i++)
        if (at >= list[i].from && at < list[i].to)
            return true;
    return false;
}

const char *plan_shift_years(struct arena *a, const char *text, int year, int by)
{
    struct citation *citations;
    size_t count = document_citations(a, text, &citations);
    char *out = arena_copy(a, text);
    for (const char *at = text; *at != '\0'; at++) {
        size_t length = strspn(at, "0123456789");
        if (length == 4 && !stays(text, at) && !cited(citations, count, (size_t)(at - text))) {
            int64_t found = 0;
            text_int(arena_copy_n(a, at, 4), &found);
            if (found >= year - 1 && found <= year + 1)
                memcpy(out + (at - text), arena_printf(a, "%04d", (int)found + by), 4);
        }
        at += length > 0 ? length - 1 : 0;
    }
    return out;
}

static int64_t years_on(int64_t day, int by)
{
    return day == 0 ? 0 : day_add_months(day, 12 * by);
}

struct schedule plan_shift_schedule(const struct schedule *schedule, int by, int64_t signed_day)
{
    struct schedule s = *schedule;
    bool recurs = s.kind == SCHEDULE_FREQUENCY || s.kind == SCHEDULE_CONTINUOUS;
    s.year += by;
    s.start_day = recurs && s.start_day == signed_day ? 0 : years_on(s.start_day, by);
    s.end_day = years_on(s.end_day, by);
    for (int i = 0; i < s.due_count; i++)
        s.due_days[i] = years_on(s.due_days[i], by);
    return s;
}

/* ---- the draft ---- */

struct beginning {
    struct ctx *c;
    struct plan_paper paper;
    int year, by;
    int64_t signed_day; /* of the old plan */
};

static const char *shift(const struct beginning *b, const char *text)
{
    return plan_shift_years(b->c->arena, text, b->year, b->by);
}

/* Laws are kept; plans are of their year, so those above for the new year take their place. */
static const char *new_bases(const struct beginning *b)
{
    struct arena *a = b->c->arena;
    struct buffer out = { .arena = a };
    const char **old;
    size_t count = draft_parts(a, b->paper.draft.bases, "\n", &old);
    const struct rows *above = sql_copy_above(b->c, b->paper.unit, b->year + b->by);
    buffer_add(&out, "");
    for (size_t i = 0; i < count; i++)
        if (!text_starts(text_key(a, old[i]), "ke hoach"))
            buffer_printf(&out, "%s%s", out.length == 0 ? "" : "\n", old[i]);
    for (int i = 0; i < above->count; i++) {
        int64_t day = cell_int(above, i, "day");
        buffer_printf(&out, "%sKế hoạch số %s%s%s của %s", out.length == 0 ? "" : "\n", cell(above, i, "number"), day == 0 ? "" : " ngày ",
                      day == 0 ? "" : day_vi(a, day), cell(above, i, "issuer"));
    }
    return out.text;
}

static void move_header(struct beginning *b)
{
    struct plan_draft *d = &b->paper.draft;
    d->number = "";
    d->day = "";
    d->year = arena_printf(b->c->arena, "%d", b->year + b->by);
    d->title = shift(b, d->title);
    d->bases = new_bases(b);
    d->signer_name = ""; /* who signs is known when it is signed */
    struct paper_line *lines = arena_array(b->c->arena, b->paper.count + 1, sizeof *lines);
    for (size_t i = 0; i < b->paper.count; i++)
        lines[i] = (struct paper_line){ b->paper.lines[i].level, shift(b, b->paper.lines[i].text) };
    b->paper.lines = lines;
}

static struct draft_task move_task(const struct beginning *b, const struct stored_task *stored)
{
    struct draft_task t = plan_stored_draft(b->c->arena, stored);
    t.title = shift(b, t.title);
    t.heading = shift(b, t.heading);
    t.time_raw = shift(b, t.time_raw);
    t.products = shift(b, t.products);
    t.schedule = plan_shift_schedule(&stored->task.schedule, b->by, b->signed_day);
    return t;
}

static bool chosen(const struct plan_beginning *w, int64_t task)
{
    for (size_t i = 0; i < w->count; i++)
        if (w->tasks[i] == task)
            return true;
    return false;
}

static enum err move_tasks(struct beginning *b, const struct plan_beginning *w)
{
    struct stored_task *stored = NULL;
    size_t count = 0;
    struct plan_draft *d = &b->paper.draft;
    if (plan_stored_load(b->c, w->plan, true, &stored, &count) != OK)
        return b->c->err;
    d->tasks = arena_array(b->c->arena, count + 1, sizeof *d->tasks);
    d->count = 0;
    for (size_t i = 0; i < count && d->count < DRAFT_MOST_TASKS; i++)
        if (chosen(w, stored[i].id))
            d->tasks[d->count++] = move_task(b, &stored[i]);
    if (d->count == 0)
        return invalid(b->c, "tasks", "Hãy chọn ít nhất một nhiệm vụ.");
    return OK;
}

/* What was read of the written document gives the passages; the fields are those of last year's tasks, sure as they are. */
static void fill_task(struct draft_task *to, const struct draft_task *from)
{
    to->no = to->no == NULL || to->no[0] == '\0' ? from->no : to->no;
    to->heading = from->heading;
    to->title = from->title;
    to->leads = from->leads;
    to->partners = from->partners;
    to->time_raw = from->time_raw;
    to->schedule = from->schedule;
    to->products = from->products;
    to->budget = from->budget;
    to->duty = from->duty;
    to->authority = from->authority;
    for (int f = 0; draft_task_fields[f].name != NULL; f++)
        to->marks[f].sure = to->marks[f].sure > 0 ? 100 : 0;
}

static bool same_tasks(struct arena *a, const struct plan_draft *read, const struct plan_draft *wanted)
{
    for (size_t i = 0; i < wanted->count; i++)
        if (read->count != wanted->count || strcmp(text_key(a, read->tasks[i].title), text_key(a, wanted->tasks[i].title)) != 0)
            return false;
    return true;
}

static const char *draft_json(struct ctx *c, const char *reading, const struct plan_draft *wanted)
{
    struct plan_draft d;
    if (draft_from_json(c, reading, &d) != OK)
        return "{}";
    if (!same_tasks(c->arena, &d, wanted)) {
        while (draft_remove_task(&d, 0))
            ;
        for (size_t i = 0; i < wanted->count; i++)
            draft_add_task(c, &d);
    }
    for (size_t i = 0; i < wanted->count && i < d.count; i++)
        fill_task(&d.tasks[i], &wanted->tasks[i]);
    d.number = wanted->number;
    d.day = wanted->day;
    d.title = wanted->title;
    d.year = wanted->year;
    d.agency = wanted->agency;
    d.parent_agency = wanted->parent_agency;
    d.bases = wanted->bases;
    d.recipients = wanted->recipients;
    d.signer_prefix = wanted->signer_prefix;
    d.signer_title = wanted->signer_title;
    d.signer_name = wanted->signer_name;
    for (int f = 0; draft_head_fields[f].name != NULL; f++)
        d.marks[f].sure = d.marks[f].sure > 0 ? 100 : 0;
    draft_weigh(&d);
    return draft_to_json(c, reading, &d);
}

enum err plan_paper_source(struct ctx *c, const struct plan_paper *paper, struct plan_source *source)
{
    static const char type[] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    const struct document *doc = plan_paper_document(c, paper);
    struct document_file *file = arena_alloc(c->arena, sizeof *file);
    struct plan_reading *reading = NULL;
    const void *bytes;
    size_t size;
    if (doc_write_docx(c, doc, &bytes, &size) != OK || plan_read(c, doc, &reading) != OK ||
        document_file_put(c, plan_paper_name(c->arena, paper, "docx"), type, bytes, size, file) != OK)
        return c->err;
    const char *json = draft_json(c, plan_reading_json(c->arena, reading), &paper->draft);
    if (c->err == OK)
        *source = (struct plan_source){ file, doc_to_json(c->arena, doc), json };
    return c->err;
}

enum err plan_begin(struct ctx *c, const struct plan_beginning *w, int64_t *unit, struct plan_source *source)
{
    struct beginning b = { .c = c };
    const struct rows *old = sql_copy_plan(c, w->plan);
    if (plan_paper_of_plan(c, w->plan, &b.paper) != OK || plan_require_edit(c, b.paper.unit) != OK)
        return c->err;
    b.year = (int)cell_int(old, 0, "year");
    b.by = w->year - b.year;
    b.signed_day = cell_int(old, 0, "day");
    b.paper.final = false;
    if (b.by < 1 || b.by > 20)
        return invalid(c, "year", "Năm của kế hoạch mới phải sau năm %d.", b.year);
    if (move_tasks(&b, w) != OK)
        return c->err;
    move_header(&b);
    if (plan_paper_source(c, &b.paper, source) == OK)
        *unit = b.paper.unit;
    return c->err;
}
