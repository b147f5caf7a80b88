/* The loop's side of a request: it parses, answers what is ready in memory, and hands over the rest. Nothing here waits. */
#include "platform/web/web_internal.h"
#include <stdlib.h>
#include <string.h>

void *handle_address(void *cls, const char *uri, struct MHD_Connection *connection)
{
    struct web *web = cls;
    size_t length = strlen(uri);
    struct request_data *d = calloc(1, sizeof *d + length + 1);
    if (d == NULL)
        return NULL;
    memcpy(d->uri, uri, length);
    d->uri_length = length;
    d->web = web;
    d->connection = connection;
    d->reply.file = -1;
    d->request = (struct request){ .c = &d->ctx, .web = web, .data = d };
    d->started = figures_now();
    atomic_fetch_add_explicit(&web->figures.active, 1, memory_order_relaxed);
    return d;
}

void handle_completed(void *cls, struct MHD_Connection *connection, void **con_cls, enum MHD_RequestTerminationCode how)
{
    struct web *web = cls;
    struct request_data *d = *con_cls;
    (void)connection, (void)how;
    if (d == NULL)
        return;
    *con_cls = NULL;
    if (d->response != NULL)
        MHD_destroy_response(d->response);
    if (d->ctx_open) {
        body_remove(d);
        reply_forget(d);
        ctx_close(&d->ctx);
    }
    free(d);
    atomic_fetch_sub(&web->figures.active, 1);
}

enum MHD_Result answer_now(struct request_data *d, unsigned status, struct MHD_Response *response)
{
    figures_count(&d->web->figures, status, figures_now() - d->started);
    return MHD_queue_response(d->connection, status, response);
}

/* Answers at once with the platform's bare page; the loop has it all. */
static enum MHD_Result answer_bare(struct request_data *d, const char *method, unsigned status, const char *message)
{
    if (!d->ctx_open)
        open_context(d, method);
    reply_bare(d, status, message);
    d->response = response_of(d);
    return answer_now(d, d->reply.status, d->response);
}

static enum MHD_Result hand_over(struct request_data *d, enum stage stage, void (*work)(struct request_data *))
{
    d->stage = stage;
    atomic_fetch_add(&d->web->handed_over, 1);
    MHD_suspend_connection(d->connection);
    work(d);
    return MHD_YES;
}

static bool is_read(const char *method)
{
    return strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
}

static int64_t body_limit(const struct request_data *d)
{
    return FIELD_BYTES_MOST + (d->route == NULL ? 0 : d->route->route->upload_limit);
}

/* Headers of a POST are there, its body is not. */
static enum MHD_Result begin_body(struct request_data *d, const char *method)
{
    open_context(d, method);
    if (d->failure.status == 0)
        body_start(d);
    int64_t limit = body_limit(d);
    bool too_long = d->heads.length > limit + DRAIN_MOST || (d->heads.length > limit && d->heads.expect != NULL);
    if (too_long || (d->failure.status != 0 && d->heads.expect != NULL))
        return answer_bare(d, method, too_long ? 413 : d->failure.status,
                           too_long ? "Tệp gửi lên quá lớn. Hãy chọn tệp nhỏ hơn." : d->failure.message);
    if (d->failure.status == 0 && d->route->route->upload_limit > 0)
        return hand_over(d, STAGE_CHECKING, work_check);
    d->stage = STAGE_BODY;
    return MHD_YES;
}

/* A NUL cuts the address where MHD stops to look, but its line goes on: then the version does not stand right behind it. */
static bool address_whole(const struct request_data *d, const char *url, const char *version)
{
    return (uintptr_t)version == (uintptr_t)url + d->uri_length + 1;
}

static enum MHD_Result begin(struct request_data *d, const char *url, const char *method, const char *version)
{
    if (!open_heads(d, method, version) || !address_whole(d, url, version))
        return answer_bare(d, method, 400, "Yêu cầu viết sai quy cách nên không được nhận.");
    if (atomic_load_explicit(&d->web->stopping, memory_order_relaxed))
        return answer_now(d, 503, d->web->busy);
    if (!is_read(method))
        return begin_body(d, method);
    d->stage = STAGE_READY;
    return MHD_YES;
}

static enum MHD_Result answer_read(struct request_data *d, const char *method)
{
    enum MHD_Result result = MHD_NO;
    if (statics_answer(d, &result) || keep_answer(d, &result))
        return result;
    open_context(d, method);
    if (strcmp(d->uri, "/healthz") == 0)
        return hand_over(d, STAGE_WORKING, work_health);
    return hand_over(d, STAGE_WORKING, d->failure.status != 0 ? work_error : work_start);
}

static enum MHD_Result take_body(struct request_data *d, const char *bytes, size_t *size)
{
    if (*size > 0) {
        d->received += (int64_t)*size;
        if (d->received > body_limit(d) + DRAIN_MOST)
            return MHD_NO; /* of no announced length, and it does not end */
        body_feed(d, bytes, *size);
        *size = 0;
        return MHD_YES;
    }
    body_end(d);
    return hand_over(d, STAGE_WORKING, d->failure.status != 0 ? work_error : work_start);
}

/* Here and not on the database's thread: the write lane is everybody's. */
static enum MHD_Result answer_reply(struct request_data *d)
{
    if (d->reply.kind != REPLY_NONE)
        d->response = response_of(d);
    if (d->response == NULL)
        return answer_now(d, MHD_HTTP_SERVICE_UNAVAILABLE, d->web->busy);
    return answer_now(d, d->reply.status, d->response);
}

enum MHD_Result handle_request(void *cls, struct MHD_Connection *connection, const char *url, const char *method,
                               const char *version, const char *upload_data, size_t *upload_size, void **con_cls)
{
    struct request_data *d = *con_cls;
    (void)cls, (void)connection;
    if (d == NULL)
        return MHD_NO;
    switch (d->stage) {
    case STAGE_NEW:
        return begin(d, url, method, version);
    case STAGE_READY:
        if (*upload_size > 0) { /* a GET's body means nothing */
            *upload_size = 0;
            return MHD_YES;
        }
        return answer_read(d, method);
    case STAGE_CHECKED: /* called again for the headers, before the body */
        d->stage = STAGE_BODY;
        if (*upload_size == 0)
            return MHD_YES;
        return take_body(d, upload_data, upload_size);
    case STAGE_BODY:
        return take_body(d, upload_data, upload_size);
    case STAGE_ANSWER:
        return answer_reply(d);
    case STAGE_CHECKING:
    case STAGE_WORKING:
        break;
    }
    return MHD_NO;
}
