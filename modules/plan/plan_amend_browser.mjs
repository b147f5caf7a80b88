// An amendment: recognised by its title, laid beside the plan in force, confirmed as the next version.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, signIn, equal, world } from "../../tests/browser.mjs";

const paper = `SỞ Y TẾ TỈNH HƯƠNG GIANG
TRUNG TÂM Y TẾ SÔNG HƯƠNG
Số: 131/KH-TTYTSH
Hương Giang, ngày 18 tháng 3 năm 2026
KẾ HOẠCH
Điều chỉnh, bổ sung Kế hoạch số 112/KH-TTYTSH ngày 15/01/2026 của Trung tâm Y tế Sông Hương
Trung tâm Y tế Sông Hương điều chỉnh, bổ sung một số nhiệm vụ như sau:
I. NHIỆM VỤ ĐIỀU CHỈNH, BỔ SUNG
1. Khảo sát mức độ hài lòng của người bệnh
- Đơn vị chủ trì: Phòng KH-NV-ĐD.
- Thời gian: Định kỳ 01 lần/tháng.
- Sản phẩm: 01 báo cáo khảo sát mỗi tháng.
2. Quay video hướng dẫn đặt lịch khám qua mạng
- Đơn vị chủ trì: Khoa Khám bệnh.
- Thời gian: Tháng 5/2026.
- Sản phẩm: 01 video.
II. TỔ CHỨC THỰC HIỆN
Các khoa, phòng, trạm tổ chức thực hiện./.
Nơi nhận:
- Các khoa, phòng, trạm;
- Lưu: VT.
GIÁM ĐỐC
Trần Thị Lành
`;

test("an amendment becomes the plan's next version, and the report remembers which it answers", async () => {
  const daumoi = await signIn("daumoi");
  const file = join(world.folder, "dieu-chinh.txt");
  writeFileSync(file, paper);
  await daumoi.open("/ke-hoach/nhap");
  await daumoi.attach("Tệp kế hoạch", file);
  await daumoi.press("Đọc tệp");
  await daumoi.page.waitForURL(/nhap\/\d+$/, { timeout: 20000 });
  await daumoi.sees("Đây là văn bản điều chỉnh, bổ sung của Kế hoạch số 112/KH-TTYTSH");
  await daumoi.press("Xác nhận");
  if (/xac-nhan=1/.test(daumoi.page.url())) await daumoi.press("Vẫn xác nhận");
  await daumoi.sees("Nhiệm vụ trong văn bản điều chỉnh");
  await daumoi.sees("Định kỳ 01 lần/quý Định kỳ 01 lần/tháng");
  await daumoi.axe();
  await daumoi.shot("dieu-chinh");
  await daumoi.fill("Có hiệu lực từ ngày", "31/2/2026");
  await daumoi.press("Xác nhận điều chỉnh");
  await daumoi.sees("Hãy ghi ngày có hiệu lực");
  await daumoi.axe();
  await daumoi.fill("Có hiệu lực từ ngày", "18/3/2026");
  await daumoi.tick("Thôi thực hiện từ ngày trên: Dự hội thi do Sở Y tế tổ chức");
  await daumoi.press("Xem lại");
  equal(await daumoi.field("Thôi thực hiện từ ngày trên: Dự hội thi do Sở Y tế tổ chức").isChecked(), true, "what was ticked");
  await daumoi.press("Xác nhận điều chỉnh");
  await daumoi.sees("Đã điều chỉnh kế hoạch: đây là bản thứ 2");
  await daumoi.sees("Điều chỉnh, bổ sung lần 1");
  await daumoi.sees("1 nhiệm vụ được sửa, 1 bổ sung, 1 thôi thực hiện");
  await daumoi.page.locator("#ban details summary").click();
  await daumoi.sees("Quay video hướng dẫn đặt lịch khám qua mạng");
  await daumoi.axe();
  await daumoi.shot("ke-hoach-cac-ban");
  await daumoi.open("/bao-cao/ttytsh/2026-H1");
  await daumoi.sees("đã điều chỉnh lần 1, số 131/KH-TTYTSH ngày 18/3/2026");
  await daumoi.open("/bao-cao/ttytsh/2026-Q1");
  await daumoi.seesNot("đã điều chỉnh");
});

test("without JavaScript, on a phone, a person says that a document amends no plan, and then that it does", async () => {
  const daumoi = await signIn("daumoi", { javascript: false, width: 390, height: 844 });
  const file = join(world.folder, "dieu-chinh-2.txt");
  writeFileSync(file, paper.replaceAll("131/KH", "132/KH"));
  await daumoi.open("/ke-hoach/nhap");
  await daumoi.attach("Tệp kế hoạch", file);
  await daumoi.press("Đọc tệp");
  const address = new URL(daumoi.page.url()).pathname;
  await daumoi.open(`${address}/dieu-chinh`);
  await daumoi.choose("Kế hoạch được điều chỉnh", "Không: đây là một kế hoạch riêng");
  await daumoi.press("Chọn kế hoạch này");
  await daumoi.seesNot("Đây là văn bản điều chỉnh");
  await daumoi.press("Văn bản này điều chỉnh, bổ sung một kế hoạch đã có");
  await daumoi.page.getByLabel("Kế hoạch được điều chỉnh").selectOption({ index: 1 });
  await daumoi.press("Chọn kế hoạch này");
  await daumoi.sees("Nhiệm vụ trong văn bản điều chỉnh");
  await daumoi.open(address);
  await daumoi.press("Bỏ bản này");
});

test("a plan is edited in place as an amendment", async () => {
  const lanhdao = await signIn("lanhdao");
  await lanhdao.open("/ke-hoach/1");
  await lanhdao.press("Điều chỉnh");
  await lanhdao.sees("Đây là kế hoạch đang thực hiện");
  await lanhdao.sees("Đã tách 15 nhiệm vụ");
  await lanhdao.page.locator("#t0 summary").click();
  await lanhdao.fill("Rõ sản phẩm, nhiệm vụ 1", "06 buổi phổ biến");
  await lanhdao.press("Lưu nháp");
  const address = new URL(lanhdao.page.url()).pathname;
  await lanhdao.open(`${address}/dieu-chinh`);
  await lanhdao.sees("04 buổi phổ biến 06 buổi phổ biến");
  await lanhdao.sees("1 nhiệm vụ được sửa, 0 bổ sung, 14 giữ nguyên");
  await lanhdao.open(address);
  await lanhdao.press("Bỏ bản này");
});
