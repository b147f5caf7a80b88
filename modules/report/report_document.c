/* The report as an official document: parts, tables and annexes in the layout of NĐ 30/2020/NĐ-CP. */
#include "modules/document/document_layout.h"
#include "modules/report/report.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <inttypes.h>
#include <string.h>

static void add_text(struct ctx *c, struct document_body *b, const char *text)
{
    char **lines = NULL;
    size_t count = text_split(c->arena, text, '\n', &lines);
    for (size_t i = 0; i < count; i++)
        if (!text_blank(lines[i]))
            body_paragraph(b, text_trim(c->arena, lines[i]));
}

static const char *number(struct ctx *c, int64_t n)
{
    return arena_printf(c->arena, "%" PRId64, n);
}

static void add_areas(struct ctx *c, struct document_body *b, const struct report *r)
{
    static const enum align aligns[] = { ALIGN_CENTER, ALIGN_LEFT, ALIGN_CENTER, ALIGN_CENTER, ALIGN_CENTER, ALIGN_CENTER };
    static const double widths[] = { 1, 6, 2, 2, 2, 2 };
    static const char *const heads[] = { "TT", "Lĩnh vực", "Nhiệm vụ", "Đến hạn", "Hoàn thành", "Tỷ lệ" };
    static const char *const columns[] = { "place", "name", "tasks", "due", "done", "percent" };
    struct rows *areas = report_areas(c->arena, r->tasks);
    if (areas->count == 0)
        return;
    const char **texts = arena_array(c->arena, ((size_t)areas->count + 1) * 6, sizeof *texts);
    memcpy(texts, heads, sizeof heads);
    for (int i = 0; i < areas->count * 6; i++)
        texts[6 + i] = cell(areas, i / 6, columns[i % 6]);
    body_heading(b, 1, REPORT_AREAS_HEADING);
    body_table(b, areas->count + 1, 6, texts, widths, aligns);
}

static void add_tasks(struct ctx *c, struct document_body *b, const struct report *r)
{
    static const enum align aligns[] = { ALIGN_CENTER, ALIGN_LEFT, ALIGN_LEFT, ALIGN_LEFT, ALIGN_LEFT };
    static const double widths[] = { 1, 5.5, 3, 3, 3.5 };
    if (r->tasks->count == 0)
        return;
    body_annex(b, "Phụ lục I", "Danh mục nhiệm vụ và kết quả thực hiện");
    const char **texts = arena_array(c->arena, ((size_t)r->tasks->count + 1) * 5, sizeof *texts);
    static const char *const heads[] = { "TT", "Nhiệm vụ", "Chủ trì", "Thời gian", "Kết quả" };
    memcpy(texts, heads, sizeof heads);
    for (int i = 0; i < r->tasks->count; i++) {
        const char **line = texts + (i + 1) * 5;
        line[0] = number(c, i + 1);
        line[1] = cell(r->tasks, i, "title");
        line[2] = cell(r->tasks, i, "lead_name");
        line[3] = cell(r->tasks, i, "time_words");
        line[4] = report_outcome(c->arena, r->tasks, i);
    }
    body_table(b, r->tasks->count + 1, 5, texts, widths, aligns);
}

static void add_evidence(struct ctx *c, struct document_body *b, const struct report *r)
{
    static const enum align aligns[] = { ALIGN_CENTER, ALIGN_LEFT, ALIGN_LEFT, ALIGN_CENTER, ALIGN_LEFT };
    static const double widths[] = { 1, 6.2, 3, 2.3, 3.5 };
    if (r->evidence->count == 0)
        return;
    body_annex(b, "Phụ lục II", "Danh mục minh chứng");
    const char **texts = arena_array(c->arena, ((size_t)r->evidence->count + 1) * 5, sizeof *texts);
    static const char *const heads[] = { "TT", "Nhiệm vụ", "Đơn vị", "Ngày", "Minh chứng" };
    memcpy(texts, heads, sizeof heads);
    for (int i = 0; i < r->evidence->count; i++) {
        const char **line = texts + (i + 1) * 5;
        line[0] = number(c, i + 1);
        line[1] = cell(r->evidence, i, "title");
        line[2] = cell(r->evidence, i, "unit_name");
        line[3] = report_day(c->arena, cell_int(r->evidence, i, "day"));
        line[4] = cell(r->evidence, i, "name");
    }
    body_table(b, r->evidence->count + 1, 5, texts, widths, aligns);
}

static void add_body(struct ctx *c, struct document_body *body, const struct report *r)
{
    for (int i = 0; i < REPORT_PARTS; i++) {
        const struct report_heading *h = &report_outline[i];
        if (h->section != NULL && strcmp(h->code, "assessment") == 0)
            add_areas(c, body, r);
        if (h->section != NULL)
            body_heading(body, 0, h->section);
        if (h->heading != NULL)
            body_heading(body, 1, h->heading);
        add_text(c, body, r->parts[i].text);
    }
}

const char *report_subject(struct arena *a, const struct report *r)
{
    return arena_printf(a, "Kết quả công tác tuyên truyền cải cách hành chính %s", r->period.small_name);
}

struct document *report_document(struct ctx *c, const struct report *r)
{
    struct document_body body = { .arena = c->arena }, annex = { .arena = c->arena };
    add_body(c, &body, r);
    add_tasks(c, &annex, r);
    add_evidence(c, &annex, r);
    struct official_document o = {
        .parent_agency = r->parent,
        .agency = r->name,
        .symbol = text_blank(r->symbol) ? "BC" : arena_printf(c->arena, "BC-%s", r->symbol),
        .place = r->place[0] != '\0' ? r->place : NULL,
        .day = r->send_day,
        .draft = !r->locked,
        .kind = "Báo cáo",
        .subject = report_subject(c->arena, r),
        .body = body.blocks, .body_count = body.count,
        .annex = annex.blocks, .annex_count = annex.count,
        .recipients = r->recipients,
        .signer_prefix = r->signer_prefix, .signer_title = r->signer_title, .signer_name = r->signer_name,
    };
    return document_layout(c->arena, &o);
}
