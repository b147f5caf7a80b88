/* multipart/form-data (RFC 7578), as browsers send it. */
#include "platform/web/decode.h"
#include <string.h>
#include <strings.h>

/* ---- parameters of a header value: ; name=token or ; name="quoted" ---- */

static const char *skip_space(const char *at)
{
    while (*at == ' ' || *at == '\t')
        at++;
    return at;
}

/* Copies the value that starts at `at` to out; returns what follows it, NULL when it is unclosed or does not fit. */
static const char *take_value(const char *at, char *out, size_t size)
{
    size_t n = 0;
    bool quoted = *at == '"';
    if (quoted)
        at++;
    for (;; at++) {
        if (quoted ? *at == '"' : *at == '\0' || *at == ';' || *at == ' ' || *at == '\t')
            break;
        if (*at == '\0')
            return NULL;
        if (quoted && *at == '\\' && at[1] == '"')
            at++;
        if (n + 1 >= size)
            return NULL;
        out[n++] = *at;
    }
    out[n] = '\0';
    return quoted ? at + 1 : at;
}

enum found { ABSENT, FOUND, BROKEN_HEADER };

/* The parameter `wanted` behind the first ';' of a header's value. */
static enum found parameter(const char *value, const char *wanted, char *out, size_t size)
{
    char other[DECODE_HEADERS_MOST];
    const char *at = strchr(value, ';');
    while (at != NULL && *at == ';') {
        at = skip_space(at + 1);
        size_t length = strcspn(at, "=; \t");
        const char *name = at;
        at = skip_space(at + length);
        if (*at == ';' || *at == '\0')
            continue;
        if (*at != '=')
            return BROKEN_HEADER;
        bool match = length == strlen(wanted) && strncasecmp(name, wanted, length) == 0;
        at = take_value(skip_space(at + 1), match ? out : other, match ? size : sizeof other);
        if (at == NULL)
            return BROKEN_HEADER;
        if (match)
            return FOUND;
        at = skip_space(at);
    }
    return ABSENT;
}

/* Browsers write a quote and line ends in a name as %22 %0D %0A. */
static void undo_escapes(char *text)
{
    char *to = text;
    for (const char *from = text; *from != '\0'; from++) {
        if (strncmp(from, "%22", 3) == 0) {
            *to++ = '"';
            from += 2;
        } else if (strncasecmp(from, "%0D", 3) == 0 || strncasecmp(from, "%0A", 3) == 0) {
            from += 2;
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
}

/* ---- the machine ---- */

bool multipart_decoder_start(struct multipart_decoder *d, const char *content_type, const struct decode_events *events)
{
    static const char kind[] = "multipart/form-data";
    char boundary[DECODE_BOUNDARY_MOST + 1];
    memset(d, 0, sizeof *d);
    d->events = events;
    if (strncasecmp(content_type, kind, sizeof kind - 1) != 0 || strchr("; \t", content_type[sizeof kind - 1]) == NULL ||
        parameter(content_type, "boundary", boundary, sizeof boundary) != FOUND || boundary[0] == '\0' ||
        strpbrk(boundary, "\r\n") != NULL)
        return false;
    memcpy(d->delimiter, "\r\n--", 4);
    memcpy(d->delimiter + 4, boundary, strlen(boundary) + 1);
    d->delimiter_length = 4 + strlen(boundary);
    d->matched = 2; /* the first boundary needs no line end before it */
    return true;
}

static void give(struct multipart_decoder *d, const char *bytes, size_t size)
{
    if (d->place == PART_BODY && size > 0 && d->state == DECODE_GOOD && !d->events->data(d->events->arg, bytes, size))
        d->state = DECODE_STOPPED;
}

static void boundary_seen(struct multipart_decoder *d)
{
    if (d->place == PART_BODY && !d->events->end(d->events->arg))
        d->state = DECODE_STOPPED;
    d->place = PART_AFTER_BOUNDARY;
    d->matched = 0;
    d->line_length = 0;
}

/* Body bytes up to the delimiter. CR stands only at its start, so a failed match can only begin again at the byte that
 * broke it. Returns bytes used. */
static size_t feed_body(struct multipart_decoder *d, const char *bytes, size_t size)
{
    size_t i = 0;
    while (i < size && d->state == DECODE_GOOD) {
        if (d->matched == 0) {
            const char *cr = memchr(bytes + i, '\r', size - i);
            size_t plain = cr == NULL ? size - i : (size_t)(cr - bytes) - i;
            give(d, bytes + i, plain);
            i += plain;
            if (cr != NULL) {
                d->matched = 1;
                i++;
            }
        } else if (bytes[i] == d->delimiter[d->matched]) {
            i++;
            if (++d->matched == d->delimiter_length) {
                boundary_seen(d);
                return i;
            }
        } else {
            size_t held = d->matched;
            d->matched = 0;
            give(d, d->delimiter, held);
        }
    }
    return i;
}

/* The rest of a boundary's line: "--" closes the body, spaces may pad. */
static void after_boundary(struct multipart_decoder *d, char byte)
{
    if (d->line_length == 0 && (byte == ' ' || byte == '\t'))
        return;
    d->line[d->line_length++] = byte;
    if (d->line_length < 2)
        return;
    d->line_length = 0;
    if (memcmp(d->line, "--", 2) == 0)
        d->place = PART_EPILOGUE;
    else if (memcmp(d->line, "\r\n", 2) == 0)
        d->place = PART_HEADERS;
    else
        d->state = DECODE_MALFORMED;
}

static void begin_part(struct multipart_decoder *d, const char *disposition)
{
    char name[DECODE_NAME_MOST + 1], file[DECODE_HEADERS_MOST] = "";
    enum found has_file = parameter(disposition, "filename", file, sizeof file);
    if (strncasecmp(disposition, "form-data", 9) != 0 || has_file == BROKEN_HEADER ||
        parameter(disposition, "name", name, sizeof name) != FOUND) {
        d->state = DECODE_MALFORMED;
        return;
    }
    undo_escapes(name);
    undo_escapes(file);
    d->place = PART_BODY;
    if (!d->events->begin(d->events->arg, name, has_file == FOUND ? file : NULL))
        d->state = DECODE_STOPPED;
}

/* The headers stand in d->line, each ended by CR LF; the last is empty. */
static void headers_done(struct multipart_decoder *d)
{
    static const char wanted[] = "content-disposition:";
    for (char *at = d->line, *end; (end = strstr(at, "\r\n")) != NULL; at = end + 2) {
        *end = '\0';
        if (strncasecmp(at, wanted, sizeof wanted - 1) == 0) {
            begin_part(d, skip_space(at + sizeof wanted - 1));
            return;
        }
    }
    d->state = DECODE_MALFORMED;
}

static void header_byte(struct multipart_decoder *d, char byte)
{
    if (byte == '\0' || d->line_length == DECODE_HEADERS_MOST) {
        d->state = DECODE_MALFORMED;
        return;
    }
    d->line[d->line_length++] = byte;
    d->line[d->line_length] = '\0';
    size_t n = d->line_length;
    if (n >= 4 && memcmp(d->line + n - 4, "\r\n\r\n", 4) == 0)
        headers_done(d);
    else if (n == 2 && memcmp(d->line, "\r\n", 2) == 0)
        d->state = DECODE_MALFORMED; /* a part without a name */
}

enum decode_state multipart_decoder_feed(struct multipart_decoder *d, const char *bytes, size_t size)
{
    for (size_t i = 0; i < size && d->state == DECODE_GOOD && d->place != PART_EPILOGUE;) {
        if (d->place == PART_PREAMBLE || d->place == PART_BODY)
            i += feed_body(d, bytes + i, size - i);
        else if (d->place == PART_AFTER_BOUNDARY)
            after_boundary(d, bytes[i++]);
        else
            header_byte(d, bytes[i++]);
    }
    return d->state;
}

enum decode_state multipart_decoder_end(struct multipart_decoder *d)
{
    if (d->state == DECODE_GOOD && d->place != PART_EPILOGUE)
        d->state = DECODE_MALFORMED;
    return d->state;
}
