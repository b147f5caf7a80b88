/* Handlers of the plan pages, by file; the table of routes is in plan_pages.c. */
#pragma once
#include "modules/plan/plan.h"
#include "platform/web/web.h"

enum { PLAN_FILE_LIMIT = 20 * 1024 * 1024 };

/* plan_import_pages.c */
enum err plan_import_start(struct request *r);
enum err plan_import_before(struct request *r);
enum err plan_import_run(struct request *r);
enum err plan_import_source(struct request *r);
enum err plan_page_image(struct request *r);
/* An import whose pages are still being recognised: the page that tells how far it is, and its buttons. */
enum err plan_scan_show(struct request *r, const struct plan_import *import);
enum err plan_scan_post(struct request *r, const struct plan_import *import);

/* plan_learn_pages.c */
enum err plan_learned_show(struct request *r);
enum err plan_learned_approve(struct request *r);
enum err plan_learned_refuse(struct request *r);
enum err plan_learned_withdraw(struct request *r);

/* plan_review_pages.c */
enum err plan_review_show(struct request *r);
enum err plan_review_post(struct request *r);
enum err plan_review_part(struct request *r);
