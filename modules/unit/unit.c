/* Rules of the dated tree: who follows whom from which day, and what is refused. */
#include "modules/unit/unit.h"
#include "modules/audit/audit.h"
#include "platform/base/clock.h"
#include "platform/base/log.h"
#include "platform/base/text.h"
#include "unit_queries.h"
#include <inttypes.h>
#include <string.h>

const struct unit_kind unit_kinds[] = {
    { "so_y_te", "Sở Y tế", "so y te", true, false },
    { "ubnd", "Ủy ban nhân dân", "uy ban nhan dan", true, false },
    { "trung_tam", "Trung tâm", "trung tam", true, false },
    { "benh_vien", "Bệnh viện", "benh vien", true, false },
    { "chi_cuc", "Chi cục", "chi cuc", true, false },
    { "tram", "Trạm Y tế", "tram y te", true, false },
    { "diem_tram", "Điểm trạm", "diem tram", false, false },
    { "phong_kham", "Phòng khám", "phong kham", false, false },
    { "van_phong", "Văn phòng", "van phong", false, true },
    { "phong", "Phòng", "phong", false, true },
    { "khoa", "Khoa", "khoa", false, true },
    { "to", "Tổ, bộ phận", "to", false, true },
    { "khac", "Cơ quan khác", NULL, true, false },
    { 0 },
};

const struct unit_kind *unit_kind_find(const char *code)
{
    for (const struct unit_kind *k = unit_kinds; k->code != NULL; k++)
        if (strcmp(k->code, code) == 0)
            return k;
    return NULL;
}

static enum err no_such_unit(struct ctx *c, int64_t unit)
{
    return fail(c, NOT_FOUND, "Không tìm thấy đơn vị này.", "unit %" PRId64, unit);
}

/* The open unit, or NULL with an error. */
static const struct rows *open_unit(struct ctx *c, int64_t unit)
{
    const struct rows *u = sql_unit_read(c, unit);
    if (c->err != OK)
        return NULL;
    if (u->count == 0 || cell(u, 0, "closed_day") != NULL) {
        no_such_unit(c, unit);
        return NULL;
    }
    return u;
}

/* c->person 0 is the program itself: a command, a job, the practice data. unit 0 is the margin of the tree. */
static enum err require_admin(struct ctx *c, int64_t unit)
{
    if (c->person == 0 || (unit != 0 && sql_unit_administered(c, c->person, unit) > 0))
        return c->err;
    return fail(c, FORBIDDEN, "Chỉ người quản trị của đơn vị mới được thay đổi đơn vị này.",
                "person %" PRId64 " does not administer unit %" PRId64, c->person, unit);
}

static enum err check_day(struct ctx *c, int64_t day, int64_t least)
{
    if (day >= least)
        return OK;
    return invalid(c, "from_day", "Ngày hiệu lực phải từ %s trở đi, vì trước đó đã có thay đổi khác.",
                   day_vi(c->arena, least));
}

static bool is_future(struct ctx *c, int64_t day)
{
    return day > day_of_moment(c->now);
}

static enum err check_name(struct ctx *c, const char *name)
{
    if (text_blank(name))
        return invalid(c, "name", "Hãy nhập tên đầy đủ của đơn vị.");
    if (text_length(name) > 300)
        return invalid(c, "name", "Tên đơn vị dài quá 300 ký tự. Hãy viết gọn lại.");
    return c->err;
}

static const char *or_empty(const char *text)
{
    return text == NULL ? "" : text;
}

static enum err insert_name(struct ctx *c, int64_t unit, const char *name, const char *short_name, const char *symbol,
                            int64_t day, const char *basis)
{
    name = text_squeeze(c->arena, name);
    short_name = text_blank(short_name) ? name : text_squeeze(c->arena, short_name);
    symbol = text_upper(c->arena, text_trim(c->arena, or_empty(symbol)));
    const char *folded = arena_printf(c->arena, "%s %s %s", text_key(c->arena, name), text_key(c->arena, short_name),
                                      text_key(c->arena, symbol));
    sql_unit_insert_name(c, unit, name, short_name, symbol, text_sort_key(c->arena, name), folded, day,
                         or_empty(basis));
    return c->err;
}

static bool good_code(const char *code)
{
    size_t length = strlen(code);
    return length > 0 && length <= 40 && strspn(code, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

static enum err check_entry(struct ctx *c, const struct unit_entry *e)
{
    if (e->code == NULL || !good_code(e->code))
        invalid(c, "code",
                "Mã đơn vị chỉ gồm chữ thường không dấu, số và dấu gạch ngang, nhiều nhất 40 ký tự. Ví dụ: ttytsh.");
    if (e->kind == NULL || unit_kind_find(e->kind) == NULL)
        invalid(c, "kind", "Hãy chọn loại đơn vị.");
    check_name(c, e->name);
    if (is_future(c, e->from_day))
        invalid(c, "from_day", "Ngày thành lập không được sau hôm nay.");
    return c->err;
}

enum err unit_add(struct ctx *c, const struct unit_entry *e, int64_t *id)
{
    if (check_entry(c, e) != OK || require_admin(c, e->parent) != OK)
        return c->err;
    if (e->parent != 0 && open_unit(c, e->parent) == NULL)
        return c->err;
    if (e->admin_parent != 0 && open_unit(c, e->admin_parent) == NULL)
        return c->err;
    int64_t unit = sql_unit_insert(c, e->code, e->kind, e->from_day);
    if (c->err == CONFLICT)
        c->message = "Mã đơn vị này đã có. Hãy chọn mã khác.";
    insert_name(c, unit, e->name, e->short_name, e->symbol, e->from_day, e->basis);
    sql_unit_reach_self(c, unit);
    if (e->parent != 0) {
        sql_unit_insert_link(c, unit, e->parent, "professional", e->from_day, or_empty(e->basis));
        sql_unit_reach_hang(c, unit, e->parent);
    }
    int64_t admin = e->admin_parent != 0 ? e->admin_parent : e->parent;
    if (admin != 0)
        sql_unit_insert_link(c, unit, admin, "admin", e->from_day, or_empty(e->basis));
    audit_note(c, "unit.add", "unit", unit, arena_printf(c->arena, "Thêm đơn vị %s", e->name == NULL ? "" : e->name));
    if (c->err == OK)
        *id = unit;
    return c->err;
}

/* Waits for its day. */
static enum err order_change(struct ctx *c, int64_t unit, const char *action, const struct unit_entry *e,
                             int64_t target, const char *link)
{
    sql_unit_insert_change(c, unit, action, e->name, e->short_name, e->symbol, target, link, e->from_day,
                           or_empty(e->basis));
    return audit_note(c, "unit.order", "unit", unit,
                      arena_printf(c->arena, "Hẹn thay đổi đơn vị từ ngày %s", day_vi(c->arena, e->from_day)));
}

enum err unit_rename(struct ctx *c, int64_t unit, const char *name, const char *short_name, const char *symbol,
                     int64_t from_day, const char *basis)
{
    const struct rows *u = require_admin(c, unit) == OK ? open_unit(c, unit) : NULL;
    if (u == NULL || check_name(c, name) != OK || check_day(c, from_day, cell_int(u, 0, "named_day")) != OK)
        return c->err;
    if (is_future(c, from_day))
        return order_change(
            c, unit, "rename",
            &(struct unit_entry){
                .name = name, .short_name = short_name, .symbol = symbol, .from_day = from_day, .basis = basis },
            0, NULL);
    sql_unit_end_name(c, unit, from_day);
    insert_name(c, unit, name, short_name, symbol, from_day, basis);
    return audit_note(c, "unit.rename", "unit", unit,
                      arena_printf(c->arena, "Đổi tên đơn vị %s thành %s", or_empty(cell(u, 0, "name")), name));
}

enum { PLACE_LONGEST = 60 }; /* characters: it stands on one line with the date */

enum err unit_set_place(struct ctx *c, int64_t unit, const char *place)
{
    const struct rows *u = require_admin(c, unit) == OK ? open_unit(c, unit) : NULL;
    if (u == NULL)
        return c->err;
    place = text_squeeze(c->arena, text_nfc(c->arena, or_empty(place)));
    if (text_length(place) > PLACE_LONGEST)
        return invalid(c, "place", "Xin ghi địa danh không quá %d ký tự.", PLACE_LONGEST);
    sql_unit_set_place(c, unit, place);
    return audit_note(c, "unit.place", "unit", unit,
                      arena_printf(c->arena, "Địa danh của %s: %s", or_empty(cell(u, 0, "name")), place[0] != '\0' ? place : "để trống"));
}

static enum err check_parent(struct ctx *c, int64_t unit, int64_t parent)
{
    if (parent == 0)
        return c->err;
    if (open_unit(c, parent) == NULL)
        return c->err;
    if (sql_unit_is_below(c, parent, unit) != 0)
        return invalid(c, "parent", "Đơn vị cấp trên không được nằm trong chính đơn vị này. Hãy chọn đơn vị khác.");
    return c->err;
}

/* Follows the administrative line upwards: that line has no closure table, and is short. */
static enum err check_admin_parent(struct ctx *c, int64_t unit, int64_t parent)
{
    for (int step = 0; parent != 0 && step < 30; step++) {
        if (parent == unit)
            return invalid(c, "parent", "Đơn vị quản lý không được nằm trong chính đơn vị này. Hãy chọn đơn vị khác.");
        const struct rows *p = sql_unit_read(c, parent);
        if (c->err != OK || p->count == 0)
            return c->err != OK ? c->err : no_such_unit(c, parent);
        parent = cell_int(p, 0, "admin_parent");
    }
    return c->err;
}

enum err unit_move(struct ctx *c, int64_t unit, const char *link, int64_t parent, int64_t from_day, const char *basis)
{
    bool admin = strcmp(link, "admin") == 0;
    if (!admin && strcmp(link, "professional") != 0)
        return invalid(c, "link", "Hãy chọn chuyển theo quản lý trực tiếp hay chỉ đạo chuyên môn.");
    /* Away is for who administers the unit, in for who administers the new parent. */
    bool may = require_admin(c, unit) == OK && require_admin(c, parent) == OK;
    const struct rows *u = may ? open_unit(c, unit) : NULL;
    if (u == NULL || check_day(c, from_day, cell_int(u, 0, admin ? "admin_day" : "parent_day")) != OK)
        return c->err;
    if ((admin ? check_admin_parent(c, unit, parent) : check_parent(c, unit, parent)) != OK)
        return c->err;
    if (is_future(c, from_day))
        return order_change(c, unit, "move", &(struct unit_entry){ .from_day = from_day, .basis = basis }, parent,
                            link);
    sql_unit_end_link(c, unit, link, from_day);
    if (!admin)
        sql_unit_reach_cut(c, unit);
    if (parent != 0) {
        sql_unit_insert_link(c, unit, parent, link, from_day, or_empty(basis));
        if (!admin)
            sql_unit_reach_hang(c, unit, parent);
    }
    return audit_note(c, "unit.move", "unit", unit,
                      arena_printf(c->arena, "Chuyển cấp trên của %s", or_empty(cell(u, 0, "name"))));
}

/* What stood under a merged unit goes on under its successor; the successor itself goes up one step. */
static enum err move_children(struct ctx *c, int64_t unit, int64_t into, int64_t from_day, const char *basis)
{
    const struct rows *children = sql_unit_children(c, unit);
    for (int i = 0; i < children->count && c->err == OK; i++)
        unit_move(c, cell_int(children, i, "unit"), cell(children, i, "kind"), into, from_day, basis);
    return c->err;
}

enum err unit_merge(struct ctx *c, int64_t unit, int64_t into, int64_t from_day, const char *basis)
{
    const struct rows *u = require_admin(c, unit) == OK ? open_unit(c, unit) : NULL;
    if (u == NULL || check_day(c, from_day, cell_int(u, 0, "opened_day")) != OK)
        return c->err;
    if (into == 0 || into == unit)
        return invalid(c, "into", "Hãy chọn đơn vị nhận sáp nhập, khác với chính đơn vị này.");
    const struct rows *to = require_admin(c, into) == OK ? open_unit(c, into) : NULL;
    if (to == NULL)
        return c->err;
    if (sql_unit_is_below(c, into, unit) != 0)
        return invalid(c, "into", "Đơn vị nhận sáp nhập đang thuộc đơn vị này. Hãy chuyển nó ra trước.");
    if (is_future(c, from_day))
        return order_change(c, unit, "merge", &(struct unit_entry){ .from_day = from_day, .basis = basis }, into, NULL);
    move_children(c, unit, into, from_day, basis);
    sql_unit_end(c, unit, from_day);
    sql_unit_insert_successor(c, unit, into, from_day, or_empty(basis));
    /* The successor's people reach the records that the merged unit left. */
    sql_unit_reach_cut(c, unit);
    sql_unit_reach_hang(c, unit, into);
    return audit_note(
        c, "unit.merge", "unit", unit,
        arena_printf(c->arena, "Sáp nhập %s vào %s", or_empty(cell(u, 0, "name")), or_empty(cell(to, 0, "name"))));
}

enum err unit_close(struct ctx *c, int64_t unit, int64_t from_day, const char *basis)
{
    const struct rows *u = require_admin(c, unit) == OK ? open_unit(c, unit) : NULL;
    if (u == NULL || check_day(c, from_day, cell_int(u, 0, "opened_day")) != OK)
        return c->err;
    if (sql_unit_open_children(c, unit) > 0)
        return invalid(c, "from_day",
                       "Còn đơn vị đang thuộc đơn vị này. Hãy chuyển hoặc chấm dứt các đơn vị ấy trước.");
    if (is_future(c, from_day))
        return order_change(c, unit, "close", &(struct unit_entry){ .from_day = from_day, .basis = basis }, 0, NULL);
    sql_unit_end(c, unit, from_day);
    return audit_note(c, "unit.close", "unit", unit,
                      arena_printf(c->arena, "Chấm dứt hoạt động của %s", or_empty(cell(u, 0, "name"))));
}

static enum err apply_one(struct ctx *c, const struct rows *due, int i)
{
    int64_t unit = cell_int(due, i, "unit"), target = cell_int(due, i, "target"), day = cell_int(due, i, "from_day");
    const char *action = cell(due, i, "action"), *basis = cell(due, i, "basis");
    if (strcmp(action, "rename") == 0)
        return unit_rename(c, unit, cell(due, i, "name"), cell(due, i, "short_name"), cell(due, i, "symbol"), day,
                           basis);
    if (strcmp(action, "move") == 0)
        return unit_move(c, unit, cell(due, i, "link"), target, day, basis);
    if (strcmp(action, "merge") == 0)
        return unit_merge(c, unit, target, day, basis);
    return unit_close(c, unit, day, basis);
}

enum err unit_apply_due(struct ctx *c)
{
    const struct rows *due = sql_unit_changes_due(c, day_of_moment(c->now));
    for (int i = 0; i < due->count && c->err == OK; i++) {
        enum err err = apply_one(c, due, i);
        if (err == INVALID || err == NOT_FOUND) { /* what has happened since forbids it; nothing was written yet */
            log_line(LOG_WARN, "unit.change", "change %" PRId64 " no longer fits: %s", cell_int(due, i, "id"),
                     c->detail);
            ctx_forget(c);
            audit_note(c, "unit.drop", "unit", cell_int(due, i, "unit"),
                       "Thay đổi đã hẹn không áp dụng được vì đơn vị đã thay đổi");
        }
        sql_unit_change_done(c, cell_int(due, i, "id"), c->now);
    }
    return c->err;
}

static enum err apply_job(struct ctx *c, const char *payload, void *found)
{
    (void)payload, (void)found;
    return unit_apply_due(c);
}

const struct job_kind unit_jobs[] = {
    { .name = "unit.apply", .title = "Áp dụng thay đổi đơn vị đến ngày", .finish = apply_job, .every = 3600 },
    { 0 },
};

int64_t unit_by_code(struct ctx *c, const char *code)
{
    return sql_unit_by_code(c, code);
}

static const char *named_at(struct ctx *c, int64_t unit, int64_t when, const char *column)
{
    const struct rows *names = sql_unit_names_at(c, unit, when);
    return names->count == 0 ? "" : or_empty(cell(names, 0, column));
}

const char *unit_name_at(struct ctx *c, int64_t unit, int64_t when)
{
    return named_at(c, unit, when, "name");
}

const char *unit_short_name_at(struct ctx *c, int64_t unit, int64_t when)
{
    return named_at(c, unit, when, "short_name");
}

const char *unit_symbol_at(struct ctx *c, int64_t unit, int64_t when)
{
    return named_at(c, unit, when, "symbol");
}

struct rows *unit_tree_at(struct ctx *c, int64_t root, int64_t when)
{
    return sql_unit_tree_at(c, root, when);
}

int64_t unit_living(struct ctx *c, int64_t unit)
{
    return sql_unit_living(c, unit);
}

int64_t unit_agency(struct ctx *c, int64_t unit)
{
    const struct rows *line = sql_unit_line_up(c, unit);
    for (int i = 0; i < line->count; i++) {
        const struct unit_kind *kind = unit_kind_find(cell(line, i, "kind"));
        if (kind != NULL && kind->agency)
            return cell_int(line, i, "id");
    }
    return 0;
}

const char *unit_place(struct ctx *c, int64_t unit)
{
    const struct rows *own = sql_unit_place(c, unit);
    if (own->count == 0)
        return "";
    const struct unit_kind *kind = unit_kind_find(cell(own, 0, "kind"));
    if (cell(own, 0, "place")[0] != '\0' || kind == NULL || !kind->inner)
        return cell(own, 0, "place");
    const struct rows *agency = sql_unit_place(c, unit_agency(c, unit));
    return agency->count > 0 ? cell(agency, 0, "place") : "";
}
