/* Any text through the grammar of citations: every span lies within the text, every number reads back as itself. */
#include "modules/document/document_grammar.h"
#include "platform/base/text.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena *a = arena_new(256 * 1024 * 1024);
    char *text = text_nfc(a, arena_copy_n(a, (const char *)bytes, strnlen((const char *)bytes, size)));
    struct citation *list = NULL;
    size_t count = document_citations(a, text, &list);
    for (size_t i = 0; i < count; i++) {
        struct document_number again;
        const char *end;
        if (list[i].from > list[i].to || list[i].to > strlen(text) || (i > 0 && list[i - 1].from > list[i].from))
            abort();
        if (list[i].number.text != NULL && (!document_number_read(a, list[i].number.text, true, &again, &end) || strcmp(again.text, list[i].number.text) != 0))
            abort();
    }
    arena_free(a);
    return 0;
}
