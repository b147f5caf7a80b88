// Without a browser: sessions, the table of routes, and a crawl that finds real addresses for them.
import { spawnSync } from "node:child_process";
import { world } from "./browser.mjs";

export const roleOf = { quantri: "quản trị", lanhdao: "lãnh đạo", daumoi: "đầu mối", bientap: "biên tập", khoa: "cán bộ", tram: "cán bộ",
  so: "đầu mối", lanhdao2: "lãnh đạo", daumoi2: "đầu mối", khoa2: "cán bộ" };

export class Session {
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

export async function session(login) {
  const s = new Session();
  if (!login) return s;
  const token = await s.token("/dang-nhap");
  const status = await s.post("/dang-nhap", { _token: token, login, password: world.password });
  if (status !== 303) throw new Error(`${login} cannot sign in: ${status}`);
  return s;
}

export function routes() {
  const text = spawnSync(world.program, ["routes"], { encoding: "utf8" }).stdout.trim();
  return text.split("\n").map((line) => {
    const [method, path, access] = line.split("\t");
    return { method, path, access: access.split(", "), pattern: new RegExp(`^${path.replace(/:[a-z_]+/g, "([^/?#]+)")}$`), seen: new Set() };
  });
}

export function allowed(route, login) {
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

export async function crawl(all, s) {
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
