/* What the files of this module share with each other, and with nobody else. */
#pragma once
#include "modules/task/task.h"
#include "platform/base/text.h"
#include "platform/db/db.h"
#include "platform/web/web.h"
#include <string.h>

/* Row of sql_task_view; NOT_FOUND when c->person does not reach it. */
const struct rows *task_visible(struct ctx *c, int64_t task);

/* One line of the task's history and of the audit. occurrence may be 0. summary: Vietnamese. */
enum err task_note(struct ctx *c, int64_t task, int64_t occurrence, const char *kind, const char *summary);

/* Writes a cell of rows that a query left '' as a place. */
void task_set_cell(struct rows *rows, int row, const char *column, const char *value);

/* Puts rows `areas` of sql_desk_progress with the drawing of the wheel, and the texts done, total, percent. */
void task_put_progress(struct request *r, struct rows *areas);

/* ---- the pages, each in the file of its kind ---- */
enum err task_show(struct request *r);
enum err task_show_occurrence(struct request *r);
enum err task_send_file(struct request *r);
enum err task_form_new(struct request *r);
enum err task_form_create(struct request *r);
enum err task_form_edit(struct request *r);
enum err task_form_change(struct request *r);
enum err task_post_cancel(struct request *r);
enum err task_post_trigger(struct request *r);
enum err task_take_files(struct request *r);
enum err task_post_submit(struct request *r);
enum err task_post_approve(struct request *r);
enum err task_post_return(struct request *r);
enum err task_post_reopen(struct request *r);
enum err task_post_withdraw(struct request *r);
enum err task_calendar_show(struct request *r);
enum err task_calendar_add(struct request *r);
enum err task_calendar_on(struct request *r);
enum err task_calendar_off(struct request *r);
/* The task's page with one occurrence opened (0: the one that matters most now). */
enum err task_page(struct request *r, int64_t task, int64_t occurrence);
