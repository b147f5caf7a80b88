/* Tables that law sites and Markdown write with bars: a row a line ("a | b |"), or every cell on lines of its own with
 * bars between, with or without a bar that opens each row. */
#include "platform/doc/doc_text_bars.h"
#include <string.h>

enum { MOST_GAP = 3, LONGEST_CELL = 60, LONGEST_LOOSE_CELL = 15, HEAD_LINES = 4, MOST_REGION = 20000 };

/* ---- lines ---- */

static size_t count_bars(const struct text_line *line)
{
    size_t bars = 0;
    for (size_t i = 0; i < line->raw_length; i++)
        bars += line->raw[i] == '|';
    return bars;
}

static bool is_lone_bar(const struct text_line *line)
{
    const char *raw = line->raw;
    size_t length = line->raw_length;
    bars_trim(&raw, &length);
    return length == 1 && *raw == '|';
}

/* Cells of a row on one line; outer bars are no cells. */
static size_t cells_in(const struct text_line *line)
{
    const char *raw = line->raw;
    size_t length = line->raw_length;
    size_t bars = count_bars(line);
    bars_trim(&raw, &length);
    if (bars == 0 || length < 2)
        return 0;
    return bars + 1 - (raw[0] == '|') - (raw[length - 1] == '|');
}

static bool is_bar_rule(const struct text_line *line)
{
    for (size_t i = 0; i < line->raw_length; i++)
        if (strchr("|-: \t", line->raw[i]) == NULL)
            return false;
    return true;
}

/* ---- a row on a line ---- */

static bool same_line(const struct text_line *a, const struct text_line *b)
{
    return a->raw_length == b->raw_length && memcmp(a->raw, b->raw, a->raw_length) == 0;
}

static char *line_key(struct bars *b, const struct text_line *line)
{
    return text_key(b->a, arena_copy_n(b->a, line->raw, line->raw_length));
}

static bool has_motto(struct bars *b, const struct text_line *line)
{
    return strstr(line_key(b, line), "chu nghia viet nam") != NULL;
}

static void take_line(struct bars *b, size_t index, struct rows *rows)
{
    const char *raw = b->s->lines[index].raw;
    size_t length = b->s->lines[index].raw_length;
    bars_trim(&raw, &length);
    if (raw[0] == '|') {
        raw++;
        length--;
    }
    size_t first = b->cell_count;
    length -= length > 0 && raw[length - 1] == '|';
    for (const char *end = raw + length;;) {
        const char *bar = memchr(raw, '|', (size_t)(end - raw));
        size_t piece = b->piece_count;
        bars_add_piece(b, raw, (size_t)((bar == NULL ? end : bar) - raw), index);
        bars_add_cell(b, piece, false);
        if (bar == NULL)
            break;
        raw = bar + 1;
    }
    bars_add_row(b, rows, first, b->cell_count - first);
}

/* "Cải cách thể chế |": the one cell of a row that goes over all columns. */
static bool is_lone_cell(const struct text_line *line)
{
    const char *raw = line->raw;
    size_t length = line->raw_length;
    bars_trim(&raw, &length);
    return cells_in(line) == 1 && raw[length - 1] == '|';
}

static bool goes_on(const struct text_line *line)
{
    return !is_lone_bar(line) && (cells_in(line) >= 2 || is_bar_rule(line) || is_lone_cell(line)) && line->gap <= MOST_GAP;
}

static size_t find_row_lines(struct bars *b, size_t at)
{
    struct text_source *s = b->s;
    struct rows rows = { 0 };
    size_t to = at + 1;
    bool header = false;
    bool about = doc_tells_about(line_key(b, &s->lines[at])); /* the head of the document is a table of its own */
    while (to < s->count && goes_on(&s->lines[to]) && !(about && has_motto(b, &s->lines[to])))
        to++;
    if (to - at < 2 && !(to > at && has_motto(b, &s->lines[at])))
        return at;
    for (size_t i = at; i < to && b->cell_count < DOC_MOST_CELLS; i++) {
        bool again = i > at && same_line(&s->lines[i], &s->lines[at]); /* the header row, printed again on a new page */
        bool rule = is_bar_rule(&s->lines[i]);
        header = header || again || (rule && rows.count == 1);
        if (!again && !rule)
            take_line(b, i, &rows);
    }
    s->too_large = s->too_large || b->cell_count >= DOC_MOST_CELLS;
    if (rows.count == 0)
        return at;
    b->row_lines = true;
    bars_make_table(b, &rows, at, to, header);
    return to;
}

/* ---- cells on lines of their own ---- */

/* Is the bar of this line the end of a cell that began before it? Then the first line of that cell; else the line itself. */
static size_t cell_start(const struct bars *b, size_t at)
{
    const struct text_line *line = &b->s->lines[at];
    if (!is_lone_bar(line) || at == 0 || b->s->lines[at - 1].kind != LINE_BODY || (line->gap > 1 && !line->rule))
        return at;
    if (bars_is_first_head(b, bars_text(b, &b->s->lines[at - 1])))
        return at - 1;
    size_t from = at;
    for (size_t i = at; i-- > 0 && at - i <= HEAD_LINES && (i + 1 == at || b->s->lines[i + 1].gap == 0);) {
        if (b->s->lines[i].kind != LINE_BODY || !text_is_capitals(bars_text(b, &b->s->lines[i])))
            break;
        from = i;
    }
    return from;
}

static bool is_title(const struct bars *b, const struct text_line *line)
{
    static const char *const words[] = { "ke hoach", "quyet dinh", "chuong trinh", "thong bao", "phu luc" };
    const char *text = bars_text(b, line);
    const char *key = text_key(b->a, text);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_starts(key, words[i]) && text_is_capitals(text))
            return true;
    return false;
}

/* Does a cell begin at this line, so that a bar closes it before long? */
static bool begins_cell(const struct bars *b, size_t from, bool opened)
{
    size_t most = opened ? LONGEST_CELL : LONGEST_LOOSE_CELL;
    for (size_t i = from; i < b->s->count && i - from <= most; i++) {
        const struct text_line *line = &b->s->lines[i];
        if (count_bars(line) > 0)
            return true;
        if (line->gap > 1 || is_title(b, line))
            return false;
    }
    return false;
}

/* Where in the text the taking of cells is. */
struct taking {
    size_t line;
    const char *at; /* in the line */
    bool opened;    /* bars open the rows */
    size_t columns; /* of the first row, once it is over; 0 before */
    size_t in_row;  /* cells of this row so far */
};

/* The next bar of the line, its end when there is none; the text before it is a piece of the open cell. */
static bool take_piece(struct bars *b, struct taking *t)
{
    const struct text_line *line = &b->s->lines[t->line];
    const char *stop = line->raw + line->raw_length;
    const char *bar = memchr(t->at, '|', (size_t)(stop - t->at));
    bars_add_piece(b, t->at, (size_t)((bar == NULL ? stop : bar) - t->at), t->line);
    t->at = bar == NULL ? stop : bar + 1;
    return bar != NULL;
}

static bool line_is_over(const struct bars *b, const struct taking *t)
{
    const struct text_line *line = &b->s->lines[t->line];
    for (const char *at = t->at; at < line->raw + line->raw_length; at++)
        if (*at != ' ' && *at != '\t')
            return false;
    return true;
}

static void next_line(struct bars *b, struct taking *t)
{
    t->line++;
    t->at = t->line < b->s->count ? b->s->lines[t->line].raw : NULL;
}

/* A cell has just been closed. False: the table is over; else the place is where its next cell begins. */
static bool find_next_cell(struct bars *b, struct taking *t, bool *row_start)
{
    *row_start = false;
    if (!line_is_over(b, t))
        return true;
    next_line(b, t);
    if (t->line >= b->s->count || b->s->lines[t->line].gap > MOST_GAP)
        return false;
    const struct text_line *line = &b->s->lines[t->line];
    bool two = line->raw[strspn(line->raw, " \t")] == '|'; /* a bar behind a bar: a new row, or an empty cell */
    if (t->opened && two && line->gap == 0) {
        if (t->line + 1 >= b->s->count)
            return false;
        t->columns = t->columns == 0 ? t->in_row : t->columns;
        t->in_row = 0;
        t->at = line->raw + strspn(line->raw, " \t") + 1;
        *row_start = true;
        return !line_is_over(b, t) || begins_cell(b, t->line + 1, true);
    }
    bool full = t->opened && t->columns > 0 && t->in_row >= t->columns;
    return two || (!full && begins_cell(b, t->line, t->opened));
}

/* Takes the cells that hang together; returns the line behind them. */
static size_t take_cells(struct bars *b, size_t at, size_t from)
{
    struct taking t = { .line = from, .at = b->s->lines[from].raw, .opened = from == at && is_lone_bar(&b->s->lines[at]) };
    size_t piece = b->piece_count;
    size_t end = from;
    bool row_start = true;
    if (t.opened)
        t.at = b->s->lines[from].raw + strspn(b->s->lines[from].raw, " \t") + 1;
    while (t.line < b->s->count && t.line - from < MOST_REGION && b->cell_count < DOC_MOST_CELLS) {
        if (!take_piece(b, &t)) {
            next_line(b, &t);
            continue;
        }
        bars_add_cell(b, piece, row_start);
        t.in_row++;
        end = t.line + 1;
        piece = b->piece_count;
        if (!find_next_cell(b, &t, &row_start))
            break;
    }
    return end;
}

static size_t find_cell_lines(struct bars *b, size_t at)
{
    size_t from = cell_start(b, at);
    bool opened = from == at && is_lone_bar(&b->s->lines[at]);
    if (!begins_cell(b, opened ? at + 1 : from, true))
        return at;
    size_t to = take_cells(b, at, from);
    if (b->cell_count < 2 || to <= at)
        return at;
    struct rows rows = opened && b->cell_count > 2 ? bars_opened_rows(b) : bars_counted_rows(b);
    bool parted = opened && rows.count > 1;
    if (opened && !parted)
        rows = bars_counted_rows(b);
    bool header = bars_is_first_head(b, bars_cell_text(b, &b->cells[0]));
    bars_make_table(b, &rows, from, to, header && rows.count > 1);
    return to;
}

size_t text_find_bars(struct text_source *s, size_t at)
{
    struct bars b = { .s = s, .a = s->c->arena };
    const struct text_line *line = &s->lines[at];
    if (count_bars(line) == 0)
        return at;
    if (cells_in(line) >= 2 && !is_lone_bar(line))
        return find_row_lines(&b, at);
    const char *raw = line->raw;
    size_t length = line->raw_length;
    bars_trim(&raw, &length);
    return length > 0 && (raw[length - 1] == '|' || raw[0] == '|') ? find_cell_lines(&b, at) : at;
}
