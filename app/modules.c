#include "app/app.h"
#include "app/admin.h"
#include "app/home.h"
#include "modules/audit/audit.h"
#include "modules/document/document_file.h"
#include "modules/person/person.h"
#include "modules/plan/plan.h"
#include "modules/report/report.h"
#include "modules/task/task.h"
#include "modules/unit/unit.h"
#include "platform/web/embedded.h"
#include <string.h>

const struct module modules[] = {
    { .name = "audit", .routes = audit_routes, .commands = audit_commands, .jobs = audit_jobs },
    { .name = "unit", .routes = unit_routes, .commands = unit_commands, .jobs = unit_jobs },
    { .name = "person", .routes = person_routes, .commands = person_commands, .jobs = person_jobs },
    { .name = "document", .jobs = document_jobs },
    { .name = "task", .routes = task_routes },
    { .name = "plan", .routes = plan_routes, .commands = plan_commands, .jobs = plan_jobs },
    { .name = "report", .routes = report_routes, .commands = report_commands },
    { .name = "home", .routes = home_routes },
    { .name = "admin", .routes = admin_routes },
    { 0 },
};

static int module_count(void)
{
    int count = 0;
    while (modules[count].name != NULL)
        count++;
    return count;
}

static const struct db_schema *schema_of(const char *module)
{
    for (const struct db_schema *s = module_schemas; s->module != NULL; s++)
        if (strcmp(s->module, module) == 0)
            return s;
    return NULL;
}

const struct db_schema *app_schemas(struct arena *a)
{
    static const char *const first[] = { "web", "job", "app" }; /* tables that no module owns */
    enum { FIRST = sizeof first / sizeof first[0] };
    struct db_schema *list = arena_array(a, FIRST + (size_t)module_count() + 1, sizeof *list);
    size_t count = 0;
    const struct db_schema *found;
    for (size_t i = 0; i < FIRST; i++)
        if ((found = schema_of(first[i])) != NULL)
            list[count++] = *found;
    for (const struct module *m = modules; m->name != NULL; m++)
        if ((found = schema_of(m->name)) != NULL)
            list[count++] = *found;
    return list;
}

const struct route *const *app_routes(struct arena *a)
{
    const struct route **list = arena_array(a, (size_t)module_count() + 1, sizeof *list);
    size_t count = 0;
    for (const struct module *m = modules; m->name != NULL; m++)
        if (m->routes != NULL)
            list[count++] = m->routes;
    return list;
}

const struct job_kind *const *app_jobs(struct arena *a)
{
    const struct job_kind **list = arena_array(a, (size_t)module_count() + 1, sizeof *list);
    size_t count = 0;
    for (const struct module *m = modules; m->name != NULL; m++)
        if (m->jobs != NULL)
            list[count++] = m->jobs;
    return list;
}
