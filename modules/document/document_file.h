/* Files kept by their content: found by SHA-256, checked by their bytes, photos made small and free of hidden data. */
#pragma once
#include "platform/base/ctx.h"
#include "platform/job/job.h"
#include "platform/web/web.h"

struct document_file {
    const char *hash;      /* SHA-256 of what is kept, hex */
    const char *source;    /* SHA-256 of what was sent; differs for photos, which are written anew */
    const char *file_name; /* as sent */
    const char *type;      /* media type found from the bytes, never from the name */
    int64_t size;          /* bytes kept */
    const char *preview;   /* hash of a small JPEG; NULL when there is none */
    int64_t preview_size;
    bool photo;
};

/*
 * Takes an upload into data_dir/files: for route.before, because it reads, writes and may shrink a photo.
 * A photo (JPEG, PNG, WebP) becomes a JPEG of at most 2560 pixels a side without EXIF, upright, with a preview of 480.
 * The bytes are on disk when this returns OK; they belong to nobody until document_file_record commits.
 * field: form field that errors name. INVALID: empty, of a kind that is not taken, or a photo that cannot be read.
 */
enum err document_file_take(struct ctx *c, const char *field, const struct upload *upload, struct document_file *file);

/* The same for every file of a form field; *files is an arena array. */
enum err document_files_take(struct request *r, const char *field, struct document_file **files, size_t *count);

/* Bytes made by the program (a report, an imported plan). type: the caller knows. */
enum err document_file_put(struct ctx *c, const char *file_name, const char *type, const void *bytes, size_t size,
                           struct document_file *file);

/* Makes the file known, in the transaction that also points at it. The same content twice is one file. */
enum err document_file_record(struct ctx *c, const struct document_file *file);

/* Where the bytes stand; NULL when `hash` is no hash. Arena text. */
char *document_file_path(struct ctx *c, const char *hash);

/* True when browsers may show the type in place (JPEG, PDF). */
bool document_file_shown(const char *type);

/* "412 KB", "1,3 MB". Arena text. */
char *document_file_size(struct arena *a, int64_t bytes);

/* Removes files on disk that no row knows and that are older than a day. */
enum err document_file_sweep(struct ctx *c);

extern const struct job_kind document_jobs[];
