/* What a wording of a plan counts: kinds of product, their number, and the reform field it belongs to. */
#include "modules/task/task.h"
#include "platform/base/text.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* The first kind whose word stands earliest in the wording is taken; of equals the longer word. */
const struct task_kind task_kinds[] = {
    { "article", "Tin, bài", "tin bai|bai viet|tin|bai|chuyen muc|phong su|bai dang" },
    { "video", "Video, phóng sự", "video|clip|phim|phong su hinh" },
    { "broadcast", "Buổi phát thanh", "phat thanh|loa truyen thanh|loa phong thanh|phat loa" },
    { "poster", "Pa nô, áp phích, băng rôn", "pa no|pano|ap phich|poster|bang ron|khau hieu|tranh co dong|bang dien tu" },
    { "leaflet", "Tờ rơi, tờ gấp", "to roi|to gap|so tay|tai lieu" },
    { "meeting", "Hội nghị, cuộc họp", "hoi nghi|hoi thao|toa dam|giao ban|hop|doi thoai|buoi|cuoc" },
    { "training", "Tập huấn", "tap huan|lop|boi duong|dao tao" },
    { "contest", "Cuộc thi", "cuoc thi|hoi thi|bai thi|thi truc tuyen" },
    { "survey", "Khảo sát", "khao sat|phieu" },
    { "procedure", "Thủ tục được công khai", "thu tuc hanh chinh|thu tuc|tthc|niem yet" },
    { "report", "Báo cáo", "bao cao" },
    { "document", "Kế hoạch, văn bản", "ke hoach|van ban|quyet dinh|cong van|quy che|quy trinh" },
    { "photo", "Ảnh", "anh|hinh anh" },
    { "other", "Khác", "" },
    { 0 },
};

/* Words of two syllables whose second one, without its marks, looks like a product. */
static const char *const compounds[] = { "thong tin", "uy tin", "phoi hop", "tong hop", "to hop", "phu hop", "tich hop", "ket hop", "hop ly" };

static bool in_compound(const char *key, const char *at)
{
    for (size_t i = 0; i < sizeof compounds / sizeof compounds[0]; i++) {
        const char *second = strchr(compounds[i], ' ') + 1;
        size_t before = (size_t)(second - compounds[i]);
        if ((size_t)(at - key) >= before && strncmp(at - before, compounds[i], strlen(compounds[i])) == 0)
            return true;
        if (strncmp(at, compounds[i], strlen(compounds[i])) == 0)
            return true;
    }
    return false;
}

/* Position of a whole word or group of words in a key; -1 when it is not there. */
static long word_at(const char *key, const char *word, size_t length)
{
    for (const char *at = key; (at = strchr(at, word[0])) != NULL; at++)
        if (strncmp(at, word, length) == 0 && (at == key || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0') &&
            !in_compound(key, at))
            return at - key;
    return -1;
}

/* Earliest place of any of the words between '|'; the longest word found there in *longest. */
static long any_at(const char *key, const char *words, size_t *longest)
{
    long best = -1;
    *longest = 0;
    while (*words != '\0') {
        size_t length = strcspn(words, "|");
        long at = word_at(key, words, length);
        if (at >= 0 && (best < 0 || at < best || (at == best && length > *longest)))
            best = at, *longest = length;
        words += length + (words[length] == '|');
    }
    return best;
}

/* The first number that stands before a word, as "02 bài", and is not part of a date or document number. */
static int64_t quantity_of(struct arena *a, const char *wording)
{
    char *text = text_fold(a, wording);
    for (const char *at = text; *at != '\0'; at++) {
        if (!isdigit((unsigned char)*at))
            continue;
        bool bare = at == text || strchr(" (:;,", at[-1]) != NULL;
        int64_t value = 0;
        for (; (isdigit((unsigned char)*at) || (*at == '.' && isdigit((unsigned char)at[1]))) && value < 100000000; at++)
            if (*at != '.')
                value = value * 10 + (*at - '0');
        if (bare && at[0] == ' ' && isalpha((unsigned char)at[1]))
            return value;
        if (*at == '\0')
            break;
    }
    return 0;
}

const char *task_kind_of(struct arena *a, const char *wording, int64_t *quantity)
{
    const char *key = text_key(a, wording == NULL ? "" : wording);
    const char *found = "other";
    long best = -1;
    size_t best_length = 0;
    for (const struct task_kind *kind = task_kinds; kind->code != NULL; kind++) {
        size_t length;
        long at = any_at(key, kind->words, &length);
        if (at >= 0 && (best < 0 || at < best || (at == best && length > best_length)))
            best = at, best_length = length, found = kind->code;
    }
    *quantity = wording == NULL ? 0 : quantity_of(a, wording);
    return found;
}

int task_area_of(struct arena *a, const char *heading, const char *title)
{
    static const char *const words[] = {
        "", /* in the order of table task_area */
        "cai cach the che|the che|quy pham phap luat",
        "thu tuc hanh chinh|tthc|mot cua|dich vu cong",
        "bo may|to chuc bo may|sap xep|tinh gon",
        "cong vu|cong chuc|vien chuc|dao duc|ky luat|ky cuong|thai do phuc vu",
        "tai chinh cong|tai chinh|tu chu|ngan sach",
        "chinh quyen so|chinh quyen dien tu|chuyen doi so|vneid|vssid|ho so suc khoe dien tu|benh an dien tu|khong dung tien mat|de an 06",
    };
    const char *const texts[] = { heading, title };
    for (size_t t = 0; t < 2; t++) {
        const char *key = text_key(a, texts[t] == NULL ? "" : texts[t]);
        int found = 0;
        long best = -1;
        for (int area = 1; area <= 6; area++) {
            size_t length;
            long at = any_at(key, words[area], &length);
            if (at >= 0 && (best < 0 || at < best))
                best = at, found = area;
        }
        if (found != 0)
            return found;
    }
    return 0;
}
