/* Several files as one plan: order, places that run on, the way through JSON. */
#include "platform/doc/doc_model.h"
#include "tests/test.h"
#include <string.h>

TEST_PLAIN(files_are_joined_in_order_and_their_places_run_on)
{
    struct ctx *c = test_ctx();
    static const char *const texts[] = { "KẾ HOẠCH\n\nMột đoạn\n", "PHỤ LỤC\n| STT | Việc |\n| 1 | Báo cáo |\n" };
    static const char *const names[] = { "ke-hoach.txt", "phu-luc.txt" };
    struct document *docs[2] = { NULL, NULL };
    for (int i = 0; i < 2; i++)
        CHECK_INT(doc_read(c, texts[i], strlen(texts[i]), &docs[i]), OK);
    CHECK(doc_join(c->arena, docs, names, 1) == docs[0]);
    struct document *whole = doc_join(c->arena, docs, names, 2);
    CHECK_INT(whole->count, 4);
    CHECK(whole->blocks[1].place.file == 1 && whole->blocks[1].place.from == 3);
    CHECK(whole->blocks[2].place.file == 2 && whole->blocks[2].place.from == 4);
    CHECK(whole->blocks[3].place.from == 5 && whole->blocks[3].cells[3].blocks[0].place.from == 6);
    CHECK(whole->file_count == 2 && whole->files[1].before == 3 && whole->files[1].pages_before == 1);
    const char *json = doc_to_json(c->arena, whole);
    struct document *back = NULL;
    CHECK_INT(doc_from_json(c, json, strlen(json), &back), OK);
    CHECK_TEXT(doc_to_json(c->arena, back), json);
    CHECK_TEXT(back->files[1].name, "phu-luc.txt");
}

TEST_PLAIN(media_types_are_told_by_content)
{
    CHECK_TEXT(doc_media_type("{\\rtf1", 6), "application/rtf");
    CHECK_TEXT(doc_media_type("<html>", 6), "text/html");
    CHECK_TEXT(doc_media_type("%PDF-1.4", 8), "application/pdf");
    CHECK_TEXT(doc_media_type("\0\1", 2), "application/octet-stream");
}
