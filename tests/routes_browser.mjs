// Walks every route as nobody, as each role, and as the same role of another unit, with addresses that real pages show.
import { test } from "./browser.mjs";
import { allowed, crawl, roleOf, routes, session } from "./walk.mjs";

// Things of one unit: another unit's people must not learn that they exist.
const strangers = ["lanhdao2", "daumoi2", "khoa2"];
// Seen by everybody who is signed in, whatever the id.
const shared = [/^\/don-vi\b/];

test("every route keeps to its access", async () => {
  const all = routes();
  const people = {};
  for (const login of [...Object.keys(roleOf), ""]) people[login] = await session(login);
  for (const login of ["daumoi", "quantri", "lanhdao", "khoa"]) await crawl(all, people[login]);
  const wrong = [];
  const unseen = all.filter((r) => r.seen.size === 0);
  for (const route of unseen) route.seen.add(route.path.replace(/:[a-z_]+/g, "1"));
  const checks = [];
  for (const route of all)
    for (const path of route.seen) for (const login of Object.keys(people)) checks.push([route, path, login]);
  for (const [route, path, login] of checks.filter(([r]) => r.method === "GET")) {
    const { status, location } = await people[login].page(path);
    const may = allowed(route, login);
    const stranger = strangers.includes(login) && /\/\d+/.test(path) && !shared.some((p) => p.test(path));
    if (status >= 500) wrong.push(`${login || "nobody"} GET ${path}: ${status}`);
    else if (!may && !login && !(status === 303 && location.startsWith("/dang-nhap"))) wrong.push(`nobody GET ${path}: ${status}`);
    else if (!may && login && status !== 403) wrong.push(`${login} GET ${path}: ${status}, not 403`);
    else if (may && stranger && ![403, 404].includes(status)) wrong.push(`${login} GET ${path} of another unit: ${status}`);
    else if (may && status === 403 && !stranger && route.access[0] !== "đã đăng nhập") wrong.push(`${login} GET ${path}: refused`);
  }
  for (const [route, path, login] of checks.filter(([r]) => r.method === "POST" && r.path !== "/dang-xuat")) {
    const may = allowed(route, login);
    const stranger = strangers.includes(login) && /\/\d+/.test(path);
    const bare = await people[login].post(path, {});
    if (bare !== 403) wrong.push(`${login || "nobody"} POST ${path} without a token: ${bare}`);
    if (!login || route.path === "/dang-nhap") continue;
    if (may && !stranger) continue; // what the rules then say, unit and browser tests check
    const status = await people[login].post(path, { _token: await people[login].token() });
    if (![403, 404].includes(status)) wrong.push(`${login} POST ${path}: ${status}`);
  }
  if (wrong.length) throw new Error(`${wrong.length} of ${checks.length}:\n${wrong.slice(0, 40).join("\n")}`);
  if (unseen.length > all.length / 4) throw new Error(`no page leads to ${unseen.map((r) => `${r.method} ${r.path}`).join(", ")}`);
});
