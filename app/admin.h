/* What only the whole program can show its administrators: background jobs and the steps of the tables. */
#pragma once
#include "platform/web/web.h"

extern const struct route admin_routes[];
