/* Mends the usual wording of plans in texts that a scan has damaged; guesses, so only where a person checks. */
#include "modules/document/document_fold.h"
#include "plan_parts.h"
#include "platform/base/text.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { WORDS_IN_PHRASE = 6, KEY_BYTES = 64, LENGTHS = KEY_BYTES + 4, FARTHEST = 5, TOKENS_AT_ONCE = WORDS_IN_PHRASE + 1 };

static const char *const lexicon[] = {
    /* bodies */
    "Sở Y tế", "Bộ Y tế", "Sở Nội vụ", "Bộ Nội vụ", "Trung tâm Y tế", "Trạm Y tế", "Bệnh viện Đa khoa", "Bệnh viện", "Trung tâm Kiểm soát bệnh tật",
    "Ủy ban nhân dân", "Hội đồng nhân dân", "Ban Chỉ đạo", "Văn phòng Sở", "Văn phòng", "Phòng Tổ chức cán bộ", "Phòng Tổ chức - Hành chính",
    "Phòng Hành chính - Tổng hợp", "hành chính", "tổng hợp", "nghiệp vụ", "điều dưỡng", "kế hoạch Tài chính", "tài chính - Kế toán",
    "giáo dục sức khỏe", "các khoa, phòng", "các đơn vị", "đơn vị y tế", "cơ quan, đơn vị", "các cơ quan", "trực thuộc", "các bộ phận", "bộ phận",
    "lãnh đạo", "Thủ tướng Chính phủ", "Chính phủ", "nhà nước", "chính quyền", "Tỉnh ủy", "Thành ủy", "Trung ương", "Phòng Kế hoạch", "thuộc Trung tâm",
    /* labels */
    "đơn vị chủ trì", "đơn vị phối hợp", "bộ phận chủ trì", "bộ phận phối hợp", "cơ quan chủ trì", "cơ quan phối hợp", "thời gian thực hiện", "thời gian hoàn thành",
    "thời gian", "thời hạn", "tần suất", "sản phẩm", "kết quả", "kinh phí", "trách nhiệm thực hiện", "phối hợp với", "phối hợp", "chủ trì", "đầu mối",
    /* times */
    "thường xuyên", "liên tục", "trong năm", "hằng năm", "hằng quý", "hằng tháng", "khi có yêu cầu", "khi có thư mời", "khi có thông báo", "khi có văn bản",
    "khi có chỉ đạo", "nếu có thông báo", "định kỳ", "trước ngày", "trong ngày", "theo quy định", "chậm nhất",
    /* headings */
    "kế hoạch", "mục đích", "yêu cầu", "nội dung", "hình thức", "nhiệm vụ cụ thể", "nhiệm vụ", "tổ chức thực hiện", "nơi nhận", "giám đốc", "phó giám đốc",
    "phụ lục", "triển khai thực hiện", "triển khai", "thực hiện", "tổ chức", "căn cứ", "trên đây là", "quyết định", "nghị quyết", "nghị định", "chỉ thị",
    "thông tư", "công văn", "chương trình", "đề án", "báo cáo", "văn bản",
    /* the trade */
    "cải cách hành chính", "cải cách tài chính công", "cải cách thể chế", "cải cách tổ chức bộ máy", "cải cách chế độ công vụ", "cải cách", "thủ tục hành chính", "tuyên truyền", "thông tin", "truyền thông", "công tác", "trang thông tin điện tử", "điện tử",
    "tin, bài", "bài viết", "viên chức", "công chức", "cán bộ", "người lao động", "người dân", "người bệnh", "doanh nghiệp", "cá nhân", "nhân dân",
    "nâng cao", "chất lượng", "hiệu quả", "nhận thức", "trách nhiệm", "đẩy mạnh", "tăng cường", "cập nhật", "công khai", "công bố", "kịp thời", "đầy đủ",
    "chính xác", "phổ biến", "pháp luật", "chính sách", "chủ trương", "tập huấn", "bồi dưỡng", "hội thi", "hội nghị", "cuộc thi", "tham gia", "tham dự",
    "tham mưu", "theo dõi", "đôn đốc", "kiểm tra", "hướng dẫn", "xây dựng", "ban hành", "cung cấp", "thiết lập", "duy trì", "phát triển", "chuyên mục",
    "chuyên trang", "chuyển đổi số", "dịch vụ công", "trực tuyến", "một cửa", "liên thông", "giải quyết", "tiếp nhận", "thẩm quyền", "cơ sở dữ liệu",
    "quốc gia", "hệ thống", "hoạt động", "khen thưởng", "thi đua", "thành tích", "sự nghiệp", "công lập", "tự chủ", "tài chính công", "cơ chế", "đổi mới",
    "lồng ghép", "phương tiện", "đại chúng", "sức khỏe", "bệnh tật", "trong lĩnh vực", "lĩnh vực", "ngành Y tế", "trên địa bàn", "điển hình", "tiêu biểu",
    "kiến thức", "cụ thể", "có liên quan", "liên quan đến", "bao gồm", "chịu trách nhiệm", "tiến độ", "gửi về", "sơ kết", "tổng kết", "đưa vào", "phê bình",
    "kỷ luật", "bộ máy", "chế độ", "công vụ", "thể chế", "quản lý", "sử dụng", "điều hành", "chỉ đạo", "chức năng", "phù hợp", "đối tượng", "bảo đảm",
    "minh bạch", "khuyến khích", "đơn giản hóa", "kiểm soát", "chủ động", "tiêu cực", "trường hợp", "phản ánh", "kiến nghị", "hỗ trợ", "cấp tỉnh", "đề xuất",
};

struct plan_phrase {
    const char *text;
    char *key;
    size_t length, words;
    uint32_t letters; /* which letters it has, one bit each */
    bool comma;
};

struct token {
    const char *from, *to; /* the word without the signs around it */
    const char *end;       /* with them */
    char *key;
    bool open;             /* no sign but a comma behind it: the phrase may go on */
    bool comma;
};

static uint32_t letters_of(const char *key, size_t length)
{
    uint32_t set = 0;
    for (size_t i = 0; i < length; i++)
        if (key[i] >= 'a' && key[i] <= 'z')
            set |= 1u << (key[i] - 'a');
    return set;
}

static int by_length(const void *a, const void *b)
{
    const struct plan_phrase *x = a, *y = b;
    return x->length != y->length ? (x->length > y->length) - (x->length < y->length) : strcmp(x->key, y->key);
}

static void prepare(struct arena *a, struct plan_mending *m)
{
    m->count = sizeof lexicon / sizeof lexicon[0];
    m->phrases = arena_array(a, m->count, sizeof *m->phrases);
    for (size_t i = 0; i < m->count; i++) {
        struct plan_phrase *p = &m->phrases[i];
        *p = (struct plan_phrase){ .text = lexicon[i], .key = fold_loose(a, lexicon[i]), .words = 1, .comma = strchr(lexicon[i], ',') != NULL };
        p->length = strlen(p->key);
        p->letters = letters_of(p->key, p->length);
        for (const char *c = p->key; *c != '\0'; c++)
            p->words += *c == ' ';
    }
    qsort(m->phrases, m->count, sizeof *m->phrases, by_length);
    for (size_t length = 0, i = 0; length <= LENGTHS; length++) {
        while (i < m->count && m->phrases[i].length < length)
            i++;
        m->first[length] = i;
    }
}

static bool is_edge(const char *at)
{
    return strchr(",.;:()\"?![]", *at) != NULL;
}

/* A dash is a word of its own, without a key: "Hành chính - Tổng hợp". */
static struct token next_token(struct arena *a, const char *at)
{
    struct token t = { .from = at };
    const char *end = at + strcspn(at, " ");
    t.end = end;
    while (t.from < end && is_edge(t.from))
        t.from++;
    t.to = end;
    while (t.to > t.from && is_edge(t.to - 1))
        t.to--;
    t.comma = t.to < end && *t.to == ',';
    t.open = t.to == end || t.comma;
    size_t figures = 0, length = (size_t)(t.to - t.from);
    for (const char *c = t.from; c < t.to; c++)
        figures += isdigit((unsigned char)*c) || *c == '/';
    t.key = figures > 1 || length > KEY_BYTES / 2 ? NULL : fold_loose(a, arena_copy_n(a, t.from, length));
    return t;
}

/* The tokens' keys joined with spaces; 0 when a number stands among them. */
static size_t join_keys(const struct token *tokens, size_t count, char *key)
{
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        if (tokens[i].key == NULL || (i + 1 < count && !tokens[i].open))
            return 0;
        size_t length = strlen(tokens[i].key);
        if (length == 0)
            continue;
        if (used + length + 2 > KEY_BYTES)
            return 0;
        if (used > 0)
            key[used++] = ' ';
        memcpy(key + used, tokens[i].key, length);
        used += length;
    }
    key[used] = '\0';
    return used;
}

static int limit_of(size_t length)
{
    return length < 7 ? 0 : length < 12 ? 1 : (int)(length / 6);
}

/* The phrase nearest to the words that start here; *taken: how many words it stands for. */
static const struct plan_phrase *nearest(const struct plan_mending *m, const struct token *tokens, size_t count, size_t *taken)
{
    const struct plan_phrase *best = NULL;
    int best_score = 0;
    char key[KEY_BYTES];
    bool comma = false; /* inside the words taken so far */
    for (size_t words = 1; words <= count; words++) {
        comma = comma || (words > 1 && tokens[words - 2].comma);
        size_t length = join_keys(tokens, words, key);
        uint32_t letters = letters_of(key, length);
        size_t last = length > 0 ? m->first[length + FARTHEST < LENGTHS ? length + FARTHEST : LENGTHS] : 0;
        for (size_t i = m->first[length > FARTHEST ? length - FARTHEST : 0]; i < last; i++) {
            const struct plan_phrase *p = &m->phrases[i];
            int limit = limit_of(p->length);
            size_t gap = length > p->length ? length - p->length : p->length - length;
            if (gap > (size_t)limit || (p->length < 10 && gap > 0)) /* "và ban" is not "văn bản" */
                continue;
            if (words > p->words + 1 || words + 1 < p->words || (words != p->words && p->words < 3) ||
                (comma && !p->comma) || __builtin_popcount(letters ^ p->letters) > 2 * limit)
                continue;
            int distance = fold_distance(key, length, p->key, p->length, limit);
            int score = (int)p->length - 3 * distance - (words != p->words);
            if (distance <= limit && score > best_score) {
                best = p;
                best_score = score;
                *taken = words;
            }
        }
    }
    return best;
}

static bool is_upper_text(struct arena *a, const char *from, const char *to)
{
    char *text = arena_copy_n(a, from, (size_t)(to - from));
    return text_length(text) > 1 && strcmp(text_upper(a, text), text) == 0 && strcmp(text_lower(a, text), text) != 0;
}

static void put_phrase(struct arena *a, struct buffer *b, const struct plan_phrase *p, const struct token *tokens, size_t taken)
{
    int32_t first, own;
    const char *text = p->text;
    text_next(tokens[0].from, &first);
    if (taken > 1 && is_upper_text(a, tokens[0].from, tokens[taken - 1].to)) {
        buffer_add(b, text_upper(a, text));
        return;
    }
    const char *rest = text_next(text, &own);
    buffer_add_rune(b, utf8proc_tolower(first) != first ? utf8proc_toupper(own) : own);
    buffer_add(b, rest);
}

/* "nim 2021" and "ngay 12/3": a word of time before figures. */
static const char *before_figures(const struct token *t, const struct token *next)
{
    static const struct {
        const char *key, *text;
    } words[] = { { "nam", "năm" }, { "ngay", "ngày" }, { "thang", "tháng" }, { "so", "số" }, { "quy", "quý" } };
    if (t->key == NULL || next == NULL || !isdigit((unsigned char)*next->from))
        return NULL;
    size_t length = strlen(t->key);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t size = strlen(words[i].key);
        if (length >= 2 && t->key[0] == words[i].key[0] && fold_distance(t->key, length, words[i].key, size, 1) <= 1)
            return words[i].text;
    }
    return NULL;
}

static size_t fill(struct arena *a, struct token *tokens, size_t have, const char **at)
{
    while (have < TOKENS_AT_ONCE && **at != '\0') {
        tokens[have] = next_token(a, *at);
        *at = tokens[have].end + strspn(tokens[have].end, " ");
        have++;
    }
    return have;
}

const char *plan_mend(struct arena *a, struct plan_mending *m, const char *text)
{
    if (m->phrases == NULL)
        prepare(a, m);
    struct token tokens[TOKENS_AT_ONCE];
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    const char *at = text, *done = text;
    size_t have = 0;
    while ((have = fill(a, tokens, have, &at)) > 0) {
        size_t taken = 1;
        const struct plan_phrase *p = nearest(m, tokens, have, &taken);
        const char *word = p == NULL ? before_figures(&tokens[0], have > 1 ? &tokens[1] : NULL) : NULL;
        buffer_add_n(&b, done, (size_t)(tokens[0].from - done));
        if (p != NULL)
            put_phrase(a, &b, p, tokens, taken);
        else if (word != NULL)
            buffer_add(&b, word);
        else
            buffer_add_n(&b, tokens[0].from, (size_t)(tokens[0].to - tokens[0].from));
        done = tokens[taken - 1].to;
        memmove(tokens, tokens + taken, (have - taken) * sizeof *tokens);
        have -= taken;
    }
    buffer_add(&b, done);
    return b.text;
}
