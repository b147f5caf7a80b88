/* Sentences that give roles: who leads, who helps, and with whom a duty is done. */
#include "modules/document/document_fold.h"
#include "plan_parts.h"
#include "platform/base/text.h"
#include <string.h>
#include <utf8proc.h>

enum { DUTY_LONGEST = 1500, CLAUSES_MOST = 24 };

/* Byte of the text where the folded phrase starts (and ends), as whole words; NULL when it does not. */
static const char *find_words(struct arena *a, const char *text, const char *phrase, const char **end)
{
    struct folded f = fold_text(a, text);
    size_t length = strlen(phrase);
    for (size_t i = 0; i + length <= f.length; i++) {
        if (memcmp(f.key + i, phrase, length) != 0 || (i > 0 && fold_is_word(f.key[i - 1])) || fold_is_word(f.key[i + length]))
            continue;
        *end = text + f.at[i + length];
        return text + f.at[i];
    }
    return NULL;
}

static const char *skip_phrases(struct arena *a, const char *text, const char *const *phrases)
{
    for (bool again = true; again;) {
        again = false;
        text += strspn(text, " ,;:.");
        for (const char *const *p = phrases; *p != NULL; p++) {
            const char *end, *start = find_words(a, text, *p, &end);
            if (start == text) {
                text = end;
                again = true;
            }
        }
    }
    return text;
}

static const char *cut_at(struct arena *a, const char *text, const char *const *phrases)
{
    for (; *phrases != NULL; phrases++) {
        const char *end, *start = find_words(a, text, *phrases, &end);
        if (start != NULL)
            text = arena_copy_n(a, text, (size_t)(start - text));
    }
    return text;
}

static bool says(struct arena *a, const char *text, const char *phrase)
{
    const char *end;
    return find_words(a, text, phrase, &end) != NULL;
}

const char *plan_without_signs(struct arena *a, const char *text)
{
    static const char *const words[] = { "chu tri", "phoi hop", "chu tri thuc hien", "phoi hop thuc hien", "don vi chu tri", "don vi phoi hop" };
    char *plain = arena_copy_n(a, text, strlen(text));
    for (char *open = plain; (open = strchr(open, '(')) != NULL; open++) {
        char *close = strchr(open, ')');
        if (close == NULL)
            break;
        const char *inside = text_key(a, arena_copy_n(a, open + 1, (size_t)(close - open - 1)));
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
            if (strcmp(inside, words[i]) == 0)
                *open = *close = ' ';
        if (strcmp(inside, "dau moi") == 0 || strcmp(inside, "lam dau moi") == 0)
            memset(open, ' ', (size_t)(close - open) + 1); /* the first of joint leads */
    }
    for (char *dash = plain; (dash = strstr(dash, " - ")) != NULL; dash += 3) {
        const char *key = text_key(a, arena_copy_n(a, dash + 3, strnlen(dash + 3, 16)));
        if (text_starts(key, "chu tri") || text_starts(key, "phoi hop"))
            dash[1] = ' ';
    }
    return plain;
}

enum clause_role { CLAUSE_PLAIN, CLAUSE_LEAD, CLAUSE_PARTNER };

struct roles {
    struct arena *a;
    struct plan_list *leads, *partners;
};

static const char *const joiners[] = { "va", "phoi hop voi", "phoi hop cung", "phoi hop", "cung voi", "cung", "voi", "thuc hien", "tham muu",
    "chiu trach nhiem", "la", NULL };
static const char *const enders[] = { "cung phoi hop", "phoi hop thuc hien", "phoi hop", "tham gia", "thuc hien", "trien khai", "cung thuc hien", NULL };

static bool starts_small(const char *text)
{
    int32_t rune = 0;
    text_next(text, &rune);
    return utf8proc_category(rune) == UTF8PROC_CATEGORY_LL;
}

/* "A chủ trì, phối hợp với B": cut at the word of the role. False: the clause has none in its middle. */
static bool cut_clause(struct roles *s, const char *clause)
{
    static const char *const splitters[] = { "chu tri", "lam dau moi", "la dau moi", "dau moi", "phoi hop voi", "phoi hop cung", "phoi hop" };
    for (size_t i = 0; i < sizeof splitters / sizeof splitters[0]; i++) {
        const char *end, *start = find_words(s->a, clause, splitters[i], &end);
        if (start == NULL)
            continue;
        const char *rest = cut_at(s->a, skip_phrases(s->a, end, joiners), enders);
        const char *first = arena_copy_n(s->a, clause, (size_t)(start - clause));
        bool leads = i < 4;
        if (text_blank(first)) { /* "Chủ trì: …" inside the value; "Chủ trì, phối hợp với B" names B alone */
            bool with = text_starts(text_key(s->a, end), "phoi hop");
            plan_units_add(s->a, leads && !with ? s->leads : s->partners, rest);
            return true;
        }
        if (!leads && text_blank(rest))
            return false; /* "B, C phối hợp" */
        if (leads && starts_small(rest) && !plan_is_unit(s->a, rest)) { /* "Phòng A chủ trì xây dựng kế hoạch" */
            bool set = text_starts(text_key(s->a, first), "cac "); /* "các vụ chủ trì soạn thảo" says which ones */
            plan_units_add(s->a, s->leads, set ? clause : first);
            return true;
        }
        plan_units_add(s->a, s->leads, first);
        plan_units_add(s->a, s->partners, rest);
        return true;
    }
    return false;
}

static enum clause_role role_of_clause(struct arena *a, const char *clause)
{
    if (says(a, clause, "chu tri") || says(a, clause, "dau moi"))
        return CLAUSE_LEAD;
    return says(a, clause, "phoi hop") || says(a, clause, "tham gia") ? CLAUSE_PARTNER : CLAUSE_PLAIN;
}

/* "A và các khoa, phòng phối hợp": the first leads. */
static void first_leads(struct roles *s, const char *clause)
{
    struct plan_list all = { 0 };
    plan_units_add(s->a, &all, cut_at(s->a, clause, enders));
    for (size_t i = 0; i < all.count; i++)
        plan_list_add(s->a, i == 0 ? s->leads : s->partners, all.items[i]);
}

static size_t clauses_of(struct arena *a, const char *text, const char **clauses)
{
    size_t count = 0;
    const char *from = text;
    for (const char *at = text;; at++) {
        if (*at != '\0' && *at != '\n' && *at != ';')
            continue;
        const char *clause = text_trim(a, arena_copy_n(a, from, (size_t)(at - from)));
        clause += strspn(clause, "-+* ");
        if (clause[0] != '\0')
            clauses[count++] = clause;
        if (*at == '\0' || count == CLAUSES_MOST)
            return count;
        from = at + 1;
    }
}

static void add_clauses(struct roles *s, const char *text)
{
    const char *clauses[CLAUSES_MOST];
    enum clause_role roles[CLAUSES_MOST];
    size_t count = clauses_of(s->a, text, clauses), leading = 0;
    for (size_t i = 0; i < count; i++) {
        roles[i] = role_of_clause(s->a, clauses[i]);
        leading += roles[i] == CLAUSE_LEAD;
    }
    for (size_t i = 0; i < count; i++) {
        if (roles[i] == CLAUSE_PLAIN) {
            plan_units_add(s->a, leading > 0 ? s->partners : s->leads, clauses[i]);
            continue;
        }
        if (cut_clause(s, clauses[i]))
            continue;
        if (count == 1)
            first_leads(s, clauses[i]);
        else
            plan_units_add(s->a, s->partners, cut_at(s->a, clauses[i], enders));
    }
}

/* "Chủ trì: A\nPhối hợp: B": false when no label stands there. */
static bool add_labelled(struct roles *s, const char *text)
{
    const char *head;
    struct plan_labelled *labels = NULL;
    size_t count = strchr(text, ':') == NULL ? 0 : plan_cut_labels(s->a, text, false, &head, &labels);
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        enum plan_label label = labels[i].label;
        if (label == LABEL_PARTNER)
            plan_units_add(s->a, s->partners, labels[i].value);
        else if (label == LABEL_LEAD || label == LABEL_BOTH || label == LABEL_DOES)
            plan_units_add(s->a, s->leads, labels[i].value);
        else
            continue;
        any = true;
    }
    if (any && head[0] != '\0')
        plan_units_add(s->a, s->leads->count == 0 ? s->leads : s->partners, head);
    return any;
}

void plan_roles_add(struct arena *a, const char *text, struct plan_list *leads, struct plan_list *partners)
{
    static const char *const openers[] = { "giao cho", "giao", "do", NULL };
    static const char *const verbs[] = { "chiu trach nhiem", "thuc hien", "tham muu", NULL };
    struct roles s = { a, leads, partners };
    if (strlen(text) > DUTY_LONGEST) { /* a list, no sentence */
        plan_units_add(a, leads, text);
        return;
    }
    if (add_labelled(&s, text))
        return;
    const char *plain = skip_phrases(a, plan_without_signs(a, text), openers);
    if (role_of_clause(a, plain) == CLAUSE_PLAIN)
        plan_units_add(a, leads, cut_at(a, plain, verbs));
    else
        add_clauses(&s, plain);
}

void plan_both_add(struct arena *a, const char *text, struct plan_list *leads, struct plan_list *partners)
{
    if (strlen(text) > DUTY_LONGEST || strchr(text, ':') != NULL || role_of_clause(a, text) != CLAUSE_PLAIN) {
        plan_roles_add(a, text, leads, partners);
        return;
    }
    struct plan_list all = { 0 };
    plan_units_add(a, &all, text);
    for (size_t i = 0; i < all.count; i++)
        plan_list_add(a, i == 0 ? leads : partners, all.items[i]);
}

void plan_partners_add(struct arena *a, const char *text, struct plan_list *leads, struct plan_list *partners)
{
    bool roles = strlen(text) <= DUTY_LONGEST && (strchr(text, ':') != NULL || says(a, text, "chu tri"));
    struct plan_list named = { 0 };
    if (!roles) {
        plan_units_add(a, partners, strlen(text) <= DUTY_LONGEST ? skip_phrases(a, text, joiners) : text);
        return;
    }
    plan_roles_add(a, text, &named, partners);
    for (size_t i = 0; i < named.count; i++)
        plan_list_add(a, says(a, text, "chu tri") ? leads : partners, named.items[i]);
}

/* Where the partner's name ends: at the verb that says what is done together. */
static const char *const done_together[] = { "thuc hien", "trien khai", "to chuc thuc hien", "to chuc trien khai", "tham muu", "xay dung",
    "trong viec", "de", "theo doi", "kiem tra", "huong dan", "don doc", "chu dong", "tong hop", "cung cap", "bao cao", "ra soat",
    "dua tin", "tuyen truyen", "cap nhat", "lap du toan", "dang tai", "bo tri", "nham", "va cac noi dung", "trong cac", "trong cong tac",
    "lam tot", "day manh", "giai dap", "duy tri", "dam bao", "bao dam", "phat thanh", "dang tin", "dang bai", "phat song", "hoan thien",
    "nang cao", "van hanh", "tiep tuc", "giai quyet", "tiep nhan", "xu ly", "khi co", "phuc vu", "giam sat", "danh gia", "kip thoi", "thuong xuyen",
    "bien soan", "phat hanh", "lap ke hoach", "chuan bi", "niem yet", "cong khai", "in an", "cap phat", NULL };

/* "…, ngành", "…, trạm": a set goes on over its commas. */
static bool in_set(const char *text)
{
    static const char *const kinds[] = { "nganh", "tram", "huyen", "phuong", "thi xa", "thanh pho", "doan the", "to chuc", "dac khu", "thi tran", "dia phuong", "don vi" };
    char key[16];
    fold_key(key, sizeof key, text, sizeof key);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (text_starts(key, kinds[i]))
            return true;
    return false;
}

const char *plan_partner_within(struct arena *a, const char *duty)
{
    if (strlen(duty) > DUTY_LONGEST)
        duty = arena_copy_n(a, duty, DUTY_LONGEST);
    const char *end, *start = find_words(a, duty, "phoi hop voi", &end);
    if (start == NULL)
        start = find_words(a, duty, "phoi hop cung", &end);
    if (start == NULL) {
        start = find_words(a, duty, "phoi hop", &end);
        if (start == NULL || !plan_is_unit(a, arena_copy_n(a, end, strnlen(end, 60))))
            return NULL;
    }
    const char *name = cut_at(a, end, done_together);
    size_t stop = 0;
    while (name[stop] != '\0' && strchr(".;:", name[stop]) == NULL && (name[stop] != ',' || plan_is_unit(a, name + stop + 1) || in_set(name + stop + 1)))
        stop++;
    name = arena_copy_n(a, name, stop);
    name = plan_tidy(a, text_squeeze(a, name));
    return text_blank(name) || !plan_is_unit(a, name) ? NULL : name;
}

