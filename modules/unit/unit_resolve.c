/*
 * What a document's wording means in the tree: names as people write them, and sets such as "các khoa, phòng".
 *
 * All comparing is of text_key forms: folded words. A name is cut into its opening words, which tell the kind
 * ("phong", "tram y te xa"), and the rest ("to chuc hanh chinh"), whose initials make the usual short form.
 */
#include "modules/unit/unit.h"
#include "platform/base/text.h"
#include "unit_queries.h"
#include <string.h>

enum { SURE = 90, FAIR = 60, MOST_PARTS = 24 };
enum { PLACE_ABOVE = 100, PLACE_BESIDE = 200 };

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

struct called {
    const char *kind; /* NULL: the wording does not tell */
    const char *key;  /* all of it */
    const char *rest; /* without the opening */
    const char *tight;    /* rest without spaces */
    const char *initials; /* of rest, without "va" */
};

struct candidate {
    int64_t unit;
    const char *kind;
    int64_t place;
    bool old, closed;
    struct called name, short_name;
    const char *symbol; /* tight */
};

struct world {
    struct ctx *c;
    int64_t context;
    int64_t when;
    struct candidate *list;
    int count;
};

/* Whole words at the start: "phong" of "phong to chuc", not of "phongto". NULL, or what follows. */
static const char *after_words(const char *key, const char *words)
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
        const char *rest = after_words(key, openings[i].words);
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

static void load(struct world *w)
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
    return part[0] != '\0' && after_words(whole, part) != NULL;
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

struct found {
    int score; /* 0: none */
    int64_t unit;
};

static struct found find_one(struct world *w, const char *wording)
{
    struct called said = call(w->c->arena, wording);
    struct found best = { 0 };
    int best_near = 0;
    bool doubtful = false;
    if (said.key[0] == '\0')
        return best;
    for (int i = 0; i < w->count; i++) {
        const struct candidate *k = &w->list[i];
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
    if (best.score > 0) {
        int64_t living = unit_living(w->c, best.unit);
        if (living != 0)
            best.unit = living;
    }
    return best;
}

/* ---- sets ---- */

enum {
    WORD_MANY = 1, /* các, tất cả */
    WORD_FILL = 2,
    WORD_ALL = 4, /* đơn vị: of every kind */
    WORD_INNER = 8,
    WORD_OUTER = 16,
    WORD_OWNER = 32, /* what follows names the owner of the set */
    WORD_VAGUE = 64, /* "liên quan": a person must say which */
    WORD_KIND = 128,
};

static const struct set_word {
    const char *words;
    int meaning;
    const char *kind;
} set_words[] = {
    { "cac", WORD_MANY, NULL },
    { "tat ca", WORD_MANY, NULL },
    { "toan the", WORD_MANY, NULL },
    { "toan bo", WORD_MANY, NULL },
    { "moi", WORD_MANY, NULL },
    { "tung", WORD_MANY, NULL },
    { "nhung", WORD_MANY, NULL },
    { "truong", WORD_FILL, NULL },
    { "thu truong", WORD_FILL, NULL },
    { "lanh dao", WORD_FILL, NULL },
    { "va", WORD_FILL, NULL },
    { "chuc nang", WORD_FILL, NULL },
    { "chuyen mon", WORD_FILL, NULL },
    { "nghiep vu", WORD_FILL, NULL },
    { "truc thuoc", WORD_OUTER, NULL },
    { "thuoc", WORD_INNER, NULL },
    { "co lien quan", WORD_VAGUE, NULL },
    { "lien quan", WORD_VAGUE, NULL },
    { "trong trung tam", WORD_OWNER, NULL },
    { "trong don vi", WORD_OWNER, NULL },
    { "trong toan", WORD_OWNER, NULL },
    { "toan trung tam", WORD_OWNER, NULL },
    { "cua", WORD_OWNER, NULL },
    { "don vi", WORD_ALL | WORD_KIND, NULL },
    { "bo phan", WORD_ALL | WORD_KIND, NULL },
    { "diem tram", WORD_KIND, "diem_tram" },
    { "tram y te xa phuong dac khu", WORD_KIND, "tram" },
    { "tram y te xa phuong", WORD_KIND, "tram" },
    { "tram y te xa", WORD_KIND, "tram" },
    { "tram y te", WORD_KIND, "tram" },
    { "tram", WORD_KIND, "tram" },
    { "tyt", WORD_KIND, "tram" },
    { "xa", WORD_FILL, NULL },
    { "phong kham da khoa khu vuc", WORD_KIND, "phong_kham" },
    { "phong kham", WORD_KIND, "phong_kham" },
    { "van phong", WORD_KIND, "van_phong" },
    { "phong ban", WORD_KIND, "phong" },
    { "phong", WORD_KIND, "phong" },
    { "khoa", WORD_KIND, "khoa" },
    { "to", WORD_KIND, "to" },
    { "trung tam y te", WORD_KIND, "trung_tam" },
    { "ttyt", WORD_KIND, "trung_tam" },
    { "trung tam", WORD_KIND, "trung_tam" },
    { "benh vien", WORD_KIND, "benh_vien" },
    { "chi cuc", WORD_KIND, "chi_cuc" },
};

struct set {
    int meaning;
    const char *kinds[8];
    int kind_count, nouns;
};

static const struct set_word *next_set_word(const char **at)
{
    for (size_t i = 0; i < sizeof set_words / sizeof set_words[0]; i++) {
        const char *rest = after_words(*at, set_words[i].words);
        if (rest != NULL) {
            *at = rest;
            return &set_words[i];
        }
    }
    return NULL;
}

/* False: it is no set phrase, since a word stands in it that no set phrase has. */
static bool read_set(const char *key, struct set *set)
{
    *set = (struct set){ 0 };
    for (const char *at = key; *at != '\0';) {
        bool owned = (set->meaning & (WORD_INNER | WORD_OUTER)) != 0;
        const struct set_word *word = next_set_word(&at);
        if (owned && (word == NULL || (word->meaning & (WORD_KIND | WORD_ALL)) != 0))
            break; /* thuộc Trung tâm Y tế …: the owner's name ends the phrase */
        if (word == NULL)
            return false;
        set->meaning |= word->meaning;
        if (word->meaning & WORD_OWNER)
            break;
        set->nouns += (word->meaning & WORD_KIND) != 0;
        if (word->kind != NULL && set->kind_count < 8)
            set->kinds[set->kind_count++] = word->kind;
    }
    /* "khoa" alone or "Trung tâm" is no set; "khoa, phòng, trạm" is one even without "các". */
    return set->nouns > 0 && ((set->meaning & WORD_MANY) != 0 || set->nouns > 1);
}

static bool in_set(const struct set *set, const struct candidate *k)
{
    if (k->old || k->closed || k->place == 0 || k->place >= PLACE_ABOVE)
        return false;
    const struct unit_kind *kind = unit_kind_find(k->kind);
    bool inner = kind != NULL && kind->inner;
    for (int i = 0; i < set->kind_count; i++)
        if (strcmp(set->kinds[i], k->kind) == 0)
            return inner ? k->place == 1 : true;
    if ((set->meaning & WORD_ALL) == 0 || k->place != 1)
        return false;
    bool said_inner = (set->meaning & WORD_INNER) != 0, said_outer = (set->meaning & WORD_OUTER) != 0;
    return said_inner == said_outer || (inner ? said_inner : said_outer);
}

/* ---- several of them ---- */

struct gathered {
    int64_t *units;
    size_t count, capacity;
    int worst, lost;
    bool set;
};

static void gather(struct world *w, struct gathered *g, int64_t unit)
{
    for (size_t i = 0; i < g->count; i++)
        if (g->units[i] == unit)
            return;
    g->units = arena_grow(w->c->arena, g->units, sizeof *g->units, &g->capacity, g->count + 1);
    g->units[g->count++] = unit;
}

static void gathered_score(struct gathered *g, int score_of_part)
{
    if (g->worst == 0 || score_of_part < g->worst)
        g->worst = score_of_part;
}

static bool take_set(struct world *w, struct gathered *g, const char *wording)
{
    struct set set;
    if (!read_set(text_key(w->c->arena, wording), &set))
        return false;
    size_t before = g->count;
    for (int i = 0; i < w->count; i++)
        if (in_set(&set, &w->list[i]))
            gather(w, g, w->list[i].unit);
    if (g->count == before)
        g->lost++;
    g->set = true;
    gathered_score(g, (set.meaning & WORD_VAGUE) != 0 ? FAIR : 96);
    return true;
}

struct parts {
    const char *from[MOST_PARTS], *to[MOST_PARTS];
    int count;
};

/* Cuts at , ; / line ends and " và ". */
static void cut(const char *wording, struct parts *p)
{
    const char *from = wording, *at = wording;
    while (p->count < MOST_PARTS - 1) {
        size_t skip = *at == '\0' ? 0 : strchr(",;/\n", *at) != NULL ? 1 : text_starts(at, " và ") ? strlen(" và ") : 0;
        if (skip == 0 && *at != '\0') {
            at++;
            continue;
        }
        if (at > from) {
            p->from[p->count] = from;
            p->to[p->count++] = at;
        }
        if (*at == '\0')
            return;
        from = at += skip;
    }
    p->from[p->count] = from;
    p->to[p->count++] = wording + strlen(wording);
}

/* A name may hold commas and "và" itself, so the longest run of parts that is surely known goes first. */
static void gather_parts(struct world *w, struct gathered *g, const char *wording)
{
    struct parts p = { 0 };
    cut(wording, &p);
    for (int i = 0; i < p.count;) {
        int next = i + 1;
        struct found best = { 0 };
        bool done = false;
        for (int j = p.count - 1; j >= i && !done; j--) {
            const char *text = arena_copy_n(w->c->arena, p.from[i], (size_t)(p.to[j] - p.from[i]));
            if (text_blank(text)) {
                done = true;
                break;
            }
            done = take_set(w, g, text);
            best = done ? best : find_one(w, text);
            if (!done && best.score >= (j == i ? 1 : SURE)) {
                gather(w, g, best.unit);
                gathered_score(g, best.score);
                done = true;
            }
            next = j + 1;
        }
        if (!done)
            g->lost++;
        i = next;
    }
}

/* The wording up to "trừ", and what is left out. */
static const char *without_exceptions(struct world *w, const char *wording, const char **exceptions)
{
    static const char *const marks[] = { "(trừ ", ", trừ ", " trừ ", "(ngoại trừ ", " ngoại trừ " };
    const char *lower = text_lower(w->c->arena, wording);
    *exceptions = NULL;
    if (strlen(lower) != strlen(wording))
        return wording; /* lower case moved the bytes: no Vietnamese letter does that */
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        const char *at = strstr(lower, marks[i]);
        if (at == NULL)
            continue;
        *exceptions = wording + (at - lower) + strlen(marks[i]);
        return arena_copy_n(w->c->arena, wording, (size_t)(at - lower));
    }
    return wording;
}

static void leave_out(struct world *w, struct gathered *g, const char *exceptions)
{
    struct gathered out = { 0 };
    gather_parts(w, &out, exceptions);
    size_t kept = 0;
    for (size_t i = 0; i < g->count; i++) {
        bool dropped = false;
        for (size_t k = 0; k < out.count; k++)
            dropped = dropped || out.units[k] == g->units[i];
        if (!dropped)
            g->units[kept++] = g->units[i];
    }
    g->count = kept;
    g->lost += out.lost;
    if (out.count > 0)
        gathered_score(g, out.worst);
}

static struct unit_match *judge(struct ctx *c, const struct gathered *g)
{
    struct unit_match *m = arena_alloc(c->arena, sizeof *m);
    *m = (struct unit_match){ .set = g->set, .count = g->count, .units = g->units, .confidence = g->worst };
    if (g->count == 0)
        m->confidence = 0;
    else if (g->lost > 0 && m->confidence > FAIR)
        m->confidence = FAIR;
    if (g->count > 0)
        m->certainty = m->confidence >= SURE - 6 ? UNIT_EXACT : UNIT_LIKELY;
    return m;
}

enum err unit_resolve(struct ctx *c, int64_t context_unit, const char *wording, int64_t when, struct unit_match **match)
{
    int64_t agency = unit_agency(c, context_unit);
    struct world w = { .c = c, .context = agency != 0 ? agency : context_unit, .when = when };
    const struct rows *context = sql_unit_read(c, w.context);
    if (c->err != OK)
        return c->err;
    if (context->count == 0)
        return fail(c, NOT_FOUND, "Không tìm thấy đơn vị ban hành.", "context %lld", (long long)context_unit);
    if (w.when < cell_int(context, 0, "opened_day"))
        w.when = cell_int(context, 0, "opened_day"); /* a plan older than the agency's entry here */
    load(&w);
    struct gathered g = { 0 };
    const char *exceptions;
    const char *said = without_exceptions(&w, text_squeeze(c->arena, wording), &exceptions);
    gather_parts(&w, &g, said);
    if (exceptions != NULL)
        leave_out(&w, &g, exceptions);
    if (c->err == OK)
        *match = judge(c, &g);
    return c->err;
}
