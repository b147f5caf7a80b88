/* Addresses: from and to %XX. */
#include "platform/web/web_internal.h"
#include <string.h>

char *address_decode(struct arena *a, const char *from, size_t length, bool plus)
{
    char *out = arena_alloc(a, length + 1);
    size_t n = 0;
    for (size_t i = 0; i < length; i++) {
        char byte = from[i];
        if (byte == '%') {
            int high = i + 2 < length ? decode_hex(from[i + 1]) : -1;
            int low = high >= 0 ? decode_hex(from[i + 2]) : -1;
            if (low < 0)
                return NULL;
            byte = (char)(high << 4 | low);
            i += 2;
        } else if (byte == '+' && plus) {
            byte = ' ';
        }
        /* A query may hold what a text field holds; a path may not. */
        bool control = (unsigned char)byte < 0x20 || byte == 0x7F;
        if (control && !(plus && (byte == '\n' || byte == '\r' || byte == '\t')))
            return NULL;
        out[n++] = byte;
    }
    return text_is_utf8(out, n) ? text_nfc(a, out) : NULL;
}

char *address_encode(struct arena *a, const char *text, bool slash)
{
    static const char digits[] = "0123456789ABCDEF";
    char *out = arena_alloc(a, strlen(text) * 3 + 1);
    size_t n = 0;
    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;
        bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
        if (letter || strchr("-._~", byte) != NULL || (slash && byte == '/')) {
            out[n++] = (char)byte;
            continue;
        }
        out[n++] = '%';
        out[n++] = digits[byte >> 4];
        out[n++] = digits[byte & 15];
    }
    return out;
}
