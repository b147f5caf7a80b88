#include "platform/web/decode.h"
#include "tests/test.h"
#include <stdlib.h>

/* Writes down what a decoder says: name=value; name[file]=bytes; */
static bool note_begin(void *arg, const char *name, const char *file_name)
{
    buffer_add(arg, name);
    if (file_name != NULL)
        buffer_printf(arg, "[%s]", file_name);
    buffer_add(arg, "=");
    return true;
}

static bool note_data(void *arg, const char *bytes, size_t size)
{
    buffer_add_n(arg, bytes, size);
    return true;
}

static bool note_end(void *arg)
{
    buffer_add(arg, ";");
    return true;
}

/* In pieces of `step` bytes; "MALFORMED" when it is. */
static const char *decoded(const char *boundary, const char *body, size_t step)
{
    struct arena *a = test_ctx()->arena;
    struct buffer out = { .arena = a };
    const struct decode_events events = { note_begin, note_data, note_end, &out };
    struct multipart_decoder m;
    struct form_decoder f;
    buffer_add(&out, "");
    if (boundary == NULL)
        form_decoder_start(&f, &events);
    else
        CHECK(multipart_decoder_start(&m, arena_printf(a, "multipart/form-data; boundary=%s", boundary), &events));
    size_t length = strlen(body);
    for (size_t at = 0; at < length; at += step) {
        size_t piece = length - at < step ? length - at : step;
        char *copy = malloc(piece); /* so that a read beyond it is found */
        memcpy(copy, body + at, piece);
        if (boundary == NULL)
            form_decoder_feed(&f, copy, piece);
        else
            multipart_decoder_feed(&m, copy, piece);
        free(copy);
    }
    enum decode_state state = boundary == NULL ? form_decoder_end(&f) : multipart_decoder_end(&m);
    return state == DECODE_GOOD ? out.text : "MALFORMED";
}

static void check_in_all_pieces(const char *boundary, const char *body, const char *wanted)
{
    for (size_t step = 1; step < 12; step++)
        CHECK_TEXT(decoded(boundary, body, step), wanted);
    CHECK_TEXT(decoded(boundary, body, 1000), wanted);
}

TEST_PLAIN(urlencoded_forms_are_decoded_in_pieces_of_any_size)
{
    check_in_all_pieces(NULL, "", "");
    check_in_all_pieces(NULL, "a=1&b=x+y&c=%C3%A1%26&&d&e=", "a=1;b=x y;c=á&;d=;e=;");
    check_in_all_pieces(NULL, "a=1=2", "a=1=2;");
    check_in_all_pieces(NULL, "%61%3D=1", "a==1;");
    check_in_all_pieces(NULL, "a=%4", "MALFORMED");
    check_in_all_pieces(NULL, "a=%zz", "MALFORMED");
    check_in_all_pieces(NULL, "a%00=1", "MALFORMED");
}

#define PART "--B\r\nContent-Disposition: form-data; name="
TEST_PLAIN(multipart_forms_are_decoded_in_pieces_of_any_size)
{
    check_in_all_pieces("B", PART "\"a\"\r\n\r\n1\r\n--B--\r\n", "a=1;");
    check_in_all_pieces("\"B\"; charset=utf-8", PART "a\r\n\r\n\r\n--B--", "a=;");
    check_in_all_pieces("B", "before\r\n" PART "\"a\"\r\n\r\n1\r\n" PART "\"b\"\r\n\r\n2\r\n--B--after", "a=1;b=2;");
    check_in_all_pieces("B", PART "\"t\"; filename=\"k%22.pdf\"\r\nContent-Type: x/y\r\n\r\n\r\n--\r\n-B\r\r\n--A\r\n--B--",
                        "t[k\".pdf]=\r\n--\r\n-B\r\r\n--A;");
    check_in_all_pieces("B", PART "\"t\"; filename=\"\"\r\n\r\n\r\n--B--", "t[]=;");
    check_in_all_pieces("B", PART "\"t\"; filename=\"C:\\a;b.doc\"\r\n\r\nx\r\n--B--", "t[C:\\a;b.doc]=x;");
}

TEST_PLAIN(broken_multipart_is_malformed)
{
    check_in_all_pieces("B", "", "MALFORMED");
    check_in_all_pieces("B", PART "\"a\"\r\n\r\n1\r\n--B", "MALFORMED");
    check_in_all_pieces("B", PART "\"a\r\n\r\n1\r\n--B--", "MALFORMED");
    check_in_all_pieces("B", "--B\r\nX: y\r\n\r\n1\r\n--B--", "MALFORMED");
    check_in_all_pieces("B", "--Bx\r\n", "MALFORMED");
    check_in_all_pieces("B", "--B\r\n\r\n1\r\n--B--", "MALFORMED");
    struct multipart_decoder m;
    CHECK(!multipart_decoder_start(&m, "multipart/form-data", NULL));
    CHECK(!multipart_decoder_start(&m, "multipart/form-data; boundary=", NULL));
    CHECK(!multipart_decoder_start(&m, "multipart/mixed; boundary=x", NULL));
    CHECK(!multipart_decoder_start(&m, "multipart/form-datax; boundary=x", NULL));
}
