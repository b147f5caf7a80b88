/* The public front page. */
#pragma once
#include "platform/web/web.h"

extern const struct route home_routes[];
