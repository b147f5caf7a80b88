// What a reviewer corrects is offered to the administrator, approved, used by the next reading, and withdrawn.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, signIn, equal, world } from "../../tests/browser.mjs";

const paper = (number) => `SỞ Y TẾ TỈNH HƯƠNG GIANG
TRUNG TÂM Y TẾ SÔNG HƯƠNG
Số: ${number}/KH-TTYTSH
Hương Giang, ngày 10 tháng 3 năm 2026
KẾ HOẠCH
Tuyên truyền đợt ${number} năm 2026
I. NHIỆM VỤ
1. Viết bài trên trang thông tin điện tử
- Bên lo việc: Khoa Khám bệnh
- Thời gian thực hiện: Quý IV
2. Treo băng rôn tại cổng
- Đơn vị chủ trì: Phòng TCHC
- Thời gian thực hiện: Quý II
II. TỔ CHỨC THỰC HIỆN
Các khoa, phòng, trạm tổ chức thực hiện./.
Nơi nhận:
- Các khoa, phòng, trạm;
- Lưu: VT.
GIÁM ĐỐC
Trần Thị Lành
`;

async function take(person, number) {
  const file = join(world.folder, `hoc-${number}.txt`);
  writeFileSync(file, paper(number));
  await person.open("/ke-hoach/nhap");
  await person.attach("Tệp kế hoạch", file);
  await person.press("Đọc tệp");
  await person.page.waitForURL(/nhap\/\d+$/, { timeout: 20000 });
  await person.sees("Đã tách 2 nhiệm vụ");
  await person.page.locator("#t0 summary").click();
}

async function lead(person) {
  return person.page.getByLabel("Rõ người (chủ trì), nhiệm vụ 1").inputValue();
}

test("a corrected label is approved by the administrator and read the next time", async () => {
  const daumoi = await signIn("daumoi");
  await take(daumoi, 901);
  equal(await lead(daumoi), "", "the label is not known yet");
  await daumoi.fill("Rõ người (chủ trì), nhiệm vụ 1", "Khoa Khám bệnh");
  await daumoi.press("Xác nhận");
  if ((await daumoi.count("text=Vẫn xác nhận")) > 0) await daumoi.press("Vẫn xác nhận");
  await daumoi.sees("Đã xác nhận kế hoạch");

  const quantri = await signIn("quantri");
  await quantri.open("/quan-tri/hoc-duoc");
  await quantri.sees("Nhãn “Bên lo việc” nghĩa là “Đơn vị chủ trì”");
  await quantri.sees("Đọc đúng");
  await quantri.axe();
  await quantri.shot("hoc-duoc-cho");
  await quantri.press("Duyệt: Nhãn “Bên lo việc” nghĩa là “Đơn vị chủ trì”");
  await quantri.sees("Đã duyệt");
  await quantri.axe();
  await quantri.shot("hoc-duoc");

  await take(daumoi, 902);
  equal(await lead(daumoi), "Khoa Khám bệnh", "the label is known");
  await quantri.press("Thu hồi: Nhãn “Bên lo việc” nghĩa là “Đơn vị chủ trì”");
  await quantri.sees("Đã thu hồi");
  await take(daumoi, 903);
  equal(await lead(daumoi), "", "the label is withdrawn");
  await quantri.press("Dùng lại: Nhãn “Bên lo việc” nghĩa là “Đơn vị chủ trì”");
  await quantri.sees("Đã duyệt");
});
