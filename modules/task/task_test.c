#include "modules/task/task.h"
#include "modules/document/document_file.h"
#include "modules/unit/unit.h"
#include "platform/base/clock.h"
#include "task_test_queries.h"
#include "tests/test.h"

static int64_t centre(void)
{
    return unit_by_code(test_ctx(), "ttytsh");
}

static const struct task_product product = { .wording = "01 bài viết trên Trang thông tin điện tử" };

/* A task of the centre, led by the unit of one login, once a quarter. */
static struct task_draft quarterly(const struct task_party *lead)
{
    return (struct task_draft){
        .unit = centre(), .no = "IV.1", .title = "Đăng tin, bài về cải cách thủ tục hành chính", .time_raw = "01 bài/quý",
        .schedule = { .kind = SCHEDULE_FREQUENCY, .year = 2026, .count = 1, .per = PER_QUARTER },
        .parties = lead, .party_count = 1, .products = &product, .product_count = 1,
    };
}

static int64_t add_for(const char *login)
{
    struct task_party *lead = arena_alloc(test_ctx()->arena, sizeof *lead);
    *lead = (struct task_party){ .unit = as(login)->unit, .wording = "Đơn vị chủ trì" };
    struct task_draft draft = quarterly(lead);
    int64_t task = 0;
    CHECK_INT(task_create(as("daumoi"), &draft, &task), OK);
    return task;
}

/* The occurrence of a number; of the first unit when several prove. */
static int64_t occurrence(int64_t task, int number)
{
    return sql_test_occurrence(test_ctx(), task, number);
}

static const char *state(int64_t id)
{
    return sql_test_state(test_ctx(), id);
}

static enum err submit_link(struct ctx *c, int64_t id)
{
    struct task_evidence link = { .url = "https://songhuong.example/tin-1" };
    return task_submit(c, id, &(struct task_result){ .evidence = &link, .evidence_count = 1 });
}

static const char *message(const struct ctx *c)
{
    return c->fields == NULL ? c->message : c->fields->message;
}

TEST(once_a_quarter_in_a_plan_of_march_gives_four_occurrences)
{
    int64_t task = add_for("khoa");
    const struct rows *rows = sql_test_occurrences(test_ctx(), task);
    CHECK_INT(rows->count, 4);
    CHECK_TEXT(cell(rows, 0, "label"), "Quý I/2026");
    CHECK_TEXT(cell(rows, 3, "label"), "Quý IV/2026");
    CHECK_INT(cell_int(rows, 0, "due_day"), day_of(2026, 3, 31));
    CHECK_INT(cell_int(rows, 0, "unit"), as("khoa")->unit);
}

TEST(holidays_of_the_table_move_due_days_and_the_24th_of_november_does_not)
{
    const struct calendar *calendar = calendar_load(test_ctx());
    CHECK_INT(calendar_roll(calendar, day_of(2026, 2, 14)), day_of(2026, 2, 23));
    CHECK_INT(calendar_roll(calendar, day_of(2026, 4, 26)), day_of(2026, 4, 28));
    CHECK_INT(calendar_roll(calendar, day_of(2026, 8, 29)), day_of(2026, 9, 3));
    CHECK(calendar_works(calendar, day_of(2026, 8, 22)));
    CHECK(calendar_works(calendar, day_of(2026, 11, 24)));
    CHECK_INT(calendar_roll(calendar, day_of(2025, 1, 25)), day_of(2025, 2, 3));
}

TEST(only_leaders_and_coordinators_of_the_owner_give_out_tasks)
{
    struct task_draft draft = quarterly(NULL);
    draft.party_count = 0;
    int64_t task = 0;
    CHECK_INT(task_create(as("khoa"), &draft, &task), FORBIDDEN);
    CHECK_INT(task_create(as("daumoi2"), &draft, &task), FORBIDDEN);
    CHECK_INT(task_create(as("lanhdao"), &draft, &task), OK);
    CHECK_INT(sql_test_occurrences(test_ctx(), task)->count, 4); /* without a lead the owner proves */
}

TEST(a_task_without_a_title_or_day_is_not_taken)
{
    struct task_draft draft = quarterly(NULL);
    draft.party_count = 0;
    draft.title = " \n";
    draft.schedule = (struct schedule){ .kind = SCHEDULE_DEADLINE, .year = 2026 };
    int64_t task = 0;
    struct ctx *c = as("daumoi");
    CHECK_INT(task_add(c, &draft, &task), INVALID);
    CHECK(c->fields != NULL && c->fields->next != NULL);
    CHECK_INT(task, 0);
}

TEST(an_occurrence_is_closed_by_proof_and_the_approval_of_another)
{
    int64_t task = add_for("khoa"), first = occurrence(task, 1);
    struct ctx *c = as("khoa");
    CHECK_INT(task_submit(c, first, &(struct task_result){ .note = "Đã xong" }), INVALID);
    CHECK_TEXT(message(c), "Hãy gửi ít nhất một ảnh, một tệp hoặc một đường dẫn làm minh chứng.");
    CHECK_INT(submit_link(as("khoa"), first), OK);
    CHECK_TEXT(state(first), "submitted");
    CHECK_INT(submit_link(as("khoa"), first), CONFLICT);
    CHECK_INT(task_approve(as("khoa"), first), FORBIDDEN);
    CHECK_INT(task_return(as("lanhdao"), first, "  "), INVALID);
    CHECK_INT(task_return(as("lanhdao"), first, "Chưa thấy ngày đăng bài"), OK);
    CHECK_TEXT(state(first), "returned");
    CHECK_INT(task_submit(as("khoa"), first, &(struct task_result){ .note = "Đã bổ sung" }), OK); /* the link is still there */
    CHECK_INT(task_approve(as("lanhdao"), first), OK);
    CHECK_TEXT(state(first), "done");
    CHECK_INT(task_approve(as("daumoi"), first), CONFLICT);
    CHECK_INT(task_return(as("daumoi"), first, "muộn"), CONFLICT);
    CHECK_INT(sql_test_events(test_ctx(), task), 5); /* add, submit, return, submit, approve */
}

TEST(nobody_approves_what_they_submitted)
{
    int64_t task = add_for("khoa"), first = occurrence(task, 1);
    CHECK_INT(submit_link(as("daumoi"), first), OK);
    struct ctx *c = as("daumoi");
    CHECK_INT(task_approve(c, first), FORBIDDEN);
    CHECK(strstr(message(c), "Không tự duyệt") != NULL);
    CHECK_INT(task_approve(as("lanhdao"), first), OK);
}

TEST(a_done_occurrence_can_be_opened_again_with_a_reason)
{
    int64_t first = occurrence(add_for("khoa"), 1);
    CHECK_INT(task_reopen(as("lanhdao"), first, "x"), CONFLICT);
    submit_link(as("khoa"), first);
    task_approve(as("lanhdao"), first);
    CHECK_INT(task_reopen(as("lanhdao"), first, ""), INVALID);
    CHECK_INT(task_reopen(as("khoa"), first, "x"), FORBIDDEN);
    CHECK_INT(task_reopen(as("lanhdao"), first, "Bài đã bị gỡ"), OK);
    CHECK_TEXT(state(first), "returned");
}

TEST(the_named_approver_may_approve_without_reaching_the_owner)
{
    int64_t task = add_for("khoa"), first = occurrence(task, 1);
    CHECK_INT(submit_link(as("khoa"), first), OK);
    CHECK_INT(task_approve(as("tram"), first), NOT_FOUND);
    sql_test_set_approver(test_ctx(), task, as("tram")->person);
    CHECK_INT(task_approve(as("tram"), first), OK);
}

TEST(a_task_of_another_unit_is_not_found)
{
    int64_t task = add_for("khoa"), first = occurrence(task, 1);
    CHECK_INT(submit_link(as("tram"), first), NOT_FOUND);
    CHECK_INT(task_approve(as("daumoi2"), first), NOT_FOUND);
    CHECK_INT(task_cancel(as("daumoi2"), task, "x"), NOT_FOUND);
    CHECK_INT(submit_link(as("so"), occurrence(task, 2)), OK); /* above it */
}

static struct task_evidence photo_of(struct ctx *c, const char *content, const char *name)
{
    struct document_file file;
    CHECK_INT(document_file_put(c, name, "text/plain", content, strlen(content), &file), OK);
    CHECK_INT(document_file_record(c, &file), OK);
    return (struct task_evidence){ .hash = file.hash, .source = file.source, .file_name = name, .photo = true };
}

TEST(a_photo_proves_only_once)
{
    int64_t task = add_for("khoa"), other = add_for("tram");
    struct ctx *c = as("khoa");
    struct task_evidence photo = photo_of(c, "ảnh một", "bang.jpg");
    struct task_result result = { .evidence = &photo, .evidence_count = 1 };
    CHECK_INT(task_submit(c, occurrence(task, 1), &result), OK);
    c = as("khoa");
    CHECK_INT(task_submit(c, occurrence(task, 2), &result), INVALID);
    CHECK_TEXT(message(c), "Ảnh bang.jpg đã dùng cho “Đăng tin, bài về cải cách thủ tục hành chính”, Quý I/2026. Hãy chọn ảnh khác.");
    CHECK_TEXT(state(occurrence(task, 2)), "open");
    c = as("tram"); /* does not see the task of the other unit */
    CHECK_INT(task_submit(c, occurrence(other, 1), &result), INVALID);
    CHECK(strstr(message(c), "đơn vị khác") != NULL && strstr(message(c), "Đăng tin") == NULL);
}

TEST(returned_proof_can_be_taken_out_and_sent_elsewhere)
{
    int64_t task = add_for("khoa"), first = occurrence(task, 1);
    struct ctx *c = as("khoa");
    struct task_evidence photo = photo_of(c, "ảnh hai", "nham.jpg");
    struct task_result result = { .evidence = &photo, .evidence_count = 1 };
    CHECK_INT(task_submit(c, first, &result), OK);
    int64_t piece = sql_test_evidence(test_ctx(), first);
    CHECK_INT(task_withdraw(as("khoa"), piece), CONFLICT);
    CHECK_INT(task_return(as("lanhdao"), first, "Nhầm ảnh"), OK);
    CHECK_INT(task_withdraw(as("tram"), piece), NOT_FOUND);
    CHECK_INT(task_withdraw(as("khoa"), piece), OK);
    CHECK_INT(task_submit(as("khoa"), occurrence(task, 2), &result), OK);
}

TEST(a_link_must_be_one_of_the_web)
{
    int64_t first = occurrence(add_for("khoa"), 1);
    struct task_evidence link = { .url = "javascript:alert(1)" };
    struct task_result result = { .evidence = &link, .evidence_count = 1 };
    CHECK_INT(task_submit(as("khoa"), first, &result), INVALID);
    CHECK_TEXT(state(first), "open");
}

TEST(a_set_of_leads_proves_one_by_one)
{
    struct task_party parties[] = {
        { .unit = as("khoa")->unit, .wording = "Các khoa, phòng, trạm", .set = true, .proves = true },
        { .unit = as("tram")->unit, .wording = "Các khoa, phòng, trạm", .set = true, .proves = true },
    };
    struct task_draft draft = quarterly(parties);
    draft.party_count = 2;
    int64_t task = 0;
    CHECK_INT(task_create(as("daumoi"), &draft, &task), OK);
    CHECK_INT(sql_test_occurrences(test_ctx(), task)->count, 8);
    CHECK_TEXT(sql_test_ro(test_ctx(), task), "q|ok|ok||ok|"); /* a set alone names nobody */
}

TEST(the_six_ro_are_clear_unsure_or_missing)
{
    struct task_party lead = { .wording = "Ban Chỉ đạo" };
    struct task_draft draft = { .unit = centre(), .title = "Tuyên truyền", .parties = &lead, .party_count = 1,
                                .time_raw = "theo quy định", .schedule = { .year = 2026 } };
    int64_t task = 0;
    CHECK_INT(task_add(as("daumoi"), &draft, &task), OK);
    CHECK_TEXT(sql_test_ro(test_ctx(), task), "q|ok|q|||");
    CHECK_TEXT(sql_test_ro_label(test_ctx(), task), "1/6 rõ, thiếu trách nhiệm, sản phẩm, thẩm quyền, cần kiểm tra người, thời gian");
    draft.responsible = as("khoa")->person;
    draft.leader_raw = "Phó Giám đốc phụ trách";
    draft.approver = as("lanhdao")->person;
    draft.products = &product, draft.product_count = 1;
    draft.schedule.kind = SCHEDULE_CONTINUOUS;
    draft.doubts = RO_BIT(RO_PRODUCT);
    CHECK_INT(task_change(as("daumoi"), task, &draft), OK);
    CHECK_TEXT(sql_test_ro_label(test_ctx(), task), "5/6 rõ, cần kiểm tra sản phẩm");
    draft.doubts = 0;
    CHECK_INT(task_change(as("daumoi"), task, &draft), OK);
    CHECK_TEXT(sql_test_ro_label(test_ctx(), task), "6/6 rõ");
    CHECK_INT(sql_test_stale_six(test_ctx()), 0);
}

TEST(a_new_time_keeps_what_was_proved)
{
    int64_t task = add_for("khoa"), first = occurrence(task, 1), second = occurrence(task, 2);
    CHECK_INT(submit_link(as("khoa"), first), OK);
    struct task_party lead = { .unit = as("khoa")->unit };
    struct task_draft draft = quarterly(&lead);
    draft.schedule.per = PER_MONTH;
    CHECK_INT(task_change(as("daumoi"), task, &draft), OK);
    const struct rows *rows = sql_test_occurrences(test_ctx(), task);
    CHECK_INT(rows->count, 13);
    CHECK_TEXT(state(first), "submitted");
    CHECK(state(second) == NULL);
    draft.schedule.per = PER_QUARTER;
    draft.title = "Đăng bài";
    CHECK_INT(task_change(as("daumoi"), task, &draft), OK);
    CHECK_INT(sql_test_occurrences(test_ctx(), task)->count, 4);
    CHECK_INT(occurrence(task, 1), first);
}

TEST(an_unchanged_time_keeps_every_occurrence)
{
    int64_t task = add_for("khoa"), third = occurrence(task, 3);
    struct task_party lead = { .unit = as("khoa")->unit };
    struct task_draft draft = quarterly(&lead);
    CHECK_INT(task_change(as("lanhdao"), task, &draft), OK);
    CHECK_INT(occurrence(task, 3), third);
    CHECK_INT(task_change(as("khoa"), task, &draft), FORBIDDEN);
}

TEST(a_task_on_request_sleeps_until_its_trigger)
{
    struct task_party lead = { .unit = as("khoa")->unit };
    struct task_draft draft = quarterly(&lead);
    draft.schedule = (struct schedule){ .kind = SCHEDULE_ON_REQUEST, .year = 2026 };
    int64_t task = 0;
    CHECK_INT(task_create(as("daumoi"), &draft, &task), OK);
    CHECK_INT(sql_test_occurrences(test_ctx(), task)->count, 0);
    CHECK_INT(task_trigger(as("khoa"), task, "Công văn 12/SYT-VP", day_of(2026, 4, 26)), FORBIDDEN);
    CHECK_INT(task_trigger(as("daumoi"), task, "", day_of(2026, 4, 26)), INVALID);
    CHECK_INT(task_trigger(as("daumoi"), task, "Công văn 12/SYT-VP", day_of(2026, 3, 19)), INVALID);
    CHECK_INT(task_trigger(as("daumoi"), task, "Công văn 12/SYT-VP", day_of(2026, 4, 26)), OK);
    CHECK_INT(task_trigger(as("daumoi"), task, "Công văn 15/SYT-VP", day_of(2026, 5, 4)), OK);
    const struct rows *rows = sql_test_occurrences(test_ctx(), task);
    CHECK_INT(rows->count, 2);
    CHECK_TEXT(cell(rows, 0, "cause"), "Công văn 12/SYT-VP");
    CHECK_INT(cell_int(rows, 0, "due_day"), day_of(2026, 4, 28)); /* Giỗ Tổ on a Sunday, made up on Monday */
    CHECK_INT(task_trigger(as("daumoi"), add_for("khoa"), "x", day_of(2026, 5, 4)), CONFLICT);
    CHECK_INT(task_change(as("daumoi"), task, &draft), OK);
    CHECK_INT(sql_test_occurrences(test_ctx(), task)->count, 2);
}

TEST(a_cancelled_task_asks_for_nothing_more)
{
    int64_t task = add_for("khoa"), first = occurrence(task, 1);
    submit_link(as("khoa"), first);
    task_approve(as("lanhdao"), first);
    CHECK_INT(task_cancel(as("daumoi"), task, ""), INVALID);
    CHECK_INT(task_cancel(as("daumoi"), task, "Sở Y tế bỏ nội dung này"), OK);
    CHECK_TEXT(state(first), "done");
    CHECK_TEXT(state(occurrence(task, 2)), "cancelled");
    CHECK_INT(submit_link(as("khoa"), occurrence(task, 2)), CONFLICT);
    CHECK_INT(task_cancel(as("daumoi"), task, "lần nữa"), CONFLICT);
}

TEST(a_person_of_the_task_is_made_responsible)
{
    int64_t task = add_for("khoa");
    CHECK_INT(task_assign(as("daumoi"), task, as("daumoi2")->person), INVALID);
    CHECK_INT(task_assign(as("khoa"), task, as("khoa")->person), FORBIDDEN);
    CHECK_INT(task_assign(as("daumoi"), task, as("khoa")->person), OK);
    CHECK_INT(sql_test_stale_six(test_ctx()), 0);
    CHECK_INT(task_assign(as("daumoi"), task, 0), OK);
    struct task_draft draft = quarterly(NULL);
    draft.party_count = 0;
    draft.responsible = as("khoa2")->person;
    CHECK_INT(task_create(as("daumoi"), &draft, &task), INVALID);
}

TEST(who_leads_or_approves_is_of_the_agency_or_above)
{
    int64_t task = 0;
    struct task_draft draft = quarterly(NULL);
    draft.party_count = 0;
    draft.leader = as("lanhdao")->person;
    draft.approver = as("so")->person;
    CHECK_INT(task_create(as("daumoi"), &draft, &task), OK);
    draft.leader = as("lanhdao2")->person;
    CHECK_INT(task_create(as("daumoi"), &draft, &task), INVALID);
    draft.leader = 0;
    draft.approver = as("lanhdao2")->person;
    CHECK_INT(task_create(as("daumoi"), &draft, &task), INVALID);
}

TEST_PLAIN(wordings_say_kind_number_and_reform_field)
{
    struct arena *a = test_ctx()->arena;
    int64_t n;
    CHECK_TEXT(task_kind_of(a, "02 bài/năm", &n), "article");
    CHECK_INT(n, 2);
    CHECK_TEXT(task_kind_of(a, "Pa nô, áp phích tại 12 điểm", &n), "poster");
    CHECK_INT(n, 12);
    CHECK_TEXT(task_kind_of(a, "2.000 tờ gấp", &n), "leaflet");
    CHECK_INT(n, 2000);
    CHECK_TEXT(task_kind_of(a, "Báo cáo kết quả trước ngày 15/9/2026", &n), "report");
    CHECK_INT(n, 0);
    CHECK_TEXT(task_kind_of(a, "Sự phối hợp thông tin", &n), "other");
    CHECK_TEXT(task_kind_of(a, "Trang thông tin điện tử: ít nhất 01 tin/tuần", &n), "article");
    CHECK_INT(n, 1);
    CHECK_INT(task_area_of(a, "", "Tuyên truyền về chuyển đổi số trong khám chữa bệnh"), 6);
    CHECK_INT(task_area_of(a, "Cải cách thủ tục hành chính", "Cung cấp tin, bài"), 2);
    CHECK_INT(task_area_of(a, NULL, "Treo băng rôn"), 0);
}
