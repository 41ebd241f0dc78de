// Boxes of a seal's characters: drawn by the numbers beside them, changed by keys, buttons and mouse.
"use strict";
(() => {
  const form = document.getElementById("layout");
  const svg = document.getElementById("boxes");
  if (!form || !svg) return;
  const { side, radius, aspect, labelDepth, angles } = JSON.parse(form.dataset.drawing);
  const SVG = "http://www.w3.org/2000/svg";
  const body = form.querySelector("tbody");
  const first = [...body.rows].map((row) => row.cloneNode(true));
  const field = (row, name) => row.querySelector(`[name=${name}]`);
  const number = (input) => Number.parseFloat(input.value) || 0;
  const put = (input, value) => { input.value = value.toFixed(1); };
  const boxes = () => [...body.rows].map((row) => [number(field(row, "start")), number(field(row, "end"))]);
  const text = () => Array.from(form.elements.text.value);

  // degrees along the text → the place on the picture, as verifier/seals/arc.py has it
  function place(degrees, depth) {
    const inside = ((degrees % 360) + 360) % 360;
    const low = Math.min(Math.floor(inside), 359);
    const angle = angles[low] + (angles[low + 1] - angles[low]) * (inside - low);
    const middle = (side - 1) / 2;
    return [middle + radius * (1 - depth) * Math.cos(angle), middle + radius * (aspect - depth) * Math.sin(angle)];
  }

  // the box whose numbers have the focus
  function mark() {
    for (const polygon of svg.querySelectorAll("polygon")) {
      polygon.classList.toggle("current", body.rows[polygon.dataset.box].contains(document.activeElement));
    }
  }

  function draw() {
    const outer = number(form.elements.outer) / 100;
    const inner = number(form.elements.inner) / 100;
    const characters = text();
    const drawn = boxes().flatMap(([start, end], index) => {
      const steps = Array.from({ length: 9 }, (_, step) => start + ((end - start) * step) / 8);
      const outline = [...steps.map((at) => place(at, outer)), ...steps.reverse().map((at) => place(at, inner))];
      const polygon = document.createElementNS(SVG, "polygon");
      polygon.setAttribute("points", outline.map((point) => point.map((value) => value.toFixed(1)).join(",")).join(" "));
      polygon.dataset.box = index;
      const label = document.createElementNS(SVG, "text");
      const [x, y] = place((start + end) / 2, inner + labelDepth);
      label.setAttribute("x", x.toFixed(1));
      label.setAttribute("y", y.toFixed(1));
      label.textContent = characters[index] ?? String(index + 1);
      return [polygon, label];
    });
    svg.replaceChildren(...drawn);
    mark();
    before = boxes();
    [...body.rows].forEach((row, index) => { row.cells[0].textContent = `${index + 1} ${characters[index] ?? ""}`; });
    const warning = document.getElementById("layout-count");
    warning.hidden = characters.length === body.rows.length;
    warning.querySelector("span").textContent = `${body.rows.length} / ${characters.length}`;
  }

  // a row a box, each named by its own head
  function setRows(wanted) {
    const rows = wanted.map(([start, end], index) => {
      const row = first[0].cloneNode(true);
      row.cells[0].id = `box-${index}`;
      for (const named of row.querySelectorAll("[aria-labelledby]")) {
        named.setAttribute("aria-labelledby", named.getAttribute("aria-labelledby").replace(/box-\d+/, `box-${index}`));
      }
      put(field(row, "start"), start);
      put(field(row, "end"), end);
      return row;
    });
    body.replaceChildren(...rows);
  }

  function setBoxes(wanted) {
    const whole = Math.floor(wanted[0][0] / 360) * 360; // the first box starts within the first turn
    [...body.rows].forEach((row, index) => {
      put(field(row, "start"), wanted[index][0] - whole);
      put(field(row, "end"), wanted[index][1] - whole);
    });
  }

  // where neighbours touched before a box was changed, they go on touching
  let before = boxes();
  function follow(row) {
    if (!document.getElementById("together").checked) return;
    const at = row.sectionRowIndex;
    const [start, end] = [field(row, "start").value, field(row, "end").value];
    if (at > 0 && before[at - 1][1] === before[at][0]) field(body.rows[at - 1], "end").value = start;
    if (at + 1 < before.length && before[at][1] === before[at + 1][0]) field(body.rows[at + 1], "start").value = end;
  }

  const acts = {
    turn: (by) => setBoxes(boxes().map((box) => box.map((value) => value + Number(by)))),
    spread: (by) => {
      const now = boxes();
      const middle = (now[0][0] + now[now.length - 1][1]) / 2;
      setBoxes(now.map((box) => box.map((value) => middle + (value - middle) * Number(by))));
    },
    shift: (by, button) => {
      const row = button.closest("tr");
      for (const name of ["start", "end"]) put(field(row, name), Math.max(number(field(row, name)) + Number(by), 0));
      follow(row);
    },
    even: () => {
      const now = boxes();
      const count = text().length;
      if (!count) return;
      const [start, end] = [now[0][0], now[now.length - 1][1]];
      setRows(Array.from({ length: count }, (_, n) => [start + ((end - start) * n) / count, start + ((end - start) * (n + 1)) / count]));
    },
    undo: () => { body.replaceChildren(...first.map((row) => row.cloneNode(true))); form.reset(); },
  };

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const act = Object.keys(acts).find((name) => button?.dataset[name] !== undefined);
    if (!act) return;
    acts[act](button.dataset[act], button);
    draw();
  });
  form.addEventListener("input", (event) => {
    const row = event.target.closest("tbody tr");
    if (row) follow(row);
    draw();
  });
  form.addEventListener("focusin", mark);
  form.addEventListener("focusout", () => setTimeout(mark)); // what has the focus next is known then
  svg.addEventListener("click", (event) => {
    const polygon = event.target.closest("polygon");
    if (polygon) field(body.rows[polygon.dataset.box], "start").focus();
  });
})();
