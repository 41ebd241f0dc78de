// The queue by keyboard.
"use strict";
(() => {
  const keys = window.verifier.keys;
  const links = () => [...document.querySelectorAll("#queue tbody th a")];
  const move = (by) => { const all = links(); const at = all.indexOf(document.activeElement); all[Math.max(0, Math.min(all.length - 1, at + by))]?.focus(); };
  keys.set("j", () => move(1));
  keys.set("k", () => move(-1));
  // the pictures of what comes next are drawn while the list is read
  const warm = async () => {
    for (const row of [...document.querySelectorAll("[data-warm]")].slice(0, 3)) {
      await fetch(row.dataset.warm, { priority: "low" }).catch(() => null);
    }
  };
  addEventListener("load", () => setTimeout(warm, 300));
  keys.set("n", () => document.getElementById("take-next")?.click());
})();
