/* sauro report write. */
#include "modules/report/report.h"
#include "modules/unit/unit.h"
#include "platform/base/text.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

struct job {
    const char *unit, *period;
    const struct report_format *format;
    const void *bytes;
    size_t size;
};

static enum err make(struct ctx *c, void *arg)
{
    struct job *job = arg;
    struct report *report = NULL;
    int64_t unit = unit_by_code(c, job->unit);
    if (unit == 0)
        return fail(c, NOT_FOUND, "Không có đơn vị nào mang mã này. Xem mã ở trang Đơn vị.", "no unit of that code");
    if (report_load(c, unit, job->period, &report) != OK)
        return c->err;
    return job->format->write(c, report, &job->bytes, &job->size);
}

static enum err save(struct ctx *c, const char *path, const struct job *job)
{
    FILE *file = fopen(path, "wb");
    bool good = file != NULL && fwrite(job->bytes, 1, job->size, file) == job->size;
    if (file != NULL)
        good = fclose(file) == 0 && good;
    if (!good)
        return fail(c, BROKEN, "Không ghi được tệp. Kiểm tra đường dẫn và quyền ghi.", "write: %s", strerror(errno));
    printf("%s\n", path);
    return c->err;
}

static enum err run_write(struct command_run *r)
{
    struct job job = { .unit = config_get(r->config, "--unit"), .period = config_get(r->config, "--period") };
    const char *out = config_get(r->config, "--out");
    if (job.unit == NULL || job.period == NULL || out == NULL)
        return fail(r->c, INVALID, "Cần đủ --unit MÃ, --period KỲ (ví dụ 2026-Q1) và --out TỆP (.docx, .pdf hoặc .xlsx).", "flags missing");
    job.format = strchr(out, '.') != NULL ? report_format_of(out) : NULL;
    if (job.format == NULL)
        return fail(r->c, INVALID, "Tên tệp sau --out phải kết thúc bằng .docx, .pdf hoặc .xlsx.", "format of --out");
    if (db_read(r->db, r->c, make, &job) != OK)
        return r->c->err;
    return save(r->c, out, &job);
}

const struct command report_commands[] = {
    { "report write", "--unit MÃ --period 2026-Q1 --out TỆP", "Viết báo cáo của một kỳ ra tệp .docx, .pdf hoặc .xlsx.", true, run_write },
    { 0 },
};
