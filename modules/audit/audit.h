/*
 * Who did what: appended in the transaction of the deed, chained by hashes soon after.
 *
 * A row is written with the hash of its own content. Rows are put on the chain later, in batches: a batch
 * ("seal") is SHA-256 over the seal before it and the ids and hashes of its rows. One chain head updated inside
 * each transaction would make every writer of PostgreSQL wait for the one before it; and ids are no order there,
 * since a transaction may commit after one with a higher id. So the seal's number is the order.
 *
 * Rows are never changed or deleted, but for the seal's number, given once. No trigger guards that (the two
 * databases have no common ones): audit_verify finds it. Who can rewrite the whole chain can be found only by
 * the last seal, noted elsewhere: the command prints it, the log has it.
 */
#pragma once
#include "platform/base/command.h"
#include "platform/base/ctx.h"
#include "platform/job/job.h"
#include "platform/web/web.h"

/*
 * Appends a row for c->person, c->unit, c->remote at c->now in the caller's transaction.
 * action:  fixed, "task.approve". kind, id: the object, "task" 12; id 0 when there is none.
 * summary: one Vietnamese line without personal data of citizens; borrowed.
 */
enum err audit_note(struct ctx *c, const char *action, const char *kind, int64_t id, const char *summary);

/* Seals what is unsealed. CONFLICT: another program sealed at this moment; the job tries again. */
enum err audit_seal(struct ctx *c);

struct audit_finding {
    int64_t seals, rows, unsealed; /* sound ones read; rows still waiting for a seal */
    int64_t broken_row;            /* 0: none; the first row that is changed, missing or added */
    int64_t broken_seal;           /* 0: none; its seal, or the first seal that does not follow from the one before */
    const char *last_hash;         /* of the last sound seal; "" when there is none */
};
/* Walks the whole chain. OK also when it is broken: the finding says so. */
enum err audit_verify(struct ctx *c, struct audit_finding *finding);

extern const struct route audit_routes[];
extern const struct command audit_commands[];
extern const struct job_kind audit_jobs[];
