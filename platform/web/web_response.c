/* From a reply to libmicrohttpd's response: headers, compression. */
#include "platform/web/web_internal.h"
#include <string.h>
#include <strings.h>
#include <zlib.h>

#define POLICY                                                                                                         \
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; form-action 'self'; "         \
    "frame-ancestors "

/* True when the list names the coding without q=0. */
bool accepts(const char *header, const char *coding)
{
    size_t length = strlen(coding);
    for (const char *at = header; at != NULL && *at != '\0';) {
        at += strspn(at, ", \t");
        size_t item = strcspn(at, ",");
        if (item >= length && strncasecmp(at, coding, length) == 0 && (item == length || strchr("; \t", at[length]) != NULL)) {
            const char *q = at + length;
            q += strspn(q, "; \t");
            return !(strncasecmp(q, "q=0", 3) == 0 && strspn(q + 3, ".0") == strcspn(q + 3, ", \t"));
        }
        at += item;
    }
    return false;
}

void *response_gzip(struct arena *a, int level, const void *bytes, size_t size, size_t *packed)
{
    z_stream z = { 0 };
    if (size < GZIP_LEAST || deflateInit2(&z, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return NULL;
    unsigned char *out = arena_alloc(a, size);
    z.next_in = (unsigned char *)(uintptr_t)bytes;
    z.avail_in = (unsigned)size;
    z.next_out = out;
    z.avail_out = (unsigned)size;
    bool whole = deflate(&z, Z_FINISH) == Z_STREAM_END;
    *packed = size - z.avail_out;
    deflateEnd(&z);
    return whole ? out : NULL;
}

void response_common(struct MHD_Response *response, bool secure, bool in_place)
{
    MHD_add_response_header(response, "Content-Security-Policy", in_place ? POLICY "'self'" : POLICY "'none'");
    MHD_add_response_header(response, "X-Frame-Options", in_place ? "SAMEORIGIN" : "DENY");
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(response, "Referrer-Policy", "same-origin");
    MHD_add_response_header(response, "Permissions-Policy", "camera=(self), microphone=(), geolocation=()");
    if (secure)
        MHD_add_response_header(response, "Strict-Transport-Security", "max-age=31536000");
}

/* The bytes stay in the request's arena, which lives until the response was sent. */
static struct MHD_Response *from_bytes(struct reply *reply)
{
    return MHD_create_response_from_buffer(reply->size, (void *)(uintptr_t)reply->bytes, MHD_RESPMEM_PERSISTENT);
}

struct MHD_Response *response_of(struct request_data *d)
{
    struct reply *reply = &d->reply;
    struct MHD_Response *response;
    if (reply->kind == REPLY_FILE) {
        response = MHD_create_response_from_fd_at_offset64((uint64_t)reply->length, reply->file, (uint64_t)reply->offset);
        reply->file = -1; /* the response closes it */
    } else {
        response = from_bytes(reply);
    }
    if (response == NULL)
        return NULL;
    response_common(response, d->secure, reply->in_place);
    if (reply->type != NULL && (reply->size > 0 || reply->kind == REPLY_FILE))
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, reply->type);
    if (reply->gzip)
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_ENCODING, "gzip");
    if (reply->location != NULL)
        MHD_add_response_header(response, MHD_HTTP_HEADER_LOCATION, reply->location);
    if (d->allow != NULL && reply->status == MHD_HTTP_METHOD_NOT_ALLOWED)
        MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, d->allow);
    if (reply->status == MHD_HTTP_SERVICE_UNAVAILABLE)
        MHD_add_response_header(response, MHD_HTTP_HEADER_RETRY_AFTER, "5");
    bool cache_named = false;
    for (const struct header_line *h = reply->headers; h != NULL; h = h->next) {
        MHD_add_response_header(response, h->name, h->value);
        cache_named = cache_named || strcasecmp(h->name, "Cache-Control") == 0;
    }
    if (!cache_named)
        MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "private, no-cache");
    MHD_add_response_header(response, MHD_HTTP_HEADER_VARY, "Accept-Encoding");
    return response;
}
