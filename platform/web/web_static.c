/* Addresses of the platform itself: static files, icon, robots, figures. All answered on the loop. */
#include "platform/web/embedded.h"
#include "platform/web/web_internal.h"
#include <netinet/in.h>
#include <string.h>

#define STATIC_PREFIX "/tinh/"
enum coding { PLAIN, GZIP, BROTLI, CODINGS };

struct statics {
    size_t count;
    struct MHD_Response *(*files)[CODINGS]; /* in the order of static_files */
    struct MHD_Response *robots, *icon, *missing;
};

const char *web_asset(const char *name)
{
    for (const struct static_file *file = static_files; file->name != NULL; file++)
        if (strcmp(file->name, name) == 0)
            return file->address;
    return NULL;
}

static struct MHD_Response *constant(const void *bytes, size_t size, const char *type, const char *cache)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(size, (void *)(uintptr_t)bytes, MHD_RESPMEM_PERSISTENT);
    if (response == NULL)
        return NULL;
    response_common(response, false, false);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, cache);
    return response;
}

/* The name holds a hash of the content, so a browser need never ask again. */
static struct MHD_Response *file_response(const struct static_file *file, enum coding coding)
{
    const void *bytes = coding == PLAIN ? file->bytes : coding == GZIP ? file->gzip : file->brotli;
    size_t size = coding == PLAIN ? file->size : coding == GZIP ? file->gzip_size : file->brotli_size;
    if (bytes == NULL)
        return NULL;
    struct MHD_Response *response = constant(bytes, size, file->type, "public, max-age=31536000, immutable");
    if (response != NULL && coding != PLAIN)
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_ENCODING, coding == GZIP ? "gzip" : "br");
    if (response != NULL)
        MHD_add_response_header(response, MHD_HTTP_HEADER_VARY, "Accept-Encoding");
    return response;
}

struct statics *statics_start(struct arena *a)
{
    static const char robots[] = "User-agent: *\nDisallow: /dang-nhap\nDisallow: /quan-tri\n";
    static const char missing[] = "Không có tệp này.\n";
    struct statics *s = arena_alloc(a, sizeof *s);
    while (static_files[s->count].name != NULL)
        s->count++;
    s->files = arena_array(a, s->count + 1, sizeof *s->files);
    for (size_t i = 0; i < s->count; i++)
        for (int coding = PLAIN; coding < CODINGS; coding++)
            s->files[i][coding] = file_response(&static_files[i], (enum coding)coding);
    s->robots = constant(robots, sizeof robots - 1, "text/plain; charset=utf-8", "public, max-age=86400");
    s->missing = constant(missing, sizeof missing - 1, "text/plain; charset=utf-8", "no-store");
    s->icon = constant("", 0, "text/plain; charset=utf-8", "public, max-age=86400");
    const char *logo = web_asset("logo.svg");
    MHD_add_response_header(s->icon, MHD_HTTP_HEADER_LOCATION, logo == NULL ? "/" : logo);
    return s;
}

void statics_stop(struct statics *s)
{
    for (size_t i = 0; i < s->count; i++)
        for (int coding = PLAIN; coding < CODINGS; coding++)
            if (s->files[i][coding] != NULL)
                MHD_destroy_response(s->files[i][coding]);
    MHD_destroy_response(s->robots);
    MHD_destroy_response(s->missing);
    MHD_destroy_response(s->icon);
}

static enum MHD_Result answer_file(struct request_data *d)
{
    struct statics *s = d->web->statics;
    for (size_t i = 0; i < s->count; i++) {
        if (strcmp(static_files[i].address, d->uri) != 0)
            continue;
        struct MHD_Response **forms = s->files[i];
        enum coding coding = forms[BROTLI] != NULL && accepts(d->heads.accept_encoding, "br")  ? BROTLI
                             : forms[GZIP] != NULL && accepts(d->heads.accept_encoding, "gzip") ? GZIP
                                                                                                : PLAIN;
        return answer_now(d, MHD_HTTP_OK, forms[coding]);
    }
    return answer_now(d, MHD_HTTP_NOT_FOUND, s->missing);
}

/* A proxy on this machine speaks for others: then the direct peer says nothing. */
static bool local_peer(struct request_data *d)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(d->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (info == NULL || info->client_addr == NULL || d->heads.forwarded_for != NULL)
        return false;
    const void *address = info->client_addr;
    if (info->client_addr->sa_family == AF_INET)
        return ntohl(((const struct sockaddr_in *)address)->sin_addr.s_addr) >> 24 == 127;
    return info->client_addr->sa_family == AF_INET6 && IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)address)->sin6_addr);
}

static enum MHD_Result answer_figures(struct request_data *d)
{
    if (!local_peer(d))
        return answer_now(d, MHD_HTTP_NOT_FOUND, d->web->statics->missing);
    ctx_open(&d->ctx, 0);
    d->ctx_open = true;
    const char *text = figures_text(d->web, d->ctx.arena);
    d->response = constant(text, strlen(text), "text/plain; version=0.0.4; charset=utf-8", "no-store");
    return answer_now(d, MHD_HTTP_OK, d->response);
}

bool statics_answer(struct request_data *d, enum MHD_Result *result)
{
    if (strncmp(d->uri, STATIC_PREFIX, sizeof STATIC_PREFIX - 1) == 0)
        *result = answer_file(d);
    else if (strcmp(d->uri, "/favicon.ico") == 0)
        *result = answer_now(d, MHD_HTTP_FOUND, d->web->statics->icon);
    else if (strcmp(d->uri, "/robots.txt") == 0)
        *result = answer_now(d, MHD_HTTP_OK, d->web->statics->robots);
    else if (strcmp(d->uri, "/metrics") == 0)
        *result = answer_figures(d);
    else
        return false;
    return true;
}
