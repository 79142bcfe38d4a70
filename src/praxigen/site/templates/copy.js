// Copies the checklist of a requirement. Without this script the link beside it leads to the same text.
"use strict";
for (const place of document.querySelectorAll("p.checklist")) {
  const link = place.querySelector("a");
  const button = document.createElement("button");
  const told = document.createElement("span");
  button.type = "button";
  button.textContent = "Copy as checklist";
  told.setAttribute("role", "status");
  place.prepend(button, " ");
  place.append(" ", told);
  let text = "";
  const load = async () => { text ||= await fetch(link.href).then((answer) => (answer.ok ? answer.text() : Promise.reject())); };
  // Loaded before the press: some browsers copy only in the very moment of it.
  for (const kind of ["pointerenter", "focus"]) button.addEventListener(kind, () => { load().catch(() => {}); });
  button.addEventListener("click", async () => {
    try {
      if (!text) await load();
      await navigator.clipboard.writeText(text);
      told.textContent = "Copied. Paste it where you need it.";
    } catch {
      told.textContent = "The browser did not let it be copied: open the text, and copy it there.";
    }
  });
}
