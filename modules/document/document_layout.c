#include "modules/document/document_layout.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <string.h>

/* Components of NĐ 30/2020/NĐ-CP, Phụ lục I; index of document_layout_rules. */
enum component { COUNTRY, MOTTO, PARENT, AGENCY, NUMBER, PLACE_DAY, KIND, SUBJECT, LETTER_SUBJECT, ADDRESSEE, BASIS, BODY,
                 SIGNER_TITLE, SIGNER_NAME, RECIPIENT_HEAD, RECIPIENT, TABLE_TEXT };

/* Where the decree allows a range the larger size is taken. TABLE_TEXT has no rule of its own: body text at its least size. */
const struct layout_rule document_layout_rules[] = {
    [COUNTRY] = { "Quốc hiệu", 13, "NĐ 30/2020/NĐ-CP, Phụ lục I, II.1: 12-13, in hoa, đứng, đậm" },
    [MOTTO] = { "Tiêu ngữ", 14, "II.1: 13-14, in thường, đứng, đậm; đường kẻ dài bằng dòng chữ" },
    [PARENT] = { "Cơ quan chủ quản", 13, "II.2: 12-13, in hoa, đứng" },
    [AGENCY] = { "Cơ quan ban hành", 13, "II.2: 12-13, in hoa, đứng, đậm; đường kẻ bằng 1/3 đến 1/2 dòng chữ" },
    [NUMBER] = { "Số, ký hiệu", 13, "II.3: 13, đứng" },
    [PLACE_DAY] = { "Địa danh và thời gian", 14, "II.4: 13-14, in thường, nghiêng" },
    [KIND] = { "Tên loại", 14, "II.5: 13-14, in hoa, đứng, đậm" },
    [SUBJECT] = { "Trích yếu", 14, "II.5: 13-14, in thường, đứng, đậm; đường kẻ bằng 1/3 đến 1/2 dòng chữ" },
    [LETTER_SUBJECT] = { "Trích yếu công văn", 12, "II.5: 12-13, in thường, đứng" },
    [ADDRESSEE] = { "Kính gửi", 14, "II.9: 13-14, in thường, đứng" },
    [BASIS] = { "Căn cứ", 14, "II.6: 13-14, in thường, nghiêng" },
    [BODY] = { "Nội dung", 14, "II.6: 13-14, in thường, đứng; canh đều hai lề" },
    [SIGNER_TITLE] = { "Chức vụ người ký", 14, "II.7: 13-14, in hoa, đứng, đậm" },
    [SIGNER_NAME] = { "Họ tên người ký", 14, "II.7: 13-14, in thường, đứng, đậm" },
    [RECIPIENT_HEAD] = { "Nơi nhận", 12, "II.9: 12, in thường, nghiêng, đậm" },
    [RECIPIENT] = { "Danh sách nơi nhận", 11, "II.9: 11, in thường, đứng" },
    [TABLE_TEXT] = { "Chữ trong bảng", 13, "II.6: 13-14" },
    { 0 },
};

#define TEXT_WIDTH 467.75    /* A4 less 30 and 15 mm */
#define LEFT_BLOCK 194.0     /* about 40 : 60; the quốc hiệu takes 269.3 pt and stays on one line */
#define RIGHT_BLOCK (TEXT_WIDTH - LEFT_BLOCK)
#define MOTTO_WIDTH 171.0    /* of the motto in bold 14 pt Times New Roman */
#define AGENCY_LEAST 12.0
#define FIRST_LINE 36.0      /* 1.27 cm; II.6: 1 cm or 1.27 cm */
#define PARAGRAPH_GAP 6.0    /* II.6: at least 6 pt between paragraphs */
#define LINE 1.15            /* II.6: single to 1.5 */
#define SIGNATURE_ROOM 72.0  /* for signature and seal */
#define CAPITAL_WIDTH 0.63   /* of a bold capital, in its size, on average with spaces */
#define SMALL_WIDTH 0.50
#define RULE_PART 0.42       /* between 1/3 and 1/2 */
#define BLANK "\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0"

/* ---- pieces ---- */
static struct block line_of(enum component what, const char *text, enum align align)
{
    return (struct block){ .kind = BLOCK_PARAGRAPH, .text = text, .align = align, .size = document_layout_rules[what].size };
}

/* Width of the line under a text: part of the text's width, or of the column's when it fills it. */
static double rule_under(const char *text, double size, double letter, double room)
{
    double width = (double)text_length(text) * size * letter;
    return RULE_PART * (width < room ? width : room);
}

static struct block *push(struct document_body *b, struct block one)
{
    b->blocks = arena_grow(b->arena, b->blocks, sizeof *b->blocks, &b->capacity, b->count + 1);
    b->blocks[b->count] = one;
    return &b->blocks[b->count++];
}

static void set_cell(struct cell_box *cell, int row, int column, const struct document_body *content)
{
    *cell = (struct cell_box){ .row = row, .column = column, .row_span = 1, .column_span = 1, .blocks = content->blocks,
                               .block_count = content->count };
}

static struct block two_columns(struct arena *a, int rows, double left, double right)
{
    struct block table = { .kind = BLOCK_TABLE, .rows = rows, .columns = 2, .cell_count = (size_t)rows * 2 };
    table.cells = arena_array(a, table.cell_count, sizeof *table.cells);
    table.widths = arena_array(a, 2, sizeof *table.widths);
    table.widths[0] = left;
    table.widths[1] = right;
    return table;
}

static double capitals_width(const char *text, double size)
{
    return (double)text_length(text) * size * CAPITAL_WIDTH;
}

/* The space nearest to `aim`, but not inside "Y TẾ"; NULL: none. */
static char *cut_near(char *text, size_t aim)
{
    char *best = NULL;
    size_t least = SIZE_MAX;
    for (char *c = strchr(text, ' '); c != NULL; c = strchr(c + 1, ' ')) {
        size_t at = (size_t)(c - text), off = at > aim ? at - aim : aim - at;
        if (off < least && strncmp(c, " TẾ", strlen(" TẾ")) != 0) {
            least = off;
            best = c;
        }
    }
    return best;
}

/* A name in capitals, cut into lines of about one length when it is too long for the left block. */
static const char *balanced(struct arena *a, const char *name, double size)
{
    char *text = text_upper(a, name);
    size_t length = strlen(text), lines = (size_t)(capitals_width(text, size) / LEFT_BLOCK) + 1;
    for (size_t line = 1; line < lines; line++) {
        char *cut = cut_near(text, length * line / lines);
        if (cut != NULL)
            *cut = '\n';
    }
    return text;
}

/* ---- head ---- */
static struct document_body agency_block(struct arena *a, const struct official_document *o)
{
    struct document_body b = { .arena = a };
    double size = document_layout_rules[AGENCY].size;
    bool tight = capitals_width(o->agency, size) > LEFT_BLOCK && capitals_width(o->agency, AGENCY_LEAST) <= LEFT_BLOCK;
    if (tight) /* on one line at the least size that is allowed */
        size = AGENCY_LEAST;
    if (!text_blank(o->parent_agency))
        push(&b, line_of(PARENT, balanced(a, o->parent_agency, size), ALIGN_CENTER))->size = size;
    const char *name = balanced(a, o->agency, size), *cut = strrchr(name, '\n');
    struct block *agency = push(&b, line_of(AGENCY, name, ALIGN_CENTER));
    agency->size = size;
    agency->bold = true;
    agency->rule = rule_under(cut != NULL ? cut + 1 : name, size, CAPITAL_WIDTH, LEFT_BLOCK);
    return b;
}

static struct document_body country_block(struct arena *a)
{
    struct document_body b = { .arena = a };
    push(&b, line_of(COUNTRY, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", ALIGN_CENTER))->bold = true;
    struct block *motto = push(&b, line_of(MOTTO, "Độc lập - Tự do - Hạnh phúc", ALIGN_CENTER));
    motto->bold = true;
    motto->rule = MOTTO_WIDTH;
    return b;
}

static struct document_body number_block(struct arena *a, const struct official_document *o)
{
    struct document_body b = { .arena = a };
    const char *number = o->number != NULL ? o->number : BLANK, *symbol = o->symbol != NULL ? o->symbol : BLANK;
    push(&b, line_of(NUMBER, arena_printf(a, "Số: %s/%s", number, symbol), ALIGN_CENTER))->before = 4;
    if (o->kind == NULL)
        push(&b, line_of(LETTER_SUBJECT, arena_printf(a, "V/v %s", o->subject), ALIGN_CENTER))->before = 6;
    return b;
}

static struct document_body day_block(struct arena *a, const struct official_document *o)
{
    struct document_body b = { .arena = a };
    int year = 0, month = 0, day = 0;
    day_split(o->day, &year, &month, &day);
    const char *date = o->dated ? day_document(a, o->day)
                                : arena_printf(a, month < 3 ? "ngày" BLANK "tháng %02d năm %d" : "ngày" BLANK "tháng %d năm %d", month, year);
    const char *text = o->place != NULL ? arena_printf(a, "%s, %s", o->place, date) : date;
    struct block *line = push(&b, line_of(PLACE_DAY, text, ALIGN_CENTER));
    line->italic = true;
    line->before = 4;
    return b;
}

static void add_head(struct document_body *b, const struct official_document *o)
{
    struct arena *a = b->arena;
    struct block head = two_columns(a, 2, LEFT_BLOCK, RIGHT_BLOCK);
    struct document_body blocks[] = { agency_block(a, o), country_block(a), number_block(a, o), day_block(a, o) };
    for (int i = 0; i < 4; i++)
        set_cell(&head.cells[i], i / 2, i % 2, &blocks[i]);
    push(b, head);
}

static void add_title(struct document_body *b, const struct official_document *o)
{
    if (o->kind == NULL)
        return;
    struct block *kind = push(b, line_of(KIND, text_upper(b->arena, o->kind), ALIGN_CENTER));
    kind->bold = kind->keep_next = true;
    kind->before = 18;
    struct block *subject = push(b, line_of(SUBJECT, o->subject, ALIGN_CENTER));
    subject->bold = true;
    subject->rule = rule_under(o->subject, subject->size, SMALL_WIDTH, TEXT_WIDTH);
    subject->after = 12;
}

static void add_addressees(struct document_body *b, const struct official_document *o)
{
    const char *const *to = o->addressees;
    if (to == NULL || to[0] == NULL)
        return;
    struct block one = line_of(ADDRESSEE, arena_printf(b->arena, "Kính gửi: %s", to[1] == NULL ? to[0] : ""), ALIGN_CENTER);
    one.before = o->kind == NULL ? 18 : 0;
    one.after = PARAGRAPH_GAP;
    if (to[1] == NULL) {
        one.after = 12;
        push(b, one);
        return;
    }
    one.text = "Kính gửi:";
    one.align = ALIGN_LEFT;
    one.indent = 90;
    push(b, one);
    for (; to[0] != NULL; to++) {
        struct block line = line_of(ADDRESSEE, arena_printf(b->arena, "- %s%s", to[0], to[1] != NULL ? ";" : "."), ALIGN_LEFT);
        line.indent = 150;
        line.after = to[1] != NULL ? 0 : 12;
        push(b, line);
    }
}

static struct block body_line(const char *text)
{
    struct block line = line_of(BODY, text, ALIGN_JUSTIFY);
    line.first_indent = FIRST_LINE;
    line.before = PARAGRAPH_GAP;
    line.line = LINE;
    return line;
}

static void add_bases(struct document_body *b, const struct official_document *o)
{
    for (const char *const *basis = o->bases; basis != NULL && basis[0] != NULL; basis++) {
        struct block line = body_line(arena_printf(b->arena, "%s%s", basis[0], basis[1] != NULL ? ";" : "."));
        line.size = document_layout_rules[BASIS].size;
        line.italic = true;
        push(b, line);
    }
}

/* ---- foot ---- */
static struct document_body recipient_block(struct arena *a, const struct official_document *o)
{
    struct document_body b = { .arena = a };
    struct block *head = push(&b, line_of(RECIPIENT_HEAD, "Nơi nhận:", ALIGN_LEFT));
    head->bold = head->italic = true;
    for (const char *const *to = o->recipients; to != NULL && to[0] != NULL; to++)
        push(&b, line_of(RECIPIENT, arena_printf(a, "- %s%s", to[0], to[1] != NULL ? ";" : "."), ALIGN_LEFT));
    return b;
}

static struct document_body signature_block(struct arena *a, const struct official_document *o)
{
    struct document_body b = { .arena = a };
    if (!text_blank(o->signer_prefix))
        push(&b, line_of(SIGNER_TITLE, text_upper(a, o->signer_prefix), ALIGN_CENTER))->bold = true;
    push(&b, line_of(SIGNER_TITLE, text_upper(a, o->signer_title), ALIGN_CENTER))->bold = true;
    struct block *name = push(&b, line_of(SIGNER_NAME, o->signer_name != NULL ? o->signer_name : "\u00a0", ALIGN_CENTER));
    name->bold = true;
    name->before = SIGNATURE_ROOM;
    return b;
}

static void add_foot(struct document_body *b, const struct official_document *o)
{
    push(b, line_of(RECIPIENT, "\u00a0", ALIGN_LEFT))->keep_next = true;
    struct block foot = two_columns(b->arena, 1, TEXT_WIDTH / 2, TEXT_WIDTH / 2);
    struct document_body left = recipient_block(b->arena, o), right = signature_block(b->arena, o);
    set_cell(&foot.cells[0], 0, 0, &left);
    set_cell(&foot.cells[1], 0, 1, &right);
    push(b, foot);
}

/* The sign that ends the content, at the last paragraph, which stays on the signature's page. */
static void end_body(struct document_body *b, size_t first)
{
    for (size_t i = b->count; i > first; i--) {
        struct block *last = &b->blocks[i - 1];
        if (last->kind != BLOCK_PARAGRAPH || last->run_count > 0 || last->text == NULL)
            break;
        last->keep_next = true;
        if (!text_ends(last->text, "./."))
            last->text = arena_printf(b->arena, "%s%s", last->text, text_ends(last->text, ".") ? "/." : "./.");
        return;
    }
}

struct document *document_layout(struct arena *a, const struct official_document *o)
{
    struct document_body b = { .arena = a };
    add_head(&b, o);
    add_title(&b, o);
    add_addressees(&b, o);
    add_bases(&b, o);
    size_t first = b.count;
    for (size_t i = 0; i < o->body_count; i++)
        push(&b, o->body[i]);
    end_body(&b, first);
    add_foot(&b, o);
    for (size_t i = 0; i < o->annex_count; i++)
        push(&b, o->annex[i]);
    struct document *doc = arena_alloc(a, sizeof *doc);
    doc->title = o->kind != NULL ? arena_printf(a, "%s %s", o->kind, o->subject) : o->subject;
    doc->watermark = o->draft ? "DỰ THẢO" : NULL;
    doc->blocks = b.blocks;
    doc->count = b.count;
    return doc;
}

/* ---- body ---- */
void body_paragraph(struct document_body *b, const char *text)
{
    push(b, body_line(text));
}

void body_heading(struct document_body *b, int level, const char *text)
{
    struct block *line = push(b, body_line(text));
    line->bold = line->heading = line->keep_next = true;
    line->italic = level > 1;
    line->level = level;
    line->before = level == 0 ? 2 * PARAGRAPH_GAP : PARAGRAPH_GAP;
}

void body_annex(struct document_body *b, const char *number, const char *title)
{
    push(b, (struct block){ .kind = BLOCK_PAGE_BREAK });
    struct block *head = push(b, line_of(BODY, number, ALIGN_CENTER));
    head->bold = head->keep_next = true;
    struct block *name = push(b, line_of(KIND, text_upper(b->arena, title), ALIGN_CENTER));
    name->bold = name->keep_next = true;
    name->after = 12;
}

void body_table(struct document_body *b, int rows, int columns, const char *const *texts, const double *widths,
                const enum align *aligns)
{
    struct block table = { .kind = BLOCK_TABLE, .rows = rows, .columns = columns, .cell_count = (size_t)(rows * columns),
                           .borders = true };
    table.cells = arena_array(b->arena, table.cell_count, sizeof *table.cells);
    table.widths = arena_array(b->arena, (size_t)columns, sizeof *table.widths);
    if (b->count > 0 && b->blocks[b->count - 1].kind == BLOCK_PARAGRAPH)
        b->blocks[b->count - 1].after = PARAGRAPH_GAP;
    double sum = 0;
    for (int i = 0; i < columns; i++)
        sum += widths[i];
    for (int i = 0; i < columns; i++)
        table.widths[i] = TEXT_WIDTH * widths[i] / sum;
    for (int i = 0; i < rows * columns; i++) {
        struct document_body content = { .arena = b->arena };
        bool header = i < columns;
        struct block *line = push(&content, line_of(TABLE_TEXT, texts[i] != NULL ? texts[i] : "", header ? ALIGN_CENTER : aligns[i % columns]));
        line->bold = header;
        line->before = line->after = 2;
        set_cell(&table.cells[i], i / columns, i % columns, &content);
        table.cells[i].header = header;
    }
    push(b, table);
}
