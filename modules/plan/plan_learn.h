/*
 * What people's corrections teach. When a plan is confirmed, its draft is compared with what had been read: a wording that
 * somebody matched with a unit is remembered for that agency at once; a label word, a time phrase and misread wording are
 * offered to an administrator, who approves, refuses or withdraws them. What is approved is used by the next reading of the
 * whole installation. Each entry keeps the passage it was met in, so that it can be tried again.
 */
#pragma once
#include "modules/plan/plan.h"
#include "modules/plan/plan_read.h"
#include "modules/unit/unit.h"

/* Records what this confirmation teaches, in the transaction of c. An import without a file (id 0) teaches units only. */
enum err plan_learn(struct ctx *c, const struct plan_import *import, const struct plan_draft *draft);

/* What the installation knows for a plan of this agency: for plan_read_knowing. unit 0: only what holds everywhere. */
enum err plan_knowledge_load(struct ctx *c, int64_t unit, struct plan_knowledge *known);

/* As one line of text and back, for a job that reads without the database. Arena; a broken text is no knowledge. */
const char *plan_knowledge_text(struct arena *a, const struct plan_knowledge *known);
struct plan_knowledge plan_knowledge_of(struct arena *a, const char *text);

/* plan_knowledge_load and plan_knowledge_text for the agency of an import. */
const char *plan_knowledge_for(struct ctx *c, int64_t import);

/* The wordings that were matched with units for this agency: for unit_world_open. */
size_t plan_learned_units(struct ctx *c, int64_t agency, const struct unit_alias **aliases);

enum learn_verdict { LEARN_APPROVE, LEARN_REFUSE, LEARN_WITHDRAW };
/*
 * An administrator's decision: approve what was offered, refused or withdrawn; refuse what was offered; withdraw what was
 * approved. NOT_FOUND: no such entry, or one of an agency out of reach. FORBIDDEN: no administrator there.
 * CONFLICT: somebody decided meanwhile.
 */
enum err plan_learned_decide(struct ctx *c, int64_t id, enum learn_verdict verdict);

/* Whether an entry still does what it was kept for: its passage is read again with nothing else known. Pure. */
bool plan_lesson_holds(struct ctx *c, const struct plan_lesson *lesson, const char *passage);

/* False for kind "unit", which is no lesson of reading. */
bool plan_lesson_kind_of(const char *kind, enum plan_lesson_kind *found);

/* ---- inside: what was corrected ---- */

struct learn_found {
    const char *kind, *seen, *meant, *passage;
};
struct learn_list {
    struct arena *arena;
    struct learn_found *items;
    size_t count, capacity;
};
/* Compares a draft as read with the draft as confirmed. doc: the document it was read from. */
void plan_learn_find(struct ctx *c, const struct plan_draft *read, const struct plan_draft *confirmed, const struct document *doc,
                     struct learn_list *list);
