/* Pages of an import: recognised one by one, told when they fail, given up. */
#include "modules/plan/plan_scan.h"
#include "modules/plan/plan_review.h"
#include "modules/unit/unit.h"
#include "plan_queries.h"
#include "plan_test_queries.h"
#include "tests/test.h"

/* A file whose three pages are said to be pictures; it is none, so recognising a page fails. */
static int64_t begun(struct ctx *c, const char *content)
{
    static struct doc_page pages[] = { { .number = 1, .width = 595, .height = 842, .picture = true },
                                       { .number = 2, .width = 595, .height = 842 },
                                       { .number = 3, .width = 595, .height = 842, .picture = true } };
    static const struct document doc = { .format = "pdf", .pages = 3, .page_list = pages, .page_count = 3 };
    struct plan_part part = { .doc = &doc };
    int64_t id = 0;
    CHECK_INT(document_file_put(c, "ban-quet.pdf", "application/pdf", content, strlen(content), &part.file), OK);
    CHECK_INT(plan_part_keep(c, &part), OK);
    CHECK_INT(plan_scan_add(c, unit_by_code(c, "ttytsh"), &part, 1, &id), OK);
    return id;
}

static struct plan_import opened(int64_t id)
{
    struct plan_import import = { 0 };
    CHECK_INT(plan_import_get(as("daumoi"), id, &import), OK);
    return import;
}

static const struct job_kind *kind(const char *name)
{
    const struct job_kind *k = plan_jobs;
    while (k->name != NULL && strcmp(k->name, name) != 0)
        k++;
    return k;
}

/* The latest job of the kind, as the queue would run it. */
static void run(const char *name)
{
    struct ctx *c = test_ctx();
    void *found = NULL;
    const char *payload = sql_test_plan_job(c, name);
    CHECK(payload != NULL);
    CHECK_INT(kind(name)->work(c, payload, &found), OK);
    CHECK_INT(kind(name)->finish(c, payload, found), OK);
}

static const char *state_of(int64_t id, int page)
{
    return cell(sql_plan_pages_of(test_ctx(), id), page - 1, "state");
}

TEST(pictures_of_pages_wait_in_the_queue_two_at_a_time)
{
    int64_t id = begun(as("daumoi"), "hai trang một lúc");
    CHECK(opened(id).scanning);
    CHECK_TEXT(state_of(id, 1), "queued");
    CHECK_TEXT(state_of(id, 2), "done"); /* its words are no picture */
    CHECK_TEXT(state_of(id, 3), "queued");
    CHECK_INT(cell_int(sql_plan_imports_open(as("daumoi"), as("daumoi")->person), 0, "scanning"), 1);
}

TEST(a_page_that_fails_is_told_and_read_again_or_left_out)
{
    int64_t id = begun(as("daumoi"), "trang hỏng");
    run("plan.page"); /* page 3 */
    CHECK_TEXT(state_of(id, 3), "failed");
    CHECK(cell(sql_plan_pages_of(test_ctx(), id), 2, "error")[0] != '\0');
    struct plan_import import = opened(id);
    CHECK_INT(plan_scan_again(as("daumoi"), &import, 3, false), OK);
    CHECK_TEXT(state_of(id, 3), "queued");
    CHECK_INT(plan_scan_again(as("daumoi"), &import, 3, true), NOT_FOUND);
    run("plan.page");
    CHECK_INT(plan_scan_again(as("lanhdao"), &import, 3, true), OK);
    CHECK_TEXT(state_of(id, 3), "skipped");
    CHECK(opened(id).scanning); /* page 1 is still under way */
    CHECK_INT(plan_scan_again(as("khoa"), &import, 3, true), FORBIDDEN);
}

TEST(when_no_page_is_left_the_whole_is_read_and_what_is_no_plan_is_told)
{
    struct ctx *c = as("daumoi");
    int64_t id = begun(c, "không còn trang");
    for (int page = 1; page <= 3; page += 2)
        CHECK_INT(sql_plan_page_done(c, id, page, "failed", NULL, NULL, "mờ"), 1);
    struct plan_import import = opened(id);
    CHECK_INT(plan_scan_again(as("daumoi"), &import, 1, true), OK);
    CHECK(sql_test_plan_job(test_ctx(), "plan.read") == NULL);
    CHECK_INT(plan_scan_again(as("daumoi"), &import, 3, true), OK);
    run("plan.read");
    CHECK(opened(id).scanning);
    CHECK(opened(id).trouble[0] != '\0');
}

TEST(a_scan_that_was_given_up_takes_no_page_any_more)
{
    int64_t id = begun(as("daumoi"), "bỏ giữa chừng");
    CHECK_INT(plan_import_drop(as("daumoi"), id), OK);
    run("plan.page");
    CHECK_TEXT(state_of(id, 3), "queued");
}

TEST(there_is_no_review_before_the_last_page_is_read)
{
    int64_t id = begun(as("daumoi"), "chưa đọc xong");
    struct plan_import import;
    struct review_outcome out;
    CHECK_INT(plan_review(as("daumoi"), id, &(struct review_ask){ .version = 1 }, &import, &out), CONFLICT);
}

TEST(the_same_scan_leads_to_its_first_import)
{
    int64_t first = begun(as("daumoi"), "quét hai lần");
    struct plan_part part = { .doc = &(const struct document){ .format = "pdf" } };
    struct ctx *c = as("lanhdao");
    int64_t id = 0;
    CHECK_INT(document_file_put(c, "khac-ten.pdf", "application/pdf", "quét hai lần", strlen("quét hai lần"), &part.file), OK);
    CHECK_INT(plan_part_keep(c, &part), OK);
    CHECK_INT(plan_scan_add(c, unit_by_code(c, "ttytsh"), &part, 1, &id), CONFLICT);
    CHECK_INT(id, first);
}
