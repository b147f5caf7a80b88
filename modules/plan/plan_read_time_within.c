/* The time inside a duty's sentence. */
#include "modules/document/document_fold.h"
#include "modules/document/document_grammar.h"
#include "plan_time.h"
#include "platform/base/text.h"
#include <ctype.h>
#include <string.h>

static const char *clause(struct arena *a, const struct folded *f, size_t from, size_t to)
{
    return text_squeeze(a, arena_copy_n(a, f->text + f->at[from], f->at[to] - f->at[from]));
}

static const char *bracketed(struct arena *a, const struct folded *f)
{
    for (size_t i = 0; i < f->length; i++) {
        if (f->key[i] != '(')
            continue;
        size_t end = i + 1 + strcspn(f->key + i + 1, ")");
        if (end >= f->length)
            return NULL;
        const char *text = clause(a, f, i + 1, end);
        char *key = fold_loose(a, text);
        bool waits = strncmp(key, "khi", 3) == 0 || strncmp(key, "neu", 3) == 0;
        if (waits && text_length(text) > 8 && text_length(text) < 120) /* "(nếu có)" alone is a manner of speech */
            return text;
    }
    return NULL;
}

static const char *dated(struct arena *a, const struct folded *f)
{
    static const char *const openers[] = { "truoc ngay", "trong ngay", "cham nhat", "den het ngay", "muon nhat", "vao ngay", "xong truoc", "truoc" };
    for (size_t i = 0; i < f->length; i++)
        for (size_t k = 0; k < sizeof openers / sizeof openers[0]; k++) {
            size_t length = strlen(openers[k]);
            bool here = (i == 0 || !fold_is_word(f->key[i - 1])) && i + length < f->length && memcmp(f->key + i, openers[k], 2) == 0 &&
                        fold_distance(f->key + i, length, openers[k], length, (int)(length / 5)) <= (int)(length / 5);
            if (!here)
                continue;
            size_t at = i + length;
            for (size_t words = 0; at < f->length && words < 3 && !isdigit((unsigned char)f->key[at]); at++)
                words += f->key[at] == ' ';
            struct document_date date;
            const char *end, *more;
            if (at >= f->length || !document_date_read(f->text + f->at[at], &date, &end))
                continue;
            while (text_starts(end, " và ") && document_date_read(end + strlen(" và "), &date, &more)) /* "15/6 và ngày 15/12" */
                end = more;
            return text_squeeze(a, arena_copy_n(a, f->text + f->at[i], (size_t)(end - f->text) - f->at[i]));
        }
    return NULL;
}

/* "… ít nhất 02 tin, bài/tháng …": from the number to the period. */
static const char *quota(struct arena *a, const struct folded *f)
{
    for (size_t i = 0; i + 3 < f->length; i++) {
        if (!isdigit((unsigned char)f->key[i]) || (i > 0 && f->key[i - 1] != ' '))
            continue;
        size_t slash = i + strcspn(f->key + i, "/.;:(");
        if (slash >= f->length || f->key[slash] != '/' || slash - i > 40 || isdigit((unsigned char)f->key[slash - 1]))
            continue;
        size_t end = slash + 1;
        while (end < f->length && fold_is_word(f->key[end]))
            end++;
        char period[12] = { 0 };
        memcpy(period, f->key + slash + 1, end - slash - 1 < sizeof period ? end - slash - 1 : sizeof period - 1);
        if (time_per_of(period) != PLAN_PER_NONE)
            return clause(a, f, i, end);
    }
    return NULL;
}

const char *plan_time_within(struct arena *a, const char *sentence)
{
    struct folded f = fold_text(a, sentence);
    const char *found = dated(a, &f);
    if (found == NULL)
        found = quota(a, &f);
    return found != NULL ? found : bracketed(a, &f);
}
