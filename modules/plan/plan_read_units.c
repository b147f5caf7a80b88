/* Names of units and people in a cell or sentence: where one name ends and the next begins. */
#include "modules/document/document_fold.h"
#include "plan_mark.h"
#include "plan_parts.h"
#include "platform/base/text.h"
#include <ctype.h>
#include <string.h>
#include <utf8proc.h>

enum { KEY_BYTES = 64, UNITS_MOST = 400, SHORT_NAME = 14 };

/* Words that begin the name of a unit or of a set of units. */
static const char *const head_words[] = {
    "phong", "khoa", "tram", "trung tam", "benh vien", "so", "ban", "van phong", "to", "doi", "bo phan", "bo", "chi cuc", "cuc",
    "uy ban", "ubnd", "hdnd", "hoi dong", "hoi", "doan", "cong doan", "chi bo", "dang uy", "chi doan", "lanh dao", "giam doc",
    "truong", "thu truong", "don vi", "co quan", "ttyt", "phong kham", "nha", "vien", "benh xa", "bcd", "thanh tra", "nhom",
    "p", "k", "pho giam doc", "tyt", "tat ca", "toan the", "toan bo", "vien chuc", "to cong tac", "bo phan mot cua",
    "uy vien", "thanh vien", "dia phuong", "xa", "dang bo", "ke toan", "chi hoi", "ban giam doc", "cong an", "bao hiem",
    "vu", "tong cuc", "syt", "vp", "bv", "bvdk", "ttkssbt", "ttksbt", "cdc", "bhxh", "dai", "bao", "kho bac", "ngan hang", "mat tran", "mttq", "ubmttq", "ubmttqvn", "lien doan",
    "tinh doan", "thanh doan", "huyen doan", "quan doan", "hoc vien", "vien kiem sat", "toa an", "cong ty", "doanh nghiep", "vnpt", "viettel", "buu dien",
    "phan xuong", "kho", "diem tram", "co so", "chi nhanh", "phan vien", "tong cong ty", "tap doan", "pho truong", "chanh van phong",
    "chu tich", "pho chu tich", "bi thu", "ke toan truong", "dieu duong truong", "van thu", "bqp", "bca",
    "byt", "bnv", "doan thanh nien", "lien minh", "hiep hoi", "lam viec nhom", "nguoi dung dau", "nguoi phu trach", "cap uy", "hop tac xa",
};
static const char *const set_words[] = { "cac", "toan the", "tat ca", "toan bo", "moi", "tung", "nhung" };

/* Two words that begin like a unit and are part of a name or no name at all: "phòng chống", "số hóa", "tổ chức". */
static const char *const false_heads[] = {
    "phong chong", "phong benh", "phong ngua", "phong dich", "phong chay", "to chuc", "so hoa", "so lieu", "so luong", "so sach", "bo may", "bo tri",
    "doi moi", "doi ngoai", "doi song", "hoi nhap", "hoi nghi", "hoi thao", "hoi chan", "ban hanh", "vien phi", "nha nuoc", "khoa hoc", "xa hoi",
    "bao hiem y te", "truong hop", "ban do", "khoa giao", "nha o", "bao ve", "bao tro", "bao cao", "bao chi", "bao dam", "vu viec", "dai hoi", "kho khan",
    "quan ly", "quan trac", "quan he", "co cau", "co che", "moi truong", "ban than", "quan nhan", "quan su", "doan the", "ban bao ve", "nhom thuoc", "kho thuoc",
    "bao tri", "bao duong", "bao mat", "hop dong", "bo sung", "bo nhiem", "so sanh", "so tay", "so ket", "to khai", "hoi dap", "hoi thi", "doi chieu",
    "doi thoai", "doi tuong", "phong trao",
};
static const char *const surnames[] = { "nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do", "ho", "ngo",
    "duong", "ly", "dinh", "truong", "dao", "doan", "trinh", "lam", "mai", "cao", "luong", "ha", "chu", "ta", "to", "thai", "quach", "la", "luu" };
static const char *const addresses[] = { "d c", "dong chi", "ong", "ba", "bs", "bac si", "ths", "cn", "ds", "dd", "bscki", "bsckii", "ts" };

void plan_list_add(struct arena *a, struct plan_list *list, const char *text)
{
    if (text_blank(text))
        return;
    list->items = arena_grow(a, list->items, sizeof *list->items, &list->capacity, list->count + 1);
    list->items[list->count++] = text;
}

static bool starts_with_word(const char *key, const char *word)
{
    size_t length = strlen(word);
    return strncmp(key, word, length) == 0 && (key[length] == ' ' || key[length] == '\0' || key[length] == '.');
}

/* Long heads may have lost a letter on a scan: "Vin phòng", "Trung tim". */
static bool starts_nearly(const char *key, const char *word)
{
    size_t length = strlen(word);
    return length >= 8 && strlen(key) >= length && (key[length] == ' ' || key[length] == '\0') && fold_distance(key, length, word, length, 1) <= 1;
}

static bool in_list(const char *key, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (starts_with_word(key, words[i]) || starts_nearly(key, words[i]))
            return true;
    return false;
}

static bool starts_set(const char *key)
{
    if (key[0] == 'c' && key[1] != '\0' && key[2] == 'c' && key[3] == ' ') /* "các", also as "cic" */
        return true;
    if (starts_with_word(key, "moi truong"))
        return false;
    return in_list(key, set_words, sizeof set_words / sizeof set_words[0]);
}

static bool false_head(const char *key)
{
    for (size_t i = 0; i < sizeof false_heads / sizeof false_heads[0]; i++)
        if (starts_with_word(key, false_heads[i]))
            return true;
    return false;
}

static bool starts_unit(const char *key)
{
    return in_list(key, head_words, sizeof head_words / sizeof head_words[0]);
}

bool plan_is_unit(struct arena *a, const char *text)
{
    static const char *const openers[] = { "giao", "trach nhiem cua", "trach nhiem", "doi voi", "de nghi", "yeu cau", "thu truong" };
    char buffer[KEY_BYTES], *key = buffer;
    (void)a;
    fold_key(buffer, sizeof buffer, text, KEY_BYTES * 4);
    for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++)
        if (starts_with_word(key, openers[i]) && key[strlen(openers[i])] == ' ') {
            key += strlen(openers[i]) + 1;
            break;
        }
    return (starts_unit(key) && !false_head(key)) || starts_set(key);
}

static bool capital(const char *text)
{
    int32_t rune = 0;
    while (*text == ' ')
        text++;
    text_next(text, &rune);
    return utf8proc_tolower(rune) != rune;
}

/* ---- what stands behind a comma, "và" or a slash ---- */

/* How many words of the text the key's first head takes: "phòng" 1, "bộ phận" 2; 0: no head. The longest counts. */
static int words_of_head(const char *key)
{
    int most = 0;
    for (size_t i = 0; i < sizeof head_words / sizeof head_words[0]; i++) {
        if (!starts_with_word(key, head_words[i]))
            continue;
        int words = 1;
        for (const char *at = head_words[i]; *at != '\0'; at++)
            words += *at == ' ';
        most = words > most ? words : most;
    }
    return most;
}

static const char *skip_words(const char *text, int words)
{
    text += strspn(text, " \n");
    while (words-- > 0) {
        text += strcspn(text, " .\n");
        text += strspn(text, " .\n");
    }
    return text;
}

/* "Nguyễn Văn A", "đ/c Lê B": capitalised words after a family name or a form of address. */
static bool starts_person(const char *key, const char *text)
{
    for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++)
        if (starts_with_word(key, addresses[i]) && capital(skip_words(text, strchr(addresses[i], ' ') != NULL && addresses[i][1] != ' ' ? 2 : 1)))
            return true;
    if (!in_list(key, surnames, sizeof surnames / sizeof surnames[0]))
        return false;
    int words = 0;
    for (const char *at = text + strspn(text, " "); *at != '\0' && strchr(",;\n(/", *at) == NULL; words++) {
        if (!capital(at))
            return false;
        at += strcspn(at, " ,;\n(/");
        at += strspn(at, " ");
    }
    return words >= 2 && words <= 5;
}

/* "KHNV", "TC-KT": a name of capitals alone, before the next separator. */
static bool is_short_name(const char *text)
{
    text += strspn(text, " ");
    size_t length = strcspn(text, ",;\n&");
    const char *and = strstr(text, " và ");
    if (and != NULL && and < text + length)
        length = (size_t)(and - text);
    while (length > 0 && strchr(" .", text[length - 1]) != NULL)
        length--;
    int letters = 0;
    const char *end = text + length;
    for (int32_t rune; text < end;) {
        text = text_next(text, &rune);
        bool upper = utf8proc_category(rune) == UTF8PROC_CATEGORY_LU;
        if (!upper && rune != '-' && rune != '&')
            return false;
        letters += upper;
    }
    return letters >= 2 && length <= SHORT_NAME;
}

/* The last word before is such a short name, or one with "Phòng" before it: then more of them may follow. */
static bool ends_short(const char *from, const char *at)
{
    while (at > from && at[-1] == ' ')
        at--;
    const char *word = at;
    while (word > from && word[-1] != ' ' && word[-1] != '\n')
        word--;
    char copy[SHORT_NAME * 2 + 2] = { 0 };
    if ((size_t)(at - word) >= sizeof copy)
        return false;
    memcpy(copy, word, (size_t)(at - word));
    return is_short_name(copy);
}

/* "Trạm Y tế", "Phòng", "Trạm Y tế xã, phường": a kind of unit without a name, so that it belongs to the set before it. */
static bool is_generic(const char *key)
{
    static const char *const kinds[] = { "tram", "tyt", "khoa", "phong", "ban", "to", "doi", "don vi", "bo phan", "phong kham", "diem tram" };
    static const char *const fillers[] = { "y", "te", "xa", "phuong", "dac", "khu", "vuc", "thi", "tran", "truc", "thuoc", "chuyen", "mon", "chuc", "nang", "co", "lien", "quan",
        "nghiep", "vu", "tram", "khoa", "phong", "ban", "to", "doi", "va", "don", "vi", "bo", "phan", "da", "tyt", "kham", "diem" };
    if (!in_list(key, kinds, sizeof kinds / sizeof kinds[0]))
        return false;
    while (*key != '\0') {
        size_t length = strcspn(key, " ");
        bool known = false;
        for (size_t i = 0; i < sizeof fillers / sizeof fillers[0] && !known; i++)
            known = strlen(fillers[i]) == length && strncmp(fillers[i], key, length) == 0;
        if (!known)
            return false;
        key += length + (key[length] == ' ');
    }
    return true;
}

/* "trưởng các khoa", "bộ phận liên quan", "đơn vị trực thuộc": a set although its first word is no "các". */
static bool opens_set_behind(const char *name)
{
    static const char *const words[] = { "lien quan", "co lien quan", "truc thuoc", "cac" };
    char key[KEY_BYTES];
    fold_key(key, sizeof key, name, KEY_BYTES);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (starts_with_word(key, words[i]))
            return true;
    return false;
}

static bool ends_with_word(const char *from, const char *at, const char *word)
{
    size_t length = strlen(word);
    return (size_t)(at - from) >= length && strncmp(at - length, word, length) == 0;
}

/* "trừ Khoa Dược, Phòng A": the names behind belong to the exception. */
static bool in_exception(const char *key)
{
    return strstr(key, " tru ") != NULL || strstr(key, " ngoai tru ") != NULL;
}

/* Is what stands before a separator a name of its own, so that a new one may begin after it? */
static bool part_ends(const char *before, const char *at, const char *after)
{
    char next[KEY_BYTES], first[KEY_BYTES * 4], only[KEY_BYTES];
    fold_key(next, sizeof next, after, KEY_BYTES);
    fold_key(first, sizeof first, before, (size_t)(at - before) < sizeof first ? (size_t)(at - before) : sizeof first);
    if (in_exception(first))
        return false;
    bool council = ends_with_word(before, at, "HĐND") || ends_with_word(before, at, "HDND");
    if ((council && text_starts(after + strspn(after, " "), "UBND")) || ends_with_word(before, at, "ĐBQH") ||
        ends_with_word(before, at, "HIV"))
        return false; /* "Văn phòng HĐND và UBND", "HIV/AIDS" */
    size_t length = strcspn(after, ",;\n/(&");
    const char *and = strstr(after, " và ");
    length = and != NULL && (size_t)(and - after) < length ? (size_t)(and - after) : length;
    fold_key(only, sizeof only, after, length);
    if (strcmp(first, "bao") == 0)
        return false; /* "Báo và Đài Phát thanh, Truyền hình" */
    bool set = starts_set(first) || is_generic(first);
    if (starts_set(next))
        return !set; /* "các khoa và các đơn vị thuộc …" is one set */
    if (set && is_generic(only))
        return false; /* "Các Khoa, Phòng, Trạm Y tế" */
    if (starts_person(next, after))
        return true;
    if (!set && ends_short(before, at) && is_short_name(after) && strncmp(next, "hiv", 3) != 0)
        return true;
    if (!starts_unit(next) || false_head(next) || (starts_with_word(next, "ke toan") && starts_with_word(first, "phong")))
        return false;
    const char *name = skip_words(after, words_of_head(next));
    bool within = (size_t)(name - after) < length; /* "viên chức; Phòng B": what follows is another's name */
    if (!set && within && opens_set_behind(name))
        return true;
    bool named = within && (capital(name) || isdigit((unsigned char)*name));
    return capital(after) || (named && !set && *name != '\0');
}

/* Bytes of a word that joins two names: " và ", " & ", " cùng với ". */
static size_t joint_length(const char *at)
{
    static const char *const joints[] = { " và ", " va ", " & ", " cùng với ", " cùng ", " với " };
    for (size_t i = 0; *at == ' ' && i < sizeof joints / sizeof joints[0]; i++)
        if (text_starts(at, joints[i]))
            return strlen(joints[i]);
    return 0;
}

static const char *name_only(struct arena *a, const char *text)
{
    char *name = text_squeeze(a, text);
    while (*name == '-' || *name == '+' || *name == ' ' || *name == ';' || *name == ',' || *name == '*' || *name == '/')
        name++;
    if (text_starts(name, "•"))
        name += strlen("•");
    struct plan_mark_read m = plan_mark_of(a, name);
    bool counted = isdigit((unsigned char)*name) || *name == '(' || m.mark == MARK_LETTER || m.mark == MARK_DOT || m.mark == MARK_DASH;
    return plan_tidy(a, m.mark != MARK_NONE && counted && m.text[0] != '\0' ? m.text : name);
}

static void add_name(struct arena *a, struct plan_list *list, const char *from, const char *to)
{
    const char *name = name_only(a, arena_copy_n(a, from, (size_t)(to - from)));
    char key[KEY_BYTES];
    fold_key(key, sizeof key, name, KEY_BYTES);
    bool nobody = key[0] == '\0' || strcmp(key, "khong") == 0 || strcmp(key, "nt") == 0 || strcmp(key, "va") == 0 || list->count >= UNITS_MOST;
    for (size_t i = 0; i < list->count && !nobody; i++)
        nobody = strcmp(list->items[i], name) == 0;
    if (!nobody)
        plan_list_add(a, list, name);
}

/* "- Phòng A - Phòng B", "Phòng A - Phòng B": the dashes of a list on one line; "Hành chính - Tổng hợp" keeps its own. */
static bool dash_parts(const char *text, const char *at, bool bulleted)
{
    size_t word = strcspn(text, " ");
    bool twin = strncmp(at, " - ", 3) == 0 && word > 0 && strncmp(text, at + 3, word + 1) == 0; /* the same first word */
    if (at == text || (strncmp(at, " - ", 3) != 0 && strncmp(at, " + ", 3) != 0))
        return false;
    char next[KEY_BYTES];
    fold_key(next, sizeof next, at + 3, KEY_BYTES);
    return (bulleted || twin) && ((starts_unit(next) && !false_head(next)) || starts_set(next)) && capital(at + 3);
}

/* " 2. Phòng B" in a list that began with "1." */
static bool number_parts(const char *at, bool counted)
{
    size_t digits = *at == ' ' ? strspn(at + 1, "0123456789") : 0;
    return counted && digits > 0 && digits < 3 && (at[1 + digits] == '.' || at[1 + digits] == ')') && at[2 + digits] == ' ' && capital(at + 2 + digits);
}

static bool names_unit(const char *text)
{
    char key[KEY_BYTES];
    fold_key(key, sizeof key, text, KEY_BYTES);
    return (starts_unit(key) && !false_head(key)) || starts_set(key);
}

/* Words that begin a unit's name, and as often go on one behind a dash: "Tài chính - Kế toán". */
static bool goes_on_names(const char *text)
{
    static const char *const words[] = { "ke toan", "van thu", "thanh tra", "nha", "bao", "kho", "vien", "doi", "vat tu" };
    char key[KEY_BYTES];
    fold_key(key, sizeof key, text, KEY_BYTES);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (starts_with_word(key, words[i]))
            return true;
    return false;
}

/* A line that only goes on: small letter and no unit, a dash inside a name ("Phòng Tổ chức\n- Hành chính"), or the line before
 * is left open. */
static bool wrapped(const char *from, const char *at, bool bulleted)
{
    const char *after = at + strspn(at, " \n");
    if (*after == '-' && after[1] == ' ')
        return !bulleted && at > from && (!names_unit(after + 2) || goes_on_names(after + 2));
    while (at > from && at[-1] == ' ')
        at--;
    bool letter = isalpha((unsigned char)*after) || (unsigned char)*after >= 0x80;
    bool open = at > from && strchr(",-(", at[-1]) != NULL;
    return letter && !names_unit(after) && (open || (!capital(after) && (at == from || strchr(";.", at[-1]) == NULL)));
}

void plan_units_add(struct arena *a, struct plan_list *list, const char *text)
{
    const char *start = text + strspn(text, " ");
    bool bulleted = *start == '-' || *start == '+', counted = text_starts(start, "1.") || text_starts(start, "1)");
    int depth = 0;
    const char *from = text;
    for (const char *at = text; *at != '\0'; at++) {
        depth += *at == '(' ? 1 : *at == ')' && depth > 0 ? -1 : 0;
        size_t joint = joint_length(at), size = 0;
        if (*at == '\n')
            size = !wrapped(from, at, bulleted);
        else if (depth == 0 && *at == ';')
            size = 1;
        else if (depth == 0 && (*at == ',' || *at == '/') && part_ends(from, at, at + 1))
            size = 1;
        else if (depth == 0 && joint > 0 && part_ends(from, at, at + joint))
            size = joint;
        else if (depth == 0 && dash_parts(text, at, bulleted))
            size = 3;
        else if (depth == 0 && number_parts(at, counted))
            size = 1;
        if (size == 0)
            continue;
        add_name(a, list, from, at);
        from = at + size;
        at = from - 1;
    }
    add_name(a, list, from, from + strlen(from));
}
