/* Phrases of time and names of units, as plans write them. */
#include "modules/plan/plan_parts.h"
#include "platform/base/clock.h"
#include "tests/test.h"

/* What a phrase means in one line: kind, count/per, due days, start..end. */
static const char *told(struct arena *a, const struct plan_time *t)
{
    static const char *const kinds[] = { "continuous", "frequency", "deadline", "period", "on_request", "none" };
    static const char *const pers[] = { "", "week", "month", "quarter", "year" };
    struct buffer b = { .arena = a };
    buffer_add(&b, kinds[t->kind]);
    if (t->count > 0)
        buffer_printf(&b, " %d/%s", t->count, pers[t->per]);
    if (t->due.known)
        buffer_printf(&b, " due %s", day_iso(a, t->due.day));
    for (int i = 0; i < t->more_count; i++)
        buffer_printf(&b, " %s", day_iso(a, t->more_due[i]));
    if (t->start.known || t->end.known)
        buffer_printf(&b, " %s..%s", t->start.known ? day_iso(a, t->start.day) : "", t->end.known ? day_iso(a, t->end.day) : "");
    return b.text;
}

static void check_times(const char *const cases[][2], size_t count)
{
    struct arena *a = test_ctx()->arena;
    for (size_t i = 0; i < count; i++) {
        struct plan_time t = plan_time_of(a, cases[i][0], NULL, 2026, false);
        test_check_text(told(a, &t), cases[i][1], cases[i][0], __FILE__, __LINE__);
    }
}
#define CHECK_TIMES(cases) check_times(cases, sizeof(cases) / sizeof(cases)[0])

TEST_PLAIN(windows_of_a_year_are_read_alone_in_lists_and_in_spans)
{
    static const char *const cases[][2] = {
        { "Quí IV-2025", "period 2025-10-01..2025-12-31" },
        { "Quý IV/2025 - Quý II/2026", "period 2025-10-01..2026-06-30" },
        { "Quý I, II", "period 2026-01-01..2026-06-30" },
        { "Q.II-2026", "period 2026-04-01..2026-06-30" },
        { "QI-QIV/2026", "period 2026-01-01..2026-12-31" },
        { "Quý III, IV/2025", "period 2025-07-01..2025-12-31" },
        { "Trong tháng 3", "period 2026-03-01..2026-03-31" },
        { "Tháng 5 - 6/2026", "period 2026-05-01..2026-06-30" },
        { "Tháng 01 - 02/2026", "period 2026-01-01..2026-02-28" },
        { "05/2026", "period 2026-05-01..2026-05-31" },
        { "T5/2026", "period 2026-05-01..2026-05-31" },
        { "5/2026 - 7/2026", "period 2026-05-01..2026-07-31" },
        { "Từ tháng 01 đến hết tháng 12", "period 2026-01-01..2026-12-31" },
        { "Quý I: ban hành kế hoạch; Quý IV: tổng kết", "period 2026-01-01..2026-12-31" },
        { "đầu quý III", "period 2026-07-01..2026-07-31" },
        { "cuối quý I", "period 2026-03-01..2026-03-31" },
        { "tuần 2 tháng 5", "period 2026-05-08..2026-05-14" },
        { "9 tháng đầu năm 2026", "period 2026-01-01..2026-09-30" },
        { "Từ quý II/2026", "period 2026-04-01.." },
        { "Tháng 12 năm trước", "period 2025-12-01..2025-12-31" },
        { "Trong 6 tháng đầu năm", "period 2026-01-01..2026-06-30" },
        { "Quý II (theo kế hoạch của Sở)", "period 2026-04-01..2026-06-30" },
        { "Hoàn thành trong tháng 6/2026", "period due 2026-06-30 2026-06-01..2026-06-30" },
    };
    CHECK_TIMES(cases);
}

TEST_PLAIN(years_may_stay_open_and_end_a_task)
{
    static const char *const cases[][2] = {
        { "năm 2025 và các năm tiếp theo", "period 2025-01-01.." },
        { "Năm 2024-2025", "period 2024-01-01..2025-12-31" },
        { "Năm 2026 - 2027 và những năm tiếp theo", "period 2026-01-01.." },
        { "Giai đoạn 2026 - 2030", "period 2026-01-01..2030-12-31" },
        { "Cả năm", "period 2026-01-01..2026-12-31" },
        { "Đầu năm 2026", "period 2026-01-01..2026-03-31" },
        { "Từ nay đến hết năm 2026", "period ..2026-12-31" },
        { "Trong năm", "deadline due 2026-12-31" },
        { "Đến năm 2030", "deadline due 2030-12-31" },
        { "Năm 2026 (theo kế hoạch của Sở)", "period 2026-01-01..2026-12-31" },
        { "xây dựng mới năm 2026", "period 2026-01-01..2026-12-31" },
    };
    CHECK_TIMES(cases);
}

TEST_PLAIN(days_are_deadlines_or_spans)
{
    static const char *const cases[][2] = {
        { "Trước 30/6", "deadline due 2026-06-30" },
        { "Chậm nhất 31.12.2025", "deadline due 2025-12-31" },
        { "Xong trước tháng 10", "deadline due 2026-09-30" },
        { "Hết quý II/2026", "deadline due 2026-06-30" },
        { "Đến 30/6/2026", "deadline due 2026-06-30" },
        { "Trước ngày 15/3; 15/6; 15/9 và 15/12", "deadline due 2026-03-15 2026-06-15 2026-09-15 2026-12-15" },
        { "Trong Quý I/2026; chậm nhất 31/3/2026", "deadline due 2026-03-31" },
        { "Từ 01/7/2025", "period 2025-07-01.." },
        { "01/3-15/4/2026", "period 2026-03-01..2026-04-15" },
        { "từ 10/3 đến 20/3", "period 2026-03-10..2026-03-20" },
        { "Từ tháng 3 đến 30/6", "period 2026-03-01..2026-06-30" },
    };
    CHECK_TIMES(cases);
}

TEST_PLAIN(what_comes_again_is_counted_by_its_period)
{
    static const char *const cases[][2] = {
        { "Hằng tuần", "frequency 1/week" },
        { "02 lần/năm", "frequency 2/year" },
        { "Hai lần/năm", "frequency 2/year" },
        { "01 lần/tháng/đơn vị", "frequency 1/month" },
        { "3 tháng/lần", "frequency 1/quarter" },
        { "1 quý/lần", "frequency 1/quarter" },
        { "6 tháng/năm", "frequency 2/year" },
        { "mỗi quý ít nhất 02 bài", "frequency 2/quarter" },
        { "Định kỳ (quý, 6 tháng, năm)", "frequency 1/quarter" },
        { "sơ kết 6 tháng, tổng kết năm", "frequency 2/year" },
        { "Hằng tháng, quý, năm", "frequency 1/month" },
        { "Tháng 12 hằng năm", "frequency 1/year" },
        { "Tháng 6, tháng 12 hằng năm", "frequency 2/year" },
        { "01/6 và 15/11 hằng năm", "frequency 2/year" },
        { "trước ngày 15 hằng tháng", "frequency 1/month" },
        { "Trước ngày 10 tháng đầu quý sau", "frequency 1/quarter" },
        { "Hàng quý (trước ngày 15 của tháng cuối quý)", "frequency 1/quarter" },
    };
    CHECK_TIMES(cases);
}

TEST_PLAIN(what_waits_for_an_event_is_told_from_what_always_runs)
{
    static const char *const cases[][2] = {
        { "Sau khi có hướng dẫn của Sở", "on_request" },
        { "ngay sau khi ban hành", "on_request" },
        { "trước 05 ngày tổ chức hội nghị", "on_request" },
        { "Trong vòng 05 ngày làm việc", "on_request" },
        { "Sau Tết Nguyên đán", "on_request" },
        { "Trước kỳ họp", "on_request" },
        { "Các ngày lễ, sự kiện", "on_request" },
        { "Đột xuất khi có yêu cầu", "on_request" },
        { "Theo quy định", "on_request" },
        { "Theo Thể lệ cuộc thi", "on_request" },
        { "Khi có yêu cầu, chậm nhất 30/6", "deadline due 2026-06-30" },
        { "Thường xuyên, báo cáo trước 20/6, 20/12", "continuous" },
        { "24/24", "continuous" },
        { "Duy trì", "continuous" },
    };
    CHECK_TIMES(cases);
}

/* ---- units ---- */

static const char *listed(struct arena *a, const struct plan_list *list)
{
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    for (size_t i = 0; i < list->count; i++)
        buffer_printf(&b, "%s%s", i > 0 ? "|" : "", list->items[i]);
    return b.text;
}

struct unit_case {
    const char *text, *leads, *partners;
};

static void check_roles(const struct unit_case *cases, size_t count, void (*read)(struct arena *, const char *, struct plan_list *, struct plan_list *))
{
    struct arena *a = test_ctx()->arena;
    for (size_t i = 0; i < count; i++) {
        struct plan_list leads = { 0 }, partners = { 0 };
        read(a, cases[i].text, &leads, &partners);
        test_check_text(listed(a, &leads), cases[i].leads, cases[i].text, __FILE__, __LINE__);
        test_check_text(listed(a, &partners), cases[i].partners, cases[i].text, __FILE__, __LINE__);
    }
}

TEST_PLAIN(names_keep_their_commas_and_lists_are_parted)
{
    static const struct unit_case cases[] = {
        { "Ban Văn hóa, xã hội", "Ban Văn hóa, xã hội", "" },
        { "Sở Văn hóa, Thể thao và Du lịch, Sở Nội vụ", "Sở Văn hóa, Thể thao và Du lịch|Sở Nội vụ", "" },
        { "Bộ Nông nghiệp và Môi trường", "Bộ Nông nghiệp và Môi trường", "" },
        { "Văn phòng HĐND và UBND xã", "Văn phòng HĐND và UBND xã", "" },
        { "Học viện Hành chính và Quản trị công", "Học viện Hành chính và Quản trị công", "" },
        { "Khoa Kiểm soát bệnh tật, HIV/AIDS", "Khoa Kiểm soát bệnh tật, HIV/AIDS", "" },
        { "Trung tâm Kiểm soát bệnh tật và Phòng chống dịch", "Trung tâm Kiểm soát bệnh tật và Phòng chống dịch", "" },
        { "Phòng TCHC, KHNV và TCKT", "Phòng TCHC|KHNV|TCKT", "" },
        { "phòng TCHC, phòng KHNV", "phòng TCHC|phòng KHNV", "" },
        { "Phòng TCHC/Phòng KHNV", "Phòng TCHC|Phòng KHNV", "" },
        { "Khoa/phòng liên quan", "Khoa/phòng liên quan", "" },
        { "Phòng TCHC & Khoa Dược", "Phòng TCHC|Khoa Dược", "" },
        { "1. Phòng A 2. Phòng B", "Phòng A|Phòng B", "" },
        { "Các Khoa, Phòng, Trạm Y tế", "Các Khoa, Phòng, Trạm Y tế", "" },
        { "Các khoa, phòng trừ Khoa Dược, Phòng TCKT", "Các khoa, phòng trừ Khoa Dược, Phòng TCKT", "" },
        { "Ban Giám đốc, trưởng các khoa, phòng", "Ban Giám đốc|trưởng các khoa, phòng", "" },
        { "Phòng TCKT, bộ phận liên quan", "Phòng TCKT|bộ phận liên quan", "" },
        { "Phòng Nghiệp vụ Y - Phòng Nghiệp vụ Dược", "Phòng Nghiệp vụ Y|Phòng Nghiệp vụ Dược", "" },
        { "Các phòng: TCCB, KHTC", "Các phòng: TCCB, KHTC", "" },
        { "Các sở, ban, ngành; UBND các xã, phường", "Các sở, ban, ngành|UBND các xã, phường", "" },
        { "đ/c Nguyễn Văn Mẫu, đ/c Trần Thị Thử", "đ/c Nguyễn Văn Mẫu|đ/c Trần Thị Thử", "" },
        { "Giám đốc, Phó Giám đốc phụ trách", "Giám đốc|Phó Giám đốc phụ trách", "" },
        { "Phòng Tổ chức -\nHành chính\ncác khoa, phòng", "Phòng Tổ chức - Hành chính|các khoa, phòng", "" },
        { "Phòng Tổ chức\n- Hành chính", "Phòng Tổ chức - Hành chính", "" },
        { "Phòng Công chức, viên chức; Phòng B", "Phòng Công chức, viên chức|Phòng B", "" },
        { "Phòng Công chức, viên chức\nPhòng B", "Phòng Công chức, viên chức|Phòng B", "" },
        { "Phòng Tài chính\n- Kế toán", "Phòng Tài chính - Kế toán", "" },
        { "- Phòng A\n- Đội xe", "Phòng A|Đội xe", "" },
        { "Ủy ban Mặt trận Tổ quốc tỉnh và các tổ chức chính trị - xã hội", "Ủy ban Mặt trận Tổ quốc tỉnh|các tổ chức chính trị - xã hội", "" },
    };
    check_roles(cases, sizeof cases / sizeof cases[0], plan_roles_add);
}

TEST_PLAIN(roles_are_told_by_labels_brackets_verbs_and_places)
{
    static const struct unit_case cases[] = {
        { "- Chủ trì: Phòng A - Phối hợp: Phòng B, Khoa C", "Phòng A", "Phòng B|Khoa C" },
        { "Phòng A (chủ trì), Phòng B", "Phòng A", "Phòng B" },
        { "Phòng A (chủ trì), Phòng B, Khoa C (phối hợp)", "Phòng A", "Phòng B|Khoa C" },
        { "Phòng A - chủ trì; Phòng B - phối hợp", "Phòng A", "Phòng B" },
        { "Các Vụ, Cục chủ trì soạn thảo văn bản", "Các Vụ, Cục chủ trì soạn thảo văn bản", "" },
        { "Phòng A chủ trì xây dựng kế hoạch", "Phòng A", "" },
        { "Trung tâm A (đầu mối), Văn phòng B", "Trung tâm A|Văn phòng B", "" },
        { "Phòng A và các khoa, phòng phối hợp", "Phòng A", "các khoa, phòng" },
        { "Chủ trì, phối hợp với Phòng B", "", "Phòng B" },
        { "Văn phòng Sở chủ trì, phối hợp các phòng chuyên môn", "Văn phòng Sở", "các phòng chuyên môn" },
    };
    static const struct unit_case both[] = {
        { "Phòng A; Khoa B, Khoa C", "Phòng A", "Khoa B|Khoa C" },
        { "Phòng A/ các khoa, phòng", "Phòng A", "các khoa, phòng" },
        { "Chủ trì: Phòng A\nPhối hợp: Khoa B", "Phòng A", "Khoa B" },
    };
    check_roles(cases, sizeof cases / sizeof cases[0], plan_roles_add);
    check_roles(both, sizeof both / sizeof both[0], plan_both_add);
}

TEST_PLAIN(products_are_parted_at_lines_bullets_and_semicolons)
{
    static const char *const cases[][2] = {
        { "Kế hoạch; Báo cáo", "Kế hoạch|Báo cáo" },
        { "- Kế hoạch - Báo cáo", "Kế hoạch|Báo cáo" },
        { "1. Kế hoạch\n2. Báo cáo", "Kế hoạch|Báo cáo" },
        { "Tin, bài, phóng sự", "Tin, bài, phóng sự" },
        { "02 tin\n01 phóng sự", "02 tin|01 phóng sự" },
        { "Báo cáo kết quả\nthực hiện; -", "Báo cáo kết quả thực hiện" },
    };
    struct arena *a = test_ctx()->arena;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct plan_list products = { 0 };
        plan_products_add(a, &products, cases[i][0]);
        test_check_text(listed(a, &products), cases[i][1], cases[i][0], __FILE__, __LINE__);
    }
}
