/* Lists of a locked report as text and back. Only for report.c and its tests. */
#pragma once
#include "platform/db/db.h"

char *frozen_from_rows(struct arena *a, const struct rows *rows);
/* BROKEN when the text is none of ours. */
struct rows *frozen_to_rows(struct ctx *c, const char *json);
