#include "document_fold.h"
#include "document_grammar.h"
#include "platform/base/text.h"
#include <string.h>

const struct document_kind document_kinds[] = {
    /* the 29 of NĐ 30/2020/NĐ-CP, in its order */
    { "Nghị quyết", "NQ", "nghi quyet" }, { "Quyết định", "QĐ", "quyet dinh" }, { "Chỉ thị", "CT", "chi thi" },
    { "Quy chế", "QC", "quy che" }, { "Quy định", "QyĐ", "quy dinh" },
    { "Thông cáo", "TC", "thong cao" }, { "Thông báo", "TB", "thong bao" }, { "Hướng dẫn", "HD", "huong dan" },
    { "Chương trình", "CTr", "chuong trinh" },
    { "Kế hoạch", "KH", "ke hoach" }, { "Phương án", "PA", "phuong an" }, { "Đề án", "ĐA", "de an" },
    { "Dự án", "DA", "du an" }, { "Báo cáo", "BC", "bao cao" },
    { "Biên bản", "BB", "bien ban" }, { "Tờ trình", "TTr", "to trinh" }, { "Hợp đồng", "HĐ", "hop dong" },
    { "Công văn", NULL, "cong van" }, { "Công điện", "CĐ", "cong dien" },
    { "Bản ghi nhớ", "BGN", "ban ghi nho" }, { "Bản thỏa thuận", "BTT", "ban thoa thuan" },
    { "Giấy ủy quyền", "GUQ", "giay uy quyen" }, { "Giấy mời", "GM", "giay moi" },
    { "Giấy giới thiệu", "GGT", "giay gioi thieu" }, { "Giấy nghỉ phép", "GNP", "giay nghi phep" },
    { "Phiếu gửi", "PG", "phieu gui" }, { "Phiếu chuyển", "PC", "phieu chuyen" },
    { "Phiếu báo", "PB", "phieu bao" }, { "Thư công", NULL, "thu cong" },
    /* norms, Party papers and loose words that citations use */
    { "Luật", "L", "luat" }, { "Bộ luật", NULL, "bo luat" }, { "Pháp lệnh", "PL", "phap lenh" },
    { "Nghị định", "NĐ", "nghi dinh" },
    { "Thông tư liên tịch", "TTLT", "thong tu lien tich" }, { "Thông tư", "TT", "thong tu" },
    { "Văn bản hợp nhất", "VBHN", "van ban hop nhat" }, { "Kết luận", "KL", "ket luan" },
    { "Quy chế phối hợp", "QCPH", "quy che phoi hop" }, { "Văn bản", NULL, "van ban" },
    { NULL, NULL, NULL },
};

static const struct {
    const char *code, *issuer;
} issuers[] = {
    { "QH", "Quốc hội" }, { "UBTVQH", "Ủy ban Thường vụ Quốc hội" }, { "CP", "Chính phủ" },
    { "TTg", "Thủ tướng Chính phủ" }, { "VPCP", "Văn phòng Chính phủ" }, { "BYT", "Bộ Y tế" },
    { "BNV", "Bộ Nội vụ" },
    { "BTC", "Bộ Tài chính" }, { "BTP", "Bộ Tư pháp" }, { "BTTTT", "Bộ Thông tin và Truyền thông" },
    { "BKHCN", "Bộ Khoa học và Công nghệ" }, { "BCA", "Bộ Công an" }, { "TW", "Ban Chấp hành Trung ương" },
};

const struct document_kind *document_kind_named(struct arena *a, const char *name)
{
    char *key = text_key(a, name);
    for (const struct document_kind *k = document_kinds; k->name != NULL; k++)
        if (strcmp(k->key, key) == 0)
            return k;
    return NULL;
}

const struct document_kind *document_kind_of(const char *symbol)
{
    for (const struct document_kind *k = document_kinds; k->name != NULL && symbol != NULL; k++)
        if (k->symbol != NULL && strcmp(k->symbol, symbol) == 0)
            return k;
    return NULL;
}

const char *document_issuer_of(const char *code)
{
    for (size_t i = 0; code != NULL && i < sizeof issuers / sizeof issuers[0]; i++)
        if (strcmp(issuers[i].code, code) == 0)
            return issuers[i].issuer;
    return NULL;
}
