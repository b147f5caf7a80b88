/* An item that names who does it, and when, behind its own wording: "Tập huấn …: Phòng A chủ trì; Phòng B phối hợp",
 * "…; do Phòng A thực hiện trong Quý I". The tail counts only when it says that and nothing more. */
#include "plan_parts.h"
#include "platform/base/text.h"
#include <string.h>

enum { NAME_REACH = 400, NAME_LONGEST = 200, TAIL_LONGEST = 700, ITEM_LONGEST = 1500, HEAD_SHORTEST = 8, SAID_MOST = 12 };

struct tail {
    struct arena *a;
    int year;
    struct plan_labelled list[SAID_MOST];
    size_t count;
    bool led, firmly; /* firmly: "chủ trì" or the like is said, or work is given */
    bool helped, timed;
};

static bool say(struct tail *t, enum plan_label label, const char *value)
{
    if (t->count == SAID_MOST || text_blank(value) || text_length(value) > NAME_LONGEST || strpbrk(value, label == LABEL_TIME ? "" : ":.;(") != NULL)
        return false;
    t->list[t->count++] = (struct plan_labelled){ .label = label, .name = "", .value = value,
                                                  .completes = label == LABEL_TIME && plan_says_completed(t->a, value) };
    t->led = t->led || label == LABEL_LEAD;
    t->helped = t->helped || label == LABEL_PARTNER;
    t->timed = t->timed || label == LABEL_TIME;
    return true;
}

static const char *name_between(struct arena *a, const char *from, const char *to)
{
    return plan_tidy(a, arena_copy_n(a, from, (size_t)(to - from)));
}

static const char *const doing[] = { "tổ chức thực hiện", "triển khai thực hiện", "tổ chức triển khai", "thực hiện", "triển khai", "tham mưu", "chủ trì", "chính", "chung", "và", NULL };

/* What says that the unit before it leads; 0: nothing does. */
static size_t leading(const char *deed, bool *firmly)
{
    static const char *const words[] = { "chủ trì", "làm đầu mối", "là đầu mối", "đầu mối", "chịu trách nhiệm", "phụ trách", "đảm nhận", "đảm nhiệm",
                                         "tổ chức thực hiện", "triển khai thực hiện", "thực hiện" };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t length = plan_starts_said(deed, words[i]);
        if (length == 0)
            continue;
        *firmly = *firmly || i < 8;
        return length;
    }
    return 0;
}

/* "phối hợp với Phòng B thực hiện", "tham gia", at its start; *name is where B begins, NULL when nobody follows. */
static size_t helping(struct arena *a, const char *deed, const char **name)
{
    static const char *const with[] = { "chặt chẽ", "với", "cùng", NULL };
    size_t length = plan_starts_said(deed, "phối hợp");
    const char *next = length > 0 ? plan_skip_said(deed + length, with) : deed;
    bool names = length > 0 && deed[length] == ' ' && plan_is_unit(a, next);
    *name = names ? next : NULL;
    return length > 0 ? length : plan_starts_said(deed, "tham gia");
}

/* "phối hợp với B[, C] [thực hiện]": who helps. NULL: something else is said; else what follows. */
static const char *take_helpers(struct tail *t, const char *name)
{
    const char *deed = plan_first_deed(t->a, name, NAME_REACH);
    const char *end = deed != NULL ? deed : name + strlen(name);
    return say(t, LABEL_PARTNER, name_between(t->a, name, end)) ? end : NULL;
}

/* "các khoa, phòng tham gia": the last words of a piece. */
static const char *take_joining(struct tail *t, const char *text)
{
    static const char last[] = " tham gia";
    const char *end = text + strlen(text) - (text_ends(text, last) ? strlen(last) : 0);
    return *end != '\0' && t->led && plan_is_unit(t->a, text) && say(t, LABEL_PARTNER, name_between(t->a, text, end)) ? end + strlen(last) : NULL;
}

/* One name and its role; what follows them, NULL when something else is said. */
static const char *take_role(struct tail *t, const char *text)
{
    const char *with, *name = plan_behind_giver(text);
    if (helping(t->a, text, &with) > 0)
        return with != NULL && t->led ? take_helpers(t, with) : NULL;
    const char *deed = plan_is_unit(t->a, name) ? plan_first_deed(t->a, name, NAME_REACH) : NULL;
    if (deed == NULL)
        return take_joining(t, text);
    t->firmly = t->firmly || name != text;
    const char *unit = name_between(t->a, name, deed);
    size_t length = leading(deed, &t->firmly);
    if (length > 0)
        return say(t, LABEL_LEAD, unit) ? deed + length : NULL;
    length = helping(t->a, deed, &with);
    if (length == 0)
        return NULL;
    if (with == NULL || t->led) /* "Phòng B phối hợp" */
        return with == NULL && say(t, LABEL_PARTNER, unit) ? deed + length : NULL;
    return say(t, LABEL_LEAD, unit) ? take_helpers(t, with) : NULL;
}

/* "Phòng A chủ trì, hoàn thành trước 30/6": the piece without its time. */
static const char *without_time(struct tail *t, const char *piece)
{
    for (const char *at = piece + strlen(piece); at-- > piece;)
        if (*at == ',' && plan_is_time_clause(t->a, plan_tidy(t->a, at + 1), t->year)) {
            say(t, LABEL_TIME, plan_tidy(t->a, at + 1));
            return arena_copy_n(t->a, piece, (size_t)(at - piece));
        }
    return piece;
}

/* Behind a dash between words; the text itself when it does not begin with one. */
static const char *behind_dash(const char *text)
{
    static const char *const dashes[] = { "- ", "– ", "— " };
    for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++)
        if (text_starts(text, dashes[i]))
            return text + strlen(dashes[i]);
    return text;
}

static bool take_piece(struct tail *t, const char *piece)
{
    piece = plan_tidy(t->a, without_time(t, plan_tidy(t->a, piece)));
    while (!text_blank(piece)) {
        if (plan_is_time_clause(t->a, piece, t->year))
            return say(t, LABEL_TIME, piece);
        const char *next = take_role(t, piece);
        if (next == NULL)
            return false;
        piece = behind_dash(plan_skip_said(next, doing));
    }
    return true;
}

static bool take_pieces(struct tail *t, const char *text)
{
    const char *from = text;
    for (const char *at = text;; at++) {
        bool stop = *at == '\0' || *at == ';' || *at == '\n' || (*at == '.' && at[1] == ' ');
        if (!stop)
            continue;
        if (!take_piece(t, arena_copy_n(t->a, from, (size_t)(at - from))))
            return false;
        if (*at == '\0')
            return true;
        from = at + 1;
    }
}

/* Where the tail may begin, behind the sign at `at`; NULL when there is none. */
static const char *behind_sign(const char *text, const char *at)
{
    if (*at == ' ')
        return behind_dash(at + 1) != at + 1 ? behind_dash(at + 1) : NULL;
    bool given = *at == ',' && (text_starts(at, ", do ") || text_starts(at, ", giao "));
    return at > text && ((strchr(":;.", *at) != NULL && at[1] == ' ') || given) ? at + 1 + strspn(at + 1, " ") : NULL;
}

/* Not of a head that names a unit or a role itself, or takes part in what another does: "Tham gia hội thi, do Sở A chủ trì". */
static bool has_wording(struct arena *a, const char *head, char sign)
{
    static const char *const roles[] = { "phan cong", "thanh phan", "to chuc thuc hien", "dia diem" };
    static const char *const joins[] = { "tham gia", "tham du", "phoi hop", "phuc vu", "cu " };
    const char *key = text_key(a, head);
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
        if (text_starts(key, roles[i]))
            return false;
    for (size_t i = 0; i < sizeof joins / sizeof joins[0] && sign == ','; i++)
        if (text_starts(key, joins[i]))
            return false;
    return text_length(head) >= HEAD_SHORTEST && strchr(head, ' ') != NULL && !plan_is_unit(a, head);
}

/* "thực hiện" alone leads behind a colon or a dash, and where a partner or a time is said with it. */
static bool is_good(const struct tail *t, char sign)
{
    return t->led && (t->firmly || t->helped || t->timed || sign == ':') && !(sign == '.' && !t->firmly && !t->helped);
}

size_t plan_cut_tail(struct arena *a, const char *text, int year, const char **head, struct plan_labelled **labels)
{
    int depth = 0;
    const char *plain = plan_without_signs(a, text);
    if (strlen(text) > ITEM_LONGEST)
        return 0;
    for (const char *at = plain; *at != '\0'; at++) {
        depth += *at == '(' ? 1 : *at == ')' && depth > 0 ? -1 : 0;
        const char *from = depth == 0 ? behind_sign(plain, at) : NULL;
        struct tail t = { .a = a, .year = year };
        if (from == NULL || strlen(from) > TAIL_LONGEST || !plan_is_unit(a, plan_behind_giver(from)))
            continue;
        const char *before = plan_tidy(a, arena_copy_n(a, text, (size_t)(at - plain)));
        if (!has_wording(a, before, *at) || !take_pieces(&t, from) || !is_good(&t, *at))
            continue;
        *head = before;
        *labels = arena_array(a, t.count, sizeof **labels);
        memcpy(*labels, t.list, t.count * sizeof **labels);
        return t.count;
    }
    return 0;
}
