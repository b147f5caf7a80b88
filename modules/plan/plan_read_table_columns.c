/* What the columns of a table hold, told by the words of its header, whatever their order and wording. */
#include "plan_table.h"
#include "platform/base/text.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { HEADER_ROWS_MOST = 12, HEADER_LONGEST = 70, HEADER_DEEPEST = 3, SAMPLE_ROWS = 12 };

static bool has_words(const char *key, const char *phrase)
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
        if (has_words(key, *phrases))
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

static bool is_year(const char *key)
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
    bool both = has_words(key, "phoi hop") && (has_words(key, "chu tri") || joint != NULL);
    if (both)
        return ROLE_BOTH;
    if (has_any(key, partnering))
        return ROLE_PARTNER;
    return has_any(key, people) && !has_any(key, units) ? ROLE_PERSON : ROLE_LEAD;
}

static enum plan_role role_of_time(const char *key)
{
    bool begins = has_words(key, "bat dau"), ends = has_words(key, "ket thuc");
    return begins == ends ? ROLE_TIME : begins ? ROLE_START : ROLE_END;
}

/* Does the header name who works? "Thực hiện" alone does, "Hình thức thực hiện" does not. */
static bool names_workers(const char *key)
{
    bool set = text_starts(key, "cac ") && !has_words(key, "phoi hop") && !has_words(key, "chu tri"); /* "Các đơn vị liên quan": a value */
    bool somebody = has_any(key, units) || has_any(key, people);
    bool does = has_any(key, doing) && (somebody || strcmp(key, "thuc hien") == 0);
    return !set && (has_any(key, leading) || has_any(key, partnering) || does || has_any(key, people));
}

static bool is_figure(const char *key)
{
    static const char *const starts[] = { "ke hoach", "diem", "nam", NULL };
    return has_any(key, measures) || is_year(key) || (starts_any(key, starts) && !has_any(key, units));
}

static bool names_a_boss(const char *key)
{
    bool boss = has_words(key, "lanh dao") || (has_words(key, "chi dao") && has_any(key, people));
    return boss && !has_words(key, "phoi hop");
}

static bool is_for_the_record(const char *key)
{
    bool work = has_words(key, "chu tri") || has_words(key, "phoi hop") || has_any(key, products);
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
    if (has_any(key, often) && !has_words(key, "thoi gian"))
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

static enum plan_role role_of_cell(struct arena *a, const char *text, const char *key, bool damaged)
{
    enum plan_role role = text_length(text) > HEADER_LONGEST ? ROLE_NONE : role_of(key);
    if (role == ROLE_NONE && damaged && key[0] != '\0')
        role = role_of_label(plan_label_of(a, text, strlen(text), true, true));
    return role;
}

bool plan_has_role(const struct plan_columns *c, enum plan_role role)
{
    for (int i = 0; i < c->count; i++)
        if (c->of[i] == role)
            return true;
    return false;
}

static void become(struct plan_columns *c, enum plan_role from, enum plan_role to)
{
    for (int i = 0; i < c->count; i++)
        if (c->of[i] == from)
            c->of[i] = to;
}

/* ---- reading the header's rows ---- */

static bool ends_a_time(const char *key)
{
    return has_words(key, "hoan thanh") || has_words(key, "thoi han") || has_words(key, "han") || has_words(key, "ket thuc");
}

/* A header's words without the number of the column: "STT (1)". */
static const char *header_text(struct arena *a, const struct plan_grid *g, int row, int column)
{
    char *text = text_squeeze(a, plan_grid_text(g, row, column));
    size_t length = strlen(text);
    bool counted = length > 3 && text[length - 1] == ')' && isdigit((unsigned char)text[length - 2]) && strchr(text, '(') != NULL;
    if (counted && strrchr(text, '(') + 3 >= text + length - 1)
        *strrchr(text, '(') = '\0';
    return text_trim(a, text);
}

/* One row of the header. under: the row above is a header already, and this row may say more. */
static int read_header_row(struct arena *a, const struct plan_grid *g, int row, bool damaged, bool under, struct plan_columns *c)
{
    int named = 0;
    for (int column = 0; column < c->count; column++) {
        const char *text = header_text(a, g, row, column);
        if (text[0] == '\0' || (under && plan_grid_cell(g, row, column) == plan_grid_cell(g, row - 1, column)))
            continue;
        const char *key = text_key(a, text);
        enum plan_role role = role_of_cell(a, text, key, damaged);
        bool within_time = under && (c->of[column] == ROLE_TIME || c->of[column] == ROLE_OTHER);
        if (role == ROLE_MEASURE && within_time && is_year(key))
            role = ROLE_MARKED; /* years under "Thời gian thực hiện" */
        if (under && c->of[column] == ROLE_BUDGET)
            role = ROLE_BUDGET;
        if (under && role == ROLE_NONE)
            role = c->of[column];
        c->above_key[column] = under && c->key[column] != NULL && c->key[column][0] != '\0' ? c->key[column] : key;
        c->of[column] = role;
        c->name[column] = text;
        c->key[column] = key;
        c->completes[column] = ends_a_time(key) || (under && c->completes[column] && role == ROLE_TIME);
        named += role != ROLE_NONE;
    }
    return named;
}

/* Does the row below still belong to the header? It then says nothing about the number and the task. */
static bool goes_on_below(struct arena *a, const struct plan_grid *g, int row, bool damaged, const struct plan_columns *c)
{
    int said = 0, named = 0;
    bool merged = false;
    if (row >= g->rows)
        return false;
    for (int column = 0; column < c->count; column++) {
        const struct cell_box *cell = plan_grid_cell(g, row, column), *up = plan_grid_cell(g, row - 1, column);
        merged = merged || (up != NULL && up->column_span > 1 && up->column_span < g->columns);
        const char *text = header_text(a, g, row, column);
        if (text[0] == '\0' || cell == up)
            continue;
        const char *key = text_key(a, text);
        said++;
        named += role_of_cell(a, text, key, damaged) != ROLE_NONE || (c->of[column] != ROLE_NONE && text_length(text) < HEADER_LONGEST / 2);
        if (c->of[column] == ROLE_NUMBER || (c->of[column] == ROLE_TITLE && !merged && up != NULL && up->column_span == 1))
            return false;
    }
    return said > 0 && (named == said || (merged && named * 2 >= said));
}

static void clear(struct plan_columns *c, int count)
{
    *c = (struct plan_columns){ .count = count };
    for (int i = 0; i < count; i++)
        c->name[i] = c->key[i] = c->above_key[i] = "";
}

/* ---- settling what may mean one thing or another ---- */

static void settle_leads(struct plan_columns *c)
{
    if (!plan_has_role(c, ROLE_LEAD) && !plan_has_role(c, ROLE_BOTH)) {
        enum plan_role next = plan_has_role(c, ROLE_PERSON) ? ROLE_PERSON : plan_has_role(c, ROLE_UNIT) ? ROLE_UNIT : ROLE_LEADER;
        become(c, next, ROLE_LEAD);
    }
    become(c, ROLE_PERSON, ROLE_OTHER);
    become(c, ROLE_LEADER, ROLE_OTHER);
    become(c, ROLE_UNIT, ROLE_OTHER);
    bool leads = false;
    for (int i = 0; i < c->count; i++)
        leads = leads || (c->of[i] == ROLE_LEAD && has_words(c->key[i], "chu tri"));
    for (int i = 0; i < c->count && leads && !plan_has_role(c, ROLE_PARTNER); i++)
        if (c->of[i] == ROLE_LEAD && !has_words(c->key[i], "chu tri") && !has_words(c->above_key[i], "chu tri"))
            c->of[i] = ROLE_PARTNER; /* "Đơn vị chủ trì" beside "Đơn vị thực hiện" */
}

static void settle_times(struct plan_columns *c)
{
    if (plan_has_role(c, ROLE_START) && !plan_has_role(c, ROLE_END)) {
        int end = -1;
        for (int i = 0; i < c->count; i++)
            if (c->of[i] == ROLE_TIME && c->completes[i])
                end = i;
        if (end >= 0)
            c->of[end] = ROLE_END;
        else
            become(c, ROLE_START, ROLE_TIME);
    }
    if (!plan_has_role(c, ROLE_START))
        become(c, ROLE_END, ROLE_TIME);
}

/* Of several columns of products the one that says so; "Kết quả thực hiện" beside it is for the report. */
static void settle_products(struct plan_columns *c)
{
    static const char *const sure[] = { "san pham", "dau ra", NULL };
    int best = -1;
    for (int i = 0; i < c->count; i++)
        if (c->of[i] == ROLE_PRODUCT && (best < 0 || (has_any(c->key[i], sure) && !has_any(c->key[best], sure))))
            best = i;
    for (int i = 0; i < c->count; i++)
        if (c->of[i] == ROLE_PRODUCT && i != best && strcmp(c->above_key[i], c->above_key[best]) != 0)
            c->of[i] = ROLE_OTHER;
}

static int first_of(const struct plan_columns *c, enum plan_role role)
{
    for (int i = 0; i < c->count; i++)
        if (c->of[i] == role)
            return i;
    return -1;
}

static bool any_duty(const struct plan_columns *c)
{
    return plan_has_role(c, ROLE_LEAD) || plan_has_role(c, ROLE_PARTNER) || plan_has_role(c, ROLE_BOTH);
}

static bool any_time(const struct plan_columns *c)
{
    return plan_has_role(c, ROLE_TIME) || plan_has_role(c, ROLE_FREQUENCY) || plan_has_role(c, ROLE_START) || plan_has_role(c, ROLE_MARKED);
}

static void settle_title(struct plan_columns *c)
{
    if (!plan_has_role(c, ROLE_TITLE) && plan_has_role(c, ROLE_TITLE_PRODUCT))
        c->of[first_of(c, ROLE_TITLE_PRODUCT)] = ROLE_TITLE;
    become(c, ROLE_TITLE_PRODUCT, plan_has_role(c, ROLE_PRODUCT) ? ROLE_OTHER : ROLE_PRODUCT);
    if (!plan_has_role(c, ROLE_TITLE) && !plan_has_role(c, ROLE_GOAL) && plan_has_role(c, ROLE_GROUP))
        c->of[first_of(c, ROLE_GROUP)] = ROLE_TITLE;
    if (!plan_has_role(c, ROLE_TITLE) && plan_has_role(c, ROLE_GOAL)) {
        c->of[first_of(c, ROLE_GOAL)] = ROLE_TITLE;
        c->weak = true;
    }
    bool named = plan_has_role(c, ROLE_NUMBER) || plan_has_role(c, ROLE_PARTNER) || plan_has_role(c, ROLE_PRODUCT);
    bool two = named && any_duty(c) && (any_time(c) || plan_has_role(c, ROLE_PARTNER) || plan_has_role(c, ROLE_PRODUCT));
    if (!plan_has_role(c, ROLE_TITLE) && two) { /* a column without a name, or products alone beside units and times */
        int column = first_of(c, ROLE_NONE);
        column = column >= 0 ? column : first_of(c, ROLE_PRODUCT);
        if (column >= 0)
            c->of[column] = ROLE_TITLE;
    }
    int title = first_of(c, ROLE_TITLE);
    for (int i = 0; i < c->count; i++)
        if (c->of[i] == ROLE_GOAL)
            c->of[i] = i < title ? ROLE_GROUP : plan_has_role(c, ROLE_PRODUCT) ? ROLE_OTHER : ROLE_PRODUCT;
}

/* Are these the columns of a table of tasks? */
static bool acceptable(const struct plan_columns *c)
{
    int contacts_seen = 0, measures_seen = 0;
    for (int i = 0; i < c->count; i++) {
        contacts_seen += c->of[i] == ROLE_CONTACT;
        measures_seen += c->of[i] == ROLE_MEASURE;
    }
    if (!plan_has_role(c, ROLE_TITLE) || contacts_seen > 1 || (!any_duty(c) && !any_time(c)))
        return false;
    if (c->weak)
        return measures_seen == 0 && any_duty(c) && (any_time(c) || plan_has_role(c, ROLE_PRODUCT));
    if (plan_has_role(c, ROLE_MONEY) || measures_seen > 1)
        return any_duty(c) && any_time(c);
    return true;
}

/* "7h30", "08:00 - 08:15", "9 giờ": the agenda of a meeting. */
static bool is_agenda(struct arena *a, const struct plan_grid *g, int first, const struct plan_columns *c)
{
    int column = first_of(c, ROLE_TIME), hours = 0, said = 0;
    for (int row = first; column >= 0 && row < g->rows && said < SAMPLE_ROWS; row++) {
        const char *text = text_fold(a, plan_grid_text(g, row, column));
        size_t digits = strspn(text, "0123456789");
        if (text[0] == '\0')
            continue;
        said++;
        const char *rest = text + digits + strspn(text + digits, " ");
        hours += digits > 0 && digits < 3 && (*rest == ':' || text_starts(rest, "gio") || (*rest == 'h' && !isalpha((unsigned char)rest[1])));
    }
    return said > 0 && hours * 2 > said;
}

/* Of two columns of tasks ("Nhiệm vụ", "Nội dung cụ thể") the first is the group where its cells cover several rows. */
static void settle_two_titles(const struct plan_grid *g, int first, struct plan_columns *c)
{
    int one = first_of(c, ROLE_TITLE), two = -1;
    for (int i = one + 1; i < c->count && one >= 0 && two < 0; i++)
        if (c->of[i] == ROLE_TITLE && strcmp(c->above_key[i], c->above_key[one]) != 0)
            two = i;
    if (two < 0)
        return;
    int firsts = 0, seconds = 0;
    for (int row = first; row < g->rows; row++) {
        const struct cell_box *left = plan_grid_cell(g, row, one), *right = plan_grid_cell(g, row, two);
        firsts += left != NULL && left->row == row && left != right && plan_grid_text(g, row, one)[0] != '\0';
        seconds += right != NULL && right->row == row && left != right && plan_grid_text(g, row, two)[0] != '\0';
    }
    c->of[seconds > firsts ? one : two] = seconds > firsts ? ROLE_GROUP : ROLE_OTHER;
    for (int i = two + 1; i < c->count; i++)
        if (c->of[i] == ROLE_TITLE && strcmp(c->above_key[i], c->above_key[two]) != 0)
            c->of[i] = ROLE_OTHER;
}

int plan_columns_at(struct arena *a, const struct plan_grid *g, int row, bool damaged, struct plan_columns *c)
{
    clear(c, g->columns);
    int said = 0, named = read_header_row(a, g, row, damaged, false, c);
    for (int column = 0; column < c->count; column++) {
        said += c->key[column][0] != '\0';
        if (strspn(c->key[column], "0123456789 ") == strlen(c->key[column]) && c->key[column][0] != '\0')
            return 0; /* a row of figures or tasks */
    }
    if (named < 2 || named * 2 < said)
        return 0;
    int rows = 1;
    while (rows < HEADER_DEEPEST && goes_on_below(a, g, row + rows, damaged, c))
        read_header_row(a, g, row + rows++, damaged, true, c);
    settle_leads(c);
    settle_times(c);
    settle_title(c);
    settle_products(c);
    if (!acceptable(c) || is_agenda(a, g, row + rows, c))
        return 0;
    settle_two_titles(g, row + rows, c);
    return rows;
}

int plan_find_columns(struct arena *a, const struct plan_grid *g, bool damaged, struct plan_columns *c)
{
    for (int row = 0; row < g->rows && row < HEADER_ROWS_MOST; row++) {
        int rows = plan_columns_at(a, g, row, damaged, c);
        if (rows > 0)
            return row + rows;
    }
    return 0;
}

bool plan_table_header(struct plan_reader *r, const struct block *table)
{
    struct plan_grid g = plan_grid_of(r->a, table);
    struct plan_columns c;
    return g.columns >= 2 && plan_find_columns(r->a, &g, r->damaged, &c) > 0;
}
