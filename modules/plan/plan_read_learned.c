/* What people taught the installation: label words, times and misread wording. The document is prepared, and the times are
 * looked over; the stages between know nothing of it. */
#include "modules/document/document_fold.h"
#include "plan_parts.h"
#include "platform/base/text.h"
#include <string.h>

/* Labels that every stage knows, by the name of the field. */
static const char *const usual_labels[PLAN_FIELDS] = { NULL, "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian thực hiện", "Sản phẩm", "Kinh phí" };

const char *plan_usual_label(const char *field)
{
    for (int f = 0; f < PLAN_FIELDS; f++)
        if (usual_labels[f] != NULL && strcmp(plan_field_names[f], field) == 0)
            return usual_labels[f];
    return NULL;
}

/* Where the label stands as one: behind nothing but signs, or behind the end of a sentence, and with a colon after it.
 * SIZE_MAX: nowhere. whole: it may also be all there is, as in the head of a table. */
static size_t find_label(const struct folded *f, const char *label, size_t length, bool whole)
{
    bool opens = true;
    for (size_t i = 0; i + length <= f->length; i++) {
        if (opens && strncmp(f->key + i, label, length) == 0) {
            size_t end = i + length;
            while (end < f->length && f->key[end] == ' ')
                end++;
            if ((end < f->length && f->key[end] == ':') || (whole && end == f->length))
                return i;
        }
        char sign = f->key[i];
        opens = sign == '.' || sign == ';' || f->text[f->at[i]] == '\n' || (opens && !fold_is_word(sign));
    }
    return SIZE_MAX;
}

const char *plan_relabel(struct arena *a, const struct plan_knowledge *known, const char *text, bool in_cell)
{
    for (size_t i = 0; known != NULL && i < known->lesson_count; i++) {
        const struct plan_lesson *lesson = &known->lessons[i];
        const char *usual = lesson->kind == LESSON_LABEL ? plan_usual_label(lesson->meant) : NULL;
        if (usual == NULL)
            continue;
        struct folded f = fold_text(a, text), label = fold_text(a, lesson->seen);
        size_t at = label.length == 0 ? SIZE_MAX : find_label(&f, label.key, label.length, in_cell);
        if (at != SIZE_MAX)
            text = arena_printf(a, "%.*s%s%s", (int)f.at[at], text, usual, text + f.at[at + label.length]);
    }
    return text;
}

void plan_read_learned_times(struct plan_reader *r, const struct plan_knowledge *known)
{
    enum { ALMOST_SURE = 90 };
    for (size_t i = 0; i < r->out->task_count; i++) {
        struct plan_task *t = &r->out->tasks[i];
        const char *key = t->time_raw == NULL ? "" : text_key(r->a, t->time_raw);
        for (size_t k = 0; known != NULL && key[0] != '\0' && k < known->lesson_count; k++) {
            const struct plan_lesson *lesson = &known->lessons[k];
            if (lesson->kind != LESSON_TIME || strcmp(text_key(r->a, lesson->seen), key) != 0)
                continue;
            t->time = plan_time_of(r->a, lesson->meant, NULL, r->out->year, false);
            t->sure[PLAN_TIME] = ALMOST_SURE / 100.0;
        }
    }
}

void plan_teach(struct viet_repairer *repairer, const struct plan_knowledge *known)
{
    for (size_t i = 0; plan_misread[i].seen != NULL; i++)
        viet_repairer_teach(repairer, plan_misread[i].seen, plan_misread[i].meant);
    for (size_t i = 0; known != NULL && i < known->lesson_count; i++)
        if (known->lessons[i].kind == LESSON_WORDING)
            viet_repairer_teach(repairer, known->lessons[i].seen, known->lessons[i].meant);
}
