// Drives the pages as people do: fields are found by their label, buttons and links by their words.
// A file x_browser.mjs beside its module imports { test, signIn, visit } and is run by browser_run.mjs.
import { createRequire } from "node:module";
import { readFileSync, mkdirSync } from "node:fs";
import { chromium } from "playwright-core";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const tests = [];
export const world = { address: "", password: "", browser: null, folder: "", shots: process.env.SAURO_SHOTS || "" };

export function test(name, run) {
  tests.push({ name, run, file: world.file });
}

export async function startBrowser() {
  world.browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
}

class Visitor {
  constructor(context, page, scripts) {
    this.scripts = scripts;
    this.context = context;
    this.page = page;
    this.problems = [];
    page.on("pageerror", (e) => this.problems.push(`script: ${e.message}`));
    page.on("console", (m) => {
      if (m.type() === "error" && !/status of 4\d\d/.test(m.text())) this.problems.push(`console: ${m.text()}`);
    });
  }

  async open(path) {
    const answer = await this.page.goto(world.address + path);
    this.status = answer.status();
    await this.checkPage();
    return this;
  }

  // What must hold on every page: no script error, no sideways scroll, nothing serious from axe.
  async checkPage() {
    if (this.problems.length) throw new Error(`${this.page.url()}: ${this.problems.join("; ")}`);
    if (!this.scripts) return; // measuring needs scripts; the same pages are measured with them elsewhere
    const wide = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 1) throw new Error(`${this.page.url()}: ${wide} px wider than the screen`);
  }

  async axe() {
    if (!this.scripts) return;
    await this.page.evaluate(axeSource);
    const found = await this.page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
    const bad = found.violations.filter((v) => ["serious", "critical"].includes(v.impact));
    if (bad.length)
      throw new Error(`${this.page.url()}: ${bad.map((v) => `${v.id} (${v.nodes.length}): ${v.nodes[0].html}`).join("\n")}`);
  }

  // label: the whole text, or a pattern where a hint stands in the label.
  field(label) {
    return this.page.getByLabel(label, { exact: true }).first();
  }
  async fill(label, value) {
    await this.field(label).fill(value);
  }
  async choose(label, option) {
    await this.field(label).selectOption({ label: option });
  }
  async tick(label) {
    await this.field(label).check();
  }
  // The label of an upload holds a hint too, so its beginning is enough.
  async attach(label, files) {
    await this.page.getByLabel(new RegExp(`^\\s*${label}`)).first().setInputFiles(files);
  }
  // Presses a button, or follows a link, by its words; waits for the page it leads to.
  async press(words) {
    // The first button of a form may be a hidden one, there for the Enter key.
    const button = this.page.getByRole("button", { name: words, exact: true }).and(this.page.locator(":not(.vh)"));
    const target = (await button.count()) > 0 ? button.first() : this.page.getByRole("link", { name: words, exact: true }).first();
    await target.click();
    await this.page.waitForLoadState("load");
    await this.checkPage();
  }
  async text() {
    return (await this.page.locator("body").innerText()).replace(/\s+/g, " ");
  }
  async sees(words) {
    const text = await this.text();
    if (!text.includes(words)) throw new Error(`"${words}" is not on ${this.page.url()}:\n${text.slice(0, 3000)}`);
  }
  async seesNot(words) {
    if ((await this.text()).includes(words)) throw new Error(`"${words}" is on ${this.page.url()}`);
  }
  async count(selector) {
    return this.page.locator(selector).count();
  }
  async download(words) {
    const [file] = await Promise.all([
      this.page.waitForEvent("download"),
      this.page.getByRole("link", { name: words, exact: true }).or(this.page.getByRole("button", { name: words, exact: true })).first().click(),
    ]);
    return file.path();
  }
  // Screenshots at both sizes, light and dark, into $SAURO_SHOTS; nothing without it.
  async shot(name) {
    if (!world.shots) return;
    mkdirSync(world.shots, { recursive: true });
    const before = this.page.viewportSize();
    for (const [width, height] of [[390, 844], [1280, 800]])
      for (const colorScheme of ["light", "dark"]) {
        await this.page.setViewportSize({ width, height });
        await this.page.emulateMedia({ colorScheme });
        await this.page.screenshot({ path: `${world.shots}/${name}-${width}-${colorScheme}.png`, fullPage: true });
      }
    await this.page.emulateMedia({ colorScheme: "light" });
    await this.page.setViewportSize(before);
  }
  async close() {
    await this.context.close();
  }
}

// A visitor who is not signed in. options: { javascript: false, width, height }
export async function visit(options = {}) {
  const context = await world.browser.newContext({
    viewport: { width: options.width || 1280, height: options.height || 800 },
    javaScriptEnabled: options.javascript !== false,
    locale: "vi-VN",
    acceptDownloads: true,
  });
  context.setDefaultTimeout(10000);
  const visitor = new Visitor(context, await context.newPage(), options.javascript !== false);
  world.visitors.push(visitor);
  return visitor;
}

export async function signIn(login, options = {}) {
  const visitor = await visit(options);
  await visitor.open("/dang-nhap");
  await visitor.fill("Tên đăng nhập", login);
  await visitor.fill("Mật khẩu", options.password || world.password);
  await visitor.press("Đăng nhập");
  return visitor;
}

export function equal(got, wanted, what = "") {
  if (got !== wanted) throw new Error(`${what} is ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`);
}
