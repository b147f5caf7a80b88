/* The program's parts, listed once: modules in the order in which their tables are set up. */
#pragma once
#include "platform/base/command.h"
#include "platform/db/db.h"
#include "platform/job/job.h"
#include "platform/web/web.h"

struct module {
    const char *name;
    const struct route *routes;     /* ends with { 0 }; NULL: none */
    const struct command *commands; /* ends with { 0 }; NULL: none */
    const struct job_kind *jobs;    /* ends with { 0 }; NULL: none */
};

extern const struct module modules[]; /* ends with { 0 } */

/* Flags of every command. */
extern const struct setting app_settings[];

/* Schemas of platform/ and of the modules, in the order of modules[]; ends with { 0 }. */
const struct db_schema *app_schemas(struct arena *a);
