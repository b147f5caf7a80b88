// This year's plan beside last year's, next year's begun from it, and the plan as a Word file.
import { readFileSync } from "node:fs";
import { test, signIn, equal } from "../../tests/browser.mjs";

test("a plan is laid beside last year's, word by word, with what became of each task", async () => {
  const khoa = await signIn("khoa");
  await khoa.open("/ke-hoach/2");
  await khoa.press("So sánh");
  await khoa.sees("98/KH-TTYTSH");
  equal((await khoa.count("td ins")) > 0 && (await khoa.count("td del")) > 0, true, "marked words");
  await khoa.sees("12/12 kỳ đã xong");
  await khoa.sees("Bỏ");
  await khoa.axe();
  await khoa.shot("so-sanh");
});

async function beginNextYear(options) {
  const daumoi = await signIn("daumoi", options);
  await daumoi.open("/ke-hoach/1");
  await daumoi.press("Lập kế hoạch năm sau");
  await daumoi.sees("Nhiệm vụ năm 2025 và kết quả");
  await daumoi.axe();
  await daumoi.shot("nam-sau");
  return daumoi;
}

test("next year's plan begins with the chosen tasks of this one", async () => {
  const daumoi = await beginNextYear({});
  await daumoi.fill("Năm của kế hoạch mới", "2025");
  await daumoi.press("Lập bản thảo");
  await daumoi.sees("phải sau năm 2025");
  await daumoi.fill("Năm của kế hoạch mới", "2026");
  await daumoi.field("Làm tiếp: Tổ chức sân khấu hóa về văn hóa công sở").uncheck();
  await daumoi.press("Lập bản thảo");
  await daumoi.sees("Đây là bản thảo lấy từ kế hoạch năm trước");
  await daumoi.sees("Đã tách 14 nhiệm vụ");
  await daumoi.seesNot("Tháng 9/2025");
  await daumoi.sees("74/KH-SYT");
  await daumoi.axe();
  await daumoi.shot("nam-sau-ban-thao");
  const file = readFileSync(await daumoi.download("Tải bản thảo (Word)"));
  equal(file.subarray(0, 2).toString(), "PK", "first bytes of the draft");
  await daumoi.press("Bỏ bản này");
});

test("the same without JavaScript, on a phone", async () => {
  const daumoi = await beginNextYear({ javascript: false, width: 390, height: 844 });
  await daumoi.press("Lập bản thảo");
  await daumoi.sees("Đã tách 15 nhiệm vụ");
  await daumoi.press("Bỏ bản này");
});

test("a plan is handed out as Word and PDF to who may read it", async () => {
  const khoa = await signIn("khoa");
  await khoa.open("/ke-hoach/2");
  equal(readFileSync(await khoa.download("Word")).subarray(0, 2).toString(), "PK", "first bytes of the Word file");
  equal(readFileSync(await khoa.download("PDF")).subarray(0, 5).toString(), "%PDF-", "first bytes of the PDF file");
  equal(await khoa.count("a[href$='/nam-sau']"), 0, "staff begin no plan");
  const other = await signIn("daumoi2");
  for (const path of ["/ke-hoach/2/so-sanh", "/ke-hoach/2/nam-sau", "/ke-hoach/2/tai/docx"]) {
    const answer = await other.page.request.get(new URL(path, other.page.url()).href);
    equal(answer.status(), 404, path);
  }
});
