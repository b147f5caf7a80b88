/* Working days of Viet Nam: the week, holidays, days off in lieu and swapped days, as dated rows with their basis. */
#pragma once
#include "platform/base/ctx.h"

/* Days that differ from the week's pattern, sorted. Days outside the loaded years follow Monday to Friday alone. */
struct calendar {
    size_t count;
    const int64_t *days;
    const bool *works; /* parallel: true is a Saturday worked in exchange, false a day off */
};

/* Every row that is in force, arena memory; an empty calendar when c->err is set. */
const struct calendar *calendar_load(struct ctx *c);

bool calendar_works(const struct calendar *calendar, int64_t day);

/* The first working day that is not before `day`: a period that ends on a rest day ends at the end of
 * the next working day (Bộ luật Dân sự 2015, Điều 148 khoản 5). */
int64_t calendar_roll(const struct calendar *calendar, int64_t day);

/* `count` working days after `day`; counting starts the day after (Bộ luật Dân sự 2015, Điều 147). */
int64_t calendar_add(const struct calendar *calendar, int64_t day, int count);

/* A dated correction of the week; basis: the decision or law, required. */
struct calendar_entry {
    int64_t day;
    bool works; /* true: a Saturday or Sunday worked in exchange; false: a day off */
    const char *name, *basis;
};

/*
 * Adds a row, or switches one on or off; only an administrator may. Due days of occurrences that are still to be
 * proved are reckoned anew, with the old day kept in the task's history; what was sent or decided keeps its day.
 * moved: occurrences that fall due on another day now.
 * add: INVALID ("day", "works", "name", "basis"). CONFLICT: the day has a row of that name.
 * switch: NOT_FOUND: no such row.
 */
enum err calendar_row_add(struct ctx *c, const struct calendar_entry *entry, int64_t *moved);
enum err calendar_row_switch(struct ctx *c, int64_t id, bool on, int64_t *moved);
