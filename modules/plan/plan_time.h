/* A phrase of time while it is read. Only for plan_read_time*. */
#pragma once
#include "modules/plan/plan_parts.h"

struct phrase {
    struct arena *a;
    const char *raw;
    const char *key;    /* text_key of raw: exact words and digits */
    const char *folded; /* text_fold of raw, dashes as "-": signs stay */
    const char *loose;  /* fold_loose of raw, for texts that lost their marks */
    int year;           /* of the plan; 0 unknown */
    bool completes;     /* the last day of a window is due */
};

struct plan_day time_day(int64_t day);
int64_t time_month_end(int year, int month);
/* Whole words of the key. */
bool time_has(const char *key, const char *words);

/* plan_read_time_often.c: "02 bài/năm", "hằng quý", "trước ngày 15 hằng tháng"; false when nothing recurs. */
bool time_counted(const struct phrase *p, struct plan_time *t);
bool time_recurs(const struct phrase *p, struct plan_time *t);
enum plan_per time_per_of(const char *word);

/* plan_read_time_days.c: deadlines and spans by the day. points: days named. */
bool time_by_days(const struct phrase *p, struct plan_time *t);
int time_count_days(const struct phrase *p);

/* plan_read_time_windows.c: weeks, months, quarters, halves. */
bool time_by_windows(const struct phrase *p, struct plan_time *t);
/* Windows named one by one: "tháng 6, tháng 12" 2, "tháng 3 đến tháng 5" 1. */
int time_count_windows(const struct phrase *p);
/* A year behind a window or day: "/2026", " năm 2026". Returns what follows; at itself when there is none. */
const char *time_year_behind(const char *at, int *year);
