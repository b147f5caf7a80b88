#include "modules/document/document_file.h"
#include "document_file_queries.h"
#include "tests/test.h"
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

/* A photo of 24 x 12 pixels held sideways (EXIF orientation 6), with a place in its EXIF part. */
static const char start_of_photo[] = "\xff\xd8";
static const char exif[] = "\xff\xe1\x00\x2d" "Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0SECRETPLACE";
static const char rest_of_photo[] =
    "\xff\xdb\x00\x43\x00\x14\x0e\x0f\x12\x0f\x0d\x14\x12\x10\x12\x17\x15\x14\x18\x1e\x32\x21\x1e\x1c"
    "\x1c\x1e\x3d\x2c\x2e\x24\x32\x49\x40\x4c\x4b\x47\x40\x46\x45\x50\x5a\x73\x62\x50\x55\x6d\x56\x45"
    "\x46\x64\x88\x65\x6d\x77\x7b\x81\x82\x81\x4e\x60\x8d\x97\x8c\x7d\x96\x73\x7e\x81\x7c\xff\xdb\x00"
    "\x43\x01\x15\x17\x17\x1e\x1a\x1e\x3b\x21\x21\x3b\x7c\x53\x46\x53\x7c\x7c\x7c\x7c\x7c\x7c\x7c\x7c"
    "\x7c\x7c\x7c\x7c\x7c\x7c\x7c\x7c\x7c\x7c\x7c\x7c\x7c\x7c\x7c\x7c\x7c\x7c\x7c\x7c\x7c\x7c\x7c\x7c"
    "\x7c\x7c\x7c\x7c\x7c\x7c\x7c\x7c\x7c\x7c\x7c\x7c\x7c\x7c\x7c\x7c\x7c\x7c\xff\xc0\x00\x11\x08\x00"
    "\x0c\x00\x18\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01\xff\xc4\x00\x15\x00\x01\x01\x00\x00\x00\x00"
    "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x05\xff\xc4\x00\x14\x10\x01\x00\x00\x00\x00\x00\x00"
    "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\xff\xc4\x00\x15\x01\x01\x01\x00\x00\x00\x00\x00\x00\x00"
    "\x00\x00\x00\x00\x00\x00\x00\x00\x05\xff\xc4\x00\x14\x11\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00"
    "\x00\x00\x00\x00\x00\x00\x00\xff\xda\x00\x0c\x03\x01\x00\x02\x11\x03\x11\x00\x3f\x00\x9e\x00\xbc"
    "\x00\x0f\xff\xd9";

static const struct upload *upload_of(struct ctx *c, const char *name, const void *bytes, size_t size)
{
    struct upload *u = arena_alloc(c->arena, sizeof *u);
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, bytes, size);
    *u = (struct upload){ .name = name, .path = arena_printf(c->arena, "%s/upload-%s", c->data_dir, name),
                          .sha256 = text_hex(c->arena, digest, sizeof digest), .size = (int64_t)size };
    FILE *f = fopen(u->path, "wb");
    CHECK(f != NULL && fwrite(bytes, 1, size, f) == size);
    fclose(f);
    return u;
}

static const struct upload *photo(struct ctx *c)
{
    char bytes[2048];
    size_t n = 0;
    memcpy(bytes, start_of_photo, 2), n += 2;
    memcpy(bytes + n, exif, sizeof exif - 1), n += sizeof exif - 1;
    memcpy(bytes + n, rest_of_photo, sizeof rest_of_photo - 1), n += sizeof rest_of_photo - 1;
    return upload_of(c, "bảng.jpg", bytes, n);
}

static const char *message(const struct ctx *c)
{
    return c->fields == NULL ? "" : c->fields->message;
}

TEST_PLAIN(a_photo_is_kept_upright_and_without_its_place)
{
    struct ctx *c = test_ctx();
    struct document_file file;
    CHECK_INT(document_file_take(c, "files", photo(c), &file), OK);
    CHECK(file.photo && strcmp(file.type, "image/jpeg") == 0 && strcmp(file.hash, file.source) != 0);
    size_t size = 0;
    const char *bytes = test_file(c->arena, document_file_path(c, file.hash), &size);
    CHECK(bytes != NULL && (int64_t)size == file.size);
    CHECK(memmem(bytes, size, "SECRET", 6) == NULL && memmem(bytes, size, "Exif", 4) == NULL);
    const unsigned char *frame = memmem(bytes, size, "\xff\xc0", 2);
    CHECK(frame != NULL && frame[6] == 24 && frame[8] == 12); /* height, width */
    CHECK(test_file(c->arena, document_file_path(c, file.preview), &size) != NULL);
}

TEST_PLAIN(the_kind_is_found_from_the_bytes_not_the_name)
{
    struct ctx *c = test_ctx();
    struct document_file file;
    CHECK_INT(document_file_take(c, "files", upload_of(c, "anh.jpg", "%PDF-1.4\n1 0 obj\n", 17), &file), OK);
    CHECK_TEXT(file.type, "application/pdf");
    CHECK(!file.photo && strcmp(file.hash, file.source) == 0);
    CHECK(access(document_file_path(c, file.hash), R_OK) == 0);
    CHECK_INT(document_file_take(c, "files", upload_of(c, "a.pdf", "\x7f" "ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\x3e\0", 20), &file), INVALID);
    CHECK(strstr(message(c), "a.pdf") != NULL);
    ctx_forget(c);
    CHECK_INT(document_file_take(c, "files", upload_of(c, "trang.html", "<!DOCTYPE html><html><script>1</script>", 39), &file), INVALID);
}

TEST_PLAIN(empty_broken_and_heic_photos_get_a_sentence)
{
    struct ctx *c = test_ctx();
    struct document_file file;
    CHECK_INT(document_file_take(c, "files", upload_of(c, "trong.jpg", "", 0), &file), INVALID);
    ctx_forget(c);
    CHECK_INT(document_file_take(c, "files", upload_of(c, "hong.jpg", "\xff\xd8\xff\xe0\0\x10JFIF\0\1", 13), &file), INVALID);
    CHECK(strstr(message(c), "Không đọc được ảnh") != NULL);
    ctx_forget(c);
    CHECK_INT(document_file_take(c, "files", upload_of(c, "i.heic", "\0\0\0\x18" "ftypheic\0\0\0\0heicmif1", 24), &file), INVALID);
    CHECK(strstr(message(c), "HEIC") != NULL);
}

TEST(the_same_content_is_recorded_once)
{
    struct ctx *c = test_ctx();
    struct document_file file;
    CHECK_INT(document_file_put(c, "a.txt", "text/plain", "một", 4, &file), OK);
    CHECK_INT(document_file_record(c, &file), OK);
    CHECK_INT(document_file_put(c, "b.txt", "text/plain", "một", 4, &file), OK);
    CHECK_INT(document_file_record(c, &file), OK);
    CHECK_INT(sql_stored_file_known(c, file.hash), 1);
    CHECK_TEXT(cell(sql_stored_file(c, file.hash), 0, "type"), "text/plain");
}

TEST(files_that_no_row_knows_go_after_a_day)
{
    struct ctx *c = test_ctx();
    struct document_file kept, lost, young;
    document_file_put(c, "a", "text/plain", "a", 1, &kept);
    document_file_put(c, "b", "text/plain", "b", 1, &lost);
    document_file_put(c, "c", "text/plain", "c", 1, &young);
    CHECK_INT(document_file_record(c, &kept), OK);
    struct utimbuf before = { c->now - 2 * 86400, c->now - 2 * 86400 }, just = { c->now, c->now };
    utime(document_file_path(c, kept.hash), &before);
    utime(document_file_path(c, lost.hash), &before);
    utime(document_file_path(c, young.hash), &just);
    CHECK_INT(document_file_sweep(c), OK);
    CHECK(access(document_file_path(c, kept.hash), F_OK) == 0);
    CHECK(access(document_file_path(c, lost.hash), F_OK) != 0);
    CHECK(access(document_file_path(c, young.hash), F_OK) == 0);
}

TEST_PLAIN(only_a_hash_is_a_path)
{
    struct ctx *c = test_ctx();
    CHECK(document_file_path(c, "../../etc/passwd") == NULL);
    CHECK(document_file_path(c, NULL) == NULL);
    CHECK(!document_file_shown("text/html"));
    CHECK_TEXT(document_file_size(c->arena, 421888), "412 KB");
    CHECK_TEXT(document_file_size(c->arena, 1363149), "1,3 MB");
}
