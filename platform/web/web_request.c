/* What came in, as handlers ask for it. */
#include "platform/web/web_internal.h"
#include <string.h>

static const char *field_of(const struct request_data *d, const char *name)
{
    for (size_t i = 0; i < d->field_count; i++)
        if (strcmp(d->field_names[i], name) == 0)
            return d->field_values[i];
    return NULL;
}

const char *form(struct request *r, const char *name)
{
    const char *value = field_of(r->data, name);
    return value == NULL ? "" : value;
}

bool form_has(struct request *r, const char *name)
{
    return field_of(r->data, name) != NULL;
}

size_t form_all(struct request *r, const char *name, const char *const **values)
{
    struct request_data *d = r->data;
    const char **found = arena_array(r->c->arena, d->field_count + 1, sizeof *found);
    size_t count = 0;
    for (size_t i = 0; i < d->field_count; i++)
        if (strcmp(d->field_names[i], name) == 0)
            found[count++] = d->field_values[i];
    *values = found;
    return count;
}

const char *query_param(struct request *r, const char *name)
{
    for (size_t i = 0; i < r->data->query_count; i++)
        if (strcmp(r->data->queries[i].name, name) == 0)
            return r->data->queries[i].value;
    return "";
}

static int64_t number_of(const char *text)
{
    int64_t value = 0;
    return text != NULL && text_int(text, &value) ? value : 0;
}

int64_t query_number(struct request *r, const char *name)
{
    return number_of(query_param(r, name));
}

const char *path_part(struct request *r, const char *name)
{
    const struct web_route *route = r->data->route;
    for (int i = 0; route != NULL && i < route->count; i++)
        if (route->named[i] && strcmp(route->parts[i], name) == 0)
            return r->data->parts[i];
    return "";
}

int64_t path_id(struct request *r, const char *name)
{
    return number_of(path_part(r, name));
}

const struct upload *upload_file(struct request *r, const char *name)
{
    for (size_t i = 0; i < r->data->file_count; i++)
        if (strcmp(r->data->files[i].field, name) == 0)
            return &r->data->files[i].upload;
    return NULL;
}

size_t upload_all(struct request *r, const char *name, const struct upload **files)
{
    struct request_data *d = r->data;
    struct upload *found = arena_array(r->c->arena, d->file_count + 1, sizeof *found);
    size_t count = 0;
    for (size_t i = 0; i < d->file_count; i++)
        if (strcmp(d->files[i].field, name) == 0)
            found[count++] = d->files[i].upload;
    *files = found;
    return count;
}

const char *request_header(struct request *r, const char *name)
{
    return MHD_lookup_connection_value(r->data->connection, MHD_HEADER_KIND, name);
}

const char *request_cookie(struct request *r, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = r->data->heads.cookie; at != NULL && *at != '\0';) {
        at += strspn(at, "; \t");
        size_t whole = strcspn(at, ";");
        if (whole > length && memcmp(at, name, length) == 0 && at[length] == '=')
            return text_trim(r->c->arena, arena_copy_n(r->c->arena, at + length + 1, whole - length - 1));
        at += whole;
    }
    return NULL;
}

bool request_secure(struct request *r)
{
    return r->data->secure;
}
