/* Who and when as a sentence says it, without labels: "(Phòng A chủ trì; trước ngày …)", "Giao Phòng A chủ trì, phối
 * hợp với Phòng B rà soát …, hoàn thành trong Quý III". */
#include "modules/document/document_fold.h"
#include "plan_parts.h"
#include "platform/base/text.h"
#include <string.h>
#include <utf8proc.h>

enum { LEAD_REACH = 260, PARTNER_REACH = 400, TIME_LONGEST = 90, PIECES_MOST = 12, SAID_MOST = 16, SENTENCE_LONGEST = 700, BRACKET_LONGEST = 900, DAY_LONGEST = 50 };

/* What a unit does: the name ends before it. In a name the same word has a capital: "Phòng Tổng hợp". */
static const char *const deeds[] = {
    "chủ trì", "làm đầu mối", "là đầu mối", "đầu mối", "có trách nhiệm", "chịu trách nhiệm", "phối hợp", "tham mưu", "phụ trách", "đảm nhận", "đảm nhiệm", "xây dựng",
    "tổng hợp", "tổ chức", "theo dõi", "bố trí", "cân đối", "lập ", "căn cứ", "thực hiện", "triển khai", "rà soát", "đôn đốc", "kiểm tra",
    "hướng dẫn", "báo cáo", "tuyên truyền", "cập nhật", "đăng ", "ban hành", "thành lập", "cung cấp", "thẩm định", "trình ", "đẩy mạnh",
    "tăng cường", "chủ động", "quán triệt", "phổ biến", "vận động", "giám sát", "đánh giá", "công khai", "niêm yết", "đơn giản hóa",
    "nâng cao", "tập huấn", "viết ", "đưa ", "phát ", "chỉ đạo", "xử lý", "giải quyết", "đề xuất", "hoàn thiện", "duy trì", "bảo đảm",
    "đảm bảo", "phân công", "quản lý", "ứng dụng", "khảo sát", "số hóa", "tiếp nhận", "gửi ", "chuẩn bị", "thống kê", "tiếp tục",
    "thường xuyên", "kịp thời", "nghiên cứu", "hoàn thành", "nghiêm túc", "lãnh đạo", "tiến hành", "mở ", "biên soạn", "in ", "phát hành",
    "treo ", "in,", "treo,", "viết,", "rà ", "lồng ghép", "hỗ trợ", "tạo ", "quan tâm", "định kỳ", "dự toán", "đề nghị", "là cơ quan", "là đơn vị", "giúp ", "vận hành",
    "kiện toàn", "ký ", "cử ", "tham gia", "phát huy", "phát động", "phát triển", "đăng tải", "mua sắm", "trang bị", "trong việc", "khẩn trương" };

/* Of these some are also the last word of a name: "Phòng Kế hoạch tổng hợp", "Ban chỉ đạo". */
static const char *const in_names[] = { "tổng hợp", "quản lý", "kiểm tra", "tổ chức", "hỗ trợ", "ứng dụng", "chỉ đạo", "giám sát", "tuyên truyền", "tiếp nhận",
                                        "hướng dẫn", "đánh giá", "thẩm định", "phát triển", "giúp ", "khảo sát", "xử lý", "theo dõi", "tham gia", "phát hành" };

static bool at_word(const char *text, const char *at)
{
    return at == text || strchr(" ,;:-(", at[-1]) != NULL;
}

size_t plan_starts_said(const char *text, const char *word)
{
    const char *at = text;
    while (*word != '\0') {
        int32_t wanted, have;
        const char *next = text_next(at, &have);
        word = text_next(word, &wanted);
        if (*at == '\0' || (have != wanted && (have >= 0x80 || (char)have != fold_rune(wanted))))
            return 0;
        at = next;
    }
    return (size_t)(at - text);
}

static bool ends_word(const char *text, size_t length)
{
    return text[length - 1] == ' ' || text[length] == '\0' || strchr(" ,.;:)", text[length]) != NULL;
}

/* A deed at the start of the text, as whole words; its length, 0: none. */
static size_t deed_length(const char *text)
{
    for (size_t i = 0; i < sizeof deeds / sizeof deeds[0]; i++) {
        size_t length = plan_starts_said(text, deeds[i]);
        if (length > 0 && ends_word(text, length))
            return length;
    }
    return 0;
}

/* Is the deed at `at` a part of the name that stands before it? */
static bool within_name(struct arena *a, const char *name, const char *at, size_t length)
{
    bool may = false;
    if (at - name >= (ptrdiff_t)strlen("các ") && strncmp(at - strlen("các "), "các ", strlen("các ")) == 0)
        return true; /* "các tổ chức chính trị" */
    for (size_t i = 0; i < sizeof in_names / sizeof in_names[0] && !may; i++)
        may = plan_starts_said(at, in_names[i]) > 0;
    if (!may)
        return false;
    const char *rest = at + length + strspn(at + length, " ");
    if (strcspn(name, " ") + 1 >= (size_t)(at - name))
        return true; /* "Ban chỉ đạo", "Tổ kiểm tra" */
    if (*rest == ',')
        return plan_is_unit(a, rest + 1 + strspn(rest + 1, " "));
    return *rest == '\0' || strchr(";.:)", *rest) != NULL || deed_length(rest) > 0;
}

const char *plan_first_deed(struct arena *a, const char *text, size_t reach)
{
    for (const char *at = text + (*text != '\0'); at < text + reach && *at != '\0'; at++) {
        size_t length = at_word(text, at) ? deed_length(at) : 0;
        if (length > 0 && !within_name(a, text, at, length))
            return at;
    }
    return NULL;
}

const char *plan_skip_said(const char *text, const char *const *words)
{
    for (bool again = true; again;) {
        again = false;
        text += strspn(text, " ,");
        for (const char *const *w = words; *w != NULL; w++) {
            size_t length = plan_starts_said(text, *w);
            if (length > 0 && ends_word(text, length)) {
                text += length;
                again = true;
            }
        }
    }
    return text;
}

static const char *copied(struct arena *a, const char *from, const char *to)
{
    while (to > from && strchr(" ,;.", to[-1]) != NULL)
        to--;
    return text_squeeze(a, arena_copy_n(a, from, (size_t)(to - from)));
}

const char *plan_behind_giver(const char *text)
{
    static const char *const openers[] = { "Giao cho ", "Giao nhiệm vụ cho ", "Phân công ", "Giao ", "Đề nghị các đồng chí ", "Đề nghị ", "Yêu cầu ",
                                           "Giao trách nhiệm cho ", "Phân công cho ", "giao ", "Do ", "do " };
    for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++)
        if (plan_starts_said(text, openers[i]) > 0)
            return text + plan_starts_said(text, openers[i]);
    int32_t rune;
    text_next(text + strlen("Giáo ") * text_starts(text, "Giáo "), &rune); /* "Giao" of a scan, mended wrongly */
    return text_starts(text, "Giáo ") && utf8proc_category(rune) == UTF8PROC_CATEGORY_LU ? text + strlen("Giáo ") : text;
}

static const char *const fillers[] = { "chủ trì", "làm đầu mối", "là đầu mối", "đầu mối", "có trách nhiệm", "chịu trách nhiệm", "và", "phụ trách",
                                       "làm", "tham mưu", "cùng", "theo dõi chung", NULL };

/* "phối hợp với A, B": A, B; *rest is what is done together. */
static const char *partners_at(struct arena *a, const char *text, const char **rest)
{
    static const char *const with[] = { "phối hợp chặt chẽ với", "phối hợp với", "phối hợp cùng với", "phối hợp cùng", "phối hợp" };
    *rest = text;
    for (size_t i = 0; i < sizeof with / sizeof with[0]; i++) {
        size_t length = plan_starts_said(text, with[i]);
        if (length == 0 || text[length] != ' ')
            continue;
        const char *name = text + length;
        name += strspn(name, " ");
        if (!plan_is_unit(a, name))
            return NULL;
        size_t stop = strcspn(name, ".;:(");
        const char *deed = plan_first_deed(a, name, PARTNER_REACH);
        const char *end = deed != NULL && (size_t)(deed - name) < stop ? deed : name + stop;
        *rest = end;
        return copied(a, name, end);
    }
    return NULL;
}

/* "chủ trì, Phòng B, Phòng C phối hợp thực hiện": the partners stand before their role. */
static const char *partners_before(struct arena *a, const char *text, const char **rest)
{
    if (!plan_is_unit(a, text))
        return NULL;
    const char *deed = plan_first_deed(a, text, PARTNER_REACH);
    size_t length = deed != NULL ? plan_starts_said(deed, "phối hợp") : 0;
    if (length == 0 || memchr(text, '.', (size_t)(deed - text)) != NULL || memchr(text, ';', (size_t)(deed - text)) != NULL)
        return NULL;
    *rest = deed + length;
    return copied(a, text, deed);
}

bool plan_assignment_of(struct arena *a, const char *text, struct plan_assignment *out)
{
    *out = (struct plan_assignment){ 0 };
    const char *name = plan_behind_giver(text);
    out->given = name != text;
    int32_t rune;
    text_next(name, &rune);
    if (!plan_is_unit(a, name) && !(out->given && utf8proc_category(rune) == UTF8PROC_CATEGORY_LU))
        return false;
    const char *deed = plan_first_deed(a, name, LEAD_REACH);
    if (deed == NULL || memchr(name, ':', (size_t)(deed - name)) != NULL || memchr(name, '.', (size_t)(deed - name)) != NULL)
        return false;
    out->lead = copied(a, name, deed);
    out->deed = deed;
    out->leads = plan_starts_said(deed, "chủ trì") > 0 || strstr(arena_copy_n(a, deed, strnlen(deed, 40)), "đầu mối") != NULL;
    const char *next = plan_skip_said(deed, fillers);
    out->partner = partners_at(a, next, &out->rest);
    if (out->partner == NULL)
        out->partner = partners_before(a, next, &out->rest);
    return !text_blank(out->lead) && text_length(out->lead) < 200;
}

const char *plan_partner_said(struct arena *a, const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        if ((*at != 'p' && *at != 'P') || !at_word(text, at) || (plan_starts_said(at, "phối hợp") == 0 && plan_starts_said(at, "Phối hợp") == 0))
            continue;
        const char *rest, *partner = partners_at(a, arena_printf(a, "p%s", at + 1), &rest);
        if (partner != NULL)
            return partner;
    }
    return NULL;
}

/* "thực hiện", "triển khai các nội dung này": nothing is said but that it is done. */
static bool says_no_more(const char *rest)
{
    static const char *const words[] = { "tổ chức thực hiện", "triển khai thực hiện", "thực hiện", "tổ chức triển khai", "triển khai", "tham mưu",
                                         "nhiệm vụ này", "nội dung này", "các nội dung này", "các nhiệm vụ này", "các nội dung trên", "theo quy định",
                                         "nhiệm vụ trên", NULL };
    rest = plan_skip_said(rest, words);
    return rest[strspn(rest, " .;,")] == '\0';
}

/* ---- times ---- */

static bool opens_time(const char *key)
{
    static const char *const openers[] = { "hoan thanh", "xong", "thoi gian", "thuc hien trong", "thuc hien thuong xuyen", "thuc hien hang", "thuc hien dinh ky",
        "thuc hien tu", "thuc hien vao", "thuc hien xong", "thuc hien truoc", "thuong xuyen", "trong quy", "trong thang", "trong nam", "quy ", "thang ", "hang ", "dinh ky", "truoc ", "cham nhat", "vao ", "nam 20",
        "tu ngay", "tu thang", "tu quy", "khi co", "khi phat sinh", "theo yeu cau", "den het", "den ngay", "thoi han", "han ", "thuc hien quy", "thuc hien thang", "moi quy", "moi thang", "muon nhat" };
    for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++)
        if (strncmp(key, openers[i], strlen(openers[i])) == 0)
            return true;
    return false;
}

static bool is_time(struct arena *a, const char *text, int year)
{
    if (text_blank(text) || text_length(text) > TIME_LONGEST || (plan_is_unit(a, text) && !opens_time(text_key(a, text)))) /* "mỗi tháng …" begins as a set of units does */
        return false;
    return plan_time_of(a, text, NULL, year, false).kind != PLAN_NO_TIME;
}

bool plan_is_time_clause(struct arena *a, const char *text, int year)
{
    return opens_time(text_key(a, text)) && is_time(a, text, year);
}

bool plan_says_completed(struct arena *a, const char *text)
{
    const char *key = text_key(a, text);
    return strstr(key, "hoan thanh") != NULL || strstr(key, "xong") != NULL;
}

const char *plan_time_closing(struct arena *a, const char *sentence, int year, bool *ends)
{
    size_t length = strlen(sentence);
    const char *from = length > TIME_LONGEST * 2 ? sentence + length - TIME_LONGEST * 2 : sentence;
    for (const char *at = sentence + length; at-- > from;) {
        if (*at != ',' && *at != ';' && *at != '(')
            continue;
        const char *clause = plan_tidy(a, copied(a, at + 1, sentence + length));
        if (plan_is_time_clause(a, clause, year)) {
            *ends = plan_says_completed(a, clause);
            return clause;
        }
        if (*at == ';')
            break;
    }
    static const char *const days[] = { " trước ngày ", " chậm nhất ", " trước tháng ", " muộn nhất " };
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++)
        for (const char *at = from; (at = strstr(at, days[i])) != NULL; at++) {
            const char *clause = plan_tidy(a, at);
            if (text_length(clause) < DAY_LONGEST && is_time(a, clause, year)) {
                *ends = false;
                return clause;
            }
        }
    static const char *const last[] = { " trong tháng ", " trong quý ", " trong Quý ", " trong thang ", " trong quy ", " quý ", " Quý ", " quy ", " tháng ",
                                        " thang ", " năm " };
    for (size_t i = 0; i < sizeof last / sizeof last[0]; i++) /* "… trong tháng 5/2026." ends the sentence */
        for (const char *at = from; (at = strstr(at, last[i])) != NULL; at++) {
            const char *clause = plan_tidy(a, at);
            bool dated = strstr(clause, "/20") != NULL || (i < 5 && (strstr(clause, "năm 20") != NULL || strstr(clause, "nam 20") != NULL));
            if (dated && text_length(clause) < 28 && is_time(a, clause, year)) {
                *ends = false;
                return clause;
            }
        }
    return NULL;
}

/* ---- pieces of a bracket ---- */

struct said {
    struct arena *a;
    int year;
    struct plan_labelled list[SAID_MOST];
    size_t count;
    bool role, unit, time, strange;
};

static void say(struct said *s, enum plan_label label, const char *value)
{
    if (s->count < SAID_MOST)
        s->list[s->count++] = (struct plan_labelled){ .label = label, .name = "", .value = value,
                                                      .completes = label == LABEL_TIME && plan_says_completed(s->a, value) };
}

static bool holds(struct arena *a, const char *text, const char *words)
{
    return strstr(arena_printf(a, " %s ", text_key(a, text)), arena_printf(a, " %s ", words)) != NULL;
}

/* "Phòng A chủ trì, phối hợp với Phòng B, hoàn thành trước …": the time behind the last comma is a piece of its own. */
static const char *without_time(struct said *s, const char *piece)
{
    for (const char *at = piece + strlen(piece); at-- > piece;) {
        if (*at != ',' && *at != ';')
            continue;
        const char *clause = text_trim(s->a, at + 1);
        if (!plan_is_time_clause(s->a, clause, s->year))
            continue;
        say(s, LABEL_TIME, clause);
        s->time = true;
        return text_trim(s->a, arena_copy_n(s->a, piece, (size_t)(at - piece)));
    }
    return piece;
}

/* "các khoa, phòng phối hợp": a partner that stands before its role. */
static const char *partner_of(struct arena *a, const char *piece)
{
    const char *rest, *partner = partners_at(a, piece, &rest);
    if (partner != NULL)
        return partner;
    const char *at = strstr(piece, " phối hợp");
    return at == NULL ? NULL : text_trim(a, arena_copy_n(a, piece, (size_t)(at - piece)));
}

/* "T6 Công nghệ thông tin chủ trì": a name that a scan spoilt is told by the role behind it. */
static bool named_by_role(struct arena *a, const char *piece)
{
    static const char *const roles[] = { " chu tri", " phoi hop", " thuc hien", " phu trach" };
    const char *key = text_key(a, piece);
    size_t length = strlen(key);
    int32_t rune;
    text_next(piece, &rune);
    for (size_t i = 0; i < sizeof roles / sizeof roles[0] && utf8proc_category(rune) == UTF8PROC_CATEGORY_LU; i++)
        if (length > strlen(roles[i]) && strcmp(key + length - strlen(roles[i]), roles[i]) == 0)
            return true;
    return false;
}

static void take_piece(struct said *s, const char *piece)
{
    static const char *const leading[] = { "chu tri", "phu trach", "dau moi", "chiu trach nhiem", "tham muu", "thuc hien" };
    struct plan_labelled *labels = NULL;
    const char *head = piece;
    size_t count = plan_cut_labels(s->a, piece, false, &head, &labels);
    for (size_t i = 0; i < count && s->count < SAID_MOST; i++) {
        s->list[s->count++] = labels[i];
        s->role = s->role || labels[i].label == LABEL_LEAD || labels[i].label == LABEL_PARTNER || labels[i].label == LABEL_BOTH;
        s->time = s->time || labels[i].label == LABEL_TIME || labels[i].label == LABEL_FREQUENCY;
    }
    piece = plan_tidy(s->a, head);
    if (text_blank(piece))
        return;
    piece = without_time(s, piece);
    bool unit = plan_is_unit(s->a, plan_behind_giver(piece)) || named_by_role(s->a, piece);
    for (size_t i = 0; i < sizeof leading / sizeof leading[0] && unit; i++)
        if (holds(s->a, piece, leading[i])) {
            say(s, LABEL_LEAD, piece);
            s->role = true;
            return;
        }
    const char *partner = holds(s->a, piece, "phoi hop") ? partner_of(s->a, piece) : NULL;
    if (partner != NULL && (plan_is_unit(s->a, partner) || named_by_role(s->a, piece))) {
        say(s, LABEL_PARTNER, partner);
        s->role = true;
    } else if (is_time(s->a, piece, s->year)) {
        say(s, LABEL_TIME, piece);
        s->time = true;
    } else if (unit && s->count == 0) {
        say(s, LABEL_LEAD, piece);
        s->unit = true;
    } else {
        s->strange = true;
    }
}

static void take_pieces(struct said *s, const char *text)
{
    int depth = 0, pieces = 0;
    const char *from = text;
    for (const char *at = text;; at++) {
        depth += *at == '(' ? 1 : *at == ')' && depth > 0 ? -1 : 0;
        bool stop = *at == '.' && at[1] == ' ' && at > text && (unsigned char)at[-1] >= 'a';
        if (*at != '\0' && ((*at != ';' && *at != '\n' && !stop) || depth > 0))
            continue;
        if (pieces++ < PIECES_MOST)
            take_piece(s, text_trim(s->a, arena_copy_n(s->a, from, (size_t)(at - from))));
        if (*at == '\0')
            return;
        from = at + 1;
    }
}

static size_t keep(struct said *s, struct plan_labelled **labels)
{
    *labels = arena_array(s->a, s->count + 1, sizeof **labels);
    memcpy(*labels, s->list, s->count * sizeof **labels);
    return s->count;
}

/* Where the bracket opens that closes the text; NULL when none does. */
static const char *closing_bracket(const char *text, const char **end)
{
    size_t length = strlen(text);
    while (length > 0 && strchr(" .;,", text[length - 1]) != NULL)
        length--;
    if (length == 0 || text[length - 1] != ')')
        return NULL;
    *end = text + length - 1;
    int depth = 0;
    for (const char *at = *end; at >= text && *end - at < BRACKET_LONGEST; at--) {
        depth += *at == ')' ? 1 : *at == '(' ? -1 : 0;
        if (depth == 0)
            return at;
    }
    return NULL;
}

static size_t cut_bracket(struct arena *a, const char *text, int year, const char **head, struct plan_labelled **labels)
{
    const char *end, *open = closing_bracket(text, &end);
    if (open == NULL)
        return 0;
    struct said s = { .a = a, .year = year };
    take_pieces(&s, arena_copy_n(a, open + 1, (size_t)(end - open - 1)));
    bool good = s.count > 0 && ((s.role && (!s.strange || s.count > 1)) || (s.unit && s.time && !s.strange));
    if (!good)
        return 0;
    *head = text_trim(a, arena_copy_n(a, text, (size_t)(open - text)));
    return keep(&s, labels);
}

/* "Giao Phòng A chủ trì, phối hợp với Phòng B thực hiện, hoàn thành trước …": who and when, and nothing else. */
static bool role_sentence(struct said *s, const char *sentence)
{
    struct plan_assignment one;
    const char *bare = without_time(s, plan_tidy(s->a, sentence));
    bool good = text_length(bare) < SENTENCE_LONGEST && plan_assignment_of(s->a, bare, &one) && says_no_more(one.rest) &&
                (one.given || one.leads || one.partner != NULL);
    if (!good)
        return false;
    say(s, LABEL_LEAD, one.lead);
    if (one.partner != NULL)
        say(s, LABEL_PARTNER, one.partner);
    return true;
}

/* The start of the last sentence of the text. */
static const char *last_sentence(const char *text)
{
    size_t length = strlen(text);
    for (const char *at = text + length; at-- > text;)
        if (*at == '.' && at[1] == ' ' && at + 2 < text + length)
            return at + 2;
    return text;
}

static size_t cut_sentence(struct arena *a, const char *text, int year, const char **head, struct plan_labelled **labels)
{
    const char *last = last_sentence(text);
    struct said s = { .a = a, .year = year };
    if (!role_sentence(&s, last))
        return 0;
    *head = text_trim(a, arena_copy_n(a, text, (size_t)(last - text)));
    return keep(&s, labels);
}

size_t plan_cut_said(struct arena *a, const char *text, int year, const char **head, struct plan_labelled **labels)
{
    *head = text;
    size_t count = cut_bracket(a, text, year, head, labels);
    return count > 0 ? count : cut_sentence(a, text, year, head, labels);
}
