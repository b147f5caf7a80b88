/* What the reader gives up before it looks at a file. Private to sauro-reader. */
#pragma once
#include <stdbool.h>

/*
 * Limits on time, memory and files; no new privileges; Landlock: only fonts and libraries can be read; seccomp: only
 * the calls that reading needs. What a kernel lacks of Landlock is left out; without seccomp false is returned.
 */
bool sandbox_enter(void);
