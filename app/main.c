/* The program's entry: finds the command, gives it its context, turns its outcome into an exit code. */
#include "app/app.h"
#include "platform/base/clock.h"
#include "platform/base/log.h"
#include "platform/base/text.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const struct setting app_settings[] = {
    { "--db", "SAURO_DB", "sqlite:data/sauro.db", "cơ sở dữ liệu: sqlite:ĐƯỜNG_DẪN hoặc postgresql://…" },
    { "--data", "SAURO_DATA", "data", "thư mục chứa tệp minh chứng và khóa" },
    { "--listen", "SAURO_LISTEN", "127.0.0.1:8080", "địa chỉ và cổng phục vụ" },
    { "--trust-forwarded", "SAURO_TRUST_FORWARDED", "no", "yes: tin X-Forwarded-For, -Proto của máy đứng trước" },
    { "--log", "SAURO_LOG", "info", "mức nhật ký: debug, info, warn, error" },
    { "--unit", NULL, NULL, "mã đơn vị" },
    { "--period", NULL, NULL, "kỳ báo cáo: 2026-Q1, 2026-H1, 2026-Q3, 2026-Y" },
    { "--plan", NULL, NULL, "số của kế hoạch, như trong địa chỉ trang /ke-hoach/số" },
    { "--out", NULL, NULL, "tệp kết quả: .docx, .pdf hoặc .xlsx" },
    { "--name", NULL, NULL, "tên đầy đủ của người hoặc đơn vị" },
    { "--kind", NULL, NULL, "loại đơn vị: so_y_te, trung_tam, khoa, phong, tram…" },
    { "--symbol", NULL, NULL, "ký hiệu của đơn vị trong số văn bản" },
    { "--parent", NULL, NULL, "mã đơn vị cấp trên" },
    { "--role", NULL, NULL, "vai trò: quantri, lanhdao, daumoi, bientap, canbo" },
    { "--title", NULL, NULL, "chức danh" },
    { "--if-empty", NULL, "no", "yes: practice không báo lỗi khi đã có dữ liệu" },
    { 0 },
};

static const struct command *const *command_tables(struct arena *a)
{
    size_t count = 0;
    while (modules[count].name != NULL)
        count++;
    const struct command **list = arena_array(a, count + 2, sizeof *list);
    size_t used = 0;
    list[used++] = app_commands;
    for (const struct module *m = modules; m->name != NULL; m++)
        if (m->commands != NULL)
            list[used++] = m->commands;
    return list;
}

static int word_count(const char *name)
{
    int count = 1;
    for (; *name != '\0'; name++)
        count += *name == ' ';
    return count;
}

/* The command whose name's words are the first of the given ones; the longest name wins. */
static const struct command *find_command(struct arena *a, const struct config *config)
{
    const struct command *best = NULL;
    for (const struct command *const *table = command_tables(a); *table != NULL; table++) {
        for (const struct command *command = *table; command->name != NULL; command++) {
            int words = word_count(command->name);
            struct buffer given = { .arena = a };
            buffer_add(&given, "");
            for (int i = 0; i < words && i < config->word_count; i++)
                buffer_printf(&given, i == 0 ? "%s" : " %s", config->words[i]);
            if (strcmp(given.text, command->name) == 0 && (best == NULL || words > word_count(best->name)))
                best = command;
        }
    }
    return best;
}

static void print_help(struct arena *a)
{
    puts("Sáu Rõ: kế hoạch tuyên truyền cải cách hành chính, từ văn bản đến báo cáo.\n\nCách dùng: sauro LỆNH [TÙY CHỌN]\n");
    for (const struct command *const *table = command_tables(a); *table != NULL; table++)
        for (const struct command *command = *table; command->name != NULL; command++)
            printf("  sauro %s %s\n      %s\n", command->name, command->usage, command->help);
    puts("\nTùy chọn (mọi lệnh):");
    for (const struct setting *s = app_settings; s->flag != NULL; s++)
        printf("  %-18s %s%s%s\n", s->flag, s->help, s->initial == NULL ? "" : "; mặc định ",
               s->initial == NULL ? "" : s->initial);
}

static bool set_log_level(const char *name)
{
    static const char *const names[] = { "debug", "info", "warn", "error" };
    for (int i = 0; i < 4; i++)
        if (strcmp(name, names[i]) == 0) {
            log_set_level((enum log_level)i);
            return true;
        }
    return false;
}

/* Prints the one sentence of a failure and gives the exit code. */
static int end(const struct ctx *c, enum err err)
{
    if (err != OK) {
        fprintf(stderr, "%s\n", c->message == NULL ? "Có lỗi không rõ." : c->message);
        if (err == BROKEN && c->detail != NULL)
            log_line(LOG_ERROR, "command.broken", "%s", c->detail);
    }
    return outcome_of(err).exit_code;
}

static enum err use_data_folder(struct ctx *c)
{
    if (mkdir(c->data_dir, 0700) == 0)
        log_line(LOG_INFO, "data.made", "made the data folder");
    if (access(c->data_dir, R_OK | W_OK | X_OK) != 0)
        fail(c, BROKEN,
             arena_printf(c->arena, "Không ghi được vào thư mục dữ liệu %s. Hãy cấp quyền ghi, hoặc chọn thư mục khác bằng --data.",
                          c->data_dir),
             "data folder: %s", strerror(errno));
    return c->err;
}

static int run(const struct command *command, const struct config *config, struct ctx *c)
{
    struct command_run r = {
        .c = c,
        .url = config_get(config, "--db"),
        .config = config,
        .words = config->words + word_count(command->name),
        .word_count = config->word_count - word_count(command->name),
    };
    if (!command->needs_db)
        return end(c, command->run(&r));
    if (use_data_folder(c) != OK)
        return end(c, c->err);
    const char *why = NULL;
    r.db = db_open(c->arena, r.url, app_schemas(c->arena), NULL, &why);
    if (r.db == NULL)
        return end(c, fail(c, BROKEN, why, "database not opened"));
    enum err err = app_check_clock(c, r.db);
    if (err == OK)
        err = command->run(&r);
    db_close(r.db);
    return end(c, err);
}

static int start(struct ctx *c, int argc, char **argv)
{
    struct config config;
    const char *why = NULL;
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        print_help(c->arena);
        return 0;
    }
    if (!config_read(c->arena, &config, app_settings, argc - 1, argv + 1, &why))
        return end(c, fail(c, INVALID, why, "command line"));
    if (!set_log_level(config_get(&config, "--log")))
        return end(c, fail(c, INVALID, "Mức nhật ký là một trong: debug, info, warn, error.", "log level"));
    c->data_dir = config_get(&config, "--data");
    const struct command *command = find_command(c->arena, &config);
    if (command == NULL)
        return end(c, fail(c, INVALID, "Không có lệnh này. Xem: sauro --help", "command"));
    return run(command, &config, c);
}

int main(int argc, char **argv)
{
    struct ctx c;
    int64_t fixed;
    const char *now = getenv("SAURO_NOW");
    bool wrong = now != NULL && !moment_parse_iso(now, &fixed);
    if (now != NULL && !wrong)
        clock_fix(fixed);
    ctx_open(&c, clock_now());
    int code = wrong ? end(&c, fail(&c, INVALID, "SAURO_NOW cần có dạng 2026-03-20T09:00:00+07:00.", "SAURO_NOW"))
                     : start(&c, argc, argv);
    ctx_close(&c);
    return code;
}
