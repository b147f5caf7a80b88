/* sauro unit …: the first units of an installation, by who has the machine. The person of a command is the program. */
#include "modules/unit/unit.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <stdio.h>

static const char *kind_codes(struct arena *a)
{
    struct buffer b = { .arena = a };
    for (const struct unit_kind *k = unit_kinds; k->code != NULL; k++)
        buffer_printf(&b, "%s%s (%s)", b.length == 0 ? "" : ", ", k->code, k->label);
    return b.text;
}

static enum err add(struct ctx *c, void *arg)
{
    const struct config *config = ((struct command_run *)arg)->config;
    const char *kind = config_get(config, "--kind"), *parent = config_get(config, "--parent");
    struct unit_entry entry = {
        .code = config_get(config, "--unit"),
        .kind = kind,
        .name = config_get(config, "--name"),
        .symbol = config_get(config, "--symbol"),
        .parent = parent == NULL ? 0 : unit_by_code(c, parent),
        .from_day = day_of_moment(c->now),
        .basis = "",
    };
    if (entry.code == NULL)
        return invalid(c, "code", "Hãy cho biết mã đơn vị bằng --unit. Ví dụ: --unit ttytsh.");
    if (kind == NULL || unit_kind_find(kind) == NULL)
        return invalid(c, "kind", "Hãy cho biết loại đơn vị bằng --kind, là một trong: %s.", kind_codes(c->arena));
    if (entry.name == NULL)
        return invalid(c, "name", "Hãy cho biết tên đầy đủ của đơn vị bằng --name.");
    if (parent != NULL && entry.parent == 0)
        return invalid(c, "parent", "Không có đơn vị nào đang hoạt động mang mã %s. Hãy thêm đơn vị cấp trên trước.",
                       parent);
    int64_t unit = 0;
    return unit_add(c, &entry, &unit);
}

static enum err run_add(struct command_run *r)
{
    enum err err = db_write(r->db, r->c, add, r);
    if (err == OK)
        printf("Đã thêm đơn vị %s\n", config_get(r->config, "--unit"));
    return err;
}

static enum err list(struct ctx *c, void *arg)
{
    (void)arg;
    const struct rows *tree = unit_tree_at(c, 0, day_of_moment(c->now));
    for (int i = 0; i < tree->count; i++)
        printf("%s\t%s\t%s\t%*s%s\n", cell(tree, i, "code"), cell(tree, i, "kind"), cell(tree, i, "symbol"),
               (int)cell_int(tree, i, "depth") * 2, "", cell(tree, i, "name"));
    return c->err;
}

static enum err run_list(struct command_run *r)
{
    return db_read(r->db, r->c, list, NULL);
}

const struct command unit_commands[] = {
    { "unit list", "", "liệt kê đơn vị theo cây: mã, loại, ký hiệu, tên", true, run_list },
    { "unit add", "--unit MÃ --kind LOẠI --name TÊN [--symbol KÝ_HIỆU] [--parent MÃ_CẤP_TRÊN]",
      "thêm một đơn vị; không có --parent thì đứng ở gốc của cây", true, run_add },
    { 0 },
};
