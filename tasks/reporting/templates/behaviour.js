"use strict";
(function () {
  const data = JSON.parse(document.getElementById("report-data").textContent);
  const world = { features: [] };
  const form = document.querySelector("form.filters");
  const cards = new Map();
  document.querySelectorAll(".event").forEach((c) => cards.set(c.dataset.id, c));
  const views = [];

  function chosen() {
    return {
      text: form.elements.text.value.trim().toLowerCase(),
      type: form.elements.type.value,
      country: form.elements.country.value,
      origins: Number(form.elements.origins.value) || 0,
      disputed: form.elements.disputed.checked,
    };
  }

  function keeps(card, want) {
    const d = card.dataset;
    if (want.type && d.type !== want.type) return false;
    if (want.country && d.country !== want.country) return false;
    if (Number(d.origins) < want.origins) return false;
    if (want.disputed && d.disputed !== "yes") return false;
    return !want.text || card.textContent.toLowerCase().includes(want.text);
  }

  function apply() {
    const want = chosen();
    const left = new Set();
    cards.forEach((card, id) => {
      const kept = keeps(card, want);
      card.hidden = !kept;
      if (kept) left.add(id);
    });
    document.getElementById("shown").textContent =
      left.size + " of " + cards.size + " events shown";
    const rows = data.events.filter((e) => left.has(e.event_id));
    views.forEach((view) => view.data("events", rows).runAsync());
  }

  function open(id) {
    const card = cards.get(id);
    if (!card) return;
    const details = card.querySelector("details");
    card.hidden = false;
    details.open = true;
    details.querySelector("summary").focus();
    card.scrollIntoView({ block: "center" });
  }

  function theme() {
    const ink = getComputedStyle(document.body).color;
    return {
      background: "transparent",
      axis: { labelColor: ink, titleColor: ink, gridColor: "#88888833", domainColor: "#888888", tickColor: "#888888" },
      legend: { labelColor: ink, titleColor: ink },
    };
  }

  function located(rows) {
    return rows.filter((e) => e.latitude !== null && e.longitude !== null);
  }

  function draw(target, spec, rows) {
    const config = Object.assign({}, spec.config, theme());
    const full = Object.assign({}, spec, { config: config, datasets: Object.assign({ events: rows(data.events) }, spec.needsWorld ? { world: worldFeatures() } : {}) });
    delete full.needsWorld;
    return vegaEmbed(target, full, { actions: false, renderer: "svg" }).then((r) => {
      views.push({ data: (name, d) => r.view.data(name, rows(d)), runAsync: () => r.view.runAsync() });
      r.view.addEventListener("click", (_event, item) => {
        if (item && item.datum && item.datum.event_id) open(item.datum.event_id);
      });
    });
  }

  function worldFeatures() {
    return { values: data.world, format: { type: "topojson", feature: "countries" } };
  }

  form.addEventListener("input", apply);
  form.addEventListener("submit", (e) => e.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply, 0));

  const mapSpec = JSON.parse(JSON.stringify(data.map));
  mapSpec.layer[0].data = worldFeatures();
  const all = (rows) => rows;
  Promise.all([
    draw("#chart-map", mapSpec, located),
    draw("#chart-series", data.series, (rows) => rows.filter((e) => e.event_date)),
    draw("#chart-countries", data.countries, all),
  ]).then(() => document.body.setAttribute("data-ready", "yes"));
  void world;
})();
