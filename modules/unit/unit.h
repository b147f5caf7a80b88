/*
 * The dated tree of agencies: two parents (administrative and professional), names, symbols, mergers.
 *
 * Ids never change; name and parents are rows valid from from_day up to the day before to_day. What is valid now
 * has to_day NULL (views unit_now and unit_any). A change for a later day waits and is carried out by the daily
 * job. A period is read against the tree valid at its last day: unit_name_at, unit_tree_at.
 * Reports and plans follow the professional line; unit_reach holds its current closure.
 */
#pragma once
#include "modules/role.h"
#include "platform/base/command.h"
#include "platform/base/ctx.h"
#include "platform/db/db.h"
#include "platform/job/job.h"
#include "platform/web/web.h"

struct unit_kind {
    const char *code;
    const char *label;   /* Vietnamese */
    const char *opening; /* words its names usually start with, as text_key; NULL: none */
    bool agency;         /* issues documents under a symbol of its own */
    bool inner; /* "đơn vị thuộc": a part of its agency; the others below one are "đơn vị trực thuộc" */
};
extern const struct unit_kind unit_kinds[]; /* ends with { 0 } */
/* NULL when there is no such kind. */
const struct unit_kind *unit_kind_find(const char *code);

/* ---- changes; each writes the audit. Days before today are taken as they are ---- */

struct unit_entry {
    const char *code; /* a-z 0-9 - ; at most 40 */
    const char *kind;
    const char *name;       /* Vietnamese, in full */
    const char *short_name; /* NULL or "": the name */
    const char *symbol;     /* NULL or "": none */
    int64_t parent;         /* professional; 0: a root */
    int64_t admin_parent;   /* 0: the professional one */
    int64_t from_day;
    const char *basis; /* the document that ordered it; may be "" */
};
/* INVALID names the field. CONFLICT: the code is taken. from_day must not be in the future. */
enum err unit_add(struct ctx *c, const struct unit_entry *entry, int64_t *id);
/* short_name and symbol "" as in unit_entry. */
enum err unit_rename(struct ctx *c, int64_t unit, const char *name, const char *short_name, const char *symbol,
                     int64_t from_day, const char *basis);
/* link: "professional", "admin". parent 0: becomes a root. INVALID: the parent lies below the unit. */
enum err unit_move(struct ctx *c, int64_t unit, const char *link, int64_t parent, int64_t from_day, const char *basis);
/* unit ends and goes on in `into`; what stood below it moves there. n into 1: once for each. */
enum err unit_merge(struct ctx *c, int64_t unit, int64_t into, int64_t from_day, const char *basis);
/* INVALID: open units stand below it. */
enum err unit_close(struct ctx *c, int64_t unit, int64_t from_day, const char *basis);
/* Where its papers are signed (địa danh, NĐ 30/2020/NĐ-CP, Phụ lục I, II.4): "Hương Giang"; "" takes it away.
 * Not dated: it holds at once. INVALID ("place"): too long. */
enum err unit_set_place(struct ctx *c, int64_t unit, const char *place);
/* Carries out changes whose day has come; for the daily job. */
enum err unit_apply_due(struct ctx *c);

/* ---- reading ---- */

/* 0 when there is no open unit of that code. */
int64_t unit_by_code(struct ctx *c, const char *code);
/* Full name at a day; the first name for days before it, the last for days after it. "" when there is no such unit. */
const char *unit_name_at(struct ctx *c, int64_t unit, int64_t when);
const char *unit_short_name_at(struct ctx *c, int64_t unit, int64_t when);
const char *unit_symbol_at(struct ctx *c, int64_t unit, int64_t when);
/* The place of its papers; a part of an agency that has none signs where its agency does. "" when none is entered. */
const char *unit_place(struct ctx *c, int64_t unit);
/* Columns id, code, kind, parent (NULL at the root), depth (0 at the root), name, short_name, symbol: root and
 * everything below it on the professional line as of a day, each parent before its children, in Vietnamese order.
 * root 0: all roots. */
struct rows *unit_tree_at(struct ctx *c, int64_t root, int64_t when);
/* The unit itself, or the open one it was merged into, through any number of mergers; 0 when it ended without one. */
int64_t unit_living(struct ctx *c, int64_t unit);
/* The nearest unit at or above that issues documents (a centre for its rooms); 0: none. */
int64_t unit_agency(struct ctx *c, int64_t unit);

/* ---- wording of a document ---- */

enum unit_certainty { UNIT_NONE, UNIT_LIKELY, UNIT_EXACT };

enum { UNIT_MOST_CANDIDATES = 5 };

struct unit_candidate {
    int64_t unit;
    int score; /* 1 to 100 */
};

struct unit_match {
    enum unit_certainty certainty;
    int confidence; /* 0 to 100 */
    bool set;       /* a set phrase: "các khoa, phòng" */
    size_t count;
    const int64_t *units; /* in the order of the wording; a set in Vietnamese order */
    /* What else the part that is not sure could mean, the best first; none where the wording is sure. */
    size_t candidate_count;
    struct unit_candidate candidates[UNIT_MOST_CANDIDATES];
};

/* A wording that people once said the unit of. */
struct unit_alias {
    const char *key; /* text_key of the wording */
    int64_t unit;
};

/* The units a document of one agency may speak of, loaded once for all its wordings. */
struct unit_world;

/*
 * Loads them for the agency context_unit as the tree was at `when`. aliases: borrowed as long as the world is used; they go
 * before what the tree says. NOT_FOUND: no such unit. *world is in c->arena and runs no query for a name that is still in use.
 */
enum err unit_world_open(struct ctx *c, int64_t context_unit, int64_t when, const struct unit_alias *aliases, size_t alias_count,
                         struct unit_world **world);
/*
 * The units that a wording means there: a name, short name, symbol, initials or old name at, below or above the agency,
 * another agency beside it, a post ("Trưởng phòng TCHC" is its room), several of them ("Phòng TCHC, Khoa Dược và Trạm Y tế
 * xã X"), or a set phrase with "trừ …" ("các khoa, phòng", "các khoa, phòng, trạm", "các đơn vị thuộc, trực thuộc",
 * "các phòng chức năng"). UNIT_LIKELY: more than one would do, a letter is wrong or a part was not found; a person should
 * look. Never NULL; asked again for a wording it gives the same answer from memory.
 */
const struct unit_match *unit_world_resolve(struct unit_world *world, const char *wording);

/* unit_world_open and unit_world_resolve for one wording. *match is set whenever the result is OK. */
enum err unit_resolve(struct ctx *c, int64_t context_unit, const char *wording, int64_t when,
                      struct unit_match **match);

extern const struct route unit_routes[];
extern const struct command unit_commands[];
extern const struct job_kind unit_jobs[];
