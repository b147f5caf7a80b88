/* Amendments: a document that changes, adds to and withdraws from a confirmed plan is its next version. */
#pragma once
#include "modules/plan/plan.h"
#include "modules/plan/plan_copy.h"
#include "modules/plan/plan_cover_match.h"
#include "platform/db/db.h"
#include "platform/web/web.h"

/* The first version of a plan just confirmed: in force from its day, or from today. */
enum err plan_version_begin(struct ctx *c, int64_t plan);

/* Does a title announce an amendment: "Điều chỉnh, bổ sung Kế hoạch số …", "Sửa đổi, bổ sung một số nội dung …"? */
bool plan_amends_by_title(struct arena *a, const char *title);
/*
 * The plan of the unit that a draft with such a title amends: the one it names by number, else the latest of its year.
 * 0: the title announces none, or there is no such plan.
 */
int64_t plan_amend_propose(struct ctx *c, int64_t unit, const struct plan_draft *draft);
/* For a fresh import: keeps the proposal. */
enum err plan_amend_notice(struct ctx *c, int64_t import);
/* The plan an import amends; 0: it is a plan of its own. */
int64_t plan_amend_of(struct ctx *c, int64_t import);
/* plan 0: it is a plan of its own. INVALID ("plan"): not of the same unit. CONFLICT: confirmed or dropped. */
enum err plan_amend_set(struct ctx *c, int64_t import, int64_t plan);

/*
 * An amendment without a document: a draft of the plan as it is in force, to be edited; its source is that plan as a Word
 * file. Before the write transaction, as plan_begin; plan_amend_begun records it. FORBIDDEN: neither coordinator nor leader.
 */
enum err plan_amend_begin(struct ctx *c, int64_t plan, int64_t *unit, struct plan_source *source);
enum err plan_amend_begun(struct ctx *c, int64_t plan, int64_t unit, const struct plan_source *source, int64_t *import);

enum { AMEND_NEW = 0, AMEND_LEFT_OUT = -1 }; /* besides ids of tasks */

struct amend {
    struct plan_import import;
    int64_t plan, version;     /* to be amended, its version in force; 0: not chosen yet */
    struct stored_task *tasks; /* in force */
    size_t count;
    bool *withdraw;            /* of each in force */
    int64_t *decide;           /* of each task of the draft: the task it changes, AMEND_NEW, AMEND_LEFT_OUT */
    struct matching matching;  /* in force against the draft */
    int64_t from_day;          /* in force from */
};

/* What would change in a task; texts as people read them. */
struct amend_field {
    const char *field, *label, *was, *now; /* "time", "Thời gian" */
};
enum { AMEND_FIELDS = 6 };

/*
 * Lays the draft beside the plan in force and proposes: what is like a task changes it, what is like none is new, what says
 * "bãi bỏ nhiệm vụ …" withdraws it, and when the document repeats most of the plan, what it leaves out is withdrawn.
 */
enum err plan_amend_load(struct ctx *c, int64_t import, struct amend **amend);
/* Fields in which the draft's task differs; what the document does not say is no change. At most AMEND_FIELDS. */
size_t plan_amend_fields(struct arena *a, const struct stored_task *was, const struct draft_task *now, struct amend_field *fields);

/*
 * Makes the next version. Tasks keep their identity, evidence and history; what ended before amend->from_day stays.
 * INVALID: "from_day" (before the version in force), "d3" (the fourth task of the draft: a task changed twice, or withdrawn, too),
 * "title", "plan" (none chosen, or nothing changes). CONFLICT: no longer under review.
 */
enum err plan_amend_confirm(struct ctx *c, const struct amend *amend, const struct plan_people *people, int64_t *version);

/* Puts rows versions and changes of a plan's page. */
void plan_put_versions(struct request *r, int64_t plan);
/* Puts texts amends (the plan's address, NULL none), amends_words, for the note on the review page. */
void plan_put_amends(struct request *r, int64_t import);

/* Handlers of POST /ke-hoach/:id/dieu-chinh. */
enum err plan_amend_before(struct request *r);
enum err plan_amend_run(struct request *r);
/* Handlers of /ke-hoach/nhap/:id/dieu-chinh. */
enum err plan_amend_show(struct request *r);
enum err plan_amend_post(struct request *r);
