/* The subject of a plan and its year; and the agency, where the letterhead is lost. */
#include "modules/document/document_fold.h"
#include "modules/document/document_grammar.h"
#include "plan_parts.h"
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { TITLE_LINES = 8, TITLE_LONGEST = 600, AGENCY_REACH = 240, TRIES_MOST = 60, YEARS_MOST = 8, ABOUT_LONGEST = 6000, PHRASE_WORDS = 7, NAME_SHORTEST = 6, SUBJECT_SHORTEST = 25 };

static bool starts_small(const char *text)
{
    int32_t rune;
    text_next(text, &rune);
    return utf8proc_category(rune) == UTF8PROC_CATEGORY_LL;
}

static bool in_capitals(const struct plan_reader *r, const char *text)
{
    return strcmp(text_upper(r->a, text), text) == 0;
}

/* The paragraph that gives the bases or says that the plan is issued: the title ends before it. */
static bool is_opening(struct plan_reader *r, const struct plan_item *item, bool first)
{
    size_t length = strlen(item->text);
    bool ended = length > 0 && strchr(":;.,", item->text[length - 1]) != NULL;
    if (!ended && (in_capitals(r, item->text) || starts_small(item->text)))
        return false;
    if (first && !ended && strncmp(item->loose, fold_loose(r->a, "căn cứ"), 6) != 0)
        return false; /* "Triển khai thực hiện Nghị quyết số …" right below the kind is the subject */
    static const char *const openers[] = { "căn cứ", "thực hiện", "triển khai thực hiện", "triển khai", "theo", "nhằm", "để", "tiếp tục", "xét đề nghị", "trên cơ sở" };
    char *start = arena_copy_n(r->a, item->loose, strnlen(item->loose, 28));
    for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++) {
        char *opener = fold_loose(r->a, openers[i]);
        size_t size = strlen(opener);
        if (strlen(start) > size && start[size] == ' ' && fold_distance(start, size, opener, size, (int)size / 5) <= (int)size / 5) {
            struct citation *list;
            return document_citations(r->a, item->text, &list) > 0 || text_length(item->text) > 90 || i == 0;
        }
    }
    const char *end;
    bool issues = fold_find(item->loose, fold_loose(r->a, "xây dựng kế hoạch"), &end) != NULL || fold_find(item->loose, fold_loose(r->a, "ban hành kế hoạch"), &end) != NULL;
    return issues || (length > 0 && strchr(":;", item->text[length - 1]) != NULL) || (length > 120 && item->text[length - 1] == '.');
}

/* The running text near the head and where the plan closes, which says the title again in the usual case. */
static const char *text_about(struct plan_reader *r)
{
    struct buffer b = { .arena = r->a };
    buffer_add(&b, "");
    for (size_t i = 0; i < r->count; i++) {
        const struct plan_item *item = &r->items[i];
        bool closing = item->no == NULL && strncmp(item->loose, "tren day", 8) == 0;
        bool usual = item->zone != ZONE_FOOT && !in_capitals(r, item->text); /* a signature on one line is in capitals up to the name */
        if (item->table == NULL && (closing || b.length < ABOUT_LONGEST) && usual && strlen(item->text) < ABOUT_LONGEST)
            buffer_printf(&b, "%s\n", item->text);
    }
    return b.text;
}

/* Words of a title that was in capitals get the case they have in the running text, phrase by phrase. */
const char *plan_case_of_text(struct plan_reader *r, const char *title)
{
    char *said = arena_copy(r->a, title), *low = text_lower(r->a, title);
    const char *text = text_about(r), *low_text = text_lower(r->a, text);
    if (strlen(low) != strlen(said) || strlen(low_text) != strlen(text))
        return title;
    for (char *at = low; *at != '\0';) {
        size_t end = 0, words = 0, ends[PHRASE_WORDS];
        for (; words < PHRASE_WORDS && at[end] != '\0'; words++) {
            end += strcspn(at + end, " ");
            ends[words] = end;
            end += at[end] == ' ';
        }
        const char *found = NULL;
        while (words > 1 && found == NULL) { /* the longest phrase that stands there */
            char *phrase = arena_copy_n(r->a, at, ends[--words]);
            found = strstr(low_text, phrase);
        }
        size_t first = at > low ? 0 : (size_t)(text_next(at, &(int32_t){ 0 }) - at); /* the title's first letter stays */
        if (found != NULL)
            memcpy(said + (at - low) + first, text + (found - low_text) + first, ends[words] - first);
        at += found != NULL ? ends[words] : strcspn(at, " ");
        at += *at == ' ';
    }
    return said;
}

/* A title in capitals in sentence case; abbreviations, which have no vowel, keep theirs: CCHC, TTYT. A number is written
 * as documents write it: 1999/QĐ-TTg. */
static const char *title_case(struct plan_reader *r, const char *title)
{
    struct arena *a = r->a;
    if (strcmp(text_upper(a, title), title) != 0)
        return title;
    char **words;
    size_t count = text_split(a, title, ' ', &words);
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    for (size_t i = 0; i < count; i++) {
        char *key = text_key(a, words[i]);
        bool short_form = (strlen(key) > 2 && strpbrk(key, "aeiou") == NULL && strpbrk(key, "0123456789") == NULL) || strcmp(key, "ubnd") == 0;
        struct document_number n;
        const char *end;
        bool number = strchr(words[i], '/') != NULL && document_number_read(a, words[i], true, &n, &end) && *end == '\0';
        const char *word = number ? n.text : short_form ? words[i] : i == 0 ? text_sentence_case(a, words[i]) : text_lower(a, words[i]);
        buffer_printf(&b, "%s%s", i > 0 ? " " : "", word);
    }
    return plan_case_of_text(r, b.text);
}

/* "V/v A", "Về việc A": A. */
static const char *without_about(const char *text)
{
    static const char *const openers[] = { "V/v ", "V/v: ", "v/v ", "Về việc ", "VỀ VIỆC ", "V/V ", "về việc " };
    for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++)
        if (text_starts(text, openers[i]))
            return text + strlen(openers[i]);
    return text;
}

/* What stands behind the words "KẾ HOẠCH" in the same line. */
static const char *behind_kind(struct plan_reader *r, const char *text)
{
    struct folded f = fold_text(r->a, text);
    size_t word = strcspn(f.key, " ");
    word += strspn(f.key + word, " ");
    word += strcspn(f.key + word, " ");
    static const char *const kinds[] = { " lien tich", " hanh dong", " phoi hop" };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0] && word < f.length; i++)
        if (strcmp(f.key + word, kinds[i]) == 0 || (i == 0 && strncmp(f.key + word, kinds[i], strlen(kinds[i])) == 0))
            word += strlen(kinds[i]); /* alone on its line it tells the kind of plan */
    return text_trim(r->a, text + f.at[word < f.length ? word : f.length]);
}

static bool is_line(const char *text)
{
    return text_blank(text) || text[strspn(text, "-_–—=*. ")] == '\0';
}

/* Some readers of PDF give the subject before the line "KẾ HOẠCH" under which it stands. */
static const struct plan_item *subject_above(const struct plan_reader *r)
{
    const struct plan_item *item = r->title_line > 0 ? &r->items[r->title_line - 1] : NULL;
    bool subject = item != NULL && item->table == NULL && item->mark == MARK_NONE && !in_capitals(r, item->text) &&
                   !plan_is_number_line(r->a, item->text) && !plan_has_date_words(r->a, item->text) && text_length(item->text) > SUBJECT_SHORTEST;
    return subject && strncmp(item->loose, fold_loose(r->a, "độc lập"), 7) != 0 ? item : NULL;
}

static void take_title(struct plan_reader *r)
{
    struct buffer b = { .arena = r->a };
    buffer_add(&b, "");
    const struct plan_item *first = NULL;
    int last = r->title_line;
    for (int i = r->title_line; i < (int)r->count && i <= r->title_line + TITLE_LINES; i++) {
        const struct plan_item *item = &r->items[i];
        const char *text = i == r->title_line ? behind_kind(r, item->text) : item->text;
        bool ends = item->table != NULL || item->mark != MARK_NONE || item->zone != ZONE_HEAD || is_opening(r, item, b.length == 0) ||
                    b.length > TITLE_LONGEST || item->text[0] == '(';
        if (i > r->title_line && ends)
            break;
        bool signer = r->decision && i == r->title_line + 1 && plan_is_person(r->a, text); /* of the decision, out of order */
        if (is_line(text) || signer)
            continue;
        first = first == NULL ? item : first;
        last = i;
        buffer_printf(&b, "%s%s", b.length > 0 ? " " : "", text);
    }
    if (b.length == 0 && (first = subject_above(r)) != NULL)
        buffer_add(&b, first->text);
    if (b.length == 0)
        return;
    plan_set_text(&r->out->title, plan_tidy(r->a, title_case(r, without_about(b.text))), first, plan_certain(r, 0.93));
    r->out->title.place.to = r->items[last].place.to;
    r->title_end = last + 1;
}

/* "Ban hành Kế hoạch A", "Về việc phê duyệt Kế hoạch A": A. NULL when no plan is named. */
static const char *plan_named_in(struct plan_reader *r, const char *text)
{
    struct folded f = fold_text(r->a, text);
    const char *at = strstr(f.key, "ke hoach ");
    if (at == NULL)
        return NULL;
    const char *rest = text_trim(r->a, text + f.at[at - f.key + (ptrdiff_t)strlen("ke hoach ")]);
    return text_length(rest) < 8 ? NULL : rest;
}

/* The subject of the decision that holds the plan in its articles. */
static void title_of_decision(struct plan_reader *r)
{
    struct buffer b = { .arena = r->a };
    buffer_add(&b, "");
    const struct plan_item *first = NULL;
    for (size_t i = r->letterhead + 1; i < r->articles && i <= r->letterhead + TITLE_LINES; i++) {
        const struct plan_item *item = &r->items[i];
        if (is_line(item->text))
            continue;
        if (is_opening(r, item, b.length == 0) || (b.length > 0 && plan_begins_agency(text_key(r->a, item->text))) || plan_is_position(r, item->text))
            break;
        first = first == NULL ? item : first;
        buffer_printf(&b, "%s%s", b.length > 0 ? " " : "", item->text);
    }
    const char *subject = b.length > 0 ? plan_named_in(r, b.text) : NULL;
    if (subject == NULL)
        return;
    if (in_capitals(r, subject))
        subject = title_case(r, subject);
    size_t letter = (size_t)(text_next(subject, &(int32_t){ 0 }) - subject); /* "Phê duyệt Kế hoạch truyền thông …" */
    subject = arena_printf(r->a, "%s%s", text_upper(r->a, arena_copy_n(r->a, subject, letter)), subject + letter);
    plan_set_text(&r->out->title, plan_tidy(r->a, subject), first, plan_certain(r, 0.8));
}

/* Law sites drop the line "KẾ HOẠCH": the subject stands in capitals behind number and date. */
static void title_in_capitals(struct plan_reader *r)
{
    struct buffer b = { .arena = r->a };
    buffer_add(&b, "");
    const struct plan_item *first = NULL;
    for (size_t i = r->letterhead; i < r->count && i <= r->letterhead + TITLE_LINES && r->items[i].zone == ZONE_HEAD; i++) {
        const struct plan_item *item = &r->items[i];
        char *key = text_key(r->a, item->text);
        bool title = item->mark == MARK_NONE && in_capitals(r, item->text) && !plan_is_position(r, item->text) &&
                     !(b.length == 0 && plan_begins_agency(key) && strncmp(key, "phong chong", 11) != 0);
        if (is_line(item->text) || (!title && b.length == 0))
            continue;
        if (!title)
            break;
        first = first == NULL ? item : first;
        r->title_end = (int)i + 1;
        buffer_printf(&b, "%s%s", b.length > 0 ? " " : "", item->text);
    }
    if (text_length(b.text) >= 12)
        plan_set_text(&r->out->title, plan_tidy(r->a, title_case(r, b.text)), first, plan_certain(r, 0.7));
}

/* A head without "KẾ HOẠCH": its subject is named where the plan closes. */
static const struct plan_item *closing_item(const struct plan_reader *r)
{
    char *sign = fold_loose(r->a, "trên đây là");
    for (size_t i = r->count; i-- > 0;) {
        const char *end;
        if (r->items[i].table == NULL && r->items[i].zone == ZONE_BODY && strlen(r->items[i].loose) > 20 &&
            fold_find(arena_copy_n(r->a, r->items[i].loose, 14), sign, &end) != NULL)
            return &r->items[i];
    }
    return NULL;
}

/* "… ban hành Kế hoạch A như sau": A. */
static void title_said(struct plan_reader *r)
{
    static const char *const ends[] = { " như sau", " với các nội dung", " với nội dung", " với những nội dung", " cụ thể", " gồm các nội dung", " yêu cầu",
                                        " đề nghị", " của " };
    const struct plan_item *closing = closing_item(r), *where = NULL;
    const char *subject = NULL;
    for (size_t i = 0; i < r->count && subject == NULL && r->items[i].zone == ZONE_HEAD; i++) {
        const char *end, *issued = fold_find(r->items[i].loose, fold_loose(r->a, "ban hành kế hoạch"), &end);
        if (issued == NULL)
            issued = fold_find(r->items[i].loose, fold_loose(r->a, "xây dựng kế hoạch"), &end);
        struct folded f = fold_text(r->a, r->items[i].text);
        for (const char *at = f.key; issued != NULL && (at = strstr(at, " ke hoach ")) != NULL; at++)
            if ((at - f.key >= 8 && strncmp(at - 8, "ban hanh", 8) == 0) || (at - f.key >= 8 && strncmp(at - 8, "xay dung", 8) == 0))
                subject = plan_named_in(r, r->items[i].text + f.at[at - f.key]);
        where = &r->items[i];
    }
    if (subject == NULL && closing != NULL)
        subject = plan_named_in(r, (where = closing)->text);
    if (subject == NULL)
        return;
    size_t length = strcspn(subject, ",;:.(");
    subject = arena_copy_n(r->a, subject, length);
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        const char *end = strstr(subject, ends[i]);
        if (end != NULL && end - subject > 12)
            subject = arena_copy_n(r->a, subject, (size_t)(end - subject));
    }
    if (text_length(subject) >= 8)
        plan_set_text(&r->out->title, plan_tidy(r->a, subject), where, plan_certain(r, 0.5));
}

void plan_read_title(struct plan_reader *r)
{
    if (r->title_line >= 0)
        take_title(r);
    if (r->out->title.text == NULL && r->decision)
        title_of_decision(r);
    else if (r->out->title.text == NULL && r->title_line < 0 && r->letterhead > 0)
        title_in_capitals(r);
    if (r->out->title.text == NULL)
        title_said(r);
}

/* The agency's name at the start of the text: up to a verb or a sign. */
static const char *agency_at(struct plan_reader *r, const char *text)
{
    static const char *const stops[] = { " xây dựng", " ban hành", " yêu cầu", " đề nghị", " triển khai", " năm ", " lập ", " nghiêm túc", " kính ", " tổ chức", " xay dung", " ban hanh",
                                         " yeu cau", " trien khai", " de nghi", " thực hiện", " nam " };
    char start[40];
    fold_key(start, sizeof start, text, sizeof start);
    if (!plan_begins_agency(start))
        return NULL;
    text = arena_copy_n(r->a, text, strnlen(text, AGENCY_REACH));
    struct folded f = fold_text(r->a, text);
    size_t end = strcspn(f.key, ".,;:(/\"");
    for (size_t i = 0; i < sizeof stops / sizeof stops[0]; i++) {
        char *stop = fold_text(r->a, stops[i]).key;
        for (size_t k = 0; k < end; k++)
            if (strncmp(f.key + k, stop, strlen(stop)) == 0 && k < end)
                end = k;
    }
    const char *name = text_squeeze(r->a, arena_copy_n(r->a, text, f.at[end]));
    return text_length(name) >= 6 && text_length(name) <= 90 ? name : NULL;
}

static const char *name_after(struct plan_reader *r, const char *text, const char *const *words)
{
    struct folded f = fold_text(r->a, text);
    const char *best = NULL;
    int tries = 0;
    for (; *words != NULL; words++)
        for (const char *at = f.key; (at = strstr(at, *words)) != NULL && tries++ < TRIES_MOST; at++) {
            const char *name = agency_at(r, text + f.at[at - f.key + (ptrdiff_t)strlen(*words)]);
            best = name != NULL ? name : best;
        }
    return best;
}

/* "…, Bệnh viện X xây dựng kế hoạch": the name is the subject of one of the sentence's clauses. */
static const char *subject_within(struct plan_reader *r, const char *text)
{
    static const char *const verbs[] = { " xay dung", " ban hanh", " trien khai", " lap " };
    const char *best = NULL;
    struct folded f = fold_text(r->a, text);
    int tries = 0;
    for (size_t i = 0; i < f.length && tries < TRIES_MOST; i++) {
        bool clause = i == 0 || (i > 1 && f.key[i - 1] == ' ' && strchr(",;.", f.key[i - 2]) != NULL);
        const char *name = clause ? agency_at(r, text + f.at[i]) : NULL;
        tries += clause;
        if (name == NULL)
            continue;
        const char *behind = f.key + i + fold_text(r->a, name).length;
        const char *bracket = strncmp(behind, " (", 2) == 0 ? strchr(behind, ')') : NULL; /* "(sau đây gọi là …)" */
        behind = bracket != NULL ? bracket + 1 : behind;
        for (size_t v = 0; v < sizeof verbs / sizeof verbs[0]; v++)
            best = strncmp(behind, verbs[v], strlen(verbs[v])) == 0 ? name : best;
    }
    return best;
}

const char *plan_issuer_named(struct plan_reader *r, const char *name)
{
    const char *key = text_key(r->a, name);
    for (size_t i = r->letterhead; i < r->count && r->items[i].zone == ZONE_HEAD; i++) {
        const char *end, *whole = fold_find(r->items[i].loose, "ke hoach", &end) != NULL ? subject_within(r, r->items[i].text) : NULL;
        if (whole != NULL && text_starts(text_key(r->a, whole), key))
            return whole;
    }
    return name;
}

/* No head: the agency is named in the title ("tại X"), where the plan opens ("X xây dựng kế hoạch") or closes ("của X"). */
void plan_agency_elsewhere(struct plan_reader *r)
{
    static const char *const of[] = { " cua ", " tai ", " cia ", NULL };
    static const char *const with_space[] = { " ", NULL };
    const struct plan_item *closing = closing_item(r);
    const char *name = r->out->title.text != NULL ? name_after(r, r->out->title.text, of) : NULL;
    const struct plan_item *where = NULL;
    if (name == NULL && closing != NULL && (name = name_after(r, closing->text, of)) != NULL)
        where = closing;
    for (size_t i = r->title_line < 0 ? 0 : (size_t)r->title_line + 1; name == NULL && i < r->count && r->items[i].zone == ZONE_HEAD; i++) {
        const char *end;
        if (fold_find(r->items[i].loose, "ke hoach", &end) != NULL && (name = subject_within(r, r->items[i].text)) != NULL)
            where = &r->items[i];
    }
    if (name == NULL && r->out->title.text != NULL)
        name = name_after(r, r->out->title.text, with_space);
    if (name == NULL)
        return;
    if (strcmp(text_lower(r->a, name), name) == 0) /* from a title in capitals */
        name = plan_agency_case(r, text_upper(r->a, name));
    plan_set_text(&r->out->agency, name, where, plan_certain(r, 0.75));
    if (where == NULL)
        r->out->agency.place = r->out->title.place;
}

/* The agency's name in a title that was in capitals gets its capitals back. */
static bool each_capital(const char *name)
{
    for (; *name != '\0'; name += strcspn(name, " "), name += strspn(name, " "))
        if (starts_small(name))
            return false;
    return true;
}

void plan_name_in_title(struct plan_reader *r)
{
    struct plan_text *title = &r->out->title;
    const char *name = r->out->agency.text;
    for (int words = 0; title->text != NULL && name != NULL && words < PHRASE_WORDS; words++) { /* the name, then its last words */
        struct folded f = fold_text(r->a, title->text), part = fold_text(r->a, name);
        char *at = strstr(f.key, part.key);
        if (part.length < NAME_SHORTEST || strchr(part.key, ' ') == NULL)
            return;
        size_t from = at != NULL ? (size_t)(at - f.key) : 0;
        const char *found = at != NULL ? arena_copy_n(r->a, title->text + f.at[from], f.at[from + part.length] - f.at[from]) : "";
        if (at != NULL && (words == 0 || each_capital(name)) && strcmp(text_lower(r->a, found), found) == 0) {
            title->text = arena_printf(r->a, "%.*s%s%s", (int)f.at[from], title->text, name, title->text + f.at[from + part.length]);
            return;
        }
        name += strcspn(name, " ");
        name += strspn(name, " ");
    }
}

/* The title without the documents it names: their days are not the plan's. */
static const char *without_citations(struct plan_reader *r, const char *title)
{
    struct citation *list = NULL;
    char *bare = arena_copy(r->a, title);
    size_t count = document_citations(r->a, title, &list);
    for (size_t i = 0; i < count; i++)
        if (list[i].number.text != NULL)
            memset(bare + list[i].from, '.', list[i].to - list[i].from);
    return bare;
}

struct years {
    int value[YEARS_MOST];
    bool alone[YEARS_MOST]; /* "năm 2025", no end of a period */
    int count;
};

static struct years years_in(struct arena *a, const char *text)
{
    struct years y = { 0 };
    const char *key = text_fold(a, text);
    for (const char *at = key; *at != '\0' && y.count < YEARS_MOST; at++) {
        if (!isdigit((unsigned char)*at) || (at > key && (isdigit((unsigned char)at[-1]) || at[-1] == '/')) || strspn(at, "0123456789") != 4 || at[4] == '/')
            continue;
        int value = atoi(at);
        if (value < 1990 || value > 2100)
            continue;
        const char *before = at - key >= 8 ? at - 8 : key;
        bool named = at - key >= 4 && strncmp(at - 4, "nam ", 4) == 0;
        bool end = at - key >= 8 && (strncmp(before, "den nam ", 8) == 0 || strncmp(before, "het nam ", 8) == 0 || strncmp(at - 7, "tu nam ", 7) == 0);
        const char *more = at + 4 + strspn(at + 4, " ");
        y.value[y.count] = value;
        y.alone[y.count++] = named && !end && *more != '-' && !text_starts(more, "den ");
    }
    return y;
}

static int year_in(struct arena *a, const char *text, int *last)
{
    struct years y = years_in(a, text);
    *last = y.count > 0 ? y.value[y.count - 1] : 0;
    if (y.count > 1 && y.alone[y.count - 1] && !y.alone[0])
        return *last; /* "… giai đoạn 2021 - 2030 năm 2026": the plan is of 2026 */
    return y.count > 0 ? y.value[0] : 0;
}

void plan_read_year(struct plan_reader *r)
{
    int last = 0;
    struct plan_reading *out = r->out;
    out->year = out->title.text != NULL ? year_in(r->a, without_citations(r, out->title.text), &last) : 0;
    out->year_to = last > out->year && last - out->year <= 20 ? last : 0;
    if (out->year == 0 && out->date.known)
        out->year = day_year(out->date.day);
    for (size_t i = 0; out->year == 0 && i < r->count && i < 40; i++) { /* "… năm 2026 như sau" */
        const char *at = strstr(fold_text(r->a, r->items[i].text).key, "nam 20");
        out->year = at != NULL ? year_in(r->a, arena_copy_n(r->a, at + 4, 4), &last) : 0;
    }
}
