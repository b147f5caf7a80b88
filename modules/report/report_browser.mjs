import { readFileSync } from "node:fs";
import { equal, signIn, test } from "../../tests/browser.mjs";

test("a report is read, edited, handed out, locked and opened again, without script", async () => {
  const lead = await signIn("lanhdao", { javascript: false });
  await lead.open("/bao-cao?nam=2026");
  await lead.sees("Trung tâm Y tế Sông Hương");
  await lead.open("/bao-cao/ttytsh/2026-Q1");
  await lead.sees("Báo cáo quý I năm 2026");
  await lead.press("Sửa phần V. Kiến nghị, đề xuất");
  await lead.fill("Nội dung", "Đề nghị Sở Y tế <cấp> thêm tài liệu.");
  await lead.press("Lưu");
  await lead.sees("Đã lưu.");
  await lead.sees("Đề nghị Sở Y tế <cấp> thêm tài liệu.");
  equal(readFileSync(await lead.download("DOCX")).subarray(0, 2).toString(), "PK");
  equal(readFileSync(await lead.download("PDF")).subarray(0, 5).toString(), "%PDF-");
  equal(readFileSync(await lead.download("XLSX")).subarray(0, 2).toString(), "PK");
  await lead.press("Chốt báo cáo");
  await lead.sees("Báo cáo đã chốt");
  equal(await lead.page.getByRole("link", { name: "Sửa phần V. Kiến nghị, đề xuất" }).count(), 0);
  await lead.press("Mở lại để sửa");
  await lead.seesNot("Báo cáo đã chốt");
});

test("each figure of a report leads to a place on its page, and the pages fit a phone", async () => {
  const focal = await signIn("daumoi", { width: 390, height: 844 });
  for (const path of ["/bao-cao?nam=2026", "/bao-cao/ttytsh/2026-Q1", "/bao-cao/ttytsh/2026-Q1/phan/next"]) {
    await focal.open(path);
    await focal.axe();
  }
  await focal.open("/bao-cao/ttytsh/2026-Q1");
  const lost = await focal.page.$$eval("a.fig[href^='#']", (links) =>
    links.map((a) => a.getAttribute("href")).filter((h) => !document.getElementById(h.slice(1))));
  equal(lost.join(" "), "", "figures that lead nowhere");
  await focal.shot("bao-cao");
});

test("another centre's report is not found", async () => {
  const other = await signIn("daumoi2");
  await other.open("/bao-cao/ttytsh/2026-Q1");
  equal(other.status, 404);
  await other.open("/bao-cao?nam=2026");
  await other.seesNot("Trung tâm Y tế Sông Hương");
});

test("an administrator adds a dated sending day with its legal basis", async () => {
  const admin = await signIn("quantri", { javascript: false });
  await admin.open("/quan-tri");
  await admin.press("Kỳ báo cáo");
  await admin.sees("Nghị định số 09/2019/NĐ-CP");
  const form = admin.page.getByRole("region", { name: "Thêm ngày gửi" });
  await form.getByLabel("Ngày gửi trong tháng").fill("18");
  await form.getByLabel("Áp dụng cho kỳ chốt từ ngày").fill("2026-12-01");
  await form.getByLabel("Căn cứ").fill("Công văn số 13/SYT-VP");
  await form.getByRole("button", { name: "Thêm ngày gửi" }).click();
  await admin.sees("Đã thêm ngày gửi.");
  await admin.sees("Công văn số 13/SYT-VP");
  await admin.sees("Sắp áp dụng");
  await admin.shot("ky-bao-cao");
});
