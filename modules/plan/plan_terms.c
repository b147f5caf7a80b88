/* Wording of the field, by which damaged words are recognised: what stands together here more often than in other texts. */
#include "plan_parts.h"

const char *const plan_terms[] = {
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
    "Cộng hòa xã hội chủ nghĩa Việt Nam", "Độc lập", "Tự do", "Hạnh phúc", "khoa, phòng", "các khoa", "Trưởng khoa", "khoa Dược", "các phòng chức năng",
    "Phòng Điều dưỡng", "Kế hoạch - Nghiệp vụ", "Truyền thông và Giáo dục sức khỏe", "truyền thông giáo dục", "công tác truyền thông", "công tác tuyên truyền",
    "thông tin, tuyên truyền", "đa dạng hóa", "hình thức truyền thông", "phóng sự", "tin bài", "tờ rơi", "tờ gấp", "áp phích", "băng rôn", "pa nô", "khẩu hiệu",
    "hệ thống loa", "loa truyền thanh", "màn hình", "mạng xã hội", "cổng thông tin điện tử", "trang tin điện tử", "trả kết quả", "bộ phận một cửa",
    "bảo hiểm y tế", "khám bệnh, chữa bệnh", "khám chữa bệnh", "chăm sóc sức khỏe", "bệnh án điện tử", "căn cước công dân", "thanh toán không dùng tiền mặt",
    "lộ trình", "tinh gọn đầu mối", "vị trí việc làm", "cơ cấu tổ chức", "đội ngũ", "quy trình nội bộ", "niêm yết", "hài lòng", "khảo sát", "đính kèm", "phụ trách",
    "giao ban", "sinh hoạt", "Chi bộ", "Đảng ủy", "Ban Giám đốc", "Công đoàn", "Đoàn Thanh niên", "đồng chí", "chịu trách nhiệm trước", "căn cứ kế hoạch", "nêu gương",
    "nhân viên y tế", "trạm y tế", "y tế dự phòng", "dân số", "an toàn thực phẩm", "kiểm soát nhiễm khuẩn", "xét nghiệm", "chẩn đoán hình ảnh", "phục hồi chức năng",
    "Thông tin và Truyền thông", "Giáo dục và Đào tạo", "Khoa học và Công nghệ", "Văn hóa, Thể thao và Du lịch", "Nông nghiệp và Môi trường", "Tài chính", "Tư pháp",
    "Ủy ban Mặt trận Tổ quốc", "Hội Nông dân", "Hội Liên hiệp Phụ nữ", "Hội Cựu chiến binh", "nông thôn mới", "chuyển đổi", "giảm nghèo", "phòng, chống",
    "quý I", "quý II", "quý III", "quý IV", "viết tin", "viết bài", "Đội xe", "Tổ Công nghệ thông tin", "Tổ trưởng", "Tổ phó", "về tuyên truyền", "về công tác", "về cải cách",
    "về việc", "giao Phòng", "giao Văn phòng", "giao các", "giao Sở", "Bí thư", "Chủ tịch", "Phó Chủ tịch", "Hiệu trưởng", "Trưởng phòng", "Trưởng ban", "kính gửi", "y học cổ truyền",
    "trợ lý ảo", "thể lệ", NULL,
};

/* What scanners make of words that stand in every plan, where no letter is left to go by. */
const struct plan_lesson plan_misread[] = {
    { LESSON_WORDING, "soy te", "Sở Y tế" }, { LESSON_WORDING, "soy té", "Sở Y tế" }, { LESSON_WORDING, "soy t&", "Sở Y tế" },
    { LESSON_WORDING, NULL, NULL },
};
