/* Old and foreign office files, turned by LibreOffice into ones that are read here. Private to doc_process.c and tests. */
#pragma once
#include "platform/doc/doc_process.h"

struct office_run {
    const char *program;  /* NULL: SAURO_OFFICE, or sauro-office beside this program */
    const char *soffice;  /* NULL: SAURO_SOFFICE, or where Debian has it */
    int input;            /* the open file */
    const char *from, *to; /* "doc", "docx" */
    int milliseconds;     /* of all its starts together */
};

/* Is LibreOffice on this machine? */
bool office_ready(void);
/*
 * *made: the new file, open, in memory; the caller closes it. Nothing else is left: no process, no file.
 * INVALID: LibreOffice cannot open it (damaged, with a password), took too long, or wrote too much.
 */
enum err office_convert(struct ctx *c, const struct office_run *run, int *made);
