/* HTTP for modules: requests in, pages out. Which thread runs what is the platform's affair. */
#pragma once
#include "platform/base/ctx.h"
#include "platform/db/db.h"

struct template_source; /* platform/web/template.h */

/*
 * Access bits. A route names the bits of which the caller must have at least one; 0 is nobody.
 * Bits from ACCESS_FIRST_ROLE on belong to the application (person.h names them).
 */
enum {
    ANYONE = 1,
    SIGNED_IN = 2,
    ACCESS_FIRST_ROLE = 4,
};

struct upload {
    const char *name;   /* file name as sent, base name only, NFC */
    const char *path;   /* where it was streamed to, not yet synced; removed after the request unless moved away */
    const char *sha256; /* hex */
    int64_t size;       /* bytes */
};

/* Hidden field of every POST form: proves that the form is ours and makes a repeated sending harmless. */
#define FORM_TOKEN_FIELD "_token"

struct web;          /* the server */
struct request_data; /* the platform's part */

struct request {
    struct ctx *c;
    const char *method;
    const char *path; /* decoded, without the query */
    struct web *web;
    struct request_data *data;
    void *prepared; /* what .before left for .run; arena memory */
};

struct route {
    const char *method;
    const char *path; /* "/ideas/:id/vote" */
    unsigned access;
    enum err (*run)(struct request *r);    /* GET: in a read transaction. POST: in a write transaction */
    /* Optional slow part of a POST, on a worker, in a read transaction before `run`, which only follows on OK. It may
     * show its form again, too. */
    enum err (*before)(struct request *r);
    /* GET for ANYONE: kept rendered with ETag until data changes. The page is the same for everybody: identify is not
     * called (c->person is 0). A page with a form, or one that shows a flash, is made anew each time. */
    bool keep;
    /* POST that does no harm twice: each sending is answered for itself, not with the first one's address. For sign-in:
     * who clicks twice must get the cookie, which only an answer of its own can carry. */
    bool repeatable;
    int64_t upload_limit; /* bytes of all files of a multipart form; 0: no files taken */
};

/* ---- what came in; texts are valid UTF-8, NFC, with LF as line end, arena ---- */
const char *form(struct request *r, const char *name);   /* form field, "" when absent */
bool form_has(struct request *r, const char *name);
size_t form_all(struct request *r, const char *name, const char *const **values); /* fields of that name, in order */
const char *query_param(struct request *r, const char *name); /* of the address, "" when absent */
int64_t query_number(struct request *r, const char *name);    /* 0 when absent or no number */
int64_t path_id(struct request *r, const char *name);         /* 0 when it is no number */
const char *path_part(struct request *r, const char *name);
const struct upload *upload_file(struct request *r, const char *name); /* NULL when none was chosen */
size_t upload_all(struct request *r, const char *name, const struct upload **files);
const char *request_header(struct request *r, const char *name);       /* NULL when absent */
/* A cookie of the request; NULL when absent. */
const char *request_cookie(struct request *r, const char *name);
/* "https" only when TLS is known through a trusted forwarded header. */
bool request_secure(struct request *r);

/* ---- what goes out ---- */
void put_text(struct request *r, const char *name, const char *value); /* borrowed; NULL shows as nothing, false in if */
void put_int(struct request *r, const char *name, int64_t value);
void put_rows(struct request *r, const char *name, const struct rows *rows);
/* What form.NAME shows when the form was not sent yet, e.g. the stored value of what is edited. Borrowed. */
void put_form(struct request *r, const char *name, const char *value);
/*
 * For a POST that failed and wants its own form again, as typed and with the reason:
 *     if (err == INVALID) {
 *         show_again(r);
 *         return show(r);
 *     }
 * Keeps c->err, its sentence and its fields for the page (status 422, or 409 for CONFLICT; error.NAME; text
 * `problem`) and lets queries work again. Nothing the POST wrote is committed. On PostgreSQL no query works after a
 * constraint was violated: where CONFLICT shows a form, write ON CONFLICT DO NOTHING and look at the changes.
 */
void show_again(struct request *r);
/*
 * Renders a template with what was put. There by themselves: form.NAME (as typed, else put_form; on a GET the
 * query of the address), error.NAME, and the texts `problem` (sentence after show_again) and `flash`, NULL when
 * there is none. Calls the dress hook first. Returns c->err: a page after a failure needs show_again before.
 */
enum err page(struct request *r, const char *template_name);
/* 303 to an address of ours. A location that does not start with one "/" (a foreign one typed in ?tiep=) becomes "/". */
enum err redirect(struct request *r, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Bytes made in memory. file_name: offered for download, NULL to show in place. */
enum err send_bytes(struct request *r, const char *type, const char *file_name, const void *bytes, size_t size);
/* A file on disk, streamed. Shown in place only for images and PDF. */
enum err send_file(struct request *r, const char *type, const char *file_name, const char *path);
void set_cookie(struct request *r, const char *name, const char *value, int64_t seconds); /* HttpOnly, SameSite=Lax; 0 seconds removes */
void set_header(struct request *r, const char *name, const char *value);
/* A sentence shown on the next page after a redirect, once (text `flash`). At most 1,000 bytes. */
void flash(struct request *r, const char *message);

/* ---- the application's part ---- */
struct web_hooks {
    /* Finds out who asks, from cookies: sets c->person, c->unit, c->granted (at least ANYONE) and
     * returns a text (arena) that form tokens are bound to: only who gets the same one can send them. Runs in the
     * request's transaction, before the access check. NULL: nobody signed in. */
    const char *(*identify)(struct request *r);
    /* Puts what the layout of every page shows (names, menu, counts). */
    void (*dress)(struct request *r);
    const char *sign_in_path; /* a GET without access by somebody not signed in is sent there */
    const char *error_template; /* puts: status, message; NULL: the platform's bare page */
};

struct web_options {
    const char *address; /* 127.0.0.1 */
    int port;            /* 0: any free port, see web_port */
    const char *data_dir;
    bool trust_forwarded; /* X-Forwarded-For and -Proto of the direct peer are believed */
    int loops;            /* 0: one per core */
    const struct template_source *templates; /* ends with { 0 }; NULL: those the build put in */
};

/* Address of a static file with its hash, "/tinh/sauro.0123456789ab.css"; NULL when there is none. */
const char *web_asset(const char *name);

/*
 * Starts to serve; NULL: *why is a Vietnamese sentence with, for a template, its mistake. What `a`, db, tables and hooks
 * point to must live until web_stop. The platform answers /tinh/…, /favicon.ico, /robots.txt, /healthz (200 "ok" or
 * 503, also without a database) and /metrics (Prometheus text; only for a direct peer on the loopback that forwards
 * for nobody) itself.
 */
struct web *web_start(struct arena *a, struct db *db, const struct route *const *tables, const struct web_hooks *hooks,
                      const struct web_options *options, const char **why);
int web_port(const struct web *web);
/* Stops taking requests, answers those under way, frees all. */
void web_stop(struct web *web);
/* Data that kept pages show has changed by other means than a committed write here. */
void web_forget_pages(struct web *web);
