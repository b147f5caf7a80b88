/* When a task falls due: the six kinds of schedule, and the occurrences they give. No database. */
#pragma once
#include "modules/task/task_calendar.h"

enum schedule_kind {
    SCHEDULE_NONE,       /* no time was given: the task waits for one */
    SCHEDULE_CONTINUOUS, /* "thường xuyên": one check-in per report period, never overdue */
    SCHEDULE_FREQUENCY,  /* "02 bài/năm", "01 lần/quý": one occurrence per period with a quota */
    SCHEDULE_DEADLINE,   /* "trước ngày 15/9", "15/6 và 15/12": one occurrence per date */
    SCHEDULE_PERIOD,     /* "tháng 9/2026", "quý II": one occurrence, due on its last day */
    SCHEDULE_ON_REQUEST, /* "khi có yêu cầu": nothing until somebody links the trigger */
};

enum schedule_per { PER_NONE, PER_WEEK, PER_MONTH, PER_QUARTER, PER_YEAR };

enum { SCHEDULE_MOST_DAYS = 400, SCHEDULE_MOST_DUE = 24 };

struct schedule {
    enum schedule_kind kind;
    int year;              /* of the plan; bounds a schedule that names no day */
    int count;             /* FREQUENCY: how many in each period; 0 counts as 1 */
    enum schedule_per per; /* FREQUENCY; CONTINUOUS: between check-ins, PER_NONE is a quarter */
    int64_t start_day;     /* first and last day of the whole; 0: 1/1 and 31/12 of the year */
    int64_t end_day;
    int64_t due_days[SCHEDULE_MOST_DUE]; /* DEADLINE, as written (before rolling), ascending */
    int due_count;
};

struct occurrence_day {
    const char *label; /* "Quý I/2026", "Tháng 9/2026", "Tuần 12/2026", "Năm 2026", "Hạn 15/9/2026" */
    int64_t start_day;
    int64_t end_day;   /* last day as written */
    int64_t due_day;   /* rolled to a working day */
    int quota;         /* how many products are asked for, at least 1 */
    bool strict;       /* false: never overdue (check-in of a continuous task) */
};

/*
 * The occurrences in order of time; *out is arena memory. NONE and ON_REQUEST give 0.
 * At most SCHEDULE_MOST_DAYS are given; a longer schedule is cut there.
 * A plan signed in March still gives all four quarters of its year.
 */
size_t schedule_occurrences(struct arena *a, const struct schedule *schedule, const struct calendar *calendar,
                            struct occurrence_day **out);

/* NULL when it can be kept, otherwise a Vietnamese sentence (arena or literal) that says what to correct. */
const char *schedule_wrong(struct arena *a, const struct schedule *schedule);

/* In words: "Hằng quý, mỗi kỳ 02", "Thường xuyên", "Trước hết ngày 15/9/2026"; "Chưa rõ" for NONE. Arena text. */
char *schedule_words(struct arena *a, const struct schedule *schedule);

/* Names in tables and forms, the same as in the JSON of `plan read`: "continuous", "quarter"; NULL-safe parsing. */
const char *schedule_kind_name(enum schedule_kind kind);
enum schedule_kind schedule_kind_of(const char *name); /* unknown or NULL: NONE */
const char *schedule_per_name(enum schedule_per per);  /* "" for PER_NONE */
enum schedule_per schedule_per_of(const char *name);
