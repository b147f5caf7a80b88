#include "platform/viet/viet_model.h"
#include "platform/base/text.h"
#include <assert.h>
#include <pthread.h>
#include <string.h>
#include <utf8proc.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the model is stored as little-endian numbers");

extern const unsigned char viet_model_bytes[]; /* the build puts platform/viet/viet_model.bin there */

enum { MAGIC_BYTES = 8, NUMBERS = 8, ARRAYS = 22, PLAIN_FROM = 0xC0, PLAIN_TO = 0x1F00 };

static struct viet_model model;
static char plain_of[PLAIN_TO];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void fill_plain(void)
{
    for (int32_t rune = PLAIN_FROM; rune < PLAIN_TO; rune++) {
        utf8proc_int32_t parts[8];
        utf8proc_ssize_t count = utf8proc_decompose_char(rune, parts, 8, UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD, NULL);
        bool letter = count > 0 && count <= 8 && parts[0] >= 'a' && parts[0] <= 'z';
        plain_of[rune] = letter ? (char)parts[0] : '\0';
    }
    plain_of[0x110] = plain_of[0x111] = 'd';
}

static void open_model(void)
{
    uint32_t numbers[NUMBERS], at[ARRAYS];
    const unsigned char *b = viet_model_bytes;
    assert(memcmp(b, "VIETLM02", MAGIC_BYTES) == 0);
    memcpy(numbers, b + MAGIC_BYTES, sizeof numbers);
    memcpy(at, b + MAGIC_BYTES + sizeof numbers, sizeof at);
    assert(numbers[0] == VIET_LETTERS);
    model = (struct viet_model){
        .keys = numbers[1], .words = numbers[2], .pairs = numbers[3], .triples = numbers[4], .nodes = numbers[5],
        .signs = numbers[6], .twos = numbers[7],
        .letters = (const void *)(b + at[0]), .key = (const void *)(b + at[1]), .key_first = (const void *)(b + at[2]),
        .text_at = (const void *)(b + at[3]), .texts = (const void *)(b + at[4]), .single = b + at[5], .sound = b + at[6],
        .pair_start = (const void *)(b + at[7]), .second = (const void *)(b + at[8]), .pair = b + at[9],
        .triple_start = (const void *)(b + at[10]), .third = (const void *)(b + at[11]), .triple = b + at[12],
        .node_letter = b + at[13], .node_word = (const void *)(b + at[14]), .node_end = (const void *)(b + at[15]),
        .node_best = b + at[16], .sign = (const void *)(b + at[17]), .one = b + at[18], .gone = b + at[19],
        .two_key = (const void *)(b + at[20]), .two = b + at[21],
    };
    fill_plain();
}

const struct viet_model *viet_model(void)
{
    pthread_once(&once, open_model);
    return &model;
}

uint64_t viet_key(const char *plain, size_t length)
{
    uint64_t key = 0;
    if (length == 0 || length > VIET_WORD_LETTERS)
        return 0;
    for (size_t i = 0; i < VIET_WORD_LETTERS; i++) {
        unsigned char letter = i < length ? (unsigned char)plain[i] : 0;
        if (i < length && (letter < 'a' || letter > 'z'))
            return 0;
        key = key << 8 | letter;
    }
    return key;
}

bool viet_readings(const struct viet_model *m, uint64_t key, uint16_t *first, uint16_t *end)
{
    uint32_t low = 0, high = m->keys;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (m->key[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    if (key == 0 || low == m->keys || m->key[low] != key)
        return false;
    *first = m->key_first[low];
    *end = m->key_first[low + 1];
    return true;
}

const char *viet_text(const struct viet_model *m, uint16_t word)
{
    return m->texts + m->text_at[word];
}

uint16_t viet_word(const struct viet_model *m, const char *word)
{
    char plain[VIET_WORD_LETTERS];
    size_t length = 0;
    int32_t rune;
    for (const char *at = word; *at != '\0'; length++) {
        at = text_next(at, &rune);
        if (length == VIET_WORD_LETTERS)
            return VIET_UNKNOWN;
        plain[length] = viet_plain(rune);
    }
    uint16_t first, end;
    if (!viet_readings(m, viet_key(plain, length), &first, &end))
        return VIET_UNKNOWN;
    for (uint16_t i = first; i < end; i++)
        if (strcmp(viet_text(m, i), word) == 0)
            return i;
    return VIET_UNKNOWN;
}

/* Where `then` stands in a rising part of an array, or -1. */
static int64_t find(const uint16_t *values, uint32_t low, uint32_t high, uint16_t then)
{
    uint32_t end = high;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (values[middle] < then)
            low = middle + 1;
        else
            high = middle;
    }
    return low < end && values[low] == then ? (int64_t)low : -1;
}

int64_t viet_pair(const struct viet_model *m, uint16_t first, uint16_t then)
{
    if (first >= m->words || then >= m->words)
        return -1;
    return find(m->second, m->pair_start[first], m->pair_start[first + 1], then);
}

uint8_t viet_triple(const struct viet_model *m, int64_t pair, uint16_t then)
{
    if (pair < 0)
        return VIET_NEVER;
    int64_t at = find(m->third, m->triple_start[pair], m->triple_start[pair + 1], then);
    return at < 0 ? VIET_NEVER : m->triple[at];
}

int32_t viet_small(int32_t rune)
{
    return rune < 0x80 ? (rune >= 'A' && rune <= 'Z' ? rune + 32 : rune) : utf8proc_tolower(rune);
}

char viet_plain(int32_t rune)
{
    if (rune < 0x80)
        return rune >= 'a' && rune <= 'z' ? (char)rune : rune >= 'A' && rune <= 'Z' ? (char)(rune + 32) : '\0';
    viet_model();
    return rune < PLAIN_TO ? plain_of[rune] : '\0';
}

int viet_letter(const struct viet_model *m, int32_t rune)
{
    int low = 0, high = VIET_LETTERS;
    while (low < high) {
        int middle = (low + high) / 2;
        if (m->letters[middle] < (uint32_t)rune)
            low = middle + 1;
        else
            high = middle;
    }
    return low < VIET_LETTERS && m->letters[low] == (uint32_t)rune ? low : -1;
}
