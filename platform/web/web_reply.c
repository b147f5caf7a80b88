/* What goes out, as handlers say it. */
#include "platform/base/log.h"
#include "platform/web/web_internal.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FLASH_COOKIE "sauro_flash"
enum { FLASH_MOST = 1000, FLASH_SECONDS = 120, LOCATION_MOST = 4000 };

/* ---- values for the page ---- */

static void put(struct request *r, struct template_value value)
{
    struct request_data *d = r->data;
    for (size_t i = 0; i < d->value_count; i++)
        if (strcmp(d->values[i].name, value.name) == 0) {
            d->values[i] = value;
            return;
        }
    d->values = arena_grow(r->c->arena, d->values, sizeof value, &d->value_capacity, d->value_count + 1);
    d->values[d->value_count++] = value;
}

void put_text(struct request *r, const char *name, const char *value)
{
    put(r, (struct template_value){ .name = name, .text = value });
}

void put_int(struct request *r, const char *name, int64_t value)
{
    put_text(r, name, arena_printf(r->c->arena, "%lld", (long long)value));
}

void put_rows(struct request *r, const char *name, const struct rows *rows)
{
    struct rows *kept = arena_alloc(r->c->arena, sizeof *kept); /* a rows_maker may stand on the caller's stack */
    *kept = *rows;
    put(r, (struct template_value){ .name = name, .rows = kept });
}

void put_form(struct request *r, const char *name, const char *value)
{
    struct request_data *d = r->data;
    d->prefills = arena_grow(r->c->arena, d->prefills, sizeof *d->prefills, &d->prefill_capacity, d->prefill_count + 1);
    d->prefills[d->prefill_count++] = (struct text_pair){ name, value };
}

void show_again(struct request *r)
{
    struct request_data *d = r->data;
    if (r->c->err == OK)
        return;
    d->shown = r->c->err;
    d->shown_message = r->c->message;
    d->shown_fields = r->c->fields;
    ctx_forget(r->c);
}

/* ---- pages ---- */

static const char *typed(const char *name, void *arg)
{
    struct request_data *d = arg;
    if (form_has(&d->request, name))
        return form(&d->request, name);
    for (size_t i = d->prefill_count; i > 0; i--)
        if (strcmp(d->prefills[i - 1].name, name) == 0)
            return d->prefills[i - 1].value;
    return d->body == NULL ? query_param(&d->request, name) : NULL;
}

static const char *reason(const char *name, void *arg)
{
    const struct request_data *d = arg;
    for (const struct field_error *e = d->shown_fields; e != NULL; e = e->next)
        if (strcmp(e->field, name) == 0)
            return e->message;
    return NULL;
}

static const char *fresh_token(void *arg)
{
    return token_make(arg);
}

static void put_flash(struct request_data *d)
{
    const char *sealed = request_cookie(&d->request, FLASH_COOKIE);
    const char *text = sealed == NULL ? NULL : token_signed_text(d, sealed);
    put_text(&d->request, "flash", text);
    if (sealed == NULL)
        return;
    d->flash_shown = true;
    set_cookie(&d->request, FLASH_COOKIE, "", 0);
}

enum err page(struct request *r, const char *template_name)
{
    struct request_data *d = r->data;
    struct buffer out = { .arena = r->c->arena };
    if (r->c->err != OK)
        return r->c->err;
    if (d->failure.status == 0)
        put_text(r, "problem", d->shown == OK ? NULL : d->shown_message);
    put_flash(d);
    if (!d->dressed && d->web->hooks->dress != NULL)
        d->web->hooks->dress(r);
    d->dressed = true;
    const struct template_input input = { .values = d->values, .count = d->value_count, .form = typed, .error = reason,
                                          .token = fresh_token, .arg = d };
    if (r->c->err != OK || template_render(r->c, d->web->templates, template_name, &input, &out) != OK)
        return r->c->err == OK ? fail(r->c, BROKEN, "Máy chủ chưa dựng được trang này.", "template %s", template_name)
                               : r->c->err;
    reply_bytes(d, (unsigned)outcome_of(d->shown).status, "text/html; charset=utf-8",
                out.text == NULL ? "" : out.text, out.length);
    return OK;
}

void reply_bytes(struct request_data *d, unsigned status, const char *type, const void *bytes, size_t size)
{
    struct header_line *headers = d->reply.headers;
    if (d->reply.file >= 0)
        close(d->reply.file);
    d->reply = (struct reply){ .kind = REPLY_BYTES, .status = status, .type = type, .bytes = bytes, .size = size,
                               .file = -1, .headers = headers };
}

void reply_forget(struct request_data *d)
{
    if (d->reply.kind == REPLY_FILE && d->reply.file >= 0)
        close(d->reply.file);
    d->reply = (struct reply){ .file = -1 };
    d->visitor = NULL; /* its cookie went with the headers */
}

static void escape(struct buffer *b, const char *text)
{
    for (; *text != '\0'; text++) {
        const char *name = *text == '<' ? "&lt;" : *text == '>' ? "&gt;" : *text == '&' ? "&amp;" : *text == '"' ? "&quot;" : NULL;
        if (name != NULL)
            buffer_add(b, name);
        else
            buffer_add_n(b, text, 1);
    }
}

void reply_bare(struct request_data *d, unsigned status, const char *message)
{
    struct buffer b = { .arena = d->ctx.arena };
    const char *style = web_asset("sauro.css");
    buffer_add(&b, "<!doctype html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                   "content=\"width=device-width, initial-scale=1\"><title>");
    escape(&b, message);
    buffer_printf(&b, "</title><link rel=\"stylesheet\" href=\"%s\"></head><body><main class=\"screen\"><h1>", style == NULL ? "" : style);
    escape(&b, message);
    buffer_add(&b, "</h1><p><a class=\"btn\" href=\"/\">Về trang đầu</a></p></main></body></html>\n");
    reply_forget(d);
    reply_bytes(d, status, "text/html; charset=utf-8", b.text, b.length);
}

/* ---- redirects ---- */

/* Only an address of ours: a path, and not "//host" or "/\host", which browsers take for another host. */
static const char *own_address(struct request *r, const char *wanted)
{
    static const char kept[] = "/?#&=%-._~:@!$'()*+,;[]";
    struct buffer b = { .arena = r->c->arena };
    if (wanted[0] != '/' || wanted[1] == '/' || wanted[1] == '\\' || strlen(wanted) > LOCATION_MOST)
        return "/";
    for (const char *at = wanted; *at != '\0'; at++) {
        unsigned char byte = (unsigned char)*at;
        bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
        if (letter || strchr(kept, byte) != NULL)
            buffer_add_n(&b, at, 1);
        else
            buffer_printf(&b, "%%%02X", byte);
    }
    return b.text;
}

enum err redirect(struct request *r, const char *format, ...)
{
    if (r->c->err != OK)
        return r->c->err;
    va_list values;
    va_start(values, format);
    const char *wanted = arena_vprintf(r->c->arena, format, values);
    va_end(values);
    reply_bytes(r->data, MHD_HTTP_SEE_OTHER, "text/plain; charset=utf-8", "", 0);
    r->data->reply.location = own_address(r, wanted);
    return OK;
}

/* ---- bytes and files ---- */

static bool shown_in_place(const char *type)
{
    static const char *const types[] = { "image/png", "image/jpeg", "image/webp", "image/gif", "application/pdf" };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strcmp(type, types[i]) == 0)
            return true;
    return false;
}

/* RFC 6266: a plain name for old programs, the true one as filename*. */
static void offer(struct request *r, const char *name, bool in_place)
{
    struct arena *a = r->c->arena;
    char *plain = text_key(a, name);
    const char *dot = strrchr(name, '.');
    if (dot != NULL && strlen(dot) <= 6) {
        const char *ending = text_key(a, dot + 1);
        char *stem = text_key(a, arena_copy_n(a, name, (size_t)(dot - name)));
        plain = arena_printf(a, "%s.%s", stem, ending);
    }
    set_header(r, "Content-Disposition",
               arena_printf(a, "%s; filename=\"%s\"; filename*=UTF-8''%s", in_place ? "inline" : "attachment", plain,
                            address_encode(a, name, false)));
}

enum err send_bytes(struct request *r, const char *type, const char *file_name, const void *bytes, size_t size)
{
    if (r->c->err != OK)
        return r->c->err;
    reply_bytes(r->data, MHD_HTTP_OK, type, bytes, size);
    r->data->reply.in_place = file_name == NULL && shown_in_place(type);
    if (file_name != NULL)
        offer(r, file_name, false);
    return OK;
}

/* One range "bytes=a-b", "bytes=a-" or "bytes=-n". Anything else: the whole file, as RFC 9110 allows. */
static bool take_range(const char *header, int64_t whole, int64_t *offset, int64_t *length)
{
    if (header == NULL || !text_starts(header, "bytes=") || strchr(header, ',') != NULL)
        return false;
    char *end = NULL;
    const char *at = header + 6;
    if (*at == '-') {
        long long last = strtoll(at + 1, &end, 10);
        *offset = last < whole ? whole - last : 0;
        *length = whole - *offset;
        return end != at + 1 && *end == '\0' && last > 0 && whole > 0;
    }
    long long from = strtoll(at, &end, 10);
    if (end == at || *end != '-' || from < 0 || from >= whole)
        return false;
    long long to = whole - 1;
    if (end[1] != '\0') {
        char *rest = NULL;
        to = strtoll(end + 1, &rest, 10);
        if (*rest != '\0' || to < from)
            return false;
    }
    *offset = from;
    *length = (to < whole ? to : whole - 1) - from + 1;
    return true;
}

enum err send_file(struct request *r, const char *type, const char *file_name, const char *path)
{
    struct request_data *d = r->data;
    struct stat about;
    if (r->c->err != OK)
        return r->c->err;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail(r->c, BROKEN, "Máy chủ chưa mở được tệp này. Xin thử lại sau.", "open of a stored file: %s", strerror(errno));
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
        close(fd);
        return fail(r->c, BROKEN, "Máy chủ chưa mở được tệp này. Xin thử lại sau.", "a stored file is no file");
    }
    bool in_place = shown_in_place(type);
    reply_bytes(d, MHD_HTTP_OK, type, NULL, 0);
    d->reply.kind = REPLY_FILE;
    d->reply.file = fd;
    d->reply.length = d->reply.whole = about.st_size;
    d->reply.in_place = in_place;
    offer(r, file_name == NULL ? "tep" : file_name, in_place);
    set_header(r, "Accept-Ranges", "bytes");
    if (take_range(d->heads.range, d->reply.whole, &d->reply.offset, &d->reply.length)) {
        d->reply.status = MHD_HTTP_PARTIAL_CONTENT;
        set_header(r, "Content-Range",
                   arena_printf(r->c->arena, "bytes %lld-%lld/%lld", (long long)d->reply.offset,
                                (long long)(d->reply.offset + d->reply.length - 1), (long long)d->reply.whole));
    }
    return OK;
}

/* ---- headers ---- */

static bool header_safe(const char *text)
{
    for (; *text != '\0'; text++)
        if (((unsigned char)*text < 0x20 && *text != '\t') || *text == 0x7F)
            return false;
    return true;
}

static void add_header(struct request *r, const char *name, const char *value)
{
    struct header_line *line = arena_alloc(r->c->arena, sizeof *line);
    *line = (struct header_line){ name, value, NULL };
    struct header_line **end = &r->data->reply.headers;
    while (*end != NULL)
        end = &(*end)->next;
    *end = line;
}

void set_header(struct request *r, const char *name, const char *value)
{
    if (!header_safe(name) || !header_safe(value)) {
        log_line(LOG_WARN, "web.header", "a header value with control characters was dropped");
        return;
    }
    for (struct header_line *h = r->data->reply.headers; h != NULL; h = h->next)
        if (strcmp(h->name, name) == 0) {
            h->value = value;
            return;
        }
    add_header(r, name, value);
}

void set_cookie(struct request *r, const char *name, const char *value, int64_t seconds)
{
    struct arena *a = r->c->arena;
    const char *start = arena_printf(a, "%s=", name);
    const char *whole = arena_printf(a, "%s%s; Path=/; Max-Age=%lld; HttpOnly; SameSite=Lax%s", start, value,
                                     (long long)seconds, request_secure(r) ? "; Secure" : "");
    if (!header_safe(whole) || strpbrk(value, ";, \"\\") != NULL) {
        log_line(LOG_WARN, "web.cookie", "a cookie with letters that cookies cannot hold was dropped");
        return;
    }
    for (struct header_line *h = r->data->reply.headers; h != NULL; h = h->next)
        if (strcmp(h->name, "Set-Cookie") == 0 && text_starts(h->value, start)) {
            h->value = whole;
            return;
        }
    add_header(r, "Set-Cookie", whole);
}

void flash(struct request *r, const char *message)
{
    size_t length = strlen(message);
    while (length > FLASH_MOST || (length > 0 && length < strlen(message) && ((unsigned char)message[length] & 0xC0) == 0x80))
        length--;
    set_cookie(r, FLASH_COOKIE, token_sign_text(r->data, arena_copy_n(r->c->arena, message, length)), FLASH_SECONDS);
}
