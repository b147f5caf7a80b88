#include "modules/plan/plan_copy.h"
#include "plan_copy_queries.h"
#include "platform/base/text.h"
#include <string.h>

/* First row of a task; rows are in order of task. rows->count when it has none. */
static int first_of(const struct rows *rows, int64_t task)
{
    int low = 0, high = rows->count;
    while (low < high) {
        int middle = (low + high) / 2;
        if (cell_int(rows, middle, "task") < task)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool of_task(const struct rows *rows, int i, int64_t task)
{
    return i < rows->count && cell_int(rows, i, "task") == task;
}

static struct schedule schedule_of(const struct rows *r, int i, const struct rows *due)
{
    struct schedule s = {
        .kind = schedule_kind_of(cell(r, i, "kind")), .per = schedule_per_of(cell(r, i, "per")), .year = (int)cell_int(r, i, "year"),
        .count = (int)cell_int(r, i, "count"), .start_day = cell_int(r, i, "start_day"), .end_day = cell_int(r, i, "end_day"),
    };
    int64_t task = cell_int(r, i, "id");
    for (int k = first_of(due, task); of_task(due, k, task) && s.due_count < SCHEDULE_MOST_DUE; k++)
        s.due_days[s.due_count++] = cell_int(due, k, "day");
    return s;
}

static void add_word(struct buffer *b, const char *word, const char *between)
{
    if (word[0] != '\0')
        buffer_printf(b, "%s%s", b->length == 0 ? "" : between, word);
}

/* A set of units is one wording on many rows that follow each other. */
static void take_parties(struct arena *a, struct stored_task *t, const struct rows *parties)
{
    int from = first_of(parties, t->id), to = from;
    while (of_task(parties, to, t->id))
        to++;
    struct task_party *list = arena_array(a, (size_t)(to - from) + 1, sizeof *list);
    struct buffer words[2] = { { .arena = a }, { .arena = a } };
    const char *last[2] = { "", "" };
    buffer_add(&words[0], "");
    buffer_add(&words[1], "");
    for (int i = from; i < to; i++) {
        bool partner = strcmp(cell(parties, i, "role"), "partner") == 0;
        const char *wording = cell(parties, i, "wording");
        const char *shown = wording[0] != '\0' ? wording : cell(parties, i, "short_name");
        list[i - from] = (struct task_party){ .unit = cell_int(parties, i, "unit"), .wording = wording, .partner = partner,
                                              .set = cell_int(parties, i, "is_set") != 0, .proves = cell_int(parties, i, "proves") != 0 };
        if (strcmp(last[partner], shown) != 0)
            add_word(&words[partner], shown, "; ");
        last[partner] = shown;
    }
    t->task.parties = list;
    t->task.party_count = (size_t)(to - from);
    t->leads = words[0].text;
    t->partners = words[1].text;
}

static void take_products(struct arena *a, struct stored_task *t, const struct rows *products)
{
    int from = first_of(products, t->id), to = from;
    while (of_task(products, to, t->id))
        to++;
    struct task_product *list = arena_array(a, (size_t)(to - from) + 1, sizeof *list);
    struct buffer words = { .arena = a };
    buffer_add(&words, "");
    for (int i = from; i < to; i++) {
        list[i - from] = (struct task_product){ cell(products, i, "wording"), cell(products, i, "kind"), cell_int(products, i, "quantity") };
        add_word(&words, list[i - from].wording, "\n");
    }
    t->task.products = list;
    t->task.product_count = (size_t)(to - from);
    t->products = words.text;
}

static struct stored_task task_of(const struct rows *r, int i, const struct rows *due, int64_t plan)
{
    const char *raw = cell(r, i, "time_raw");
    return (struct stored_task){
        .id = cell_int(r, i, "id"),
        .time = raw[0] != '\0' ? raw : cell(r, i, "time_words"),
        .task = {
            .plan = plan, .unit = cell_int(r, i, "unit"), .parent = cell_int(r, i, "parent"), .area = (int)cell_int(r, i, "area"),
            .position = (int)cell_int(r, i, "position"), .no = cell(r, i, "no"), .heading = cell(r, i, "heading"),
            .title = cell(r, i, "title"), .time_raw = raw, .budget = cell(r, i, "budget"), .schedule = schedule_of(r, i, due),
            .responsible = cell_int(r, i, "responsible"), .responsible_raw = cell(r, i, "responsible_raw"),
            .leader = cell_int(r, i, "leader"), .leader_raw = cell(r, i, "leader_raw"),
            .approver = cell_int(r, i, "approver"), .approver_raw = cell(r, i, "approver_raw"),
        },
    };
}

enum err plan_stored_load(struct ctx *c, int64_t plan, bool withdrawn, struct stored_task **list, size_t *count)
{
    const struct rows *tasks = sql_copy_tasks(c, plan, withdrawn), *due = sql_copy_due(c, plan), *doubts = sql_copy_doubts(c, plan);
    const struct rows *parties = sql_copy_parties(c, plan), *products = sql_copy_products(c, plan);
    struct stored_task *out = arena_array(c->arena, (size_t)tasks->count + 1, sizeof *out);
    if (c->err != OK)
        return c->err;
    for (int i = 0; i < tasks->count; i++) {
        out[i] = task_of(tasks, i, due, plan);
        take_parties(c->arena, &out[i], parties);
        take_products(c->arena, &out[i], products);
        for (int k = first_of(doubts, out[i].id); of_task(doubts, k, out[i].id); k++)
            out[i].task.doubts |= RO_BIT((unsigned)cell_int(doubts, k, "ro"));
    }
    *list = out;
    *count = (size_t)tasks->count;
    return OK;
}

struct draft_task plan_stored_draft(struct arena *a, const struct stored_task *s)
{
    const struct task_draft *t = &s->task;
    return (struct draft_task){
        .no = t->no, .heading = t->heading, .title = t->title, .leads = s->leads, .partners = s->partners,
        .time_raw = t->time_raw[0] != '\0' || t->schedule.kind == SCHEDULE_NONE ? t->time_raw : schedule_words(a, &t->schedule),
        .schedule = t->schedule, .products = s->products, .budget = t->budget, .duty = t->leader_raw, .authority = t->approver_raw,
    };
}
