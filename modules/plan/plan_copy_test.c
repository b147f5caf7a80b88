#include "modules/plan/plan_copy_start.h"
#include "modules/person/person.h"
#include "modules/plan/plan_read.h"
#include "modules/unit/unit.h"
#include "plan_copy_queries.h"
#include "platform/base/clock.h"
#include "platform/doc/doc.h"
#include "tests/test.h"

static int64_t import_source(struct ctx *c, const struct plan_source *source)
{
    int64_t id = 0;
    CHECK_INT(plan_import_add(c, unit_by_code(c, "ttytsh"), source, &id), OK);
    return id;
}

/* A fixture of the reader, imported and confirmed. */
static int64_t plan_of(const char *fixture)
{
    struct ctx *c = as("daumoi");
    size_t size = 0;
    char *text = test_file(c->arena, fixture, &size);
    struct document *doc = NULL;
    struct plan_reading *reading = NULL;
    struct document_file file = { 0 };
    struct plan_import import = { 0 };
    int64_t plan = 0;
    CHECK_INT(doc_read_text(c, text, size, &doc), OK);
    CHECK_INT(plan_read(c, doc, &reading), OK);
    CHECK_INT(document_file_put(c, "ke-hoach.txt", "text/plain", text, size, &file), OK);
    const struct plan_source source = { &file, doc_to_json(c->arena, doc), plan_reading_json(c->arena, reading) };
    CHECK_INT(plan_import_get(c, import_source(c, &source), &import), OK);
    if (import.draft.title[0] == '\0')
        import.draft.title = "Tuyên truyền";
    if (import.draft.year[0] == '\0')
        import.draft.year = "2026";
    CHECK_INT(plan_confirm(c, &import, &import.draft, &(struct plan_people){ 0 }, &plan), OK);
    return plan;
}

static struct plan_draft read_back(struct ctx *c, const struct plan_paper *paper)
{
    const void *bytes = NULL;
    size_t size = 0;
    struct document *doc = NULL;
    struct plan_reading *reading = NULL;
    struct plan_draft d = { 0 };
    CHECK_INT(doc_write_docx(c, plan_paper_document(c, paper), &bytes, &size), OK);
    CHECK_INT(doc_read_docx(c, bytes, size, &doc), OK);
    CHECK_INT(plan_read(c, doc, &reading), OK);
    CHECK_INT(draft_from_json(c, plan_reading_json(c->arena, reading), &d), OK);
    return d;
}

/* Full stops at the ends of entries may go; the words may not. */
#define CHECK_WORDS(got, wanted) CHECK_TEXT(text_key(c->arena, got), text_key(c->arena, wanted))

static void comes_back(const char *fixture)
{
    struct ctx *c = as("daumoi");
    struct plan_paper paper;
    CHECK_INT(plan_paper_of_plan(c, plan_of(fixture), &paper), OK);
    struct plan_draft d = read_back(c, &paper);
    CHECK_INT(d.count, paper.draft.count);
    for (size_t i = 0; i < d.count; i++) {
        const struct draft_task *got = &d.tasks[i], *wanted = &paper.draft.tasks[i];
        CHECK_WORDS(got->title, wanted->title);
        CHECK_WORDS(got->leads, wanted->leads);
        CHECK_WORDS(got->partners, wanted->partners);
        CHECK_WORDS(got->time_raw, wanted->time_raw);
        CHECK_WORDS(got->products, wanted->products);
        CHECK_INT(got->schedule.kind, wanted->schedule.kind);
    }
    CHECK_WORDS(d.title, paper.draft.title);
    CHECK_WORDS(d.recipients, paper.draft.recipients);
    CHECK_WORDS(d.signer_title, paper.draft.signer_title[0] == '\0' ? "Thủ trưởng đơn vị" : paper.draft.signer_title);
}

TEST(the_written_plan_read_again_gives_the_same_tasks)
{
    comes_back("modules/plan/fixtures/table.txt");
    comes_back("modules/plan/fixtures/blocks.txt");
    comes_back("modules/plan/fixtures/grouped.txt");
}

TEST(the_written_plan_keeps_the_running_text_but_not_the_tasks_twice)
{
    struct ctx *c = as("daumoi");
    struct plan_paper paper;
    CHECK_INT(plan_paper_of_plan(c, plan_of("modules/plan/fixtures/blocks.txt"), &paper), OK);
    bool annex = false;
    CHECK(paper.count > 3);
    for (size_t i = 0; i < paper.count; i++) {
        annex = annex || strcmp(paper.lines[i].text, PAPER_TASKS_IN_ANNEX) == 0;
        for (size_t k = 0; k < paper.draft.count; k++)
            CHECK(strstr(paper.lines[i].text, paper.draft.tasks[k].title) == NULL);
    }
    CHECK(annex);
}

TEST(who_does_not_reach_a_plan_gets_no_file_of_it)
{
    struct plan_paper paper;
    CHECK_INT(plan_paper_of_plan(as("daumoi2"), plan_of("modules/plan/fixtures/table.txt"), &paper), NOT_FOUND);
}

TEST_PLAIN(years_of_a_text_move_on_but_numbers_citations_and_long_periods_stay)
{
    struct arena *a = test_ctx()->arena;
    CHECK_TEXT(plan_shift_years(a, "Tháng 9/2025 và quý I năm 2026", 2025, 1), "Tháng 9/2026 và quý I năm 2027");
    CHECK_TEXT(plan_shift_years(a, "Trước ngày 15/12/2025", 2025, 2), "Trước ngày 15/12/2027");
    CHECK_TEXT(plan_shift_years(a, "giai đoạn 2021-2025, tầm nhìn 2030", 2025, 1), "giai đoạn 2021-2025, tầm nhìn 2030");
    CHECK_TEXT(plan_shift_years(a, "theo Nghị định số 61/2025/NĐ-CP ngày 03/4/2025 của Chính phủ, năm 2025", 2025, 1),
               "theo Nghị định số 61/2025/NĐ-CP ngày 03/4/2025 của Chính phủ, năm 2026");
    CHECK_TEXT(plan_shift_years(a, "Nghị quyết năm 2021", 2025, 1), "Nghị quyết năm 2021");
    CHECK_TEXT(plan_shift_years(a, "12025 phiếu", 2025, 1), "12025 phiếu");
}

TEST_PLAIN(days_move_on_by_a_year_and_a_leap_day_falls_back)
{
    struct schedule s = { .kind = SCHEDULE_DEADLINE, .year = 2024, .due_days = { day_of(2024, 2, 29), day_of(2024, 12, 15) }, .due_count = 2 };
    struct schedule next = plan_shift_schedule(&s, 1, 0);
    CHECK_INT(next.year, 2025);
    CHECK_INT(next.due_days[0], day_of(2025, 2, 28));
    CHECK_INT(next.due_days[1], day_of(2025, 12, 15));
    struct schedule recurs = { .kind = SCHEDULE_FREQUENCY, .per = PER_QUARTER, .year = 2025, .start_day = day_of(2025, 1, 15) };
    CHECK_INT(plan_shift_schedule(&recurs, 1, day_of(2025, 1, 15)).start_day, 0);
    CHECK_INT(plan_shift_schedule(&recurs, 1, day_of(2025, 1, 10)).start_day, day_of(2026, 1, 15));
}

static struct past_task *past(struct ctx *c, int64_t plan, size_t *count)
{
    struct past_task *list = NULL;
    CHECK_INT(plan_past_load(c, plan, &list, count), OK);
    return list;
}

TEST(this_years_plan_begins_with_the_chosen_tasks_of_the_last)
{
    int64_t plan = plan_of("modules/plan/fixtures/table.txt"), unit = 0;
    struct ctx *c = as("daumoi");
    size_t count = 0;
    struct past_task *list = past(c, plan, &count);
    CHECK(count > 2);
    CHECK(list[0].periods > 0);
    int64_t tasks[] = { list[0].task.id, list[2].task.id };
    int year = list[0].task.task.schedule.year;
    struct plan_beginning w = { plan, year + 1, tasks, 2 };
    struct plan_source source;
    CHECK_INT(plan_begin(c, &w, &unit, &source), OK);
    struct plan_import import = { 0 };
    CHECK_INT(plan_import_get(c, import_source(c, &source), &import), OK);
    CHECK_INT(import.draft.count, 2);
    CHECK_TEXT(import.draft.number, "");
    CHECK_TEXT(import.draft.year, arena_printf(c->arena, "%d", year + 1));
    CHECK_WORDS(import.draft.tasks[1].title, plan_shift_years(c->arena, list[2].task.task.title, year, 1));
    CHECK_INT(import.draft.tasks[0].schedule.kind, list[0].task.task.schedule.kind);
    CHECK_INT(import.draft.tasks[0].schedule.year, year + 1);
    CHECK(import.draft.tasks[0].from > 0); /* its passage in the source */
}

TEST(a_beginning_needs_a_later_year_tasks_and_a_coordinator)
{
    int64_t plan = plan_of("modules/plan/fixtures/table.txt"), unit = 0;
    size_t count = 0;
    struct past_task *list = past(as("daumoi"), plan, &count);
    int year = list[0].task.task.schedule.year;
    struct plan_source source;
    CHECK_INT(plan_begin(as("daumoi"), &(struct plan_beginning){ plan, year, &list[0].task.id, 1 }, &unit, &source), INVALID);
    CHECK_INT(plan_begin(as("daumoi"), &(struct plan_beginning){ plan, year + 1, NULL, 0 }, &unit, &source), INVALID);
    CHECK_INT(plan_begin(as("khoa"), &(struct plan_beginning){ plan, year + 1, &list[0].task.id, 1 }, &unit, &source), FORBIDDEN);
    CHECK_INT(plan_begin(as("daumoi2"), &(struct plan_beginning){ plan, year + 1, &list[0].task.id, 1 }, &unit, &source), NOT_FOUND);
}
