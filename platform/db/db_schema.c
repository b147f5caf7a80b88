/* Migrations: the steps of every module, each run once, in one transaction with its record. */
#include "db_queries.h"
#include "platform/base/log.h"
#include "platform/base/text.h"
#include "platform/db/db_internal.h"
#include <inttypes.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static const char says_changed[] = "Cơ sở dữ liệu được tạo bởi một bản chương trình khác với bản này. "
                                   "Xin dùng đúng bản đã tạo ra nó, hoặc bản mới hơn.";
static const char says_newer[] = "Cơ sở dữ liệu mới hơn chương trình. Xin cập nhật chương trình rồi chạy lại.";

static const char step_table[] =
    "CREATE TABLE IF NOT EXISTS schema_step (module TEXT NOT NULL, step BIGINT NOT NULL, "
    "name TEXT NOT NULL, hash TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (module, step))";

struct step {
    int64_t number;
    const char *name;
    const char *text;
    size_t length;
};

/* The next step at *at; false at the end of the text. */
static bool next_step(struct arena *a, const char **at, struct step *step)
{
    static const char mark[] = "-- step ";
    const char *head = *at;
    while (!text_starts(head, mark)) {
        const char *line = strchr(head, '\n');
        if (line == NULL)
            return false;
        head = line + 1;
    }
    char *end;
    step->number = strtoll(head + strlen(mark), &end, 10);
    const char *line = strchr(head, '\n');
    size_t rest = line == NULL ? strlen(end) : (size_t)(line - end);
    step->name = text_trim(a, arena_copy_n(a, end + (*end == ':'), rest - (*end == ':')));
    step->text = line == NULL ? "" : line + 1;
    const char *next = strstr(step->text, "\n-- step ");
    step->length = next == NULL ? strlen(step->text) : (size_t)(next + 1 - step->text);
    *at = step->text + step->length;
    return true;
}

/* Without comments and with single spaces, so that a better comment is no other step. */
static char *bare(struct arena *a, const char *text, size_t length)
{
    char *out = arena_alloc(a, length + 2);
    size_t n = 0;
    bool quoted = false;
    for (size_t i = 0; i < length; i++) {
        if (!quoted && text[i] == '-' && i + 1 < length && text[i + 1] == '-') {
            while (i < length && text[i] != '\n')
                i++;
            out[n++] = ' ';
            continue;
        }
        if (text[i] == '\'')
            quoted = !quoted;
        bool space = !quoted && strchr(" \t\r\n", text[i]) != NULL;
        if (!space)
            out[n++] = text[i];
        else if (n > 0 && out[n - 1] != ' ')
            out[n++] = ' ';
    }
    out[n] = '\0';
    return text_squeeze(a, out);
}

static const char *hash_of(struct arena *a, const struct step *step)
{
    const char *text = bare(a, step->text, step->length);
    unsigned char hash[16];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)text, strlen(text), NULL, 0);
    return text_hex(a, hash, sizeof hash);
}

static char *for_engine(struct arena *a, const struct db_engine *engine, const struct step *step)
{
    struct buffer b = { .arena = a };
    const char *end = step->text + step->length;
    for (const char *at = step->text; at < end;) {
        bool id = text_starts(at, "{id}"), blob = text_starts(at, "{blob}");
        if (id || blob) {
            buffer_add(&b, id ? engine->id : engine->blob);
            at += id ? strlen("{id}") : strlen("{blob}");
        } else {
            buffer_add_n(&b, at++, 1);
        }
    }
    return b.text == NULL ? "" : b.text;
}

static int find(const struct rows *done, const char *module, int64_t number)
{
    for (int i = 0; i < done->count; i++)
        if (cell_int(done, i, "step") == number && strcmp(cell(done, i, "module"), module) == 0)
            return i;
    return -1;
}

/* How many steps of the module are missing; fails when the recorded ones are others than ours. */
static int64_t count_missing(struct ctx *c, const struct db_schema *schema, const struct rows *done)
{
    const char *at = schema->steps;
    struct step step;
    int64_t last = 0, missing = 0;
    while (next_step(c->arena, &at, &step)) {
        if (step.number != ++last)
            fail(c, BROKEN, says_changed, "schema of %s: step %" PRId64 " is numbered %" PRId64, schema->module, last,
                 step.number);
        int row = find(done, schema->module, step.number);
        if (row < 0)
            missing++;
        else if (strcmp(cell(done, row, "hash"), hash_of(c->arena, &step)) != 0)
            fail(c, CONFLICT, says_changed, "schema of %s: step %" PRId64 " was applied with another text",
                 schema->module, step.number);
    }
    for (int i = 0; i < done->count; i++)
        if (strcmp(cell(done, i, "module"), schema->module) == 0 && cell_int(done, i, "step") > last)
            fail(c, CONFLICT, says_newer, "schema of %s: the database has step %s, the program ends at %" PRId64,
                 schema->module, cell(done, i, "step"), last);
    return missing;
}

/* Compares the record with the program's steps; the number of missing ones, or a failure in c. */
static int64_t compare(struct ctx *c, const struct db_schema *schemas)
{
    const struct rows *done = sql_schema_step_list(c);
    int64_t missing = 0;
    for (int i = 0; i < done->count && c->err == OK; i++) {
        const struct db_schema *s = schemas;
        while (s->module != NULL && strcmp(s->module, cell(done, i, "module")) != 0)
            s++;
        if (s->module == NULL)
            fail(c, CONFLICT, says_newer, "the database has tables of %s, which the program does not know",
                 cell(done, i, "module"));
    }
    for (const struct db_schema *s = schemas; s->module != NULL && c->err == OK; s++)
        missing += count_missing(c, s, done);
    return missing;
}

/* Inside a transaction that holds the schema: runs the step unless another process did. */
static enum err run_step(struct ctx *c, struct db_session *s, const char *module, const struct step *step)
{
    const struct db_engine *engine = s->db->engine;
    if (engine->lock_schema != NULL)
        engine->script(c, s, engine->lock_schema);
    c->db = s;
    const struct rows *done = sql_schema_step_list(c);
    if (c->err == OK && find(done, module, step->number) < 0) {
        engine->script(c, s, for_engine(c->arena, engine, step));
        sql_schema_step_insert(c, module, step->number, step->name, hash_of(c->arena, step), c->now);
        if (c->err == OK)
            log_line(LOG_INFO, "db.schema", "%s step %" PRId64 ": %s", module, step->number, step->name);
        else
            c->detail = arena_printf(c->arena, "schema of %s, step %" PRId64 ": %s", module, step->number, c->detail);
    }
    c->db = NULL;
    return c->err;
}

static enum err in_transaction(struct ctx *c, struct db_session *s, const char *module, const struct step *step)
{
    const struct db_engine *engine = s->db->engine;
    if (engine->begin(c, s) != OK)
        return c->err;
    if (run_step(c, s, module, step) == OK)
        return engine->commit(c, s);
    engine->rollback(s);
    return c->err;
}

static enum err make_record(struct ctx *c, struct db_session *s)
{
    const struct db_engine *engine = s->db->engine;
    if (engine->begin(c, s) != OK)
        return c->err;
    if (engine->lock_schema != NULL)
        engine->script(c, s, engine->lock_schema);
    if (c->err == OK && engine->script(c, s, step_table) == OK)
        return engine->commit(c, s);
    engine->rollback(s);
    return c->err;
}

enum err db_migrate(struct ctx *c, struct db *db, struct db_session *s, const struct db_schema *schemas)
{
    if (make_record(c, s) != OK || db->engine->begin(c, s) != OK)
        return c->err;
    c->db = s;
    int64_t missing = compare(c, schemas);
    c->db = NULL;
    db->engine->rollback(s);
    for (const struct db_schema *schema = schemas; missing > 0 && schema->module != NULL; schema++) {
        const char *at = schema->steps;
        struct step step;
        while (c->err == OK && next_step(c->arena, &at, &step))
            in_transaction(c, s, schema->module, &step);
    }
    return c->err;
}
