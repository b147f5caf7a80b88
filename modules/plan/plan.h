/* Plans: reading a document into one. */
#pragma once
#include "platform/base/command.h"

extern const struct command plan_commands[]; /* ends with { 0 } */
