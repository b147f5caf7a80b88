/* Fills an empty database with the invented agency and its years, so that a newcomer sees a life. */
#pragma once
#include "platform/base/command.h"

/* `sauro practice`: CONFLICT on a database that holds people. With --if-empty yes it then does nothing. */
enum err practice_command(struct command_run *r);

/*
 * The plans of last year and of this year at Trung tâm Y tế Sông Hương: what fell due before today is mostly
 * proved and approved, some waits, some was returned, some is late; the reports of last year are locked, and one more
 * plan is under review. Needs practice_people. Writes as those people.
 */
enum err practice_years(struct ctx *c);
