/* Opening and closing, and everything about queries and transactions that is the same on both databases. */
#include "db_queries.h"
#include "platform/base/clock.h"
#include "platform/base/log.h"
#include "platform/base/text.h"
#include "platform/db/db_internal.h"
#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char db_says_conflict[] = "Dữ liệu này vừa được người khác ghi trước. Xin tải lại trang rồi thử lại.";
const char db_says_broken[] = "Máy chủ chưa đọc hoặc ghi được dữ liệu. Xin thử lại sau ít phút.";
const char db_says_full[] = "Máy chủ không ghi được dữ liệu (đĩa có thể đã đầy). Nội dung vừa gửi chưa được lưu; "
                            "xin báo người quản trị rồi gửi lại.";
const char db_says_busy[] = "Máy chủ đang có quá nhiều việc chờ ghi. Xin thử lại sau ít phút.";
const char db_says_doubt[] = "Mất kết nối với máy chủ dữ liệu đúng lúc đang lưu, chưa rõ đã lưu được hay chưa. "
                             "Xin tải lại trang để xem trước khi gửi lại.";

enum { WRITERS = 8, POSTGRES_READERS = 8, WAITED_LEAST = 4 };

/* ---- opening ---- */

const char *db_sqlite_path(const char *url)
{
    return text_starts(url, "sqlite:") ? url + strlen("sqlite:") : NULL;
}

static const struct db_engine *engine_of(struct ctx *c, const char *url)
{
    const char *path = db_sqlite_path(url);
    if (path != NULL && path[0] != '\0' && path[0] != ':')
        return &db_sqlite;
    if (text_starts(url, "postgresql://") || text_starts(url, "postgres://"))
        return &db_postgres;
    fail(c, INVALID, "Địa chỉ cơ sở dữ liệu phải có dạng sqlite:TỆP hoặc postgresql://MÁY/TÊN.",
         "unknown database URL");
    return NULL;
}

static int reader_count(const struct db *db, const struct db_options *options)
{
    if (options != NULL && options->readers > 0)
        return options->readers;
    if (db->engine == &db_postgres)
        return POSTGRES_READERS;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores < 2 ? 2 : (int)cores;
}

static int waited_count(void)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores < WAITED_LEAST ? WAITED_LEAST : (int)cores;
}

static int writer_count(const struct db *db, const struct db_options *options)
{
    if (db->engine == &db_sqlite)
        return 1;
    return options != NULL && options->writers > 0 ? options->writers : WRITERS;
}

static bool open_parts(struct ctx *c, struct db *db, const struct db_schema *schemas, const struct db_options *options)
{
    db->spare = db->engine->open(c, db, false);
    if (db->spare == NULL || db_migrate(c, db, db->spare, schemas) != OK)
        return false;
    db->writes = db_lane_start(c, db, false, writer_count(db, options));
    if (db->writes == NULL)
        return false;
    db->reads = db_lane_start(c, db, true, reader_count(db, options));
    if (db->reads == NULL)
        return false;
    db->waited = db_lane_start(c, db, true, waited_count());
    return db->waited != NULL;
}

struct db *db_open(struct arena *a, const char *url, const struct db_schema *schemas, const struct db_options *options,
                   const char **why)
{
    struct ctx c = { .arena = a, .now = clock_now() };
    struct db *db = calloc(1, sizeof *db);
    if (db == NULL || sodium_init() < 0)
        abort();
    pthread_mutex_init(&db->spare_lock, NULL);
    pthread_mutex_init(&db->listen_lock, NULL);
    db->url = strdup(url);
    db->engine = engine_of(&c, url);
    if (db->engine != NULL && open_parts(&c, db, schemas, options))
        return db;
    log_line(LOG_ERROR, "db.open", "%s", c.detail);
    *why = c.message;
    db_close(db);
    return NULL;
}

void db_close(struct db *db)
{
    db_lane_stop(db->writes); /* first: the end of a write may ask for a read */
    db_lane_stop(db->reads);
    db_lane_stop(db->waited);
    if (db->test != NULL)
        db->engine->close(db->test);
    if (db->spare != NULL)
        db->engine->close(db->spare);
    pthread_mutex_destroy(&db->spare_lock);
    pthread_mutex_destroy(&db->listen_lock);
    free(db->url);
    free(db);
}

bool db_is_sqlite(const struct db *db)
{
    return db->engine == &db_sqlite;
}

const char *const *db_columns(struct arena *a, struct db *db, const struct query *q)
{
    struct ctx c = { .arena = a };
    pthread_mutex_lock(&db->spare_lock);
    const char *const *names = db->engine->columns(&c, db->spare, q);
    pthread_mutex_unlock(&db->spare_lock);
    if (names == NULL)
        log_line(LOG_ERROR, "db.columns", "%s: %s", q->name, c.detail);
    return names;
}

bool db_healthy(struct db *db)
{
    struct ctx c;
    ctx_open(&c, 0);
    pthread_mutex_lock(&db->spare_lock);
    if (db->engine->begin(&c, db->spare) == OK) {
        c.db = db->spare;
        sql_db_answer(&c);
        db->engine->rollback(db->spare);
    }
    pthread_mutex_unlock(&db->spare_lock);
    bool good = c.err == OK;
    ctx_close(&c);
    return good;
}

/* ---- named queries ---- */

const struct query *query_find(const char *name)
{
    for (int i = 0; i < query_list_count; i++)
        if (strcmp(query_list[i]->name, name) == 0)
            return query_list[i];
    return NULL;
}

static void run(struct ctx *c, const struct query *q, const union query_value *values, struct db_result *out)
{
    if (c->err != OK)
        return;
    assert(c->db != NULL);
    if (q->writes && c->db->reads_only)
        fail(c, BROKEN, db_says_broken, "%s writes in a read transaction", q->name);
    else
        c->db->db->engine->run(c, c->db, q, values, out);
    if (c->err == BROKEN)
        log_line(LOG_ERROR, "db.query", "%s", c->detail);
}

struct rows *query_rows(struct ctx *c, const struct query *q, const union query_value *values)
{
    struct db_result out = { .rows = arena_alloc(c->arena, sizeof *out.rows) };
    run(c, q, values, &out);
    return out.rows;
}

int64_t query_int(struct ctx *c, const struct query *q, const union query_value *values)
{
    struct db_result out = { 0 };
    run(c, q, values, &out);
    return out.number;
}

const char *query_text(struct ctx *c, const struct query *q, const union query_value *values)
{
    struct db_result out = { 0 };
    run(c, q, values, &out);
    return out.text;
}

int64_t query_changes(struct ctx *c, const struct query *q, const union query_value *values)
{
    struct db_result out = { 0 };
    run(c, q, values, &out);
    return out.number;
}

enum err query_each(struct ctx *c, const struct query *q, const union query_value *values,
                    enum err (*row)(struct ctx *, const struct rows *one, void *arg), void *arg)
{
    assert(!q->writes);
    struct db_result out = { .row = row, .arg = arg };
    run(c, q, values, &out);
    return c->err;
}

/* ---- transactions ---- */

enum err db_begin_test(struct db *db, struct ctx *c)
{
    if (db->test == NULL)
        db->test = db->engine->open(c, db, false);
    if (db->test == NULL || db->engine->begin(c, db->test) != OK) {
        log_line(LOG_ERROR, "db.test", "%s", c->detail);
        return c->err;
    }
    db->test->in_test = true;
    c->db = db->test;
    return OK;
}

void db_rollback_test(struct db *db, struct ctx *c)
{
    if (c->db != NULL)
        db->engine->rollback(db->test);
    c->db = NULL;
}

void db_listen(struct db *db, void (*listen)(void *arg), void *arg)
{
    pthread_mutex_lock(&db->listen_lock);
    db->listen = listen;
    db->listen_arg = arg;
    pthread_mutex_unlock(&db->listen_lock);
}

void db_nudge(struct ctx *c)
{
    c->db->nudged = true;
}

bool db_can_write(const struct ctx *c)
{
    return c->db != NULL && !c->db->reads_only;
}

uint64_t db_version(const struct db *db)
{
    return atomic_load(&db->version);
}

void db_figures(struct db *db, struct db_figures *figures)
{
    *figures = (struct db_figures){
        .commits = atomic_load(&db->commits),
        .writes = atomic_load(&db->write_count),
        .reads = atomic_load(&db->read_count),
        .failures = atomic_load(&db->failures),
        .waiting_writes = db_lane_waiting(db->writes),
        .waiting_reads = db_lane_waiting(db->reads) + db_lane_waiting(db->waited),
    };
}
