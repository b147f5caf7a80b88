/* What a plan rests on, and every document it cites. */
#include "modules/document/document_fold.h"
#include "modules/document/document_grammar.h"
#include "plan_parts.h"
#include "platform/base/text.h"
#include <string.h>

/* Ends the gap before a citation with a sign or word after which a further basis is named? */
static bool starts_basis(const char *gap)
{
    static const char *const ends[] = { ";", ",", " va", "can cu", ". ", ", thuc hien", ", theo", ". thuc hien", "va cac", "; thuc hien" };
    size_t length = strlen(gap);
    while (length > 0 && gap[length - 1] == ' ')
        length--;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        size_t size = strlen(ends[i]);
        if (length >= size && memcmp(gap + length - size, ends[i], size) == 0)
            return true;
    }
    return length == 0;
}

static bool only_joins(const char *gap)
{
    gap += strspn(gap, " ,");
    if (strncmp(gap, "va", 2) == 0)
        gap += 2;
    return gap[strspn(gap, " ")] == '\0';
}

/* "… và Luật sửa đổi, bổ sung một số điều của" stands before the name of the law that is amended. */
static bool names_amendment(const char *gap)
{
    const char *at = strstr(gap, "luat sua doi");
    return at != NULL && at - gap < 8 && strlen(at) < 60;
}

static void add_basis(struct plan_reader *r, const struct citation *c, const struct plan_item *item)
{
    struct plan_reading *out = r->out;
    out->bases = arena_grow(r->a, out->bases, sizeof *out->bases, &out->base_capacity, out->base_count + 1);
    out->bases[out->base_count++] = (struct plan_basis){
        .kind = c->kind != NULL ? c->kind->name : "Văn bản",
        .number = c->number.text,
        .date = { .known = c->has_date, .day = c->has_date ? c->date.when : 0 },
        .issuer = c->issuer,
        .place = item->place,
        .sure = r->damaged ? c->confidence * 0.8 : c->confidence,
    };
}

/* "Theo đề nghị của … tại Tờ trình số …" tells who asked for the plan, not what it rests on. */
static bool is_proposal(struct plan_reader *r, const char *text, const struct citation *c)
{
    enum { FARTHEST = 400 }; /* bytes: each citation of a long text looks back only so far */
    if (c->kind == NULL || strcmp(c->kind->key, "to trinh") != 0)
        return false;
    size_t from = c->from > FARTHEST ? c->from - FARTHEST : 0;
    while (from < c->from && ((unsigned char)text[from] & 0xC0) == 0x80)
        from++;
    char *before = fold_text(r->a, arena_copy_n(r->a, text + from, c->from - from)).key;
    const char *asked = strstr(before, "de nghi cua");
    return asked != NULL && strchr(asked, ';') == NULL;
}

static void bases_of(struct plan_reader *r, const struct plan_item *item)
{
    struct citation *list = NULL;
    size_t count = document_citations(r->a, item->text, &list);
    bool basis = true;
    for (size_t i = 0; i < count; i++) {
        if (list[i].nickname || is_proposal(r, item->text, &list[i]))
            continue;
        if (i > 0) {
            size_t from = list[i - 1].to, to = list[i].from > from ? list[i].from : from;
            char *gap = fold_text(r->a, arena_copy_n(r->a, item->text + from, to - from)).key;
            if (!only_joins(gap) && !names_amendment(gap)) /* "A và B": both, or neither, is a basis */
                basis = strchr(gap, ';') != NULL || starts_basis(gap);
        }
        if (basis)
            add_basis(r, &list[i], item);
    }
}

/* Where the bases may begin: behind the title, or behind the subject of a decision. */
static size_t bases_from(struct plan_reader *r)
{
    if (r->decision) {
        for (size_t i = r->letterhead; i < r->articles; i++)
            if (strncmp(r->items[i].loose, fold_loose(r->a, "căn cứ"), 6) == 0)
                return i;
        return r->articles;
    }
    return r->title_end > 0 ? (size_t)r->title_end : r->letterhead;
}

void plan_read_bases(struct plan_reader *r)
{
    for (size_t i = bases_from(r); i < r->count; i++) {
        const struct plan_item *item = &r->items[i];
        bool title = r->title_line >= 0 && (int)i >= r->title_line && (int)i < r->title_end;
        if (item->zone == ZONE_HEAD && item->table == NULL && !title && item->text[0] != '(')
            bases_of(r, item);
    }
    for (size_t i = 0; i < r->count && r->out->base_count == 0; i++) /* "I. CĂN CỨ" */
        for (size_t k = i; k < r->count && r->items[i].parent < 0 && (r->items[i].about & ABOUT_BASES) != 0 && (r->items[k].about & ABOUT_BASES) != 0; k++)
            bases_of(r, &r->items[k]);
}

static void cite_all(struct plan_reader *r, const char *text)
{
    struct citation *list = NULL;
    if (text_blank(text) || strpbrk(text, "0123456789") == NULL)
        return;
    size_t count = document_citations(r->a, text, &list);
    for (size_t i = 0; i < count; i++) {
        const char *number = list[i].number.text;
        bool known = number == NULL || (r->out->number.text != NULL && strcmp(number, r->out->number.text) == 0);
        for (size_t k = 0; k < r->out->citations.count && !known; k++)
            known = strcmp(r->out->citations.items[k], number) == 0;
        if (!known && r->out->citations.count < CITATIONS_MOST)
            plan_list_add(r->a, &r->out->citations, number);
    }
}

static void cite_table(struct plan_reader *r, const struct block *table)
{
    for (size_t k = 0; k < table->cell_count; k++)
        for (size_t b = 0; b < table->cells[k].block_count; b++)
            cite_all(r, table->cells[k].blocks[b].text);
}

static void cite_zone(struct plan_reader *r, bool annex)
{
    for (size_t i = 0; i < r->count; i++) {
        bool behind = r->items[i].zone == ZONE_FOOT && r->signed_at > 0 && i >= r->signed_at; /* links of a web page */
        bool own = i < r->letterhead && plan_is_number_line(r->a, r->items[i].text);
        if ((r->items[i].zone == ZONE_ANNEX) != annex || behind || own)
            continue;
        if (r->items[i].table != NULL)
            cite_table(r, r->items[i].table);
        else
            cite_all(r, r->items[i].text);
    }
}

void plan_read_citations(struct plan_reader *r)
{
    cite_zone(r, false);
    for (size_t i = 0; i < r->doc->count; i++)
        if (r->doc->blocks[i].kind == BLOCK_FOOTNOTE)
            cite_all(r, r->doc->blocks[i].text);
    cite_zone(r, true);
}
