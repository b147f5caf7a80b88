/* Vietnamese as it was written before Unicode: one byte a letter (TCVN 5712:1993, "ABC"), letter and mark (VNI), or Windows'
 * own page 1258. Read as Latin it looks like "Uû ban nh©n d©n" or "Uyû ban nhaân daân". */
#pragma once
#include "platform/base/arena.h"
#include <stdbool.h>

enum viet_legacy {
    VIET_UNICODE,
    VIET_TCVN3,
    VIET_TCVN3_CAPITALS, /* the same bytes in a font that draws capitals, .VnTimeH */
    VIET_VNI,
    VIET_1258,
};

/* By the name of the font: ".VnTime", ".VnArialH", "VNI-Times"; NULL or any other: VIET_UNICODE. */
enum viet_legacy viet_legacy_of_font(const char *font);

/* By the words: in which of them the text makes sense, when it makes none as it is. Never VIET_TCVN3_CAPITALS.
 * Some thousand letters tell; more are not looked at. */
enum viet_legacy viet_legacy_recognise(const char *text);

/* The text in Unicode, NFC; one that holds letters only Unicode has stays. text: UTF-8 of what the bytes are on a Western Windows. Words typed in capitals stay so, also
 * their letters with tones, which TCVN 5712 has no capitals for. Arena. */
char *viet_legacy_text(struct arena *a, const char *text, enum viet_legacy from);

/* Bytes that are no UTF-8, as a Western Windows shows them; NUL ends the text. Arena. */
char *viet_legacy_bytes(struct arena *a, const char *bytes, size_t size);
