// The main flow by keyboard alone: Tab, Shift+Tab, Enter and Space; the skip link first, focus always to be seen, no trap.
import { test, signIn, visit, equal, world } from "./browser.mjs";

// What has focus: its words, and whether the ring around it shows.
async function focused(v) {
  return v.page.evaluate(() => {
    const e = document.activeElement;
    if (!e || e === document.body) return { tag: "body", name: "", ring: true };
    const label = e.labels && e.labels.length ? e.labels[0].innerText : "";
    // The ring may be drawn on the label around a control that is not seen itself.
    const rings = [e, e.nextElementSibling, e.parentElement].filter(Boolean).map((x) => getComputedStyle(x));
    const ring = rings.some((s) => (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== "none");
    return { tag: e.tagName.toLowerCase(), id: e.id, name: (label || e.getAttribute("aria-label") || e.innerText || e.name || "").replace(/\s+/g, " ").replace(/ ,/g, ",").trim(), ring };
  });
}

// Presses Tab until `wanted` has focus; every stop on the way must be seen.
async function tabTo(v, wanted, most = 120) {
  const seen = [];
  for (let i = 0; i < most; i++) {
    await v.page.keyboard.press("Tab");
    const at = await focused(v);
    if (!at.ring) throw new Error(`${v.page.url()}: no ring around ${at.tag} “${at.name}”`);
    seen.push(at.name);
    if (wanted.test(at.name)) return at;
  }
  throw new Error(`${v.page.url()}: Tab never reaches ${wanted}: ${seen.slice(0, 60).join(" | ")}`);
}

// Through the whole page and out of it again: focus comes back to the start, so nothing holds it.
async function noTrap(v) {
  const stops = await v.page.locator("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']").count();
  await v.page.evaluate(() => document.activeElement.blur());
  for (let i = 0; i < stops + 40; i++) {
    await v.page.keyboard.press("Tab");
    if (i > 2 && (await focused(v)).name === "Đến nội dung chính") return;
  }
  throw new Error(`${v.page.url()}: Tab does not come round after ${stops + 40} presses`);
}

async function enter(v) {
  await Promise.all([v.page.waitForNavigation(), v.page.keyboard.press("Enter")]);
  await v.checkPage();
}

async function signInByKeys(login) {
  const v = await visit();
  await v.open("/dang-nhap");
  await v.page.keyboard.press("Tab");
  equal((await focused(v)).name, "Đến nội dung chính", "the first stop");
  await tabTo(v, /^Tên đăng nhập$/);
  await v.page.keyboard.type(login);
  await tabTo(v, /^Mật khẩu$/);
  await v.page.keyboard.type(world.password);
  await tabTo(v, /^Nhớ trên máy này/);
  await v.page.keyboard.press("Space");
  await tabTo(v, /^Đăng nhập$/);
  await enter(v);
  await v.sees("Việc phải làm");
  return v;
}

test("by keyboard alone: sign in, skip to the content, open a task and send its result", async () => {
  const v = await signInByKeys("daumoi");
  await v.page.keyboard.press("Tab");
  equal((await focused(v)).name, "Đến nội dung chính", "the first stop");
  await v.page.keyboard.press("Enter");
  await v.page.keyboard.press("Tab");
  equal(await v.page.evaluate(() => document.querySelector("#main").contains(document.activeElement)), true, "the content has focus");
  await v.open("/nhiem-vu/moi");
  await tabTo(v, /^Việc phải làm$/);
  await v.page.keyboard.type("Ghi việc chỉ bằng bàn phím");
  await tabTo(v, /^Phòng Tổ chức - Hành chính$/);
  await v.page.keyboard.press("Space");
  await tabTo(v, /^Đến hạn vào ngày$/);
  await tabTo(v, /^Ngày đến hạn/);
  await v.page.keyboard.type("30/6/2026");
  await tabTo(v, /^Lưu nhiệm vụ$/);
  await enter(v);
  await v.sees("Đã giao nhiệm vụ.");
  await noTrap(v);
  await v.page.evaluate(() => document.activeElement.blur());
  await tabTo(v, /^Đường dẫn bài đăng/);
  await v.page.keyboard.type("https://songhuong.example/ban-phim");
  await tabTo(v, /^Nộp kết quả$/);
  await enter(v);
  await v.sees("Đã nộp kết quả, đang chờ duyệt.");
});

test("by keyboard alone: a plan under review is corrected and kept", async () => {
  const v = await signIn("daumoi");
  await v.open("/ke-hoach");
  await tabTo(v, /^ke-hoach-ho-so-truc-tuyen/);
  await enter(v);
  await tabTo(v, /^Trích yếu$/);
  await v.page.keyboard.press("End");
  await v.page.keyboard.type(" tại cơ sở");
  await tabTo(v, /Đặt bàn hướng dẫn/);
  await v.page.keyboard.press("Enter");
  await tabTo(v, /^Rõ việc, nhiệm vụ 1$/);
  await tabTo(v, /^Lưu nháp$/);
  await enter(v);
  await v.sees("Đã lưu nháp.");
  await noTrap(v);
});

test("with less motion nothing moves", async () => {
  const v = await signIn("daumoi");
  await v.page.emulateMedia({ reducedMotion: "reduce" });
  await v.open("/ban-lam-viec");
  const moving = await v.page.evaluate(() => [...document.querySelectorAll("*")].filter((e) => {
    const s = getComputedStyle(e);
    return Math.max(...`${s.transitionDuration},${s.animationDuration}`.split(",").map(parseFloat)) > 0.02;
  }).length);
  equal(moving, 0, "elements that move");
});
