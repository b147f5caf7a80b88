/* Puts what the layouts show around a page's own content. */
#include "app/dress.h"
#include "app/app.h"
#include "dress_queries.h"
#include "modules/person/person.h"
#include "modules/unit/unit.h"
#include "platform/base/text.h"
#include <string.h>

/* Entries appear once a module answers at their address, to who may go there: the route table decides both. */
struct entry {
    const char *group;
    const char *path;
    const char *label;
    const char *short_label; /* for the bottom bar of phones; NULL: not there, but in the account's menu */
    const char *icon;
};

static const struct entry staff_entries[] = {
    { "work", "/ban-lam-viec", "Bàn làm việc", "Bàn việc", "layout-dashboard" },
    { "work", "/ke-hoach", "Kế hoạch", "Kế hoạch", "clipboard-list" },
    { "work", "/nhiem-vu", "Nhiệm vụ", "Nhiệm vụ", "list-checks" },
    { "sum", "/bao-cao", "Báo cáo", "Báo cáo", "file-check" },
    { "admin", "/don-vi", "Đơn vị", NULL, "building-2" },
    { "admin", "/quan-tri", "Quản trị", NULL, "settings" },
    { 0 },
};

static const struct entry public_entries[] = {
    { .path = "/", .label = "Trang chủ" },
    { .path = "/thu-tuc", .label = "Thủ tục" },
    { .path = "/tin", .label = "Tin tức" },
    { .path = "/phan-anh", .label = "Phản ánh" },
    { .path = "/khao-sat", .label = "Khảo sát" },
    { .path = "/cuoc-thi", .label = "Cuộc thi" },
    { .path = "/dang-nhap", .label = "Đăng nhập" },
    { 0 },
};

static const char *const group_labels[][2] = { { "work", "Công việc" }, { "sum", "Tổng hợp" }, { "admin", "Quản trị" } };

static const struct route *route_at(const char *method, const char *path)
{
    for (const struct module *m = modules; m->name != NULL; m++)
        for (const struct route *route = m->routes; route != NULL && route->path != NULL; route++)
            if (strcmp(route->path, path) == 0 && strcmp(route->method, method) == 0)
                return route;
    return NULL;
}

static const char *open_to(const struct request *r, const char *method, const char *path)
{
    const struct route *route = route_at(method, path);
    return route != NULL && (route->access & r->c->granted) != 0 ? path : NULL;
}

/* "1" when the request is for this entry's page or one below it. */
static const char *is_current(const struct request *r, const char *path)
{
    size_t length = strlen(path);
    bool same = r->path != NULL && strncmp(r->path, path, length) == 0 &&
                (r->path[length] == '\0' || (r->path[length] == '/' && length > 1));
    return same ? "1" : "";
}

static const struct rows *kept(const struct rows_maker *maker)
{
    struct rows *rows = arena_alloc(maker->arena, sizeof *rows);
    *rows = maker->rows;
    return rows;
}

static void put_menu(struct request *r)
{
    static const char *const menu_columns[] = { "group", "path", "label", "short", "icon", "current", NULL };
    static const char *const group_columns[] = { "id", "label", NULL };
    struct rows_maker menu;
    struct rows_maker groups;
    rows_start(&menu, r->c->arena, menu_columns);
    rows_start(&groups, r->c->arena, group_columns);
    for (size_t g = 0; g < sizeof group_labels / sizeof group_labels[0]; g++) {
        int before = menu.rows.count;
        for (const struct entry *e = staff_entries; e->path != NULL; e++)
            if (strcmp(e->group, group_labels[g][0]) == 0 && open_to(r, "GET", e->path) != NULL)
                rows_add(&menu, (const char *const[]){ e->group, e->path, e->label, e->short_label, e->icon,
                                                       is_current(r, e->path) });
        if (menu.rows.count > before)
            rows_add(&groups, group_labels[g]);
    }
    put_rows(r, "frame_menu", kept(&menu));
    put_rows(r, "frame_group", kept(&groups));
}

static void put_public_menu(struct request *r)
{
    static const char *const columns[] = { "path", "label", "current", NULL };
    struct rows_maker menu;
    rows_start(&menu, r->c->arena, columns);
    for (const struct entry *e = public_entries; e->path != NULL; e++) {
        const struct route *route = route_at("GET", e->path);
        if (route != NULL && (route->access & ANYONE) != 0) /* kept pages are the same for all */
            rows_add(&menu, (const char *const[]){ e->path, e->label, is_current(r, e->path) });
    }
    put_rows(r, "frame_public", kept(&menu));
}

/* First letters of the first and last word: "Nguyễn Văn An" gives NA. */
static const char *initials(struct arena *a, const char *name)
{
    char **words;
    size_t count = text_split(a, text_squeeze(a, name), ' ', &words);
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    for (size_t i = 0; i < count; i += count > 1 ? count - 1 : 1) {
        int32_t rune;
        const char *end = text_next(words[i], &rune);
        if (words[i][0] != '\0')
            buffer_add_n(&b, words[i], (size_t)(end - words[i]));
    }
    return text_upper(a, b.text);
}

static const char *role_label(int64_t role)
{
    for (const struct person_role *p = person_roles; p->code != NULL; p++)
        if (p->role == role)
            return p->label;
    return "";
}

static void put_person(struct request *r)
{
    const struct rows *own = r->c->person == 0 ? NULL : sql_frame_person(r->c, r->c->person, r->c->unit);
    bool known = own != NULL && own->count > 0;
    const char *title = known ? cell(own, 0, "title") : NULL;
    if (known && title[0] == '\0')
        title = role_label(cell_int(own, 0, "role"));
    put_text(r, "frame_person", known ? cell(own, 0, "name") : NULL);
    put_text(r, "frame_initials", known ? initials(r->c->arena, cell(own, 0, "name")) : NULL);
    put_text(r, "frame_unit", known ? cell(own, 0, "unit") : NULL);
    put_text(r, "frame_title", title);
    put_text(r, "frame_account", known ? open_to(r, "GET", "/tai-khoan") : NULL);
    put_text(r, "frame_sign_out", known ? open_to(r, "POST", "/dang-xuat") : NULL);
    const char *desk = open_to(r, "GET", "/ban-lam-viec");
    put_text(r, "frame_home", desk == NULL ? "/" : desk);
}

/* Staff see the agency they act for, everybody else the one this installation belongs to; on a page that is kept
 * rendered the platform asks nobody who they are. */
static void put_agency(struct request *r)
{
    int64_t unit = r->c->unit == 0 ? sql_frame_home_unit(r->c, ROLE_ADMIN) : r->c->unit;
    int64_t agency = unit == 0 ? 0 : unit_agency(r->c, unit);
    const struct rows *rows = sql_frame_agency(r->c, agency == 0 ? unit : agency);
    put_text(r, "frame_agency", rows->count > 0 ? cell(rows, 0, "name") : NULL);
    put_text(r, "frame_above", rows->count > 0 ? cell(rows, 0, "above") : NULL);
}

void dress(struct request *r)
{
    put_person(r);
    put_agency(r);
    put_menu(r);
    put_public_menu(r);
}
