/* /quan-tri/hoc-duoc: what corrections taught, to approve, refuse or withdraw. */
#include "modules/plan/plan_learn.h"
#include "modules/plan/plan_pages_own.h"
#include "modules/plan/plan_parts.h"
#include "plan_learn_queries.h"
#include <inttypes.h>
#include <string.h>

/* The whole lesson in one sentence; also the name of its buttons. */
static const char *sentence_of(struct ctx *c, const struct rows *rows, int i)
{
    const char *kind = cell(rows, i, "kind"), *seen = cell(rows, i, "seen"), *meant = cell(rows, i, "meant");
    const char *label = plan_usual_label(meant);
    if (strcmp(kind, "unit") == 0)
        return arena_printf(c->arena, "“%s” là %s", seen, cell(rows, i, "target_name"));
    if (strcmp(kind, "label") == 0)
        return arena_printf(c->arena, "Nhãn “%s” nghĩa là “%s”", seen, label != NULL ? label : meant);
    return arena_printf(c->arena, strcmp(kind, "time") == 0 ? "Thời gian “%s” nghĩa là “%s”" : "Chữ “%s” đọc là “%s”", seen, meant);
}

/* "1": it works, "": it does not any more; NULL: nothing to try. */
static const char *tried(struct ctx *c, const struct rows *rows, int i)
{
    struct plan_lesson lesson = { .seen = cell(rows, i, "seen"), .meant = cell(rows, i, "meant") };
    if (!plan_lesson_kind_of(cell(rows, i, "kind"), &lesson.kind))
        return "1";
    return plan_lesson_holds(c, &lesson, cell(rows, i, "passage")) ? "1" : "";
}

static void put_state(struct request *r, const char *name, const char *state)
{
    static const char *const columns[] = { "id", "what", "passage", "import", "file_name", "unit_name", "person_name", "times", "at",
                                           "works", "decider_name", "decided_at", "withdrawn", NULL };
    struct ctx *c = r->c;
    const struct rows *found = sql_learn_list(c, c->person, state);
    struct rows_maker *m = arena_alloc(c->arena, sizeof *m); /* the page borrows its rows */
    rows_start(m, c->arena, columns);
    for (int i = 0; i < found->count; i++) {
        const char *said = cell(found, i, "passage");
        rows_add(m, (const char *const[]){ cell(found, i, "id"), sentence_of(c, found, i), strcmp(said, cell(found, i, "seen")) == 0 ? "" : said,
                                           cell(found, i, "import"), cell(found, i, "file_name"), cell(found, i, "unit_name"),
                                           cell(found, i, "person_name"), cell(found, i, "times"), cell(found, i, "at"), tried(c, found, i),
                                           cell(found, i, "decider_name"), cell(found, i, "decided_at"),
                                           strcmp(state, "withdrawn") == 0 ? "1" : "" });
    }
    put_rows(r, name, &m->rows);
}

enum err plan_learned_show(struct request *r)
{
    put_state(r, "offered", "offered");
    put_state(r, "approved", "approved");
    put_state(r, "refused", "refused");
    put_state(r, "withdrawn", "withdrawn");
    return page(r, "plan_learn.html");
}

static enum err decide(struct request *r, enum learn_verdict verdict, const char *done)
{
    if (plan_learned_decide(r->c, path_id(r, "id"), verdict) != OK)
        return r->c->err;
    flash(r, done);
    return redirect(r, "/quan-tri/hoc-duoc");
}

enum err plan_learned_approve(struct request *r)
{
    return decide(r, LEARN_APPROVE, "Đã duyệt. Lần đọc kế hoạch sau sẽ dùng điều này.");
}

enum err plan_learned_refuse(struct request *r)
{
    return decide(r, LEARN_REFUSE, "Đã ghi là không dùng.");
}

enum err plan_learned_withdraw(struct request *r)
{
    return decide(r, LEARN_WITHDRAW, "Đã thu hồi. Lần đọc kế hoạch sau không dùng điều này nữa.");
}
