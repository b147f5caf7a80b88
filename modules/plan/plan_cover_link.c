/* Which plan a plan rests on: found by number, day and issuer, or said by a person. */
#include "modules/audit/audit.h"
#include "modules/document/document_grammar.h"
#include "modules/plan/plan.h"
#include "modules/plan/plan_cover.h"
#include "plan_cover_queries.h"
#include "plan_queries.h"
#include "platform/base/text.h"
#include <inttypes.h>
#include <string.h>

const char *plan_number_key(struct arena *a, const char *number)
{
    struct document_number read;
    const char *end;
    if (text_blank(number))
        return "";
    number = text_trim(a, number);
    const char *key = text_key(a, document_number_read(a, number, true, &read, &end) && *end == '\0' ? read.text : number);
    while (key[0] == '0' && key[1] != '\0' && key[1] != ' ')
        key++;
    return key;
}

/* Does the issuer that a basis names mean this agency? Each may be said shortly: "Sở Y tế", or with what stands above. */
static bool same_issuer(struct arena *a, const char *issuer, const struct rows *r, int i)
{
    static const char *const columns[] = { "agency", "name" };
    const char *key = text_key(a, issuer == NULL ? "" : issuer);
    for (size_t k = 0; k < sizeof columns / sizeof columns[0] && key[0] != '\0'; k++) {
        const char *name = text_key(a, cell(r, i, columns[k]) == NULL ? "" : cell(r, i, columns[k]));
        if (name[0] != '\0' && (strstr(key, name) != NULL || strstr(name, key) != NULL))
            return true;
    }
    return key[0] != '\0' && strcmp(key, text_key(a, cell(r, i, "short_name"))) == 0;
}

/* Numbers begin anew each year, so one alone says little. */
static bool agrees(struct arena *a, const struct rows *r, int i)
{
    int64_t day = cell_int(r, i, "day"), above_day = cell_int(r, i, "above_day"), year = cell_int(r, i, "year");
    if (day != 0 && above_day != 0)
        return day == above_day;
    return same_issuer(a, cell(r, i, "issuer"), r, i) && cell_int(r, i, "above_year") <= year && cell_int(r, i, "above_year_to") >= year;
}

enum err plan_above_find(struct ctx *c, int64_t plan)
{
    const struct rows *found = sql_above_candidates(c, plan);
    for (int i = 0; i < found->count; i++)
        if (agrees(c->arena, found, i))
            sql_above_insert(c, cell_int(found, i, "plan"), cell_int(found, i, "above"), "found", 0, c->now);
    return c->err;
}

static enum err require_editor(struct ctx *c, int64_t plan, int64_t *unit)
{
    const struct rows *one = sql_plan_one(c, plan, c->person);
    if (c->err == OK && one->count == 0)
        return fail(c, NOT_FOUND, "Không tìm thấy kế hoạch này.", "plan %" PRId64, plan);
    *unit = c->err == OK ? cell_int(one, 0, "unit") : 0;
    if (c->err == OK && !plan_may_edit(c, *unit))
        return fail(c, FORBIDDEN, "Chỉ đầu mối hoặc lãnh đạo của đơn vị được nối kế hoạch với kế hoạch cấp trên.", "unit %" PRId64, *unit);
    return c->err;
}

enum err plan_above_set(struct ctx *c, int64_t plan, int64_t above)
{
    int64_t unit = 0;
    if (require_editor(c, plan, &unit) != OK)
        return c->err;
    const struct rows *choices = sql_above_choices(c, plan, unit);
    for (int i = 0; i < choices->count; i++)
        if (cell_int(choices, i, "id") == above) {
            sql_above_insert(c, plan, above, "set", c->person, c->now);
            return audit_note(c, "plan.above", "plan", plan,
                              arena_printf(c->arena, "Nối với kế hoạch cấp trên %s", cell(choices, i, "number")));
        }
    return c->err != OK ? c->err : invalid(c, "above", "Hãy chọn một kế hoạch của cơ quan cấp trên.");
}

enum err plan_above_cut(struct ctx *c, int64_t plan, int64_t above)
{
    int64_t unit = 0;
    if (require_editor(c, plan, &unit) != OK)
        return c->err;
    if (sql_above_is(c, plan, above) == 0)
        return fail(c, NOT_FOUND, "Kế hoạch này không nối với kế hoạch cấp trên ấy.", "plan %" PRId64 " above %" PRId64, plan, above);
    sql_above_insert(c, plan, above, "cut", c->person, c->now);
    return audit_note(c, "plan.above", "plan", plan, "Bỏ nối với kế hoạch cấp trên");
}
