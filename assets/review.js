// The review of a plan by keyboard, saved field by field; without this file its form does the same by buttons.
"use strict";

const form = document.getElementById("kiem-tra");
const dirty = new Set(); // names typed in and not yet saved
let sending = Promise.resolve();

// ---- source and result move together ----
const passages = [...document.querySelectorAll("[data-b]")].map(one => ({ one, from: +one.dataset.b, to: +(one.dataset.e || one.dataset.b) }));
let lit = [], last = null;
function light(field) {
  last = field;
  const at = +field.dataset.at, to = Math.max(at, +field.dataset.to || 0);
  for (const one of lit) one.classList.remove("here");
  lit = at ? passages.filter(p => p.from <= to && p.to >= at).map(p => p.one) : [];
  for (const one of lit) one.classList.add("here");
  const first = lit.find(one => one.getClientRects().length); // in the view that is shown
  const sheet = first && first.closest(".sheet");
  if (!sheet || !sheet.clientHeight) return;
  const place = first.getBoundingClientRect(), frame = sheet.getBoundingClientRect();
  if (place.top < frame.top || place.bottom > frame.bottom)
    sheet.scrollTo({ top: sheet.scrollTop + place.top - frame.top - frame.height / 3, behavior: "auto" });
}
const pictures = document.getElementById("goc-anh");
if (pictures) pictures.checked = true; // where the passage is lit on the page itself; the text is one press away
document.querySelector(".src").addEventListener("change", () => last && light(last));
form.addEventListener("focusin", event => {
  const field = event.target.closest(".field");
  if (field) light(field);
});

// ---- saving: what comes back holds every field that changed since the page was made ----
function renew(page) {
  for (const fresh of page.querySelectorAll("body > [id]")) {
    const old = document.getElementById(fresh.id);
    if (!old) continue;
    if (!fresh.classList.contains("field")) {
      const open = old.querySelector("details[open]");
      old.replaceWith(fresh);
      if (open) for (const part of fresh.querySelectorAll("details")) part.open = true;
      continue;
    }
    const input = old.querySelector("textarea, input"), value = fresh.querySelector("textarea, input").value;
    old.className = fresh.className;
    old.firstElementChild.replaceWith(fresh.firstElementChild);
    old.lastElementChild.replaceWith(fresh.lastElementChild);
    if (!dirty.has(input.name) && input.value !== value && document.activeElement !== input) input.value = value;
  }
}

function say(words) {
  const place = document.getElementById("luu-luc");
  if (place) place.textContent = " " + words;
}

function send(name, action) {
  sending = sending.then(async () => {
    const data = new URLSearchParams();
    const names = name ? [name] : [...dirty];
    const sent = new Map();
    for (const key of ["_token", "version"]) data.set(key, form.elements[key].value);
    data.set("khoa", names.map(n => /^t(\d+)-/.exec(n)).filter(Boolean).map(m => m[1]).join(" "));
    for (const n of names) if (form.elements[n]) data.set(n, form.elements[n].value), sent.set(n, form.elements[n].value);
    if (action) data.set("viec", action);
    if (/^dv-/.test(name)) for (const one of form.querySelectorAll("[name^=dv]")) data.set(one.name, one.value);
    if (/^nhan-tren/.test(action)) data.set("muc", form.elements.muc.value);
    try {
      const answer = await fetch(form.dataset.part, { method: "POST", body: data, keepalive: true });
      if (!answer.ok) throw answer.status;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const [n, value] of sent) if (form.elements[n].value === value) dirty.delete(n);
      const focus = document.activeElement;
      const lost = focus && focus.closest(".fn, #con-lai") ? focus.closest(".field, section").id : "";
      renew(page);
      if (lost && !document.activeElement.matches("input, textarea")) {
        const place = document.getElementById(lost);
        (place.querySelector("textarea, input:not([type=hidden])") || place).focus({ preventScroll: true });
      }
      if (names.length || action) say("Đã lưu.");
    } catch (why) {
      say(why === 403 || why === 409 ? "Chưa lưu được: hãy tải lại trang." : "Chưa lưu được, sẽ thử lại.");
    }
  });
  return sending;
}

form.addEventListener("input", event => event.target.name && !/^(muc|moi-)/.test(event.target.name) && dirty.add(event.target.name));
form.addEventListener("change", event => {
  const { name } = event.target;
  if (name && !/^(muc|moi-)/.test(name)) dirty.add(name), send(name);
});
setInterval(() => document.visibilityState === "visible" && send(), 30000);
document.addEventListener("visibilitychange", () => document.hidden && dirty.size && send());
addEventListener("beforeunload", event => dirty.size && !form.dataset.sent && event.preventDefault());

// ---- from doubt to doubt ----
const doubtful = () => [...form.querySelectorAll(".field.unsure, .field.error")];
function go(step, from) {
  const all = doubtful();
  if (!all.length) return form.querySelector("[value=xac-nhan]").focus(), say("Bấm Xác nhận khi đã xong.");
  const here = from || document.activeElement.closest(".field");
  const after = all.find(one => here && here.compareDocumentPosition(one) & (step > 0 ? 4 : 2) && one !== here);
  const before = all.filter(one => here && here.compareDocumentPosition(one) & 2 && one !== here).pop();
  const next = step > 0 ? after || all[0] : before || all[all.length - 1];
  for (let part = next.parentElement; part; part = part.parentElement) if (part.matches("details")) part.open = true;
  next.querySelector("textarea, input").focus({ preventScroll: true });
  next.scrollIntoView({ block: "center" });
}
async function accept() {
  const field = document.activeElement.closest(".field");
  const input = field && field.querySelector("textarea, input");
  if (!input || !input.name) return go(1);
  const saved = send(input.name, "nhan:" + input.name);
  if (field.matches(".unsure")) field.classList.remove("unsure");
  go(1, field);
  await saved;
}
const keys = { j: () => go(1), k: () => go(-1), enter: accept, u: () => send("", "hoan-tac") };
const plain = { n: keys.j, p: keys.k, y: accept, u: keys.u };
document.addEventListener("keydown", event => {
  const typing = event.target.matches("textarea, select, input:not([type=radio],[type=checkbox])");
  const key = event.key.toLowerCase();
  const help = document.getElementById("phim");
  if (event.ctrlKey || event.metaKey) return;
  if (key === "?" && !typing) {
    help.open = !help.open;
    help.scrollIntoView({ block: "nearest" });
  }
  const run = event.altKey ? keys[key] : !typing && plain[key];
  if (!run) return;
  event.preventDefault();
  run();
});

// Buttons that need no new page.
form.addEventListener("submit", event => {
  const button = event.submitter;
  if (!button || !/^(nhan:t\d+-|nhan:[a-z_]+$|nhan-tren|hoan-tac|goc:|dung:|giu:)/.test(button.value)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const name = (/^(?:nhan):(.+)/.exec(button.value) || [])[1];
  send(name && form.elements[name] ? name : "", button.value);
}, true);
