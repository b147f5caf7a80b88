/* The desk and the list of tasks; and the routes of the module. */
#include "modules/role.h"
#include "modules/task/task_inner.h"
#include "platform/base/clock.h"
#include "task_page_queries.h"
#include <inttypes.h>

enum { AHEAD = 31, RECENT = 14 * 24 * 60 * 60, PAGE_SIZE = 50 };

static const char *const group_columns[] = { "id", "name", "count", NULL };

static bool leads(const struct request *r)
{
    return (r->c->granted & (ROLE_LEADER | ROLE_COORDINATOR)) != 0;
}

/* Rows of a choice strip: path, label, current. */
static const char *const choice_columns[] = { "path", "label", "current", NULL };

struct choice {
    const char *value, *label;
};

static void put_choices(struct request *r, const char *name, const char *path, const struct choice *choices, const char *chosen)
{
    struct rows_maker *m = arena_alloc(r->c->arena, sizeof *m);
    rows_start(m, r->c->arena, choice_columns);
    for (const struct choice *one = choices; one->label != NULL; one++)
        rows_add(m, (const char *[]){ arena_printf(r->c->arena, "%s%s", path, one->value), one->label,
                                       strcmp(one->value, chosen) == 0 ? "1" : "" });
    put_rows(r, name, &m->rows);
}

static int count_of(const struct rows *rows, const char *group)
{
    int count = 0;
    for (int i = 0; i < rows->count; i++)
        count += strcmp(cell(rows, i, "grp"), group) == 0;
    return count;
}

static void put_groups(struct request *r, const struct rows *due)
{
    static const struct choice groups[] = { { "late", "Quá hạn" }, { "soon", "Trong 7 ngày tới" }, { "later", "Trong tháng tới" } };
    struct rows_maker *m = arena_alloc(r->c->arena, sizeof *m);
    rows_start(m, r->c->arena, group_columns);
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        int count = count_of(due, groups[i].value);
        if (count > 0)
            rows_add(m, (const char *[]){ groups[i].value, groups[i].label, arena_printf(r->c->arena, "%d", count) });
    }
    put_rows(r, "groups", &m->rows);
    put_int(r, "late", count_of(due, "late"));
    put_int(r, "soon", count_of(due, "soon"));
}

static const char *scope_of(struct request *r)
{
    const char *asked = query_param(r, "loc");
    if (strcmp(asked, "toi") == 0 || strcmp(asked, "phoi-hop") == 0 || strcmp(asked, "don-vi") == 0)
        return asked;
    return leads(r) ? "don-vi" : "toi";
}

static struct rows *due_rows(struct request *r, const char *scope)
{
    struct ctx *c = r->c;
    int64_t today = day_of_moment(c->now), until = today + AHEAD;
    if (strcmp(scope, "toi") == 0)
        return sql_desk_mine(c, c->person, c->unit, today, until);
    if (strcmp(scope, "phoi-hop") == 0)
        return sql_desk_partner(c, c->person, c->unit, today, until);
    return sql_desk_all(c, c->person, today, until);
}

static const char *quarter_words(struct ctx *c, int64_t today)
{
    static const char *const romans[] = { "I", "II", "III", "IV" };
    int year, month, day;
    day_split(today, &year, &month, &day);
    int quarter = (month - 1) / 3;
    int64_t left = day_add_months(day_of(year, quarter * 3 + 1, 1), 3) - 1 - today;
    return left == 0 ? arena_printf(c->arena, "Quý %s kết thúc hôm nay", romans[quarter])
                     : arena_printf(c->arena, "Quý %s còn %d ngày", romans[quarter], (int)left);
}

static const char *today_words(struct ctx *c, int64_t today)
{
    static const char *const weekdays[] = { "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật" };
    return arena_printf(c->arena, "%s, %s", weekdays[day_weekday(today) - 1], day_vi(c->arena, today));
}

static struct rows *recent_events(struct ctx *c)
{
    int64_t since = c->now - RECENT;
    return sql_desk_wide(c, c->person) != 0 ? sql_desk_events_wide(c, c->person, since)
                                            : sql_desk_events(c, c->person, since);
}

static enum err desk(struct request *r)
{
    static const struct choice scopes[] = { { "toi", "Tôi chủ trì" }, { "phoi-hop", "Phối hợp" }, { "don-vi", "Cả đơn vị" }, { 0 } };
    struct ctx *c = r->c;
    int64_t today = day_of_moment(c->now);
    int year = day_year(today);
    const char *scope = scope_of(r);
    struct rows *due = due_rows(r, scope), *waiting = sql_desk_waiting(c, c->person);
    task_tell_state(c, due);
    put_groups(r, due);
    put_rows(r, "due", due);
    put_rows(r, "waiting", waiting);
    put_int(r, "waiting_count", waiting->count);
    put_choices(r, "scopes", "/ban-lam-viec?loc=", scopes, scope);
    task_put_progress(r, sql_desk_progress(c, c->person, day_of(year, 1, 1), day_of(year, 12, 31), today));
    put_int(r, "year", year);
    put_rows(r, "events", recent_events(c));
    put_text(r, "today", today_words(c, today));
    put_text(r, "today_iso", day_iso(c->arena, today));
    put_text(r, "quarter", quarter_words(c, today));
    put_text(r, "leads", leads(r) ? "1" : "");
    return page(r, "task_desk.html");
}

/* ---- the list ---- */

/* Folded keys hold no sign that LIKE takes for its own. */
static const char *word(char *const *words, size_t count, size_t i)
{
    return i < count ? words[i] : "";
}

struct list_asked {
    const char *scope, *state, *key; /* as in the address; key: folded words */
    int64_t unit, number;
};

static const char *list_address(struct request *r, const struct list_asked *asked, int64_t number)
{
    return arena_printf(r->c->arena, "/nhiem-vu?don-vi=%" PRId64 "&trang-thai=%s&q=%s&trang=%" PRId64 "&loc=%s", asked->unit,
                        asked->state, asked->key, number, asked->scope);
}

static void put_list_places(struct request *r, const struct list_asked *asked, int got)
{
    int64_t number = asked->number;
    put_text(r, "earlier", number > 1 ? list_address(r, asked, number - 1) : "");
    put_text(r, "later", got > PAGE_SIZE ? list_address(r, asked, number + 1) : "");
    put_text(r, "place", arena_printf(r->c->arena, "Trang %" PRId64, number));
    put_text(r, "paged", number > 1 || got > PAGE_SIZE ? "1" : "");
}

static void tell_tasks(struct ctx *c, struct rows *tasks)
{
    for (int i = 0; i < tasks->count; i++) {
        int64_t total = cell_int(tasks, i, "total"), done = cell_int(tasks, i, "done"), waiting = cell_int(tasks, i, "waiting");
        bool cancelled = strcmp(cell(tasks, i, "task_state"), "cancelled") == 0, open = cell(tasks, i, "due_day") != NULL;
        const char *state = cancelled ? "cancelled" : open ? "open" : waiting > 0 ? "submitted" : "done";
        task_set_cell(tasks, i, "raw_state", state);
        if (!cancelled && !open && total > done + waiting)
            task_set_cell(tasks, i, "due_day", "0"), task_set_cell(tasks, i, "strict", "0"),
                task_set_cell(tasks, i, "raw_state", "open");
    }
    task_tell_state(c, tasks);
    for (int i = 0; i < tasks->count; i++)
        if (cell_int(tasks, i, "total") == 0 && strcmp(cell(tasks, i, "task_state"), "active") == 0) {
            task_set_cell(tasks, i, "state", "todo");
            task_set_cell(tasks, i, "label", "Chưa có kỳ");
        }
}

static enum err list(struct request *r)
{
    static const struct choice scopes[] = { { "tat-ca", "Tất cả" }, { "cua-toi", "Của tôi" }, { "phoi-hop", "Phối hợp" }, { 0 } };
    static const struct choice states[] = { { "", "Mọi trạng thái" }, { "qua-han", "Quá hạn" }, { "sap-han", "Sắp đến hạn" },
        { "cho-duyet", "Chờ duyệt" }, { "da-xong", "Đã xong" }, { "thieu-ro", "Thiếu rõ" }, { 0 } };
    static const char *const names[][2] = { { "cua-toi", "mine" }, { "phoi-hop", "partner" }, { "qua-han", "late" },
        { "sap-han", "soon" }, { "cho-duyet", "wait" }, { "da-xong", "done" }, { "thieu-ro", "unclear" } };
    struct ctx *c = r->c;
    const char *scope_name = "all", *state_name = "";
    struct list_asked asked = { .scope = "tat-ca", .state = "", .key = text_key(c->arena, query_param(r, "q")),
                                .unit = query_number(r, "don-vi"), .number = query_number(r, "trang") };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (i < 2 && strcmp(query_param(r, "loc"), names[i][0]) == 0)
            asked.scope = names[i][0], scope_name = names[i][1];
        if (i >= 2 && strcmp(query_param(r, "trang-thai"), names[i][0]) == 0)
            asked.state = names[i][0], state_name = names[i][1];
    }
    if (asked.number < 1 || asked.number > 1000000)
        asked.number = 1;
    char **words = NULL;
    size_t count = *asked.key == '\0' ? 0 : text_split(c->arena, asked.key, ' ', &words);
    int64_t today = day_of_moment(c->now);
    struct rows *tasks = sql_task_list(c, c->person, c->unit, asked.unit, scope_name, state_name, word(words, count, 0),
                                       word(words, count, 1), word(words, count, 2), today, today + TASK_SOON_DAYS,
                                       PAGE_SIZE + 1, (asked.number - 1) * PAGE_SIZE);
    put_list_places(r, &asked, tasks->count);
    if (tasks->count > PAGE_SIZE)
        tasks->count = PAGE_SIZE;
    tell_tasks(c, tasks);
    put_rows(r, "tasks", tasks);
    put_rows(r, "units", sql_task_list_units(c, c->person, asked.unit));
    put_choices(r, "scopes", arena_printf(c->arena, "/nhiem-vu?don-vi=%" PRId64 "&trang-thai=%s&loc=", asked.unit, asked.state),
                scopes, asked.scope);
    put_choices(r, "states", "", states, asked.state);
    put_text(r, "scope", asked.scope);
    put_text(r, "searched", *asked.key != '\0' || *asked.state != '\0' || asked.unit != 0 || scope_name[0] != 'a' ? "1" : "");
    put_text(r, "leads", leads(r) ? "1" : "");
    return page(r, "task_list.html");
}

enum { UPLOADS = 60 * 1024 * 1024 };

const struct route task_routes[] = {
    { .method = "GET", .path = "/ban-lam-viec", .access = SIGNED_IN, .run = desk },
    { .method = "GET", .path = "/nhiem-vu", .access = SIGNED_IN, .run = list },
    { .method = "GET", .path = "/nhiem-vu/moi", .access = ROLE_LEADER | ROLE_COORDINATOR, .run = task_form_new },
    { .method = "POST", .path = "/nhiem-vu/moi", .access = ROLE_LEADER | ROLE_COORDINATOR, .run = task_form_create },
    { .method = "GET", .path = "/nhiem-vu/:id", .access = SIGNED_IN, .run = task_show },
    { .method = "GET", .path = "/nhiem-vu/:id/sua", .access = ROLE_LEADER | ROLE_COORDINATOR, .run = task_form_edit },
    { .method = "POST", .path = "/nhiem-vu/:id/sua", .access = ROLE_LEADER | ROLE_COORDINATOR, .run = task_form_change },
    { .method = "POST", .path = "/nhiem-vu/:id/dung", .access = ROLE_LEADER | ROLE_COORDINATOR, .run = task_post_cancel },
    { .method = "POST", .path = "/nhiem-vu/:id/mo-ky", .access = ROLE_LEADER | ROLE_COORDINATOR, .run = task_post_trigger },
    { .method = "GET", .path = "/ky/:id", .access = SIGNED_IN, .run = task_show_occurrence },
    { .method = "POST", .path = "/ky/:id/nop", .access = SIGNED_IN, .run = task_post_submit, .before = task_take_files,
      .upload_limit = UPLOADS },
    { .method = "POST", .path = "/ky/:id/duyet", .access = SIGNED_IN, .run = task_post_approve },
    { .method = "POST", .path = "/ky/:id/tra-lai", .access = SIGNED_IN, .run = task_post_return },
    { .method = "POST", .path = "/ky/:id/mo-lai", .access = SIGNED_IN, .run = task_post_reopen },
    { .method = "POST", .path = "/minh-chung/:id/go", .access = SIGNED_IN, .run = task_post_withdraw },
    { .method = "GET", .path = "/tep/:hash", .access = SIGNED_IN, .run = task_send_file },
    { .method = "GET", .path = "/quan-tri/ngay-nghi", .access = ROLE_ADMIN, .run = task_calendar_show },
    { .method = "POST", .path = "/quan-tri/ngay-nghi", .access = ROLE_ADMIN, .run = task_calendar_add },
    { .method = "POST", .path = "/quan-tri/ngay-nghi/:id/bat", .access = ROLE_ADMIN, .run = task_calendar_on },
    { .method = "POST", .path = "/quan-tri/ngay-nghi/:id/tat", .access = ROLE_ADMIN, .run = task_calendar_off },
    { 0 },
};
