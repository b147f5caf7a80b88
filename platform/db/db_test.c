#include "db_queries.h"
#include "platform/db/db_trial.h"

TEST(rows_carry_names_texts_and_nulls)
{
    struct ctx *c = test_ctx();
    static const struct query q = { "q", "SELECT 7 AS number, $1 AS word, NULL AS gap, 1 = 1 AS yes",
                                    "t", QUERY_ROWS,
                                    -1,  false };
    const struct rows *rows = query_rows(c, &q, (union query_value[]){ { .text = "Sáu Rõ" } });
    CHECK_INT(c->err, OK);
    CHECK_INT(rows->count, 1);
    CHECK_TEXT(cell(rows, 0, "word"), "Sáu Rõ");
    CHECK_INT(cell_int(rows, 0, "number"), 7);
    CHECK_INT(cell_int(rows, 0, "yes"), 1);
    CHECK(cell(rows, 0, "gap") == NULL);
    CHECK_INT(cell_int(rows, 0, "gap"), 0);
    CHECK_INT(rows_column(rows, "absent"), -1);
}

TEST(a_second_row_of_one_key_is_a_conflict_and_the_test_goes_on)
{
    struct ctx *c = test_ctx();
    CHECK_INT(sql_schema_step_insert(c, "trial", 1, "one", "h", c->now), 1);
    CHECK_INT(sql_schema_step_insert(c, "trial", 1, "one", "h", c->now), 0);
    CHECK_INT(c->err, CONFLICT);
    CHECK_TEXT(c->message, db_says_conflict);
    CHECK_INT(sql_schema_step_insert(c, "trial", 2, "two", "h", c->now), 0); /* after a failure nothing is done */
    ctx_forget(c);
    CHECK_INT(sql_schema_step_insert(c, "trial", 2, "two", "h", c->now), 1);
}

TEST(a_missing_parent_is_a_conflict)
{
    struct ctx *c = test_ctx();
    c->db->db->engine->script(c, c->db,
                              "CREATE TABLE mother (id BIGINT PRIMARY KEY); "
                              "CREATE TABLE child (mother BIGINT REFERENCES mother (id))");
    static const struct query q = { "q", "INSERT INTO child (mother) VALUES ($1)", "r", QUERY_CHANGES, -1, true };
    CHECK_INT(query_changes(c, &q, (union query_value[]){ { .number = 0 } }), 1); /* a ref of 0 is NULL */
    query_changes(c, &q, (union query_value[]){ { .number = 9 } });
    CHECK_INT(c->err, CONFLICT);
}

TEST(wrong_sql_is_broken_and_says_so_in_the_log_only)
{
    struct ctx *c = test_ctx();
    static const struct query q = { "q", "UPDATE absent SET a = $1", "t", QUERY_CHANGES, -1, true };
    query_changes(c, &q, (union query_value[]){ { .text = "riêng tư" } });
    CHECK_INT(c->err, BROKEN);
    CHECK_TEXT(c->message, db_says_broken);
    CHECK(strstr(c->detail, "absent") != NULL && strstr(c->detail, "riêng") == NULL);
}

struct sum {
    int64_t total, count, inner;
};

static enum err add_up(struct ctx *c, const struct rows *one, void *arg)
{
    struct sum *sum = arg;
    sum->count++;
    sum->total += cell_int(one, 0, "n");
    if (sum->count % 100 == 0)
        sum->inner += sql_db_answer(c) > 0;
    return sum->count == 900 ? fail(c, INVALID, "Đủ rồi.", "enough") : OK;
}

TEST(rows_are_streamed_with_queries_in_between)
{
    struct ctx *c = test_ctx();
    static const struct query q = {
        "q", "WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < $1) SELECT n FROM s",
        "i", QUERY_EACH,
        -1,  false
    };
    struct sum sum = { 0 };
    CHECK_INT(query_each(c, &q, (union query_value[]){ { .number = 850 } }, add_up, &sum), OK);
    CHECK_INT(sum.count, 850);
    CHECK_INT(sum.total, 850 * 851 / 2);
    CHECK_INT(sum.inner, 8);
    sum = (struct sum){ 0 };
    CHECK_INT(query_each(c, &q, (union query_value[]){ { .number = 5000 } }, add_up, &sum), INVALID);
    CHECK_INT(sum.count, 900);
    ctx_forget(c);
    CHECK(sql_db_answer(c) >= 0);
    CHECK_INT(c->err, OK);
}

TEST(every_named_query_is_prepared)
{
    struct ctx *c = test_ctx();
    int wrong = 0;
    for (int i = 0; i < query_list_count; i++) {
        const struct query *q = query_list[i];
        const char *const *names = db_columns(c->arena, c->db->db, q);
        bool good = names != NULL && q->id == i && query_find(q->name) == q;
        if (good && q->result != QUERY_CHANGES)
            good = names[0] != NULL;
        if (!good)
            fprintf(stderr, "%s cannot be used\n", q->name);
        wrong += !good;
    }
    CHECK_INT(wrong, 0);
    CHECK(query_find("sql_absent") == NULL);
}

TEST(columns_of_a_returning_statement_are_known)
{
    struct ctx *c = test_ctx();
    static const struct query q = { "q", "UPDATE schema_step SET step = step + $1 RETURNING step, module AS part",
                                    "i", QUERY_ROWS,
                                    -1,  true };
    const char *const *names = db_columns(c->arena, c->db->db, &q);
    CHECK_TEXT(names[0], "step");
    CHECK_TEXT(names[1], "part");
    CHECK(names[2] == NULL);
    static const struct query bad = { "bad", "SELECT absent FROM schema_step", "", QUERY_ROWS, -1, false };
    CHECK(db_columns(c->arena, c->db->db, &bad) == NULL);
}

TEST_PLAIN(rows_made_by_hand_read_like_others)
{
    static const char *const columns[] = { "name", "count", NULL };
    struct rows_maker m;
    rows_start(&m, test_ctx()->arena, columns);
    for (int i = 0; i < 20; i++)
        rows_add(&m, (const char *const[]){ "Tổ một", i == 19 ? "19" : NULL });
    CHECK_INT(m.rows.count, 20);
    CHECK_INT(cell_int(&m.rows, 19, "count"), 19);
    CHECK_TEXT(cell(&m.rows, 0, "name"), "Tổ một");
}
