// Damaged wording: how much of it is put right, in what time, and how long the model takes to be there.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { root } from "../tests/trial.mjs";
import { build, say } from "./measure.mjs";

// Sound texts only: what is damaged already cannot be compared.
const sound = { "modules/plan/fixtures": ["blocks", "bullets"], "../shared/plans": ["001", "002", "003"] };

function texts() {
  return Object.entries(sound).flatMap(([folder, names]) => {
    const at = join(root, folder);
    return existsSync(at) ? readdirSync(at).filter((name) => names.includes(basename(name, ".txt")) && name.endsWith(".txt")).sort().map((name) => join(at, name)) : [];
  });
}

export async function measure() {
  for (const path of texts()) {
    const done = spawnSync(join(build, "bench/bench-repair-text"), [], { input: readFileSync(path) });
    if (done.status !== 0) throw new Error(`${path}: ${done.stderr}`);
    const found = JSON.parse(done.stdout);
    const name = path.includes("/fixtures/") ? `a fixture, ${basename(path)}` : `a real plan, ${basename(path)}`;
    say(`repair, marks left out, ${name}`, `${(found.stripped * 100).toFixed(1)} % of ${found.words} words right, ${found.stripped_ms.toFixed(1)} ms`, ">= 98.5 %, < 20 ms", "processor time of the repair; names and numbers not counted");
    say(`repair, letters misread, ${name}`, `${(found.misread * 100).toFixed(1)} % right, ${found.misread_ms.toFixed(1)} ms`, "< 20 ms", `drawn as scanners misread; the model is there after ${found.open_ms.toFixed(2)} ms`);
  }
}
