"use strict";
(function () {
  const PAGE = 40;
  const data = JSON.parse(document.getElementById("report-data").textContent);
  const form = document.querySelector("form.filters");
  const status = document.getElementById("shown");
  const more = document.getElementById("more");
  const cards = new Map();
  const words = new Map();
  document.querySelectorAll(".event").forEach((card) => cards.set(card.dataset.id, card));
  const views = {};
  let kept = new Set(cards.keys());
  let all = false;

  // ---- the list -------------------------------------------------------------------
  function textOf(id) {
    if (!words.has(id)) words.set(id, cards.get(id).textContent.toLowerCase());
    return words.get(id);
  }

  function keeps(id, want) {
    const d = cards.get(id).dataset;
    if (want.type && d.type !== want.type) return false;
    if (want.country && d.country !== want.country) return false;
    if (want.from && !(d.date >= want.from)) return false;
    if (want.until && !(d.date && d.date <= want.until)) return false;
    if (Number(d.origins) < Number(want.origins)) return false;
    if (want.only && !d.only.split(" ").includes(want.only)) return false;
    return !want.text || textOf(id).includes(want.text.trim().toLowerCase());
  }

  function show() {
    let place = 0;
    cards.forEach((card, id) => {
      card.hidden = !kept.has(id) || (!all && place >= PAGE && !card.querySelector("details").open);
      if (kept.has(id)) place += 1;
    });
    more.hidden = all || kept.size <= PAGE;
    more.textContent = "Show all " + kept.size + " events";
  }

  function apply() {
    const want = Object.fromEntries(new FormData(form));
    kept = new Set([...cards.keys()].filter((id) => keeps(id, want)));
    const filtered = kept.size < cards.size;
    document.body.classList.toggle("filtered", filtered);
    status.textContent = kept.size + " of " + cards.size + " events" + (filtered ? " fit the filters" : "");
    show();
    redraw();
    fit(filtered);
  }

  function open(id) {
    const card = cards.get(id);
    if (!card) return;
    const details = card.querySelector("details");
    card.hidden = false;
    details.open = true;
    card.scrollIntoView({ block: "start" });
    details.querySelector("summary").focus({ preventScroll: true });
  }

  function openFromAddress() {
    if (location.hash.startsWith("#event-")) open(decodeURIComponent(location.hash.slice(7)));
  }

  // ---- the charts -----------------------------------------------------------------
  const rowsOf = {
    map: (rows) => rows.filter((e) => e.lat !== null && e.lon !== null),
    series: (rows) => rows.filter((e) => e.week && e.week >= data.since),
  };
  rowsOf.countries = (rows) => rowsOf.series(rows).filter((e) => e.panel !== null);

  function left() {
    return data.events.filter((e) => kept.has(e.id));
  }

  function redraw() {
    Object.entries(views).forEach(([name, view]) => view.data("events", rowsOf[name](left())).resize().runAsync());
  }

  function theme() {
    const style = getComputedStyle(document.documentElement);
    const ink = style.getPropertyValue("--ink").trim();
    const axis = { labelColor: ink, titleColor: ink, gridColor: "#88888844", domainColor: "#888888", tickColor: "#888888" };
    const font = getComputedStyle(document.body).fontFamily;
    return {
      mark: { aria: false }, background: "transparent", font: font, axis: Object.assign(axis, { labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal" }),
      legend: { labelColor: ink, titleColor: ink, labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal", symbolSize: 90, columnPadding: 14 },
      header: { labelColor: ink, labelFontSize: 12 },
    };
  }

  function specFor(name, target) {
    const spec = JSON.parse(JSON.stringify(data[name]));
    spec.config = Object.assign({}, spec.config, theme());
    spec.datasets = { events: rowsOf[name](left()) };
    spec.autosize = { type: "pad", contains: "padding" };
    const phone = matchMedia("(max-width:640px)").matches;
    if (name === "map") {
      spec.width = target.clientWidth - 12;
      spec.height = phone ? 190 : 340;
      spec.layer.find((l) => l.data && l.data.name === "world").data = { values: data.world, format: { type: "topojson", feature: "countries" } };
    } else if (name === "series") {
      spec.width = target.clientWidth - 60;
      spec.height = phone ? 190 : spec.width > 380 ? 310 : 265;
    } else {
      spec.columns = Number(getComputedStyle(target).getPropertyValue("--across"));
      spec.spec.width = Math.floor((target.clientWidth - 30) / spec.columns) - 26;
      spec.facet.header.labelLimit = spec.spec.width;
    }
    return spec;
  }

  function draw(name) {
    const target = document.getElementById("chart-" + name);
    if (views[name]) views[name].finalize();
    return vegaEmbed(target, specFor(name, target), { actions: false, renderer: "svg", tooltip: { theme: matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light" } }).then((done) => {
      views[name] = done.view;
      if (name !== "map") return;
      fit(kept.size < cards.size);
      done.view.addEventListener("click", (_event, item) => {
        if (item && item.datum && item.datum.id && !dragged) open(item.datum.id);
      });
    });
  }

  function drawAll() {
    return Promise.all(["map", "series", "countries"].map(draw));
  }

  // ---- moving the map -------------------------------------------------------------
  const DEGREE = Math.PI / 180;
  const WORLD = { lon: 12, lat: 12, zoom: 1.08 };
  let eye = Object.assign({}, WORLD);
  let dragged = false;

  function look(next) {
    eye = { lon: next.lon, lat: Math.max(-75, Math.min(75, next.lat)), zoom: Math.max(1, Math.min(40, next.zoom)) };
    const map = views.map;
    if (map) map.signal("lon", eye.lon).signal("lat", eye.lat).signal("zoom", eye.zoom).runAsync();
  }

  function fit(filtered) {
    const rows = rowsOf.map(left());
    if (!filtered || !rows.length || !views.map) return look(WORLD);
    const lons = rows.map((e) => e.lon), lats = rows.map((e) => e.lat);
    const west = Math.min(...lons), east = Math.max(...lons), south = Math.min(...lats), north = Math.max(...lats);
    const wide = Math.max(east - west, 6) * 1.3 * DEGREE, high = Math.max(north - south, 6) * 1.3 * DEGREE;
    const width = views.map.width(), height = views.map.height();
    const scale = Math.min(width / wide, height / high);
    return look({ lon: (west + east) / 2, lat: (south + north) / 2, zoom: (scale * 5.4) / width });
  }

  function dragging() {
    const target = document.getElementById("chart-map");
    let from = null;
    target.addEventListener("pointerdown", (e) => {
      dragged = false;
      if (e.pointerType === "mouse" && e.button === 0) from = { x: e.clientX, y: e.clientY, eye: eye };
    });
    window.addEventListener("pointermove", (e) => {
      if (!from || Math.hypot(e.clientX - from.x, e.clientY - from.y) < 4) return;
      dragged = true;
      const perPixel = 5.4 / (views.map.width() * from.eye.zoom) / DEGREE;
      look({ lon: from.eye.lon - (e.clientX - from.x) * perPixel, lat: from.eye.lat + (e.clientY - from.y) * perPixel, zoom: from.eye.zoom });
    });
    window.addEventListener("pointerup", () => { from = null; });
  }

  const tools = {
    in: () => look({ lon: eye.lon, lat: eye.lat, zoom: eye.zoom * 1.6 }),
    out: () => look({ lon: eye.lon, lat: eye.lat, zoom: eye.zoom / 1.6 }),
    fit: () => fit(true),
    world: () => look(WORLD),
  };

  // ---- start ----------------------------------------------------------------------
  form.addEventListener("input", apply);
  form.addEventListener("submit", (e) => e.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply, 0));
  more.addEventListener("click", () => { all = true; show(); });
  document.querySelectorAll("[data-zoom]").forEach((b) => b.addEventListener("click", () => tools[b.dataset.zoom]()));
  document.querySelectorAll("button[data-only]").forEach((b) => b.addEventListener("click", () => {
    form.reset();
    form.elements.only.value = b.dataset.only;
    apply();
    document.getElementById("events").focus();
  }));
  window.addEventListener("hashchange", openFromAddress);
  document.querySelectorAll("a[href^='#event-']").forEach((a) => a.addEventListener("click", () => setTimeout(openFromAddress, 0)));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  let width = window.innerWidth, waiting = 0;
  window.addEventListener("resize", () => {
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    clearTimeout(waiting);
    waiting = setTimeout(drawAll, 200);
  });
  show();
  dragging();
  drawAll().then(() => {
    document.body.setAttribute("data-ready", "yes");
    openFromAddress();
  });
})();
