/* What the stages of plan_read share; nobody else includes this. */
#pragma once
#include "modules/plan/plan_read.h"
#include "platform/viet/viet_repair.h"

enum plan_mark {
    MARK_NONE, MARK_PART, MARK_UPPER, MARK_ROMAN, MARK_NUMBER, MARK_NUMBER2, MARK_NUMBER3, MARK_LETTER, MARK_PAREN,
    MARK_CLOSED, MARK_DASH, MARK_PLUS, MARK_DOT,
};

enum plan_label {
    LABEL_NONE, LABEL_LEAD, LABEL_PARTNER, LABEL_BOTH, LABEL_TIME, LABEL_FREQUENCY, LABEL_PRODUCT, LABEL_BUDGET,
    LABEL_DOES,   /* "Thực hiện": leads when a unit follows */
    LABEL_OTHER,  /* a label without meaning for us: Ghi chú, Địa điểm */
    LABEL_TITLE,  /* of a table's column */
    LABEL_NUMBER, /* of a table's column */
};

/* ZONE_COVER: the articles of a decision that carries the plan. */
enum plan_zone { ZONE_HEAD, ZONE_BODY, ZONE_FOOT, ZONE_ANNEX, ZONE_COVER };

/* What an item's heading, or one above it, says of the items below. */
enum plan_about { ABOUT_PURPOSE = 1, ABOUT_WORK = 2, ABOUT_ORGANISING = 4, ABOUT_BASES = 8 };

/* A paragraph of the document in its place of the outline. */
struct plan_item {
    enum plan_mark mark;
    const char *no;    /* "IV", "4.1", "a"; NULL for bullets and plain paragraphs */
    const char *text;  /* behind the mark */
    const char *loose; /* fold_loose of text */
    const struct block *block;  /* NULL: none */
    const struct block *table;  /* a table with columns; then text is "" */
    struct plan_place place;
    enum plan_zone zone;
    int cell;          /* of a layout table: column + 1, else 0 */
    int parent;        /* index, -1: top */
    int nth;           /* among bullets of its parent, from 1 */
    const char *path;  /* "IV.1", "III.2#3" */
    /* labels found in it */
    struct plan_labelled *labels;
    size_t label_count;
    const char *head;  /* the text before its first label; whole text when there is none */
    int owner;         /* the item its labels speak of; -1 none */
    bool used;         /* its text was taken as a value of a label above */
    unsigned about;    /* enum plan_about: of its own heading and those above it */
};

struct plan_labelled {
    enum plan_label label;
    const char *name;  /* as written */
    const char *value;
    bool completes;    /* "Thời gian hoàn thành" */
};

struct plan_reader {
    struct ctx *c;
    struct arena *a;
    const struct document *doc;
    struct plan_reading *out;
    struct plan_item *items;
    size_t count, capacity;
    bool damaged;
    struct plan_mending *mending; /* plan_mend.c */
    int title_end;        /* item behind the title's last; 0: no title was found above the body */
    int title_line;       /* item "KẾ HOẠCH"; -1: none */
    size_t letterhead;    /* items before it: agencies, number, date */
    bool decision;        /* a decision issues the plan: its number and date are the plan's */
    size_t articles;      /* of a decision: item "Điều 1" */
    size_t signed_at;     /* item of the signer's name + 1; 0: none */
};

/* plan_mend.c */
/* Judges the document, and where it is damaged r->doc becomes a copy with its wording repaired. */
void plan_mend(struct plan_reader *r, const struct plan_knowledge *known);
/* After all fields were read: what stood in the document where the wording differs, and how sure the repair is. */
void plan_note_originals(struct plan_reader *r);
extern const char *const plan_terms[]; /* ends with NULL */
extern const struct plan_lesson plan_misread[]; /* ends with a lesson without words */

/* plan_read_learned.c */
/* The label that every stage knows for "leads", "partners", "time", "products", "budget"; NULL: no such field. */
const char *plan_usual_label(const char *field);
/* A learned label word in its place as the usual one. in_cell: of a table, where it may stand without a colon. */
const char *plan_relabel(struct arena *a, const struct plan_knowledge *known, const char *text, bool in_cell);
void plan_read_learned_times(struct plan_reader *r, const struct plan_knowledge *known);
void plan_teach(struct viet_repairer *repairer, const struct plan_knowledge *known);

/* plan_read_zone.c */
void plan_set_zones(struct plan_reader *r);
bool plan_opens_annex(const struct plan_reader *r, const struct plan_item *item);

/* plan_read_outline.c */
void plan_collect_items(struct plan_reader *r);
void plan_build_outline(struct plan_reader *r);
void plan_list_sections(struct plan_reader *r);
bool plan_top_level(enum plan_mark mark);
/* The item's path; of the only paragraph under a heading, the heading's. */
const char *plan_path_of(const struct plan_reader *r, size_t i);
/* The highest numbered item above i, or -1. */
int plan_section_of(const struct plan_reader *r, int i);
/* Does the item's heading read like one of the phrases? Phrases end with NULL. */
bool plan_heads(struct plan_reader *r, const struct plan_item *item, const char *const *phrases);

/* plan_read_label.c */
enum plan_label plan_label_of(struct arena *a, const char *phrase, size_t length, bool damaged, bool column);
/* Cuts "… Đơn vị chủ trì: A; thời gian: B." into its labels; *head is what stands before the first. */
size_t plan_cut_labels(struct arena *a, const char *text, bool damaged, const char **head, struct plan_labelled **labels);

/* plan_read_owner.c */
/* Cuts the labels of all items of the body and settles whom they speak of. */
void plan_find_labels(struct plan_reader *r);
bool plan_is_bullet(enum plan_mark mark);
/* May the item name somebody without a label? */
bool plan_may_say(const struct plan_item *item);

/* plan_read_said.c */
/* A sentence that gives work: "Giao A chủ trì, phối hợp với B rà soát …". Texts in the arena. */
struct plan_assignment {
    bool given;          /* "Giao", "Đề nghị" opens it */
    bool leads;          /* "chủ trì", "đầu mối" is said */
    const char *lead;    /* A */
    const char *partner; /* B; NULL none */
    const char *deed;    /* from "chủ trì" on */
    const char *rest;    /* what is to be done: "rà soát …" */
};
bool plan_assignment_of(struct arena *a, const char *text, struct plan_assignment *out);
/* Behind "Giao", "Đề nghị", "do", …; the text itself when it has none of them. */
const char *plan_behind_giver(const char *text);
/* The first deed ("chủ trì", "phối hợp", "rà soát") behind the name that the text begins with; NULL when there is none. */
const char *plan_first_deed(struct arena *a, const char *text, size_t reach);
/* Behind the words, in any order and number, and the commas between them; the list ends with NULL. */
const char *plan_skip_said(const char *text, const char *const *words);
/* "hoàn thành trước 30/6", "trong Quý I": a time and nothing else. */
bool plan_is_time_clause(struct arena *a, const char *text, int year);
bool plan_says_completed(struct arena *a, const char *text);
/* Bytes of the text that the word takes at its start, also where a scan lost its marks; 0: it does not stand there. */
size_t plan_starts_said(const char *text, const char *word);
/* Whom a sentence says the work is done with; NULL when nobody is named. */
const char *plan_partner_said(struct arena *a, const char *text);
/* Cuts who and when off the end of an item's text where it stands in brackets or in a sentence of its own, as
 * plan_cut_labels cuts labels. */
size_t plan_cut_said(struct arena *a, const char *text, int year, const char **head, struct plan_labelled **labels);
/* The time a sentence closes with: "…, hoàn thành trong Quý III/2026"; NULL when it has none. */
const char *plan_time_closing(struct arena *a, const char *sentence, int year, bool *completes);

/* plan_read_tail.c */
/* As plan_cut_said, of a text that ends in who and when: "…: Phòng A chủ trì; Phòng B phối hợp", "…; do Phòng A thực hiện". */
size_t plan_cut_tail(struct arena *a, const char *text, int year, const char **head, struct plan_labelled **labels);

/* plan_read_mark.c: squeezed, and "Quí" (the older spelling) as "Quý". Arena text. */
const char *plan_one_spelling(struct arena *a, const char *text);

/* plan_read_time.c */
struct plan_time plan_time_of(struct arena *a, const char *raw, const char *frequency, int year, bool completes);
/* "01/4/202 6", as a narrow column cut it, is "01/4/2026". */
const char *plan_whole_dates(struct arena *a, const char *text);
/* The condition or day inside a duty's sentence: "(khi có …)", "trước ngày …"; NULL when there is none. */
const char *plan_time_within(struct arena *a, const char *sentence);

/* plan_read_units.c */
void plan_list_add(struct arena *a, struct plan_list *list, const char *text);
void plan_units_add(struct arena *a, struct plan_list *list, const char *text);
/* A sentence that gives roles: "Phòng A chủ trì, các khoa phối hợp". */
void plan_roles_add(struct arena *a, const char *text, struct plan_list *leads, struct plan_list *partners);
bool plan_is_unit(struct arena *a, const char *text);
/* "(chủ trì)" and "- chủ trì" behind a name without their signs; as many bytes as the text has. */
const char *plan_without_signs(struct arena *a, const char *text);
/* Whom a duty is done with: "Phối hợp với X thực hiện …"; NULL when nobody is named. */
const char *plan_partner_within(struct arena *a, const char *duty);
/* A cell of "Chủ trì, phối hợp": where it gives no roles, the first leads and the others help. */
void plan_both_add(struct arena *a, const char *text, struct plan_list *leads, struct plan_list *partners);
/* A cell of partners, which may still say "chủ trì". */
void plan_partners_add(struct arena *a, const char *text, struct plan_list *leads, struct plan_list *partners);
/* Entries of a product cell: parted by lines, bullets and semicolons; commas stay, since "tin, bài" is one product's wording. */
void plan_products_add(struct arena *a, struct plan_list *list, const char *text);

/* plan_read_head.c */
void plan_read_head(struct plan_reader *r);
/* Does the text, as text_key gives it, begin with the word of an agency? */
bool plan_begins_agency(const char *key);
/* A name in capitals as it stands in the running text, or by the words that are written small. */
const char *plan_agency_case(struct plan_reader *r, const char *name);
/* Less on a damaged text. */
double plan_certain(const struct plan_reader *r, double sure);
/* item: NULL, or where it stands. */
void plan_set_text(struct plan_text *to, const char *text, const struct plan_item *item, double sure);
/* "Số: 12/KH-SYT", also with the number left blank. */
bool plan_is_number_line(struct arena *a, const char *text);
bool plan_has_date_words(struct arena *a, const char *text);
/* plan_read_title.c */
/* The whole name of the agency that the opening says issues the plan, if it begins with `name`; else `name`. */
const char *plan_issuer_named(struct plan_reader *r, const char *name);
/* Words get the case they have in the running text, phrase by phrase; the first letter and what is not found stay. */
const char *plan_case_of_text(struct plan_reader *r, const char *title);
void plan_read_title(struct plan_reader *r);
void plan_agency_elsewhere(struct plan_reader *r);
/* The agency's name in a title that was in capitals gets its capitals back. */
void plan_name_in_title(struct plan_reader *r);
void plan_read_year(struct plan_reader *r);
/* plan_read_cited.c */
void plan_read_bases(struct plan_reader *r);
void plan_read_citations(struct plan_reader *r);
/* plan_read_foot.c */
/* "GIÁM ĐỐC", "KT. GIÁM ĐỐC": capitals, short, with the word of a post. */
bool plan_is_position(const struct plan_reader *r, const char *text);
/* Two to seven words, each with a capital, titles like "ThS." aside. */
bool plan_is_person(struct arena *a, const char *text);
void plan_read_foot(struct plan_reader *r);
void plan_read_reports(struct plan_reader *r);

/* plan_read_tasks.c, plan_read_table.c, plan_read_duties.c */
void plan_read_blocks(struct plan_reader *r);
void plan_read_tables(struct plan_reader *r);
/* Tables of goals ("Chỉ tiêu") with leads and times: only for a plan that has no other tasks. */
void plan_read_goals(struct plan_reader *r);
void plan_read_duties(struct plan_reader *r);
bool plan_table_header(struct plan_reader *r, const struct block *table);
struct plan_task *plan_task_add(struct plan_reader *r);
/* Squeezed, without ; . : and brackets left open at its end. */
const char *plan_tidy(struct arena *a, const char *text);
