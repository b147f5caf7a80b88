import { signIn, test, world } from "../../tests/browser.mjs";

test("an administrator adds a unit and renames it from a day", async () => {
  const v = await signIn("quantri");
  await v.open("/don-vi");
  await v.sees("Trạm Y tế xã Bình An");
  await v.axe();
  await v.shot("don-vi");
  await v.press("Thêm đơn vị");
  await v.fill("Tên đầy đủ", "Khoa Dược");
  await v.choose("Loại đơn vị", "Khoa");
  await v.fill("Mã", "Khoa Dược");
  await v.choose("Thuộc đơn vị", "Trung tâm Y tế Sông Hương");
  await v.press("Thêm đơn vị");
  await v.sees("Mã đơn vị chỉ gồm chữ thường không dấu");
  await v.axe();
  await v.shot("don-vi-them");
  await v.fill("Mã", "ttytsh-duoc");
  await v.press("Thêm đơn vị");
  await v.sees("Đã thêm đơn vị.");
  await v.press("Đổi tên");
  await v.fill("Tên mới đầy đủ", "Khoa Dược, thiết bị y tế");
  await v.field("Căn cứ (không bắt buộc)").fill("QĐ 12/QĐ-TTYTSH");
  await v.axe();
  await v.press("Đổi tên");
  await v.sees("Đã ghi thay đổi.");
  await v.sees("QĐ 12/QĐ-TTYTSH");
  await v.axe();
  await v.shot("don-vi-mot");
});

test("a change for a later day is shown as waiting", async () => {
  const v = await signIn("quantri");
  await v.open("/don-vi");
  await v.press("Khoa Xét nghiệm");
  await v.press("Chấm dứt hoạt động");
  await v.field("Từ ngày").fill("2099-01-01");
  await v.press("Chấm dứt hoạt động");
  await v.sees("Thay đổi đã hẹn");
  await v.sees("1/1/2099");
});

test("staff see their own unit and no buttons to change it", async () => {
  const v = await signIn("tram");
  await v.open("/don-vi");
  await v.press("Trạm Y tế xã Phú Lương");
  await v.sees("Đỗ Văn Trạm");
  await v.seesNot("Chuyển cấp trên");
  await v.page.goto(world.address + "/don-vi/1");
  await v.seesNot("Sở Y tế tỉnh Hương Giang");
});

test("the place of a unit is set on its page and stands before the date of its report", async () => {
  const admin = await signIn("quantri", { javascript: false });
  await admin.open("/don-vi");
  await admin.press("Trung tâm Y tế Sông Hương");
  await admin.page.locator("summary", { hasText: "Ghi địa danh" }).click();
  await admin.page.getByLabel("Địa danh trên văn bản").fill("Thành phố Hương Giang");
  await admin.press("Ghi địa danh");
  await admin.sees("Đã ghi địa danh.");
  await admin.shot("don-vi-dia-danh");
  const lead = await signIn("lanhdao");
  await lead.open("/bao-cao/ttytsh/2026-Q1");
  await lead.sees("Thành phố Hương Giang, ngày");
});
