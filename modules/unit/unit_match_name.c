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

static void count_words(struct called *out)
{
    for (const char *at = out->rest; *at != '\0';) {
        uint64_t hash = 0;
        out->word_count++;
        for (; *at != '\0' && *at != ' '; at++)
            hash = hash * 31 + (unsigned char)*at;
        out->words |= UINT64_C(1) << (hash & 63);
        at += *at == ' ';
    }
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
    count_words(&out);
    return out;
}

uint64_t match_hash(const char *text)
{
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    for (; *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * 1099511628211u;
    return hash ^ hash >> 29;
}

/* Names lead to the first candidate that bears them: the list goes from near to far, present names before old ones. */
static void index_name(struct unit_world *w, const char *key, int at)
{
    if (key[0] == '\0')
        return;
    size_t slot = match_hash(key) & (w->slots - 1);
    for (; w->by_key[slot] != 0; slot = (slot + 1) & (w->slots - 1)) {
        const struct candidate *k = &w->list[w->by_key[slot] - 1];
        if (strcmp(k->name.key, key) == 0 || strcmp(k->short_name.key, key) == 0)
            return;
    }
    w->by_key[slot] = at + 1;
}

void match_load(struct unit_world *w)
{
    struct arena *a = w->c->arena;
    const struct rows *rows = sql_unit_candidates(w->c, w->context, w->when);
    w->list = arena_array(a, (size_t)rows->count + 1, sizeof *w->list);
    for (w->slots = 64; w->slots < (size_t)rows->count * 4;)
        w->slots *= 2;
    w->by_key = arena_array(a, w->slots, sizeof *w->by_key);
    for (int i = 0; i < rows->count; i++) {
        w->list[w->count] = (struct candidate){
            .unit = cell_int(rows, i, "id"),
            .kind = cell(rows, i, "kind"),
            .place = cell_int(rows, i, "place"),
            .old = cell_int(rows, i, "old") != 0,
            .closed = cell_int(rows, i, "closed") != 0,
            .name = call(a, cell(rows, i, "name")),
            .short_name = call(a, cell(rows, i, "short_name")),
            .symbol = without_spaces(a, text_key(a, cell(rows, i, "symbol"))),
        };
        index_name(w, w->list[w->count].name.key, w->count);
        index_name(w, w->list[w->count].short_name.key, w->count);
        w->count++;
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

/* Are they the same but for one letter in eight, wrong, lost or added? Short ones must agree. */
static bool nearly(const char *said, const char *name)
{
    size_t n = strlen(said), m = strlen(name);
    size_t most = (n < m ? n : m) / 8;
    if (most == 0 || (n > m ? n - m : m - n) > most)
        return false;
    size_t i = 0, j = 0, slips = 0;
    while (i < n && j < m && slips <= most) {
        if (said[i] == name[j]) {
            i++;
            j++;
            continue;
        }
        slips++;
        bool same_next = said[i + 1] != '\0' && said[i + 1] == name[j + 1];
        bool lost = !same_next && said[i] == name[j + 1], added = !same_next && said[i + 1] == name[j];
        i += !lost;
        j += !added;
    }
    return slips + (n - i) + (m - j) <= most;
}

enum { HINT = 49 }; /* what is shown to choose from, never taken by itself */

static int score_words(const struct called *said, const struct candidate *k)
{
    if (starts_with_words(k->name.rest, said->rest))
        return said->kind != NULL ? 80 : 65;
    if (starts_with_words(said->rest, k->name.rest))
        return 75;
    if (nearly(said->tight, k->name.tight) || nearly(said->tight, k->short_name.tight))
        return said->kind != NULL ? 79 : 70;
    int shared = __builtin_popcountll(said->words & k->name.words), all = said->word_count + k->name.word_count;
    if (shared * 500 < all * 100) /* not even two words in five can be common */
        return 0;
    int common = common_words(said->rest, k->name.rest);
    if (common >= 75)
        return FAIR + (common - 75) / 3;
    return common >= 40 ? common * HINT / 75 : 0;
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
    return score_words(said, k);
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

/* The exact name in use, nearest first, without looking at all of them; NULL when the name is not that plain. */
static const struct candidate *named_exactly(struct unit_world *w, const char *key)
{
    for (size_t slot = match_hash(key) & (w->slots - 1); w->by_key[slot] != 0; slot = (slot + 1) & (w->slots - 1)) {
        const struct candidate *k = &w->list[w->by_key[slot] - 1];
        if (strcmp(k->name.key, key) == 0 || strcmp(k->short_name.key, key) == 0)
            return k->old || k->closed || nearness(k) > 0 ? NULL : k;
    }
    return NULL;
}

static void keep_near(struct unit_world *w, int64_t unit, int s)
{
    int at = 0;
    while (at < UNIT_MOST_CANDIDATES && w->near[at].score >= s && w->near[at].unit != unit)
        at++;
    if (at == UNIT_MOST_CANDIDATES || (w->near[at].unit == unit && w->near[at].score >= s))
        return;
    int last = at;
    while (last < UNIT_MOST_CANDIDATES - 1 && w->near[last].unit != unit && w->near[last].score > 0)
        last++;
    memmove(&w->near[at + 1], &w->near[at], (size_t)(last - at) * sizeof w->near[0]);
    w->near[at] = (struct unit_candidate){ unit, s };
}

/* owner_place: only units right below the agency at that place are looked at; -1: all. */
static struct found best_of(struct unit_world *w, const char *wording, int64_t owner_place)
{
    struct called said = call(w->c->arena, wording);
    const struct candidate *exact = owner_place < 0 && said.key[0] != '\0' ? named_exactly(w, said.key) : NULL;
    if (exact != NULL)
        return (struct found){ 100, exact->unit };
    struct found best = { 0 };
    int best_near = 0;
    bool doubtful = false;
    for (int i = 0; i < w->count && said.key[0] != '\0'; i++) {
        const struct candidate *k = &w->list[i];
        if (owner_place >= 0 && k->place != (owner_place == 0 ? 1 : PLACE_BESIDE))
            continue;
        int s = score(&said, k), near = nearness(k);
        if (s > 0)
            keep_near(w, k->unit, s);
        if (s <= HINT || (s == best.score && k->unit == best.unit))
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
    if (doubtful && best.score > HINT + 1)
        best.score = HINT + 1;
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
static struct found find_owned(struct unit_world *w, const char *wording)
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

/* "Trưởng phòng TCHC" speaks of the room, "Giám đốc" and "Ban Giám đốc" of the agency itself: likely, a person looks. */
static struct found find_post(struct unit_world *w, const char *wording)
{
    static const char *const heads[] = { "truong ban", "truong", "pho truong", "lanh dao", "dieu duong truong", "phu trach" };
    static const char *const directors[] = { "giam doc", "ban giam doc", "pho giam doc", "lanh dao trung tam", "lanh dao don vi", "lanh dao so",
        "lanh dao benh vien", "lanh dao", "ban lanh dao", "thu truong don vi" };
    const char *key = text_key(w->c->arena, wording);
    for (size_t i = 0; i < sizeof directors / sizeof directors[0]; i++)
        if (strcmp(key, directors[i]) == 0)
            return (struct found){ 72, w->context };
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        const char *rest = match_after_words(key, heads[i]);
        if (rest == NULL || rest[0] == '\0')
            continue;
        struct found f = best_of(w, rest, -1);
        if (f.score > HINT + 1)
            return (struct found){ f.score > 82 ? 82 : f.score, f.unit };
    }
    return (struct found){ 0 };
}

/* "Khoa Dược (KD)", "Trung tâm Y tế (qua Phòng A)": what stands in brackets explains a name or is a remark. */
static struct found find_before_note(struct unit_world *w, const char *wording)
{
    const char *note = strstr(wording, " (");
    if (note == NULL)
        return (struct found){ 0 };
    struct arena *a = w->c->arena;
    struct found plain = best_of(w, arena_copy_n(a, wording, (size_t)(note - wording)), -1);
    size_t length = strcspn(note + 2, ")");
    struct found inside = best_of(w, arena_copy_n(a, note + 2, length), -1);
    bool same = inside.score >= SURE && inside.unit == plain.unit; /* "Phòng Tổ chức - Hành chính (TCHC)" */
    if (!same && plain.score > 80)
        plain.score = 80;
    return plain;
}

struct found match_name(struct unit_world *w, const char *wording)
{
    memset(w->near, 0, sizeof w->near);
    struct found best = best_of(w, wording, -1);
    struct found (*const others[])(struct unit_world *, const char *) = { find_owned, find_before_note, find_post };
    for (size_t i = 0; i < sizeof others / sizeof others[0] && best.score < SURE; i++) {
        struct found f = others[i](w, wording);
        best = f.score > best.score ? f : best;
    }
    bool closed = false;
    for (int i = 0; i < w->count && best.score > 0 && best.score < 100; i++)
        closed = closed || (w->list[i].unit == best.unit && w->list[i].closed);
    int64_t living = closed ? unit_living(w->c, best.unit) : 0;
    if (living != 0)
        best.unit = living;
    return best;
}
