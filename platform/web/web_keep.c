/* Kept pages: rendered once, answered from the loop, until data changes. */
#include "platform/web/web_internal.h"
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { SETS = 64, WAYS = 8, TOTAL_MOST = 32 << 20, URI_MOST = 500, ETAG = 2 * 12 + 8 };
#define KEPT_NANOSECONDS 10000000000U /* another program may have written: no page is older than this */

struct kept {
    char *uri; /* NULL: free */
    bool secure;
    uint64_t version, epoch, until, used;
    size_t bytes;
    char etag[2][ETAG];                /* plain, gzip */
    struct MHD_Response *whole[2];     /* gzip: NULL when not smaller */
    struct MHD_Response *unchanged[2]; /* 304 */
};

struct keep_set {
    pthread_mutex_t lock;
    struct kept ways[WAYS];
};

struct keep {
    struct keep_set sets[SETS];
    _Atomic int64_t bytes;
};

static void drop(struct keep *keep, struct kept *k)
{
    for (int i = 0; i < 2; i++) {
        if (k->whole[i] != NULL)
            MHD_destroy_response(k->whole[i]);
        if (k->unchanged[i] != NULL)
            MHD_destroy_response(k->unchanged[i]);
    }
    atomic_fetch_sub(&keep->bytes, (int64_t)k->bytes);
    free(k->uri);
    *k = (struct kept){ 0 };
}

struct keep *keep_start(void)
{
    struct keep *keep = calloc(1, sizeof *keep);
    for (int i = 0; keep != NULL && i < SETS; i++)
        pthread_mutex_init(&keep->sets[i].lock, NULL);
    return keep;
}

void keep_stop(struct keep *keep)
{
    for (int i = 0; keep != NULL && i < SETS; i++) {
        for (int way = 0; way < WAYS; way++)
            drop(keep, &keep->sets[i].ways[way]);
        pthread_mutex_destroy(&keep->sets[i].lock);
    }
    free(keep);
}

static struct keep_set *set_of(struct request_data *d)
{
    uint32_t hash = 2166136261U; /* FNV-1a; a poor spread only costs keeping */
    for (size_t i = 0; i < d->uri_length; i++)
        hash = (hash ^ (unsigned char)d->uri[i]) * 16777619U;
    return &d->web->keep->sets[(hash ^ hash >> 16) % SETS];
}

static struct kept *find(struct keep_set *set, const struct request_data *d)
{
    for (int way = 0; way < WAYS; way++) {
        struct kept *k = &set->ways[way];
        if (k->uri != NULL && k->secure == d->secure && strcmp(k->uri, d->uri) == 0)
            return k;
    }
    return NULL;
}

static bool holds(const struct kept *k, const struct request_data *d)
{
    return k->version == db_version(d->web->db) && k->epoch == atomic_load(&d->web->epoch) && d->started < k->until;
}

/* If-None-Match names the entity, or is "*". */
static bool same_entity(const char *header, const char *etag)
{
    return header != NULL && (strcmp(header, "*") == 0 || strstr(header, etag) != NULL);
}

bool keep_answer(struct request_data *d, enum MHD_Result *result)
{
    if (d->heads.cookie != NULL && strstr(d->heads.cookie, "sauro_flash=") != NULL)
        return false; /* has something to be told */
    struct keep_set *set = set_of(d);
    pthread_mutex_lock(&set->lock);
    struct kept *k = find(set, d);
    bool answered = k != NULL && holds(k, d);
    if (answered) {
        int form = k->whole[1] != NULL && accepts(d->heads.accept_encoding, "gzip");
        bool same = same_entity(d->heads.if_none_match, k->etag[form]);
        k->used = d->started;
        *result = answer_now(d, same ? 304 : 200, same ? k->unchanged[form] : k->whole[form]);
    }
    pthread_mutex_unlock(&set->lock);
    if (answered)
        atomic_fetch_add_explicit(&d->web->figures.kept, 1, memory_order_relaxed);
    return answered;
}

static struct MHD_Response *prepare(struct request_data *d, const void *bytes, size_t size, const char *etag, bool gzip)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(size, (void *)(uintptr_t)bytes, MHD_RESPMEM_MUST_COPY);
    if (response == NULL)
        return NULL;
    response_common(response, d->secure, false);
    if (size > 0)
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, d->reply.type);
    if (gzip)
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_ENCODING, "gzip");
    MHD_add_response_header(response, MHD_HTTP_HEADER_ETAG, etag);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-cache");
    MHD_add_response_header(response, MHD_HTTP_HEADER_VARY, "Accept-Encoding");
    return response;
}

static void fill(struct request_data *d, struct kept *k, const char *hash)
{
    size_t packed = 0;
    void *gzip = response_gzip(d->ctx.arena, PACK_KEPT, d->reply.bytes, d->reply.size, &packed);
    const void *bytes[2] = { d->reply.bytes, gzip };
    size_t sizes[2] = { d->reply.size, packed };
    for (int i = 0; i < 2; i++) {
        if (bytes[i] == NULL)
            continue;
        snprintf(k->etag[i], ETAG, "\"%s%s\"", hash, i == 1 ? "-g" : "");
        k->whole[i] = prepare(d, bytes[i], sizes[i], k->etag[i], i == 1);
        k->unchanged[i] = prepare(d, "", 0, k->etag[i], false);
        k->bytes += sizes[i];
    }
    k->uri = strdup(d->uri);
    k->secure = d->secure;
    k->version = d->version;
    k->epoch = d->epoch;
    k->until = figures_now() + KEPT_NANOSECONDS;
    k->used = d->started;
}

/* The request's own answer says the same as the kept ones. */
static void answer_alike(struct request_data *d, const char *hash)
{
    bool gzip = d->reply.size >= GZIP_LEAST && accepts(d->heads.accept_encoding, "gzip");
    const char *etag = arena_printf(d->ctx.arena, "\"%s%s\"", hash, gzip ? "-g" : "");
    if (same_entity(d->heads.if_none_match, etag))
        reply_bytes(d, MHD_HTTP_NOT_MODIFIED, d->reply.type, "", 0);
    set_header(&d->request, "ETag", etag);
    set_header(&d->request, "Cache-Control", "no-cache");
}

/* The page's own place, else a free one, else the one that was asked for longest ago. */
static struct kept *place_in(struct keep *keep, struct keep_set *set, const struct request_data *d)
{
    struct kept *k = find(set, d);
    struct kept *oldest = &set->ways[0];
    for (int way = 1; way < WAYS; way++)
        if (set->ways[way].used < oldest->used)
            oldest = &set->ways[way]; /* a free one was used at 0 */
    if (k == NULL)
        k = oldest;
    drop(keep, k);
    return k;
}

/* Pages that hold no longer make room when the whole is full. */
static bool has_room(struct keep *keep, const struct request_data *d)
{
    int64_t wanted = (int64_t)d->reply.size * 2;
    for (int i = 0; i < SETS && atomic_load(&keep->bytes) + wanted > TOTAL_MOST; i++) {
        pthread_mutex_lock(&keep->sets[i].lock);
        for (int way = 0; way < WAYS; way++)
            if (keep->sets[i].ways[way].uri != NULL && !holds(&keep->sets[i].ways[way], d))
                drop(keep, &keep->sets[i].ways[way]);
        pthread_mutex_unlock(&keep->sets[i].lock);
    }
    return atomic_load(&keep->bytes) + wanted <= TOTAL_MOST;
}

void keep_add(struct request_data *d)
{
    struct reply *reply = &d->reply;
    unsigned char sum[16];
    char hash[25];
    if (reply->kind != REPLY_BYTES || reply->status != 200 || reply->headers != NULL || reply->size == 0)
        return;
    crypto_generichash(sum, sizeof sum, reply->bytes, reply->size, NULL, 0);
    sodium_bin2hex(hash, sizeof hash, sum, 12);
    struct keep *keep = d->web->keep;
    if (reply->size <= KEPT_PAGE_MOST && d->uri_length <= URI_MOST && has_room(keep, d)) {
        struct keep_set *set = set_of(d);
        struct kept fresh = { 0 };
        fill(d, &fresh, hash);
        pthread_mutex_lock(&set->lock);
        *place_in(keep, set, d) = fresh;
        atomic_fetch_add(&keep->bytes, (int64_t)fresh.bytes);
        pthread_mutex_unlock(&set->lock);
    }
    answer_alike(d, hash);
}
