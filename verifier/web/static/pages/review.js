// The review: the page on the left, checks on the right, each leading to its place.
"use strict";
(() => {
  const root = document.getElementById("case");
  if (!root) return;
  const { pages, boxes } = JSON.parse(root.dataset.viewer);
  const work = document.getElementById("work");
  const keys = window.verifier.keys;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let shownPage = 0, current = 0, viewer = null, wanted = null;

  const checks = () => [...document.querySelectorAll("[data-check]")].filter((one) => one.offsetParent);

  if (pages.length && window.OpenSeadragon) {
    // the viewer adds a style of its own, which the page's policy refuses, unless it finds one; this one is inert
    const found = document.createElementNS("urn:verifier", "style");
    found.setAttribute("data-openseadragon-mobile-css", "true");
    document.head.append(found);
    viewer = OpenSeadragon({
      element: document.getElementById("page"),
      tileSources: pages.map((page) => ({ type: "legacy-image-pyramid", levels: page.levels })),
      sequenceMode: true, showSequenceControl: false, showNavigationControl: false, preserveViewport: false,
      drawer: "canvas", visibilityRatio: 0.4, maxZoomPixelRatio: 3, animationTime: calm ? 0 : 0.35,
      gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true }, keyboardNavEnabled: false,
    });
    viewer.addHandler("open", () => {
      const page = pages[viewer.currentPage()];
      shownPage = page.number;
      const label = document.getElementById("page-number");
      label.textContent = `${label.dataset.text} ${viewer.currentPage() + 1} / ${pages.length}`;
      for (const box of boxes) if (box.page === shownPage) overlay(box);
      mark();
      if (wanted) { fit(wanted, true); wanted = null; }
      root.dataset.opened = "yes";
      viewer.world.getItemAt(0).addHandler("fully-loaded-change", (event) => { root.dataset.drawn = event.fullyLoaded ? "yes" : "no"; });
    });
  }
  viewer?.addHandler("canvas-click", (event) => {
    if (!event.quick) return;
    const point = viewer.viewport.pointFromPixel(event.position);
    const [x, y] = [point.x, point.y / aspect()];
    const inside = boxes.filter((box) => box.page === shownPage && (root.classList.contains("everything") || ["fail", "unsure"].includes(box.outcome)) &&
      box.box[0] <= x && x <= box.box[2] && box.box[1] <= y && y <= box.box[3]);
    const area = (box) => (box.box[2] - box.box[0]) * (box.box[3] - box.box[1]);
    const nearest = inside.sort((one, other) => area(one) - area(other))[0];
    if (nearest) choose(nearest.check, 0, false);
  });
  const aspect = () => { const level = pages.find((page) => page.number === shownPage).levels[0]; return level.height / level.width; };
  const rect = (box) => new OpenSeadragon.Rect(box[0], box[1] * aspect(), box[2] - box[0], (box[3] - box[1]) * aspect());

  function overlay(box) {
    const element = document.createElement("div");
    element.className = `evidence ${box.outcome}`;
    element.dataset.of = box.check;
    viewer.addOverlay({ element, location: rect(box.box) });
  }
  function fit(box, at_once) {
    const place = rect(box);
    const margin = Math.max(place.width * 0.6, 0.1);
    place.x -= margin; place.width += 2 * margin; place.y -= margin / 2; place.height += margin;
    viewer.viewport.fitBounds(place, at_once || calm);
  }
  function show(page, box) {
    if (!viewer) return;
    if (page !== shownPage) {
      wanted = box;
      viewer.goToPage(pages.findIndex((one) => one.number === page));
    } else fit(box, false);
  }
  function mark() {
    document.querySelectorAll("#page .evidence").forEach((one) => one.classList.toggle("current", Number(one.dataset.of) === current));
    document.querySelectorAll("[data-check]").forEach((one) => one.classList.toggle("current", Number(one.dataset.check) === current));
  }
  function choose(number, place = 0, focus = true) {
    current = Number(number);
    const mine = boxes.filter((box) => box.check === current);
    if (mine.length) show(mine[Math.min(place, mine.length - 1)].page, mine[Math.min(place, mine.length - 1)].box);
    mark();
    const row = document.getElementById(`check-${current}`);
    if (!row) return;
    row.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
    if (focus) row.focus({ preventScroll: true });
    window.verifier.say(row.querySelector("h3").textContent);
  }
  function step(by) {
    const rows = checks();
    if (!rows.length) return;
    const at = rows.findIndex((row) => Number(row.dataset.check) === current);
    choose(rows[Math.max(0, Math.min(rows.length - 1, at + by))].dataset.check);
  }
  const turn = (by) => { if (viewer) viewer.goToPage(Math.max(0, Math.min(pages.length - 1, viewer.currentPage() + by))); };
  const whole = () => viewer?.viewport.goHome(calm);
  const to = (id) => () => { const section = document.getElementById(id); section.scrollIntoView({ block: "start" }); section.focus({ preventScroll: true }); };

  document.addEventListener("click", (event) => {
    const from = (name) => event.target.closest(`[${name}]`);
    let found;
    if ((found = from("data-goto"))) choose(found.dataset.goto, Number(found.dataset.place || 0), false);
    else if ((found = from("data-place-box"))) show(Number(found.dataset.placePage), JSON.parse(found.dataset.placeBox));
    else if ((found = from("data-page")) && found.closest(".tools")) turn(Number(found.dataset.page));
    else if ((found = from("data-zoom-by"))) { viewer?.viewport.zoomBy(Number(found.dataset.zoomBy)); viewer?.viewport.applyConstraints(); }
    else if (from("data-whole")) whole();
    else if ((found = from("data-check")) && !event.target.closest("a,button,input,summary")) choose(found.dataset.check, 0, false);
  });
  document.getElementById("all-boxes").addEventListener("change", (event) => root.classList.toggle("everything", event.target.checked));

  keys.set("j", () => step(1));
  keys.set("k", () => step(-1));
  keys.set("z", () => current && choose(current));
  keys.set("0", whole);
  keys.set("[", () => turn(-1));
  keys.set("]", () => turn(1));
  keys.set("c", to("checks"));
  keys.set("v", to("vehicles"));
  keys.set("s", to("seals"));
  keys.set("i", to("file"));
  keys.set("h", to("history"));
  keys.set("g q", () => { location.href = "/queue"; });

  // the first failing check is in view when the case opens, its place framed when the page arrives
  const first = checks()[0];
  if (first) {
    current = Number(first.dataset.check);
    const mine = boxes.find((box) => box.check === current);
    if (mine) {
      wanted = mine.box;
      const index = pages.findIndex((page) => page.number === mine.page);
      if (index > 0 && viewer) viewer.goToPage(index);
    }
    mark();
  }
  work.focus({ preventScroll: true });
})();
