/* The written form of official documents (NĐ 30/2020/NĐ-CP): kinds, numbers, dates and citations in running text. */
#pragma once
#include "platform/base/arena.h"
#include <stdbool.h>
#include <stdint.h>

/* A kind of document. The first DOCUMENT_KINDS_OF_DECREE are the 29 kinds of NĐ 30/2020/NĐ-CP, Phụ lục III. */
struct document_kind {
    const char *name;   /* "Kế hoạch" */
    const char *symbol; /* "KH"; NULL: its number carries none (công văn, thư công) */
    const char *key;    /* text_key of the name */
};
enum { DOCUMENT_KINDS_OF_DECREE = 29 };
extern const struct document_kind document_kinds[]; /* ends with { 0 } */

/* By name, without regard to marks and case; by symbol, exactly. NULL when there is none. */
const struct document_kind *document_kind_named(struct arena *a, const char *name);
const struct document_kind *document_kind_of(const char *symbol);

/* The issuer that an organ's code means everywhere: "TTg" is "Thủ tướng Chính phủ". NULL when the code is local (SYT, UBND). */
const char *document_issuer_of(const char *code);

struct document_date {
    int year, month, day;
    int64_t when; /* days, see platform/base/clock.h */
    bool typo;    /* "14/6//2021", a year of two digits */
};

/*
 * A whole date at the start of the text: 30/8/2025, 30-8-2025, 08/ 12/2021, "30 tháng 12 năm 2020", each with or
 * without "ngày". False when there is none or it is no real day. *end: behind it.
 */
bool document_date_read(const char *text, struct document_date *date, const char **end);

/*
 * FORM_STATE   695/KH-SYT: administrative          FORM_NORM    61/2018/NĐ-CP, 91/2025/QH15: regulatory, carries its year
 * FORM_LETTER  3791/VPCP-KSTT: công văn            FORM_PARTY   34-CT/TU: the hyphen stands before the slash
 */
enum document_form { FORM_STATE, FORM_NORM, FORM_LETTER, FORM_PARTY };

struct document_number {
    const char *text; /* canonical: no spaces, "-" for every dash, Đ restored: "93/NQ-HĐND" */
    enum document_form form;
    int64_t serial;
    int year;           /* norms; else 0 */
    const char *symbol; /* "KH"; NULL in letters */
    const char *organ;  /* "SYT"; NULL when there is none */
    bool repaired;      /* letters or spaces were mended */
};

/* A number at the start of the text. after_word: "số" stands before it, so spaces inside its digits are forgiven. */
bool document_number_read(struct arena *a, const char *text, bool after_word, struct document_number *number,
                          const char **end);

struct citation {
    const struct document_kind *kind; /* NULL unknown */
    struct document_number number;    /* text NULL: none (a law by its year or date, a nickname) */
    bool has_date;
    struct document_date date;
    int year;             /* of a law named by its year; else 0 */
    const char *title;    /* of a law or a nickname; else NULL */
    const char *issuer;   /* as written; NULL unknown */
    bool issuer_shared;   /* taken from a neighbour, an earlier mention or the code, not written at this place */
    bool nickname;        /* "Đề án 06": names a document without giving its number */
    double confidence;    /* 0..1 */
    size_t from, to;      /* bytes of the text: kind word to end of date or issuer */
    size_t number_at;     /* byte where the number starts; `from` when there is none */
};

enum { CITATIONS_MOST = 2000 }; /* of one text; what follows is left out */

/*
 * Every citation of a text, in order. Text may be damaged by OCR: kinds and "số" are matched loosely.
 * *list in the arena; texts of citations too.
 */
size_t document_citations(struct arena *a, const char *text, struct citation **list);
