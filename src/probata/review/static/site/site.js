// Search through the incidents of this page: all words must be found, each as the beginning of a word. The words of
// entries.js are folded already; what is typed is folded alike, as far as letters' forms go.
(() => {
  const box = document.getElementById("sought");
  const entries = new Map((window.entries || []).map((e) => [e.id, " " + e.words]));
  const rows = [...document.querySelectorAll("tr[data-id]")];
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[\u0640]/g, "").replace(/[أإآٱ]/g, "ا")
    .replace(/ى/g, "ي").replace(/ة/g, "ه").toLowerCase();
  const look = () => {
    const words = fold(box.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = entries.get(row.dataset.id) || "";
      row.hidden = !words.every((word) => text.includes(" " + word));
      shown += row.hidden ? 0 : 1;
    }
    const found = document.getElementById("found");
    found.textContent = words.length ? `${shown} / ${rows.length} ${found.dataset.some}` : "";
    history.replaceState(null, "", words.length ? `#${encodeURIComponent(box.value)}` : location.pathname);
  };
  document.getElementById("search").hidden = false;
  box.value = decodeURIComponent(location.hash.slice(1));
  box.addEventListener("input", look);
  look();
})();
