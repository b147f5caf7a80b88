/* Dated rules of periods and sending days: a new row from a day on, never a changed one. */
#include "modules/audit/audit.h"
#include "modules/person/person.h"
#include "modules/report/report.h"
#include "modules/unit/unit.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include "report_queries.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { BASIS_LONGEST = 300, ANY_YEAR = 2025 }; /* a year without 29/2: rules hold in each year */

/* "15/12" as day and month that every year has. */
static bool month_day(struct arena *a, const char *typed, int *month, int *mday)
{
    char **parts = NULL;
    int64_t d = 0, m = 0;
    if (text_split(a, text_trim(a, typed), '/', &parts) != 2 || !text_int(parts[0], &d) || !text_int(parts[1], &m))
        return false;
    if (d < 1 || d > 31 || m < 1 || m > 12 || !day_valid(ANY_YEAR, (int)m, (int)d))
        return false;
    *month = (int)m;
    *mday = (int)d;
    return true;
}

/* Later than today: reports of periods that are over keep the days they were made by. */
static void check_from(struct ctx *c, const char *field, int64_t from_day)
{
    if (from_day <= day_of_moment(c->now))
        invalid(c, field, "Quy định mới áp dụng cho kỳ chốt số liệu từ ngày mai trở đi. Xin chọn ngày sau hôm nay.");
}

static const char *check_basis(struct ctx *c, const char *field, const char *basis)
{
    basis = text_squeeze(c->arena, text_nfc(c->arena, basis));
    if (basis[0] == '\0')
        invalid(c, field, "Hãy ghi căn cứ: số, ngày và cơ quan ban hành văn bản.");
    else if (text_length(basis) > BASIS_LONGEST)
        invalid(c, field, "Xin ghi căn cứ không quá %d ký tự.", BASIS_LONGEST);
    return basis;
}

/* A locked report keeps its window: the rule must not reach the year of the last locked one. */
static void check_locked(struct ctx *c, const struct report_rule *rule, int month, int mday)
{
    const char *last = sql_report_last_locked(c, arena_printf(c->arena, "%%-%s", rule->period));
    if (last != NULL && day_of(atoi(last), month, mday) >= rule->from_day)
        invalid(c, "valid_from", "Báo cáo kỳ %s đã chốt theo quy định cũ. Xin chọn ngày sau %s.", last, day_vi(c->arena, day_of(atoi(last), month, mday)));
}

static bool period_known(const char *period)
{
    for (const char *const *code = report_period_codes; *code != NULL; code++)
        if (strcmp(*code, period) == 0)
            return true;
    return false;
}

enum err report_rule_add(struct ctx *c, const struct report_rule *rule)
{
    if (person_require_chief(c) != OK)
        return c->err;
    int start_month = 1, start_mday = 1, end_month = 1, end_mday = 1;
    int year = rule->year_before ? ANY_YEAR - 1 : ANY_YEAR;
    const char *basis = check_basis(c, "basis", rule->basis);
    if (!period_known(rule->period))
        invalid(c, "period", "Hãy chọn kỳ báo cáo.");
    bool start = month_day(c->arena, rule->start, &start_month, &start_mday), end = month_day(c->arena, rule->end, &end_month, &end_mday);
    if (!start)
        invalid(c, "start", "Hãy nhập ngày và tháng, ví dụ 15/12.");
    if (!end)
        invalid(c, "end", "Hãy nhập ngày và tháng, ví dụ 14/3.");
    if (start && end && day_of(year, start_month, start_mday) >= day_of(ANY_YEAR, end_month, end_mday))
        invalid(c, "end", "Ngày chốt phải sau ngày đầu kỳ. Kỳ bắt đầu từ năm trước thì chọn \"năm trước\".");
    check_from(c, "valid_from", rule->from_day);
    if (end && sql_report_sent_by(c, end_mday) > 0)
        invalid(c, "end", "Có đơn vị phải gửi báo cáo trước ngày chốt này. Xin thêm ngày gửi mới trước, rồi thêm kỳ.");
    if (end)
        check_locked(c, rule, end_month, end_mday);
    if (c->err != OK)
        return c->err;
    int64_t id = sql_report_rule_insert(c, rule->period, rule->year_before ? -1 : 0, start_month, start_mday, end_month, end_mday, rule->from_day, basis);
    return audit_note(c, "report.rule", "period", id,
                      arena_printf(c->arena, "Kỳ %s: từ %d/%d đến %d/%d, áp dụng từ %s", rule->period, start_mday, start_month, end_mday, end_month,
                                   day_vi(c->arena, rule->from_day)));
}

enum err report_sending_add(struct ctx *c, const struct report_sending *sending)
{
    if (person_require_chief(c) != OK)
        return c->err;
    const char *basis = check_basis(c, "send_basis", sending->basis);
    const struct unit_kind *kind = unit_kind_find(sending->unit_kind);
    int64_t cut_off = sql_report_last_cut_off(c);
    if (kind == NULL && sending->unit_kind[0] != '\0')
        invalid(c, "unit_kind", "Hãy chọn loại đơn vị.");
    if (sending->mday < 1 || sending->mday > 28)
        invalid(c, "mday", "Ngày gửi là một ngày trong tháng, từ 1 đến 28.");
    else if (sending->mday <= cut_off)
        invalid(c, "mday", "Ngày gửi phải sau ngày chốt số liệu (ngày %" PRId64 ").", cut_off);
    check_from(c, "send_from", sending->from_day);
    if (c->err != OK)
        return c->err;
    int64_t id = sql_report_sending_insert(c, sending->unit_kind, sending->mday, sending->from_day, basis);
    return audit_note(c, "report.sending", "sending", id,
                      arena_printf(c->arena, "%s gửi báo cáo ngày %" PRId64 ", áp dụng từ %s", kind != NULL ? kind->label : "Các đơn vị khác", sending->mday,
                                   day_vi(c->arena, sending->from_day)));
}
