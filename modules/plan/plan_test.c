#include "modules/plan/plan_review.h"
#include "modules/person/person.h"
#include "modules/unit/unit.h"
#include "plan_queries.h"
#include "plan_test_queries.h"
#include "platform/base/clock.h"
#include "tests/test.h"

static const char reading[] =
    "{\"number\":\"112/KH-TTYTSH\",\"date\":\"2026-03-16\",\"agency\":\"Trung tâm Y tế Sông Hương\",\"title\":\"Tuyên truyền năm 2026\","
    "\"year\":2026,\"bases\":[{\"kind\":\"Kế hoạch\",\"number\":\"74/KH-SYT\",\"date\":\"2026-03-09\",\"issuer\":\"Sở Y tế tỉnh Hương Giang\"}],"
    "\"citations\":[\"74/KH-SYT\"],\"sections\":[{\"no\":\"I\",\"title\":\"Mục đích\"}],\"recipients\":[\"Sở Y tế (b/c)\",\"Lưu: VT\"],"
    "\"tasks\":[{\"no\":\"II.1\",\"title\":\"Đăng tin, bài\",\"leads\":[\"Phòng TCHC\",\"Khoa Khám bệnh\"],\"partners\":[\"Các khoa, phòng\"],"
    "\"time_raw\":\"Định kỳ 01 lần/quý\",\"time\":{\"kind\":\"frequency\",\"count\":1,\"per\":\"quarter\"},\"products\":[\"01 bài viết\"],"
    "\"confidence\":{\"title\":0.9,\"leads\":0.4,\"products\":0}},"
    "{\"no\":\"II.2\",\"title\":\"Phát bản tin\",\"leads\":[\"Các trạm y tế\"],\"partners\":[],\"time_raw\":\"Định kỳ 01 lần/tháng\","
    "\"time\":{\"kind\":\"frequency\",\"count\":1,\"per\":\"month\"},\"products\":[]},"
    "{\"no\":\"II.3\",\"title\":\"Báo cáo\",\"leads\":[\"Phòng TCHC\"],\"partners\":[],\"time_raw\":\"15/6/2026 và 15/12/2026\","
    "\"time\":{\"kind\":\"deadline\",\"due\":\"2026-06-15\",\"more_due\":[\"2026-12-15\"]},\"products\":[]}]}";

static int64_t import_as(struct ctx *c, const char *content, enum err expected)
{
    struct document_file file = { 0 };
    CHECK_INT(document_file_put(c, "ke-hoach.txt", "text/plain", content, strlen(content), &file), OK);
    int64_t id = 0;
    const struct plan_source source = { &file, "{}", reading };
    CHECK_INT(plan_import_add(c, unit_by_code(c, "ttytsh"), &source, &id), expected);
    return id;
}

static struct plan_import opened(struct ctx *c, int64_t id)
{
    struct plan_import import = { 0 };
    CHECK_INT(plan_import_get(c, id, &import), OK);
    return import;
}

TEST(only_coordinators_and_leaders_of_the_agency_import)
{
    import_as(as("khoa"), "một", FORBIDDEN);
    import_as(as("daumoi2"), "hai", FORBIDDEN);
    CHECK(import_as(as("daumoi"), "ba", OK) > 0);
    CHECK(import_as(as("lanhdao"), "bốn", OK) > 0);
}

TEST(the_same_file_leads_to_its_first_import)
{
    int64_t first = import_as(as("daumoi"), "cùng một tệp", OK);
    CHECK_INT(import_as(as("lanhdao"), "cùng một tệp", CONFLICT), first);
}

TEST(a_dropped_file_may_be_imported_again)
{
    int64_t first = import_as(as("daumoi"), "bỏ rồi nhập lại", OK);
    CHECK_INT(plan_import_drop(as("daumoi"), first), OK);
    CHECK(import_as(as("daumoi"), "bỏ rồi nhập lại", OK) != first);
    CHECK_INT(plan_import_drop(as("daumoi"), first), CONFLICT);
}

TEST(another_agency_does_not_learn_of_an_import)
{
    int64_t id = import_as(as("daumoi"), "của ta", OK);
    struct plan_import import;
    CHECK_INT(plan_import_get(as("daumoi2"), id, &import), NOT_FOUND);
    CHECK_INT(plan_import_drop(as("lanhdao2"), id), NOT_FOUND);
}

TEST(doubts_are_what_the_reader_was_not_sure_of_and_not_what_is_absent)
{
    struct plan_import import = opened(as("daumoi"), import_as(as("daumoi"), "ngờ", OK));
    CHECK_INT(import.draft.count, 3);
    CHECK_INT(import.draft.tasks[0].doubts, DOUBT_LEADS);
    CHECK_INT(import.draft.tasks[1].doubts, 0);
    CHECK_TEXT(import.draft.tasks[0].leads, "Phòng TCHC; Khoa Khám bệnh");
    CHECK_TEXT(import.draft.day, "16/3/2026");
}

TEST(corrections_are_kept_as_typed)
{
    int64_t id = import_as(as("daumoi"), "sửa", OK);
    struct plan_import import = opened(as("daumoi"), id);
    const char *bases = import.draft.bases;
    const struct review_edit edits[] = {
        { REVIEW_HEAD, draft_field_named(draft_head_fields, "title"), "Tên đã sửa", false },
        { REVIEW_HEAD, draft_field_named(draft_head_fields, "day"), "31/9/2026", false },
    };
    struct review_outcome out;
    CHECK_INT(plan_review(as("daumoi"), id, &(struct review_ask){ .version = 1, .edits = edits, .count = 2 }, &import, &out), OK);
    struct plan_import again = opened(as("daumoi"), id);
    CHECK_TEXT(again.draft.title, "Tên đã sửa");
    CHECK_TEXT(again.draft.day, "31/9/2026");
    CHECK_TEXT(again.draft.bases, bases);
    CHECK_INT(again.draft.tasks[2].schedule.due_count, 2);
}

TEST(nothing_is_a_plan_before_it_is_confirmed_and_only_once)
{
    int64_t before = sql_test_plan_count(test_ctx());
    int64_t id = import_as(as("daumoi"), "xác nhận", OK);
    CHECK_INT(sql_test_plan_count(test_ctx()), before);
    struct plan_import import = opened(as("daumoi"), id);
    struct plan_people nobody = { 0 };
    int64_t plan = 0;
    CHECK_INT(plan_confirm(as("daumoi"), &import, &import.draft, &nobody, &plan), OK);
    CHECK_INT(sql_test_plan_count(test_ctx()), before + 1);
    struct review_outcome out;
    CHECK_INT(plan_review(as("daumoi"), id, &(struct review_ask){ .version = 1 }, &import, &out), CONFLICT);
    CHECK_INT(sql_plan_one(as("khoa"), plan, as("khoa")->person)->count, 1);
    CHECK_INT(sql_plan_one(as("khoa2"), plan, as("khoa2")->person)->count, 0);
}

TEST(confirming_gives_tasks_their_occurrences_and_a_leading_set_proves_each_by_itself)
{
    struct plan_import import = opened(as("daumoi"), import_as(as("daumoi"), "nhiệm vụ", OK));
    struct plan_people nobody = { 0 };
    int64_t plan = 0;
    CHECK_INT(plan_confirm(as("daumoi"), &import, &import.draft, &nobody, &plan), OK);
    struct rows *tasks = sql_test_plan_tasks(test_ctx(), plan);
    CHECK_INT(tasks->count, 3);
    CHECK_INT(cell_int(tasks, 0, "occurrences"), 4); /* signed in March: the first quarter still counts */
    CHECK_INT(cell_int(tasks, 0, "units"), 1);       /* two named leads answer together */
    CHECK_INT(cell_int(tasks, 1, "units"), 2);       /* both stations */
    CHECK_INT(cell_int(tasks, 1, "occurrences"), 20); /* March to December at each */
    CHECK_INT(cell_int(tasks, 2, "occurrences"), 2);
}

static void refuses(const char *field, void (*spoil)(struct plan_draft *))
{
    struct ctx *c = as("daumoi");
    struct plan_import import = opened(c, import_as(c, field, OK));
    struct plan_people nobody = { 0 };
    int64_t plan = 0;
    spoil(&import.draft);
    CHECK_INT(plan_confirm(c, &import, &import.draft, &nobody, &plan), INVALID);
    CHECK_TEXT(c->fields->field, field);
    CHECK_INT(plan, 0);
}

static void no_title(struct plan_draft *d)
{
    d->title = " ";
}
static void no_such_day(struct plan_draft *d)
{
    d->day = "31/9/2026";
}
static void no_year(struct plan_draft *d)
{
    d->year = "hai nghìn";
}
static void blank_task(struct plan_draft *d)
{
    d->tasks[1].title = "";
}

TEST(what_cannot_be_a_plan_is_refused_with_its_field)
{
    refuses("title", no_title);
    refuses("day", no_such_day);
    refuses("year", no_year);
    refuses("t1-title", blank_task);
}

TEST_PLAIN(tasks_of_a_draft_are_added_split_and_removed)
{
    struct ctx *c = test_ctx();
    struct plan_draft draft;
    CHECK_INT(draft_from_json(c, reading, &draft), OK);
    CHECK(draft_split_task(c, &draft, 0));
    CHECK_INT(draft.count, 4);
    CHECK_TEXT(draft.tasks[1].title, "Đăng tin, bài");
    CHECK_TEXT(draft.tasks[2].title, "Phát bản tin");
    CHECK(draft_remove_task(&draft, 0));
    CHECK_INT(draft.count, 3);
    CHECK(!draft_remove_task(&draft, 3));
    CHECK(draft_add_task(c, &draft));
    CHECK_TEXT(draft.tasks[3].title, "");
}

TEST_PLAIN(a_changed_time_is_read_anew)
{
    struct ctx *c = test_ctx();
    struct plan_draft draft;
    CHECK_INT(draft_from_json(c, reading, &draft), OK);
    struct draft_task *task = &draft.tasks[0];
    task->time_raw = "Tháng 9/2026";
    draft_read_time(c, &draft, task);
    CHECK_INT(task->schedule.kind, SCHEDULE_PERIOD);
    CHECK_INT(task->schedule.end_day, day_of(2026, 9, 30));
    task->time_raw = "lúc nào đó";
    draft_read_time(c, &draft, task);
    CHECK_INT(task->schedule.kind, SCHEDULE_NONE);
    CHECK((task->doubts & DOUBT_TIME) != 0);
}

TEST_PLAIN(what_people_cannot_edit_survives_a_saved_draft)
{
    struct ctx *c = test_ctx();
    struct plan_draft draft;
    CHECK_INT(draft_from_json(c, reading, &draft), OK);
    const char *saved = draft_to_json(c, reading, &draft);
    CHECK(strstr(saved, "\"citations\":[\"74/KH-SYT\"]") != NULL);
    CHECK(strstr(saved, "Mục đích") != NULL);
}
