/* The beginning of a request: what its headers and its address say, and its context. */
#include "platform/web/web_internal.h"
#include "platform/base/clock.h"
#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

static enum MHD_Result read_header(void *cls, enum MHD_ValueKind kind, const char *name, size_t name_length,
                                   const char *value, size_t length)
{
    struct heads *h = cls;
    (void)kind;
    if (value == NULL)
        value = "";
    const struct {
        const char *name;
        const char **place;
    } wanted[] = {
        { "Cookie", &h->cookie },
        { "If-None-Match", &h->if_none_match },
        { "Accept-Encoding", &h->accept_encoding },
        { "Content-Type", &h->content_type },
        { "Expect", &h->expect },
        { "X-Forwarded-For", &h->forwarded_for },
        { "X-Forwarded-Proto", &h->forwarded_proto },
        { "Range", &h->range },
    };
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
        if (strcasecmp(name, wanted[i].name) == 0)
            *wanted[i].place = value;
    if (strcasecmp(name, "Transfer-Encoding") == 0)
        h->chunked = true;
    if (strcasecmp(name, "Host") == 0)
        h->hosts++;
    if (strcasecmp(name, "Content-Length") == 0) {
        h->lengths++;
        if (!text_int(value, &h->length) || h->length < 0)
            h->malformed = true;
    }
    if (strlen(name) != name_length || strlen(value) != length || strpbrk(name, " \t") != NULL)
        h->malformed = true;
    return h->malformed ? MHD_NO : MHD_YES;
}

/* MHD parses leniently; what could be read differently by a proxy before us is refused (RFC 9112, 6.3 and 3.2). */
bool open_heads(struct request_data *d, const char *method, const char *version)
{
    struct heads *h = &d->heads;
    h->length = -1;
    MHD_get_connection_values_n(d->connection, MHD_HEADER_KIND, read_header, h);
    d->secure = d->web->options.trust_forwarded && h->forwarded_proto != NULL &&
                strcasecmp(h->forwarded_proto, "https") == 0;
    d->head_only = strcmp(method, "HEAD") == 0;
    bool known = strcmp(version, "HTTP/1.1") == 0 || strcmp(version, "HTTP/1.0") == 0;
    return known && !h->malformed && h->lengths <= 1 && h->hosts <= 1 && !(h->chunked && (h->lengths > 0 || version[7] == '0'));
}

/* The caller's address: of the direct peer, or what a trusted proxy saw last. */
static const char *remote_of(struct request_data *d)
{
    const char *list = d->heads.forwarded_for;
    if (d->web->options.trust_forwarded && list != NULL) {
        struct in6_addr address;
        const char *last = strrchr(list, ',');
        const char *hop = text_trim(d->ctx.arena, last == NULL ? list : last + 1);
        return inet_pton(AF_INET, hop, &address) == 1 || inet_pton(AF_INET6, hop, &address) == 1 ? hop : NULL;
    }
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(d->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    char *text = arena_alloc(d->ctx.arena, INET6_ADDRSTRLEN);
    if (info == NULL || info->client_addr == NULL)
        return NULL;
    if (info->client_addr->sa_family == AF_INET)
        inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)info->client_addr)->sin_addr, text,
                  INET6_ADDRSTRLEN);
    else if (info->client_addr->sa_family == AF_INET6)
        inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)info->client_addr)->sin6_addr, text,
                  INET6_ADDRSTRLEN);
    return text;
}

static void take_query(struct request_data *d)
{
    struct arena *a = d->ctx.arena;
    size_t most = 1;
    for (const char *at = d->query; *at != '\0'; at++)
        most += *at == '&';
    d->queries = arena_array(a, most, sizeof *d->queries);
    for (const char *at = d->query; *at != '\0';) {
        size_t length = strcspn(at, "&");
        const char *equals = memchr(at, '=', length);
        size_t name = equals == NULL ? length : (size_t)(equals - at);
        struct text_pair pair = { address_decode(a, at, name, true), "" };
        if (equals != NULL)
            pair.value = address_decode(a, equals + 1, length - name - 1, true);
        if (pair.name == NULL || pair.value == NULL) {
            failure_set(d, INVALID, 400, "Địa chỉ trang viết sai. Hãy kiểm tra lại liên kết.", "query not decodable");
            return;
        }
        if (length > 0)
            d->queries[d->query_count++] = pair;
        at += length + (at[length] == '&');
    }
}

/* Segments of the decoded path; an escaped slash stays inside its segment. */
static void take_path(struct request_data *d, size_t length)
{
    struct arena *a = d->ctx.arena;
    d->request.path = address_decode(a, d->uri, length, false);
    bool good = d->request.path != NULL && d->uri[0] == '/';
    bool fits = true;
    for (size_t at = 1; good && at < length;) {
        size_t part = 0;
        while (at + part < length && d->uri[at + part] != '/')
            part++;
        fits = d->part_count < PARTS_MOST;
        if (!fits)
            break;
        d->parts[d->part_count++] = address_decode(a, d->uri + at, part, false);
        at += part;
        if (at < length && ++at == length && (fits = d->part_count < PARTS_MOST))
            d->parts[d->part_count++] = ""; /* ends with a slash */
    }
    if (!good) {
        d->request.path = "/";
        failure_set(d, INVALID, 400, "Địa chỉ trang viết sai. Hãy kiểm tra lại liên kết.", "address not decodable");
    } else if (!fits) {
        d->part_count = 0;
        failure_set(d, NOT_FOUND, 404, "Không tìm thấy trang này.", "path too deep");
    }
}

static void take_route(struct request_data *d)
{
    struct route_match match =
        routes_find(&d->web->routes, d->ctx.arena, d->request.method, d->parts, d->part_count);
    d->route = match.route;
    d->allow = match.allow;
    if (match.route == NULL && match.allow != NULL)
        failure_set(d, INVALID, 405, "Trang này không nhận cách gửi này.", "method");
    else if (match.route == NULL)
        failure_set(d, NOT_FOUND, 404, "Không tìm thấy trang này. Có thể địa chỉ đã đổi hoặc gõ nhầm.", "no route");
}

void open_context(struct request_data *d, const char *method)
{
    ctx_open(&d->ctx, clock_now());
    d->ctx_open = true;
    struct ctx *c = &d->ctx;
    c->data_dir = d->web->options.data_dir;
    c->granted = ANYONE;
    c->remote = remote_of(d);
    d->request.method = arena_copy(c->arena, method);
    size_t length = strcspn(d->uri, "?");
    d->query = d->uri[length] == '?' ? d->uri + length + 1 : NULL;
    take_path(d, length);
    if (d->query != NULL)
        take_query(d);
    if (d->failure.status == 0)
        take_route(d);
}
