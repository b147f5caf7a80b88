/* Counting: products by kind and channel, and how official papers write a number. */
#include "modules/report/report.h"
#include "modules/task/task.h"
#include "platform/base/text.h"
#include <inttypes.h>
#include <string.h>

/* Where a product appears, by folded words of its wording; the first that fits wins. */
static const struct { const char *name, *words; } channels[] = {
    { "trên Trang thông tin điện tử", "trang thong tin dien tu|website|cong thong tin|trang web" },
    { "trên báo, đài", "bao chi|phat thanh truyen hinh|dai truyen hinh|truyen hinh" },
    { "trên Zalo", "zalo" },
    { "trên Facebook", "facebook|fanpage" },
    { "trên YouTube, TikTok", "youtube|tiktok" },
    { "qua hệ thống loa", "loa truyen thanh|loa phong thanh|truyen thanh" },
};

const char *report_count(struct arena *a, int64_t n)
{
    const char *digits = arena_printf(a, n < 10 ? "%02" PRId64 : "%" PRId64, n);
    size_t length = strlen(digits);
    struct buffer b = { .arena = a };
    for (size_t i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            buffer_add(&b, ".");
        buffer_add_n(&b, digits + i, 1);
    }
    return b.text;
}

const char *report_percent(struct arena *a, int64_t part, int64_t whole)
{
    if (whole <= 0)
        return "";
    int64_t tenths = (part * 2000 + whole) / (2 * whole); /* rounded half up */
    return arena_printf(a, "%" PRId64 ",%" PRId64 "%%", tenths / 10, tenths % 10);
}

static bool has_words(const char *key, const char *words)
{
    for (; *words != '\0'; words += strcspn(words, "|") + (words[strcspn(words, "|")] == '|'))
        if (memmem(key, strlen(key), words, strcspn(words, "|")) != NULL)
            return true;
    return false;
}

static const char *channel_of(struct arena *a, const struct rows *tasks, int row)
{
    const char *key = text_key(a, arena_printf(a, "%s %s %s", cell(tasks, row, "product"), cell(tasks, row, "title"), cell(tasks, row, "heading")));
    for (size_t i = 0; i < sizeof channels / sizeof channels[0]; i++)
        if (has_words(key, channels[i].words))
            return channels[i].name;
    return NULL;
}

/* Meetings and papers appear on no channel, whatever their wording names. */
static bool can_be_published(const char *kind)
{
    static const char *const kinds[] = { "article", "video", "broadcast", "poster", "leaflet", "photo", "procedure" };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kinds[i], kind) == 0)
            return true;
    return false;
}

static const char *kind_name(const char *code)
{
    if (strcmp(code, "other") == 0)
        return "Sản phẩm khác";
    for (const struct task_kind *k = task_kinds; k->code != NULL; k++)
        if (strcmp(k->code, code) == 0)
            return k->name;
    return NULL;
}

struct figure {
    const char *name;
    int64_t made, tasks, task;
};

struct rows *report_figures(struct arena *a, const struct rows *tasks)
{
    struct figure *list = arena_array(a, (size_t)tasks->count + 1, sizeof *list);
    size_t count = 0;
    for (int i = 0; i < tasks->count; i++) {
        const char *kind = kind_name(cell(tasks, i, "product_kind"));
        int64_t made = cell_int(tasks, i, "made");
        if (kind == NULL || made == 0)
            continue;
        bool published = can_be_published(cell(tasks, i, "product_kind"));
        const char *channel = !published ? NULL : channel_of(a, tasks, i);
        const char *name = channel != NULL ? arena_printf(a, "%s %s", kind, channel) : kind;
        size_t at = 0;
        while (at < count && strcmp(list[at].name, name) != 0)
            at++;
        if (at == count)
            list[count++] = (struct figure){ .name = name, .task = cell_int(tasks, i, "id") };
        list[at].made += made;
        list[at].tasks++;
    }
    static const char *const columns[] = { "name", "made", "made_words", "tasks", "task", NULL };
    struct rows_maker m;
    rows_start(&m, a, columns);
    for (size_t i = 0; i < count; i++)
        rows_add(&m, (const char *[]){ list[i].name, arena_printf(a, "%" PRId64, list[i].made), report_count(a, list[i].made),
                                       arena_printf(a, "%" PRId64, list[i].tasks), arena_printf(a, "%" PRId64, list[i].task) });
    struct rows *out = arena_alloc(a, sizeof *out);
    *out = m.rows;
    return out;
}

/* ---- fields of reform ---- */
struct area {
    const char *name;
    int64_t tasks, due, done, task;
};

static void count_area(struct area *area, const struct rows *tasks, int i)
{
    if (area->tasks++ == 0) {
        area->task = cell_int(tasks, i, "id");
        area->name = cell_int(tasks, i, "area") == 0 ? "Nội dung chung" : cell(tasks, i, "area_name");
    }
    if (cell_int(tasks, i, "strict") == 0)
        return;
    area->due += cell_int(tasks, i, "times");
    area->done += cell_int(tasks, i, "done") + cell_int(tasks, i, "late");
}

struct rows *report_areas(struct arena *a, const struct rows *tasks)
{
    enum { AREAS = 7 }; /* 0: none of the six */
    static const char *const columns[] = { "place", "name", "tasks", "due", "done", "percent", "task", NULL };
    struct area areas[AREAS] = { { 0 } };
    for (int i = 0; i < tasks->count; i++) {
        int64_t area = cell_int(tasks, i, "area");
        count_area(&areas[area > 0 && area < AREAS ? area : 0], tasks, i);
    }
    struct rows_maker m;
    rows_start(&m, a, columns);
    int place = 0;
    for (int step = 1; step <= AREAS; step++) { /* the six first, what belongs to none last */
        const struct area *one = &areas[step % AREAS];
        if (one->tasks == 0)
            continue;
        rows_add(&m, (const char *[]){ arena_printf(a, "%d", ++place), one->name, arena_printf(a, "%" PRId64, one->tasks),
                                       arena_printf(a, "%" PRId64, one->due), arena_printf(a, "%" PRId64, one->done),
                                       report_percent(a, one->done, one->due), arena_printf(a, "%" PRId64, one->task) });
    }
    struct rows *out = arena_alloc(a, sizeof *out);
    *out = m.rows;
    return out;
}

const char *report_outcome(struct arena *a, const struct rows *tasks, int row)
{
    static const struct { const char *column, *words; } outcomes[] = {
        { "done", "hoàn thành đúng hạn" }, { "late", "hoàn thành sau hạn" }, { "waiting", "chờ duyệt" },
        { "missed", "quá hạn" },           { "running", "chưa có kết quả" }, { "ahead", "chưa đến hạn" },
        { "carried", "hoàn thành việc kỳ trước" }, { "early", "hoàn thành trước hạn" },
    };
    struct buffer b = { .arena = a };
    bool steady = cell_int(tasks, row, "strict") == 0;
    for (size_t o = 0; o < sizeof outcomes / sizeof outcomes[0]; o++) {
        int64_t n = cell_int(tasks, row, outcomes[o].column);
        if (n > 0)
            buffer_printf(&b, "%s%s %s", b.length > 0 ? "; " : "", report_count(a, n), steady && o == 0 ? "có kết quả" : outcomes[o].words);
    }
    return b.length > 0 ? b.text : "";
}
