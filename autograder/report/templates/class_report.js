"use strict";
// Sorts and filters the table. Rows are moved and hidden; nothing is ever parsed as HTML.
const body = document.querySelector("tbody");
const rows = Array.from(body.rows, (row) => ({
  row,
  keys: new Set(row.dataset.keys.split(" ")),
  text: row.textContent.toLowerCase(),
  cells: Array.from(row.cells, (cell) => cell.textContent.trim()),
}));
const search = document.getElementById("search");
const look = document.getElementById("look");
const shown = document.getElementById("shown");
const chosen = document.getElementById("chosen");
const compare = new Intl.Collator(undefined, { numeric: true }).compare;
let wanted = "";

function filter() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const entry of rows) {
    const fits = (!look.value || entry.keys.has(look.value)) && (!wanted || entry.keys.has(wanted))
      && words.every((word) => entry.text.includes(word));
    entry.row.hidden = !fits;
    count += fits;
  }
  shown.textContent = `${count} of ${rows.length}`;
}

function choose(key, words) {
  wanted = key;
  chosen.hidden = !key;
  chosen.textContent = `${words} ✕`;
  filter();
  if (key) document.getElementById("submissions").scrollIntoView();
}

function sort(column, head) {
  const up = head.getAttribute("aria-sort") !== "ascending";
  const numeric = head.dataset.kind === "number";
  const order = (a, b) => numeric ? a.cells[column] - b.cells[column]
    : compare(a.cells[column], b.cells[column]);
  rows.sort((a, b) => up ? order(a, b) : order(b, a));
  for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", up ? "ascending" : "descending");
  body.append(...rows.map((entry) => entry.row));
}

document.querySelectorAll("th button").forEach((button, column) => {
  button.addEventListener("click", () => sort(column, button.parentNode));
});
for (const button of document.querySelectorAll("button[data-key]")) {
  button.addEventListener("click", () => choose(button.dataset.key, button.dataset.words));
}
search.addEventListener("input", filter);
look.addEventListener("change", filter);
chosen.addEventListener("click", () => choose("", ""));
document.getElementById("controls").hidden = false;
filter();
