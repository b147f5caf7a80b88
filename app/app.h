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

/* Commands of the program itself: serve, practice, backup, restore, routes. */
extern const struct command app_commands[];

/* Flags of every command. */
extern const struct setting app_settings[];

/* Schemas of platform/ and of the modules, in the order of modules[]; ends with { 0 }. */
const struct db_schema *app_schemas(struct arena *a);

/* The modules' tables of routes and jobs; each list ends with NULL. */
const struct route *const *app_routes(struct arena *a);
const struct job_kind *const *app_jobs(struct arena *a);

/*
 * Refuses a fixed clock (SAURO_NOW) on a real installation: only a practice or an empty database
 * may live in another time. FORBIDDEN with a sentence.
 */
enum err app_check_clock(struct ctx *c, struct db *db);
