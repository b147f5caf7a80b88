#include "app/practice_review.h"
#include "modules/document/document_file.h"
#include "modules/person/person.h"
#include "modules/plan/plan.h"
#include "modules/plan/plan_read.h"
#include "modules/unit/unit.h"
#include "platform/base/text.h"
#include "platform/doc/doc.h"
#include <string.h>

/* %d is the year. ^ in front: centred and bold; * in front: bold. */
static const char *const lines[] = {
    "^SỞ Y TẾ TỈNH HƯƠNG GIANG", "^TRUNG TÂM Y TẾ SÔNG HƯƠNG", "Số: 187/KH-TTYTSH", "Hương Giang, ngày 12 tháng 3 năm %d",
    "^KẾ HOẠCH", "^Tuyên truyền nộp hồ sơ trực tuyến năm %d",
    "Thực hiện Kế hoạch số 112/KH-TTYTSH ngày 15/01/%d của Trung tâm Y tế Sông Hương về tuyên truyền cải cách hành chính năm %d,",
    "Trung tâm Y tế Sông Hương ban hành Kế hoạch tuyên truyền nộp hồ sơ trực tuyến năm %d như sau:",
    "*I. MỤC ĐÍCH, YÊU CẦU",
    "1. Giúp người dân, người bệnh tự nộp được hồ sơ trên Cổng Dịch vụ công.",
    "2. Mỗi nhiệm vụ có đơn vị chủ trì, thời gian và sản phẩm cụ thể.",
    "*II. NHIỆM VỤ CỤ THỂ",
    "1. Đặt bàn hướng dẫn nộp hồ sơ trực tuyến tại nơi tiếp đón",
    "- Đơn vị chủ trì: Khoa Khám bệnh.", "- Đơn vị phối hợp: Phòng TCHC.", "- Thời gian: Trước ngày 30/4/%d.",
    "- Sản phẩm: 01 bàn hướng dẫn, có ảnh.",
    "2. Viết tin, bài về lợi ích của nộp hồ sơ trực tuyến trên Trang thông tin điện tử",
    "- Đơn vị chủ trì: Phòng KH-NV-ĐD.", "- Đơn vị phối hợp: Các khoa, phòng.", "- Thời gian: 02 bài/tháng.",
    "- Sản phẩm: Bài viết có đường dẫn.",
    "3. Nói chuyện với người dân về nộp hồ sơ trực tuyến tại cuộc họp thôn, tổ dân phố",
    "- Đơn vị chủ trì: Các trạm y tế.", "- Đơn vị phối hợp: Tổ công nghệ số cộng đồng.", "- Thời gian: Định kỳ 01 lần/quý.",
    "- Sản phẩm: 01 buổi mỗi điểm mỗi quý.",
    "4. Treo băng rôn, phát tờ gấp hướng dẫn từng bước",
    "- Đơn vị chủ trì: Phòng Hành chính tổng hợp.", "- Thời gian: Trong tuần lễ chuyển đổi số.",
    "- Sản phẩm: 02 băng rôn, 500 tờ gấp.",
    "5. Báo cáo kết quả tuyên truyền nộp hồ sơ trực tuyến",
    "- Đơn vị chủ trì: Phòng TCHC.", "- Thời gian: Trước ngày 15/12/%d.", "- Sản phẩm: 01 báo cáo.",
    "*III. TỔ CHỨC THỰC HIỆN",
    "Phòng Tổ chức - Hành chính làm đầu mối theo dõi, đôn đốc. Các khoa, phòng, trạm tổ chức thực hiện.",
    "*Nơi nhận:", "- Lãnh đạo Trung tâm;", "- Các khoa, phòng, trạm;", "- Lưu: VT, TCHC.", "^GIÁM ĐỐC", "^Trần Thị Lành",
};

enum { LINES = sizeof lines / sizeof lines[0] };

static const char *with_year(struct arena *a, const char *line, int year)
{
    struct buffer b = { .arena = a };
    buffer_add(&b, "");
    for (const char *at = line; *at != '\0';) {
        size_t plain = strcspn(at, "%");
        buffer_add_n(&b, at, plain);
        at += plain;
        if (*at == '%') {
            buffer_printf(&b, "%d", year);
            at += 2;
        }
    }
    return b.text;
}

static struct document *paper(struct arena *a, int year)
{
    struct document *doc = arena_alloc(a, sizeof *doc);
    *doc = (struct document){ .format = "docx", .blocks = arena_array(a, LINES, sizeof *doc->blocks), .count = LINES };
    for (int i = 0; i < LINES; i++) {
        bool centred = lines[i][0] == '^', bold = centred || lines[i][0] == '*';
        doc->blocks[i] = (struct block){ .kind = BLOCK_PARAGRAPH, .text = with_year(a, lines[i] + bold, year), .bold = bold,
                                         .align = centred ? ALIGN_CENTER : ALIGN_JUSTIFY, .size = 14,
                                         .first_indent = centred ? 0 : 28, .after = 4,
                                         .place = { .from = i + 1, .to = i + 1 } };
    }
    return doc;
}

enum err practice_review(struct ctx *c, int year)
{
    static const char type[] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    const struct document *doc = paper(c->arena, year);
    struct document_file file = { 0 };
    struct plan_reading *reading;
    const void *bytes;
    size_t size;
    int64_t id;
    if (person_act_as(c, person_by_login(c, "daumoi")) != OK || doc_write_docx(c, doc, &bytes, &size) != OK ||
        plan_read(c, doc, &reading) != OK ||
        document_file_put(c, arena_printf(c->arena, "ke-hoach-ho-so-truc-tuyen-%d.docx", year), type, bytes, size, &file) != OK)
        return c->err;
    const struct plan_source source = { &file, doc_to_json(c->arena, doc), plan_reading_json(c->arena, reading) };
    return plan_import_add(c, unit_by_code(c, "ttytsh"), &source, &id);
}
