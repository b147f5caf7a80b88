#include "modules/plan/plan_amend.h"
#include "modules/person/person.h"
#include "modules/task/task.h"
#include "modules/unit/unit.h"
#include "plan_amend_queries.h"
#include "plan_amend_test_queries.h"
#include "platform/base/clock.h"
#include "tests/test.h"

#define TASK(no, title, lead, time, products)                                                                           \
    "{\"no\":\"" no "\",\"title\":\"" title "\",\"leads\":[" lead "],\"partners\":[],\"time_raw\":\"" time "\",\"products\":[" products "]}"

static const char first[] =
    "{\"number\":\"112/KH-TTYTSH\",\"date\":\"2026-01-15\",\"title\":\"Tuyên truyền cải cách hành chính năm 2026\",\"year\":2026,\"bases\":[],\"tasks\":["
    TASK("1", "Đăng tin, bài trên trang thông tin điện tử", "\"Phòng TCHC\"", "Định kỳ 01 lần/quý", "\"01 bài viết\"") ","
    TASK("2", "Treo băng rôn tại trụ sở", "\"Phòng TCHC\"", "Định kỳ 01 lần/quý", "") ","
    TASK("3", "Khảo sát mức độ hài lòng của người bệnh", "\"Khoa Khám bệnh\"", "Định kỳ 01 lần/quý", "\"01 báo cáo\"") "]}";

static const char second[] =
    "{\"number\":\"130/KH-TTYTSH\",\"date\":\"2026-06-10\",\"title\":\"Điều chỉnh, bổ sung Kế hoạch số 112/KH-TTYTSH ngày 15/01/2026 của Trung tâm Y tế Sông Hương\","
    "\"year\":2026,\"bases\":[],\"tasks\":["
    TASK("1", "Đăng tin, bài trên trang thông tin điện tử", "", "Định kỳ 01 lần/tháng", "") ","
    TASK("2", "Tổ chức tọa đàm với người dân về hồ sơ trực tuyến", "\"Khoa Khám bệnh\"", "Tháng 9/2026", "\"01 buổi\"") ","
    TASK("3", "Bãi bỏ nhiệm vụ 2", "", "", "") "]}";

static int64_t import_of(const char *reading)
{
    struct ctx *c = as("daumoi");
    struct document_file file = { 0 };
    int64_t id = 0;
    CHECK_INT(document_file_put(c, "van-ban.txt", "text/plain", reading, strlen(reading), &file), OK);
    const struct plan_source source = { &file, "{}", reading };
    CHECK_INT(plan_import_add(c, unit_by_code(c, "ttytsh"), &source, &id), OK);
    return id;
}

/* Times in a fixture are words: read as the review reads what is typed. */
static void read_times(struct ctx *c, struct plan_draft *d)
{
    for (size_t i = 0; i < d->count; i++)
        draft_read_time(c, d, &d->tasks[i]);
}

static int64_t plan_of(const char *reading)
{
    struct ctx *c = as("daumoi");
    struct plan_import import = { 0 };
    int64_t plan = 0;
    CHECK_INT(plan_import_get(c, import_of(reading), &import), OK);
    read_times(c, &import.draft);
    CHECK_INT(plan_confirm(c, &import, &import.draft, &(struct plan_people){ 0 }, &plan), OK);
    return plan;
}

static struct amend *loaded(int64_t import)
{
    struct amend *m = NULL;
    struct ctx *c = as("daumoi");
    CHECK_INT(plan_amend_load(c, import, &m), OK);
    read_times(c, &m->import.draft);
    return m;
}

static enum err confirm(struct ctx *c, const struct amend *m)
{
    int64_t version = 0;
    return plan_amend_confirm(c, m, &(struct plan_people){ 0 }, &version);
}

static size_t task_of(const struct amend *m, const char *no)
{
    size_t i = 0;
    while (i < m->count && strcmp(m->tasks[i].task.no, no) != 0)
        i++;
    CHECK(i < m->count);
    return i;
}

TEST_PLAIN(an_amendment_is_told_by_its_title)
{
    struct arena *a = test_ctx()->arena;
    CHECK(plan_amends_by_title(a, "Điều chỉnh, bổ sung Kế hoạch số 112/KH-TTYTSH"));
    CHECK(plan_amends_by_title(a, "KẾ HOẠCH Sửa đổi, bổ sung một số nội dung của Kế hoạch số 5"));
    CHECK(plan_amends_by_title(a, "Về việc điều chỉnh kế hoạch tuyên truyền năm 2026"));
    CHECK(!plan_amends_by_title(a, "Tuyên truyền cải cách hành chính năm 2026"));
    CHECK(!plan_amends_by_title(a, "Tuyên truyền Luật sửa đổi, bổ sung một số điều của Luật Khám bệnh, chữa bệnh"));
}

TEST(an_amendment_proposes_the_plan_it_cites_else_the_latest_of_its_year)
{
    int64_t cited = plan_of(first);
    struct ctx *c = as("daumoi");
    struct plan_draft d = { .title = "Điều chỉnh, bổ sung Kế hoạch số 112/KH-TTYTSH ngày 15/01/2026", .year = "2026", .day = "", .bases = "" };
    CHECK_INT(plan_amend_propose(c, unit_by_code(c, "ttytsh"), &d), cited);
    d.title = "Điều chỉnh, bổ sung Kế hoạch tuyên truyền";
    CHECK_INT(plan_amend_propose(c, unit_by_code(c, "ttytsh"), &d), cited);
    d.year = "2027";
    CHECK_INT(plan_amend_propose(c, unit_by_code(c, "ttytsh"), &d), 0);
    d.year = "2026";
    CHECK_INT(plan_amend_propose(c, unit_by_code(c, "ttytbn"), &d), 0);
    CHECK_INT(plan_amend_of(c, import_of(second)), cited);
}

TEST(what_the_document_changes_adds_and_withdraws_is_proposed)
{
    plan_of(first);
    struct amend *m = loaded(import_of(second));
    CHECK_INT(m->version, 1);
    CHECK_INT(m->from_day, day_of(2026, 6, 10));
    CHECK_INT(m->decide[0], m->tasks[task_of(m, "1")].id);
    CHECK_INT(m->decide[1], AMEND_NEW);
    CHECK_INT(m->decide[2], AMEND_LEFT_OUT);
    CHECK(m->withdraw[task_of(m, "2")]);
    CHECK(!m->withdraw[task_of(m, "3")]);
    struct amend_field fields[AMEND_FIELDS];
    CHECK_INT(plan_amend_fields(test_ctx()->arena, &m->tasks[0], &m->import.draft.tasks[0], fields), 1);
    CHECK_TEXT(fields[0].label, "Thời gian");
}

TEST(a_document_that_repeats_the_plan_withdraws_what_it_leaves_out)
{
    static const char whole[] = "{\"title\":\"Điều chỉnh Kế hoạch số 112/KH-TTYTSH\",\"date\":\"2026-06-10\",\"year\":2026,\"bases\":[],\"tasks\":["
        TASK("1", "Đăng tin, bài trên trang thông tin điện tử", "", "", "") "," TASK("2", "Khảo sát mức độ hài lòng của người bệnh", "", "", "") "]}";
    plan_of(first);
    struct amend *m = loaded(import_of(whole));
    CHECK(m->withdraw[task_of(m, "2")]);
    CHECK_INT(m->decide[1], m->tasks[task_of(m, "3")].id);
}

TEST(confirming_makes_the_next_version_and_tasks_keep_what_they_are)
{
    int64_t plan = plan_of(first);
    struct amend *m = loaded(import_of(second));
    int64_t news = m->tasks[0].id, survey = m->tasks[2].id, banner = m->tasks[1].id;
    CHECK_INT(confirm(as("khoa"), m), FORBIDDEN);
    CHECK_INT(confirm(as("daumoi"), m), OK);
    struct rows *versions = sql_versions(test_ctx(), plan);
    CHECK_INT(versions->count, 2);
    CHECK_TEXT(cell(versions, 0, "number"), "130/KH-TTYTSH");
    CHECK_INT(cell_int(versions, 0, "changed"), 1);
    CHECK_INT(cell_int(versions, 0, "added"), 1);
    CHECK_INT(cell_int(versions, 0, "withdrawn"), 1);
    CHECK_INT(sql_test_amend_tasks(test_ctx(), plan, "active"), 3);
    CHECK_TEXT(cell(sql_test_amend_task(test_ctx(), banner), 0, "state"), "cancelled");
    CHECK_INT(cell_int(sql_test_amend_task(test_ctx(), banner), 0, "open"), 1);         /* the first quarter stays owed */
    CHECK_INT(cell_int(sql_test_amend_task(test_ctx(), news), 0, "open"), 1 + 7);        /* and June to December */
    CHECK_INT(cell_int(sql_test_amend_task(test_ctx(), survey), 0, "open"), 4);          /* untouched */
    CHECK_TEXT(cell(sql_test_amend_task(test_ctx(), news), 0, "lead"), "Phòng TCHC");    /* the document did not speak of it */
    CHECK_INT(confirm(as("daumoi"), m), CONFLICT);
}

TEST(an_amendment_that_contradicts_itself_or_changes_nothing_is_refused)
{
    plan_of(first);
    struct amend *m = loaded(import_of(second));
    struct ctx *c = as("daumoi");
    m->decide[1] = m->decide[0];
    CHECK_INT(confirm(c, m), INVALID);
    CHECK_TEXT(c->fields->field, "d1");
    m->decide[1] = m->tasks[1].id;
    CHECK_INT(confirm(as("daumoi"), m), INVALID); /* changed and withdrawn */
    m->decide[0] = m->decide[1] = AMEND_LEFT_OUT;
    m->withdraw[1] = false;
    c = as("daumoi");
    CHECK_INT(confirm(c, m), INVALID);
    CHECK_TEXT(c->fields->field, "plan");
    m = loaded(m->import.id);
    m->from_day = day_of(2026, 1, 14);
    c = as("daumoi");
    CHECK_INT(confirm(c, m), INVALID);
    CHECK_TEXT(c->fields->field, "from_day");
    m->import.scanning = true; /* its pages are still being recognised */
    CHECK_INT(confirm(as("daumoi"), m), CONFLICT);
}

TEST(only_a_plan_of_the_same_unit_is_amended)
{
    int64_t plan = plan_of(first), import = import_of(second);
    CHECK_INT(plan_amend_set(as("daumoi"), import, plan + 1000), INVALID);
    CHECK_INT(plan_amend_set(as("daumoi2"), import, plan), NOT_FOUND);
    CHECK_INT(plan_amend_set(as("daumoi"), import, 0), OK);
    CHECK_INT(plan_amend_of(test_ctx(), import), 0);
}

TEST(a_plan_is_edited_as_an_amendment_without_a_document)
{
    int64_t plan = plan_of(first), unit = 0, import = 0;
    struct plan_source source;
    CHECK_INT(plan_amend_begin(as("khoa"), plan, &unit, &source), FORBIDDEN);
    CHECK_INT(plan_amend_begin(as("daumoi"), plan, &unit, &source), OK);
    CHECK_INT(plan_amend_begun(as("daumoi"), plan, unit, &source, &import), OK);
    struct amend *m = NULL;
    CHECK_INT(plan_amend_load(as("daumoi"), import, &m), OK);
    CHECK_INT(m->plan, plan);
    CHECK_INT(m->import.draft.count, 3);
    CHECK_INT(confirm(as("daumoi"), m), INVALID); /* nothing was edited */
    struct plan_draft *d = &m->import.draft;
    d->tasks[0].products = "02 bài viết";
    d->number = "140/KH-TTYTSH";
    CHECK_INT(confirm(as("daumoi"), m), OK);
    struct rows *versions = sql_versions(test_ctx(), plan);
    CHECK_INT(cell_int(versions, 0, "changed"), 1);
    CHECK_INT(cell_int(versions, 0, "added") + cell_int(versions, 0, "withdrawn"), 0);
}
