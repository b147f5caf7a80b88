/* What people corrected, told from what was read and what they confirmed. */
#include "modules/plan/plan_learn.h"
#include "modules/plan/plan_mark.h"
#include "platform/base/text.h"
#include <string.h>

enum { LONGEST_SEEN = 120, LONGEST_PASSAGE = 600, LABEL_WORDS = 6, WORDING_WORDS = 6 };

static void add_found(struct learn_list *list, struct learn_found found)
{
    if (text_blank(found.seen) || strlen(found.seen) > LONGEST_SEEN || strlen(found.meant) > LONGEST_SEEN)
        return;
    list->items = arena_grow(list->arena, list->items, sizeof *list->items, &list->capacity, list->count + 1);
    if (strlen(found.passage) > LONGEST_PASSAGE)
        found.passage = found.seen;
    list->items[list->count++] = found;
}

/* ---- a time that meant nothing to the reader, and how people say it ---- */

static void find_time(struct learn_list *list, const struct draft_task *read, const struct draft_task *confirmed)
{
    bool understood = read->schedule.kind == SCHEDULE_NONE && confirmed->schedule.kind != SCHEDULE_NONE;
    if (understood && !text_blank(read->time_raw) && strcmp(read->time_raw, confirmed->time_raw) != 0)
        add_found(list, (struct learn_found){ "time", read->time_raw, confirmed->time_raw, read->time_raw });
}

/* ---- a label word that was not known: "Bên lo việc: Phòng A" ---- */

/* The words before the first colon, when they could be a label; "" when not. */
static const char *label_of(struct arena *a, const char *line, const char **value)
{
    struct plan_mark_read m = plan_mark_of(a, line);
    const char *colon = strchr(m.text, ':');
    if (colon == NULL)
        return "";
    const char *label = text_trim(a, arena_copy_n(a, m.text, (size_t)(colon - m.text)));
    char **words;
    *value = colon + 1;
    return text_split(a, label, ' ', &words) <= LABEL_WORDS ? label : "";
}

static void look_at_line(struct learn_list *list, const char *line, const char *field, const char *wanted)
{
    struct arena *a = list->arena;
    const char *value = "", *label = label_of(a, line, &value);
    if (label[0] == '\0' || plan_label_of(a, label, strlen(label), false, false) != LABEL_NONE)
        return;
    if (text_starts(text_key(a, value), text_key(a, wanted)))
        add_found(list, (struct learn_found){ "label", label, field, plan_mark_of(a, line).text });
}

static void look_at_block(struct learn_list *list, const struct block *block, const char *field, const char *wanted, int depth)
{
    enum { DEEPEST = 4 };
    char **lines;
    size_t count = block->text == NULL ? 0 : text_split(list->arena, block->text, '\n', &lines);
    for (size_t i = 0; i < count; i++)
        look_at_line(list, lines[i], field, wanted);
    for (size_t k = 0; depth < DEEPEST && k < block->cell_count; k++)
        for (size_t b = 0; b < block->cells[k].block_count; b++)
            look_at_block(list, &block->cells[k].blocks[b], field, wanted, depth + 1);
}

/* A field that was empty, and whose first entry stands behind a colon somewhere. */
static void find_label(struct learn_list *list, const struct document *doc, const char *field, const char *read, const char *confirmed)
{
    const char **parts;
    if (!text_blank(read) || draft_parts(list->arena, confirmed, DRAFT_UNITS_END, &parts) == 0 || text_length(parts[0]) < 4)
        return;
    for (size_t i = 0; i < doc->count; i++)
        look_at_block(list, &doc->blocks[i], field, parts[0], 0);
}

/* ---- words that were repaired wrongly ---- */

static const char *joined(struct arena *a, char **words, size_t from, size_t to)
{
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    for (size_t i = from; i < to; i++)
        buffer_printf(&b, "%s%s", i > from ? " " : "", words[i]);
    size_t length = b.length;
    while (length > 0 && strchr(".,;:", b.text[length - 1]) != NULL)
        length--;
    return arena_copy_n(a, b.text, length);
}

static bool has_figure(const char *text)
{
    return text[strcspn(text, "0123456789")] != '\0';
}

/* The words between what all three wordings begin and end with. */
static void find_wording(struct learn_list *list, const char *original, const char *read, const char *confirmed)
{
    struct arena *a = list->arena;
    char **was, **now, **seen;
    if (original == NULL || strcmp(read, confirmed) == 0)
        return;
    size_t was_count = text_split(a, text_squeeze(a, read), ' ', &was), now_count = text_split(a, text_squeeze(a, confirmed), ' ', &now);
    size_t seen_count = text_split(a, text_squeeze(a, original), ' ', &seen), from = 0, end = 0;
    while (from < was_count && from < now_count && strcmp(was[from], now[from]) == 0)
        from++;
    while (end < was_count - from && end < now_count - from && strcmp(was[was_count - 1 - end], now[now_count - 1 - end]) == 0)
        end++;
    bool rewritten = now_count <= from + end || now_count - from - end > WORDING_WORDS || was_count - from - end > WORDING_WORDS;
    if (rewritten || seen_count != was_count || was_count <= from + end)
        return;
    const char *meant = joined(a, now, from, now_count - end);
    if (!has_figure(meant))
        add_found(list, (struct learn_found){ "wording", joined(a, seen, from, seen_count - end), meant, original });
}

/* ---- */

static void find_in_task(struct learn_list *list, const struct draft_task *read, const struct draft_task *confirmed, const struct document *doc)
{
    find_time(list, read, confirmed);
    for (int f = 0; draft_task_fields[f].name != NULL; f++) {
        const struct draft_field *field = &draft_task_fields[f];
        const char *was = *draft_text(field, (void *)read), *now = *draft_text(field, (void *)confirmed);
        if (plan_usual_label(field->place) != NULL)
            find_label(list, doc, field->place, was, now);
        find_wording(list, read->marks[f].original, was, now);
    }
}

void plan_learn_find(struct ctx *c, const struct plan_draft *read, const struct plan_draft *confirmed, const struct document *doc,
                     struct learn_list *list)
{
    *list = (struct learn_list){ .arena = c->arena };
    for (size_t i = 0; i < confirmed->count; i++) {
        const struct draft_task *task = &confirmed->tasks[i];
        const struct draft_task *was = task->base == task->key ? draft_task_of(read, task->key) : NULL;
        if (was != NULL)
            find_in_task(list, was, task, doc);
    }
}
