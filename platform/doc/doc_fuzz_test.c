/* What fuzzing found once must never come back: each kept input is read again, whatever the outcome. */
#include "tests/test.h"
#include "platform/doc/doc.h"
#include <dirent.h>

static int replay(const char *folder, void (*read)(struct ctx *c, const char *bytes, size_t size))
{
    DIR *d = opendir(folder);
    int count = 0;
    for (struct dirent *entry; d != NULL && (entry = readdir(d)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        struct ctx c;
        ctx_open(&c, 0);
        size_t size = 0;
        char *bytes = test_file(c.arena, arena_printf(c.arena, "%s/%s", folder, entry->d_name), &size);
        CHECK(bytes != NULL);
        read(&c, bytes, size);
        ctx_close(&c);
        count++;
    }
    if (d != NULL)
        closedir(d);
    return count;
}

static void read_text(struct ctx *c, const char *bytes, size_t size)
{
    struct document *doc;
    doc_read_text(c, bytes, size, &doc);
}

static void read_any(struct ctx *c, const char *bytes, size_t size)
{
    struct document *doc;
    doc_read(c, bytes, size, &doc);
    ctx_forget(c);
    if (size > 0)
        doc_read_docx(c, bytes + 1, size - 1, &doc); /* after the letter that fuzz_docx.c puts first */
}

static void read_json(struct ctx *c, const char *bytes, size_t size)
{
    struct document *doc;
    doc_from_json(c, bytes, size, &doc);
}

TEST_PLAIN(fuzzing_seeds_and_kept_findings_are_read_without_harm)
{
    CHECK(replay("fuzz/corpus/text", read_text) > 0);
    CHECK(replay("fuzz/corpus/docx", read_any) > 0);
    CHECK(replay("fuzz/corpus/json", read_json) > 0);
    replay("fuzz/regressions/text", read_text);
    replay("fuzz/regressions/docx", read_any);
    replay("fuzz/regressions/json", read_json);
}
