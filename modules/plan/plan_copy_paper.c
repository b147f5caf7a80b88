#include "modules/plan/plan_copy_paper.h"
#include "modules/document/document_layout.h"
#include "modules/person/person.h"
#include "modules/plan/plan_copy.h"
#include "modules/unit/unit.h"
#include "plan_copy_queries.h"
#include "plan_queries.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <inttypes.h>
#include <string.h>

enum { COLUMNS = 7 };
#define NOTHING "-" /* an empty cell would be read as the one above */

/* ---- from what is stored ---- */

/* As citations write a day (NĐ 30/2020/NĐ-CP): "02/9/2026", "15/02/2026". */
static const char *cited_day(struct arena *a, int64_t when)
{
    int year, month, day;
    day_split(when, &year, &month, &day);
    return arena_printf(a, month < 3 ? "%02d/%02d/%d" : "%02d/%d/%d", day, month, year);
}

static const char *bases_text(struct arena *a, const struct rows *bases)
{
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    for (int i = 0; i < bases->count; i++) {
        const char *number = cell(bases, i, "number"), *issuer = cell(bases, i, "issuer");
        int64_t day = cell_int(bases, i, "day");
        buffer_printf(&b, "%s%s%s%s", b.length == 0 ? "" : "\n", cell(bases, i, "kind"), number[0] == '\0' ? "" : " số ", number);
        buffer_printf(&b, "%s%s%s%s", day == 0 ? "" : " ngày ", day == 0 ? "" : cited_day(a, day), issuer[0] == '\0' ? "" : " của ", issuer);
    }
    return b.text;
}

static const char *lines_text(struct arena *a, const struct rows *rows)
{
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    for (int i = 0; i < rows->count; i++)
        buffer_printf(&b, "%s%s", i == 0 ? "" : "\n", cell(rows, i, "wording"));
    return b.text;
}

static const char *otherwise(const char *text, const char *instead)
{
    return text_blank(text) ? (instead == NULL ? "" : instead) : text;
}

static void take_header(struct ctx *c, const struct rows *p, struct plan_draft *d)
{
    struct arena *a = c->arena;
    int64_t day = cell_int(p, 0, "day"), id = cell_int(p, 0, "id");
    d->number = cell(p, 0, "number");
    d->title = cell(p, 0, "title");
    d->day = day == 0 ? "" : day_vi(a, day);
    d->year = cell(p, 0, "year");
    d->agency = otherwise(cell(p, 0, "agency"), cell(p, 0, "unit_name"));
    d->parent_agency = otherwise(cell(p, 0, "parent_agency"), sql_copy_parent(c, cell_int(p, 0, "unit")));
    d->bases = bases_text(a, sql_copy_bases(c, id));
    d->recipients = lines_text(a, sql_copy_recipients(c, id));
    d->signer_prefix = cell(p, 0, "signer_prefix");
    d->signer_title = cell(p, 0, "signer_title");
    d->signer_name = cell(p, 0, "signer_name");
}

enum err plan_paper_of_plan(struct ctx *c, int64_t plan, struct plan_paper *paper)
{
    struct stored_task *stored = NULL;
    size_t count = 0;
    const struct rows *p = sql_copy_plan(c, plan);
    if (c->err == OK && (p->count == 0 || (c->person != 0 && sql_plan_one(c, plan, c->person)->count == 0)))
        return fail(c, NOT_FOUND, "Không tìm thấy kế hoạch này.", "plan %" PRId64, plan);
    *paper = (struct plan_paper){ .unit = c->err == OK ? cell_int(p, 0, "unit") : 0, .final = true };
    if (plan_stored_load(c, plan, false, &stored, &count) != OK)
        return c->err;
    take_header(c, p, &paper->draft);
    paper->draft.tasks = arena_array(c->arena, count + 1, sizeof *paper->draft.tasks);
    paper->draft.count = count;
    for (size_t i = 0; i < count; i++)
        paper->draft.tasks[i] = plan_stored_draft(c->arena, &stored[i]);
    int64_t import = cell_int(p, 0, "import");
    const struct rows *source = import == 0 ? NULL : sql_copy_import(c, import);
    if (source != NULL && source->count > 0)
        paper->count = plan_copy_lines(c, cell(source, 0, "document"), cell(source, 0, "draft"), &paper->lines);
    return c->err;
}

enum err plan_paper_of_import(struct ctx *c, int64_t import, struct plan_paper *paper)
{
    struct plan_import read = { 0 };
    if (plan_import_get(c, import, &read) != OK)
        return c->err;
    *paper = (struct plan_paper){ .draft = read.draft, .unit = read.unit };
    paper->draft.agency = otherwise(read.draft.agency, read.unit_name);
    paper->draft.parent_agency = otherwise(read.draft.parent_agency, sql_copy_parent(c, read.unit));
    paper->count = plan_copy_lines(c, read.document, read.draft_json, &paper->lines);
    return c->err;
}

/* ---- the document ---- */

static const char *const *list_of(struct arena *a, const char *text, const char *before)
{
    const char **parts;
    size_t count = draft_parts(a, text, "\n", &parts);
    const char **list = arena_array(a, count + 1, sizeof *list);
    for (size_t i = 0; i < count; i++)
        list[i] = arena_printf(a, "%s%s", before, parts[i]);
    return count == 0 ? NULL : list;
}

/* The number in the table: an annex' own mark is not repeated in it. */
static const char *number_of(struct arena *a, const struct draft_task *t, size_t i)
{
    const char *no = text_starts(t->no, "PL.") ? t->no + 3 : t->no;
    return no[0] != '\0' ? no : arena_printf(a, "%zu", i + 1);
}

/* Signs that end an entry of a list are dropped between entries; the last one keeps its full stop. */
static const char *products_of(struct arena *a, const char *products)
{
    const char **parts;
    size_t count = draft_parts(a, products, "\n", &parts);
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(parts[i]);
        bool open = text_ends(parts[i], "..."), last = i + 1 == count;
        while (length > 0 && !open && (parts[i][length - 1] == ';' || (parts[i][length - 1] == '.' && !last)))
            length--;
        buffer_printf(&b, "%s%.*s", i == 0 ? "" : "; ", (int)length, parts[i]);
    }
    return b.text;
}

static bool any_budget(const struct plan_draft *d)
{
    for (size_t i = 0; i < d->count; i++)
        if (!text_blank(d->tasks[i].budget))
            return true;
    return false;
}

/* "4" when all tasks from `first` on that stand under its heading are 4.1, 4.2 …; else "". */
static const char *group_number(struct arena *a, const struct plan_draft *d, size_t first)
{
    const char *no = number_of(a, &d->tasks[first], first), *dot = strrchr(no, '.');
    const char *own = dot == NULL ? "" : arena_copy_n(a, no, (size_t)(dot - no));
    const char *inside = arena_printf(a, "%s.", own);
    for (size_t i = first; i < d->count && strcmp(d->tasks[i].heading, d->tasks[first].heading) == 0; i++)
        if (own[0] == '\0' || !text_starts(number_of(a, &d->tasks[i], i), inside))
            return "";
    return own;
}

/* A heading without a number covers the whole line; one with a number stands in its column, as its rows do. */
static void span_groups(struct arena *a, struct block *table, const bool *groups)
{
    struct cell_box *cells = arena_array(a, table->cell_count, sizeof *cells);
    size_t count = 0;
    for (size_t i = 0; i < table->cell_count; i++) {
        struct cell_box one = table->cells[i];
        bool spans = groups[one.row] && text_blank(table->cells[i - (size_t)one.column].blocks[0].text);
        if (spans && one.column != 1)
            continue;
        if (spans) {
            one.column = 0;
            one.column_span = table->columns;
        }
        if (groups[one.row])
            one.blocks[0].bold = true;
        cells[count++] = one;
    }
    table->cells = cells;
    table->cell_count = count;
}

static void add_tasks(struct arena *a, struct document_body *annex, const struct plan_draft *d)
{
    static const char *const heads[COLUMNS] = { "STT", "Nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian thực hiện", "Sản phẩm", "Kinh phí" };
    static const double widths[COLUMNS] = { 1.7, 5, 2.6, 2.6, 2.4, 3.4, 2 };
    static const enum align aligns[COLUMNS] = { ALIGN_CENTER, ALIGN_LEFT, ALIGN_LEFT, ALIGN_LEFT, ALIGN_LEFT, ALIGN_LEFT, ALIGN_LEFT };
    int columns = any_budget(d) ? COLUMNS : COLUMNS - 1;
    const char **texts = arena_array(a, (2 * d->count + 1) * COLUMNS, sizeof *texts);
    bool *groups = arena_array(a, 2 * d->count + 2, sizeof *groups);
    const char *heading = "";
    int rows = 1;
    memcpy(texts, heads, sizeof heads[0] * (size_t)columns);
    for (size_t i = 0; i < d->count; i++) {
        const struct draft_task *t = &d->tasks[i];
        if (t->heading[0] != '\0' && strcmp(t->heading, heading) != 0) {
            groups[rows] = true;
            texts[rows * columns] = group_number(a, d, i);
            texts[rows++ * columns + 1] = t->heading;
        }
        heading = t->heading;
        const char *const cells[COLUMNS] = { number_of(a, t, i), t->title, otherwise(t->leads, NOTHING), otherwise(t->partners, NOTHING),
                                             otherwise(t->time_raw, NOTHING), otherwise(products_of(a, t->products), NOTHING), t->budget };
        memcpy(texts + rows++ * columns, cells, sizeof cells[0] * (size_t)columns);
    }
    body_table(annex, rows, columns, texts, widths, aligns);
    span_groups(a, &annex->blocks[annex->count - 1], groups);
}

static void add_body(struct document_body *body, const struct plan_paper *p)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->lines[i].level < 0)
            body_paragraph(body, p->lines[i].text);
        else
            body_heading(body, p->lines[i].level, p->lines[i].text);
    if (p->count > 0)
        return;
    body_heading(body, 0, "I. NHIỆM VỤ");
    body_paragraph(body, PAPER_TASKS_IN_ANNEX);
    body_heading(body, 0, "II. TỔ CHỨC THỰC HIỆN");
    body_paragraph(body, "Các đơn vị chủ trì, phối hợp tổ chức thực hiện nhiệm vụ được giao và báo cáo kết quả theo quy định.");
}

/* Paragraphs are numbered through, those of cells too, as the reader of a Word file numbers them. */
static void number_blocks(struct block *blocks, size_t count, int64_t *next)
{
    for (size_t i = 0; i < count; i++) {
        struct block *b = &blocks[i];
        b->place.from = *next;
        for (size_t k = 0; k < b->cell_count; k++) {
            b->cells[k].place.from = *next;
            number_blocks(b->cells[k].blocks, b->cells[k].block_count, next);
            b->cells[k].place.to = *next - 1;
        }
        if (b->kind == BLOCK_PARAGRAPH)
            ++*next;
        b->place.to = *next - 1;
    }
}

static void take_number(struct arena *a, struct official_document *o, const char *number, const char *unit_symbol)
{
    const char *slash = strchr(number, '/');
    o->symbol = unit_symbol[0] == '\0' ? "KH" : arena_printf(a, "KH-%s", unit_symbol);
    if (slash != NULL && slash[1] != '\0')
        o->symbol = slash + 1;
    if (number[0] != '\0')
        o->number = slash == NULL ? number : arena_copy_n(a, number, (size_t)(slash - number));
}

static const char *subject_of(struct arena *a, const char *title)
{
    return text_starts(text_key(a, title), "ke hoach ") && text_length(title) > 9 ? text_trim(a, title + strlen("Kế hoạch")) : title;
}

struct document *plan_paper_document(struct ctx *c, const struct plan_paper *p)
{
    struct arena *a = c->arena;
    const struct plan_draft *d = &p->draft;
    struct document_body body = { .arena = a }, annex = { .arena = a };
    int64_t day = day_of_moment(c->now), next = 1;
    bool dated = draft_day(d, &day);
    const char *place = unit_place(c, p->unit);
    const char *subject = subject_of(a, text_squeeze(a, d->title));
    add_body(&body, p);
    body_annex(&annex, "Phụ lục", "Danh mục nhiệm vụ");
    add_tasks(a, &annex, d);
    struct official_document o = {
        .parent_agency = text_blank(d->parent_agency) ? NULL : d->parent_agency, .agency = d->agency,
        .place = place[0] == '\0' ? NULL : place, .day = day, .dated = dated, .kind = "Kế hoạch", .subject = subject,
        .bases = list_of(a, d->bases, "Căn cứ "), .body = body.blocks, .body_count = body.count, .annex = annex.blocks, .annex_count = annex.count,
        .recipients = list_of(a, d->recipients, ""), .draft = !p->final,
        .signer_prefix = text_blank(d->signer_prefix) ? NULL : d->signer_prefix,
        .signer_title = text_blank(d->signer_title) ? "Thủ trưởng đơn vị" : d->signer_title,
        .signer_name = text_blank(d->signer_name) ? NULL : d->signer_name,
    };
    take_number(a, &o, d->number, unit_symbol_at(c, p->unit, day));
    struct document *doc = document_layout(a, &o);
    doc->format = "docx";
    number_blocks(doc->blocks, doc->count, &next);
    return doc;
}

const char *plan_paper_name(struct arena *a, const struct plan_paper *p, const char *ending)
{
    const char *number = p->draft.number[0] != '\0' ? p->draft.number : p->draft.year;
    char *name = arena_printf(a, "ke-hoach-%s.%s", number, ending);
    for (char *at = name; *at != '\0'; at++)
        if (*at == '/' || *at == ' ')
            *at = '-';
    return name;
}
