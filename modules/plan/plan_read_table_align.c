/* Rows that lost their merged cells: a text of a web page leaves them out, so that what follows moved to the left. */
#include "plan_table.h"
#include "platform/base/text.h"
#include <string.h>

enum { FIELDS_MOST = 8, TIME_LONGEST = 80, NUMBER_LONGEST_BYTES = 10 };

struct alignment {
    struct plan_reader *r;
    const struct plan_row *above;
    const struct plan_columns *columns;
    const char *texts[FIELDS_MOST]; /* in the order of the row */
    bool timed[FIELDS_MOST], unit[FIELDS_MOST];
    int count;
    int fields[FIELDS_MOST]; /* columns behind the task */
    int field_count;
    bool timeless;  /* no text is a time although a column wants one: then the leads are likely merged with it */
    int best[FIELDS_MOST], best_score; /* field of each text */
};

/* "Các khoa, phòng", "Phòng A; các đơn vị liên quan" */
static bool is_set(const char *text)
{
    return strstr(text, "Các ") != NULL || strstr(text, "các ") != NULL || text_starts(text, "Tất cả ") || text_starts(text, "Toàn thể ");
}

/* Partners are mostly sets ("Các khoa, phòng") where leads are named, so a set belongs where one stands above. */
static int likeness(const char *text, const char *above)
{
    return above[0] == '\0' ? 0 : is_set(text) == is_set(above) ? 1 : -1;
}

/* How well a text suits a column, from -4 to 4. */
static int fit(const struct alignment *s, int text, int column)
{
    enum plan_role role = s->columns->of[column];
    int same = strcmp(s->texts[text], s->above->texts[column]) == 0 ? 1 : 0;
    bool timed = s->timed[text], unit = s->unit[text];
    if (role >= ROLE_TIME && role <= ROLE_FREQUENCY)
        return same + (timed ? 2 : unit ? -2 : -1);
    if (role >= ROLE_LEAD && role < ROLE_PARTNER && s->timeless)
        same--;
    if (role >= ROLE_LEAD && role <= ROLE_BOTH)
        return same + (unit ? 2 + likeness(s->texts[text], s->above->texts[column]) : timed ? -3 : -1);
    if (role == ROLE_PRODUCT)
        return same + (timed ? -2 : unit ? 0 : 1);
    return same;
}

/* Tries every way to give the texts columns in their order. */
static void place(struct alignment *s, int text, int field, int score, int *chosen)
{
    if (text == s->count) {
        if (score > s->best_score) {
            s->best_score = score;
            memcpy(s->best, chosen, sizeof s->best);
        }
        return;
    }
    for (int i = field; i + (s->count - text) <= s->field_count; i++) {
        chosen[text] = i;
        place(s, text + 1, i + 1, score + fit(s, text, s->fields[i]), chosen);
    }
}

static bool collect(struct alignment *s, const struct plan_row *row)
{
    bool behind = false, ended = false;
    for (int i = 0; i < s->columns->count; i++) {
        enum plan_role role = s->columns->of[i];
        if (behind && role != ROLE_TITLE) {
            if (s->field_count == FIELDS_MOST)
                return false;
            s->fields[s->field_count++] = i;
            bool said = row->texts[i][0] != '\0';
            if (said && ended)
                return false; /* a blank in the middle: nothing was left out */
            ended = ended || !said;
            if (said)
                s->texts[s->count++] = row->texts[i];
        }
        behind = behind || role == ROLE_TITLE;
    }
    return s->count > 0 && s->count < s->field_count;
}

static int column_of(const struct plan_columns *c, enum plan_role role)
{
    for (int i = 0; i < c->count; i++)
        if (c->of[i] == role)
            return i;
    return -1;
}

/* The cells left of the task are missing too: its words stand in the column of the number or of the group. */
static void push_right(struct plan_reader *r, struct plan_row *row, const struct plan_columns *c)
{
    int number = column_of(c, ROLE_NUMBER), title = column_of(c, ROLE_TITLE), group = column_of(c, ROLE_GROUP), last = c->count;
    while (last > 0 && row->texts[last - 1][0] == '\0')
        last--;
    bool no_number = number == 0 && row->no == NULL && row->rank == RANK_NONE && strlen(row->texts[0]) > NUMBER_LONGEST_BYTES;
    bool no_group = group >= 0 && group < title && row->texts[group][0] != '\0' && plan_is_unit(r->a, row->texts[title]);
    int from = no_number ? 0 : no_group ? group : -1, gap = title - from;
    if (from < 0 || gap < 1 || last + gap > c->count)
        return;
    for (int i = c->count; i-- > from;) {
        row->texts[i] = i - gap >= from ? row->texts[i - gap] : "";
        row->cells[i] = i - gap >= from ? row->cells[i - gap] : NULL;
    }
    plan_row_settle(r->a, c, NULL, row);
}

void plan_row_realign(struct plan_reader *r, struct plan_row *row, const struct plan_row *above, const struct plan_columns *c)
{
    struct alignment s = { .r = r, .above = above, .columns = c, .best_score = -100 };
    if (!row->blanks_say_above || row->banner)
        return;
    push_right(r, row, c);
    if (above->banner || row->title[0] == '\0' || !collect(&s, row))
        return;
    int as_it_is = 0, chosen[FIELDS_MOST] = { 0 };
    s.timeless = column_of(c, ROLE_TIME) >= 0;
    for (int i = 0; i < s.count; i++) {
        bool brief = text_length(s.texts[i]) <= TIME_LONGEST;
        s.unit[i] = plan_is_unit(r->a, s.texts[i]);
        s.timed[i] = brief && !s.unit[i] && plan_time_of(r->a, s.texts[i], NULL, r->out->year, false).kind != PLAN_NO_TIME;
        s.timeless = s.timeless && !s.timed[i];
    }
    for (int i = 0; i < s.count; i++)
        as_it_is += fit(&s, i, s.fields[i]);
    place(&s, 0, 0, 0, chosen);
    if (s.best_score <= as_it_is)
        return;
    const struct cell_box *cells[FIELDS_MOST];
    for (int i = 0; i < s.count; i++)
        cells[i] = row->cells[s.fields[i]];
    for (int i = 0; i < s.field_count; i++)
        row->texts[s.fields[i]] = "";
    for (int i = 0; i < s.count; i++) {
        row->texts[s.fields[s.best[i]]] = s.texts[i];
        row->cells[s.fields[s.best[i]]] = cells[i];
    }
}
