// Prepares OHIF's own distribution for Overread: our address prefix, nothing that calls an outside server,
// nothing that reading CT, MR and X-ray does not need. docs/adr/0160 says why each rewrite is there.

import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** Where `overread.web.viewer.urls` serves these files. */
const PREFIX = "/viewer/ohif/";

// onnxruntime (136 MB), the microscopy viewer, the service worker, sign-in helpers and icons for telephones' home screens.
const LEFT_OUT =
  /(^|\/)(ort|dicom-microscopy-viewer|customizations)(\/|$)|\.map$|(^|\/)(sw|google|init-service-worker|oidc-client\.min|polyfill\.min|es6-shim\.min|app-config)\.js$|\.(html|webapp)$|(^|\/)(manifest|serve)\.json$|(^|\/)_(headers|redirects)$|(^|\/)assets\/(?!images|favicon)/;

const MODES_KEPT = ["@ohif/mode-basic"];
const EXTENSIONS_KEPT = ["@ohif/extension-default", "@ohif/extension-cornerstone"];
const WORTH_PACKING = /\.(js|css|wasm|svg)$/;

export function buildViewer(ohif, out) {
  const dist = join(ohif, "dist");
  cpSync(dist, out, { recursive: true, filter: (source) => !LEFT_OUT.test(source.slice(dist.length + 1)) });
  cpSync(join(ohif, "LICENSE"), join(out, "LICENSE"));
  const files = readdirSync(out, { recursive: true }).filter((name) => statSync(join(out, name)).isFile());
  const app = theOne(files, /^app\.bundle\.\w+\.js$/);
  files.filter((name) => name.endsWith(".js")).forEach((name) => rewrite(join(out, name), name === app));
  writeFileSync(join(out, "entry.json"), JSON.stringify({ script: app, style: "app.bundle.css" }) + "\n");
  files.filter((name) => WORTH_PACKING.test(name)).forEach((name) => pack(join(out, name)));
  if (!existsSync(join(out, "app.bundle.css"))) throw new Error("OHIF's distribution has no app.bundle.css");
}

function theOne(files, pattern) {
  const found = files.filter((name) => pattern.test(name));
  if (found.length !== 1) throw new Error(`OHIF's distribution should have one ${pattern}, it has ${found.length}`);
  return found[0];
}

function rewrite(path, isApp) {
  const before = readFileSync(path, "utf8");
  let after = before.replaceAll('__webpack_require__.p = "/"', `__webpack_require__.p = "${PREFIX}"`);
  if (isApp) {
    mustChange(before, after, "webpack's public path");
    after = onlyKept(after, "modes", MODES_KEPT);
    after = onlyKept(after, "extensions", EXTENSIONS_KEPT);
    after = nonced(after);
  }
  if (after !== before) writeFileSync(path, after);
}

/** OHIF registers every mode and extension it was built with; only the kept ones stay registered. */
function onlyKept(text, kind, kept) {
  const line = new RegExp(`^pluginImports_${kind}\\.push\\("([^"]+)"\\);$`, "gm");
  const names = [...text.matchAll(line)].map((match) => match[1]);
  const missing = kept.filter((name) => !names.includes(name));
  if (missing.length) throw new Error(`OHIF's distribution no longer registers ${missing.join(", ")}`);
  return text.replaceAll(line, (whole, name) => (kept.includes(name) ? whole : ""));
}

/** Style elements made by scripts carry the page's nonce. */
function nonced(text) {
  const after = text.replace("__webpack_require__.nc = undefined;", "__webpack_require__.nc = window.overreadNonce;");
  mustChange(text, after, "webpack's nonce");
  return after;
}

function mustChange(before, after, what) {
  if (before === after) throw new Error(`OHIF's distribution changed: ${what} was not found`);
}

function pack(path) {
  const bytes = readFileSync(path);
  if (bytes.length > 1024) writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 6 }));
}
