// A practice instance of its own, for trials that start, kill and ask a real server. Needs Node.js and no package.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, createWriteStream } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const program = join(root, process.env.SAURO_BUILD || "build", "sauro");

function freshPostgres() {
  const server = process.env.SAURO_TEST_POSTGRES;
  if (!server) throw new Error("SAURO_TEST_POSTGRES is not set: run this under tests/with-postgres");
  const name = `sauro_trial_${process.pid}_${Date.now()}`;
  const made = spawnSync("psql", ["-q", "-d", server.replace("%s", "postgres"), "-c", `CREATE DATABASE ${name}`], { encoding: "utf8" });
  if (made.status !== 0) throw new Error(made.stderr);
  return server.replace("%s", name);
}

// The address is printed once the server listens.
function addressOf(server) {
  return new Promise((found, failed) => {
    let text = "";
    server.stdout.on("data", (piece) => {
      text += piece;
      const match = /http:\/\/\S+/.exec(text);
      if (match) found(match[0]);
    });
    server.on("exit", (code, signal) => failed(new Error(`the server ended with ${code ?? signal}`)));
  });
}

export class Trial {
  // kind: sqlite, postgresql. options: { database: an URL, now: SAURO_NOW }
  constructor(kind, options = {}) {
    this.folder = mkdtempSync(join(tmpdir(), "sauro-trial-"));
    mkdirSync(join(this.folder, "data"));
    this.environment = {
      ...process.env,
      SAURO_DB: options.database || (kind === "sqlite" ? `sqlite:${this.folder}/sauro.db` : freshPostgres()),
      SAURO_DATA: join(this.folder, "data"),
      SAURO_NOW: options.now || "2026-03-20T09:00:00+07:00",
      SAURO_PRACTICE_PASSWORD: "mat-khau-luyen-tap",
    };
    this.log = createWriteStream(join(this.folder, "log"));
  }

  run(...words) {
    const done = spawnSync(program, words, { env: this.environment, encoding: "utf8" });
    if (done.status !== 0) throw new Error(`sauro ${words.join(" ")}: ${done.stderr}`);
    return done.stdout;
  }

  // before: a command line that starts the program it is given, such as ["prlimit", "--core=0"].
  async start(before = []) {
    const words = [...before, program, "serve", "--listen", "127.0.0.1:0"];
    this.server = spawn(words[0], words.slice(1), { env: this.environment, stdio: ["ignore", "pipe", "pipe"] });
    this.server.stderr.pipe(this.log, { end: false });
    this.ended = new Promise((done) => this.server.on("exit", done));
    this.address = await addressOf(this.server);
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
  }

  async stop(signal = "SIGTERM") {
    this.server.kill(signal);
    await this.ended;
    this.agent.destroy();
  }

  remove() {
    this.log.end();
    if (existsSync(this.folder)) rmSync(this.folder, { recursive: true });
  }
}

// { status, headers, text }; fails when the answer did not come whole.
export function ask(trial, method, path, fields, cookies = new Map()) {
  const body = fields ? new URLSearchParams(fields).toString() : "";
  const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") };
  if (method === "POST") {
    headers["content-type"] = "application/x-www-form-urlencoded";
    headers["content-length"] = Buffer.byteLength(body);
  }
  return new Promise((done, failed) => {
    const request = http.request(trial.address + path, { method, headers, agent: trial.agent }, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (piece) => (text += piece));
      answer.on("error", failed);
      answer.on("close", () => {
        if (!answer.complete) return failed(new Error("the answer was cut"));
        for (const line of answer.headers["set-cookie"] || []) {
          const [name, value] = line.split(";")[0].split("=");
          if (value === "" || name === "sauro_flash") cookies.delete(name);
          else cookies.set(name, value);
        }
        done({ status: answer.statusCode, headers: answer.headers, text });
      });
    });
    request.on("error", failed);
    request.end(body);
  });
}

export function tokensOf(text) {
  return [...text.matchAll(/name="_token" value="([^"]+)"/g)].map((match) => match[1]);
}

// The cookies of somebody who signed in.
export async function signIn(trial, login) {
  const cookies = new Map();
  const page = await ask(trial, "GET", "/dang-nhap", null, cookies);
  const fields = { _token: tokensOf(page.text)[0], login, password: trial.environment.SAURO_PRACTICE_PASSWORD };
  const answer = await ask(trial, "POST", "/dang-nhap", fields, cookies);
  if (answer.status !== 303) throw new Error(`signing in ended with ${answer.status}`);
  return cookies;
}
