/* Pages that are pictures: recognised by the sandboxed program from pictures made here. */
#include "platform/doc/doc_model.h"
#include "platform/doc/doc_process.h"
#include "tests/test.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *scanner(void)
{
    const char *program = helper_path(test_ctx(), "SAURO_SCAN", "sauro-scan");
    if (access(program, X_OK) != 0)
        test_skip("sauro-scan is not built here: tesseract is absent");
    return program;
}

TEST_PLAIN(scanner_is_shut_in_its_sandbox)
{
    char *command = arena_copy(test_ctx()->arena, scanner());
    pid_t pid = fork();
    if (pid == 0) {
        execl(command, "sauro-scan", "--check", (char *)NULL);
        _exit(127);
    }
    int status = 0;
    CHECK(waitpid(pid, &status, 0) == pid);
    CHECK(WIFEXITED(status));
    CHECK_INT(WEXITSTATUS(status), 0);
}

/* ---- a picture made here: a page by our own writer, as sauro-reader gives it to sauro-scan ---- */

static char *put_bytes(const char *name, const void *bytes, size_t size)
{
    char *path = arena_printf(test_ctx()->arena, "%s/%s", test_folder(), name);
    FILE *f = fopen(path, "wb");
    CHECK(fwrite(bytes, 1, size, f) == size);
    fclose(f);
    return path;
}

static struct cell_box a_cell(struct block *block, int row, int column, const char *text)
{
    *block = (struct block){ .kind = BLOCK_PARAGRAPH, .text = text, .size = 13 };
    return (struct cell_box){ .row = row, .column = column, .row_span = 1, .column_span = 1, .blocks = block, .block_count = 1 };
}

static const char sentence[] = "Tiếp tục đẩy mạnh công tác thông tin, tuyên truyền nhằm nâng cao nhận thức của viên chức, người lao động "
                               "trong Trung tâm Y tế về mục tiêu của công tác cải cách hành chính năm 2026.";

/* The page as PNG: what a scanner would have made of it. */
static char *picture_of_a_page(void)
{
    struct ctx *c = test_ctx();
    static struct block texts[6];
    static const char *const words[] = { "STT", "Nhiệm vụ", "Thời gian", "1.", "Đăng tin trên trang thông tin", "Quý II/2026" };
    struct cell_box cells[6];
    for (int i = 0; i < 6; i++)
        cells[i] = a_cell(&texts[i], i / 3, i % 3, words[i]);
    double widths[] = { 40, 260, 120 };
    struct block blocks[] = {
        { .kind = BLOCK_PARAGRAPH, .text = "KẾ HOẠCH", .align = ALIGN_CENTER, .bold = true, .size = 14 },
        { .kind = BLOCK_PARAGRAPH, .text = sentence, .align = ALIGN_JUSTIFY, .size = 14, .first_indent = 36, .after = 6 },
        { .kind = BLOCK_TABLE, .rows = 2, .columns = 3, .cells = cells, .cell_count = 6, .widths = widths, .borders = true },
    };
    const void *bytes;
    size_t size;
    struct doc_image image;
    CHECK_INT(doc_write_pdf(c, &(struct document){ .blocks = blocks, .count = 3 }, &bytes, &size), OK);
    CHECK_INT(doc_page_image(c, put_bytes("page.pdf", bytes, size), 1, 1654, &image), OK);
    CHECK_TEXT(image.type, "image/png");
    return put_bytes("page.png", image.bytes, image.size);
}

TEST_PLAIN(scan_gives_words_paragraphs_and_the_ruled_table)
{
    scanner();
    struct ctx *c = test_ctx();
    struct document *doc = NULL;
    if (doc_read_whole(c, picture_of_a_page(), NULL, &doc) != OK && c->message == doc_says_no_scan)
        test_skip("tesseract has no Vietnamese here");
    CHECK_INT(c->err, OK);
    CHECK_TEXT(doc->format, "scan");
    CHECK_INT(doc->count, 3);
    CHECK_TEXT(doc->blocks[0].text, "KẾ HOẠCH");
    CHECK(doc->blocks[0].align == ALIGN_CENTER && doc->blocks[0].bold);
    CHECK_TEXT(doc->blocks[1].text, sentence);
    CHECK(doc->blocks[1].sure > 0.8 && doc->blocks[1].sure <= 1 && doc->blocks[1].run_count > 0);
    CHECK_INT(doc->blocks[2].rows, 2);
    CHECK_INT(doc->blocks[2].cell_count, 6);
    CHECK_TEXT(doc->blocks[2].cells[4].blocks[0].text, "Đăng tin trên trang thông tin");
    CHECK(doc->page_list[0].width > 590 && doc->page_list[0].width < 600);
}

static bool stop_at_once(void *asked, int page, int pages)
{
    CHECK(page == 1 && pages == 1);
    return ++*(int *)asked < 2; /* before the page, then while it is read */
}

TEST_PLAIN(scan_that_is_stopped_ends_at_once_and_leaves_no_process)
{
    scanner();
    struct ctx *c = test_ctx();
    struct document *doc = NULL;
    int asked = 0;
    const struct doc_watch watch = { .go_on = stop_at_once, .arg = &asked };
    char *path = picture_of_a_page();
    setenv("SAURO_SCAN", put_bytes("slow.sh", "#!/bin/sh\nexec sleep 60\n", 24), 1);
    chmod(getenv("SAURO_SCAN"), 0700);
    CHECK_INT(doc_read_whole(c, path, &watch, &doc), INVALID);
    unsetenv("SAURO_SCAN");
    CHECK_TEXT(c->message, doc_says_stopped);
    CHECK_INT(asked, 2);
    CHECK(waitpid(-1, NULL, WNOHANG) == -1);
}

TEST_PLAIN(scan_without_the_recogniser_is_a_sentence)
{
    struct ctx *c = test_ctx();
    struct document *doc = NULL;
    char *path = put_bytes("photo.jpg", "\xFF\xD8\xFF\xE0JFIF", 8);
    setenv("SAURO_SCAN", "/no/such/program", 1);
    CHECK_INT(doc_read_whole(c, path, NULL, &doc), INVALID);
    unsetenv("SAURO_SCAN");
    CHECK_TEXT(c->message, doc_says_no_scan);
}

/* Headers that promise what the bytes do not hold, or what no memory holds. */
TEST_PLAIN(hostile_pictures_end_in_a_sentence)
{
    scanner();
    static const unsigned char png[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0x75, 0x30,
                                         0, 0, 0x75, 0x30, 16, 2, 0, 0, 0, 0, 0, 0, 0 }; /* 30000 x 30000, 48 bits */
    static const struct {
        const char *bytes;
        size_t size;
    } files[] = {
        { "\xFF\xD8\xFF\xE0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0", 20 },
        { "II*\0\x08\0\0\0\0\0\0\0\0\0", 14 },
        { "MM\0*\0\0\0\x08\0\0\0\0\0\x08", 14 }, /* a ring of pages */
        { "BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\xFF\xFF\xFF\x7F\xFF\xFF\xFF\x7F\1\0\x18\0", 30 },
    };
    char *padded = arena_alloc(test_ctx()->arena, 4096);
    for (size_t i = 0; i <= sizeof files / sizeof *files; i++) {
        bool last = i == sizeof files / sizeof *files;
        memset(padded, 0, 4096);
        memcpy(padded, last ? (const void *)png : files[i].bytes, last ? sizeof png : files[i].size);
        struct ctx *c = test_ctx();
        struct document *doc = NULL;
        CHECK_INT(doc_read_whole(c, put_bytes("x.img", padded, 4096), NULL, &doc), INVALID);
        CHECK(c->message != NULL && c->message[0] != '\0');
    }
    CHECK(waitpid(-1, NULL, WNOHANG) == -1);
}

/* ---- pages put together, without any recogniser ---- */

static struct doc_word a_word(double x, double y, const char *text)
{
    return (struct doc_word){ .x = x, .y = y, .width = 7 * (double)strlen(text), .height = 15, .size = 14, .sure = 0.9, .text = text };
}

TEST_PLAIN(recognised_pages_take_the_place_of_pictures_and_paragraphs_go_on)
{
    struct ctx *c = test_ctx();
    struct doc_word first[] = { a_word(85, 700, "-"), a_word(100, 700, "Tuyen"), a_word(400, 700, "truyen"), a_word(450, 700, "rong") };
    struct doc_word second[] = { a_word(85, 60, "rai"), a_word(120, 60, "khap"), a_word(160, 60, "noi.") };
    struct doc_page waiting[] = { { .number = 1, .width = 595, .height = 842, .picture = true },
                                  { .number = 2, .width = 595, .height = 842, .picture = true } };
    struct doc_page read[] = { { .number = 1, .width = 595, .height = 842, .words = first, .word_count = 4 },
                               { .number = 2, .width = 595, .height = 842, .words = second, .word_count = 3 } };
    struct document pages[] = { { .page_list = &read[1], .page_count = 1 }, { .page_list = &read[0], .page_count = 1 } };
    struct document *const given[] = { &pages[0], &pages[1] }; /* in any order */
    struct document *whole = NULL;
    CHECK_INT(doc_with_pages(c, &(struct document){ .format = "pdf", .pages = 2, .page_list = waiting, .page_count = 2 }, given, 2, &whole), OK);
    CHECK_TEXT(whole->format, "scan");
    CHECK(!doc_needs_scan(whole));
    CHECK_INT(whole->count, 1);
    CHECK_TEXT(whole->blocks[0].text, "- Tuyen truyen rong rai khap noi.");
    CHECK_INT(whole->blocks[0].place.page, 1);
    CHECK_INT(doc_with_pages(c, &(struct document){ .format = "pdf", .pages = 2, .page_list = waiting, .page_count = 2 }, given, 1, &whole), OK);
    CHECK(doc_needs_scan(whole)); /* the first page still waits */
}

TEST_PLAIN(words_that_a_taken_over_program_sends_do_no_harm)
{
    struct ctx *c = test_ctx();
    struct doc_word words[] = { { .x = 1e300, .y = -1e300, .width = -1e9, .height = 1e300, .size = -4, .sure = 7, .text = "a" },
                                { .text = "" }, a_word(85, 60, "khap") };
    struct doc_line lines[] = { { 1e300, 0, -1e300, 0 }, { 0, 0, 1e300, 1e300 } };
    struct doc_page waiting = { .number = 1, .picture = true };
    struct doc_page read = { .number = 1, .width = -1, .height = 1e300, .words = words, .word_count = 3, .lines = lines, .line_count = 2 };
    struct document page = { .page_list = &read, .page_count = 1 };
    struct document *const given[] = { &page };
    struct document *whole = NULL;
    CHECK_INT(doc_with_pages(c, &(struct document){ .pages = 1, .page_list = &waiting, .page_count = 1 }, given, 1, &whole), OK);
    char *json = doc_to_json(c->arena, &page);
    CHECK_INT(doc_from_json(c, json, strlen(json), &whole), OK);
    CHECK_INT(whole->page_list[0].word_count, 3);
}
