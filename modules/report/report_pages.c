/* /bao-cao: periods of the units one reaches, one report as paper, its parts, its files. */
#include "modules/report/report.h"
#include "modules/person/person.h"
#include "modules/role.h"
#include "modules/unit/unit.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include "report_queries.h"
#include <inttypes.h>
#include <string.h>

enum { MAY_REPORT = ROLE_LEADER | ROLE_COORDINATOR };

/* ---- the list ---- */
static const char *state_of(const struct rows *states, int64_t unit, const char *period)
{
    for (int i = 0; i < states->count; i++)
        if (cell_int(states, i, "unit") == unit && strcmp(cell(states, i, "period"), period) == 0)
            return cell(states, i, "state");
    return "";
}

/* Colour and words of one report: locked, time to write, still running, or not begun. */
static void cell_state(struct request *r, const struct report_period *p, const char *saved, const char **state, const char **label)
{
    int64_t today = day_of_moment(r->c->now);
    *state = "todo";
    *label = "Chưa đến kỳ";
    if (strcmp(saved, "locked") == 0) {
        *state = "done";
        *label = "Đã chốt";
    } else if (today > p->to_day) {
        *state = "soon";
        *label = saved[0] != '\0' ? "Đang soạn" : "Chưa chốt";
    } else if (today >= p->from_day) {
        *state = "doing";
        *label = "Đang trong kỳ";
    }
}

static int put_periods(struct request *r, int year, struct report_period *periods)
{
    static const char *const columns[] = { "code", "name", "to_day", NULL };
    struct arena *a = r->c->arena;
    struct rows_maker m;
    rows_start(&m, a, columns);
    int count = 0;
    for (const char *const *code = report_period_codes; *code != NULL; code++) {
        struct report_period *p = &periods[count];
        if (report_period_parse(r->c, arena_printf(a, "%04d-%s", year, *code), p) != OK) {
            ctx_forget(r->c); /* a year before the rules: nothing to show */
            continue;
        }
        rows_add(&m, (const char *[]){ p->code, p->name, arena_printf(a, "%" PRId64, p->to_day) });
        count++;
    }
    struct rows *out = arena_alloc(a, sizeof *out);
    *out = m.rows;
    put_rows(r, "periods", out);
    return count;
}

static void put_matrix(struct request *r, int year, const struct report_period *periods, int count)
{
    static const char *const columns[] = { "unit", "unit_code", "period", "period_name", "state", "label", NULL };
    struct arena *a = r->c->arena;
    struct rows *units = sql_report_units(r->c, r->c->person);
    struct rows *states = sql_report_states(r->c, r->c->person, arena_printf(a, "%04d-%%", year));
    struct rows_maker m;
    rows_start(&m, a, columns);
    for (int u = 0; u < units->count; u++)
        for (int p = 0; p < count; p++) {
            const char *state = NULL, *label = NULL;
            cell_state(r, &periods[p], state_of(states, cell_int(units, u, "id"), periods[p].code), &state, &label);
            rows_add(&m, (const char *[]){ cell(units, u, "id"), cell(units, u, "code"), periods[p].code, periods[p].name, state, label });
        }
    struct rows *cells = arena_alloc(a, sizeof *cells);
    *cells = m.rows;
    put_rows(r, "units", units);
    put_rows(r, "cells", cells);
}

static enum err list(struct request *r)
{
    struct report_period periods[4] = { { 0 } };
    int today = day_year(day_of_moment(r->c->now)), year = (int)query_number(r, "nam");
    if (year < 1000 || year > 9998)
        year = today;
    put_matrix(r, year, periods, put_periods(r, year, periods));
    put_int(r, "year", year);
    put_int(r, "year_before", year - 1);
    put_int(r, "year_after", year < today + 1 ? year + 1 : 0);
    return page(r, "report_list.html");
}

/* ---- one report ---- */
static enum err load(struct request *r, struct report **report)
{
    int64_t unit = unit_by_code(r->c, path_part(r, "unit"));
    if (unit == 0)
        return fail(r->c, NOT_FOUND, "Không tìm thấy đơn vị này.", "no unit of that code");
    return report_load(r->c, unit, path_part(r, "period"), report);
}

/* Pieces of a paragraph: plain text, or a figure with its anchor. */
static void add_pieces(struct rows_maker *m, const char *paragraph, const char *text)
{
    struct arena *a = m->arena;
    const char *at = text, *open;
    while ((open = strstr(at, REPORT_MARK_OPEN)) != NULL) {
        const char *mark = open + strlen(REPORT_MARK_OPEN), *figure = strstr(mark, REPORT_MARK_TEXT), *close = strstr(mark, REPORT_MARK_CLOSE);
        if (figure == NULL || close == NULL || close < figure)
            break;
        rows_add(m, (const char *[]){ paragraph, arena_copy_n(a, at, (size_t)(open - at)), NULL });
        const char *anchor = arena_copy_n(a, mark, (size_t)(figure - mark));
        figure += strlen(REPORT_MARK_TEXT);
        rows_add(m, (const char *[]){ paragraph, arena_copy_n(a, figure, (size_t)(close - figure)), anchor });
        at = close + strlen(REPORT_MARK_CLOSE);
    }
    rows_add(m, (const char *[]){ paragraph, arena_copy(a, at), NULL });
}

static void put_text_of(struct request *r, const struct report *report)
{
    static const char *const part_columns[] = { "part", "section", "heading", "label", "edited", "with_areas", NULL };
    static const char *const paragraph_columns[] = { "paragraph", "part", NULL };
    static const char *const piece_columns[] = { "paragraph", "text", "anchor", NULL };
    struct arena *a = r->c->arena;
    struct rows_maker parts, paragraphs, pieces;
    rows_start(&parts, a, part_columns);
    rows_start(&paragraphs, a, paragraph_columns);
    rows_start(&pieces, a, piece_columns);
    int number = 0;
    for (int i = 0; i < REPORT_PARTS; i++) {
        const struct report_heading *h = &report_outline[i];
        bool areas = strcmp(h->code, "products") == 0;
        rows_add(&parts, (const char *[]){ h->code, h->section, h->heading, h->label, report->parts[i].edited ? "1" : "", areas ? "1" : "" });
        char **lines = NULL;
        size_t count = text_split(a, report->parts[i].marked, '\n', &lines);
        for (size_t l = 0; l < count; l++) {
            if (text_blank(lines[l]))
                continue;
            const char *id = arena_printf(a, "%d", ++number);
            rows_add(&paragraphs, (const char *[]){ id, h->code });
            add_pieces(&pieces, id, lines[l]);
        }
    }
    struct rows *out = arena_array(a, 3, sizeof *out);
    out[0] = parts.rows;
    out[1] = paragraphs.rows;
    out[2] = pieces.rows;
    put_rows(r, "parts", &out[0]);
    put_rows(r, "paragraphs", &out[1]);
    put_rows(r, "pieces", &out[2]);
}

static void put_lists(struct request *r, const struct report *report)
{
    static const char *const task_columns[] = { "id", "place", "title", "lead_name", "time_words", "outcome", "missed", NULL };
    static const char *const proof_columns[] = { "anchor", "task", "title", "unit_name", "day", "name", "label", NULL };
    struct arena *a = r->c->arena;
    struct rows_maker tasks, proof;
    rows_start(&tasks, a, task_columns);
    for (int i = 0; i < report->tasks->count; i++)
        rows_add(&tasks, (const char *[]){ cell(report->tasks, i, "id"), arena_printf(a, "%d", i + 1), cell(report->tasks, i, "title"),
                                           cell(report->tasks, i, "lead_name"), cell(report->tasks, i, "time_words"),
                                           report_outcome(a, report->tasks, i), cell(report->tasks, i, "missed") });
    rows_start(&proof, a, proof_columns);
    for (int i = 0; i < report->evidence->count; i++) {
        int nth = 1;
        for (int before = 0; before < i; before++)
            nth += strcmp(cell(report->evidence, before, "task"), cell(report->evidence, i, "task")) == 0;
        rows_add(&proof, (const char *[]){ arena_printf(a, "mc-%s-%d", cell(report->evidence, i, "task"), nth), cell(report->evidence, i, "task"),
                                           cell(report->evidence, i, "title"), cell(report->evidence, i, "unit_name"),
                                           cell(report->evidence, i, "day"), cell(report->evidence, i, "name"), cell(report->evidence, i, "label") });
    }
    struct rows *out = arena_array(a, 2, sizeof *out);
    out[0] = tasks.rows;
    out[1] = proof.rows;
    put_rows(r, "tasks", &out[0]);
    put_rows(r, "proof", &out[1]);
    put_rows(r, "areas", report_areas(a, report->tasks));
    put_text(r, "areas_heading", REPORT_AREAS_HEADING);
}

static void put_head(struct request *r, const struct report *report)
{
    struct arena *a = r->c->arena;
    put_text(r, "unit_code", report->code);
    put_text(r, "period_code", report->period.code);
    put_text(r, "heading", arena_printf(a, "Báo cáo %s", report->period.small_name));
    put_text(r, "subject", report_subject(a, report));
    put_text(r, "unit_name", report->name);
    put_text(r, "parent", report->parent);
    put_text(r, "symbol", report->symbol);
    put_text(r, "signed_at", report->place);
    put_text(r, "locked", report->locked ? "1" : "");
    put_text(r, "locked_words", report->locked ? arena_printf(a, "%s chốt lúc %s", report->locked_by, moment_vi(a, report->locked_at)) : "");
    put_int(r, "from_day", report->period.from_day);
    put_int(r, "to_day", report->period.to_day);
    put_int(r, "send_day", report->send_day);
    put_int(r, "plan_id", report->plan_id);
    put_text(r, "plan_words", report->plan_words);
    put_text(r, "basis", report->period.basis);
    put_text(r, "month_words", strstr(day_document(a, report->send_day), "tháng"));
}

static void put_foot(struct request *r, const struct report *report)
{
    static const char *const columns[] = { "line", NULL };
    struct arena *a = r->c->arena;
    struct rows_maker m;
    rows_start(&m, a, columns);
    for (const char *const *to = report->recipients; *to != NULL; to++)
        rows_add(&m, (const char *[]){ arena_printf(a, "- %s%s", *to, to[1] != NULL ? ";" : ".") });
    struct rows *out = arena_alloc(a, sizeof *out);
    *out = m.rows;
    put_rows(r, "recipients", out);
    put_text(r, "signer_prefix", report->signer_prefix);
    put_text(r, "signer_title", report->signer_title);
    put_text(r, "signer_name", report->signer_name);
}

static void put_formats(struct request *r)
{
    static const char *const columns[] = { "ending", "name", NULL };
    struct rows_maker m;
    rows_start(&m, r->c->arena, columns);
    for (const struct report_format *f = report_formats; f->ending != NULL; f++)
        rows_add(&m, (const char *[]){ f->ending, f->name });
    struct rows *out = arena_alloc(r->c->arena, sizeof *out);
    *out = m.rows;
    put_rows(r, "formats", out);
}

static enum err show(struct request *r)
{
    struct report *report = NULL;
    if (load(r, &report) != OK)
        return r->c->err;
    bool over = day_of_moment(r->c->now) > report->period.to_day;
    put_head(r, report);
    put_text_of(r, report);
    put_lists(r, report);
    put_foot(r, report);
    put_formats(r);
    put_text(r, "can_lock", !report->locked && over && person_holds(r->c, report->unit, MAY_REPORT) ? "1" : "");
    put_text(r, "can_unlock", report->locked && person_holds(r->c, report->unit, ROLE_LEADER) ? "1" : "");
    put_text(r, "running", over ? "" : "1");
    put_int(r, "evidence_count", report->totals.evidence);
    return page(r, "report_show.html");
}

/* ---- one part ---- */
static int part_of(const struct report *report, const char *code)
{
    for (int i = 0; i < REPORT_PARTS; i++)
        if (strcmp(report->parts[i].code, code) == 0)
            return i;
    return -1;
}

static enum err show_part(struct request *r)
{
    struct report *report = NULL;
    if (load(r, &report) != OK)
        return r->c->err;
    int part = part_of(report, path_part(r, "part"));
    if (part < 0)
        return fail(r->c, NOT_FOUND, "Báo cáo không có phần này.", "report part");
    put_head(r, report);
    put_text(r, "label", report_outline[part].label);
    put_text(r, "part", report->parts[part].code);
    put_text(r, "edited", report->parts[part].edited ? "1" : "");
    put_form(r, "text", report->parts[part].text);
    put_form(r, "version", arena_printf(r->c->arena, "%" PRId64, report->parts[part].version));
    put_text(r, "typed", form_has(r, "text") ? "1" : "");
    return page(r, "report_part.html");
}

static int64_t unit_of(struct request *r)
{
    return unit_by_code(r->c, path_part(r, "unit"));
}

static enum err back(struct request *r, const char *anchor)
{
    return redirect(r, "/bao-cao/%s/%s%s", path_part(r, "unit"), path_part(r, "period"), anchor);
}

static enum err save_part(struct request *r)
{
    int64_t version = 0;
    const char *part = path_part(r, "part"), *text = form_has(r, "draft") ? "" : form(r, "text");
    text_int(form(r, "version"), &version);
    enum err err = report_part_save(r->c, unit_of(r), path_part(r, "period"), part, text, version);
    if (err == INVALID || err == CONFLICT) { /* what was typed is not lost */
        show_again(r);
        return show_part(r);
    }
    if (err != OK)
        return err;
    flash(r, form_has(r, "draft") ? "Đã trở về bản soạn tự động." : "Đã lưu.");
    return back(r, arena_printf(r->c->arena, "#p-%s", part));
}

static enum err lock(struct request *r)
{
    if (report_lock(r->c, unit_of(r), path_part(r, "period")) != OK)
        return r->c->err;
    flash(r, "Đã chốt báo cáo. Số liệu không thay đổi nữa.");
    return back(r, "");
}

static enum err unlock(struct request *r)
{
    if (report_unlock(r->c, unit_of(r), path_part(r, "period")) != OK)
        return r->c->err;
    flash(r, "Đã mở lại báo cáo. Số liệu được tính theo dữ liệu hiện tại.");
    return back(r, "");
}

/* ---- files ---- */
static enum err download(struct request *r)
{
    const struct report_format *format = report_format_of(path_part(r, "format"));
    struct report *report = NULL;
    const void *bytes = NULL;
    size_t size = 0;
    if (format == NULL)
        return fail(r->c, NOT_FOUND, "Báo cáo có ba dạng tệp: DOCX, PDF và XLSX.", "format of a report");
    if (load(r, &report) != OK || format->write(r->c, report, &bytes, &size) != OK)
        return r->c->err;
    const char *name = arena_printf(r->c->arena, "bao-cao-%s-%s.%s", report->code, report->period.code, format->ending);
    return send_bytes(r, format->type, name, bytes, size);
}

const struct route report_routes[] = {
    { .method = "GET", .path = "/bao-cao", .access = MAY_REPORT, .run = list },
    { .method = "GET", .path = "/bao-cao/:unit/:period", .access = MAY_REPORT, .run = show },
    { .method = "GET", .path = "/bao-cao/:unit/:period/phan/:part", .access = MAY_REPORT, .run = show_part },
    { .method = "POST", .path = "/bao-cao/:unit/:period/phan/:part", .access = MAY_REPORT, .run = save_part },
    { .method = "POST", .path = "/bao-cao/:unit/:period/chot", .access = MAY_REPORT, .run = lock },
    { .method = "POST", .path = "/bao-cao/:unit/:period/mo-lai", .access = ROLE_LEADER, .run = unlock },
    { .method = "GET", .path = "/bao-cao/:unit/:period/tai/:format", .access = MAY_REPORT, .run = download },
    { .method = "GET", .path = "/quan-tri/ky-bao-cao", .access = ROLE_ADMIN, .run = report_rule_show },
    { .method = "POST", .path = "/quan-tri/ky-bao-cao", .access = ROLE_ADMIN, .run = report_rule_period },
    { .method = "POST", .path = "/quan-tri/ky-bao-cao/ngay-gui", .access = ROLE_ADMIN, .run = report_rule_sending },
    { 0 },
};
