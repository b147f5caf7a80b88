#include "audit_queries.h"
#include "modules/audit/audit.h"
#include "modules/person/person.h"
#include "tests/test.h"

/* What nobody may do; so it stands in no file of queries. */
static int64_t falsify(struct ctx *c, const char *sql, int64_t first, int64_t second)
{
    const struct query q = { "falsify", sql, "ii", QUERY_CHANGES, -1, true };
    return query_changes(c, &q, (union query_value[]){ { .number = first }, { .number = second } });
}

static void note_some(int count)
{
    struct ctx *c = as("daumoi");
    c->remote = "203.0.113.7";
    for (int i = 0; i < count; i++)
        CHECK_INT(audit_note(c, "task.approve", "task", i + 1, "Duyệt kết quả"), OK);
}

TEST(the_trail_is_sound_and_sealed_rows_stay_sound_when_more_follow)
{
    struct audit_finding before, f;
    CHECK_INT(audit_seal(test_ctx()), OK);
    CHECK_INT(audit_verify(test_ctx(), &before), OK);
    note_some(3);
    CHECK_INT(audit_verify(test_ctx(), &f), OK);
    CHECK_INT(f.unsealed, 3);
    CHECK_INT(audit_seal(test_ctx()), OK);
    CHECK_INT(audit_seal(test_ctx()), OK);
    CHECK_INT(audit_verify(test_ctx(), &f), OK);
    CHECK_INT(f.seals, before.seals + 1);
    CHECK_INT(f.rows, before.rows + 3);
    CHECK_INT(f.unsealed, 0);
    CHECK_INT(f.broken_row + f.broken_seal, 0);
    CHECK_INT((int64_t)strlen(f.last_hash), 64);
}

TEST(a_changed_row_is_found_and_named)
{
    struct audit_finding f;
    note_some(3);
    CHECK_INT(audit_seal(test_ctx()), OK);
    struct ctx *c = test_ctx();
    int64_t row = cell_int(sql_audit_list(c, 0, 0, "task", 2, 0, INT64_MAX, INT64_MAX), 0, "id");
    CHECK_INT(falsify(c, "UPDATE audit SET object = $1 WHERE id = $2", 77, row), 1);
    CHECK_INT(audit_verify(c, &f), OK);
    CHECK_INT(f.broken_row, row);
}

TEST(a_row_changed_together_with_its_own_hash_breaks_its_seal)
{
    struct audit_finding f;
    note_some(2);
    CHECK_INT(audit_seal(test_ctx()), OK);
    struct ctx *c = test_ctx();
    int64_t row = cell_int(sql_audit_list(c, 0, 0, "task", 0, 0, INT64_MAX, INT64_MAX), 0, "id");
    CHECK_INT(
        falsify(
            c,
            "UPDATE audit SET object = o.object, hash = o.hash FROM (SELECT object, hash FROM audit WHERE id = $1) o"
            " WHERE id = $2",
            row - 1, row),
        1); /* now the content and hash of its neighbour */
    CHECK_INT(audit_verify(c, &f), OK);
    CHECK_INT(f.broken_row, 0);
    CHECK(f.broken_seal > 0);
}

TEST(a_deleted_row_and_a_deleted_seal_are_found)
{
    struct audit_finding f;
    note_some(2);
    CHECK_INT(audit_seal(test_ctx()), OK);
    note_some(2);
    CHECK_INT(audit_seal(test_ctx()), OK);
    struct ctx *c = test_ctx();
    int64_t last = cell_int(sql_audit_last_seal(c), 0, "seal");
    CHECK_INT(
        falsify(c, "DELETE FROM audit WHERE id = $1 OR id = $2", cell_int(sql_audit_taken(c, last - 1), 0, "id"), 0),
        1);
    CHECK_INT(audit_verify(c, &f), OK);
    CHECK_INT(f.broken_seal, last - 1);
}

TEST(the_list_is_newest_first_and_filtered)
{
    note_some(4);
    struct ctx *c = test_ctx();
    const struct rows *list = sql_audit_list(c, 0, 0, "task", 0, 0, INT64_MAX, INT64_MAX);
    CHECK_INT(list->count, 4);
    CHECK_INT(cell_int(list, 0, "object"), 4);
    CHECK_TEXT(cell(list, 0, "login"), "daumoi");
    CHECK_INT(
        sql_audit_list(as("quantri"), person_by_login(c, "quantri"), 0, "task", 0, 0, INT64_MAX, INT64_MAX)->count, 4);
    CHECK_INT(sql_audit_list(c, person_by_login(c, "khoa2"), 0, "task", 0, 0, INT64_MAX, INT64_MAX)->count, 0);
    CHECK_INT(sql_audit_list(c, 0, 0, "task", 3, 0, INT64_MAX, INT64_MAX)->count, 1);
    CHECK_INT(sql_audit_list(c, 0, 0, "task", 0, test_now + 1, INT64_MAX, INT64_MAX)->count, 0);
    CHECK_INT(sql_audit_list(c, 0, 0, "task", 0, 0, INT64_MAX, cell_int(list, 1, "id"))->count, 2);
}

TEST(what_the_program_did_to_an_account_is_seen_by_its_administrator)
{
    struct ctx *c = test_ctx(); /* nobody: as a command */
    int64_t admin = person_by_login(c, "quantri"), own = person_by_login(c, "khoa"),
            other = person_by_login(c, "khoa2");
    CHECK_INT(person_lock(c, own, true), OK);
    CHECK_INT(person_lock(c, other, true), OK);
    const struct rows *list = sql_audit_list(c, admin, 0, "person", 0, 0, INT64_MAX, INT64_MAX);
    CHECK_TEXT(cell(list, 0, "action"), "person.lock");
    CHECK_INT(cell_int(list, 0, "object"), own);
    CHECK_INT(sql_audit_list(c, admin, 0, "person", other, 0, INT64_MAX, INT64_MAX)->count, 0);
}
