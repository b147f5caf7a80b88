// Reading plan files: the whole command, the reader's process, and our own part of the time.
import { spawnSync } from "node:child_process";
import { existsSync, openSync, closeSync, readdirSync, readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { root } from "../tests/trial.mjs";
import { build, median, say } from "./measure.mjs";

const ROUNDS = 5;

function files(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => /\.(txt|docx|pdf)$/.test(name)).sort().map((name) => join(folder, name));
}

// { time: median of milliseconds, output: of the last run }, or null when it ended badly.
function timed(program, words, path, options = {}) {
  const times = [];
  let output = "";
  for (let i = 0; i < ROUNDS; i++) {
    const file = openSync(path, "r");
    const start = performance.now();
    const done = spawnSync(program, words, { stdio: [file, "pipe", "pipe"], maxBuffer: 1 << 28, ...options });
    times.push(performance.now() - start);
    closeSync(file);
    if (done.status !== 0) return null;
    output = done.stdout;
  }
  return { time: median(times), output };
}

// The library's own part: poppler taking the words out; for the others there is none that matters.
function library(kind, path) {
  return kind === "pdf" ? timed("pdftotext", ["-bbox", "-", "-"], path).time : 0;
}

function own(kind, path, reader) {
  const program = join(build, "bench/bench-read-plan");
  const input = kind === "pdf" ? reader.output : readFileSync(path);
  const done = spawnSync(program, [kind === "pdf" ? "json" : kind], { input, maxBuffer: 1 << 28 });
  return done.status === 0 ? JSON.parse(done.stdout) : null;
}

function one(path) {
  const kind = extname(path) === ".txt" ? "text" : extname(path).slice(1);
  const whole = timed(join(build, "sauro"), ["plan", "read", path], path);
  const reader = timed(join(build, "sauro-reader"), [], path);
  if (whole === null || reader === null) return { path, kind, refused: true };
  const code = own(kind, path, reader);
  return { path, kind, whole: whole.time, reader: reader.time, library: library(kind, path), code };
}

export async function measure() {
  const start = median(Array.from({ length: ROUNDS }, () => {
    const from = performance.now();
    spawnSync("/bin/true");
    return performance.now() - from;
  }));
  // Real plans are read where they are at hand.
  for (const folder of ["samples", "modules/plan/fixtures", "../shared/plans", "../shared/plans/files"])
    for (const path of files(join(root, folder))) {
      const found = one(path);
      const name = `reading ${folder.startsWith("..") ? "a real plan" : "a sample"}, ${basename(path)}`;
      if (found.refused) {
        say(name, "refused", "–", "needs recognition of images");
        continue;
      }
      const ours = found.kind === "pdf" ? Math.max(0, found.reader - found.library) + found.code.model + found.code.plan : found.code.model + found.code.plan;
      say(name, `${ours.toFixed(1)} ms of our own; ${found.whole.toFixed(0)} ms the command, ${found.reader.toFixed(0)} ms of it the reader`,
        found.kind === "text" ? "< 20 ms" : "< 150 ms beyond the library", `${found.code.tasks} tasks; median of ${ROUNDS}; starting any program takes ${start.toFixed(0)} ms`);
    }
}
