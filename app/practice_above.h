/* The plan of the practice Sở Y tế that the practice centre's plan carries out, and what the centre answered to it. */
#pragma once
#include "platform/base/ctx.h"

/* number and day of the Sở's plan as the centre's plan cites them. */
#define PRACTICE_ABOVE_BASIS "Kế hoạch số 74/KH-SYT ngày 08/01/%d của Sở Y tế tỉnh Hương Giang"

/* Confirms the Sở's plan of the year; some of its tasks are answered by the centre's plan, some wait. */
enum err practice_above(struct ctx *c, int year, int64_t centre_plan);
