/* Running the sandboxed programs, sauro-reader and sauro-scan. Private to doc_process.c, doc_scan.c and their tests. */
#pragma once
#include "platform/doc/doc.h"

enum { DOC_LONGEST_MS = 20000, DOC_MOST_OUTPUT = 16 * 1024 * 1024 };

struct helper_run {
    const char *program; /* its path, see helper_path */
    const char *const *words; /* after its name; NULL at the end; NULL: none */
    int input;           /* an open file */
    int output;          /* an open file; -1: what it writes is collected */
    int milliseconds;    /* by the clock on the wall, then it is killed */
    size_t most;         /* bytes collected */
    const struct doc_watch *watch; /* may be NULL */
    int page, pages;     /* for the watch */
};

struct helper_end {
    char *bytes; /* collected; the caller frees it, whatever happened */
    size_t size;
    bool late, too_large, stopped;
    int status;  /* of waitpid */
};

/* Where the environment variable says, or the program of that name beside this one. */
const char *helper_path(struct ctx *c, const char *variable, const char *name);
/* Opens a file that somebody gave us; close-on-exec. -1: c->err says why. */
int helper_open(struct ctx *c, const char *path);
/* Milliseconds of a clock that nobody sets; deadlines are counted on it. */
int64_t helper_now(void);
/* Starts the program and waits for its end, which it gives also when the program failed. BROKEN: it cannot be started.
 * Safe to call from several threads; leaves no process behind. */
enum err helper_run(struct ctx *c, const struct helper_run *run, struct helper_end *end);
/* INVALID with a sentence for each bad end; the program's own sentence is in `bytes`. */
enum err helper_judge(struct ctx *c, const struct helper_end *end, const char *bytes, size_t size);

struct reader_run {
    const char *program; /* NULL: SAURO_READER, or sauro-reader beside this program */
    const char *path;    /* of the file to read */
    int milliseconds;
    size_t most;
};
enum err doc_run_reader(struct ctx *c, const struct reader_run *run, struct document **doc);
