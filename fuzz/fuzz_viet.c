/* Any text repaired in each way, and read in each old encoding. First byte: which. */
#include "fuzz/fuzz.h"
#include "platform/base/text.h"
#include "platform/viet/viet_legacy.h"
#include "platform/viet/viet_repair.h"

static const char *const phrases[] = { "đơn vị chủ trì", "Trung tâm Y tế Tà Rụt", "khoa, phòng" };

static void repair(struct arena *a, const char *text, enum viet_damage damage)
{
    struct viet_right right[] = { { 0, 4 }, { 9, 30 } };
    struct viet_repaired r = viet_repair_but(viet_repairer_new(a, phrases, 3), text, damage, right, 2);
    size_t length = strlen(text), at = 0, from = 0;
    HOLDS(text_is_utf8(r.text, strlen(r.text)));
    for (size_t i = 0; i < r.count; i++) {
        const struct viet_word *w = &r.words[i];
        HOLDS(w->from >= from && w->to > w->from && w->to <= length && w->at >= at && w->end > w->at);
        HOLDS(w->sure >= 0 && w->sure <= 1);
        HOLDS(w->changed || (w->to - w->from == w->end - w->at && memcmp(text + w->from, r.text + w->at, w->to - w->from) == 0));
        from = w->to;
        at = w->end;
    }
    HOLDS(at <= strlen(r.text) && (r.changed > 0 || r.text == text));
}

FUZZ(viet)
{
    struct arena *a = arena_new(SIZE_MAX / 2);
    if (size > 1 && size < 20000) {
        char *bytes_text = viet_legacy_bytes(a, (const char *)bytes + 1, size - 1);
        const char *text = text_nfc(a, arena_copy_n(a, (const char *)bytes + 1, size - 1));
        struct viet_signs signs = { 0 };
        viet_count(text, &signs);
        HOLDS(signs.known <= signs.pairs && signs.telling <= signs.words);
        repair(a, text, (enum viet_damage)(bytes[0] % 4));
        HOLDS(text_is_utf8(bytes_text, strlen(bytes_text)));
        for (int form = VIET_UNICODE; form <= VIET_1258; form++) {
            const char *meant = viet_legacy_text(a, bytes_text, (enum viet_legacy)form);
            HOLDS(text_is_utf8(meant, strlen(meant)));
        }
        viet_legacy_recognise(text);
    }
    arena_free(a);
    return 0;
}
