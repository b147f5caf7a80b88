/* Processor time of our own part of reading a plan: the model from a reader's JSON (or text, or docx), and the plan
 * from the model.
 */
#include "modules/plan/plan_read.h"
#include "platform/doc/doc.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 15 };

static double milliseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static double median(double *values)
{
    qsort(values, ROUNDS, sizeof *values, by_size);
    return values[ROUNDS / 2];
}

static enum err read_model(struct ctx *c, const char *kind, const char *bytes, size_t size, struct document **doc)
{
    if (strcmp(kind, "json") == 0) /* what sauro-reader gave of a PDF or a scan */
        return doc_from_json(c, bytes, size, doc);
    return doc_read(c, bytes, size, doc);
}

/* The whole input; what it holds lives until the process ends. */
static char *input(struct arena *a, size_t *size)
{
    enum { MOST = 64 * 1024 * 1024 };
    char *bytes = arena_alloc(a, MOST);
    *size = fread(bytes, 1, MOST - 1, stdin);
    return bytes;
}

int main(int argc, char **argv)
{
    double model[ROUNDS], plan[ROUNDS];
    size_t size = 0, tasks = 0;
    struct arena *a = arena_new(CTX_ARENA_CAP);
    char *bytes = input(a, &size);
    if (argc != 2) {
        fputs("usage: bench-read-plan text|docx|html|xlsx|json < FILE\n", stderr);
        return 1;
    }
    for (int i = 0; i < ROUNDS; i++) {
        struct ctx c;
        struct document *doc = NULL;
        struct plan_reading *reading = NULL;
        ctx_open(&c, 0);
        double start = milliseconds();
        enum err err = read_model(&c, argv[1], bytes, size, &doc);
        model[i] = milliseconds() - start;
        if (err != OK || plan_read(&c, doc, &reading) != OK || plan_reading_json(c.arena, reading) == NULL) {
            fprintf(stderr, "%s\n", c.message);
            return 1;
        }
        plan[i] = milliseconds() - start - model[i];
        tasks = reading->task_count;
        ctx_close(&c);
    }
    printf("{\"model\": %.2f, \"plan\": %.2f, \"tasks\": %zu}\n", median(model), median(plan), tasks);
    arena_free(a);
    return 0;
}
