/* Invented proof: drawn pictures and small papers, different for each occurrence. */
#pragma once
#include "modules/document/document_file.h"
#include "platform/base/ctx.h"

/* A drawn picture that stands for a photo. scene: a kind of product (task.h). The file is recorded. */
enum err practice_photo(struct ctx *c, int64_t number, const char *scene, struct document_file *file);

/* A paper of one page: a title, and who made it when. The file is recorded. */
enum err practice_paper(struct ctx *c, int64_t number, const char *title, const char *line, struct document_file *file);
