// Sending letters: dropped or chosen, with progress per file; the form works without this, too.
"use strict";
(() => {
  const form = document.getElementById("upload");
  if (!form) return;
  const input = form.querySelector("#files");
  const list = document.getElementById("sending");
  const failed = document.getElementById("failed");
  let following = document.querySelector('[data-state="queued"]') !== null;

  for (const kind of ["dragenter", "dragover"]) form.addEventListener(kind, (event) => { event.preventDefault(); form.classList.add("over"); });
  for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });

  const rowsOf = (files) => {
    list.hidden = false;
    list.replaceChildren();
    return files.map((file) => {
      const row = document.createElement("div");
      const name = document.createElement("span");
      name.textContent = file.name;
      const bar = document.createElement("progress");
      bar.max = file.size || 1;
      bar.value = 0;
      bar.setAttribute("aria-label", file.name);
      row.append(name, bar);
      list.append(row);
      return bar;
    });
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const files = [...input.files];
    const bars = rowsOf(files);
    const button = form.querySelector("button");
    button.disabled = true;
    failed.hidden = true;
    const request = new XMLHttpRequest();
    request.open("POST", "/v1/documents");
    form.dataset.key ||= crypto.randomUUID(); // the same files are never taken twice, however often they are sent
    request.setRequestHeader("Idempotency-Key", form.dataset.key);
    if (document.body.dataset.csrf) request.setRequestHeader("X-CSRF-Token", document.body.dataset.csrf);
    request.upload.addEventListener("progress", (told) => {
      let rest = told.loaded;
      for (const bar of bars) { bar.value = Math.max(Math.min(rest, bar.max), 0); rest -= bar.max; }
    });
    request.addEventListener("loadend", async () => {
      button.disabled = false;
      if (request.status !== 200 && request.status !== 202) {
        let text = failed.dataset.text;
        try {
          const told = JSON.parse(request.responseText);
          text = (document.documentElement.lang === "en" ? told.title + ": " + told.advice : told.title_zh + "：" + told.advice_zh) + " " + text;
        } catch { /* no answer at all */ }
        failed.textContent = text;
        failed.hidden = false;
        if (request.status === 401) document.dispatchEvent(new CustomEvent("verifier:expired", { detail: { then: () => form.requestSubmit() } }));
        return;
      }
      delete form.dataset.key;
      input.value = "";
      const rows = document.getElementById("letters");
      document.getElementById("nothing")?.remove();
      for (const one of JSON.parse(request.responseText).documents) {
        await htmx.ajax("GET", `/letters/${one.id}/row`, { target: rows, swap: "afterbegin" });
      }
      list.hidden = true;
      if (!following) { following = true; window.verifier.follow(); }
      else document.querySelectorAll('[data-state="queued"]').forEach((row) => htmx.ajax("GET", `/letters/${row.dataset.document}/row`, { target: row, swap: "outerHTML" }));
    });
    request.send(new FormData(form));
  });
  input.addEventListener("change", () => delete form.dataset.key);
})();
