/*
 * Files of an import page by page. Pictures of pages are recognised by jobs, two at a time, each page's result stored, so
 * that a restart goes on where it was; then the whole is read as a plan. How pages look is kept for the review.
 */
#pragma once
#include "modules/plan/plan.h"
#include "platform/doc/doc.h"

/* A file as it came in: taken into the store, and read. */
struct plan_part {
    struct document_file file;
    struct document_file model; /* what the reader made of it; see plan_part_keep */
    const struct document *doc;
};

/* Stores the model; for route.before. */
enum err plan_part_keep(struct ctx *c, struct plan_part *part);

/* What stands for the files of one import: all their names; the same files again give the same source. */
struct document_file plan_parts_file(struct arena *a, const struct plan_part *parts, size_t count);

/* As plan_import_add, of files with pictures of pages: the review opens when the last page is recognised. */
enum err plan_scan_add(struct ctx *c, int64_t unit, const struct plan_part *parts, size_t count, int64_t *id);

/* Lists the files and pages of an import, and has the pages drawn. */
enum err plan_pages_add(struct ctx *c, int64_t import, const struct plan_part *parts, size_t count);

/* A page that failed: once more, or without it. NOT_FOUND: no such page that failed. */
enum err plan_scan_again(struct ctx *c, const struct plan_import *import, int64_t page, bool skip);
