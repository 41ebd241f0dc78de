// What every page has: keys, help, dialogs, live rows. No code stands in pages themselves.
"use strict";
(() => {
  const body = document.body;
  const say = (text) => { const said = document.getElementById("said"); if (said) said.textContent = text; };
  window.verifier = { say, keys: new Map() };

  // dialogs
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (opener) document.getElementById(opener.dataset.open)?.showModal();
  });

  // single keys: never while typing, never with Ctrl, Alt or Meta; off where the visitor says so
  const off = document.getElementById("keys-off");
  if (off) {
    off.checked = localStorage.getItem("keys-off") === "1";
    off.addEventListener("change", () => localStorage.setItem("keys-off", off.checked ? "1" : "0"));
  }
  const typing = (element) => element.isContentEditable || ["TEXTAREA", "SELECT"].includes(element.tagName) ||
    (element.tagName === "INPUT" && !["checkbox", "radio", "range", "button", "submit", "file"].includes(element.type));
  let before = "";
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && typing(event.target)) { event.target.blur(); return; } // then single keys work again
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || typing(event.target)) return;
    if (off?.checked && event.key !== "Escape") return;
    const help = document.getElementById("help");
    if (event.key === "?") {
      if (help.open) help.close(); else help.showModal();
      event.preventDefault();
      return;
    }
    if (document.querySelector("dialog[open]")) return;
    const key = (before === "g" ? "g " : "") + (event.shiftKey && event.key.length === 1 ? "Shift+" + event.key.toUpperCase() : event.key);
    before = event.key === "g" && before !== "g" ? "g" : "";
    const act = window.verifier.keys.get(key);
    if (act && act(event) !== false) event.preventDefault();
  });
  window.verifier.keys.set("g h", () => { location.href = "/"; });

  // a session that is over: log in here, on top of what was entered, and send it again
  const expired = document.getElementById("expired");
  let again = []; // whatever was refused: parts of the page that were being loaded, and what was sent
  const relogin = (then) => { if (then) again.push(then); if (expired && !expired.open) expired.showModal(); };
  document.addEventListener("htmx:before:response", (event) => {
    const { ctx } = event.detail;
    if (ctx.response.status !== 401) return;
    event.preventDefault();
    const source = ctx.sourceElement;
    relogin(() => {
      if (source.tagName === "FORM") source.requestSubmit();
      else if (source.tagName === "BUTTON") source.click();
      else htmx.ajax(ctx.request.method, ctx.request.action, { source, target: ctx.target, swap: ctx.swap });
    });
  });
  document.addEventListener("verifier:expired", (event) => relogin(event.detail?.then));
  document.getElementById("relogin")?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const problem = form.querySelector("[role=alert]");
    const answer = await fetch("/v1/session", { method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ login: form.elements.login.value, password: form.elements.password.value }) });
    const told = await answer.json();
    if (!answer.ok) {
      const english = document.documentElement.lang === "en";
      problem.textContent = english ? `${told.title}; ${told.advice}` : `${told.title_zh}；${told.advice_zh}`;
      problem.hidden = false;
      return;
    }
    if (told.id !== body.dataset.user) { location.reload(); return; } // somebody else: nothing is sent in their name
    body.dataset.csrf = told.csrf;
    body.setAttribute("hx-headers:inherited", JSON.stringify({ "X-CSRF-Token": told.csrf }));
    form.elements.password.value = "";
    problem.hidden = true;
    expired.close();
    const refused = again;
    again = [];
    refused.forEach((then) => then());
  });

  // live rows: one stream for the whole page
  const live = document.querySelector("[data-live]");
  if (live && window.EventSource) {
    const refresh = (row) => htmx.ajax("GET", `${live.dataset.live}/${row.dataset.document}/row`, { target: row, swap: "outerHTML" });
    const waiting = () => live.querySelectorAll('[data-state="queued"]');
    const reload = live.dataset.reload;
    const start = () => {
      const stream = new EventSource("/v1/events" + (reload ? `?document=${reload}` : ""));
      stream.addEventListener("open", () => waiting().forEach(refresh));
      for (const kind of ["started", "judged", "deleted"]) {
        stream.addEventListener(kind, (event) => {
          const told = JSON.parse(event.data);
          if (reload && kind === "judged") { stream.close(); location.reload(); return; }
          const row = document.getElementById("letter-" + told.document);
          if (!row) return;
          if (kind === "started") row.dataset.stage = "started"; else refresh(row);
        });
      }
      addEventListener("pagehide", () => stream.close());
    };
    window.verifier.follow = start;
    if (reload || waiting().length) start();
  }
})();
