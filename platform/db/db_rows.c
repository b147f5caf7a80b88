/* Results in memory: cells by name, and rows made by hand. Apart from db.c so that templates link without a database. */
#include "platform/base/text.h"
#include "platform/db/db.h"
#include <assert.h>
#include <string.h>

int rows_column(const struct rows *rows, const char *column)
{
    for (int i = 0; i < rows->columns; i++)
        if (strcmp(rows->names[i], column) == 0)
            return i;
    return -1;
}

const char *cell(const struct rows *rows, int row, const char *column)
{
    int at = rows_column(rows, column);
    assert(at >= 0 && row >= 0 && row < rows->count);
    return rows->cells[(size_t)row * (size_t)rows->columns + (size_t)at];
}

int64_t cell_int(const struct rows *rows, int row, const char *column)
{
    const char *text = cell(rows, row, column);
    int64_t value = 0;
    return text != NULL && text_int(text, &value) ? value : 0;
}

void rows_start(struct rows_maker *m, struct arena *a, const char *const *columns)
{
    *m = (struct rows_maker){ .arena = a, .rows.names = columns };
    while (columns[m->rows.columns] != NULL)
        m->rows.columns++;
}

void rows_add(struct rows_maker *m, const char *const *cells)
{
    size_t wide = (size_t)m->rows.columns, used = (size_t)m->rows.count * wide;
    m->rows.cells = arena_grow(m->arena, m->rows.cells, sizeof *m->rows.cells, &m->capacity, used + wide);
    memcpy(m->rows.cells + used, cells, wide * sizeof *cells);
    m->rows.count++;
}
