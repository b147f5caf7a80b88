/* Form bodies in pieces of any size: what comes out is the same as for the body in one piece. The first byte chooses
 * the kind (f: urlencoded, m: multipart with the boundary "b", h: the first line is the Content-Type), the second the
 * pieces. */
#include "fuzz/fuzz.h"
#include "platform/web/decode.h"

/* What was told, as one text: the pieces a value comes in leave no trace. */
struct story {
    struct buffer told;
    bool open; /* between begin and end */
};

static bool begin(void *arg, const char *name, const char *file_name)
{
    struct story *s = arg;
    HOLDS(!s->open);
    s->open = true;
    buffer_printf(&s->told, "[%s|%s]", name, file_name == NULL ? "" : file_name);
    return true;
}

static bool data(void *arg, const char *bytes, size_t size)
{
    struct story *s = arg;
    HOLDS(s->open && size > 0);
    buffer_add_n(&s->told, bytes, size);
    return true;
}

static bool end(void *arg)
{
    struct story *s = arg;
    HOLDS(s->open);
    s->open = false;
    buffer_add(&s->told, "[end]");
    return true;
}

struct body {
    const char *type; /* NULL: urlencoded */
    const char *bytes;
    size_t size;
};

/* pieces: 0 gives the body whole; otherwise a seed of their sizes. */
static enum decode_state decode(const struct body *body, uint32_t pieces, struct story *story)
{
    struct decode_events events = { begin, data, end, story };
    struct form_decoder form;
    struct multipart_decoder multipart;
    form_decoder_start(&form, &events);
    if (body->type != NULL && !multipart_decoder_start(&multipart, body->type, &events))
        return DECODE_STOPPED;
    uint32_t random = pieces;
    for (size_t at = 0; at < body->size;) {
        random = random * 1664525 + 1013904223;
        size_t size = pieces == 0 ? body->size : 1 + (random >> 24) % (pieces % 2 == 0 ? 3 : 40);
        size = size < body->size - at ? size : body->size - at;
        char *piece = malloc(size); /* exactly, so that a step beyond it is seen */
        memcpy(piece, body->bytes + at, size);
        if (body->type == NULL)
            form_decoder_feed(&form, piece, size);
        else
            multipart_decoder_feed(&multipart, piece, size);
        free(piece);
        at += size;
    }
    return body->type == NULL ? form_decoder_end(&form) : multipart_decoder_end(&multipart);
}

static struct body body_of(struct arena *a, const uint8_t *bytes, size_t size)
{
    struct body body = { NULL, (const char *)bytes + 2, size - 2 };
    const char *line = memchr(body.bytes, '\n', body.size);
    if (bytes[0] == 'h' && line != NULL) {
        body.type = arena_copy_n(a, body.bytes, (size_t)(line - body.bytes));
        body.size -= (size_t)(line + 1 - body.bytes);
        body.bytes = line + 1;
    } else if (bytes[0] != 'f') {
        body.type = "multipart/form-data; boundary=b";
    }
    return body;
}

FUZZ(decode)
{
    if (size < 2)
        return 0;
    struct arena *a = arena_new(CTX_ARENA_CAP);
    struct body body = body_of(a, bytes, size);
    struct story whole = { .told.arena = a }, parts = { .told.arena = a };
    enum decode_state one = decode(&body, 0, &whole);
    HOLDS(decode(&body, bytes[1] + 1U, &parts) == one);
    HOLDS(whole.told.length == parts.told.length &&
          (whole.told.length == 0 || memcmp(whole.told.text, parts.told.text, whole.told.length) == 0));
    HOLDS(one != DECODE_GOOD || !whole.open);
    arena_free(a);
    return 0;
}
