import { signIn, test } from "../../tests/browser.mjs";

test("the trail names who signed in, newest first, and is filtered", async () => {
  const v = await signIn("quantri");
  await v.open("/quan-tri/nhat-ky");
  await v.sees("Đăng nhập");
  await v.axe();
  await v.shot("nhat-ky");
  await v.choose("Loại đối tượng", "Đơn vị");
  await v.press("Lọc");
  await v.sees("Thêm đơn vị");
  await v.seesNot("Đăng nhập");
});
