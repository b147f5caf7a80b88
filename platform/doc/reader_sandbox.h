/* What sauro-reader and sauro-scan give up before they look at a file. Private to them. */
#pragma once
#include <stdbool.h>

struct sandbox {
    long memory;        /* bytes of address space */
    int seconds;        /* of processor time */
    const char *folder; /* one more that may be read; NULL: none */
};

/*
 * Limits on time, memory and files; no new privileges; Landlock: only fonts, libraries and that folder can be read;
 * seccomp: only the calls that reading needs. What a kernel lacks of Landlock is left out; without seccomp false is
 * returned.
 */
bool sandbox_enter(const struct sandbox *s);
