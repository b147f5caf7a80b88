#include "document_fold.h"
#include "document_grammar.h"
#include "platform/base/text.h"
#include <string.h>

const struct document_kind document_kinds[] = {
    /* the 29 of NĐ 30/2020/NĐ-CP, in its order */
    { "Nghị quyết", "NQ" }, { "Quyết định", "QĐ" }, { "Chỉ thị", "CT" }, { "Quy chế", "QC" }, { "Quy định", "QyĐ" },
    { "Thông cáo", "TC" }, { "Thông báo", "TB" }, { "Hướng dẫn", "HD" }, { "Chương trình", "CTr" },
    { "Kế hoạch", "KH" }, { "Phương án", "PA" }, { "Đề án", "ĐA" }, { "Dự án", "DA" }, { "Báo cáo", "BC" },
    { "Biên bản", "BB" }, { "Tờ trình", "TTr" }, { "Hợp đồng", "HĐ" }, { "Công văn", NULL }, { "Công điện", "CĐ" },
    { "Bản ghi nhớ", "BGN" }, { "Bản thỏa thuận", "BTT" }, { "Giấy ủy quyền", "GUQ" }, { "Giấy mời", "GM" },
    { "Giấy giới thiệu", "GGT" }, { "Giấy nghỉ phép", "GNP" }, { "Phiếu gửi", "PG" }, { "Phiếu chuyển", "PC" },
    { "Phiếu báo", "PB" }, { "Thư công", NULL },
    /* norms, Party papers and loose words that citations use */
    { "Luật", "L" }, { "Bộ luật", NULL }, { "Pháp lệnh", "PL" }, { "Nghị định", "NĐ" },
    { "Thông tư liên tịch", "TTLT" }, { "Thông tư", "TT" }, { "Văn bản hợp nhất", "VBHN" }, { "Kết luận", "KL" },
    { "Quy chế phối hợp", "QCPH" }, { "Văn bản", NULL },
    { NULL, NULL },
};

static const struct {
    const char *code, *issuer;
} issuers[] = {
    { "QH", "Quốc hội" }, { "UBTVQH", "Ủy ban Thường vụ Quốc hội" }, { "CP", "Chính phủ" },
    { "TTg", "Thủ tướng Chính phủ" }, { "VPCP", "Văn phòng Chính phủ" }, { "BYT", "Bộ Y tế" }, { "BNV", "Bộ Nội vụ" },
    { "BTC", "Bộ Tài chính" }, { "BTP", "Bộ Tư pháp" }, { "BTTTT", "Bộ Thông tin và Truyền thông" },
    { "BKHCN", "Bộ Khoa học và Công nghệ" }, { "BCA", "Bộ Công an" }, { "TW", "Ban Chấp hành Trung ương" },
};

const struct document_kind *document_kind_named(struct arena *a, const char *name)
{
    char *key = text_key(a, name);
    for (const struct document_kind *k = document_kinds; k->name != NULL; k++)
        if (strcmp(text_key(a, k->name), key) == 0)
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
