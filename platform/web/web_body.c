/* A form's body: fields into memory, files to disk while they are hashed. */
#include "platform/web/web_internal.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

struct body {
    struct decode_events events;
    bool multipart;
    union {
        struct form_decoder form;
        struct multipart_decoder parts;
    } decoder;
    int64_t field_bytes, file_bytes;
    struct buffer value;       /* of the field that comes */
    struct received_file file; /* that comes; field NULL: none was chosen */
    bool in_file;
    int fd;
    crypto_hash_sha256_state hash;
};

static const char too_much[] = "Biểu mẫu gửi lên quá dài. Hãy rút gọn rồi gửi lại.";

static bool refuse(struct request_data *d, enum err err, unsigned status, const char *message, const char *detail)
{
    failure_set(d, err, status, message, detail);
    return false;
}

static char *clean(struct request_data *d, const char *bytes, size_t length)
{
    return text_is_utf8(bytes, length) ? text_nfc(d->ctx.arena, arena_copy_n(d->ctx.arena, bytes, length)) : NULL;
}

/* ---- files ---- */

/* The name without folders of the sender's machine and without control characters. */
static const char *base_name(struct request_data *d, const char *sent)
{
    const char *base = sent;
    for (const char *at = sent; *at != '\0'; at++)
        if (*at == '/' || *at == '\\')
            base = at + 1;
    char *name = clean(d, base, strlen(base));
    for (char *at = name; at != NULL && *at != '\0'; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7F)
            *at = ' ';
    return name == NULL ? NULL : text_trim(d->ctx.arena, name);
}

static bool open_file(struct request_data *d, const char *field, const char *sent)
{
    struct body *b = d->body;
    if (d->route->route->upload_limit == 0)
        return refuse(d, INVALID, 413, "Biểu mẫu này không nhận tệp.", "file where none is taken");
    const char *name = base_name(d, sent);
    if (name == NULL)
        return refuse(d, INVALID, 400, "Tên tệp không phải chữ Unicode. Hãy đổi tên tệp rồi gửi lại.", "file name");
    char *path = arena_printf(d->ctx.arena, "%s/up-XXXXXX", d->web->folder);
    b->fd = mkostemp(path, O_CLOEXEC);
    if (b->fd < 0)
        return refuse(d, BROKEN, 503, "Máy chủ chưa lưu được tệp. Xin gửi lại sau ít phút.", strerror(errno));
    b->file = (struct received_file){ field, { .name = name, .path = path } };
    crypto_hash_sha256_init(&b->hash);
    return true;
}

static bool write_file(struct request_data *d, const char *bytes, size_t size)
{
    struct body *b = d->body;
    b->file_bytes += (int64_t)size;
    if (b->file_bytes > d->route->route->upload_limit) {
        int64_t limit = d->route->route->upload_limit;
        bool whole = limit >= 1 << 20;
        return refuse(d, INVALID, 413,
                      arena_printf(d->ctx.arena, "Tệp gửi lên vượt quá %lld %s. Hãy chọn tệp nhỏ hơn.",
                                   (long long)(whole ? limit >> 20 : limit >> 10), whole ? "MB" : "KB"),
                      "upload limit");
    }
    crypto_hash_sha256_update(&b->hash, (const unsigned char *)bytes, size);
    b->file.upload.size += (int64_t)size;
    while (size > 0) {
        ssize_t done = write(b->fd, bytes, size);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return refuse(d, BROKEN, 503, "Máy chủ chưa lưu được tệp. Xin gửi lại sau ít phút.", strerror(errno));
        bytes += done;
        size -= (size_t)done;
    }
    return true;
}

static bool close_file(struct request_data *d)
{
    struct body *b = d->body;
    unsigned char sum[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_final(&b->hash, sum);
    close(b->fd);
    b->fd = -1;
    b->file.upload.sha256 = text_hex(d->ctx.arena, sum, sizeof sum);
    d->files = arena_grow(d->ctx.arena, d->files, sizeof *d->files, &d->file_capacity, d->file_count + 1);
    d->files[d->file_count++] = b->file;
    b->file.field = NULL;
    return true;
}

void body_remove(struct request_data *d)
{
    if (d->body == NULL)
        return;
    if (d->body->fd >= 0) {
        close(d->body->fd);
        unlink(d->body->file.upload.path);
    }
    d->body->fd = -1;
    for (size_t i = 0; i < d->file_count; i++)
        unlink(d->files[i].upload.path);
    d->file_count = 0;
}

/* ---- events of the decoders ---- */

static bool begin(void *arg, const char *name, const char *file_name)
{
    struct request_data *d = arg;
    struct body *b = d->body;
    b->in_file = file_name != NULL;
    b->value.length = 0;
    if (d->field_count + d->file_count >= FIELDS_MOST)
        return refuse(d, INVALID, 413, too_much, "number of fields");
    const char *field = clean(d, name, strlen(name));
    if (field == NULL)
        return refuse(d, INVALID, 400, "Biểu mẫu gửi lên không phải chữ Unicode.", "field name");
    if (b->in_file)
        return file_name[0] == '\0' || open_file(d, field, file_name);
    b->field_bytes += (int64_t)strlen(field);
    struct arena *a = d->ctx.arena;
    if (d->field_count == d->field_capacity) {
        size_t capacity = d->field_capacity;
        d->field_values = arena_grow(a, d->field_values, sizeof *d->field_values, &capacity, d->field_count + 1);
        d->field_names = arena_grow(a, d->field_names, sizeof *d->field_names, &d->field_capacity, d->field_count + 1);
    }
    d->field_names[d->field_count] = field;
    return true;
}

static bool data(void *arg, const char *bytes, size_t size)
{
    struct request_data *d = arg;
    struct body *b = d->body;
    if (b->in_file)
        return b->file.field == NULL ? true : write_file(d, bytes, size);
    b->field_bytes += (int64_t)size;
    if (b->field_bytes > FIELD_BYTES_MOST)
        return refuse(d, INVALID, 413, too_much, "bytes of fields");
    buffer_add_n(&b->value, bytes, size);
    return true;
}

/* Browsers send line ends as CR LF; texts have LF. */
static void unix_lines(char *text)
{
    char *to = text;
    for (const char *from = text; *from != '\0'; from++)
        if (from[0] != '\r' || from[1] != '\n')
            *to++ = *from;
    *to = '\0';
}

static bool end(void *arg)
{
    struct request_data *d = arg;
    struct body *b = d->body;
    if (b->in_file)
        return b->file.field == NULL ? true : close_file(d);
    char *value = b->value.length == 0 ? arena_copy(d->ctx.arena, "") : clean(d, b->value.text, b->value.length);
    if (value == NULL)
        return refuse(d, INVALID, 400, "Biểu mẫu gửi lên không phải chữ Unicode. Hãy gõ lại rồi gửi.", "field value");
    unix_lines(value);
    d->field_values[d->field_count++] = value;
    return true;
}

/* ---- the request's side ---- */

bool body_start(struct request_data *d)
{
    static const char urlencoded[] = "application/x-www-form-urlencoded";
    struct body *b = d->body = arena_alloc(d->ctx.arena, sizeof *b);
    const char *type = d->heads.content_type;
    b->fd = -1;
    b->value.arena = d->ctx.arena;
    b->events = (struct decode_events){ begin, data, end, d };
    if (type == NULL || strncasecmp(type, urlencoded, sizeof urlencoded - 1) == 0) {
        form_decoder_start(&b->decoder.form, &b->events);
        return true;
    }
    b->multipart = true;
    if (multipart_decoder_start(&b->decoder.parts, type, &b->events))
        return true;
    return refuse(d, INVALID, 415, "Máy chủ chỉ nhận dữ liệu gửi từ biểu mẫu.", "content type");
}

static void settle(struct request_data *d, enum decode_state state)
{
    if (state == DECODE_MALFORMED)
        failure_set(d, INVALID, 400, "Biểu mẫu gửi lên bị hỏng. Hãy tải lại trang rồi gửi lại.", "body malformed");
}

void body_feed(struct request_data *d, const char *bytes, size_t size)
{
    struct body *b = d->body;
    if (d->failure.status != 0 || b == NULL)
        return; /* read and dropped, so that the sender gets to see the refusal */
    settle(d, b->multipart ? multipart_decoder_feed(&b->decoder.parts, bytes, size)
                           : form_decoder_feed(&b->decoder.form, bytes, size));
    if (d->failure.status != 0)
        body_remove(d);
}

void body_end(struct request_data *d)
{
    struct body *b = d->body;
    if (d->failure.status != 0 || b == NULL)
        return;
    settle(d, b->multipart ? multipart_decoder_end(&b->decoder.parts) : form_decoder_end(&b->decoder.form));
    if (d->failure.status != 0)
        body_remove(d);
}
