/* The characters of a page with their boxes become words. */
#include "platform/doc/doc_pdf_source.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CHARS = 100000, MOST_WORDS = 250000 }; /* of a page; of all pages */

struct filler {
    struct pdf *p;
    struct pdf_words words;
    size_t capacity;
    struct pdf_word *open; /* the word that the next character may belong to */
    size_t char_capacity;
};

static bool is_blank(gunichar rune)
{
    return g_unichar_isspace(rune) || rune == 0xA0 || rune == 0xAD || rune == 0x200B || rune < ' ';
}

static bool continues(const struct pdf_word *word, const PopplerRectangle *r)
{
    double middle = (r->y1 + r->y2) / 2;
    double gap = r->x1 - word->box.x1;
    return middle > word->box.y0 && middle < word->box.y1 && gap < word->size * 0.25 && gap > -word->size;
}

static void add_char(struct filler *f, gunichar rune, const PopplerRectangle *r, const struct pdf_char *look)
{
    struct arena *a = f->p->arena;
    if (f->open == NULL || !continues(f->open, r)) {
        f->words.items = arena_grow(a, f->words.items, sizeof *f->words.items, &f->capacity, f->words.count + 1);
        f->open = f->words.items[f->words.count++] = arena_alloc(a, sizeof *f->open);
        f->open->box = (struct pdf_box){ r->x1, r->y1, r->x2, r->y2 };
        f->char_capacity = 0;
    }
    struct pdf_word *w = f->open;
    w->chars = arena_grow(a, w->chars, sizeof *w->chars, &f->char_capacity, w->count + 1);
    w->chars[w->count] = *look;
    w->chars[w->count].rune = (int32_t)rune;
    w->chars[w->count++].bottom = r->y2;
    w->box.x1 = fmax(w->box.x1, r->x2);
    w->box.y0 = fmin(w->box.y0, r->y1);
    w->box.y1 = fmax(w->box.y1, r->y2);
    w->size = fmax(w->size, look->size);
}

static struct pdf_char look_of(const PopplerTextAttributes *t)
{
    struct pdf_char look = { .size = 12 };
    if (t == NULL)
        return look;
    const char *name = t->font_name == NULL ? "" : t->font_name;
    look.size = t->font_size > 1 && t->font_size < 400 ? t->font_size : 12;
    look.bold = strcasestr(name, "bold") != NULL || strcasestr(name, "black") != NULL || strcasestr(name, "heavy") != NULL;
    look.italic = strcasestr(name, "italic") != NULL || strcasestr(name, "oblique") != NULL;
    return look;
}

/* Private-use signs of Symbol and Wingdings bullets come as they are in the font. */
static gunichar plain(gunichar rune)
{
    return rune >= 0xE000 && rune <= 0xF8FF ? 0x2022 : rune;
}

struct pdf_words pdf_page_words(struct pdf *p, PopplerPage *page)
{
    struct filler f = { .p = p };
    PopplerRectangle *boxes = NULL;
    guint box_count = 0;
    char *text = poppler_page_get_text(page);
    GList *looks = poppler_page_get_text_attributes(page);
    bool good = text != NULL && g_utf8_validate(text, -1, NULL) &&
                poppler_page_get_text_layout(page, &boxes, &box_count);
    GList *look = looks;
    const char *at = good ? text : "";
    struct pdf_char its = { 0 };
    for (guint i = 0; *at != '\0' && i < box_count; i++, at = g_utf8_next_char(at)) {
        gunichar rune = plain(g_utf8_get_char(at));
        const GList *was = look;
        while (look != NULL && ((PopplerTextAttributes *)look->data)->end_index < (gint)i)
            look = look->next;
        if (i == 0 || look != was)
            its = look_of(look == NULL ? NULL : look->data);
        if (is_blank(rune)) {
            f.open = NULL;
            continue;
        }
        if (i >= MOST_CHARS || ++p->text > DOC_MOST_TEXT / 8 || p->words + f.words.count > MOST_WORDS) {
            p->too_large = true;
            break;
        }
        add_char(&f, rune, &boxes[i], &its);
    }
    g_free(boxes);
    poppler_page_free_text_attributes(looks);
    g_free(text);
    return f.words;
}
