/* Running the sandboxed reader. Private to doc_process.c and its tests. */
#pragma once
#include "platform/doc/doc.h"

struct reader_run {
    const char *program; /* NULL: SAURO_READER, or sauro-reader beside this program */
    const char *path;    /* of the file to read */
    int milliseconds;    /* by the clock on the wall, then it is killed */
    size_t most;         /* bytes of output */
};
enum err doc_run_reader(struct ctx *c, const struct reader_run *run, struct document **doc);
