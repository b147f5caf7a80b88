// Small comforts; every page works without this file.
"use strict";

// One press sends a form once. A file offered for download leaves the page standing, so the button wakes up again.
document.addEventListener("submit", event => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  const button = event.submitter;
  form.dataset.sent = "1";
  if (button) button.setAttribute("aria-busy", "true");
  setTimeout(() => wake(form), 10000);
});

function wake(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}

// The browser's back button shows the page as it was left.
addEventListener("pageshow", event => {
  if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(wake);
});

document.addEventListener("change", event => {
  const field = event.target;
  // <form method="get" data-auto>: a filter applies as soon as it is chosen.
  if (field.form && field.form.dataset.auto !== undefined && field.matches("select, [type=checkbox], [type=radio]"))
    field.form.requestSubmit ? field.form.requestSubmit() : field.form.submit();
  // <label class="upload">: names of the chosen files take the hint's place.
  const label = field.type === "file" && field.closest(".upload");
  const hint = label && label.querySelector(".hint");
  if (hint) {
    if (hint.dataset.was === undefined) hint.dataset.was = hint.textContent;
    const names = Array.from(field.files, file => file.name);
    hint.setAttribute("role", "status");
    hint.textContent = names.length ? "Đã chọn: " + names.join(", ") : hint.dataset.was;
  }
});

// An open menu closes by a press elsewhere, by Escape, or when focus leaves it.
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.who-menu[open]"))
    if (!except || !menu.contains(except)) menu.open = false;
}
document.addEventListener("click", event => closeMenus(event.target));
document.addEventListener("focusin", event => closeMenus(event.target));
document.addEventListener("keydown", event => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.who-menu[open]");
  if (menu) menu.querySelector("summary").focus();
  closeMenus(null);
});
