// Search as you type, over the list of pages that the site keeps as JSON. The page works without it.
"use strict";
const field = document.getElementById("q");
const list = document.getElementById("results");
const told = document.getElementById("found");
const most = 50;
let pages = [];

const words = (text) => text.toLowerCase().split(/[^a-z0-9.]+/).filter(Boolean);

/** How well a page fits: every word of the question must begin a word of the page; the title counts most. */
function score(page, asked) {
  let sum = 0;
  for (const word of asked) {
    if (page.title.some((each) => each === word)) sum += 6;
    else if (page.title.some((each) => each.startsWith(word))) sum += 4;
    else if (page.more.some((each) => each === word)) sum += 3;
    else if (page.more.some((each) => each.startsWith(word))) sum += 1;
    else return 0;
  }
  return sum + page.weight;
}

function show() {
  const asked = words(field.value);
  const found = asked.length ? pages.map((page) => [score(page, asked), page]).filter(([points]) => points > 0) : [];
  found.sort((one, other) => other[0] - one[0] || one[1].order - other[1].order);
  list.replaceChildren(...found.slice(0, most).map(([, page]) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = list.dataset.root + page.path;
    link.textContent = page.name;
    item.append(link);
    return item;
  }));
  told.textContent = asked.length
    ? `${found.length} ${found.length === 1 ? "page" : "pages"}${found.length > most ? `, the first ${most} are shown` : ""}`
    : "";
}

fetch(list.dataset.index).then((answer) => answer.json()).then((entries) => {
  pages = entries.map(([name, path, more], order) => (
    { name, path, order, title: words(name), more: words(more), weight: path.startsWith("prior-authorization/") ? 1 : 0 }
  ));
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  field.addEventListener("input", show);
  field.form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
  show();
}).catch(() => { told.textContent = "The list of pages could not be loaded; use the lists below."; });
