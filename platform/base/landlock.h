/* Which files a process may still touch: for helpers that look at what strangers sent. Needs nothing else of base. */
#pragma once
#include <stdbool.h>

enum landlock_use {
    LANDLOCK_READ,
    LANDLOCK_WRITE, /* a file that exists: may be read, written and cut */
    LANDLOCK_RUN,   /* may be read, and programs in it started */
    LANDLOCK_OWN,   /* a folder in which all may be done but start programs: make, write, move, remove */
};

struct landlock_path {
    const char *path; /* a file, or a folder with all below it; left out when it is not there */
    enum landlock_use use;
};

/*
 * From here on only these paths can be opened, and no other; TCP, abstract sockets and signals to others are shut,
 * too, as far as the kernel can. paths: ends with { 0 }.
 * False: the kernel has Landlock but refused. True also where it has none: other doors must be closed besides.
 */
bool landlock_enter(const struct landlock_path *paths);

/* Has the kernel Landlock at all? Who relies on it alone must ask. */
bool landlock_known(void);
