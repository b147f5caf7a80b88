// Opens every page, as somebody who may, at the widths of a small phone, a phone and a desk:
// no script error, no sideways scroll, nothing serious from axe, nothing heavy to load.
import { join } from "node:path";
import { signIn, test, visit, world } from "./browser.mjs";
import { allowed, crawl, routes, session } from "./walk.mjs";

const staff = ["lanhdao", "daumoi", "khoa", "quantri"];

// A file offered for download or an image is no page.
const noPages = [/\/tep\b/, /\/tai\//];

async function pages() {
  const all = routes().filter((r) => r.method === "GET" && !noPages.some((p) => p.test(r.path)));
  for (const login of staff) await crawl(all, await session(login));
  const list = [];
  for (const route of all) {
    const login = staff.find((who) => !route.access.includes("mọi người") && allowed(route, who)) || "";
    const seen = [...route.seen];
    if (!seen.length && !route.path.includes(":")) seen.push(route.path);
    for (const path of seen.slice(0, 2)) list.push({ path, login });
  }
  return list;
}

test("every page fits a small phone, a phone and a desk, and axe finds nothing serious", async () => {
  const daumoi = await signIn("daumoi");
  await daumoi.open("/ke-hoach/nhap");
  await daumoi.attach("Tệp kế hoạch", join(world.root, "samples/ke-hoach-mau.docx"));
  await daumoi.press("Đọc tệp");
  const people = { "": await visit() };
  for (const login of staff) people[login] = await signIn(login);
  const wrong = [];
  for (const { path, login } of await pages()) {
    const v = people[login];
    for (const [width, height] of [[320, 640], [390, 844], [1280, 800]]) {
      await v.page.setViewportSize({ width, height });
      for (const check of [() => v.open(path), () => v.axe()])
        await check().catch((why) => wrong.push(`${login || "nobody"} ${width} px: ${why.message}`));
      v.problems.length = 0;
      if (v.status !== 200) wrong.push(`${login || "nobody"} ${path}: ${v.status}`);
    }
    await v.shot(`trang${path.replaceAll("/", "-")}`);
  }
  if (wrong.length) throw new Error(`${wrong.length}:\n${wrong.join("\n")}`);
});

// Bytes on the wire of a page with all it loads, by an empty cache.
async function weight(path, login) {
  const v = login ? await signIn(login) : await visit();
  const wire = await v.context.newCDPSession(v.page);
  await wire.send("Network.enable");
  await wire.send("Network.setCacheDisabled", { cacheDisabled: true });
  let bytes = 0;
  wire.on("Network.loadingFinished", (e) => (bytes += e.encodedDataLength));
  await v.open(path);
  await v.page.waitForLoadState("networkidle");
  return bytes;
}

test("the first view of a page is light", async () => {
  for (const [path, login, most] of [["/", "", 100e3], ["/dang-nhap", "", 100e3], ["/ban-lam-viec", "daumoi", 130e3]]) {
    const bytes = await weight(path, login);
    if (world.shots) console.log(`# ${path}: ${bytes} bytes`);
    if (bytes > most) throw new Error(`${path}: ${bytes} bytes, more than ${most}`);
  }
});
