// Runs the *_browser.mjs files against a practice instance of its own: fresh database, fixed clock.
// usage: node tests/browser_run.mjs sqlite|postgresql [PART OF A FILE OR TEST NAME]
// postgresql: on the server of SAURO_TEST_POSTGRES, a URL with %s for the name (tests/with-postgres sets it).
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, readdirSync, createWriteStream } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { startBrowser, tests, world } from "./browser.mjs";

const [kind, only] = process.argv.slice(2);
const root = resolve(import.meta.dirname ?? ".", "..");
const folder = mkdtempSync(join(tmpdir(), "sauro-browser-"));
const build = process.env.SAURO_BUILD || "build";
const program = join(root, build, "sauro");
const environment = {
  ...process.env,
  SAURO_DB: kind === "sqlite" ? `sqlite:${folder}/sauro.db` : freshPostgres(),
  SAURO_DATA: join(folder, "data"),
  SAURO_NOW: "2026-03-20T09:00:00+07:00",
  SAURO_PRACTICE_PASSWORD: "mat-khau-luyen-tap",
};

function freshPostgres() {
  const server = process.env.SAURO_TEST_POSTGRES;
  const name = `sauro_browser_${process.pid}`;
  const made = spawnSync("psql", ["-q", "-d", server.replace("%s", "postgres"), "-c", `CREATE DATABASE ${name}`], { encoding: "utf8" });
  if (made.status !== 0) throw new Error(made.stderr);
  return server.replace("%s", name);
}

function find(folderName) {
  return readdirSync(join(root, folderName), { recursive: true })
    .filter((f) => f.endsWith("_browser.mjs"))
    .map((f) => join(root, folderName, f));
}

async function startServer() {
  const practice = spawnSync(program, ["practice"], { env: environment, encoding: "utf8" });
  if (practice.status !== 0) throw new Error(practice.stderr);
  const log = createWriteStream(join(folder, "log"));
  const server = spawn(program, ["serve", "--listen", "127.0.0.1:0"], { env: environment });
  server.stderr.pipe(log);
  const address = await new Promise((found, failed) => {
    let text = "";
    server.stdout.on("data", (d) => {
      text += d;
      const match = /http:\/\/\S+/.exec(text);
      if (match) found(match[0]);
    });
    server.on("exit", (code) => failed(new Error(`the server ended with ${code}`)));
  });
  return { server, address };
}

let passed = 0;
const failures = [];
const { server, address } = await startServer();
world.address = address;
world.password = environment.SAURO_PRACTICE_PASSWORD;
world.folder = folder;
world.root = root;
world.program = program;
world.environment = environment;
await startBrowser();
for (const file of ["app", "modules", "tests"].flatMap(find).sort()) {
  world.file = file;
  await import(pathToFileURL(file));
}
for (const { name, run, file } of tests) {
  if (only && !name.includes(only) && !file.includes(only)) continue;
  world.visitors = [];
  try {
    await run();
    passed++;
    console.log(`ok - ${name}`);
  } catch (why) {
    failures.push(name);
    console.log(`not ok - ${name}\n  ${String(why.stack || why).split("\n").slice(0, 12).join("\n  ")}`);
  }
  for (const visitor of world.visitors) await visitor.close();
}
await world.browser.close();
server.kill("SIGTERM");
await new Promise((done) => server.on("exit", done));
if (failures.length === 0) rmSync(folder, { recursive: true });
else console.log(`# server log: ${folder}/log`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length ? 1 : 0);
