/* Background jobs, with another try for those given up; the steps of the tables. */
#include "app/admin.h"
#include "app/app.h"
#include "db_queries.h"
#include "job_queries.h"
#include "modules/audit/audit.h"
#include "modules/person/person.h"
#include "modules/role.h"
#include "platform/job/job.h"
#include <string.h>

static const struct job_kind *kind_in(const struct job_kind *kind, const char *name)
{
    while (kind->name != NULL && strcmp(kind->name, name) != 0)
        kind++;
    return kind->name == NULL ? NULL : kind;
}

static const struct job_kind *kind_of(const struct job_kind *const *tables, const char *name)
{
    const struct job_kind *found = kind_in(job_own_kinds, name);
    for (; found == NULL && *tables != NULL; tables++)
        found = kind_in(*tables, name);
    return found;
}

static const char *label_of(const char *state)
{
    static const char *const labels[][2] = {
        { "given_up", "Đã dừng" }, { "running", "Đang làm" }, { "waiting", "Chờ" }, { "done", "Xong" }
    };
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
        if (strcmp(labels[i][0], state) == 0)
            return labels[i][1];
    return state;
}

static const char *look_of(const char *state)
{
    if (strcmp(state, "given_up") == 0)
        return "late";
    if (strcmp(state, "done") == 0)
        return "done";
    return strcmp(state, "running") == 0 ? "doing" : "wait";
}

static enum err jobs(struct request *r)
{
    static const char *const columns[] = { "id",       "title",         "state",   "label", "tries",
                                           "added_at", "not_before_at", "stopped", NULL };
    struct arena *a = r->c->arena;
    const struct job_kind *const *tables = app_jobs(a);
    const struct rows *list = sql_job_list(r->c);
    struct rows_maker *m = arena_alloc(a, sizeof *m); /* the page borrows its rows */
    rows_start(m, a, columns);
    for (int i = 0; i < list->count; i++) {
        const char *state = cell(list, i, "state"), *name = cell(list, i, "kind");
        const struct job_kind *kind = kind_of(tables, name);
        bool stopped = strcmp(state, "given_up") == 0;
        rows_add(m, (const char *[]){ cell(list, i, "id"), kind == NULL ? name : kind->title, look_of(state),
                                      label_of(state), cell(list, i, "tries"), cell(list, i, "added_at"),
                                      cell(list, i, "not_before_at"), stopped ? "1" : NULL });
    }
    put_rows(r, "jobs", &m->rows);
    return r->c->err != OK ? r->c->err : page(r, "admin_jobs.html");
}

static enum err retry(struct request *r)
{
    int64_t job = path_id(r, "id");
    if (person_require_chief(r->c) != OK || job_retry(r->c, job) != OK)
        return r->c->err;
    if (audit_note(r->c, "job.retry", "job", job, "Cho công việc nền chạy lại") != OK)
        return r->c->err;
    flash(r, "Công việc sẽ được chạy lại.");
    return redirect(r, "/quan-tri/cong-viec");
}

static enum err steps(struct request *r)
{
    put_rows(r, "steps", sql_schema_step_list(r->c));
    return page(r, "admin_steps.html");
}

const struct route admin_routes[] = {
    { .method = "GET", .path = "/quan-tri/cong-viec", .access = ROLE_ADMIN, .run = jobs },
    { .method = "POST", .path = "/quan-tri/cong-viec/:id/lam-lai", .access = ROLE_ADMIN, .run = retry },
    { .method = "GET", .path = "/quan-tri/phien-ban", .access = ROLE_ADMIN, .run = steps },
    { 0 },
};
