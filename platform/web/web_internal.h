/* What the parts of platform/web share; nobody else includes it. */
#pragma once
#include "platform/base/pool.h"
#include "platform/base/text.h"
#include "platform/web/decode.h"
#include "platform/web/template.h"
#include "platform/web/web.h"
#include <microhttpd.h>
#include <stdatomic.h>

enum {
    PARTS_MOST = 8,               /* segments of a path */
    FIELDS_MOST = 2000,           /* of a form, and files */
    FIELD_BYTES_MOST = 1 << 20,   /* of all fields of a form */
    DRAIN_MOST = 64 << 20,        /* bytes read and dropped so that a browser gets to see the refusal */
    KEPT_PAGE_MOST = 256 << 10,   /* larger pages are not kept */
    GZIP_LEAST = 1024,
    TOKEN_SECONDS = 24 * 60 * 60, /* a form may stand open this long */
    KEY_BYTES = 32,
    TOKEN_ID_TEXT = 2 * 16 + 1,
};

/* ---- routes ---- */

struct web_route {
    const struct route *route;
    int count;
    const char *parts[PARTS_MOST]; /* a literal, or the name behind the colon */
    bool named[PARTS_MOST];
};

struct route_table {
    struct web_route *routes; /* of equal shape the literal before the named */
    size_t count;
};

/* NULL-safe result of a look-up: route NULL and allow NULL is 404; route NULL and allow is 405. */
struct route_match {
    const struct web_route *route;
    const char *allow;
};
bool routes_start(struct route_table *table, struct arena *a, const struct route *const *tables, const char **why);
struct route_match routes_find(const struct route_table *table, struct arena *a, const char *method,
                               const char *const *parts, int count);

/* ---- addresses ---- */

/* Decodes %XX. NULL: broken escape, NUL, control character or ill-formed UTF-8. plus: "+" is a space. NFC arena text. */
char *address_decode(struct arena *a, const char *from, size_t length, bool plus);
/* Everything but unreserved letters (and "/" when slash) as %XX. */
char *address_encode(struct arena *a, const char *text, bool slash);

/* ---- one request ---- */

enum stage {
    STAGE_NEW,      /* the loop has not called yet */
    STAGE_READY,    /* a GET whose headers are good */
    STAGE_CHECKING, /* suspended: who asks, before files are taken */
    STAGE_CHECKED,
    STAGE_BODY,
    STAGE_WORKING, /* suspended: the database has it */
    STAGE_ANSWER,
};

struct heads {
    const char *cookie, *if_none_match, *accept_encoding, *content_type, *expect, *forwarded_for, *forwarded_proto, *range;
    int lengths, hosts;
    bool chunked, malformed;
    int64_t length; /* Content-Length, -1 unknown */
};

struct header_line {
    const char *name, *value;
    struct header_line *next;
};

enum reply_kind { REPLY_NONE, REPLY_BYTES, REPLY_FILE };

struct reply {
    enum reply_kind kind;
    unsigned status;
    const char *type;
    const void *bytes;
    size_t size;
    int file;
    int64_t offset, length, whole; /* of the file */
    const char *location;          /* of a redirect */
    bool gzip, in_place;
    struct header_line *headers;
};

/* Why a request is refused before or instead of its handler's answer. */
struct failure {
    enum err err;
    unsigned status; /* 0: no failure */
    const char *message;
    const char *detail;
};

struct text_pair {
    const char *name, *value;
};

struct received_file {
    const char *field;
    struct upload upload;
};

struct body;

struct request_data {
    struct request request;
    struct ctx ctx;
    bool ctx_open;
    struct web *web;
    struct MHD_Connection *connection;
    enum stage stage;
    uint64_t started; /* monotonic nanoseconds */
    struct heads heads;
    bool secure, head_only;
    const char *query; /* raw, behind "?"; NULL: none */
    struct text_pair *queries;
    size_t query_count;
    const char *parts[PARTS_MOST];
    int part_count;
    const struct web_route *route;
    const char *allow;
    /* who asks */
    bool identified;
    const char *secret;
    char *visitor; /* secret of a visitor who is not signed in, from the cookie */
    /* body */
    struct body *body;
    int64_t received; /* bytes of it, as they came */
    const char **field_names, **field_values;
    size_t field_count, field_capacity;
    struct received_file *files;
    size_t file_count, file_capacity;
    /* answer */
    struct template_value *values;
    size_t value_count, value_capacity;
    struct text_pair *prefills;
    size_t prefill_count, prefill_capacity;
    struct reply reply;
    bool dressed, token_made, flash_shown;
    enum err shown; /* after show_again: the failure whose form is shown */
    const char *shown_message;
    struct field_error *shown_fields;
    struct failure failure;
    char token_id[TOKEN_ID_TEXT]; /* of a good token; empty: none */
    uint64_t version, epoch;    /* of the data when the work was handed over */
    struct MHD_Response *response;
    struct db_work work;
    size_t uri_length;
    char uri[]; /* as it came */
};

/* ---- figures ---- */

enum { FIGURE_BUCKETS = 12 };
struct figures {
    _Atomic uint64_t classes[6]; /* by status / 100 */
    _Atomic uint64_t buckets[FIGURE_BUCKETS + 1];
    _Atomic uint64_t nanoseconds, kept, busy;
    _Atomic int64_t active;
    uint64_t started;
};
uint64_t figures_now(void); /* monotonic nanoseconds */
void figures_count(struct figures *f, unsigned status, uint64_t nanoseconds);
char *figures_text(struct web *web, struct arena *a);

/* ---- the server ---- */

struct keep;
struct statics;

struct web {
    struct db *db;
    const struct web_hooks *hooks;
    struct web_options options;
    struct route_table routes;
    struct template_set *templates;
    struct keep *keep;
    struct statics *statics;
    struct MHD_Daemon *daemon;
    struct MHD_Response *busy;
    int port;
    struct pool *slow, *files; /* the parts before: of forms, and of forms with files, which may take many seconds */
    struct pool *health;
    char *folder; /* of files that are being received */
    unsigned char key[KEY_BYTES];
    struct figures figures;
    _Atomic uint64_t epoch;
    _Atomic bool stopping;
    _Atomic int64_t handed_over; /* suspended requests; the last that a thread touches of the server */
};

/* web_handle.c: the loop's side */
void *handle_address(void *cls, const char *uri, struct MHD_Connection *connection);
enum MHD_Result handle_request(void *cls, struct MHD_Connection *connection, const char *url, const char *method,
                               const char *version, const char *upload_data, size_t *upload_size, void **con_cls);
void handle_completed(void *cls, struct MHD_Connection *connection, void **con_cls,
                      enum MHD_RequestTerminationCode how);
/* web_open.c: what the headers and the address say */
bool open_heads(struct request_data *d, const char *method, const char *version);
void open_context(struct request_data *d, const char *method);

/* web_work.c: the database's side. Each takes a suspended request and ends with work_resume. */
void work_check(struct request_data *d);
void work_start(struct request_data *d);
void work_error(struct request_data *d);
void work_health(struct request_data *d);
void work_resume(struct request_data *d);
void failure_set(struct request_data *d, enum err err, unsigned status, const char *message, const char *detail);

/* web_body.c */
bool body_start(struct request_data *d); /* false: d->failure says why */
void body_feed(struct request_data *d, const char *bytes, size_t size);
void body_end(struct request_data *d);
void body_remove(struct request_data *d); /* files that nobody moved away */

/* web_token.c */
bool token_load_key(struct web *web, const char *data_dir);
const char *token_make(struct request_data *d);
bool token_good(struct request_data *d); /* of the form that was sent; sets d->token_id */
const char *token_sign_text(struct request_data *d, const char *text);
const char *token_signed_text(struct request_data *d, const char *sealed); /* NULL: not ours */

/* web_reply.c */
void reply_forget(struct request_data *d);
void reply_bare(struct request_data *d, unsigned status, const char *message); /* a page that needs nothing but its stylesheet */
void reply_bytes(struct request_data *d, unsigned status, const char *type, const void *bytes, size_t size);
/* web_response.c */
struct MHD_Response *response_of(struct request_data *d);
void response_common(struct MHD_Response *response, bool secure, bool in_place);
/* Levels of zlib. A page made for one answer: level 4 takes twice the time of 3 for 7 in 100 fewer bytes. A kept page is
 * packed once. */
enum { PACK_ONCE = 3, PACK_KEPT = 6 };
/* NULL when it would not be smaller. */
void *response_gzip(struct arena *a, int level, const void *bytes, size_t size, size_t *packed);
bool accepts(const char *header, const char *coding);

/* web_keep.c */
struct keep *keep_start(void);
void keep_stop(struct keep *keep);
/* Queues the kept answer on the loop; false when there is none that holds. */
bool keep_answer(struct request_data *d, enum MHD_Result *result);
void keep_add(struct request_data *d); /* d->reply is a whole page */

/* web_static.c */
struct statics *statics_start(struct arena *a);
void statics_stop(struct statics *statics);
bool statics_answer(struct request_data *d, enum MHD_Result *result); /* false: not one of these addresses */
enum MHD_Result answer_now(struct request_data *d, unsigned status, struct MHD_Response *response);
