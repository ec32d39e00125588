// Puts what the application serves of others into the folder named: MapLibre, and the land and countries of Natural
// Earth as GeoJSON. Run by tools/assets after `npm ci`, in the folder that holds node_modules.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { join } from "node:path";

const require = createRequire(join(process.cwd(), "build.mjs"));
const { feature } = require("topojson-client");
const out = process.argv[2];
mkdirSync(out, { recursive: true });

const put = (name, bytes) => {
  writeFileSync(join(out, name), bytes);
  writeFileSync(join(out, `${name}.gz`), gzipSync(bytes, { level: 9 })); // served to whoever takes it
};
const rounded = (value, digits) => (Array.isArray(value) ? value.map((v) => rounded(v, digits)) : +value.toFixed(digits));
// The widest part of a country, where its name is written; its size in square degrees decides which names fit.
const label = (geometry) => {
  const rings = geometry.type === "Polygon" ? [geometry.coordinates[0]] : geometry.coordinates.map((p) => p[0]);
  let best = [0, 0, 0];
  for (const ring of rings) {
    const xs = ring.map((p) => p[0]), ys = ring.map((p) => p[1]);
    const [w, e, s, n] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    if ((e - w) * (n - s) > best[2]) best = [(w + e) / 2, (s + n) / 2, (e - w) * (n - s)];
  }
  return rounded(best, 2);
};
const world = (size, object, digits) => {
  const topology = JSON.parse(readFileSync(require.resolve(`world-atlas/${object}-${size}.json`), "utf-8"));
  const found = feature(topology, topology.objects[object]);
  const features = found.features.map((f) => ({
    type: "Feature",
    properties: object === "countries" ? { id: f.id, name: f.properties.name, label: label(f.geometry) } : {},
    geometry: { type: f.geometry.type, coordinates: rounded(f.geometry.coordinates, digits) },
  }));
  return Buffer.from(JSON.stringify({ type: "FeatureCollection", features }));
};

for (const name of ["maplibre-gl-csp.js", "maplibre-gl-csp-worker.js", "maplibre-gl.css"]) {
  put(name, readFileSync(require.resolve(`maplibre-gl/dist/${name}`)));
}
copyFileSync(join(require.resolve("maplibre-gl/package.json"), "..", "LICENSE.txt"), join(out, "maplibre-gl.LICENSE.txt"));
copyFileSync(join(require.resolve("world-atlas/package.json"), "..", "LICENSE"), join(out, "world-atlas.LICENSE.txt"));
put("countries.geojson", world("50m", "countries", 2));
put("land.geojson", world("110m", "land", 2));
