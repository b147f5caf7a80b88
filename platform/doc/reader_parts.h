/* What the two sandboxed programs, sauro-reader and sauro-scan, share. Private to them. */
#pragma once
#include "platform/doc/doc.h"

/* All of the standard input, at most one byte more than DOC_MOST_BYTES, so that the caller sees what is too large.
 * malloc; NULL: no memory. */
char *helper_input(size_t *size);
bool helper_output(const void *bytes, size_t size);
/* Writes c's sentence as JSON. Returns the exit code. */
int helper_refuse(struct ctx *c);
/* Writes the model, or the refusal when c->err says so. Returns the exit code. */
int helper_model(struct ctx *c, const struct document *doc);
/* --check: inside the sandbox, does what an attacker would. Exit code 0: nothing of it worked. */
int helper_check(const char *name);
