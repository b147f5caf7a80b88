// The cascade: the plan above is found, its tasks lie beside ours, each gets its answer.
import { test, signIn, equal } from "../../tests/browser.mjs";

async function answerEach(person) {
  await person.open("/ke-hoach/2");
  await person.sees("Kế hoạch cấp trên");
  await person.press("Đối chiếu nhiệm vụ với 74/KH-SYT");
  await person.axe();
  await person.shot("doi-chieu");
  await person.sees("cấp trên giao cho đơn vị chưa được trả lời");
  await person.seesNot("Trung tâm Y tế Bến Ngọc");
  return person;
}

test("a task of the plan above is taken over, merged, refused, and answered anew", async () => {
  const daumoi = await answerEach(await signIn("daumoi"));
  await daumoi.press("Chưa trả lời");
  const open = async () => daumoi.count("details.fold-row");
  const before = await open();
  const summary = (words) => daumoi.page.locator("details.fold-row", { hasText: words }).locator("summary");

  await summary("tọa đàm với người dân").click();
  await daumoi.press("Nhận và thêm vào kế hoạch: Tổ chức tọa đàm với người dân về dịch vụ công trực tuyến tại xã, phường");
  await daumoi.sees("Đã nhận và thêm nhiệm vụ vào kế hoạch");
  equal(await open(), before - 1, "unanswered after taking one over");

  await summary("sắp xếp tổ chức bộ máy").click();
  await daumoi.choose("Gộp vào nhiệm vụ của đơn vị, Tuyên truyền việc sắp xếp tổ chức bộ máy của ngành y tế", "4.3. Cung cấp tin, bài về cải cách tổ chức bộ máy");
  await daumoi.press("Gộp: Tuyên truyền việc sắp xếp tổ chức bộ máy của ngành y tế");
  await daumoi.sees("Đã gộp vào nhiệm vụ của đơn vị");
  equal(await open(), before - 2, "unanswered after merging one");

  const contest = "Tham gia cuộc thi trực tuyến tìm hiểu cải cách hành chính ngành y tế";
  await summary(contest).click();
  await daumoi.press(`Không thuộc đơn vị: ${contest}`);
  await daumoi.sees("Hãy ghi lý do nhiệm vụ này không thuộc đơn vị");
  await daumoi.axe();
  await daumoi.shot("doi-chieu-tra-loi");
  await daumoi.fill(`Không thuộc đơn vị, vì, ${contest}`, "Sở tổ chức chung cho toàn ngành");
  await daumoi.press(`Không thuộc đơn vị: ${contest}`);
  await daumoi.sees("Đã ghi lý do không nhận");
  equal(await open(), before - 3, "unanswered after refusing one");

  await daumoi.press("Không nhận");
  await summary(contest).click();
  await daumoi.sees("Lý do: Sở tổ chức chung cho toàn ngành");
  await daumoi.press(`Bỏ câu trả lời: ${contest}`);
  await daumoi.sees("Đã bỏ câu trả lời");
  await daumoi.open("/ke-hoach/2");
  await daumoi.press("Tổ chức tọa đàm với người dân về dịch vụ công trực tuyến tại xã, phường");
  await daumoi.sees("Thực hiện nhiệm vụ cấp trên");
});

test("the same by keyboard and without JavaScript, on a phone", async () => {
  const lanhdao = await answerEach(await signIn("lanhdao", { javascript: false, width: 390, height: 844 }));
  const contest = "Tham gia cuộc thi trực tuyến tìm hiểu cải cách hành chính ngành y tế";
  const row = lanhdao.page.locator("details.fold-row", { hasText: contest });
  await row.locator("summary").focus();
  await lanhdao.page.keyboard.press("Enter");
  const button = row.getByRole("button", { name: `Nhận, đã có trong kế hoạch: ${contest}`, exact: true });
  await button.focus();
  await lanhdao.page.keyboard.press("Enter");
  await lanhdao.page.waitForLoadState("load");
  await lanhdao.sees("Đã nhận");
});

test("staff see the answers but give none; another centre sees nothing", async () => {
  const khoa = await signIn("khoa");
  await khoa.open("/ke-hoach/2/doi-chieu");
  await khoa.sees("Nhiệm vụ cấp trên giao");
  equal(await khoa.count("main form[method=post]"), 0, "forms for staff");
  const other = await signIn("daumoi2");
  await other.open("/ke-hoach/2/doi-chieu");
  equal(other.status, 404, "another centre's answers");
});

test("the link to the plan above is cut and set again; the plan above names the plans below", async () => {
  const daumoi = await signIn("daumoi");
  await daumoi.open("/ke-hoach/2");
  await daumoi.press("Không phải kế hoạch này: 74/KH-SYT");
  await daumoi.sees("chưa nối với kế hoạch cấp trên nào");
  await daumoi.press("Nối");
  await daumoi.sees("do người dùng nối");
  const so = await signIn("so");
  await so.open("/ke-hoach/3");
  await so.sees("Kế hoạch cấp dưới thực hiện kế hoạch này");
  await so.axe();
  await so.press("TTYT Sông Hương");
  await so.sees("112/KH-TTYTSH");
});

test("the level above sees units and tasks, filters them and takes the spreadsheet; a unit sees only itself", async () => {
  const so = await signIn("so");
  await so.open("/ke-hoach/3");
  await so.press("Đơn vị nào đã nhận việc gì");
  await so.sees("1 trong 2 đơn vị chưa có kế hoạch");
  equal(await so.count("table.year tbody tr"), 2, "units");
  await so.axe();
  await so.shot("ma-tran");
  const file = await so.download("XLSX");
  equal((await import("node:fs")).readFileSync(file).subarray(0, 2).toString(), "PK", "first bytes of the spreadsheet");
  await so.press("Chưa có kế hoạch");
  equal(await so.count("table.year tbody tr"), 1, "units without a plan");
  await so.sees("TTYT Bến Ngọc");
  await so.fill("Tìm đơn vị", "song huong");
  await so.press("Tìm");
  await so.sees("Không có đơn vị nào ở đây");
  await so.press("Tất cả");
  const daumoi = await signIn("daumoi", { javascript: false, width: 390, height: 844 });
  await daumoi.open("/ke-hoach/3/ma-tran");
  equal(await daumoi.count("table.year tbody tr"), 1, "units that a unit sees");
  await daumoi.seesNot("Bến Ngọc chưa");
  await daumoi.page.locator("table.year tbody a").first().click();
  await daumoi.sees("Nhiệm vụ cấp trên giao");
});
