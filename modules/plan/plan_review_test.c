/* The review: merging, taking back, accepting. */
#include "modules/plan/plan_review.h"
#include "modules/person/person.h"
#include "modules/unit/unit.h"
#include "plan_queries.h"
#include "plan_test_queries.h"
#include "platform/base/clock.h"
#include "tests/test.h"

static const char reading[] =
    "{\"title\":\"Tuyên truyền năm 2026\",\"year\":2026,\"date\":\"2026-03-16\",\"places\":{\"title\":{\"page\":1,\"from\":5,\"to\":6,\"confidence\":0.6}},"
    "\"tasks\":[{\"no\":\"II.1\",\"title\":\"Đăng tin\",\"leads\":[\"Phòng TCHC\"],\"partners\":[],\"time_raw\":\"01 lần/quý\","
    "\"time\":{\"kind\":\"frequency\",\"count\":1,\"per\":\"quarter\"},\"products\":[\"01 bài\"],"
    "\"confidence\":{\"title\":0.95,\"leads\":0.4,\"time\":0.82,\"products\":0.7},"
    "\"places\":{\"leads\":{\"page\":2,\"from\":12,\"to\":13,\"block\":4}},\"originals\":{\"title\":\"Dang tln\"}},"
    "{\"no\":\"II.2\",\"title\":\"Báo cáo\",\"leads\":[\"Tổ Chuyển đổi số\"],\"partners\":[],\"time_raw\":\"15/6/2026\","
    "\"time\":{\"kind\":\"deadline\",\"due\":\"2026-06-15\"},\"products\":[],\"confidence\":{\"title\":0.9,\"leads\":0.9}}]}";

enum { TITLE, LEADS, PARTNERS, TIME, PRODUCTS };

static int64_t begun(const char *content)
{
    struct ctx *c = as("daumoi");
    struct document_file file = { 0 };
    int64_t id = 0;
    CHECK_INT(document_file_put(c, "ke-hoach.txt", "text/plain", content, strlen(content), &file), OK);
    const struct plan_source source = { &file, "{}", reading };
    CHECK_INT(plan_import_add(c, unit_by_code(c, "ttytsh"), &source, &id), OK);
    return id;
}

static struct plan_import seen;

static struct review_outcome asks(const char *login, int64_t id, struct review_ask ask)
{
    struct review_outcome out;
    CHECK_INT(plan_review(as(login), id, &ask, &seen, &out), OK);
    return out;
}

static struct review_outcome writes(const char *login, int64_t id, int64_t version, int64_t task, int field, const char *text)
{
    const struct review_edit edit = { task, field, text, false };
    return asks(login, id, (struct review_ask){ .version = version, .edits = &edit, .count = 1 });
}

static struct review_outcome acts(const char *login, int64_t id, enum review_action action, int64_t task, int field)
{
    return asks(login, id, (struct review_ask){ .version = 1000, .action = action, .task = task, .field = field, .percent = 70 });
}

TEST(two_people_who_change_different_fields_both_keep_theirs)
{
    int64_t id = begun("hai người hai ô");
    writes("daumoi", id, 1, 0, TITLE, "Đăng tin, bài");
    const struct review_edit whole[] = { { 0, TITLE, "Đăng tin", false }, { 0, PRODUCTS, "02 bài", false } };
    struct review_outcome out = asks("lanhdao", id, (struct review_ask){ .version = 1, .edits = whole, .count = 2 });
    CHECK_INT(out.clashes, 0);
    CHECK_TEXT(seen.draft.tasks[0].title, "Đăng tin, bài");
    CHECK_TEXT(seen.draft.tasks[0].products, "02 bài");
    CHECK_INT(seen.draft.tasks[0].marks[TITLE].by, as("daumoi")->person);
    CHECK_INT(seen.draft.tasks[0].marks[PRODUCTS].by, as("lanhdao")->person);
}

TEST(the_same_field_changed_by_two_waits_for_a_choice)
{
    int64_t id = begun("hai người một ô");
    writes("daumoi", id, 1, 0, LEADS, "Khoa Khám bệnh");
    CHECK_INT(writes("lanhdao", id, 1, 0, LEADS, "Khoa Dược").clashes, 1);
    CHECK_TEXT(seen.draft.tasks[0].leads, "Khoa Khám bệnh");
    CHECK_TEXT(seen.draft.tasks[0].marks[LEADS].other, "Khoa Dược");
    CHECK((seen.draft.tasks[0].doubts & DOUBT_LEADS) != 0);
    acts("daumoi", id, REVIEW_TAKE_OTHER, 0, LEADS);
    CHECK_TEXT(seen.draft.tasks[0].leads, "Khoa Dược");
    CHECK(seen.draft.tasks[0].marks[LEADS].other == NULL);
    CHECK((seen.draft.tasks[0].doubts & DOUBT_LEADS) == 0);
}

TEST(who_writes_the_same_as_another_did_has_no_clash)
{
    int64_t id = begun("hai người cùng ý");
    writes("daumoi", id, 1, 0, LEADS, "Khoa Dược");
    CHECK_INT(writes("lanhdao", id, 1, 0, LEADS, " Khoa Dược ").clashes, 0);
    CHECK_INT(writes("lanhdao", id, 1, REVIEW_HEAD, draft_field_named(draft_head_fields, "title"), "Tên mới").clashes, 0);
    CHECK_TEXT(seen.draft.title, "Tên mới");
}

TEST(an_accepted_field_is_no_longer_doubtful_and_says_by_whom)
{
    int64_t id = begun("nhận một ô");
    const struct review_edit edit = { 0, LEADS, "Phòng TCHC", true };
    asks("lanhdao", id, (struct review_ask){ .version = 1, .edits = &edit, .count = 1 });
    CHECK_INT(seen.draft.tasks[0].doubts, DOUBT_PRODUCTS);
    CHECK_INT(plan_import_get(as("daumoi"), id, &seen), OK);
    CHECK_INT(seen.draft.tasks[0].doubts, DOUBT_PRODUCTS);
    CHECK_INT(seen.draft.tasks[0].marks[LEADS].how, HOW_ACCEPTED);
    CHECK_INT(seen.draft.tasks[0].marks[LEADS].by, as("lanhdao")->person);
    CHECK_INT(seen.draft.tasks[0].marks[LEADS].sure, 40);
    CHECK_INT(sql_plan_reviewers(as("daumoi"), id)->count, 1);
}

TEST(what_another_changed_since_is_not_accepted_unseen)
{
    int64_t id = begun("nhận nhầm");
    writes("daumoi", id, 1, 0, LEADS, "Khoa Dược");
    const struct review_edit edit = { 0, LEADS, NULL, true };
    asks("lanhdao", id, (struct review_ask){ .version = 1, .edits = &edit, .count = 1 });
    CHECK_INT(seen.draft.tasks[0].marks[LEADS].how, HOW_CHANGED);
}

TEST(a_bulk_accepts_what_was_counted_and_is_taken_back_at_once)
{
    int64_t id = begun("nhận nhiều");
    CHECK_INT(plan_import_get(as("daumoi"), id, &seen), OK);
    CHECK_INT(review_count_above(&seen.draft, 90), 3);
    CHECK_INT(review_count_above(&seen.draft, 80), 4);
    CHECK_INT(review_count_above(&seen.draft, 70), 5);
    CHECK_INT(acts("daumoi", id, REVIEW_ACCEPT_ABOVE, 0, 0).changed, 5);
    CHECK_INT(review_count_above(&seen.draft, 70), 0);
    CHECK_INT(seen.draft.tasks[0].doubts, DOUBT_LEADS);
    CHECK(acts("daumoi", id, REVIEW_UNDO, 0, 0).undone);
    CHECK_INT(review_count_above(&seen.draft, 70), 5);
}

TEST(several_steps_are_taken_back_the_last_first_and_only_ones_own)
{
    int64_t id = begun("hoàn tác");
    writes("daumoi", id, 1, 0, TITLE, "Một");
    writes("daumoi", id, 2, 0, TIME, "Tháng 9/2026");
    writes("lanhdao", id, 3, 1, TITLE, "Của lãnh đạo");
    acts("daumoi", id, REVIEW_UNDO, 0, 0);
    CHECK_TEXT(seen.draft.tasks[0].time_raw, "01 lần/quý");
    CHECK_INT(seen.draft.tasks[0].schedule.kind, SCHEDULE_FREQUENCY);
    CHECK_TEXT(seen.draft.tasks[0].title, "Một");
    acts("daumoi", id, REVIEW_UNDO, 0, 0);
    CHECK_TEXT(seen.draft.tasks[0].title, "Đăng tin");
    CHECK_INT(seen.draft.tasks[0].marks[TITLE].how, HOW_READ);
    CHECK(!acts("daumoi", id, REVIEW_UNDO, 0, 0).undone);
    CHECK_TEXT(seen.draft.tasks[1].title, "Của lãnh đạo");
}

TEST(taking_back_leaves_what_another_wrote_there_since)
{
    int64_t id = begun("hoàn tác muộn");
    writes("daumoi", id, 1, 0, TITLE, "Một");
    writes("lanhdao", id, 2, 0, TITLE, "Hai");
    CHECK_INT(acts("daumoi", id, REVIEW_UNDO, 0, 0).kept, 1);
    CHECK_TEXT(seen.draft.tasks[0].title, "Hai");
}

TEST(a_removed_task_comes_back_with_its_places)
{
    int64_t id = begun("xóa nhầm");
    acts("daumoi", id, REVIEW_REMOVE, 0, 0);
    CHECK_INT(seen.draft.count, 1);
    CHECK_INT(seen.draft.tasks[0].key, 1);
    acts("daumoi", id, REVIEW_UNDO, 0, 0);
    CHECK_INT(plan_import_get(as("daumoi"), id, &seen), OK);
    CHECK_INT(seen.draft.count, 2);
    CHECK_TEXT(seen.draft.tasks[0].title, "Đăng tin");
    CHECK_INT(seen.draft.tasks[0].marks[LEADS].from, 12);
    CHECK_INT(seen.draft.tasks[0].marks[LEADS].page, 2);
    CHECK_TEXT(seen.draft.tasks[0].marks[TITLE].original, "Dang tln");
}

TEST(keys_of_tasks_stay_when_others_come_and_go)
{
    int64_t id = begun("khóa nhiệm vụ");
    CHECK_INT(acts("daumoi", id, REVIEW_SPLIT, 0, 0).index, 0);
    CHECK_INT(seen.draft.tasks[1].key, 2);
    CHECK_INT(seen.draft.tasks[1].marks[LEADS].from, 12);
    acts("daumoi", id, REVIEW_REMOVE, 2, 0);
    acts("lanhdao", id, REVIEW_ADD, 0, 0);
    CHECK_INT(seen.draft.tasks[2].key, 3);
    writes("daumoi", id, 1, 1, TITLE, "Báo cáo quý"); /* with the list as it was at first */
    CHECK_TEXT(seen.draft.tasks[1].title, "Báo cáo quý");
}

TEST(the_original_wording_comes_back_for_a_guess)
{
    int64_t id = begun("chữ gốc");
    acts("daumoi", id, REVIEW_TAKE_ORIGINAL, 0, TITLE);
    CHECK_TEXT(seen.draft.tasks[0].title, "Dang tln");
    acts("daumoi", id, REVIEW_UNDO, 0, 0);
    CHECK_TEXT(seen.draft.tasks[0].title, "Đăng tin");
}

TEST(a_chosen_unit_is_kept_and_leads_the_task)
{
    int64_t id = begun("chọn đơn vị");
    struct ctx *c = as("daumoi");
    struct draft_choice choice = { "Tổ Chuyển đổi số", sql_test_plan_unit(c, "Khoa Khám bệnh") };
    CHECK(choice.unit != 0);
    asks("daumoi", id, (struct review_ask){ .version = 1, .choices = &choice, .choice_count = 1 });
    CHECK_INT(plan_import_get(c, id, &seen), OK);
    CHECK_INT(draft_chosen(&seen.draft, "Tổ Chuyển đổi số"), choice.unit);
    struct plan_people nobody = { 0 };
    int64_t plan = 0;
    CHECK_INT(plan_confirm(c, &seen, &seen.draft, &nobody, &plan), OK);
    CHECK_INT(sql_test_plan_leads(test_ctx(), plan, choice.unit), 1);
}

TEST(a_review_is_only_for_those_who_may_and_only_while_it_is_open)
{
    int64_t id = begun("quyền kiểm tra");
    const struct review_ask ask = { .version = 1 };
    struct review_outcome out;
    CHECK_INT(plan_review(as("daumoi2"), id, &ask, &seen, &out), NOT_FOUND);
    CHECK_INT(plan_review(as("khoa"), id, &ask, &seen, &out), NOT_FOUND);
    CHECK_INT(plan_import_drop(as("daumoi"), id), OK);
    CHECK_INT(plan_review(as("daumoi"), id, &ask, &seen, &out), CONFLICT);
}

TEST(what_changed_since_a_version_is_told_by_field)
{
    int64_t id = begun("đổi từ khi nào");
    struct review_touched touched;
    writes("daumoi", id, 1, 0, TITLE, "Một");
    writes("lanhdao", id, 2, 1, LEADS, "Khoa Dược");
    CHECK_INT(review_touched_since(as("daumoi"), &seen, 2, &touched), OK);
    CHECK_INT(touched.tasks[0], 0);
    CHECK_INT(touched.tasks[1], 1 << LEADS);
    CHECK(!touched.list);
    acts("daumoi", id, REVIEW_ADD, 0, 0);
    CHECK_INT(review_touched_since(as("daumoi"), &seen, 3, &touched), OK);
    CHECK(touched.list);
}

TEST_PLAIN(a_field_is_doubtful_below_what_the_reader_calls_so)
{
    CHECK_INT(DRAFT_SURE, (int)(PLAN_DOUBTFUL * 100));
}
