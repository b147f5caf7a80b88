import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { equal, signIn, test, world } from "../../tests/browser.mjs";

// A photo drawn by the browser itself: each call gives another one.
async function photo(visitor, words) {
  const data = await visitor.page.evaluate((text) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 360 });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#0f5c57";
    pen.fillRect(0, 0, 640, 360);
    pen.fillStyle = "#fff";
    pen.font = "32px sans-serif";
    pen.fillText(text, 40, 180);
    return canvas.toDataURL("image/jpeg", 0.8).split(",")[1];
  }, words);
  const path = join(world.folder, `${words.replace(/\W+/g, "-")}.jpg`);
  writeFileSync(path, Buffer.from(data, "base64"));
  return path;
}

// Gives a task to Khoa Khám bệnh, due once a quarter; returns its address.
async function give(title, options = {}) {
  const coordinator = await signIn("daumoi", options);
  await coordinator.open("/nhiem-vu/moi");
  await coordinator.fill("Việc phải làm", title);
  await coordinator.page.locator('input[name="lead"]').and(coordinator.page.getByLabel("Khoa Khám bệnh", { exact: true })).check();
  await coordinator.tick("Định kỳ theo tuần, tháng, quý, năm");
  await coordinator.page.getByLabel("Mỗi kỳ là").selectOption("quarter");
  await coordinator.page.locator("#products").fill("01 bài viết");
  await coordinator.press("Lưu nhiệm vụ");
  await coordinator.sees("Đã giao nhiệm vụ.");
  await coordinator.sees("Quý IV/2026");
  return { coordinator, address: new URL(coordinator.page.url()).pathname };
}

test("a task is given out, proved by a photo from a phone, returned, proved again and approved", async () => {
  const { coordinator, address } = await give("Đăng bài về nộp hồ sơ trực tuyến");
  await coordinator.axe();
  await coordinator.shot("nhiem-vu-moi-giao");
  const staff = await signIn("khoa", { width: 390, height: 844 });
  await staff.open("/ban-lam-viec");
  await staff.sees("Đăng bài về nộp hồ sơ trực tuyến");
  await staff.axe();
  await staff.open(address);
  await staff.press("Nộp kết quả");
  await staff.sees("Hãy gửi ít nhất một ảnh, một tệp hoặc một đường dẫn làm minh chứng.");
  await staff.page.locator('input[type="file"]').setInputFiles([await photo(staff, "bang niem yet 1"), await photo(staff, "bang niem yet 2")]);
  await staff.page.locator("#note").fill("Đã đăng ngày 18/3");
  await staff.press("Nộp kết quả");
  await staff.sees("Đã nộp kết quả, đang chờ duyệt.");
  await staff.sees("2 minh chứng");
  equal(await staff.page.evaluate(() => [...document.querySelectorAll(".shots img")].every((i) => i.naturalWidth > 0 || !i.complete)), true);
  const leader = await signIn("lanhdao");
  await leader.open("/ban-lam-viec");
  await leader.shot("ban-lam-viec");
  await leader.axe();
  await leader.press("Xem và trả lại: Đăng bài về nộp hồ sơ trực tuyến, Khoa Khám bệnh, Quý I/2026");
  await leader.fill("Lý do trả lại", "Ảnh chưa thấy ngày đăng");
  await leader.press("Trả lại");
  await leader.sees("Đã trả lại để bổ sung.");
  await staff.open(address);
  await staff.sees("Ảnh chưa thấy ngày đăng");
  await staff.page.getByLabel("Đường dẫn bài đăng").fill("https://songhuong.example/tin-1");
  await staff.press("Nộp kết quả");
  await leader.open("/ban-lam-viec");
  await leader.press("Duyệt: Đăng bài về nộp hồ sơ trực tuyến, Khoa Khám bệnh, Quý I/2026");
  await leader.sees("Đã duyệt kết quả.");
  await leader.open(address);
  await leader.sees("1/4 kỳ đã xong");
  await leader.shot("nhiem-vu");
});

test("a photo cannot prove twice, and a colleague of another unit finds nothing", async () => {
  const { address } = await give("Niêm yết bảng thông tin");
  const staff = await signIn("khoa");
  const file = await photo(staff, "chi mot lan");
  await staff.open(address);
  await staff.page.locator('input[type="file"]').setInputFiles(file);
  await staff.press("Nộp kết quả");
  await staff.open(address);
  await staff.press("Xem Quý II/2026");
  await staff.page.locator('input[type="file"]').setInputFiles(file);
  await staff.press("Nộp kết quả");
  await staff.sees("đã dùng cho “Niêm yết bảng thông tin”, Quý I/2026");
  const shown = await staff.page.locator(".shots img").count();
  equal(shown, 0);
  await staff.open(address); // opens at the period that was sent in
  const picture = await staff.page.locator(".shots a").first().getAttribute("href");
  const other = await signIn("tram");
  await other.open(address);
  equal(other.status, 404);
  await other.open(picture);
  equal(other.status, 404);
});

test("without JavaScript a task is found, changed and ended", async () => {
  const { coordinator, address } = await give("Phát tờ gấp hướng dẫn VNeID", { javascript: false });
  await coordinator.open("/nhiem-vu?q=to+gap");
  await coordinator.sees("Phát tờ gấp hướng dẫn VNeID");
  await coordinator.open("/nhiem-vu?q=khongcogi");
  await coordinator.sees("Không tìm thấy nhiệm vụ nào");
  await coordinator.open(`${address}/sua`);
  await coordinator.tick("Đến hạn vào ngày");
  await coordinator.page.getByLabel("Ngày đến hạn").fill("31/9/2026");
  await coordinator.press("Lưu nhiệm vụ");
  await coordinator.sees("Ngày “31/9/2026” chưa đúng");
  equal(await coordinator.page.getByLabel("Ngày đến hạn").inputValue(), "31/9/2026");
  await coordinator.page.getByLabel("Ngày đến hạn").fill("15/6/2026; 15/12/2026");
  await coordinator.press("Lưu nhiệm vụ");
  await coordinator.sees("Hạn 15/6/2026 và 15/12/2026");
  await coordinator.page.locator("summary", { hasText: "Dừng nhiệm vụ" }).click();
  await coordinator.fill("Lý do dừng", "Sở Y tế bỏ nội dung này");
  await coordinator.press("Dừng nhiệm vụ");
  await coordinator.sees("Đã dừng nhiệm vụ.");
});

test("a session that ends loses nothing typed: after signing in elsewhere the form is sent again", async () => {
  const v = await signIn("daumoi");
  await v.open("/nhiem-vu/moi");
  await v.fill("Việc phải làm", "Việc gõ dở khi hết phiên");
  await v.tick("Chưa rõ thời gian");
  await v.context.clearCookies();
  await v.press("Lưu nhiệm vụ");
  await v.sees("Phiên đăng nhập đã hết nên chưa ghi được.");
  const tab = await v.context.newPage();
  await tab.goto(world.address + "/dang-nhap");
  await tab.getByLabel("Tên đăng nhập").fill("daumoi");
  await tab.getByLabel("Mật khẩu").fill(world.password);
  await tab.getByRole("button", { name: "Đăng nhập" }).click();
  await tab.waitForLoadState();
  await v.page.goBack();
  equal(await v.field("Việc phải làm").inputValue(), "Việc gõ dở khi hết phiên", "what was typed");
  await v.press("Lưu nhiệm vụ");
  await v.sees("Đã giao nhiệm vụ.");
});

test("wrong input is answered beside its field, kept as typed, and nothing is stored", async () => {
  const v = await signIn("daumoi");
  const careless = () => v.page.evaluate(() => document.querySelectorAll("form").forEach((f) => (f.noValidate = true)));
  await v.open("/nhiem-vu/moi");
  await careless();
  await v.press("Lưu nhiệm vụ");
  await v.sees("Hãy ghi tên việc phải làm.");
  await v.fill("Việc phải làm", "Việc sai mọi ô");
  await v.page.locator("#due").fill("31/2/2026");
  await v.page.locator("#count").fill("-5");
  await careless();
  await v.press("Lưu nhiệm vụ");
  await v.sees("Ngày “31/2/2026” chưa đúng");
  equal(await v.page.locator("#count").inputValue(), "-5", "what was typed");
  await v.axe();
  await v.open("/nhiem-vu?q=sai+moi+o");
  await v.sees("Không tìm thấy nhiệm vụ nào");
});

test("files that prove nothing are refused by name, links by their form, and what was typed stays", async () => {
  const { address } = await give("Kiểm tra tệp không nhận");
  const staff = await signIn("khoa");
  await staff.open(address);
  const file = staff.page.locator('input[type="file"]');
  for (const [name, bytes, words] of [
    ["chay.exe", Buffer.from("MZ\0\0không phải ảnh"), "Tệp chay.exe thuộc loại hệ thống không nhận."],
    ["hong.jpg", Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(400, 7)]), "Không đọc được ảnh này."],
    ["rong.pdf", Buffer.alloc(0), "Tệp rong.pdf không có nội dung."]]) {
    await file.setInputFiles({ name, mimeType: "application/octet-stream", buffer: bytes });
    await staff.page.locator("#note").fill("Vẫn còn đây");
    await staff.press("Nộp kết quả");
    await staff.sees(words);
    equal(await staff.page.locator("#note").inputValue(), "Vẫn còn đây", "the note");
  }
  await staff.page.locator("#url").fill("javascript:alert(1)");
  await staff.press("Nộp kết quả");
  await staff.sees("Đường dẫn phải bắt đầu bằng https:// hoặc http://");
  equal(await staff.page.locator("#url").inputValue(), "javascript:alert(1)", "the link");
  await staff.open(address);
  await staff.seesNot("minh chứng");
});

test("two tabs: the second sending and the second decision change nothing and say so", async () => {
  const { address } = await give("Nộp từ hai thẻ");
  const staff = await signIn("khoa");
  await staff.open(address);
  const second = await staff.context.newPage();
  await second.goto(world.address + address);
  await staff.page.locator("#url").fill("https://songhuong.example/the-1");
  await staff.press("Nộp kết quả");
  await second.locator("#url").fill("https://songhuong.example/the-2");
  await second.getByRole("button", { name: "Nộp kết quả" }).click();
  await second.getByText("Kỳ này đã nộp kết quả hoặc đã xong.").waitFor();
  const leader = await signIn("lanhdao");
  await leader.open(address);
  await leader.sees("the-1");
  await leader.seesNot("the-2");
  const late = await leader.context.newPage();
  await late.goto(world.address + address);
  await leader.press("Duyệt kết quả");
  await late.getByLabel("Lý do trả lại").fill("Muộn rồi");
  await late.getByRole("button", { name: "Trả lại" }).click();
  await late.getByText("Kết quả này đã được xử lý trước đó.").waitFor();
  await leader.open(address);
  await leader.seesNot("Muộn rồi");
});

test("a task on request wakes when its paper comes, not before today", async () => {
  const v = await signIn("daumoi");
  await v.open("/nhiem-vu/moi");
  await v.fill("Việc phải làm", "Cử người dự hội thi của Sở");
  await v.tick("Khi có yêu cầu");
  await v.press("Lưu nhiệm vụ");
  await v.fill("Văn bản hoặc lý do", "Công văn 12/SYT-VP");
  for (const [day, words] of [["31/9/2026", "Ngày chưa đúng. Nhập lại, ví dụ 30/9/2026."], ["1/1/2026", "Hạn phải từ hôm nay trở đi"]]) {
    await v.fill("Hạn", day);
    await v.press("Mở kỳ");
    await v.sees(words);
    equal(await v.field("Hạn").inputValue(), day, "what was typed");
  }
  await v.fill("Hạn", "15/5/2026");
  await v.press("Mở kỳ");
  await v.sees("Đã mở kỳ thực hiện.");
  await v.sees("Theo: Công văn 12/SYT-VP");
});

test("an administrator adds a day off and switches it off, without script", async () => {
  const admin = await signIn("quantri", { javascript: false });
  await admin.open("/quan-tri");
  await admin.press("Ngày nghỉ");
  await admin.sees("Ngày nghỉ năm 2026");
  await admin.fill("Ngày", "2026-06-12");
  await admin.fill("Tên hoặc lý do", "Nghỉ <thử>");
  await admin.fill("Căn cứ", "Quyết định số 5/QĐ-TTg");
  await admin.press("Thêm ngày");
  await admin.sees("Đã thêm.");
  await admin.sees("Nghỉ <thử>");
  await admin.press("Ngừng áp dụng: Nghỉ <thử>, 12/6/2026");
  await admin.sees("Đã ngừng áp dụng.");
  await admin.shot("ngay-nghi");
});
