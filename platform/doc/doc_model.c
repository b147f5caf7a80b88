/* Helpers that the readers share: growing lists, marks at the start of a line, refusal sentences. */
#include "platform/doc/doc_model.h"
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

const char doc_says_empty[] = "Tệp không có chữ nào. Hãy mở tệp kiểm tra rồi chọn lại.";
const char doc_says_broken[] =
    "Không đọc được tệp này: tệp bị hỏng hoặc thiếu. Hãy mở bằng Word, lưu lại dạng .docx rồi chọn lại.";
const char doc_says_locked[] = "Tệp có mật khẩu nên không đọc được. Hãy bỏ mật khẩu, lưu lại rồi chọn tệp đó.";
const char doc_says_huge[] = "Tệp quá lớn. Hãy chỉ giữ phần kế hoạch, lưu thành tệp riêng rồi chọn lại.";
const char doc_says_images[] =
    "Tệp chỉ có ảnh chụp, chưa có chữ. Hãy chọn bản Word hoặc bản PDF xuất từ Word của văn bản này.";
const char doc_says_no_page[] = "Tệp không có trang này. Hãy chọn trang khác.";
const char doc_says_no_picture[] = "Trang này có sẵn chữ, không cần nhận dạng.";
const char doc_says_stopped[] = "Đã dừng đọc tệp theo yêu cầu.";
const char doc_says_no_scan[] = "Tệp là ảnh chụp, mà máy chủ chưa cài phần nhận dạng chữ tiếng Việt. Hãy chọn bản Word hoặc PDF có chữ, "
                                "hoặc nhờ người quản trị cài gói tesseract-ocr-vie.";
const char doc_says_not_unicode[] =
    "Tệp không phải văn bản Unicode (UTF-8). Hãy mở bằng Word, chuyển sang phông Unicode và lưu lại dạng .docx.";

struct block *block_add(struct block_list *list, enum block_kind kind)
{
    if (list->count == list->capacity) { /* from 1 on: most cells hold one paragraph */
        list->capacity = list->capacity == 0 ? 1 : list->capacity * 2;
        struct block *moved = arena_array(list->arena, list->capacity, sizeof *moved);
        if (list->count > 0)
            memcpy(moved, list->items, list->count * sizeof *moved);
        list->items = moved;
    }
    struct block *b = &list->items[list->count++];
    *b = (struct block){ .kind = kind };
    return b;
}

struct cell_box *cell_add(struct cell_list *list, int row, int column)
{
    list->items = arena_grow(list->arena, list->items, sizeof *list->items, &list->capacity, list->count + 1);
    struct cell_box *cell = &list->items[list->count++];
    *cell = (struct cell_box){ .row = row, .column = column, .row_span = 1, .column_span = 1 };
    return cell;
}

static int by_place(const void *left, const void *right)
{
    const struct cell_box *a = left;
    const struct cell_box *b = right;
    return a->row != b->row ? a->row - b->row : a->column - b->column;
}

void table_finish(struct block *table, struct cell_list *cells)
{
    if (cells->count > 1)
        qsort(cells->items, cells->count, sizeof *cells->items, by_place);
    table->cells = cells->items;
    table->cell_count = cells->count;
    for (size_t i = 0; i < cells->count; i++) {
        const struct cell_box *cell = &cells->items[i];
        if (cell->row + cell->row_span > table->rows)
            table->rows = cell->row + cell->row_span;
        if (cell->column + cell->column_span > table->columns)
            table->columns = cell->column + cell->column_span;
    }
}

bool text_is_capitals(const char *text)
{
    int letters = 0;
    for (int32_t rune; *text != '\0';) {
        text = text_next(text, &rune);
        if (utf8proc_category(rune) == UTF8PROC_CATEGORY_LL)
            return false;
        letters += utf8proc_category(rune) == UTF8PROC_CATEGORY_LU;
    }
    return letters >= 2;
}

char *text_clean(struct arena *a, const char *text)
{
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    char **lines;
    size_t count = text_split(a, text, '\n', &lines);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buffer_add(&b, "\n");
        buffer_add(&b, text_squeeze(a, lines[i]));
    }
    while (b.length > 0 && b.text[b.length - 1] == '\n')
        b.text[--b.length] = '\0';
    while (*b.text == '\n')
        b.text++;
    return text_nfc(a, b.text);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool mark_is_bullet(const char *text)
{
    static const char *const bullets[] = { "-", "+", "*", "–", "—", "•", "·", "●", "○", "▪", "■", "◦", "", "", "➢", "✓" };
    for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++) {
        size_t length = strlen(bullets[i]);
        if (text_starts(text, bullets[i]) && (text[length] == ' ' || text[length] == '\t'))
            return true;
    }
    return false;
}

/* "1", "12", "2.3.4": at most three digits a part. */
static size_t digits_length(const char *text)
{
    size_t at = 0;
    for (;;) {
        size_t start = at;
        while (is_digit(text[at]))
            at++;
        if (at == start || at - start > 3)
            return 0;
        if (text[at] != '.' || !is_digit(text[at + 1]))
            return at;
        at++;
    }
}

static size_t letters_length(const char *text)
{
    size_t roman = strspn(text, "IVXLC");
    if (roman > 0 && roman <= 6)
        return roman;
    if (text_starts(text, "đ") || text_starts(text, "Đ"))
        return strlen("đ");
    return (text[0] >= 'a' && text[0] <= 'z') || (text[0] >= 'A' && text[0] <= 'Z') ? 1 : 0;
}

static bool is_capital(const char *text)
{
    int32_t rune;
    text_next(text, &rune);
    return utf8proc_category(rune) == UTF8PROC_CATEGORY_LU;
}

/* "1.Mục đích", "1.1.Mục đích": typed without a blank. After one letter only ")" tells: "P.Hành chính" is a name. */
static bool glued_mark(const char *text, size_t body, size_t at)
{
    return at > body && is_capital(text + at) && (is_digit(text[0]) || text[at - 1] == ')');
}

/* ". Kiểm tra", ".2. Đơn vị": scanners lose the thin 1 of a number. */
static size_t lost_one(const char *text)
{
    size_t digits = text[0] == '.' && is_digit(text[1]) ? digits_length(text + 1) : 0;
    size_t at = 1 + digits + (digits > 0 && text[1 + digits] == '.');
    bool good = text[0] == '.' && digits <= 3 && text[at] == ' ' && is_capital(text + at + 1);
    return good ? at : 0;
}

size_t mark_length(const char *text)
{
    if (mark_is_bullet(text))
        return strcspn(text, " \t");
    if (text[0] == '.')
        return lost_one(text);
    size_t open = text[0] == '(';
    size_t body = is_digit(text[open]) ? digits_length(text + open) : letters_length(text + open);
    if (body == 0)
        return 0;
    size_t at = open + body;
    bool many = memchr(text + open, '.', body) != NULL; /* "1.1 Text" needs no full stop */
    bool slash = text[at] == '/' && !open && text[at + 1] == ' ' && !is_digit(text[at + 2]); /* "1/ Text", not "9/ 2025" */
    bool dash = text[at] == '-' && !open && text[at + 1] == ' ' && is_capital(text + at + 2) && (is_digit(text[0]) || strspn(text, "IVXLC") == body);
    if (text[at] == ')' || (text[at] == '.' && !open) || slash || dash) /* "I- Mục đích" is how the Party writes */
        at++;
    else if (open || !many)
        return 0;
    return text[at] == ' ' || text[at] == '\t' || text[at] == '\0' || glued_mark(text, open + body, at) ? at : 0;
}

static const char *past_quotes(const char *text)
{
    static const char *const signs[] = { "\"", "“", "‘", "'", "(", "[", "«" };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (text_starts(text, signs[i]))
            return past_quotes(text + strlen(signs[i]));
    return text;
}

bool text_goes_on(const char *text)
{
    int32_t rune;
    text_next(past_quotes(text), &rune);
    utf8proc_category_t kind = utf8proc_category(rune);
    return kind == UTF8PROC_CATEGORY_LL || kind == UTF8PROC_CATEGORY_ND || (rune != 0 && strchr(",;.)/%", (int)rune) != NULL && rune < 128);
}

char text_last_sign(const char *text)
{
    static const char *const signs[] = { "\"", "”", "’", "'", ")", "»", "]" };
    size_t length = strlen(text);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t size = strlen(signs[i]);
        if (length > size && memcmp(text + length - size, signs[i], size) == 0 && signs[i][0] != ')') {
            length -= size;
            i = (size_t)-1;
        }
    }
    if (length >= 3 && memcmp(text + length - 3, "…", 3) == 0)
        return '.';
    return length == 0 ? '\0' : text[length - 1];
}

char *block_line(struct arena *a, const struct block *block)
{
    if (block->text == NULL)
        return arena_copy(a, block->mark == NULL ? "" : block->mark);
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    if (block->mark != NULL)
        buffer_printf(&b, "%s ", block->mark);
    buffer_add(&b, block->text);
    return text_squeeze(a, b.text);
}
