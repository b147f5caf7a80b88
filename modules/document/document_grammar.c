/* Citations in running text, sound or damaged: domain rules of NĐ 30/2020/NĐ-CP and of practice. */
#include "document_grammar.h"
#include "document_fold.h"
#include "platform/base/text.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { ISSUER_WORDS = 14, LAW_WORDS = 24 };

struct scan {
    struct arena *arena;
    struct folded f;
    struct citation *list;
    size_t count, capacity;
};

static size_t index_of(const struct folded *f, size_t byte)
{
    size_t low = 0, high = f->length;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (f->at[middle] < byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool boundary(const struct folded *f, size_t i)
{
    return i == 0 || i >= f->length || !fold_is_word(f->key[i - 1]) || !fold_is_word(f->key[i]);
}

/* Steps back over white space and the signs that stand between a kind, "số" and a number. */
static size_t back(const struct folded *f, size_t i, const char *signs)
{
    while (i > 0 && strchr(signs, f->key[i - 1]) != NULL)
        i--;
    return i;
}

static size_t word_start(const struct folded *f, size_t end)
{
    while (end > 0 && (fold_is_word(f->key[end - 1]) || f->key[end - 1] == '&'))
        end--;
    return end;
}

/* "số" and what OCR makes of it: so, s6, se, sb, s0. *start: where it begins. */
static bool word_so(const struct folded *f, size_t end, size_t *start)
{
    *start = word_start(f, end);
    size_t length = end - *start;
    return (length == 2 || length == 3) && f->key[*start] == 's' && strchr("o60eb", f->key[*start + 1]) != NULL &&
           (length == 2 || !isalpha((unsigned char)f->key[end - 1]) || f->key[end - 1] == f->key[end - 2]);
}

/* Does the kind's name end at `end`? Loosely: one letter in seven may differ. */
static bool kind_ends(const struct folded *f, size_t end, const char *key, size_t *start, bool *exact)
{
    size_t length = strlen(key);
    if (end >= length && memcmp(f->key + end - length, key, length) == 0 && boundary(f, end - length)) {
        *start = end - length;
        *exact = true;
        return true;
    }
    int limit = (int)(length / 7) + (length >= 7 ? 1 : 0);
    if (limit == 0)
        return false;
    size_t words = 1;
    for (const char *c = key; *c != '\0'; c++)
        words += *c == ' ';
    size_t from = end;
    for (size_t w = 0; w < words; w++)
        from = word_start(f, w == 0 ? from : back(f, from, " "));
    *start = from;
    *exact = false;
    return from < end && fold_distance(f->key + from, end - from, key, length, limit) <= limit;
}

static const struct document_kind *kind_before(struct scan *s, size_t end, size_t *start, bool *exact)
{
    const struct document_kind *best = NULL;
    size_t best_start = end;
    bool best_exact = false;
    for (size_t k = 0; document_kinds[k].name != NULL; k++) {
        size_t from;
        bool same;
        if (!kind_ends(&s->f, end, document_kinds[k].key, &from, &same))
            continue;
        if (best == NULL || (same && !best_exact) || (same == best_exact && from < best_start)) {
            best = &document_kinds[k];
            best_start = from;
            best_exact = same;
        }
    }
    *start = best_start;
    *exact = best_exact;
    return best;
}

/* Words that may stand between the kind and "số": "Chương trình phối hợp số", "Thông tư liên tịch số". */
static size_t without_qualifier(const struct folded *f, size_t end)
{
    static const char *const qualifiers[] = { "phoi hop", "hanh dong", "lien tich", "cong tac" };
    for (size_t i = 0; i < sizeof qualifiers / sizeof qualifiers[0]; i++) {
        size_t length = strlen(qualifiers[i]);
        if (end > length && memcmp(f->key + end - length, qualifiers[i], length) == 0)
            return back(f, end - length, " ");
    }
    return end;
}

static struct citation *add(struct scan *s, struct citation c)
{
    s->list = arena_grow(s->arena, s->list, sizeof *s->list, &s->capacity, s->count + 1);
    s->list[s->count] = c;
    return &s->list[s->count++];
}

/* Does the folded word at i equal one of the words (each with its own space at the end)? */
static bool at_phrase(const struct folded *f, size_t i, const char *phrase)
{
    size_t length = strlen(phrase);
    return i + length <= f->length && memcmp(f->key + i, phrase, length) == 0 && boundary(f, i + length);
}

static bool issuer_ends(const struct folded *f, size_t i)
{
    static const char *const stops[] = { "ve", "ban hanh", "phe duyet", "quy dinh", "huong dan", "sua doi", "ngay", "nham",
                                         "doi voi", "thuc hien", "trien khai", "xay dung", "tai", "thi", "duoc", "ke hoach so",
                                         "quyet dinh so", "va ke hoach", "va quyet dinh", "va nghi", "va chi thi", "va thong",
                                         "va cong van", "trong" };
    if (strchr(",;:()\"?[", f->key[i]) != NULL)
        return !(f->key[i] == ',' && at_phrase(f, i + 1, " the thao")); /* "Văn hóa, Thể thao và Du lịch" is one name */
    if (f->key[i] == '.')
        return i + 1 >= f->length || f->key[i + 1] == ' ';
    for (size_t k = 0; f->key[i] == ' ' && k < sizeof stops / sizeof stops[0]; k++)
        if (at_phrase(f, i + 1, stops[k]))
            return true;
    return false;
}

static bool capital_at(const struct folded *f, size_t i)
{
    if (i >= f->length || !fold_is_word(f->key[i]))
        return false;
    int32_t rune;
    text_next(f->text + f->at[i], &rune);
    return utf8proc_tolower(rune) != rune;
}

/* "của" and its OCR shapes: cia, cua, cila, ctia. */
static bool word_cua(const struct folded *f, size_t i, size_t *end)
{
    size_t stop = i;
    while (stop < f->length && fold_is_word(f->key[stop]))
        stop++;
    *end = stop;
    return stop - i >= 3 && stop - i <= 4 && f->key[i] == 'c' && f->key[stop - 1] == 'a' && boundary(f, i);
}

static size_t read_issuer(struct scan *s, size_t i, struct citation *c)
{
    const struct folded *f = &s->f;
    size_t at = i, end;
    while (at < f->length && (f->key[at] == ' ' || f->key[at] == ','))
        at++;
    if (at_phrase(f, at, "do"))
        end = at + 2;
    else if (!word_cua(f, at, &end))
        return i;
    while (end < f->length && f->key[end] == ' ')
        end++;
    if (!capital_at(f, end))
        return i;
    size_t stop = end;
    for (int words = 0; stop < f->length && words < ISSUER_WORDS && !issuer_ends(f, stop); stop++)
        words += f->key[stop] == ' ';
    char *name = text_squeeze(s->arena, arena_copy_n(s->arena, f->text + f->at[end], f->at[stop] - f->at[end]));
    if (name[0] == '\0')
        return i;
    c->issuer = name;
    return stop;
}

static size_t read_date(struct scan *s, size_t i, struct citation *c)
{
    const struct folded *f = &s->f;
    size_t at = i;
    while (at < f->length && (f->key[at] == ' ' || f->key[at] == ','))
        at++;
    if (at >= f->length || f->key[at] != 'n')
        return i;
    const char *end;
    if (!document_date_read(f->text + f->at[at], &c->date, &end))
        return i;
    c->has_date = true;
    return index_of(f, (size_t)(end - f->text));
}

static void read_tail(struct scan *s, size_t i, struct citation *c)
{
    i = read_date(s, i, c);
    i = read_issuer(s, i, c);
    if (!c->has_date)
        i = read_date(s, i, c);
    c->to = s->f.at[i];
}

static double surety(const struct citation *c, bool kind_exact)
{
    double sure = 0.97;
    if (c->number.repaired)
        sure -= 0.25;
    if (c->has_date && c->date.typo)
        sure -= 0.25;
    if (!kind_exact)
        sure -= 0.1;
    return sure;
}

/* "Đề án 06": a name that everybody knows, not a number. */
static bool is_nickname(const struct document_kind *kind, bool so, const struct document_number *n)
{
    return kind != NULL && !so && strcmp(kind->name, "Đề án") == 0 && (n->text == NULL || n->symbol == NULL);
}

/* The number whose digits start at key index i; returns where the scan goes on. */
static size_t cite_number(struct scan *s, size_t i)
{
    const struct folded *f = &s->f;
    size_t so_start, kind_start = i;
    bool exact = true;
    size_t before = back(f, i, " :.\"");
    bool so = word_so(f, before, &so_start);
    size_t kind_end = without_qualifier(f, so ? back(f, so_start, " \"") : back(f, i, " \""));
    struct citation c = { 0 };
    const char *end = NULL;
    bool found = document_number_read(s->arena, f->text + f->at[i], so, &c.number, &end);
    bool maybe_nickname = kind_end >= 5 && memcmp(f->key + kind_end - 5, "de an", 5) == 0;
    if (found || maybe_nickname)
        c.kind = kind_before(s, kind_end, &kind_start, &exact);
    if (!found && !is_nickname(c.kind, so, &c.number))
        return i;
    c.number_at = f->at[i];
    c.from = c.kind != NULL ? f->at[kind_start] : so ? f->at[so_start] : f->at[i];
    if (is_nickname(c.kind, so, &c.number)) {
        size_t stop = found ? index_of(f, (size_t)(end - f->text)) : i + strspn(f->key + i, "0123456789");
        c.nickname = true;
        c.title = text_squeeze(s->arena, arena_copy_n(s->arena, f->text + c.from, f->at[stop] - c.from));
        c.number = (struct document_number){ 0 };
        c.confidence = 0.9;
        c.to = f->at[stop];
        add(s, c);
        return stop;
    }
    if (c.kind == NULL)
        c.kind = c.number.organ != NULL && c.number.form == FORM_NORM && strcmp(c.number.organ, "QH") == 0
                     ? document_kind_named(s->arena, "Luật")
                     : document_kind_of(c.number.symbol);
    read_tail(s, index_of(f, (size_t)(end - f->text)), &c);
    c.confidence = surety(&c, exact);
    add(s, c);
    return index_of(f, (size_t)(end - f->text));
}

static bool covered(const struct scan *s, size_t byte)
{
    for (size_t k = 0; k < s->count; k++)
        if (byte >= s->list[k].from && byte < s->list[k].to)
            return true;
    return false;
}

/* "Luật Tổ chức … năm 2025", "Luật Khám bệnh, chữa bệnh ngày 09/01/2023": no number. */
static void cite_law(struct scan *s, size_t i)
{
    const struct folded *f = &s->f;
    size_t at = i + strlen("luat");
    if (at + 1 >= f->length || f->key[at] != ' ' || !capital_at(f, i) || !capital_at(f, at + 1) || covered(s, f->at[i]))
        return;
    struct citation c = { .from = f->at[i], .number_at = f->at[i], .kind = document_kind_named(s->arena, "Luật") };
    size_t title = at + 1, words = 0;
    for (size_t k = title; k < f->length && words < LAW_WORDS && strchr(";:()", f->key[k]) == NULL; k++) {
        words += f->key[k] == ' ';
        if (f->key[k] != ' ')
            continue;
        size_t stop = k;
        if (at_phrase(f, k + 1, "so"))
            return; /* the numbers' pass has it */
        if (at_phrase(f, k + 1, "ngay"))
            stop = read_date(s, k, &c);
        else if (at_phrase(f, k + 1, "nam") && strspn(f->key + k + 5, "0123456789") == 4)
            c.year = atoi(f->key + k + 5), stop = k + 9;
        if (stop == k)
            continue;
        c.title = text_squeeze(s->arena, arena_copy_n(s->arena, f->text + f->at[title], f->at[k] - f->at[title]));
        c.to = f->at[stop];
        c.issuer = document_issuer_of("QH");
        c.issuer_shared = true;
        c.confidence = 0.85;
        add(s, c);
        return;
    }
}

static bool only_and_between(const struct folded *f, size_t from, size_t to)
{
    size_t i = index_of(f, from), end = index_of(f, to);
    while (i < end && strchr(" ,;", f->key[i]) != NULL)
        i++;
    if (at_phrase(f, i, "va"))
        i += 2;
    return end - back(f, end, " ") + i >= end;
}

static bool same_organ(const struct citation *a, const struct citation *b)
{
    return a->number.organ != NULL && b->number.organ != NULL && strcmp(a->number.organ, b->number.organ) == 0;
}

/* An issuer that is not written here: of the next ("A và B của X"), of an earlier mention, of the code. */
static void share_issuers(struct scan *s)
{
    for (size_t k = s->count; k-- > 0;) {
        struct citation *c = &s->list[k];
        if (c->issuer == NULL && k + 1 < s->count && s->list[k + 1].issuer != NULL && !s->list[k + 1].issuer_shared &&
            c->number.organ != NULL && same_organ(c, &s->list[k + 1]) && only_and_between(&s->f, c->to, s->list[k + 1].from)) {
            c->issuer = s->list[k + 1].issuer;
            c->issuer_shared = true;
        }
    }
    for (size_t k = 0; k < s->count; k++) {
        struct citation *c = &s->list[k];
        for (size_t e = k; c->issuer == NULL && c->number.text != NULL && e-- > 0;)
            if (s->list[e].issuer != NULL && same_organ(c, &s->list[e])) {
                c->issuer = s->list[e].issuer;
                c->issuer_shared = true;
            }
        if (c->issuer == NULL && c->number.text != NULL && (c->issuer = document_issuer_of(c->number.organ)) != NULL)
            c->issuer_shared = true;
    }
}

static int by_place(const void *a, const void *b)
{
    const struct citation *x = a, *y = b;
    return (x->from > y->from) - (x->from < y->from);
}

size_t document_citations(struct arena *a, const char *text, struct citation **list)
{
    struct scan s = { .arena = a, .f = fold_text(a, text) };
    for (size_t i = 0; i < s.f.length && s.count < CITATIONS_MOST;) {
        bool starts = isdigit((unsigned char)s.f.key[i]) &&
                      (i == 0 || (!fold_is_word(s.f.key[i - 1]) && strchr("/-", s.f.key[i - 1]) == NULL));
        size_t next = starts ? cite_number(&s, i) : i;
        i = next > i ? next : i + 1;
    }
    for (size_t i = 0; i + 4 < s.f.length && s.count < CITATIONS_MOST; i++)
        if (at_phrase(&s.f, i, "luat") && boundary(&s.f, i))
            cite_law(&s, i);
    if (s.count > 1)
        qsort(s.list, s.count, sizeof *s.list, by_place);
    share_issuers(&s);
    *list = s.list;
    return s.count;
}
