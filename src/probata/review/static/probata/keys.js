// Keys of the report's page. The list of them opens with "?".

import { close, correct, current, open, step } from "./report.js";

const typing = (target) => target.closest("input, select, textarea, [contenteditable]");
const acting = (name) => document.querySelector(`.claim.open [data-act="${name}"]`);

// The key by its letter, or by its place where the keyboard writes another script.
export const letter = (event) => {
  if (event.key === "؟") return "?";
  const place = /^[^\x00-\x7f]/.test(event.key) && /^Key([A-Z])$/.exec(event.code);
  return place ? place[1].toLowerCase() : event.key;
};

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  e: () => correct(document.querySelector(".claim.open")),
  x: () => {
    const summary = acting("reject");
    if (!summary) return;
    summary.parentElement.open = true;
    summary.parentElement.querySelector("input[name=why]").focus();
  },
  u: () => acting("undo")?.click(),
  a: () => document.getElementById("add-claim")?.click(),
  r: () => document.querySelector("#looked")?.click(),
  "?": () => document.getElementById("keys").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = document.getElementById("edit");
    if (form) {
      event.preventDefault();
      form.requestSubmit();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape") {
    const reject = event.target.closest("details.reject[open]");
    if (reject) {
      reject.open = false;
      reject.querySelector("summary").focus();
    } else if (document.getElementById("edit")) {
      document.getElementById("cancel").click();
    } else if (document.querySelector(".claim.open")) {
      close();
    }
    return;
  }
  if (typing(event.target)) return;
  if (event.key === "Enter" && event.target === document.body) {
    const item = current();
    if (item?.classList.contains("open")) close();
    else if (item) open(item);
    return;
  }
  const act = KEYS[letter(event)];
  if (act) {
    event.preventDefault();
    act();
  }
});
