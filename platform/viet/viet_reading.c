/* What a word may have been before its marks were lost or its letters misread, and how much each reading costs. */
#include "platform/base/text.h"
#include "platform/viet/viet_parts.h"
#include <limits.h>
#include <string.h>

/* Costs of what tools/viet_confusions.py did not see, in eighths of a bit. */
enum {
    SAME_BASE = 16,       /* a mark lost that was never seen lost */
    OTHER_MARK = 48,      /* another mark */
    LIKELY_SIGN = 32,     /* "&" for "ế" */
    OTHER_VOWEL = 88, MARKED_VOWEL = 56, OTHER_CONSONANT = 104,
    EXTRA = 72,           /* a sign that stands for nothing */
    GONE = 96, SELDOM_GONE = 72,
    LOST = 16,            /* U+FFFD and "?" for a letter with marks */
    BY_KNOWING = 40,      /* a program that knows Vietnamese misreads so much less */
    LIMIT = 12 * VIET_BIT, WINDOW = 10 * VIET_BIT, BAND = 2, FAR = 30000,
};

/* What a sign costs as each letter. */
struct viet_row {
    int32_t rune;
    enum viet_damage damage;
    uint8_t cost[VIET_LETTERS];
};

static bool is_vowel(char plain)
{
    return plain != '\0' && strchr("aeiouy", plain) != NULL;
}

static bool has_marks(int32_t rune)
{
    return rune >= 0x80;
}

/* ê, ô, ơ with any tone: what "&", "€", "¢" and the like stand for. */
static bool is_hooded(int32_t rune)
{
    return rune == 0xEA || rune == 0xF4 || rune == 0x1A1 || (rune >= 0x1EBE && rune <= 0x1EC7) || (rune >= 0x1ED0 && rune <= 0x1EE3);
}

static int unseen(int32_t rune, int32_t letter)
{
    static const struct {
        int32_t rune;
        char base;
        uint8_t cost;
    } alike[] = { { '1', 'l', 16 }, { '1', 'i', 32 }, { 'i', 'l', 32 }, { 'l', 'i', 32 }, { '0', 'o', 24 }, { 'w', 'u', 32 }, { 'q', 'o', 40 },
                  { 'g', 'o', 48 }, { '6', 'o', 48 }, { 'v', 'u', 56 }, { 'u', 'v', 72 }, { '@', 'o', 40 }, { '8', 'o', 48 }, { '4', 'a', 40 },
                  { 0xA5, 'y', 24 }, { 'n', 'u', 64 }, { 'u', 'n', 64 } };
    char base = viet_plain(letter);
    if (rune == letter)
        return has_marks(rune) ? 2 : 0;
    if (viet_plain(rune) == base)
        return has_marks(rune) ? OTHER_MARK : SAME_BASE;
    if (letter == 0x111 && (rune == 'p' || rune == 'b'))
        return 40;
    if (rune == 0xFFFD || rune == '?')
        return has_marks(letter) ? LOST : VIET_NEVER;
    if (viet_plain(rune) == '\0' && is_hooded(letter) && (rune == '&' || rune >= 0x80))
        return LIKELY_SIGN;
    for (size_t i = 0; i < sizeof alike / sizeof alike[0]; i++)
        if (alike[i].rune == rune && alike[i].base == base)
            return alike[i].cost;
    return !is_vowel(base) ? OTHER_CONSONANT : has_marks(letter) && viet_plain(rune) != 0 ? MARKED_VOWEL : OTHER_VOWEL;
}

static int find_sign(const struct viet_model *m, int32_t rune)
{
    for (uint32_t i = 0; i < m->signs; i++)
        if (m->sign[i] == (uint32_t)rune)
            return (int)i;
    return -1;
}

/* Where only marks were left out, letters are right and what marks there are as well. */
static int left_out(int32_t rune, int32_t letter)
{
    if (rune == letter)
        return 0;
    return viet_plain(rune) != viet_plain(letter) ? VIET_NEVER - 1 : has_marks(rune) ? OTHER_MARK : 0;
}

static void fill_row(const struct viet_model *m, struct viet_row *row)
{
    int sign = find_sign(m, row->rune);
    for (int i = 0; i < VIET_LETTERS; i++) {
        int32_t letter = (int32_t)m->letters[i];
        int cost = row->damage == VIET_STRIPPED ? left_out(row->rune, letter) : unseen(row->rune, letter);
        int seen = sign >= 0 && row->damage != VIET_STRIPPED ? m->one[sign * VIET_LETTERS + i] : VIET_NEVER;
        cost = seen < cost || (seen != VIET_NEVER && row->rune != letter) ? seen : cost;
        if (row->damage == VIET_LIGHT && row->rune != letter)
            cost = viet_plain(row->rune) == viet_plain(letter) ? OTHER_MARK : cost + BY_KNOWING;
        else if (row->damage == VIET_LIGHT)
            cost = 0;
        row->cost[i] = (uint8_t)(cost < VIET_NEVER ? cost : VIET_NEVER - 1);
    }
}

/* A consonant is hardly ever lost: that it was seen is mostly a word cut elsewhere. */
void viet_fill_gone(struct viet_repairer *r)
{
    for (int i = 0; i < VIET_LETTERS; i++) {
        bool vowel = is_vowel(viet_plain((int32_t)r->m->letters[i]));
        bool seen = r->m->gone[i] != VIET_NEVER;
        r->gone[i] = !seen ? GONE : vowel ? r->m->gone[i] : SELDOM_GONE;
    }
}

static const uint8_t *row_of(struct viet_repairer *r, int32_t rune, enum viet_damage damage)
{
    for (size_t i = 0; i < r->row_count; i++)
        if (r->rows[i].rune == rune && r->rows[i].damage == damage)
            return r->rows[i].cost;
    if (r->row_count == r->row_capacity)
        r->rows = arena_grow(r->arena, r->rows, sizeof *r->rows, &r->row_capacity, r->row_count + 1);
    struct viet_row *row = &r->rows[r->row_count++];
    *row = (struct viet_row){ .rune = rune, .damage = damage };
    fill_row(r->m, row);
    return row->cost;
}

/* ---- the list: the likeliest stay ---- */

static int weight(const struct viet_model *m, const struct viet_reading *reading)
{
    return (int)(reading->cost * VIET_BIT) + (reading->word < m->words ? m->single[reading->word] : 12 * VIET_BIT);
}

static void add_reading(const struct viet_model *m, struct viet_readings *out, struct viet_reading reading)
{
    int last = 0;
    if (out->count < VIET_READINGS) {
        out->items[out->count++] = reading;
        return;
    }
    for (int i = 1; i < out->count; i++)
        if (weight(m, &out->items[i]) > weight(m, &out->items[last]))
            last = i;
    if (weight(m, &reading) < weight(m, &out->items[last]))
        out->items[last] = reading;
}

static int worst_weight(const struct viet_model *m, const struct viet_readings *list)
{
    int worst = 0;
    for (int i = 0; i < list->count; i++)
        worst = weight(m, &list->items[i]) > worst ? weight(m, &list->items[i]) : worst;
    return worst;
}

static void add_own(const struct viet_repairer *r, uint64_t key, bool marked, struct viet_readings *out)
{
    for (size_t i = 0; i < r->own_count; i++)
        if (r->own[i].key == key && key != 0)
            add_reading(r->m, out, (struct viet_reading){ .word = (uint16_t)(r->m->words + i), .cost = marked ? 3 : 0 });
}

/* ---- letters are right: all words with this skeleton ---- */

static int cost_of(const struct viet_model *m, const uint8_t *const *row, const char *word)
{
    int cost = 0;
    int32_t letter;
    for (int i = 0; *word != '\0'; i++) {
        word = text_next(word, &letter);
        int at = viet_letter(m, letter);
        cost += at < 0 ? VIET_NEVER : row[i][at];
    }
    return cost;
}

/* Returns the cost of the cheapest, in eighths of a bit. The words are *first .. *end - 1. */
static int read_skeleton(struct viet_repairer *r, const int32_t *runes, int count, const uint8_t *const *row, struct viet_readings *out,
                         uint16_t *first, uint16_t *end)
{
    char plain[VIET_TOKEN_RUNES];
    bool marked = false;
    int best = INT_MAX;
    for (int i = 0; i < count; i++) {
        plain[i] = viet_plain(runes[i]);
        marked = marked || has_marks(runes[i]);
    }
    uint64_t key = viet_key(plain, (size_t)count);
    *first = *end = 0;
    viet_readings(r->m, key, first, end);
    for (uint16_t w = *first; w < *end; w++) {
        if (!r->m->sound[w])
            continue;
        int cost = cost_of(r->m, row, viet_text(r->m, w));
        best = cost < best ? cost : best;
        add_reading(r->m, out, (struct viet_reading){ .word = w, .cost = (float)cost / VIET_BIT });
    }
    add_own(r, key, marked, out);
    return best;
}

/* ---- letters may be wrong: down the tree of syllables with the cheapest way beside each letter ---- */

struct descent {
    struct viet_repairer *r;
    const uint8_t *row[VIET_TOKEN_RUNES];
    uint8_t two[VIET_TOKEN_RUNES][VIET_LETTERS]; /* cost of two signs as one letter */
    bool twos[VIET_TOKEN_RUNES]; /* is there any */
    int count, limit;
    int worst;                   /* weight of the reading that goes when a better one comes */
    uint16_t known, known_end;   /* words that are in the list from the start */
    struct viet_readings *out;
    uint8_t bound[VIET_LETTERS]; /* no letter can cost less, wherever it stands */
    int cheapest[VIET_WORD_LETTERS + 2]; /* of the row of ways at each depth */
    uint16_t ways[VIET_WORD_LETTERS + 2][VIET_TOKEN_RUNES + 1];
};

static void find_bounds(struct descent *d)
{
    memcpy(d->bound, d->r->gone, sizeof d->bound);
    for (int j = 0; j < d->count; j++)
        for (int i = 0; i < VIET_LETTERS; i++)
            d->bound[i] = d->row[j][i] < d->bound[i] ? d->row[j][i] : d->bound[i];
    for (int j = 0; j < d->count; j++)
        for (int i = 0; d->twos[j] && i < VIET_LETTERS; i++)
            d->bound[i] = d->two[j][i] < d->bound[i] ? d->two[j][i] : d->bound[i];
}

static void find_twos(struct descent *d, const int32_t *runes, int at, enum viet_damage damage)
{
    const struct viet_model *m = d->r->m;
    uint64_t from = (uint64_t)(uint32_t)runes[at] << 32 | (uint64_t)(uint32_t)runes[at + 1] << 8;
    uint32_t low = 0, high = m->twos;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (m->two_key[middle] < from)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < m->twos && m->two_key[low] >> 8 == from >> 8; low++) {
        if (!d->twos[at])
            memset(d->two[at], VIET_NEVER, sizeof d->two[at]);
        d->twos[at] = true;
        d->two[at][m->two_key[low] & 0xFF] = (uint8_t)(m->two[low] + (damage == VIET_LIGHT ? BY_KNOWING : 0));
    }
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* The row of ways below `depth` for one more letter; returns the cheapest of them. Only ways near the diagonal. */
static int step(struct descent *d, int depth, int letter)
{
    const uint16_t *old = d->ways[depth];
    uint16_t *now = d->ways[depth + 1];
    int gone = d->r->gone[letter];
    int from = depth + 1 > BAND ? depth + 1 - BAND : 1, to = least(d->count, depth + 1 + BAND);
    int cheapest = now[from - 1] = from > 1 ? FAR : (uint16_t)(old[0] + gone);
    for (int j = from; j <= to; j++) {
        int cost = least(old[j] + gone, old[j - 1] + d->row[j - 1][letter]);
        cost = least(cost, now[j - 1] + EXTRA);
        if (j > 1 && d->twos[j - 2] && d->two[j - 2][letter] != VIET_NEVER)
            cost = least(cost, old[j - 2] + d->two[j - 2][letter]);
        now[j] = (uint16_t)cost;
        cheapest = least(cheapest, cost);
    }
    if (to < d->count)
        now[to + 1] = FAR;
    return cheapest;
}

/* No word of the branch could come among the likeliest. */
static bool is_hopeless(const struct descent *d, uint32_t node, int cheapest)
{
    return cheapest > d->limit || (d->out->count == VIET_READINGS && cheapest + d->r->m->node_best[node] >= d->worst);
}

static void take_word(struct descent *d, uint16_t word, int cost)
{
    if (cost > d->limit || (word >= d->known && word < d->known_end))
        return;
    add_reading(d->r->m, d->out, (struct viet_reading){ .word = word, .cost = (float)cost / VIET_BIT });
    d->limit = least(d->limit, cost + WINDOW);
    d->worst = worst_weight(d->r->m, d->out);
}

static void descend(struct descent *d, uint32_t from, uint32_t end, int depth)
{
    const struct viet_model *m = d->r->m;
    for (uint32_t node = from; depth <= VIET_WORD_LETTERS && node < end; node = m->node_end[node]) {
        if (is_hopeless(d, node, d->cheapest[depth] + d->bound[m->node_letter[node]]))
            continue;
        d->cheapest[depth + 1] = step(d, depth, m->node_letter[node]);
        if (is_hopeless(d, node, d->cheapest[depth + 1]))
            continue;
        if (m->node_word[node] != 0 && depth + 1 + BAND >= d->count)
            take_word(d, m->node_word[node], d->ways[depth + 1][d->count]);
        descend(d, node + 1, m->node_end[node], depth + 1);
    }
}

static void read_misread(struct viet_repairer *r, const int32_t *runes, int count, enum viet_damage damage, const uint8_t *const *row,
                         struct viet_readings *out)
{
    struct descent d;
    int best = read_skeleton(r, runes, count, row, out, &d.known, &d.known_end);
    d.r = r;
    d.count = count;
    int most = LIMIT + (count > 3 ? count : 4) * VIET_BIT; /* of a lone sign, too: "Y ¢" is "Y tế" */
    d.limit = best < LIMIT ? least(most, best + WINDOW) : most;
    d.out = out;
    d.worst = worst_weight(r->m, out);
    memset(d.twos, 0, sizeof d.twos);
    d.ways[0][0] = 0;
    for (int j = 0; j < count; j++) {
        d.row[j] = row[j];
        d.ways[0][j + 1] = (uint16_t)((j + 1) * EXTRA);
        if (j + 1 < count)
            find_twos(&d, runes, j, damage);
    }
    d.cheapest[0] = 0;
    find_bounds(&d);
    descend(&d, 0, r->m->nodes, 0);
}

static void read_token(struct viet_repairer *r, const int32_t *runes, int count, enum viet_damage damage, bool exact, struct viet_readings *out)
{
    const uint8_t *row[VIET_TOKEN_RUNES];
    for (int j = 0; j < count; j++)
        row_of(r, runes[j], damage); /* all before the first pointer is taken: the table may move */
    for (int j = 0; j < count; j++)
        row[j] = row_of(r, runes[j], damage);
    uint16_t first, end;
    if (exact || damage == VIET_STRIPPED)
        read_skeleton(r, runes, count, row, out, &first, &end);
    else
        read_misread(r, runes, count, damage, row, out);
}

void viet_read_token(struct viet_repairer *r, const int32_t *runes, int count, enum viet_damage damage, bool exact, struct viet_readings *out)
{
    uint64_t key = 14695981039346656037u ^ ((uint64_t)damage << 1 | exact);
    for (int i = 0; i < count; i++)
        key = (key ^ (uint32_t)runes[i]) * 1099511628211u;
    struct viet_known *known = &r->memory[(key >> 17) % VIET_MEMORY];
    if (!known->used || known->key != key) {
        *known = (struct viet_known){ .key = key, .used = true };
        read_token(r, runes, count, damage, exact, &known->readings);
    }
    *out = known->readings;
}
