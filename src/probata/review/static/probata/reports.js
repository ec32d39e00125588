// The inbox and the page for handing over reports: what makes them quicker. Both work without.

// Filters that are not set stay out of the address.
document.addEventListener("htmx:configRequest", (event) => {
  if (event.target.id !== "filters") return;
  const { parameters } = event.detail;
  for (const key of [...parameters.keys()]) {
    if (!parameters.get(key)) parameters.delete(key);
  }
});

// Files go one after the other, each acknowledged by itself: a line that breaks loses at most the one under way.
const form = document.getElementById("upload");

async function send(file, line) {
  const body = new FormData(form);
  body.delete("files");
  body.append("files", file);
  line.textContent = `${file.name} …`;
  try {
    const answer = await fetch(`${form.action}?format=json`, { method: "POST", body });
    const said = await answer.json();
    line.className = answer.ok ? "good" : "problem";
    line.textContent = answer.ok ? `✓ ${file.name}` : `${file.name}: ${said.problem} ${said.advice || ""}`;
    return answer.ok;
  } catch {
    line.className = "problem";
    line.textContent = `✗ ${file.name}`;
    return false;
  }
}

if (form) {
  const input = form.querySelector("[type=file]");
  const list = form.querySelector(".uploads");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    list.replaceChildren();
    let failed = 0;
    for (const file of [...input.files]) {
      const line = document.createElement("li");
      line.dir = "auto";
      list.append(line);
      if (!(await send(file, line))) failed += 1;
    }
    button.disabled = false;
    form.querySelector(".sent").hidden = false;
    if (!failed) location.assign(form.dataset.done);
  });
  // Files may be dropped anywhere on the card.
  const card = form.closest(".card");
  card.addEventListener("dragover", (event) => {
    event.preventDefault();
    card.classList.add("over");
  });
  card.addEventListener("dragleave", () => card.classList.remove("over"));
  card.addEventListener("drop", (event) => {
    event.preventDefault();
    card.classList.remove("over");
    if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
  });
}
