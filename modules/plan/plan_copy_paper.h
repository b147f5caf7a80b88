/* A plan as an official document again: bases, sections, an annex with its tasks, recipients and signature. */
#pragma once
#include "modules/plan/plan.h"
#include "platform/db/db.h"

/* A paragraph of the body. */
struct paper_line {
    int level;        /* 0, 1, 2: a heading "I.", "1.", …; -1: running text */
    const char *text;
};

struct plan_paper {
    struct plan_draft draft;   /* header fields and tasks */
    int64_t unit;
    const struct paper_line *lines;
    size_t count;
    bool final;                /* no "DỰ THẢO" across the pages */
};

/* Of a confirmed plan: its tasks as they are in force now. NOT_FOUND: no such plan within reach (a command, c->person 0,
 * reaches all). */
enum err plan_paper_of_plan(struct ctx *c, int64_t plan, struct plan_paper *paper);
/* Of a draft under review. */
enum err plan_paper_of_import(struct ctx *c, int64_t import, struct plan_paper *paper);

/* In the layout of NĐ 30/2020/NĐ-CP; paragraphs are numbered in order, as a reader would. Arena. */
struct document *plan_paper_document(struct ctx *c, const struct plan_paper *paper);

/* "ke-hoach-112-KH-TTYTSH.docx". Arena. */
const char *plan_paper_name(struct arena *a, const struct plan_paper *paper, const char *ending);

/* Handlers of /ke-hoach/:id/tai/:loai and /ke-hoach/nhap/:id/tai/:loai: docx or pdf. */
enum err plan_paper_send(struct request *r);
enum err plan_paper_send_import(struct request *r);
