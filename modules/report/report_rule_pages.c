/* /quan-tri/ky-bao-cao: the dated rules of periods and sending days, and new ones. */
#include "modules/report/report.h"
#include "modules/unit/unit.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include "report_queries.h"
#include <string.h>

static const char *label_of(const char *state)
{
    return strcmp(state, "next") == 0 ? "Sắp áp dụng" : strcmp(state, "old") == 0 ? "Đã thay" : "Đang áp dụng";
}

static const char *look_of(const char *state)
{
    return strcmp(state, "next") == 0 ? "wait" : strcmp(state, "old") == 0 ? "todo" : "done";
}

static struct rows *keep(struct request *r, const struct rows_maker *m)
{
    struct rows *out = arena_alloc(r->c->arena, sizeof *out);
    *out = m->rows;
    return out;
}

/* "Quý I" of "Quý I năm", which a year follows in reports. */
static const char *period_name(struct arena *a, const char *name)
{
    static const char tail[] = " năm";
    return text_ends(name, tail) ? arena_copy_n(a, name, strlen(name) - strlen(tail)) : name;
}

static void put_periods(struct request *r, int64_t today)
{
    static const char *const columns[] = { "name", "span", "from_day", "basis", "state", "label", NULL };
    static const char *const choice_columns[] = { "code", "title", NULL };
    struct arena *a = r->c->arena;
    const struct rows *rules = sql_report_rules(r->c, today);
    struct rows_maker list, choices;
    rows_start(&list, a, columns);
    rows_start(&choices, a, choice_columns);
    const char *before = "";
    for (int i = 0; i < rules->count; i++) {
        const char *state = cell(rules, i, "state"), *period = cell(rules, i, "period");
        const char *span = arena_printf(a, "%s/%s%s đến %s/%s", cell(rules, i, "start_mday"), cell(rules, i, "start_month"),
                                        cell_int(rules, i, "start_year") < 0 ? " năm trước" : "", cell(rules, i, "end_mday"), cell(rules, i, "end_month"));
        rows_add(&list, (const char *[]){ period_name(a, cell(rules, i, "name")), span, cell(rules, i, "valid_from_day"), cell(rules, i, "legal_basis"),
                                          look_of(state), label_of(state) });
        if (strcmp(period, before) != 0)
            rows_add(&choices, (const char *[]){ period, period_name(a, cell(rules, i, "name")) });
        before = period;
    }
    put_rows(r, "rules", keep(r, &list));
    put_rows(r, "periods", keep(r, &choices));
}

static void put_sendings(struct request *r, int64_t today)
{
    static const char *const columns[] = { "name", "mday", "from_day", "basis", "state", "label", NULL };
    static const char *const kind_columns[] = { "code", "title", NULL };
    struct arena *a = r->c->arena;
    const struct rows *rules = sql_report_sendings(r->c, today);
    struct rows_maker list, kinds;
    rows_start(&list, a, columns);
    rows_start(&kinds, a, kind_columns);
    for (int i = 0; i < rules->count; i++) {
        const char *state = cell(rules, i, "state");
        const struct unit_kind *kind = unit_kind_find(cell(rules, i, "unit_kind"));
        rows_add(&list, (const char *[]){ kind != NULL ? kind->label : "Các loại khác", cell(rules, i, "mday"), cell(rules, i, "valid_from_day"),
                                          cell(rules, i, "legal_basis"), look_of(state), label_of(state) });
    }
    for (const struct unit_kind *k = unit_kinds; k->code != NULL; k++)
        rows_add(&kinds, (const char *[]){ k->code, k->label });
    put_rows(r, "sendings", keep(r, &list));
    put_rows(r, "kinds", keep(r, &kinds));
}

enum err report_rule_show(struct request *r)
{
    int64_t today = day_of_moment(r->c->now);
    put_periods(r, today);
    put_sendings(r, today);
    put_form(r, "year", "before");
    return page(r, "report_rule.html");
}

static enum err done(struct request *r, enum err err, const char *words)
{
    if (err == INVALID) {
        show_again(r);
        return report_rule_show(r);
    }
    if (err != OK)
        return err;
    flash(r, words);
    return redirect(r, "/quan-tri/ky-bao-cao");
}

/* 0, which no rule takes, when it is no day. */
static int64_t day_typed(struct request *r, const char *field)
{
    int64_t day = 0;
    return day_parse(form(r, field), &day) ? day : 0;
}

enum err report_rule_period(struct request *r)
{
    const struct report_rule rule = { .period = form(r, "period"), .start = form(r, "start"), .end = form(r, "end"),
                                      .year_before = strcmp(form(r, "year"), "before") == 0,
                                      .from_day = day_typed(r, "valid_from"), .basis = form(r, "basis") };
    return done(r, report_rule_add(r->c, &rule), "Đã thêm kỳ báo cáo.");
}

enum err report_rule_sending(struct request *r)
{
    struct report_sending sending = { .unit_kind = form(r, "unit_kind"), .from_day = day_typed(r, "send_from"), .basis = form(r, "send_basis") };
    text_int(form(r, "mday"), &sending.mday);
    return done(r, report_sending_add(r->c, &sending), "Đã thêm ngày gửi.");
}
