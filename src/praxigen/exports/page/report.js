// Niceties only: the page reads the same without them.
"use strict";
(() => {
  const lit = () => document.querySelectorAll(".lit");
  const light = (id) => {
    lit().forEach((mark) => mark.classList.remove("lit"));
    document.querySelectorAll(`mark[data-q~="${CSS.escape(id)}"], .box[data-q="${CSS.escape(id)}"]`).forEach((mark) => mark.classList.add("lit"));
  };
  const fromHash = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (/^p?q\d+$/.test(id)) light(id.replace(/^p/, ""));
    else lit().forEach((mark) => mark.classList.remove("lit"));
    document.getElementById(id)?.closest("details")?.setAttribute("open", "");
  };
  addEventListener("hashchange", fromHash);
  fromHash();

  // Where the note scrolls by itself, a quote moves the note and leaves the criteria where they are.
  const note = document.getElementById("note");
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.quote");
    const alone = note.scrollHeight > note.clientHeight && getComputedStyle(note).overflowY === "auto";
    if (!link || !alone || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const id = link.hash.slice(1);
    const target = document.getElementById(`p${id}`) ?? document.getElementById(id); // on its page where it has one
    history.replaceState(null, "", link.hash);
    light(id);
    note.scrollTo({ top: note.scrollTop + target.getBoundingClientRect().top - note.getBoundingClientRect().top - note.clientHeight / 3 });
  });

  const contents = document.querySelector(".contents ul");
  if (document.querySelector(".row")) {
    const item = document.createElement("li");
    item.className = "tools";
    const box = document.createElement("input");
    box.type = "checkbox";
    box.id = "only-open";
    const label = document.createElement("label");
    label.htmlFor = box.id;
    label.textContent = "Only what is open";
    box.addEventListener("change", () => document.body.classList.toggle("only-open", box.checked));
    item.append(box, label);
    contents.append(item);
  }
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((each) => each.setAttribute("open", "")));
})();
