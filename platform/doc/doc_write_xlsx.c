/* Spreadsheets through libxlsxwriter, which writes to a named file only: here a file that lives in memory. */
#include "platform/base/text.h"
#include "platform/doc/doc.h"
#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { UNIX_EPOCH_SERIAL = 25569 };    /* 1970-01-01 as spreadsheets count days */
enum { TEXT_NUMBER_FORMAT = 49 };      /* "@": what is typed or edited in the cell stays text */
enum { WIDEST_PORTRAIT = 95 };         /* characters on A4 between the margins */
enum { COLUMNS_MOST = 64 };
#define LINE_HEIGHT 16.0               /* points, of 12 point type */
#define INCH(mm) ((mm) / 25.4)

enum look { LOOK_PLAIN, LOOK_TITLE, LOOK_HEAD, LOOK_TEXT, LOOK_VERBATIM, LOOK_LABEL, LOOK_NUMBER, LOOK_DAY, LOOK_PERCENT, LOOKS };

struct sheets {
    struct ctx *c;
    int file;
    lxw_workbook *book;
    lxw_worksheet *sheet; /* the one being written */
    lxw_format *looks[LOOKS];
    double widths[COLUMNS_MOST]; /* characters */
    lxw_row_t row, head;
    int heads;
};

static enum err broken(struct ctx *c, const char *what)
{
    return fail(c, BROKEN, "Không tạo được tệp. Xin thử lại.", "xlsx: %s", what);
}

static void note(struct sheets *s, lxw_error error)
{
    if (error == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
        fail(s->c, INVALID, "Một ô của bảng tính chỉ chứa được 32.767 ký tự. Xin rút gọn nội dung rồi tạo lại tệp.", "xlsx: cell too long");
    else if (error != LXW_NO_ERROR)
        broken(s->c, lxw_strerror(error));
}

static lxw_format *look(struct sheets *s, double size, bool bold, bool table)
{
    lxw_format *f = workbook_add_format(s->book);
    format_set_font_name(f, "Times New Roman");
    format_set_font_size(f, size);
    if (bold)
        format_set_bold(f);
    if (table) {
        format_set_border(f, LXW_BORDER_THIN);
        format_set_text_wrap(f);
        format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
    }
    return f;
}

static void make_looks(struct sheets *s)
{
    s->looks[LOOK_PLAIN] = look(s, 12, false, false);
    s->looks[LOOK_TITLE] = look(s, 14, true, false);
    s->looks[LOOK_HEAD] = look(s, 12, true, true);
    format_set_align(s->looks[LOOK_HEAD], LXW_ALIGN_CENTER);
    format_set_align(s->looks[LOOK_HEAD], LXW_ALIGN_VERTICAL_CENTER);
    format_set_bg_color(s->looks[LOOK_HEAD], 0xE7EDF3);
    for (int i = LOOK_TEXT; i < LOOKS; i++)
        s->looks[i] = look(s, 12, i == LOOK_LABEL, true);
    format_set_num_format_index(s->looks[LOOK_VERBATIM], TEXT_NUMBER_FORMAT);
    format_set_num_format(s->looks[LOOK_NUMBER], "#,##0");
    format_set_num_format(s->looks[LOOK_DAY], "dd/mm/yyyy");
    format_set_num_format(s->looks[LOOK_PERCENT], "0.0%");
    for (int i = LOOK_NUMBER; i < LOOKS; i++)
        format_set_align(s->looks[i], LXW_ALIGN_CENTER);
}

struct sheets *sheets_new(struct ctx *c, const char *title)
{
    struct sheets *s = arena_alloc(c->arena, sizeof *s);
    s->c = c;
    s->file = memfd_create("xlsx", MFD_CLOEXEC);
    lxw_workbook_options options = { .tmpdir = arena_copy(c->arena, c->data_dir) }; /* parts hold people's data too */
    if (s->file >= 0)
        s->book = workbook_new_opt(arena_printf(c->arena, "/proc/self/fd/%d", s->file), &options);
    if (s->book == NULL) {
        broken(c, strerror(errno));
        return s;
    }
    lxw_doc_properties properties = { .title = arena_copy(c->arena, title), .created = c->now };
    note(s, workbook_set_properties(s->book, &properties));
    make_looks(s);
    return s;
}

/* What is known only when all rows are written. */
static void finish_sheet(struct sheets *s)
{
    if (s->sheet == NULL || s->heads != 1)
        return;
    worksheet_freeze_panes(s->sheet, s->head + 1, 0);
    note(s, worksheet_repeat_rows(s->sheet, s->head, s->head));
}

static void set_page(struct sheets *s, double width)
{
    worksheet_set_paper(s->sheet, 9); /* A4 */
    if (width > WIDEST_PORTRAIT)
        worksheet_set_landscape(s->sheet);
    worksheet_fit_to_pages(s->sheet, 1, 0);
    worksheet_set_margins(s->sheet, INCH(20), INCH(15), INCH(20), INCH(20));
    note(s, worksheet_set_footer(s->sheet, "&C&\"Times New Roman\"&12&P/&N"));
}

void sheets_add(struct sheets *s, const char *name, const double *widths, int columns)
{
    assert(columns <= COLUMNS_MOST);
    if (s->book == NULL)
        return;
    finish_sheet(s);
    assert(workbook_validate_sheet_name(s->book, name) == LXW_NO_ERROR);
    s->sheet = workbook_add_worksheet(s->book, name);
    s->row = 0;
    s->heads = 0;
    if (s->sheet == NULL) {
        broken(s->c, "sheet");
        return;
    }
    double width = 0;
    for (int i = 0; i < columns; i++) {
        note(s, worksheet_set_column(s->sheet, (lxw_col_t)i, (lxw_col_t)i, widths[i], s->looks[LOOK_PLAIN]));
        width += s->widths[i] = widths[i];
    }
    set_page(s, width);
}

/* A text that a spreadsheet would take for a formula once the cell is edited, or in a CSV made of it. */
static bool looks_like_formula(const char *text)
{
    return text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL;
}

static void put_text(struct sheets *s, int column, const char *text, enum look look)
{
    if (text == NULL || text[0] == '\0') {
        note(s, worksheet_write_blank(s->sheet, s->row, (lxw_col_t)column, s->looks[look]));
        return;
    }
    if (look == LOOK_TEXT && looks_like_formula(text))
        look = LOOK_VERBATIM;
    note(s, worksheet_write_string(s->sheet, s->row, (lxw_col_t)column, text, s->looks[look]));
}

static void put_number(struct sheets *s, int column, double number, enum look look)
{
    note(s, worksheet_write_number(s->sheet, s->row, (lxw_col_t)column, number, s->looks[look]));
}

/* Lines a text takes when words are kept whole; a word longer than the line is broken. */
static int lines_of(const char *text, double width)
{
    int lines = 1, room = width > 2 ? (int)(width * 1.1) : 1, used = 0, word = 0;
    for (int32_t rune = 0; *text != '\0';) {
        text = text_next(text, &rune);
        word = rune == ' ' || rune == '\n' ? 0 : word + 1;
        used++;
        if (rune == '\n') {
            lines++;
            used = 0;
        } else if (used > room && rune != ' ') {
            lines++;
            used = word < room ? word : 1;
        }
    }
    return lines;
}

/* Programs that open the file do not all fit rows to wrapped text, so that the height is written. */
static void fit_row(struct sheets *s, int lines)
{
    note(s, worksheet_set_row(s->sheet, s->row, lines * LINE_HEIGHT, NULL));
}

static double width_of(const struct sheets *s, int column, int span)
{
    double width = 0;
    for (int i = column; i < column + span && i < COLUMNS_MOST; i++)
        width += s->widths[i];
    return width;
}

static void put_cell(struct sheets *s, int column, const struct sheet_cell *cell)
{
    switch (cell->kind) {
    case SHEET_EMPTY: put_text(s, column, NULL, LOOK_TEXT); break;
    case SHEET_TEXT: put_text(s, column, cell->text, LOOK_TEXT); break;
    case SHEET_LABEL: put_text(s, column, cell->text, LOOK_LABEL); break;
    case SHEET_NUMBER: put_number(s, column, cell->number, LOOK_NUMBER); break;
    case SHEET_DAY: put_number(s, column, cell->number + UNIX_EPOCH_SERIAL, LOOK_DAY); break;
    case SHEET_PERCENT: put_number(s, column, cell->number, LOOK_PERCENT); break;
    }
}

void sheets_title(struct sheets *s, const char *text)
{
    if (s->sheet == NULL)
        return;
    put_text(s, 0, text, LOOK_TITLE);
    s->row++;
}

void sheets_head(struct sheets *s, const char *const *texts, int count)
{
    if (s->sheet == NULL)
        return;
    int lines = 1;
    for (int i = 0; i < count; i++) {
        int needed = lines_of(texts[i], width_of(s, i, 1) * 0.85); /* bold is wider */
        lines = needed > lines ? needed : lines;
        put_text(s, i, texts[i], LOOK_HEAD);
    }
    fit_row(s, lines);
    s->head = s->row++;
    s->heads++;
}

void sheets_row(struct sheets *s, const struct sheet_cell *cells, int count)
{
    if (s->sheet == NULL)
        return;
    int lines = 1, column = 0;
    for (int i = 0; i < count; i++) {
        int span = cells[i].span > 1 ? cells[i].span : 1;
        int needed = cells[i].text != NULL ? lines_of(cells[i].text, width_of(s, column, span)) : 1;
        lines = needed > lines ? needed : lines;
        if (span > 1)
            note(s, worksheet_merge_range(s->sheet, s->row, (lxw_col_t)column, s->row, (lxw_col_t)(column + span - 1), "", s->looks[LOOK_TEXT]));
        put_cell(s, column, &cells[i]);
        column += span;
    }
    fit_row(s, lines);
    s->row++;
}

void sheets_gap(struct sheets *s)
{
    s->row++;
}

static void take(struct sheets *s, const void **bytes, size_t *size)
{
    off_t length = lseek(s->file, 0, SEEK_END);
    size_t all = length > 0 ? (size_t)length : 0, got = 0;
    char *copy = arena_alloc(s->c->arena, all + 1);
    while (got < all) {
        ssize_t n = pread(s->file, copy + got, all - got, (off_t)got);
        if (n <= 0)
            break;
        got += (size_t)n;
    }
    if (all == 0 || got < all) {
        broken(s->c, "short read");
        return;
    }
    *bytes = copy;
    *size = all;
}

enum err sheets_end(struct sheets *s, const void **bytes, size_t *size)
{
    if (s->book != NULL) {
        finish_sheet(s);
        if (s->c->err == OK)
            note(s, workbook_close(s->book));
        else
            lxw_workbook_free(s->book);
        if (s->c->err == OK)
            take(s, bytes, size);
    }
    if (s->file >= 0)
        close(s->file);
    return s->c->err;
}
