// Pages that are pictures: processor time and memory of each program that works on one.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, openSync, closeSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { root } from "../tests/trial.mjs";
import { build, median, say } from "./measure.mjs";

const FOLDER = join(root, "../shared/plans/files");

// Runs the program from file to file. { seconds of processor, megabytes at most }; null when it ended badly.
function one(program, words, from, to) {
  return new Promise((resolve) => {
    const files = [openSync(from, "r"), openSync(to, "w")];
    const child = spawn(program, words, { stdio: [files[0], files[1], "ignore"], env: { LC_ALL: "C.UTF-8", OMP_THREAD_LIMIT: "1" } });
    let memory = 0, ticks = 0;
    const look = setInterval(() => { // the kernel keeps the highest figure, so the last look is the one that counts
      try {
        const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
        const times = readFileSync(`/proc/${child.pid}/stat`, "utf8").split(") ")[1].split(" ");
        memory = Math.max(memory, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
        ticks = Number(times[11]) + Number(times[12]);
      } catch { /* it has just ended */ }
    }, 10);
    child.on("exit", (code) => {
      clearInterval(look);
      files.forEach((file) => closeSync(file));
      resolve(code === 0 ? { seconds: ticks / 100, memory } : null);
    });
  });
}

async function pages(path, folder) {
  const model = spawnSync(join(build, "sauro-reader"), [], { input: readFileSync(path), maxBuffer: 1 << 28 });
  const count = JSON.parse(model.stdout).pages, found = [];
  for (let page = 1; page <= count; page++) {
    const picture = path.endsWith(".pdf") ? join(folder, "page.pnm") : path;
    const taken = path.endsWith(".pdf") ? await one(join(build, "sauro-reader"), ["--page", `${page}`], path, picture) : { seconds: 0, memory: 0 };
    const read = await one(join(build, "sauro-scan"), ["--page", `${page}`], picture, join(folder, "page.json"));
    if (taken === null || read === null) return null;
    found.push({ seconds: taken.seconds + read.seconds, memory: Math.max(taken.memory, read.memory) });
  }
  return found;
}

export async function measure() {
  if (!existsSync(FOLDER) || !existsSync(join(build, "sauro-scan")))
    return say("reading a scan", "not measured", "< 2 s a page", "no scans at hand, or tesseract is absent");
  const folder = mkdtempSync(join(tmpdir(), "sauro-scans-"));
  for (const name of readdirSync(FOLDER).filter((file) => /scan\.pdf$|photo\.jpg$/.test(file)).sort()) {
    const found = await pages(join(FOLDER, name), folder);
    const seconds = found?.map((page) => page.seconds);
    if (found === null) say(`reading a scan, ${basename(name)}`, "refused", "< 2 s a page", "");
    else say(`reading a scan, ${basename(name)}`, `${median(seconds).toFixed(2)} s a page, at most ${Math.max(...seconds).toFixed(2)} s; ${Math.max(...found.map((page) => page.memory)).toFixed(0)} MB`,
      "< 2 s a page; < 200 MB", `processor time of both programs, ${found.length} pages, one core each`);
  }
  rmSync(folder, { recursive: true });
}
