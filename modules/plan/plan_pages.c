#include "modules/plan/plan.h"
#include "modules/plan/plan_amend.h"
#include "modules/plan/plan_compare.h"
#include "modules/plan/plan_copy_paper.h"
#include "modules/plan/plan_copy_start.h"
#include "modules/plan/plan_cover.h"
#include "modules/plan/plan_pages_own.h"
#include "modules/plan/plan_work.h"
#include "modules/role.h"
#include "plan_queries.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <inttypes.h>

/* ---- list ---- */

static enum err list(struct request *r)
{
    struct ctx *c = r->c;
    const char *words = text_key(c->arena, query_param(r, "tim"));
    put_text(r, "words", query_param(r, "tim"));
    put_rows(r, "plans", sql_plan_list(c, c->person, words, day_of_moment(c->now)));
    put_rows(r, "imports", sql_plan_imports_open(c, c->person));
    put_text(r, "may_import", (c->granted & (ROLE_COORDINATOR | ROLE_LEADER)) != 0 ? "1" : "");
    return page(r, "plan_list.html");
}

/* ---- a plan ---- */

static enum err show(struct request *r)
{
    struct ctx *c = r->c;
    int64_t plan = path_id(r, "id");
    const struct rows *one = sql_plan_one(c, plan, c->person);
    if (one->count == 0)
        return fail(c, NOT_FOUND, "Không tìm thấy kế hoạch này.", "plan %" PRId64, plan);
    put_rows(r, "plan", one);
    put_rows(r, "bases", sql_plan_bases(c, plan));
    plan_put_work(r, plan, (int)cell_int(one, 0, "year"));
    put_rows(r, "products", sql_plan_products(c, plan));
    put_rows(r, "sections", sql_plan_lines(c, plan, "section"));
    put_rows(r, "recipients", sql_plan_lines(c, plan, "recipient"));
    put_rows(r, "history", sql_plan_history(c, plan));
    plan_put_versions(r, plan);
    plan_put_cover(r, plan, cell_int(one, 0, "unit"));
    put_text(r, "may_edit", plan_may_edit(c, cell_int(one, 0, "unit")) ? "1" : "");
    return page(r, "plan_show.html");
}

const struct route plan_routes[] = {
    { .method = "GET", .path = "/ke-hoach", .access = SIGNED_IN, .run = list },
    { .method = "GET", .path = "/ke-hoach/nhap", .access = ROLE_COORDINATOR | ROLE_LEADER, .run = plan_import_start },
    { .method = "POST", .path = "/ke-hoach/nhap", .access = ROLE_COORDINATOR | ROLE_LEADER, .before = plan_import_before,
      .run = plan_import_run, .upload_limit = PLAN_FILE_LIMIT },
    { .method = "GET", .path = "/ke-hoach/nhap/:id", .access = ROLE_COORDINATOR | ROLE_LEADER, .run = plan_review_show },
    { .method = "POST", .path = "/ke-hoach/nhap/:id", .access = ROLE_COORDINATOR | ROLE_LEADER, .run = plan_review_post },
    /* A field as soon as it is left; the script sends it, and may send it again. */
    { .method = "POST", .path = "/ke-hoach/nhap/:id/o", .access = ROLE_COORDINATOR | ROLE_LEADER, .run = plan_review_part,
      .repeatable = true },
    { .method = "GET", .path = "/ke-hoach/nhap/:id/tep", .access = ROLE_COORDINATOR | ROLE_LEADER, .run = plan_import_source },
    { .method = "GET", .path = "/ke-hoach/nhap/:id/dieu-chinh", .access = ROLE_COORDINATOR | ROLE_LEADER, .run = plan_amend_show },
    { .method = "POST", .path = "/ke-hoach/nhap/:id/dieu-chinh", .access = ROLE_COORDINATOR | ROLE_LEADER, .run = plan_amend_post },
    { .method = "GET", .path = "/ke-hoach/nhap/:id/trang/:page", .access = ROLE_COORDINATOR | ROLE_LEADER, .run = plan_page_image },
    { .method = "GET", .path = "/ke-hoach/nhap/:id/tai/:loai", .access = ROLE_COORDINATOR | ROLE_LEADER, .run = plan_paper_send_import },
    { .method = "GET", .path = "/ke-hoach/:id", .access = SIGNED_IN, .run = show },
    { .method = "GET", .path = "/ke-hoach/:id/nam-sau", .access = ROLE_COORDINATOR | ROLE_LEADER, .run = plan_begin_show },
    { .method = "POST", .path = "/ke-hoach/:id/nam-sau", .access = ROLE_COORDINATOR | ROLE_LEADER, .before = plan_begin_before, .run = plan_begin_run },
    { .method = "POST", .path = "/ke-hoach/:id/dieu-chinh", .access = ROLE_COORDINATOR | ROLE_LEADER, .before = plan_amend_before, .run = plan_amend_run },
    { .method = "GET", .path = "/ke-hoach/:id/so-sanh", .access = SIGNED_IN, .run = plan_compare_show },
    { .method = "GET", .path = "/ke-hoach/:id/tai/:loai", .access = SIGNED_IN, .run = plan_paper_send },
    { .method = "GET", .path = "/ke-hoach/:id/ma-tran", .access = SIGNED_IN, .run = plan_matrix_show },
    { .method = "GET", .path = "/ke-hoach/:id/ma-tran/tai/xlsx", .access = SIGNED_IN, .run = plan_matrix_sheet },
    { .method = "GET", .path = "/ke-hoach/:id/doi-chieu", .access = SIGNED_IN, .run = plan_cover_show },
    { .method = "POST", .path = "/ke-hoach/:id/doi-chieu", .access = ROLE_COORDINATOR | ROLE_LEADER, .run = plan_cover_post },
    { .method = "GET", .path = "/quan-tri/hoc-duoc", .access = ROLE_ADMIN, .run = plan_learned_show },
    { .method = "POST", .path = "/quan-tri/hoc-duoc/:id/duyet", .access = ROLE_ADMIN, .run = plan_learned_approve },
    { .method = "POST", .path = "/quan-tri/hoc-duoc/:id/khong-dung", .access = ROLE_ADMIN, .run = plan_learned_refuse },
    { .method = "POST", .path = "/quan-tri/hoc-duoc/:id/thu-hoi", .access = ROLE_ADMIN, .run = plan_learned_withdraw },
    { .method = "POST", .path = "/ke-hoach/:id/cap-tren", .access = ROLE_COORDINATOR | ROLE_LEADER, .run = plan_above_post },
    { 0 },
};
