/* What stands around a document in a web page, as the page's own words tell: menus, buttons, lists of other documents. */
#include "platform/doc/doc_model.h"
#include <string.h>

enum { MOTTO_WITHIN = 400, HEAD_LINES = 8, SHORT = 90, LAST_LINES = 3 };

/* All text of a block, cells included, folded to a-z and digits; only so much as is needed. */
static void gather(const struct block *b, struct buffer *text)
{
    if (text->length > 2000)
        return;
    if (b->text != NULL) {
        buffer_add(text, " ");
        buffer_add(text, b->text);
    }
    for (size_t i = 0; i < b->cell_count; i++)
        for (size_t k = 0; k < b->cells[i].block_count; k++)
            gather(&b->cells[i].blocks[k], text);
}

static char *key_of(struct arena *a, const struct block *b)
{
    struct buffer text = { .arena = a };
    buffer_add(&text, "");
    gather(b, &text);
    return text_key(a, text.text);
}

static bool is_any(const char *key, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(key, words[i]) == 0)
            return true;
    return false;
}

bool doc_is_control(const char *key)
{
    static const char *const words[] = {
        "dang nhap", "dang ky", "dang xuat", "trang chu", "tai ve", "tai van ban", "tai file", "tai xuong", "luu tru", "luu van ban",
        "tim kiem", "tim kiem nang cao", "menu", "gioi thieu", "lien he", "tin tuc", "su kien", "chia se", "facebook", "zalo", "twitter",
        "in", "in trang", "in bai viet", "in van ban", "gui email", "gui cho ban be", "quay lai", "xem them", "ve dau trang", "ban do site",
        "so do trang", "so do website", "so do cong", "hoi dap", "tieng viet", "english", "tom tat", "thuoc tinh", "luoc do",
        "ban goc", "van ban goc", "van ban lien quan", "tai lieu lien quan", "tin lien quan", "bai viet lien quan", "cac tin khac", "tin khac",
        "tin cu hon", "tin moi hon", "bai viet khac", "van ban khac", "binh luan", "y kien ban doc", "gui binh luan", "tu khoa", "tags", "tag",
        "thong ke truy cap", "lien ket website", "lien ket web", "van ban moi", "xem nhieu", "thu vien anh",
        "ghi chu van ban", "theo doi hieu luc", "cong bao", "so sanh van ban", "mua goi", "quen mat khau", "duong day nong", "copyright",
        "luot xem", "chi tiet van ban", "toan van", "nghe doc bai", "co chu", "in an", "download", "share", "print", "home", "login",
    };
    static const char *const openings[] = { "ban quyen thuoc", "copyright ", "luot xem ", "lien he quang cao", "tu khoa ", "tags ",
                                            "dang ky nhan", "ban dang xem ban rut gon", "tai ban day du", "powered by", "thong ke truy cap",
                                            "chiu trach nhiem noi dung", "giay phep thiet lap", "ghi ro nguon", "da xem ", "phan hoi " };
    if (is_any(key, words, sizeof words / sizeof *words))
        return true;
    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++)
        if (text_starts(key, openings[i]))
            return true;
    return false;
}

bool doc_tells_about(const char *key)
{
    static const char *const names[] = { "so hieu", "so ky hieu", "loai van ban", "ngay ban hanh", "co quan ban hanh", "noi ban hanh", "nguoi ky",
                                         "ngay hieu luc", "ngay co hieu luc", "tinh trang hieu luc" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_starts(key + strspn(key, " "), names[i]))
            return true;
    return false;
}

/* The words every document has at its top right (ND 30/2020; a Party document has the other ones). */
static bool has_motto(const char *key)
{
    return strstr(key, "cong hoa xa hoi chu nghia viet nam") != NULL || text_starts(key, "dang cong san viet nam");
}

bool doc_has_motto(struct arena *a, const struct block *blocks, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (has_motto(key_of(a, &blocks[i])))
            return true;
    return false;
}

static bool is_title(const struct block *b, const char *key)
{
    static const char *const kinds[] = { "ke hoach", "quyet dinh", "chuong trinh", "cong van", "thong bao", "huong dan", "de an", "phuong an" };
    if (b->text == NULL || !b->upper)
        return false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (text_starts(key, kinds[i]))
            return true;
    return false;
}

/* The agency's lines, the number and signs of lines stand before the motto when a text has lost its two columns. */
static bool may_head(const struct block *b, const char *key)
{
    bool rule = b->text != NULL && key[0] == '\0';
    return b->text != NULL && text_length(b->text) < SHORT && !doc_is_control(key) && (b->upper || rule || text_starts(key, "so "));
}

/* Where the document begins; 0 also when nothing tells. */
static size_t find_start(struct arena *a, const struct block_list *blocks)
{
    size_t controls = 0;
    size_t at = 0;
    bool title = false;
    for (; at < blocks->count && at < MOTTO_WITHIN; at++) {
        const char *key = key_of(a, &blocks->items[at]);
        if (has_motto(key))
            break;
        if (!title && is_title(&blocks->items[at], key) && controls == 0)
            return 0; /* a document without the motto, or with an annex that has one */
        if (is_title(&blocks->items[at], key) && controls > 0)
            break;
        controls += doc_is_control(key) || (blocks->items[at].kind == BLOCK_TABLE && doc_tells_about(key));
    }
    if (at == blocks->count || at == MOTTO_WITHIN || (controls == 0 && at <= HEAD_LINES))
        return 0;
    for (size_t i = 0; i < HEAD_LINES && at > 0; i++, at--)
        if (!may_head(&blocks->items[at - 1], key_of(a, &blocks->items[at - 1])))
            break;
    return at;
}

/* Behind the last block of the document; the count when nothing tells. */
static size_t find_end(struct arena *a, const struct block_list *blocks, size_t start)
{
    size_t end = blocks->count;
    size_t controls = 0;
    size_t since = start; /* behind the list of recipients, or the last third */
    for (size_t i = start; i < blocks->count; i++)
        if (strstr(key_of(a, &blocks->items[i]), "noi nhan") != NULL)
            since = i;
    if (since == start)
        since = start + (blocks->count - start) * 2 / 3;
    for (size_t i = since + 1; i < blocks->count; i++) {
        const struct block *b = &blocks->items[i];
        const char *key = key_of(a, b);
        bool annex = text_starts(key, "phu luc") || text_starts(key, "bieu ") || (b->kind == BLOCK_TABLE && b->rows > 2);
        if (annex) {
            end = blocks->count;
            controls = 0;
        } else if (doc_is_control(key) && !b->upper) { /* in capitals it may be the heading of an annex */
            end = end == blocks->count ? i : end;
            controls++;
        }
    }
    bool sure = controls >= 2 || blocks->count - end <= LAST_LINES;
    return sure ? end : blocks->count;
}

void doc_trim_around(struct arena *a, struct block_list *blocks)
{
    size_t start = find_start(a, blocks);
    size_t end = find_end(a, blocks, start);
    if (start == 0 && end == blocks->count)
        return;
    memmove(blocks->items, blocks->items + start, (end - start) * sizeof *blocks->items);
    blocks->count = end - start;
}
