/* A plan document that waits for review, so that the review page has something to show. */
#pragma once
#include "platform/base/ctx.h"

/* The Word file of an invented plan for the second half of the year, imported by the coordinator. */
enum err practice_review(struct ctx *c, int year);
