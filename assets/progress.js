// Work that a job does: its progress is asked for every second, without moving focus or scroll.
"use strict";

async function look() {
  const old = document.getElementById("tien-do");
  if (!old || !old.dataset.poll) return;
  try {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("tien-do");
    if (!fresh) return location.reload(); // done: the same address shows what came of it
    if (!old.contains(document.activeElement)) {
      old.innerHTML = fresh.innerHTML;
      if (!fresh.dataset.poll) delete old.dataset.poll;
    }
  } catch { /* the line is down: asked again */ }
  setTimeout(look, 1000);
}
setTimeout(look, 1000);
