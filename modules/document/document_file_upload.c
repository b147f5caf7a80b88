/* The files of a form, on their way into the store. */
#include "modules/document/document_file.h"

enum err document_files_take(struct request *r, const char *field, struct document_file **files, size_t *count)
{
    const struct upload *uploads = NULL;
    size_t sent = upload_all(r, field, &uploads);
    struct document_file *list = arena_array(r->c->arena, sent + 1, sizeof *list);
    for (size_t i = 0; i < sent; i++)
        if (document_file_take(r->c, field, &uploads[i], &list[i]) != OK)
            return r->c->err;
    *files = list;
    *count = sent;
    return r->c->err;
}
