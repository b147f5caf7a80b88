/* Parts of a draft as JSON, for the steps of a review that can be taken back. */
#pragma once
#include "modules/plan/plan_draft.h"
#include <jansson.h>

/* index: the key of a task that has none yet. */
struct draft_task draft_task_of_json(struct arena *a, const json_t *json, int year, int64_t index);
/* base: as it was kept, whose other members stay; may be NULL. A new reference. */
json_t *draft_task_json(struct arena *a, const struct draft_task *task, const json_t *base);
/* The task as it was kept in the draft's JSON, also when it was removed since; NULL: never. Borrowed from root. */
const json_t *draft_kept_task(const json_t *root, int64_t key);
struct schedule draft_schedule_of_json(const json_t *time, int year);
json_t *draft_schedule_json(struct arena *a, const struct schedule *s);
/* What people did with a field, without what was read of it; a new reference. */
json_t *draft_mark_json(const struct draft_mark *mark);
void draft_take_mark(struct arena *a, const json_t *json, struct draft_mark *mark);
