/* Labels of a task ("Đơn vị chủ trì:", "Thời gian:") and headers of task tables, found by their words. */
#include "modules/document/document_fold.h"
#include "plan_parts.h"
#include "platform/base/text.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { LABEL_WORDS = 9, LABEL_BYTES = 90, LABELS_MOST = 24, COLONS_MOST = 60, BARE_LONGEST = 220, YEAR_ANY = 2000 };

/* Every word of a label before a colon is one of these, so that "Phòng A và các khoa:" is none. */
static const char *const vocabulary[] = {
    "don", "vi", "bo", "phan", "co", "quan", "phong", "ban", "khoa", "to", "chuc", "ca", "nhan", "nguoi", "can", "chu", "tri",
    "phoi", "hop", "thuc", "hien", "tham", "muu", "dau", "moi", "trach", "nhiem", "chiu", "phu", "thoi", "gian", "han", "tien",
    "do", "diem", "hoan", "thanh", "tan", "suat", "so", "luong", "dinh", "ky", "san", "pham", "ket", "qua", "ra", "hoat", "dong",
    "kinh", "phi", "nguon", "luc", "phan", "cong", "chinh", "lien", "quan", "va", "du", "kien", "yeu", "cau", "bao", "cao",
    "trien", "khai", "dat", "duoc", "giao", "lanh", "dao", "chi", "cung", "cac", "tham", "gia", "xay", "dung", "trinh", "nop",
    "lo", "thuc", "hien", "tai", "cap", "toan", "thu", "muc", "tieu", "hinh", "noi", "dia", "ghi", "doi", "tuong", "cu", "the",
};

static const struct {
    enum plan_label label;
    const char *phrase; /* the first that is found decides; "|" parts what must stand together */
} keywords[] = {
    { LABEL_BOTH, "chu tri|phoi hop" }, { LABEL_BOTH, "thuc hien|phoi hop thuc hien" }, { LABEL_PARTNER, "phoi hop" },
    { LABEL_PARTNER, "don vi lien quan" }, { LABEL_PARTNER, "don vi tham gia" }, { LABEL_PARTNER, "cung thuc hien" },
    { LABEL_FREQUENCY, "tan suat" }, { LABEL_FREQUENCY, "dinh ky" }, { LABEL_PRODUCT, "san pham" },
    { LABEL_PRODUCT, "ket qua" }, { LABEL_PRODUCT, "dau ra" }, { LABEL_TIME, "thoi gian" }, { LABEL_TIME, "thoi han" },
    { LABEL_TIME, "tien do" }, { LABEL_TIME, "thoi diem" }, { LABEL_TIME, "han hoan thanh" }, { LABEL_TIME, "lo trinh" },
    { LABEL_TIME, "hoan thanh" }, { LABEL_TIME, "han thuc hien" }, { LABEL_TIME, "han nop" }, { LABEL_BUDGET, "kinh phi" },
    { LABEL_BUDGET, "nguon luc" }, { LABEL_BUDGET, "du toan" }, { LABEL_LEAD, "chu tri" }, { LABEL_LEAD, "tham muu" },
    { LABEL_LEAD, "dau moi" }, { LABEL_LEAD, "trach nhiem" }, { LABEL_LEAD, "phu trach" }, { LABEL_LEAD, "phan cong" },
    { LABEL_LEAD, "don vi thuc hien" }, { LABEL_LEAD, "bo phan thuc hien" }, { LABEL_LEAD, "co quan thuc hien" },
    { LABEL_LEAD, "nguoi thuc hien" }, { LABEL_LEAD, "don vi duoc giao" }, { LABEL_LEAD, "ca nhan thuc hien" },
    { LABEL_LEAD, "phong thuc hien" }, { LABEL_LEAD, "khoa thuc hien" }, { LABEL_LEAD, "don vi chinh" },
};

/* A column may also be named by these; before a colon they would be a heading or a unit's name. */
static const struct {
    enum plan_label label;
    const char *phrase;
} columns[] = {
    { LABEL_OTHER, "ghi chu" }, { LABEL_OTHER, "can cu" }, { LABEL_OTHER, "theo doi" }, { LABEL_OTHER, "muc tieu" },
    { LABEL_OTHER, "ngay giao" }, { LABEL_OTHER, "lanh dao" }, { LABEL_OTHER, "trinh" }, { LABEL_OTHER, "dia diem" },
    { LABEL_OTHER, "doi tuong" }, { LABEL_OTHER, "hinh thuc" },
    { LABEL_TITLE, "nhiem vu" }, { LABEL_TITLE, "noi dung" }, { LABEL_TITLE, "cong viec" }, { LABEL_TITLE, "hoat dong" },
    { LABEL_TITLE, "ten" }, { LABEL_LEAD, "don vi" }, { LABEL_LEAD, "bo phan" }, { LABEL_LEAD, "co quan" }, { LABEL_LEAD, "thuc hien" },
    { LABEL_TIME, "ngay" }, { LABEL_TIME, "han" }, { LABEL_NUMBER, "stt" }, { LABEL_NUMBER, "tt" }, { LABEL_NUMBER, "so tt" },
};

/* The usual labels as fold_loose gives them, to compare what scanners left as a whole. */
static const struct {
    enum plan_label label;
    const char *phrase;
} usual[] = {
    { LABEL_LEAD, "don vi chu tri" }, { LABEL_LEAD, "bo phan chu tri" }, { LABEL_LEAD, "co quan chu tri" },
    { LABEL_LEAD, "don vi chu tri thuc hien" }, { LABEL_LEAD, "don vi thuc hien" }, { LABEL_LEAD, "trach nhiem thuc hien" },
    { LABEL_LEAD, "bo phan thuc hien" }, { LABEL_LEAD, "chu tri" }, { LABEL_LEAD, "don vi tham muu" },
    { LABEL_PARTNER, "don vi phoi hop" }, { LABEL_PARTNER, "bo phan phoi hop" }, { LABEL_PARTNER, "co quan phoi hop" },
    { LABEL_PARTNER, "don vi phoi hop thuc hien" }, { LABEL_PARTNER, "phoi hop" }, { LABEL_TIME, "thoi gian" },
    { LABEL_TIME, "thoi gian thuc hien" }, { LABEL_TIME, "thoi gian hoan thanh" }, { LABEL_TIME, "thoi han" },
    { LABEL_TIME, "thoi han hoan thanh" }, { LABEL_TIME, "tien do" }, { LABEL_TIME, "tien do thuc hien" },
    { LABEL_FREQUENCY, "tan suat" }, { LABEL_PRODUCT, "san pham" }, { LABEL_PRODUCT, "ket qua" },
    { LABEL_PRODUCT, "ket qua dau ra" }, { LABEL_PRODUCT, "ket qua san pham" }, { LABEL_BUDGET, "kinh phi" },
    { LABEL_BUDGET, "kinh phi thuc hien" }, { LABEL_BUDGET, "nguon kinh phi" },
};

static bool has_words(const char *key, const char *phrase)
{
    size_t length = strlen(phrase);
    for (const char *at = key; (at = strstr(at, phrase)) != NULL; at++)
        if ((at == key || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return true;
    return false;
}

/* "chu tri|phoi hop": both. */
static bool has_all(const char *key, const char *phrases)
{
    char phrase[32];
    for (;;) {
        size_t length = strcspn(phrases, "|");
        snprintf(phrase, sizeof phrase, "%.*s", (int)length, phrases);
        if (!has_words(key, phrase))
            return false;
        if (phrases[length] == '\0')
            return true;
        phrases += length + 1;
    }
}

static bool only_label_words(const char *key)
{
    size_t count = 0;
    while (*key != '\0') {
        size_t length = strcspn(key, " ");
        bool known = false;
        for (size_t k = 0; k < sizeof vocabulary / sizeof vocabulary[0] && !known; k++)
            known = strncmp(vocabulary[k], key, length) == 0 && vocabulary[k][length] == '\0';
        if (!known || ++count > LABEL_WORDS)
            return false;
        key += length;
        key += *key == ' ';
    }
    return true;
}

static enum plan_label by_likeness(struct arena *a, const char *phrase)
{
    char *loose = fold_loose(a, phrase);
    size_t length = strlen(loose);
    int best = 1000;
    enum plan_label label = LABEL_NONE;
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++) {
        const char *like = usual[i].phrase;
        size_t size = strlen(like);
        int limit = (int)(size * 3 / 10);
        int distance = fold_distance(loose, length, like, size, limit);
        if (distance <= limit && distance < best) {
            best = distance;
            label = usual[i].label;
        }
    }
    return label;
}

enum plan_label plan_label_of(struct arena *a, const char *phrase, size_t length, bool damaged, bool column)
{
    char key[LABEL_BYTES + 2];
    fold_key(key, sizeof key, phrase, length);
    if (key[0] == '\0' || strlen(key) > LABEL_BYTES)
        return LABEL_NONE;
    if (column || only_label_words(key)) {
        for (size_t i = 0; column && i < 4; i++) /* "Lãnh đạo theo dõi" names nobody who does the work */
            if (has_words(key, columns[i].phrase))
                return columns[i].label;
        for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i++)
            if (has_all(key, keywords[i].phrase))
                return keywords[i].label;
        if (!column && strcmp(key, "thuc hien") == 0)
            return LABEL_DOES;
        for (size_t i = 0; column && i < sizeof columns / sizeof columns[0]; i++)
            if (has_words(key, columns[i].phrase))
                return columns[i].label;
    }
    return damaged && length < LABEL_BYTES ? by_likeness(a, arena_copy_n(a, phrase, length)) : LABEL_NONE;
}

static bool names_an_end(struct arena *a, const char *name)
{
    char *key = text_key(a, name);
    return has_words(key, "hoan thanh") || has_words(key, "thoi han") || has_words(key, "han");
}

/* Where a label that ends at the colon may begin: after a sentence, a semicolon, a bracket, a dash between spaces. */
static const char *label_start(const char *text, const char *colon)
{
    const char *at = colon;
    while (at > text && colon - at < LABEL_BYTES) {
        char before = at[-1];
        if (strchr(".;(!?\n[", before) != NULL && !(before == '.' && *at != ' '))
            break;
        if (at >= text + 3 && at[-1] == ' ' && (at[-2] == '-' || at[-2] == '+') && at[-3] == ' ')
            break;
        at--;
    }
    while (*at == ' ' || *at == '-' || *at == '+' || *at == '*')
        at++;
    return at;
}

static const char *value_of(struct arena *a, const char *from, const char *to)
{
    while (to > from && strchr(" ;,-+(\n", to[-1]) != NULL)
        to--;
    char *value = text_trim(a, arena_copy_n(a, from, (size_t)(to - from)));
    size_t length = strlen(value);
    size_t bare = length;
    while (bare > 0 && strchr(".;,", value[bare - 1]) != NULL)
        bare--;
    if (bare > 0 && value[bare - 1] == ')' && strchr(value, '(') == NULL) /* opened before the label */
        value[bare - 1] = '\0';
    return value;
}

struct found {
    const char *start, *colon;
    enum plan_label label;
};

static enum plan_label label_behind_comma(struct arena *a, const char **start, const char *colon)
{
    const char *comma = colon;
    while (comma > *start && *comma != ',')
        comma--;
    if (*comma != ',')
        return LABEL_NONE;
    const char *from = comma + 1 + strspn(comma + 1, " ");
    enum plan_label label = from < colon ? plan_label_of(a, from, (size_t)(colon - from), false, false) : LABEL_NONE;
    if (label != LABEL_NONE)
        *start = from;
    return label;
}

static size_t find_labels(struct arena *a, const char *text, bool damaged, struct found *found)
{
    size_t count = 0;
    const char *floor = text;
    int colons = 0;
    for (const char *colon = text; (colon = strchr(colon, ':')) != NULL && count < LABELS_MOST && colons++ < COLONS_MOST; colon++) {
        if (colon[1] == '/' || (colon > text && isdigit((unsigned char)colon[-1]) && isdigit((unsigned char)colon[1])))
            continue;
        const char *start = label_start(floor, colon);
        if (start >= colon)
            continue;
        enum plan_label label = plan_label_of(a, start, (size_t)(colon - start), damaged, false);
        if (label == LABEL_NONE) /* "Đơn vị chủ trì: A, thời gian: B" */
            label = label_behind_comma(a, &start, colon);
        if (label == LABEL_NONE)
            continue;
        found[count++] = (struct found){ start, colon, label };
        floor = colon + 1;
    }
    return count;
}

/* "Đơn vị thực hiện là Phòng A", "Thời gian hoàn thành trước ngày …": a line that is a label without its colon. */
static bool bare_label(struct arena *a, const char *text, struct plan_labelled *out)
{
    static const struct {
        enum plan_label label;
        const char *phrase;
    } bare[] = { { LABEL_LEAD, "don vi chu tri" }, { LABEL_LEAD, "don vi thuc hien" }, { LABEL_LEAD, "bo phan chu tri" }, { LABEL_LEAD, "co quan chu tri" },
                 { LABEL_LEAD, "bo phan thuc hien" }, { LABEL_PARTNER, "don vi phoi hop" }, { LABEL_PARTNER, "bo phan phoi hop" },
                 { LABEL_PARTNER, "co quan phoi hop" }, { LABEL_TIME, "thoi gian thuc hien" }, { LABEL_TIME, "thoi gian hoan thanh" },
                 { LABEL_TIME, "thoi han hoan thanh" }, { LABEL_TIME, "hoan thanh" } };
    if (strlen(text) > BARE_LONGEST)
        return false;
    struct folded f = fold_text(a, text);
    for (size_t i = 0; i < sizeof bare / sizeof bare[0]; i++) {
        size_t length = strlen(bare[i].phrase);
        if (strncmp(f.key, bare[i].phrase, length) != 0 || f.key[length] != ' ')
            continue;
        const char *value = text + f.at[length];
        value += strspn(value, " -");
        if (text_starts(value, "là "))
            value += strlen("là ");
        bool time = bare[i].label == LABEL_TIME;
        bool good = time ? plan_time_of(a, value, NULL, YEAR_ANY, false).kind != PLAN_NO_TIME && !plan_is_unit(a, value) : plan_is_unit(a, value);
        if (!good)
            return false;
        *out = (struct plan_labelled){ .label = bare[i].label, .name = arena_copy_n(a, text, (size_t)(value - text)), .value = value_of(a, value, value + strlen(value)),
                                       .completes = time && names_an_end(a, arena_copy_n(a, text, (size_t)(value - text))) };
        return true;
    }
    return false;
}

/* "Phối hợp: các khoa. Hoàn thành trong tháng 9": a label without its colon closes the last value. Returns how many
 * were parted into the place behind. */
static size_t part_last(struct arena *a, struct plan_labelled *last)
{
    for (const char *at = last->value; (at = strstr(at, ". ")) != NULL; at++)
        if (bare_label(a, at + 2, &last[1])) {
            last->value = value_of(a, last->value, at);
            return 1;
        }
    return 0;
}

size_t plan_cut_labels(struct arena *a, const char *text, bool damaged, const char **head, struct plan_labelled **labels)
{
    struct found found[LABELS_MOST];
    size_t count = find_labels(a, text, damaged, found);
    struct plan_labelled one;
    *head = text;
    if (count == 0 && bare_label(a, text, &one)) {
        *head = "";
        *labels = arena_array(a, 1, sizeof **labels);
        **labels = one;
        return 1;
    }
    if (count == 0)
        return 0;
    *head = value_of(a, text, found[0].start);
    *labels = arena_array(a, count + 1, sizeof **labels);
    for (size_t i = 0; i < count; i++) {
        const char *end = i + 1 < count ? found[i + 1].start : text + strlen(text);
        char *name = arena_copy_n(a, found[i].start, (size_t)(found[i].colon - found[i].start));
        (*labels)[i] = (struct plan_labelled){ .label = found[i].label, .name = name, .value = value_of(a, found[i].colon + 1, end),
                                               .completes = names_an_end(a, name) };
    }
    return count + part_last(a, &(*labels)[count - 1]);
}
