// Reading plan files: the whole command, the reader's process, and our own part of the time.
import { spawnSync } from "node:child_process";
import { existsSync, openSync, closeSync, readdirSync, readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { root } from "../tests/trial.mjs";
import { build, median, say } from "./measure.mjs";

const ROUNDS = 5;

function files(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => /\.(txt|docx|pdf|html|xlsx)$/.test(name)).sort().map((name) => join(folder, name));
}

// { wall, processor: medians of milliseconds, output: of the last run }, or null when it ended badly. The shell counts
// the processor time, which hardly depends on what else the machine does.
function timed(program, words, path) {
  const walls = [], processors = [];
  let output = "";
  for (let i = 0; i < ROUNDS; i++) {
    const file = openSync(path, "r");
    const start = performance.now();
    const done = spawnSync("bash", ["-c", "TIMEFORMAT='%U %S'; time \"$@\" 2>/dev/null", "bash", program, ...words],
      { stdio: [file, "pipe", "pipe"], maxBuffer: 1 << 28, env: { ...process.env, LC_ALL: "C" } });
    walls.push(performance.now() - start);
    closeSync(file);
    if (done.status !== 0) return null;
    const [user, system] = done.stderr.toString().trim().split(" ").map(Number);
    processors.push((user + system) * 1000);
    output = done.stdout;
  }
  return { wall: median(walls), processor: median(processors), output };
}

// The library's own part: poppler taking the words and their places out; for the others there is none that matters.
function library(kind, path) {
  return kind === "pdf" ? timed("pdftotext", ["-bbox", "-", "-"], path).processor : 0;
}

function own(kind, path, reader) {
  const program = join(build, "bench/bench-read-plan");
  const input = kind === "pdf" ? reader.output : readFileSync(path);
  const done = spawnSync(program, [kind === "pdf" ? "json" : kind], { input, maxBuffer: 1 << 28 });
  if (done.status !== 0) throw new Error(`${path}: ${done.stderr}`);
  const code = JSON.parse(done.stdout);
  const beyond = kind === "pdf" ? Math.max(0, reader.processor - library(kind, path)) : 0;
  return { time: beyond + code.model + code.plan, tasks: code.tasks };
}

function one(path) {
  const kind = extname(path) === ".txt" ? "text" : extname(path).slice(1);
  const whole = timed(join(build, "sauro"), ["plan", "read", path], path);
  const reader = timed(join(build, "sauro-reader"), [], path);
  if (whole === null || reader === null) return { path, kind, refused: true };
  return { path, kind, whole, reader, code: own(kind, path, reader) };
}

function tell(found, name) {
  const { whole, reader, code } = found;
  say(name, `${code.time.toFixed(1)} ms of our own; the command ${whole.wall.toFixed(0)} ms (processor ${whole.processor.toFixed(0)}), of it the reader ${reader.wall.toFixed(0)} ms (processor ${reader.processor.toFixed(0)})`,
    found.kind === "text" ? "< 20 ms" : "< 150 ms beyond the library", `${code.tasks} tasks; medians of ${ROUNDS}`);
}

export async function measure() {
  // Real plans are read where they are at hand.
  for (const folder of ["samples", "modules/plan/fixtures", "../shared/plans", "../shared/plans/files"])
    for (const path of files(join(root, folder))) {
      const found = one(path);
      const name = `reading ${folder.startsWith("..") ? "a real plan" : "a sample"}, ${basename(path)}`;
      if (found.refused) say(name, "refused", "–", "needs recognition of images");
      else tell(found, name);
    }
}
