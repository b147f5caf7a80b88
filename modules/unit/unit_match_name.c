/*
 * One name as people write it: in full, short, as a symbol, by initials, an old one, with its owner behind it.
 * All comparing is of text_key forms: folded words.
 */
#include "modules/unit/unit_match.h"
#include "platform/base/text.h"
#include "unit_queries.h"
#include <string.h>

/* Opening words and the kind they tell; longer ones first. kind NULL: looks like an opening and is none. */
static const struct opening {
    const char *words, *kind;
} openings[] = {
    { "to chuc", NULL },
    { "uy ban nhan dan", "ubnd" },
    { "ubnd", "ubnd" },
    { "so y te", "so_y_te" },
    { "syt", "so_y_te" },
    { "trung tam y te", "trung_tam" },
    { "ttyt", "trung_tam" },
    { "trung tam", "trung_tam" },
    { "benh vien", "benh_vien" },
    { "bv", "benh_vien" },
    { "chi cuc", "chi_cuc" },
    { "van phong", "van_phong" },
    { "phong kham", "phong_kham" },
    { "phong", "phong" },
    { "p", "phong" },
    { "khoa", "khoa" },
    { "k", "khoa" },
    { "diem tram y te", "diem_tram" },
    { "diem tram", "diem_tram" },
    { "tram y te dac khu", "tram" },
    { "tram y te phuong", "tram" },
    { "tram y te xa", "tram" },
    { "tram y te", "tram" },
    { "tyt phuong", "tram" },
    { "tyt xa", "tram" },
    { "tyt", "tram" },
    { "tram", "tram" },
    { "to", "to" },
    { "bo phan", "to" },
};

const char *match_after_words(const char *key, const char *words)
{
    size_t n = strlen(words);
    if (strncmp(key, words, n) != 0 || (key[n] != ' ' && key[n] != '\0'))
        return NULL;
    return key[n] == ' ' ? key + n + 1 : key + n;
}

static const char *without_spaces(struct arena *a, const char *key)
{
    struct buffer b = { .arena = a };
    for (; *key != '\0'; key++)
        if (*key != ' ')
            buffer_add_n(&b, key, 1);
    return b.text == NULL ? "" : b.text;
}

static const char *initials_of(struct arena *a, const char *key)
{
    struct buffer b = { .arena = a };
    while (*key != '\0') {
        size_t n = strcspn(key, " ");
        if (!(n == 2 && strncmp(key, "va", 2) == 0))
            buffer_add_n(&b, key, 1);
        key += n + (key[n] == ' ');
    }
    return b.text == NULL ? "" : b.text;
}

static struct called call(struct arena *a, const char *wording)
{
    const char *key = text_key(a, wording);
    struct called out = { .key = key, .rest = key };
    for (size_t i = 0; i < sizeof openings / sizeof openings[0]; i++) {
        const char *rest = match_after_words(key, openings[i].words);
        if (rest == NULL)
            continue;
        if (openings[i].kind != NULL) {
            out.kind = openings[i].kind;
            out.rest = rest;
        }
        break;
    }
    out.tight = without_spaces(a, out.rest);
    out.initials = initials_of(a, out.rest);
    return out;
}

void match_load(struct world *w)
{
    struct arena *a = w->c->arena;
    const struct rows *rows = sql_unit_candidates(w->c, w->context, w->when);
    w->list = arena_array(a, (size_t)rows->count + 1, sizeof *w->list);
    for (int i = 0; i < rows->count; i++) {
        w->list[w->count++] = (struct candidate){
            .unit = cell_int(rows, i, "id"),
            .kind = cell(rows, i, "kind"),
            .place = cell_int(rows, i, "place"),
            .old = cell_int(rows, i, "old") != 0,
            .closed = cell_int(rows, i, "closed") != 0,
            .name = call(a, cell(rows, i, "name")),
            .short_name = call(a, cell(rows, i, "short_name")),
            .symbol = without_spaces(a, text_key(a, cell(rows, i, "symbol"))),
        };
    }
}

/* ---- one name ---- */

static bool same_kind(const struct called *said, const struct candidate *k)
{
    return said->kind == NULL || strcmp(said->kind, k->kind) == 0 ||
           (k->name.kind != NULL && strcmp(said->kind, k->name.kind) == 0);
}

static bool starts_with_words(const char *whole, const char *part)
{
    return part[0] != '\0' && match_after_words(whole, part) != NULL;
}

/* Share of common words, 0 to 100, for wordings that leave a word out or add one. */
static int common_words(const char *one, const char *other)
{
    int total = 0, common = 0;
    for (const char *at = one; *at != '\0';) {
        size_t n = strcspn(at, " ");
        total++;
        for (const char *in = other; *in != '\0';) {
            size_t m = strcspn(in, " ");
            if (n == m && strncmp(at, in, n) == 0) {
                common++;
                break;
            }
            in += m + (in[m] == ' ');
        }
        at += n + (at[n] == ' ');
    }
    for (const char *in = other; *in != '\0'; in++)
        total += in == other || in[-1] == ' ';
    return total == 0 ? 0 : 200 * common / total;
}

/* "Sở Y tế", "Trung tâm": only the kind is said, so the nearest of that kind at or above is meant. */
static int score_bare_kind(const struct candidate *k)
{
    if (k->place == 0 || (k->place > PLACE_ABOVE && k->place < PLACE_BESIDE))
        return 95;
    return k->place < PLACE_ABOVE ? 55 : 0;
}

static int score_current(const struct called *said, const struct candidate *k)
{
    if (strcmp(said->key, k->name.key) == 0 || strcmp(said->key, k->short_name.key) == 0)
        return 100;
    const char *said_tight = said->tight;
    if (k->symbol[0] != '\0' && (strcmp(said_tight, k->symbol) == 0 || strcmp(said->key, k->symbol) == 0))
        return 97;
    if (!same_kind(said, k))
        return 0;
    if (said->rest[0] == '\0')
        return said->kind != NULL && strcmp(said->kind, k->kind) == 0 ? score_bare_kind(k) : 0;
    int told = said->kind != NULL ? 98 : 92;
    if (strcmp(said_tight, k->name.tight) == 0 || strcmp(said_tight, k->short_name.tight) == 0)
        return told;
    bool letters = strlen(said_tight) >= 2 && strchr(said->rest, ' ') == NULL;
    bool dashed = strlen(said_tight) <= 8;
    if ((letters || dashed) && strcmp(said_tight, k->name.initials) == 0)
        return told - 1;
    if (strlen(said_tight) >= 4 && text_starts(k->name.initials, said_tight))
        return 70;
    if (starts_with_words(k->name.rest, said->rest))
        return said->kind != NULL ? 80 : 65;
    if (starts_with_words(said->rest, k->name.rest))
        return 75;
    int common = common_words(said->rest, k->name.rest);
    return common >= 75 ? FAIR + (common - 75) / 3 : 0;
}

static int score(const struct called *said, const struct candidate *k)
{
    int s = score_current(said, k);
    if (k->old || k->closed)
        s -= 6; /* an old name is still a name, but the present one of another unit goes first */
    return s > 0 ? s : 0;
}

/* 0 below or at the agency, 1 above, 2 beside: a document speaks of its own first. */
static int nearness(const struct candidate *k)
{
    if (k->place < PLACE_ABOVE)
        return k->place > 1;
    return k->place < PLACE_BESIDE ? 2 : 3;
}

/* owner_place: only units right below the agency at that place are looked at; -1: all. */
static struct found best_of(struct world *w, const char *wording, int64_t owner_place)
{
    struct called said = call(w->c->arena, wording);
    struct found best = { 0 };
    int best_near = 0;
    bool doubtful = false;
    for (int i = 0; i < w->count && said.key[0] != '\0'; i++) {
        const struct candidate *k = &w->list[i];
        if (owner_place >= 0 && k->place != (owner_place == 0 ? 1 : PLACE_BESIDE))
            continue;
        int s = score(&said, k), near = nearness(k);
        if (s == 0 || (s == best.score && k->unit == best.unit))
            continue;
        bool better = s > best.score || (s == best.score && near < best_near);
        if (s == best.score && near == best_near && k->unit != best.unit)
            doubtful = true;
        if (!better)
            continue;
        doubtful = false;
        best = (struct found){ s, k->unit };
        best_near = near;
    }
    if (doubtful && best.score > 50)
        best.score = 50;
    return best;
}

/* The key without the agency's name behind it, or NULL. */
static const char *without_owner(struct arena *a, const char *key, const char *owner)
{
    size_t length = strlen(key), tail = strlen(owner);
    if (tail == 0 || length <= tail + 1 || strcmp(key + length - tail, owner) != 0 || key[length - tail - 1] != ' ')
        return NULL;
    return arena_copy_n(a, key, length - tail - 1);
}

/* "Văn phòng Sở Y tế", "Phòng TCHC Trung tâm Y tế Sông Hương": the owner stands behind. */
static struct found find_owned(struct world *w, const char *wording)
{
    struct arena *a = w->c->arena;
    const char *key = text_key(a, wording);
    struct found best = { 0 };
    for (int i = 0; i < w->count; i++) {
        const struct candidate *owner = &w->list[i];
        if (owner->place != 0 && (owner->place <= PLACE_ABOVE || owner->place >= PLACE_BESIDE))
            continue;
        const struct unit_kind *kind = unit_kind_find(owner->kind);
        const char *const names[] = { owner->name.key, owner->short_name.key,
                                      kind == NULL || kind->opening == NULL ? "" : kind->opening };
        for (int n = 0; n < 3; n++) {
            const char *rest = without_owner(a, key, names[n]);
            struct found f = rest == NULL ? best : best_of(w, rest, owner->place);
            if (f.score > best.score)
                best = f;
        }
    }
    return best;
}

struct found match_name(struct world *w, const char *wording)
{
    struct arena *a = w->c->arena;
    struct found best = best_of(w, wording, -1);
    if (best.score < SURE) {
        struct found owned = find_owned(w, wording);
        best = owned.score > best.score ? owned : best;
    }
    const char *note = strstr(wording, " (");
    if (best.score < SURE && note != NULL) { /* "(qua Khoa …)": a remark, though not a sure one */
        struct found plain = best_of(w, arena_copy_n(a, wording, (size_t)(note - wording)), -1);
        plain.score = plain.score > 80 ? 80 : plain.score;
        best = plain.score > best.score ? plain : best;
    }
    int64_t living = best.score > 0 ? unit_living(w->c, best.unit) : 0;
    if (living != 0)
        best.unit = living;
    return best;
}
