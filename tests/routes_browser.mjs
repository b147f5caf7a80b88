// Walks every route as nobody, as each role, and as the same role of another unit, with addresses that real pages show.
import { equal, test } from "./browser.mjs";
import { allowed, crawl, roleOf, routes, session } from "./walk.mjs";

// Things of one unit: another unit's people must not learn that they exist.
const strangers = ["lanhdao2", "daumoi2", "khoa2"];
// Seen by everybody who is signed in, whatever the id.
const shared = [/^\/don-vi\b/];
// The plan of the Sở and its tasks: read by all centres below it. Filled from its page before the walk.
const above = new Set();
const ofOneUnit = (path) => /\/(\d+|[0-9a-f]{64})/.test(path) && !shared.some((p) => p.test(path)) && !above.has(path.split("/").slice(0, 3).join("/"));

// The law that the route tables are held against: the first line that fits says who may at most.
const law = [
  [/^GET \/$|^(GET|POST) \/dang-nhap(\/ma)?$/, ["mọi người"]],
  [/^\w+ \/quan-tri/, ["quản trị"]],
  [/^\w+ \/don-vi\/(them|:id\/)/, ["quản trị"]],
  [/^POST \/bao-cao\/.*\/mo-lai$/, ["lãnh đạo"]],
  [/^\w+ \/(bao-cao|ke-hoach\/nhap|nhiem-vu\/moi|nhiem-vu\/:id\/)|^POST \/ke-hoach\/:id\//, ["lãnh đạo", "đầu mối"]],
  [/./, ["đã đăng nhập", "lãnh đạo", "đầu mối", "biên tập", "cán bộ", "quản trị"]],
];

// What a form of ours may hold, all at once: a stranger's POST must fail for who sends it, not for what is missing.
const plausible = {
  reason: "Lý do", note: "Ghi chú", url: "https://songhuong.example/x", title: "Việc lạ", due: "31/12/2026", trigger: "Công văn 1/SYT",
  cancel_reason: "Không cần nữa", kind: "deadline", year: "2026", text: "Lời lạ", version: "1", viec: "luu", number: "1/KH-LA",
  agency: "Nơi lạ", name: "Tên lạ", short_name: "Tên lạ", login: "la", unit: "1", role: "leader", from_day: "2026-01-01", link: "admin",
  parent: "1", into: "1", password: "mot mat khau la", code: "la",
};

test("no route is open to more people than the law says", async () => {
  const wrong = routes().filter(({ method, path, access }) => {
    const [, most] = law.find(([pattern]) => pattern.test(`${method} ${path}`));
    return !access.every((who) => most.includes(who));
  });
  equal(wrong.map((r) => `${r.method} ${r.path}: ${r.access}`).join("\n"), "", "routes open too far");
});

// All that the owner sees of these pages, without what differs at each look.
async function seenBy(person, paths) {
  const all = new Map();
  for (const path of paths) {
    const { status, text } = await person.page(path);
    all.set(path, `${status} ${text.replace(/name="_token" value="[^"]*"/g, "")}`);
  }
  return all;
}

test("every route keeps to its access", async () => {
  const all = routes();
  const people = {};
  for (const login of [...Object.keys(roleOf), ""]) people[login] = await session(login);
  const plan = /href="(\/ke-hoach\/\d+)">[^<]*74\/KH-SYT/.exec((await people.daumoi.page("/ke-hoach/2")).text)[1];
  above.add(plan);
  for (const [, task] of (await people.so.page(plan)).text.matchAll(/href="(\/nhiem-vu\/\d+)"/g)) above.add(task);
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
    const stranger = strangers.includes(login) && ofOneUnit(path);
    if (status >= 500) wrong.push(`${login || "nobody"} GET ${path}: ${status}`);
    else if (!may && !login && !(status === 303 && location.startsWith("/dang-nhap"))) wrong.push(`nobody GET ${path}: ${status}`);
    else if (!may && login && status !== 403) wrong.push(`${login} GET ${path}: ${status}, not 403`);
    else if (may && stranger && ![403, 404].includes(status)) wrong.push(`${login} GET ${path} of another unit: ${status}`);
    else if (may && status === 403 && !stranger && route.access[0] !== "đã đăng nhập") wrong.push(`${login} GET ${path}: refused`);
  }
  const owned = all.filter((r) => r.method === "GET" && allowed(r, "daumoi") && !/tep|tai\b/.test(r.path));
  const paths = owned.flatMap((r) => [...r.seen]).filter(ofOneUnit);
  const before = await seenBy(people.daumoi, paths);
  for (const [route, path, login] of checks.filter(([r]) => r.method === "POST" && r.path !== "/dang-xuat")) {
    const may = allowed(route, login);
    const stranger = strangers.includes(login) && ofOneUnit(path);
    const bare = await people[login].post(path, {});
    if (bare !== 403) wrong.push(`${login || "nobody"} POST ${path} without a token: ${bare}`);
    if (!login || route.path === "/dang-nhap") continue;
    if (may && !stranger) continue; // what the rules then say, unit and browser tests check
    const status = await people[login].post(path, { ...plausible, _token: await people[login].token() });
    if (![403, 404].includes(status)) wrong.push(`${login} POST ${path}: ${status}`);
  }
  const after = await seenBy(people.daumoi, paths);
  for (const path of paths) if (before.get(path) !== after.get(path)) wrong.push(`a stranger's POST changed ${path}`);
  if (wrong.length) throw new Error(`${wrong.length} of ${checks.length}:\n${wrong.slice(0, 40).join("\n")}`);
  if (unseen.length > all.length / 4) throw new Error(`no page leads to ${unseen.map((r) => `${r.method} ${r.path}`).join(", ")}`);
});

test("nobody ends another person's session", async () => {
  const [owner, other] = [await session("khoa"), await session("tram")];
  await session("khoa"); // a second one, which the owner's page offers to end
  const { text } = await owner.page("/tai-khoan");
  const [path] = text.match(/\/tai-khoan\/phien\/\d+\/ket-thuc/);
  equal(await other.post(path, { _token: await other.token() }), 404, "another person's session");
  const left = (await owner.page("/tai-khoan")).text;
  equal(left.includes(path), true, "the session is still there");
  equal(await owner.post(path, { _token: await owner.token() }), 303, "one's own session");
});

test("a file is for those who reach its task", async () => {
  const people = { khoa: await session("khoa"), tram: await session("tram"), khoa2: await session("khoa2"), "": await session("") };
  const all = routes();
  await crawl(all, people.khoa);
  const files = [...all.find((r) => r.path === "/tep/:hash").seen];
  equal(files.length > 0, true, "the unit has proof to look at");
  for (const file of files)
    for (const [login, wanted] of [["khoa", 200], ["tram", 404], ["khoa2", 404], ["", 303]])
      equal((await people[login].page(file)).status, wanted, `${login || "nobody"} GET ${file}`);
});
