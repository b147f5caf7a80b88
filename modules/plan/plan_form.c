#include "modules/plan/plan_form.h"
#include "modules/plan/plan_form_own.h"
#include "plan_queries.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <inttypes.h>
#include <string.h>

/* ---- form in ---- */

struct taking {
    struct request *r;
    struct review_edit *edits;
    size_t count, capacity;
};

static struct review_edit *add_edit(struct taking *t, int64_t task, int field)
{
    t->edits = arena_grow(t->r->c->arena, t->edits, sizeof *t->edits, &t->capacity, t->count + 1);
    t->edits[t->count] = (struct review_edit){ .task = task, .field = field };
    return &t->edits[t->count++];
}

static void take_fields(struct taking *t, int64_t task, const struct draft_field *fields)
{
    struct arena *a = t->r->c->arena;
    for (int f = 0; fields[f].name != NULL; f++) {
        const char *name = task == REVIEW_HEAD ? fields[f].name : arena_printf(a, "t%" PRId64 "-%s", task, fields[f].name);
        if (form_has(t->r, name))
            add_edit(t, task, f)->text = form(t->r, name);
    }
}

/* "t3-leads", "title"; false when no field is called so. */
static bool spot_of(struct arena *a, const char *name, int64_t *task, int *field)
{
    const char *dash = strchr(name, '-');
    *task = REVIEW_HEAD;
    if (name[0] == 't' && dash != NULL) {
        if (!text_int(arena_copy_n(a, name + 1, (size_t)(dash - name) - 1), task) || *task < 0)
            return false;
        *field = draft_field_named(draft_task_fields, dash + 1);
    } else {
        *field = draft_field_named(draft_head_fields, name);
    }
    return *field >= 0;
}

static void accept_field(struct taking *t, const char *name)
{
    int64_t task;
    int field;
    if (!spot_of(t->r->c->arena, name, &task, &field))
        return;
    for (size_t i = 0; i < t->count; i++)
        if (t->edits[i].task == task && t->edits[i].field == field) {
            t->edits[i].accepted = true;
            return;
        }
    add_edit(t, task, field)->accepted = true;
}

static void accept_task(struct taking *t, const char *key)
{
    for (int f = 0; draft_task_fields[f].name != NULL; f++)
        accept_field(t, arena_printf(t->r->c->arena, "t%s-%s", key, draft_task_fields[f].name));
}

/* The pressed button, and what it is about. */
static void take_action(struct taking *t, struct review_ask *ask)
{
    static const struct {
        const char *word;
        enum review_action action;
    } words[] = { { "nhan-tren", REVIEW_ACCEPT_ABOVE }, { "hoan-tac", REVIEW_UNDO },     { "them", REVIEW_ADD },
                  { "xoa", REVIEW_REMOVE },             { "tach", REVIEW_SPLIT },        { "dung", REVIEW_TAKE_OTHER },
                  { "giu", REVIEW_LEAVE_OTHER },        { "goc", REVIEW_TAKE_ORIGINAL } };
    struct arena *a = t->r->c->arena;
    const char *pressed = form(t->r, "viec");
    const char *colon = strchr(pressed, ':');
    const char *word = colon == NULL ? pressed : arena_copy_n(a, pressed, (size_t)(colon - pressed));
    const char *about = colon == NULL ? "" : colon + 1;
    int64_t percent = 0;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(words[i].word, word) == 0)
            ask->action = words[i].action;
    if (strcmp(word, "nhan") == 0 && text_starts(about, "t") && strchr(about, '-') == NULL)
        accept_task(t, about + 1);
    else if (strcmp(word, "nhan") == 0)
        accept_field(t, about);
    ask->percent = text_int(form(t->r, "muc"), &percent) && percent >= 50 && percent <= 100 ? (int)percent : 90;
    if (!text_int(about, &ask->task) && !spot_of(a, about, &ask->task, &ask->field))
        ask->task = REVIEW_HEAD - 1; /* of no task */
}

/* The button "chon:0:12" names the unit of the n-th; 0: another button. */
static int64_t pressed_unit(struct request *r, int64_t n)
{
    char **parts;
    int64_t of = -1, unit = 0;
    size_t count = text_split(r->c->arena, form(r, "viec"), ':', &parts);
    if (count == 3 && strcmp(parts[0], "chon") == 0 && text_int(parts[1], &of) && of == n)
        text_int(parts[2], &unit);
    return unit;
}

static int64_t unit_named(const struct rows *tree, const char *name)
{
    for (int i = 0; i < tree->count && name[0] != '\0'; i++)
        if (strcmp(cell(tree, i, "name"), name) == 0 || strcmp(cell(tree, i, "short_name"), name) == 0)
            return cell_int(tree, i, "id");
    return 0;
}

/* "dv-0" beside "dvw-0": a wording, and the name of the unit that it means. */
static const char *take_choices(struct request *r, int64_t agency, struct review_ask *ask)
{
    struct ctx *c = r->c;
    const struct rows *tree = NULL;
    struct draft_choice *choices = NULL;
    const char *unknown = NULL;
    size_t capacity = 0;
    for (int n = 0; form_has(r, arena_printf(c->arena, "dvw-%d", n)); n++) {
        const char *name = text_squeeze(c->arena, form(r, arena_printf(c->arena, "dv-%d", n)));
        int64_t unit = pressed_unit(r, n);
        if (tree == NULL)
            tree = unit_tree_at(c, agency, day_of_moment(c->now));
        if (unit == 0)
            unit = unit_named(tree, name);
        if (unit == 0 && name[0] != '\0' && unknown == NULL)
            unknown = name;
        choices = arena_grow(c->arena, choices, sizeof *choices, &capacity, ask->choice_count + 1);
        choices[ask->choice_count++] = (struct draft_choice){ form(r, arena_printf(c->arena, "dvw-%d", n)), unit };
    }
    ask->choices = choices;
    return unknown;
}

const char *review_take_form(struct request *r, int64_t agency, struct review_ask *ask)
{
    struct taking t = { .r = r };
    struct arena *a = r->c->arena;
    char **keys;
    *ask = (struct review_ask){ 0 };
    text_int(form(r, "version"), &ask->version);
    take_fields(&t, REVIEW_HEAD, draft_head_fields);
    size_t count = text_split(a, form(r, "khoa"), ' ', &keys);
    for (size_t i = 0; i < count && i < DRAFT_MOST_TASKS; i++) {
        int64_t key;
        if (text_int(keys[i], &key) && key >= 0)
            take_fields(&t, key, draft_task_fields);
    }
    const char *const *accepted;
    size_t ticked = form_all(r, "nhan", &accepted);
    for (size_t i = 0; i < ticked; i++)
        accept_field(&t, accepted[i]);
    take_action(&t, ask);
    ask->edits = t.edits;
    ask->count = t.count;
    return take_choices(r, agency, ask);
}

/* ---- form out ---- */

/* How a field looks; in the order of draft_head_fields and draft_task_fields. */
struct look {
    const char *label;
    const char *lines; /* of its area; "": an input of one line */
    bool half;
    const char *group; /* of the head: its part of the page */
    const char *hint;
};

static const struct look head_looks[] = {
    { "Số, ký hiệu", "", true, "head", "" },
    { "Ngày ban hành", "", true, "head", "" },
    { "Trích yếu", "2", false, "head", "" },
    { "Năm thực hiện", "", true, "head", "" },
    { "Cơ quan ban hành", "", true, "head", "" },
    { "Căn cứ, kế hoạch cấp trên", "3", false, "head", "Mỗi văn bản một dòng: loại, số, ngày, cơ quan ban hành." },
    { "Cơ quan chủ quản", "", true, "more", "" },
    { "Thẩm quyền ký", "", true, "more", "" },
    { "Chức vụ người ký", "", true, "more", "" },
    { "Họ và tên người ký", "", true, "more", "" },
    { "Nơi nhận", "3", false, "more", "Mỗi nơi một dòng." },
    { NULL, "", true, "", "" }, /* the leader and the approver are chosen from lists */
    { NULL, "", true, "", "" },
};

static const struct look task_looks[] = {
    { "Rõ việc", "3", false, "", "" },
    { "Rõ người (chủ trì)", "2", true, "", "Ghi tên đơn vị, cách nhau bằng dấu chấm phẩy." },
    { "Phối hợp", "2", true, "", "" },
    { "Rõ thời gian", "", true, "", "" },
    { "Rõ sản phẩm", "2", true, "", "Mỗi sản phẩm một dòng, ghi số lượng nếu có." },
    { "Rõ trách nhiệm", "", true, "", "" },
    { "Rõ thẩm quyền", "", true, "", "" },
    { "Số mục", "", true, "", "" },
    { "Kinh phí", "", true, "", "" },
};

static const char *const field_columns[] = { "of",   "name", "label", "number", "half", "lines", "value", "state", "by",
                                             "sure", "page", "at",    "to",     "hint", "found", "missing", "words",
                                             "error", "original", "other", "other_by", NULL };

/* What is the same for all fields of one page. */
struct showing {
    struct request *r;
    const struct field_error *errors;
    const struct rows *people;
    struct rows_maker fields;
    int doubts;
};

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

static const char *number_or_nothing(struct arena *a, int64_t number)
{
    return number == 0 ? "" : arena_printf(a, "%" PRId64, number);
}

static const char *person_of(const struct showing *s, int64_t id)
{
    for (int i = 0; i < s->people->count && id != 0; i++)
        if (cell_int(s->people, i, "id") == id)
            return id == s->r->c->person ? "" : cell(s->people, i, "name"); /* of one's own deeds no name is said */
    return id == 0 || id == s->r->c->person ? "" : "Người khác";
}

/* "doubt": a person should look; "sure": read without doubt; "": the document says nothing, and nobody wrote. */
static const char *state_of(const struct draft_mark *mark, const char *text)
{
    if (mark->other != NULL)
        return "clash";
    if (draft_doubtful(mark))
        return "doubt";
    if (mark->how != HOW_READ)
        return mark->how == HOW_ACCEPTED ? "accepted" : "changed";
    return mark->sure == 0 || text_blank(text) ? "" : "sure";
}

/* Extra cells of a task's field. */
struct extra {
    const char *number, *found, *missing, *words;
};

static void add_field(struct showing *s, const char *of, const char *name, const struct look *look, const char *text,
                      const struct draft_mark *mark, const struct extra *extra)
{
    struct arena *a = s->r->c->arena;
    /* the guess is shown as one only while it stands */
    bool guessed = mark->original != NULL && mark->how != HOW_CHANGED && strcmp(mark->original, text) != 0;
    const char *const cells[] = {
        of, name, look->label, extra->number, flag(look->half), look->lines, text, state_of(mark, text),
        person_of(s, mark->by), number_or_nothing(a, mark->sure), number_or_nothing(a, mark->page),
        number_or_nothing(a, mark->from), number_or_nothing(a, mark->to),
        extra->number[0] == '\0' || text_blank(text) ? look->hint : "", extra->found, extra->missing, extra->words, error_of(s->errors, name),
        guessed ? mark->original : "", mark->other == NULL ? "" : mark->other, person_of(s, mark->other_by),
    };
    rows_add(&s->fields, cells);
}

static void add_head(struct showing *s, struct plan_draft *draft, unsigned touched)
{
    static const struct extra none = { "", "", "", "" };
    for (int f = 0; draft_head_fields[f].name != NULL; f++)
        if (head_looks[f].label != NULL && (touched & 1u << f) != 0)
            add_field(s, head_looks[f].group, draft_head_fields[f].name, &head_looks[f], *draft_text(&draft_head_fields[f], draft),
                      &draft->marks[f], &none);
}

static void add_task_fields(struct showing *s, struct draft_task *t, size_t index, unsigned touched,
                            const struct units_shown *leads, const struct units_shown *partners)
{
    struct arena *a = s->r->c->arena;
    const char *of = arena_printf(a, "%" PRId64, t->key);
    for (int f = 0; draft_task_fields[f].name != NULL; f++) {
        const char *name = draft_task_fields[f].name;
        if ((touched & 1u << f) == 0)
            continue;
        struct extra extra = { arena_printf(a, "%zu", index + 1), "", "", "" };
        if (strcmp(name, "leads") == 0)
            extra.found = leads->found, extra.missing = leads->missing;
        else if (strcmp(name, "partners") == 0)
            extra.found = partners->found, extra.missing = partners->missing;
        else if (strcmp(name, "time_raw") == 0)
            extra.words = schedule_words(a, &t->schedule);
        add_field(s, of, arena_printf(a, "t%s-%s", of, name), &task_looks[f], *draft_text(&draft_task_fields[f], t), &t->marks[f],
                  &extra);
    }
}

static const char *const task_columns[] = { "key", "no", "heading", "title", "doubts", "open", "page", "from", "number", "ro1", "ro2",
                                            "ro3", "ro4", "ro5", "ro6", "ro_count", "ro_label", NULL };

static int doubts_in(const struct draft_field *fields, const struct draft_mark *marks)
{
    int count = 0;
    for (int f = 0; fields[f].name != NULL; f++)
        count += draft_doubtful(&marks[f]);
    return count;
}

static bool has_error(const struct showing *s, const struct draft_task *t)
{
    const char *start = arena_printf(s->r->c->arena, "t%" PRId64 "-", t->key);
    for (const struct field_error *e = s->errors; e != NULL; e = e->next)
        if (text_starts(e->field, start))
            return true;
    return false;
}

static void add_task_row(struct showing *s, struct rows_maker *m, const struct draft_task *t, size_t i, const struct blades *b)
{
    struct arena *a = s->r->c->arena;
    int doubts = doubts_in(draft_task_fields, t->marks);
    bool open = doubts > 0 || has_error(s, t) || t->title[0] == '\0';
    const char *const cells[] = {
        number_or_nothing(a, t->key), t->no, t->heading, t->title, number_or_nothing(a, doubts), flag(open),
        number_or_nothing(a, t->page), number_or_nothing(a, t->from), arena_printf(a, "%zu", i + 1), b->state[0], b->state[1],
        b->state[2], b->state[3], b->state[4], b->state[5], arena_printf(a, "%d", b->clear), b->label,
    };
    rows_add(m, cells);
    m->rows.cells[(m->rows.count - 1) * m->rows.columns] = arena_printf(a, "%" PRId64, t->key);
}

static void put_tasks(struct showing *s, const struct plan_import *import, struct plan_draft *draft,
                      const struct review_touched *touched)
{
    struct ctx *c = s->r->c;
    struct rows_maker m;
    struct buffer keys = { .arena = c->arena };
    struct blades *blades = arena_array(c->arena, draft->count + 1, sizeof *blades);
    struct units_seen seen = units_seen_start(c, import);
    buffer_add(&keys, "");
    rows_start(&m, c->arena, task_columns);
    for (size_t i = 0; i < draft->count; i++) {
        struct draft_task *t = &draft->tasks[i];
        struct units_shown leads = units_show(c, &seen, t->leads);
        struct units_shown partners = units_show(c, &seen, t->partners);
        blades[i] = blades_of(c->arena, draft, t, &leads);
        buffer_printf(&keys, "%s%" PRId64, i == 0 ? "" : " ", t->key);
        s->doubts += doubts_in(draft_task_fields, t->marks);
        if (touched != NULL && touched->tasks[i] == 0)
            continue;
        add_task_row(s, &m, t, i, &blades[i]);
        add_task_fields(s, t, i, touched == NULL ? ~0u : touched->tasks[i], &leads, &partners);
    }
    put_rows(s->r, "tasks", &m.rows);
    put_text(s->r, "keys", keys.text);
    units_put_open(s->r, &seen);
    summary_put(s->r, draft, blades);
}

enum err review_add_unit(struct request *r, struct draft_choice *choice)
{
    const char *colon = strchr(form(r, "viec"), ':');
    int64_t n = -1;
    if (colon == NULL || !text_int(colon + 1, &n) || !form_has(r, arena_printf(r->c->arena, "dvw-%" PRId64, n)))
        return fail(r->c, NOT_FOUND, "Cách gọi này không còn phải chọn. Hãy tải lại trang.", "unit of no wording");
    choice->wording = form(r, arena_printf(r->c->arena, "dvw-%" PRId64, n));
    return units_add_new(r, n, &choice->unit);
}

int review_unclear(struct ctx *c, const struct plan_import *import)
{
    struct units_seen seen = units_seen_start(c, import);
    int unclear = doubts_in(draft_head_fields, import->draft.marks);
    for (size_t i = 0; i < import->draft.count; i++) {
        const struct draft_task *t = &import->draft.tasks[i];
        struct units_shown leads = units_show(c, &seen, t->leads);
        unclear += 6 - blades_of(c->arena, &import->draft, t, &leads).clear;
    }
    return unclear;
}

void review_put_draft(struct request *r, const struct plan_import *import, const struct field_error *errors,
                      const struct review_touched *touched)
{
    struct plan_draft draft = import->draft;
    struct showing s = { .r = r, .errors = errors, .people = sql_plan_reviewers(r->c, import->id) };
    rows_start(&s.fields, r->c->arena, field_columns);
    s.doubts = doubts_in(draft_head_fields, draft.marks);
    put_int(r, "header_doubts", s.doubts);
    add_head(&s, &draft, touched == NULL ? ~0u : touched->head);
    put_tasks(&s, import, &draft, touched);
    put_rows(r, "fields", &s.fields.rows);
    put_int(r, "id", import->id);
    put_int(r, "version", import->version);
    put_int(r, "task_count", (int64_t)draft.count);
    put_int(r, "doubt_count", s.doubts);
    put_text(r, "damaged", flag(draft.damaged));
    put_text(r, "list_changed", flag(touched != NULL && touched->list));
    summary_put_people(r, import, s.people);
}
