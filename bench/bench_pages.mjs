// Pages: the kept front page beside nginx with the same bytes, and pages of staff with their queries.
import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { Trial, ask, signIn } from "../tests/trial.mjs";
import { build, median, middle, number, percentile, run, say, used, wrk } from "./measure.mjs";

const ROUNDS = 3;

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

async function startNginx(folder, page) {
  const port = await freePort();
  mkdirSync(join(folder, "www"));
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, "www/index.html"), page);
  writeFileSync(join(folder, "nginx.conf"), `
    ${process.getuid() === 0 ? "user root;" : ""}
    worker_processes auto; daemon off; pid ${folder}/nginx.pid; error_log ${folder}/nginx.log;
    events { worker_connections 1024; }
    http {
      access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
      client_body_temp_path ${folder}; proxy_temp_path ${folder}; fastcgi_temp_path ${folder}; uwsgi_temp_path ${folder}; scgi_temp_path ${folder};
      types { text/html html; } default_type text/html; charset utf-8;
      server { listen 127.0.0.1:${port}; root ${folder}/www; }
    }`);
  const child = spawn("/usr/sbin/nginx", ["-c", join(folder, "nginx.conf")], { stdio: "inherit" });
  const address = `http://127.0.0.1:${port}/`;
  for (let i = 0; i < 100; i++) {
    if (await fetch(address).then((answer) => answer.ok, () => false)) return { child, address };
    await after(50);
  }
  throw new Error("nginx does not answer");
}

// The two take turns, so that what else the machine does weighs on both.
async function besideNginx(trial) {
  const page = await ask(trial, "GET", "/");
  const nginx = await startNginx(trial.folder, page.text);
  const same = (await (await fetch(nginx.address)).text()) === page.text;
  if (!same) throw new Error("nginx serves other bytes");
  const ours = [], theirs = [];
  for (let i = 0; i < ROUNDS; i++) {
    theirs.push((await wrk(nginx.address)).per_second);
    ours.push((await wrk(`${trial.address}/`)).per_second);
  }
  nginx.child.kill();
  say("front page, kept: ours / nginx", `${(median(ours) / median(theirs)).toFixed(2)} × (${number(median(ours))} and ${number(median(theirs))} /s)`,
    "≥ 1.2 ×", `the same ${number(Buffer.byteLength(page.text))} bytes, wrk -t1 -c64, in turns, medians of ${ROUNDS}`);
}

// 100 requests a second at even moments, whether the earlier ones are answered or not.
async function paced(trial, path, cookies) {
  const times = [], under = [];
  const start = performance.now();
  for (let i = 0; i < 600; i++) {
    const wait = start + i * 10 - performance.now();
    if (wait > 0) await after(wait);
    const sent = performance.now();
    under.push(ask(trial, "GET", path, null, cookies).then((answer) => {
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
      times.push(performance.now() - sent);
    }));
  }
  await Promise.all(under);
  return percentile(times, 0.95);
}

async function staff(trial, name, path, cookies, kind) {
  const cookie = [...cookies].map(([key, value]) => `${key}=${value}`).join("; ");
  const page = await ask(trial, "GET", path, null, cookies);
  if (page.status !== 200) throw new Error(`${path}: ${page.status}`);
  const fast = await middle(ROUNDS, "per_second", async () => {
    const before = used(trial);
    const found = await wrk(trial.address + path, { cookie });
    return { ...found, cpu: ((used(trial) - before) * 1000) / found.requests };
  });
  const slow = await paced(trial, path, cookies);
  const size = number(Buffer.byteLength(page.text) / 1024);
  say(`${name}, ${kind}`, `${number(fast.per_second)} /s (${fast.cpu.toFixed(2)} ms of processor each; p95 ${fast.p95.toFixed(1)} ms at 64 connections)`, "≥ 8,000 /s", `${size} kB of HTML, signed in, wrk -t1 -c64, median of ${ROUNDS}`);
  say(`${name} at 100 requests/s, ${kind}`, `p95 ${slow.toFixed(1)} ms`, "p95 < 20 ms", "600 requests, evenly paced");
}

async function pages(kind) {
  const trial = new Trial(kind);
  trial.run("practice");
  const made = await run(join(build, "bench/bench-make-plan"), [trial.environment.SAURO_DB]);
  const plan = made.text.trim();
  if (made.code !== 0) throw new Error("the plan was not made");
  await trial.start();
  if (kind === "sqlite") await besideNginx(trial);
  const cookies = await signIn(trial, "daumoi");
  await staff(trial, "desk", "/ban-lam-viec", cookies, kind);
  await staff(trial, "plan of 100 tasks", plan, cookies, kind);
  await staff(trial, "list of tasks", "/nhiem-vu", cookies, kind);
  await trial.stop();
  trial.remove();
}

export async function measure() {
  await pages("sqlite");
  await pages("postgresql");
}
