/* Storing files: what kinds are taken, and how bytes reach the disk before anything points at them. */
#include "modules/document/document_file.h"
#include "document_file_queries.h"
#include "platform/base/text.h"
#include "platform/image/image.h"
#include <errno.h>
#include <fcntl.h>
#include <magic.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STEP = 65536 };

struct kind {
    const char *type;
    bool photo;
    bool shown;
};

/* What proves work and what plans come in. Types as libmagic names them. */
static const struct kind kinds[] = {
    { "image/jpeg", true, true },
    { "image/png", true, true },
    { "image/webp", true, true },
    { "application/pdf", false, true },
    { "application/vnd.openxmlformats-officedocument.wordprocessingml.document", false, false },
    { "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false, false },
    { "application/vnd.openxmlformats-officedocument.presentationml.presentation", false, false },
    { "application/vnd.oasis.opendocument.text", false, false },
    { "application/vnd.oasis.opendocument.spreadsheet", false, false },
    { "application/msword", false, false },
    { "application/vnd.ms-excel", false, false },
    { "application/vnd.ms-powerpoint", false, false },
    { "text/plain", false, false },
    { "video/mp4", false, false },
    { "audio/mpeg", false, false },
    { 0 },
};

static const struct kind *kind_of(const char *type)
{
    for (const struct kind *k = kinds; type != NULL && k->type != NULL; k++)
        if (strcmp(k->type, type) == 0)
            return k;
    return NULL;
}

bool document_file_shown(const char *type)
{
    const struct kind *k = kind_of(type);
    return k != NULL && k->shown;
}

char *document_file_size(struct arena *a, int64_t bytes)
{
    if (bytes < 1024 * 1024)
        return arena_printf(a, "%d KB", (int)((bytes + 1023) / 1024));
    int64_t tenths = (bytes * 10 + 512 * 1024) / (1024 * 1024);
    return arena_printf(a, "%lld,%lld MB", (long long)(tenths / 10), (long long)(tenths % 10));
}

static bool is_hash(const char *hash)
{
    return hash != NULL && strlen(hash) == 64 && strspn(hash, "0123456789abcdef") == 64;
}

char *document_file_path(struct ctx *c, const char *hash)
{
    return is_hash(hash) ? arena_printf(c->arena, "%s/files/%.2s/%s", c->data_dir, hash, hash + 2) : NULL;
}

static enum err cannot_store(struct ctx *c, const char *what)
{
    return fail(c, BROKEN, "Máy chủ chưa lưu được tệp. Xin thử lại sau ít phút.", "%s: %s", what, strerror(errno));
}

static bool sync_path(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool good = fsync(fd) == 0;
    return close(fd) == 0 && good;
}

/* SHA-256 and size of a file; NULL when it cannot be read. */
static char *hash_file(struct arena *a, const char *path, int64_t *size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    unsigned char *block = arena_alloc(a, STEP), digest[crypto_hash_sha256_BYTES];
    ssize_t got;
    *size = 0;
    while ((got = read(fd, block, STEP)) > 0) {
        crypto_hash_sha256_update(&state, block, (unsigned long long)got);
        *size += got;
    }
    close(fd);
    crypto_hash_sha256_final(&state, digest);
    return got < 0 ? NULL : text_hex(a, digest, sizeof digest);
}

/* Makes the folder of a hash, and those above. */
static bool make_folders(struct ctx *c, const char *hash, char **folder)
{
    const char *files = arena_printf(c->arena, "%s/files", c->data_dir);
    *folder = arena_printf(c->arena, "%s/%.2s", files, hash);
    if (mkdir(files, 0750) != 0 && errno != EEXIST)
        return false;
    return mkdir(*folder, 0750) == 0 || errno == EEXIST;
}

/* Moves a file on the same disk to where its hash says; on disk for good when OK. */
static enum err keep(struct ctx *c, const char *path, const char *hash)
{
    char *folder, *to = document_file_path(c, hash);
    if (!make_folders(c, hash, &folder))
        return cannot_store(c, "mkdir");
    if (!sync_path(path, O_RDONLY))
        return cannot_store(c, "fsync");
    if (rename(path, to) != 0)
        return cannot_store(c, "rename");
    if (!sync_path(folder, O_RDONLY | O_DIRECTORY))
        return cannot_store(c, "fsync of the folder");
    return c->err;
}

/* A fresh name in the folder of stored files; the file exists and is empty. NULL with an error set. */
static char *fresh(struct ctx *c, const char *end)
{
    char *folder;
    if (!make_folders(c, "00", &folder)) {
        cannot_store(c, "mkdir");
        return NULL;
    }
    char *path = arena_printf(c->arena, "%s/files/new-XXXXXX%s", c->data_dir, end);
    int fd = mkostemps(path, (int)strlen(end), O_CLOEXEC);
    if (fd < 0) {
        cannot_store(c, "mkostemps");
        return NULL;
    }
    close(fd);
    return path;
}

/* The media type, from the bytes; NULL when libmagic cannot say. */
static const char *sniff(struct ctx *c, const char *path)
{
    magic_t magic = magic_open(MAGIC_MIME_TYPE | MAGIC_ERROR);
    if (magic == NULL)
        return NULL;
    const char *type = magic_load(magic, NULL) == 0 ? arena_copy(c->arena, magic_file(magic, path)) : NULL;
    magic_close(magic);
    return type;
}

static enum err not_taken(struct ctx *c, const char *field, const char *name, const char *type)
{
    if (type != NULL && (strcmp(type, "image/heic") == 0 || strcmp(type, "image/heif") == 0))
        return invalid(c, field, "Ảnh %s ở dạng HEIC, hệ thống chưa nhận. Hãy chọn dạng JPEG trong phần cài đặt máy ảnh "
                                 "(“Tương thích nhất”) rồi chụp lại.", name);
    return invalid(c, field, "Tệp %s thuộc loại hệ thống không nhận. Hãy gửi ảnh JPEG, PNG, hoặc tệp PDF, Word, Excel.", name);
}

static enum err take_photo(struct ctx *c, const char *field, const struct upload *upload, struct document_file *file)
{
    char *large = fresh(c, ".jpg"), *small = fresh(c, ".jpg");
    if (c->err != OK || image_shrink(c, field, upload->path, large, small) != OK)
        goto done;
    file->hash = hash_file(c->arena, large, &file->size);
    file->preview = hash_file(c->arena, small, &file->preview_size);
    file->type = "image/jpeg";
    if (file->hash == NULL || file->preview == NULL)
        cannot_store(c, "read");
    else if (keep(c, small, file->preview) == OK)
        keep(c, large, file->hash);
done:
    if (c->err != OK) {
        if (large != NULL)
            unlink(large);
        if (small != NULL)
            unlink(small);
    }
    return c->err;
}

enum err document_file_take(struct ctx *c, const char *field, const struct upload *upload, struct document_file *file)
{
    *file = (struct document_file){ .source = upload->sha256, .file_name = upload->name, .size = upload->size };
    if (upload->size == 0)
        return invalid(c, field, "Tệp %s không có nội dung. Hãy chọn lại.", upload->name);
    const char *type = sniff(c, upload->path);
    const struct kind *k = kind_of(type);
    if (k == NULL)
        return not_taken(c, field, upload->name, type);
    file->photo = k->photo;
    if (k->photo)
        return take_photo(c, field, upload, file);
    file->type = k->type;
    file->hash = upload->sha256;
    return keep(c, upload->path, file->hash);
}

static bool write_whole(const char *path, const void *bytes, size_t size)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    const char *at = bytes;
    while (size > 0) {
        ssize_t put = write(fd, at, size);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            break;
        at += put;
        size -= (size_t)put;
    }
    return close(fd) == 0 && size == 0;
}

enum err document_file_put(struct ctx *c, const char *file_name, const char *type, const void *bytes, size_t size,
                           struct document_file *file)
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, bytes, size);
    const char *hash = text_hex(c->arena, digest, sizeof digest);
    *file = (struct document_file){ .hash = hash, .source = hash, .file_name = file_name, .type = type, .size = (int64_t)size };
    char *path = fresh(c, "");
    if (path == NULL)
        return c->err;
    if (!write_whole(path, bytes, size)) {
        cannot_store(c, "write");
        unlink(path);
        return c->err;
    }
    return keep(c, path, hash);
}

enum err document_file_record(struct ctx *c, const struct document_file *file)
{
    if (file->preview != NULL)
        sql_stored_file_insert(c, file->preview, file->preview_size, "image/jpeg", NULL, c->now);
    sql_stored_file_insert(c, file->hash, file->size, file->type, file->preview, c->now);
    return c->err;
}
