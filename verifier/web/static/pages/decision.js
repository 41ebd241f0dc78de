// Deciding: drafts that survive a lost session, keys apart from those that only look.
"use strict";
(() => {
  const keys = window.verifier.keys;
  const draftKey = (form) => `draft ${document.body.dataset.user} ${form.dataset.draft}`;
  const fields = (form) => [...form.elements].filter((one) => one.name && one.type !== "hidden");
  let vehicle = 0;

  function keep(form) {
    const kept = {};
    for (const one of fields(form)) {
      if (one.type === "radio") { if (one.checked) kept[one.name] = one.value; } else if (one.value) kept[one.name] = one.value;
    }
    sessionStorage.setItem(draftKey(form), JSON.stringify(kept));
  }
  function restore(form) {
    const kept = JSON.parse(sessionStorage.getItem(draftKey(form)) || "{}");
    for (const one of fields(form)) {
      if (!(one.name in kept)) continue;
      if (one.type === "radio") one.checked = one.value === kept[one.name]; else one.value = kept[one.name];
    }
  }
  document.addEventListener("input", (event) => { const form = event.target.closest("form[data-draft]"); if (form) keep(form); });
  const restoreAll = () => document.querySelectorAll("form[data-draft]").forEach(restore);
  restoreAll();
  document.addEventListener("htmx:after:swap", (event) => {
    if (event.detail.ctx?.target?.id !== "decision") return;
    const form = event.detail.ctx.sourceElement;
    if (form?.dataset?.draft) sessionStorage.removeItem(draftKey(form));
    restoreAll();
    const now = document.getElementById("decision");
    now?.scrollIntoView({ block: "nearest" });
    now?.focus({ preventScroll: true });
  });

  const sets = () => [...document.querySelectorAll("#rulings [data-vehicle]")];
  function goto(number) {
    const all = sets();
    if (!all.length) return;
    vehicle = Math.max(0, Math.min(all.length - 1, number));
    all.forEach((one, n) => one.classList.toggle("current", n === vehicle));
    all[vehicle].scrollIntoView({ block: "nearest" });
    (all[vehicle].querySelector("input:checked") || all[vehicle].querySelector('input[type="radio"]')).focus({ preventScroll: true });
  }
  function choose(outcome) {
    const all = sets();
    if (!all.length) return;
    goto(vehicle);
    const radio = all[vehicle].querySelector(`input[value="${outcome}"]`);
    radio.checked = true;
    radio.focus({ preventScroll: true });
    radio.dispatchEvent(new Event("input", { bubbles: true }));
    window.verifier.say(radio.parentElement.textContent.trim());
  }
  keys.set("n", () => goto(document.querySelector("#rulings .current") ? vehicle + 1 : 0));
  keys.set("p", () => goto(vehicle - 1));
  keys.set("d", () => { const section = document.getElementById("decision"); section.scrollIntoView({ block: "start" }); section.focus({ preventScroll: true }); });
  keys.set("Shift+A", () => choose("approve"));
  keys.set("Shift+R", () => choose("reject"));
  keys.set("Shift+E", () => choose("return"));
  keys.set("Shift+D", () => document.getElementById("decide")?.focus());

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-same]")) {
      const [first, ...rest] = sets();
      const chosen = first.querySelector("input:checked");
      for (const other of rest) {
        if (chosen) other.querySelector(`input[value="${chosen.value}"]`).checked = true;
        for (const name of ["reason", "comment", "note"]) {
          other.querySelector(`[name^="${name}-"]`).value = first.querySelector(`[name^="${name}-"]`).value;
        }
      }
      keep(first.closest("form"));
    }
    const cancel = event.target.closest("[data-cancel]");
    if (cancel) location.reload();
  });
})();
