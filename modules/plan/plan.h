/* Plans: a document is imported, reviewed and confirmed; then it is lived as tasks. */
#pragma once
#include "modules/document/document_file.h"
#include "modules/plan/plan_draft.h"
#include "platform/base/command.h"
#include "platform/base/ctx.h"
#include "platform/job/job.h"
#include "platform/web/web.h"

/* A file taken in: read, and stored, but no plan yet. Borrowed. */
struct plan_source {
    const struct document_file *file;
    const char *document; /* the document model as JSON */
    const char *reading;  /* what plan_read made of it, as JSON */
};

/*
 * Begins a review. unit: the agency whose plan it is.
 * FORBIDDEN: neither coordinator nor leader reaching the unit.
 * CONFLICT:  this very file is under review or confirmed there; *id is set to that import all the same.
 */
enum err plan_import_add(struct ctx *c, int64_t unit, const struct plan_source *source, int64_t *id);

/* An import within reach of c->person. */
struct plan_import {
    int64_t id, unit, version, plan; /* plan 0: not confirmed */
    const char *unit_name, *file_name, *file_type, *document, *draft_json, *hash;
    bool open; /* under review, or still being recognised */
    bool scanning;
    const char *trouble; /* why the recognised pages could not be read as a plan; "" */
    struct plan_draft draft;
};
/* NOT_FOUND: no such import, or another unit's. */
enum err plan_import_get(struct ctx *c, int64_t id, struct plan_import *import);

/* Who answers and who approves, for all tasks of a plan that name nobody. 0: nobody. */
struct plan_people {
    int64_t leader, approver;
};

/*
 * Makes the plan with its tasks and their occurrences from a draft. import: id 0 for a plan without a file.
 * INVALID: names the field ("title", "day", "year", "t3-title" for the task of key 3 …) and says what to correct.
 */
enum err plan_confirm(struct ctx *c, const struct plan_import *import, const struct plan_draft *draft,
                      const struct plan_people *people, int64_t *plan);

/* Gives the review up; the file may be imported again. CONFLICT: confirmed already. */
enum err plan_import_drop(struct ctx *c, int64_t id);

/* Whether c->person may import and confirm plans of the unit: coordinator or leader reaching it. */
bool plan_may_edit(struct ctx *c, int64_t unit);
/* FORBIDDEN with a sentence when not. */
enum err plan_require_edit(struct ctx *c, int64_t unit);

extern const struct route plan_routes[];
extern const struct command plan_commands[];
extern const struct job_kind plan_jobs[];
