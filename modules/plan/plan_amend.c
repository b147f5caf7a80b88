#include "modules/plan/plan_amend.h"
#include "modules/audit/audit.h"
#include "modules/document/document_grammar.h"
#include "modules/plan/plan_copy_start.h"
#include "modules/plan/plan_cover.h"
#include "plan_amend_queries.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <inttypes.h>
#include <string.h>

enum { RESTATES = 60 /* per cent of the tasks in force: the document gives the whole plan anew */ };

enum err plan_version_begin(struct ctx *c, int64_t plan)
{
    sql_version_begin(c, plan);
    return c->err;
}

/* ---- which plan ---- */

bool plan_amends_by_title(struct arena *a, const char *title)
{
    static const char *const words[] = { "dieu chinh bo sung", "bo sung dieu chinh", "sua doi bo sung", "dieu chinh ke hoach", "bo sung ke hoach",
                                         "sua doi ke hoach", "dieu chinh mot so", "bo sung mot so", "sua doi mot so", "dieu chinh noi dung",
                                         "dieu chinh nhiem vu", "bo sung nhiem vu" };
    const char *key = text_key(a, title);
    if (text_starts(key, "ke hoach "))
        key += strlen("ke hoach ");
    if (text_starts(key, "ve viec "))
        key += strlen("ve viec ");
    else if (text_starts(key, "ve "))
        key += strlen("ve ");
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (text_starts(key, words[i]))
            return true;
    return false;
}

/* The row of the plan that a text cites by number; -1 when it cites none of them. */
static int cited(struct ctx *c, const char *text, const struct rows *plans)
{
    struct citation *found;
    size_t count = document_citations(c->arena, text, &found);
    for (size_t i = 0; i < count; i++) {
        const char *key = plan_number_key(c->arena, found[i].number.text);
        for (int k = 0; k < plans->count && key[0] != '\0'; k++)
            if (strcmp(key, cell(plans, k, "number_key")) == 0 &&
                (!found[i].has_date || cell_int(plans, k, "day") == 0 || found[i].date.when == cell_int(plans, k, "day")))
                return k;
    }
    return -1;
}

int64_t plan_amend_propose(struct ctx *c, int64_t unit, const struct plan_draft *draft)
{
    if (!plan_amends_by_title(c->arena, draft->title))
        return 0;
    const struct rows *plans = sql_amend_candidates(c, unit, draft_year(c, draft));
    int row = cited(c, draft->title, plans);
    if (row < 0)
        row = cited(c, draft->bases, plans);
    if (row < 0 && plans->count > 0)
        row = 0;
    return row < 0 ? 0 : cell_int(plans, row, "id");
}

enum err plan_amend_notice(struct ctx *c, int64_t import)
{
    struct plan_import read = { 0 };
    if (plan_import_get(c, import, &read) != OK)
        return c->err;
    int64_t plan = plan_amend_propose(c, read.unit, &read.draft);
    if (plan != 0)
        sql_amend_set(c, import, plan);
    return c->err;
}

int64_t plan_amend_of(struct ctx *c, int64_t import)
{
    return import == 0 ? 0 : sql_amend_of(c, import);
}

enum err plan_amend_set(struct ctx *c, int64_t import, int64_t plan)
{
    struct plan_import read = { 0 };
    if (plan_import_get(c, import, &read) != OK || plan_require_edit(c, read.unit) != OK)
        return c->err;
    if (plan != 0 && sql_amend_plan(c, plan, read.unit)->count == 0)
        return c->err != OK ? c->err : invalid(c, "plan", "Hãy chọn một kế hoạch của chính đơn vị này.");
    if (sql_amend_set(c, import, plan) == 0)
        return fail(c, CONFLICT, "Bản nhập này đã được xác nhận hoặc đã bỏ.", "import %" PRId64, import);
    return c->err;
}

enum err plan_amend_begin(struct ctx *c, int64_t plan, int64_t *unit, struct plan_source *source)
{
    struct plan_paper paper;
    if (plan_paper_of_plan(c, plan, &paper) != OK || plan_require_edit(c, paper.unit) != OK)
        return c->err;
    struct plan_draft *d = &paper.draft;
    d->title = arena_printf(c->arena, "Điều chỉnh, bổ sung Kế hoạch %s%s%s", d->number[0] == '\0' ? d->title : "số ", d->number,
                            d->day[0] == '\0' ? "" : arena_printf(c->arena, " ngày %s", d->day));
    d->number = d->day = "";
    paper.final = false;
    if (plan_paper_source(c, &paper, source) == OK)
        *unit = paper.unit;
    return c->err;
}

enum err plan_amend_begun(struct ctx *c, int64_t plan, int64_t unit, const struct plan_source *source, int64_t *import)
{
    int64_t id = 0;
    if (plan_import_add(c, unit, source, &id) == OK && plan_amend_set(c, id, plan) == OK)
        *import = id;
    return c->err;
}

/* ---- what changes ---- */

static const char *one_line(struct arena *a, const char *text)
{
    char *copy = arena_copy(a, text);
    for (char *at = copy; *at != '\0'; at++)
        if (*at == '\n')
            *at = ';';
    return copy;
}

size_t plan_amend_fields(struct arena *a, const struct stored_task *was, const struct draft_task *now, struct amend_field *fields)
{
    const struct amend_field all[] = {
        { "title", "Nội dung", was->task.title, now->title },
        { "leads", "Chủ trì", was->leads, now->leads },
        { "partners", "Phối hợp", was->partners, now->partners },
        { "time", "Thời gian", was->time, now->time_raw },
        { "products", "Sản phẩm", one_line(a, was->products), one_line(a, now->products) },
        { "budget", "Kinh phí", was->task.budget, now->budget },
    };
    size_t count = 0;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (!text_blank(all[i].now) && strcmp(text_key(a, all[i].was), text_key(a, all[i].now)) != 0)
            fields[count++] = all[i];
    return count;
}

/* ---- proposals ---- */

static bool says_withdrawn(struct arena *a, const char *title)
{
    static const char *const words[] = { "bai bo", "huy bo", "khong thuc hien", "thoi thuc hien", "dung thuc hien", "khong tiep tuc", "rut nhiem vu" };
    const char *key = text_key(a, title);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (text_starts(key, words[i]))
            return true;
    return false;
}

/* The task in force that a title names: by "nhiệm vụ 4.2", "mục 4.2", else the one most like it. m->count: none. */
static size_t named(struct ctx *c, const struct amend *m, size_t draft)
{
    const char *title = m->import.draft.tasks[draft].title;
    const char *at = strstr(text_fold(c->arena, title), "nhiem vu ");
    const char *no = at == NULL ? "" : arena_copy_n(c->arena, at + strlen("nhiem vu "), strspn(at + strlen("nhiem vu "), "0123456789."));
    if (text_ends(no, "."))
        no = arena_copy_n(c->arena, no, strlen(no) - 1);
    size_t best = m->count;
    int score = 0;
    for (size_t i = 0; i < m->count; i++) {
        const char *own = text_fold(c->arena, m->tasks[i].task.no);
        if (no[0] != '\0' && strcmp(own, no) == 0)
            return i;
        int one = m->matching.scores[i * m->matching.right_count + draft];
        if (one > score) {
            score = one;
            best = i;
        }
    }
    return best;
}

static void lay_beside(struct ctx *c, struct amend *m)
{
    const struct plan_draft *d = &m->import.draft;
    struct match_text *was = arena_array(c->arena, m->count + 1, sizeof *was), *now = arena_array(c->arena, d->count + 1, sizeof *now);
    for (size_t i = 0; i < m->count; i++)
        was[i] = (struct match_text){ m->tasks[i].task.no, m->tasks[i].task.title, m->tasks[i].products, m->tasks[i].time };
    for (size_t i = 0; i < d->count; i++)
        now[i] = (struct match_text){ d->tasks[i].no, d->tasks[i].title, d->tasks[i].products, d->tasks[i].time_raw };
    m->matching = match_texts(c->arena, was, m->count, now, d->count, true);
}

static void propose(struct ctx *c, struct amend *m)
{
    const struct plan_draft *d = &m->import.draft;
    size_t found = 0;
    for (size_t i = 0; i < d->count; i++) {
        const struct match *match = &m->matching.right[i];
        m->decide[i] = match->kind == MATCH_NONE ? AMEND_NEW : m->tasks[match->other].id;
        found += match->kind != MATCH_NONE;
        if (!says_withdrawn(c->arena, d->tasks[i].title))
            continue;
        size_t gone = named(c, m, i);
        m->decide[i] = AMEND_LEFT_OUT;
        if (gone < m->count)
            m->withdraw[gone] = true;
    }
    for (size_t i = 0; i < m->count && found * 100 >= m->count * RESTATES; i++)
        m->withdraw[i] = m->withdraw[i] || m->matching.left[i].kind == MATCH_NONE;
}

enum err plan_amend_load(struct ctx *c, int64_t import, struct amend **amend)
{
    struct amend *m = arena_alloc(c->arena, sizeof *m);
    if (plan_import_get(c, import, &m->import) != OK)
        return c->err;
    m->plan = plan_amend_of(c, import);
    m->decide = arena_array(c->arena, m->import.draft.count + 1, sizeof *m->decide);
    if (!draft_day(&m->import.draft, &m->from_day))
        m->from_day = day_of_moment(c->now);
    if (m->plan != 0) {
        const struct rows *last = sql_version_last(c, m->plan);
        m->version = last->count > 0 ? cell_int(last, 0, "version") : 0;
        if (plan_stored_load(c, m->plan, false, &m->tasks, &m->count) != OK)
            return c->err;
        m->withdraw = arena_array(c->arena, m->count + 1, sizeof *m->withdraw);
        lay_beside(c, m);
        propose(c, m);
    }
    if (c->err == OK)
        *amend = m;
    return c->err;
}
