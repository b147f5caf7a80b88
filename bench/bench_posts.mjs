// Forms that write: each is one transaction with its audit, answered after it is on disk.
import { statfsSync } from "node:fs";
import { join } from "node:path";
import { Trial, signIn } from "../tests/trial.mjs";
import { build, middle, number, run, say, used } from "./measure.mjs";

const SECONDS = 5;
const ROUNDS = 3;

// Ids are those of the practice agency's accounts, in the order in which it is filled.
const forms = [
  { name: "account unlocked", login: "quantri", person: 1, paths: [2, 3, 4, 5, 6].map((id) => `/quan-tri/tai-khoan/${id}/mo-khoa`), fields: {} },
  { name: "task given out", login: "daumoi", person: 3, paths: ["/nhiem-vu/moi"], fields: { title: "Việc đo tốc độ @", kind: "none", year: "2026", lead_other: "Ban đo" } },
];

const TMPFS = 0x01021994;

async function posts(kind, budget) {
  for (const form of forms) {
    const trial = new Trial(kind);
    trial.run("practice");
    await trial.start();
    const session = (await signIn(trial, form.login)).get("phien");
    const fields = new URLSearchParams(form.fields).toString().replaceAll("%40", "@");
    const words = [new URL(trial.address).port, trial.environment.SAURO_DATA, session, `person ${form.person}`, String(SECONDS), fields, ...form.paths];
    const found = await middle(ROUNDS, "per_second", async () => {
      const before = used(trial);
      const { text, code } = await run(join(build, "bench/bench-load-post"), words, { env: trial.environment });
      if (code !== 0) throw new Error(`${form.paths[0]}: ${text}`);
      const found = JSON.parse(text);
      return { ...found, cpu: ((used(trial) - before) * 1e6) / found.all };
    });
    const where = statfsSync(trial.folder).type === TMPFS ? "memory disk" : "disk";
    say(`POST, ${form.name}, ${kind}`, `${number(found.per_second)} /s (${number(found.cpu)} µs of the server's processor time each; p95 ${found.p95.toFixed(1)} ms)`, budget,
      `64 connections, a form token each, only whole 303 answers, ${where}, median of ${ROUNDS}`);
    await trial.stop();
    trial.remove();
  }
}

export async function measure() {
  await posts("sqlite", "≥ 30,000 /s");
  await posts("postgresql", "≥ 15,000 /s");
}
