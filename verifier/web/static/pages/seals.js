// The seal panel: how much of the specimen is seen, blinking, another impression.
"use strict";
(() => {
  const timers = new WeakMap();
  const setOpacity = (view, share) => { const laid = view.querySelector("img.laid"); if (laid) laid.style.opacity = share; };
  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-opacity]")) setOpacity(event.target.closest(".seal-view"), event.target.value / 100);
  });
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-specimen]")) return;
    const view = event.target.closest(".seal-view");
    for (const image of view.querySelectorAll("img")) image.src = image.src.replace(/specimen=[0-9a-f]{64}/, "specimen=" + event.target.value);
  });
  function blink(view) {
    const button = view.querySelector("[data-blink]");
    if (!button) return;
    const slider = view.querySelector("[data-opacity]");
    if (timers.has(view)) {
      clearInterval(timers.get(view));
      timers.delete(view);
      setOpacity(view, slider.value / 100);
    } else {
      let on = false; // 1.25 changes a second: slower than what may harm (WCAG 2.3.1)
      timers.set(view, setInterval(() => { on = !on; setOpacity(view, on ? 1 : 0); }, 800));
    }
    button.setAttribute("aria-pressed", String(timers.has(view)));
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-blink]");
    if (button) blink(button.closest(".seal-view"));
  });
  window.verifier?.keys.set("b", () => { const view = document.querySelector(".seal-view"); if (view) blink(view); });
  document.addEventListener("htmx:after:swap", () => document.querySelectorAll(".seal-view").forEach((view) => setOpacity(view, 0.5)));
})();
