// The review: by keyboard alone, by two people, in bulk, without JavaScript; and a scan from its first page to the review.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, signIn, equal, world } from "../../tests/browser.mjs";

// As a bad scan gives it: half of the marks are lost, so the reader is not sure of everything.
const damaged = (number) => `SO Y TE TINH HUONG GIANG
TRUNG TAM Y TE SONG HUONG
Số: ${number}/KH-TTYTSH
Huong Giang, ngay 18 thang 3 nam 2026

KE HOACH
Tuyên truyén cai cach hanh chinh nam 2026

I. MUC DICH
Nang cao nhan thuc cua vién chic va ngudi dan vé cai cach hanh chinh, tao su déng thuan trong don vi.

II. NHIEM VU
1. Đăng tai tin, bai vé cai cach hanh chinh trén Trang thong tin dién tir
- Don vi chu tri: Phòng TCHC.
- Don vi phéi hop: Cac khoa, phòng.
- Thoi gian: Dinh ky 01 lan/quy.
- San pham: 01 bai viét.
2. Niém yét thu tuc hanh chinh tai noi tiép don
- Don vi chu tri: Khoa Kham bénh.
- Thoi gian: Truéc ngay 15/6/2026.
3. Tuyén truyén vé dich vu cong truc tuyén tai cac tram y té
- Don vi chu tri: To Truyen thong luu dong.
- Thoi gian: Thudng xuyén.

Noi nhan:
- So Y té (b/c);
- Luu: VT.
GIAM DOC
Trần Thị Lành
`;

async function tabTo(v, selector) {
  for (let i = 0; i < 80; i++) {
    await v.page.keyboard.press("Tab");
    if (await v.page.evaluate((s) => document.activeElement.matches(s), selector)) return;
  }
  throw new Error(`Tab does not come to ${selector}`);
}

async function paste(login, number, options = {}) {
  const v = await signIn(login, options);
  await v.open("/ke-hoach/nhap");
  await v.page.getByText("Hoặc dán nội dung kế hoạch").click();
  await v.fill("Nội dung kế hoạch", damaged(number).replace("To Truyen thong luu dong", options.lead || "To Truyen thong luu dong"));
  await v.press("Đọc tệp");
  await v.sees("Đã tách 3 nhiệm vụ");
  return v;
}

const doubts = (v) => v.count(".field.unsure");
const focused = (v) => v.page.evaluate(() => document.activeElement.name || "");
const saved = (v) => v.page.waitForFunction(() => /Đã lưu/.test(document.getElementById("luu-luc").textContent));

test("the whole review by keyboard alone", async () => {
  const v = await signIn("daumoi");
  await v.open("/ke-hoach/nhap");
  await tabTo(v, "main details summary");
  await v.page.keyboard.press("Enter");
  await v.page.keyboard.press("Tab");
  await v.page.keyboard.insertText(damaged(301));
  await tabTo(v, "button.primary");
  await v.page.keyboard.press("Enter");
  await v.page.waitForSelector("#kiem-tra");
  const before = await doubts(v);
  equal(before >= 4, true, `doubtful fields, ${before},`);
  await v.page.keyboard.press("?");
  await v.sees("Đúng rồi, sang ô sau");
  await v.axe();
  await v.shot("kiem-tra-phim");

  await v.page.keyboard.press("n");
  const first = await focused(v);
  equal(first, "number", "the first doubtful field");
  equal(await v.count(".paper .here"), 1, "lit passages");
  await v.page.keyboard.press("Alt+j");
  const second = await focused(v);
  equal(second !== first, true, "skipped to another field");
  await v.page.keyboard.press("Alt+k");
  equal(await focused(v), first, "the field before");
  await v.page.keyboard.press("Alt+Enter");
  await saved(v);
  equal(await doubts(v), before - 1, "doubtful fields after accepting one");

  await v.page.locator("#t2-leads").focus(); // as Alt+J does, several times
  await v.page.keyboard.press("Control+a");
  await v.page.keyboard.insertText("Khoa Khám bệnh");
  await v.page.keyboard.press("Alt+j");
  await v.page.waitForFunction(() => /đã sửa/.test(document.getElementById("f-t2-leads").innerText));
  await v.open(new URL(v.page.url()).pathname); // nothing is lost by leaving
  equal(await v.field("Rõ người (chủ trì), nhiệm vụ 3").inputValue(), "Khoa Khám bệnh", "what was typed");
  await v.page.keyboard.press("u");
  await v.page.waitForFunction(() => /lưu động/.test(document.getElementById("t2-leads").value));
  await v.page.keyboard.press("u"); // the field accepted before comes back, too
  await v.page.waitForFunction((n) => document.querySelectorAll(".field.unsure").length === n, before);

  await v.page.keyboard.press("n");
  for (let left = before; left > 0; left--) {
    await v.page.keyboard.press("Alt+Enter");
    await v.page.waitForFunction((n) => document.querySelectorAll(".field.unsure").length < n, left);
    await saved(v);
  }
  await v.page.keyboard.press("n");
  equal(await v.page.evaluate(() => document.activeElement.value), "xac-nhan", "the button that follows the last doubt");
  await v.page.keyboard.press("Enter");
  await v.page.waitForSelector("[value=xac-nhan-that]");
  await v.sees("Chưa khớp đơn vị nào");
  await v.axe();
  await v.shot("kiem-tra-hoi-lai");
  await tabTo(v, "[value=xac-nhan-that]");
  await v.page.keyboard.press("Enter");
  await v.page.waitForSelector("#nv tbody");
  await v.sees("Đã xác nhận kế hoạch");
});

test("two people review one plan: both keep theirs, and choose where they differ", async () => {
  const an = await paste("daumoi", 302);
  const path = new URL(an.page.url()).pathname;
  const binh = await signIn("lanhdao");
  await binh.open(path);
  await binh.page.waitForSelector("#kiem-tra");
  for (const v of [an, binh]) await v.page.evaluate(() => document.querySelectorAll("details.fold-row").forEach((d) => d.open = true));
  await an.fill("Rõ sản phẩm, nhiệm vụ 2", "02 bảng niêm yết");
  await an.page.keyboard.press("Tab");
  await saved(an);
  await binh.fill("Rõ thời gian, nhiệm vụ 2", "Tháng 5/2026"); // on a page made before
  await binh.page.keyboard.press("Tab");
  await saved(binh);
  equal(await binh.field("Rõ sản phẩm, nhiệm vụ 2").inputValue(), "02 bảng niêm yết", "what the other wrote, without loading again");
  await binh.sees("Cùng xem với anh/chị: Lê Văn Mối");

  await an.fill("Rõ trách nhiệm, nhiệm vụ 1", "Trưởng Phòng TCHC");
  await an.page.keyboard.press("Tab");
  await saved(an);
  const page = binh.page;
  await page.route("**/o", (route) => route.abort()); // the line is down: the form is sent whole, later
  await binh.fill("Rõ trách nhiệm, nhiệm vụ 1", "Phó Giám đốc");
  await page.keyboard.press("Tab");
  await page.waitForFunction(() => /Chưa lưu được/.test(document.getElementById("luu-luc").textContent));
  binh.problems = [];
  await page.unroute("**/o");
  await binh.press("Lưu nháp");
  await binh.sees("Cả hai cách ghi còn đây");
  await binh.page.locator("#t0 summary").click().catch(() => {});
  await an.open(path);
  equal(await an.field("Rõ thời gian, nhiệm vụ 2").inputValue(), "Tháng 5/2026", "what the other wrote");
  await an.page.evaluate(() => document.getElementById("t0").open = true);
  await an.sees("ghi khác: “Phó Giám đốc”");
  await an.shot("kiem-tra-hai-nguoi");
  await an.axe();
  await an.page.getByRole("button", { name: "Dùng bản này: Rõ trách nhiệm, nhiệm vụ 1" }).click();
  await an.page.waitForFunction(() => document.getElementById("t0-duty").value === "Phó Giám đốc");
  await an.seesNot("ghi khác");
  await an.press("Bỏ bản này");
});

test("many fields are accepted at once and taken back, without JavaScript on a phone", async () => {
  const v = await paste("daumoi", 303, { javascript: false, width: 390, height: 844 });
  const before = await doubts(v);
  await v.press("Nhận các ô này");
  await v.sees("Bấm Hoàn tác nếu nhầm");
  const accepted = await v.count(".st.accepted");
  equal(accepted > 3, true, `fields accepted, ${accepted},`);
  await v.press("Hoàn tác");
  await v.sees("Đã hoàn tác lần sửa vừa rồi");
  equal(await v.count(".st.accepted"), 0, "fields accepted after taking back");
  await v.press("Đúng rồi: Số, ký hiệu");
  equal(await doubts(v), before - 1, "doubtful fields");
  equal(/#f-t\d+-/.test(v.page.url()), true, `the way to the next doubt, ${v.page.url()},`);
  await v.page.locator("[name=dv-0]").fill("Khoa Khám bệnh");
  await v.press("Lưu nháp");
  await v.sees("Khớp: Khoa Khám bệnh");
  await v.shot("kiem-tra-khong-js");
  await v.press("Xác nhận");
  await v.sees("Còn chỗ chưa rõ, vẫn xác nhận?");
  await v.press("Vẫn xác nhận");
  await v.sees("Đã xác nhận kế hoạch");
});

test("the original wording is one press away, and comes back with one more", async () => {
  const v = await paste("daumoi", 304);
  equal(await v.count("[name=dv-0]"), 0, "units to choose, after the choice of an earlier plan");
  await v.page.evaluate(() => document.getElementById("t0").open = true);
  const guess = v.page.locator("#f-t0-title details");
  await guess.locator("summary").click();
  await guess.getByRole("button").click();
  await v.page.waitForFunction(() => /trén Trang thong tin/.test(document.getElementById("t0-title").value));
  await v.press("Hoàn tác");
  await v.page.waitForFunction(() => /trên Trang thông tin/.test(document.getElementById("t0-title").value));
  await v.press("Bỏ bản này");
});

test("who is an administrator, too, makes an unknown unit in the review", async () => {
  const admin = await signIn("quantri");
  await admin.open("/quan-tri/tai-khoan");
  await admin.press("Lê Văn Mối");
  const account = admin.page.url();
  await admin.choose("Đơn vị", "Trung tâm Y tế Sông Hương");
  await admin.page.locator("#role").selectOption({ label: "Quản trị" });
  await admin.press("Giao vai trò");
  const v = await paste("daumoi", 306, { javascript: false, lead: "Đội Xung kích Sông Bồ" });
  await v.page.getByText("Thêm đơn vị mới").click();
  await v.fill("Tên đơn vị mới", "");
  await v.fill("Rõ trách nhiệm, nhiệm vụ 1", "Trưởng Phòng TCHC");
  await v.press("Thêm đơn vị này");
  equal(await v.field("Rõ trách nhiệm, nhiệm vụ 1").inputValue(), "Trưởng Phòng TCHC", "what was typed when the unit could not be made");
  await v.page.getByText("Thêm đơn vị mới").click();
  await v.fill("Tên đơn vị mới", "Đội Xung kích Sông Bồ");
  await v.press("Thêm đơn vị này");
  await v.sees("Khớp: Đội Xung kích Sông Bồ");
  await v.press("Bỏ bản này");
  await admin.page.goto(account);
  await admin.page.locator("tr", { hasText: "Quản trị" }).getByRole("button").click();
  await admin.page.waitForLoadState("load");
});

test("a plan and its annex come in as one, the annex behind", async () => {
  const v = await signIn("daumoi");
  const [annex, plan] = ["phu-luc-1.txt", "z-ke-hoach.txt"].map((name) => join(world.folder, name));
  writeFileSync(plan, damaged(305));
  writeFileSync(annex, "PHỤ LỤC\n\nBiểu mẫu ghi kết quả treo băng rôn tại các trạm y tế.\n");
  await v.open("/ke-hoach/nhap");
  await v.attach("Tệp kế hoạch", [annex, plan]);
  await v.press("Đọc tệp");
  await v.sees("z-ke-hoach.txt, phu-luc-1.txt");
  await v.sees("Đã tách 3 nhiệm vụ");
  await v.sees("Biểu mẫu ghi kết quả treo băng rôn");
  equal(await v.page.locator("a[href$='so=2']").innerText(), "phu-luc-1.txt", "the second file");
  await v.press("Bỏ bản này");
});

// ---- scans ----

const vietnamese = ["/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata", process.env.TESSDATA_PREFIX || "/"]
  .some((folder) => existsSync(join(folder, "vie.traineddata")));

const pages = (number) => [
  `<table width="100%"><tr><th>SỞ Y TẾ TỈNH HƯƠNG GIANG<br>TRUNG TÂM Y TẾ SÔNG HƯƠNG</th><th>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</th></tr>
   <tr><td align="center">Số: ${number}/KH-TTYTSH</td><td align="center"><i>Hương Giang, ngày 18 tháng 3 năm 2026</i></td></tr></table>
   <h3 align="center">KẾ HOẠCH<br>Tuyên truyền cải cách hành chính năm 2026</h3>
   <p><b>I. MỤC ĐÍCH</b></p><p>Nâng cao nhận thức của viên chức và người dân về cải cách hành chính.</p>`,
  `<p><b>II. NHIỆM VỤ CỤ THỂ</b></p><p>1. Đăng tin, bài về cải cách hành chính trên Trang thông tin điện tử</p><p>- Đơn vị chủ trì: Phòng TCHC.</p>
   <p>- Đơn vị phối hợp: Các khoa, phòng.</p><p>- Thời gian: Định kỳ 01 lần/quý.</p>
   <p>2. Niêm yết thủ tục hành chính tại nơi tiếp đón</p><p>- Đơn vị chủ trì: Khoa Khám bệnh.</p><p>- Thời gian: Trước ngày 15/6/2026.</p>`,
  `<table width="100%"><tr><td valign="top"><b><i>Nơi nhận:</i></b><br>- Sở Y tế (b/c);<br>- Lưu: VT.</td><th>GIÁM ĐỐC<br><br><br><br>Trần Thị Lành</th></tr></table>`,
];

// A PDF whose pages are pictures only, as a scanner makes it.
async function scanned(name, number) {
  const context = await world.browser.newContext({ viewport: { width: 827, height: 1169 }, deviceScaleFactor: 2 });
  const page = await context.newPage();
  const images = [];
  for (const body of pages(number)) {
    await page.setContent(`<body style="font:21px/1.5 'Times New Roman','Liberation Serif','Tinos',serif;margin:90px 80px;background:#fff">${body}</body>`);
    images.push(await page.screenshot({ type: "jpeg", quality: 85 }));
  }
  await context.close();
  const parts = [], at = [];
  const put = (text) => parts.push(Buffer.isBuffer(text) ? text : Buffer.from(text, "latin1"));
  const begin = (id) => { at[id] = parts.reduce((sum, b) => sum + b.length, 0); put(`${id} 0 obj\n`); };
  put("%PDF-1.4\n");
  begin(1); put("<< /Type /Catalog /Pages 2 0 R >>\nendobj\n");
  begin(2); put(`<< /Type /Pages /Count ${images.length} /Kids [${images.map((_, i) => `${3 + 3 * i} 0 R`).join(" ")}] >>\nendobj\n`);
  images.forEach((image, i) => {
    const id = 3 + 3 * i, draw = "q 595 0 0 842 0 0 cm /I Do Q";
    begin(id); put(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${id + 1} 0 R /Resources << /XObject << /I ${id + 2} 0 R >> >> >>\nendobj\n`);
    begin(id + 1); put(`<< /Length ${draw.length} >>\nstream\n${draw}\nendstream\nendobj\n`);
    begin(id + 2); put(`<< /Type /XObject /Subtype /Image /Width 1654 /Height 2338 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${image.length} >>\nstream\n`);
    put(image); put("\nendstream\nendobj\n");
  });
  const start = parts.reduce((sum, b) => sum + b.length, 0);
  put(`xref\n0 ${at.length}\n0000000000 65535 f \n${at.slice(1).map((n) => `${String(n).padStart(10, "0")} 00000 n \n`).join("")}`);
  put(`trailer\n<< /Size ${at.length} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`);
  const path = join(world.folder, name);
  writeFileSync(path, Buffer.concat(parts));
  return path;
}

test("a scan is recognised page by page, and its passages are lit on the pages", async () => {
  if (!vietnamese) return console.log("# skipped: tesseract's Vietnamese data is not installed");
  const v = await signIn("daumoi");
  await v.open("/ke-hoach/nhap");
  await v.attach("Tệp kế hoạch", await scanned("ban-quet.pdf", 311));
  await v.press("Đọc tệp");
  await v.sees("Đang nhận dạng ban-quet.pdf");
  await v.axe();
  await v.shot("nhan-dang");
  const path = new URL(v.page.url()).pathname;
  await v.open("/ke-hoach"); // leaving does not stop it
  await v.open(path);
  await v.page.waitForSelector("#kiem-tra", { timeout: 120000 });
  await v.sees("Đã tách 2 nhiệm vụ");
  equal(await v.count(".pic img"), 3, "pictures of pages");
  equal(await v.page.locator("#goc-anh").isChecked(), true, "pictures are shown first");
  await v.page.evaluate(() => document.getElementById("t1").open = true);
  await v.page.locator("#t1-leads").focus();
  equal(await v.count(".pic rect.here"), 1, "lit passages");
  await v.page.waitForFunction(() => [...document.querySelectorAll(".pic img")][1].naturalWidth > 500);
  const inView = await v.page.evaluate(() => {
    const sheet = document.querySelector(".sheet").getBoundingClientRect(), lit = document.querySelector("rect.here").getBoundingClientRect();
    return lit.top >= sheet.top && lit.bottom <= sheet.bottom;
  });
  equal(inView, true, "the lit passage is in view");
  await v.axe();
  await v.shot("kiem-tra-quet");
  await v.page.getByText("Chữ", { exact: true }).click();
  equal(await v.page.locator(".paper .here").first().isVisible(), true, "the same passage in the text");
  await v.press("Bỏ bản này");
});

test("a scan under way is given up at once", async () => {
  const v = await signIn("daumoi", { javascript: false });
  await v.open("/ke-hoach/nhap");
  await v.attach("Tệp kế hoạch", await scanned("bo-giua-chung.pdf", 312));
  await v.press("Đọc tệp");
  await v.sees("Đang nhận dạng bo-giua-chung.pdf");
  await v.open("/ke-hoach");
  await v.sees("bo-giua-chung.pdf");
  await v.press("bo-giua-chung.pdf");
  await v.press("Dừng và bỏ bản này");
  await v.seesNot("bo-giua-chung.pdf");
});
