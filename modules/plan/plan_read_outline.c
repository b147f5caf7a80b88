/* From blocks to items, and from items to an outline that does not trust its own numbers. */
#include "modules/document/document_fold.h"
#include "plan_mark.h"
#include "platform/base/text.h"
#include <ctype.h>
#include <string.h>
#include <utf8proc.h>

enum { DEEPEST = 24, HEADING_LONGEST = 330, SUBHEADING_LONGEST = 70, CLOSING_FAR = 20, UNIT_LONGEST = 200, DATE_LINE_LONGEST = 300 };

static struct plan_item *add_item(struct plan_reader *r, const struct block *block, const struct plan_place *place, int cell)
{
    r->items = arena_grow(r->a, r->items, sizeof *r->items, &r->capacity, r->count + 1);
    struct plan_item *item = &r->items[r->count++];
    *item = (struct plan_item){ .block = block, .place = *place, .cell = cell, .parent = -1, .owner = -1, .text = "", .loose = "", .head = "" };
    return item;
}

/* Marks of bold type that a web page left open: "DÂN **". */
static const char *without_stars(struct arena *a, const char *line)
{
    if (strstr(line, "**") == NULL)
        return line;
    char *bare = arena_copy(a, line), *to = bare;
    for (const char *at = bare; *at != '\0'; at++)
        if (strncmp(at, "**", 2) == 0)
            at++;
        else
            *to++ = *at;
    *to = '\0';
    return bare;
}

/* "Hương Giang, ngày" / "12 tháng 3", "… ngày 12" / "tháng 3 năm 2026": a date that the width of its cell broke. */
static bool breaks_date(const struct plan_item *last, const char *line, const struct plan_place *place)
{
    const char *text = last->text;
    size_t length = strlen(text);
    if (length == 0 || length > DATE_LINE_LONGEST || last->table != NULL || last->place.block != place->block)
        return false;
    bool figure = isdigit((unsigned char)line[0]), ends_so = isdigit((unsigned char)text[length - 1]);
    if (figure)
        return text_ends(text, " ngày") || (strstr(text, "ngày ") != NULL && (text_ends(text, " tháng") || text_ends(text, " năm")));
    return ends_so && strstr(text, "ngày ") != NULL && (text_starts(line, "tháng ") || text_starts(line, "năm "));
}

static void join_line(struct plan_reader *r, struct plan_item *last, const char *text, const struct plan_place *place)
{
    last->text = last->head = arena_printf(r->a, "%s%s%s", last->text, last->text[0] != '\0' ? " " : "", text);
    last->loose = fold_loose(r->a, last->text);
    last->place.to = place->to;
}

static void add_line(struct plan_reader *r, const struct block *block, const struct plan_place *place, const char *line, int cell)
{
    line = without_stars(r->a, line);
    if (text_blank(line))
        return;
    struct plan_mark_read m = plan_mark_of(r->a, line);
    struct plan_item *last = r->count > 0 ? &r->items[r->count - 1] : NULL;
    bool lone = last != NULL && last->no != NULL && last->text[0] == '\0' && last->table == NULL; /* "Phần I" on a line of its own */
    bool joined = lone || (last != NULL && breaks_date(last, m.text, place));
    if (joined && m.mark == MARK_NONE && cell == last->cell) {
        join_line(r, last, m.text, place);
        return;
    }
    struct plan_item *item = add_item(r, block, place, cell);
    item->mark = m.mark;
    item->no = m.no;
    item->text = item->head = m.text;
    item->loose = fold_loose(r->a, m.text);
}

static bool sentence_open(const char *text)
{
    size_t length = strlen(text);
    return length > 0 && strchr(".;:!?", text[length - 1]) == NULL && !text_ends(text, "…");
}

static bool starts_small(const char *text)
{
    int32_t rune;
    text_next(text, &rune);
    return utf8proc_category(rune) == UTF8PROC_CATEGORY_LL;
}

/* The rest of a sentence that a page break cut in two belongs to the item before. */
static bool goes_on(const struct plan_reader *r, const struct plan_mark_read *m, int cell)
{
    if (r->count == 0 || m->mark != MARK_NONE || cell != 0)
        return false;
    const struct plan_item *last = &r->items[r->count - 1];
    return last->table == NULL && last->cell == 0 && last->text[0] != '\0' && sentence_open(last->text) &&
           text_length(last->text) > 30 && starts_small(m->text);
}

/* Bars that part cells in the text of law sites part lines here. */
static size_t split_lines(struct plan_reader *r, char *text, char ***lines)
{
    for (char *bar = text; (bar = strchr(bar, '|')) != NULL; bar++)
        if ((bar == text || bar[-1] == ' ' || bar[-1] == '\n') && (bar[1] == ' ' || bar[1] == '\0' || bar[1] == '\n'))
            *bar = '\n';
    return text_split(r->a, text, '\n', lines);
}

static void add_paragraph(struct plan_reader *r, const struct block *block, const struct plan_place *place, int cell)
{
    if (block->text == NULL)
        return;
    char *line = text_blank(block->mark) ? arena_copy(r->a, block->text) : arena_printf(r->a, "%s %s", block->mark, block->text);
    char **lines;
    size_t count = split_lines(r, line, &lines);
    struct plan_mark_read m = plan_mark_of(r->a, lines[0]);
    if (count == 1 && goes_on(r, &m, cell)) {
        join_line(r, &r->items[r->count - 1], m.text, place);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const char *closing = strstr(lines[i], " Trên đây là "); /* run on to the last duty */
        bool runs_on = closing != NULL && closing - lines[i] > CLOSING_FAR && strchr(".;/", closing[-1]) != NULL;
        add_line(r, block, place, runs_on ? arena_copy_n(r->a, lines[i], (size_t)(closing - lines[i])) : lines[i], cell);
        if (runs_on)
            add_line(r, block, place, closing, cell);
    }
}

static struct plan_place place_of(const struct plan_reader *r, const struct block *block, const struct block *outer)
{
    const struct place *p = block->place.page != 0 || block->place.from != 0 ? &block->place : &outer->place;
    return (struct plan_place){ .page = p->page, .from = p->from, .to = p->to, .block = (outer - r->doc->blocks) + 1 };
}

/* What stands in a cell; a table in it only places its lines. */
static void add_cell(struct plan_reader *r, const struct block *blocks, size_t count, const struct block *table, int column)
{
    for (size_t b = 0; b < count; b++) {
        struct plan_place place = place_of(r, &blocks[b], table);
        add_paragraph(r, &blocks[b], &place, column);
        for (size_t k = 0; k < blocks[b].cell_count; k++)
            add_cell(r, blocks[b].cells[k].blocks, blocks[b].cells[k].block_count, table, column);
    }
}

static void add_layout_table(struct plan_reader *r, const struct block *table)
{
    for (int column = 0; column < table->columns; column++)
        for (size_t k = 0; k < table->cell_count; k++)
            if (table->cells[k].column == column)
                add_cell(r, table->cells[k].blocks, table->cells[k].block_count, table, column + 1);
}

/* A table without a header of tasks that only places the head, the recipients and the signature. */
static bool is_layout(struct plan_reader *r, const struct block *table)
{
    return table->columns <= 3 && table->rows <= 12 && !plan_table_header(r, table);
}

void plan_collect_items(struct plan_reader *r)
{
    for (size_t i = 0; i < r->doc->count; i++) {
        const struct block *block = &r->doc->blocks[i];
        struct plan_place place = place_of(r, block, block);
        if (block->kind == BLOCK_PARAGRAPH)
            add_paragraph(r, block, &place, 0);
        else if (block->kind == BLOCK_TABLE && is_layout(r, block))
            add_layout_table(r, block);
        else if (block->kind == BLOCK_TABLE)
            add_item(r, block, &place, 0)->table = block;
    }
}

bool plan_top_level(enum plan_mark mark)
{
    return mark == MARK_PART || mark == MARK_UPPER || mark == MARK_ROMAN;
}

static bool is_bullet(enum plan_mark mark)
{
    return mark == MARK_DASH || mark == MARK_PLUS || mark == MARK_DOT || mark == MARK_NONE;
}

static int rank(enum plan_mark mark)
{
    static const int ranks[] = { [MARK_PART] = 0, [MARK_UPPER] = 1, [MARK_ROMAN] = 1, [MARK_NUMBER] = 3, [MARK_NUMBER2] = 4,
                                 [MARK_NUMBER3] = 5, [MARK_CLOSED] = 6, [MARK_LETTER] = 6, [MARK_PAREN] = 6,
                                 [MARK_DASH] = 8, [MARK_PLUS] = 9, [MARK_DOT] = 9, [MARK_NONE] = 10 };
    return ranks[mark];
}

struct outline {
    struct plan_reader *r;
    int open[DEEPEST]; /* items that may still get children */
    int depth;
    int nth[DEEPEST + 1][MARK_DOT + 1]; /* bullets seen at each depth since it was opened */
};

static bool are_bullets(enum plan_mark a, enum plan_mark b)
{
    return a != MARK_NONE && b != MARK_NONE && is_bullet(a) && is_bullet(b);
}

/* Where an item of this mark belongs: beside the last open one of its kind, else under what ranks above it. Of bullets
 * the one that came first is the outer: "* Phòng A:" and its "-". */
static void pop_for(struct outline *o, enum plan_mark mark)
{
    for (int k = o->depth; k-- > 0;)
        if (o->r->items[o->open[k]].mark == mark) {
            o->depth = k;
            return;
        }
    while (o->depth > 0 && rank(o->r->items[o->open[o->depth - 1]].mark) > rank(mark) && !are_bullets(o->r->items[o->open[o->depth - 1]].mark, mark))
        o->depth--;
}

static const char *path_of(struct outline *o, const struct plan_item *item)
{
    struct arena *a = o->r->a;
    const struct plan_item *above = item->parent >= 0 ? &o->r->items[item->parent] : NULL;
    if (item->no == NULL)
        return arena_printf(a, "%s#%d", above != NULL ? above->path : "", item->nth);
    if (above == NULL)
        return item->no;
    size_t length = above->no != NULL ? strlen(above->no) : 0;
    if (length > 0 && strncmp(item->no, above->no, length) == 0 && item->no[length] == '.')
        return arena_printf(a, "%s%s", above->path, item->no + length); /* 4.1 under IV.4 is IV.4.1 */
    return arena_printf(a, "%s.%s", above->path, item->no);
}

/* "C." after "B." goes on with letters; "I." after "H" too. */
static void mend_mark(struct outline *o, int i)
{
    struct plan_item *item = &o->r->items[i];
    if (item->mark != MARK_ROMAN || item->no == NULL || item->no[1] != '\0')
        return;
    for (int k = o->depth; k-- > 0;) {
        const struct plan_item *open = &o->r->items[o->open[k]];
        if (open->mark == MARK_UPPER && open->no[1] == '\0' && open->no[0] + 1 == item->no[0])
            item->mark = MARK_UPPER;
    }
}

/* A unit's name or a heading with its colon on a line of its own, with bullets below: it stands beside the bullets before it, not under the last. */
static bool heads_bullets(const struct outline *o, int i)
{
    const struct plan_item *item = &o->r->items[i], *next = item + 1;
    size_t length = strlen(item->text);
    bool bullets = i + 1 < (int)o->r->count && next->mark != MARK_NONE && is_bullet(next->mark);
    const char *colon = strchr(item->text, ':');
    bool alike = o->depth > 0 && bullets && o->r->items[o->open[o->depth - 1]].mark == next->mark; /* "Quý II:" between two lists */
    return bullets && length > 0 && length < UNIT_LONGEST && item->mark == MARK_NONE && item->table == NULL && strchr(".;,", item->text[length - 1]) == NULL &&
           (colon == NULL || colon[1] == '\0') && ((alike && colon != NULL) || plan_is_unit(o->r->a, item->text));
}

static void place_item(struct outline *o, int i)
{
    struct plan_item *item = &o->r->items[i];
    mend_mark(o, i);
    if (item->mark != MARK_NONE)
        pop_for(o, item->mark);
    while (heads_bullets(o, i) && o->depth > 0 && is_bullet(o->r->items[o->open[o->depth - 1]].mark))
        o->depth--;
    item->parent = o->depth > 0 ? o->open[o->depth - 1] : -1;
    item->nth = is_bullet(item->mark) ? ++o->nth[o->depth][item->mark] : 0;
    item->path = path_of(o, item);
    if (item->mark == MARK_NONE || o->depth >= DEEPEST)
        return;
    o->open[o->depth++] = i;
    memset(o->nth[o->depth], 0, sizeof o->nth[o->depth]);
}

/* ---- what a heading says of the items below ---- */

/* Deeper headings must begin with the words, for there "yêu cầu" is mostly part of a sentence. */
static bool says_about(struct plan_reader *r, const struct plan_item *item, const char *const *phrases)
{
    if (item->parent < 0 || plan_top_level(item->mark))
        return plan_heads(r, item, phrases);
    if (text_length(item->text) > SUBHEADING_LONGEST)
        return false;
    for (; *phrases != NULL; phrases++) {
        char *like = fold_loose(r->a, *phrases);
        if (strncmp(item->loose, like, strlen(like)) == 0)
            return true;
    }
    return false;
}

static unsigned own_about(struct plan_reader *r, const struct plan_item *item)
{
    static const char *const purpose[] = { "mục đích", "yêu cầu", "mục tiêu", NULL };
    static const char *const work[] = { "nội dung", "nhiệm vụ", "giải pháp", "hoạt động", NULL };
    static const char *const organising[] = { "tổ chức thực hiện", NULL };
    static const char *const planned[] = { "kế hoạch", NULL };
    static const char *const bases[] = { "căn cứ", "cơ sở pháp lý", "các căn cứ", NULL };
    bool heading = item->table == NULL && (item->no != NULL || item->parent < 0);
    if (!heading)
        return 0;
    unsigned about = says_about(r, item, work) ? ABOUT_WORK : 0;
    if (about == 0 && says_about(r, item, purpose))
        about |= ABOUT_PURPOSE;
    if (about == 0 && says_about(r, item, organising) && !says_about(r, item, planned))
        about |= ABOUT_ORGANISING;
    if (about == 0 && text_length(item->text) < SUBHEADING_LONGEST && says_about(r, item, bases))
        about |= ABOUT_BASES;
    return about;
}

static void mark_about(struct plan_reader *r)
{
    for (size_t i = 0; i < r->count; i++) {
        struct plan_item *item = &r->items[i];
        if (item->zone != ZONE_BODY)
            continue;
        unsigned own = own_about(r, item), above = item->parent >= 0 ? r->items[item->parent].about : 0;
        if ((own & ABOUT_WORK) != 0)
            above &= ~(unsigned)ABOUT_PURPOSE;
        item->about = own | above;
    }
}

void plan_build_outline(struct plan_reader *r)
{
    struct outline o = { .r = r };
    for (size_t i = 0; i < r->count; i++) {
        if (r->items[i].zone != ZONE_BODY) {
            o.depth = r->items[i].zone == ZONE_HEAD ? 0 : o.depth;
            continue;
        }
        place_item(&o, (int)i);
    }
    mark_about(r);
}

const char *plan_path_of(const struct plan_reader *r, size_t i)
{
    const struct plan_item *item = &r->items[i];
    if (item->mark != MARK_NONE || item->parent < 0 || r->items[item->parent].no == NULL || item->nth != 1)
        return item->path;
    for (size_t k = i + 1; k < r->count && r->items[k].parent >= item->parent; k++)
        if (r->items[k].parent == item->parent && r->items[k].zone == ZONE_BODY && strncmp(r->items[k].loose, "tren day", 8) != 0)
            return item->path;
        else if (r->items[k].parent == item->parent)
            break;
    for (size_t k = (size_t)item->parent + 1; k < i; k++)
        if (r->items[k].parent == item->parent)
            return item->path;
    return r->items[item->parent].path; /* the one paragraph under a heading */
}

int plan_section_of(const struct plan_reader *r, int i)
{
    while (i >= 0 && r->items[i].parent >= 0)
        i = r->items[i].parent;
    return i;
}

bool plan_heads(struct plan_reader *r, const struct plan_item *item, const char *const *phrases)
{
    if (text_length(item->text) > HEADING_LONGEST && strchr(item->text, ':') == NULL)
        return false;
    char *head = arena_copy_n(r->a, item->loose, strnlen(item->loose, 90));
    const char *end;
    for (; *phrases != NULL; phrases++)
        if (fold_find(head, fold_loose(r->a, *phrases), &end) != NULL)
            return true;
    return false;
}

/* A heading is short, or ends open and has something under it. */
static bool is_running_text(const struct plan_reader *r, size_t i)
{
    const struct plan_item *item = &r->items[i];
    if (plan_top_level(item->mark))
        return false;
    size_t length = strlen(item->text);
    bool closed = length > 0 && (item->text[length - 1] == '.' || item->text[length - 1] == ';');
    bool leads = i + 1 < r->count && r->items[i + 1].parent == (int)i && !closed;
    const char *colon = strchr(item->text, ':');
    if (colon != NULL && colon - item->text < 160 && plan_is_unit(r->a, item->text))
        return false; /* "Phòng A: làm việc này" is headed by the unit */
    return !leads && (closed ? text_length(item->text) > 60 : text_length(item->text) > 160);
}

static const char *section_title(struct plan_reader *r, size_t i, bool body)
{
    const struct plan_item *item = &r->items[i];
    const char *colon = strchr(item->text, ':');
    if (colon != NULL && (plan_top_level(item->mark) || body || plan_is_unit(r->a, item->text)) && colon - item->text < 200)
        return plan_tidy(r->a, text_sentence_case(r->a, text_trim(r->a, arena_copy_n(r->a, item->text, (size_t)(colon - item->text)))));
    if (!body)
        return plan_tidy(r->a, text_sentence_case(r->a, item->text));
    size_t end = 0, words = 0;
    for (; item->text[end] != '\0' && words < 18; end++) {
        words += item->text[end] == ' ';
        if (strchr(",;.", item->text[end]) != NULL && words >= 8)
            break;
    }
    return plan_tidy(r->a, arena_copy_n(r->a, item->text, end));
}

void plan_list_sections(struct plan_reader *r)
{
    struct plan_reading *out = r->out;
    for (size_t i = 0; i < r->count; i++) {
        const struct plan_item *item = &r->items[i];
        if (item->zone != ZONE_BODY || item->no == NULL || item->table != NULL)
            continue;
        int above = item->parent;
        bool second = above >= 0 && r->items[above].parent < 0;
        if (above >= 0 && !second && !plan_top_level(item->mark))
            continue;
        out->sections = arena_grow(r->a, out->sections, sizeof *out->sections, &out->section_capacity, out->section_count + 1);
        bool body = is_running_text(r, i);
        out->sections[out->section_count++] =
            (struct plan_section){ .no = item->path, .title = section_title(r, i, body), .body = body, .place = item->place };
    }
}
