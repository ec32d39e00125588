// The report and its claims: choosing one opens it in the list and marks its words in the text, both ways.
// Without script each choice is a link to the same page with that claim open.

const reading = () => document.getElementById("reading");
const items = () => [...document.querySelectorAll("#claims > .claim[data-n]")];
export const current = () => document.querySelector("#claims > .claim.open") || document.querySelector("#claims > .claim.at");

function mark(number) {
  const labels = JSON.parse(reading().dataset.labels);
  for (const run of document.querySelectorAll("#text [data-o]")) {
    const within = (run.dataset.c || "").split(" ").includes(number);
    const slot = (run.dataset.s || "").split(" ").filter((s) => number && s.startsWith(`${number}:`)).pop();
    run.classList.toggle("chosen", within);
    run.classList.toggle("slot", Boolean(slot));
    if (slot) run.title = labels[slot.split(":")[1]];
    else run.removeAttribute("title");
  }
  reading().dataset.claim = number;
}

function shownIn(element, holder) {
  const a = element.getBoundingClientRect();
  const b = holder ? holder.getBoundingClientRect() : { top: 0, bottom: innerHeight };
  return a.top >= b.top && a.bottom <= Math.min(b.bottom, innerHeight);
}

function toText(number) {
  const first = document.querySelector(`#text [data-c~="${number}"]`);
  if (first && !shownIn(first)) first.scrollIntoView({ block: innerWidth < 960 ? "start" : "center" });
}

export function close() {
  for (const item of document.querySelectorAll("#claims > .claim.open")) {
    item.classList.remove("open");
    item.classList.add("at");
    item.querySelector(".head").setAttribute("aria-expanded", "false");
  }
  mark("");
}

// Requests have sources of their own: those of one source wait for one another, and are called done before they are.
export async function open(item, scroll = true) {
  close();
  for (const other of document.querySelectorAll("#claims > .claim.at")) other.classList.remove("at");
  const head = item.querySelector(".head");
  const details = item.querySelector(".details");
  item.classList.add("open");
  head.setAttribute("aria-expanded", "true");
  mark(item.dataset.n);
  history.replaceState(null, "", head.href);
  if (scroll) toText(item.dataset.n);
  if (!details.hasChildNodes()) {
    await htmx.ajax("GET", head.dataset.part, { source: details, target: details, swap: "innerHTML" });
  }
  if (!shownIn(item, document.getElementById("panel"))) item.scrollIntoView({ block: "nearest" });
}

// The form of a claim, whether its details have come by now or not.
export async function correct(item) {
  if (!item || !document.getElementById("pick")) return false;
  const path = `${item.querySelector(".head").dataset.part}correct/`;
  await htmx.ajax("GET", path, { source: "#panel", target: "#panel", swap: "innerHTML" });
  return true;
}

export function step(by) {
  const all = items();
  if (!all.length) return;
  const now = all.indexOf(current());
  const next = all[now < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, now + by))];
  open(next);
  next.querySelector(".head").focus({ preventScroll: true });
}

// Words that a link of the list leads to flash in the text; the slot's own runs are found by their offsets.
function flash(from, to) {
  for (const run of document.querySelectorAll("#text .here")) run.classList.remove("here");
  let first = null;
  for (const run of document.querySelectorAll("#text [data-o]")) {
    const at = Number(run.dataset.o);
    if (at >= from && at < to) {
      run.classList.add("here");
      first = first || run;
    }
  }
  if (first && !shownIn(first)) first.scrollIntoView({ block: "center" });
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const head = event.target.closest("#claims .head");
  if (head) {
    event.preventDefault();
    const item = head.closest(".claim");
    if (item.classList.contains("open")) close();
    else open(item);
    return;
  }
  const words = event.target.closest("#panel a[data-at]");
  if (words) {
    event.preventDefault();
    flash(Number(words.dataset.at), Number(words.dataset.end));
    return;
  }
  const number = event.target.closest("#text a.n");
  const run = event.target.closest("#text [data-c]");
  if ((number || run) && document.getElementById("claims") && String(getSelection()) === "") {
    const numbers = number ? [number.dataset.n] : run.dataset.c.split(" ");
    const now = numbers.indexOf(reading().dataset.claim);
    const item = document.getElementById(`claim-${numbers[(now + 1) % numbers.length]}`);
    if (number) event.preventDefault();
    if (item) open(item, false);
  }
});

// What was swapped in has the focus: a form that came back unsaved at what is wrong, else where one goes on.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "panel" && event.target.id !== "reading") return;
  const panel = document.getElementById("panel");
  if (innerWidth >= 960 && panel.getBoundingClientRect().top < 0) reading().scrollIntoView({ block: "start" });
  const alarm = panel.querySelector(".alarm");
  if (alarm) {
    alarm.tabIndex = -1;
    alarm.scrollIntoView({ block: "center" });
    alarm.focus({ preventScroll: true });
  } else if (document.activeElement === document.body) {
    if (panel.querySelector("#edit")) panel.scrollTop = 0; // a form begins at its beginning
    const next = document.querySelector("#edit [name=type]") || document.querySelector(".claim.open .head");
    next?.focus({ preventScroll: true });
  }
});
