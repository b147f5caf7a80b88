/* Settings: a const table of names; flags win over the environment, which wins over the default. */
#pragma once
#include "platform/base/arena.h"
#include <stdbool.h>

struct setting {
    const char *flag;        /* "--db" */
    const char *environment; /* "SAURO_DB", or NULL */
    const char *initial;     /* default, or NULL */
    const char *help;        /* Vietnamese, printed by --help */
};

struct config {
    const struct setting *settings; /* ends with { 0 } */
    const char **values;
    const char **words; /* what is not a flag, in order; ends with NULL */
    int word_count;
};

/* Reads argv (from argv[0] on, no program name). False: *why is a Vietnamese sentence. */
bool config_read(struct arena *a, struct config *config, const struct setting *settings, int argc, char **argv,
                 const char **why);
/* The value of a flag, by its name with dashes; NULL when unset. The flag must be in the table. */
const char *config_get(const struct config *config, const char *flag);
