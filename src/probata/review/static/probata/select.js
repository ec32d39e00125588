// Words selected in the text become the words of a slot. Offsets count Unicode code points of the text, as the
// casebook does, and never the UTF-16 units of a browser's strings.

import { letter } from "./keys.js";
import { correct, current } from "./report.js";

const pick = document.getElementById("pick");
const points = (string) => [...string].length;
let picked = null; // the selection that the toolbar is about: {start, end, words}
let armed = null; // the path of the field that the next selection fills

function selected() {
  const selection = getSelection();
  const text = document.getElementById("text");
  if (!selection.rangeCount || selection.isCollapsed || !text) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(text)) return null;
  let start = null;
  let end = null;
  let words = "";
  for (const run of text.querySelectorAll("[data-o]")) {
    if (!range.intersectsNode(run) || !run.firstChild) continue;
    const data = run.firstChild.data;
    const from = range.startContainer === run.firstChild ? range.startOffset : 0;
    const to = range.endContainer === run.firstChild ? range.endOffset : data.length;
    if (to <= from) continue;
    const at = Number(run.dataset.o);
    if (start === null) start = at + points(data.slice(0, from));
    end = at + points(data.slice(0, to));
    words += (words && !/\s$/.test(words) && at > start + points(words) ? " " : "") + data.slice(from, to);
  }
  if (start === null || !words.trim()) return null;
  start += points(words) - points(words.trimStart());
  end -= points(words) - points(words.trimEnd());
  return { start, end, words: words.trim().replace(/\s+/g, " ") };
}

function place() {
  const rects = getSelection().getRangeAt(0).getClientRects();
  if (!rects.length) return;
  const last = rects[rects.length - 1];
  pick.hidden = false;
  const size = pick.getBoundingClientRect();
  const room = document.documentElement.clientWidth;
  const below = last.bottom + 8;
  const top = below + size.height < innerHeight ? below : Math.max(8, rects[0].top - size.height - 8);
  pick.style.setProperty("top", `${top}px`);
  pick.style.setProperty("left", `${Math.min(Math.max(8, last.left), room - size.width - 8)}px`);
}

let waiting = 0;
document.addEventListener("selectionchange", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    picked = selected();
    if (!picked) {
      pick.hidden = true;
    } else {
      const form = document.getElementById("edit");
      for (const button of pick.querySelectorAll("button")) {
        const isNew = button.dataset.slot === "new";
        button.hidden = isNew ? Boolean(form) : !form && !document.querySelector(".claim.open");
      }
      place();
    }
  }, 150);
});

// Clicking into a field says which one the next selection is for.
document.addEventListener("focusin", (event) => {
  const value = event.target.closest(".field .value");
  if (!value && !event.target.closest("#edit")) return;
  for (const field of document.querySelectorAll(".field.armed")) field.classList.remove("armed");
  armed = value ? value.dataset.path : null;
  if (value) value.closest(".field").classList.add("armed");
});
document.addEventListener("pointerup", (event) => {
  if (!event.target.closest("#text") || !armed || !document.getElementById("edit")) return;
  setTimeout(() => {
    const found = selected();
    const value = document.querySelector(`.value[data-path="${armed}"]`);
    if (found && value) fill(value, found);
  }, 10);
});

function added(field) {
  const rows = [...field.querySelectorAll(".value")];
  const free = rows.find((row) => !row.querySelector("[data-words]").value);
  if (free || !field.hasAttribute("data-several")) return free || rows[0];
  const last = rows[rows.length - 1];
  const copy = last.cloneNode(true);
  const path = `${field.dataset.field}.${rows.length}`;
  copy.dataset.path = path;
  for (const input of copy.querySelectorAll("input")) {
    input.name = `${path}.${input.name.split(".").pop()}`;
    input.value = "";
    if (input.id) input.id = `f-${path.replace(".", "-")}`;
  }
  copy.querySelector(".meaning").id = `m-${path.replace(".", "-")}`;
  for (const problem of copy.querySelectorAll(".problem, .spots")) problem.remove();
  last.after(copy);
  return copy;
}

async function meaning(value, name = "") {
  const slot = value.closest(".field").dataset.field;
  if (!["count", "time", "place"].includes(slot)) return;
  const asked = new URLSearchParams({ slot, path: value.dataset.path, at: at(value).value, name });
  const answer = await fetch(`${document.getElementById("reading").dataset.meaning}&${asked}`, {
    headers: { "HX-Request": "true" },
  });
  if (!answer.ok) return;
  const made = new DOMParser().parseFromString(await answer.text(), "text/html").body;
  const there = value.querySelector(".meaning");
  if (name) {
    for (const old of there.querySelectorAll(".spots, p, input[type=hidden]")) old.remove();
    there.append(...made.querySelectorAll(".spots, p, input[type=hidden]"));
  } else {
    there.replaceChildren(...made.childNodes);
  }
}

function at(value) {
  let input = value.querySelector("[data-at]");
  if (!input) {
    input = document.createElement("input");
    input.type = "hidden";
    input.name = `${value.dataset.path}.at`;
    input.dataset.at = "";
    value.append(input);
  }
  return input;
}

export function fill(value, found) {
  for (const old of value.querySelectorAll(".problem, .spots")) old.remove();
  const words = value.querySelector("[data-words]");
  words.value = found.words;
  words.removeAttribute("aria-invalid");
  at(value).value = `${found.start}-${found.end}`;
  const name = value.querySelector("[name$='.name']:not([data-lookup])");
  if (name) name.value = "";
  meaning(value);
  pick.hidden = true;
  getSelection().removeAllRanges();
}

async function use(slot) {
  const found = picked;
  if (!found) return;
  if (slot === "new") {
    const path = `${document.getElementById("reading").dataset.new}&at=${found.start}-${found.end}`;
    await htmx.ajax("GET", path, { source: "#panel", target: "#panel", swap: "innerHTML" });
    pick.hidden = true;
    getSelection().removeAllRanges();
    document.querySelector("#edit [name=type]")?.focus({ preventScroll: true });
    return;
  }
  if (!document.getElementById("edit")) {
    if (!(await correct(current()))) return;
  }
  const field = document.querySelector(`.field[data-field="${slot}"]`);
  if (!field) return;
  const value = added(field);
  fill(value, found);
  value.scrollIntoView({ block: "nearest" });
  value.querySelector("[data-words]").focus({ preventScroll: true });
}

pick.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
pick.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) use(button.dataset.slot);
});

// Typed words are looked for by the server: offsets that were there are of other words.
document.addEventListener("input", (event) => {
  const value = event.target.closest(".field .value");
  if (!value) return;
  if (event.target.hasAttribute("data-words")) {
    const input = value.querySelector("[data-at]");
    if (input) input.value = "";
  } else if (event.target.hasAttribute("data-lookup")) {
    clearTimeout(waiting);
    waiting = setTimeout(() => meaning(value, event.target.value), 300);
  }
});
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-clear]")) return;
  const value = event.target.closest(".value");
  value.querySelector("[data-words]").value = "";
  const input = value.querySelector("[data-at]");
  if (input) input.value = "";
  for (const old of value.querySelectorAll(".problem, .spots")) old.remove();
});

// Selecting without a mouse: "w" begins at the chosen claim, arrows move, with Shift they extend.
function keyboard(event) {
  const text = document.getElementById("text");
  const selection = getSelection();
  if (letter(event) === "w" && text) {
    const first = text.querySelector(".chosen[data-o]") || text.querySelector("[data-o]");
    if (!first) return false;
    selection.collapse(first.firstChild, 0);
    selection.modify("extend", "forward", "word");
    text.focus({ preventScroll: true });
    return true;
  }
  if (document.activeElement !== text || !selection.rangeCount || !event.key.startsWith("Arrow")) return false;
  const grain = event.key === "ArrowUp" || event.key === "ArrowDown" ? "line" : "word";
  const rtl = getComputedStyle(text).direction === "rtl";
  const forward = event.key === "ArrowDown" || event.key === (rtl ? "ArrowLeft" : "ArrowRight");
  if (!event.shiftKey) {
    if (forward) selection.collapseToEnd();
    else selection.collapseToStart();
    if (!forward) selection.modify("move", "backward", grain);
    else if (grain === "line") selection.modify("move", "forward", grain);
    selection.modify("extend", "forward", "word");
  } else {
    selection.modify("extend", forward ? "forward" : "backward", grain);
  }
  return true;
}

document.addEventListener(
  "keydown",
  (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea, dialog")) return;
    if (keyboard(event)) {
      event.preventDefault();
      return;
    }
    if (pick.hidden) return;
    if (event.key === "Escape") {
      getSelection().removeAllRanges();
      pick.hidden = true;
      event.preventDefault();
      return;
    }
    const button = [...pick.querySelectorAll("button:not([hidden])")].find((b) => b.dataset.key === letter(event).toLowerCase());
    if (button) {
      event.preventDefault();
      use(button.dataset.slot);
    }
  },
  true,
);
