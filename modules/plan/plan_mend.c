/* Damaged paragraphs are repaired before the grammar reads them; which wording came of which is kept for the person who checks. */
#include "modules/document/document_fold.h"
#include "plan_parts.h"
#include "platform/base/text.h"
#include <string.h>

enum { NESTED = 8 };

/* Recognised from a picture, and so good that nothing of a paragraph, or not this word, is to be mended. */
static const double SURE_ENOUGH = 0.99, SURE_WORD = 0.98;
/* A field whose words were all put right beyond doubt; and one that is hardly more than a guess. */
static const double SURE_AT_MOST = 0.95, SURE_AT_LEAST = 0.2;

/* ---- repairing ---- */

struct passage {
    const char *text, *original;
    const struct viet_word *words;
    size_t count, changed, block;
    size_t start; /* in the stream */
};

struct plan_mending {
    struct plan_reader *r;
    const struct plan_knowledge *known;
    struct viet_repairer *repairer;
    enum viet_damage damage;
    struct passage *passages;
    size_t count, capacity;
    size_t repaired; /* words */
    bool changed;    /* the document is another one now */
    /* the letters of all passages in a row, and where in their texts they stand */
    char *stream;
    uint32_t *from, *to;
    size_t length;
};

static void count_signs(const struct block *block, struct viet_signs *signs, int depth)
{
    if (block->text != NULL)
        viet_count(block->text, signs);
    for (size_t k = 0; block->kind == BLOCK_TABLE && depth < NESTED && k < block->cell_count; k++)
        for (size_t b = 0; b < block->cells[k].block_count; b++)
            count_signs(&block->cells[k].blocks[b], signs, depth + 1);
}

static enum viet_damage damage_of(const struct plan_mending *m, const struct block *block)
{
    struct viet_signs signs = { 0 };
    viet_count(block->text, &signs);
    enum viet_damage damage = viet_judge_paragraph(&signs, m->damage);
    bool recognised = block->sure > 0 && block->sure < SURE_ENOUGH;
    return damage == VIET_SOUND && recognised ? VIET_LIGHT : damage;
}

static struct viet_repairer *repairer_for(struct arena *a, const struct plan_knowledge *known)
{
    size_t terms = 0, count = known != NULL ? known->phrase_count : 0;
    while (plan_terms[terms] != NULL)
        terms++;
    const char **phrases = arena_array(a, terms + count, sizeof *phrases);
    memcpy(phrases, plan_terms, terms * sizeof *phrases);
    if (count > 0)
        memcpy(phrases + terms, known->phrases, count * sizeof *phrases);
    struct viet_repairer *repairer = viet_repairer_new(a, phrases, terms + count);
    plan_teach(repairer, known);
    return repairer;
}

/* The words that a recogniser was sure of. */
static size_t sure_parts(struct arena *a, const struct block *block, struct viet_right **parts)
{
    size_t count = 0;
    uint32_t at = 0;
    *parts = arena_array(a, block->run_count + 1, sizeof **parts);
    for (size_t i = 0; i < block->run_count; i++) {
        uint32_t end = at + (uint32_t)block->runs[i].length;
        if (block->runs[i].sure >= SURE_WORD)
            (*parts)[count++] = (struct viet_right){ at, end };
        at = end;
    }
    return count;
}

static void mend_text(struct plan_mending *m, struct block *block, size_t number, bool in_cell)
{
    const char *said = plan_relabel(m->r->a, m->known, block->text, in_cell);
    bool relabelled = said != block->text;
    if (relabelled)
        block->text = said;
    struct viet_right *right = NULL;
    enum viet_damage damage = damage_of(m, block);
    size_t right_count = damage == VIET_LIGHT && !relabelled ? sure_parts(m->r->a, block, &right) : 0;
    if (damage != VIET_SOUND && m->repairer == NULL) /* most plans never need one */
        m->repairer = repairer_for(m->r->a, m->known);
    struct viet_repaired repaired = { .text = block->text };
    if (damage != VIET_SOUND)
        repaired = viet_repair_but(m->repairer, block->text, damage, right, right_count);
    m->passages = arena_grow(m->r->a, m->passages, sizeof *m->passages, &m->capacity, m->count + 1);
    m->passages[m->count++] = (struct passage){ .text = repaired.text, .original = block->text, .words = repaired.words,
                                                .count = repaired.count, .changed = repaired.changed, .block = number };
    m->repaired += repaired.changed;
    m->changed = m->changed || relabelled || repaired.changed > 0;
    if (!relabelled && repaired.changed == 0)
        return;
    block->text = repaired.text;
    block->runs = NULL; /* their lengths were those of the old text */
    block->run_count = 0;
}

static void mend_block(struct plan_mending *m, struct block *block, size_t number, int depth)
{
    if (block->text != NULL)
        mend_text(m, block, number, depth > 0);
    if (block->kind != BLOCK_TABLE || depth == NESTED)
        return;
    struct cell_box *cells = arena_array(m->r->a, block->cell_count, sizeof *cells);
    for (size_t k = 0; k < block->cell_count; k++) {
        cells[k] = block->cells[k];
        cells[k].blocks = arena_array(m->r->a, cells[k].block_count, sizeof *cells[k].blocks);
        for (size_t b = 0; b < cells[k].block_count; b++) {
            cells[k].blocks[b] = block->cells[k].blocks[b];
            mend_block(m, &cells[k].blocks[b], number, depth + 1);
        }
    }
    block->cells = cells;
}

void plan_mend(struct plan_reader *r, const struct plan_knowledge *known)
{
    struct viet_signs signs = { 0 };
    for (size_t i = 0; i < r->doc->count; i++)
        count_signs(&r->doc->blocks[i], &signs, 0);
    struct plan_mending *m = arena_alloc(r->a, sizeof *m);
    *m = (struct plan_mending){ .r = r, .damage = viet_judge(&signs), .known = known };
    r->mending = m;
    r->damaged = r->out->damaged = m->damage != VIET_SOUND;
    struct document *doc = arena_alloc(r->a, sizeof *doc);
    *doc = *r->doc;
    doc->blocks = arena_array(r->a, doc->count, sizeof *doc->blocks);
    for (size_t i = 0; i < doc->count; i++) {
        doc->blocks[i] = r->doc->blocks[i];
        mend_block(m, &doc->blocks[i], i + 1, 0);
    }
    if (m->changed)
        r->doc = doc;
}

/* ---- which wording a field came from ---- */

static void add_letters(struct plan_mending *m, struct passage *p)
{
    struct folded f = fold_text(m->r->a, p->text);
    p->start = m->length;
    for (size_t i = 0; i < f.length; i++) {
        if (!fold_is_word(f.key[i]))
            continue;
        m->stream[m->length] = f.key[i];
        m->from[m->length] = f.at[i];
        m->to[m->length++] = f.at[i + 1];
    }
}

static void lay_out(struct plan_mending *m)
{
    size_t size = 1;
    for (size_t i = 0; i < m->count; i++)
        size += strlen(m->passages[i].text);
    m->stream = arena_alloc(m->r->a, size);
    m->from = arena_array(m->r->a, size, sizeof *m->from);
    m->to = arena_array(m->r->a, size, sizeof *m->to);
    for (size_t i = 0; i < m->count; i++)
        add_letters(m, &m->passages[i]);
}

/* The byte of the original that stands for a byte of the mended text. */
static size_t original_byte(const struct passage *p, size_t at, bool end)
{
    size_t mended = 0, original = 0; /* ends of the last word before */
    for (size_t i = 0; i < p->count && p->words[i].at < at + !end; i++) {
        const struct viet_word *w = &p->words[i];
        if (at < w->end || (end && at == w->end))
            return end ? w->to : w->from;
        mended = w->end;
        original = w->to;
    }
    return original + (at - mended);
}

/* The part of one passage that a field covers: its original is appended, *sure is lowered by each word that was changed.
 * False when nothing in it was changed. */
static bool add_original(const struct passage *p, size_t from, size_t to, struct buffer *b, double *sure)
{
    bool changed = false;
    size_t start = original_byte(p, from, false), end = original_byte(p, to, true);
    for (size_t i = 0; i < p->count; i++)
        if (p->words[i].changed && p->words[i].at < to && p->words[i].end > from) {
            *sure *= (double)p->words[i].sure;
            changed = true;
        }
    if (end > start)
        buffer_printf(b, "%s%.*s", b->length > 0 ? " " : "", (int)(end - start), p->original + start);
    return changed;
}

static const char *letters_only(struct arena *a, const char *text)
{
    struct folded f = fold_text(a, text);
    size_t length = 0;
    for (size_t i = 0; i < f.length; i++)
        if (fold_is_word(f.key[i]))
            f.key[length++] = f.key[i];
    f.key[length] = '\0';
    return f.key;
}

/* Where the field's letters stand, from its own block on or anywhere; SIZE_MAX: the grammar put it together from parts. */
static size_t find_letters(const struct plan_mending *m, const char *letters, int64_t block)
{
    size_t length = strlen(letters), start = 0;
    for (size_t i = 0; i < m->count && m->passages[i].block < (size_t)block; i++)
        start = i + 1 < m->count ? m->passages[i + 1].start : m->length;
    const char *found = memmem(m->stream + start, m->length - start, letters, length);
    if (found == NULL)
        found = memmem(m->stream, m->length, letters, length);
    return found == NULL || length == 0 ? SIZE_MAX : (size_t)(found - m->stream);
}

/* The original wording of a field; NULL when nothing in it was changed. */
static const char *original_of(struct plan_mending *m, const char *text, int64_t block, double *sure)
{
    struct arena *a = m->r->a;
    struct buffer b = { .arena = a };
    if (text == NULL)
        return NULL;
    const char *letters = letters_only(a, text);
    size_t at = find_letters(m, letters, block), end = at + strlen(letters);
    double all = 1;
    bool changed = false;
    for (size_t i = 0; at != SIZE_MAX && i < m->count; i++) {
        const struct passage *p = &m->passages[i];
        size_t stop = i + 1 < m->count ? m->passages[i + 1].start : m->length;
        size_t first = at > p->start ? at : p->start, last = end < stop ? end : stop;
        if (first < last)
            changed = add_original(p, m->from[first], m->to[last - 1], &b, &all) || changed;
    }
    for (size_t i = 0; at == SIZE_MAX && i < m->count; i++) { /* at least the passage it came from */
        const struct passage *p = &m->passages[i];
        if (p->block == (size_t)block && p->changed > 0 && b.length < 600)
            changed = add_original(p, 0, strlen(p->text), &b, &all) || changed;
    }
    if (!changed)
        return NULL;
    *sure = all * SURE_AT_MOST < SURE_AT_LEAST ? SURE_AT_LEAST : all * SURE_AT_MOST;
    return text_squeeze(a, b.text);
}

static void note_text(struct plan_mending *m, struct plan_text *field)
{
    field->original = original_of(m, field->text, field->place.block, &field->sure);
}

static void note_list(struct plan_mending *m, const struct plan_list *list, struct plan_task *t, enum plan_field f)
{
    struct buffer b = { .arena = m->r->a };
    double least = 1;
    bool changed = false;
    for (size_t i = 0; i < list->count; i++) {
        double sure = 1;
        const char *original = original_of(m, list->items[i], t->places[f].block, &sure);
        least = sure < least ? sure : least;
        changed = changed || original != NULL;
        buffer_printf(&b, "%s%s", i > 0 ? "; " : "", original != NULL ? original : list->items[i]);
    }
    if (changed) {
        t->originals[f] = b.text;
        t->sure[f] = least;
    }
}

static void note_task(struct plan_mending *m, struct plan_task *t)
{
    t->originals[PLAN_TITLE] = original_of(m, t->title, t->places[PLAN_TITLE].block, &t->sure[PLAN_TITLE]);
    t->originals[PLAN_TIME] = original_of(m, t->time_raw, t->places[PLAN_TIME].block, &t->sure[PLAN_TIME]);
    t->originals[PLAN_BUDGET] = original_of(m, t->budget, t->places[PLAN_BUDGET].block, &t->sure[PLAN_BUDGET]);
    note_list(m, &t->leads, t, PLAN_LEADS);
    note_list(m, &t->partners, t, PLAN_PARTNERS);
    note_list(m, &t->products, t, PLAN_PRODUCTS);
}

void plan_note_originals(struct plan_reader *r)
{
    struct plan_mending *m = r->mending;
    struct plan_reading *out = r->out;
    if (m->repaired == 0)
        return;
    lay_out(m);
    struct plan_text *const fields[] = { &out->agency, &out->parent_agency, &out->title, &out->signer_prefix, &out->signer_title };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        note_text(m, fields[i]);
    for (size_t i = 0; i < out->recipient_count; i++)
        note_text(m, &out->recipients[i]);
    for (size_t i = 0; i < out->task_count; i++)
        note_task(m, &out->tasks[i]);
}
