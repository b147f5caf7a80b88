/* One entry for two uses: libFuzzer feeds it by the million, the unit tests feed it what is kept in this folder. */
#pragma once
#include "platform/base/ctx.h"
#include "platform/base/text.h"
#include <stdlib.h>
#include <string.h>

/*
 * FUZZ(text) { … } reads `bytes` and `size` and states what must hold with HOLDS. It leaks nothing and prints nothing.
 * Inputs: fuzz/corpus/text/ (seeds) and fuzz/regressions/text/ (what was found once).
 */
#ifdef FUZZING
#define FUZZ(name)                                                                                                     \
    int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);                                                     \
    int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
#define HOLDS(condition) ((condition) ? (void)0 : abort())
#else
#include "tests/test.h"
typedef int fuzz_entry(const uint8_t *bytes, size_t size);
void fuzz_replay(const char *name, fuzz_entry *entry);
#define FUZZ(name)                                                                                                     \
    static fuzz_entry name##_entry;                                                                                    \
    TEST_PLAIN(fuzz_seeds_and_kept_findings_of_##name##_do_no_harm)                                                    \
    {                                                                                                                  \
        fuzz_replay(#name, name##_entry);                                                                              \
    }                                                                                                                  \
    static int name##_entry(const uint8_t *bytes, size_t size)
#define HOLDS(condition) CHECK(condition)
#endif
