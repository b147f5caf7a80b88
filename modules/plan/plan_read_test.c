#include "plan_mark.h"
#include "platform/base/clock.h"
#include "tests/test.h"
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* Everything that stands in `wanted` must stand in `got`; more is allowed in objects, not in arrays. */
static void check_holds(const json_t *got, const json_t *wanted, const char *where)
{
    const char *name;
    json_t *value;
    size_t i;
    char path[300];
    if (json_is_object(wanted)) {
        json_object_foreach((json_t *)wanted, name, value) {
            snprintf(path, sizeof path, "%s.%s", where, name);
            check_holds(json_object_get(got, name), value, path);
        }
    } else if (json_is_array(wanted)) {
        test_check_int((int64_t)json_array_size(got), (int64_t)json_array_size(wanted), where, __FILE__, __LINE__);
        json_array_foreach(wanted, i, value) {
            snprintf(path, sizeof path, "%s[%zu]", where, i);
            check_holds(json_array_get(got, i), value, path);
        }
    } else if (json_is_string(wanted)) {
        test_check_text(json_string_value(got), json_string_value(wanted), where, __FILE__, __LINE__);
    } else {
        test_check(got != NULL && json_equal(got, wanted), where, __FILE__, __LINE__);
    }
}

static struct plan_reading *read_text(struct ctx *c, const char *text, size_t size)
{
    struct document *doc = NULL;
    struct plan_reading *reading = NULL;
    CHECK_INT(doc_read_text(c, text, size, &doc), OK);
    CHECK_INT(plan_read(c, doc, &reading), OK);
    return reading;
}

static void check_fixture(const char *name)
{
    struct ctx *c = test_ctx();
    size_t size, wanted_size;
    char *text = test_file(c->arena, arena_printf(c->arena, "modules/plan/fixtures/%s.txt", name), &size);
    char *wanted = test_file(c->arena, arena_printf(c->arena, "modules/plan/fixtures/%s.json", name), &wanted_size);
    json_t *right = json_loadb(wanted, wanted_size, 0, NULL);
    json_t *got = json_loads(plan_reading_json(c->arena, read_text(c, text, size)), 0, NULL);
    CHECK(right != NULL && got != NULL);
    check_holds(got, right, name);
    json_decref(right);
    json_decref(got);
}

TEST_PLAIN(a_plan_of_numbered_blocks_with_labels_is_read)
{
    check_fixture("blocks");
}

TEST_PLAIN(a_plan_with_a_table_of_groups_and_blank_cells_is_read)
{
    check_fixture("table");
}

TEST_PLAIN(a_plan_of_bullets_with_time_lines_is_read)
{
    check_fixture("bullets");
}

TEST_PLAIN(a_plan_without_task_lines_gives_the_duties_of_its_units)
{
    check_fixture("duties");
}

TEST_PLAIN(labels_below_several_bullets_and_rows_numbered_anew_are_understood)
{
    check_fixture("grouped");
}

TEST_PLAIN(cells_that_a_law_site_ran_into_one_line_are_read)
{
    check_fixture("flat_cells");
}

TEST_PLAIN(head_and_foot_broken_in_narrow_cells_are_put_together)
{
    check_fixture("narrow_cells");
}

TEST_PLAIN(a_foot_that_runs_on_one_line_is_parted)
{
    static const char *const lists[] = { "Nơi nhận: - Sở Nội vụ; - Lưu: VT.", "Nơi nhận:\n- Sở Nội vụ; - Lưu: VT." };
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        struct ctx *c = test_ctx();
        const char *text = arena_printf(c->arena, "KẾ HOẠCH\nTuyên truyền năm 2026\nI. NHIỆM VỤ\n1. Viết bài\n- Chủ trì: Khoa Dược\n%s %s\n", lists[i],
                                        "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Trần Văn Mẫu");
        struct plan_reading *r = read_text(c, text, strlen(text));
        CHECK_INT(r->recipient_count, 2);
        CHECK_TEXT(r->recipients[1].text, "Lưu: VT");
        CHECK_TEXT(r->signer_prefix.text, "KT. GIÁM ĐỐC");
        CHECK_TEXT(r->signer_title.text, "PHÓ GIÁM ĐỐC");
        CHECK_TEXT(r->signer_name.text, "Trần Văn Mẫu");
    }
}

TEST_PLAIN(a_plan_damaged_by_scanning_is_read_and_marked)
{
    check_fixture("damaged");
}

TEST_PLAIN(names_that_an_installation_knows_come_back_with_their_marks)
{
    struct ctx *c = test_ctx();
    size_t size;
    char *text = test_file(c->arena, "modules/plan/fixtures/damaged.txt", &size);
    static const char *const phrases[] = { "Trung tâm Y tế Sông Hương", "tỉnh Hương Giang" };
    struct plan_knowledge known = { .phrases = phrases, .phrase_count = 2 };
    struct document *doc = NULL;
    struct plan_reading *r = NULL;
    CHECK_INT(doc_read_text(c, text, size, &doc), OK);
    CHECK_INT(plan_read_knowing(c, doc, &known, &r), OK);
    CHECK_TEXT(r->agency.text, "Trung tâm Y tế Sông Hương");
    CHECK_TEXT(r->agency.original, "TRUNG TAM Y TE SONG HUONG");
    CHECK_TEXT(r->signer_name.text, "Tran Van Mau");
    CHECK(r->signer_name.original == NULL && r->number.original == NULL);
}

TEST_PLAIN(what_people_taught_is_used_by_the_next_reading)
{
    static const struct plan_lesson lessons[] = {
        { LESSON_LABEL, "Bên lo việc", "leads" },
        { LESSON_TIME, "Lúc nông nhàn", "Quý IV" },
        { LESSON_WORDING, "S6ng H1én", "Sông Hiền" },
    };
    static const char text[] =
        "KẾ HOẠCH\nTuyên truyền cải cách hành chính năm 2026\nI. NHIỆM VỤ\n1. Viết bài trên trang thông tin điện tử\n"
        "- Bên lo việc: Phòng Tổ chức - Hành chính\n- Thời gian thực hiện: Lúc nông nhàn\n2. Treo băng rôn\n- Đơn vị chủ trì: Khoa Dược\n";
    struct plan_knowledge known = { .lessons = lessons, .lesson_count = 3 };
    for (int taught = 0; taught < 2; taught++) {
        struct ctx *c = test_ctx();
        struct document *doc = NULL;
        struct plan_reading *r = NULL;
        CHECK_INT(doc_read_text(c, text, strlen(text), &doc), OK);
        CHECK_INT(plan_read_knowing(c, doc, taught ? &known : NULL, &r), OK);
        CHECK_INT(r->task_count, 2);
        CHECK_INT(r->tasks[0].leads.count, taught);
        CHECK_INT(r->tasks[0].time.kind, taught ? PLAN_PERIOD : PLAN_NO_TIME);
        CHECK_TEXT(r->tasks[0].time_raw, "Lúc nông nhàn");
        CHECK(r->tasks[0].originals[PLAN_LEADS] == NULL);
    }
}

TEST_PLAIN(labels_in_one_line_are_cut_and_lead_and_partner_of_one_label_are_parted)
{
    check_fixture("labels_in_line");
}

TEST_PLAIN(values_on_the_lines_below_their_labels_are_read)
{
    check_fixture("values_below");
}

TEST_PLAIN(duties_whose_unit_stands_in_the_sentence_are_read)
{
    check_fixture("duty_sentences");
}

TEST_PLAIN(roles_and_times_in_brackets_are_cut_off_the_task)
{
    check_fixture("brackets");
}

TEST_PLAIN(an_item_that_ends_in_who_and_when_is_read_and_sentences_like_it_are_left_alone)
{
    check_fixture("named_behind");
}

TEST_PLAIN(a_plan_of_the_party_with_its_marks_number_and_signer_is_read)
{
    check_fixture("party");
}

TEST_PLAIN(a_block_below_several_items_is_one_task_of_the_first)
{
    check_fixture("shared_block");
}

TEST_PLAIN(a_plan_whose_subject_names_a_document_gives_the_duties_of_each_unit)
{
    check_fixture("province");
}

TEST_PLAIN(a_plan_without_letterhead_takes_number_and_day_of_the_decision_it_came_with)
{
    check_fixture("annex_of_decision");
}

TEST_PLAIN(a_plan_of_two_agencies_keeps_the_first_signer_and_units_within_units)
{
    check_fixture("joint_plan");
}

TEST_PLAIN(a_plan_in_the_articles_of_a_decision_is_read)
{
    check_fixture("decision_with_articles");
}

TEST_PLAIN(the_text_of_a_law_site_with_bars_and_broken_headings_is_read)
{
    check_fixture("law_site");
}

TEST_PLAIN(units_under_stars_on_lines_and_in_sentences_head_their_duties)
{
    check_fixture("units_under_stars");
    check_fixture("units_on_lines");
    check_fixture("units_with_deeds");
}

TEST_PLAIN(labels_behind_commas_and_without_colon_are_cut)
{
    check_fixture("labels_without_colon");
}

TEST_PLAIN(a_sentence_that_gives_work_makes_tasks_of_itself_or_of_its_bullets)
{
    check_fixture("given_tasks");
}

TEST_PLAIN(chapters_and_articles_hold_tasks_too)
{
    check_fixture("chapters");
}

TEST_PLAIN(a_sentence_with_the_lead_and_a_line_with_the_time_make_one_task)
{
    check_fixture("sentence_and_time");
}

TEST_PLAIN(tasks_below_a_quarter_have_its_time)
{
    check_fixture("quarters");
}

TEST_PLAIN(a_letterhead_read_behind_the_kind_of_document_is_still_one)
{
    static const char text[] = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nHương Giang, ngày 25 tháng 02 năm 2026\n\n"
                               "KẾ HOẠCH\n\nUBND TỈNH HƯƠNG GIANG\n\nSỞ NỘI VỤ\n\nSố: 716/KH-SNV\n\nTập huấn nghiệp vụ cải cách hành chính năm 2026\n\n"
                               "Căn cứ Kế hoạch số 18/KH-UBND ngày 10/01/2026 của UBND tỉnh;\n\nI. MỤC ĐÍCH\nNâng cao nghiệp vụ.\n";
    struct plan_reading *r = read_text(test_ctx(), text, sizeof text - 1);
    CHECK_TEXT(r->number.text, "716/KH-SNV");
    CHECK_TEXT(r->agency.text, "Sở Nội vụ");
    CHECK_TEXT(r->title.text, "Tập huấn nghiệp vụ cải cách hành chính năm 2026");
    CHECK_INT(r->base_count, 1);
}

TEST_PLAIN(every_field_says_where_it_stands_and_how_sure_it_is)
{
    struct ctx *c = test_ctx();
    size_t size;
    char *text = test_file(c->arena, "modules/plan/fixtures/blocks.txt", &size);
    struct plan_reading *r = read_text(c, text, size);
    CHECK_INT(r->tasks[0].place.from, 17);
    CHECK_INT(r->tasks[0].places[PLAN_LEADS].from, 18);
    CHECK_INT(r->tasks[0].places[PLAN_TIME].from, 20);
    CHECK(r->tasks[0].places[PLAN_LEADS].block > 0 && r->number.place.from == 3);
    CHECK(r->tasks[0].sure[PLAN_LEADS] > PLAN_DOUBTFUL && r->tasks[0].sure[PLAN_BUDGET] <= 0);
    text = test_file(c->arena, "modules/plan/fixtures/damaged.txt", &size);
    r = read_text(c, text, size);
    CHECK(r->tasks[0].sure[PLAN_TITLE] > PLAN_DOUBTFUL && r->tasks[1].sure[PLAN_TITLE] < PLAN_DOUBTFUL); /* "Du": Dự, Du, Dù… */
}

TEST_PLAIN(no_field_is_surer_than_the_words_a_picture_gave)
{
    struct ctx *c = test_ctx();
    size_t size;
    char *text = test_file(c->arena, "modules/plan/fixtures/blocks.txt", &size);
    struct document *doc = NULL;
    struct plan_reading *r = NULL;
    CHECK_INT(doc_read_text(c, text, size, &doc), OK);
    for (size_t i = 0; i < doc->count; i++)
        doc->blocks[i].sure = 0.5;
    CHECK_INT(plan_read(c, doc, &r), OK);
    CHECK(r->number.sure <= 0.5 && r->date_sure <= 0.5 && r->bases[0].sure <= 0.5 && r->recipients[0].sure <= 0.5);
    CHECK(r->tasks[0].sure[PLAN_LEADS] <= 0.5 && r->tasks[0].sure[PLAN_LEADS] > 0);
}

TEST_PLAIN(a_reading_survives_json_and_back)
{
    static const char *const names[] = { "blocks", "table", "bullets", "duties", "damaged", "grouped" };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct ctx *c = test_ctx();
        size_t size;
        char *text = test_file(c->arena, arena_printf(c->arena, "modules/plan/fixtures/%s.txt", names[i]), &size);
        char *json = plan_reading_json(c->arena, read_text(c, text, size));
        struct plan_reading *back = NULL;
        CHECK_INT(plan_reading_from_json(c, json, &back), OK);
        CHECK_TEXT(plan_reading_json(c->arena, back), json);
    }
}

TEST_PLAIN(json_of_another_form_is_refused)
{
    static const char *const bad[] = { "", "[]", "{}", "{\"tasks\":[{\"no\":1}]}", "{\"tasks\":[],\"year\":\"2026\"}", "{\"tasks\":[],\"date\":\"2026-02-30\"}" };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct ctx *c = test_ctx();
        struct plan_reading *r = NULL;
        CHECK_INT(plan_reading_from_json(c, bad[i], &r), INVALID);
    }
}

TEST_PLAIN(a_document_without_words_is_refused_and_one_that_is_no_plan_is_not)
{
    struct ctx *c = test_ctx();
    struct document empty = { .format = "pdf", .images_only = true };
    struct plan_reading *r = NULL;
    CHECK_INT(plan_read(c, &empty, &r), INVALID);
    c = test_ctx();
    static const char letter[] = "Kính gửi: Các khoa, phòng\nĐề nghị các khoa, phòng gửi số liệu.\n";
    r = read_text(c, letter, strlen(letter));
    CHECK_INT(r->task_count, 0);
}

struct mark_case {
    const char *line;
    enum plan_mark mark;
    const char *no, *text;
};

TEST_PLAIN(marks_are_read_as_people_and_scanners_leave_them)
{
    static const struct mark_case cases[] = {
        { "IV. KINH PHÍ", MARK_ROMAN, "IV", "KINH PHÍ" }, { "II1. HINH THUC", MARK_ROMAN, "III", "HINH THUC" },
        { "II) Nội dung", MARK_ROMAN, "II", "Nội dung" }, { "A. PHẦN CHUNG", MARK_UPPER, "A", "PHẦN CHUNG" },
        { "Phần II. Nhiệm vụ", MARK_PART, "II", "Nhiệm vụ" }, { "1. Mục đích", MARK_NUMBER, "1", "Mục đích" },
        { "1.2. Đối với", MARK_NUMBER2, "1.2", "Đối với" }, { "4.1 Lĩnh vực", MARK_NUMBER2, "4.1", "Lĩnh vực" },
        { "1.2.3. Sâu", MARK_NUMBER3, "1.2.3", "Sâu" }, { "2) Yêu cầu", MARK_CLOSED, "2", "Yêu cầu" },
        { "112. Rà soát", MARK_NUMBER, "112", "Rà soát" }, { "112.000 người", MARK_NONE, NULL, "112.000 người" },
        { ". Kiểm tra", MARK_NUMBER, "1", "Kiểm tra" }, { ".2. Đơn vị chủ trì: A", MARK_NUMBER2, "1.2", "Đơn vị chủ trì: A" },
        { "... và các đơn vị", MARK_NONE, NULL, "... và các đơn vị" },
        { "HI. TỔ CHỨC THỰC HIỆN", MARK_ROMAN, "III", "TỔ CHỨC THỰC HIỆN" },
        { "5, Các khoa", MARK_NUMBER, "5", "Các khoa" }, { "1- Nâng cao", MARK_NUMBER, "1", "Nâng cao" },
        { "I- MỤC ĐÍCH", MARK_ROMAN, "I", "MỤC ĐÍCH" }, { "12- 15 tuổi", MARK_NONE, NULL, "12- 15 tuổi" },
        { "V/v tuyên truyền", MARK_NONE, NULL, "V/v tuyên truyền" }, { "Q. GIÁM ĐỐC", MARK_NONE, NULL, "Q. GIÁM ĐỐC" },
        { "PHẦN THỨ NHẤT", MARK_PART, "I", "" }, { "Nhiệm vụ 2: Khảo sát", MARK_CLOSED, "2", "Khảo sát" },
        { "3/ Yêu cầu", MARK_CLOSED, "3", "Yêu cầu" }, { "d) Kinh phí", MARK_LETTER, "d", "Kinh phí" },
        { "đ. Khác", MARK_LETTER, "đ", "Khác" }, { "(1) Về", MARK_PAREN, "1", "Về" }, { "- Phòng", MARK_DASH, NULL, "Phòng" },
        { "’ - Don vi", MARK_DASH, NULL, "Don vi" }, { "+ Tham dự", MARK_PLUS, NULL, "Tham dự" }, { "• Tin", MARK_DOT, NULL, "Tin" },
        { "15/9/2025 là hạn", MARK_NONE, NULL, "15/9/2025 là hạn" }, { "02 tin, bài", MARK_NONE, NULL, "02 tin, bài" },
        { "2026. Xong", MARK_NONE, NULL, "2026. Xong" }, { "v.v… và", MARK_NONE, NULL, "v.v… và" },
    };
    struct arena *a = test_ctx()->arena;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct plan_mark_read m = plan_mark_of(a, cases[i].line);
        test_check_int(m.mark, cases[i].mark, cases[i].line, __FILE__, __LINE__);
        test_check_text(m.no, cases[i].no, cases[i].line, __FILE__, __LINE__);
        test_check_text(m.text, cases[i].text, cases[i].line, __FILE__, __LINE__);
    }
}

struct time_case {
    const char *raw;
    enum plan_time_kind kind;
    int count;
    enum plan_per per;
    const char *due, *start, *end;
};

static const char *iso(struct arena *a, struct plan_day day)
{
    return day.known ? day_iso(a, day.day) : NULL;
}

TEST_PLAIN(phrases_of_time_become_schedules)
{
    static const struct time_case cases[] = {
        { "Thường xuyên trong năm", PLAN_CONTINUOUS, 0, 0, NULL, NULL, NULL },
        { "Liên tục, thường xuyên, các ngày lễ, sự kiện, …", PLAN_CONTINUOUS, 0, 0, NULL, NULL, NULL },
        { "Hằng ngày", PLAN_CONTINUOUS, 0, 0, NULL, NULL, NULL },
        { "Hằng quý", PLAN_FREQUENCY, 1, PLAN_PER_QUARTER, NULL, NULL, NULL },
        { "Định kỳ 01 lần/quý", PLAN_FREQUENCY, 1, PLAN_PER_QUARTER, NULL, NULL, NULL },
        { "mỗi tháng 02 lần", PLAN_FREQUENCY, 2, PLAN_PER_MONTH, NULL, NULL, NULL },
        { "ít nhất 01 tin/tuần", PLAN_FREQUENCY, 1, PLAN_PER_WEEK, NULL, NULL, NULL },
        { "02 bai/mam", PLAN_FREQUENCY, 2, PLAN_PER_YEAR, NULL, NULL, NULL },
        { "06 tháng/lần", PLAN_FREQUENCY, 2, PLAN_PER_YEAR, NULL, NULL, NULL },
        { "Hàng năm", PLAN_FREQUENCY, 1, PLAN_PER_YEAR, NULL, NULL, NULL },
        { "Năm 2025", PLAN_PERIOD, 0, 0, NULL, "2025-01-01", "2025-12-31" },
        { "Tháng 9/2026", PLAN_PERIOD, 0, 0, NULL, "2026-09-01", "2026-09-30" },
        { "Quý II", PLAN_PERIOD, 0, 0, NULL, "2026-04-01", "2026-06-30" },
        { "Quí III/2026", PLAN_PERIOD, 0, 0, NULL, "2026-07-01", "2026-09-30" },
        { "Quí IV-2025", PLAN_PERIOD, 0, 0, NULL, "2025-10-01", "2025-12-31" },
        { "Quý 3 năm 2027", PLAN_PERIOD, 0, 0, NULL, "2027-07-01", "2027-09-30" },
        { "Từ tháng 3 đến tháng 5/2026", PLAN_PERIOD, 0, 0, NULL, "2026-03-01", "2026-05-31" },
        { "6 tháng đầu năm", PLAN_PERIOD, 0, 0, NULL, "2026-01-01", "2026-06-30" },
        { "6 tháng cuối năm 2026", PLAN_PERIOD, 0, 0, NULL, "2026-07-01", "2026-12-31" },
        { "Từ ngày 01/3/2026 đến ngày 15/4/2026", PLAN_PERIOD, 0, 0, NULL, "2026-03-01", "2026-04-15" },
        { "trước ngày 15/9/2026", PLAN_DEADLINE, 0, 0, "2026-09-15", NULL, NULL },
        { "Chậm nhất ngày 20/12", PLAN_DEADLINE, 0, 0, "2026-12-20", NULL, NULL },
        { "Hoàn thành trước 30 tháng 6 năm 2026", PLAN_DEADLINE, 0, 0, "2026-06-30", NULL, NULL },
        { "Trong năm 2026", PLAN_DEADLINE, 0, 0, "2026-12-31", NULL, NULL },
        { "Trước tháng 6/2026", PLAN_DEADLINE, 0, 0, "2026-05-31", NULL, NULL },
        { "Khi có yêu cầu", PLAN_ON_REQUEST, 0, 0, NULL, NULL, NULL },
        { "Theo chỉ đạo của Sở Y tế", PLAN_ON_REQUEST, 0, 0, NULL, NULL, NULL },
        { "Theo kế hoạch của Sở Nội vụ năm 2026", PLAN_ON_REQUEST, 0, 0, NULL, NULL, NULL },
        { "Đột xuất", PLAN_ON_REQUEST, 0, 0, NULL, NULL, NULL },
        { "Toàn đơn vị", PLAN_NO_TIME, 0, 0, NULL, NULL, NULL },
    };
    struct arena *a = test_ctx()->arena;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct plan_time t = plan_time_of(a, cases[i].raw, NULL, 2026, false);
        test_check_int(t.kind, cases[i].kind, cases[i].raw, __FILE__, __LINE__);
        test_check_int(t.count, cases[i].count, cases[i].raw, __FILE__, __LINE__);
        test_check_int(t.per, cases[i].per, cases[i].raw, __FILE__, __LINE__);
        test_check_text(iso(a, t.due), cases[i].due, cases[i].raw, __FILE__, __LINE__);
        test_check_text(iso(a, t.start), cases[i].start, cases[i].raw, __FILE__, __LINE__);
        test_check_text(iso(a, t.end), cases[i].end, cases[i].raw, __FILE__, __LINE__);
    }
    struct plan_time both = plan_time_of(a, "Năm 2026", "02 bài/năm", 2026, false);
    CHECK(both.kind == PLAN_FREQUENCY && both.count == 2 && both.start.known);
    CHECK_TEXT(iso(a, plan_time_of(a, "Quý I", NULL, 2026, true).due), "2026-03-31");
}

static void check_units(const char *text, const char *leads, const char *partners)
{
    struct arena *a = test_ctx()->arena;
    struct plan_list lists[2] = { 0 };
    plan_roles_add(a, text, &lists[0], &lists[1]);
    for (int k = 0; k < 2; k++) {
        struct buffer b = { .arena = a };
        buffer_add(&b, "");
        for (size_t i = 0; i < lists[k].count; i++)
            buffer_printf(&b, "%s%s", i > 0 ? "|" : "", lists[k].items[i]);
        test_check_text(b.text, k == 0 ? leads : partners, text, __FILE__, __LINE__);
    }
}

TEST_PLAIN(lists_and_sentences_of_units_are_parted_where_a_name_ends)
{
    check_units("Phòng Tổ chức - Hành chính, Phòng Kế hoạch, Tài chính", "Phòng Tổ chức - Hành chính|Phòng Kế hoạch, Tài chính", "");
    check_units("Các khoa, phòng và các đơn vị thuộc Trung tâm", "Các khoa, phòng và các đơn vị thuộc Trung tâm", "");
    check_units("- Phòng TCHC - Phòng KH-NV", "Phòng TCHC|Phòng KH-NV", "");
    check_units("Phòng TCHC và các khoa, phòng", "Phòng TCHC|các khoa, phòng", "");
    check_units("Phòng A chủ trì, các đơn vị có liên quan phối hợp thực hiện.", "Phòng A", "các đơn vị có liên quan");
    check_units("Giao Phòng A chủ trì, phối hợp với Phòng B và các trạm y tế", "Phòng A", "Phòng B|các trạm y tế");
    check_units("Trạm Y tế xã An Hòa; Trạm Y tế xã An Bình.", "Trạm Y tế xã An Hòa|Trạm Y tế xã An Bình", "");
}
