/* A confirmed plan taken out of the database again: as the tasks it consists of, and as a draft. */
#pragma once
#include "modules/plan/plan_copy_paper.h"
#include "modules/plan/plan_draft.h"
#include "modules/task/task.h"

/* A task that goes on, whole; its texts and lists are in the arena. */
struct stored_task {
    int64_t id;
    struct task_draft task;
    const char *leads, *partners; /* as worded, each once, joined by "; " */
    const char *products;         /* one a line */
    const char *time;             /* as worded, or the schedule in words */
};

/* In the order of the plan. withdrawn: also those that have been ended. */
enum err plan_stored_load(struct ctx *c, int64_t plan, bool withdrawn, struct stored_task **list, size_t *count);
/* The stored task's fields as a review has them. */
struct draft_task plan_stored_draft(struct arena *a, const struct stored_task *stored);

#define PAPER_TASKS_IN_ANNEX "Nhiệm vụ cụ thể, đơn vị chủ trì, thời gian và sản phẩm nêu tại Phụ lục kèm theo Kế hoạch này."

/* Headings and running text of the body, without header, foot and annex; in place of the tasks stands a sentence that
 * names the annex. document, reading: JSON of an import. Arena; 0 when there is no document. */
size_t plan_copy_lines(struct ctx *c, const char *document, const char *reading, const struct paper_line **lines);
