#include "app/practice_life.h"
#include "app/practice_proof.h"
#include "app_queries.h"
#include "modules/person/person.h"
#include "modules/report/report.h"
#include "modules/task/task.h"
#include "modules/unit/unit.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <inttypes.h>
#include <string.h>

enum { DAY = 86400, AHEAD = 25 /* days in which work is done before it is due */ };

static enum err act_as(struct ctx *c, const char *login)
{
    return person_act_as(c, person_by_login(c, login));
}

static bool one_of(const char *kind, const char *kinds)
{
    const char *at = strstr(kinds, kind);
    return at != NULL && (at == kinds || at[-1] == ' ');
}

/* News is proved by a link, a paper by its file, the rest by a photo. */
static enum err submit(struct ctx *c, const struct rows *due, int i)
{
    int64_t id = cell_int(due, i, "id");
    const char *kind = cell(due, i, "kind"), *title = cell(due, i, "title");
    bool office = strcmp(cell(due, i, "code"), "ttytsh-tchc") == 0;
    struct task_evidence proof = { 0 };
    struct task_result result = { .evidence = &proof, .evidence_count = 1, .made = cell_int(due, i, "quota") };
    struct document_file file = { 0 };
    if (one_of(kind, "article video")) {
        proof.url = arena_printf(c->arena, "https://songhuong.example/tin/%" PRId64, id);
        result.note = "Đã đăng, đường dẫn kèm theo.";
    } else if (one_of(kind, "report document survey") || (office && one_of(kind, "other contest"))) {
        practice_paper(c, id, title, arena_printf(c->arena, "Kết quả %s, lập ngày %s.", cell(due, i, "label"), day_vi(c->arena, day_of_moment(c->now))),
                       &file);
        result.note = "Văn bản kèm theo.";
    } else {
        practice_photo(c, id, kind, &file);
        result.note = "Đã thực hiện, có ảnh kèm theo.";
    }
    if (proof.url == NULL)
        proof = (struct task_evidence){ .hash = file.hash, .source = file.source, .file_name = file.file_name, .photo = file.photo };
    return c->err != OK ? c->err : task_submit(c, id, &result);
}

enum fate { NOTHING, WAITS, APPROVED, RETURNED };

/* The unit's own person sends it in where there is one, else the coordinator; the leader decides five hours later. */
static void lead(struct ctx *c, const struct rows *due, int i, int64_t at, enum fate fate)
{
    const char *code = cell(due, i, "code");
    int64_t now = c->now;
    if (fate == NOTHING)
        return;
    c->now = at;
    const char *own = strcmp(code, "ttytsh-kkb") == 0 ? "khoa" : strcmp(code, "ttytsh-phuluong") == 0 ? "tram" : "daumoi";
    if (act_as(c, own) == OK && submit(c, due, i) == OK && fate != WAITS && act_as(c, "lanhdao") == OK) {
        c->now += 5 * 3600;
        if (fate == RETURNED)
            task_return(c, cell_int(due, i, "id"), "Chưa thấy rõ nội dung. Đề nghị bổ sung.");
        else
            task_approve(c, cell_int(due, i, "id"));
    }
    c->now = now;
}

/* back: how many fell due after it. The latest ones differ, the older ones are done. */
static enum fate fate_of_past(int back)
{
    static const enum fate latest[] = { APPROVED, NOTHING, WAITS, APPROVED, RETURNED, APPROVED, APPROVED, WAITS };
    return back < (int)(sizeof latest / sizeof latest[0]) ? latest[back] : APPROVED;
}

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

enum err practice_life(struct ctx *c, int64_t plan, int64_t since, bool whole)
{
    static const enum fate coming[] = { WAITS, NOTHING, APPROVED, NOTHING, NOTHING };
    int64_t today = day_of_moment(c->now);
    const struct rows *due = sql_practice_due(c, plan, whole ? today : today + AHEAD);
    int past = 0, ahead = 0;
    while (past < due->count && cell_int(due, past, "due_day") < today)
        past++;
    for (int i = 0; i < due->count && c->err == OK; i++) {
        int64_t start = later(since + 3600, day_start(cell_int(due, i, "start_day")) + 8 * 3600);
        if (i < past || whole)
            lead(c, due, i, later(start, day_start(cell_int(due, i, "due_day") - 1 - i % 3) + 9 * 3600 + i % 60 * 37),
                 whole ? APPROVED : fate_of_past(past - 1 - i));
        else if (start + DAY < c->now)
            lead(c, due, i, later(start, day_start(today - 1 - ahead % 4) + 8 * 3600 + i % 15 * 601), coming[ahead % 5]), ahead++;
    }
    return c->err;
}

enum err practice_reports(struct ctx *c, int year)
{
    int64_t now = c->now, unit = unit_by_code(c, "ttytsh");
    if (act_as(c, "lanhdao") != OK)
        return c->err;
    for (int i = 0; report_period_codes[i] != NULL; i++) {
        const char *code = arena_printf(c->arena, "%d-%s", year, report_period_codes[i]);
        struct report_period period;
        if (report_period_parse(c, code, &period) != OK || period.to_day + 2 > day_of_moment(now))
            break;
        c->now = day_start(period.to_day + 1) + 15 * 3600;
        report_lock(c, unit, code);
    }
    c->now = now;
    return c->err;
}
