#include "modules/plan/plan_learn.h"
#include "modules/audit/audit.h"
#include "modules/person/person.h"
#include "modules/role.h"
#include "plan_learn_queries.h"
#include "platform/base/text.h"
#include "platform/doc/doc.h"
#include "platform/viet/viet_repair.h"
#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = { [LESSON_LABEL] = "label", [LESSON_TIME] = "time", [LESSON_WORDING] = "wording" };

bool plan_lesson_kind_of(const char *kind, enum plan_lesson_kind *found)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kinds[i], kind) == 0) {
            *found = (enum plan_lesson_kind)i;
            return true;
        }
    return false;
}

/* ---- recording ---- */

static void remember_units(struct ctx *c, const struct plan_import *import, const struct plan_draft *draft)
{
    for (size_t i = 0; i < draft->choice_count && c->err == OK; i++) {
        const struct draft_choice *choice = &draft->choices[i];
        const char *key = text_key(c->arena, choice->wording);
        if (choice->unit != 0 && key[0] != '\0')
            sql_learn_unit(c, import->unit, choice->wording, key, choice->unit, import->id, c->person, c->now);
    }
}

static void offer(struct ctx *c, const struct plan_import *import, const struct learn_found *found)
{
    bool exact = strcmp(found->kind, kinds[LESSON_WORDING]) == 0; /* which marks are wrong is what it is about */
    const char *key = exact ? text_lower(c->arena, found->seen) : text_key(c->arena, found->seen);
    sql_learn_offer(c, found->kind, import->unit, found->seen, key, found->meant, found->passage, import->id, c->person, c->now);
}

enum err plan_learn(struct ctx *c, const struct plan_import *import, const struct plan_draft *draft)
{
    remember_units(c, import, draft);
    const struct rows *source = import->id == 0 || c->err != OK ? NULL : sql_learn_source(c, import->id);
    if (source == NULL || source->count == 0)
        return c->err;
    struct plan_draft read = { 0 };
    struct document *doc = NULL;
    struct learn_list list;
    const char *document = cell(source, 0, "document");
    if (draft_from_json(c, cell(source, 0, "reading"), &read) != OK || doc_from_json(c, document, strlen(document), &doc) != OK) {
        ctx_forget(c); /* an old import: nothing is lost but a lesson */
        return OK;
    }
    plan_learn_find(c, &read, draft, doc, &list);
    for (size_t i = 0; i < list.count && c->err == OK; i++)
        offer(c, import, &list.items[i]);
    return c->err;
}

/* ---- using ---- */

enum err plan_knowledge_load(struct ctx *c, int64_t unit, struct plan_knowledge *known)
{
    const struct rows *names = sql_learn_names(c, unit), *lessons = sql_learn_lessons(c);
    const char **phrases = arena_array(c->arena, (size_t)names->count + 1, sizeof *phrases);
    struct plan_lesson *list = arena_array(c->arena, (size_t)lessons->count + 1, sizeof *list);
    *known = (struct plan_knowledge){ .phrases = phrases, .lessons = list };
    for (int i = 0; i < names->count; i++)
        phrases[known->phrase_count++] = cell(names, i, "phrase");
    for (int i = 0; i < lessons->count; i++) {
        struct plan_lesson lesson = { .seen = cell(lessons, i, "seen"), .meant = cell(lessons, i, "meant") };
        if (plan_lesson_kind_of(cell(lessons, i, "kind"), &lesson.kind))
            list[known->lesson_count++] = lesson;
    }
    return c->err;
}

const char *plan_knowledge_text(struct arena *a, const struct plan_knowledge *known)
{
    json_t *phrases = json_array(), *lessons = json_array();
    for (size_t i = 0; i < known->phrase_count; i++)
        json_array_append_new(phrases, json_string(known->phrases[i]));
    for (size_t i = 0; i < known->lesson_count; i++)
        json_array_append_new(lessons, json_pack("[s, s, s]", kinds[known->lessons[i].kind], known->lessons[i].seen, known->lessons[i].meant));
    json_t *both = json_pack("{s:o, s:o}", "phrases", phrases, "lessons", lessons);
    char *text = json_dumps(both, JSON_COMPACT);
    const char *copy = arena_copy(a, text);
    free(text);
    json_decref(both);
    return copy;
}

const char *plan_knowledge_for(struct ctx *c, int64_t import)
{
    struct plan_knowledge known = { 0 };
    plan_knowledge_load(c, sql_learn_agency(c, import), &known);
    return plan_knowledge_text(c->arena, &known);
}

struct plan_knowledge plan_knowledge_of(struct arena *a, const char *text)
{
    json_t *both = json_loads(text, 0, NULL);
    const json_t *phrases = json_object_get(both, "phrases"), *lessons = json_object_get(both, "lessons");
    const char **said = arena_array(a, json_array_size(phrases) + 1, sizeof *said);
    struct plan_lesson *list = arena_array(a, json_array_size(lessons) + 1, sizeof *list);
    struct plan_knowledge known = { .phrases = said, .lessons = list };
    for (size_t i = 0; i < json_array_size(phrases); i++)
        if (json_is_string(json_array_get(phrases, i)))
            said[known.phrase_count++] = arena_copy(a, json_string_value(json_array_get(phrases, i)));
    for (size_t i = 0; i < json_array_size(lessons); i++) {
        const char *kind = NULL, *seen = NULL, *meant = NULL;
        struct plan_lesson *lesson = &list[known.lesson_count];
        if (json_unpack(json_array_get(lessons, i), "[s, s, s]", &kind, &seen, &meant) == 0 && plan_lesson_kind_of(kind, &lesson->kind)) {
            lesson->seen = arena_copy(a, seen);
            lesson->meant = arena_copy(a, meant);
            known.lesson_count++;
        }
    }
    json_decref(both);
    return known;
}

size_t plan_learned_units(struct ctx *c, int64_t agency, const struct unit_alias **aliases)
{
    const struct rows *rows = sql_learn_aliases(c, agency);
    struct unit_alias *list = arena_array(c->arena, (size_t)rows->count + 1, sizeof *list);
    for (int i = 0; i < rows->count; i++)
        list[i] = (struct unit_alias){ .key = cell(rows, i, "seen_key"), .unit = cell_int(rows, i, "target") };
    *aliases = list;
    return (size_t)rows->count;
}

/* ---- deciding ---- */

static const char *state_after(const char *state, enum learn_verdict verdict)
{
    bool offered = strcmp(state, "offered") == 0, approved = strcmp(state, "approved") == 0;
    if (verdict == LEARN_APPROVE)
        return approved ? NULL : "approved";
    if (verdict == LEARN_REFUSE)
        return offered ? "refused" : NULL;
    return approved ? "withdrawn" : NULL;
}

enum err plan_learned_decide(struct ctx *c, int64_t id, enum learn_verdict verdict)
{
    static const char *const actions[] = { "plan.learned.approve", "plan.learned.refuse", "plan.learned.withdraw" };
    static const char *const deeds[] = { "Duyệt", "Không dùng", "Thu hồi" };
    const struct rows *rows = sql_learn_one(c, id);
    if (c->err != OK)
        return c->err;
    if (rows->count == 0)
        return fail(c, NOT_FOUND, "Không tìm thấy mục này.", "learned %" PRId64, id);
    if (person_require_reach(c, cell_int(rows, 0, "unit")) != OK)
        return c->err;
    if (!person_holds(c, cell_int(rows, 0, "unit"), ROLE_ADMIN))
        return fail(c, FORBIDDEN, "Chỉ quản trị của đơn vị được duyệt những gì máy học.", "learned %" PRId64, id);
    const char *was = cell(rows, 0, "state"), *now = state_after(was, verdict);
    if (now == NULL || sql_learn_decide(c, id, was, now, c->person, c->now) == 0)
        return fail(c, CONFLICT, "Mục này vừa có người quyết định. Hãy xem lại danh sách.", "learned %" PRId64 " is %s", id, was);
    return audit_note(c, actions[verdict], "learned", id, arena_printf(c->arena, "%s điều máy học được: %s", deeds[verdict], cell(rows, 0, "seen")));
}

/* ---- trying again ---- */

/* A small plan around the passage, as a document would have it. */
static const struct plan_reading *read_passage(struct ctx *c, const struct plan_lesson *lesson, const char *line)
{
    const struct plan_knowledge known = { .lessons = lesson, .lesson_count = 1 };
    const char *text = arena_printf(c->arena,
                                    "KẾ HOẠCH\nThử lại điều đã học năm 2026\n\nI. NHIỆM VỤ\n\n1. Treo băng rôn tại cổng đơn vị\n\n- %s\n\n"
                                    "2. Viết bài về cải cách hành chính\n\n- Kinh phí: Không\n",
                                    line);
    struct document *doc = NULL;
    struct plan_reading *reading = NULL;
    if (doc_read_text(c, text, strlen(text), &doc) != OK || plan_read_knowing(c, doc, &known, &reading) != OK || reading->task_count == 0)
        return NULL;
    return reading;
}

static bool label_holds(struct ctx *c, const struct plan_lesson *lesson, const char *passage)
{
    const char *line = passage + strspn(passage, "-+*• ");
    const struct plan_reading *r = read_passage(c, lesson, line);
    if (r == NULL)
        return false;
    const struct plan_task *t = &r->tasks[0];
    const bool filled[PLAN_FIELDS] = { false, t->leads.count > 0, t->partners.count > 0, t->time_raw != NULL, t->products.count > 0, t->budget != NULL };
    for (int f = 0; f < PLAN_FIELDS; f++)
        if (strcmp(plan_field_names[f], lesson->meant) == 0)
            return filled[f];
    return false;
}

static bool time_holds(struct ctx *c, const struct plan_lesson *lesson, const char *passage)
{
    const struct plan_reading *r = read_passage(c, lesson, arena_printf(c->arena, "Thời gian thực hiện: %s", passage));
    return r != NULL && r->tasks[0].time.kind != PLAN_NO_TIME;
}

static bool wording_holds(struct ctx *c, const struct plan_lesson *lesson, const char *passage)
{
    struct viet_repairer *repairer = viet_repairer_new(c->arena, NULL, 0);
    viet_repairer_teach(repairer, lesson->seen, lesson->meant);
    const char *read = viet_repair(repairer, passage, VIET_MISREAD).text;
    return strstr(text_lower(c->arena, read), text_lower(c->arena, lesson->meant)) != NULL;
}

bool plan_lesson_holds(struct ctx *c, const struct plan_lesson *lesson, const char *passage)
{
    switch (lesson->kind) {
    case LESSON_LABEL: return label_holds(c, lesson, passage);
    case LESSON_TIME: return time_holds(c, lesson, passage);
    case LESSON_WORDING: return wording_holds(c, lesson, passage);
    }
    return false;
}
