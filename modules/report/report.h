/*
 * Reports on a period: the legal windows, figures from what is recorded, drafted and edited narrative, locking,
 * and the file by NĐ 30/2020/NĐ-CP.
 */
#pragma once
#include "platform/base/command.h"
#include "platform/base/ctx.h"
#include "platform/db/db.h"
#include "platform/doc/doc.h"
#include "platform/web/web.h"

struct report_period {
    const char *code;       /* "2026-Q1" */
    int year;
    const char *name;       /* "Quý I năm 2026", "Năm 2026" */
    const char *small_name; /* inside a sentence: "quý I năm 2026" */
    int64_t from_day, to_day; /* window; to_day is the cut-off (chốt số liệu) */
    const char *next_code;  /* the period after it */
    const char *basis;      /* legal */
};

/* Codes of the four periods in order of the year, without it: Q1 H1 Q3 Y. Ends with NULL. */
extern const char *const report_period_codes[];

/* INVALID ("period"): no such form, or no rule holds then. NĐ 09/2019/NĐ-CP Điều 12, Công văn 581/BNV-CCHC. */
enum err report_period_parse(struct ctx *c, const char *code, struct report_period *period);
/* Day by which the unit sends the period's report up, rolled to a working day. */
int64_t report_send_day(struct ctx *c, int64_t unit, const struct report_period *period);

/* A new rule of a period, for cut-offs from from_day on. */
struct report_rule {
    const char *period;       /* a code of report_period_codes */
    const char *start, *end;  /* "15/12", "14/3": day and month; end is the cut-off */
    bool year_before;         /* the period starts in the year before the report's */
    int64_t from_day;
    const char *basis;        /* legal; required */
};
/* INVALID ("period", "start", "end", "valid_from", "basis"). from_day is after today, and no locked report comes to
 * lie under the new rule, so that past periods keep their days. */
enum err report_rule_add(struct ctx *c, const struct report_rule *rule);

/* A new sending day of a kind of unit; unit_kind "": all kinds without a row of their own. */
struct report_sending {
    const char *unit_kind;
    int64_t mday;             /* of the cut-off's month, after the cut-off, at most 28 */
    int64_t from_day;
    const char *basis;
};
/* INVALID ("unit_kind", "mday", "send_from", "send_basis"). */
/* FORBIDDEN, of both: there is an administrator above c->person (person_require_chief): the rules hold for everybody. */
enum err report_sending_add(struct ctx *c, const struct report_sending *sending);

/* Occurrences of the window; strict ones and those of continuous tasks apart. */
struct report_totals {
    int64_t tasks, units;
    int64_t planned, done, late, waiting, missed, ahead; /* planned is their sum */
    int64_t steady, steady_done;                         /* check-ins of continuous tasks */
    int64_t carried, carried_done;                       /* due before the window and not sent before it */
    int64_t early;                                       /* due after the window, done in it */
    int64_t evidence;
};

struct report_part {
    const char *code;
    const char *text;   /* paragraphs, one a line; lines "- …" are items */
    const char *marked; /* the same with its figures marked, see report_plain */
    bool edited;        /* written by a person; else drafted from the figures */
    int64_t version;    /* of the edit; 0: none yet */
};
enum { REPORT_PARTS = 7, REPORT_PART_LONGEST = 20000 }; /* characters */

struct report {
    int64_t id;         /* 0: nothing saved yet */
    int64_t unit;
    bool locked;
    int64_t locked_at;
    const char *locked_by;
    const char *code;                                  /* of the unit */
    const char *name, *short_name, *symbol, *parent;   /* valid at the cut-off; parent NULL: none */
    const char *place;                                 /* before the date; "" none */
    struct report_period period;
    const char *signer_prefix, *signer_title, *signer_name; /* the unit's leader now; prefix and name may be NULL */
    const char *const *recipients;                          /* ends with NULL */
    int64_t send_day;
    struct report_totals totals;
    int64_t plan_id, plan_version; /* the plan it answers, as it was at the cut-off, or when it was locked; 0: none */
    const char *plan_words;        /* "Kế hoạch số 112/KH-TTYTSH ngày 15/01/2026 (đã điều chỉnh lần 1 …)"; NULL: none */
    struct rows *plan;  /* sql_report_plan; none once locked: the text holds it */
    struct rows *tasks, *figures, *evidence, *next;    /* columns: sql_report_tasks …; figures: see report_figures.c */
    struct report_part parts[REPORT_PARTS];
};

/* The report as it stands, or as it was locked. NOT_FOUND: no such unit, or not within c->person's reach
 * (a command, c->person 0, reaches all). */
enum err report_load(struct ctx *c, int64_t unit, const char *period, struct report **report);

/* Keeps a person's wording of one part; "" goes back to the drafted one. INVALID ("text"): too long.
 * CONFLICT: locked, or somebody else changed it since `version`. */
enum err report_part_save(struct ctx *c, int64_t unit, const char *period, const char *part, const char *text, int64_t version);

/* Freezes figures, lists and texts. INVALID: before the cut-off. CONFLICT: locked before. FORBIDDEN: neither leader nor coordinator. */
enum err report_lock(struct ctx *c, int64_t unit, const char *period);
/* Opens it again; FORBIDDEN unless leader. CONFLICT: it is not locked. */
enum err report_unlock(struct ctx *c, int64_t unit, const char *period);

/* The official document of a loaded report; INVALID when the unit's data is not enough. Arena. */
struct document *report_document(struct ctx *c, const struct report *report);

/* The same figures and lists as a spreadsheet: sheets Tổng hợp, Nhiệm vụ, Số liệu, Minh chứng. Arena. */
enum err report_sheets(struct ctx *c, const struct report *report, const void **bytes, size_t *size);

/* The kinds of file; ends with { 0 }. */
struct report_format {
    const char *ending; /* "docx" */
    const char *name;   /* on the page */
    const char *type;   /* MIME */
    enum err (*write)(struct ctx *c, const struct report *report, const void **bytes, size_t *size);
};
extern const struct report_format report_formats[];
/* By ending, or by the ending of a file's name; NULL: none. */
const struct report_format *report_format_of(const char *name);

/* What it is about, as its title says: "Kết quả công tác … quý I năm 2026". Arena text. */
const char *report_subject(struct arena *a, const struct report *report);
/* As citations write a day (NĐ 30/2020): "02/9/2026", "15/02/2026". Arena text. */
const char *report_day(struct arena *a, int64_t when);
/* Counts as official papers write them: "05", "12", "1.204". Arena text. */
const char *report_count(struct arena *a, int64_t n);
/* Part of a whole in percent with one decimal: "75,0%"; "" when the whole is 0. */
const char *report_percent(struct arena *a, int64_t part, int64_t whole);

/* ---- inside the module ---- */
/* Drafts all parts from the figures; needs everything else of the report. */
void report_draft(struct ctx *c, struct report *r);
void report_set_part(struct ctx *c, struct report *r, int part, const char *marked);
/* Marks of a figure in a drafted text: OPEN anchor TEXT figure CLOSE; private characters that no text holds. */
#define REPORT_MARK_OPEN "\xee\x80\x80"
#define REPORT_MARK_TEXT "\xee\x80\x81"
#define REPORT_MARK_CLOSE "\xee\x80\x82"
/* Without the marks. Arena text. */
char *report_plain(struct arena *a, const char *marked);
#define REPORT_AREAS_TITLE "Kết quả theo lĩnh vực cải cách hành chính"
#define REPORT_AREAS_HEADING "3. " REPORT_AREAS_TITLE
/* Planned and done by field of reform, only fields with tasks: columns place, name, tasks, due, done, percent, task (the first one). */
struct rows *report_areas(struct arena *a, const struct rows *tasks);
/* "02 hoàn thành đúng hạn; 01 quá hạn" of one row of the tasks. */
const char *report_outcome(struct arena *a, const struct rows *tasks, int row);
/* Figures by product and channel from the tasks' rows: columns name, made, tasks, task (one of them). */
struct rows *report_figures(struct arena *a, const struct rows *tasks);
/* Handlers of /quan-tri/ky-bao-cao. */
enum err report_rule_show(struct request *r);
enum err report_rule_period(struct request *r);
enum err report_rule_sending(struct request *r);
struct report_heading {
    const char *code;
    const char *section; /* "II. KẾT QUẢ THỰC HIỆN" above it; NULL: the same as before, or none */
    const char *heading; /* NULL: none */
    const char *label;   /* in lists of parts */
};
extern const struct report_heading report_outline[REPORT_PARTS];

extern const struct route report_routes[];
extern const struct command report_commands[];
