/* The document as it was read, for the left side of the review: paragraphs and tables with their passages marked. */
#include "modules/plan/plan_form.h"
#include "plan_queries.h"
#include "platform/base/text.h"
#include "platform/doc/doc.h"
#include <string.h>

struct source {
    struct request *r;
    const struct plan_draft *draft;
    struct rows_maker blocks, lines, cells, boxes;
    bool *wanted; /* by source block: some field was read from it */
    int line;     /* id of the last table row */
};

enum { WANTED_MOST = 30000 };

/* "q" when a doubtful task stands there, "ok" when a clear one does, "" otherwise. */
static const char *passage(const struct source *s, const struct place *place)
{
    const char *state = "";
    for (size_t i = 0; i < s->draft->count; i++) {
        const struct draft_task *t = &s->draft->tasks[i];
        if (t->from == 0 || place->from == 0 || place->from > t->to || place->to < t->from)
            continue;
        if (t->doubts != 0)
            return "q";
        state = "ok";
    }
    return state;
}

static void want(struct source *s, int64_t from, int64_t to)
{
    for (int64_t i = from; from > 0 && i <= to && i < WANTED_MOST; i++)
        s->wanted[i] = true;
}

static void want_marks(struct source *s, const struct draft_field *fields, const struct draft_mark *marks)
{
    for (int f = 0; fields[f].name != NULL; f++)
        want(s, marks[f].from, marks[f].to);
}

static void want_all(struct source *s)
{
    s->wanted = arena_array(s->r->c->arena, WANTED_MOST, sizeof *s->wanted);
    want_marks(s, draft_head_fields, s->draft->marks);
    for (size_t i = 0; i < s->draft->count; i++) {
        want(s, s->draft->tasks[i].from, s->draft->tasks[i].to);
        want_marks(s, draft_task_fields, s->draft->tasks[i].marks);
    }
}

static bool wanted(const struct source *s, const struct place *place)
{
    for (int64_t i = place->from; i <= place->to && i < WANTED_MOST; i++)
        if (s->wanted[i])
            return true;
    return false;
}

static const char *look(const struct block *b)
{
    if (b->kind == BLOCK_TABLE)
        return b->borders ? "tb" : "tb plain";
    if (b->align == ALIGN_CENTER)
        return b->bold ? "mid strong" : "mid";
    if (b->align == ALIGN_RIGHT)
        return "end";
    return b->bold || b->heading ? "strong" : "";
}

/* Behind the first number of a passage that has more than one. */
static const char *last_of(struct arena *a, const struct place *place)
{
    return place->to <= place->from ? "" : arena_printf(a, "%lld", (long long)place->to);
}

/* Where a passage that some field was read from stands on the picture of its page. height: where its own is unknown. */
static void add_box(struct source *s, const struct place *place, double height)
{
    struct arena *a = s->r->c->arena;
    if (place->page == 0 || place->from == 0 || place->width <= 0 || !wanted(s, place))
        return;
    const char *const cells[] = {
        arena_printf(a, "%d", place->page), arena_printf(a, "%lld", (long long)place->from), last_of(a, place),
        arena_printf(a, "%.0f", place->x - 2), arena_printf(a, "%.0f", place->y - 2), arena_printf(a, "%.0f", place->width + 4),
        arena_printf(a, "%.0f", (place->height > 0 ? place->height : height) + 4), passage(s, place),
    };
    rows_add(&s->boxes, cells);
}

static void add_block(struct source *s, size_t index, const char *kind, const struct block *b)
{
    struct arena *a = s->r->c->arena;
    const char *id = b->place.from == 0 ? "" : arena_printf(a, "%lld", (long long)b->place.from);
    const char *const cells[] = { arena_printf(a, "%zu", index), kind, id, last_of(a, &b->place),
                                  b->text == NULL ? "" : block_line(a, b), look(b), passage(s, &b->place) };
    rows_add(&s->blocks, cells);
    if (b->kind != BLOCK_TABLE)
        add_box(s, &b->place, 0);
}

static const char *cell_text(struct arena *a, const struct cell_box *cell)
{
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    for (size_t i = 0; i < cell->block_count; i++)
        if (cell->blocks[i].text != NULL)
            buffer_printf(&b, "%s%s", b.length == 0 ? "" : "\n", block_line(a, &cell->blocks[i]));
    return b.text;
}

static void add_table(struct source *s, size_t index, const struct block *table)
{
    struct arena *a = s->r->c->arena;
    int row = -1;
    add_block(s, index, "table", table);
    bool layout = !table->borders; /* a head in two columns: paragraphs are counted anew there, so nothing can be marked */
    for (size_t i = 0; i < table->cell_count; i++) {
        const struct cell_box *cell = &table->cells[i];
        if (cell->row != row) {
            row = cell->row;
            const char *const line[] = { arena_printf(a, "%d", ++s->line), arena_printf(a, "%zu", index) };
            rows_add(&s->lines, line);
        }
        const char *id = cell->place.from == 0 ? "" : arena_printf(a, "%lld", (long long)cell->place.from);
        add_box(s, &cell->place, 0);
        for (size_t k = 0; k < cell->block_count && cell->place.height <= 0; k++)
            add_box(s, &cell->blocks[k].place, 0);
        const char *const cells[] = { arena_printf(a, "%d", s->line), cell_text(a, cell), arena_printf(a, "%d", cell->row_span),
                                      arena_printf(a, "%d", cell->column_span), cell->header ? "1" : "", id,
                                      last_of(a, &cell->place), layout ? "" : passage(s, &cell->place) };
        rows_add(&s->cells, cells);
    }
}

enum err review_put_source(struct request *r, const struct plan_import *import, const struct plan_draft *draft)
{
    static const char *const block_columns[] = { "id", "kind", "at", "last", "text", "look", "passage", NULL };
    static const char *const line_columns[] = { "id", "block", NULL };
    static const char *const cell_columns[] = { "line", "text", "row_span", "column_span", "head", "at", "last", "passage", NULL };
    static const char *const box_columns[] = { "of", "at", "last", "x", "y", "w", "h", "passage", NULL };
    struct document *doc;
    if (doc_from_json(r->c, import->document, strlen(import->document), &doc) != OK)
        return r->c->err;
    struct source s = { .r = r, .draft = draft };
    rows_start(&s.blocks, r->c->arena, block_columns);
    rows_start(&s.lines, r->c->arena, line_columns);
    rows_start(&s.cells, r->c->arena, cell_columns);
    rows_start(&s.boxes, r->c->arena, box_columns);
    want_all(&s);
    for (size_t i = 0; i < doc->count; i++) {
        const struct block *b = &doc->blocks[i];
        if (b->kind == BLOCK_TABLE)
            add_table(&s, i, b);
        else if (b->kind == BLOCK_PARAGRAPH && !text_blank(b->text))
            add_block(&s, i, "text", b);
        else if (b->kind == BLOCK_FOOTNOTE)
            add_block(&s, i, "note", b);
    }
    put_rows(r, "blocks", &s.blocks.rows);
    put_rows(r, "lines", &s.lines.rows);
    put_rows(r, "cells", &s.cells.rows);
    put_rows(r, "boxes", &s.boxes.rows);
    put_rows(r, "pictures", sql_plan_pictures(r->c, import->id));
    put_int(r, "pages", doc->pages);
    put_text(r, "format", doc->format);
    return OK;
}
