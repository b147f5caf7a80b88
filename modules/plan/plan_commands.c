/* sauro plan read FILE…, sauro plan import FILE… --unit CODE */
#include "modules/plan/plan.h"
#include "modules/plan/plan_learn.h"
#include "modules/plan/plan_amend.h"
#include "modules/plan/plan_copy_paper.h"
#include "modules/plan/plan_read.h"
#include "modules/person/person.h"
#include "modules/role.h"
#include "modules/unit/unit.h"
#include "plan_learn_queries.h"
#include "plan_queries.h"
#include "platform/base/file.h"
#include "platform/base/text.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A scan takes a second or two a page: whoever sits at a terminal sees how far it is. */
static bool tell_page(void *last, int page, int pages)
{
    int *told = last;
    if (page != *told && isatty(STDERR_FILENO))
        fprintf(stderr, "\rĐang nhận dạng trang %d/%d…%s", page, pages, page == pages ? "\n" : "");
    *told = page;
    return true;
}

enum { MOST_FILES = 20 };

/* A plan and its annexes, in the order of the words. */
static enum err read_document(struct ctx *c, const char *const *paths, int count, struct document **doc)
{
    struct document *docs[MOST_FILES];
    const char *names[MOST_FILES];
    if (count < 1 || count > MOST_FILES)
        return fail(c, INVALID, "Hãy chọn từ một đến 20 tệp của cùng một kế hoạch.", "%d files", count);
    for (int i = 0; i < count && c->err == OK; i++) {
        int told = 0;
        const char *slash = strrchr(paths[i], '/');
        names[i] = slash == NULL ? paths[i] : slash + 1;
        doc_read_whole(c, paths[i], &(struct doc_watch){ .go_on = tell_page, .arg = &told }, &docs[i]);
    }
    if (c->err == OK)
        *doc = doc_join(c->arena, docs, names, (size_t)count);
    return c->err;
}

static enum err read_file(struct command_run *r)
{
    if (r->word_count < 1)
        return fail(r->c, INVALID, "Hãy cho biết ít nhất một tệp: sauro plan read TỆP…", "%d words", r->word_count);
    struct document *doc = NULL;
    struct plan_reading *reading = NULL;
    if (read_document(r->c, r->words, r->word_count, &doc) != OK || plan_read(r->c, doc, &reading) != OK)
        return r->c->err;
    puts(plan_reading_json(r->c->arena, reading));
    return OK;
}

enum { FILE_MOST = 100 * 1024 * 1024 };

struct importing {
    const char *const *paths; /* the first is the plan, and is kept; the others are its annexes */
    int count;
    const char *code;
    struct document_file file;
    const char *document, *reading;
    int64_t plan;
    struct plan_knowledge known;
    int64_t amendment; /* import that amends a plan: a person decides what it changes */
};

/* Read, stored and confirmed as it was read: whoever has the command line has the whole installation. */
static enum err store(struct ctx *c, void *arg)
{
    struct importing *i = arg;
    struct plan_import import;
    int64_t id = 0;
    int64_t unit = unit_by_code(c, i->code);
    if (unit == 0)
        return fail(c, NOT_FOUND, "Không có đơn vị nào mang mã này. Xem mã đơn vị ở trang Đơn vị.", "unit code");
    int64_t person = sql_plan_editor(c, unit, ROLE_COORDINATOR, ROLE_LEADER);
    if (person == 0)
        return fail(c, FORBIDDEN, "Đơn vị này chưa có đầu mối hoặc lãnh đạo để đứng tên kế hoạch.", "no editor");
    const struct plan_source source = { &i->file, i->document, i->reading };
    if (person_act_as(c, person) == OK && plan_import_add(c, unit, &source, &id) == OK &&
        plan_import_get(c, id, &import) == OK) {
        if (plan_amend_of(c, id) != 0)
            i->amendment = id;
        else
            plan_confirm(c, &import, &import.draft, &(struct plan_people){ 0 }, &i->plan);
    }
    return c->err;
}

static enum err load_known(struct ctx *c, void *arg)
{
    struct importing *i = arg;
    return plan_knowledge_load(c, unit_by_code(c, i->code), &i->known);
}

static enum err take_file(struct ctx *c, struct importing *i)
{
    struct document *doc = NULL;
    struct plan_reading *reading = NULL;
    if (read_document(c, i->paths, i->count, &doc) != OK || plan_read_knowing(c, doc, &i->known, &reading) != OK)
        return c->err;
    i->document = doc_to_json(c->arena, doc);
    i->reading = plan_reading_json(c->arena, reading);
    size_t size;
    void *bytes = file_read(c->arena, i->paths[0], FILE_MOST, &size);
    if (bytes == NULL)
        return fail(c, INVALID, "Không mở được tệp này. Hãy kiểm tra lại đường dẫn và quyền đọc tệp.", "cannot read");
    const char *name = strrchr(i->paths[0], '/');
    return document_file_put(c, name == NULL ? i->paths[0] : name + 1, doc_media_type(bytes, size), bytes, size, &i->file);
}

static enum err import_file(struct command_run *r)
{
    struct importing i = { .code = config_get(r->config, "--unit") };
    if (r->word_count < 1 || i.code == NULL)
        return fail(r->c, INVALID, "Cách dùng: sauro plan import TỆP… --unit MÃ", "usage");
    i.paths = r->words;
    i.count = r->word_count;
    if (db_read(r->db, r->c, load_known, &i) == OK && take_file(r->c, &i) == OK && db_write(r->db, r->c, store, &i) == OK) {
        if (i.amendment != 0)
            printf("/ke-hoach/nhap/%" PRId64 "/dieu-chinh\n", i.amendment);
        else
            printf("/ke-hoach/%" PRId64 "\n", i.plan);
    }
    return r->c->err;
}

/* ---- what was learned ---- */

static enum err load_learned(struct ctx *c, void *arg)
{
    *(struct rows **)arg = sql_learn_all(c);
    return c->err;
}

/* A regression run: each passage is read again. Whoever has the command line sees all agencies. */
static enum err list_learned(struct command_run *r)
{
    struct rows *rows = NULL;
    int failed = 0;
    if (db_read(r->db, r->c, load_learned, &rows) != OK)
        return r->c->err;
    for (int i = 0; i < rows->count; i++) {
        struct plan_lesson lesson = { .seen = cell(rows, i, "seen"), .meant = cell(rows, i, "meant") };
        bool unit = !plan_lesson_kind_of(cell(rows, i, "kind"), &lesson.kind);
        bool used = strcmp(cell(rows, i, "state"), "approved") == 0;
        bool holds = unit || plan_lesson_holds(r->c, &lesson, cell(rows, i, "passage"));
        printf("%s\t%s\t%s\t%s\t%s\t%s\t%s\n", cell(rows, i, "id"), cell(rows, i, "state"), cell(rows, i, "kind"), lesson.seen,
               unit ? cell(rows, i, "target_name") : lesson.meant, cell(rows, i, "unit_name"), holds ? "đúng" : "không đúng");
        failed += used && !holds;
    }
    if (failed > 0)
        return fail(r->c, INVALID, "Có điều đang dùng mà đọc lại không còn đúng. Hãy thu hồi ở trang Quản trị, mục Điều máy học được.",
                    "%d lessons fail", failed);
    return OK;
}

struct writing {
    int64_t plan;
    struct plan_paper paper;
    struct document *doc;
};

static enum err load_paper(struct ctx *c, void *arg)
{
    struct writing *w = arg;
    if (plan_paper_of_plan(c, w->plan, &w->paper) == OK)
        w->doc = plan_paper_document(c, &w->paper);
    return c->err;
}

static enum err write_file(struct command_run *r)
{
    const char *plan = config_get(r->config, "--plan"), *path = config_get(r->config, "--out");
    struct writing w = { 0 };
    const void *bytes;
    size_t size;
    bool pdf = path != NULL && text_ends(path, ".pdf");
    if (plan == NULL || path == NULL || !text_int(plan, &w.plan) || (!pdf && !text_ends(path, ".docx")))
        return fail(r->c, INVALID, "Cách dùng: sauro plan write --plan SỐ --out TỆP.docx hoặc TỆP.pdf", "usage");
    if (db_read(r->db, r->c, load_paper, &w) != OK || (pdf ? doc_write_pdf : doc_write_docx)(r->c, w.doc, &bytes, &size) != OK)
        return r->c->err;
    FILE *f = fopen(path, "wb");
    bool written = f != NULL && fwrite(bytes, 1, size, f) == size;
    if (f == NULL || fclose(f) != 0 || !written)
        return fail(r->c, INVALID, "Không ghi được tệp. Hãy kiểm tra đường dẫn và quyền ghi.", "cannot write");
    puts(path);
    return OK;
}

const struct command plan_commands[] = {
    { .name = "plan read", .usage = "FILE…", .help = "Đọc tệp kế hoạch (cùng các tệp phụ lục, nếu có), in kết quả dạng JSON", .run = read_file },
    { .name = "plan learned", .help = "Liệt kê điều máy học được từ các lần sửa, và đọc thử lại từng điều", .needs_db = true, .run = list_learned },
    { .name = "plan import", .usage = "FILE… --unit CODE", .help = "Đọc tệp kế hoạch (cùng các tệp phụ lục, nếu có) và lưu thành kế hoạch của đơn vị, in địa chỉ trang",
      .needs_db = true, .run = import_file },
    { .name = "plan write", .usage = "--plan ID --out FILE", .help = "Viết kế hoạch ra tệp .docx hoặc .pdf theo thể thức văn bản",
      .needs_db = true, .run = write_file },
    { 0 },
};
