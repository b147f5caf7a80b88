/* The mark that opens a paragraph. */
#pragma once
#include "modules/plan/plan_parts.h"

struct plan_mark_read {
    enum plan_mark mark;
    const char *no;   /* "IV" (mended), "4.1", "a"; NULL for bullets and none */
    const char *text; /* what follows, squeezed */
};

struct plan_mark_read plan_mark_of(struct arena *a, const char *text);
