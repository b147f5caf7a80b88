/* Any text through the grammar of citations: every span lies within the text, every number reads back as itself. */
#include "fuzz/fuzz.h"
#include "modules/document/document_fold.h"
#include "modules/document/document_grammar.h"

static void check_citation(struct arena *a, const char *text, const struct citation *one)
{
    struct document_number again;
    const char *end;
    HOLDS(one->from <= one->to && one->to <= strlen(text) && one->number_at >= one->from);
    HOLDS(one->number.text == NULL ||
          (document_number_read(a, one->number.text, true, &again, &end) && strcmp(again.text, one->number.text) == 0));
}

static void check_starts(struct arena *a, const char *text)
{
    struct document_number number;
    struct document_date date;
    const char *end = text;
    HOLDS(!document_date_read(text, &date, &end) || (end > text && end <= text + strlen(text)));
    HOLDS(!document_number_read(a, text, false, &number, &end) || (end > text && end <= text + strlen(text)));
    document_kind_named(a, text);
}

FUZZ(grammar)
{
    struct arena *a = arena_new(CTX_ARENA_CAP);
    char *text = text_nfc(a, arena_copy_n(a, (const char *)bytes, strnlen((const char *)bytes, size)));
    struct citation *list = NULL;
    size_t count = document_citations(a, text, &list);
    for (size_t i = 0; i < count; i++) {
        HOLDS(i == 0 || list[i - 1].from <= list[i].from);
        check_citation(a, text, &list[i]);
    }
    check_starts(a, text);
    struct folded folded = fold_text(a, text);
    HOLDS(strlen(folded.key) == folded.length && folded.at[folded.length] == strlen(text));
    fold_find(fold_loose(a, text), "ke hoach so", &(const char *){ NULL });
    arena_free(a);
    return 0;
}
