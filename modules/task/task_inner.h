/* What the files of this module share with each other, and with nobody else. */
#pragma once
#include "modules/task/task.h"
#include "platform/db/db.h"
#include <string.h>

/* Row of sql_task_view; NOT_FOUND when c->person does not reach it. */
const struct rows *task_visible(struct ctx *c, int64_t task);

/* One line of the task's history and of the audit. occurrence may be 0. summary: Vietnamese. */
enum err task_note(struct ctx *c, int64_t task, int64_t occurrence, const char *kind, const char *summary);
