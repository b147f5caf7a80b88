/* The end of a plan: recipients, signer, and what is to be reported when. */
#include "modules/document/document_fold.h"
#include "plan_parts.h"
#include "platform/base/text.h"
#include <ctype.h>
#include <string.h>
#include <utf8proc.h>

enum { NAME_WORDS_MOST = 7, POSITION_LONGEST = 80, SENTENCE_LONGEST = 300, SIGNER_LINES = 5 };

static bool is_recipients_head(const struct plan_reader *r, const struct plan_item *item)
{
    char *start = arena_copy_n(r->a, item->loose, strnlen(item->loose, 8));
    return fold_distance(start, strlen(start), "noi nhan", 8, 1) <= 1;
}

static void add_recipient(struct plan_reader *r, const char *text, const struct plan_item *item)
{
    struct plan_reading *out = r->out;
    text = plan_tidy(r->a, text);
    if (text_blank(text))
        return;
    out->recipients = arena_grow(r->a, out->recipients, sizeof *out->recipients, &out->recipient_capacity, out->recipient_count + 1);
    out->recipients[out->recipient_count++] = (struct plan_text){ .text = text, .place = item->place, .sure = r->damaged ? 0.6 : 0.95 };
}

static bool has_prefix(struct arena *a, const char *text)
{
    static const char *const prefixes[] = { "kt ", "tl ", "tm ", "tuq ", "k t ", "t m ", "t l " }; /* "Q. GIÁM ĐỐC" is a post */
    char *key = text_key(a, text);
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++)
        if (text_starts(key, prefixes[i]))
            return true;
    return false;
}

/* Whole words and their marks: "phòng", "thành phố" and "trường" are no "phó" and "trưởng". */
static bool is_position_word(struct arena *a, const char *text)
{
    static const char *const words[] = { "giám đốc", "chủ tịch", "trưởng", "phó", "chánh", "bí thư", "phụ trách", "ủy ban", "uỷ ban", "giámđốc",
                                         "chủ nhiệm", "tổng biên tập", "chỉ huy", "thủ tướng" };
    const char *low = text_lower(a, text);
    for (const char *at = low; *at != '\0'; at++) {
        if (at > low && at[-1] != ' ' && at[-1] != '.')
            continue;
        if (at - low >= 6 && strncmp(at - 6, "thanh ", 6) == 0)
            continue; /* of a scan: "thanh pho" */
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
            size_t length = plan_starts_said(at, words[i]);
            if (length > 0 && (at[length] == '\0' || strchr(" ,-.", at[length]) != NULL))
                return true;
        }
    }
    return false;
}

bool plan_is_position(const struct plan_reader *r, const char *text)
{
    if (text_length(text) > POSITION_LONGEST || strcmp(text_upper(r->a, text), text) != 0)
        return false;
    char *key = text_key(r->a, text);
    if (is_position_word(r->a, text) || has_prefix(r->a, text))
        return true;
    return r->damaged && key[0] != '\0' && fold_distance(key, strlen(key), "giam doc", 8, 3) <= 3;
}

/* "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC" on one line: where the second post starts; NULL when there is one only. */
static const char *second_post(const char *text)
{
    static const char *const starts[] = { " KT. ", " PHÓ ", " TRƯỞNG ", " CHÁNH ", " CHỦ TỊCH", " PHO " };
    const char *first = text + strcspn(text, " "); /* behind "KT." stands the first post */
    first += *first == ' ';
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        const char *at = strstr(first, starts[i]);
        if (at != NULL)
            return at + 1;
    }
    return NULL;
}

static void add_position(struct plan_reader *r, const char *text, const struct plan_item *item)
{
    struct plan_reading *out = r->out;
    const char *second = has_prefix(r->a, text) ? second_post(text) : NULL;
    if (second != NULL) {
        add_position(r, text_trim(r->a, arena_copy_n(r->a, text, (size_t)(second - text))), item);
        add_position(r, second, item);
        return;
    }
    double sure = r->damaged ? 0.6 : 0.95;
    if (has_prefix(r->a, text)) {
        const char *joined = out->signer_prefix.text == NULL ? text : arena_printf(r->a, "%s; %s", out->signer_prefix.text, text);
        out->signer_prefix = (struct plan_text){ .text = joined, .place = item->place, .sure = sure };
    } else {
        const char *joined = out->signer_title.text == NULL ? text : arena_printf(r->a, "%s %s", out->signer_title.text, text);
        out->signer_title = (struct plan_text){ .text = joined, .place = item->place, .sure = sure };
    }
}

static const char *without_degrees(struct arena *a, const char *name)
{
    static const char *const degrees[] = { "bs", "bscki", "bsckii", "ths", "ts", "pgs", "gs", "ds", "dscki", "dsckii", "cn", "cki", "ckii", "ttut", "ttnd" };
    for (;;) {
        size_t length = strcspn(name, " ");
        char *word = text_key(a, arena_copy_n(a, name, length));
        bool degree = length > 0 && name[length] == ' ' && name[length - 1] == '.' && length < 16;
        char **parts;
        size_t count = text_split(a, word, ' ', &parts);
        bool known = count > 0;
        for (size_t p = 0; p < count; p++) {
            bool one = false;
            for (size_t i = 0; i < sizeof degrees / sizeof degrees[0]; i++)
                one = one || strcmp(parts[p], degrees[i]) == 0;
            known = known && one;
        }
        if (name[length] != ' ' || (!known && !degree))
            return name;
        name += length + 1;
    }
}

/* Two to seven words, each with a capital, no figures or signs. */
bool plan_is_person(struct arena *a, const char *text)
{
    char **words;
    const char *name = without_degrees(a, text);
    if (strpbrk(name, "0123456789:;/()") != NULL || text_length(name) > 60)
        return false;
    size_t count = text_split(a, name, ' ', &words);
    for (size_t i = 0; i < count; i++) {
        int32_t rune;
        text_next(words[i], &rune);
        if (utf8proc_tolower(rune) == rune)
            return false;
    }
    return count >= 2 && count <= NAME_WORDS_MOST;
}

/* Stamps of electronic signatures print the agency in the case of names. "Đoàn", "Vũ", "Tô" are families too. */
static bool names_an_office(struct arena *a, const char *text)
{
    static const char *const heads[] = { "trung tam", "benh vien", "van phong", "uy ban", "so y", "so noi", "tram y", "co quan", "noi nhan", "ban giam", "cac " };
    char *key = text_key(a, text);
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
        if (text_starts(key, heads[i]))
            return true;
    return false;
}

static bool in_capitals(const struct plan_reader *r, const char *text)
{
    return strcmp(text_upper(r->a, text), text) == 0;
}

/* "KT. CHỦ TỊCH PHÓ CHỦ TỊCH ThS. Nguyễn Văn A": where the name starts behind the posts; NULL when it is not so. */
static const char *name_behind_post(const struct plan_reader *r, const char *text)
{
    const char *name = text, *before = text;
    while (*name != '\0' && in_capitals(r, arena_copy_n(r->a, name, strcspn(name, " ")))) {
        before = name;
        name += strcspn(name, " ");
        name += strspn(name, " ");
    }
    if (before > text && *name != '\0' && without_degrees(r->a, before) == name)
        name = before; /* "BS." */
    bool found = name > text && *name != '\0' && plan_is_person(r->a, name) && !names_an_office(r->a, name);
    return found && plan_is_position(r, text_trim(r->a, arena_copy_n(r->a, text, (size_t)(name - text)))) ? name : NULL;
}

/* Does a name in the usual case follow in the same column? Behind a prefix alone ("TM. ỦY BAN"), or a post? */
static bool signature_follows(const struct plan_reader *r, const struct plan_item *item)
{
    const struct plan_item *end = r->items + r->count;
    for (const struct plan_item *next = item + 1; next < end && next - item <= SIGNER_LINES; next++) {
        if (next->zone != ZONE_FOOT || next->table != NULL || next->cell != item->cell)
            return false;
        if (r->out->signer_title.text == NULL && plan_is_position(r, next->text))
            return true;
        if (!in_capitals(r, next->text))
            return plan_is_person(r->a, next->text) && !names_an_office(r->a, next->text);
    }
    return false;
}

/* "TM. ỦY BAN" / "NHÂN DÂN", "PHÓ CHỦ" / "TỊCH": a line in capitals that its column broke is no name. */
static bool goes_on_post(struct plan_reader *r, const char *text, const struct plan_item *item)
{
    struct plan_text *last = r->out->signer_title.text != NULL ? &r->out->signer_title : &r->out->signer_prefix;
    char *key = text_key(r->a, text);
    if (last->text == NULL || !in_capitals(r, text) || key[0] == '\0' || strcmp(key, "da ky") == 0 || strpbrk(text, "0123456789:;/()[]_*=") != NULL ||
        text_length(text) > POSITION_LONGEST || !signature_follows(r, item))
        return false;
    last->text = arena_printf(r->a, "%s %s", last->text, text_squeeze(r->a, text));
    return true;
}

static void take_signer_line(struct plan_reader *r, const char *text, const struct plan_item *item)
{
    bool capitals = in_capitals(r, text);
    struct plan_reading *out = r->out;
    if (out->signer_name.text != NULL)
        return;
    const char *name = capitals ? NULL : name_behind_post(r, text);
    if (name != NULL) {
        add_position(r, text_squeeze(r->a, text_trim(r->a, arena_copy_n(r->a, text, (size_t)(name - text)))), item);
        text = name;
    }
    bool position = out->signer_title.text != NULL || out->signer_prefix.text != NULL;
    if (plan_is_position(r, text))
        add_position(r, text_squeeze(r->a, text), item);
    else if (goes_on_post(r, text, item))
        return;
    else if (out->signer_title.text != NULL && capitals && out->signer_title.place.block == item->place.block &&
             !plan_is_person(r->a, text_sentence_case(r->a, text)) && text_length(text) < POSITION_LONGEST)
        add_position(r, text, item); /* "TRƯỞNG PHÒNG" / "TỔ CHỨC - HÀNH CHÍNH" */
    else if (position && plan_is_person(r->a, text) && !names_an_office(r->a, text)) {
        r->signed_at = (size_t)(item - r->items) + 1;
        out->signer_name = (struct plan_text){ .text = without_degrees(r->a, text), .place = item->place, .sure = r->damaged ? 0.5 : 0.9 };
    }
}

/* A recipient, or a whole list that stands on one line: "Như Điều 2; - Sở Nội vụ; - Lưu: VT." */
static void add_recipients(struct plan_reader *r, const char *text, const struct plan_item *item)
{
    for (const char *end; (end = strstr(text, "; - ")) != NULL; text = end + strlen("; - "))
        add_recipient(r, arena_copy_n(r->a, text, (size_t)(end - text)), item);
    add_recipient(r, text, item);
}

/* What the other column holds on the line of a recipient: "- Ban Giám đốc;   Trần Thị A". Cut off the recipient. */
static const char *take_other_column(struct plan_reader *r, const char *text, const struct plan_item *item)
{
    for (const char *at = text; (at = strpbrk(at, ";,.)")) != NULL; at++) {
        if (at[1] != ' ')
            continue;
        const char *rest = text_trim(r->a, at + 1);
        bool ends = *at == ';' || *at == '.';
        bool position = plan_is_position(r, rest) || (ends && name_behind_post(r, rest) != NULL);
        bool named = r->out->signer_title.text != NULL || r->out->signer_prefix.text != NULL;
        if (!position && !(named && ends && plan_is_person(r->a, rest) && !names_an_office(r->a, rest)))
            continue;
        take_signer_line(r, rest, item);
        return arena_copy_n(r->a, text, (size_t)(at - text) + (*at == ')'));
    }
    return text;
}

static void take_recipients_head(struct plan_reader *r, const struct plan_item *item)
{
    const char *rest = item->text + strlen("Nơi nhận"); /* a scan may have lost a byte: the colon decides */
    const char *colon = strchr(item->text, ':');
    rest = colon != NULL ? colon + 1 : text_starts(item->text, "Nơi nhận") ? rest : "";
    rest = text_trim(r->a, rest);
    rest += strspn(rest, "- ");
    if (plan_is_position(r, rest))
        add_position(r, rest, item);
    else if (*rest != '\0')
        add_recipients(r, take_other_column(r, rest, item), item);
}

/* A line of the list: bulleted, or in its cell or column ending with the sign of a list. */
static bool is_listed(const struct plan_reader *r, int listing, const struct plan_item *item)
{
    if (listing < 0 || plan_is_position(r, item->text))
        return false;
    bool bullet = item->mark == MARK_DASH || item->mark == MARK_PLUS || item->mark == MARK_DOT;
    const struct plan_item *head = &r->items[listing];
    bool unmarked = head->cell == item->cell && item->mark == MARK_NONE && (text_ends(item->text, ";") || text_starts(item->text, "Lưu"));
    return bullet || unmarked;
}

/* The name of a decision's signer that a PDF reader put behind the title of its plan. */
static void take_name_below_title(struct plan_reader *r)
{
    size_t i = (size_t)r->title_line + 1;
    bool wanting = r->decision && r->title_line >= 0 && r->out->signer_name.text == NULL && i < r->count;
    if (wanting && r->items[i].mark == MARK_NONE && r->items[i].table == NULL)
        take_signer_line(r, r->items[i].text, &r->items[i]);
    r->signed_at = wanting ? 0 : r->signed_at;
}

void plan_read_foot(struct plan_reader *r)
{
    int listing = -1; /* item of "Nơi nhận" while its list runs */
    bool filed = false; /* "Lưu: VT" closes the list; what a web page hangs on comes behind */
    for (size_t i = 0; i < r->count; i++) {
        const struct plan_item *item = &r->items[i];
        if (item->zone != ZONE_FOOT || item->table != NULL)
            continue;
        if (listing < 0 && is_recipients_head(r, item)) {
            listing = (int)i;
            take_recipients_head(r, item);
        } else if (is_listed(r, listing, item)) {
            if (!filed)
                add_recipients(r, take_other_column(r, item->text, item), item);
            filed = filed || strncmp(text_key(r->a, arena_copy_n(r->a, item->text, strnlen(item->text, 8))), "luu", 3) == 0;
        } else {
            take_signer_line(r, item->text, item);
        }
    }
    take_name_below_title(r);
}

/* ---- reports ---- */

static const char *report_time(struct plan_reader *r, const struct plan_item *item)
{
    static const char *const periods[] = { "hằng tháng", "hàng tháng", "hằng quý", "hàng quý", "hằng năm", "hàng năm", "6 tháng", "định kỳ" };
    const char *day = plan_time_within(r->a, item->text);
    if (day != NULL)
        return day;
    const char *end;
    for (size_t i = 0; i < sizeof periods / sizeof periods[0]; i++)
        if (fold_find(item->loose, fold_loose(r->a, periods[i]), &end) != NULL)
            return periods[i];
    return NULL;
}

void plan_read_reports(struct plan_reader *r)
{
    static const char *const organising[] = { "tổ chức thực hiện", "nhiệm vụ", "báo cáo", "phân công", "trách nhiệm", NULL };
    char *report = fold_loose(r->a, "báo cáo");
    for (size_t i = 0; i < r->count; i++) {
        const struct plan_item *item = &r->items[i];
        const char *end;
        int root = plan_section_of(r, (int)i);
        if (item->zone != ZONE_BODY || item->table != NULL || root == (int)i || !plan_heads(r, &r->items[root], organising) ||
            fold_find(item->loose, report, &end) == NULL)
            continue;
        const char *time = report_time(r, item);
        const char *text = plan_tidy(r->a, item->text);
        size_t length = strnlen(text, SENTENCE_LONGEST);
        while (length > 0 && text[length] != '\0' && text[length] != ' ')
            length--;
        if (time != NULL)
            plan_list_add(r->a, &r->out->report_deadlines, arena_printf(r->a, "%s: %.*s%s", time, (int)length, text, text[length] == '\0' ? "" : "…"));
    }
}
