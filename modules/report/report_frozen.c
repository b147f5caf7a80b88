/* The lists of a locked report as JSON: column names first, then the rows. */
#include "modules/report/report_frozen.h"
#include <jansson.h>
#include <stdlib.h>

static json_t *line_of(const char *const *cells, int columns)
{
    json_t *line = json_array();
    for (int i = 0; i < columns; i++)
        json_array_append_new(line, cells[i] != NULL ? json_string(cells[i]) : json_null());
    return line;
}

char *frozen_from_rows(struct arena *a, const struct rows *rows)
{
    json_t *all = json_array();
    json_array_append_new(all, line_of(rows->names, rows->columns));
    for (int i = 0; i < rows->count; i++)
        json_array_append_new(all, line_of((const char *const *)rows->cells + (size_t)i * (size_t)rows->columns, rows->columns));
    char *text = json_dumps(all, JSON_COMPACT);
    char *copy = arena_copy(a, text);
    free(text);
    json_decref(all);
    return copy;
}

static const char **texts_of(struct arena *a, const json_t *line, size_t columns)
{
    const char **cells = arena_array(a, columns + 1, sizeof *cells);
    for (size_t i = 0; i < columns; i++)
        cells[i] = arena_copy(a, json_string_value(json_array_get(line, i)));
    return cells;
}

struct rows *frozen_to_rows(struct ctx *c, const char *json)
{
    struct rows *out = arena_alloc(c->arena, sizeof *out);
    json_t *all = json != NULL ? json_loads(json, 0, NULL) : NULL;
    size_t columns = json_array_size(json_array_get(all, 0));
    const char **names = texts_of(c->arena, json_array_get(all, 0), columns);
    struct rows_maker m;
    rows_start(&m, c->arena, names);
    for (size_t i = 1; i < json_array_size(all); i++)
        rows_add(&m, texts_of(c->arena, json_array_get(all, i), columns));
    *out = m.rows;
    if (columns == 0)
        fail(c, BROKEN, "Bản báo cáo đã chốt bị hỏng. Xin báo quản trị.", "frozen list is no JSON");
    json_decref(all);
    return out;
}
