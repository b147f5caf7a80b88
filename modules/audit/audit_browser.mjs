import { signIn, test } from "../../tests/browser.mjs";

test("the trail names who signed in, newest first, and is filtered", async () => {
  await signIn("tram");
  const v = await signIn("quantri");
  await v.open("/quan-tri/nhat-ky");
  await v.sees("Đăng nhập");
  await v.axe();
  await v.shot("nhat-ky");
  await v.choose("Người làm", "Đỗ Văn Trạm (tram)");
  await v.choose("Loại đối tượng", "Tài khoản");
  await v.press("Lọc");
  const rows = await v.page.locator("tbody tr").allInnerTexts();
  if (rows.length === 0 || !rows.every((row) => row.includes("Đỗ Văn Trạm"))) throw new Error(rows.join("|"));
});
