/* The layout of an official document by NĐ 30/2020/NĐ-CP, Phụ lục I: the one way every exported paper is made. */
#pragma once
#include "platform/doc/doc.h"

/*
 * What an official document says; texts are borrowed until it is written. Names may be in any case: the layout puts
 * them in capitals where the decree wants that.
 */
struct official_document {
    const char *parent_agency; /* "Sở Y tế tỉnh Hương Giang"; NULL: the agency has none above it */
    const char *agency;        /* "Trung tâm Y tế Sông Hương" */
    const char *number;        /* "85"; NULL: left blank for văn thư to fill */
    const char *symbol;        /* "BC-TTYTSH"; NULL: left blank */
    const char *place;         /* "Phú Lương"; NULL: only the date */
    int64_t day;               /* of issue, or about when */
    bool dated;                /* false: the day is left blank, month and year stand */
    const char *kind;          /* "Báo cáo"; NULL: a công văn, whose subject stands under the number as "V/v …" */
    const char *subject;
    const char *const *addressees; /* "Kính gửi"; NULL-terminated, or NULL */
    const char *const *bases;      /* "Căn cứ …", without the sign at the end; NULL-terminated, or NULL */
    const struct block *body;      /* made with document_body below, or any blocks */
    size_t body_count;
    const struct block *annex;     /* after the signature, each from a new page (body_annex) */
    size_t annex_count;
    const char *const *recipients; /* "Nơi nhận", without dash and sign at the end; NULL-terminated, or NULL */
    bool draft;                /* "DỰ THẢO" across each page, until it is final */
    const char *signer_prefix;     /* "KT. Giám đốc"; NULL: the head signs */
    const char *signer_title;      /* "Giám đốc" */
    const char *signer_name;       /* NULL: left blank */
};

/* Sizes of the components in points and their legal place; what an exported document must show. */
struct layout_rule {
    const char *component;
    double size;
    const char *basis;
};
extern const struct layout_rule document_layout_rules[]; /* ends with { 0 } */

/* The whole document: header table, body, signature and recipients. Arena; texts are NFC. */
struct document *document_layout(struct arena *a, const struct official_document *o);

/* ---- body blocks in the document's own look; start with { .arena = a } ---- */
struct document_body {
    struct arena *arena;
    struct block *blocks;
    size_t count, capacity;
};
/* Justified, first line indented. Arena or literal text, kept by pointer. */
void body_paragraph(struct document_body *b, const char *text);
/* level 0: "I. …", bold; level 1: "1. …", bold; level 2: bold italic. Stays with what follows. */
void body_heading(struct document_body *b, int level, const char *text);
/* Starts an annex on a new page: "Phụ lục I" and its title, centred (Phụ lục I, II.12). */
void body_annex(struct document_body *b, const char *number, const char *title);
/*
 * A bordered table of rows x columns texts in order of row; row 0 is the header and repeats on each page.
 * widths: relative; aligns: one enum align per column, header cells are centred.
 */
void body_table(struct document_body *b, int rows, int columns, const char *const *texts, const double *widths,
                const enum align *aligns);
