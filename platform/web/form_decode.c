/* application/x-www-form-urlencoded, as WHATWG URL 5.1 reads it, but a broken %XX is malformed, not taken as text. */
#include "platform/web/decode.h"

int decode_hex(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    char lower = (char)(digit | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

void form_decoder_start(struct form_decoder *d, const struct decode_events *events)
{
    *d = (struct form_decoder){ .events = events };
}

static void stop_unless(struct form_decoder *d, bool good)
{
    if (!good && d->state == DECODE_GOOD)
        d->state = DECODE_STOPPED;
}

static void begin_value(struct form_decoder *d)
{
    d->name[d->name_length] = '\0';
    d->in_value = true;
    stop_unless(d, d->events->begin(d->events->arg, d->name, NULL));
}

static void add(struct form_decoder *d, const char *bytes, size_t size)
{
    if (d->in_value) {
        stop_unless(d, d->events->data(d->events->arg, bytes, size));
        return;
    }
    for (size_t i = 0; i < size; i++) {
        if (d->name_length == DECODE_NAME_MOST || bytes[i] == '\0') {
            d->state = DECODE_MALFORMED;
            return;
        }
        d->name[d->name_length++] = bytes[i];
    }
}

static void end_pair(struct form_decoder *d)
{
    if (!d->in_value && d->name_length == 0)
        return; /* "&&" */
    if (!d->in_value)
        begin_value(d);
    if (d->state == DECODE_GOOD)
        stop_unless(d, d->events->end(d->events->arg));
    d->in_value = false;
    d->name_length = 0;
}

static void escaped(struct form_decoder *d, char digit)
{
    int value = decode_hex(digit);
    if (value < 0) {
        d->state = DECODE_MALFORMED;
        return;
    }
    if (--d->escape == 1) {
        d->high = (unsigned char)value;
        return;
    }
    char byte = (char)(d->high << 4 | value);
    add(d, &byte, 1);
}

static bool is_plain(const struct form_decoder *d, char byte)
{
    return byte != '%' && byte != '+' && byte != '&' && (byte != '=' || d->in_value);
}

enum decode_state form_decoder_feed(struct form_decoder *d, const char *bytes, size_t size)
{
    for (size_t i = 0; i < size && d->state == DECODE_GOOD;) {
        size_t run = i;
        while (d->escape == 0 && run < size && is_plain(d, bytes[run]))
            run++;
        if (run > i) {
            add(d, bytes + i, run - i);
            i = run;
            continue;
        }
        char byte = bytes[i++];
        if (d->escape > 0)
            escaped(d, byte);
        else if (byte == '%')
            d->escape = 2;
        else if (byte == '+')
            add(d, " ", 1);
        else if (byte == '&')
            end_pair(d);
        else
            begin_value(d);
    }
    return d->state;
}

enum decode_state form_decoder_end(struct form_decoder *d)
{
    if (d->state == DECODE_GOOD && d->escape > 0)
        d->state = DECODE_MALFORMED;
    if (d->state == DECODE_GOOD)
        end_pair(d);
    return d->state;
}
