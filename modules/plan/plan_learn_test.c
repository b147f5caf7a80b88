#include "modules/plan/plan_learn.h"
#include "modules/plan/plan_read.h"
#include "modules/unit/unit.h"
#include "plan_learn_queries.h"
#include "platform/base/text.h"
#include "tests/test.h"
#include <string.h>

/* As a recogniser that knows no Vietnamese left it: a label, a time and a name that nobody told the reader. */
static const char scanned[] =
    "KE HOACH\nTuyén truyén cai cach hanh chinh nam 2026\nI. MUC DICH, YEU CAU\n1. Nang cao nhan thuc cua vién chuc va nguoi lao dong trong don vi.\n"
    "II. NHIEM VU\n1. Viét bai trén trang thong tin dién tu cua xa H1én S6n\n- Don vi chu tri: Phong To chuc - Hanh chinh.\n- Thoi gian thuc hién: Thuong xuyén.\n";
static const char typed[] =
    "KẾ HOẠCH\nTuyên truyền cải cách hành chính năm 2026\nI. NHIỆM VỤ\n1. Viết bài trên trang thông tin điện tử\n"
    "- Bên lo việc: Phòng TCHC\n- Thời gian thực hiện: Lúc nông nhàn\n2. Treo băng rôn\n- Đơn vị chủ trì: Tổ một cửa\n- Thời gian: Quý II\n";

static int64_t import_text(struct ctx *c, const char *text, const struct plan_knowledge *known)
{
    struct document_file file = { 0 };
    struct document *doc = NULL;
    struct plan_reading *reading = NULL;
    int64_t id = 0;
    CHECK_INT(document_file_put(c, "ke-hoach.txt", "text/plain", text, strlen(text), &file), OK);
    CHECK_INT(doc_read_text(c, text, strlen(text), &doc), OK);
    CHECK_INT(plan_read_knowing(c, doc, known, &reading), OK);
    const struct plan_source source = { &file, doc_to_json(c->arena, doc), plan_reading_json(c->arena, reading) };
    CHECK_INT(plan_import_add(c, unit_by_code(c, "ttytsh"), &source, &id), OK);
    return id;
}

static struct plan_import opened(struct ctx *c, int64_t id)
{
    struct plan_import import = { 0 };
    CHECK_INT(plan_import_get(c, id, &import), OK);
    return import;
}

static void confirm(struct ctx *c, struct plan_import *import)
{
    int64_t plan = 0;
    CHECK_INT(plan_confirm(c, import, &import->draft, &(struct plan_people){ 0 }, &plan), OK);
}

/* Somebody says whom, when, and which room is meant. */
static int64_t corrected(void)
{
    struct ctx *c = as("daumoi");
    struct plan_import import = opened(c, import_text(c, typed, NULL));
    CHECK_INT(import.draft.count, 2);
    CHECK_TEXT(import.draft.tasks[0].leads, "");
    import.draft.tasks[0].leads = "Phòng TCHC";
    import.draft.tasks[0].time_raw = "Quý IV";
    draft_read_time(c, &import.draft, &import.draft.tasks[0]);
    draft_choose(c, &import.draft, "Tổ một cửa", unit_by_code(c, "ttytsh-kkb"));
    confirm(c, &import);
    return import.id;
}

static int64_t id_of(struct ctx *c, const char *kind)
{
    const struct rows *rows = sql_learn_all(c);
    for (int i = 0; i < rows->count; i++)
        if (strcmp(cell(rows, i, "kind"), kind) == 0)
            return cell_int(rows, i, "id");
    return 0;
}

static const char *state_of(struct ctx *c, const char *kind)
{
    return cell(sql_learn_one(c, id_of(c, kind)), 0, "state");
}

TEST(corrections_of_labels_and_times_are_offered_and_units_remembered)
{
    corrected();
    struct ctx *c = as("quantri");
    const struct rows *offered = sql_learn_list(c, c->person, "offered");
    CHECK_INT(offered->count, 2);
    CHECK_TEXT(state_of(c, "label"), "offered");
    CHECK_TEXT(cell(sql_learn_one(c, id_of(c, "label")), 0, "seen"), "Bên lo việc");
    CHECK_TEXT(cell(sql_learn_one(c, id_of(c, "label")), 0, "meant"), "leads");
    CHECK_TEXT(cell(sql_learn_one(c, id_of(c, "time")), 0, "seen"), "Lúc nông nhàn");
    CHECK_TEXT(cell(sql_learn_one(c, id_of(c, "time")), 0, "meant"), "Quý IV");
    CHECK_TEXT(state_of(c, "unit"), "approved");
}

TEST(a_chosen_unit_is_found_the_next_time_for_this_agency_only_and_can_be_withdrawn)
{
    corrected();
    struct ctx *c = as("daumoi");
    const struct unit_alias *aliases;
    struct unit_world *world;
    size_t count = plan_learned_units(c, unit_by_code(c, "ttytsh"), &aliases);
    CHECK_INT(count, 1);
    CHECK_INT(unit_world_open(c, unit_by_code(c, "ttytsh"), c->now / 86400, aliases, count, &world), OK);
    CHECK_INT(unit_world_resolve(world, "tổ một cửa")->units[0], unit_by_code(c, "ttytsh-kkb"));
    CHECK_INT(plan_learned_units(c, unit_by_code(c, "syt"), &aliases), 0);
    CHECK_INT(plan_learned_decide(as("quantri"), id_of(c, "unit"), LEARN_WITHDRAW), OK);
    CHECK_INT(plan_learned_units(as("daumoi"), unit_by_code(c, "ttytsh"), &aliases), 0);
}

TEST(what_an_administrator_approved_is_used_by_the_next_reading_until_it_is_withdrawn)
{
    corrected();
    struct ctx *c = as("quantri");
    struct plan_knowledge known = { 0 };
    CHECK_INT(plan_knowledge_load(c, unit_by_code(c, "ttytsh"), &known), OK);
    CHECK_INT(known.lesson_count, 0);
    CHECK(known.phrase_count > 0);
    CHECK_INT(plan_learned_decide(c, id_of(c, "label"), LEARN_APPROVE), OK);
    CHECK_INT(plan_learned_decide(c, id_of(c, "time"), LEARN_APPROVE), OK);
    CHECK_INT(plan_knowledge_load(c, unit_by_code(c, "ttytsh"), &known), OK);
    CHECK_INT(known.lesson_count, 2);
    c = as("daumoi");
    known = plan_knowledge_of(c->arena, plan_knowledge_text(c->arena, &known)); /* as a job gets it */
    struct plan_import import = opened(c, import_text(c, arena_printf(c->arena, "%s\nLưu: VT.\n", typed), &known));
    CHECK_TEXT(import.draft.tasks[0].leads, "Phòng TCHC");
    CHECK_INT(import.draft.tasks[0].schedule.kind, SCHEDULE_PERIOD);
    CHECK_INT(plan_learned_decide(as("quantri"), id_of(c, "label"), LEARN_WITHDRAW), OK);
    CHECK_INT(plan_knowledge_load(as("quantri"), 0, &known), OK);
    CHECK_INT(known.lesson_count, 1);
}

TEST(misread_words_that_somebody_put_right_are_offered_with_the_passage)
{
    struct ctx *c = as("daumoi");
    struct plan_import import = opened(c, import_text(c, scanned, NULL));
    CHECK_INT(import.draft.count, 1);
    import.draft.tasks[0].title = "Viết bài trên trang thông tin điện tử của xã Hiền Sơn";
    confirm(c, &import);
    const struct rows *one = sql_learn_one(c, id_of(c, "wording"));
    CHECK_INT(one->count, 1);
    CHECK(strstr(cell(one, 0, "passage"), "H1én S6n") != NULL);
    struct plan_lesson lesson = { LESSON_WORDING, cell(one, 0, "seen"), cell(one, 0, "meant") };
    CHECK(plan_lesson_holds(c, &lesson, cell(one, 0, "passage")));
    CHECK_INT(plan_learned_decide(as("quantri"), id_of(c, "wording"), LEARN_APPROVE), OK);
    struct plan_knowledge known = { 0 };
    CHECK_INT(plan_knowledge_load(c, import.unit, &known), OK);
    import = opened(c, import_text(c, arena_printf(c->arena, "%sNoi nhan:\n- Luu: VT.\n", scanned), &known));
    CHECK_TEXT(import.draft.tasks[0].title, "Viết bài trên trang thông tin điện tử của xã Hiền Sơn");
}

TEST(only_an_administrator_in_reach_decides_and_each_decision_follows_from_the_last)
{
    corrected();
    struct ctx *c = as("quantri");
    int64_t label = id_of(c, "label");
    CHECK_INT(plan_learned_decide(as("daumoi"), label, LEARN_APPROVE), FORBIDDEN);
    CHECK(plan_learned_decide(as("daumoi2"), label, LEARN_APPROVE) != OK);
    CHECK_INT(plan_learned_decide(as("quantri"), label + 1000, LEARN_APPROVE), NOT_FOUND);
    CHECK_INT(plan_learned_decide(as("quantri"), label, LEARN_WITHDRAW), CONFLICT);
    CHECK_INT(plan_learned_decide(as("quantri"), label, LEARN_REFUSE), OK);
    CHECK_INT(plan_learned_decide(as("quantri"), label, LEARN_REFUSE), CONFLICT);
    CHECK_INT(plan_learned_decide(as("quantri"), label, LEARN_APPROVE), OK);
    CHECK_TEXT(state_of(as("quantri"), "label"), "approved");
}

TEST(the_same_correction_again_is_counted_and_does_not_undo_a_refusal)
{
    corrected();
    CHECK_INT(plan_learned_decide(as("quantri"), id_of(as("quantri"), "label"), LEARN_REFUSE), OK);
    struct ctx *c = as("daumoi");
    struct plan_import import = opened(c, import_text(c, arena_printf(c->arena, "%s\n", typed), NULL));
    import.draft.tasks[0].leads = "Phòng TCHC";
    confirm(c, &import);
    const struct rows *refused = sql_learn_list(as("quantri"), as("quantri")->person, "refused");
    CHECK_INT(refused->count, 1);
    CHECK_TEXT(cell(refused, 0, "times"), "2");
}

TEST_PLAIN(every_kind_of_lesson_is_tried_on_its_passage)
{
    static const struct {
        struct plan_lesson lesson;
        const char *passage;
        bool holds;
    } cases[] = {
        { { LESSON_LABEL, "Bên lo việc", "leads" }, "- Bên lo việc: Phòng TCHC", true },
        { { LESSON_LABEL, "Cùng làm", "partners" }, "Cùng làm: Các khoa, phòng", true },
        { { LESSON_LABEL, "Bên khác", "leads" }, "- Bên lo việc: Phòng TCHC", false },
        { { LESSON_LABEL, "Bên lo việc", "nothing" }, "- Bên lo việc: Phòng TCHC", false },
        { { LESSON_TIME, "Lúc nông nhàn", "Quý IV" }, "Lúc nông nhàn", true },
        { { LESSON_TIME, "Lúc nông nhàn", "Lúc rảnh" }, "Lúc nông nhàn", false },
        { { LESSON_WORDING, "H1én S6n", "Hiền Sơn" }, "cua xa H1én S6n", true },
        { { LESSON_WORDING, "H1én", "Hiền" }, "cua xa khac", false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        test_check_int(plan_lesson_holds(test_ctx(), &cases[i].lesson, cases[i].passage), cases[i].holds, cases[i].passage, __FILE__, __LINE__);
}
