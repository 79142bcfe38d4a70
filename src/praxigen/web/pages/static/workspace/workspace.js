// What every page shares. Each feature has its own file; pages work without any of them.
"use strict";
// A form is sent once, and one that takes long says so when it is sent.
(() => {
  const again = 3000; // milliseconds in which a second press is taken for a double click
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const says = form.dataset.busy;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (!says) {
      // A file may be what comes back, so the page stays and the form can be sent again after a while.
      const before = Number(form.dataset.sent ?? 0);
      if (event.timeStamp - before < again && before) { event.preventDefault(); return; }
      form.dataset.sent = String(event.timeStamp);
      return;
    }
    if (form.getAttribute("aria-busy") === "true") { event.preventDefault(); return; }
    form.setAttribute("aria-busy", "true");
    const note = document.createElement("span");
    note.className = "busy-note";
    note.setAttribute("role", "status");
    (event.submitter ?? form).after(note);
    note.textContent = says;
  });
  // Shown again by the way back, it can be sent again.
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[aria-busy]")) { form.removeAttribute("aria-busy"); form.querySelector(".busy-note")?.remove(); }
    for (const note of document.querySelectorAll(".busy-note")) note.remove();
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
})();
// Says so where a part of a page could not be sent, and sends it again where the server asked to wait. Nothing typed is
// touched.
(() => {
  let told = null;
  const say = (text) => {
    if (!told) {
      told = document.createElement("p");
      told.className = "unsent";
      told.setAttribute("role", "alert");
      document.body.append(told);
    }
    told.textContent = text;
    told.hidden = !text;
  };
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr, elt, requestConfig } = event.detail;
    const wait = Number(xhr.getResponseHeader("Retry-After"));
    const cause = requestConfig.triggeringEvent;
    if (xhr.status !== 429 || !wait) {
      say("Not saved. What you typed is still on this page: reload it in a new tab to see whether it can be sent.");
    } else if (cause) {
      say(`Not saved yet: too much was asked at once. It is sent again in ${wait} seconds.`);
      setTimeout(() => { if (elt.isConnected) window.htmx.trigger(elt, cause.type); }, wait * 1000);
    }
  });
  document.addEventListener("htmx:sendError", () => {
    say("Not saved: the workspace does not answer. What you typed is still on this page.");
  });
  document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) say(""); });
})();
