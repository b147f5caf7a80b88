/* A task table on its way from cells to tasks: the grid, what its columns hold, its rows. Only for plan_read_table*. */
#pragma once
#include "modules/plan/plan_parts.h"

enum { TABLE_COLUMNS_MOST = 32 };

/* A table opened out: the cell that covers each place, merged ones in all of theirs. */
struct plan_grid {
    const struct block *table;
    int rows, columns;
    const struct cell_box **cells; /* rows * columns; NULL: none */
    const char **texts;            /* of the same places, lines parted by "\n"; never NULL */
    bool merged;                   /* a cell covers several rows: the file tells what is merged, so a blank is blank */
};

struct plan_grid plan_grid_of(struct arena *a, const struct block *table);
const struct cell_box *plan_grid_cell(const struct plan_grid *g, int row, int column);
const char *plan_grid_text(const struct plan_grid *g, int row, int column);

enum plan_role {
    ROLE_NONE, ROLE_NUMBER, ROLE_TITLE, ROLE_GROUP,
    ROLE_GOAL,          /* "Mục tiêu", "Chỉ tiêu": stands above the tasks, or beside them */
    ROLE_TITLE_PRODUCT, /* "Hoạt động/sản phẩm": either, as the other columns leave it */
    ROLE_LEAD, ROLE_PERSON, /* "Người thực hiện": leads where no unit does */
    ROLE_LEADER,            /* "Lãnh đạo phụ trách" */
    ROLE_UNIT,              /* "Đơn vị", and nothing more */
    ROLE_PARTNER, ROLE_BOTH, ROLE_TIME, ROLE_START, ROLE_END,
    ROLE_MARKED,            /* "Quý I", "Tháng 3": crossed when the task is due then */
    ROLE_FREQUENCY, ROLE_PRODUCT, ROLE_BUDGET, ROLE_MEASURE, ROLE_MONEY, ROLE_CONTACT, ROLE_OTHER,
};

/* plan_read_table_words.c: what a header's text names; key: its text_key. Damaged texts are told by likeness. */
enum plan_role plan_role_of(struct arena *a, const char *text, const char *key, bool damaged);
/* Whole words of a key. */
bool plan_words_in(const char *key, const char *phrase);
/* "Năm 2026", "2026" */
bool plan_names_year(const char *key);

struct plan_columns {
    int count;
    enum plan_role of[TABLE_COLUMNS_MOST];
    bool completes[TABLE_COLUMNS_MOST];       /* "Thời gian hoàn thành" */
    const char *name[TABLE_COLUMNS_MOST];     /* as in the header's last row; "" none */
    const char *key[TABLE_COLUMNS_MOST];      /* text_key of name */
    const char *above_key[TABLE_COLUMNS_MOST]; /* of the merged cell above it; same as key where there is none */
    bool weak; /* its tasks are goals: used only where the plan has no other table */
};

/* Finds the header among the first rows: one to three rows, with merged cells. Returns the first row behind it; 0: this is
 * no table of tasks (figures, money, people, an hour-by-hour agenda). */
int plan_find_columns(struct arena *a, const struct plan_grid *g, bool damaged, struct plan_columns *c);
/* As plan_find_columns, only at this row. Returns the rows of the header, 0: none begins here. */
int plan_columns_at(struct arena *a, const struct plan_grid *g, int row, bool damaged, struct plan_columns *c);
/* plan_read_table_words.c: "STT", "TT", "Số TT": the cell that opens a header. */
bool plan_number_header(const char *key);
bool plan_has_role(const struct plan_columns *c, enum plan_role role);

enum plan_rank {
    RANK_PART, RANK_UPPER, RANK_ROMAN, RANK_BANNER, RANK_NUMBER, RANK_NUMBER2, RANK_NUMBER3, RANK_LETTER, RANK_BULLET, RANK_NONE,
};

/* A row as its cells stand, before their words are read: rows cut by a page break are joined in this form. */
struct plan_row {
    const struct plan_item *item; /* of its table */
    const char *texts[TABLE_COLUMNS_MOST];
    const struct cell_box *cells[TABLE_COLUMNS_MOST];
    bool began_above[TABLE_COLUMNS_MOST]; /* a merged cell of an earlier row */
    const char *no;                       /* "4.1", "II", "a"; NULL none */
    const char *title;                    /* without its mark; "" none */
    enum plan_rank rank;
    bool banner;                          /* one text over the whole width */
    bool capitals;
    bool blanks_say_above;                /* the source does not tell what is merged */
    bool first_of_page;
    int filled;                           /* columns of leads, times and the like with a text */
};

void plan_row_read(struct arena *a, const struct plan_item *item, const struct plan_grid *g, int row, const struct plan_columns *c,
                   struct plan_row *out);
/* Tells number, title and rank anew from the row's texts. banner: the lone text of the row, NULL none. */
void plan_row_settle(struct arena *a, const struct plan_columns *c, const char *banner, struct plan_row *out);
/* The rest of a row that a page break cut, or that shares the cell of the task. */
bool plan_row_goes_on(const struct plan_row *row, const struct plan_row *before, const struct plan_columns *c);
/* Gives the texts of a row with cells missing at its end the columns that they suit; above: the row before it. */
void plan_row_realign(struct plan_reader *r, struct plan_row *row, const struct plan_row *above, const struct plan_columns *c);
void plan_row_join(struct arena *a, struct plan_row *to, const struct plan_row *more, const struct plan_columns *c);

/* What the cells of a row say. */
struct plan_row_read {
    struct plan_task task;
    const char *frequency;
    bool completes;
    unsigned ditto;   /* bits 1 << enum plan_field: "nt", "như trên" */
    unsigned nothing; /* likewise: "-", "Không" */
};
void plan_row_fields(struct plan_reader *r, const struct plan_row *row, const struct plan_columns *c, struct plan_row_read *out);
/* Its leads, times and products stand in cells that also cover the next row. */
bool plan_row_shares(const struct plan_row *row, const struct plan_row *next, const struct plan_columns *c);

/* ---- a whole table ---- */

enum { TABLE_RANKS = RANK_NONE + 1 };

struct plan_table_group {
    const char *title, *no;
};

/* One table of the plan, which may go on over several tables of the file. */
struct plan_table {
    struct plan_reader *r;
    struct plan_columns columns;
    bool open;
    const char *prefix; /* "PL", "PL2", "III" */
    int parent;         /* item of that section */
    const char *heading; /* of the section it stands in; NULL none */
    struct plan_row *rows;
    size_t count, capacity;
    bool numbered;      /* tasks carry numbers */
    /* while rows become tasks */
    struct plan_table_group groups[TABLE_RANKS];
    const char *column_group;
    const char *scope;  /* ".II": in front of numbers that begin anew in each group */
    bool scope_open;    /* a group just began; its first number tells */
    int group_nth, last_top, nth_below, nth_same;
    const char *last_path, *last_no;
    struct plan_row_read above; /* the last task, for blank cells below it */
    const char *above_no;
    bool any;
};

/* Makes tasks of its rows and leaves it empty for the next table. */
void plan_table_finish(struct plan_table *t);
