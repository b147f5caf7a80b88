/* A plan file comes in. */
#include "modules/document/document_file.h"
#include "modules/plan/plan.h"
#include "modules/plan/plan_pages_own.h"
#include "modules/plan/plan_read.h"
#include "modules/unit/unit.h"
#include "plan_queries.h"
#include "platform/base/text.h"
#include "platform/doc/doc.h"
#include <inttypes.h>

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

/* What the slow part leaves for the transaction. */
struct taken {
    struct document_file file;
    const char *document, *reading;
};

/* Reading takes long and may fail in many ways: it runs before the write transaction. */
enum err plan_import_before(struct request *r)
{
    struct ctx *c = r->c;
    const struct upload *file = upload_file(r, "file");
    struct document *doc;
    struct plan_reading *reading;
    if (file == NULL)
        invalid(c, "file", "Hãy chọn tệp kế hoạch rồi bấm Đọc tệp.");
    else if (doc_read_file(c, file->path, &doc) == OK && plan_read(c, doc, &reading) == OK) {
        struct taken *taken = arena_alloc(c->arena, sizeof *taken);
        taken->document = doc_to_json(c->arena, doc);
        taken->reading = plan_reading_json(c->arena, reading);
        document_file_take(c, "file", file, &taken->file);
        r->prepared = taken;
    }
    return c->err == INVALID ? import_again(r, 0) : c->err;
}

enum err plan_import_run(struct request *r)
{
    struct ctx *c = r->c;
    const struct taken *taken = r->prepared;
    int64_t unit = 0;
    int64_t id = 0;
    text_int(form(r, "unit"), &unit);
    struct plan_source source = { &taken->file, taken->document, taken->reading };
    plan_import_add(c, unit, &source, &id);
    if (c->err == INVALID || c->err == CONFLICT)
        return import_again(r, id);
    return c->err != OK ? c->err : redirect(r, "/ke-hoach/nhap/%" PRId64, id);
}

enum err plan_import_source(struct request *r)
{
    struct plan_import import;
    if (plan_import_get(r->c, path_id(r, "id"), &import) != OK)
        return r->c->err;
    return send_file(r, import.file_type, import.file_name, document_file_path(r->c, import.hash));
}
