// What the parts of the benchmark share: running programs, medians, the table.
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";
import { root } from "../tests/trial.mjs";

export const build = join(root, process.env.SAURO_BUILD || "build-bench");

export function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

export function percentile(values, part) {
  return [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))];
}

// Whole output of a program that must not wait for us: the server is a child of this process, too.
export function run(program, words, options = {}) {
  return new Promise((done, failed) => {
    const child = spawn(program, words, { stdio: ["ignore", "pipe", "inherit"], ...options });
    let text = "";
    child.stdout.on("data", (piece) => (text += piece));
    child.on("error", failed);
    child.on("close", (code) => done({ code, text }));
  });
}

// Seconds of processor time that the server has used.
export function used(trial) {
  const fields = readFileSync(`/proc/${trial.server.pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

// wrk on one page: { requests, per_second, p50, p95, p99, bad }; milliseconds.
export async function wrk(address, { seconds = 4, connections = 64, cookie = "" } = {}) {
  const headers = cookie ? ["-H", `Cookie: ${cookie}`] : [];
  const { text } = await run("wrk", ["-t1", `-c${connections}`, `-d${seconds}s`, "--timeout", "20s", "-s", join(root, "bench/wrk.lua"), ...headers, address]);
  const found = JSON.parse(text.slice(text.lastIndexOf("{")));
  if (found.bad > 0) throw new Error(`${address}: ${found.bad} bad answers`);
  return found;
}

// The middle one of several measurements, by a figure of theirs.
export async function middle(times, figure, measure) {
  const all = [];
  for (let i = 0; i < times; i++) all.push(await measure());
  return all.sort((a, b) => a[figure] - b[figure])[Math.floor(times / 2)];
}

export const table = [];
export function say(figure, measured, budget, how) {
  table.push([figure, measured, budget, how]);
  console.log(`${figure}: ${measured} (${budget})`);
}

export function number(value, digits = 0) {
  return value.toLocaleString("en", { maximumFractionDigits: digits, minimumFractionDigits: digits });
}

export function machine() {
  const kernel = spawnSync("uname", ["-sr"], { encoding: "utf8" }).stdout.trim();
  return `${cpus().length} × ${cpus()[0].model.trim()}, ${number(totalmem() / 2 ** 30)} GB, ${kernel}; load before the run ${loadavg()[0].toFixed(1)}`;
}

export function printTable() {
  console.log(`\n${startedOn}\n\n| figure | measured | budget | how |\n|---|---|---|---|`);
  for (const row of table) console.log(`| ${row.join(" | ")} |`);
}
const startedOn = machine();
