/* Reading a document into a plan: what is planned, by whom, until when, and where each statement stands. */
#pragma once
#include "platform/base/ctx.h"
#include "platform/doc/doc.h"

/* Where a field was found. block: index in document.blocks + 1, 0 when the value was concluded, not found. */
struct plan_place {
    int page;         /* from 1; 0: the format has none */
    int64_t from, to; /* source lines or paragraphs, from 1, as platform/doc/doc.h counts them */
    int64_t block;
};

/* sure: 0..1. Below PLAN_DOUBTFUL a person should look. */
#define PLAN_DOUBTFUL 0.75

struct plan_text {
    const char *text; /* NULL: not in the document */
    struct plan_place place;
    double sure;
    const char *original; /* how the document has it, when it was damaged and the text is a repair; else NULL */
};

struct plan_day {
    bool known;
    int64_t day; /* see platform/base/clock.h */
};

struct plan_basis {
    const char *kind;   /* "Kế hoạch" */
    const char *number; /* NULL: a law by its date */
    struct plan_day date;
    const char *issuer; /* NULL unknown */
    struct plan_place place;
    double sure;
};

struct plan_section {
    const char *no, *title;
    bool body; /* running text, not a heading; title is its first words */
    struct plan_place place;
};

enum plan_time_kind { PLAN_CONTINUOUS, PLAN_FREQUENCY, PLAN_DEADLINE, PLAN_PERIOD, PLAN_ON_REQUEST, PLAN_NO_TIME };
enum plan_per { PLAN_PER_NONE, PLAN_PER_WEEK, PLAN_PER_MONTH, PLAN_PER_QUARTER, PLAN_PER_YEAR };

enum { PLAN_MOST_DUE = 11 };

struct plan_time {
    enum plan_time_kind kind;
    int count; /* of a frequency; else 0 */
    enum plan_per per;
    struct plan_day due, start, end;
    int64_t more_due[PLAN_MOST_DUE]; /* further days of a deadline, after `due` */
    int more_count;
};

struct plan_list {
    const char **items;
    size_t count, capacity;
};

enum plan_field { PLAN_TITLE, PLAN_LEADS, PLAN_PARTNERS, PLAN_TIME, PLAN_PRODUCTS, PLAN_BUDGET, PLAN_FIELDS };
extern const char *const plan_field_names[PLAN_FIELDS]; /* as in JSON: "title", "leads", … */

struct plan_task {
    const char *no, *group; /* group: NULL none */
    const char *title;
    struct plan_list leads, partners, products;
    const char *time_raw;
    struct plan_time time;
    const char *budget;
    unsigned inherited; /* bits 1 << enum plan_field: from a merged cell or a block above */
    struct plan_place place;
    struct plan_place places[PLAN_FIELDS];
    double sure[PLAN_FIELDS]; /* 0 for a field the document does not state */
    const char *originals[PLAN_FIELDS]; /* as of plan_text; of lists joined by "; " */
};

struct plan_reading {
    struct plan_text number, agency, parent_agency, title;
    struct plan_text signer_prefix, signer_title, signer_name;
    struct plan_day date;
    struct plan_place date_place;
    double date_sure;
    int year, year_to; /* 0: unknown; year_to only of a period */
    struct plan_basis *bases;
    size_t base_count, base_capacity;
    struct plan_list citations;
    struct plan_section *sections;
    size_t section_count, section_capacity;
    struct plan_task *tasks;
    size_t task_count, task_capacity;
    struct plan_text *recipients;
    size_t recipient_count, recipient_capacity;
    struct plan_list report_deadlines;
    bool damaged; /* most marks are lost: the wording was repaired and must be checked */
    const char *format;
    int pages;
};

/* What an installation knows beside the document; borrowed. */
enum plan_lesson_kind { LESSON_LABEL, LESSON_TIME, LESSON_WORDING };

/* Something people corrected, and that holds from now on. */
struct plan_lesson {
    enum plan_lesson_kind kind;
    const char *seen;  /* a label word, a time, misread words: as a document has them */
    const char *meant; /* the name of a field; a wording of the time that is understood; the right words */
};

struct plan_knowledge {
    const char *const *phrases; /* wording that is likely in this agency's plans: names of its units and of earlier documents */
    size_t phrase_count;
    const struct plan_lesson *lessons;
    size_t lesson_count;
};

/*
 * Reads the document; everything in *out is in c->arena or borrowed from the document.
 * INVALID: it holds no words a plan could be made of (empty, images only); the sentence says what to do.
 * A document that is no plan still gives a reading, with what it has.
 */
enum err plan_read(struct ctx *c, const struct document *doc, struct plan_reading **out);
/* The same with what is known; NULL: nothing. */
enum err plan_read_knowing(struct ctx *c, const struct document *doc, const struct plan_knowledge *known, struct plan_reading **out);

/* The form of plan.schema.json, with "places" beside each confidence; arena text. */
char *plan_reading_json(struct arena *a, const struct plan_reading *reading);

/* Back from that form, also after people edited it. INVALID: it is not of that form. */
enum err plan_reading_from_json(struct ctx *c, const char *json, struct plan_reading **out);
