/* The trail, for administrators. */
#include "audit_queries.h"
#include "modules/audit/audit.h"
#include "modules/role.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <string.h>

enum { PAGE_ROWS = 50 };

/* What the codes of objects are called; a code that is not here is shown as it is. */
static const struct {
    const char *kind, *label;
} kind_labels[] = {
    { "person", "Tài khoản" },        { "unit", "Đơn vị" },       { "task", "Nhiệm vụ" },
    { "occurrence", "Kỳ thực hiện" }, { "plan", "Kế hoạch" },     { "report", "Báo cáo" },
    { "period", "Kỳ báo cáo" },       { "document", "Văn bản" },  { "file", "Tệp" },
    { "evidence", "Minh chứng" },     { "procedure", "Thủ tục" }, { "article", "Tin, bài" },
    { "feedback", "Phản ánh" },       { "survey", "Khảo sát" },   { "job", "Công việc nền" },
    { "working_day", "Ngày nghỉ" },   { "sending", "Ngày gửi báo cáo" },
};

static void put_kinds(struct request *r)
{
    static const char *const columns[] = { "kind", "label", NULL };
    const struct rows *kinds = sql_audit_kinds(r->c);
    struct rows_maker *m = arena_alloc(r->c->arena, sizeof *m); /* the page borrows its rows */
    rows_start(m, r->c->arena, columns);
    for (int i = 0; i < kinds->count; i++) {
        const char *kind = cell(kinds, i, "kind"), *label = kind;
        for (size_t k = 0; k < sizeof kind_labels / sizeof kind_labels[0]; k++)
            label = strcmp(kind_labels[k].kind, kind) == 0 ? kind_labels[k].label : label;
        rows_add(m, (const char *[]){ kind, label });
    }
    put_rows(r, "kinds", &m->rows);
}

/* The same filter, going on below a row. */
static const char *address_of(struct request *r, int64_t before)
{
    return arena_printf(r->c->arena, "/quan-tri/nhat-ky?nguoi=%lld&loai=%s&ma=%lld&tu=%s&den=%s&truoc=%lld",
                        (long long)query_number(r, "nguoi"), query_param(r, "loai"), (long long)query_number(r, "ma"),
                        query_param(r, "tu"), query_param(r, "den"), (long long)before);
}

static int64_t moment_of(const char *day, bool end, int64_t otherwise)
{
    int64_t when;
    if (!day_parse(day, &when))
        return otherwise;
    return day_start(when + end);
}

static enum err list(struct request *r)
{
    struct ctx *c = r->c;
    int64_t before = query_number(r, "truoc");
    struct rows *rows =
        sql_audit_list(c, c->person, query_number(r, "nguoi"), query_param(r, "loai"), query_number(r, "ma"),
                       moment_of(query_param(r, "tu"), false, 0), moment_of(query_param(r, "den"), true, INT64_MAX),
                       before > 0 ? before : INT64_MAX);
    bool more = rows->count > PAGE_ROWS;
    if (more)
        rows->count = PAGE_ROWS;
    put_rows(r, "entries", rows);
    put_text(r, "earlier", before > 0 ? address_of(r, 0) : NULL);
    put_text(r, "later", more ? address_of(r, cell_int(rows, PAGE_ROWS - 1, "id")) : NULL);
    put_text(r, "place", before > 0 ? "Các việc cũ hơn" : "Mới nhất");
    put_rows(r, "people", sql_audit_people(c, c->person));
    put_kinds(r);
    return page(r, "audit_list.html");
}

const struct route audit_routes[] = {
    { .method = "GET", .path = "/quan-tri/nhat-ky", .access = ROLE_ADMIN, .run = list },
    { 0 },
};
