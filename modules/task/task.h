/* Tasks of a plan or by hand: the six rõ, their occurrences, the proof of each, and its approval. */
#pragma once
#include "modules/task/task_schedule.h"
#include "platform/base/ctx.h"
#include "platform/db/db.h"
#include "platform/web/web.h"

/* The six rõ, in the order of the hexagon's blades; numbers of ro1..ro6 in the view task_six. */
enum task_ro { RO_PERSON = 1, RO_WORK, RO_TIME, RO_DUTY, RO_PRODUCT, RO_AUTHORITY };
#define RO_BIT(ro) (1u << (ro))

enum {
    TASK_TITLE_LONGEST = 1000, /* characters */
    TASK_TEXT_LONGEST = 2000,  /* any other text */
    TASK_MOST_PARTIES = 400,
    TASK_MOST_EVIDENCE = 20,   /* in one submission */
};

/* A unit that leads or takes part. A wording that names a set ("các khoa, phòng") gives one party per member. */
struct task_party {
    int64_t unit;        /* 0: the wording could not be matched with a unit */
    const char *wording; /* as the document has it, e.g. "Các khoa, phòng"; may be NULL when unit is set */
    bool partner;        /* false: lead (chủ trì) */
    bool set;            /* the wording names a set of units, so it alone makes nobody answerable */
    bool proves;         /* must prove each occurrence by itself; when no party does, the first lead with a unit
                            does, and without one the owning unit */
};

struct task_product {
    const char *wording; /* "02 bài viết trên Trang thông tin điện tử" */
    const char *kind;    /* a code of task_kinds; NULL: found from the wording */
    int64_t quantity;    /* 0: found from the wording; stays 0 when it names none */
};

/* All texts borrowed, NULL is empty; white space around them is dropped. */
struct task_draft {
    int64_t plan;   /* 0: added by hand */
    int64_t unit;   /* the agency whose plan it is; must be within c->person's reach */
    int64_t parent; /* 0, or the task whose row 4.1 this is */
    int area;       /* reform field 1..6, 0: found from the wording */
    int position;   /* order in the plan */
    const char *no, *heading, *title, *time_raw, *budget;
    struct schedule schedule;
    int64_t responsible, leader, approver;                        /* person ids, 0: none named */
    const char *responsible_raw, *leader_raw, *approver_raw;      /* a role in words, "Trưởng phòng TCHC" */
    const struct task_party *parties;
    size_t party_count;
    const struct task_product *products;
    size_t product_count;
    unsigned doubts; /* RO_BITs of what was read but is not sure */
};

/*
 * Writes the task, its units, products and occurrences (one per proving unit and due day), history and audit.
 * The caller has decided that c->person may (plan import checks the whole plan once; task_create below checks).
 * INVALID ("title", "time", "responsible", "leader_raw", "approver_raw", …): says what to correct; who leads or approves
 * is of the agency, of a unit of the task, or of an agency above. id: set on OK.
 */
enum err task_add(struct ctx *c, const struct task_draft *draft, int64_t *id);

/* The same for a form: also FORBIDDEN unless c->person is leader or coordinator reaching draft->unit. */
enum err task_create(struct ctx *c, const struct task_draft *draft, int64_t *id);

/*
 * Replaces wording, units, products, time and people. Occurrences with proof or a decision stay; the others
 * are made anew when time or proving units changed. Fields that were doubtful count as checked.
 * NOT_FOUND: not within reach. FORBIDDEN: not leader or coordinator of the owning unit. CONFLICT: cancelled.
 */
enum err task_change(struct ctx *c, int64_t task, const struct task_draft *draft);

/*
 * For an amended plan: task_change, but what ended before from_day stays as it was asked for then, done or not, and only
 * what ends on it or later is planned anew. by: the document that orders it, "Kế hoạch số 130/KH-TTYTSH".
 */
enum err task_amend(struct ctx *c, int64_t task, const struct task_draft *draft, int64_t from_day, const char *by);
/* Ends a task from a day on: its past stays, what was sent waits for its decision, nothing further is asked for. */
enum err task_end_from(struct ctx *c, int64_t task, int64_t from_day, const char *by);

/* Names the person answerable (0: nobody). FORBIDDEN as task_change; INVALID ("responsible"): not of a unit of the task. */
enum err task_assign(struct ctx *c, int64_t task, int64_t person);

/* Ends a task; open occurrences are cancelled, done ones stay. INVALID ("cancel_reason"): none given. */
enum err task_cancel(struct ctx *c, int64_t task, const char *reason);

/* Wakes an on_request task: one occurrence per proving unit. INVALID ("trigger", "due"): missing or in the past. */
enum err task_trigger(struct ctx *c, int64_t task, const char *trigger, int64_t due_day);

/* ---- proof ---- */

/* One piece: a stored file (see document_file.h) or a link. */
struct task_evidence {
    const char *hash;      /* of the stored file; NULL for a link */
    const char *source;    /* sha256 of the file as it was sent: the same photo proves only once */
    const char *file_name; /* as sent */
    const char *url;       /* http or https; NULL for a file */
    bool photo;
};

struct task_result {
    const struct task_evidence *evidence;
    size_t evidence_count;
    const char *note;  /* at most TASK_TEXT_LONGEST characters, may be NULL */
    int64_t made;      /* products counted; 0: the quota */
};

/*
 * Adds proof and asks for approval.
 * NOT_FOUND: not within reach. FORBIDDEN: the person reaches the task but not the unit that must prove.
 * INVALID ("evidence"): nothing proves it, or a file proved another occurrence already; ("url", "note", "made").
 * CONFLICT: submitted or decided meanwhile, or not yet open.
 */
enum err task_submit(struct ctx *c, int64_t occurrence, const struct task_result *result);

/* Takes one piece of proof out again, while the occurrence is open or returned. */
enum err task_withdraw(struct ctx *c, int64_t evidence);

/* FORBIDDEN: one's own submission, or neither the approver nor leader or coordinator of the owning unit.
 * CONFLICT: it is not waiting for a decision any more. */
enum err task_approve(struct ctx *c, int64_t occurrence);
/* INVALID ("reason"): none given. */
enum err task_return(struct ctx *c, int64_t occurrence, const char *reason);
/* A decision taken back: done becomes open again. As task_return. */
enum err task_reopen(struct ctx *c, int64_t occurrence, const char *reason);

/* ---- lists that other modules show ---- */

/* What falls due within so many days from today is "soon", on every page. */
enum { TASK_SOON_DAYS = 7 };

/* How an occurrence stands today. */
struct task_standing {
    const char *state; /* "done" "wait" "todo" "late" "soon" "doing": the badge */
    const char *label; /* "Quá 4 ngày", "Còn 2 ngày", "Đã xong" */
    const char *group; /* "late" "soon" "later" while it is to be done, else "" */
};
/* state: of the table. Overdue only when strict. */
struct task_standing task_standing(struct ctx *c, const char *state, int64_t start_day, int64_t due_day, bool strict);

/* Fills the columns state, label, grp and due_short ("15/9"; those that are there) of rows with raw_state, start_day, due_day, strict,
 * as the view occurrence_line has them. */
void task_tell_state(struct ctx *c, struct rows *rows);

/* Kinds of product, in the order of the list; code in tables, name in Vietnamese. Ends with { 0 }. */
struct task_kind {
    const char *code;  /* "article" */
    const char *name;  /* "Tin, bài" */
    const char *words; /* folded words that name it, separated by '|' */
};
extern const struct task_kind task_kinds[];

/* Kind and quantity of a wording: "02 bài/năm" gives "article" and 2; "other" and 0 when nothing is named. */
const char *task_kind_of(struct arena *a, const char *wording, int64_t *quantity);

/* The reform field (1..6, names in table task_area) that a wording belongs to; 0 when none is named. */
int task_area_of(struct arena *a, const char *heading, const char *title);

extern const struct route task_routes[];
