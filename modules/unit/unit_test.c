#include "modules/person/person.h"
#include "modules/unit/unit.h"
#include "platform/base/clock.h"
#include "tests/test.h"
#include "unit_queries.h"

static int64_t unit(struct ctx *c, const char *code)
{
    return unit_by_code(c, code);
}

static bool in_tree(const struct rows *tree, int64_t id)
{
    for (int i = 0; i < tree->count; i++)
        if (cell_int(tree, i, "id") == id)
            return true;
    return false;
}

static int64_t day(int month, int d)
{
    return day_of(2026, month, d);
}

TEST(the_tree_is_in_vietnamese_order_and_parents_come_first)
{
    struct ctx *c = test_ctx();
    struct rows *tree = unit_tree_at(c, unit(c, "ttytsh"), day(3, 1));
    CHECK_INT(tree->count, 8);
    CHECK_TEXT(cell(tree, 0, "code"), "ttytsh");
    CHECK(cell(tree, 0, "parent") == NULL);
    CHECK_TEXT(cell(tree, 1, "name"), "Khoa Khám bệnh");
    CHECK_TEXT(cell(tree, 7, "name"), "Trạm Y tế xã Phú Lương");
    CHECK_INT(cell_int(tree, 7, "depth"), 1);
    CHECK_INT(unit_tree_at(c, 0, day(3, 1))->count, 12);
}

TEST(a_past_period_is_read_with_the_tree_and_names_of_its_end)
{
    struct ctx *c = test_ctx();
    int64_t station = unit(c, "ttytsh-phuluong"), first = unit(c, "ttytsh"), second = unit(c, "ttytbn");
    CHECK_INT(unit_move(c, station, "professional", second, day(2, 1), "QĐ 12/QĐ-SYT"), OK);
    CHECK_INT(unit_rename(c, station, "Trạm Y tế phường Phú Lương", "", "", day(3, 1), "NQ 3"), OK);
    CHECK(in_tree(unit_tree_at(c, first, day(1, 31)), station));
    CHECK(!in_tree(unit_tree_at(c, first, day(2, 1)), station));
    CHECK(in_tree(unit_tree_at(c, second, day(2, 1)), station));
    CHECK_TEXT(unit_name_at(c, station, day(2, 28)), "Trạm Y tế xã Phú Lương");
    CHECK_TEXT(unit_name_at(c, station, day(3, 1)), "Trạm Y tế phường Phú Lương");
    CHECK_TEXT(unit_short_name_at(c, station, day(3, 1)), "Trạm Y tế phường Phú Lương");
    CHECK_TEXT(unit_name_at(c, station, day_of(1999, 1, 1)), "Trạm Y tế xã Phú Lương");
}

TEST(reach_follows_a_move_and_is_only_the_subtree)
{
    struct ctx *c = test_ctx();
    int64_t station = unit(c, "ttytsh-phuluong"), second = unit(c, "ttytbn");
    CHECK(person_reaches(as("daumoi"), station));
    CHECK(person_reaches(as("so"), station));
    CHECK(!person_reaches(as("daumoi2"), station));
    CHECK(!person_reaches(as("khoa"), station));
    CHECK(!person_reaches(as("tram"), unit(c, "ttytsh")));
    CHECK_INT(unit_move(c, station, "professional", second, day(2, 1), ""), OK);
    CHECK(!person_reaches(as("daumoi"), station));
    CHECK(person_reaches(as("daumoi2"), station));
    CHECK(person_reaches(as("so"), station));
    CHECK(person_reaches(as("tram"), station));
}

TEST(a_merged_unit_goes_on_in_its_successor_with_what_stood_below)
{
    struct ctx *c = test_ctx();
    int64_t from = unit(c, "ttytbn"), into = unit(c, "ttytsh"), room = unit(c, "ttytbn-kkb");
    CHECK_INT(unit_merge(c, from, into, day(3, 1), "QĐ 5"), OK);
    CHECK_INT(unit_living(c, from), into);
    CHECK_INT(unit_by_code(c, "ttytbn"), 0);
    CHECK(person_reaches(as("daumoi"), room));
    CHECK(person_reaches(as("daumoi"), from));
    CHECK(in_tree(unit_tree_at(c, into, day(3, 1)), room));
    CHECK(!in_tree(unit_tree_at(c, into, day(3, 1)), from));
    CHECK(in_tree(unit_tree_at(c, from, day(2, 28)), room));
    CHECK_INT(unit_rename(c, from, "Tên mới", "", "", day(3, 2), ""), NOT_FOUND);
}

TEST(a_unit_never_stands_below_itself)
{
    struct ctx *c = test_ctx();
    CHECK_INT(unit_move(c, unit(c, "syt"), "professional", unit(c, "ttytsh-kkb"), day(3, 1), ""), INVALID);
    ctx_forget(c);
    CHECK_INT(unit_move(c, unit(c, "syt"), "admin", unit(c, "ttytsh-kkb"), day(3, 1), ""), INVALID);
    ctx_forget(c);
    CHECK_INT(unit_merge(c, unit(c, "syt"), unit(c, "ttytsh"), day(3, 1), ""), INVALID);
}

TEST(a_unit_with_open_parts_cannot_be_closed)
{
    struct ctx *c = test_ctx();
    CHECK_INT(unit_close(c, unit(c, "ttytbn"), day(3, 1), ""), INVALID);
    ctx_forget(c);
    CHECK_INT(unit_close(c, unit(c, "ttytsh-xn"), day(3, 1), ""), OK);
    CHECK_INT(unit_by_code(c, "ttytsh-xn"), 0);
    CHECK_INT(unit_tree_at(c, unit(c, "ttytsh"), day(3, 1))->count, 7);
    CHECK_INT(unit_tree_at(c, unit(c, "ttytsh"), day(2, 28))->count, 8);
}

TEST(a_change_for_a_later_day_waits_for_it)
{
    struct ctx *c = test_ctx();
    int64_t room = unit(c, "ttytsh-tchc");
    CHECK_INT(unit_rename(c, room, "Phòng Hành chính - Tổng hợp", "Phòng HC-TH", "", day(4, 1), "QĐ 9"), OK);
    CHECK_TEXT(unit_name_at(c, room, day(4, 1)), "Phòng Tổ chức - Hành chính");
    CHECK_INT(unit_apply_due(c), OK);
    CHECK_TEXT(unit_name_at(c, room, day(4, 1)), "Phòng Tổ chức - Hành chính");
    c->now = day_start(day(4, 2));
    CHECK_INT(unit_apply_due(c), OK);
    CHECK_TEXT(unit_name_at(c, room, day(4, 1)), "Phòng Hành chính - Tổng hợp");
    CHECK_TEXT(unit_name_at(c, room, day(3, 31)), "Phòng Tổ chức - Hành chính");
    CHECK_INT(sql_unit_waiting(c, room)->count, 0);
}

TEST(a_change_before_the_last_one_is_refused)
{
    struct ctx *c = test_ctx();
    CHECK_INT(unit_rename(c, unit(c, "ttytsh"), "Trung tâm mới", "", "", day_of(2019, 1, 1), ""), INVALID);
    CHECK_TEXT(c->fields->field, "from_day");
}

TEST(only_an_administrator_changes_units_and_only_their_own)
{
    int64_t id = 0;
    struct ctx *c = as("daumoi");
    CHECK_INT(unit_rename(c, unit(c, "ttytsh-xn"), "Khoa Xét nghiệm 2", "", "", day(3, 1), ""), FORBIDDEN);
    c = as("quantri");
    CHECK_INT(unit_rename(c, unit(c, "ttytsh-xn"), "Khoa Xét nghiệm 2", "", "", day(3, 1), ""), OK);
    c = as("quantri");
    CHECK_INT(unit_rename(c, unit(c, "ttytbn-kkb"), "Khoa Khác", "", "", day(3, 1), ""), FORBIDDEN);
    c = as("quantri");
    CHECK_INT(unit_add(c,
                       &(struct unit_entry){ .code = "x", .kind = "khoa", .name = "Khoa Dược", .from_day = day(1, 1) },
                       &id),
              FORBIDDEN);
    c = as("quantri");
    CHECK_INT(unit_add(c,
                       &(struct unit_entry){ .code = "ttytsh-duoc",
                                             .kind = "khoa",
                                             .name = "Khoa Dược",
                                             .parent = unit(c, "ttytsh"),
                                             .from_day = day(1, 1) },
                       &id),
              OK);
    CHECK(person_reaches(as("daumoi"), id));
    CHECK_INT(unit_agency(c, id), unit(c, "ttytsh"));
}

TEST(a_code_is_given_once)
{
    struct ctx *c = test_ctx();
    int64_t id = 0;
    CHECK_INT(unit_add(c,
                       &(struct unit_entry){ .code = "syt", .kind = "khac", .name = "Sở khác", .from_day = day(1, 1) },
                       &id),
              CONFLICT);
}

/* ---- wording ---- */

static const struct unit_match *said(struct ctx *c, const char *wording)
{
    struct unit_match *m = NULL;
    CHECK_INT(unit_resolve(c, unit_by_code(c, "ttytsh"), wording, day(3, 1), &m), OK);
    return m;
}

static void means(const char *wording, const char *code)
{
    struct ctx *c = test_ctx();
    const struct unit_match *m = said(c, wording);
    if (m->count != 1 || m->certainty != UNIT_EXACT || m->units[0] != unit_by_code(c, code))
        printf("%s: %zu units, certainty %d\n", wording, m->count, (int)m->certainty);
    CHECK_INT((int64_t)m->count, 1);
    CHECK_INT(m->certainty, UNIT_EXACT);
    CHECK_INT(m->units[0], unit_by_code(c, code));
}

TEST(one_room_in_all_its_spellings)
{
    means("Phòng Tổ chức - Hành chính", "ttytsh-tchc");
    means("phòng tổ chức hành chính", "ttytsh-tchc");
    means("Phòng TCHC", "ttytsh-tchc");
    means("Phòng TC-HC", "ttytsh-tchc");
    means("P. TC-HC", "ttytsh-tchc");
    means("TCHC", "ttytsh-tchc");
    means("Tổ chức - Hành chính", "ttytsh-tchc");
    means("Phòng KH-NV-ĐD", "ttytsh-khnvdd");
    means("Phòng Kế hoạch – Nghiệp vụ – Điều dưỡng", "ttytsh-khnvdd");
    means("Phòng TC-KT", "ttytsh-tckt");
    means("Khoa Khám bệnh", "ttytsh-kkb");
    means("Trạm Y tế xã Phú Lương", "ttytsh-phuluong");
    means("TYT Phú Lương", "ttytsh-phuluong");
    means("Trung tâm Y tế", "ttytsh");
    means("TTYT Sông Hương", "ttytsh");
    means("TTYTSH", "ttytsh");
    means("Sở Y tế", "syt");
    means("Trung tâm Y tế Bến Ngọc", "ttytbn");
    means("Phòng TCHC Trung tâm Y tế Sông Hương", "ttytsh-tchc");
    means("Khoa Xét nghiệm Trung tâm", "ttytsh-xn");
}

TEST(an_old_name_still_means_the_unit)
{
    struct ctx *c = test_ctx();
    CHECK_INT(unit_rename(c, unit(c, "ttytsh-tchc"), "Phòng Hành chính - Tổng hợp", "Phòng HC-TH", "", day(2, 1), ""),
              OK);
    means("Phòng Tổ chức - Hành chính", "ttytsh-tchc");
    means("Phòng HCTH", "ttytsh-tchc");
}

TEST(set_phrases_mean_their_members)
{
    struct ctx *c = test_ctx();
    CHECK_INT((int64_t)said(c, "Các khoa, phòng")->count, 5);
    CHECK(said(c, "các khoa, phòng")->set);
    CHECK_INT((int64_t)said(c, "Các khoa, phòng, trạm")->count, 7);
    CHECK_INT((int64_t)said(c, "Khoa, phòng, Trạm Y tế")->count, 7);
    CHECK_INT((int64_t)said(c, "các phòng chức năng")->count, 3);
    CHECK_INT((int64_t)said(c, "Các đơn vị thuộc, trực thuộc")->count, 7);
    CHECK_INT((int64_t)said(c, "Các đơn vị trực thuộc")->count, 2);
    CHECK_INT((int64_t)said(c, "Các Trạm Y tế xã, phường")->count, 2);
    CHECK_INT((int64_t)said(c, "Các khoa, phòng thuộc Trung tâm Y tế Sông Hương")->count, 5);
    CHECK_INT((int64_t)said(c, "Các khoa, phòng trực thuộc")->count, 5);
    CHECK_INT((int64_t)said(c, "Các khoa, phòng và các đơn vị y tế thuộc Trung tâm Y tế")->count, 7);
    CHECK_INT((int64_t)said(c, "các khoa và các đơn vị thuộc Trung tâm Y tế")->count, 7);
    CHECK_INT((int64_t)said(c, "Các đơn vị thuộc, trực thuộc Trung tâm Y tế")->count, 7);
    CHECK_INT((int64_t)said(c, "Các cơ quan, đơn vị trực thuộc")->count, 2);
    CHECK_INT((int64_t)said(c, "Các đơn vị thuộc")->count, 5);
    CHECK_INT(said(c, "các bộ phận có sử dụng và thực hiện TTHC")->certainty, UNIT_LIKELY);
    CHECK_INT((int64_t)said(c, "Trưởng các khoa, phòng, trạm")->count, 7);
    CHECK_INT(said(c, "Các khoa, phòng")->certainty, UNIT_EXACT);
    CHECK_INT(said(c, "Các khoa, phòng liên quan")->certainty, UNIT_LIKELY);
    CHECK_INT(said(c, "Các cơ quan, đơn vị, địa phương có liên quan")->certainty, UNIT_LIKELY);
    CHECK_INT((int64_t)said(c, "Các khoa/phòng/trạm")->count, 7);
}

TEST(an_exception_leaves_a_member_out)
{
    struct ctx *c = test_ctx();
    const struct unit_match *m = said(c, "Các khoa, phòng (trừ Phòng TCHC)");
    CHECK_INT((int64_t)m->count, 4);
    for (size_t i = 0; i < m->count; i++)
        CHECK(m->units[i] != unit(c, "ttytsh-tchc"));
    CHECK_INT((int64_t)said(c, "các khoa, phòng, trạm trừ Phòng TCHC và Khoa Xét nghiệm")->count, 5);
}

TEST(several_units_in_one_wording_keep_their_order)
{
    struct ctx *c = test_ctx();
    const struct unit_match *m = said(c, "Phòng KH-NV-ĐD, Khoa Khám bệnh và Phòng TCHC");
    CHECK_INT((int64_t)m->count, 3);
    CHECK_INT(m->units[0], unit(c, "ttytsh-khnvdd"));
    CHECK_INT(m->units[2], unit(c, "ttytsh-tchc"));
    m = said(c, "Phòng TCHC; các trạm y tế");
    CHECK_INT((int64_t)m->count, 3);
    CHECK(m->set);
}

TEST(a_room_of_the_agency_above_is_found_by_its_owner)
{
    struct ctx *c = test_ctx();
    int64_t office = 0;
    CHECK_INT(unit_add(c,
                       &(struct unit_entry){ .code = "syt-vp",
                                             .kind = "van_phong",
                                             .name = "Văn phòng Sở",
                                             .parent = unit(c, "syt"),
                                             .from_day = day(1, 1) },
                       &office),
              OK);
    CHECK_INT(unit_add(c,
                       &(struct unit_entry){ .code = "syt-tccb",
                                             .kind = "phong",
                                             .name = "Phòng Tổ chức cán bộ",
                                             .parent = unit(c, "syt"),
                                             .from_day = day(1, 1) },
                       &office),
              OK);
    means("Phòng Tổ chức cán bộ Sở Y tế", "syt-tccb");
    means("Phòng TCCB Sở Y tế", "syt-tccb");
    const struct unit_match *m = said(c, "Trung tâm Y tế Bến Ngọc (Khoa Khám bệnh)");
    CHECK_INT(m->certainty, UNIT_LIKELY);
    CHECK_INT(m->units[0], unit(c, "ttytbn"));
}

TEST(unknown_and_doubtful_wordings_are_said_to_be_so)
{
    struct ctx *c = test_ctx();
    CHECK_INT(said(c, "Ban Quản lý dự án")->certainty, UNIT_NONE);
    CHECK_INT(said(c, "")->certainty, UNIT_NONE);
    CHECK_INT(said(c, "Trạm Y tế")->certainty, UNIT_LIKELY);
    CHECK_INT(said(c, "Phòng TCHC, Ban Quản lý dự án")->certainty, UNIT_LIKELY);
    struct unit_match *m = NULL;
    CHECK_INT(unit_resolve(c, unit(c, "syt"), "Khoa Khám bệnh", day(3, 1), &m), OK);
    CHECK_INT(m->certainty, UNIT_LIKELY);
}

TEST(posts_and_typing_slips_are_likely_and_leave_a_choice)
{
    struct ctx *c = test_ctx();
    const struct unit_match *m = said(c, "Trưởng phòng TCHC");
    CHECK(m->certainty == UNIT_LIKELY && m->units[0] == unit(c, "ttytsh-tchc"));
    m = said(c, "Ban Giám đốc");
    CHECK(m->certainty == UNIT_LIKELY && m->units[0] == unit(c, "ttytsh"));
    m = said(c, "Phòng Tổ chưc - Hành chinhs");
    CHECK(m->certainty == UNIT_LIKELY && m->units[0] == unit(c, "ttytsh-tchc"));
    CHECK(m->candidate_count > 0 && m->candidates[0].unit == unit(c, "ttytsh-tchc"));
    m = said(c, "Phòng Kế hoạch Tổng hợp và Vật tư");
    bool offered = false;
    for (size_t i = 0; i < m->candidate_count; i++)
        offered = offered || m->candidates[i].unit == unit(c, "ttytsh-khnvdd");
    CHECK(m->count == 0 && offered);
    CHECK_INT((int64_t)said(c, "Phòng TCHC")->candidate_count, 0);
    means("Phòng Tổ chức - Hành chính (TCHC)", "ttytsh-tchc");
}

TEST(many_wordings_need_the_tree_once)
{
    struct ctx *c = as("quantri");
    struct unit_world *w = NULL;
    int64_t room = unit(c, "ttytsh-tchc");
    CHECK_INT(unit_world_open(c, unit(c, "ttytsh"), day(3, 1), NULL, 0, &w), OK);
    CHECK_INT(unit_rename(c, room, "Phòng Mới", "Phòng Mới", "", day(2, 1), ""), OK);
    CHECK_INT(unit_world_resolve(w, "Phòng TCHC")->units[0], room);
    CHECK_INT((int64_t)unit_world_resolve(w, "Phòng Mới")->count, 0);
    CHECK(unit_world_resolve(w, "Phòng TCHC ") == unit_world_resolve(w, "Phòng TCHC"));
    for (int i = 0; i < 200; i++) {
        const char *name = arena_printf(c->arena, "Ban số %d", i);
        CHECK(unit_world_resolve(w, name) == unit_world_resolve(w, name));
    }
    CHECK_INT(unit_world_resolve(w, "Các khoa, phòng")->certainty, UNIT_EXACT);
    CHECK_INT(unit_world_open(c, 0, day(3, 1), NULL, 0, &w), NOT_FOUND);
}

TEST(what_people_said_before_goes_first)
{
    struct ctx *c = test_ctx();
    struct unit_world *w = NULL;
    const struct unit_alias aliases[] = { { "bo phan mot cua", unit(c, "ttytsh-kkb") }, { "phong tc hc va doi xe", unit(c, "ttytsh-tchc") } };
    CHECK_INT(unit_world_open(c, unit(c, "ttytsh"), day(3, 1), aliases, 2, &w), OK);
    const struct unit_match *m = unit_world_resolve(w, "Bộ phận Một cửa");
    CHECK(m->certainty == UNIT_EXACT && m->units[0] == unit(c, "ttytsh-kkb"));
    m = unit_world_resolve(w, "Bộ phận Một cửa, Phòng TC-HC và Đội xe");
    CHECK_INT((int64_t)m->count, 2);
    CHECK_INT(m->units[1], unit(c, "ttytsh-tchc"));
    CHECK_INT(m->certainty, UNIT_EXACT);
}

TEST(a_part_of_an_agency_signs_where_its_agency_does)
{
    struct ctx *c = as("quantri");
    CHECK_INT(unit_set_place(c, unit(c, "ttytsh"), "  Sông   Hương "), OK);
    CHECK_TEXT(unit_place(c, unit(c, "ttytsh")), "Sông Hương");
    CHECK_TEXT(unit_place(c, unit(c, "ttytsh-kkb")), "Sông Hương");
    CHECK_TEXT(unit_place(c, unit(c, "ttytsh-phuluong")), "Phú Lương");
    CHECK_INT(unit_set_place(c, unit(c, "ttytsh-phuluong"), ""), OK);
    CHECK_TEXT(unit_place(c, unit(c, "ttytsh-phuluong")), ""); /* a station issues papers of its own */
}

TEST(only_its_administrator_sets_the_place_of_a_unit)
{
    struct ctx *c = as("lanhdao");
    CHECK_INT(unit_set_place(c, unit(c, "ttytsh"), "Nơi khác"), FORBIDDEN);
    c = as("quantri");
    CHECK_INT(unit_set_place(c, unit(c, "ttytbn"), "Nơi khác"), FORBIDDEN);
    c = as("quantri");
    CHECK_INT(unit_set_place(c, unit(c, "ttytsh"), "Một địa danh dài quá mức để đứng trên cùng một dòng với ngày tháng năm"), INVALID);
}
