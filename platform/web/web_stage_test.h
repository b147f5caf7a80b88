/* A server over a fresh database, with routes made for tests. */
#pragma once
#include "platform/web/web.h"
#include "tests/test.h"
#include "tests/test_http.h"

struct web_stage {
    struct arena *arena;
    struct db *db;
    struct web *web;
    int port;
    char *cookie; /* header line of the visitor's cookies, "" at first */
};

enum { STAGE_UPLOAD_LIMIT = 120 << 20, STAGE_SMALL_LIMIT = 100 * 1024 };

void stage_open(struct web_stage *s);
/* The same, believing what a proxy forwards. */
void stage_open_behind_proxy(struct web_stage *s);
void stage_close(struct web_stage *s);
/* A token of the form on /ghi; keeps the cookie that goes with it. */
const char *stage_token(struct web_stage *s);
/* Notes that were committed. */
int64_t stage_notes(struct web_stage *s);

/* /cham, and the part before of /cua, wait at this gate. */
void stage_gate_wait_entered(void);
void stage_gate_open(void);
