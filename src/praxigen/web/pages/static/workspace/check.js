// The chart's upload box and the split screen. Every page works without it, only less quickly.
"use strict";
(() => {
  document.documentElement.classList.add("scripted");

  // A proposal from the chart is put into its field by a press, never by itself.
  document.addEventListener("click", (event) => {
    const take = event.target.closest("button.take");
    if (!take) return;
    const field = document.getElementById(take.dataset.for);
    const value = take.dataset.value;
    const several = take.dataset.for === "codes" && field.value.trim() !== "";
    field.value = several && !field.value.split(/[\s,;]+/).includes(value) ? `${field.value.trim()} ${value}` : several ? field.value : value;
    field.focus();
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });

  const drop = document.getElementById("drop");
  const files = document.getElementById("files");
  if (drop && files) {
    const told = document.getElementById("chosen");
    const tell = () => { told.textContent = files.files.length > 1 ? `${files.files.length} files chosen.` : ""; };
    files.addEventListener("change", tell);
    for (const kind of ["dragenter", "dragover"]) drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
    for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      const all = new DataTransfer();
      for (const file of [...files.files, ...event.dataTransfer.files]) all.items.add(file);
      files.files = all.files;
      tell();
    });
  }

  const split = document.querySelector(".split");
  if (!split) return;
  const note = document.getElementById("note");
  const side = document.getElementById("criteria-side");
  const rows = () => [...side.querySelectorAll(".row")].filter((row) => row.querySelector(":scope > .decision"));
  for (const row of side.querySelectorAll(".row")) row.tabIndex = -1;

  const show = (which) => {
    split.dataset.show = which;
    for (const tab of document.querySelectorAll(".tabs button")) tab.setAttribute("aria-pressed", String(tab.dataset.show === which));
  };
  document.querySelector(".tabs").addEventListener("click", (event) => {
    const tab = event.target.closest("button");
    if (tab) show(tab.dataset.show);
  });

  const light = (id) => {
    for (const mark of split.querySelectorAll(".lit")) mark.classList.remove("lit");
    for (const mark of note.querySelectorAll(`mark[data-q~="${CSS.escape(id)}"], .box[data-q="${CSS.escape(id)}"]`)) mark.classList.add("lit");
  };
  const middle = (box, target) => {
    if (box.scrollHeight > box.clientHeight && getComputedStyle(box).overflowY === "auto") {
      box.scrollTo({ top: box.scrollTop + target.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3 });
    } else target.scrollIntoView({ block: "center" });
  };
  const toWords = (id) => {
    show("note");
    light(id);
    middle(note, document.getElementById(`p${id}`) ?? document.getElementById(id));
  };
  const toRow = (row, focus = true) => {
    show("criteria");
    for (let each = row.parentElement?.closest("details"); each; each = each.parentElement?.closest("details")) each.open = true;
    for (const other of side.querySelectorAll(".row.here")) other.classList.remove("here");
    row.classList.add("here");
    middle(side, row);
    if (focus) row.focus({ preventScroll: true });
  };

  // A quote leads to its words, a mark in the document to its criterion; the other half stays where it is.
  split.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const id = decodeURIComponent((link.getAttribute("href") ?? "").slice(1));
    if (/^q\d+$/.test(id)) { event.preventDefault(); toWords(id); }
    else {
      const row = document.getElementById(id);
      if (row && side.contains(row) && row.classList.contains("row")) { event.preventDefault(); toRow(row); }
    }
  });

  // Words picked in the document: characters are counted as the server counts them, whole ones.
  const count = (text) => [...text].length;
  const at = (node, offset) => {
    const line = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".line");
    if (!line || !note.contains(line)) return null;
    const range = document.createRange();
    range.setStart(line, 0);
    range.setEnd(node, offset);
    const part = range.cloneContents();
    for (const ref of part.querySelectorAll(".ref")) ref.remove();
    return Number(line.dataset.at) + count(part.textContent);
  };
  let picked = null;
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    const start = at(range.startContainer, range.startOffset);
    const end = at(range.endContainer, range.endOffset);
    if (start === null || end === null || end <= start) return;
    const lines = [...note.querySelectorAll(".line")].filter((line) => range.intersectsNode(line));
    const whole = lines.map((line) => {
      const copy = line.cloneNode(true);
      for (const ref of copy.querySelectorAll(".ref")) ref.remove();
      return copy.textContent;
    }).join("\n");
    const from = start - Number(lines[0].dataset.at);
    picked = { start, end, words: [...whole].slice(from, from + end - start).join("") };
  });
  document.addEventListener("click", (event) => {
    const pick = event.target.closest("button.pick");
    if (!pick) return;
    const form = pick.form;
    if (!picked) { show("note"); return; }
    form.elements.words.value = picked.words;
    form.elements.start.value = picked.start;
    form.elements.end.value = picked.end;
    form.elements.reason.focus();
  });
  // Words typed by hand have no place yet: the server looks for them.
  document.addEventListener("input", (event) => {
    if (event.target.matches("textarea.words")) { event.target.form.elements.start.value = ""; event.target.form.elements.end.value = ""; }
  });

  // Keys work only while the focus is in the criteria and not in a field.
  side.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const row = event.target.closest(".row");
    const all = rows();
    const place = row ? all.indexOf(row) : -1;
    const open = (kind) => {
      const way = row?.querySelector(`:scope > .decision .way.${kind}`);
      if (!way) return;
      event.preventDefault();
      way.open = true;
      way.querySelector(kind === "correct" ? "textarea.words" : "textarea").focus();
    };
    if (event.key === "j" || event.key === "k") {
      event.preventDefault();
      const next = all[Math.min(all.length - 1, Math.max(0, place + (event.key === "j" ? 1 : -1)))];
      if (next) toRow(next);
    } else if (event.key === "n") {
      // The next one that nobody has decided about, from here on and then from the top.
      const open = all.filter((each) => each.querySelector(":scope > .undecided-one"));
      const next = open.find((each) => all.indexOf(each) > place) ?? open[0];
      if (next) { event.preventDefault(); toRow(next); }
    } else if (event.key === "Enter" && event.target === row) {
      const quote = row.querySelector("a.quote");
      if (quote) { event.preventDefault(); toWords(quote.hash.slice(1)); row.focus({ preventScroll: true }); }
    } else if (event.key === "c") row?.querySelector(":scope > .decision button.confirm")?.click();
    else if (event.key === "x") open("reject");
    else if (event.key === "e") open("correct");
  });
  // The way to the next open one for who comes from the head of the page.
  document.addEventListener("click", (event) => {
    if (!event.target.closest("a.to-decide")) return;
    const here = side.querySelector(".row.here");
    const all = rows();
    const open = all.filter((each) => each.querySelector(":scope > .undecided-one"));
    const next = open.find((each) => all.indexOf(each) > all.indexOf(here)) ?? open[0];
    if (next) { event.preventDefault(); toRow(next); }
  });
  const ready = () => { const first = rows().find((row) => row.querySelector(":scope > .undecided-one")) ?? rows()[0]; if (first) first.tabIndex = 0; };
  ready();
  // After a decision the criterion keeps the focus, so that the keys go on.
  let deciding = null;
  side.addEventListener("submit", (event) => { deciding = event.target.closest(".row"); });
  document.addEventListener("htmx:afterSettle", () => {
    deciding?.focus({ preventScroll: true });
    deciding = null;
  });
  const from = location.hash.slice(1);
  const row = from && document.getElementById(from);
  if (row && side.contains(row)) toRow(row, false);
})();
