#include "app/practice_people.h"
#include "modules/person/person.h"
#include "modules/unit/unit.h"
#include "platform/base/clock.h"
#include <string.h>

static const struct {
    const char *code, *kind, *name, *short_name, *symbol, *parent, *place;
} units[] = {
    { "syt", "so_y_te", "Sở Y tế tỉnh Hương Giang", "Sở Y tế", "SYT", NULL, "Hương Giang" },
    { "ttytsh", "trung_tam", "Trung tâm Y tế Sông Hương", "TTYT Sông Hương", "TTYTSH", "syt", "Hương Giang" },
    { "ttytsh-tchc", "phong", "Phòng Tổ chức - Hành chính", "Phòng TCHC", "", "ttytsh", NULL },
    { "ttytsh-khnvdd", "phong", "Phòng Kế hoạch - Nghiệp vụ - Điều dưỡng", "Phòng KH-NV-ĐD", "", "ttytsh", NULL },
    { "ttytsh-tckt", "phong", "Phòng Tài chính - Kế toán", "Phòng TC-KT", "", "ttytsh", NULL },
    { "ttytsh-kkb", "khoa", "Khoa Khám bệnh", "Khoa Khám bệnh", "", "ttytsh", NULL },
    { "ttytsh-xn", "khoa", "Khoa Xét nghiệm", "Khoa Xét nghiệm", "", "ttytsh", NULL },
    { "ttytsh-phuluong", "tram", "Trạm Y tế xã Phú Lương", "TYT xã Phú Lương", "TYTPL", "ttytsh", "Phú Lương" },
    { "ttytsh-binhan", "tram", "Trạm Y tế xã Bình An", "TYT xã Bình An", "TYTBA", "ttytsh", "Bình An" },
    { "ttytbn", "trung_tam", "Trung tâm Y tế Bến Ngọc", "TTYT Bến Ngọc", "TTYTBN", "syt", "Hương Giang" },
    { "ttytbn-tchc", "phong", "Phòng Tổ chức - Hành chính", "Phòng TCHC", "", "ttytbn", NULL },
    { "ttytbn-kkb", "khoa", "Khoa Khám bệnh", "Khoa Khám bệnh", "", "ttytbn", NULL },
};

static const struct {
    const char *login, *name, *unit, *title;
    int64_t role;
} people[] = {
    { "quantri", "Nguyễn Thanh Quản", "ttytsh", "Quản trị hệ thống", ROLE_ADMIN },
    { "lanhdao", "Trần Thị Lành", "ttytsh", "Giám đốc", ROLE_LEADER },
    { "daumoi", "Lê Văn Mối", "ttytsh", "Chuyên viên Phòng Tổ chức - Hành chính", ROLE_COORDINATOR },
    { "bientap", "Phạm Thị Biên", "ttytsh", "Biên tập viên", ROLE_EDITOR },
    { "khoa", "Hoàng Thị Khoa", "ttytsh-kkb", "Điều dưỡng trưởng", ROLE_STAFF },
    { "tram", "Đỗ Văn Trạm", "ttytsh-phuluong", "Trưởng trạm", ROLE_STAFF },
    { "so", "Vũ Thị Sở", "syt", "Chuyên viên Văn phòng Sở", ROLE_COORDINATOR },
    { "lanhdao2", "Bùi Văn Lãnh", "ttytbn", "Giám đốc", ROLE_LEADER },
    { "daumoi2", "Đặng Thị Đầu", "ttytbn", "Chuyên viên Phòng Tổ chức - Hành chính", ROLE_COORDINATOR },
    { "khoa2", "Ngô Thị Khuê", "ttytbn-kkb", "Điều dưỡng trưởng", ROLE_STAFF },
};

enum { UNITS = sizeof units / sizeof units[0], PEOPLE = sizeof people / sizeof people[0] };

static int64_t unit_of(const int64_t *ids, const char *code)
{
    for (int i = 0; code != NULL && i < UNITS; i++)
        if (strcmp(units[i].code, code) == 0)
            return ids[i];
    return 0;
}

enum err practice_people(struct ctx *c, const char *password_hash)
{
    int64_t ids[UNITS] = { 0 }, since = day_of(2020, 1, 1);
    for (int i = 0; i < UNITS; i++) {
        unit_add(c,
                 &(struct unit_entry){ .code = units[i].code,
                                       .kind = units[i].kind,
                                       .name = units[i].name,
                                       .short_name = units[i].short_name,
                                       .symbol = units[i].symbol,
                                       .parent = unit_of(ids, units[i].parent),
                                       .from_day = since,
                                       .basis = "" },
                 &ids[i]);
        if (units[i].place != NULL)
            unit_set_place(c, ids[i], units[i].place);
    }
    for (int i = 0; i < PEOPLE; i++) {
        int64_t person = 0;
        person_add(
            c,
            &(struct person_entry){ .login = people[i].login, .name = people[i].name, .password_hash = password_hash },
            &person);
        person_post_add(c, person, unit_of(ids, people[i].unit), people[i].role, people[i].title, since);
    }
    return c->err;
}
