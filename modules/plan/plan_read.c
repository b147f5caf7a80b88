/* The stages of reading a plan, in order; each works on the items that the first one makes. */
#include "modules/document/document_fold.h"
#include "plan_parts.h"
#include "platform/base/text.h"
#include <string.h>
#include <utf8proc.h>

const char *const plan_field_names[PLAN_FIELDS] = { "title", "leads", "partners", "time", "products", "budget" };

enum { LONGEST = 600 * 1024, BLOCKS_MOST = 12000, CELLS_MOST = 20000 };

struct words {
    size_t all, bytes;
};

static void count_words(const char *text, struct words *w)
{
    bool inside = false;
    w->bytes += text != NULL ? strlen(text) : 0;
    for (int32_t rune = 0; text != NULL && *text != '\0';) {
        text = text_next(text, &rune);
        utf8proc_category_t k = utf8proc_category(rune);
        bool letter = k == UTF8PROC_CATEGORY_LL || k == UTF8PROC_CATEGORY_LU;
        w->all += letter && !inside;
        inside = letter;
    }
}

static void count_block(const struct block *block, struct words *w)
{
    if (block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_FOOTNOTE)
        count_words(block->text, w);
    for (size_t k = 0; block->kind == BLOCK_TABLE && k < block->cell_count; k++)
        for (size_t b = 0; b < block->cells[k].block_count; b++)
            count_words(block->cells[k].blocks[b].text, w);
}

static void add_annex_section(struct plan_reader *r)
{
    for (size_t i = 0; i < r->count; i++) {
        const struct plan_item *item = &r->items[i];
        if (item->zone != ZONE_ANNEX || !plan_opens_annex(r, item))
            continue;
        const struct plan_item *title = i + 1 < r->count && r->items[i + 1].table == NULL ? &r->items[i + 1] : NULL;
        size_t word = strcspn(item->text, "\n");
        const char *rest = text_length(item->text) > 16 ? text_trim(r->a, arena_copy_n(r->a, item->text, word) + strlen("PHỤ LỤC")) : NULL;
        struct plan_reading *out = r->out;
        out->sections = arena_grow(r->a, out->sections, sizeof *out->sections, &out->section_capacity, out->section_count + 1);
        out->sections[out->section_count++] = (struct plan_section){
            .no = "PL", .title = plan_tidy(r->a, rest != NULL ? rest : title != NULL ? title->text : item->text), .place = item->place };
    }
}

/* ---- what a recogniser of pictures was unsure of ---- */

static double at_most(const struct plan_reader *r, const struct plan_place *place, double sure)
{
    if (place->block < 1 || (size_t)place->block > r->doc->count)
        return sure;
    double words = r->doc->blocks[place->block - 1].sure;
    return words > 0 && words < sure ? words : sure;
}

static void limit_text(const struct plan_reader *r, struct plan_text *text)
{
    text->sure = at_most(r, &text->place, text->sure);
}

/* No field is surer than the words it was read from. */
static void limit_to_words(struct plan_reader *r)
{
    struct plan_reading *out = r->out;
    struct plan_text *texts[] = { &out->number, &out->agency, &out->parent_agency, &out->title, &out->signer_prefix, &out->signer_title, &out->signer_name };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        limit_text(r, texts[i]);
    out->date_sure = at_most(r, &out->date_place, out->date_sure);
    for (size_t i = 0; i < out->base_count; i++)
        out->bases[i].sure = at_most(r, &out->bases[i].place, out->bases[i].sure);
    for (size_t i = 0; i < out->recipient_count; i++)
        limit_text(r, &out->recipients[i]);
    for (size_t i = 0; i < out->task_count; i++)
        for (int field = 0; field < PLAN_FIELDS; field++)
            out->tasks[i].sure[field] = at_most(r, &out->tasks[i].places[field], out->tasks[i].sure[field]);
}

/* ---- */

enum err plan_read(struct ctx *c, const struct document *doc, struct plan_reading **out)
{
    return plan_read_knowing(c, doc, NULL, out);
}

enum err plan_read_knowing(struct ctx *c, const struct document *doc, const struct plan_knowledge *known, struct plan_reading **out)
{
    if (c->err != OK)
        return c->err;
    struct words w = { 0 };
    for (size_t i = 0; i < doc->count; i++)
        count_block(&doc->blocks[i], &w);
    if (w.all == 0)
        return fail(c, INVALID,
                    doc->images_only ? "Tệp chỉ có hình ảnh, chưa có chữ. Hãy dùng bản Word hoặc bản PDF có chữ của kế hoạch."
                                     : "Tệp không có chữ nào. Hãy chọn lại tệp kế hoạch.",
                    "no words in %zu blocks", doc->count);
    size_t cells = 0;
    for (size_t i = 0; i < doc->count; i++)
        cells += doc->blocks[i].cell_count;
    if (w.bytes > LONGEST || doc->count > BLOCKS_MOST || cells > CELLS_MOST)
        return fail(c, INVALID, "Tài liệu quá dài so với một kế hoạch. Hãy tách riêng phần kế hoạch và phụ lục nhiệm vụ rồi đọc lại.",
                    "%zu bytes, %zu blocks, %zu cells", w.bytes, doc->count, cells);
    struct plan_reading *reading = arena_alloc(c->arena, sizeof *reading);
    struct plan_reader r = { .c = c, .a = c->arena, .doc = doc, .out = reading };
    plan_mend(&r, known);
    reading->format = doc->format;
    reading->pages = doc->pages;
    plan_collect_items(&r);
    plan_set_zones(&r);
    plan_build_outline(&r);
    plan_read_head(&r);
    plan_read_bases(&r);
    plan_read_foot(&r);
    plan_read_citations(&r);
    plan_list_sections(&r);
    add_annex_section(&r);
    plan_read_tables(&r);
    plan_read_blocks(&r);
    if (reading->task_count == 0)
        plan_read_duties(&r);
    if (reading->task_count == 0)
        plan_read_goals(&r);
    plan_read_reports(&r);
    limit_to_words(&r);
    plan_read_learned_times(&r, known);
    plan_note_originals(&r);
    *out = reading;
    return c->err;
}
