// Memory of the server: idle, under load, and while somebody sends 100 MB.
import { readFileSync } from "node:fs";
import http from "node:http";
import { setTimeout as after } from "node:timers/promises";
import { Trial, ask, signIn, tokensOf } from "../tests/trial.mjs";
import { say, wrk } from "./measure.mjs";

// Megabytes: resident, and of it what is the program's own, not pages of files.
function memory(trial) {
  const status = readFileSync(`/proc/${trial.server.pid}/status`, "utf8");
  const of = (name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)[1]) / 1024;
  return { rss: of("VmRSS"), own: of("RssAnon"), most: of("VmHWM") };
}

async function watch(trial, work) {
  let over = false, rss = 0, own = 0;
  const watching = (async () => {
    while (!over) {
      const now = memory(trial);
      rss = Math.max(rss, now.rss), own = Math.max(own, now.own);
      await after(20);
    }
  })();
  const result = await work();
  over = true;
  await watching;
  return { rss, own, result };
}

// The answer's status, or why there was none; sent as a browser would, to the end or until it is refused.
function upload(trial, cookies, token, size) {
  const boundary = "ranh-gioi";
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="_token"\r\n\r\n${token}\r\n--${boundary}\r\n` +
    'content-disposition: form-data; name="file"; filename="lon.docx"\r\ncontent-type: application/octet-stream\r\n\r\n';
  const tail = `\r\n--${boundary}--\r\n`;
  return new Promise((done) => {
    const request = http.request(`${trial.address}/ke-hoach/nhap`, { method: "POST", headers: {
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
      "content-type": `multipart/form-data; boundary=${boundary}`, "content-length": head.length + size + tail.length,
    } }, (answer) => {
      done(String(answer.statusCode)); /* early, when it is refused by its length alone */
      answer.resume();
      answer.on("error", () => {});
    });
    request.on("error", (why) => done(why.code));
    request.write(head);
    const piece = Buffer.alloc(1 << 20, 65);
    let left = size;
    (function next() {
      while (left > 0) {
        left -= piece.length;
        if (!request.write(piece)) return request.once("drain", next);
      }
      request.end(tail);
    })();
  });
}

export async function measure() {
  const trial = new Trial("sqlite");
  trial.run("practice");
  await trial.start();
  const cookies = await signIn(trial, "daumoi");
  await after(1000);
  const show = (found) => `${found.rss.toFixed(0)} MB (${found.own.toFixed(0)} MB of its own)`;
  await trial.stop();
  await trial.start();
  await ask(trial, "GET", "/", null);
  say("memory, idle", show(memory(trial)), "< 30 MB", "resident, after one page");
  const cookie = [...cookies].map(([key, value]) => `${key}=${value}`).join("; ");
  const load = await watch(trial, async () => {
    for (const path of ["/", "/ban-lam-viec", "/nhiem-vu"]) await wrk(trial.address + path, { cookie, seconds: 3 });
  });
  say("memory, under load", show(load), "< 150 MB", "highest resident, 64 connections on three pages in turn");
  const page = await ask(trial, "GET", "/ke-hoach/nhap", null, cookies);
  for (const size of [100, 60]) {
    const large = await watch(trial, () => upload(trial, cookies, tokensOf(page.text).at(-1), size << 20));
    say(`memory, ${size} MB sent to a form`, `${show(large)}, answered ${large.result}`, "< 150 MB", "right after that load; the form takes 20 MB, so 413 is right");
  }
  await trial.stop();
  trial.remove();
}
