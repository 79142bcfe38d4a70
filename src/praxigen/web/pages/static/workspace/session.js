// Warns two minutes before a session ends for want of clicks, and keeps the page, with what was typed, when it ended.
"use strict";
(() => {
  const idle = Number(document.body.dataset.idle) * 1000;
  if (!idle) return;
  const early = 120000;
  const asked = "/account/me/alive/";
  let until = Date.now() + idle;
  let dialog = null;
  const renew = () => { until = Date.now() + idle; };
  document.addEventListener("htmx:afterRequest", renew);

  const make = () => {
    dialog = document.createElement("dialog");
    dialog.className = "asleep";
    dialog.setAttribute("aria-labelledby", "asleep-title");
    const title = document.createElement("h2");
    title.id = "asleep-title";
    const told = document.createElement("p");
    const stay = document.createElement("button");
    stay.type = "button";
    stay.addEventListener("click", check);
    const sign = document.createElement("a");
    sign.href = "/account/login/";
    sign.target = "_blank";
    sign.rel = "noopener";
    sign.textContent = "Sign in in a new tab";
    const row = document.createElement("div");
    row.className = "actions";
    row.append(stay, sign);
    dialog.append(title, told, row);
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    document.body.append(dialog);
  };
  const show = (over) => {
    if (!dialog) make();
    dialog.querySelector("h2").textContent = over ? "You were signed out" : "Still there?";
    dialog.querySelector("p").textContent = over
      ? "Nothing on this page is lost. Sign in in a new tab, then come back and go on."
      : "You will be signed out in two minutes. What you typed stays on the page.";
    dialog.querySelector("button").textContent = over ? "I signed in: go on" : "Stay signed in";
    dialog.querySelector("a").hidden = !over;
    dialog.classList.toggle("over", over);
    if (!dialog.open) dialog.showModal();
  };
  async function check() {
    try {
      const answer = await fetch(asked, { headers: { "HX-Request": "true" }, redirect: "error" });
      if (answer.status === 429) return;
      if (!answer.ok) { show(true); return; }
      const told = await answer.json();
      if (told.member !== document.body.dataset.member) { location.reload(); return; }
      for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = told.token;
      document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": told.token }));
      renew();
      if (dialog) dialog.close();
    } catch (error) {
      show(true);
    }
  }
  setInterval(() => {
    const left = until - Date.now();
    if (left <= 0) show(true);
    else if (left <= early && !(dialog && dialog.open)) show(false);
  }, 5000);
})();
