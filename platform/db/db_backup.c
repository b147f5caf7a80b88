/* Backup and restore: SQLite through its backup interface, PostgreSQL through pg_dump and pg_restore. */
#include "platform/base/text.h"
#include "platform/db/db_internal.h"
#include <errno.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <spawn.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static const char says_no_copy[] =
    "Không ghi được tệp sao lưu. Xin kiểm tra thư mục có tồn tại, được phép ghi và còn chỗ.";
static const char says_no_source[] = "Không mở được cơ sở dữ liệu để sao lưu. Xin kiểm tra lại địa chỉ của nó.";
static const char says_not_ours[] = "Tệp này không phải bản sao lưu của chương trình, hoặc đã hỏng. Xin chọn tệp khác.";
static const char says_not_empty[] =
    "Cơ sở dữ liệu đích đang có dữ liệu. Xin khôi phục vào một cơ sở dữ liệu còn trống.";
static const char says_no_tool[] = "Thiếu chương trình pg_dump hoặc pg_restore, hoặc nó báo lỗi. "
                                   "Xin cài gói postgresql-client rồi thử lại.";

/* ---- the copy's file ---- */

static bool sync_path(const char *path, int flags)
{
    int file = open(path, flags | O_CLOEXEC);
    bool good = file >= 0 && fsync(file) == 0;
    if (file >= 0)
        close(file);
    return good;
}

/* A new, empty file for its owner only: the copy holds personal data. */
static enum err make_file(struct ctx *c, const char *path)
{
    unlink(path); /* left by a copy that was cut off */
    int file = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0)
        return fail(c, BROKEN, says_no_copy, "backup: cannot create the file: %s", strerror(errno));
    close(file);
    return OK;
}

/* The finished copy gets its name only when it is on disk whole. */
static enum err publish(struct ctx *c, const char *from, const char *to)
{
    const char *slash = strrchr(to, '/');
    const char *folder = slash == NULL ? "." : slash == to ? "/" : arena_copy_n(c->arena, to, (size_t)(slash - to));
    if (!sync_path(from, O_RDONLY) || rename(from, to) != 0 || !sync_path(folder, O_RDONLY | O_DIRECTORY))
        return fail(c, BROKEN, says_no_copy, "backup: cannot publish the file: %s", strerror(errno));
    return OK;
}

/* ---- SQLite ---- */

static int64_t number_of(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    int64_t number = -1;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW)
        number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return number;
}

/* All pages in one step: one read transaction, so the copy is of one moment while others write. */
static bool copy_pages(sqlite3 *from, sqlite3 *to)
{
    sqlite3_backup *copy = sqlite3_backup_init(to, "main", from, "main");
    if (copy == NULL)
        return false;
    int code = sqlite3_backup_step(copy, -1);
    return sqlite3_backup_finish(copy) == SQLITE_OK && code == SQLITE_DONE;
}

static sqlite3 *open_sqlite(const char *path, int flags)
{
    sqlite3 *db = NULL;
    if (sqlite3_open_v2(path, &db, flags, NULL) == SQLITE_OK) {
        sqlite3_busy_timeout(db, 10000);
        return db;
    }
    sqlite3_close(db);
    return NULL;
}

static enum err backup_sqlite(struct ctx *c, const char *path, const char *file)
{
    sqlite3 *from = open_sqlite(path, SQLITE_OPEN_READWRITE), *to = NULL;
    if (from == NULL || number_of(from, "SELECT count(*) FROM schema_step") < 0)
        fail(c, BROKEN, says_no_source, "backup: cannot open the source");
    else if (make_file(c, file) == OK) {
        to = open_sqlite(file, SQLITE_OPEN_READWRITE);
        if (to == NULL || !copy_pages(from, to))
            fail(c, BROKEN, says_no_copy, "backup: %s", to == NULL ? "cannot open" : sqlite3_errmsg(to));
    }
    sqlite3_close(to);
    sqlite3_close(from);
    return c->err;
}

static bool is_sound(sqlite3 *db)
{
    sqlite3_stmt *statement = NULL;
    bool sound = sqlite3_prepare_v2(db, "PRAGMA integrity_check(1)", -1, &statement, NULL) == SQLITE_OK &&
                 sqlite3_step(statement) == SQLITE_ROW &&
                 strcmp((const char *)sqlite3_column_text(statement, 0), "ok") == 0;
    sqlite3_finalize(statement);
    return sound && number_of(db, "SELECT count(*) FROM schema_step") >= 0;
}

static enum err restore_sqlite(struct ctx *c, const char *path, const char *file)
{
    sqlite3 *from = open_sqlite(file, SQLITE_OPEN_READWRITE), *to = NULL;
    if (from == NULL || !is_sound(from)) {
        fail(c, INVALID, says_not_ours, "restore: no sound copy");
    } else {
        int made = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (made >= 0)
            close(made);
        to = open_sqlite(path, SQLITE_OPEN_READWRITE);
        if (to == NULL || number_of(to, "SELECT count(*) FROM sqlite_schema") < 0)
            fail(c, BROKEN, says_no_copy, "restore: cannot open the target");
        else if (number_of(to, "SELECT count(*) FROM sqlite_schema") > 0)
            fail(c, CONFLICT, says_not_empty, "restore: the target has tables");
        else if (!copy_pages(from, to))
            fail(c, BROKEN, db_says_full, "restore: %s", sqlite3_errmsg(to));
    }
    sqlite3_close(to);
    sqlite3_close(from);
    return c->err;
}

/* ---- PostgreSQL ---- */

/* The words of a URL without the password, which must not stand in the list of processes. */
static const char *public_words(struct ctx *c, const char *url, const char **password)
{
    PQconninfoOption *given = PQconninfoParse(url, NULL);
    struct buffer b = { .arena = c->arena };
    for (PQconninfoOption *o = given; o != NULL && o->keyword != NULL; o++) {
        if (o->val == NULL)
            continue;
        if (strcmp(o->keyword, "password") == 0) {
            *password = arena_copy(c->arena, o->val);
            continue;
        }
        buffer_printf(&b, "%s='", o->keyword);
        for (const char *at = o->val; *at != '\0'; at++) {
            if (*at == '\'' || *at == '\\')
                buffer_add(&b, "\\");
            buffer_add_n(&b, at, 1);
        }
        buffer_add(&b, "' ");
    }
    PQconninfoFree(given);
    return b.text;
}

static char **environment_with(struct ctx *c, const char *password)
{
    size_t count = 0;
    while (environ[count] != NULL)
        count++;
    char **own = arena_array(c->arena, count + 2, sizeof *own);
    memcpy(own, environ, count * sizeof *own);
    if (password != NULL)
        own[count] = arena_printf(c->arena, "PGPASSWORD=%s", password);
    return own;
}

static enum err run_tool(struct ctx *c, char *const *words, const char *password)
{
    pid_t child;
    int status = 0;
    if (posix_spawnp(&child, words[0], NULL, NULL, words, environment_with(c, password)) != 0)
        return fail(c, BROKEN, says_no_tool, "%s cannot be started", words[0]);
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return fail(c, BROKEN, says_no_tool, "%s is lost", words[0]);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return fail(c, BROKEN, says_no_tool, "%s ended with status %d", words[0], status);
    return OK;
}

static enum err backup_postgres(struct ctx *c, const char *url, const char *file)
{
    const char *password = NULL;
    const char *target = public_words(c, url, &password);
    if (target == NULL)
        return fail(c, BROKEN, says_no_source, "backup: malformed URL");
    if (make_file(c, file) != OK)
        return c->err;
    char *const words[] = { "pg_dump", "--format=custom",          "--no-owner", "--no-privileges",
                            "--file",  arena_copy(c->arena, file), "--dbname",   arena_copy(c->arena, target),
                            NULL };
    return run_tool(c, words, password);
}

/* Number of tables of ours and others; -1 when the server does not answer. */
static int64_t count_tables(const char *url)
{
    PGconn *conn = PQconnectdb(url);
    PGresult *result = PQexec(conn, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'");
    int64_t count = PQresultStatus(result) == PGRES_TUPLES_OK ? strtoll(PQgetvalue(result, 0, 0), NULL, 10) : -1;
    PQclear(result);
    PQfinish(conn);
    return count;
}

static bool is_dump(const char *file)
{
    char mark[5] = "";
    int f = open(file, O_RDONLY | O_CLOEXEC);
    bool good = f >= 0 && read(f, mark, sizeof mark) == (ssize_t)sizeof mark && memcmp(mark, "PGDMP", 5) == 0;
    if (f >= 0)
        close(f);
    return good;
}

static enum err restore_postgres(struct ctx *c, const char *url, const char *file)
{
    const char *password = NULL;
    const char *target = public_words(c, url, &password);
    int64_t tables = target == NULL ? -1 : count_tables(url);
    if (tables < 0)
        return fail(c, BROKEN, "Không kết nối được tới cơ sở dữ liệu đích. Xin kiểm tra lại địa chỉ của nó.",
                    "restore: the target does not answer");
    if (tables > 0)
        return fail(c, CONFLICT, says_not_empty, "restore: the target has tables");
    if (!is_dump(file))
        return fail(c, INVALID, says_not_ours, "restore: no custom-format dump");
    char *const words[] = {
        "pg_restore", "--single-transaction",       "--exit-on-error",          "--no-owner", "--no-privileges",
        "--dbname",   arena_copy(c->arena, target), arena_copy(c->arena, file), NULL
    };
    return run_tool(c, words, password);
}

/* ---- both ---- */

enum err db_backup(struct ctx *c, const char *url, const char *file)
{
    const char *path = db_sqlite_path(url);
    const char *unfinished = arena_printf(c->arena, "%s.tmp", file);
    enum err err = path != NULL ? backup_sqlite(c, path, unfinished) : backup_postgres(c, url, unfinished);
    if (err == OK)
        err = publish(c, unfinished, file);
    if (err != OK)
        unlink(unfinished);
    return err;
}

enum err db_restore(struct ctx *c, const char *url, const char *file)
{
    const char *path = db_sqlite_path(url);
    return path != NULL ? restore_sqlite(c, path, file) : restore_postgres(c, url, file);
}
