// The map that can be moved: MapLibre with Natural Earth, all from this server. Where it cannot run, the picture that
// the server drew stays. Marks are buttons; each place is drawn no more exactly than its words allow.
const box = document.getElementById("map");
const list = document.getElementById("list");
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const COLOURS = ["dead", "hurt", "struck", "held", "without"];

// A circle on the ground, so many kilometres wide, as a polygon.
function circle({ lon, lat, radius_km: km }) {
  const ring = [];
  for (let n = 0; n <= 64; n++) {
    const turn = (n / 64) * 2 * Math.PI;
    const dy = (km / 111.32) * Math.sin(turn);
    ring.push([lon + ((km / 111.32) * Math.cos(turn)) / Math.max(0.05, Math.cos((lat * Math.PI) / 180)), lat + dy]);
  }
  return [ring];
}

const gathered = (features) => ({ type: "FeatureCollection", features });
const size = (most) => (most === null || most < 10 ? 0 : most < 50 ? 1 : most < 200 ? 2 : 3);

// Stripes for areas, drawn here so that nothing is fetched for them.
function stripes(tone) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 16;
  const pen = canvas.getContext("2d");
  pen.strokeStyle = tone;
  pen.lineWidth = 2.5;
  pen.globalAlpha = 0.5;
  for (const at of [-8, 0, 8, 16, 24]) {
    pen.beginPath();
    pen.moveTo(at - 4, 20);
    pen.lineTo(at + 20, -4);
    pen.stroke();
  }
  return pen.getImageData(0, 0, 16, 16);
}

function style(land) {
  const tones = ["match", ["get", "colour"], ...COLOURS.flatMap((c) => [c, colour(c)]), colour("struck")];
  return {
    version: 8,
    sources: {
      land: { type: "geojson", data: land, tolerance: 0.3, maxzoom: 8 },
      places: { type: "geojson", data: gathered([]) },
      points: {
        type: "geojson", data: gathered([]), cluster: true, clusterRadius: 42, clusterMaxZoom: 12,
        clusterProperties: {
          sum: ["+", ["get", "number"]], most: ["max", ["get", "mostly"]], grave: ["min", ["get", "grave"]],
        },
      },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colour("sea") } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": colour("ground") } },
      { id: "border", type: "line", source: "land", paint: { "line-color": colour("coast"), "line-width": 0.8 } },
      { id: "area", type: "fill", source: "places", filter: ["get", "area"], paint: { "fill-pattern": ["concat", "stripes-", ["get", "colour"]] } },
      { id: "near", type: "fill", source: "places", filter: ["!", ["get", "area"]], paint: { "fill-color": tones, "fill-opacity": 0.25 } },
      { id: "edge", type: "line", source: "places", paint: { "line-color": tones, "line-width": 1.4, "line-dasharray": [3, 2] } },
      { id: "points", type: "circle", source: "points", paint: { "circle-radius": 1, "circle-opacity": 0 } },
    ],
  };
}

async function start() {
  const { maplibregl } = window;
  const probe = document.createElement("canvas");
  if (!maplibregl || !(probe.getContext("webgl2") || probe.getContext("webgl"))) throw new Error("no WebGL");
  maplibregl.setWorkerUrl(new URL(box.dataset.worker, location.href).href);
  const answer = await fetch(box.dataset.places, { headers: { Accept: "application/json" } });
  const { places } = await answer.json();
  const canvas = document.createElement("div");
  canvas.style.cssText = "position:absolute;inset:0";
  box.append(canvas);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = new maplibregl.Map({
    container: canvas, style: style(new URL(box.dataset.land, location.href).href), attributionControl: false,
    center: [20, 25], zoom: 1, maxZoom: 13, dragRotate: false, pitchWithRotate: false, fadeDuration: still ? 0 : 200,
    locale: {
      "Map.Title": box.dataset.whole, "NavigationControl.ZoomIn": box.dataset.in, "NavigationControl.ZoomOut": box.dataset.out,
      "ScaleControl.Meters": box.dataset.m, "ScaleControl.Kilometers": box.dataset.km,
    },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), document.dir === "rtl" ? "top-left" : "top-right");
  map.addControl(new maplibregl.ScaleControl(), document.dir === "rtl" ? "bottom-right" : "bottom-left");
  await new Promise((done, failed) => { map.once("load", done); setTimeout(() => failed(new Error("too slow")), 60000); });
  box.classList.add("moving");
  for (const c of COLOURS) map.addImage(`stripes-${c}`, stripes(colour(c)), { pixelRatio: 2 });
  const byKey = new Map(places.map((p) => [p.key, p]));
  map.getSource("places").setData(gathered(places.map((p) => ({
    type: "Feature", properties: { area: p.area, colour: p.colour }, geometry: { type: "Polygon", coordinates: circle(p) },
  }))));
  map.getSource("points").setData(gathered(places.map((p) => ({
    type: "Feature", geometry: { type: "Point", coordinates: [p.lon, p.lat] },
    properties: { key: p.key, number: p.number, mostly: p.most ?? -1, grave: COLOURS.indexOf(p.colour) },
  }))));
  if (places.length) {
    const bounds = new maplibregl.LngLatBounds();
    for (const p of places) for (const at of circle(p)[0]) bounds.extend(at);
    map.fitBounds(bounds, { padding: 40, maxZoom: 9, animate: false });
  }
  marks(map, byKey, still);
  names(map, new URL(box.dataset.land, location.href).href);
}

// Marks of what is seen: one a place, or one for several that lie close.
function marks(map, byKey, still) {
  let drawn = new Map();
  const draw = () => {
    const wanted = new Map();
    for (const f of map.querySourceFeatures("points")) {
      const id = f.properties.cluster ? `c${f.properties.cluster_id}` : f.properties.key;
      if (wanted.has(id)) continue;
      wanted.set(id, drawn.get(id) ?? made(map, byKey, f, still).addTo(map));
    }
    for (const [id, mark] of drawn) if (!wanted.has(id)) mark.remove();
    drawn = wanted;
  };
  map.on("idle", draw);
  map.on("moveend", draw);
  map.on("sourcedata", (e) => { if (e.sourceId === "points" && e.isSourceLoaded) draw(); });
}

function made(map, byKey, feature, still) {
  const p = feature.properties;
  const place = byKey.get(p.key);
  const button = document.createElement("button");
  button.type = "button";
  const number = p.cluster ? p.sum : p.number;
  const most = p.cluster ? p.most : p.mostly;
  button.className = `mark ${COLOURS[p.grave]} s${size(most < 0 ? null : most)}${p.cluster ? " many" : ""}${place?.area ? " area" : ""}`;
  button.textContent = number > 999 ? `${Math.round(number / 100) / 10}k` : number;
  button.setAttribute("aria-label", place ? `${place.name}: ${number} ${box.dataset.many}` : `${number} ${box.dataset.many}`);
  if (place) {
    button.title = place.name;
    button.dataset.key = place.key;
    const label = document.createElement("bdi");
    label.className = "label";
    label.textContent = place.name;
    button.append(label);
    if (place.key === box.dataset.at) button.classList.add("chosen");
  }
  button.addEventListener("click", async () => {
    if (p.cluster) {
      const zoom = await map.getSource("points").getClusterExpansionZoom(p.cluster_id);
      map[still ? "jumpTo" : "easeTo"]({ center: feature.geometry.coordinates, zoom: zoom + 0.2 });
    } else if (place.incident) location.assign(`${box.dataset.incidents}${encodeURIComponent(place.incident)}/`);
    else choose(place.key);
  });
  return new window.maplibregl.Marker({ element: button }).setLngLat(feature.geometry.coordinates);
}

// The incidents of one place in the list, and in the address.
function choose(key) {
  const address = new URL(location.href);
  for (const gone of ["before", "after"]) address.searchParams.delete(gone);
  address.searchParams.set("at", key);
  history.replaceState(null, "", address);
  box.dataset.at = key;
  for (const mark of box.querySelectorAll(".mark")) mark.classList.toggle("chosen", mark.dataset.key === key);
  window.htmx.ajax("GET", address.pathname + address.search, { target: list, swap: "innerHTML" });
}

// Names of countries in the language of the page, where there is room.
async function names(map, land) {
  const countries = (await (await fetch(land)).json()).features;
  const told = new Intl.DisplayNames([document.documentElement.lang], { type: "region", fallback: "none" });
  const called = ({ id, name }) => { try { return told.of(String(id)) ?? name; } catch { return name; } };
  let drawn = [];
  const draw = () => {
    for (const mark of drawn) mark.remove();
    const view = map.getBounds();
    const least = (360 / 2 ** map.getZoom()) ** 2 / 90;
    drawn = countries.filter((c) => c.properties.label[2] > least && view.contains(c.properties.label.slice(0, 2))).slice(0, 40).map((c) => {
      const element = document.createElement("span");
      element.className = "country";
      element.textContent = called(c.properties);
      element.setAttribute("aria-hidden", "true");
      return new window.maplibregl.Marker({ element }).setLngLat(c.properties.label.slice(0, 2)).addTo(map);
    });
  };
  map.on("moveend", draw);
  draw();
}

start().catch(() => {
  const note = document.getElementById("map-note");
  box.classList.remove("moving");
  box.querySelector(":scope > div")?.remove();
  if (!note.textContent.trim()) note.textContent = note.dataset.none;
});
