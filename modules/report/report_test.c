#include "modules/report/report.h"
#include "modules/document/document_layout.h"
#include "modules/person/person.h"
#include "modules/report/report_frozen.h"
#include "modules/task/task.h"
#include "modules/unit/unit.h"
#include "platform/base/clock.h"
#include "report_test_queries.h"
#include "tests/test.h"
#include "tests/test_docx.h"

static int64_t centre(void)
{
    return unit_by_code(test_ctx(), "ttytsh");
}

static void now_is(int year, int month, int day)
{
    test_now = day_start(day_of(year, month, day)) + 9 * 3600;
}

/* A task of the centre with one due day, led by the unit of `login`; its occurrence. */
static int64_t due(const char *login, const char *title, const char *product, int year, int month, int day)
{
    struct task_party lead = { .unit = as(login)->unit };
    struct task_product made = { .wording = product };
    struct task_draft draft = { .unit = centre(), .title = title, .parties = &lead, .party_count = 1, .products = &made, .product_count = 1,
                                .schedule = { .kind = SCHEDULE_DEADLINE, .year = year, .due_days = { day_of(year, month, day) }, .due_count = 1 } };
    int64_t task = 0;
    CHECK_INT(task_create(as("daumoi"), &draft, &task), OK);
    return sql_report_test_occurrence(test_ctx(), task);
}

static void prove(const char *login, int64_t occurrence, int64_t made)
{
    struct task_evidence link = { .url = "https://songhuong.example/tin-1" };
    CHECK_INT(task_submit(as(login), occurrence, &(struct task_result){ .evidence = &link, .evidence_count = 1, .made = made }), OK);
}

static void finish(const char *login, int64_t occurrence, int64_t made)
{
    prove(login, occurrence, made);
    CHECK_INT(task_approve(as("lanhdao"), occurrence), OK);
}

static struct report *load(struct ctx *c, const char *period)
{
    struct report *r = NULL;
    CHECK_INT(report_load(c, centre(), period, &r), OK);
    return r;
}

#define ARTICLE "02 bài viết trên Trang thông tin điện tử"

/* Six tasks around the window 15/12/2025-14/3/2026: on time, late, waiting, missed, of the time before and after. */
static void invent_work(void)
{
    now_is(2025, 12, 1);
    int64_t before = due("khoa", "Niêm yết thủ tục hành chính", "01 lần niêm yết", 2025, 12, 10);
    int64_t in_time = due("khoa", "Đăng tin, bài về cải cách hành chính", ARTICLE, 2026, 2, 10);
    int64_t late = due("tram", "Đăng tin, bài về thủ tục hành chính", ARTICLE, 2026, 2, 20);
    int64_t waits = due("khoa", "Tổ chức tập huấn", "01 lớp tập huấn", 2026, 3, 5);
    due("tram", "Phát tờ rơi", "100 tờ rơi", 2026, 3, 6);
    int64_t after = due("khoa", "Xây dựng video", "01 video", 2026, 5, 20);
    now_is(2026, 1, 12);
    finish("khoa", before, 1);
    now_is(2026, 2, 9);
    finish("khoa", in_time, 2);
    now_is(2026, 2, 25);
    finish("tram", late, 3);
    finish("khoa", after, 1);
    now_is(2026, 3, 4);
    prove("khoa", waits, 1);
    now_is(2026, 3, 20);
}

TEST(periods_have_the_cut_offs_of_the_law)
{
    static const struct { const char *code, *name; int from[3], to[3]; const char *next; } wanted[] = {
        { "2026-Q1", "Quý I năm 2026", { 2025, 12, 15 }, { 2026, 3, 14 }, "2026-H1" },
        { "2026-H1", "6 tháng đầu năm 2026", { 2025, 12, 15 }, { 2026, 6, 14 }, "2026-Q3" },
        { "2026-Q3", "Quý III năm 2026", { 2026, 6, 15 }, { 2026, 9, 14 }, "2026-Y" },
        { "2026-Y", "Năm 2026", { 2025, 12, 15 }, { 2026, 12, 14 }, "2027-Q1" },
    };
    for (size_t i = 0; i < 4; i++) {
        struct report_period p = { 0 };
        CHECK_INT(report_period_parse(test_ctx(), wanted[i].code, &p), OK);
        CHECK_TEXT(p.name, wanted[i].name);
        CHECK_INT(p.from_day, day_of(wanted[i].from[0], wanted[i].from[1], wanted[i].from[2]));
        CHECK_INT(p.to_day, day_of(wanted[i].to[0], wanted[i].to[1], wanted[i].to[2]));
        CHECK_TEXT(p.next_code, wanted[i].next);
    }
}

TEST(a_period_of_another_form_or_before_the_decree_is_refused)
{
    static const char *const wrong[] = { "", "2026", "2026-Q2", "26-Q1", "2026-Q1x", "2026_Q1", "2018-Q1", "2019-Q1x" };
    struct report_period p = { 0 };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        CHECK_INT(report_period_parse(test_ctx(), wrong[i], &p), INVALID);
    CHECK_INT(report_period_parse(test_ctx(), "2019-Q1", &p), OK); /* cut off two days after the decree */
}

TEST(sending_days_follow_the_level_and_working_days)
{
    struct report_period p = { 0 };
    struct ctx *c = test_ctx();
    CHECK_INT(report_period_parse(c, "2026-Q1", &p), OK);
    CHECK_INT(report_send_day(c, centre(), &p), day_of(2026, 3, 16));
    CHECK_INT(report_send_day(c, as("khoa")->unit, &p), day_of(2026, 3, 16)); /* the 15th is a Sunday */
    CHECK_INT(report_send_day(c, unit_by_code(c, "syt"), &p), day_of(2026, 3, 18));
}

TEST(figures_tell_on_time_late_waiting_and_missed_apart)
{
    invent_work();
    struct report *r = load(as("daumoi"), "2026-Q1");
    CHECK_INT(r->totals.planned, 4);
    CHECK_INT(r->totals.done, 1);
    CHECK_INT(r->totals.late, 1);
    CHECK_INT(r->totals.waiting, 1);
    CHECK_INT(r->totals.missed, 1);
    CHECK_INT(r->totals.ahead, 0);
    CHECK_INT(r->totals.carried, 1);
    CHECK_INT(r->totals.carried_done, 1);
    CHECK_INT(r->totals.early, 1);
    CHECK_INT(r->totals.evidence, 5);
}

TEST(products_are_counted_by_kind_and_channel)
{
    invent_work();
    struct report *r = load(as("daumoi"), "2026-Q1");
    CHECK_INT(r->figures->count, 3);
    for (int i = 0; i < r->figures->count; i++)
        if (strcmp(cell(r->figures, i, "name"), "Tin, bài trên Trang thông tin điện tử") == 0) {
            CHECK_TEXT(cell(r->figures, i, "made_words"), "05");
            CHECK_INT(cell_int(r->figures, i, "tasks"), 2);
        }
    CHECK(strstr(r->parts[3].text, "Tin, bài trên Trang thông tin điện tử: 05") != NULL);
}

TEST(what_is_sent_after_the_cut_off_is_not_of_the_period)
{
    now_is(2026, 3, 1);
    int64_t occurrence = due("khoa", "Đăng bài", ARTICLE, 2026, 3, 10);
    now_is(2026, 3, 16);
    finish("khoa", occurrence, 2);
    struct report *r = load(as("daumoi"), "2026-Q1");
    CHECK_INT(r->totals.missed, 1);
    CHECK_INT(r->totals.done + r->totals.late, 0);
    CHECK_INT(r->figures->count, 0);
    CHECK_INT(load(as("daumoi"), "2026-H1")->totals.late, 1);
}

TEST(a_continuous_task_is_counted_apart_and_never_late)
{
    struct task_party lead = { .unit = as("khoa")->unit };
    struct task_draft draft = { .unit = centre(), .title = "Tuyên truyền thường xuyên", .parties = &lead, .party_count = 1,
                                .schedule = { .kind = SCHEDULE_CONTINUOUS, .year = 2026 } };
    int64_t task = 0;
    CHECK_INT(task_create(as("daumoi"), &draft, &task), OK);
    struct report *r = load(as("daumoi"), "2026-Q1");
    CHECK_INT(r->totals.planned, 0);
    CHECK_INT(r->totals.steady, 1);
    CHECK_INT(r->totals.steady_done, 0);
    CHECK_INT(r->totals.missed, 0);
}

TEST(the_drafted_text_says_only_what_is_recorded)
{
    struct report *empty = load(as("daumoi"), "2026-Q3");
    CHECK_TEXT(empty->parts[2].text, "Trong kỳ, đơn vị không có việc đến hạn.");
    CHECK_TEXT(empty->parts[3].text, "Trong kỳ chưa ghi nhận sản phẩm nào được xác nhận hoàn thành.");
    invent_work();
    struct report *r = load(as("daumoi"), "2026-Q1");
    CHECK(strstr(r->parts[2].text, "Trong kỳ, đơn vị có 04 việc đến hạn; hoàn thành 02 việc (50,0%), trong đó 01 việc đúng hạn và 01 việc sau thời hạn; "
                                   "01 việc đã nộp kết quả, đang chờ duyệt; 01 việc quá hạn chưa hoàn thành.") != NULL);
    CHECK(strstr(r->parts[4].text, "- Phát tờ rơi (TYT xã Phú Lương), hạn ngày 06/3/2026.") != NULL);
}

TEST(numbers_are_written_as_in_official_papers)
{
    struct arena *a = test_ctx()->arena;
    CHECK_TEXT(report_count(a, 0), "00");
    CHECK_TEXT(report_count(a, 5), "05");
    CHECK_TEXT(report_count(a, 12), "12");
    CHECK_TEXT(report_count(a, 1204), "1.204");
    CHECK_TEXT(report_count(a, 1234567), "1.234.567");
    CHECK_TEXT(report_percent(a, 9, 12), "75,0%");
    CHECK_TEXT(report_percent(a, 2, 3), "66,7%");
    CHECK_TEXT(report_percent(a, 0, 0), "");
    CHECK_TEXT(report_day(a, day_of(2026, 2, 5)), "05/02/2026");
    CHECK_TEXT(report_day(a, day_of(2026, 9, 22)), "22/9/2026");
}

TEST(another_centre_is_not_found)
{
    struct report *r = NULL;
    CHECK_INT(report_load(as("daumoi2"), centre(), "2026-Q1", &r), NOT_FOUND);
    CHECK_INT(report_part_save(as("daumoi2"), centre(), "2026-Q1", "next", "x", 0), NOT_FOUND);
    CHECK_INT(report_lock(as("lanhdao2"), centre(), "2026-Q1"), NOT_FOUND);
    CHECK_INT(report_load(as("so"), centre(), "2026-Q1", &r), OK); /* the Sở stands above it */
    CHECK(r != NULL);
}

TEST(a_role_in_a_department_is_none_in_the_agency)
{
    struct ctx *c = as("quantri");
    int64_t person = person_by_login(c, "khoa");
    CHECK_INT(person_post_add(c, person, centre(), ROLE_STAFF, "Cán bộ", 0), OK);
    CHECK_INT(person_post_add(c, person, unit_by_code(c, "ttytsh-kkb"), ROLE_LEADER, "Trưởng khoa", 0), OK);
    CHECK(as("khoa")->granted & ROLE_LEADER);
    CHECK_INT(report_part_save(as("khoa"), centre(), "2026-Q1", "next", "x", 0), FORBIDDEN);
    CHECK_INT(report_lock(as("khoa"), centre(), "2026-Q1"), FORBIDDEN);
    CHECK_INT(report_lock(as("lanhdao"), centre(), "2026-Q1"), OK);
    CHECK_INT(report_unlock(as("khoa"), centre(), "2026-Q1"), FORBIDDEN);
}

TEST(an_edit_stays_and_two_writers_notice_each_other)
{
    CHECK_INT(report_part_save(as("khoa"), as("khoa")->unit, "2026-Q1", "next", "Sửa", 0), FORBIDDEN);
    CHECK_INT(report_part_save(as("daumoi"), centre(), "2026-Q1", "next", "  Tập trung niêm yết.  ", 0), OK);
    struct report *r = load(as("daumoi"), "2026-Q1");
    CHECK_TEXT(r->parts[5].text, "Tập trung niêm yết.");
    CHECK(r->parts[5].edited);
    CHECK_INT(report_part_save(as("lanhdao"), centre(), "2026-Q1", "next", "Khác", 0), CONFLICT);
    CHECK_INT(report_part_save(as("lanhdao"), centre(), "2026-Q1", "next", "Khác", r->parts[5].version), OK);
    CHECK_INT(report_part_save(as("lanhdao"), centre(), "2026-Q1", "next", "", r->parts[5].version + 1), OK);
    CHECK(!load(as("daumoi"), "2026-Q1")->parts[5].edited);
    CHECK_INT(report_part_save(as("daumoi"), centre(), "2026-Q1", "nothing", "x", 0), NOT_FOUND);
}

TEST(the_draft_saved_unchanged_goes_on_following_the_figures)
{
    struct report *r = load(as("daumoi"), "2026-Q1");
    CHECK_INT(report_part_save(as("daumoi"), centre(), "2026-Q1", "result", r->parts[2].text, 0), OK);
    CHECK(!load(as("daumoi"), "2026-Q1")->parts[2].edited);
}

TEST(a_locked_report_keeps_its_figures)
{
    invent_work();
    now_is(2026, 3, 14);
    CHECK_INT(report_lock(as("daumoi"), centre(), "2026-Q1"), INVALID); /* the period runs until tonight */
    now_is(2026, 3, 20);
    CHECK_INT(report_lock(as("daumoi"), centre(), "2026-Q1"), OK);
    CHECK_INT(report_lock(as("daumoi"), centre(), "2026-Q1"), CONFLICT);
    due("khoa", "Thêm sau khi chốt", ARTICLE, 2026, 3, 12);
    struct report *r = load(as("daumoi"), "2026-Q1");
    CHECK(r->locked);
    CHECK_INT(r->totals.planned, 4);
    CHECK_INT(r->tasks->count, 6);
    CHECK(strstr(r->parts[2].text, "04 việc đến hạn") != NULL);
    CHECK_INT(report_part_save(as("daumoi"), centre(), "2026-Q1", "next", "x", 0), CONFLICT);
    CHECK_INT(report_unlock(as("daumoi"), centre(), "2026-Q1"), FORBIDDEN);
    CHECK_INT(report_unlock(as("lanhdao"), centre(), "2026-Q1"), OK);
    CHECK_INT(load(as("daumoi"), "2026-Q1")->totals.planned, 5);
}

TEST(a_report_bears_the_names_of_its_cut_off)
{
    now_is(2026, 5, 2);
    CHECK_INT(unit_rename(as("quantri"), centre(), "Trung tâm Y tế khu vực Sông Hương", "", "TTYTKVSH", day_of(2026, 5, 1), "QĐ 1"), OK);
    CHECK_TEXT(load(as("daumoi"), "2026-Q1")->name, "Trung tâm Y tế Sông Hương");
    CHECK_TEXT(load(as("daumoi"), "2026-H1")->name, "Trung tâm Y tế khu vực Sông Hương");
}

TEST(frozen_rows_come_back_the_same)
{
    struct ctx *c = test_ctx();
    static const char *const columns[] = { "a", "b", NULL };
    struct rows_maker m;
    rows_start(&m, c->arena, columns);
    rows_add(&m, (const char *[]){ "Đống \"Đa\"", NULL });
    const struct rows *back = frozen_to_rows(c, frozen_from_rows(c->arena, &m.rows));
    CHECK_TEXT(cell(back, 0, "a"), "Đống \"Đa\"");
    CHECK(cell(back, 0, "b") == NULL);
}

TEST(the_file_follows_the_decree)
{
    invent_work();
    struct ctx *c = as("daumoi");
    const void *bytes = NULL;
    size_t size = 0;
    CHECK_INT(doc_write_docx(c, report_document(c, load(c, "2026-Q1")), &bytes, &size), OK);
    const char *xml = docx_part(c->arena, bytes, size, "word/document.xml");
    CHECK_INT(docx_count(xml, "//w:p[contains(., 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM')]"), 1);
    CHECK_INT(docx_count(xml, "//w:tbl[1]//w:p[contains(., '/BC-TTYTSH')]"), 1);
    CHECK_INT(docx_count(xml, "//w:p[starts-with(., 'Hương Giang, ngày')]"), 1);
    CHECK_INT(docx_count(xml, "//w:p[contains(., 'quý I năm 2026')]"), 2);
    CHECK_INT(docx_count(xml, "//w:p[w:pPr/w:outlineLvl or w:pPr/w:pStyle/@w:val='Heading1']"), 5);
    CHECK_INT(docx_count(xml, "//w:p[contains(., 'GIÁM ĐỐC')]"), 1);
    CHECK_INT(docx_count(xml, "//w:p[contains(., 'Trần Thị Lành')]"), 1);
    CHECK_INT(docx_count(xml, "//w:p[w:pPr/w:pageBreakBefore]"), 2); /* two annexes */
    CHECK_INT(docx_count(xml, "//w:tblHeader"), 3);
    CHECK_INT(docx_count(xml, "//w:p[contains(., '- Sở Y tế tỉnh Hương Giang (b/c);')]"), 1);
}

static void collect(struct buffer *b, const struct block *blocks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (blocks[i].kind == BLOCK_PARAGRAPH && !text_blank(blocks[i].text))
            buffer_printf(b, "%s\n", text_squeeze(b->arena, blocks[i].text)); /* blanks to fill in are read as one */
        for (size_t n = 0; n < blocks[i].cell_count; n++)
            collect(b, blocks[i].cells[n].blocks, blocks[i].cells[n].block_count);
    }
}

TEST(the_file_is_read_back_word_for_word)
{
    invent_work();
    struct ctx *c = as("daumoi");
    struct document *doc = report_document(c, load(c, "2026-Q1")), *back = NULL;
    const void *bytes = NULL;
    size_t size = 0;
    struct buffer wrote = { .arena = c->arena }, read = { .arena = c->arena };
    CHECK_INT(doc_write_docx(c, doc, &bytes, &size), OK);
    CHECK_INT(doc_read_docx(c, bytes, size, &back), OK);
    collect(&wrote, doc->blocks, doc->count);
    collect(&read, back->blocks, back->count);
    CHECK_TEXT(read.text, wrote.text);
}

static const char *sheet_part(struct ctx *c, const char *name)
{
    const void *bytes = NULL;
    size_t size = 0;
    CHECK_INT(report_sheets(c, load(c, "2026-Q1"), &bytes, &size), OK);
    return docx_part(c->arena, bytes, size, name);
}

/* Number of the cell beside the one with this text, in the sheet of that number. */
static const char *beside(struct ctx *c, int sheet, const char *text, const char *column)
{
    const char *strings = sheet_part(c, "xl/sharedStrings.xml");
    const char *index = docx_value(c->arena, strings, arena_printf(c->arena, "count(//s:si[s:t='%s']/preceding-sibling::s:si)", text));
    CHECK_INT(docx_count(strings, arena_printf(c->arena, "//s:si[s:t='%s']", text)), 1);
    const char *xml = sheet_part(c, arena_printf(c->arena, "xl/worksheets/sheet%d.xml", sheet));
    return docx_value(c->arena, xml, arena_printf(c->arena, "string(//s:row[s:c[@t='s' and s:v='%s']]/s:c[starts-with(@r, '%s')]/s:v)", index, column));
}

TEST(the_spreadsheet_holds_the_figures_of_the_report)
{
    invent_work();
    struct ctx *c = as("daumoi");
    const char *book = sheet_part(c, "xl/workbook.xml");
    static const char *const names[] = { "Tổng hợp", "Nhiệm vụ", "Số liệu", "Minh chứng" };
    for (int i = 0; i < 4; i++)
        CHECK_TEXT(docx_value(c->arena, book, arena_printf(c->arena, "string(//s:sheet[%d]/@name)", i + 1)), names[i]);
    CHECK_TEXT(beside(c, 1, "Việc đến hạn trong kỳ", "B"), "4");
    CHECK_TEXT(beside(c, 1, "Hoàn thành", "B"), "2");
    CHECK_TEXT(beside(c, 1, "Hoàn thành", "C"), "0.5");
    CHECK_TEXT(beside(c, 1, "Số liệu đến ngày", "B"), arena_printf(c->arena, "%d", (int)day_of(2026, 3, 14) + 25569));
    CHECK_TEXT(beside(c, 2, "Phát tờ rơi", "F"), arena_printf(c->arena, "%d", (int)day_of(2026, 3, 6) + 25569));
    CHECK_TEXT(beside(c, 3, "Tin, bài trên Trang thông tin điện tử", "B"), "5");
    CHECK_INT(docx_count(sheet_part(c, "xl/worksheets/sheet4.xml"), "//s:row"), 2 + 5);
}

TEST(a_task_named_like_a_formula_is_text_in_the_spreadsheet)
{
    now_is(2026, 3, 1);
    due("khoa", "=HYPERLINK(1)", ARTICLE, 2026, 3, 10);
    struct ctx *c = as("daumoi");
    CHECK_INT(docx_count(sheet_part(c, "xl/worksheets/sheet2.xml"), "//s:f"), 0);
    CHECK_TEXT(beside(c, 2, "=HYPERLINK(1)", "A"), "1");
}

TEST(the_spreadsheet_of_a_locked_report_keeps_its_figures)
{
    invent_work();
    CHECK_INT(report_lock(as("daumoi"), centre(), "2026-Q1"), OK);
    due("khoa", "Thêm sau khi chốt", ARTICLE, 2026, 3, 12);
    struct ctx *c = as("daumoi");
    CHECK_TEXT(beside(c, 1, "Việc đến hạn trong kỳ", "B"), "4");
    CHECK_INT(docx_count(sheet_part(c, "xl/worksheets/sheet2.xml"), "//s:row"), 2 + 6);
}

TEST(files_are_named_by_their_ending)
{
    CHECK_TEXT(report_format_of("quy-1.xlsx")->ending, "xlsx");
    CHECK_TEXT(report_format_of("pdf")->ending, "pdf");
    CHECK(report_format_of("exe") == NULL);
    CHECK(report_format_of("bao.cao.doc") == NULL);
}
