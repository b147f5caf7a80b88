/* The words of a table's header: what a column holds. */
#include "plan_table.h"
#include "platform/base/text.h"
#include <ctype.h>
#include <string.h>

enum { HEADER_LONGEST = 70 };

bool plan_words_in(const char *key, const char *phrase)
{
    size_t length = strlen(phrase);
    for (const char *at = key; (at = strstr(at, phrase)) != NULL; at++)
        if ((at == key || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return true;
    return false;
}

static bool has_any(const char *key, const char *const *phrases)
{
    for (; *phrases != NULL; phrases++)
        if (plan_words_in(key, *phrases))
            return true;
    return false;
}

static bool starts_any(const char *key, const char *const *phrases)
{
    for (; *phrases != NULL; phrases++) {
        size_t length = strlen(*phrases);
        if (strncmp(key, *phrases, length) == 0 && (key[length] == ' ' || key[length] == '\0'))
            return true;
    }
    return false;
}

bool plan_number_header(const char *key)
{
    static const char *const names[] = { "stt", "tt", "so tt", "so thu tu", "thu tu", "s t t", "t t" };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(key, names[i]) == 0)
            return true;
    return false;
}

/* "Quý I", "Q1", "Tháng 3", "T3": a column to cross. */
static bool names_a_part_of_year(const char *key)
{
    static const char *const words[] = { "quy ", "q ", "q", "thang ", "t ", "t" };
    static const char *const quarters[] = { "i", "ii", "iii", "iv", "1", "2", "3", "4" };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (!text_starts(key, words[i]))
            continue;
        const char *rest = key + strlen(words[i]);
        size_t digits = strspn(rest, "0123456789");
        if (i >= 3 && digits > 0 && digits < 3 && rest[digits] == '\0')
            return true;
        size_t word = strcspn(rest, " ");
        bool year = rest[word] == '\0' || strspn(rest + word + 1, "0123456789") == strlen(rest + word + 1) || text_starts(rest + word + 1, "nam ");
        for (size_t k = 0; k < sizeof quarters / sizeof quarters[0] && i < 3 && year; k++)
            if (strlen(quarters[k]) == word && strncmp(quarters[k], rest, word) == 0)
                return true;
    }
    return false;
}

bool plan_names_year(const char *key)
{
    const char *digits = text_starts(key, "nam ") ? key + 4 : key;
    return strlen(digits) == 4 && strspn(digits, "0123456789") == 4;
}

static const char *const names_of_work[] = { "nhiem vu", "noi dung", "cong viec", "hoat dong", "giai phap", "dau viec", "viec", "cac nhiem vu",
    "cac noi dung", "cac hoat dong", "ten nhiem vu", "ten cong viec", "ten hoat dong", "ten van ban", "ten de an", "ten thu tuc", "ten tthc",
    "ten chuong trinh", "ten du an", "ten noi dung", "danh muc nhiem vu", "danh muc cong viec", "danh muc", "chuong trinh", "chuyen de",
    "ke hoach hoat dong", "chi tiet cong viec", "muc tieu nhiem vu", "nhom nhiem vu nhiem vu", NULL };
static const char *const units[] = { "don vi", "co quan", "bo phan", "phong", "khoa", "phong ban", "to chuc", "so nganh", NULL };
static const char *const people[] = { "nguoi", "can bo", "ca nhan", "chuyen vien", "nhan su", "dong chi", "d c", "cong chuc", "vien chuc", NULL };
static const char *const products[] = { "san pham", "ket qua", "dau ra", NULL };
static const char *const times[] = { "thoi gian", "thoi han", "tien do", "thoi diem", "lo trinh", "hoan thanh", "han nop", "han xu ly",
    "han thuc hien", "ngay thuc hien", "han chot", "moc thoi gian", NULL };
static const char *const tracking[] = { "ghi chu", "ngay giao", "muc do", "trang thai", "tinh trang", "danh gia", "theo doi", "don doc", "ma so",
    "so hieu", "kho khan", "y kien", NULL };
static const char *const others[] = { "can cu", "dia diem", "co quan ban hanh", "co quan trinh", "cap trinh", "trinh ban hanh", "cap ban hanh",
    "noi nhan", "thu huong", "doi tuong", "hinh thuc", "phuong thuc", "cach thuc", "bien phap", "tham quyen", "bao cao", "giam sat", "kiem tra", NULL };
static const char *const contacts[] = { "chuc vu", "chuc danh", "ho va ten", "ho ten", "dien thoai", "so dien thoai", "email", "nam sinh", "trinh do",
    "gioi tinh", "noi cong tac", "don vi cong tac", NULL };
static const char *const money[] = { "don gia", "thanh tien", "so tien", "trieu dong", NULL };
static const char *const measures[] = { "don vi tinh", "dvt", "so luong", "ty le", "so diem", "diem chuan", "diem toi da", "trong so", "uoc thuc hien", "ke hoach nam",
    "thuc hien nam", "ket qua nam", "muc tieu nam", "chi tieu nam", "gia tri", NULL };
static const char *const leading[] = { "chu tri", "tham muu", "dau moi", "trach nhiem", "phu trach", "phan cong", "duoc giao", "giao cho", NULL };
static const char *const doing[] = { "thuc hien", "trien khai", "thuc thi", "xu ly", NULL };
static const char *const partnering[] = { "phoi hop", "don vi lien quan", "co quan lien quan", "tham gia", "cung thuc hien", "ho tro", NULL };
static const char *const funding[] = { "kinh phi", "nguon luc", "du toan", "nguon von", "ngan sach", NULL };
static const char *const goals[] = { "muc tieu", "chi tieu", "tieu chi", "chi so", NULL };

static enum plan_role role_of_units(const char *key)
{
    const char *joint = strstr(key, "thuc hien phoi hop");
    bool both = plan_words_in(key, "phoi hop") && (plan_words_in(key, "chu tri") || joint != NULL);
    if (both)
        return ROLE_BOTH;
    if (has_any(key, partnering))
        return ROLE_PARTNER;
    return has_any(key, people) && !has_any(key, units) ? ROLE_PERSON : ROLE_LEAD;
}

static enum plan_role role_of_time(const char *key)
{
    bool begins = plan_words_in(key, "bat dau"), ends = plan_words_in(key, "ket thuc");
    return begins == ends ? ROLE_TIME : begins ? ROLE_START : ROLE_END;
}

/* Does the header name who works? "Thực hiện" alone does, "Hình thức thực hiện" does not. */
static bool names_workers(const char *key)
{
    bool set = text_starts(key, "cac ") && !plan_words_in(key, "phoi hop") && !plan_words_in(key, "chu tri"); /* "Các đơn vị liên quan": a value */
    bool somebody = has_any(key, units) || has_any(key, people);
    bool does = has_any(key, doing) && (somebody || strcmp(key, "thuc hien") == 0);
    return !set && (has_any(key, leading) || has_any(key, partnering) || does || has_any(key, people));
}

static bool is_figure(const char *key)
{
    static const char *const starts[] = { "ke hoach", "diem", "nam", NULL };
    return has_any(key, measures) || plan_names_year(key) || (starts_any(key, starts) && !has_any(key, units));
}

static bool names_a_boss(const char *key)
{
    bool boss = plan_words_in(key, "lanh dao") || (plan_words_in(key, "chi dao") && has_any(key, people));
    return boss && !plan_words_in(key, "phoi hop");
}

static bool is_for_the_record(const char *key)
{
    bool work = plan_words_in(key, "chu tri") || plan_words_in(key, "phoi hop") || has_any(key, products);
    return !work && (has_any(key, tracking) || (has_any(key, others) && !has_any(key, times)));
}

/* The last resorts, for short headers. */
static enum plan_role role_of_bare(const char *key)
{
    static const char *const fields[] = { "linh vuc", "nhom", NULL };
    static const char *const days[] = { "ngay", "han", "thang", "quy", NULL };
    static const char *const papers[] = { "ten", "van ban", NULL };
    if (has_any(key, goals))
        return ROLE_GOAL;
    if (has_any(key, names_of_work))
        return ROLE_TITLE;
    if (has_any(key, fields))
        return ROLE_GROUP;
    if (starts_any(key, units))
        return ROLE_UNIT;
    return starts_any(key, days) ? ROLE_TIME : starts_any(key, papers) ? ROLE_TITLE : ROLE_NONE;
}

static enum plan_role role_of(const char *key)
{
    static const char *const starts[] = { "bat dau", "ket thuc", NULL };
    static const char *const often[] = { "tan suat", "so lan", NULL };
    if (key[0] == '\0')
        return ROLE_NONE;
    if (plan_number_header(key))
        return ROLE_NUMBER;
    if (names_a_part_of_year(key))
        return ROLE_MARKED;
    if (text_starts(key, "nhom "))
        return ROLE_GROUP;
    if (starts_any(key, names_of_work))
        return has_any(key, products) ? ROLE_TITLE_PRODUCT : ROLE_TITLE;
    if (has_any(key, contacts) && !has_any(key, leading) && !has_any(key, doing))
        return ROLE_CONTACT;
    if (is_figure(key))
        return ROLE_MEASURE;
    if (names_a_boss(key))
        return ROLE_LEADER;
    if (is_for_the_record(key))
        return ROLE_OTHER;
    if (has_any(key, funding))
        return ROLE_BUDGET;
    if (has_any(key, money))
        return ROLE_MONEY;
    if (has_any(key, often) && !plan_words_in(key, "thoi gian"))
        return ROLE_FREQUENCY;
    if (has_any(key, products))
        return ROLE_PRODUCT;
    if (has_any(key, times) || starts_any(key, starts))
        return role_of_time(key);
    return names_workers(key) ? role_of_units(key) : role_of_bare(key);
}

static enum plan_role role_of_label(enum plan_label label)
{
    switch (label) {
    case LABEL_LEAD: case LABEL_DOES: return ROLE_LEAD;
    case LABEL_PARTNER: return ROLE_PARTNER;
    case LABEL_BOTH: return ROLE_BOTH;
    case LABEL_TIME: return ROLE_TIME;
    case LABEL_FREQUENCY: return ROLE_FREQUENCY;
    case LABEL_PRODUCT: return ROLE_PRODUCT;
    case LABEL_BUDGET: return ROLE_BUDGET;
    case LABEL_TITLE: return ROLE_TITLE;
    case LABEL_NUMBER: return ROLE_NUMBER;
    default: return ROLE_NONE;
    }
}

enum plan_role plan_role_of(struct arena *a, const char *text, const char *key, bool damaged)
{
    enum plan_role role = text_length(text) > HEADER_LONGEST ? ROLE_NONE : role_of(key);
    if (role == ROLE_NONE && damaged && key[0] != '\0')
        role = role_of_label(plan_label_of(a, text, strlen(text), true, true));
    return role;
}

