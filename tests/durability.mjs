// Kills the server at random moments under load: what was acknowledged is there, exactly once.
// usage: node tests/durability.mjs sqlite|postgresql [--kills 20] [--seed 1] [--full]
// postgresql: on the server of SAURO_TEST_POSTGRES (tests/with-postgres sets it). --full: a full disk instead (SQLite).
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { Trial, ask, signIn, tokensOf } from "./trial.mjs";

const CONNECTIONS = 16;
const words = process.argv.slice(2);
const kind = words[0];
const option = (name, initial) => (words.includes(name) ? Number(words[words.indexOf(name) + 1]) : initial);
const kills = option("--kills", 20);
const seed = option("--seed", 1);

let passed = 0;
let failed = 0;
function check(good, what) {
  if (good) passed++;
  else failed++;
  console.log(`${good ? "good" : "BAD"}: ${what}`);
}

// Mulberry32: the same seed gives the same moments and choices.
let state = seed;
function chance() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

// ---- forms ----

// What one person sent: { title, fields, location: of the acknowledgement, or undefined }.
const sent = [];

async function fill(trial, cookies) {
  const page = await ask(trial, "GET", "/nhiem-vu/moi", null, cookies);
  const token = tokensOf(page.text).at(-1);
  if (page.status !== 200 || !token) throw new Error(`the form came with ${page.status}`);
  const title = `Việc thử độ bền ${sent.length + 1} hết`;
  const form = { title, fields: { _token: token, title, kind: "none", year: "2026", lead_other: "Ban thử nghiệm" } };
  sent.push(form);
  return form;
}

// Strange answers are kept for the end; a cut line leaves the form without an acknowledgement.
const strange = [];
async function send(trial, cookies, form) {
  const answer = await ask(trial, "POST", "/nhiem-vu/moi", form.fields, cookies);
  if (answer.status !== 303) {
    strange.push(`${answer.status} for ${form.title}`);
    return false;
  }
  if (form.location && form.location !== answer.headers.location) strange.push(`${form.title} moved to ${answer.headers.location}`);
  form.location = answer.headers.location;
  return true;
}

// Writes until the line is cut.
async function write(trial, cookies, life) {
  try {
    while (!life.over) {
      const form = await fill(trial, cookies);
      form.life = life.number;
      await send(trial, cookies, form);
    }
  } catch (why) {
    if (!life.over) strange.push(`a line was cut before the kill: ${why.message}`);
  }
}

// ---- what is there ----

function count(counts, text) {
  for (const [, title] of text.matchAll(/>(Việc thử độ bền \d+ hết)</g)) counts.set(title, (counts.get(title) || 0) + 1);
}

// Every task of ours and how often it is there, by the pages of the list.
async function stored(trial, cookies) {
  const counts = new Map();
  for (let number = 1; ; number++) {
    const page = await ask(trial, "GET", `/nhiem-vu?q=thu+do+ben&trang=${number}`, null, cookies);
    const before = counts.size;
    count(counts, page.text);
    if (page.status !== 200) throw new Error(`the list came with ${page.status}`);
    if (counts.size === before) return counts;
  }
}

async function judge(trial, cookies) {
  const counts = await stored(trial, cookies);
  const kept = sent.filter((form) => form.location);
  const lost = kept.filter((form) => !counts.has(form.title));
  const doubled = [...counts].filter(([, times]) => times > 1);
  const open = sent.filter((form) => !form.location && counts.has(form.title));
  console.log(`# ${sent.length} forms sent, ${kept.length} acknowledged, ${counts.size} stored, ${open.length} stored without a received answer`);
  check(kept.length >= 20, `${kept.length} writes were acknowledged`);
  check(lost.length === 0, `none of them was lost${lost.length ? `: ${lost.slice(0, 5).map((f) => f.title)}` : ""}`);
  check(doubled.length === 0, `nothing was written twice${doubled.length ? `: ${doubled.slice(0, 5)}` : ""}`);
  check(strange.length === 0, `every answer was as expected${strange.length ? `: ${strange.slice(0, 5).join("; ")}` : ""}`);
  const pages = await Promise.all(kept.slice(-20).map((form) => ask(trial, "GET", form.location, null, cookies)));
  check(pages.every((page, i) => page.status === 200 && page.text.includes(kept.slice(-20)[i].title)), "the last acknowledged addresses open");
}

// ---- kills ----

// Forms whose answer was cut, and some that were answered, once more; each twice at the same moment.
async function repeat(trial, cookies, life) {
  const mine = sent.filter((form) => form.life === life);
  const again = [...mine.filter((form) => !form.location && chance() < 0.7), ...mine.filter((form) => form.location && chance() < 0.1).slice(0, 20)];
  await Promise.all(again.flatMap((form) => [send(trial, cookies, form), send(trial, cookies, form)]));
  return again.length;
}

async function killOften() {
  const trial = new Trial(kind);
  trial.run("practice");
  await trial.start();
  const cookies = await signIn(trial, "daumoi");
  let repeated = 0;
  for (let number = 1; number <= kills; number++) {
    const life = { number, over: false };
    const writers = Array.from({ length: CONNECTIONS }, () => write(trial, cookies, life));
    await after(60 + chance() * 300);
    life.over = true;
    await trial.stop("SIGKILL");
    await Promise.all(writers);
    await trial.start();
    repeated += await repeat(trial, cookies, number);
  }
  console.log(`# ${kind}: ${kills} kills, ${repeated} forms sent again, each twice`);
  check(repeated > 0, "forms were sent again after kills");
  await judge(trial, cookies);
  await trial.stop();
  trial.remove();
}

// ---- a full disk ----

// A small disk that only the server sees; false where this machine forbids it.
function mountable() {
  return spawnSync("unshare", ["-rm", "true"]).status === 0;
}

const SMALL_DISK = 'mount -t tmpfs -o size=12m none "$0" && sauro=$1 && shift && "$sauro" practice >/dev/null && exec "$sauro" "$@"';

async function fullDisk() {
  if (!mountable()) {
    console.log("# skipped: this machine lets nobody mount a small disk");
    return;
  }
  const trial = new Trial("sqlite");
  const disk = join(trial.folder, "disk");
  mkdirSync(disk);
  trial.environment.SAURO_DB = `sqlite:${disk}/sauro.db`;
  await trial.start(["unshare", "-rm", "sh", "-c", SMALL_DISK, disk]);
  const cookies = await signIn(trial, "daumoi");
  const inside = join("/proc", String(trial.server.pid), "root", disk);
  for (let i = 0; i < 5; i++) await send(trial, cookies, await fill(trial, cookies));
  fillUp(join(inside, "ballast"));
  const refusals = await untilRefused(trial, cookies);
  check(refusals.length > 0 && refusals.every((answer) => answer.status === 503), `on a full disk the answer is 503 (${refusals.map((a) => a.status)})`);
  check(refusals.every((answer) => /đĩa có thể đã đầy/.test(answer.text) && /lang="vi"/.test(answer.text)), "the page says that the disk may be full");
  check((await ask(trial, "GET", "/ban-lam-viec", null, cookies)).status === 200, "pages are still read");
  rmSync(join(inside, "ballast"));
  const form = await fill(trial, cookies);
  check(await send(trial, cookies, form), "with room made, writing goes on without a restart");
  for (const again of sent.filter((one) => !one.location)) await send(trial, cookies, again);
  check(sent.every((one) => one.location), "the refused forms are taken when sent again");
  for (let i = sent.length; i < 20; i++) await send(trial, cookies, await fill(trial, cookies));
  await judge(trial, cookies);
  await trial.stop();
  trial.remove();
}

function fillUp(path) {
  for (let size = 1 << 20; size >= 512; size >>= 1)
    try {
      for (;;) writeFileSync(path, Buffer.alloc(size), { flag: "a" });
    } catch (why) {
      if (why.code !== "ENOSPC") throw why;
    }
}

// Sixteen at a time, because those that are committed together fail together.
async function untilRefused(trial, cookies) {
  const refusals = [];
  for (let round = 0; round < 100 && refusals.length === 0; round++) {
    const forms = [];
    for (let i = 0; i < CONNECTIONS; i++) forms.push(await fill(trial, cookies));
    const answers = await Promise.all(forms.map((form) => ask(trial, "POST", "/nhiem-vu/moi", form.fields, cookies)));
    answers.forEach((answer, i) => {
      if (answer.status === 303) forms[i].location = answer.headers.location;
      else refusals.push(answer);
    });
  }
  return refusals;
}

if (words.includes("--full")) await fullDisk();
else await killOften();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
