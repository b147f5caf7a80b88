#include "modules/plan/plan_scan.h"
#include "modules/person/person.h"
#include "modules/plan/plan_amend.h"
#include "modules/plan/plan_learn.h"
#include "modules/plan/plan_read.h"
#include "plan_queries.h"
#include "platform/base/file.h"
#include "platform/base/text.h"
#include <inttypes.h>
#include <string.h>

enum { TOGETHER = 2, IMAGE_WIDTH = 1000, MODEL_MOST = 64 * 1024 * 1024, NAME_SPACE = '\x1f' };

/* ---- adding ---- */

enum err plan_part_keep(struct ctx *c, struct plan_part *part)
{
    const char *json = doc_to_json(c->arena, part->doc);
    return document_file_put(c, "van-ban.json", "application/json", json, strlen(json), &part->model);
}

/* before: pages of the files before it, as doc_join counts them. */
static void add_pages(struct ctx *c, int64_t import, int64_t position, const struct document *doc, int64_t before)
{
    for (size_t i = 0; i < doc->page_count; i++) {
        const struct doc_page *p = &doc->page_list[i];
        sql_plan_page_insert(c, import, before + (int64_t)i + 1, position, (int64_t)i + 1, p->picture ? "waiting" : "done",
                             (int64_t)(p->width + 0.5), (int64_t)(p->height + 0.5));
    }
}

static enum err draw_next(struct ctx *c, int64_t import)
{
    const struct rows *page = sql_plan_page_without_image(c, import);
    if (page->count == 0)
        return c->err;
    return job_add(c, "plan.image",
                   arena_printf(c->arena, "%" PRId64 " %s %s %s", import, cell(page, 0, "page"), cell(page, 0, "hash"),
                                cell(page, 0, "file_page")),
                   c->now);
}

struct document_file plan_parts_file(struct arena *a, const struct plan_part *parts, size_t count)
{
    struct document_file whole = parts[0].file;
    for (size_t i = 1; i < count; i++) {
        whole.source = arena_printf(a, "%s+%s", whole.source, parts[i].file.source);
        whole.file_name = arena_printf(a, "%s, %s", whole.file_name, parts[i].file.file_name);
    }
    return whole;
}

static enum err list_files(struct ctx *c, int64_t import, const struct plan_part *parts, size_t count)
{
    int64_t before = 0;
    for (size_t i = 0; i < count; i++) {
        document_file_record(c, &parts[i].file);
        document_file_record(c, &parts[i].model);
        sql_plan_import_file_insert(c, import, (int64_t)i + 1, parts[i].file.hash, parts[i].file.file_name, parts[i].model.hash);
        add_pages(c, import, (int64_t)i + 1, parts[i].doc, before);
        before += parts[i].doc->pages;
    }
    return c->err;
}

enum err plan_pages_add(struct ctx *c, int64_t import, const struct plan_part *parts, size_t count)
{
    return list_files(c, import, parts, count) != OK ? c->err : draw_next(c, import);
}

/* Payloads are words: a file's name is one with its spaces as a sign that no name has, and back. */
static const char *one_word(struct arena *a, const char *name, char from, char to)
{
    char *word = arena_copy(a, name);
    for (char *at = word; *at != '\0'; at++)
        *at = *at == from ? to : *at;
    return word;
}

/* Puts the next page into the queue; the whole is read when no page is left. The import is locked. */
static enum err go_on(struct ctx *c, int64_t import)
{
    const struct rows *files = sql_plan_import_files(c, import);
    const struct rows *next = sql_plan_page_queue(c, import);
    if (c->err != OK)
        return c->err;
    if (next->count > 0) {
        int64_t position = cell_int(next, 0, "position");
        return job_add(c, "plan.page",
                       arena_printf(c->arena, "%" PRId64 " %s %s %s", import, cell(next, 0, "page"),
                                    cell(files, (int)position - 1, "hash"), cell(next, 0, "file_page")),
                       c->now);
    }
    if (sql_plan_pages_left(c, import) > 0)
        return c->err;
    struct buffer b = { .arena = c->arena };
    const struct rows *pages = sql_plan_pages_of(c, import);
    buffer_printf(&b, "%" PRId64, import);
    for (int f = 0; f < files->count; f++) {
        buffer_printf(&b, " F %s %s", cell(files, f, "model"), one_word(c->arena, cell(files, f, "name"), ' ', NAME_SPACE));
        for (int p = 0; p < pages->count; p++)
            if (cell_int(pages, p, "position") == f + 1 && cell(pages, p, "result") != NULL)
                buffer_printf(&b, " P %s", cell(pages, p, "result"));
    }
    buffer_printf(&b, "\n%s", plan_knowledge_for(c, import)); /* the reading has no database to ask */
    return job_add(c, "plan.read", b.text, c->now);
}

enum err plan_scan_add(struct ctx *c, int64_t unit, const struct plan_part *parts, size_t count, int64_t *id)
{
    const struct document_file whole = plan_parts_file(c->arena, parts, count);
    const struct plan_source source = { .file = &whole, .document = "{}", .reading = "{}" };
    int64_t made = 0;
    enum err err = plan_import_add(c, unit, &source, &made);
    if (err == CONFLICT)
        *id = made;
    if (err != OK || list_files(c, made, parts, count) != OK)
        return c->err;
    sql_plan_import_scans(c, made);
    for (int i = 0; i < TOGETHER; i++)
        go_on(c, made);
    if (c->err == OK)
        *id = made;
    return c->err;
}

enum err plan_scan_again(struct ctx *c, const struct plan_import *import, int64_t page, bool skip)
{
    if (plan_require_edit(c, import->unit) != OK)
        return c->err;
    sql_plan_scan_lock(c, import->id);
    if (sql_plan_page_again(c, import->id, page, skip ? "skipped" : "waiting") == 0)
        return fail(c, NOT_FOUND, "Trang này không còn phải đọc lại.", "page %" PRId64, page);
    return go_on(c, import->id);
}

/* ---- jobs ---- */

struct page_ask {
    int64_t import, page, file_page;
    const char *hash;
};

static enum err page_ask_of(struct ctx *c, const char *payload, struct page_ask *ask)
{
    char **parts;
    if (text_split(c->arena, payload, ' ', &parts) != 4 || !text_int(parts[0], &ask->import) || !text_int(parts[1], &ask->page) ||
        !text_int(parts[3], &ask->file_page))
        return fail(c, INVALID, "Việc này ghi sai trang phải đọc.", "payload of a page");
    ask->hash = parts[2];
    return OK;
}

struct page_found {
    struct page_ask ask;
    struct document_file result, image; /* hash NULL: none */
    const char *error;                  /* NULL: recognised */
};

/* Without a picture of it the page is still read: only the text is shown. */
static void draw(struct ctx *c, const char *path, int64_t page, struct document_file *image)
{
    struct doc_image drawn;
    if (doc_page_image(c, path, (int)page, IMAGE_WIDTH, &drawn) == OK)
        document_file_put(c, "trang.jpg", drawn.type, drawn.bytes, drawn.size, image);
    if (c->err == INVALID)
        ctx_forget(c);
}

static enum err page_work(struct ctx *c, const char *payload, void **out)
{
    struct page_found *found = arena_alloc(c->arena, sizeof *found);
    struct document *doc;
    if (page_ask_of(c, payload, &found->ask) != OK)
        return c->err;
    const char *path = document_file_path(c, found->ask.hash);
    if (doc_scan_page(c, path, (int)found->ask.file_page, NULL, &doc) == OK) {
        const char *json = doc_to_json(c->arena, doc);
        document_file_put(c, "trang.json", "application/json", json, strlen(json), &found->result);
        draw(c, path, found->ask.file_page, &found->image);
    } else if (c->err == INVALID) {
        found->error = c->message; /* told on the page, where a person decides; another try would end the same */
        ctx_forget(c);
    }
    *out = found;
    return c->err;
}

static enum err page_finish(struct ctx *c, const char *payload, void *arg)
{
    (void)payload;
    const struct page_found *found = arg;
    int64_t import = found->ask.import;
    if (sql_plan_scan_lock(c, import) == 0)
        return c->err; /* given up meanwhile */
    if (found->result.hash != NULL)
        document_file_record(c, &found->result);
    if (found->image.hash != NULL)
        document_file_record(c, &found->image);
    sql_plan_page_done(c, import, found->ask.page, found->error == NULL ? "done" : "failed", found->result.hash,
                       found->image.hash, found->error == NULL ? "" : found->error);
    return go_on(c, import);
}

static enum err image_work(struct ctx *c, const char *payload, void **out)
{
    struct page_found *found = arena_alloc(c->arena, sizeof *found);
    if (page_ask_of(c, payload, &found->ask) != OK)
        return c->err;
    draw(c, document_file_path(c, found->ask.hash), found->ask.file_page, &found->image);
    *out = found;
    return c->err;
}

static enum err image_finish(struct ctx *c, const char *payload, void *arg)
{
    (void)payload;
    const struct page_found *found = arg;
    if (found->image.hash == NULL)
        return c->err; /* the rest would fail alike */
    document_file_record(c, &found->image);
    sql_plan_page_image(c, found->ask.import, found->ask.page, found->image.hash);
    return draw_next(c, found->ask.import);
}

/* ---- reading the whole ---- */

struct whole_found {
    int64_t import;
    const char *document, *reading, *error;
};

static struct document *stored_model(struct ctx *c, const char *hash)
{
    struct document *doc = NULL;
    size_t size = 0;
    const char *path = document_file_path(c, hash);
    const char *json = path == NULL ? NULL : file_read(c->arena, path, MODEL_MOST, &size);
    if (json == NULL)
        fail(c, BROKEN, "Máy chủ không đọc được trang đã nhận dạng.", "stored model is missing");
    else
        doc_from_json(c, json, size, &doc);
    return doc;
}

/* One file: "F", its model, its name, and "P" with each of its recognised pages. */
static struct document *file_of(struct ctx *c, char **words, size_t count, size_t *at, const char **name)
{
    struct document **pages = arena_array(c->arena, count + 1, sizeof *pages);
    size_t page_count = 0;
    struct document *doc = stored_model(c, words[*at + 1]);
    *name = one_word(c->arena, words[*at + 2], NAME_SPACE, ' ');
    for (*at += 3; *at + 1 < count && strcmp(words[*at], "P") == 0 && c->err == OK; *at += 2)
        pages[page_count++] = stored_model(c, words[*at + 1]);
    if (c->err == OK && page_count > 0)
        doc_with_pages(c, doc, pages, page_count, &doc);
    return doc;
}

static struct document *whole_of(struct ctx *c, char **words, size_t count)
{
    struct document **docs = arena_array(c->arena, count + 1, sizeof *docs);
    const char **names = arena_array(c->arena, count + 1, sizeof *names);
    size_t files = 0;
    for (size_t at = 0; at + 2 < count && c->err == OK; files++)
        docs[files] = file_of(c, words, count, &at, &names[files]);
    return c->err == OK && files > 0 ? doc_join(c->arena, docs, names, files) : NULL;
}

static enum err read_work(struct ctx *c, const char *payload, void **out)
{
    struct whole_found *found = arena_alloc(c->arena, sizeof *found);
    struct plan_reading *reading;
    char **words;
    size_t line = strcspn(payload, "\n");
    size_t count = text_split(c->arena, arena_copy_n(c->arena, payload, line), ' ', &words);
    const struct plan_knowledge known = plan_knowledge_of(c->arena, payload + line);
    if (!text_int(words[0], &found->import))
        return fail(c, INVALID, "Việc này ghi sai kế hoạch phải đọc.", "payload of a reading");
    const struct document *doc = whole_of(c, words + 1, count - 1);
    if (c->err == OK && doc != NULL && plan_read_knowing(c, doc, &known, &reading) == OK) {
        found->document = doc_to_json(c->arena, doc);
        found->reading = plan_reading_json(c->arena, reading);
    } else if (c->err == INVALID) {
        found->error = c->message;
        ctx_forget(c);
    }
    *out = found;
    return c->err;
}

/* As whoever brought it in: an amendment is noticed by its title. */
static void notice(struct ctx *c, int64_t import)
{
    if (person_act_as(c, sql_plan_import_by(c, import)) == OK)
        plan_amend_notice(c, import);
}

static enum err read_finish(struct ctx *c, const char *payload, void *arg)
{
    (void)payload;
    const struct whole_found *found = arg;
    if (found->error != NULL)
        sql_plan_import_trouble(c, found->import, found->error);
    else if (sql_plan_import_read(c, found->import, found->document, found->reading, c->now) > 0)
        notice(c, found->import);
    return c->err;
}

const struct job_kind plan_jobs[] = {
    { .name = "plan.page", .title = "Nhận dạng một trang của kế hoạch", .work = page_work, .finish = page_finish },
    { .name = "plan.image", .title = "Chụp một trang của kế hoạch để đối chiếu", .work = image_work, .finish = image_finish },
    { .name = "plan.read", .title = "Đọc kế hoạch đã nhận dạng", .work = read_work, .finish = read_finish },
    { 0 },
};
