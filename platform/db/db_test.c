#include "db_queries.h"
#include "platform/base/clock.h"
#include "tests/test.h"

TEST(rows_carry_names_texts_and_nulls)
{
    struct ctx *c = test_ctx();
    static const struct query q = { "q", "SELECT 7 AS number, $1 AS word, NULL AS gap", "t", QUERY_ROWS, -1, false };
    const struct rows *rows = query_rows(c, &q, (union query_value[]){ { .text = "Sáu Rõ" } });
    CHECK_INT(c->err, OK);
    CHECK_INT(rows->count, 1);
    CHECK_TEXT(cell(rows, 0, "word"), "Sáu Rõ");
    CHECK_INT(cell_int(rows, 0, "number"), 7);
    CHECK(cell(rows, 0, "gap") == NULL);
    CHECK_INT(rows_column(rows, "absent"), -1);
}

TEST(steps_are_recorded_once)
{
    struct ctx *c = test_ctx();
    CHECK_INT(sql_schema_step_insert(c, "trial", 1, "one", "h", c->now), 1);
    CHECK_INT(sql_schema_step_insert(c, "trial", 1, "one", "h", c->now), 0);
    CHECK_INT(c->err, CONFLICT);
    ctx_forget(c);
    CHECK_INT(sql_schema_step_insert(c, "trial", 2, "two", "h", c->now), 1);
}
