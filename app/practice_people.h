/* The invented agency's units and people, for practice and for the tests. */
#pragma once
#include "platform/base/ctx.h"

/*
 * Sở Y tế tỉnh Hương Giang (syt) with Trung tâm Y tế Sông Hương (ttytsh), its rooms and stations, and Trung tâm
 * Y tế Bến Ngọc (ttytbn); accounts quantri lanhdao daumoi bientap khoa tram so, and lanhdao2 daumoi2 khoa2 at Bến Ngọc.
 * All under one password. CONFLICT: they are there already.
 */
enum err practice_people(struct ctx *c, const char *password_hash);
