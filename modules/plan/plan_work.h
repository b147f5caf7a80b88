/* The work of a plan as its page shows it: tasks, fields of reform, periods of the year, and the figures on top. */
#pragma once
#include "platform/web/web.h"

/*
 * Puts rows tasks, parties, areas, periods, months and facts of a plan that c->person may see. year: of the plan.
 * Occurrences are fetched once and counted here: a period that several units must prove counts as one,
 * and is done when all of them are.
 */
void plan_put_work(struct request *r, int64_t plan, int year);
