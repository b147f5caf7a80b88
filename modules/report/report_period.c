/* Periods of reports: dated rules turned into days. */
#include "modules/report/report.h"
#include "modules/task/task_calendar.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include "report_queries.h"
#include <string.h>

const char *const report_period_codes[] = { "Q1", "H1", "Q3", "Y", NULL };

static enum err unknown(struct ctx *c)
{
    return invalid(c, "period", "Không rõ kỳ báo cáo. Kỳ viết theo mẫu 2026-Q1, 2026-H1, 2026-Q3 hoặc 2026-Y.");
}

/* Place of the code behind the year in report_period_codes; -1: malformed. */
static int split(const char *code, int *year)
{
    for (int i = 0; i < 4; i++)
        if (code[i] < '0' || code[i] > '9')
            return -1;
    if (code[4] != '-')
        return -1;
    *year = (code[0] - '0') * 1000 + (code[1] - '0') * 100 + (code[2] - '0') * 10 + code[3] - '0';
    for (int i = 0; report_period_codes[i] != NULL; i++)
        if (strcmp(code + 5, report_period_codes[i]) == 0)
            return i;
    return -1;
}

static int number(const struct rows *rule, int row, const char *column)
{
    return (int)cell_int(rule, row, column);
}

static const char *first_small(struct arena *a, const char *name)
{
    char *text = arena_copy(a, name);
    if (text[0] >= 'A' && text[0] <= 'Z')
        text[0] = (char)(text[0] - 'A' + 'a');
    return text;
}

enum err report_period_parse(struct ctx *c, const char *code, struct report_period *period)
{
    int year = 0, place = code != NULL ? split(code, &year) : -1;
    if (place < 0)
        return unknown(c);
    struct rows *rules = sql_report_rule(c, report_period_codes[place]);
    for (int i = 0; i < rules->count; i++) {
        int64_t cut_off = day_of(year, number(rules, i, "end_month"), number(rules, i, "end_mday"));
        int64_t until = cell_int(rules, i, "valid_to_day");
        if (cut_off < cell_int(rules, i, "valid_from_day") || (until != 0 && cut_off >= until))
            continue;
        int last = report_period_codes[place + 1] == NULL;
        const char *name = arena_printf(c->arena, "%s %d", cell(rules, i, "name"), year);
        *period = (struct report_period){
            .code = arena_copy(c->arena, code), .year = year, .name = name,
            .small_name = first_small(c->arena, name),
            .from_day = day_of(year + number(rules, i, "start_year"), number(rules, i, "start_month"), number(rules, i, "start_mday")),
            .to_day = cut_off, .basis = cell(rules, i, "legal_basis"),
            .next_code = arena_printf(c->arena, "%d-%s", year + last, report_period_codes[last ? 0 : place + 1]),
        };
        return c->err;
    }
    return c->err != OK ? c->err : unknown(c);
}

int64_t report_send_day(struct ctx *c, int64_t unit, const struct report_period *period)
{
    struct rows *row = sql_report_unit(c, unit);
    int64_t mday = sql_report_sending(c, row->count > 0 ? cell(row, 0, "kind") : "", period->to_day);
    int year = 0, month = 0, day = 0;
    day_split(period->to_day, &year, &month, &day);
    return c->err == OK ? calendar_roll(calendar_load(c), day_of(year, month, (int)mday)) : 0;
}
