#include "modules/plan/plan_review.h"
#include "modules/plan/plan_draft_own.h"
#include "modules/unit/unit.h"
#include "plan_queries.h"
#include "platform/base/text.h"
#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* One saving under way. changes: what it did, for the step; later: what others did after the version that was seen. */
struct saving {
    struct ctx *c;
    struct plan_import *import;
    struct plan_draft *draft;
    json_t *changes, *later;
    struct review_outcome *out;
    const char *kind;
};

/* A field with its owner: the draft's head, or a task. */
struct spot {
    int64_t task;
    const struct draft_field *field;
    const char **text;
    struct draft_mark *mark;
    struct draft_task *owner; /* NULL: the head */
};

static bool find_spot(const struct saving *s, int64_t task, int index, struct spot *spot)
{
    const struct draft_field *fields = task == REVIEW_HEAD ? draft_head_fields : draft_task_fields;
    struct draft_task *owner = task == REVIEW_HEAD ? NULL : draft_task_of(s->draft, task);
    if ((task != REVIEW_HEAD && owner == NULL) || index < 0 || index >= DRAFT_MOST_FIELDS)
        return false;
    *spot = (struct spot){ .task = task, .field = &fields[index], .owner = owner };
    spot->text = draft_text(spot->field, owner == NULL ? (void *)s->draft : (void *)owner);
    spot->mark = owner == NULL ? &s->draft->marks[index] : &owner->marks[index];
    return true;
}

static bool is_time(const struct spot *spot)
{
    return spot->owner != NULL && strcmp(spot->field->name, "time_raw") == 0;
}

/* ---- what was and what is ---- */

static json_t *state_of(const struct saving *s, const struct spot *spot)
{
    json_t *state = json_pack("{s:s, s:i, s:o}", "text", *spot->text, "sure", spot->mark->sure, "mark",
                              draft_mark_json(spot->mark));
    if (is_time(spot))
        json_object_set_new(state, "time", draft_schedule_json(s->c->arena, &spot->owner->schedule));
    return state;
}

static void put_state(const struct saving *s, const struct spot *spot, const json_t *state)
{
    const char *text = json_string_value(json_object_get(state, "text"));
    *spot->text = arena_copy(s->c->arena, text == NULL ? "" : text);
    spot->mark->sure = (int)json_integer_value(json_object_get(state, "sure"));
    draft_take_mark(s->c->arena, json_object_get(state, "mark"), spot->mark);
    if (is_time(spot))
        spot->owner->schedule = draft_schedule_of_json(json_object_get(state, "time"), draft_year(s->c, s->draft));
}

/* Takes `was` and the spot as it is now into the step. */
static void note(struct saving *s, const struct spot *spot, json_t *was)
{
    json_array_append_new(s->changes, json_pack("{s:I, s:s, s:o, s:o}", "task", (json_int_t)spot->task, "field",
                                                spot->field->name, "was", was, "now", state_of(s, spot)));
    s->out->changed++;
}

static void note_task(struct saving *s, size_t index, const struct draft_task *was, const struct draft_task *now)
{
    struct arena *a = s->c->arena;
    json_array_append_new(s->changes, json_pack("{s:I, s:I, s:o, s:o}", "task", (json_int_t)(was == NULL ? now : was)->key,
                                                "at", (json_int_t)index, "was",
                                                was == NULL ? json_null() : draft_task_json(a, was, NULL), "now",
                                                now == NULL ? json_null() : draft_task_json(a, now, NULL)));
    s->out->changed++;
}

/* ---- one field ---- */

static void touch(const struct saving *s, struct draft_mark *mark, enum draft_how how)
{
    mark->how = how;
    mark->by = s->c->person;
    mark->at = s->c->now;
    mark->other = NULL;
    mark->other_by = 0;
}

static void set_text(struct saving *s, const struct spot *spot, const char *text)
{
    json_t *was = state_of(s, spot);
    *spot->text = text;
    spot->mark->sure = text[0] == '\0' ? 0 : 100;
    touch(s, spot->mark, HOW_CHANGED);
    if (is_time(spot))
        draft_read_time(s->c, s->draft, spot->owner);
    note(s, spot, was);
}

static void accept(struct saving *s, const struct spot *spot)
{
    json_t *was = state_of(s, spot);
    touch(s, spot->mark, HOW_ACCEPTED);
    note(s, spot, was);
}

/* The text that the person saw, when somebody changed it meanwhile; NULL: nobody did. */
static const char *text_before(const struct saving *s, const struct spot *spot)
{
    size_t i;
    json_t *one;
    json_array_foreach(s->later, i, one)
    {
        const char *field = json_string_value(json_object_get(one, "field"));
        if (field != NULL && json_integer_value(json_object_get(one, "task")) == spot->task &&
            strcmp(field, spot->field->name) == 0)
            return json_string_value(json_object_get(json_object_get(one, "was"), "text"));
    }
    return NULL;
}

static bool same_text(struct arena *a, const struct draft_field *field, const char *x, const char *y)
{
    if (strcmp(x, y) == 0)
        return true;
    /* an input of one line drops breaks, and browsers differ in blanks at the ends */
    return field->lines ? strcmp(text_trim(a, x), text_trim(a, y)) == 0
                        : strcmp(text_squeeze(a, x), text_squeeze(a, y)) == 0;
}

static void wait_for_choice(struct saving *s, const struct spot *spot, const char *typed)
{
    json_t *was = state_of(s, spot);
    spot->mark->other = typed;
    spot->mark->other_by = s->c->person;
    note(s, spot, was);
    s->out->clashes++;
}

static void take_edit(struct saving *s, const struct review_edit *edit)
{
    struct spot spot;
    struct arena *a = s->c->arena;
    if (!find_spot(s, edit->task, edit->field, &spot))
        return; /* its task was removed meanwhile */
    const char *typed = edit->text == NULL ? *spot.text : text_trim(a, edit->text);
    const char *before = text_before(s, &spot);
    bool same = same_text(a, spot.field, typed, *spot.text);
    if (same && edit->accepted && spot.mark->how != HOW_ACCEPTED && before == NULL)
        accept(s, &spot);
    if (same || (before != NULL && same_text(a, spot.field, typed, before)))
        return; /* left as it was seen: what another person wrote stays */
    if (before != NULL && !same_text(a, spot.field, before, *spot.text))
        wait_for_choice(s, &spot, typed);
    else
        set_text(s, &spot, typed);
}

/* ---- the list, bulk, choices ---- */

static bool below_hand(const struct draft_mark *mark, const char *text, int percent)
{
    return mark->how == HOW_READ && mark->other == NULL && mark->sure >= percent && !text_blank(text);
}

int review_count_above(const struct plan_draft *draft, int percent)
{
    int count = 0;
    struct plan_draft *d = (struct plan_draft *)(uintptr_t)draft;
    for (int f = 0; draft_head_fields[f].name != NULL; f++)
        count += below_hand(&d->marks[f], *draft_text(&draft_head_fields[f], d), percent);
    for (size_t i = 0; i < d->count; i++)
        for (int f = 0; draft_task_fields[f].name != NULL; f++)
            count += below_hand(&d->tasks[i].marks[f], *draft_text(&draft_task_fields[f], &d->tasks[i]), percent);
    return count;
}

static void accept_above_of(struct saving *s, int64_t task, const struct draft_field *fields, int percent)
{
    struct spot spot;
    for (int f = 0; fields[f].name != NULL; f++)
        if (find_spot(s, task, f, &spot) && below_hand(spot.mark, *spot.text, percent))
            accept(s, &spot);
}

static void accept_above(struct saving *s, int percent)
{
    accept_above_of(s, REVIEW_HEAD, draft_head_fields, percent);
    for (size_t i = 0; i < s->draft->count; i++)
        accept_above_of(s, s->draft->tasks[i].key, draft_task_fields, percent);
}

static void change_list(struct saving *s, enum review_action action, int64_t key)
{
    struct plan_draft *d = s->draft;
    struct draft_task *task = draft_task_of(d, key);
    size_t index = task == NULL ? d->count : (size_t)(task - d->tasks);
    s->out->index = index = action == REVIEW_ADD ? d->count : index;
    if (action == REVIEW_ADD && draft_add_task(s->c, d))
        note_task(s, index, NULL, &d->tasks[index]);
    else if (action == REVIEW_SPLIT && draft_split_task(s->c, d, index))
        note_task(s, index + 1, NULL, &d->tasks[index + 1]);
    else if (action == REVIEW_REMOVE && task != NULL) {
        struct draft_task gone = *task;
        draft_remove_task(d, index);
        note_task(s, index, &gone, NULL);
    } else if (action == REVIEW_ADD || action == REVIEW_SPLIT)
        invalid(s->c, "title", "Một kế hoạch có nhiều nhất %d nhiệm vụ.", DRAFT_MOST_TASKS);
}

static void choose(struct saving *s, const char *wording, int64_t unit)
{
    int64_t was = draft_chosen(s->draft, wording);
    if (was == unit)
        return;
    draft_choose(s->c, s->draft, wording, unit);
    json_array_append_new(s->changes, json_pack("{s:s, s:I, s:I}", "wording", wording, "was", (json_int_t)was, "now",
                                                (json_int_t)unit));
    s->out->changed++;
}

static void settle(struct saving *s, const struct review_ask *ask)
{
    struct spot spot;
    if (!find_spot(s, ask->task, ask->field, &spot))
        return;
    const struct draft_mark mark = *spot.mark;
    if (ask->action == REVIEW_TAKE_ORIGINAL && mark.original != NULL)
        set_text(s, &spot, mark.original);
    else if (ask->action == REVIEW_TAKE_OTHER && mark.other != NULL)
        set_text(s, &spot, mark.other);
    else if (ask->action == REVIEW_LEAVE_OTHER && mark.other != NULL)
        accept(s, &spot);
}

/* ---- taking back ---- */

/* A removed task comes back with what people cannot edit of it. */
static struct draft_task whole_task(const struct saving *s, const json_t *was, int64_t key)
{
    json_t *root = json_loads(s->import->draft_json, 0, NULL);
    json_t *whole = json_deep_copy(was);
    json_object_update_missing(whole, (json_t *)(uintptr_t)draft_kept_task(root, key));
    struct draft_task task = draft_task_of_json(s->c->arena, whole, draft_year(s->c, s->draft), key);
    json_decref(whole);
    json_decref(root);
    return task;
}

static void take_back_task(struct saving *s, const json_t *change)
{
    int64_t key = json_integer_value(json_object_get(change, "task"));
    size_t index = (size_t)json_integer_value(json_object_get(change, "at"));
    struct draft_task *task = draft_task_of(s->draft, key);
    const json_t *was = json_object_get(change, "was");
    if (json_is_object(was) && task == NULL) {
        struct draft_task back = whole_task(s, was, key);
        if (draft_insert_task(s->draft, index, &back))
            note_task(s, index, NULL, &back);
    } else if (json_is_null(was) && task != NULL) {
        struct draft_task gone = *task;
        index = (size_t)(task - s->draft->tasks);
        draft_remove_task(s->draft, index);
        note_task(s, index, &gone, NULL);
    }
}

static void take_back_field(struct saving *s, const json_t *change, const char *field)
{
    struct spot spot;
    int64_t task = json_integer_value(json_object_get(change, "task"));
    int index = draft_field_named(task == REVIEW_HEAD ? draft_head_fields : draft_task_fields, field);
    const char *now = json_string_value(json_object_get(json_object_get(change, "now"), "text"));
    if (!find_spot(s, task, index, &spot) || now == NULL || strcmp(now, *spot.text) != 0) {
        s->out->kept++; /* somebody wrote there since */
        return;
    }
    json_t *was = state_of(s, &spot);
    put_state(s, &spot, json_object_get(change, "was"));
    note(s, &spot, was);
}

static void undo(struct saving *s)
{
    const struct rows *last = sql_plan_step_last(s->c, s->import->id, s->c->person);
    json_t *changes = last->count == 0 ? NULL : json_loads(cell(last, 0, "changes"), 0, NULL);
    if (changes == NULL)
        return;
    for (size_t i = json_array_size(changes); i > 0; i--) {
        const json_t *one = json_array_get(changes, i - 1);
        const char *field = json_string_value(json_object_get(one, "field"));
        const char *wording = json_string_value(json_object_get(one, "wording"));
        if (wording != NULL)
            choose(s, arena_copy(s->c->arena, wording), json_integer_value(json_object_get(one, "was")));
        else if (field != NULL)
            take_back_field(s, one, field);
        else
            take_back_task(s, one);
    }
    json_decref(changes);
    sql_plan_step_undone(s->c, cell_int(last, 0, "id"));
    s->out->undone = true;
}

/* ---- a saving ---- */

static void keep(struct saving *s)
{
    struct ctx *c = s->c;
    struct plan_import *import = s->import;
    if (json_array_size(s->changes) == 0 || c->err != OK)
        return;
    draft_weigh(s->draft);
    import->draft_json = draft_to_json(c, import->draft_json, s->draft);
    import->version++;
    char *text = json_dumps(s->changes, JSON_COMPACT);
    sql_plan_import_save(c, import->id, import->draft_json, c->person, c->now);
    sql_plan_step_insert(c, import->id, import->version, s->kind, text == NULL ? "[]" : text, c->person, c->now);
    free(text);
    json_decref(s->changes);
    s->changes = json_array();
}

static void act(struct saving *s, const struct review_ask *ask)
{
    switch (ask->action) {
    case REVIEW_SAVE: break;
    case REVIEW_ACCEPT_ABOVE: accept_above(s, ask->percent); break;
    case REVIEW_ADD: case REVIEW_REMOVE: case REVIEW_SPLIT: change_list(s, ask->action, ask->task); break;
    case REVIEW_TAKE_OTHER: case REVIEW_LEAVE_OTHER: case REVIEW_TAKE_ORIGINAL: settle(s, ask); break;
    case REVIEW_UNDO:
        keep(s); /* what was just typed is a step of its own, and the one to take back */
        s->kind = "undo";
        undo(s);
    }
}

static json_t *changes_since(struct ctx *c, int64_t import, int64_t version)
{
    json_t *all = json_array();
    const struct rows *steps = sql_plan_steps_since(c, import, version);
    for (int i = 0; i < steps->count; i++) {
        json_t *changes = json_loads(cell(steps, i, "changes"), 0, NULL);
        json_array_extend(all, changes);
        json_decref(changes);
    }
    return all;
}

static void take_choices(struct saving *s, const struct review_ask *ask)
{
    for (size_t i = 0; i < ask->choice_count; i++) {
        if (ask->choices[i].unit != 0 && unit_living(s->c, ask->choices[i].unit) == 0)
            invalid(s->c, "unit", "Không có đơn vị này. Hãy chọn lại.");
        choose(s, ask->choices[i].wording, ask->choices[i].unit);
    }
}

enum err plan_review(struct ctx *c, int64_t id, const struct review_ask *ask, struct plan_import *import,
                     struct review_outcome *out)
{
    *out = (struct review_outcome){ 0 };
    int64_t open = sql_plan_import_lock(c, id);
    if (plan_import_get(c, id, import) != OK || plan_require_edit(c, import->unit) != OK)
        return c->err;
    if (open == 0)
        return fail(c, CONFLICT, "Bản nhập này đã được xác nhận hoặc đã bỏ.", "import %" PRId64, id);
    struct saving s = { .c = c, .import = import, .draft = &import->draft, .changes = json_array(), .out = out, .kind = "edit" };
    s.later = changes_since(c, id, ask->version);
    for (size_t i = 0; i < ask->count; i++)
        take_edit(&s, &ask->edits[i]);
    take_choices(&s, ask);
    act(&s, ask);
    keep(&s);
    sql_plan_reviewer_seen(c, id, c->person, c->now);
    json_decref(s.changes);
    json_decref(s.later);
    return c->err;
}

enum err review_touched_since(struct ctx *c, const struct plan_import *import, int64_t version,
                              struct review_touched *touched)
{
    *touched = (struct review_touched){ 0 };
    json_t *later = changes_since(c, import->id, version);
    size_t i;
    json_t *one;
    json_array_foreach(later, i, one)
    {
        const char *field = json_string_value(json_object_get(one, "field"));
        int64_t key = json_integer_value(json_object_get(one, "task"));
        const struct draft_task *task = draft_task_of(&import->draft, key);
        if (field == NULL)
            touched->list = touched->list || json_object_get(one, "task") != NULL;
        else if (key == REVIEW_HEAD)
            touched->head |= 1u << draft_field_named(draft_head_fields, field);
        else if (task != NULL)
            touched->tasks[task - import->draft.tasks] |= 1u << draft_field_named(draft_task_fields, field);
    }
    json_decref(later);
    return c->err;
}
