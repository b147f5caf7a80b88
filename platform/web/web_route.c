/* The route table, taken apart once at start. */
#include "platform/web/web_internal.h"
#include <stdlib.h>
#include <string.h>

static bool take_apart(struct arena *a, const struct route *route, struct web_route *out)
{
    *out = (struct web_route){ .route = route };
    char **parts = NULL;
    if (route->path[0] != '/')
        return false;
    if (strcmp(route->path, "/") == 0)
        return true;
    size_t count = text_split(a, route->path + 1, '/', &parts);
    if (count > PARTS_MOST)
        return false;
    for (size_t i = 0; i < count; i++) {
        out->named[i] = parts[i][0] == ':';
        out->parts[i] = parts[i] + (out->named[i] ? 1 : 0);
        if (out->parts[i][0] == '\0')
            return false;
    }
    out->count = (int)count;
    return true;
}

/* By number of segments; then a literal before a name, so that /a/moi is not taken for /a/:id. */
static int compare_shape(const struct web_route *x, const struct web_route *y)
{
    if (x->count != y->count)
        return x->count - y->count;
    for (int i = 0; i < x->count; i++) {
        if (x->named[i] != y->named[i])
            return x->named[i] ? 1 : -1;
        int order = x->named[i] ? 0 : strcmp(x->parts[i], y->parts[i]);
        if (order != 0)
            return order;
    }
    return 0;
}

static int compare(const void *left, const void *right)
{
    const struct web_route *x = left, *y = right;
    int order = compare_shape(x, y);
    return order != 0 ? order : strcmp(x->route->method, y->route->method);
}

static bool sound(struct arena *a, const struct route *route, const char **why)
{
    bool post = strcmp(route->method, "POST") == 0;
    const char *wrong = NULL;
    if (!post && strcmp(route->method, "GET") != 0)
        wrong = "the method is neither GET nor POST";
    else if (route->run == NULL)
        wrong = "no handler";
    else if (route->keep && (post || (route->access & ANYONE) == 0))
        wrong = "only a GET for ANYONE can be kept";
    else if (!post && (route->before != NULL || route->upload_limit > 0))
        wrong = "only a POST has a part before, or files";
    if (wrong != NULL)
        *why = arena_printf(a, "Đường dẫn %s %s khai sai: %s.", route->method, route->path, wrong);
    return wrong == NULL;
}

bool routes_start(struct route_table *table, struct arena *a, const struct route *const *tables, const char **why)
{
    size_t most = 0;
    for (const struct route *const *t = tables; *t != NULL; t++)
        for (const struct route *r = *t; r->method != NULL; r++)
            most++;
    table->routes = arena_array(a, most, sizeof *table->routes);
    table->count = 0;
    for (const struct route *const *t = tables; *t != NULL; t++)
        for (const struct route *r = *t; r->method != NULL; r++) {
            if (!sound(a, r, why))
                return false;
            if (!take_apart(a, r, &table->routes[table->count++])) {
                *why = arena_printf(a, "Đường dẫn %s khai sai.", r->path);
                return false;
            }
        }
    qsort(table->routes, table->count, sizeof *table->routes, compare);
    for (size_t i = 1; i < table->count; i++)
        if (compare(&table->routes[i - 1], &table->routes[i]) == 0) {
            *why = arena_printf(a, "Đường dẫn %s %s khai hai lần.", table->routes[i].route->method,
                                table->routes[i].route->path);
            return false;
        }
    return true;
}

static bool matches(const struct web_route *route, const char *const *parts, int count)
{
    if (route->count != count)
        return false;
    for (int i = 0; i < count; i++)
        if (route->named[i] ? parts[i][0] == '\0' : strcmp(route->parts[i], parts[i]) != 0)
            return false;
    return true;
}

struct route_match routes_find(const struct route_table *table, struct arena *a, const char *method,
                               const char *const *parts, int count)
{
    struct route_match match = { 0 };
    if (strcmp(method, "HEAD") == 0)
        method = "GET";
    for (size_t i = 0; i < table->count; i++) {
        const struct web_route *route = &table->routes[i];
        if (!matches(route, parts, count))
            continue;
        const char *own = route->route->method;
        if (strcmp(own, method) == 0)
            return (struct route_match){ .route = route };
        const char *name = strcmp(own, "GET") == 0 ? "GET, HEAD" : own;
        if (match.allow == NULL)
            match.allow = name;
        else if (strstr(match.allow, name) == NULL)
            match.allow = arena_printf(a, "%s, %s", match.allow, name);
    }
    return match;
}
