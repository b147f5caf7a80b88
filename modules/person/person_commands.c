/* sauro account …: for who has the machine. The person of a command is the program itself. */
#include "modules/audit/audit.h"
#include "modules/person/person_own.h"
#include "modules/unit/unit.h"
#include "person_queries.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static enum err list(struct ctx *c, void *arg)
{
    (void)arg;
    const struct rows *all = sql_person_all(c);
    for (int i = 0; i < all->count; i++) {
        const struct person_role *role = person_role_of(cell_int(all, i, "role"));
        printf("%s\t%s\t%s\t%s\t%s\n", cell(all, i, "login"), cell(all, i, "name"), cell(all, i, "unit_code"),
               role == NULL ? "" : role->code, cell_int(all, i, "locked") != 0 ? "đã khóa" : "");
    }
    return c->err;
}

static enum err run_list(struct command_run *r)
{
    return db_read(r->db, r->c, list, NULL);
}

struct order {
    struct command_run *r;
    const char *login, *hash, *generated; /* NULL: the password was given */
};

static enum err need_login(struct command_run *r, struct order *o)
{
    *o = (struct order){ .r = r };
    if (r->word_count < 1)
        return invalid(r->c, "login", "Hãy cho biết tên đăng nhập.");
    o->login = r->words[0];
    return OK;
}

/* From standard input: the first line, or what is typed unseen on a terminal. "": the program chooses. */
static const char *read_password(struct arena *a)
{
    if (isatty(STDIN_FILENO)) {
        const char *typed = getpass("Mật khẩu mới (để trống: máy đặt): ");
        return typed == NULL ? "" : text_nfc(a, typed);
    }
    char line[PASSWORD_LONGEST + 2] = "";
    if (fgets(line, sizeof line, stdin) == NULL)
        return "";
    line[strcspn(line, "\r\n")] = '\0';
    return text_nfc(a, line);
}

static enum err take_password(struct command_run *r, struct order *o)
{
    const char *password = read_password(r->c->arena);
    if (password[0] == '\0') {
        password = o->generated = password_generate(r->c);
    }
    if (password_check(r->c, "password", o->login, password) == OK)
        o->hash = password_hash(r->c, password);
    return r->c->err;
}

/* What the program chose is told only once it holds. */
static enum err tell(const struct order *o, enum err err)
{
    if (err == OK && o->generated != NULL)
        printf("Mật khẩu dùng một lần của %s: %s\n", o->login, o->generated);
    return err;
}

static enum err add(struct ctx *c, void *arg)
{
    struct order *o = arg;
    const struct config *config = o->r->config;
    const char *code = config_get(config, "--unit"), *role_code = config_get(config, "--role");
    const char *name = config_get(config, "--name"), *title = config_get(config, "--title");
    const struct person_role *role = role_code == NULL ? NULL : person_role_find(role_code);
    int64_t unit = code == NULL ? 0 : unit_by_code(c, code), person = 0;
    if (unit == 0)
        return invalid(c, "unit", "Hãy cho biết đơn vị bằng --unit MÃ. Lệnh này cần một đơn vị đang có.");
    if (role == NULL)
        return invalid(c, "role", "Hãy cho biết vai trò bằng --role: canbo, bientap, daumoi, lanhdao hoặc quantri.");
    person_add(
        c,
        &(struct person_entry){
            .login = o->login, .name = name == NULL ? o->login : name, .password_hash = o->hash, .must_change = true },
        &person);
    return person_post_add(c, person, unit, role->role, title == NULL ? "" : title, day_of_moment(c->now));
}

static enum err run_add(struct command_run *r)
{
    struct order o;
    if (need_login(r, &o) != OK || take_password(r, &o) != OK)
        return r->c->err;
    return tell(&o, db_write(r->db, r->c, add, &o));
}

static int64_t known(struct ctx *c, const struct order *o)
{
    int64_t person = person_by_login(c, o->login);
    if (person == 0)
        fail(c, NOT_FOUND, "Không có tài khoản nào mang tên này.", "no such login");
    return person;
}

static enum err set_password(struct ctx *c, void *arg)
{
    struct order *o = arg;
    int64_t person = known(c, o);
    return person == 0 ? c->err : person_password_reset(c, person, o->hash);
}

static enum err run_password(struct command_run *r)
{
    struct order o;
    if (need_login(r, &o) != OK || take_password(r, &o) != OK)
        return r->c->err;
    return tell(&o, db_write(r->db, r->c, set_password, &o));
}

static enum err lock(struct ctx *c, void *arg)
{
    struct order *o = arg;
    int64_t person = known(c, o);
    return person == 0 ? c->err : person_lock(c, person, true);
}

static enum err run_lock(struct command_run *r)
{
    struct order o;
    return need_login(r, &o) != OK ? r->c->err : db_write(r->db, r->c, lock, &o);
}

const struct command person_commands[] = {
    { "account list", "", "Liệt kê tài khoản: tên đăng nhập, họ tên, đơn vị, vai trò", true, run_list },
    { "account add", "LOGIN --name TÊN --unit MÃ --role VAI_TRÒ [--title CHỨC_DANH]",
      "Thêm tài khoản, mật khẩu đọc từ đầu vào hoặc máy đặt", true, run_add },
    { "account password", "LOGIN", "Đặt lại mật khẩu, đọc từ đầu vào hoặc máy đặt", true, run_password },
    { "account lock", "LOGIN", "Khóa tài khoản và kết thúc mọi phiên đăng nhập", true, run_lock },
    { 0 },
};
