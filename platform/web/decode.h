/* Incremental decoders of form bodies: bytes in, events out. They know neither HTTP nor files, so fuzzers call them. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

enum { DECODE_NAME_MOST = 255, DECODE_HEADERS_MOST = 4096, DECODE_BOUNDARY_MOST = 70 };

/* What a body holds, in order: begin, data any number of times, end. False from one stops the decoder. */
struct decode_events {
    /* A field or, when file_name is not NULL, a file ("" when none was chosen). The texts live until the call returns. */
    bool (*begin)(void *arg, const char *name, const char *file_name);
    bool (*data)(void *arg, const char *bytes, size_t size);
    bool (*end)(void *arg);
    void *arg;
};

/* MALFORMED: no form of that kind. STOPPED: an event said so. Either stays. */
enum decode_state { DECODE_GOOD, DECODE_MALFORMED, DECODE_STOPPED };

/* ---- application/x-www-form-urlencoded ---- */
struct form_decoder {
    const struct decode_events *events;
    enum decode_state state;
    bool in_value;
    int escape; /* digits still missing of %XX */
    unsigned char high;
    size_t name_length;
    char name[DECODE_NAME_MOST + 1];
};
void form_decoder_start(struct form_decoder *d, const struct decode_events *events);
enum decode_state form_decoder_feed(struct form_decoder *d, const char *bytes, size_t size);
enum decode_state form_decoder_end(struct form_decoder *d);

/* ---- multipart/form-data ---- */
enum multipart_place { PART_PREAMBLE, PART_BODY, PART_AFTER_BOUNDARY, PART_HEADERS, PART_EPILOGUE };
struct multipart_decoder {
    const struct decode_events *events;
    enum decode_state state;
    enum multipart_place place;
    size_t matched; /* bytes of `delimiter` just seen and not yet given out */
    size_t delimiter_length;
    char delimiter[DECODE_BOUNDARY_MOST + 5]; /* CR LF -- boundary */
    size_t line_length;
    char line[DECODE_HEADERS_MOST + 1]; /* headers of the part */
};
/* content_type: the header's value. False when it is not multipart/form-data with a usable boundary. */
bool multipart_decoder_start(struct multipart_decoder *d, const char *content_type, const struct decode_events *events);
enum decode_state multipart_decoder_feed(struct multipart_decoder *d, const char *bytes, size_t size);
enum decode_state multipart_decoder_end(struct multipart_decoder *d);

/* Value of a hexadecimal digit, -1 when it is none. */
int decode_hex(char digit);
