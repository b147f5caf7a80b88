/* A plan file comes in. */
#include "modules/document/document_file.h"
#include "modules/plan/plan.h"
#include "modules/plan/plan_learn.h"
#include "modules/plan/plan_pages_own.h"
#include "modules/plan/plan_read.h"
#include "modules/plan/plan_scan.h"
#include "modules/unit/unit.h"
#include "plan_queries.h"
#include "platform/base/file.h"
#include "platform/base/text.h"
#include "platform/doc/doc.h"
#include <inttypes.h>
#include <string.h>

/* Of the units in reach, those that issue documents; the person's own agency is chosen. */
static void put_agencies(struct request *r)
{
    static const char *const columns[] = { "id", "name", "chosen", NULL };
    struct ctx *c = r->c;
    struct rows_maker m;
    const struct rows *units = sql_plan_units(c, c->person);
    int64_t chosen;
    if (!text_int(form(r, "unit"), &chosen))
        chosen = unit_agency(c, c->unit);
    rows_start(&m, c->arena, columns);
    for (int i = 0; i < units->count; i++) {
        const struct unit_kind *kind = unit_kind_find(cell(units, i, "kind"));
        if (kind == NULL || !kind->agency)
            continue;
        const char *const one[] = { cell(units, i, "id"), cell(units, i, "name"),
                                    cell_int(units, i, "id") == chosen ? "1" : "" };
        rows_add(&m, one);
    }
    put_rows(r, "agencies", &m.rows);
}

static enum err import_form(struct request *r, int64_t same)
{
    put_agencies(r);
    put_text(r, "same", same == 0 ? NULL : arena_printf(r->c->arena, "%" PRId64, same));
    return page(r, "plan_import.html");
}

enum err plan_import_start(struct request *r)
{
    return import_form(r, 0);
}

static enum err import_again(struct request *r, int64_t same)
{
    show_again(r);
    return import_form(r, same);
}

enum { FILES_MOST = 10 }; /* of one plan */

/* What the slow part leaves for the transaction. reading: NULL while pages are still pictures. */
struct taken {
    struct plan_part *parts;
    size_t count;
    const char *document, *reading;
};

/* Pasted text is kept as a file, too: the review shows where it came from. */
static enum err read_pasted(struct ctx *c, const char *text, struct plan_part *part, struct document **doc)
{
    if (text_blank(text))
        return invalid(c, "file", "Hãy chọn tệp kế hoạch hoặc dán nội dung rồi bấm Đọc tệp.");
    if (document_file_put(c, "van-ban-dan.txt", doc_media_type(text, strlen(text)), text, strlen(text), &part->file) != OK)
        return c->err;
    return doc_read_file(c, document_file_path(c, part->file.hash), doc);
}

static enum err store_whole(struct ctx *c, const struct upload *file, struct plan_part *part)
{
    size_t size;
    const void *bytes = file_read(c->arena, file->path, PLAN_FILE_LIMIT, &size);
    if (bytes == NULL)
        return fail(c, BROKEN, "Máy chủ không lưu được tệp này.", "upload cannot be read");
    return document_file_put(c, file->name, doc_media_type(bytes, size), bytes, size, &part->file);
}

/*
 * What is no document is refused before it is stored. A photo is stored upright, smaller and without where it was taken:
 * its pages are measured there. Web pages and the like are no proof of work (document_file_take), but may be plans.
 */
static enum err read_upload(struct ctx *c, const struct upload *file, struct plan_part *part, struct document **doc)
{
    if (doc_read_file(c, file->path, doc) != OK)
        return c->err;
    if (strcmp((*doc)->format, "picture") != 0 || (*doc)->pages != 1)
        return store_whole(c, file, part);
    if (document_file_take(c, "file", file, &part->file) != OK)
        return c->err;
    return doc_read_file(c, document_file_path(c, part->file.hash), doc);
}

/* Several files are one plan with its annexes; with several, the sentence says which is wrong. */
static void name_file(struct ctx *c, const struct upload *file)
{
    if (c->err != INVALID || c->message == NULL)
        return;
    const char *why = c->fields != NULL ? c->fields->message : c->message;
    ctx_forget(c);
    invalid(c, "file", "%s: %s", file->name, why);
}

/* Browsers send files in order of their names: what is called an annex goes behind the plan all the same. */
static bool is_annex(struct arena *a, const char *name)
{
    static const char *const words[] = { "phu luc", "phuluc", "pl ", "pl0", "pl1", "bieu", "bang", "danh muc" };
    const char *key = text_key(a, name);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (text_starts(key, words[i]))
            return true;
    return false;
}

static const struct upload **in_order(struct request *r, size_t *count)
{
    const struct upload *files;
    *count = upload_all(r, "file", &files);
    const struct upload **ordered = arena_array(r->c->arena, *count + 1, sizeof *ordered);
    size_t n = 0;
    for (int annex = 0; annex < 2; annex++)
        for (size_t i = 0; i < *count; i++)
            if (is_annex(r->c->arena, files[i].name) == (annex == 1))
                ordered[n++] = &files[i];
    return ordered;
}

static enum err read_all(struct request *r, struct taken *taken, struct document **docs, const char **names)
{
    struct ctx *c = r->c;
    size_t count;
    const struct upload **files = in_order(r, &count);
    if (count > FILES_MOST)
        return invalid(c, "file", "Một kế hoạch gồm nhiều nhất %d tệp. Hãy bỏ bớt tệp không phải kế hoạch.", FILES_MOST);
    taken->parts = arena_array(c->arena, count + 1, sizeof *taken->parts);
    taken->count = count == 0 ? 1 : count;
    if (count == 0)
        read_pasted(c, form(r, "text"), &taken->parts[0], &docs[0]);
    for (size_t i = 0; i < count && c->err == OK; i++) {
        read_upload(c, files[i], &taken->parts[i], &docs[i]);
        if (count > 1)
            name_file(c, files[i]);
    }
    for (size_t i = 0; i < taken->count && c->err == OK; i++) {
        struct document *kept = arena_alloc(c->arena, sizeof *kept); /* joining uses the other up */
        *kept = *docs[i];
        taken->parts[i].doc = kept;
        names[i] = taken->parts[i].file.file_name;
        plan_part_keep(c, &taken->parts[i]);
    }
    return c->err;
}

/* Reading takes long and may fail in many ways: it runs before the write transaction. */
enum err plan_import_before(struct request *r)
{
    struct ctx *c = r->c;
    struct taken *taken = arena_alloc(c->arena, sizeof *taken);
    struct document *docs[FILES_MOST + 1] = { NULL };
    const char *names[FILES_MOST + 1] = { NULL };
    struct plan_reading *reading;
    struct plan_knowledge known = { 0 };
    int64_t unit = 0;
    bool pictures = false;
    text_int(form(r, "unit"), &unit);
    plan_knowledge_load(c, unit, &known);
    if (read_all(r, taken, docs, names) == OK) {
        for (size_t i = 0; i < taken->count; i++)
            pictures = pictures || doc_needs_scan(docs[i]);
        const struct document *whole = pictures ? NULL : doc_join(c->arena, docs, names, taken->count);
        if (whole != NULL && plan_read_knowing(c, whole, &known, &reading) == OK) {
            taken->document = doc_to_json(c->arena, whole);
            taken->reading = plan_reading_json(c->arena, reading);
        }
        r->prepared = taken;
    }
    return c->err == INVALID ? import_again(r, 0) : c->err;
}

static enum err add_import(struct ctx *c, int64_t unit, const struct taken *taken, int64_t *id)
{
    if (taken->reading == NULL)
        return plan_scan_add(c, unit, taken->parts, taken->count, id);
    const struct document_file whole = plan_parts_file(c->arena, taken->parts, taken->count);
    const struct plan_source source = { &whole, taken->document, taken->reading };
    return plan_import_add(c, unit, &source, id) != OK ? c->err : plan_pages_add(c, *id, taken->parts, taken->count);
}

enum err plan_import_run(struct request *r)
{
    struct ctx *c = r->c;
    int64_t unit = 0;
    int64_t id = 0;
    text_int(form(r, "unit"), &unit);
    add_import(c, unit, r->prepared, &id);
    if (c->err == INVALID || c->err == CONFLICT)
        return import_again(r, id);
    return c->err != OK ? c->err : redirect(r, "/ke-hoach/nhap/%" PRId64, id);
}

/* ---- pages being recognised ---- */

enum err plan_scan_show(struct request *r, const struct plan_import *import)
{
    static const char *const columns[] = { "page", "state", "error", NULL };
    struct ctx *c = r->c;
    const struct rows *pages = sql_plan_pages_of(c, import->id);
    struct rows_maker m;
    int done = 0, running = 0;
    rows_start(&m, c->arena, columns);
    for (int i = 0; i < pages->count; i++) {
        const char *state = cell(pages, i, "state");
        done += strcmp(state, "done") == 0 || strcmp(state, "skipped") == 0;
        running += strcmp(state, "queued") == 0 || strcmp(state, "waiting") == 0;
        rows_add(&m, (const char *const[]){ cell(pages, i, "page"), state, cell(pages, i, "error") });
    }
    put_rows(r, "page_rows", &m.rows);
    put_int(r, "id", import->id);
    put_int(r, "done", done);
    put_int(r, "all", pages->count);
    put_text(r, "running", running > 0 || done == pages->count ? "1" : "");
    put_text(r, "trouble", import->trouble);
    put_text(r, "file_name", import->file_name);
    return page(r, "plan_scan.html");
}

/* "thu-lai:3", "bo-qua:3" */
enum err plan_scan_post(struct request *r, const struct plan_import *import)
{
    const char *pressed = form(r, "viec");
    const char *colon = strchr(pressed, ':');
    int64_t page_number = 0;
    if (colon != NULL && text_int(colon + 1, &page_number) &&
        plan_scan_again(r->c, import, page_number, text_starts(pressed, "bo-qua")) != OK)
        return r->c->err;
    return redirect(r, "/ke-hoach/nhap/%" PRId64, import->id);
}

enum err plan_page_image(struct request *r)
{
    struct plan_import import;
    if (plan_import_get(r->c, path_id(r, "id"), &import) != OK)
        return r->c->err;
    const struct rows *pages = sql_plan_pages_of(r->c, import.id);
    for (int i = 0; i < pages->count; i++)
        if (cell_int(pages, i, "page") == path_id(r, "page") && cell(pages, i, "image") != NULL) {
            set_header(r, "Cache-Control", "private, max-age=86400");
            return send_file(r, "image/jpeg", NULL, document_file_path(r->c, cell(pages, i, "image")));
        }
    return fail(r->c, NOT_FOUND, "Trang này chưa chụp xong. Hãy xem phần chữ.", "page image");
}

/* ?so=2: the second file of several. */
enum err plan_import_source(struct request *r)
{
    struct plan_import import;
    if (plan_import_get(r->c, path_id(r, "id"), &import) != OK)
        return r->c->err;
    const struct rows *files = sql_plan_import_files(r->c, import.id);
    for (int i = 0; i < files->count; i++)
        if (cell_int(files, i, "position") == query_number(r, "so"))
            return send_file(r, cell(files, i, "type"), cell(files, i, "name"), document_file_path(r->c, cell(files, i, "hash")));
    return send_file(r, import.file_type, import.file_name, document_file_path(r->c, import.hash));
}
