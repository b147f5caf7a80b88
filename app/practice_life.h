/* What people did with the practice plans: proof sent in, approved, returned; reports locked. */
#pragma once
#include "platform/base/ctx.h"

/*
 * Lives a confirmed plan up to c->now. since: moment when it was signed; nothing is done before it.
 * whole: all of it was approved; else the latest of what fell due is late, waits or was returned, and some of what
 * falls due soon is done already.
 */
enum err practice_life(struct ctx *c, int64_t plan, int64_t since, bool whole);

/* Locks the four reports of a year that is over; what is not past its cut-off stays open. */
enum err practice_reports(struct ctx *c, int year);
