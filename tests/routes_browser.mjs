// Walks every route as nobody, as each role, and as the same role of another unit, with addresses that real pages show.
import { spawnSync } from "node:child_process";
import { test, world } from "./browser.mjs";

const roleOf = { quantri: "quản trị", lanhdao: "lãnh đạo", daumoi: "đầu mối", bientap: "biên tập", khoa: "cán bộ", tram: "cán bộ",
  so: "đầu mối", lanhdao2: "lãnh đạo", daumoi2: "đầu mối", khoa2: "cán bộ" };
// Things of one unit: another unit's people must not learn that they exist.
const strangers = ["lanhdao2", "daumoi2", "khoa2"];
// Seen by everybody who is signed in, whatever the id.
const shared = [/^\/don-vi\b/];

class Session {
  constructor() {
    this.cookies = new Map();
  }
  async fetch(path, options = {}) {
    const headers = { ...(options.headers || {}), cookie: [...this.cookies].map(([k, v]) => `${k}=${v}`).join("; ") };
    const answer = await fetch(world.address + path, { redirect: "manual", ...options, headers });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (/max-age=0/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }
  async page(path) {
    const answer = await this.fetch(path);
    const text = /text\/html/.test(answer.headers.get("content-type") || "") ? await answer.text() : (await answer.arrayBuffer(), "");
    return { status: answer.status, text, location: answer.headers.get("location") };
  }
  async token(path = "/tai-khoan") {
    const { text } = await this.page(path);
    return (/name="_token" value="([^"]+)"/.exec(text) || [])[1] || "";
  }
  async post(path, fields) {
    const answer = await this.fetch(path, { method: "POST", body: new URLSearchParams(fields) });
    await answer.arrayBuffer();
    return answer.status;
  }
}

async function session(login) {
  const s = new Session();
  if (!login) return s;
  const token = await s.token("/dang-nhap");
  const status = await s.post("/dang-nhap", { _token: token, login, password: world.password });
  if (status !== 303) throw new Error(`${login} cannot sign in: ${status}`);
  return s;
}

function routes() {
  const text = spawnSync(world.program, ["routes"], { encoding: "utf8" }).stdout.trim();
  return text.split("\n").map((line) => {
    const [method, path, access] = line.split("\t");
    return { method, path, access: access.split(", "), pattern: new RegExp(`^${path.replace(/:[a-z_]+/g, "([^/?#]+)")}$`), seen: new Set() };
  });
}

function allowed(route, login) {
  return route.access.includes("mọi người") || (login && (route.access.includes("đã đăng nhập") || route.access.includes(roleOf[login])));
}

function note(all, path) {
  // A literal path wins over one with a name: /ke-hoach/nhap is not /ke-hoach/:id.
  for (const method of ["GET", "POST"]) {
    const found = all.filter((r) => r.method === method && r.pattern.test(path));
    found.sort((a, b) => a.path.split(":").length - b.path.split(":").length);
    if (found[0] && found[0].seen.size < 3) found[0].seen.add(path);
  }
}

async function crawl(all, s) {
  const waiting = ["/", "/ban-lam-viec", "/quan-tri"];
  const known = new Set(waiting);
  while (waiting.length && known.size < 600) {
    const { text } = await s.page(waiting.shift());
    for (const [, raw] of text.matchAll(/(?:href|action|src)="(\/[^"]*)"/g)) {
      const path = raw.replaceAll("&amp;", "&").replace(/[?#].*$/, "");
      note(all, path);
      if (known.has(path) || /^\/(tinh|dang-xuat)/.test(path)) continue;
      known.add(path);
      waiting.push(path);
    }
  }
}

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
